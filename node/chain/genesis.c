/* node/chain/genesis.c - The state that a chain begins with; contract in
 * genesis.h. */
#include "config.h"

#include "node/chain/genesis.h"

#include <string.h>

#include "clarity/base/buf.h"
#include "clarity/cost/memory.h"
#include "clarity/value/value_codec.h"
#include "node/chain/ledger.h"

/* A map's key in the state: a uint as consensus bytes. */
#define UINT_LEN 17u

/* The bytes of all grants of one height at most. */
#define GRANTS_MAX ((size_t)16 << 20)

/* SHA-512/256 of 52 zero bytes: no block hash, no consensus hash. */
const uint8_t genesis_id[WIRE_HASH_LEN] = {
	0x55, 0xc9, 0x86, 0x1b, 0xe5, 0xcf, 0xf9, 0x84, 0xa2, 0x0c, 0xe6,
	0xd9, 0x9d, 0x4a, 0xa6, 0x59, 0x41, 0x41, 0x28, 0x89, 0xbd, 0xc6,
	0x65, 0x09, 0x41, 0x36, 0x42, 0x9b, 0x84, 0xf8, 0xc2, 0xee
};

/* What stands for a proof where nobody proved anything: networks agree on
 * it, because the first commit's seed is its hash. */
static const uint8_t genesis_proof[VRF_PROOF_LEN] = {
	0x92, 0x75, 0xdf, 0x67, 0xa6, 0x8c, 0x87, 0x45, 0xc0, 0xff, 0x97, 0xb4,
	0x82, 0x01, 0xee, 0x6d, 0xb4, 0x47, 0xf7, 0xc9, 0x3b, 0x23, 0xae, 0x24,
	0xcd, 0xc2, 0x40, 0x0f, 0x52, 0xfd, 0xb0, 0x8a, 0x1a, 0x6a, 0xc7, 0xec,
	0x71, 0xbf, 0x9c, 0x9c, 0x76, 0xe9, 0x6e, 0xe4, 0x67, 0x5e, 0xbf, 0xf6,
	0x06, 0x25, 0xaf, 0x28, 0x71, 0x85, 0x01, 0x04, 0x7b, 0xfd, 0x87, 0xb8,
	0x10, 0xc2, 0xd2, 0x13, 0x9b, 0x73, 0xc2, 0x3b, 0xd6, 0x9d, 0xe6, 0x63,
	0x60, 0x95, 0x3a, 0x64, 0x2c, 0x2a, 0x33, 0x0a
};

/* What installation needs everywhere. */
struct boot {
	const struct genesis *g;
	struct vm *vm;
	struct store_view view;
	struct genesis_fault *fault;
};

/* A verdict of the machine means that genesis is wrong, nothing else. */
static enum err boot_judge(struct boot *b, const struct genesis_contract *c,
                           const struct vm_result *r, enum err e)
{
	if (e == ERR_OK || err_class(e) == ERR_CLASS_FAULT)
		return e;
	if (b->fault)
		*b->fault =
		    (struct genesis_fault){ .contract = c->name, .result = *r };
	return ERR_GENESIS;
}

const char *genesis_fault_text(const struct genesis_fault *f)
{
	const struct vm_result *r = &f->result;

	if (r->diag.message[0])
		return r->diag.message;
	if (r->failure.text && r->failure.text[0])
		return r->failure.text;
	return vm_error_name(r->failure.kind);
}

static enum err boot_call(struct boot *b, const struct genesis_contract *c,
                          const struct principal *id)
{
	struct value args[GENESIS_ARGS_MAX];
	struct vm_call call = { .sender = id,
		                .contract = id,
		                .function = c->call,
		                .args = args,
		                .n_args = c->n_args };
	struct vm_result r = { 0 };
	enum err e = ERR_OK;

	if (c->n_args > GENESIS_ARGS_MAX)
		return ERR_GENESIS;
	for (uint32_t i = 0; e == ERR_OK && i < c->n_args; i++) {
		struct vm_expr expr = { .sender = id,
			                .text = c->args[i],
			                .version = c->version };

		e = vm_eval(b->vm, &expr, &r);
		args[i] = r.value;
	}
	if (e == ERR_OK)
		e = vm_call(b->vm, &call, &r);
	if (e == ERR_OK && value_outer(&r.value) == VALUE_ERR)
		e = ERR_GENESIS;
	return boot_judge(b, c, &r, e);
}

