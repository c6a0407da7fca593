/* node/bitcoin/burn_op.c - Operations in Bitcoin; see burn_op.h. */
#include "config.h"

#include "node/bitcoin/burn_op.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/crypto/ecdsa.h"
#include "clarity/crypto/vrf.h"
#include "node/bitcoin/btc_script.h"

#define KIND_LEN 1u
#define CONSENSUS_LEN 20u
#define DELEGATE_MIN 22u
#define VOTE_LEN 47u

/** The last byte of a commit. */
#define MODULUS_BITS 3u
#define MODULUS_MASK 7u

/** Option markers. */
#define NO 0u
#define YES 1u

/** Heights go through the contract's language as signed 64-bit numbers. */
#define HEIGHT_MAX ((uint64_t)INT64_MAX)

struct kind {
	uint8_t byte;
	const char *words;
};

static const struct kind kinds[BURN_OP_KINDS] = {
#define X(name, byte, words) { byte, words },
#include "node/bitcoin/burn_op.def"
#undef X
};

static const uint8_t burn_script[25] = {
	BTC_OP_DUP, BTC_OP_HASH160,
	20, [23] = BTC_OP_EQUALVERIFY, [24] = BTC_OP_CHECKSIG
};

bool burn_op_reward(struct span script, uint8_t *ret_version,
                    struct span *ret_hash)
{
	static const struct {
		enum btc_script_kind kind;
		uint8_t version;
	} rows[] = {
		{ BTC_SCRIPT_PUBKEYHASH, 0 },
		{ BTC_SCRIPT_SCRIPTHASH, 1 },
		{ BTC_SCRIPT_WITNESS_KEYHASH, 4 },
		{ BTC_SCRIPT_WITNESS_SCRIPTHASH, 5 },
		{ BTC_SCRIPT_WITNESS_TAPROOT, 6 },
	};
	struct btc_script_shape shape;

	btc_script_shape(&shape, script);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (rows[i].kind == shape.kind) {
			*ret_version = rows[i].version;
			*ret_hash = shape.data;
			return true;
		}
	return false;
}

static bool is_known(struct span script)
{
	uint8_t version;
	struct span hash;

	return burn_op_reward(script, &version, &hash);
}

/* Whether the address could be an account's: not one of segwit. */
static bool is_account(struct span script)
{
	uint8_t version;
	struct span hash;

	return burn_op_reward(script, &version, &hash) && version <= 1;
}

bool burn_op_is_burn(struct span script)
{
	static const uint8_t zeros[20];
	uint8_t version;
	struct span hash;

	return burn_op_reward(script, &version, &hash) && version <= 1 &&
	       memcmp(hash.p, zeros, sizeof(zeros)) == 0;
}

struct span burn_op_burn_script(void)
{
	return span_of(burn_script, sizeof(burn_script));
}

/* The one push behind an OP_RETURN. */
static bool read_return(struct span script, struct span *ret)
{
	struct cursor c = cursor_of(script);
	struct btc_instr op;

	if (cursor_left(&c) == 0 || !btc_script_next(&c, &op) ||
	    op.op != BTC_OP_RETURN || cursor_left(&c) == 0 ||
	    !btc_script_next(&c, &op) || op.op > BTC_OP_PUSHDATA4)
		return false;
	*ret = op.data;
	return cursor_left(&c) == 0;
}

bool burn_op_is(const struct btc_tx *tx, const uint8_t *magic,
                uint8_t *ret_byte, struct span *ret_data)
{
	struct span data;

	if (tx->n_outs == 0 || !read_return(tx->outs[0].script, &data) ||
	    data.len <= BURN_OP_MAGIC_LEN ||
	    memcmp(data.p, magic, BURN_OP_MAGIC_LEN) != 0)
		return false;
	for (uint32_t i = 1; i < tx->n_outs; i++)
		if (!is_known(tx->outs[i].script))
			return false;
	*ret_byte = data.p[BURN_OP_MAGIC_LEN];
	*ret_data = span_of(data.p + BURN_OP_MAGIC_LEN + KIND_LEN,
	                    data.len - BURN_OP_MAGIC_LEN - KIND_LEN);
	return true;
}

