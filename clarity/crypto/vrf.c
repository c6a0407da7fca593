/* clarity/crypto/vrf.c - The miners' VRF; contract in vrf.h. */
#include "config.h"

#include "clarity/crypto/vrf.h"

#include <string.h>

#include <sodium.h>

#include "clarity/crypto/edwards.h"
#include "clarity/crypto/hash.h"
#include "clarity/crypto/secret.h"

#define SUITE 0x03u
#define HASH_TO_POINT 0x01u
#define HASH_POINTS 0x02u
#define CHALLENGE_LEN 16u

/* Where the parts of a proof lie. */
#define GAMMA_AT 0u
#define C_AT 32u
#define S_AT 48u

/* What a private key expands to. */
struct expanded {
	uint8_t x[EDWARDS_LEN];     /* the secret scalar */
	uint8_t nonce[EDWARDS_LEN]; /* what nonces are derived from */
	uint8_t pub[EDWARDS_LEN];
};

static void vrf_expand(struct expanded *ret, const uint8_t key[VRF_KEY_LEN])
{
	uint8_t both[HASH_512_LEN];
	uint8_t wide[EDWARDS_SCALAR_WIDE] = { 0 };

	hash_sha512(both, key, VRF_KEY_LEN);
	memcpy(wide, both, EDWARDS_LEN);
	wide[0] &= 248;
	wide[31] &= 127;
	wide[31] |= 64;
	crypto_core_ed25519_scalar_reduce(ret->x, wide);
	memcpy(ret->nonce, both + EDWARDS_LEN, EDWARDS_LEN);
	edwards_mul_base(ret->pub, ret->x);
	secret_wipe(both, sizeof(both));
	secret_wipe(wide, sizeof(wide));
}

/* The reference's way to append the trial number; see vrf.h. */
static void add_trial(struct hash_sha512 *h, uint64_t trial)
{
	static const uint8_t zero = 0;

	if (trial == 0)
		hash_sha512_add(h, &zero, 1);
	for (unsigned i = 0; i < 8 && trial > (uint64_t)1 << (8 * i); i++) {
		uint8_t byte = (uint8_t)(trial >> (8 * i));

		hash_sha512_add(h, &byte, 1);
	}
}

/* Half of all strings decode, so the loop ends soon. */
static void hash_to_point(uint8_t ret[EDWARDS_LEN],
                          const uint8_t pub[VRF_PUB_LEN], const uint8_t *alpha,
                          size_t len)
{
	static const uint8_t prefix[] = { SUITE, HASH_TO_POINT };
	uint8_t digest[HASH_512_LEN];
	uint64_t trial = 0;

	do {
		struct hash_sha512 h;

		hash_sha512_init(&h);
		hash_sha512_add(&h, prefix, sizeof(prefix));
		hash_sha512_add(&h, pub, VRF_PUB_LEN);
		hash_sha512_add(&h, alpha, len);
		add_trial(&h, trial++);
		hash_sha512_done(&h, digest);
	} while (!edwards_decode(ret, digest));
	edwards_mul_cofactor(ret, ret);
}

static void challenge(uint8_t ret[CHALLENGE_LEN], const uint8_t h[EDWARDS_LEN],
                      const uint8_t gamma[EDWARDS_LEN],
                      const uint8_t u[EDWARDS_LEN],
                      const uint8_t v[EDWARDS_LEN])
{
	static const uint8_t prefix[] = { SUITE, HASH_POINTS };
	uint8_t digest[HASH_512_LEN];
	struct hash_sha512 s;

	hash_sha512_init(&s);
	hash_sha512_add(&s, prefix, sizeof(prefix));
	hash_sha512_add(&s, h, EDWARDS_LEN);
	hash_sha512_add(&s, gamma, EDWARDS_LEN);
	hash_sha512_add(&s, u, EDWARDS_LEN);
	hash_sha512_add(&s, v, EDWARDS_LEN);
	hash_sha512_done(&s, digest);
	memcpy(ret, digest, CHALLENGE_LEN);
}

