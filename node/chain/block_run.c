/* node/chain/block_run.c - A block's begin, transactions and end; contract in
 * block_run.h. */
#include "config.h"

#include "node/chain/block_run.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/value/value_codec.h"
#include "node/chain/ledger.h"
#include "node/chain/unlock.h"

struct cost block_run_budget(const struct cost *spent,
                             const struct payload_tenure *change)
{
	struct cost left = *spent;

	if (!change)
		return left;
	switch (change->cause) {
	case PAYLOAD_BLOCK_FOUND:
	case PAYLOAD_EXTENDED:
		memset(&left, 0, sizeof(left));
		break;
	case PAYLOAD_EXTENDED_RUNTIME:
		left.of[COST_RUNTIME] = 0;
		break;
	case PAYLOAD_EXTENDED_READ_COUNT:
		left.of[COST_READ_COUNT] = 0;
		break;
	case PAYLOAD_EXTENDED_READ_LENGTH:
		left.of[COST_READ_LENGTH] = 0;
		break;
	case PAYLOAD_EXTENDED_WRITE_COUNT:
		left.of[COST_WRITE_COUNT] = 0;
		break;
	case PAYLOAD_EXTENDED_WRITE_LENGTH:
		left.of[COST_WRITE_LENGTH] = 0;
		break;
	}
	return left;
}

/* The facts of a tenure that begins here; who mined it is told by its
 * coinbase, when that runs. */
static void facts_of_start(struct chain_tenure *t,
                           const struct block_frame *frame,
                           const struct chain_params *params, enum epoch epoch)
{
	const struct chain_block *parent = frame->parent;
	const struct burn_snapshot *sn = frame->burn->tenure;
	const struct burn_winner *w = frame->burn->winner;

	*t = (struct chain_tenure){
		.start_height = parent->height + 1,
		.height = parent->tenure.height + 1,
		.burn_height = sn->height,
		.burn_time = sn->time,
		.coinbase = chain_params_coinbase(params, epoch, sn->height) +
		            w->accumulated,
		.parent_fees = parent->tenure_fees,
		.commit_burn = w->commit_burn,
		.sortition_burn = w->sortition_burn,
	};
	memcpy(t->consensus_hash, sn->consensus_hash,
	       sizeof(t->consensus_hash));
	memcpy(t->prev_consensus_hash, parent->tenure.consensus_hash,
	       sizeof(t->prev_consensus_hash));
	memcpy(t->burn_hash, sn->hash, sizeof(t->burn_hash));
	memcpy(t->commit_txid, w->txid, sizeof(t->commit_txid));
	memcpy(t->proof, frame->shape.coinbase->proof, sizeof(t->proof));
	vrf_seed(t->vrf_seed, t->proof);
}

void block_run_facts(struct chain_block *ret, const struct block_frame *frame,
                     const struct chain_params *params)
{
	const struct chain_block *parent = frame->parent;
	const struct burn_snapshot *view = frame->burn->view;
	bool is_start = block_shape_is_start(&frame->shape);

	*ret = (struct chain_block){
		.version = block_shape_version(EPOCH_3_0),
		.height = parent->height + 1,
		.time = frame->time,
		.burn_spent =
		    frame->shape.tenure ? view->total_burn : parent->burn_spent,
		.burn_view_height = view->height,
		.epoch = chain_params_epoch(params, frame->burn->tenure->height)
		             ->epoch,
		.spent = block_run_budget(&parent->spent, frame->shape.tenure),
		.tenure_fees = is_start ? 0 : parent->tenure_fees,
		.tenure_blocks = is_start ? 1 : parent->tenure_blocks + 1,
		.tenure = parent->tenure,
	};
	ret->version = block_shape_version(ret->epoch);
	memcpy(ret->parent_id, parent->id, sizeof(ret->parent_id));
	memcpy(ret->burn_view, view->consensus_hash, sizeof(ret->burn_view));
	if (is_start)
		facts_of_start(&ret->tenure, frame, params, ret->epoch);
}

/* Sets rules and prices, which costs the machine its compiled contracts. */
static void host_set_rules(struct block_host *h, enum epoch rules,
                           enum epoch prices)
{
	if (h->rules == rules && h->prices == prices)
		return;
	vm_set_epoch(h->vm, rules);
	if (prices != rules)
		vm_set_prices(h->vm, prices);
	h->rules = rules;
	h->prices = prices;
}

/* Installs each epoch between the state's and the block's. */
static enum err run_epochs(struct block_run *r, enum epoch from)
{
	const struct genesis *g = r->host->genesis;
	const struct chain_params *p = &g->params;

	for (uint32_t i = 0; i < p->n_epochs; i++) {
		enum epoch at = p->epochs[i].epoch;

		if (at <= from || at > r->facts.epoch)
			continue;
		r->host->rules = r->host->prices = chain_params_rules(at);
		TRY(genesis_install(g, r->host->vm, r->host->store, at, NULL));
	}
	return ERR_OK;
}

