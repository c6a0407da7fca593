/* node/chain/chain_block.c - The record of a block; contract in
 * chain_block.h. */
#include "config.h"

#include "node/chain/chain_block.h"

#include <string.h>

#define RECORD_VERSION 1u

static void add_who(struct buf *b, const struct principal_room *room)
{
	size_t len = principal_len(chain_tenure_who(room));

	buf_add_u8(b, (uint8_t)len);
	buf_add(b, room->bytes, len);
}

static void add_cost(struct buf *b, const struct cost *c)
{
	for (uint32_t u = 0; u < COST_UNITS; u++)
		buf_add_be64(b, c->of[u]);
}

static void add_tenure(struct buf *b, const struct chain_tenure *t)
{
	buf_add(b, t->consensus_hash, sizeof(t->consensus_hash));
	buf_add(b, t->prev_consensus_hash, sizeof(t->prev_consensus_hash));
	buf_add(b, t->start_id, sizeof(t->start_id));
	buf_add_be32(b, t->start_height);
	buf_add_be32(b, t->height);
	buf_add(b, t->burn_hash, sizeof(t->burn_hash));
	buf_add_be32(b, t->burn_height);
	buf_add_be64(b, t->burn_time);
	buf_add(b, t->commit_txid, sizeof(t->commit_txid));
	buf_add(b, t->proof, sizeof(t->proof));
	buf_add(b, t->vrf_seed, sizeof(t->vrf_seed));
	add_who(b, &t->miner);
	add_who(b, &t->recipient);
	buf_add_be128(b, t->coinbase);
	buf_add_be128(b, t->parent_fees);
	buf_add_be64(b, t->commit_burn);
	buf_add_be64(b, t->sortition_burn);
}

enum err chain_block_write(struct buf *b, const struct chain_block *block)
{
	buf_add_u8(b, RECORD_VERSION);
	buf_add(b, block->id, sizeof(block->id));
	buf_add(b, block->hash, sizeof(block->hash));
	buf_add(b, block->parent_id, sizeof(block->parent_id));
	buf_add(b, block->state_root, sizeof(block->state_root));
	buf_add_u8(b, block->version);
	buf_add_be32(b, block->height);
	buf_add_be64(b, block->time);
	buf_add_be64(b, block->burn_spent);
	buf_add(b, block->burn_view, sizeof(block->burn_view));
	buf_add_be32(b, block->burn_view_height);
	buf_add_be32(b, (uint32_t)block->epoch);
	buf_add_be32(b, block->n_txs);
	add_cost(b, &block->cost);
	add_cost(b, &block->spent);
	buf_add_be128(b, block->tenure_fees);
	buf_add_be32(b, block->tenure_blocks);
	add_tenure(b, &block->tenure);
	return buf_err(b);
}

static enum err read_u128(struct cursor *c, u128 *ret)
{
	const uint8_t *p;

	TRY(cursor_read(c, sizeof(*ret), &p));
	*ret = be128_read(p);
	return ERR_OK;
}

static enum err read_cost(struct cursor *c, struct cost *ret)
{
	for (uint32_t u = 0; u < COST_UNITS; u++)
		TRY(cursor_be64(c, &ret->of[u]));
	return ERR_OK;
}

static enum err read_who(struct cursor *c, struct principal_room *ret)
{
	uint8_t len;

	TRY(cursor_u8(c, &len));
	if (len < PRINCIPAL_STANDARD_LEN || len > PRINCIPAL_MAX_LEN)
		return ERR_STORE_CORRUPT;
	TRY(cursor_copy(c, ret->bytes, len));
	return principal_len(chain_tenure_who(ret)) == len ? ERR_OK
	                                                   : ERR_STORE_CORRUPT;
}

static enum err read_tenure(struct cursor *c, struct chain_tenure *t)
{
	TRY(cursor_copy(c, t->consensus_hash, sizeof(t->consensus_hash)));
	TRY(cursor_copy(c, t->prev_consensus_hash,
	                sizeof(t->prev_consensus_hash)));
	TRY(cursor_copy(c, t->start_id, sizeof(t->start_id)));
	TRY(cursor_be32(c, &t->start_height));
	TRY(cursor_be32(c, &t->height));
	TRY(cursor_copy(c, t->burn_hash, sizeof(t->burn_hash)));
	TRY(cursor_be32(c, &t->burn_height));
	TRY(cursor_be64(c, &t->burn_time));
	TRY(cursor_copy(c, t->commit_txid, sizeof(t->commit_txid)));
	TRY(cursor_copy(c, t->proof, sizeof(t->proof)));
	TRY(cursor_copy(c, t->vrf_seed, sizeof(t->vrf_seed)));
	TRY(read_who(c, &t->miner));
	TRY(read_who(c, &t->recipient));
	TRY(read_u128(c, &t->coinbase));
	TRY(read_u128(c, &t->parent_fees));
	TRY(cursor_be64(c, &t->commit_burn));
	return cursor_be64(c, &t->sortition_burn);
}

static enum err read_epoch(struct cursor *c, enum epoch *ret)
{
	uint32_t id;

	TRY(cursor_be32(c, &id));
	return epoch_from_id(ret, id) ? ERR_OK : ERR_STORE_CORRUPT;
}

static enum err read_block(struct cursor *c, struct chain_block *b)
{
	uint8_t version;

	TRY(cursor_u8(c, &version));
	if (version != RECORD_VERSION)
		return ERR_STORE_CORRUPT;
	TRY(cursor_copy(c, b->id, sizeof(b->id)));
	TRY(cursor_copy(c, b->hash, sizeof(b->hash)));
	TRY(cursor_copy(c, b->parent_id, sizeof(b->parent_id)));
	TRY(cursor_copy(c, b->state_root, sizeof(b->state_root)));
	TRY(cursor_u8(c, &b->version));
	TRY(cursor_be32(c, &b->height));
	TRY(cursor_be64(c, &b->time));
	TRY(cursor_be64(c, &b->burn_spent));
	TRY(cursor_copy(c, b->burn_view, sizeof(b->burn_view)));
	TRY(cursor_be32(c, &b->burn_view_height));
	TRY(read_epoch(c, &b->epoch));
	TRY(cursor_be32(c, &b->n_txs));
	TRY(read_cost(c, &b->cost));
	TRY(read_cost(c, &b->spent));
	TRY(read_u128(c, &b->tenure_fees));
	TRY(cursor_be32(c, &b->tenure_blocks));
	TRY(read_tenure(c, &b->tenure));
	return cursor_done(c);
}

enum err chain_block_read(struct chain_block *ret, struct span record)
{
	struct cursor c = cursor_of(record);
	struct chain_block b = { 0 };

	if (read_block(&c, &b) != ERR_OK)
		return ERR_STORE_CORRUPT;
	*ret = b;
	return ERR_OK;
}
