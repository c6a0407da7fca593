/* node/chain/exec.c - One transaction; contract in exec.h. */
#include "config.h"

#include "node/chain/exec.h"

#include "clarity/base/check.h"
#include "node/chain/account.h"

/* A transaction on its way through. */
struct exec_run {
	struct exec *x;
	const struct tx *tx;
	struct store_view view;
	const struct principal *origin;
	const struct principal *payer; /* the origin itself, unless sponsored */
	struct exec_receipt *receipt;
	bool skips;
};

static enum err exec_check(const struct exec *x, const struct tx *tx,
                           bool is_verified)
{
	enum auth_rule rule =
	    x->chain.epoch >= EPOCH_4_0 ? AUTH_LOW_S : AUTH_ANY_S;

	if (tx->is_mainnet != x->chain.is_mainnet ||
	    tx->chain_id != x->chain.chain_id)
		return ERR_TX_CHAIN;
	TRY(tx_check_epoch(tx, x->chain.epoch));
	return is_verified ? ERR_OK : tx_verify(tx, rule);
}

static enum err exec_check_nonces(const struct exec_run *r)
{
	const struct auth *auth = &r->tx->auth;
	uint64_t nonce;

	TRY(account_nonce(r->x->vm, r->origin, &nonce));
	if (nonce != auth->origin.nonce)
		return ERR_TX_NONCE;
	TRY(account_nonce(r->x->vm, r->payer, &nonce));
	return nonce == auth_payer(auth)->nonce ? ERR_OK : ERR_TX_NONCE;
}

/* As the network does: what was read before is written, whoever they are. */
static enum err exec_bump_nonces(const struct exec_run *r)
{
	const struct auth *auth = &r->tx->auth;

	TRY(account_set_nonce(r->x->vm, r->origin, auth->origin.nonce + 1));
	if (principal_eq(r->origin, r->payer))
		return ERR_OK;
	return account_set_nonce(r->x->vm, r->payer,
	                         auth_payer(auth)->nonce + 1);
}

/* Takes the payload's effects back unless all conditions hold. */
static void exec_guard(struct exec_run *r, struct vm_mark before)
{
	const struct vm_result *v = &r->receipt->vm;

	if (postcheck_holds(r->tx, r->origin, r->x->chain.epoch, v->assets,
	                    v->n_assets, &r->receipt->fault))
		return;
	r->receipt->end = EXEC_ABORTED;
	vm_undo(r->x->vm, before);
}

static enum err exec_transfer(struct exec_run *r)
{
	const struct payload_transfer *t = &r->tx->payload.transfer;
	struct exec_receipt *ret = r->receipt;
	enum err e;

	if (r->tx->n_postconds)
		return ERR_TX_POSTCONDS;
	if (t->amount == 0 || principal_eq(t->to, r->origin))
		return ERR_TX_TRANSFER;
	/* The recipient is written first, as by the machine's transfers; when
	 * the sender has too little, nothing of the transaction is kept. */
	TRY(account_credit(r->x->vm, t->to, t->amount));
	e = account_debit(r->x->vm, &r->view, r->origin, t->amount);
	if (e != ERR_OK)
		return e == ERR_TX_FEE ? ERR_TX_TRANSFER : e;
	ret->transfer =
	    (struct event){ .kind = EVENT_STX_TRANSFER,
		            .sender = r->origin,
		            .recipient = t->to,
		            .amount = t->amount,
		            .memo = span_of(t->memo, PAYLOAD_MEMO_LEN) };
	ret->events = &ret->transfer;
	ret->n_events = 1;
	return ERR_OK;
}

static u128 exec_burned(const struct vm_result *v)
{
	u128 sum = 0;

	for (uint32_t i = 0; i < v->n_assets; i++) {
		if (v->assets[i].kind == ASSET_STX_BURN)
			CHECK(u128_add(&sum, sum, v->assets[i].amount));
	}
	return sum;
}

/* What the machine's verdict means for the block. */
static enum err exec_judge(struct exec_run *r, struct vm_mark before,
                           enum err e)
{
	struct exec_receipt *ret = r->receipt;
	const struct vm_result *v = &ret->vm;
	enum vm_error_class class = vm_error_class(v->failure.kind);
	struct value none = value_none();

	if (e == ERR_OK) {
		/* A publication answers (ok true), whatever its last form. */
		if (r->tx->payload.kind == PAYLOAD_CALL)
			ret->result = v->value;
		ret->events = v->events;
		ret->n_events = v->n_events;
		ret->stx_burned = exec_burned(v);
		exec_guard(r, before);
		return ERR_OK;
	}
	if (err_class(e) == ERR_CLASS_FAULT)
		return e;
	if (e == ERR_COST_LIMIT || e == ERR_COST_OVERFLOW ||
	    e == ERR_MEMORY_LIMIT ||
	    (e == ERR_RUN && class == VM_ERROR_CLASS_COST))
		return ERR_COST_LIMIT;
	if (v->is_rejected)
		return ERR_TX_REJECTED;
	ret->end = EXEC_FAILED;
	return value_wrap(&ret->result, VALUE_ERR, &none, NULL);
}

static enum err exec_call(struct exec_run *r)
{
	const struct payload_call *p = &r->tx->payload.call;
	struct principal_room issuer_room;
	const struct principal *contract;
	struct vm_mark before = vm_mark(r->x->vm);

