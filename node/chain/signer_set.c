/* node/chain/signer_set.c - Who signs the next cycle; contract in
 * signer_set.h. */
#include "config.h"

#include "node/chain/signer_set.h"

#include <string.h>

#include "clarity/cost/memory.h"
#include "clarity/crypto/hash.h"
#include "clarity/value/value_codec.h"
#include "node/chain/ledger.h"
#include "node/wire/address.h"

/* What entries, signers and the contracts' arguments may take. */
#define ARENA_MAX ((size_t)1 << 28)

/* How addresses of Bitcoin are told by the stacking contract. */
#define POX_P2PKH 0u
#define POX_P2WPKH 4u
#define POX_P2WSH 5u
#define POX_P2TR 6u

/* A computation on its way. */
struct choosing {
	const struct signer_set *s;
	struct vm *vm;
	const struct chain_block *block;
	struct arena arena;
	uint64_t cycle; /* that is prepared */
	struct principal_room stacking_room, signers_room;
	const struct principal *stacking, *signers;
};

void signer_set_init(struct signer_set *s, const struct chain_params *params)
{
	*s = (struct signer_set){ .params = params,
		                  .contract = span_str("signers") };
}

/* --- when --- */

/* Whether the cycle's stackers are in the fourth contract's books. */
static bool cycle_is_ours(const struct chain_params *p, uint64_t cycle)
{
	const struct chain_epoch *next = chain_params_find(p, EPOCH_4_0);
	uint64_t last;

	return !next || !cycle_of(&p->cycles, next->burn_height, &last) ||
	       cycle <= last;
}

/* Reads the cycle that was written last. */
static enum err last_cycle(struct choosing *c, uint64_t *ret)
{
	struct store_key key = { 0 };
	struct buf text;
	struct value v;
	struct value_codec_diag diag;
	struct span stored;
	bool found = false;
	enum err e;

	buf_init(&text, 512);
	buf_add_str(&text, "vm::");
	principal_format(&text, c->signers);
	e = buf_add_str(&text, "::1::last-set-cycle");
	key.text = buf_span(&text);
	if (e == ERR_OK)
		e = vm_read(c->vm, &key, &stored, &found);
	buf_fini(&text);
	if (e != ERR_OK)
		return e;
	if (!found ||
	    value_codec_read_all(&c->arena, &v, stored, &diag) != ERR_OK ||
	    !value_is(&v, VALUE_UINT) || v.u > UINT64_MAX)
		return ERR_STORE_CORRUPT;
	*ret = (uint64_t)v.u;
	return ERR_OK;
}

/* Whether this block has to write the set. */
static enum err is_due(struct choosing *c, bool *ret)
{
	const struct chain_params *p = c->s->params;
	uint64_t last;
	bool exists;

	*ret = false;
	if (!p->stacking.len ||
	    !cycle_prepared(&p->cycles, c->block->tenure.burn_height,
	                    &c->cycle) ||
	    !cycle_is_ours(p, c->cycle))
		return ERR_OK;
	TRY(chain_params_boot_contract(p, &c->stacking_room, &c->stacking,
	                               p->stacking));
	TRY(chain_params_boot_contract(p, &c->signers_room, &c->signers,
	                               c->s->contract));
	TRY(vm_has_contract(c->vm, c->signers, &exists));
	if (!exists)
		return ERR_OK;
	TRY(last_cycle(c, &last));
	*ret = last < c->cycle;
	return ERR_OK;
}

/* --- what is stacked --- */

static enum err ask(struct choosing *c, const char *function,
                    const struct value *args, uint32_t n, struct value *ret)
{
	struct vm_call call = { .sender = c->stacking,
		                .contract = c->stacking,
		                .function = span_str(function),
		                .args = args,
		                .n_args = n,
		                .is_read_only = true };
	struct vm_result r;
	enum err e = vm_call(c->vm, &call, &r);

	if (e != ERR_OK)
		return err_class(e) == ERR_CLASS_FAULT ? e : ERR_STORE_CORRUPT;
	*ret = r.value;
	return ERR_OK;
}

/* An address that is none pays nobody: it is burned. */
static void entry_address(struct reward_entry *e, const struct value *address,
                          bool is_mainnet)
{
	const struct value *version =
	    value_tuple_get(address, span_str("version"));
	const struct value *hash =
	    value_tuple_get(address, span_str("hashbytes"));
	uint8_t mode =
	    version && version->byte_len == 1 ? version->bytes[0] : UINT8_MAX;
	uint8_t len = mode == POX_P2WSH || mode == POX_P2TR ? 32 : 20;

	e->version = address_version(ADDRESS_P2PKH, is_mainnet);
	e->hash_len = 20;
	if (mode > POX_P2TR || !hash || hash->byte_len != len)
		return;
	e->hash_mode = mode;
	e->hash_len = len;
	memcpy(e->hash, hash->bytes, len);
	if (mode >= POX_P2WPKH)
		e->version = mode;
	else if (mode != POX_P2PKH)
		e->version = address_version(ADDRESS_P2SH, is_mainnet);
}

static enum err entry_read(struct choosing *c, uint64_t index,
                           struct reward_entry *ret)
{
	struct value args[2] = { value_uint(c->cycle), value_uint(index) };
	const struct value *address, *amount, *signer;
	struct value v;

