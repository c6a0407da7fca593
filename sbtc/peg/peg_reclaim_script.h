/*
 * sbtc/peg/peg_reclaim_script.h - The leaf by which a depositor gets back.
 *
 * The depositor may spend the output after a number of blocks, on conditions
 * of their own.  They are theirs, but one: an OP_SUCCESS anywhere would let
 * anyone spend at once, under the signers' hands, and hold up the whole peg.
 *
 * Layer:    sbtc/peg; pure.
 * Memory:   never allocates; what was read borrows the script.
 * Threads:  pure functions.
 * Spec:     sBTC, sbtc/src/deposits.rs; BIP-68 and BIP-112 for lock times,
 *           BIP-342 for OP_SUCCESS.
 * Format:   push(lock time, as small as possible) OP_CSV user script
 */
#ifndef SBTC_PEG_PEG_RECLAIM_SCRIPT_H
#define SBTC_PEG_PEG_RECLAIM_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"

/** The longest user script. */
#define PEG_RECLAIM_USER_MAX 2048u

/** The most bytes that a lock time's push has, and OP_CSV. */
#define PEG_RECLAIM_HEAD_MAX 5u
#define PEG_RECLAIM_SCRIPT_MAX (PEG_RECLAIM_HEAD_MAX + PEG_RECLAIM_USER_MAX)

/** Blocks are counted in 16 bits. */
#define PEG_RECLAIM_LOCK_MAX 0xffffu

struct peg_reclaim_script {
	uint32_t lock_time; /* Bitcoin blocks, up to PEG_RECLAIM_LOCK_MAX */
	struct span user;   /* what else must hold; may be empty */
};

/** Appends the script; errors as buf_add. */
enum err peg_reclaim_script_write(struct buf *b,
                                  const struct peg_reclaim_script *s);

/**
 * Reads a script.
 *
 * @return ERR_OK; verdicts: ERR_PEG_RECLAIM if it does not begin with a lock
 *         time and OP_CSV, ERR_PEG_LOCK_FORM for a number in a longer form
 *         than needed, ERR_PEG_LOCK_TIME for one that is negative, disabled,
 *         counts seconds or is above 65,535, ERR_PEG_RECLAIM_LEN,
 *         ERR_PEG_RECLAIM_OP for an OP_SUCCESS.
 */
MUST_USE enum err peg_reclaim_script_read(struct peg_reclaim_script *ret,
                                          struct span script);

/** @return whether an OP_SUCCESS stands in front of the first broken push. */
bool peg_reclaim_script_succeeds(struct span script);

#endif /* SBTC_PEG_PEG_RECLAIM_SCRIPT_H */
