/* clarity/vm/native_block.c - Facts of blocks; contract in native_block.h. */
#include "config.h"

#include "clarity/vm/native_block.h"

#include "clarity/base/check.h"
#include "clarity/value/int128.h"
#include "clarity/vm/machine.h"
#include "clarity/vm/native_stx.h"

/* Rewards can be asked for when the block after has matured. */
#define REWARD_MATURITY 100u

/* The network that never reads heights of old contracts as tenure heights. */
#define OLD_TESTNET 0x80000000u

/* Natives that know a property, as bits of `in`. */
enum {
	IN_BLOCK = 1,
	IN_BURN = 2,
	IN_STACKS = 4,
	IN_TENURE = 8
};

struct property {
	const char *name;
	enum block_property property;
	uint8_t in;
	uint8_t first; /* Clarity version in which IN_BLOCK knows it */
};

static const struct property properties[] = {
	{ "time", BLOCK_BURN_TIME, IN_BLOCK | IN_TENURE, 1 },
	{ "time", BLOCK_TIME, IN_STACKS, 1 },
	{ "vrf-seed", BLOCK_VRF_SEED, IN_BLOCK | IN_TENURE, 1 },
	{ "header-hash", BLOCK_HEADER_HASH, IN_BLOCK | IN_STACKS, 1 },
	{ "header-hash", BLOCK_BURN_HASH, IN_BURN, 1 },
	{ "id-header-hash", BLOCK_ID, IN_BLOCK | IN_STACKS, 1 },
	{ "burnchain-header-hash", BLOCK_BURN_HASH, IN_BLOCK | IN_TENURE, 1 },
	{ "miner-address", BLOCK_MINER, IN_BLOCK | IN_TENURE, 1 },
	{ "miner-spend-winner", BLOCK_SPEND_WINNER, IN_BLOCK | IN_TENURE, 2 },
	{ "miner-spend-total", BLOCK_SPEND_TOTAL, IN_BLOCK | IN_TENURE, 2 },
	{ "block-reward", BLOCK_REWARD, IN_BLOCK | IN_TENURE, 2 },
	{ "pox-addrs", BLOCK_POX_ADDRS, IN_BURN, 1 },
};

static unsigned bit_of(enum native id)
{
	if (id == NATIVE_GET_BLOCK_INFO)
		return IN_BLOCK;
	if (id == NATIVE_GET_BURN_BLOCK_INFO)
		return IN_BURN;
	return id == NATIVE_GET_STACKS_BLOCK_INFO ? IN_STACKS : IN_TENURE;
}

enum block_property native_block_property(enum native id, struct span name,
                                          enum clarity_version version)
{
	for (size_t i = 0; i < COUNT_OF(properties); i++) {
		const struct property *p = &properties[i];

		if ((p->in & bit_of(id)) && version >= p->first &&
		    span_eq(name, span_str(p->name)))
			return p->property;
	}
	return BLOCK_PROPERTY_COUNT;
}

/* A height that fits; `*none` if it cannot be one. */
static enum err take_height(struct vm *vm, const struct native_call *c,
                            uint32_t *ret, bool *none)
{
	if (!value_is(&c->args[0], VALUE_UINT))
		return host_fail_value(vm, type_atom(TYPE_UINT), &c->args[0]);
	*none = c->args[0].u > UINT32_MAX;
	*ret = *none ? 0 : (uint32_t)c->args[0].u;
	return ERR_OK;
}

static enum err missing(struct vm *vm)
{
	return machine_fail(vm, VM_ERROR_EXPECT, "no data of that block");
}

/* A fixed entry of the state. */
static enum err read_fixed(struct vm *vm, const char *name, struct span *ret,
                           bool *found)
{
	struct store_key key = { .text = span_str(name) };
	struct journal_entry *e;

	TRY(journal_read(&vm->journal, &key, journal_hash_text(key.text), &e));
	*found = e->state != JOURNAL_ABSENT;
	*ret = e->bytes;
	return ERR_OK;
}

static enum err tenure_height(struct vm *vm, uint32_t *ret)
{
	struct span s;
	bool found;

	TRY(read_fixed(vm, "_stx-data::tenure_height", &s, &found));
	if (!found || s.len != 4)
		return machine_fail(vm, VM_ERROR_EXPECT, "no tenure height");
	*ret = be32_read(s.p);
	return ERR_OK;
}

static enum err block_time(struct vm *vm, struct value *ret)
{
	struct span s;
	bool found;
	u128 n;

	TRY(read_fixed(vm, "_stx-data::clarity_storage::block_time", &s,
	               &found));
	if (!found)
		return machine_fail(vm, VM_ERROR_NO_BLOCK_TIME,
		                    "this block has no time");
	if (!int128_parse_unsigned(&n, s))
		return machine_fail(vm, VM_ERROR_STORED_DATA, "block time");
	*ret = value_uint(n);
	return ERR_OK;
}

