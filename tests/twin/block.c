/* tests/twin/block.c - Keywords, blocks, tenures, Bitcoin, and at-block. */
#include "config.h"

#include "clarity/base/check.h"
#include "clarity/value/int128.h"
#include "tests/twin/inside.h"

static enum err read_text(struct twin *t, const char *name, struct span *ret,
                          bool *found)
{
	struct store_key key = { .text = span_str(name) };

	return state_get(t, &key, ret, found);
}

static enum err tenure(struct twin *t, uint32_t *ret)
{
	struct span s;
	bool found;

	TRY(read_text(t, "_stx-data::tenure_height", &s, &found));
	if (!found || s.len != 4)
		return twin_fail(t, VM_ERROR_EXPECT);
	*ret = be32_read(s.p);
	return ERR_OK;
}

static enum err block_time(struct twin *t, struct value *ret)
{
	struct span s;
	bool found;
	u128 n;

	TRY(read_text(t, "_stx-data::clarity_storage::block_time", &s, &found));
	if (!found)
		return twin_fail(t, VM_ERROR_NO_BLOCK_TIME);
	if (!int128_parse_unsigned(&n, s))
		return twin_fail(t, VM_ERROR_STORED_DATA);
	*ret = value_uint(n);
	return ERR_OK;
}

static enum err liquid(struct twin *t, struct value *ret)
{
	struct store_key key = {
		.text = span_str("_stx-data::ustx_liquid_supply"),
	};
	uint64_t len;
	bool found;

	*ret = value_uint(0);
	return state_get_value(t, &key, type_atom(TYPE_UINT), ret, &len,
	                       &found);
}

/* The keywords that look at the chain, and cost something. */
static enum err chain_keyword(struct twin *t, enum native id, struct value *ret)
{
	struct store_view view;
	uint32_t height;

	TRY(twin_charge(t, PRICE_FETCH_VAR, 1));
	TRY(t->store.ops->view(t->store.ctx, &view));
	switch ((int)id) {
	case KEYWORD_BURN_BLOCK_HEIGHT:
		*ret = value_uint(view.burn_height);
		return ERR_OK;
	case KEYWORD_STACKS_BLOCK_HEIGHT:
		*ret = value_uint(view.height);
		return ERR_OK;
	case KEYWORD_STX_LIQUID_SUPPLY:
		return liquid(t, ret);
	case KEYWORD_STACKS_BLOCK_TIME:
		return block_time(t, ret);
	default: /* block-height is the tenure's, since 3.0 */
		TRY(tenure(t, &height));
		*ret = value_uint(height);
		return ERR_OK;
	}
}

static enum err who(struct twin *t, const struct principal *p,
                    enum vm_error otherwise, struct value *ret)
{
	if (!p)
		return twin_fail(t, otherwise);
	*ret = value_principal(p);
	return ERR_OK;
}

enum err block_keyword(struct twin *t, const struct here *h, enum native id,
                       struct value *ret)
{
	*ret = value_none();
	switch ((int)id) {
	case KEYWORD_TX_SENDER:
		return who(t, h->sender, VM_ERROR_NO_SENDER, ret);
	case KEYWORD_CONTRACT_CALLER:
		return who(t, h->caller, VM_ERROR_NO_CALLER, ret);
	case KEYWORD_NONE:
		return ERR_OK;
	case KEYWORD_TRUE:
	case KEYWORD_FALSE:
		*ret = value_bool(id == KEYWORD_TRUE);
		return ERR_OK;
	case KEYWORD_IS_IN_REGTEST:
		*ret = value_bool(false);
		return ERR_OK;
	case KEYWORD_TX_SPONSOR:
		if (!t->sponsor)
			return ERR_OK;
		*ret = value_principal(t->sponsor);
		ret->wraps = VALUE_SOME;
		return ERR_OK;
	case KEYWORD_IS_IN_MAINNET:
		*ret = value_bool(t->chain.is_mainnet);
		return ERR_OK;
	case KEYWORD_CHAIN_ID:
		*ret = value_uint(t->chain.chain_id);
		return ERR_OK;
	case KEYWORD_CURRENT_CONTRACT:
		*ret = value_principal(h->program->id);
		return ERR_OK;
	default:
		return chain_keyword(t, id, ret);
	}
}

