/* node/wire/block.c - Nakamoto blocks; contract in block.h. */
#include "config.h"

#include "node/wire/block.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "clarity/crypto/hash.h"
#include "node/wire/txtree.h"

/* Version to timestamp: what both signatures cover at the start. */
#define FIXED_LEN (1u + 8u + 8u + 20u + 32u + 32u + 32u + 8u)

/* A marker's bytes, and the least a transaction takes. */
#define MARKER_LEN 5u
#define TX_MIN 60u

bool block_is_shadow(const struct block_header *h)
{
	return h->version & BLOCK_SHADOW;
}

bool block_has_markers(const struct block_header *h)
{
	return (h->version & ~BLOCK_SHADOW) >= BLOCK_VERSION_1;
}

static enum err fixed_read(struct block_header *ret, struct cursor *c)
{
	TRY(cursor_u8(c, &ret->version));
	TRY(cursor_be64(c, &ret->chain_length));
	TRY(cursor_be64(c, &ret->burn_spent));
	TRY(cursor_copy(c, ret->consensus_hash, sizeof(ret->consensus_hash)));
	TRY(cursor_copy(c, ret->parent_id, sizeof(ret->parent_id)));
	TRY(cursor_copy(c, ret->tx_root, sizeof(ret->tx_root)));
	TRY(cursor_copy(c, ret->state_root, sizeof(ret->state_root)));
	return cursor_be64(c, &ret->timestamp);
}

static enum err markers_read(struct arena *a, struct block_header *ret,
                             struct cursor *c)
{
	struct block_marker *markers;

	TRY(wire_count(c, BLOCK_MARKERS_MAX, MARKER_LEN, &ret->n_markers));
	markers = arena_new_array(a, struct block_marker, ret->n_markers);
	if (!markers)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < ret->n_markers; i++) {
		TRY(cursor_be32(c, &markers[i].tx_index));
		TRY(cursor_u8(c, &markers[i].category));
	}
	ret->markers = markers;
	return ERR_OK;
}

enum err block_header_read(struct arena *a, struct block_header *ret,
                           struct cursor *c)
{
	ret->markers = NULL;
	ret->n_markers = 0;
	TRY(fixed_read(ret, c));
	TRY(cursor_copy(c, ret->miner_sig, sizeof(ret->miner_sig)));
	TRY(wire_count(c, WIRE_SIGNATURES_MAX, WIRE_SIG_LEN,
	               &ret->n_signer_sigs));
	TRY(cursor_read(c, (size_t)ret->n_signer_sigs * WIRE_SIG_LEN,
	                &ret->signer_sigs));
	TRY(bitvec_read(&ret->treatment, c, BLOCK_TREATMENT_MAX));
	return block_has_markers(ret) ? markers_read(a, ret, c) : ERR_OK;
}

static void fixed_bytes(uint8_t ret[FIXED_LEN], const struct block_header *h)
{
	uint8_t *p = ret;

	*p++ = h->version;
	be64_write(p, h->chain_length);
	be64_write(p + 8, h->burn_spent);
	p += 16;
	memcpy(p, h->consensus_hash, WIRE_CONSENSUS_HASH_LEN);
	p += WIRE_CONSENSUS_HASH_LEN;
	memcpy(p, h->parent_id, WIRE_HASH_LEN);
	memcpy(p + WIRE_HASH_LEN, h->tx_root, WIRE_HASH_LEN);
	memcpy(p + 2 * WIRE_HASH_LEN, h->state_root, WIRE_HASH_LEN);
	be64_write(p + 3 * WIRE_HASH_LEN, h->timestamp);
}

static void marker_bytes(uint8_t ret[MARKER_LEN], const struct block_marker *m)
{
	be32_write(ret, m->tx_index);
	ret[4] = m->category;
}

enum err block_header_write(struct buf *b, const struct block_header *h)
{
	uint8_t fixed[FIXED_LEN];

