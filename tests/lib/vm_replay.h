/*
 * tests/lib/vm_replay.h - Replays sessions of the machine.
 *
 * A file holds contracts that are deployed and called, with what the network
 * makes of them; tests/vectors/vm/README.md has its form.
 *
 * Layer:    tests.
 * Memory:   frees what it takes.
 */
#ifndef TESTS_LIB_VM_REPLAY_H
#define TESTS_LIB_VM_REPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clarity/vm/hook.h"

/**
 * Replays a file; any difference fails the running test.
 *
 * @param is_exact  in exact code only
 * @param hooks     of the machine
 * @return how many deployments and calls there were
 */
size_t vm_replay_file(const char *path, bool is_exact, const struct hook *hooks,
                      uint32_t n_hooks);

#endif /* TESTS_LIB_VM_REPLAY_H */
