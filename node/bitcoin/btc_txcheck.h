/*
 * node/bitcoin/btc_txcheck.h - What holds for a transaction by itself.
 *
 * No output that it spends is known here, nor which block it is for: sizes,
 * sums, and the time from which it may be in a block.
 *
 * Layer:    node/bitcoin; pure.
 * Memory:   a set of inputs, from the given arena for the time of the call.
 * Threads:  pure functions.
 * Spec:     Bitcoin Core, src/consensus/tx_check.cpp, tx_verify.cpp; BIP-68,
 *           BIP-141.
 */
#ifndef NODE_BITCOIN_BTC_TXCHECK_H
#define NODE_BITCOIN_BTC_TXCHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "node/bitcoin/btc_tx.h"

/** A bitcoin has so many satoshi, and there are never more bitcoin. */
#define BTC_COIN UINT64_C(100000000)
#define BTC_MONEY_MAX (21000000u * BTC_COIN)

/** A block's weight at most: bytes without witnesses count 4, others 1. */
#define BTC_WEIGHT_MAX 4000000u
#define BTC_WEIGHT_SCALE 4u

/** What all signature checks of a block may cost. */
#define BTC_SIGOPS_MAX 80000u

/** A lock time below it is a height, from it on a time. */
#define BTC_LOCKTIME_THRESHOLD 500000000u

/** An input with it ignores the lock time; with the next lower ones a
 * transaction says that it may be replaced. */
#define BTC_SEQUENCE_FINAL 0xffffffffu
#define BTC_SEQUENCE_REPLACEABLE 0xfffffffdu

/** Parts of a sequence number that locks an input by its age. */
#define BTC_SEQUENCE_OFF 0x80000000u
#define BTC_SEQUENCE_TIME 0x00400000u
#define BTC_SEQUENCE_MASK 0x0000ffffu

enum btc_tx_fail {
#define X(name, reason) BTC_TX_##name,
#include "node/bitcoin/btc_tx_fail.def"
#undef X
	BTC_TX_FAIL_COUNT
};

/** @return Bitcoin's reason, such as "bad-txns-vin-empty". */
const char *btc_txcheck_reason(enum btc_tx_fail f);

/**
 * Judges a transaction by itself.
 *
 * @param a    memory for the time of the call
 * @param ret  why it is refused; BTC_TX_OK if it is not
 * @return ERR_OK; ERR_BTC_RULE, a verdict; ERR_NO_MEMORY.
 */
MUST_USE enum err btc_txcheck_alone(struct arena *a, const struct btc_tx *tx,
                                    enum btc_tx_fail *ret);

/** @return its bytes without witnesses, and with them. */
size_t btc_txcheck_size_old(const struct btc_tx *tx);
size_t btc_txcheck_size(const struct btc_tx *tx);

/** @return its weight: three times the one size plus the other. */
size_t btc_txcheck_weight(const struct btc_tx *tx);

/** @return signature checks in its own scripts, each counted as the most. */
uint32_t btc_txcheck_sigops(const struct btc_tx *tx);

/** @return whether a block at `height` after median time `time` may have it. */
bool btc_txcheck_is_final(const struct btc_tx *tx, uint32_t height,
                          uint32_t time);

/** @return whether inputs may be locked by their age: from version 2 on. */
bool btc_txcheck_has_age_locks(const struct btc_tx *tx);

#endif /* NODE_BITCOIN_BTC_TXCHECK_H */