static enum err read_u128(struct cursor *c, u128 *ret)
{
	uint64_t high = 0;
	uint64_t low = 0;

	TRY(cursor_be64(c, &high));
	TRY(cursor_be64(c, &low));
	*ret = (u128)high << 64 | low;
	return ERR_OK;
}

static enum err read_leader_key(struct burn_op_leader_key *ret,
                                struct cursor *c)
{
	const uint8_t *ignored;

	TRY(cursor_read(c, CONSENSUS_LEN, &ignored));
	TRY(cursor_copy(c, ret->vrf_pub, sizeof(ret->vrf_pub)));
	if (!vrf_pub_is_valid(ret->vrf_pub))
		return ERR_BURN_DATA;
	ret->memo = span_of(c->at, cursor_left(c));
	return ERR_OK;
}

static enum err read_commit_data(struct burn_op_commit *ret, struct cursor *c,
                                 uint64_t height)
{
	uint8_t last = 0;

	TRY(cursor_copy(c, ret->block_id, sizeof(ret->block_id)));
	TRY(cursor_copy(c, ret->new_seed, sizeof(ret->new_seed)));
	TRY(cursor_be32(c, &ret->parent_block));
	TRY(cursor_be16(c, &ret->parent_index));
	TRY(cursor_be32(c, &ret->key_block));
	TRY(cursor_be16(c, &ret->key_index));
	TRY(cursor_u8(c, &last));
	ret->modulus = (uint8_t)((last & MODULUS_MASK) % BURN_OP_MODULUS);
	ret->marker = (uint8_t)(last >> MODULUS_BITS);
	if ((ret->parent_block == 0 && ret->parent_index != 0) ||
	    ret->parent_block >= height || ret->key_block == 0 ||
	    ret->key_block >= height)
		return ERR_BURN_DATA;
	return ERR_OK;
}

/* A commit that pays one output. */
static enum err read_single(struct burn_op_commit *ret, const struct btc_tx *tx,
                            bool is_waterfall)
{
	ret->outs[0] = tx->outs[1].script;
	ret->n_outs = 1;
	ret->burn_fee = tx->outs[1].value;
	if (is_waterfall)
		return ret->burn_fee > 0 ? ERR_OK : ERR_BURN_INPUT;
	return burn_op_is_burn(ret->outs[0]) ? ERR_OK : ERR_BURN_OUTPUT;
}

/* A commit that pays two outputs alike. */
static enum err read_double(struct burn_op_commit *ret, const struct btc_tx *tx)
{
	uint64_t fee = tx->outs[1].value;

	if (tx->n_outs > BURN_OP_COMMIT_OUTS && tx->outs[2].value != fee)
		return ERR_BURN_DATA;
	if (tx->n_outs <= BURN_OP_COMMIT_OUTS)
		return ERR_BURN_INPUT;
	ret->outs[0] = tx->outs[1].script;
	ret->outs[1] = tx->outs[2].script;
	ret->n_outs = BURN_OP_COMMIT_OUTS;
	if (fee == 0 || !u64_mul(&ret->burn_fee, fee, BURN_OP_COMMIT_OUTS))
		return ERR_BURN_DATA;
	return ERR_OK;
}

static enum err read_commit(struct burn_op_commit *ret, struct cursor *c,
                            const struct btc_tx *tx,
                            const struct burn_op_place *place)
{
	if (tx->n_outs < 2)
		return ERR_BURN_INPUT;
	TRY(read_commit_data(ret, c, place->height));
	if (place->is_waterfall || place->is_prepare)
		return read_single(ret, tx, place->is_waterfall);
	return read_double(ret, tx);
}

static enum err read_pre_stx(struct span *ret, const struct btc_tx *tx)
{
	if (tx->n_outs < 2 || !is_account(tx->outs[1].script))
		return ERR_BURN_INPUT;
	*ret = tx->outs[1].script;
	return ERR_OK;
}

