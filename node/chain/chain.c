/* node/chain/chain.c - The chain over its store; contracts in chain.h and
 * chain_core.h. */
#include "config.h"

#include "node/chain/chain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/crypto/hash.h"
#include "node/chain/chain_core.h"
#include "node/chain/genesis_print.h"
#include "node/chain/pox_lock.h"

/* What one block's reads, and its receipts, may take. */
#define SCRATCH_MAX ((size_t)1 << 28)

/* A record of facts at most. */
#define RECORD_MAX ((size_t)1 << 12)

/* Blocks that begin a tenure of one height, over all forks. */
#define TENURE_FORKS_MAX 4096u

/* Keys of the chain's own in the store. */
#define KEY_TENURE 'T'
#define KEY_TENURE_LEN 5u

/* SHA-512/256 of the miners' placeholders: 32 and 20 bytes of 1. */
const uint8_t chain_core_open_id[WIRE_HASH_LEN] = {
	0xb4, 0x0f, 0xfa, 0x12, 0xcd, 0x6c, 0xde, 0xc1, 0x7a, 0x0c, 0xf0,
	0x23, 0x1b, 0xff, 0xb4, 0x0d, 0x92, 0x71, 0xc3, 0x19, 0xa5, 0x11,
	0x3e, 0x88, 0x79, 0x2a, 0x34, 0x88, 0x76, 0x5e, 0x6c, 0x6b
};

/* --- facts --- */

enum err chain_core_facts(struct chain *c, uint32_t number,
                          struct chain_block *ret)
{
	struct arena_mark mark = arena_mark(&c->scratch);
	struct chaindb_block stored;
	enum err e = chaindb_get(c->db, &c->scratch, number, &stored);

	if (e == ERR_OK)
		e = chain_block_read(ret, stored.facts);
	arena_cut(&c->scratch, mark);
	return e;
}

static struct span tenure_key(uint8_t room[KEY_TENURE_LEN], uint32_t height)
{
	room[0] = KEY_TENURE;
	be32_write(room + 1, height);
	return span_of(room, KEY_TENURE_LEN);
}

/* The block at `height` below `from`, if it is one of those listed. */
static enum err tenure_pick(struct chain *c, uint32_t from, struct span list,
                            uint32_t *ret)
{
	struct chain_block facts;
	uint32_t number, at;

	for (size_t i = list.len / 4; i-- > 0;) {
		number = be32_read(list.p + 4 * i);
		if (chain_core_facts(c, number, &facts) != ERR_OK)
			continue; /* its branch was settled away */
		if (chaindb_ancestor(c->db, from, facts.height, &at) ==
		        ERR_OK &&
		    at == number) {
			*ret = number;
			return ERR_OK;
		}
	}
	return ERR_STORE_NO_BLOCK;
}

enum err chain_core_tenure(struct chain *c, uint32_t from,
                           uint32_t tenure_height, uint32_t *ret)
{
	struct arena_mark mark = arena_mark(&c->scratch);
	uint8_t room[KEY_TENURE_LEN];
	struct span list;
	bool found;
	enum err e = chaindb_own(
	    c->db, &c->scratch, tenure_key(room, tenure_height), &list, &found);

	if (e == ERR_OK)
		e = found ? tenure_pick(c, from, list, ret)
		          : ERR_STORE_NO_BLOCK;
	arena_cut(&c->scratch, mark);
	return e;
}

/* Adds the block that is being built to its tenure height's list. */
static enum err tenure_note(struct chain *c, uint32_t tenure_height)
{
	uint8_t room[KEY_TENURE_LEN], number[4];
	struct span key = tenure_key(room, tenure_height), list;
	bool found;
	struct buf all;
	enum err e = chaindb_own(c->db, &c->scratch, key, &list, &found);

	if (e != ERR_OK)
		return e;
	buf_init(&all, (size_t)4 * TENURE_FORKS_MAX);
	if (found)
		buf_add_span(&all, list);
	be32_write(number, chaindb_count(c->db));
	e = buf_add(&all, number, sizeof(number));
	if (e == ERR_OK)
		e = chaindb_put_own(c->db, key, buf_span(&all));
	buf_fini(&all);
	return e;
}

/* --- what the machine asks --- */

static enum err facts_view(void *ctx, struct store_view *ret)
{
	*ret = ((const struct chain *)ctx)->view;
	return ERR_OK;
}

