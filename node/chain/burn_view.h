/*
 * node/chain/burn_view.h - What a block may know of Bitcoin, as plain data.
 *
 * Executing a block is a pure function, so whoever follows Bitcoin answers
 * beforehand what the block's rules will ask: the sortition that elected its
 * tenure, the newest Bitcoin block that it has seen, who may mine and who may
 * sign.  "Known" always means: on the fork of Bitcoin that ends in the block's
 * own view.  Something that is not known is NULL, and the rules refuse the
 * block by name.
 *
 * Two consensus hashes stand in a block: its tenure's, which the header names,
 * and its view's, which a tenure change names and which every following block
 * inherits.  The view is at or after the tenure's sortition.
 *
 * Layer:    node/chain.
 * Memory:   plain data; everything is borrowed for the call.
 * Threads:  constant while used.
 * Spec:     SIP-021, "Tenure change"; docs/CONSENSUS.md, "Blocks".
 */
#ifndef NODE_CHAIN_BURN_VIEW_H
#define NODE_CHAIN_BURN_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/num.h"
#include "clarity/crypto/ecdsa.h"
#include "clarity/crypto/vrf.h"
#include "node/wire/address.h"
#include "node/wire/wire.h"

/** A Bitcoin block after its sortition. */
struct burn_snapshot {
	uint8_t consensus_hash[WIRE_CONSENSUS_HASH_LEN];
	uint8_t hash[WIRE_HASH_LEN];
	uint32_t height;
	uint64_t time;       /* seconds */
	uint64_t total_burn; /* satoshi, over the whole chain */
	bool has_winner;     /* a miner was elected */
};

/** The miner that a sortition elected, and the commit that won. */
struct burn_winner {
	uint8_t txid[WIRE_HASH_LEN];     /* of the commit */
	uint8_t miner[ADDRESS_HASH_LEN]; /* hash of the block-signing key */
	uint8_t vrf_pub[VRF_PUB_LEN];    /* registered key */
	uint8_t new_seed[VRF_SEED_LEN];  /* of the commit */
	uint8_t parent_tenure[WIRE_HASH_LEN];  /* block id the commit names */
	uint8_t sortition_hash[WIRE_HASH_LEN]; /* what the miner proves over */
	u128 accumulated;        /* microSTX of sortitions without a winner */
	uint64_t commit_burn;    /* satoshi of the winning commit */
	uint64_t sortition_burn; /* satoshi of all commits */
};

/** Somebody who may sign blocks, in the order of the reward set. */
struct burn_signer {
	uint8_t key[ECDSA_PUB_LEN]; /* compressed */
	uint32_t weight;
};

/** What the winning commit did with one address of the reward set. */
struct burn_treatment {
	bool is_punished;       /* false: it was paid */
	const uint16_t *places; /* where the address stands in the set */
	uint32_t n_places;
};

struct burn_view {
	/** The snapshot whose consensus hash the header names. */
	const struct burn_snapshot *tenure;
	/** Who won it; NULL only if nobody did. */
	const struct burn_winner *winner;
	/** The view: what a tenure change in the block names, else the
	 * parent's. */
	const struct burn_snapshot *view;
	/** Whether `view` is the parent's view or descends from it. */
	bool view_descends;
	/** What a tenure change names as the tenure before; NULL without one,
	 * and when it is the first consensus hash of all. */
	const struct burn_snapshot *prev_tenure;
	/** The signers of the cycle in which the tenure was elected. */
	const struct burn_signer *signers;
	uint32_t n_signers;
	/** Of the commit that elected the tenure; none when Proof of Transfer
	 * pays no set. */
	const struct burn_treatment *treatments;
	uint32_t n_treatments;
};

#endif /* NODE_CHAIN_BURN_VIEW_H */
