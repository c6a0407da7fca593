/*
 * sbtc/peg/peg_sweep.h - The transaction that moves all of the peg.
 *
 * The peg is one output.  A sweep spends it, takes deposits in, pays
 * withdrawals out, and leaves one output again.  From a plan every signer
 * builds the same bytes; from a plan and what is in it every signer knows what
 * each party pays.
 *
 * Layer:    sbtc/peg; pure.
 * Memory:   the transaction's lists lie in the given arena; scripts borrow the
 *           plan.
 * Threads:  pure functions.
 * Spec:     sBTC, signer/src/bitcoin/utxo.rs.
 * Format:   inputs: the peg, deposits by outpoint
 *           outputs: the peg, OP_RETURN (magic version ids), withdrawals by id
 */
#ifndef SBTC_PEG_PEG_SWEEP_H
#define SBTC_PEG_PEG_SWEEP_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "node/bitcoin/btc_tx.h"
#include "sbtc/peg/peg_fee.h"
#include "sbtc/peg/peg_output.h"

/** The least that is minted, and the least that an output may hold. */
#define PEG_DUST 546u

/** Signatures in one sweep, besides the peg's own. */
#define PEG_SWEEP_DEPOSITS_MAX 25u

/** What an OP_RETURN may carry, and what is left of it for ids. */
#define PEG_SWEEP_MEMO_MAX 80u
#define PEG_SWEEP_IDS_LEN_MAX (PEG_SWEEP_MEMO_MAX - 3u)

#define PEG_SWEEP_SIG_LEN 64u

/** The peg's one output. */
struct peg_sweep_utxo {
	struct btc_outpoint at;
	uint64_t value;           /* satoshi */
	uint8_t key[PEG_KEY_LEN]; /* the signers' that hold it, untweaked */
};

struct peg_sweep_deposit {
	struct btc_outpoint at;
	uint64_t amount;
	uint64_t max_fee;
	struct span script; /* the deposit script */
	uint8_t reclaim_leaf[TAPTREE_HASH_LEN];
};

struct peg_sweep_withdrawal {
	uint64_t id;
	uint64_t amount;
	uint64_t max_fee;
	struct span script; /* whom to pay */
};

/** All that determines a sweep. */
struct peg_sweep {
	struct peg_sweep_utxo from;
	uint8_t to_key[PEG_KEY_LEN];              /* who holds the peg then */
	const struct peg_sweep_deposit *deposits; /* by outpoint */
	uint32_t n_deposits;
	const struct peg_sweep_withdrawal *withdrawals; /* by id */
	uint32_t n_withdrawals;
	uint64_t rate; /* as peg_fee.h */
	struct peg_fee_last last;
};

/** A sweep that was built, not yet signed. */
struct peg_sweep_tx {
	struct btc_tx tx;
	const struct btc_out *spent; /* one for each input; signed, too */
	uint8_t txid[BTC_WIRE_HASH_LEN];
	uint64_t vsize;
	uint64_t fee;
	const uint64_t *deposit_fees;    /* what each pays of it */
	const uint64_t *withdrawal_fees; /* likewise */
	uint32_t culprit; /* whose amount or offer was refused: its place among
	                   * deposits, then withdrawals */
};

/** @return <0, 0, >0: as deposits are ordered, by id as hashed, then number. */
int peg_sweep_outpoint_cmp(const struct btc_outpoint *a,
                           const struct btc_outpoint *b);

/**
 * Builds a sweep.
 *
 * @return ERR_OK; verdicts: ERR_PEG_EMPTY without any request, ERR_PEG_ORDER
 *         if a list is not strictly ascending, ERR_PEG_COUNT for too many
 *         deposits or ids, ERR_PEG_RATE, ERR_PEG_DUST for a withdrawal or a
 *         minted amount of less, ERR_PEG_MAX_FEE if someone would pay more
 *         than they offered (`culprit` is set with these two), ERR_PEG_FUNDS if
 * the peg cannot pay, ERR_BAD_KEY; ERR_NO_MEMORY.
 */
MUST_USE enum err peg_sweep_build(struct arena *a, struct peg_sweep_tx *ret,
                                  const struct peg_sweep *plan);

/** Computes what is signed for input `at` (a CHECK: below n_ins). */
MUST_USE enum err peg_sweep_sighash(uint8_t ret[BTC_WIRE_HASH_LEN],
                                    const struct peg_sweep_tx *s,
                                    const struct peg_sweep *plan, uint32_t at);

/**
 * Puts the witnesses in.
 *
 * @param sigs  one for each input: the peg's by the tweaked key, the deposits'
 *              by the untweaked one
 * @return ERR_OK; ERR_NO_MEMORY.
 */
MUST_USE enum err peg_sweep_sign(struct arena *a, struct peg_sweep_tx *s,
                                 const struct peg_sweep *plan,
                                 const uint8_t (*sigs)[PEG_SWEEP_SIG_LEN]);

/**
 * Reads which requests a sweep pays; each is the output of the number of its
 * place and 2.
 *
 * @return ERR_OK; ERR_PEG_MEMO if it is not built like a sweep, or names
 *         another number of requests than it has outputs for (verdicts);
 *         ERR_NO_MEMORY.
 */
MUST_USE enum err peg_sweep_ids(struct arena *a, const uint64_t **ret,
                                uint32_t *ret_n, const struct btc_tx *tx);

#endif /* SBTC_PEG_PEG_SWEEP_H */