static enum err run_hook(struct block_run *r,
                         enum err (*hook)(void *ctx, struct vm *vm,
                                          const struct chain_block *block))
{
	if (!hook)
		return ERR_OK;
	return hook(r->host->hooks->ctx, r->host->vm, &r->facts);
}

static enum err run_hooks(struct block_run *r)
{
	static const struct block_hooks none;
	const struct block_hooks *h = r->host->hooks ? r->host->hooks : &none;
	bool is_start = block_shape_is_start(&r->frame.shape);

	if (is_start)
		TRY(run_hook(r, h->operations));
	TRY(run_hook(r, h->signers));
	return is_start ? run_hook(r, h->votes) : ERR_OK;
}

/* The machine begins in the rules of the state, whatever ran on it before. */
static enum err run_open(struct block_run *r, enum epoch *ret_state)
{
	struct block_host *h = r->host;
	bool found;

	TRY(h->store->ops->view(h->store->ctx, &r->view));
	vm_begin(h->vm, &ledger_free);
	TRY(ledger_epoch(h->vm, ret_state, &found));
	if (!found)
		*ret_state = EPOCH_2_0;
	host_set_rules(h, chain_params_rules(*ret_state),
	               chain_params_rules(*ret_state));
	return ERR_OK;
}

enum err block_run_begin(struct block_run *r, struct block_host *host,
                         const struct block_frame *frame,
                         const struct block_sink *sink, struct arena *arena)
{
	const struct chain_params *p = &host->genesis->params;
	const struct chain_epoch *paid =
	    chain_params_epoch(p, frame->parent->tenure.burn_height);
	enum epoch state;

	*r =
	    (struct block_run){ .host = host, .frame = *frame, .arena = arena };
	if (sink)
		r->sink = *sink;
	block_run_facts(&r->facts, frame, p);
	TRY(run_open(r, &state));
	if (epoch_has_stored_block_time(state))
		TRY(ledger_set_time(host->vm, frame->time));
	TRY(run_epochs(r, state));
	if (block_shape_is_start(&frame->shape))
		TRY(ledger_set_tenure(host->vm, r->facts.tenure.height));
	TRY(run_hooks(r));
	host_set_rules(host, r->facts.epoch, chain_params_rules(paid->epoch));
	r->exec = (struct exec){ .vm = host->vm,
		                 .store = host->store,
		                 .chain = { .epoch = r->facts.epoch,
		                            .is_mainnet = p->is_mainnet,
		                            .chain_id = p->chain_id },
		                 .limit = paid->limit,
		                 .spent = r->facts.spent };
	r->begun = r->facts.spent;
	return ERR_OK;
}

/* Who mined the tenure and who is paid for it, told by its coinbase. */
static void run_coinbase(struct block_run *r, const struct tx *tx)
{
	struct chain_tenure *t = &r->facts.tenure;
	struct address origin = tx_origin(tx);
	const struct principal *to = tx->payload.coinbase.recipient;

	(void)address_principal(&t->miner, &origin);
	t->recipient = t->miner;
	if (to)
		memcpy(&t->recipient, to, principal_len(to));
}

/* Why a transaction failed, in words. */
static const char *receipt_why(const struct exec_receipt *x)
{
	const struct vm_result *v = &x->vm;

	switch (x->end) {
	case EXEC_DONE:
	case EXEC_SKIPPED:
		return "";
	case EXEC_ABORTED:
		return "a post-condition does not hold";
	case EXEC_FAILED:
		break;
	}
	if (v->diag.message[0])
		return v->diag.message;
	return v->failure.text && v->failure.text[0]
	           ? v->failure.text
	           : vm_error_name(v->failure.kind);
}

static enum receipt_end receipt_end_of(enum exec_end end)
{
	switch (end) {
	case EXEC_DONE:
		return RECEIPT_DONE;
	case EXEC_FAILED:
		return RECEIPT_FAILED;
	case EXEC_ABORTED:
		return RECEIPT_ABORTED;
	case EXEC_SKIPPED:
		break;
	}
	return RECEIPT_SKIPPED;
}

/* The emission is told by the coinbase although it is paid at the end. */
static enum err receipt_emission(struct block_run *r, struct receipt *ret)
{
	const struct chain_params *p = &r->host->genesis->params;
	u128 ustx = chain_params_emission(p, r->facts.epoch,
	                                  r->facts.tenure.burn_height);
	struct event *events;
	struct principal_room *room;

