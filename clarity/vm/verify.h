/*
 * clarity/vm/verify.h - Which code the loop may run.
 *
 * Layer:    clarity/vm.
 * Memory:   never allocates.
 * Threads:  pure functions.
 */
#ifndef CLARITY_VM_VERIFY_H
#define CLARITY_VM_VERIFY_H

#include <stdbool.h>

#include "clarity/vm/bytecode.h"
#include "clarity/vm/contract.h"

/**
 * Tests everything that the loop relies on: opcodes, registers, constants,
 * jumps, tables, and that control cannot leave the code except by an
 * instruction that ends it.
 *
 * @param c  whose variables, functions and tokens the code names
 */
bool verify_code(const struct code *code, const struct contract *c);

#endif /* CLARITY_VM_VERIFY_H */
