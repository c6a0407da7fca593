/* clarity/crypto/bip32.c - A tree of keys; contract in bip32.h. */
#include "config.h"

#include "clarity/crypto/bip32.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "clarity/crypto/kdf.h"
#include "clarity/crypto/secret.h"

#define PURPOSE (44u | BIP32_HARDENED)
#define COIN_STACKS (5757u | BIP32_HARDENED)

enum err bip32_root(struct bip32_key *ret, struct span seed)
{
	uint8_t both[KDF_LEN];
	enum err e = ERR_BAD_KEY;

	if (seed.len < BIP32_SEED_MIN || seed.len > BIP32_SEED_MAX)
		return ERR_BAD_KEY;
	kdf_hmac_sha512(both, span_str("Bitcoin seed"), seed);
	if (ecdsa_key_is_valid(both)) {
		memcpy(ret->key, both, sizeof(ret->key));
		memcpy(ret->chain, both + ECDSA_KEY_LEN, sizeof(ret->chain));
		e = ERR_OK;
	}
	secret_wipe(both, sizeof(both));
	return e;
}

/* What is hashed of the parent: its key when hardened, else its public key. */
static enum err parent_bytes(uint8_t ret[ECDSA_PUB_LEN],
                             const struct bip32_key *parent, uint32_t step)
{
	struct ecdsa_pub pub;

	if (step & BIP32_HARDENED) {
		ret[0] = 0;
		memcpy(ret + 1, parent->key, ECDSA_KEY_LEN);
		return ERR_OK;
	}
	TRY(ecdsa_pub_of(&pub, parent->key));
	ecdsa_pub_write(ret, &pub);
	return ERR_OK;
}

enum err bip32_child(struct bip32_key *ret, const struct bip32_key *parent,
                     uint32_t step)
{
	uint8_t msg[ECDSA_PUB_LEN + 4];
	uint8_t both[KDF_LEN];
	uint8_t key[ECDSA_KEY_LEN];

	TRY(parent_bytes(msg, parent, step));
	be32_write(msg + ECDSA_PUB_LEN, step);
	kdf_hmac_sha512(both, span_of(parent->chain, sizeof(parent->chain)),
	                span_of(msg, sizeof(msg)));
	memcpy(key, parent->key, sizeof(key));
	enum err e = ecdsa_key_add(key, both);

	if (e == ERR_OK) {
		memcpy(ret->key, key, sizeof(key));
		memcpy(ret->chain, both + ECDSA_KEY_LEN, sizeof(ret->chain));
	}
	secret_wipe(msg, sizeof(msg));
	secret_wipe(both, sizeof(both));
	secret_wipe(key, sizeof(key));
	return e;
}

enum err bip32_path(struct bip32_key *ret, const struct bip32_key *root,
                    const uint32_t *steps, size_t n)
{
	struct bip32_key at = *root;
	enum err e = ERR_OK;

	for (size_t i = 0; i < n && e == ERR_OK; i++)
		e = bip32_child(&at, &at, steps[i]);
	if (e == ERR_OK)
		*ret = at;
	secret_wipe(&at, sizeof(at));
	return e;
}

enum err bip32_stacks(uint8_t ret[ECDSA_KEY_LEN], const struct bip32_key *root,
                      uint32_t index)
{
	uint32_t path[] = { PURPOSE, COIN_STACKS, BIP32_HARDENED, 0, index };
	struct bip32_key key;

	CHECK(index < BIP32_HARDENED);
	TRY(bip32_path(&key, root, path, COUNT_OF(path)));
	memcpy(ret, key.key, ECDSA_KEY_LEN);
	secret_wipe(&key, sizeof(key));
	return ERR_OK;
}
