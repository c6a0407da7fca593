/*
 * tests/twin/twin.h - A second machine, so plain that it can be believed.
 *
 * The machine in clarity/vm compiles, adds charges up in advance, keeps values
 * in registers and undoes with a journal.  This one walks the checked tree and
 * does each thing where the rules say it happens: it looks names up by name,
 * charges when the network charges, and keeps every pending write in one list.
 * Nothing here is fast, and nothing is shared with clarity/vm but the types in
 * which both take orders and report; what two such different programs agree on
 * is unlikely to be wrong in both.
 *
 * A twin remembers the contracts that it deployed, so it can only run what it
 * has deployed itself.
 *
 * Layer:    tests.
 * Memory:   twin_new/twin_free; results live until the next twin_begin.
 * Threads:  one twin, one thread.
 */
#ifndef TESTS_TWIN_TWIN_H
#define TESTS_TWIN_TWIN_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/cost/meter.h"
#include "clarity/vm/store.h"
#include "clarity/vm/vm.h"

struct twin;

/** Starts a twin over `store`. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err twin_new(struct twin **ret, const struct vm_chain *chain,
                           const struct store *store);

/** Frees everything; NULL is allowed. */
void twin_free(struct twin *t);

/** Changes the epoch, between transactions. */
void twin_set_epoch(struct twin *t, enum epoch epoch);

/** As vm_set_memory_limit. */
void twin_set_memory_limit(struct twin *t, uint64_t bytes);

/** As vm_begin. */
void twin_begin(struct twin *t, const struct cost *limit);

/** As vm_call. */
MUST_USE enum err twin_call(struct twin *t, const struct vm_call *call,
                            struct vm_result *ret);

/** As vm_deploy. */
MUST_USE enum err twin_deploy(struct twin *t, const struct vm_source *source,
                              struct vm_result *ret);

/** As vm_commit, but that contracts stay with the twin. */
MUST_USE enum err twin_commit(struct twin *t);

/** @return how many expressions have been evaluated since twin_new. */
uint64_t twin_steps(const struct twin *t);

#endif /* TESTS_TWIN_TWIN_H */