/* Whether a tenure's reward has been paid as of the block being built. */
static bool has_reward(const struct chain *c, const struct chain_block *b,
                       uint32_t tenure_now)
{
	return b->height > 0 &&
	       tenure_now >= b->tenure.height + chain_params(c)->maturity;
}

static enum err facts_block(void *ctx, struct arena *a, uint32_t height,
                            struct store_block *ret, bool *found)
{
	struct chain *c = ctx;
	const struct principal *miner;
	struct chain_block b, tip;
	uint32_t number;
	enum err e;

	*found = false;
	if (c->from == CHAINDB_NONE || height >= c->view.height)
		return ERR_OK;
	e = chaindb_ancestor(c->db, c->from, height, &number);
	if (e == ERR_STORE_NO_BLOCK)
		return ERR_OK;
	if (e != ERR_OK)
		return e;
	TRY(chain_core_facts(c, number, &b));
	TRY(chain_core_facts(c, c->from, &tip));
	miner = chain_tenure_who(&b.tenure.miner);
	miner = arena_copy(a, miner, principal_len(miner));
	if (!miner)
		return ERR_NO_MEMORY;
	*ret = (struct store_block){
		.time = b.time,
		.burn_time = b.tenure.burn_time,
		.is_nakamoto = b.height > 0 && b.epoch >= EPOCH_3_0,
		.miner = miner,
		.spend_winner = b.tenure.commit_burn,
		.spend_total = b.tenure.sortition_burn,
		.has_reward = has_reward(c, &b, tip.tenure.height),
		.reward = b.tenure.coinbase + b.tenure.parent_fees,
	};
	memcpy(ret->id, b.id, sizeof(ret->id));
	memcpy(ret->header_hash, b.hash, sizeof(ret->header_hash));
	memcpy(ret->burn_hash, b.tenure.burn_hash, sizeof(ret->burn_hash));
	memcpy(ret->vrf_seed, b.tenure.vrf_seed, sizeof(ret->vrf_seed));
	*found = true;
	return ERR_OK;
}

static enum err facts_tenure(void *ctx, uint32_t tenure_height, uint32_t *ret,
                             bool *found)
{
	struct chain *c = ctx;
	struct chain_block b;
	uint32_t number;
	enum err e;

	*found = false;
	if (c->from == CHAINDB_NONE)
		return ERR_OK;
	e = chain_core_tenure(c, c->from, tenure_height, &number);
	if (e == ERR_STORE_NO_BLOCK)
		return ERR_OK;
	if (e != ERR_OK)
		return e;
	TRY(chain_core_facts(c, number, &b));
	*ret = b.height;
	*found = true;
	return ERR_OK;
}

static enum err facts_burn(void *ctx, struct arena *a, uint32_t burn_height,
                           struct store_burn *ret, bool *found)
{
	struct chain *c = ctx;
	const struct chain_bitcoin *bitcoin = c->options.bitcoin;

	*found = false;
	if (!bitcoin)
		return ERR_OK;
	return bitcoin->burn(bitcoin->ctx, a, c->bitcoin, burn_height, ret,
	                     found);
}

static enum err host_tenure(void *ctx, uint32_t tenure_height,
                            struct chain_tenure *ret)
{
	struct chain *c = ctx;
	struct chain_block b;
	uint32_t number;

	TRY(chain_core_tenure(c, c->from, tenure_height, &number));
	TRY(chain_core_facts(c, number, &b));
	*ret = b.tenure;
	return ERR_OK;
}

/* --- building --- */

void chain_core_stand(struct chain *c, uint32_t from,
                      const struct chain_block *block)
{
	c->from = from;
	c->view.height = block->height;
	c->view.burn_height = block->burn_view_height;
	memcpy(c->view.unlock_height, chain_params(c)->unlock_height,
	       sizeof(c->view.unlock_height));
	memcpy(c->bitcoin, block->burn_view, sizeof(c->bitcoin));
}

static void chain_refresh(struct chain *c)
{
	if (c->may_be_stale)
		vm_forget(c->host.vm);
	c->may_be_stale = false;
}