	fixed_bytes(fixed, h);
	(void)buf_add(b, fixed, sizeof(fixed));
	(void)buf_add(b, h->miner_sig, sizeof(h->miner_sig));
	(void)buf_add_be32(b, h->n_signer_sigs);
	(void)buf_add(b, h->signer_sigs,
	              (size_t)h->n_signer_sigs * WIRE_SIG_LEN);
	(void)bitvec_write(b, &h->treatment);
	if (!block_has_markers(h))
		return buf_err(b);
	(void)buf_add_be32(b, h->n_markers);
	for (uint32_t i = 0; i < h->n_markers; i++) {
		uint8_t marker[MARKER_LEN];

		marker_bytes(marker, &h->markers[i]);
		(void)buf_add(b, marker, sizeof(marker));
	}
	return buf_err(b);
}

static void hash_treatment(struct hash_sha512 *hash, const struct bitvec *v)
{
	uint8_t counts[2 + 4];

	be16_write(counts, v->n);
	be32_write(counts + 2, (uint32_t)bitvec_len(v->n));
	hash_sha512_add(hash, counts, sizeof(counts));
	hash_sha512_add(hash, v->bytes, bitvec_len(v->n));
}

static void hash_markers(struct hash_sha512 *hash, const struct block_header *h)
{
	uint8_t count[4];

	be32_write(count, h->n_markers);
	hash_sha512_add(hash, count, sizeof(count));
	for (uint32_t i = 0; i < h->n_markers; i++) {
		uint8_t marker[MARKER_LEN];

		marker_bytes(marker, &h->markers[i]);
		hash_sha512_add(hash, marker, sizeof(marker));
	}
}

static void header_hash(uint8_t ret[WIRE_HASH_LEN],
                        const struct block_header *h, bool with_miner_sig)
{
	struct hash_sha512 hash;
	uint8_t fixed[FIXED_LEN];

	fixed_bytes(fixed, h);
	hash_sha512_256_init(&hash);
	hash_sha512_add(&hash, fixed, sizeof(fixed));
	if (with_miner_sig)
		hash_sha512_add(&hash, h->miner_sig, sizeof(h->miner_sig));
	hash_treatment(&hash, &h->treatment);
	if (block_has_markers(h))
		hash_markers(&hash, h);
	hash_sha512_256_done(&hash, ret);
}

void block_miner_hash(uint8_t ret[WIRE_HASH_LEN], const struct block_header *h)
{
	header_hash(ret, h, false);
}

void block_signer_hash(uint8_t ret[WIRE_HASH_LEN], const struct block_header *h)
{
	header_hash(ret, h, true);
}

void block_id(uint8_t ret[WIRE_HASH_LEN], const struct block_header *h)
{
	uint8_t hash[WIRE_HASH_LEN];

	block_signer_hash(hash, h);
	block_id_of(ret, hash, h->consensus_hash);
}

void block_id_of(uint8_t ret[WIRE_HASH_LEN], const uint8_t hash[WIRE_HASH_LEN],
                 const uint8_t consensus_hash[WIRE_CONSENSUS_HASH_LEN])
{
	uint8_t both[WIRE_HASH_LEN + WIRE_CONSENSUS_HASH_LEN];

	memcpy(both, hash, WIRE_HASH_LEN);
	memcpy(both + WIRE_HASH_LEN, consensus_hash, WIRE_CONSENSUS_HASH_LEN);
	hash_sha512_256(ret, both, sizeof(both));
}

enum err block_sign_miner(struct block_header *h,
                          const uint8_t key[ECDSA_KEY_LEN])
{
	uint8_t message[WIRE_HASH_LEN];

	block_miner_hash(message, h);
	return ecdsa_sign_recoverable(h->miner_sig, message, key);
}

enum err block_miner(uint8_t ret[ADDRESS_HASH_LEN],
                     const struct block_header *h)
{
	uint8_t message[WIRE_HASH_LEN];
	struct ecdsa_pub pub;

	block_miner_hash(message, h);
	TRY(ecdsa_recover(&pub, h->miner_sig, message));
	address_of_key(ret, ADDRESS_P2PKH, &pub, true);
	return ERR_OK;
}

