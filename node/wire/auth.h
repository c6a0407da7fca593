/*
 * node/wire/auth.h - Who a transaction is from, and the proof of it.
 *
 * A spending condition names an account and carries signatures.  They chain:
 * each signature signs a hash over everything signed before, the fee and the
 * nonce, and the keys recovered from them must hash to the account.  Nothing
 * else names the signer.  In the any-order modes all sign the same hash, so
 * that nobody waits for another.
 *
 * A sponsored transaction has a second condition, whose signatures continue the
 * first one's chain; the first signs without knowing who the sponsor is.
 *
 * Layer:    node/wire; pure.
 * Memory:   fields lie in the given arena; signatures and keys borrow the
 *           input, which must live as long as the condition.
 * Threads:  plain data.
 * Spec:     SIP-005, "Transaction Authorization".
 * Format:   auth = 04 condition | 05 condition condition
 *           condition = mode, hash[20], nonce[8], fee[8], then for one key
 *           encoding, signature[65]; for several fields, required[2]
 *           field = 00|01 key[33] | 02|03 signature[65]; odd: uncompressed key
 */
#ifndef NODE_WIRE_AUTH_H
#define NODE_WIRE_AUTH_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "node/wire/address.h"
#include "node/wire/wire.h"

/** What the hash to be signed says about the signer's role. */
enum auth_role {
	AUTH_ORIGIN = 4, /* also the byte of an unsponsored transaction */
	AUTH_SPONSOR = 5 /* also the byte of a sponsored one */
};

/** Whose signatures are good: before epoch 4.0 also those with a high s. */
enum auth_rule {
	AUTH_ANY_S,
	AUTH_LOW_S
};

/** A field of a multisig condition; the values are the wire's. */
enum auth_field_kind {
	AUTH_KEY = 0,      /* a key that did not sign */
	AUTH_KEY_FULL = 1, /* the same, hashed uncompressed */
	AUTH_SIG = 2,      /* a signature by a compressed key */
	AUTH_SIG_FULL = 3  /* by an uncompressed one */
};

struct auth_field {
	enum auth_field_kind kind;
	const uint8_t *bytes; /* ECDSA_PUB_LEN or WIRE_SIG_LEN of them */
};

/** A spending condition. */
struct auth_cond {
	enum address_mode mode;
	uint8_t signer[ADDRESS_HASH_LEN];
	uint64_t nonce;
	uint64_t fee; /* microSTX */
	/* One key: */
	bool is_compressed;
	uint8_t sig[WIRE_SIG_LEN]; /* all zero: not yet signed */
	/* Several: */
	const struct auth_field *fields;
	uint32_t n_fields;
	uint16_t required;
};

struct auth {
	bool is_sponsored;
	struct auth_cond origin;
	struct auth_cond sponsor; /* set only if sponsored */
};

/**
 * Reads an authorisation.
 *
 * @return ERR_OK; ERR_AUTH_KIND, ERR_AUTH_MODE, ERR_AUTH_ENCODING,
 *         ERR_AUTH_FIELD, ERR_AUTH_COUNT, ERR_BAD_KEY, ERR_WIRE_COUNT,
 *         ERR_TRUNCATED (verdicts); ERR_NO_MEMORY.
 */
MUST_USE enum err auth_read(struct arena *a, struct auth *ret,
                            struct cursor *c);

/** As auth_read, but several signers need not all have signed. */
MUST_USE enum err auth_read_draft(struct arena *a, struct auth *ret,
                                  struct cursor *c);

/** Appends the bytes of `auth`; errors as buf_add. */
enum err auth_write(struct buf *b, const struct auth *auth);

/** Appends what the first signer signs instead of `auth`: fees, nonces and
 * signatures zero, fields none, and a sponsor that says only that there is
 * one. */
enum err auth_write_cleared(struct buf *b, const struct auth *auth);

/** @return the account of a condition. */
struct address auth_address(const struct auth_cond *cond, bool is_mainnet);

/** @return the condition whose account pays the fee. */
const struct auth_cond *auth_payer(const struct auth *auth);

/**
 * Verifies a condition's signatures.
 *
 * @param sighash  the hash so far; on success where the next condition goes on
 * @return ERR_OK; ERR_BAD_SIGNATURE when no key can be recovered;
 *         ERR_AUTH_HIGH_S; ERR_AUTH_COUNT with too few or too many signatures;
 *         ERR_AUTH_ENCODING for an uncompressed key in a segwit mode;
 *         ERR_AUTH_SIGNER when the keys do not hash to the account.
 */
MUST_USE enum err auth_cond_verify(uint8_t sighash[WIRE_HASH_LEN],
                                   const struct auth_cond *cond,
                                   enum auth_role role, enum auth_rule rule);

/**
 * Verifies all signatures, beginning with the hash of the cleared transaction.
 *
 * @return as auth_cond_verify.
 */
MUST_USE enum err auth_verify(const struct auth *auth,
                              const uint8_t initial[WIRE_HASH_LEN],
                              enum auth_rule rule);

/** A private key and how its owner encodes the public one. */
struct auth_key {
	uint8_t key[ECDSA_KEY_LEN];
	bool is_compressed;
};

/** Moves `sighash` on past the signatures that a condition has already, without
 * judging them, to where the next signer begins. */
void auth_cond_resume(uint8_t sighash[WIRE_HASH_LEN],
                      const struct auth_cond *cond, enum auth_role role);

/**
 * Signs for a condition: sets the signature of one key, or appends a field.
 *
 * @param a        where the longer array of fields is made
 * @param sighash  the hash so far; moved on as the next signer needs it
 * @return ERR_OK; ERR_BAD_KEY; ERR_NO_MEMORY.  Whether the key belongs to the
 *         account is not looked at here; auth_cond_verify does.
 */
MUST_USE enum err auth_cond_sign(struct arena *a, struct auth_cond *cond,
                                 uint8_t sighash[WIRE_HASH_LEN],
                                 enum auth_role role,
                                 const struct auth_key *key);

/** Appends the key of somebody who does not sign to a multisig condition (a
 * CHECK). @return ERR_OK or ERR_NO_MEMORY. */
MUST_USE enum err auth_cond_add_key(struct arena *a, struct auth_cond *cond,
                                    const struct ecdsa_pub *pub,
                                    bool is_compressed);

#endif /* NODE_WIRE_AUTH_H */