	if (!ustx)
		return ERR_OK;
	events =
	    arena_array(r->arena, (size_t)ret->n_events + 1, sizeof(*events));
	room = arena_new(r->arena, struct principal_room);
	if (!events || !room)
		return ERR_NO_MEMORY;
	if (ret->n_events)
		memcpy(events, ret->events, ret->n_events * sizeof(*events));
	events[ret->n_events] =
	    (struct event){ .kind = EVENT_STX_MINT, .amount = ustx };
	TRY(chain_params_boot_contract(
	    p, room, &events[ret->n_events].recipient, p->emission_to));
	ret->events = events;
	ret->n_events++;
	return ERR_OK;
}

static enum err run_tell(struct block_run *r, const struct block_run_tx *tx,
                         const struct exec_receipt *x)
{
	struct receipt ret = { .kind = RECEIPT_TX,
		               .end = receipt_end_of(x->end),
		               .tx_index = r->facts.n_txs,
		               .fee = x->fee,
		               .stx_burned = x->stx_burned,
		               .why = span_str(receipt_why(x)),
		               .events = x->events,
		               .n_events = x->n_events };

	memcpy(ret.id, tx->id, sizeof(ret.id));
	for (uint32_t u = 0; u < COST_UNITS; u++)
		ret.cost[u] = x->cost.of[u];
	TRY(value_codec_bytes(r->arena, &ret.result, &x->result));
	if (payload_is_coinbase(&tx->tx->payload))
		TRY(receipt_emission(r, &ret));
	return r->sink.receipt(r->sink.ctx, &ret);
}

enum err block_run_tx(struct block_run *r, const struct block_run_tx *tx,
                      const struct exec_receipt **ret)
{
	struct exec_receipt *x = &r->receipt;

	arena_reset(r->arena);
	TRY(tx->is_marked ? exec_skip(&r->exec, tx->tx, tx->is_verified, x)
	                  : exec_run(&r->exec, tx->tx, tx->is_verified, x));
	if (payload_is_coinbase(&tx->tx->payload))
		run_coinbase(r, tx->tx);
	if (r->sink.receipt)
		TRY(run_tell(r, tx, x));
	r->facts.tenure_fees += x->fee;
	r->facts.n_txs++;
	if (ret)
		*ret = x;
	return ERR_OK;
}

/* Pays for the tenure that matures, and its fees to the one before it. */
static enum err run_rewards(struct block_run *r)
{
	const struct chain_params *p = &r->host->genesis->params;
	uint32_t height = r->facts.tenure.height;
	struct chain_tenure matured, before;
	struct vm *vm = r->host->vm;

	if (height <= p->maturity)
		return ERR_OK;
	height -= p->maturity;
	TRY(r->host->tenure_at(r->host->ctx, height, &matured));
	TRY(r->host->tenure_at(r->host->ctx, height - 1, &before));
	TRY(ledger_credit(vm, &r->view, chain_tenure_who(&matured.recipient),
	                  matured.coinbase));
	TRY(ledger_credit(vm, &r->view, chain_tenure_who(&before.recipient),
	                  matured.parent_fees));
	return ledger_add_supply(vm, matured.coinbase);
}

static enum err run_emission(struct block_run *r)
{
	const struct chain_params *p = &r->host->genesis->params;
	u128 ustx = chain_params_emission(p, r->facts.epoch,
	                                  r->facts.tenure.burn_height);
	struct principal_room room;
	const struct principal *to;
	struct vm *vm = r->host->vm;

	if (!ustx)
		return ERR_OK;
	TRY(chain_params_boot_contract(p, &room, &to, p->emission_to));
	vm_begin(vm, &ledger_free);
	TRY(ledger_add_supply_here(vm, ustx));
	TRY(ledger_credit_here(vm, &r->view, to, ustx));
	return vm_commit(vm);
}

/* What became free is told by a receipt of the block itself. */
static enum err run_grants(struct block_run *r)
{
	struct unlock_list list;
	struct receipt ret = { .kind = RECEIPT_BLOCK, .end = RECEIPT_DONE };

	arena_reset(r->arena);
	TRY(unlock_grants(r->arena, r->host->vm, &r->host->genesis->params,
	                  &r->view, &list));
	TRY(ledger_add_supply(r->host->vm, list.total));
	if (!list.n || !r->sink.receipt)
		return ERR_OK;
	ret.events = list.events;
	ret.n_events = list.n;
	return r->sink.receipt(r->sink.ctx, &ret);
}

enum err block_run_end(struct block_run *r)
{
	bool is_start = block_shape_is_start(&r->frame.shape);

	if (is_start)
		TRY(run_rewards(r));
	TRY(run_grants(r));
	if (is_start)
		TRY(run_emission(r));
	r->facts.spent = r->exec.spent;
	for (uint32_t u = 0; u < COST_UNITS; u++)
		r->facts.cost.of[u] = r->exec.spent.of[u] - r->begun.of[u];
	return ERR_OK;
}
