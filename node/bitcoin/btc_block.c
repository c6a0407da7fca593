/* node/bitcoin/btc_block.c - Bitcoin blocks; contract in btc_block.h. */
#include "config.h"

#include "node/bitcoin/btc_block.h"

#include <string.h>

/* The least that a transaction takes: version, counts, lock time. */
#define TX_MIN 10u

/* What the output of the commitment begins with: return, a push of 36 bytes,
 * and four bytes of a mark. */
static const uint8_t commitment_mark[] = { 0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed };

#define COMMITMENT_LEN (sizeof(commitment_mark) + BTC_WIRE_HASH_LEN)

enum err btc_block_read(struct arena *a, struct btc_block *ret,
                        struct cursor *c)
{
	struct btc_tx *txs;
	btc_hash *ids;

	TRY(btc_header_read(&ret->header, c));
	TRY(btc_wire_items(c, TX_MIN, &ret->n_txs));
	txs = arena_new_array(a, struct btc_tx, ret->n_txs);
	ids = arena_new_array(a, btc_hash, ret->n_txs);
	if (!txs || !ids)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < ret->n_txs; i++) {
		TRY(btc_tx_read(a, &txs[i], c));
		TRY(btc_tx_id(ids[i], &txs[i]));
	}
	ret->txs = txs;
	ret->ids = (const btc_hash *)ids;
	return ERR_OK;
}

enum err btc_block_write(struct buf *b, const struct btc_block *block)
{
	uint8_t header[BTC_HEADER_LEN];

	btc_header_write(header, &block->header);
	(void)buf_add(b, header, sizeof(header));
	(void)btc_wire_add_count(b, block->n_txs);
	for (uint32_t i = 0; i < block->n_txs; i++)
		(void)btc_tx_write(b, &block->txs[i]);
	return buf_err(b);
}

enum err btc_block_check_root(struct arena *a, const struct btc_block *block)
{
	struct arena_mark mark = arena_mark(a);
	btc_hash *nodes =
	    arena_copy(a, block->ids, block->n_txs * sizeof(*block->ids));
	btc_hash root;
	bool is_mutated;

	if (!nodes)
		return ERR_NO_MEMORY;
	btc_merkle_root(root, &is_mutated, nodes, block->n_txs);
	arena_cut(a, mark);
	if (memcmp(root, block->header.root, sizeof(root)) != 0)
		return ERR_BTC_ROOT;
	return is_mutated || block->n_txs == 0 ? ERR_BTC_MUTATED : ERR_OK;
}

/* The last output that is a commitment counts. @return NULL without one. */
static const uint8_t *find_commitment(const struct btc_tx *coinbase)
{
	for (uint32_t i = coinbase->n_outs; i-- > 0;) {
		struct span s = coinbase->outs[i].script;

		if (s.len >= COMMITMENT_LEN &&
		    memcmp(s.p, commitment_mark, sizeof(commitment_mark)) == 0)
			return s.p + sizeof(commitment_mark);
	}
	return NULL;
}

/* The root over ids with witnesses, where the coinbase's counts as zero. */
static enum err witness_root(struct arena *a, btc_hash ret,
                             const struct btc_block *block)
{
	struct arena_mark mark = arena_mark(a);
	btc_hash *nodes = arena_new_array(a, btc_hash, block->n_txs);
	bool ignored;

	if (!nodes)
		return ERR_NO_MEMORY;
	memset(nodes[0], 0, sizeof(nodes[0]));
	for (uint32_t i = 1; i < block->n_txs; i++)
		TRY(btc_tx_wid(nodes[i], &block->txs[i]));
	btc_merkle_root(ret, &ignored, nodes, block->n_txs);
	arena_cut(a, mark);
	return ERR_OK;
}

static bool has_witness(const struct btc_block *block)
{
	for (uint32_t i = 0; i < block->n_txs; i++) {
		if (block->txs[i].has_witness)
			return true;
	}
	return false;
}

enum err btc_block_check_witness(struct arena *a, const struct btc_block *block)
{
	uint8_t both[2 * BTC_WIRE_HASH_LEN];
	const struct btc_in *in;
	const uint8_t *want;
	btc_hash got;

	if (block->n_txs == 0 || !btc_tx_is_coinbase(&block->txs[0]))
		return ERR_BTC_WITNESS;
	want = find_commitment(&block->txs[0]);
	if (!want)
		return has_witness(block) ? ERR_BTC_WITNESS : ERR_OK;
	/* The coinbase's only witness item is a nonce of 32 bytes. */
	in = &block->txs[0].ins[0];
	if (in->n_witness != 1 || in->witness[0].len != BTC_WIRE_HASH_LEN)
		return ERR_BTC_WITNESS;
	TRY(witness_root(a, both, block));
	memcpy(both + BTC_WIRE_HASH_LEN, in->witness[0].p, BTC_WIRE_HASH_LEN);
	hash_sha256d(got, both, sizeof(both));
	return memcmp(got, want, sizeof(got)) == 0 ? ERR_OK : ERR_BTC_WITNESS;
}