static enum err boot_mint(struct boot *b, const struct principal *who,
                          u128 ustx)
{
	vm_begin(b->vm, &ledger_free);
	TRY(ledger_add_supply_here(b->vm, ustx));
	TRY(ledger_credit_here(b->vm, &b->view, who, ustx));
	return vm_commit(b->vm);
}

static enum err boot_contract(struct boot *b, const struct genesis_contract *c)
{
	struct principal_room room;
	const struct principal *id;
	struct vm_source source = { .text = c->source, .version = c->version };
	struct vm_result r = { 0 };

	TRY(chain_params_boot_contract(&b->g->params, &room, &id, c->name));
	source.contract = id;
	vm_begin(b->vm, &ledger_free);
	TRY(boot_judge(b, c, &r, vm_deploy(b->vm, &source, &r)));
	if (c->call.len)
		TRY(boot_call(b, c, id));
	TRY(vm_commit(b->vm));
	return c->mint ? boot_mint(b, id, c->mint) : ERR_OK;
}

static enum err boot_contracts(struct boot *b, enum epoch epoch)
{
	enum err e = ERR_OK;

	/* What the chain installs is limited by nothing. */
	vm_set_memory_limit(b->vm, UINT64_MAX);
	for (uint32_t i = 0; e == ERR_OK && i < b->g->n_contracts; i++) {
		if (b->g->contracts[i].epoch == epoch)
			e = boot_contract(b, &b->g->contracts[i]);
	}
	vm_set_memory_limit(b->vm, MEMORY_LIMIT);
	return e;
}

static enum err boot_init(struct boot *b, const struct genesis *g,
                          struct vm *vm, const struct store *store,
                          struct genesis_fault *fault)
{
	*b = (struct boot){ .g = g, .vm = vm, .fault = fault };
	return store->ops->view(store->ctx, &b->view);
}

enum err genesis_install(const struct genesis *g, struct vm *vm,
                         const struct store *store, enum epoch epoch,
                         struct genesis_fault *fault)
{
	struct boot b;

	TRY(boot_init(&b, g, vm, store, fault));
	vm_set_epoch(vm, chain_params_rules(epoch));
	/* Networks never wrote down the first epoch of all. */
	if (epoch > EPOCH_2_0)
		TRY(ledger_set_epoch(vm, epoch));
	return boot_contracts(&b, epoch);
}

static enum err boot_balances(struct boot *b, u128 *ret_sum)
{
	for (uint32_t i = 0; i < b->g->n_balances; i++) {
		const struct genesis_balance *at = &b->g->balances[i];

		if (!u128_add(ret_sum, *ret_sum, at->ustx))
			return ERR_GENESIS;
		TRY(ledger_credit(b->vm, &b->view, at->who, at->ustx));
	}
	return ERR_OK;
}

/* The grants from place `from` that share its height, as the map's value. */
static enum err grants_value(struct buf *b, const struct genesis *g,
                             uint32_t from, uint32_t n)
{
	buf_add_u8(b, 0x0a); /* some */
	buf_add_u8(b, 0x0b); /* list */
	buf_add_be32(b, n);
	for (uint32_t i = from; i < from + n; i++) {
		const struct genesis_grant *at = &g->grants[i];

		buf_add_u8(b, 0x0c); /* tuple */
		buf_add_be32(b, 2);
		buf_add_u8(b, 6);
		buf_add_str(b, "amount");
		buf_add_u8(b, 0x01); /* uint */
		buf_add_be128(b, at->ustx);
		buf_add_u8(b, 9);
		buf_add_str(b, "recipient");
		buf_add(b, at->who, principal_len(at->who));
	}
	return buf_err(b);
}

