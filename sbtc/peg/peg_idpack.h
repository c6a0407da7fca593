/*
 * sbtc/peg/peg_idpack.h - Withdrawal ids in the 80 bytes of an OP_RETURN.
 *
 * A sweep names the requests that it pays.  Ids that lie close together become
 * one segment: the first of them and a bit for each number behind it.  The
 * packing is unique: one list, one row of bytes.
 *
 * Layer:    sbtc/peg; pure.
 * Memory:   an unpacked list lies in the given arena.
 * Threads:  pure functions.
 * Spec:     sBTC, sbtc/src/idpack.
 * Format:   segment = leb128(first id, less the last id of the segment before)
 *           leb128(bytes of bits) bits, lowest first
 */
#ifndef SBTC_PEG_PEG_IDPACK_H
#define SBTC_PEG_PEG_IDPACK_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"

/** What unpacking may take, whatever the input claims. */
#define PEG_IDPACK_IDS_MAX (1u << 17)

/**
 * Appends the packing of `n` ids.
 *
 * @param ids  strictly ascending; of none nothing is written
 * @return ERR_OK; ERR_PEG_ORDER if they do not ascend; errors as buf_add.
 */
MUST_USE enum err peg_idpack_write(struct buf *b, const uint64_t *ids,
                                   uint32_t n);

/**
 * Reads a packing.
 *
 * @return ERR_OK; ERR_PEG_IDPACK for an empty one, a number of more than 64
 *         bits, ids beyond 2^64 or more than PEG_IDPACK_IDS_MAX, ERR_TRUNCATED
 *         (verdicts); ERR_NO_MEMORY.
 */
MUST_USE enum err peg_idpack_read(struct arena *a, const uint64_t **ret,
                                  uint32_t *ret_n, struct span packed);

#endif /* SBTC_PEG_PEG_IDPACK_H */
