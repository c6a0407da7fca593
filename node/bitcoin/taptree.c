/* node/bitcoin/taptree.c - Taproot's tree; contract in taptree.h. */
#include "config.h"

#include "node/bitcoin/taptree.h"

#include <string.h>

#include "clarity/crypto/hash.h"
#include "clarity/crypto/schnorr.h"
#include "node/bitcoin/btc_wire.h"

#define PARITY 0x01u
#define KEY_AT 1u

void taptree_leaf(uint8_t ret[TAPTREE_HASH_LEN], uint8_t version,
                  struct span script)
{
	struct hash_sha256 h;

	hash_sha256_init_tagged(&h, "TapLeaf");
	hash_sha256_add(&h, &version, 1);
	btc_wire_hash_bytes(&h, script);
	hash_sha256_done(&h, ret);
}

void taptree_branch(uint8_t ret[TAPTREE_HASH_LEN],
                    const uint8_t a[TAPTREE_HASH_LEN],
                    const uint8_t b[TAPTREE_HASH_LEN])
{
	bool is_sorted = memcmp(a, b, TAPTREE_HASH_LEN) <= 0;
	struct hash_sha256 h;

	hash_sha256_init_tagged(&h, "TapBranch");
	hash_sha256_add(&h, is_sorted ? a : b, TAPTREE_HASH_LEN);
	hash_sha256_add(&h, is_sorted ? b : a, TAPTREE_HASH_LEN);
	hash_sha256_done(&h, ret);
}

void taptree_tweak(uint8_t ret[TAPTREE_HASH_LEN],
                   const uint8_t key[TAPTREE_HASH_LEN], const uint8_t *root)
{
	struct hash_sha256 h;

	hash_sha256_init_tagged(&h, "TapTweak");
	hash_sha256_add(&h, key, TAPTREE_HASH_LEN);
	if (root)
		hash_sha256_add(&h, root, TAPTREE_HASH_LEN);
	hash_sha256_done(&h, ret);
}

enum err taptree_output(uint8_t ret[TAPTREE_HASH_LEN], bool *ret_odd,
                        const uint8_t key[TAPTREE_HASH_LEN],
                        const uint8_t *root)
{
	uint8_t tweak[TAPTREE_HASH_LEN];

	taptree_tweak(tweak, key, root);
	return schnorr_pub_tweak(ret, ret_odd, key, tweak);
}

enum err taptree_verify(uint8_t ret_leaf[TAPTREE_HASH_LEN],
                        const uint8_t output[TAPTREE_HASH_LEN],
                        struct span script, struct span control)
{
	uint8_t leaf[TAPTREE_HASH_LEN];
	uint8_t node[TAPTREE_HASH_LEN];
	uint8_t got[TAPTREE_HASH_LEN];
	bool is_odd;

	if (control.len < TAPTREE_CONTROL_MIN ||
	    control.len > TAPTREE_CONTROL_MAX ||
	    (control.len - TAPTREE_CONTROL_MIN) % TAPTREE_HASH_LEN != 0)
		return ERR_BTC_CONTROL;
	taptree_leaf(leaf, (uint8_t)(control.p[0] & ~PARITY), script);
	memcpy(node, leaf, sizeof(node));
	for (size_t at = TAPTREE_CONTROL_MIN; at < control.len;
	     at += TAPTREE_HASH_LEN)
		taptree_branch(node, node, control.p + at);
	if (taptree_output(got, &is_odd, control.p + KEY_AT, node) != ERR_OK ||
	    is_odd != (control.p[0] & PARITY) ||
	    memcmp(got, output, sizeof(got)) != 0)
		return ERR_BTC_CONTROL;
	memcpy(ret_leaf, leaf, sizeof(leaf));
	return ERR_OK;
}
