/*
 * sbtc/peg/peg_output.h - The outputs that hold bitcoin for the peg.
 *
 * The signers' own output is their key alone.  A deposit's has no key that
 * anyone could know, and two leaves: the signers' and the depositor's.  Of the
 * latter a signer needs but the hash.
 *
 * Layer:    sbtc/peg; pure.
 * Memory:   never allocates.
 * Threads:  pure functions.
 * Spec:     BIP-341; sBTC, sbtc/src/deposits.rs.
 */
#ifndef SBTC_PEG_PEG_OUTPUT_H
#define SBTC_PEG_PEG_OUTPUT_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "node/bitcoin/btc_tx.h"
#include "node/bitcoin/taptree.h"
#include "sbtc/peg/peg_deposit_script.h"

/** OP_1, a push and the key. */
#define PEG_OUTPUT_SCRIPT_LEN 34u

/** A control block with one step. */
#define PEG_OUTPUT_CONTROL_LEN (33u + TAPTREE_HASH_LEN)

/** The x coordinate that nobody knows the logarithm of (BIP-341). */
extern const uint8_t peg_output_nobody[PEG_KEY_LEN];

/** What is needed to pay to, and to spend, a deposit. */
struct peg_output {
	uint8_t script[PEG_OUTPUT_SCRIPT_LEN];
	uint8_t control[PEG_OUTPUT_CONTROL_LEN]; /* for the signers' leaf */
	uint8_t deposit_leaf[TAPTREE_HASH_LEN];
	uint8_t root[TAPTREE_HASH_LEN];
};

/**
 * Writes the output script of the signers' own output.
 *
 * @param key  their key, untweaked
 * @return ERR_OK; ERR_BAD_KEY.
 */
MUST_USE enum err peg_output_signers(uint8_t ret[PEG_OUTPUT_SCRIPT_LEN],
                                     const uint8_t key[PEG_KEY_LEN]);

/** Computes a deposit's output of its script and its reclaim leaf's hash.
 * @return ERR_OK; ERR_BAD_KEY (of 2^128 hashes, one). */
MUST_USE enum err peg_output_deposit(struct peg_output *ret,
                                     struct span deposit_script,
                                     const uint8_t reclaim[TAPTREE_HASH_LEN]);

/** A claim that a transaction's output is a deposit. */
struct peg_claim {
	struct btc_outpoint at;
	struct span deposit_script;
	struct span reclaim_script;
};

/** What a claim turned out to be. */
struct peg_deposit {
	struct btc_outpoint at;
	uint64_t amount; /* satoshi */
	struct peg_deposit_script terms;
	uint32_t lock_time; /* blocks until the depositor may reclaim */
	uint8_t reclaim_leaf[TAPTREE_HASH_LEN];
	struct peg_output output;
};

/**
 * Judges a claim against the transaction that it names.
 *
 * @param is_mainnet  the network whose accounts may receive
 * @param ret         its recipient borrows the claim's deposit script
 * @return ERR_OK; verdicts: ERR_PEG_TXID for another transaction,
 *         ERR_PEG_OUTPOINT without such an output, what the two scripts'
 *         readers say, ERR_PEG_OUTPUT if the output pays to something else,
 *         ERR_PEG_NETWORK for another network's recipient; ERR_NO_MEMORY.
 */
MUST_USE enum err peg_output_check(struct peg_deposit *ret,
                                   const struct btc_tx *tx,
                                   const struct peg_claim *claim,
                                   bool is_mainnet);

#endif /* SBTC_PEG_PEG_OUTPUT_H */
