/*
 * clarity/check/keep.h - Making an analysis outlive its check.
 *
 * Most of what a check makes is of no use when it is done.  What others will
 * ask for is copied, once, into the arena that lives as long as the contract.
 * Types share parts, and a short program can write a type whose parts, counted
 * one by one, are very many; so each part is copied once and shared again.
 *
 * Layer:    clarity/check; private to it.
 * Memory:   copies into `to`, remembers in `work`.
 * Threads:  belongs to one check.
 */
#ifndef CLARITY_CHECK_KEEP_H
#define CLARITY_CHECK_KEEP_H

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/hmap.h"
#include "clarity/check/analysis.h"
#include "clarity/value/type.h"

struct keep {
	struct arena *to;
	struct arena *work;
	struct hmap types;  /* address of a type to its copy */
	struct hmap traits; /* address of a trait identifier to its copy */
};

/** Starts copying from a check that works in `work`. */
void keep_init(struct keep *k, struct arena *to, struct arena *work);

/** Copies a type. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err keep_type(struct keep *k, const struct type **ret,
                            const struct type *t);

/** Copies a name. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err keep_name(struct keep *k, struct span *ret, struct span name);

/** Copies a trait identifier. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err keep_trait_id(struct keep *k, const struct trait_id **ret,
                                const struct trait_id *id);

/** Copies a function. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err keep_fn(struct keep *k, struct analysis_fn *ret,
                          const struct analysis_fn *f);

/** Copies a trait under the name `name`. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err keep_trait(struct keep *k, struct analysis_trait *ret,
                             struct span name, const struct analysis_trait *t);

#endif /* CLARITY_CHECK_KEEP_H */
