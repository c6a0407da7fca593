/*
 * clarity/check/readonly.h - Which expressions may write.
 *
 * A read-only function promises that it changes nothing, and at-block looks
 * into a past that cannot change.  This pass walks the whole program and asks
 * of each function whether it may write: by a word that writes, by a call into
 * a contract function that is not read-only, or by a function of its own that
 * does either.
 *
 * Until epoch 4.0 the pass runs before types are checked, so it counts
 * arguments and meets unknown functions first, and its error is the one that
 * is reported.
 *
 * The walk recurses at most READONLY_MAX_DEPTH built-in words deep, which is a
 * rule, plus as many own functions as lists can nest.
 *
 * Layer:    clarity/check; private to it.
 * Memory:   one byte for each symbol in the work arena.
 * Threads:  belongs to one check.
 */
#ifndef CLARITY_CHECK_READONLY_H
#define CLARITY_CHECK_READONLY_H

#include "clarity/base/err.h"
#include "clarity/check/checker.h"

/** Built-in words in each other that the pass follows. */
#define READONLY_MAX_DEPTH 160u

/** Runs the pass; it costs nothing.
 * @return ERR_OK; ERR_CHECK; a fault. */
MUST_USE enum err readonly_run(struct checker *c);

#endif /* CLARITY_CHECK_READONLY_H */