static bool is_name(const struct special *s, const char *name)
{
	return span_eq(symtab_name(s->h->program->ast.syms, s->args[0].sym),
	               span_str(name));
}

static enum err some(struct twin *t, const struct value *v, struct value *ret)
{
	return twin_wrap(t, ret, VALUE_SOME, v);
}

static enum err some_hash(struct twin *t, const uint8_t *hash,
                          struct value *ret)
{
	void *copy = arena_copy(&t->arena, hash, STORE_HASH_LEN);
	struct value v = value_buff(span_of(copy, STORE_HASH_LEN));

	return copy ? some(t, &v, ret) : ERR_NO_MEMORY;
}

static enum err some_uint(struct twin *t, u128 n, struct value *ret)
{
	struct value v = value_uint(n);

	return some(t, &v, ret);
}

/* A height, if the argument can be one. */
static enum err height_of(const struct special *s, bool *is_none, uint32_t *ret)
{
	struct got g;

	TRY(special_arg(s, 1, &g));
	if (!value_is(&g.v, VALUE_UINT))
		return twin_fail(s->t, VM_ERROR_TYPE_VALUE_ERROR);
	*is_none = g.v.u > UINT32_MAX;
	*ret = (uint32_t)g.v.u;
	return ERR_OK;
}

/* Which block a tenure of that height began with, for old contracts. */
static enum err tenure_start(const struct special *s, uint32_t now,
                             bool *is_none, uint32_t *height)
{
	struct twin *t = s->t;
	struct store_block b;
	uint32_t latest;
	bool found;

	TRY(tenure(t, &latest));
	*is_none = latest < *height || now <= *height;
	if (*is_none)
		return ERR_OK;
	TRY(t->store.ops->block(t->store.ctx, &t->arena, *height, &b, &found));
	if (!found)
		return twin_fail(t, VM_ERROR_EXPECT);
	if (!b.is_nakamoto)
		return ERR_OK;
	TRY(t->store.ops->tenure(t->store.ctx, *height, height, &found));
	*is_none = !found;
	return ERR_OK;
}

static enum err property(const struct special *s, const struct store_block *b,
                         uint32_t height, struct value *ret)
{
	bool is_stacks = s->id == NATIVE_GET_STACKS_BLOCK_INFO;
	struct value v;

	if (is_name(s, "time"))
		return some_uint(
		    s->t, is_stacks && b->is_nakamoto ? b->time : b->burn_time,
		    ret);
	if (is_name(s, "vrf-seed"))
		return some_hash(s->t, b->vrf_seed, ret);
	if (is_name(s, "header-hash"))
		return some_hash(s->t, b->header_hash, ret);
	if (is_name(s, "id-header-hash"))
		return some_hash(s->t, b->id, ret);
	if (is_name(s, "burnchain-header-hash"))
		return some_hash(s->t, b->burn_hash, ret);
	if (is_name(s, "miner-spend-winner"))
		return some_uint(s->t, height ? b->spend_winner : 0, ret);
	if (is_name(s, "miner-spend-total"))
		return some_uint(s->t, height ? b->spend_total : 0, ret);
	if (is_name(s, "block-reward"))
		return some_uint(s->t, b->reward, ret);
	v = value_principal(principal_copy(&s->t->arena, b->miner));
	return v.principal ? some(s->t, &v, ret) : ERR_NO_MEMORY;
}

static enum err block_info(const struct special *s, struct value *ret)
{
	struct twin *t = s->t;
	struct store_view view;
	struct store_block b;
	uint32_t height;
	bool is_none, found;

	TRY(twin_charge(t, PRICE_BLOCK_INFO, 0));
	TRY(special_count(s, 2));
	if (s->args[0].kind != AST_ATOM)
		return twin_fail(t, VM_ERROR_UNREACHABLE);
	TRY(height_of(s, &is_none, &height));
	*ret = value_none();
	TRY(t->store.ops->view(t->store.ctx, &view));
	if (!is_none && s->id == NATIVE_GET_BLOCK_INFO &&
	    s->h->program->version < CLARITY_3 &&
	    t->chain.chain_id != 0x80000000u)
		TRY(tenure_start(s, view.height, &is_none, &height));
	if (is_none || height >= view.height)
		return ERR_OK;
	if (is_name(s, "block-reward") &&
	    (height == 0 || (uint64_t)height + 101 >= view.height))
		return ERR_OK;
	TRY(t->store.ops->block(t->store.ctx, &t->arena, height, &b, &found));
	if (!found || (is_name(s, "block-reward") && !b.has_reward))
		return twin_fail(t, VM_ERROR_EXPECT);
	return property(s, &b, height, ret);
}

