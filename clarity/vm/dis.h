/*
 * clarity/vm/dis.h - Compiled contracts as people can read them.
 *
 * A listing shows, for each function, its registers and instructions, and
 * beside each instruction the source that it was compiled from.  Everything
 * about an instruction comes from opcode.def, so that a new opcode is listed
 * right without a line here.
 *
 * Registers are r0, r1 …, parameters first; constants stand where they are
 * used; @7 is instruction 7; (+12) is runtime that an instruction of the fast
 * code carries.
 *
 * Layer:    clarity/vm.
 * Memory:   functions are borrowed from the machine, until vm_forget.
 * Threads:  as the machine.
 */
#ifndef CLARITY_VM_DIS_H
#define CLARITY_VM_DIS_H

#include "clarity/base/buf.h"
#include "clarity/vm/contract.h"

struct vm;

/** One function of a contract, compiled. */
struct dis {
	const struct contract *contract;
	const struct function *function;
	const struct code *code;
};

/**
 * Finds a function by its place in the contract, compiling it if it must.
 *
 * @param id        a deployed contract
 * @param index     from 0, in the order of definition
 * @param is_exact  whether the code in which each charge is an instruction is
 *                  wanted, or the fast one
 * @return ERR_OK; `*found` tells whether the contract has so many functions;
 *         ERR_NO_MEMORY, or the store's fault.
 */
MUST_USE enum err dis_find(struct vm *vm, const struct principal *id,
                           uint32_t index, bool is_exact, struct dis *ret,
                           bool *found);

/** Appends `(NAME (PARAMETER TYPE) …)`; errors as buf_add. */
enum err dis_signature(struct buf *b, const struct dis *d);

/** @return the source of instruction `at`; end 0 if it has none. */
struct diag_span dis_span(const struct dis *d, uint32_t at);

/** Appends the operands of instruction `at`, such as `r2 = r0, u1`; errors as
 * buf_add. */
enum err dis_operands(struct buf *b, const struct dis *d, uint32_t at);

/** Appends the listing of a function; errors as buf_add. */
enum err dis_write(struct buf *b, const struct dis *d);

#endif /* CLARITY_VM_DIS_H */