	TRY(ask(c, "get-reward-set-pox-address", args, 2, &v));
	if (value_outer(&v) != VALUE_SOME)
		return ERR_STORE_CORRUPT;
	v.wraps >>= 2;
	if (!value_is(&v, VALUE_TUPLE))
		return ERR_STORE_CORRUPT;
	address = value_tuple_get(&v, span_str("pox-addr"));
	amount = value_tuple_get(&v, span_str("total-ustx"));
	signer = value_tuple_get(&v, span_str("signer"));
	if (!address || !value_is(address, VALUE_TUPLE) || !amount ||
	    !value_is(amount, VALUE_UINT) || !signer ||
	    signer->byte_len != REWARD_SET_KEY_LEN)
		return ERR_STORE_CORRUPT;
	*ret = (struct reward_entry){ .amount = amount->u };
	entry_address(ret, address, c->s->params->is_mainnet);
	memcpy(ret->signer, signer->bytes, REWARD_SET_KEY_LEN);
	return ERR_OK;
}

static enum err entries_read(struct choosing *c, struct reward_entry **ret,
                             uint64_t *ret_n)
{
	struct value cycle = value_uint(c->cycle), size;
	struct reward_entry *all;

	TRY(ask(c, "get-reward-set-size", &cycle, 1, &size));
	if (!value_is(&size, VALUE_UINT) || size.u > UINT32_MAX)
		return ERR_STORE_CORRUPT;
	all = arena_array(&c->arena, (size_t)size.u + 1, sizeof(*all));
	if (!all)
		return ERR_NO_MEMORY;
	for (uint64_t i = 0; i < (uint64_t)size.u; i++)
		TRY(entry_read(c, i, &all[i]));
	*ret = all;
	*ret_n = (uint64_t)size.u;
	return ERR_OK;
}

/* --- what is written --- */

/* A list of a signer's account and a number: its weight, or one slot. */
static enum err signer_list(struct choosing *c, const struct reward_set *set,
                            const char *name, bool has_weight,
                            struct value *ret)
{
	bool is_mainnet = c->s->params->is_mainnet;
	struct value *items =
	    arena_array(&c->arena, set->signers_n + 1, sizeof(*items));
	struct type_diag diag;

	if (!items)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < set->signers_n; i++) {
		const struct reward_signer *at = &set->signers[i];
		struct address who = { .version = address_version(ADDRESS_P2PKH,
			                                          is_mainnet) };
		struct value_field f[2] = { { .name = span_str("signer") },
			                    { .name = span_str(name) } };
		struct principal_room *room =
		    arena_new(&c->arena, struct principal_room);

		if (!room)
			return ERR_NO_MEMORY;
		hash_hash160(who.hash, at->key, REWARD_SET_KEY_LEN);
		f[0].value = value_principal(address_principal(room, &who));
		f[1].value = value_uint(has_weight ? at->weight : 1);
		TRY(value_tuple(&c->arena, &items[i], f, 2, &diag));
	}
	return value_list_raw(&c->arena, ret, items, set->signers_n, &diag);
}

static enum err tell(struct choosing *c, const char *function,
                     const struct value *args, uint32_t n)
{
	struct principal_room boot;
	struct vm_call call = { .sender =
		                    chain_params_boot(c->s->params, &boot),
		                .contract = c->signers,
		                .function = span_str(function),
		                .args = args,
		                .n_args = n,
		                .allows_private = true };
	struct vm_result r;
	enum err e = vm_call(c->vm, &call, &r);

	if (e != ERR_OK)
		return err_class(e) == ERR_CLASS_FAULT ? e : ERR_STORE_CORRUPT;
	return value_outer(&r.value) == VALUE_ERR ? ERR_STORE_CORRUPT : ERR_OK;
}

static enum err write_set(struct choosing *c, const struct reward_set *set)
{
	struct value slots[3], weights[2];

	if (set->signers_n > SIGNER_SET_MAX)
		return ERR_REWARD_SET;
	TRY(signer_list(c, set, "num-slots", false, &slots[0]));
	slots[1] = value_uint(c->cycle);
	slots[2] = value_uint(c->block->tenure.height);
	weights[0] = value_uint(c->cycle);
	TRY(signer_list(c, set, "weight", true, &weights[1]));
	TRY(tell(c, "stackerdb-set-signer-slots", slots, 3));
	return tell(c, "set-signers", weights, 2);
}

static enum err choose(struct choosing *c)
{
	struct reward_entry *entries = NULL;
	struct reward_set set;
	uint64_t n = 0;
	u128 liquid;
	bool due;

	vm_begin(c->vm, &ledger_free);
	TRY(is_due(c, &due));
	if (!due)
		return ERR_OK;
	TRY(ledger_supply(c->vm, &liquid));
	TRY(entries_read(c, &entries, &n));
	TRY(reward_set_make(&c->arena, &set, entries, (size_t)n, liquid,
	                    cycle_reward_slots(&c->s->params->cycles)));
	TRY(write_set(c, &set));
	TRY(vm_commit(c->vm));
	if (c->s->told)
		c->s->told(c->s->ctx, c->cycle, &set);
	return ERR_OK;
}

enum err signer_set_update(void *signer_set, struct vm *vm,
                           const struct chain_block *block)
{
	struct choosing c = { .s = signer_set, .vm = vm, .block = block };
	enum err e;

	arena_init(&c.arena, ARENA_MAX);
	vm_set_memory_limit(vm, UINT64_MAX);
	e = choose(&c);
	vm_set_memory_limit(vm, MEMORY_LIMIT);
	arena_fini(&c.arena);
	return e;
}
