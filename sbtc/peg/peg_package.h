/*
 * sbtc/peg/peg_package.h - Which requests go into which sweep.
 *
 * A coordinator proposes requests, a fee rate and who is against what; every
 * signer makes the same chain of sweeps of it, each spending the one before.
 * A signer does not sign a sweep that holds a request it is against, so a sweep
 * holds only requests that together leave enough signers.  What does not fit
 * waits for the next proposal.
 *
 * Layer:    sbtc/peg; pure.
 * Memory:   everything lies in the given arena; scripts borrow the requests.
 * Threads:  pure functions.
 * Spec:     sBTC, signer/src/bitcoin/packaging.rs; that the proposal carries
 *           the fee of what is replaced is ours: signers whose mempools differ
 *           still agree.
 */
#ifndef SBTC_PEG_PEG_PACKAGE_H
#define SBTC_PEG_PEG_PACKAGE_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/num.h"
#include "sbtc/peg/peg_sweep.h"

/** Sweeps in a chain: as many as nodes relay unconfirmed. */
#define PEG_PACKAGE_SWEEPS_MAX 25u

/** Virtual bytes of a chain, with room below what nodes relay. */
#define PEG_PACKAGE_VSIZE_MAX 95000u

/** Requests in a proposal, and signers, a bit each. */
#define PEG_PACKAGE_REQUESTS_MAX 4096u
#define PEG_PACKAGE_SIGNERS_MAX 128u

/** A deposit, or else a withdrawal, that is to be served. */
struct peg_request {
	const struct peg_sweep_deposit *deposit; /* or NULL */
	const struct peg_sweep_withdrawal *withdrawal;
	u128 against; /* bit i: signer i does not sign it */
};

/** What every signer derives the sweeps from. */
struct peg_proposal {
	struct peg_sweep_utxo from;
	uint8_t to_key[PEG_KEY_LEN];
	const struct peg_request *requests; /* as they arrived */
	uint32_t n;
	uint64_t rate;            /* as peg_fee.h */
	struct peg_fee_last last; /* of what the first sweep replaces */
	uint32_t n_signers;
	uint32_t threshold; /* signers that a signature needs */
};

struct peg_package {
	struct peg_sweep *plans;
	struct peg_sweep_tx *txs; /* of the plans */
	uint32_t n;
};

/**
 * Makes the sweeps of a proposal; none, if no request can be served.
 *
 * @return ERR_OK; verdicts: ERR_PEG_PROPOSAL for more requests or signers than
 *         allowed, a threshold of 0 or above the signers, or a request that
 *         stands in it twice; ERR_PEG_RATE; ERR_BAD_KEY; ERR_NO_MEMORY.
 */
MUST_USE enum err peg_package_make(struct arena *a, struct peg_package *ret,
                                   const struct peg_proposal *p);

#endif /* SBTC_PEG_PEG_PACKAGE_H */
