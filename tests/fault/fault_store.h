/*
 * tests/fault/fault_store.h - A store that fails when it is told to.
 *
 * Reads go to a store in memory.  What a commit writes is kept aside, as a
 * database keeps a batch, and is there only after fault_store_apply.  Nothing
 * here allocates while the machine runs, so that allocations can fail too.
 *
 * Layer:    tests.
 * Memory:   fault_store_open/fault_store_close; one at a time.
 */
#ifndef TESTS_FAULT_FAULT_STORE_H
#define TESTS_FAULT_FAULT_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/vm/mem_store.h"
#include "clarity/vm/store.h"

#define FAULT_STORE_NEVER UINT64_MAX

struct fault_store {
	struct store store; /* what the machine is given */
	struct mem_store inner;
	struct store_ops ops;
	uint64_t calls;   /* so far */
	uint64_t fail_at; /* the call that fails, or FAULT_STORE_NEVER */
	bool has_failed;
	bool is_away;
	uint32_t n_staged;
};

/** Starts a state that fails at call `fail_at`, counted from 0. */
void fault_store_open(struct fault_store *s, uint64_t fail_at);

void fault_store_close(struct fault_store *s);

/** Makes what was kept aside lasting. */
void fault_store_apply(struct fault_store *s);

/** Forgets what was kept aside. */
void fault_store_drop(struct fault_store *s);

/** @return a number that depends on everything that was made lasting, in its
 * order. */
uint64_t fault_store_digest(const struct fault_store *s);

#endif /* TESTS_FAULT_FAULT_STORE_H */
