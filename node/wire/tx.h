/*
 * node/wire/tx.h - Transactions: bytes, ids, signatures.
 *
 * What is decoded leniently is normalised: only the highest bit of the version
 * byte counts, fields of Clarity tuples are sorted, and so on.  The id is the
 * hash of what tx_write would write, not of what was received, and so is the
 * hash that is signed; both are therefore computed from the struct.
 *
 * Layer:    node/wire; pure.
 * Memory:   what a transaction points to lies in the given arena or borrows the
 *           input; both must outlive it.  Decoding takes at most TX_ARENA_MAX.
 * Threads:  plain data.
 * Spec:     SIP-005.
 * Format:   version, chain id[4], auth, anchor mode, post-condition mode,
 *           post-conditions, payload
 */
#ifndef NODE_WIRE_TX_H
#define NODE_WIRE_TX_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/value/epoch.h"
#include "node/wire/auth.h"
#include "node/wire/payload.h"
#include "node/wire/postcond.h"
#include "node/wire/wire.h"

#define TX_MAINNET 0x00u
#define TX_TESTNET 0x80u

/** An arena of this size decodes every transaction: a byte of input becomes at
 * most a value of 32 bytes, and arenas double. */
#define TX_ARENA_MAX ((size_t)256 * 1024 * 1024)

/** Where a transaction may go; without effect since epoch 3.0, except that a
 * coinbase and a poison microblock must say ONCHAIN.  The wire's values. */
enum tx_anchor {
	TX_ANCHOR_ONCHAIN = 1,
	TX_ANCHOR_OFFCHAIN = 2,
	TX_ANCHOR_ANY = 3
};

/** What happens to assets that no post-condition names; the wire's values. */
enum tx_mode {
	TX_MODE_ALLOW = 1,
	TX_MODE_DENY = 2,
	TX_MODE_ORIGINATOR = 3 /* deny for the origin; from epoch 3.4 */
};

struct tx {
	bool is_mainnet;
	uint32_t chain_id;
	struct auth auth;
	enum tx_anchor anchor;
	enum tx_mode mode;
	const struct postcond *postconds;
	uint32_t n_postconds;
	struct payload payload;
};

/**
 * Reads one transaction of at most WIRE_TX_MAX bytes.
 *
 * @param c  is moved behind it on success only
 * @return ERR_OK; ERR_TX_ANCHOR, ERR_TX_MODE, and those of auth_read,
 *         postcond_read and payload_read (verdicts); ERR_NO_MEMORY.
 */
MUST_USE enum err tx_read(struct arena *a, struct tx *ret, struct cursor *c);

/** As tx_read, but all of `bytes` must be the transaction (ERR_TRAILING). */
MUST_USE enum err tx_read_all(struct arena *a, struct tx *ret,
                              struct span bytes);

/** As tx_read_all, for a transaction that is still being signed: the number of
 * signatures of several signers is not looked at.  ERR_TOO_LARGE past
 * WIRE_TX_MAX. */
MUST_USE enum err tx_read_draft(struct arena *a, struct tx *ret,
                                struct span bytes);

/** Appends the bytes of `tx`; errors as buf_add. */
enum err tx_write(struct buf *b, const struct tx *tx);

/**
 * Computes the transaction's id.
 *
 * @return ERR_OK; ERR_TOO_LARGE past WIRE_TX_MAX; ERR_NO_MEMORY.
 */
MUST_USE enum err tx_id(uint8_t ret[WIRE_HASH_LEN], const struct tx *tx);

/** Computes the hash from which signing begins; errors as tx_id. */
MUST_USE enum err tx_sighash(uint8_t ret[WIRE_HASH_LEN], const struct tx *tx);

/** Verifies all signatures; errors as auth_verify and tx_id. */
MUST_USE enum err tx_verify(const struct tx *tx, enum auth_rule rule);

/**
 * Verifies the origin's signatures only.
 *
 * @param ret  the hash from which the sponsor goes on
 * @return as tx_verify.
 */
MUST_USE enum err tx_verify_origin(uint8_t ret[WIRE_HASH_LEN],
                                   const struct tx *tx, enum auth_rule rule);

/**
 * Computes the hash that the next signer of a role signs from, behind the
 * signatures that are there already.
 *
 * @return ERR_OK; for the sponsor (a CHECK that there is one) as tx_verify,
 *         for it signs only what the origin has signed in full; as tx_id.
 */
MUST_USE enum err tx_sighash_next(uint8_t ret[WIRE_HASH_LEN],
                                  const struct tx *tx, enum auth_role role);

/**
 * Adds one signature of the origin; `sighash` begins as tx_sighash says and is
 * moved on.  Errors as auth_cond_sign.
 */
MUST_USE enum err tx_sign_origin(struct arena *a, struct tx *tx,
                                 uint8_t sighash[WIRE_HASH_LEN],
                                 const struct auth_key *key);

/** Adds one signature of the sponsor (a CHECK that there is one), from where
 * the origin's signatures ended.  Errors as auth_cond_sign. */
MUST_USE enum err tx_sign_sponsor(struct arena *a, struct tx *tx,
                                  uint8_t sighash[WIRE_HASH_LEN],
                                  const struct auth_key *key);

/**
 * Judges everything about a transaction that depends on the epoch alone.
 *
 * @return ERR_OK; ERR_TX_EPOCH if its authorisation, post-conditions or payload
 *         do not exist in `epoch` (from 3.0 on).
 */
MUST_USE enum err tx_check_epoch(const struct tx *tx, enum epoch epoch);

/** @return the account that a transaction is from. */
struct address tx_origin(const struct tx *tx);

/** @return the account that pays its fee. */
struct address tx_payer(const struct tx *tx);

#endif /* NODE_WIRE_TX_H */
