/* node/regtest/rt_keys.c - Keys and scripts; contract in rt_keys.h. */
#include "config.h"

#include "node/regtest/rt_keys.h"

#include <string.h>

#include "clarity/crypto/hash.h"
#include "clarity/crypto/schnorr.h"
#include "node/bitcoin/btc_addr.h"
#include "node/bitcoin/taptree.h"

#define KEYS_MAX (1u << 24)

void rt_keys_init(struct rt_keys *k, struct arena *a)
{
	k->a = a;
	hmap_init(&k->keys, a, KEYS_MAX, NULL);
	hmap_init(&k->outputs, a, KEYS_MAX, NULL);
	hmap_init(&k->scripts, a, KEYS_MAX, NULL);
}

/* Puts a copy of both under the copy of the key. */
static enum err put(struct arena *a, struct hmap *m, struct span key,
                    struct span value)
{
	const void *at = arena_copy(a, key.p, key.len);
	void *copy = arena_copy(a, value.p, value.len);

	if (!at || !copy)
		return ERR_NO_MEMORY;
	return hmap_put(m, span_of(at, key.len), copy);
}

static enum err put_pub(struct rt_keys *k, const uint8_t *pub, size_t len,
                        struct span key)
{
	uint8_t hash[HASH_160_LEN];

	hash_hash160(hash, pub, len);
	return put(k->a, &k->keys, span_of(hash, sizeof(hash)), key);
}

static enum err add_output(struct rt_keys *k, const uint8_t key[32],
                           bool is_tweaked)
{
	uint8_t tweaked[32];
	uint8_t tweak[32];
	uint8_t pub[32];

	memcpy(tweaked, key, 32);
	TRY(schnorr_pub_of(pub, key));
	if (is_tweaked) {
		taptree_tweak(tweak, pub, NULL);
		TRY(schnorr_key_tweak(tweaked, tweak));
		TRY(schnorr_pub_of(pub, tweaked));
	}
	return put(k->a, &k->outputs, span_of(pub, 32), span_of(tweaked, 32));
}

enum err rt_keys_add(struct rt_keys *k, const uint8_t key[32])
{
	uint8_t bytes[ECDSA_PUB_FULL_LEN];
	struct btc_script_room room;
	uint8_t hash[HASH_160_LEN];
	struct ecdsa_pub pub;

	TRY(ecdsa_pub_of(&pub, key));
	ecdsa_pub_write(bytes, &pub);
	TRY(put_pub(k, bytes, ECDSA_PUB_LEN, span_of(key, 32)));
	hash_hash160(hash, bytes, ECDSA_PUB_LEN);
	btc_addr_witness(&room, 0, span_of(hash, sizeof(hash)));
	TRY(rt_keys_add_script(k, span_of(room.bytes, room.len)));
	ecdsa_pub_write_full(bytes, &pub);
	TRY(put_pub(k, bytes, ECDSA_PUB_FULL_LEN, span_of(key, 32)));
	TRY(add_output(k, key, true));
	return add_output(k, key, false);
}

enum err rt_keys_add_script(struct rt_keys *k, struct span script)
{
	uint8_t hash[HASH_160_LEN];
	struct span copy =
	    span_of(arena_copy(k->a, script.p, script.len), script.len);

	if (!copy.p)
		return ERR_NO_MEMORY;
	hash_hash160(hash, script.p, script.len);
	return put(k->a, &k->scripts, span_of(hash, sizeof(hash)),
	           span_of(&copy, sizeof(copy)));
}

enum err rt_keys_add_desc(struct rt_keys *k, const struct rt_desc *d)
{
	for (unsigned i = 0; i < d->n_keys; i++) {
		if (d->keys[i].has_key)
			TRY(rt_keys_add(k, d->keys[i].key));
	}
	for (unsigned i = 0; i < d->n_inner; i++)
		TRY(rt_keys_add_script(k, d->inner[i]));
	return ERR_OK;
}

static bool find_key(void *self, const uint8_t hash[20], uint8_t ret[32])
{
	struct rt_keys *k = self;
	const void *key = hmap_get(&k->keys, span_of(hash, HASH_160_LEN));

	if (key)
		memcpy(ret, key, 32);
	return key != NULL;
}

static bool find_output(void *self, const uint8_t output[32], uint8_t ret[32])
{
	struct rt_keys *k = self;
	const void *key = hmap_get(&k->outputs, span_of(output, 32));

	if (key)
		memcpy(ret, key, 32);
	return key != NULL;
}

static bool find_script(void *self, const uint8_t hash[20], struct span *ret)
{
	struct rt_keys *k = self;
	const struct span *script =
	    hmap_get(&k->scripts, span_of(hash, HASH_160_LEN));

	if (script)
		*ret = *script;
	return script != NULL;
}

struct btc_sign_source rt_keys_source(struct rt_keys *k)
{
	return (struct btc_sign_source){ .self = k,
		                         .key = find_key,
		                         .output = find_output,
		                         .script = find_script };
}