/* A field that is there only if all of it is. */
static bool has(const struct cursor *c, size_t len)
{
	return cursor_left(c) >= len;
}

static enum err read_stack(struct burn_op_stack *ret, struct cursor *c,
                           const struct btc_tx *tx)
{
	if (tx->n_outs < 2)
		return ERR_BURN_INPUT;
	ret->reward = tx->outs[1].script;
	TRY(read_u128(c, &ret->ustx));
	TRY(cursor_u8(c, &ret->cycles));
	ret->has_key = has(c, sizeof(ret->key));
	if (ret->has_key)
		TRY(cursor_copy(c, ret->key, sizeof(ret->key)));
	ret->has_max = ret->has_key && has(c, sizeof(ret->max));
	if (ret->has_max)
		TRY(read_u128(c, &ret->max));
	ret->has_auth_id = ret->has_max && has(c, sizeof(ret->auth_id));
	return ret->has_auth_id ? cursor_be32(c, &ret->auth_id) : ERR_OK;
}

static enum err read_transfer(struct burn_op_transfer *ret, struct cursor *c,
                              const struct btc_tx *tx)
{
	if (tx->n_outs < 2)
		return ERR_BURN_INPUT;
	TRY(read_u128(c, &ret->ustx));
	ret->memo = span_of(c->at, cursor_left(c));
	if (ret->memo.len > BURN_OP_MEMO_MAX)
		return ERR_BURN_DATA;
	ret->to = tx->outs[1].script;
	return is_account(ret->to) ? ERR_OK : ERR_BURN_INPUT;
}

static enum err read_flag(struct cursor *c, bool *ret)
{
	uint8_t flag = 0;

	TRY(cursor_u8(c, &flag));
	*ret = flag == YES;
	return flag <= YES ? ERR_OK : ERR_BURN_DATA;
}

static enum err read_delegate_data(struct burn_op_delegate *ret,
                                   struct cursor *c)
{
	if (!has(c, DELEGATE_MIN))
		return ERR_BURN_DATA;
	TRY(read_u128(c, &ret->ustx));
	TRY(read_flag(c, &ret->has_reward));
	TRY(cursor_be32(c, &ret->reward_output));
	TRY(read_flag(c, &ret->has_until));
	return ret->has_until ? cursor_be64(c, &ret->until) : ERR_OK;
}

static enum err read_delegate(struct burn_op_delegate *ret, struct cursor *c,
                              const struct btc_tx *tx)
{
	if (tx->n_outs < 2)
		return ERR_BURN_INPUT;
	TRY(read_delegate_data(ret, c));
	ret->to = tx->outs[1].script;
	if (!is_account(ret->to))
		return ERR_BURN_INPUT;
	/* An output that does not exist is as if none was named. */
	if (ret->reward_output >= tx->n_outs - 1)
		ret->has_reward = false;
	if (ret->has_reward)
		ret->reward = tx->outs[ret->reward_output + 1].script;
	return ERR_OK;
}

/* Reads the key that a p2pkh input shows behind its signature. */
static enum err read_signer(uint8_t ret[BURN_OP_KEY_LEN], struct span script)
{
	struct cursor c = cursor_of(script);
	struct btc_instr op = { .op = BTC_OP_RETURN };
	struct ecdsa_pub pub;

	for (unsigned i = 0; i < 2; i++)
		if (cursor_left(&c) == 0 || !btc_script_next(&c, &op) ||
		    op.op > BTC_OP_PUSHDATA4)
			return ERR_BURN_INPUT;
	if (cursor_left(&c) > 0 ||
	    ecdsa_pub_parse(&pub, op.data.p, op.data.len) != ERR_OK)
		return ERR_BURN_INPUT;
	ecdsa_pub_write(ret, &pub);
	return ERR_OK;
}

