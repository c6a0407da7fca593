/*
 * pox/cycle.h - Reward cycles: which burn height belongs where.
 *
 * Burn heights are cut into cycles of equal length, each ending in a prepare
 * phase.  Two conventions meet at the cut: a cycle's signers start at its block
 * 0, its payouts at block 1, and block 0 itself still counts as "prepare" for
 * everything that came before Nakamoto.  Hence two prepare predicates and two
 * starts; mixing them up is one block wrong.
 *
 * Layer:    pox; uses nothing.
 * Memory:   never allocates.
 * Threads:  pure functions.
 * Spec:     SIP-007, "Reward cycles"; SIP-021 for the second predicate.
 */
#ifndef POX_CYCLE_H
#define POX_CYCLE_H

#include <stdbool.h>
#include <stdint.h>

/** A network's cycles.  Heights are of Bitcoin blocks. */
struct cycle_params {
	uint64_t first_height; /* of the first burn block that counts */
	uint32_t len;          /* blocks of a cycle; above `prepare` */
	uint32_t prepare;      /* blocks of the prepare phase; at least 1 */
};

/** The cycles of the main network. */
extern const struct cycle_params cycle_mainnet;

/** Computes the cycle of a height, block 0 being the cycle's own.
 * @return false below the first height: `ret` is then unchanged. */
bool cycle_of(const struct cycle_params *p, uint64_t height, uint64_t *ret);

/** @return how far `height` lies in its cycle, 0 to len-1; a CHECK that it is
 * not below the first height. */
uint32_t cycle_index(const struct cycle_params *p, uint64_t height);

/** @return the first height that the cycle's signers sign: its block 0. */
uint64_t cycle_signing_start(const struct cycle_params *p, uint64_t cycle);

/** @return the first height that pays the cycle's stackers: its block 1. */
uint64_t cycle_payout_start(const struct cycle_params *p, uint64_t cycle);

/** @return whether `height` is in the classic prepare phase: the last
 * `prepare`-1 blocks of a cycle and block 0 of the next; never at or below
 * the first height. */
bool cycle_is_prepare(const struct cycle_params *p, uint64_t height);

/** As cycle_is_prepare, but block 0 is not part of it. */
bool cycle_is_naka_prepare(const struct cycle_params *p, uint64_t height);

/** Computes the cycle that the prepare phase around `height` prepares.
 * @return false outside of the classic prepare phase. */
bool cycle_prepared(const struct cycle_params *p, uint64_t height,
                    uint64_t *ret);

/** @return the first height of the classic prepare phase in `cycle`. */
uint64_t cycle_prepare_start(const struct cycle_params *p, uint64_t cycle);

/** @return how many reward slots a cycle has: two for each paying block. */
uint32_t cycle_reward_slots(const struct cycle_params *p);

#endif /* POX_CYCLE_H */
