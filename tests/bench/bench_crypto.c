/*
 * tests/bench/bench_crypto.c - Digests, signatures and the VRF, one at a time.
 *
 * What a node does most: hash some tens of bytes, and recover a signer.
 */
#include "config.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/crypto/ecdsa.h"
#include "clarity/crypto/hash.h"
#include "clarity/crypto/schnorr.h"
#include "clarity/crypto/vrf.h"
#include "tests/bench/bench.h"

#define ROUNDS 1000u

/* A digest over so many bytes, each time over the last result as well. */
struct digest {
	void (*run)(uint8_t *ret, const void *bytes, size_t len);
	size_t len;
};

static uint8_t bytes[17408];

static void run_digest(void *arg)
{
	const struct digest *d = arg;

	for (unsigned i = 0; i < ROUNDS; i++)
		d->run(bytes, bytes, d->len);
}

static void bench_digests(void)
{
	static const struct {
		const char *name;
		struct digest d;
	} rows[] = {
		{ "sha256 32 B", { hash_sha256, 32 } },
		{ "sha512/256 32 B", { hash_sha512_256, 32 } },
		{ "sha512/256 75 B", { hash_sha512_256, 75 } },
		{ "sha512/256 180 B", { hash_sha512_256, 180 } },
		{ "sha512/256 1,089 B", { hash_sha512_256, 1089 } },
		{ "sha512/256 17,000 B", { hash_sha512_256, 17000 } },
		{ "hash160 33 B", { hash_hash160, 33 } },
		{ "keccak256 32 B", { hash_keccak256, 32 } },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct digest d = rows[i].d;
		struct bench_work work = { .bytes = ROUNDS * d.len,
			                   .items = ROUNDS };

		bench_run(rows[i].name, work, run_digest, &d);
	}
}

/* Everything that verification needs, made once. */
struct signed_digest {
	uint8_t key[ECDSA_KEY_LEN];
	uint8_t digest[ECDSA_DIGEST_LEN];
	uint8_t rsig[ECDSA_RSIG_LEN];
	uint8_t schnorr[SCHNORR_SIG_LEN];
	uint8_t x[SCHNORR_PUB_LEN];
	struct ecdsa_pub pub;
	uint8_t vrf_pub[VRF_PUB_LEN];
	uint8_t proof[VRF_PROOF_LEN];
};

static void run_sign(void *arg)
{
	struct signed_digest *s = arg;

	CHECK(ecdsa_sign_recoverable(s->rsig, s->digest, s->key) == ERR_OK);
}

static void run_recover(void *arg)
{
	struct signed_digest *s = arg;

	CHECK(ecdsa_recover(&s->pub, s->rsig, s->digest) == ERR_OK);
}

static void run_verify(void *arg)
{
	const struct signed_digest *s = arg;

	CHECK(ecdsa_verify(s->rsig + 1, s->digest, &s->pub));
}

static void run_schnorr(void *arg)
{
	const struct signed_digest *s = arg;

	CHECK(schnorr_verify(s->schnorr, s->digest, 32, s->x));
}

static void run_vrf_prove(void *arg)
{
	struct signed_digest *s = arg;

	vrf_prove(s->proof, s->key, s->digest, 32);
}

static void run_vrf_verify(void *arg)
{
	const struct signed_digest *s = arg;

	CHECK(vrf_verify(s->proof, s->vrf_pub, s->digest, 32));
}

int main(void)
{
	struct bench_work one = { .items = 1 };
	struct signed_digest s = { .key = { 1, 2, 3 }, .digest = { 4, 5, 6 } };

	bench_digests();
	CHECK(ecdsa_pub_of(&s.pub, s.key) == ERR_OK);
	CHECK(schnorr_pub_of(s.x, s.key) == ERR_OK);
	CHECK(schnorr_sign(s.schnorr, s.digest, s.key, s.digest) == ERR_OK);
	vrf_pub_of(s.vrf_pub, s.key);
	bench_run("ecdsa sign", one, run_sign, &s);
	bench_run("ecdsa recover", one, run_recover, &s);
	bench_run("ecdsa verify", one, run_verify, &s);
	bench_run("schnorr verify", one, run_schnorr, &s);
	bench_run("vrf prove", one, run_vrf_prove, &s);
	bench_run("vrf verify", one, run_vrf_verify, &s);
	return 0;
}