static enum err read_vote_key(struct burn_op_vote_key *ret, struct cursor *c,
                              const struct btc_tx *tx)
{
	if (cursor_left(c) != VOTE_LEN)
		return ERR_BURN_DATA;
	TRY(cursor_be16(c, &ret->signer_index));
	TRY(cursor_copy(c, ret->key, sizeof(ret->key)));
	TRY(cursor_be32(c, &ret->round));
	TRY(cursor_be64(c, &ret->cycle));
	return read_signer(ret->signer_key, tx->ins[0].script);
}

static enum err read_kind(struct burn_op *ret, struct cursor *c,
                          const struct btc_tx *tx,
                          const struct burn_op_place *place)
{
	switch (ret->kind) {
	case BURN_OP_LEADER_KEY:
		return tx->n_outs < 2 ? ERR_BURN_INPUT
		                      : read_leader_key(&ret->leader_key, c);
	case BURN_OP_COMMIT:
		return read_commit(&ret->commit, c, tx, place);
	case BURN_OP_PRE_STX:
		return read_pre_stx(&ret->pre_stx, tx);
	case BURN_OP_STACK:
		return read_stack(&ret->stack, c, tx);
	case BURN_OP_TRANSFER:
		return read_transfer(&ret->transfer, c, tx);
	case BURN_OP_DELEGATE:
		return read_delegate(&ret->delegate, c, tx);
	case BURN_OP_VOTE_KEY:
		return read_vote_key(&ret->vote_key, c, tx);
	case BURN_OP_KINDS:
		break;
	}
	return ERR_BURN_NONE;
}

static enum burn_op_kind kind_of(uint8_t byte)
{
	unsigned kind = 0;

	while (kind < BURN_OP_KINDS && kinds[kind].byte != byte)
		kind++;
	return (enum burn_op_kind)kind;
}

static void show(uint8_t ret[BURN_OP_HASH_LEN], const uint8_t *hash)
{
	for (unsigned i = 0; i < BURN_OP_HASH_LEN; i++)
		ret[i] = hash[BURN_OP_HASH_LEN - 1 - i];
}

static enum err read_ids(struct burn_op *ret, const struct btc_tx *tx)
{
	uint8_t txid[BTC_WIRE_HASH_LEN];

	TRY(btc_tx_id(txid, tx));
	show(ret->txid, txid);
	show(ret->spent_txid, tx->ins[0].spends.txid);
	ret->spent_output = tx->ins[0].spends.n;
	return ERR_OK;
}

enum err burn_op_read(struct burn_op *ret, const struct btc_tx *tx,
                      const struct burn_op_place *place)
{
	uint8_t byte;
	struct span data;

	memset(ret, 0, sizeof(*ret));
	if (!burn_op_is(tx, place->magic, &byte, &data) || tx->n_ins == 0)
		return ERR_BURN_NONE;
	ret->kind = kind_of(byte);
	ret->index = place->index;
	struct cursor c = cursor_of(data);
	enum err err = read_kind(ret, &c, tx, place);

	if (err != ERR_OK)
		return err == ERR_TRUNCATED ? ERR_BURN_DATA : err;
	return read_ids(ret, tx);
}

static bool is_key(const uint8_t key[BURN_OP_KEY_LEN])
{
	struct ecdsa_pub pub;

	return ecdsa_pub_parse(&pub, key, BURN_OP_KEY_LEN) == ERR_OK;
}

enum err burn_op_check(const struct burn_op *op)
{
	bool is_good = true;

	if (op->kind == BURN_OP_STACK)
		is_good = op->stack.ustx > 0 &&
		          (!op->stack.has_key || is_key(op->stack.key));
	else if (op->kind == BURN_OP_TRANSFER)
		is_good = op->transfer.ustx > 0;
	else if (op->kind == BURN_OP_DELEGATE)
		is_good =
		    op->delegate.ustx > 0 && (!op->delegate.has_until ||
		                              op->delegate.until <= HEIGHT_MAX);
	else if (op->kind == BURN_OP_VOTE_KEY)
		is_good = is_key(op->vote_key.key) &&
		          op->vote_key.cycle <= HEIGHT_MAX;
	return is_good ? ERR_OK : ERR_BURN_DATA;
}

