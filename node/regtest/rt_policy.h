/*
 * node/regtest/rt_policy.h - What a node takes from strangers.
 *
 * Valid is not enough: a transaction that comes alone must be of a known
 * shape, pay its way, and make no output that costs more to spend than it is
 * worth.  A block may have what is refused here.
 *
 * Layer:    node/regtest; pure.
 * Memory:   none.
 * Threads:  pure functions.
 * Spec:     Bitcoin Core, src/policy/policy.cpp; BIP-125.
 */
#ifndef NODE_REGTEST_RT_POLICY_H
#define NODE_REGTEST_RT_POLICY_H

#include <stdbool.h>
#include <stdint.h>

#include "node/bitcoin/btc_tx.h"
#include "node/regtest/rt_connect.h"
#include "node/regtest/rt_reason.h"

/** Satoshi for 1,000 virtual bytes: to be taken at all, to replace another,
 * and by which dust is measured. */
#define RT_POLICY_RELAY_FEE 1000u
#define RT_POLICY_REPLACE_FEE 1000u
#define RT_POLICY_DUST_FEE 3000u

/** Weight of a transaction at most. */
#define RT_POLICY_WEIGHT_MAX 400000u

/** Bytes of an output that carries data, its operation included. */
#define RT_POLICY_DATA_MAX 83u

/** Bytes without witnesses at least: 64 could pose as a tree's node. */
#define RT_POLICY_SIZE_MIN 65u

/** What its signature checks may cost. */
#define RT_POLICY_SIGOPS_MAX (BTC_SIGOPS_MAX / 5u)

/** Unconfirmed ancestors or descendants, itself included, and their virtual
 * bytes. */
#define RT_POLICY_CHAIN_MAX 25u
#define RT_POLICY_CHAIN_SIZE_MAX 101000u

/** Transactions that one may replace, with all that depend on them. */
#define RT_POLICY_REPLACED_MAX 100u

/** @return the fee for `vsize` virtual bytes at a rate for 1,000. */
uint64_t rt_policy_fee(uint64_t rate, uint64_t vsize);

/** @return virtual bytes: a quarter of the weight, or what its signature
 * checks count as, whichever is more. */
uint32_t rt_policy_vsize(size_t weight, uint32_t sigop_cost);

/** @return the amount below which an output is dust. */
uint64_t rt_policy_dust(const struct btc_out *out);

/** Judges a transaction's shape. @return ERR_OK; ERR_BTC_RULE. */
MUST_USE enum err rt_policy_check(struct rt_reason *why,
                                  const struct btc_tx *tx);

/** Judges what it spends and how. @return as rt_policy_check. */
MUST_USE enum err rt_policy_check_ins(struct rt_reason *why,
                                      const struct rt_spending *s);

/** @return whether it says itself that it may be replaced. */
bool rt_policy_is_replaceable(const struct btc_tx *tx);

#endif /* NODE_REGTEST_RT_POLICY_H */