static enum err view_height(struct vm *vm, bool is_burn, struct value *ret)
{
	struct store_view view;

	TRY(vm->store.ops->view(vm->store.ctx, &view));
	*ret = value_uint(is_burn ? view.burn_height : view.height);
	return ERR_OK;
}

/* Old contracts give a tenure's height and mean its first block. */
static enum err map_tenure(struct vm *vm, uint32_t current, uint32_t *height,
                           bool *none)
{
	struct store_block b;
	uint32_t tenure;
	bool found;

	TRY(tenure_height(vm, &tenure));
	*none = tenure < *height || current <= *height;
	if (*none)
		return ERR_OK;
	TRY(vm->store.ops->block(vm->store.ctx, &vm->arena, *height, &b,
	                         &found));
	if (!found)
		return missing(vm);
	if (!b.is_nakamoto)
		return ERR_OK;
	TRY(vm->store.ops->tenure(vm->store.ctx, *height, height, &found));
	*none = !found;
	return ERR_OK;
}

static struct value hash_value(struct vm *vm, const uint8_t *hash)
{
	void *bytes = arena_copy(&vm->arena, hash, STORE_HASH_LEN);

	return value_buff(span_of(bytes, bytes ? STORE_HASH_LEN : 0));
}

static struct value pick(struct vm *vm, const struct store_block *b,
                         enum block_property p, uint32_t height)
{
	switch (p) {
	case BLOCK_TIME:
		return value_uint(b->is_nakamoto ? b->time : b->burn_time);
	case BLOCK_BURN_TIME:
		return value_uint(b->burn_time);
	case BLOCK_VRF_SEED:
		return hash_value(vm, b->vrf_seed);
	case BLOCK_HEADER_HASH:
		return hash_value(vm, b->header_hash);
	case BLOCK_ID:
		return hash_value(vm, b->id);
	case BLOCK_BURN_HASH:
		return hash_value(vm, b->burn_hash);
	case BLOCK_MINER:
		return value_principal(principal_copy(&vm->arena, b->miner));
	case BLOCK_SPEND_WINNER:
		return value_uint(height == 0 ? 0 : b->spend_winner);
	case BLOCK_SPEND_TOTAL:
		return value_uint(height == 0 ? 0 : b->spend_total);
	case BLOCK_REWARD:
		return value_uint(b->reward);
	case BLOCK_POX_ADDRS:
	case BLOCK_PROPERTY_COUNT:
		break;
	}
	return value_none();
}

/* The property of a finished block, or none. */
static enum err answer(struct vm *vm, enum block_property p, uint32_t height,
                       uint32_t current, struct value *ret)
{
	struct store_block b;
	struct value v;
	bool found;
	bool is_early =
	    p == BLOCK_REWARD &&
	    (height == 0 || (uint64_t)height + 1 + REWARD_MATURITY >= current);

	*ret = value_none();
	if (height >= current || is_early)
		return ERR_OK;
	TRY(vm->store.ops->block(vm->store.ctx, &vm->arena, height, &b,
	                         &found));
	/* By height a reward may seem mature whose tenure's is not. */
	if (!found || (p == BLOCK_REWARD && !b.has_reward))
		return missing(vm);
	v = pick(vm, &b, p, height);
	TRY(arena_err(&vm->arena));
	v.wraps = VALUE_SOME;
	*ret = v;
	return ERR_OK;
}

static enum err block_fact(struct vm *vm, const struct native_call *c,
                           bool maps_tenures, struct value *ret)
{
	struct store_view view;
	uint32_t height = 0;
	bool none = true;

	TRY(take_height(vm, c, &height, &none));
	TRY(vm->store.ops->view(vm->store.ctx, &view));
	if (!none && maps_tenures)
		TRY(map_tenure(vm, view.height, &height, &none));
	if (none) {
		*ret = value_none();
		return ERR_OK;
	}
	return answer(vm, (enum block_property)c->extra, height, view.height,
	              ret);
}

enum err native_block_info(struct vm *vm, const struct native_call *c,
                           struct value *ret)
{
	return block_fact(
	    vm, c, c->version < CLARITY_3 && vm->chain.chain_id != OLD_TESTNET,
	    ret);
}

enum err native_block_stacks_info(struct vm *vm, const struct native_call *c,
                                  struct value *ret)
{
	return block_fact(vm, c, false, ret);
}

enum err native_block_tenure_info(struct vm *vm, const struct native_call *c,
                                  struct value *ret)
{
	return block_fact(vm, c, false, ret);
}