static enum err boot_grant(struct boot *b, struct buf *room, const char *map,
                           uint32_t from, uint32_t n)
{
	uint8_t height[UINT_LEN] = { 1 }; /* the prefix of a uint */
	struct store_key key = { .text = span_str(map),
		                 .tail = span_of(height, UINT_LEN),
		                 .form = STORE_TAIL_HEX };

	be128_write(height + 1, b->g->grants[from].height);
	buf_reset(room);
	TRY(grants_value(room, b->g, from, n));
	return vm_write(b->vm, &key, buf_span(room), STORE_HEX);
}

static enum err boot_grants(struct boot *b, struct buf *room)
{
	const struct genesis *g = b->g;
	char map[GENESIS_MAP_MAX];
	uint32_t n;

	if (!g->n_grants)
		return ERR_OK;
	TRY(genesis_grants_map(&g->params, map));
	vm_begin(b->vm, &ledger_free);
	for (uint32_t i = 0; i < g->n_grants; i += n) {
		for (n = 1; i + n < g->n_grants &&
		            g->grants[i + n].height == g->grants[i].height;)
			n++;
		TRY(boot_grant(b, room, map, i, n));
	}
	return vm_commit(b->vm);
}

enum err genesis_grants_map(const struct chain_params *p,
                            char ret[GENESIS_MAP_MAX])
{
	struct principal_room room;
	const struct principal *id;
	struct buf text;
	enum err e = chain_params_boot_contract(p, &room, &id, p->grants);

	if (e != ERR_OK)
		return e;
	buf_init(&text, GENESIS_MAP_MAX);
	buf_add_str(&text, "vm::");
	principal_format(&text, id);
	buf_add_str(&text, "::0::lockups::");
	e = buf_add_u8(&text, 0);
	if (e == ERR_OK)
		memcpy(ret, text.p, text.len);
	buf_fini(&text);
	return e;
}

/* Entries that a state has from its first block on. */
static enum err boot_frame(struct boot *b, enum epoch epoch)
{
	if (epoch >= EPOCH_3_0)
		TRY(ledger_set_tenure(b->vm, 0));
	if (epoch_has_stored_block_time(epoch))
		TRY(ledger_set_time(b->vm, b->g->burn_time));
	return ERR_OK;
}

static void genesis_facts(const struct genesis *g, struct chain_block *ret)
{
	struct chain_tenure *t = &ret->tenure;

	*ret = (struct chain_block){ .time = g->burn_time,
		                     .epoch = g->params.epochs[0].epoch,
		                     .tenure_blocks = 1 };
	memcpy(ret->id, genesis_id, sizeof(ret->id));
	memcpy(t->start_id, genesis_id, sizeof(t->start_id));
	ret->burn_view_height = (uint32_t)g->params.cycles.first_height;
	t->burn_height = ret->burn_view_height;
	t->burn_time = g->burn_time;
	memcpy(t->burn_hash, g->burn_hash, sizeof(t->burn_hash));
	memcpy(t->proof, genesis_proof, sizeof(t->proof));
	vrf_seed(t->vrf_seed, genesis_proof);
	(void)chain_params_boot(&g->params, &t->miner);
	(void)chain_params_boot(&g->params, &t->recipient);
}

enum err genesis_write(const struct genesis *g, struct vm *vm,
                       const struct store *store, struct chain_block *ret,
                       struct genesis_fault *fault)
{
	enum epoch epoch = g->params.epochs[0].epoch;
	struct boot b;
	struct buf room;
	u128 sum = 0;
	enum err e;

	TRY(boot_init(&b, g, vm, store, fault));
	vm_set_epoch(vm, chain_params_rules(epoch));
	if (epoch > EPOCH_2_0)
		TRY(ledger_set_epoch(vm, epoch));
	TRY(boot_frame(&b, epoch));
	TRY(boot_contracts(&b, epoch));
	TRY(boot_balances(&b, &sum));
	buf_init(&room, GRANTS_MAX);
	e = boot_grants(&b, &room);
	buf_fini(&room);
	if (e != ERR_OK)
		return e;
	TRY(ledger_add_supply(vm, sum));
	genesis_facts(g, ret);
	return ERR_OK;
}
