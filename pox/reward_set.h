/*
 * pox/reward_set.h - Who is paid and who signs in a reward cycle (pox-4).
 *
 * What is locked for a cycle sets the price of a slot; each address gets as
 * many slots as it can pay for, each signing key as much weight.  The order of
 * both lists is consensus: recipients are drawn by place, and signatures are
 * told apart by place.
 *
 * Layer:    pox; uses clarity/base only.
 * Memory:   results live in the caller's arena; slots point at the entries.
 * Threads:  pure functions.
 * Spec:     SIP-007, "Reward set"; SIP-021, "Signer set".
 */
#ifndef POX_REWARD_SET_H
#define POX_REWARD_SET_H

#include <stddef.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/num.h"

#define REWARD_SET_KEY_LEN 33u

/** Prices are multiples of 10,000 STX, in microSTX. */
#define REWARD_SET_STEP 10000000000u

/** An entry of the contract's list for a cycle. */
struct reward_entry {
	uint8_t version;   /* how Bitcoin's address sorts: c32 version of P2PKH
	                      and P2SH, 4 P2WPKH, 5 P2WSH, 6 P2TR */
	uint8_t hash_mode; /* the contract's version byte, 0 to 6 */
	uint8_t hash_len;  /* 20 or 32 */
	uint8_t hash[32];
	uint8_t signer[REWARD_SET_KEY_LEN];
	u128 amount; /* microSTX locked */
};

/** A signer; weights add up to at most the number of slots, or nearly so. */
struct reward_signer {
	const uint8_t *key; /* REWARD_SET_KEY_LEN bytes, in an entry */
	u128 amount;        /* microSTX */
	uint32_t weight;    /* above 0 */
};

/** A cycle's recipients and signers. */
struct reward_set {
	u128 threshold; /* microSTX of one slot */
	const struct reward_entry **slots;
	uint32_t slots_n;
	struct reward_signer *signers; /* keys ascending */
	uint32_t signers_n;
};

/** @return the price of a slot in microSTX; `slots` is above 0.
 *
 * @param liquid         microSTX in existence
 * @param participation  microSTX locked for the cycle
 */
u128 reward_set_threshold(u128 liquid, u128 participation, uint32_t slots);

/**
 * Computes a cycle's reward set.
 *
 * @param entries  valid entries of the contract, in its order; borrowed as
 *                 long as `ret` lives
 * @param liquid   microSTX in existence
 * @param slots    how many slots a cycle has (cycle_reward_slots)
 * @return ERR_OK; ERR_NO_MEMORY;
 *         ERR_REWARD_SET, a fault, if more is locked than exists or a slot
 *         would be free: states that no chain reaches.
 */
MUST_USE enum err reward_set_make(struct arena *a, struct reward_set *ret,
                                  const struct reward_entry *entries, size_t n,
                                  u128 liquid, uint32_t slots);

#endif /* POX_REWARD_SET_H */
