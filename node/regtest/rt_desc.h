/*
 * node/regtest/rt_desc.h - Descriptors: scripts as people write them.
 *
 * A descriptor says how outputs look and who can spend them, such as
 * wpkh(KEY), with a checksum of eight characters behind a #.  Those with
 * plain keys are understood, and addresses and raw scripts.
 *
 * Layer:    node/regtest.
 * Memory:   scripts lie in the given arena.
 * Threads:  pure functions.
 * Spec:     BIP-380 to 386.
 */
#ifndef NODE_REGTEST_RT_DESC_H
#define NODE_REGTEST_RT_DESC_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"

#define RT_DESC_CHECKSUM_LEN 8u
#define RT_DESC_KEYS_MAX 20u
#define RT_DESC_SCRIPTS_MAX 4u

/** A key in a descriptor. */
struct rt_desc_key {
	uint8_t pub[65];
	size_t pub_len;  /* 33, 65, or 32 in a taproot output */
	uint8_t key[32]; /* the private key, if there is one */
	bool has_key;
	bool is_taproot; /* its output's key is this one's, tweaked */
};

/** What a descriptor says. */
struct rt_desc {
	struct span outs[RT_DESC_SCRIPTS_MAX];  /* output scripts */
	unsigned n_outs;                        /* more than one for combo */
	struct span inner[RT_DESC_SCRIPTS_MAX]; /* scripts behind hashes */
	unsigned n_inner;
	struct rt_desc_key keys[RT_DESC_KEYS_MAX];
	unsigned n_keys;
	bool is_solvable; /* more is known than the output's script */
};

/** Computes the checksum, without a NUL. @return false if a character is not
 * allowed in a descriptor. */
bool rt_desc_checksum(char ret[RT_DESC_CHECKSUM_LEN], struct span text);

/**
 * Reads a descriptor.
 *
 * @param needs_checksum  refuse one without
 * @param ret_why         static text, for people, if it is refused
 * @return ERR_OK; ERR_SYNTAX; ERR_NO_MEMORY.
 */
MUST_USE enum err rt_desc_parse(struct arena *a, struct rt_desc *ret,
                                struct span text, bool needs_checksum,
                                const char **ret_why);

/** Appends `text` and its checksum; errors as buf_add. */
enum err rt_desc_seal(struct buf *b, struct span text);

/** Appends the descriptor that is in a script by itself, sealed. */
enum err rt_desc_of_script(struct buf *b, struct span script);

/** Reads a private key as wallets export it; also tells whether its public
 * key is short. @return false if it is none of this network. */
bool rt_desc_wif(struct span text, uint8_t ret[32], bool *ret_is_short);

/** Appends a private key in that form, its public key being short. */
enum err rt_desc_add_wif(struct buf *b, const uint8_t key[32]);

#endif /* NODE_REGTEST_RT_DESC_H */
