/*
 * clarity/crypto/hash.h - The digests that Clarity, Stacks and Bitcoin name.
 *
 * Contexts are plain memory of the caller and no function here can fail: a
 * digest is computed millions of times a second in small pieces, so it neither
 * allocates nor asks a provider for its algorithm.  That is why this file
 * stands on libcrypto's direct SHA and RIPEMD functions instead of EVP; over
 * EVP with fetched digests a 32-byte SHA-512/256 took 168 ns instead of 136,
 * SHA-256 70 instead of 49, and each context came from malloc.
 *
 * Layer:    clarity/crypto; uses no other file of the tree.
 * Memory:   never allocates; contexts hold nothing to free.
 * Threads:  pure functions; a context belongs to one thread at a time.
 * Spec:     FIPS 180-4 (SHA-256, SHA-512, SHA-512/256), ISO 10118-3
 *           (RIPEMD-160), Keccak submission 3.0 with padding byte 01
 *           (Ethereum's Keccak-256, which is not SHA3-256).
 */
#ifndef CLARITY_CRYPTO_HASH_H
#define CLARITY_CRYPTO_HASH_H

#include <stddef.h>
#include <stdint.h>

/** Bytes of each digest. */
#define HASH_160_LEN 20u
#define HASH_256_LEN 32u
#define HASH_512_LEN 64u

/** A running SHA-256; the words are libcrypto's, not to be looked into. */
struct hash_sha256 {
	uint64_t words[14];
};

/** A running SHA-512 or SHA-512/256. */
struct hash_sha512 {
	uint64_t words[27];
};

/**
 * One-shot digests of `len` bytes (`bytes` may be NULL when `len` is 0).
 * `ret` may overlap the input.
 */
void hash_sha256(uint8_t ret[HASH_256_LEN], const void *bytes, size_t len);
void hash_sha512(uint8_t ret[HASH_512_LEN], const void *bytes, size_t len);

/** FIPS 180-4's truncation with its own start value, not SHA-512 cut short. */
void hash_sha512_256(uint8_t ret[HASH_256_LEN], const void *bytes, size_t len);
void hash_ripemd160(uint8_t ret[HASH_160_LEN], const void *bytes, size_t len);

/** SHA-1, broken as a hash, but an operation of Bitcoin's scripts. */
void hash_sha1(uint8_t ret[HASH_160_LEN], const void *bytes, size_t len);

/** Keccak-256 as Ethereum uses it. */
void hash_keccak256(uint8_t ret[HASH_256_LEN], const void *bytes, size_t len);

/** RIPEMD-160 of SHA-256: what addresses are made of. */
void hash_hash160(uint8_t ret[HASH_160_LEN], const void *bytes, size_t len);

/** SHA-256 of SHA-256: Bitcoin's ids and the c32 checksum. */
void hash_sha256d(uint8_t ret[HASH_256_LEN], const void *bytes, size_t len);

/** A SHA-256 in pieces: one init, any number of add, one done. */
void hash_sha256_init(struct hash_sha256 *h);
void hash_sha256_add(struct hash_sha256 *h, const void *bytes, size_t len);
void hash_sha256_done(struct hash_sha256 *h, uint8_t ret[HASH_256_LEN]);

/** As hash_sha256_done, then hashes the result once more (double SHA-256). */
void hash_sha256_done_double(struct hash_sha256 *h, uint8_t ret[HASH_256_LEN]);

/**
 * Starts BIP-340's tagged hash: SHA-256 over SHA256(tag) twice, then what is
 * added.
 *
 * @param tag  NUL-terminated, such as "TapLeaf"
 */
void hash_sha256_init_tagged(struct hash_sha256 *h, const char *tag);

/** A SHA-512 in pieces; each context ends with the `done` of its init. */
void hash_sha512_init(struct hash_sha512 *h);
void hash_sha512_add(struct hash_sha512 *h, const void *bytes, size_t len);
void hash_sha512_done(struct hash_sha512 *h, uint8_t ret[HASH_512_LEN]);

/** A SHA-512/256 in pieces; it shares hash_sha512_add. */
void hash_sha512_256_init(struct hash_sha512 *h);
void hash_sha512_256_done(struct hash_sha512 *h, uint8_t ret[HASH_256_LEN]);

#endif /* CLARITY_CRYPTO_HASH_H */