enum err chain_core_begin(struct chain *c, uint32_t parent,
                          const struct block_frame *frame,
                          const struct block_sink *sink, struct block_run *ret)
{
	struct chain_block facts;
	enum err e;

	if (chaindb_at(c->db) != parent)
		c->may_be_stale = true;
	chain_refresh(c);
	TRY(chaindb_begin(c->db, parent, chain_core_open_id));
	block_run_facts(&facts, frame, chain_params(c));
	chain_core_stand(c, parent, &facts);
	e = block_run_begin(ret, &c->host, frame, sink, &c->run);
	if (e != ERR_OK)
		chain_core_drop(c);
	return e;
}

void chain_core_drop(struct chain *c)
{
	chaindb_drop(c->db);
	/* Contracts that it deployed must not be found again. */
	c->may_be_stale = true;
}

enum err chain_core_commit(struct chain *c, const struct chain_block *facts,
                           struct span header, struct span bytes, bool is_tip)
{
	struct chaindb_commit commit = { .id = facts->id,
		                         .header = header,
		                         .bytes = bytes,
		                         .is_tip = is_tip };
	bool is_start = facts->tenure.start_height == facts->height;
	uint32_t number;

	buf_reset(&c->record);
	TRY(chain_block_write(&c->record, facts));
	commit.facts = buf_span(&c->record);
	arena_reset(&c->scratch);
	if (is_start)
		TRY(tenure_note(c, facts->tenure.height));
	TRY(chaindb_commit(c->db, &commit, &number));
	if (is_tip)
		c->tip = *facts;
	return ERR_OK;
}

/* --- genesis --- */

static struct span genesis_key(void)
{
	return span_str("genesis");
}

/* Block 0 as bytes: a header of zeros with its root, and no transactions. */
static enum err genesis_bytes(struct buf *b, const struct chain_block *facts,
                              size_t *ret_header)
{
	static const uint8_t bits[1];
	struct block_header h = { .timestamp = facts->time,
		                  .treatment = { .bytes = bits, .n = 1 } };

	memcpy(h.state_root, facts->state_root, sizeof(h.state_root));
	TRY(block_header_write(b, &h));
	*ret_header = b->len;
	return buf_add_be32(b, 0);
}

static enum err genesis_keep(struct chain *c, struct chain_block *facts)
{
	uint8_t print[GENESIS_PRINT_LEN];
	struct buf bytes;
	size_t header = 0;
	enum err e;

	TRY(chaindb_seal(c->db, facts->state_root));
	TRY(genesis_print(print, c->options.genesis));
	TRY(chaindb_put_own(c->db, genesis_key(),
	                    span_of(print, sizeof(print))));
	buf_init(&bytes, RECORD_MAX);
	e = genesis_bytes(&bytes, facts, &header);
	if (e == ERR_OK)
		e = chain_core_commit(c, facts, span_of(bytes.p, header),
		                      buf_span(&bytes), true);
	buf_fini(&bytes);
	return e;
}

static enum err chain_begin_new(struct chain *c, char *ret_why)
{
	const struct genesis *g = c->options.genesis;
	struct genesis_fault fault = { 0 };
	struct chain_block facts = {
		.burn_view_height = (uint32_t)g->params.cycles.first_height
	};
	enum err e = chaindb_begin(c->db, CHAINDB_NONE, genesis_id);

	if (e != ERR_OK)
		return e;
	chain_core_stand(c, CHAINDB_NONE, &facts);
	e = genesis_write(g, c->host.vm, c->host.store, &facts, &fault);
	c->host.rules = c->host.prices =
	    chain_params_rules(g->params.epochs[0].epoch);
	if (e == ERR_GENESIS)
		(void)snprintf(ret_why, CHAINDB_WHY_MAX,
		               "genesis cannot be made: contract %.*s: %s",
		               (int)fault.contract.len,
		               (const char *)fault.contract.p,
		               genesis_fault_text(&fault));
	if (e == ERR_OK)
		e = genesis_keep(c, &facts);
	if (e != ERR_OK)
		chain_core_drop(c);
	return e;
}

static enum err chain_check_genesis(struct chain *c, char *ret_why)
{
	uint8_t print[GENESIS_PRINT_LEN];
	struct span stored;
	bool found;

