/* node/chain/append.c - Appending a block; contract in append.h. */
#include "config.h"

#include "node/chain/append.h"

#include <string.h>

#include "clarity/base/check.h"
#include "node/chain/block_check.h"
#include "node/chain/chain_core.h"

/* A block on its way. */
struct appending {
	struct chain *c;
	const struct append_block *in;
	struct chain_block parent;
	uint32_t parent_number;
	struct block_frame frame;
	struct block_verdict *verdict;
};

/* The store's word about a place becomes a rule. */
static enum err append_place(struct appending *a, enum err e)
{
	if (e == ERR_STORE_NO_BLOCK)
		return block_rule_refuse(a->verdict, BLOCK_RULE_PARENT_UNKNOWN);
	if (e == ERR_STORE_SETTLED)
		return block_rule_refuse(a->verdict, BLOCK_RULE_SETTLED);
	return e;
}

static enum err append_find_parent(struct appending *a)
{
	const uint8_t *id = a->in->block->header.parent_id;

	TRY(append_place(a, chaindb_find(a->c->db, id, &a->parent_number)));
	return append_place(
	    a, chain_core_facts(a->c, a->parent_number, &a->parent));
}

/* Everything but execution. */
static enum err append_judge(struct appending *a)
{
	const struct chain_params *p = chain_params(a->c);
	const struct block *b = a->in->block;
	const struct burn_view *burn = a->in->burn;
	struct block_shape *shape = &a->frame.shape;
	const struct chain_epoch *epoch;

	if (!burn->tenure)
		return block_rule_refuse(a->verdict, BLOCK_RULE_TENURE_UNKNOWN);
	epoch = chain_params_epoch(p, burn->tenure->height);
	TRY(block_shape_check(b, p, epoch->epoch, shape, a->verdict));
	TRY(block_check_parent(&b->header, shape, &a->parent, a->verdict));
	TRY(block_check_burn(&b->header, shape, &a->parent, burn, a->verdict));
	return block_check_signers(&b->header, burn->signers, burn->n_signers,
	                           epoch->epoch >= EPOCH_4_0, a->verdict);
}

static enum err append_refuse_tx(struct appending *a, uint32_t index,
                                 enum err e)
{
	if (err_class(e) == ERR_CLASS_FAULT)
		return e;
	a->verdict->tx_index = index;
	a->verdict->tx_err = e;
	return block_rule_refuse(a->verdict, e == ERR_TX_RECEIPTS
	                                         ? BLOCK_RULE_RECEIPTS
	                                         : BLOCK_RULE_TX);
}

static enum err append_signatures(struct appending *a)
{
	const struct block *b = a->in->block;
	struct txcheck_list list = { b->txs, b->ids, b->n_txs };
	struct txcheck how = {
		.pool = a->c->options.pool,
		.known = a->in->known,
		.rule = chain_params_epoch(chain_params(a->c),
		                           a->in->burn->tenure->height)
		                    ->epoch >= EPOCH_4_0
		            ? AUTH_LOW_S
		            : AUTH_ANY_S,
	};
	uint32_t index = 0;
	enum err e;

	arena_reset(&a->c->scratch);
	e = txcheck_all(&a->c->scratch, &how, &list, &index);
	return e == ERR_OK ? e : append_refuse_tx(a, index, e);
}

static enum err append_receipt(void *ctx, const struct receipt *r)
{
	return chaindb_add_receipt(ctx, r);
}

static enum err append_txs(struct appending *a, struct block_run *run)
{
	const struct block *b = a->in->block;
	uint32_t marker = 0;

	for (uint32_t i = 0; i < b->n_txs; i++) {
		struct block_run_tx tx = { .tx = &b->txs[i],
			                   .id = b->ids[i],
			                   .is_verified = true };
		enum err e;

		if (marker < b->header.n_markers &&
		    b->header.markers[marker].tx_index == i) {
			tx.is_marked = true;
			marker++;
		}
		e = block_run_tx(run, &tx, NULL);
		if (e != ERR_OK)
			return append_refuse_tx(a, i, e);
	}
	return ERR_OK;
}

/* Executes the open block and compares its root. */
static enum err append_execute(struct appending *a, struct block_run *run)
{
	const struct block_header *h = &a->in->block->header;

	TRY(append_txs(a, run));
	TRY(block_run_end(run));
	TRY(chaindb_seal(a->c->db, run->facts.state_root));
	if (memcmp(run->facts.state_root, h->state_root, WIRE_HASH_LEN) != 0)
		return block_rule_refuse(a->verdict, BLOCK_RULE_STATE_ROOT);
	return ERR_OK;
}

/* Names the block and writes it down. */
static enum err append_keep(struct appending *a, struct chain_block *facts,
                            struct append_result *ret)
{
	const struct block_header *h = &a->in->block->header;
	struct buf header;
	enum err e;

	block_signer_hash(facts->hash, h);
	block_id_of(facts->id, facts->hash, h->consensus_hash);
	if (block_shape_is_start(&a->frame.shape))
		memcpy(facts->tenure.start_id, facts->id, WIRE_HASH_LEN);
	ret->facts = *facts;
	ret->is_new = true;
	ret->is_tip = chain_is_better(facts, &a->c->tip);
	buf_init(&header, BLOCK_MAX);
	e = block_header_write(&header, h);
	if (e == ERR_OK)
		e = chain_core_commit(a->c, facts, buf_span(&header),
		                      a->in->bytes, ret->is_tip);
	buf_fini(&header);
	return e;
}

static enum err append_run(struct appending *a, struct append_result *ret)
{
	struct block_sink sink = { .ctx = a->c->db, .receipt = append_receipt };
	struct block_run run;
	enum err e;

	a->frame.parent = &a->parent;
	a->frame.burn = a->in->burn;
	a->frame.time = a->in->block->header.timestamp;
	TRY(append_place(a, chain_core_begin(a->c, a->parent_number, &a->frame,
	                                     &sink, &run)));
	e = append_execute(a, &run);
	if (e == ERR_OK)
		e = append_keep(a, &run.facts, ret);
	if (e != ERR_OK)
		chain_core_drop(a->c);
	return e;
}

/* Settles what lies below the tip's horizon. */
static enum err append_settle(struct chain *c)
{
	const struct chain_block *tip = &c->tip;
	struct chain_tenure t;
	uint32_t number;

	if (!c->options.horizon || tip->tenure.height <= c->options.horizon)
		return ERR_OK;
	/* Once for each tenure is often enough. */
	if (tip->tenure.start_height != tip->height)
		return ERR_OK;
	TRY(chain_tenure_at(c, tip->tenure.height - c->options.horizon, &t));
	TRY(chaindb_ancestor(c->db, chaindb_tip(c->db), t.start_height,
	                     &number));
	return chaindb_settle(c->db, number);
}

enum err append_block(struct chain *c, const struct append_block *in,
                      struct append_result *ret)
{
	struct appending a = { .c = c, .in = in, .verdict = &ret->verdict };
	uint8_t id[WIRE_HASH_LEN];
	enum err e;

	*ret = (struct append_result){ 0 };
	block_id(id, &in->block->header);
	e = chain_find(c, id, &ret->facts);
	if (e != ERR_STORE_NO_BLOCK)
		return e;
	TRY(append_find_parent(&a));
	TRY(append_judge(&a));
	TRY(append_signatures(&a));
	TRY(append_run(&a, ret));
	return ret->is_tip ? append_settle(c) : ERR_OK;
}
