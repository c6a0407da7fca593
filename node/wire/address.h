/*
 * node/wire/address.h - Accounts on the wire, and how keys become them.
 *
 * An account is a version and a hash of what may spend from it: one key, or a
 * Bitcoin script of several.  The wire names the way by a hash mode.  Modes 05
 * and 07 sign differently from 01 and 03 but lead to the same accounts.
 *
 * Layer:    node/wire; pure.
 * Memory:   never allocates.
 * Threads:  pure functions.
 * Spec:     SIP-005, "Transaction Authorization"; SIP-021 for 05 and 07.
 */
#ifndef NODE_WIRE_ADDRESS_H
#define NODE_WIRE_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/crypto/ecdsa.h"
#include "clarity/crypto/hash.h"
#include "clarity/value/c32.h"
#include "clarity/value/principal.h"

#define ADDRESS_HASH_LEN 20u

/** How a spending condition's keys are hashed; the values are the wire's. */
enum address_mode {
	ADDRESS_P2PKH = 0,    /* one key */
	ADDRESS_P2SH = 1,     /* several, signing one after the other */
	ADDRESS_P2WPKH = 2,   /* one compressed key, segwit in a script */
	ADDRESS_P2WSH = 3,    /* several compressed ones, likewise */
	ADDRESS_P2SH_ANY = 5, /* as 01, signing in any order */
	ADDRESS_P2WSH_ANY = 7 /* as 03, signing in any order */
};

struct address {
	uint8_t version; /* below 32 */
	uint8_t hash[ADDRESS_HASH_LEN];
};

/** @return whether `mode` is one of the above. */
bool address_mode_is_known(uint8_t mode);

/** @return whether several keys are behind the mode. */
bool address_mode_is_multisig(enum address_mode mode);

/** @return whether all signers sign the same hash. */
bool address_mode_is_any_order(enum address_mode mode);

/** @return whether keys must be compressed. */
bool address_mode_is_segwit(enum address_mode mode);

/** @return the version byte of the mode's accounts on a network.  A segwit
 * account of one key is one of the multisig version, as it is a script. */
uint8_t address_version(enum address_mode mode, bool is_mainnet);

/** @return whether the version is one of the two of the network. */
bool address_version_is_of(uint8_t version, bool is_mainnet);

/** Computes a single key's hash by P2PKH or P2WPKH (a CHECK). */
void address_of_key(uint8_t ret[ADDRESS_HASH_LEN], enum address_mode mode,
                    const struct ecdsa_pub *pub, bool is_compressed);

/** A multisig script on its way into a hash. */
struct address_script {
	struct hash_sha256 hash;
	uint32_t n_keys;
};

/** Starts the script of an account of which `required` keys must sign. */
void address_script_begin(struct address_script *s, uint32_t required);
/** Adds the next key, in the owners' order and encoding. */
void address_script_add(struct address_script *s, const struct ecdsa_pub *pub,
                        bool is_compressed);
/** Ends the script and computes the account's hash by a multisig mode (a
 * CHECK). */
void address_script_end(struct address_script *s, enum address_mode mode,
                        uint8_t ret[ADDRESS_HASH_LEN]);

/**
 * Reads "SP…" and the like.
 *
 * @return ERR_OK; ERR_SYNTAX if it is not c32 or not 20 bytes.
 */
MUST_USE enum err address_parse(struct address *ret, struct span text);

/** Writes the text and a NUL. */
void address_format(char ret[C32_MAX_TEXT], const struct address *a);

/** @return the address as a principal, which lives as long as `room`. */
const struct principal *address_principal(struct principal_room *room,
                                          const struct address *a);

/** @return the account part of a principal. */
struct address address_of_principal(const struct principal *p);

#endif /* NODE_WIRE_ADDRESS_H */