enum err block_signer(struct ecdsa_pub *ret, const struct block_header *h,
                      uint32_t i, const uint8_t message[WIRE_HASH_LEN])
{
	CHECK(i < h->n_signer_sigs);
	return ecdsa_recover(ret, h->signer_sigs + (size_t)i * WIRE_SIG_LEN,
	                     message);
}

typedef uint8_t tx_hash[WIRE_HASH_LEN];

/* Merges two sorted runs of ids into `ret`. @return false on equal ones. */
static bool merge_runs(const tx_hash **ret, const tx_hash **left, size_t n_left,
                       const tx_hash **right, size_t n_right)
{
	while (n_left > 0 && n_right > 0) {
		int order = memcmp(**left, **right, WIRE_HASH_LEN);

		if (order == 0)
			return false;
		if (order < 0) {
			*ret++ = *left++;
			n_left--;
		} else {
			*ret++ = *right++;
			n_right--;
		}
	}
	memcpy(ret, left, n_left * sizeof(*ret));
	memcpy(ret + n_left, right, n_right * sizeof(*ret));
	return true;
}

/*
 * Sorting finds a double id in time that no choice of transactions can worsen.
 * `at` and `spare` hold n places each.
 */
static bool ids_differ(const tx_hash **at, const tx_hash **spare, size_t n)
{
	for (size_t run = 1; run < n; run *= 2) {
		for (size_t i = 0; i < n; i += 2 * run) {
			size_t n_left = n - i < run ? n - i : run;
			size_t rest = n - i - n_left;
			size_t n_right = rest < run ? rest : run;

			if (!merge_runs(spare + i, at + i, n_left,
			                at + i + n_left, n_right))
				return false;
		}
		const tx_hash **sorted = spare;

		spare = at;
		at = sorted;
	}
	return true;
}

static enum err ids_check(struct arena *a, const struct block *block)
{
	struct arena_mark mark = arena_mark(a);
	size_t n = block->n_txs;
	const tx_hash **places = arena_new_array(a, const tx_hash *, 2 * n);
	struct txtree tree;
	uint8_t root[WIRE_HASH_LEN];

	if (!places)
		return ERR_NO_MEMORY;
	txtree_init(&tree);
	for (size_t i = 0; i < n; i++) {
		places[i] = &block->ids[i];
		txtree_add(&tree, block->ids[i]);
	}
	bool differ = ids_differ(places, places + n, n);

	arena_cut(a, mark);
	if (!differ)
		return ERR_BLOCK_TWICE;
	txtree_root(&tree, root);
	if (memcmp(root, block->header.tx_root, sizeof(root)) != 0)
		return ERR_BLOCK_TX_ROOT;
	return ERR_OK;
}

static enum err txs_read(struct arena *a, struct block *ret, struct cursor *c)
{
	struct tx *txs;
	tx_hash *ids;

	TRY(wire_count(c, WIRE_TXS_MAX, TX_MIN, &ret->n_txs));
	txs = arena_new_array(a, struct tx, ret->n_txs);
	ids = arena_new_array(a, tx_hash, ret->n_txs);
	if (!txs || !ids)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < ret->n_txs; i++) {
		TRY(tx_read(a, &txs[i], c));
		TRY(tx_id(ids[i], &txs[i]));
	}
	ret->txs = txs;
	ret->ids = (const tx_hash *)ids;
	return ERR_OK;
}

enum err block_read(struct arena *a, struct block *ret, struct cursor *c)
{
	struct cursor bounded = *c;

	if (cursor_left(c) > BLOCK_MAX)
		bounded.end = bounded.at + BLOCK_MAX;
	TRY(block_header_read(a, &ret->header, &bounded));
	TRY(txs_read(a, ret, &bounded));
	TRY(ids_check(a, ret));
	c->at = bounded.at;
	return ERR_OK;
}

enum err block_write(struct buf *b, const struct block *block)
{
	(void)block_header_write(b, &block->header);
	(void)buf_add_be32(b, block->n_txs);
	for (uint32_t i = 0; i < block->n_txs; i++)
		(void)tx_write(b, &block->txs[i]);
	return buf_err(b);
}