/* RFC 8032's nonce: from the key's second half and what is signed. */
static void nonce_of(uint8_t ret[EDWARDS_LEN], const struct expanded *key,
                     const uint8_t h[EDWARDS_LEN])
{
	uint8_t digest[HASH_512_LEN];
	struct hash_sha512 s;

	hash_sha512_init(&s);
	hash_sha512_add(&s, key->nonce, EDWARDS_LEN);
	hash_sha512_add(&s, h, EDWARDS_LEN);
	hash_sha512_done(&s, digest);
	crypto_core_ed25519_scalar_reduce(ret, digest);
	secret_wipe(digest, sizeof(digest));
	secret_wipe(&s, sizeof(s));
}

void vrf_pub_of(uint8_t ret[VRF_PUB_LEN], const uint8_t key[VRF_KEY_LEN])
{
	struct expanded e;

	vrf_expand(&e, key);
	memcpy(ret, e.pub, VRF_PUB_LEN);
	secret_wipe(&e, sizeof(e));
}

bool vrf_pub_is_valid(const uint8_t pub[VRF_PUB_LEN])
{
	uint8_t point[EDWARDS_LEN];

	return edwards_decode(point, pub);
}

enum err vrf_proof_parse(uint8_t ret[VRF_PROOF_LEN],
                         const uint8_t bytes[VRF_PROOF_LEN])
{
	uint8_t gamma[EDWARDS_LEN];

	if (!edwards_decode(gamma, bytes + GAMMA_AT) ||
	    edwards_is_small_order(gamma) ||
	    !edwards_scalar_is_canonical(bytes + S_AT))
		return ERR_BAD_PROOF;
	memmove(ret, bytes, VRF_PROOF_LEN);
	memcpy(ret + GAMMA_AT, gamma, EDWARDS_LEN);
	return ERR_OK;
}

void vrf_prove(uint8_t ret[VRF_PROOF_LEN], const uint8_t key[VRF_KEY_LEN],
               const uint8_t *alpha, size_t len)
{
	struct expanded e;
	uint8_t h[EDWARDS_LEN];
	uint8_t k[EDWARDS_LEN];
	uint8_t u[EDWARDS_LEN];
	uint8_t v[EDWARDS_LEN];
	uint8_t c[EDWARDS_LEN] = { 0 };

	vrf_expand(&e, key);
	hash_to_point(h, e.pub, alpha, len);
	nonce_of(k, &e, h);
	edwards_mul(ret + GAMMA_AT, e.x, h);
	edwards_mul_base(u, k);
	edwards_mul(v, k, h);
	challenge(c, h, ret + GAMMA_AT, u, v);
	memcpy(ret + C_AT, c, CHALLENGE_LEN);
	crypto_core_ed25519_scalar_mul(c, c, e.x);
	crypto_core_ed25519_scalar_add(ret + S_AT, k, c);
	secret_wipe(&e, sizeof(e));
	secret_wipe(k, sizeof(k));
	secret_wipe(c, sizeof(c));
}

bool vrf_verify(const uint8_t proof[VRF_PROOF_LEN],
                const uint8_t pub[VRF_PUB_LEN], const uint8_t *alpha,
                size_t len)
{
	uint8_t p[VRF_PROOF_LEN];
	uint8_t y[EDWARDS_LEN];
	uint8_t h[EDWARDS_LEN];
	uint8_t u[EDWARDS_LEN];
	uint8_t v[EDWARDS_LEN];
	uint8_t product[EDWARDS_LEN];
	uint8_t c[EDWARDS_LEN] = { 0 };
	uint8_t want[CHALLENGE_LEN];

	if (vrf_proof_parse(p, proof) != ERR_OK || !edwards_decode(y, pub))
		return false;
	memcpy(c, p + C_AT, CHALLENGE_LEN);
	hash_to_point(h, pub, alpha, len);
	edwards_mul_base(u, p + S_AT);
	edwards_mul(product, c, y);
	edwards_sub(u, u, product);
	edwards_mul(v, p + S_AT, h);
	edwards_mul(product, c, p + GAMMA_AT);
	edwards_sub(v, v, product);
	challenge(want, h, p + GAMMA_AT, u, v);
	return secret_eq(want, c, CHALLENGE_LEN);
}

void vrf_seed(uint8_t ret[VRF_SEED_LEN], const uint8_t proof[VRF_PROOF_LEN])
{
	hash_sha512_256(ret, proof, VRF_PROOF_LEN);
}
