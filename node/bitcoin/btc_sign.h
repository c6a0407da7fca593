/*
 * node/bitcoin/btc_sign.h - Makes what unlocks an output.
 *
 * The signer knows some keys and scripts; the output's script tells which of
 * them are wanted.  Several signers of one multisig output work one after the
 * other: signatures that are there already and are right are kept.
 *
 * Layer:    node/bitcoin; pure.
 * Memory:   results lie in the given arena; keys on the stack are wiped.
 * Threads:  pure functions, as thread-safe as the source.
 * Spec:     Bitcoin Core, src/script/sign.cpp; BIP-143, 341, 342.
 */
#ifndef NODE_BITCOIN_BTC_SIGN_H
#define NODE_BITCOIN_BTC_SIGN_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/crypto/ecdsa.h"
#include "node/bitcoin/btc_sighash.h"
#include "node/bitcoin/btc_verify.h"

/** What a signer knows.  Each function returns whether it does. */
struct btc_sign_source {
	void *self;
	/** The key whose public key hashes to `hash`. */
	bool (*key)(void *self, const uint8_t hash[20],
	            uint8_t ret[ECDSA_KEY_LEN]);
	/** The private key of a taproot output, its tweak included. */
	bool (*output)(void *self, const uint8_t output[32],
	               uint8_t ret[ECDSA_KEY_LEN]);
	/** The script with the HASH160 `hash`; it outlives the signing. */
	bool (*script)(void *self, const uint8_t hash[20], struct span *ret);
};

/**
 * Fills script and witness of an input.
 *
 * @param ret     the input; what it spends and its sequence are copied
 * @param s       the transaction; for taproot all that is spent is known
 * @param type    what is signed; BTC_SIGHASH_DEFAULT signs as ALL where it
 *                does not exist
 * @return ERR_OK: it is unlocked; ERR_BTC_UNSIGNED: keys or scripts are
 *         missing; `ret` has the signatures that there are; ERR_NO_MEMORY.
 */
MUST_USE enum err btc_sign_input(struct arena *a, struct btc_in *ret,
                                 const struct btc_spend *s, uint32_t type,
                                 const struct btc_sign_source *source);

/** Bytes of an ECDSA signature with its type. */
#define BTC_SIGN_ECDSA_MAX (ECDSA_DER_MAX + 1u)

/** Signs a hash for a script of old or of segwit.
 * @return ERR_OK and the length; ERR_BAD_KEY. */
MUST_USE enum err btc_sign_ecdsa(uint8_t ret[BTC_SIGN_ECDSA_MAX],
                                 size_t *ret_len, const uint8_t hash[32],
                                 const uint8_t key[ECDSA_KEY_LEN],
                                 uint8_t type);

/** Bytes of a taproot signature with its type. */
#define BTC_SIGN_TAPROOT_MAX 65u

/**
 * Signs for taproot, by key or for a leaf, as `t` says.
 *
 * @return ERR_OK and the length, 64 for BTC_SIGHASH_DEFAULT; ERR_BTC_SIGHASH;
 *         ERR_BAD_KEY.
 */
MUST_USE enum err btc_sign_taproot(uint8_t ret[BTC_SIGN_TAPROOT_MAX],
                                   size_t *ret_len, const struct btc_tx *tx,
                                   const struct btc_sighash_taproot *t,
                                   const uint8_t key[ECDSA_KEY_LEN]);

#endif /* NODE_BITCOIN_BTC_SIGN_H */