static enum err addr_value(struct vm *vm, const struct store_pox_addr *a,
                           struct value *ret)
{
	struct value_field fields[] = {
		{ span_str("version"), value_buff(a->version) },
		{ span_str("hashbytes"), value_buff(a->hash_bytes) },
	};

	return value_tuple(&vm->arena, ret, fields, COUNT_OF(fields), NULL);
}

static enum err payout_value(struct vm *vm, const struct store_burn *b,
                             struct value *ret)
{
	struct value list;
	struct value *items =
	    arena_new_array(&vm->arena, struct value, b->n_addrs);
	enum err e = ERR_OK;

	if (!items)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; e == ERR_OK && i < b->n_addrs; i++)
		e = addr_value(vm, &b->addrs[i], &items[i]);
	if (e == ERR_OK)
		e = value_list(&vm->arena, &list, items, b->n_addrs,
		               vm->chain.epoch, NULL);
	if (e != ERR_OK)
		return e == ERR_TYPE ? missing(vm) : e;

	struct value_field fields[] = {
		{ span_str("addrs"), list },
		{ span_str("payout"), value_uint(b->payout) },
	};

	e = value_tuple(&vm->arena, ret, fields, COUNT_OF(fields), NULL);
	return e == ERR_TYPE ? missing(vm) : e;
}

enum err native_block_burn_info(struct vm *vm, const struct native_call *c,
                                struct value *ret)
{
	struct store_burn b;
	struct value v;
	uint32_t height = 0;
	bool none = true, found;

	TRY(take_height(vm, c, &height, &none));
	*ret = value_none();
	if (none)
		return ERR_OK;
	TRY(vm->store.ops->burn(vm->store.ctx, &vm->arena, height, &b, &found));
	if (!found || (c->extra == BLOCK_POX_ADDRS && !b.has_payout))
		return ERR_OK;
	if (c->extra == BLOCK_POX_ADDRS)
		TRY(payout_value(vm, &b, &v));
	else
		v = hash_value(vm, b.hash);
	TRY(arena_err(&vm->arena));
	v.wraps = VALUE_SOME;
	*ret = v;
	return ERR_OK;
}

static enum err who_value(struct vm *vm, const struct principal *p,
                          enum vm_error otherwise, struct value *ret)
{
	if (!p)
		return machine_fail(vm, otherwise, "nobody calls");
	*ret = value_principal(p);
	return ERR_OK;
}

static enum err tenure_value(struct vm *vm, struct value *ret)
{
	uint32_t height;

	TRY(tenure_height(vm, &height));
	*ret = value_uint(height);
	return ERR_OK;
}

static enum err supply_value(struct vm *vm, struct value *ret)
{
	u128 supply;

	TRY(native_stx_supply(vm, &supply));
	*ret = value_uint(supply);
	return ERR_OK;
}

static void sponsor_value(const struct vm *vm, struct value *ret)
{
	*ret = value_none();
	if (!vm->sponsor)
		return;
	*ret = value_principal(vm->sponsor);
	ret->wraps = VALUE_SOME;
}

enum err native_block_keyword(struct vm *vm, enum native id, struct value *ret)
{
	switch ((int)id) {
	case KEYWORD_TX_SENDER:
		return who_value(vm, vm->who.sender, VM_ERROR_NO_SENDER, ret);
	case KEYWORD_CONTRACT_CALLER:
		return who_value(vm, vm->who.caller, VM_ERROR_NO_CALLER, ret);
	case KEYWORD_TX_SPONSOR:
		sponsor_value(vm, ret);
		return ERR_OK;
	case KEYWORD_BLOCK_HEIGHT:
	case KEYWORD_TENURE_HEIGHT:
		return tenure_value(vm, ret);
	case KEYWORD_BURN_BLOCK_HEIGHT:
		return view_height(vm, true, ret);
	case KEYWORD_STACKS_BLOCK_HEIGHT:
		return view_height(vm, false, ret);
	case KEYWORD_STACKS_BLOCK_TIME:
		return block_time(vm, ret);
	case KEYWORD_STX_LIQUID_SUPPLY:
		return supply_value(vm, ret);
	case KEYWORD_IS_IN_REGTEST:
		*ret = value_bool(false);
		return ERR_OK;
	case KEYWORD_IS_IN_MAINNET:
		*ret = value_bool(vm->chain.is_mainnet);
		return ERR_OK;
	case KEYWORD_CHAIN_ID:
		*ret = value_uint(vm->chain.chain_id);
		return ERR_OK;
	case KEYWORD_CURRENT_CONTRACT:
		*ret = value_principal(vm->who.contract->id);
		return ERR_OK;
	default:
		CHECK(!"not a keyword with a value of its own");
		return ERR_OK;
	}
}