	TRY(principal_init_contract(
	    &r->x->contract_room, &contract,
	    address_principal(&issuer_room, &p->address), p->contract));

	struct vm_call call = {
		.sender = r->origin,
		.sponsor = r->tx->auth.is_sponsored ? r->payer : NULL,
		.contract = contract,
		.function = p->function,
		.args = p->args,
		.n_args = p->n_args,
	};

	return exec_judge(r, before, vm_call(r->x->vm, &call, &r->receipt->vm));
}

static enum err exec_publish(struct exec_run *r)
{
	const struct payload_contract *p = &r->tx->payload.contract;
	const struct principal *contract;
	struct vm_mark before = vm_mark(r->x->vm);
	bool exists;

	TRY(principal_init_contract(&r->x->contract_room, &contract, r->origin,
	                            p->name));
	TRY(vm_has_contract(r->x->vm, contract, &exists));
	if (exists)
		return ERR_TX_DUPLICATE;

	struct vm_source source = {
		.contract = contract,
		.sponsor = r->tx->auth.is_sponsored ? r->payer : NULL,
		.text = p->code,
		.version = r->tx->payload.kind == PAYLOAD_CONTRACT
		               ? version_max(r->x->chain.epoch)
		               : (enum clarity_version)p->version,
	};

	return exec_judge(r, before,
	                  vm_deploy(r->x->vm, &source, &r->receipt->vm));
}

static enum err exec_payload(struct exec_run *r)
{
	switch (r->tx->payload.kind) {
	case PAYLOAD_TRANSFER:
		return exec_transfer(r);
	case PAYLOAD_CONTRACT:
	case PAYLOAD_CONTRACT_VERSIONED:
		return exec_publish(r);
	case PAYLOAD_CALL:
		return exec_call(r);
	case PAYLOAD_TENURE:
		return r->tx->n_postconds ? ERR_TX_POSTCONDS : ERR_OK;
	case PAYLOAD_COINBASE:
	case PAYLOAD_COINBASE_ALT:
	case PAYLOAD_COINBASE_VRF:
		return ERR_OK;
	case PAYLOAD_POISON:
		/* It accuses a miner of blocks that ended with epoch 2.5. */
		return ERR_TX_REJECTED;
	}
	return ERR_TX_REJECTED;
}

/* The sizes of a receipt's result and of what its payload printed. */
static uint64_t exec_told(const struct exec_receipt *ret)
{
	uint64_t told = value_size(&ret->result);

	for (uint32_t i = 0; i < ret->n_events; i++) {
		if (ret->events[i].kind == EVENT_PRINT)
			told += value_size(&ret->events[i].value);
	}
	return told;
}

static enum err exec_tell(struct exec_run *r)
{
	uint64_t told = r->x->told + exec_told(r->receipt);

	if (told >= EXEC_RECEIPTS_MAX)
		return ERR_TX_RECEIPTS;
	r->x->told = told;
	return ERR_OK;
}

static enum err exec_nothing(struct exec_run *r)
{
	struct value none = value_none();

	r->receipt->end = EXEC_SKIPPED;
	return value_wrap(&r->receipt->result, VALUE_ERR, &none, NULL);
}

static enum err exec_steps(struct exec_run *r)
{
	uint64_t fee = auth_payer(&r->tx->auth)->fee;

	TRY(exec_check_nonces(r));
	TRY(account_debit(r->x->vm, &r->view, r->payer, fee));
	TRY(r->skips ? exec_nothing(r) : exec_payload(r));
	TRY(exec_bump_nonces(r));
	TRY(exec_tell(r));
	r->receipt->fee = fee;
	r->receipt->cost = r->receipt->vm.cost;
	return vm_commit(r->x->vm);
}

static struct cost exec_left(const struct exec *x)
{
	struct cost left;

	for (uint32_t u = 0; u < COST_UNITS; u++)
		left.of[u] = x->limit.of[u] - x->spent.of[u];
	return left;
}

static enum err exec_one(struct exec *x, const struct tx *tx, bool is_verified,
                         bool skips, struct exec_receipt *ret)
{
	struct exec_run r = {
		.x = x, .tx = tx, .receipt = ret, .skips = skips
	};
	struct address origin = tx_origin(tx), payer = tx_payer(tx);
	struct value nothing = value_bool(true);
	struct cost left = exec_left(x);

	*ret = (struct exec_receipt){ .end = EXEC_DONE };
	TRY(exec_check(x, tx, is_verified));
	TRY(value_wrap(&ret->result, VALUE_OK, &nothing, NULL));
	TRY(x->store->ops->view(x->store->ctx, &r.view));
	r.origin = address_principal(&x->origin_room, &origin);
	r.payer = address_principal(&x->payer_room, &payer);
	vm_begin(x->vm, &left);
	TRY(exec_steps(&r));
	for (uint32_t u = 0; u < COST_UNITS; u++)
		x->spent.of[u] += ret->cost.of[u];
	return ERR_OK;
}

enum err exec_run(struct exec *x, const struct tx *tx, bool is_verified,
                  struct exec_receipt *ret)
{
	return exec_one(x, tx, is_verified, false, ret);
}

enum err exec_skip(struct exec *x, const struct tx *tx, bool is_verified,
                   struct exec_receipt *ret)
{
	if (x->chain.epoch < EPOCH_4_0)
		return ERR_TX_EPOCH;
	return exec_one(x, tx, is_verified, true, ret);
}