static enum err payout(struct twin *t, const struct store_burn *b,
                       struct value *ret)
{
	struct value *items =
	    arena_new_array(&t->arena, struct value, b->n_addrs);
	struct value list, v;

	if (!items)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < b->n_addrs; i++) {
		struct value_field addr[] = {
			{ span_str("hashbytes"),
			  value_buff(b->addrs[i].hash_bytes) },
			{ span_str("version"),
			  value_buff(b->addrs[i].version) },
		};

		TRY(value_tuple(&t->arena, &items[i], addr, 2, NULL));
	}
	TRY(value_list(&t->arena, &list, items, b->n_addrs, t->chain.epoch,
	               NULL));

	struct value_field fields[] = {
		{ span_str("addrs"), list },
		{ span_str("payout"), value_uint(b->payout) },
	};

	TRY(value_tuple(&t->arena, &v, fields, 2, NULL));
	return some(t, &v, ret);
}

static enum err burn_info(const struct special *s, struct value *ret)
{
	struct twin *t = s->t;
	struct store_burn b;
	uint32_t height;
	bool is_none, found;

	TRY(twin_charge(t, PRICE_BURN_BLOCK_INFO, 0));
	TRY(special_count(s, 2));
	TRY(height_of(s, &is_none, &height));
	*ret = value_none();
	if (is_none)
		return ERR_OK;
	TRY(t->store.ops->burn(t->store.ctx, &t->arena, height, &b, &found));
	if (!found)
		return ERR_OK;
	if (is_name(s, "header-hash"))
		return some_hash(t, b.hash, ret);
	return b.has_payout ? payout(t, &b, ret) : ERR_OK;
}

/* Evaluates as of another block; on the way back pending writes are seen
 * again, even if that is itself in the past. */
static enum err travel(const struct special *s, const uint8_t *to,
                       struct got *ret)
{
	struct twin *t = s->t;
	const uint8_t *from = t->block;
	bool found;
	enum err e, back;

	TRY(t->store.ops->travel(t->store.ctx, to, &found));
	if (!found)
		return twin_fail(t, VM_ERROR_UNKNOWN_BLOCK);
	t->block = to;
	t->sees_pending = false;
	e = eval_node(t, s->h, s->l, &s->args[1], ret);
	back = t->store.ops->travel(t->store.ctx, from, &found);
	t->block = from;
	t->sees_pending = true;
	return back != ERR_OK ? back : e;
}

static enum err at_block(const struct special *s, struct value *ret)
{
	struct twin *t = s->t;
	struct got g;
	enum err e;

	if (!epoch_has_at_block(t->chain.epoch))
		return twin_fail(t, VM_ERROR_AT_BLOCK_UNAVAILABLE);
	TRY(special_count(s, 2));
	TRY(twin_charge(t, PRICE_AT_BLOCK, 0));
	TRY(special_arg(s, 0, &g));
	if (!value_is(&g.v, VALUE_BUFF))
		return twin_fail(t, VM_ERROR_TYPE_VALUE_ERROR);
	if (g.v.n != STORE_HASH_LEN)
		return twin_fail(t, VM_ERROR_BAD_BLOCK_HASH);
	TRY(twin_hold(t, 1));
	state_begin(t, true);
	e = travel(s, g.v.bytes, &g);
	state_roll_back(t);
	if (e == ERR_OK)
		e = eval_clone(t, &g, ret);
	twin_drop(t, 1);
	return e;
}

enum err block_run(const struct special *s, struct value *ret)
{
	if (s->id == NATIVE_AT_BLOCK)
		return at_block(s, ret);
	return s->id == NATIVE_GET_BURN_BLOCK_INFO ? burn_info(s, ret)
	                                           : block_info(s, ret);
}
