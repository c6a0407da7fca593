/*
 * sbtc/peg/peg_fee.h - What a sweep costs, and who pays how much of it.
 *
 * Every signer must reach the same number, so rates are integers: satoshi for
 * a thousand virtual bytes.  All of a sweep is paid by the deposits and
 * withdrawals in it, in proportion to their weight, rounded up, so that the
 * peg never pays.
 *
 * Layer:    sbtc/peg; pure.
 * Memory:   never allocates.
 * Threads:  pure functions.
 * Spec:     sBTC, signer/src/bitcoin/utxo.rs (its rates are floating point);
 *           BIP-125 for replacing; BIP-141 for weights.
 */
#ifndef SBTC_PEG_PEG_FEE_H
#define SBTC_PEG_PEG_FEE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clarity/base/err.h"

/** Rates, in satoshi for 1,000 virtual bytes: none outside is signed. */
#define PEG_FEE_RATE_MIN 1u
#define PEG_FEE_RATE_MAX 1000000u

/** What nodes ask for relaying a replacement, at the same unit. */
#define PEG_FEE_RELAY_RATE 1000u

/** Weights are a quarter of a virtual byte. */
#define PEG_FEE_WEIGHT_PER_VBYTE 4u

/** What a sweep that is to be replaced, with all that hangs on it, paid. */
struct peg_fee_last {
	uint64_t total; /* satoshi; 0: nothing is replaced */
	uint64_t rate;  /* satoshi for 1,000 virtual bytes */
};

/**
 * Computes a transaction's fee: its size at the rate, and when it replaces
 * another more than that one paid, in total and by rate.
 *
 * @param vsize  virtual bytes, at most 10^6 (a CHECK)
 * @param rate   within the bounds above (a CHECK)
 * @param last   its numbers at most 2.1 * 10^15 (a CHECK)
 * @return satoshi
 */
uint64_t peg_fee_total(uint64_t vsize, uint64_t rate, struct peg_fee_last last);

/** @return the part of `fee` that falls on `weight` of `all`, rounded up; not
 * more than `fee` (a CHECK: 0 < weight <= all). */
uint64_t peg_fee_part(uint64_t fee, uint64_t weight, uint64_t all);

/** @return the weight of a deposit's input, its witness included. */
uint64_t peg_fee_deposit_weight(size_t deposit_script_len);

/** @return the weight of an output that pays to a script. */
uint64_t peg_fee_output_weight(size_t script_len);

/** @return the weight of a sweep's other parts: what comes before and after
 * the lists, the signers' own input and output, and the OP_RETURN.
 * @param n_deposits     their count is written in front
 * @param n_withdrawals  likewise */
uint64_t peg_fee_base_weight(uint32_t n_deposits, uint32_t n_withdrawals,
                             size_t memo_len);

/** @return virtual bytes, rounded up. */
uint64_t peg_fee_vsize(uint64_t weight);

#endif /* SBTC_PEG_PEG_FEE_H */
