/* node/chain/assemble.c - Making a block; contract in assemble.h. */
#include "config.h"

#include "node/chain/assemble.h"

#include <string.h>

#include "clarity/base/check.h"
#include "node/chain/account.h"
#include "node/chain/block_check.h"
#include "node/chain/chain_core.h"
#include "node/chain/ledger.h"
#include "node/wire/txtree.h"

/* Bytes for the header: fixed parts, two kilobytes of signers' signatures and
 * more, treatment. */
#define HEADER_ROOM (64u * 1024u)

/* Transactions that the first array holds. */
#define FIRST_CAP 256u

/* A block that is being made. */
struct making {
	struct chain *c;
	struct arena *a;
	const struct assemble_order *order;
	struct assemble_result *ret;
	struct block_run run;
	struct chain_block parent;
	struct cost full; /* spent at which the block is full */
	struct tx *txs;
	uint8_t (*ids)[WIRE_HASH_LEN];
	uint32_t n, cap;
	struct block_marker *markers; /* as long as `txs` */
	uint32_t n_markers;
	uint64_t bytes;
	uint32_t misses; /* in a row, for want of budget or bytes */
};

static enum err making_grow(struct making *m)
{
	uint32_t cap = m->cap ? m->cap * 2 : FIRST_CAP;
	struct tx *txs = arena_array(m->a, cap, sizeof(*txs));
	uint8_t(*ids)[WIRE_HASH_LEN] = arena_array(m->a, cap, sizeof(*ids));
	struct block_marker *markers = arena_array(m->a, cap, sizeof(*markers));

	if (!txs || !ids || !markers)
		return ERR_NO_MEMORY;
	if (m->n) {
		memcpy(txs, m->txs, m->n * sizeof(*txs));
		memcpy(ids, m->ids, m->n * sizeof(*ids));
		memcpy(markers, m->markers, m->n_markers * sizeof(*markers));
	}
	m->markers = markers;
	m->txs = txs;
	m->ids = ids;
	m->cap = cap;
	return ERR_OK;
}

static enum err making_take(struct making *m,
                            const struct assemble_candidate *tx)
{
	if (m->n == m->cap)
		TRY(making_grow(m));
	m->txs[m->n] = *tx->tx;
	memcpy(m->ids[m->n], tx->id, WIRE_HASH_LEN);
	if (tx->is_marked)
		m->markers[m->n_markers++] =
		    (struct block_marker){ m->n, tx->category };
	m->n++;
	m->bytes += tx->len;
	return ERR_OK;
}

static enum err making_run(struct making *m,
                           const struct assemble_candidate *tx)
{
	struct block_run_tx run = { .tx = tx->tx,
		                    .id = tx->id,
		                    .is_verified = tx->is_verified,
		                    .is_marked = tx->is_marked };

	return block_run_tx(&m->run, &run, NULL);
}

/* --- candidates --- */

/* Whether the tenure has hardly spent anything. */
static bool making_is_fresh(const struct making *m)
{
	const struct exec *x = &m->run.exec;

	for (uint32_t u = 0; u < COST_UNITS; u++) {
		if ((u128)x->spent.of[u] * 100 >
		    (u128)x->limit.of[u] * ASSEMBLE_FRESH_PERCENT)
			return false;
	}
	return true;
}

/* Whether the origin's or the payer's nonce is still to come. */
static bool making_waits(struct making *m, const struct tx *tx)
{
	struct address who[2] = { tx_origin(tx), tx_payer(tx) };
	uint64_t shown[2] = { tx->auth.origin.nonce,
		              auth_payer(&tx->auth)->nonce };
	struct principal_room room;
	uint64_t nonce;

	vm_begin(m->run.host->vm, &ledger_free);
	for (uint32_t i = 0; i < 2; i++) {
		if (account_nonce(m->run.host->vm,
		                  address_principal(&room, &who[i]),
		                  &nonce) != ERR_OK ||
		    shown[i] < nonce)
			return false;
	}
	return true;
}