static void write_leader_key(struct buf *b, const struct burn_op_leader_key *k)
{
	static const uint8_t ignored[CONSENSUS_LEN];

	(void)buf_add(b, ignored, sizeof(ignored));
	(void)buf_add(b, k->vrf_pub, sizeof(k->vrf_pub));
	(void)buf_add_span(b, k->memo);
}

static void write_commit(struct buf *b, const struct burn_op_commit *m)
{
	(void)buf_add(b, m->block_id, sizeof(m->block_id));
	(void)buf_add(b, m->new_seed, sizeof(m->new_seed));
	(void)buf_add_be32(b, m->parent_block);
	(void)buf_add_be16(b, m->parent_index);
	(void)buf_add_be32(b, m->key_block);
	(void)buf_add_be16(b, m->key_index);
	(void)buf_add_u8(b, (uint8_t)(m->marker << MODULUS_BITS | m->modulus));
}

static void write_stack(struct buf *b, const struct burn_op_stack *s)
{
	(void)buf_add_be128(b, s->ustx);
	(void)buf_add_u8(b, s->cycles);
	if (s->has_key)
		(void)buf_add(b, s->key, sizeof(s->key));
	if (s->has_key && s->has_max)
		(void)buf_add_be128(b, s->max);
	if (s->has_key && s->has_max && s->has_auth_id)
		(void)buf_add_be32(b, s->auth_id);
}

static void write_delegate(struct buf *b, const struct burn_op_delegate *d)
{
	(void)buf_add_be128(b, d->ustx);
	(void)buf_add_u8(b, d->has_reward ? YES : NO);
	(void)buf_add_be32(b, d->has_reward ? d->reward_output : 0);
	(void)buf_add_u8(b, d->has_until ? YES : NO);
	if (d->has_until)
		(void)buf_add_be64(b, d->until);
}

static void write_data(struct buf *b, const struct burn_op *op)
{
	switch (op->kind) {
	case BURN_OP_LEADER_KEY:
		write_leader_key(b, &op->leader_key);
		break;
	case BURN_OP_COMMIT:
		write_commit(b, &op->commit);
		break;
	case BURN_OP_STACK:
		write_stack(b, &op->stack);
		break;
	case BURN_OP_TRANSFER:
		(void)buf_add_be128(b, op->transfer.ustx);
		(void)buf_add_span(b, op->transfer.memo);
		break;
	case BURN_OP_DELEGATE:
		write_delegate(b, &op->delegate);
		break;
	case BURN_OP_VOTE_KEY:
		(void)buf_add_be16(b, op->vote_key.signer_index);
		(void)buf_add(b, op->vote_key.key, sizeof(op->vote_key.key));
		(void)buf_add_be32(b, op->vote_key.round);
		(void)buf_add_be64(b, op->vote_key.cycle);
		break;
	case BURN_OP_PRE_STX:
	case BURN_OP_KINDS:
		break;
	}
}

/** OP_RETURN's data are relayed up to 80 bytes. */
#define DATA_MAX 80u

enum err burn_op_write(struct buf *b, const uint8_t *magic,
                       const struct burn_op *op)
{
	struct buf data;

	CHECK(op->kind < BURN_OP_KINDS);
	buf_init(&data, DATA_MAX);
	(void)buf_add(&data, magic, BURN_OP_MAGIC_LEN);
	(void)buf_add_u8(&data, kinds[op->kind].byte);
	write_data(&data, op);
	enum err err = buf_err(&data);

	if (err == ERR_OK) {
		(void)buf_add_u8(b, BTC_OP_RETURN);
		err = btc_script_add_data(b, buf_span(&data));
	}
	buf_fini(&data);
	return err;
}

const char *burn_op_words(enum burn_op_kind kind)
{
	CHECK(kind < BURN_OP_KINDS);
	return kinds[kind].words;
}
