/*
 * node/regtest/rt_check.h - What holds for a block by itself and its place.
 *
 * Nothing here looks at the outputs that a block spends (rt_connect.h does).
 *
 * Layer:    node/regtest; pure.
 * Memory:   hashes for the time of a call, from the given arena.
 * Threads:  pure functions.
 * Spec:     Bitcoin Core, src/validation.cpp, kernel/chainparams.cpp
 *           (regtest).
 */
#ifndef NODE_REGTEST_RT_CHECK_H
#define NODE_REGTEST_RT_CHECK_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "node/bitcoin/btc_block.h"
#include "node/bitcoin/btc_txcheck.h"
#include "node/regtest/rt_reason.h"

/** Every block of a regtest chain has this target: half of all hashes. */
#define RT_CHECK_BITS 0x207fffffu

/** Blocks until the reward halves. */
#define RT_CHECK_HALVING 150u

/** Blocks on top of a coinbase before it can be spent, its own included. */
#define RT_CHECK_MATURITY 100u

/** Seconds that a block may be ahead of the clock. */
#define RT_CHECK_AHEAD 7200u

/** @return whether a block's hash meets the target. */
bool rt_check_has_work(const uint8_t hash[BTC_WIRE_HASH_LEN]);

/** @return what a block at `height` may create, in satoshi. */
uint64_t rt_check_subsidy(uint32_t height);

/**
 * Judges a header on top of another.
 *
 * @param hash    its own
 * @param median  the median time of the eleven blocks below
 * @param now     the clock; UINT32_MAX: any time is allowed
 * @return ERR_OK; ERR_BTC_RULE, with the reason.
 */
MUST_USE enum err rt_check_header(struct rt_reason *why,
                                  const struct btc_header *h,
                                  const uint8_t hash[BTC_WIRE_HASH_LEN],
                                  uint32_t median, uint32_t now);

/** Judges a block by itself, its header's work aside.
 * @return ERR_OK; ERR_BTC_RULE; ERR_NO_MEMORY. */
MUST_USE enum err rt_check_block(struct arena *a, struct rt_reason *why,
                                 const struct btc_block *block);

/** Judges a block at its place: its height, its witnesses, its time locks.
 * @return as rt_check_block. */
MUST_USE enum err rt_check_place(struct arena *a, struct rt_reason *why,
                                 const struct btc_block *block, uint32_t height,
                                 uint32_t median);

#endif /* NODE_REGTEST_RT_CHECK_H */