/* What a verdict about a candidate means for its future. */
static enum assemble_fate making_fate(struct making *m, const struct tx *tx,
                                      enum err e)
{
	if (e == ERR_COST_LIMIT)
		return making_is_fresh(m) ? ASSEMBLE_NEVER : ASSEMBLE_LATER;
	if (e == ERR_TX_NONCE)
		return making_waits(m, tx) ? ASSEMBLE_LATER : ASSEMBLE_NEVER;
	if (e == ERR_TX_FEE || e == ERR_TX_RECEIPTS || e == ERR_TX_TRANSFER)
		return ASSEMBLE_LATER;
	return ASSEMBLE_NEVER;
}

static void making_tell(struct making *m, const struct assemble_candidate *tx,
                        enum assemble_fate fate, enum err why)
{
	const struct assemble_source *s = m->order->source;

	s->judge(s->ctx, tx, fate, why);
}

/* Tenure transactions come from the order alone. */
static bool making_is_candidate(const struct payload *p)
{
	return p->kind != PAYLOAD_TENURE && !payload_is_coinbase(p);
}

static enum err making_try(struct making *m,
                           const struct assemble_candidate *tx)
{
	enum err e;

	if (!making_is_candidate(&tx->tx->payload)) {
		making_tell(m, tx, ASSEMBLE_NEVER, ERR_TX_REJECTED);
		return ERR_OK;
	}
	if (m->bytes + tx->len > BLOCK_MAX) {
		m->misses++;
		making_tell(m, tx, ASSEMBLE_LATER, ERR_TOO_LARGE);
		return ERR_OK;
	}
	e = making_run(m, tx);
	if (err_class(e) == ERR_CLASS_FAULT)
		return e;
	if (e != ERR_OK) {
		if (e == ERR_COST_LIMIT || e == ERR_TX_RECEIPTS)
			m->misses++;
		making_tell(m, tx, making_fate(m, tx->tx, e), e);
		return ERR_OK;
	}
	m->misses = 0;
	TRY(making_take(m, tx));
	making_tell(m, tx, ASSEMBLE_TAKEN, ERR_OK);
	return ERR_OK;
}

static bool making_is_full(const struct making *m)
{
	if (m->misses >= ASSEMBLE_MISSES_MAX)
		return true;
	for (uint32_t u = 0; u < COST_UNITS; u++) {
		/* A unit that had nothing left when the block began is not
		 * what fills it. */
		if (m->full.of[u] > m->run.begun.of[u] &&
		    m->run.exec.spent.of[u] >= m->full.of[u])
			return true;
	}
	return false;
}

static void making_set_full(struct making *m)
{
	uint32_t share =
	    m->order->share ? m->order->share : ASSEMBLE_SHARE_PERCENT;
	const struct exec *x = &m->run.exec;

	for (uint32_t u = 0; u < COST_UNITS; u++) {
		uint64_t left = x->limit.of[u] - x->spent.of[u];

		m->full.of[u] =
		    x->spent.of[u] + (uint64_t)((u128)left * share / 100);
	}
}

static enum err making_fill(struct making *m)
{
	const struct assemble_source *s = m->order->source;
	struct assemble_candidate tx;

	making_set_full(m);
	while (!making_is_full(m) && !(s->is_over && s->is_over(s->ctx)) &&
	       s->next(s->ctx, &tx))
		TRY(making_try(m, &tx));
	return ERR_OK;
}

/* --- the block --- */

static enum err making_tenure(struct making *m)
{
	for (uint32_t i = 0; i < m->order->n_tenure; i++) {
		enum err e = making_run(m, &m->order->tenure[i]);

		if (e != ERR_OK && err_class(e) != ERR_CLASS_FAULT) {
			m->ret->verdict.tx_index = i;
			m->ret->verdict.tx_err = e;
			return block_rule_refuse(&m->ret->verdict,
			                         BLOCK_RULE_TX);
		}
		if (e != ERR_OK)
			return e;
		TRY(making_take(m, &m->order->tenure[i]));
	}
	return ERR_OK;
}

