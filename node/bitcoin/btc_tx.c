/* node/bitcoin/btc_tx.c - Bitcoin transactions; contract in btc_tx.h. */
#include "config.h"

#include "node/bitcoin/btc_tx.h"

#include <string.h>

/* The least that an input and an output take. */
#define IN_MIN (32u + 4u + 1u + 4u)
#define OUT_MIN (8u + 1u)

#define MARKER 0x00u
#define FLAG_WITNESS 0x01u

static enum err outpoint_read(struct btc_outpoint *ret, struct cursor *c)
{
	TRY(cursor_copy(c, ret->txid, sizeof(ret->txid)));
	return cursor_le32(c, &ret->n);
}

static enum err ins_read(struct arena *a, struct btc_tx *ret, struct cursor *c)
{
	struct btc_in *ins;

	TRY(btc_wire_items(c, IN_MIN, &ret->n_ins));
	ins = arena_new_array(a, struct btc_in, ret->n_ins);
	if (!ins)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < ret->n_ins; i++) {
		ins[i].witness = NULL;
		ins[i].n_witness = 0;
		TRY(outpoint_read(&ins[i].spends, c));
		TRY(btc_wire_bytes(c, &ins[i].script));
		TRY(cursor_le32(c, &ins[i].sequence));
	}
	ret->ins = ins;
	return ERR_OK;
}

static enum err outs_read(struct arena *a, struct btc_tx *ret, struct cursor *c)
{
	struct btc_out *outs;

	TRY(btc_wire_items(c, OUT_MIN, &ret->n_outs));
	outs = arena_new_array(a, struct btc_out, ret->n_outs);
	if (!outs)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < ret->n_outs; i++) {
		TRY(cursor_le64(c, &outs[i].value));
		TRY(btc_wire_bytes(c, &outs[i].script));
	}
	ret->outs = outs;
	return ERR_OK;
}

static enum err stack_read(struct arena *a, struct btc_in *ret,
                           struct cursor *c)
{
	struct span *items;

	TRY(btc_wire_items(c, 1, &ret->n_witness));
	items = arena_new_array(a, struct span, ret->n_witness);
	if (!items)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < ret->n_witness; i++)
		TRY(btc_wire_bytes(c, &items[i]));
	ret->witness = items;
	return ERR_OK;
}

/* A marker without a witness would be a second encoding of the same. */
static enum err witness_read(struct arena *a, struct btc_tx *ret,
                             struct cursor *c)
{
	struct btc_in *ins =
	    arena_copy(a, ret->ins, ret->n_ins * sizeof(*ret->ins));

	if (!ins)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < ret->n_ins; i++) {
		TRY(stack_read(a, &ins[i], c));
		ret->has_witness |= ins[i].n_witness > 0;
	}
	ret->ins = ins;
	return ret->has_witness ? ERR_OK : ERR_BTC_TX;
}

static enum err version_read(struct btc_tx *ret, struct cursor *c)
{
	uint32_t version;

	TRY(cursor_le32(c, &version));
	memcpy(&ret->version, &version, sizeof(version));
	ret->has_witness = false;
	return ERR_OK;
}

static bool has_marker(const struct cursor *c)
{
	return cursor_left(c) > 0 && *c->at == MARKER;
}

enum err btc_tx_read(struct arena *a, struct btc_tx *ret, struct cursor *c)
{
	uint8_t byte;
	bool is_new;

	TRY(version_read(ret, c));
	is_new = has_marker(c);
	if (is_new) {
		TRY(cursor_u8(c, &byte));
		TRY(cursor_u8(c, &byte));
		if (byte != FLAG_WITNESS)
			return ERR_BTC_TX;
	}
	TRY(ins_read(a, ret, c));
	TRY(outs_read(a, ret, c));
	if (is_new)
		TRY(witness_read(a, ret, c));
	return cursor_le32(c, &ret->lock_time);
}

enum err btc_tx_read_old(struct arena *a, struct btc_tx *ret, struct cursor *c)
{
	TRY(version_read(ret, c));
	TRY(ins_read(a, ret, c));
	TRY(outs_read(a, ret, c));
	return cursor_le32(c, &ret->lock_time);
}

static void body_write(struct buf *b, const struct btc_tx *tx)
{
	(void)btc_wire_add_count(b, tx->n_ins);
	for (uint32_t i = 0; i < tx->n_ins; i++) {
		const struct btc_in *in = &tx->ins[i];

		(void)buf_add(b, in->spends.txid, BTC_WIRE_HASH_LEN);
		(void)buf_add_le32(b, in->spends.n);
		(void)btc_wire_add_bytes(b, in->script);
		(void)buf_add_le32(b, in->sequence);
	}
	(void)btc_wire_add_count(b, tx->n_outs);
	for (uint32_t i = 0; i < tx->n_outs; i++) {
		(void)buf_add_le64(b, tx->outs[i].value);
		(void)btc_wire_add_bytes(b, tx->outs[i].script);
	}
}

static void witness_write(struct buf *b, const struct btc_tx *tx)
{
	for (uint32_t i = 0; i < tx->n_ins; i++) {
		const struct btc_in *in = &tx->ins[i];

		(void)btc_wire_add_count(b, in->n_witness);
		for (uint32_t w = 0; w < in->n_witness; w++)
			(void)btc_wire_add_bytes(b, in->witness[w]);
	}
}

enum err btc_tx_write(struct buf *b, const struct btc_tx *tx)
{
	if (!tx->has_witness)
		return btc_tx_write_old(b, tx);
	(void)buf_add_le32(b, (uint32_t)tx->version);
	(void)buf_add_u8(b, MARKER);
	(void)buf_add_u8(b, FLAG_WITNESS);
	body_write(b, tx);
	witness_write(b, tx);
	return buf_add_le32(b, tx->lock_time);
}

enum err btc_tx_write_old(struct buf *b, const struct btc_tx *tx)
{
	(void)buf_add_le32(b, (uint32_t)tx->version);
	body_write(b, tx);
	return buf_add_le32(b, tx->lock_time);
}

static enum err hash_and_free(uint8_t ret[BTC_WIRE_HASH_LEN], struct buf *b)
{
	enum err e = buf_err(b);

	if (e == ERR_OK)
		hash_sha256d(ret, b->p, b->len);
	buf_fini(b);
	return e;
}

enum err btc_tx_id(uint8_t ret[BTC_WIRE_HASH_LEN], const struct btc_tx *tx)
{
	struct buf b;

	buf_init(&b, BTC_WIRE_MAX);
	(void)btc_tx_write_old(&b, tx);
	return hash_and_free(ret, &b);
}

enum err btc_tx_wid(uint8_t ret[BTC_WIRE_HASH_LEN], const struct btc_tx *tx)
{
	struct buf b;

	buf_init(&b, BTC_WIRE_MAX);
	(void)btc_tx_write(&b, tx);
	return hash_and_free(ret, &b);
}

bool btc_tx_is_coinbase(const struct btc_tx *tx)
{
	static const uint8_t none[BTC_WIRE_HASH_LEN];

	return tx->n_ins == 1 && tx->ins[0].spends.n == BTC_TX_NO_OUTPUT &&
	       memcmp(tx->ins[0].spends.txid, none, sizeof(none)) == 0;
}
