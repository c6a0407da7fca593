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
#include "clarity/vm/vm_error.h"

/** How to replay, and what was seen. */
struct vm_replay {
	bool is_exact; /* in exact code only */
	const struct hook *hooks;
	uint32_t n_hooks;
	bool seen[VM_ERROR_COUNT]; /* failures that ended something */
	size_t said;               /* deployments and calls */
};

/** Replays a file; any difference fails the running test. */
void vm_replay_file(const char *path, struct vm_replay *how);

/**
 * Compares the table of failures with what the network makes of each: its
 * name, its class, and whether a block may contain it.
 *
 * @param path   tests/vectors/vm/classes.tsv
 * @param where  the vectors that were replayed: failures that the file says
 *               are provoked there must have been seen
 */
void vm_replay_classes(const char *path, const char *where,
                       const struct vm_replay *how);

#endif /* TESTS_LIB_VM_REPLAY_H */