static void making_header(struct making *m)
{
	const struct chain_block *f = &m->run.facts;
	struct block_header *h = &m->ret->block.header;
	struct txtree tree;

	*h = (struct block_header){ .version = f->version,
		                    .chain_length = f->height,
		                    .burn_spent = f->burn_spent,
		                    .timestamp = f->time,
		                    .treatment = m->order->treatment,
		                    .markers = m->markers,
		                    .n_markers = m->n_markers };
	memcpy(h->consensus_hash, f->tenure.consensus_hash,
	       sizeof(h->consensus_hash));
	memcpy(h->parent_id, f->parent_id, sizeof(h->parent_id));
	memcpy(h->state_root, f->state_root, sizeof(h->state_root));
	txtree_init(&tree);
	for (uint32_t i = 0; i < m->n; i++)
		txtree_add(&tree, m->ids[i]);
	txtree_root(&tree, h->tx_root);
}

/* The open block, from its first transaction to its roots. */
static enum err making_all(struct making *m)
{
	TRY(making_tenure(m));
	if (m->order->source)
		TRY(making_fill(m));
	if (!m->n)
		return block_rule_refuse(&m->ret->verdict, BLOCK_RULE_EMPTY);
	TRY(block_run_end(&m->run));
	TRY(chaindb_seal(m->c->db, m->run.facts.state_root));
	making_header(m);
	m->ret->block.txs = m->txs;
	m->ret->block.ids = (const uint8_t(*)[WIRE_HASH_LEN])m->ids;
	m->ret->block.n_txs = m->n;
	m->ret->facts = m->run.facts;
	return ERR_OK;
}

/* What the tenure transactions say about the block, and whether they fit. */
static enum err making_shape(struct making *m, struct block_shape *ret)
{
	const struct assemble_order *o = m->order;
	struct tx txs[2];
	struct block head = { .txs = txs, .n_txs = o->n_tenure };
	struct block_verdict *v = &m->ret->verdict;

	CHECK(o->n_tenure <= 2);
	if (!o->burn->tenure || !o->burn->view)
		return block_rule_refuse(v, BLOCK_RULE_TENURE_UNKNOWN);
	for (uint32_t i = 0; i < o->n_tenure; i++)
		txs[i] = *o->tenure[i].tx;
	memcpy(head.header.parent_id, o->parent, WIRE_HASH_LEN);
	memcpy(head.header.consensus_hash, o->burn->tenure->consensus_hash,
	       WIRE_CONSENSUS_HASH_LEN);
	head.header.chain_length = (uint64_t)m->parent.height + 1;
	TRY(block_shape_tenure(&head, ret, v));
	TRY(block_check_parent(&head.header, ret, &m->parent, v));
	/* The copies end here; the order's own live as long as the block. */
	if (ret->tenure)
		ret->tenure = &o->tenure[0].tx->payload.tenure;
	if (ret->coinbase)
		ret->coinbase = &o->tenure[1].tx->payload.coinbase;
	return ERR_OK;
}

enum err assemble_block(struct chain *c, struct arena *a,
                        const struct assemble_order *order,
                        struct assemble_result *ret)
{
	struct making m = {
		.c = c, .a = a, .order = order, .ret = ret, .bytes = HEADER_ROOM
	};
	struct block_frame frame = { .burn = order->burn, .time = order->time };
	uint32_t number;
	enum err e;

	*ret = (struct assemble_result){ 0 };
	e = chaindb_find(c->db, order->parent, &number);
	if (e == ERR_STORE_NO_BLOCK)
		return block_rule_refuse(&ret->verdict,
		                         BLOCK_RULE_PARENT_UNKNOWN);
	if (e != ERR_OK)
		return e;
	TRY(chain_core_facts(c, number, &m.parent));
	TRY(making_shape(&m, &frame.shape));
	frame.parent = &m.parent;
	e = chain_core_begin(c, number, &frame, NULL, &m.run);
	if (e == ERR_STORE_SETTLED)
		return block_rule_refuse(&ret->verdict, BLOCK_RULE_SETTLED);
	if (e != ERR_OK)
		return e;
	e = making_all(&m);
	chain_core_drop(c);
	return e;
}