	TRY(genesis_print(print, c->options.genesis));
	TRY(chaindb_own(c->db, &c->scratch, genesis_key(), &stored, &found));
	if (found && span_eq(stored, span_of(print, sizeof(print))))
		return ERR_OK;
	(void)snprintf(ret_why, CHAINDB_WHY_MAX,
	               "the store was made from another genesis: give the one "
	               "that it was made from, or another folder");
	return ERR_STORE_CHAIN;
}

/* --- opening --- */

/* The stacking contracts lock balances through the machine's handlers. */
static enum err chain_install_stacking(struct chain *c)
{
	const struct chain_params *p = chain_params(c);
	const struct principal *id;
	uint32_t n = 0;

	if (p->stacking.len) {
		TRY(chain_params_boot_contract(p, &c->stacking[n], &id,
		                               p->stacking));
		c->hooks[n++] = pox_lock_hook(id);
	}
	if (p->next_stacking.len) {
		TRY(chain_params_boot_contract(p, &c->stacking[n], &id,
		                               p->next_stacking));
		c->hooks[n++] = pox_lock_hook5(id);
	}
	hook_install(c->host.vm, c->hooks, n);
	return ERR_OK;
}

/* Signer sets are computed here unless the owner does it. */
static enum err chain_signers(void *ctx, struct vm *vm,
                              const struct chain_block *block)
{
	struct chain *c = ctx;
	const struct block_hooks *h = c->options.hooks;

	if (h && h->signers)
		return h->signers(h->ctx, vm, block);
	return signer_set_update(&c->signer_set, vm, block);
}

static enum err chain_operations(void *ctx, struct vm *vm,
                                 const struct chain_block *block)
{
	const struct block_hooks *h = ((struct chain *)ctx)->options.hooks;

	return h && h->operations ? h->operations(h->ctx, vm, block) : ERR_OK;
}

static enum err chain_votes(void *ctx, struct vm *vm,
                            const struct chain_block *block)
{
	const struct block_hooks *h = ((struct chain *)ctx)->options.hooks;

	return h && h->votes ? h->votes(h->ctx, vm, block) : ERR_OK;
}

static const struct block_hooks *chain_hooks(struct chain *c)
{
	signer_set_init(&c->signer_set, chain_params(c));
	c->block_hooks = (struct block_hooks){ .ctx = c,
		                               .operations = chain_operations,
		                               .signers = chain_signers,
		                               .votes = chain_votes };
	return &c->block_hooks;
}

static enum err chain_start(struct chain *c, char *ret_why)
{
	const struct chain_params *p = chain_params(c);
	enum epoch rules = chain_params_rules(p->epochs[0].epoch);
	struct vm_chain vm = { .epoch = rules,
		               .is_mainnet = p->is_mainnet,
		               .chain_id = p->chain_id };

	TRY(chaindb_open(&c->db, &c->options.db, ret_why));
	c->host = (struct block_host){
		.genesis = c->options.genesis,
		.store = &chaindb_vmstore(c->db)->store,
		.rules = rules,
		.prices = rules,
		.hooks = chain_hooks(c),
		.ctx = c,
		.tenure_at = host_tenure,
	};
	TRY(vm_new(&c->host.vm, &vm, c->host.store));
	TRY(chain_install_stacking(c));
	if (chaindb_count(c->db) == 0)
		return chain_begin_new(c, ret_why);
	TRY(chain_check_genesis(c, ret_why));
	return chain_core_facts(c, chaindb_tip(c->db), &c->tip);
}

static struct chain *chain_new(const struct chain_options *options)
{
	struct chain *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	c->options = *options;
	c->from = CHAINDB_NONE;
	c->options.db.chain_id = options->genesis->params.chain_id;
	c->options.db.facts = (struct chain_facts){ .ctx = c,
		                                    .view = facts_view,
		                                    .block = facts_block,
		                                    .tenure = facts_tenure,
		                                    .burn = facts_burn };
	arena_init(&c->scratch, SCRATCH_MAX);
	arena_init(&c->run, SCRATCH_MAX);
	buf_init(&c->record, RECORD_MAX);
	return c;
}

enum err chain_open(struct chain **ret, const struct chain_options *options,
                    char *ret_why)
{
	struct chain *c = chain_new(options);
	enum err e;

	if (!c)
		return ERR_NO_MEMORY;
	ret_why[0] = '\0';
	e = chain_start(c, ret_why);
	if (e != ERR_OK) {
		if (!ret_why[0])
			(void)snprintf(ret_why, CHAINDB_WHY_MAX, "%s",
			               err_text(e));
		chain_close(c);
		return e;
	}
	*ret = c;
	return ERR_OK;
}

