/* clarity/crypto/hash.c - Digests over libcrypto and nettle; see hash.h. */
#include "config.h"

#include "clarity/crypto/hash.h"

#include <string.h>

/* The direct functions are marked deprecated in favour of EVP; hash.h says why
 * they are used all the same. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <nettle/sha3.h>
#include <openssl/ripemd.h>
#include <openssl/sha.h>

_Static_assert(sizeof(struct hash_sha256) >= sizeof(SHA256_CTX),
               "hash_sha256 must hold libcrypto's context");
_Static_assert(sizeof(struct hash_sha512) >= sizeof(SHA512_CTX),
               "hash_sha512 must hold libcrypto's context");
_Static_assert(_Alignof(struct hash_sha512) >= _Alignof(SHA512_CTX),
               "hash_sha512 must be aligned for libcrypto's context");

#define KECCAK_RATE 136u

/* FIPS 180-4, 5.3.6.2: the start value of SHA-512/256. */
static const SHA_LONG64 sha512_256_start[8] = {
	0x22312194fc2bf72cu, 0x9f555fa3c84c64c2u, 0x2393b86b6f53b151u,
	0x963877195940eabdu, 0x96283ee2a88effe3u, 0xbe5e1e2553863992u,
	0x2b0199fc2c85b8aau, 0x0eb72ddc81c52ca2u,
};

static SHA256_CTX *sha256_of(struct hash_sha256 *h)
{
	return (SHA256_CTX *)(void *)h->words;
}

static SHA512_CTX *sha512_of(struct hash_sha512 *h)
{
	return (SHA512_CTX *)(void *)h->words;
}

static void sha512_256_start_at(SHA512_CTX *c)
{
	SHA512_Init(c);
	memcpy(c->h, sha512_256_start, sizeof(c->h));
}

void hash_sha256(uint8_t ret[HASH_256_LEN], const void *bytes, size_t len)
{
	SHA256_CTX c;

	SHA256_Init(&c);
	SHA256_Update(&c, bytes, len);
	SHA256_Final(ret, &c);
}

void hash_sha512(uint8_t ret[HASH_512_LEN], const void *bytes, size_t len)
{
	SHA512_CTX c;

	SHA512_Init(&c);
	SHA512_Update(&c, bytes, len);
	SHA512_Final(ret, &c);
}

void hash_sha512_256(uint8_t ret[HASH_256_LEN], const void *bytes, size_t len)
{
	uint8_t all[HASH_512_LEN];
	SHA512_CTX c;

	sha512_256_start_at(&c);
	SHA512_Update(&c, bytes, len);
	SHA512_Final(all, &c);
	memcpy(ret, all, HASH_256_LEN);
}

void hash_ripemd160(uint8_t ret[HASH_160_LEN], const void *bytes, size_t len)
{
	RIPEMD160_CTX c;

	RIPEMD160_Init(&c);
	RIPEMD160_Update(&c, bytes, len);
	RIPEMD160_Final(ret, &c);
}

/* nettle's words are in the machine's order, Keccak's bytes little-endian. */
static void keccak_absorb(struct sha3_state *s, const uint8_t *block)
{
	for (size_t i = 0; i < KECCAK_RATE / 8; i++) {
		uint64_t word = 0;

		for (size_t b = 0; b < 8; b++)
			word |= (uint64_t)block[8 * i + b] << (8 * b);
		s->a[i] ^= word;
	}
	sha3_permute(s);
}

static void keccak_squeeze(uint8_t ret[HASH_256_LEN],
                           const struct sha3_state *s)
{
	for (size_t i = 0; i < HASH_256_LEN; i++)
		ret[i] = (uint8_t)(s->a[i / 8] >> (8 * (i % 8)));
}

void hash_sha1(uint8_t ret[HASH_160_LEN], const void *bytes, size_t len)
{
	SHA_CTX c;

	SHA1_Init(&c);
	SHA1_Update(&c, bytes, len);
	SHA1_Final(ret, &c);
}

void hash_keccak256(uint8_t ret[HASH_256_LEN], const void *bytes, size_t len)
{
	struct sha3_state s = { .a = { 0 } };
	uint8_t last[KECCAK_RATE] = { 0 };
	const uint8_t *at = bytes;

	for (; len >= KECCAK_RATE; len -= KECCAK_RATE, at += KECCAK_RATE)
		keccak_absorb(&s, at);
	if (len)
		memcpy(last, at, len);
	last[len] = 0x01;
	last[KECCAK_RATE - 1] |= 0x80;
	keccak_absorb(&s, last);
	keccak_squeeze(ret, &s);
}

void hash_hash160(uint8_t ret[HASH_160_LEN], const void *bytes, size_t len)
{
	uint8_t inner[HASH_256_LEN];

	hash_sha256(inner, bytes, len);
	hash_ripemd160(ret, inner, sizeof(inner));
}

void hash_sha256d(uint8_t ret[HASH_256_LEN], const void *bytes, size_t len)
{
	uint8_t inner[HASH_256_LEN];

	hash_sha256(inner, bytes, len);
	hash_sha256(ret, inner, sizeof(inner));
}

void hash_sha256_init(struct hash_sha256 *h)
{
	SHA256_Init(sha256_of(h));
}

void hash_sha256_add(struct hash_sha256 *h, const void *bytes, size_t len)
{
	SHA256_Update(sha256_of(h), bytes, len);
}

void hash_sha256_done(struct hash_sha256 *h, uint8_t ret[HASH_256_LEN])
{
	SHA256_Final(ret, sha256_of(h));
}

void hash_sha256_done_double(struct hash_sha256 *h, uint8_t ret[HASH_256_LEN])
{
	uint8_t inner[HASH_256_LEN];

	hash_sha256_done(h, inner);
	hash_sha256(ret, inner, sizeof(inner));
}

void hash_sha256_init_tagged(struct hash_sha256 *h, const char *tag)
{
	uint8_t of_tag[HASH_256_LEN];

	hash_sha256(of_tag, tag, strlen(tag));
	hash_sha256_init(h);
	hash_sha256_add(h, of_tag, sizeof(of_tag));
	hash_sha256_add(h, of_tag, sizeof(of_tag));
}

void hash_sha512_init(struct hash_sha512 *h)
{
	SHA512_Init(sha512_of(h));
}

void hash_sha512_add(struct hash_sha512 *h, const void *bytes, size_t len)
{
	SHA512_Update(sha512_of(h), bytes, len);
}

void hash_sha512_done(struct hash_sha512 *h, uint8_t ret[HASH_512_LEN])
{
	SHA512_Final(ret, sha512_of(h));
}

void hash_sha512_256_init(struct hash_sha512 *h)
{
	sha512_256_start_at(sha512_of(h));
}

void hash_sha512_256_done(struct hash_sha512 *h, uint8_t ret[HASH_256_LEN])
{
	uint8_t all[HASH_512_LEN];

	SHA512_Final(all, sha512_of(h));
	memcpy(ret, all, HASH_256_LEN);
}
