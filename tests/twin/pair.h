/*
 * tests/twin/pair.h - The machine and the twin, side by side.
 *
 * Each has a state of its own that begins the same.  Whatever is asked goes to
 * both; result bytes or failure, the five costs, held memory, events,
 * movements and writes must then be equal.  After a difference both sides'
 * accounts are in `report`, with everything that led there in `log`.
 *
 * Layer:    tests.
 * Memory:   pair_open/pair_close.
 */
#ifndef TESTS_TWIN_PAIR_H
#define TESTS_TWIN_PAIR_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/vm/vm.h"
#include "tests/lib/vm_case.h"
#include "tests/twin/twin.h"

/** Who deploys, when nobody else is named. */
#define PAIR_ISSUER "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM"

struct pair_setting {
	enum epoch epoch;
	bool is_exact;
	const struct cost *limit; /* of all that is asked together; or NULL */
	uint64_t memory_limit;    /* 0: MEMORY_LIMIT */
};

struct pair {
	struct arena arena;
	struct vm_case machine_state, twin_state;
	struct vm *machine;
	struct twin *twin;
	struct cost left;
	struct vm_result result; /* the machine's, of what was last asked */
	enum err err;            /* likewise */
	struct buf report;       /* both accounts, after a difference */
	struct buf log;          /* what was asked, as lines of sessions.tsv */
};

void pair_open(struct pair *p, const struct pair_setting *s);
void pair_close(struct pair *p);

/** Deploys a contract of PAIR_ISSUER. @return whether both agree. */
bool pair_deploy(struct pair *p, const char *name, enum clarity_version v,
                 struct span source);

/** Calls; `c` is complete. @return whether both agree. */
bool pair_call(struct pair *p, const struct vm_call *c);

/** Calls a function of a contract of PAIR_ISSUER as PAIR_ISSUER. */
bool pair_call_named(struct pair *p, const char *contract, const char *fn,
                     const struct value *args, uint32_t n);

/** Ends the block: both get the same next one. */
void pair_end_block(struct pair *p);

/** The id of the block at `height`, for at-block. */
void pair_block_id(uint8_t ret[STORE_HASH_LEN], uint32_t height);

/** @return the principal of that text, in the pair's arena. */
const struct principal *pair_principal(struct pair *p, const char *text);

/** @return a contract of PAIR_ISSUER, in the pair's arena. */
const struct principal *pair_contract(struct pair *p, const char *name);

/** Appends result or failure, cost, memory and effects, a line each; the
 * movements are sorted. */
void pair_describe(struct buf *b, struct vm_case *state, enum err e,
                   const struct vm_result *r);

#endif /* TESTS_TWIN_PAIR_H */