void chain_close(struct chain *c)
{
	if (!c)
		return;
	vm_free(c->host.vm);
	chaindb_close(c->db);
	buf_fini(&c->record);
	arena_fini(&c->run);
	arena_fini(&c->scratch);
	free(c);
}

/* --- reading --- */

const struct chain_params *chain_params(const struct chain *c)
{
	return &c->options.genesis->params;
}

struct chaindb *chain_db(struct chain *c)
{
	return c->db;
}

const struct chain_block *chain_tip(const struct chain *c)
{
	return &c->tip;
}

enum err chain_find(struct chain *c, const uint8_t id[WIRE_HASH_LEN],
                    struct chain_block *ret)
{
	uint32_t number;

	TRY(chaindb_find(c->db, id, &number));
	return chain_core_facts(c, number, ret);
}

enum err chain_at(struct chain *c, uint32_t height, struct chain_block *ret)
{
	uint32_t number;

	TRY(chaindb_ancestor(c->db, chaindb_tip(c->db), height, &number));
	return chain_core_facts(c, number, ret);
}

enum err chain_tenure_at(struct chain *c, uint32_t tenure_height,
                         struct chain_tenure *ret)
{
	struct chain_block b;
	uint32_t number;

	TRY(chain_core_tenure(c, chaindb_tip(c->db), tenure_height, &number));
	TRY(chain_core_facts(c, number, &b));
	*ret = b.tenure;
	return ERR_OK;
}

enum err chain_look(struct chain *c, struct vm **ret)
{
	uint32_t tip = chaindb_tip(c->db);
	enum epoch rules = chain_params_rules(c->tip.epoch);

	if (chaindb_at(c->db) != tip) {
		c->may_be_stale = true;
		TRY(chaindb_move(c->db, tip));
	}
	chain_refresh(c);
	if (c->host.rules != rules || c->host.prices != rules)
		vm_set_epoch(c->host.vm, rules);
	c->host.rules = c->host.prices = rules;
	chain_core_stand(c, tip, &c->tip);
	*ret = c->host.vm;
	return ERR_OK;
}

/* --- the tip --- */

bool chain_is_better(const struct chain_block *a, const struct chain_block *b)
{
	if (a->height != b->height)
		return a->height > b->height;
	if (memcmp(a->tenure.consensus_hash, b->tenure.consensus_hash,
	           WIRE_CONSENSUS_HASH_LEN) == 0)
		return false;
	return a->tenure.burn_height > b->tenure.burn_height;
}

enum err chain_set_tip(struct chain *c, const uint8_t id[WIRE_HASH_LEN])
{
	struct chain_block facts;
	uint32_t number;

	TRY(chaindb_find(c->db, id, &number));
	TRY(chain_core_facts(c, number, &facts));
	TRY(chaindb_set_tip(c->db, number));
	c->tip = facts;
	return ERR_OK;
}

/* Whether a block's branch is alive: it holds the settled block. */
static bool chain_lives(struct chain *c, uint32_t number, uint32_t settled,
                        uint32_t height)
{
	uint32_t at;

	return chaindb_ancestor(c->db, number, height, &at) == ERR_OK &&
	       at == settled;
}

enum err chain_choose(struct chain *c, const struct chain_stands *s,
                      bool *ret_moved)
{
	uint32_t settled = chaindb_settled(c->db);
	uint32_t first = settled == CHAINDB_NONE ? 0 : settled;
	struct chain_block best, at;
	uint32_t height;

	TRY(chain_core_facts(c, first, &best));
	height = best.height;
	for (uint32_t n = first + 1; n < chaindb_count(c->db); n++) {
		enum err e = chain_core_facts(c, n, &at);

		if (e == ERR_STORE_NO_BLOCK)
			continue; /* its branch was settled away */
		if (e != ERR_OK)
			return e;
		if (chain_is_better(&at, &best) &&
		    chain_lives(c, n, first, height) && s->stands(s->ctx, &at))
			best = at;
	}
	*ret_moved = memcmp(best.id, c->tip.id, WIRE_HASH_LEN) != 0;
	return *ret_moved ? chain_set_tip(c, best.id) : ERR_OK;
}
