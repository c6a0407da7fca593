/*
 * pox/recipients.h - Whom the miners of a burn block pay.
 *
 * Each paying block of a cycle draws two of the reward slots that are left,
 * by a stream of random words that everybody can compute.  Drawn slots leave
 * the list; how the gap is closed decides what the next draw finds, and it is
 * closed one way in a cycle's first block and another way in all others.
 *
 * Layer:    pox; uses clarity/base only.
 * Memory:   never allocates; the list is the caller's.
 * Threads:  pure functions.
 * Spec:     SIP-007, "Address selection"; the stream is ChaCha20 with 64-bit
 *           counter and nonce, both from 0.
 */
#ifndef POX_RECIPIENTS_H
#define POX_RECIPIENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Recipients of a block; where there is only one, the other part is burnt. */
#define RECIPIENTS_MAX 2u

/**
 * Draws from 0 to `n`-1.
 *
 * @param ret   the places, different ones
 * @param seed  the parent's sortition hash, mixed with the parent's burn hash
 *              (sortition_mix)
 * @param n     how many slots are left
 * @return how many were drawn: 2, or `n` if that is less.
 */
size_t recipients_draw(uint32_t ret[RECIPIENTS_MAX], const uint8_t seed[32],
                       uint32_t n);

/**
 * Takes drawn places out of the list of slots that are left.
 *
 * @param left      the slots, of which `*left_n` are used; changed
 * @param drawn     different places below `*left_n`, a CHECK
 * @param n         how many, at most RECIPIENTS_MAX
 * @param is_first  whether this is the cycle's first paying block: what is
 *                  behind a gap moves up; else the last slot fills it
 */
void recipients_take(uint32_t *left, uint32_t *left_n, const uint32_t *drawn,
                     size_t n, bool is_first);

#endif /* POX_RECIPIENTS_H */
