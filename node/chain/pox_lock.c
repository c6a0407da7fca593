/* node/chain/pox_lock.c - Locks behind stacking; contract in pox_lock.h. */
#include "config.h"

#include "node/chain/pox_lock.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/vm/host.h"
#include "node/chain/account.h"
#include "node/chain/pox_event.h"

/* Locks of this contract's version are marked with it. */
#define POX_VERSION 4

/* Functions that may be called when the contract is over. */
static const char *const readers[] = {
	"burn-height-to-reward-cycle",
	"reward-cycle-to-burn-height",
	"current-pox-reward-cycle",
	"get-stacker-info",
	"check-caller-allowed",
	"get-check-delegation",
	"get-reward-set-size",
	"get-total-ustx-stacked",
	"get-reward-set-pox-address",
	"get-stacking-minimum",
	"check-pox-addr-version",
	"check-pox-addr-hashbytes",
	"check-pox-lock-period",
	"can-stack-stx",
	"minimal-can-stack-stx",
	"get-signer-key-message-hash",
	"verify-signer-key-sig",
	"get-pox-info",
	"get-delegation-info",
	"get-allowance-contract-callers",
	"get-num-reward-set-pox-addresses",
	"get-partial-stacked-by-cycle",
};

/* What the contract has granted. */
struct grant {
	const struct principal *stacker;
	u128 amount;     /* microSTX: more, or (for an increase) all of it */
	uint64_t height; /* of Bitcoin, at which it ends */
};

/* Applies a grant to a balance without ended locks.  On success the grant says
 * what is locked now, and until when. */
typedef enum err lock_fn(struct vm *vm, const struct store_view *view,
                         struct stx_balance *b, struct grant *g);

static enum err defect(struct vm *vm, const char *what)
{
	return host_fail(vm, VM_ERROR_EXPECT, "stacking: %s", what);
}

static enum err lock_new(struct vm *vm, const struct store_view *view,
                         struct stx_balance *b, struct grant *g)
{
	if (b->locked > 0)
		return host_fail(vm, VM_ERROR_POX_ALREADY_LOCKED,
		                 "the balance is locked already");
	if (g->amount == 0 || g->amount > b->unlocked ||
	    g->height <= view->burn_height)
		return defect(vm, "a lock that the balance does not allow");
	b->unlocked -= g->amount;
	b->locked = g->amount;
	b->unlock_height = g->height;
	b->pox = POX_VERSION;
	return ERR_OK;
}

static enum err lock_longer(struct vm *vm, const struct store_view *view,
                            struct stx_balance *b, struct grant *g)
{
	if (b->locked == 0 || g->height <= view->burn_height)
		return defect(vm, "an extension of nothing");
	b->unlock_height = g->height;
	b->pox = POX_VERSION;
	g->amount = b->locked;
	return ERR_OK;
}

static enum err lock_more(struct vm *vm, const struct store_view *view,
                          struct stx_balance *b, struct grant *g)
{
	u128 total;

	(void)view;
	if (b->locked == 0 || b->pox != POX_VERSION ||
	    !u128_add(&total, b->unlocked, b->locked) || g->amount > total ||
	    g->amount < b->locked)
		return defect(vm, "an increase that the balance forbids");
	b->unlocked = total - g->amount;
	b->locked = g->amount;
	g->height = b->unlock_height;
	return ERR_OK;
}

/* Functions whose answers lock, and what their grants hold. */
static const struct locker {
	const char *function;
	lock_fn *lock;
	const char *amount; /* field of the answer, or NULL */
	bool has_height;
	bool is_own; /* booked for post-conditions: nobody else decided it */
} lockers[] = {
	{ "stack-stx", lock_new, "lock-amount", true, true },
	{ "delegate-stack-stx", lock_new, "lock-amount", true, false },
	{ "stack-extend", lock_longer, NULL, true, true },
	{ "delegate-stack-extend", lock_longer, NULL, true, false },
	{ "stack-increase", lock_more, "total-locked", false, true },
	{ "delegate-stack-increase", lock_more, "total-locked", false, false },
};

static bool is_function(const struct hook_visit *v, const char *name)
{
	return span_eq(v->function, span_str(name));
}

static bool take_uint(const struct value *tuple, const char *name, u128 *ret)
{
	const struct value *v = value_tuple_get(tuple, span_str(name));

	if (!v || !value_is(v, VALUE_UINT))
		return false;
	*ret = v->u;
	return true;
}

/* Reads `(ok {…})`; false if the answer lacks something. */
static bool take_grant(const struct locker *l, const struct value *result,
                       struct grant *g)
{
	struct value tuple = value_unwrap(result);
	const struct value *who;
	u128 height = 0;

	if (!value_is(&tuple, VALUE_TUPLE))
		return false;
	who = value_tuple_get(&tuple, span_str("stacker"));
	if (!who || !value_is(who, VALUE_PRINCIPAL))
		return false;
	if (l->amount && !take_uint(&tuple, l->amount, &g->amount))
		return false;
	if (l->has_height &&
	    (!take_uint(&tuple, "unlock-burn-height", &height) ||
	     height > UINT64_MAX))
		return false;
	g->stacker = who->principal;
	g->height = (uint64_t)height;
	return true;
}

static enum err apply(struct vm *vm, const struct locker *l, struct grant *g)
{
	struct stx_balance b;
	struct store_view view;

	TRY(hook_view(vm, &view));
	TRY(account_balance(vm, g->stacker, &b));
	if (!stx_balance_unlock(&b, &view))
		return defect(vm, "a balance that overflows");
	TRY(l->lock(vm, &view, &b, g));
	TRY(account_set_balance(vm, g->stacker, &b));
	return l->is_own ? hook_stack(vm, g->stacker, g->amount) : ERR_OK;
}

/* A lock costs what a transfer costs, also when the contract refuses it. */
static enum err lock(struct vm *vm, const struct locker *l,
                     const struct hook_visit *v, struct event *ret,
                     bool *is_new)
{
	struct grant g = { 0 };
	enum value_wrap outer = value_outer(v->result);
	struct value code = value_unwrap(v->result);

	TRY(host_charge(vm, PRICE_STX_TRANSFER, 1));
	if (outer == VALUE_ERR && value_is(&code, VALUE_INT))
		return ERR_OK;
	if (outer != VALUE_OK || !take_grant(l, v->result, &g))
		return defect(vm, "an answer of another form");
	TRY(apply(vm, l, &g));
	*is_new = true;
	*ret = (struct event){
		.kind = EVENT_STX_LOCK,
		.contract = v->contract,
		.sender = g.stacker,
		.amount = g.amount,
		.unlock_height = g.height,
	};
	return ERR_OK;
}

/* Delegating books the amount, so that post-conditions see it; whether the
 * contract agreed does not matter. */
static enum err book_delegation(struct vm *vm, const struct hook_visit *v)
{
	if (!v->sender || v->n_args == 0 || !value_is(&v->args[0], VALUE_UINT))
		return defect(vm, "a delegation of no amount");
	if (hook_has_stacked(vm, v->sender))
		return host_fail(vm, VM_ERROR_POX_OVERWRITE,
		                 "a principal stacked twice");
	return hook_stack(vm, v->sender, v->args[0].u);
}

static enum err refuse_when_over(struct vm *vm, const struct hook_visit *v)
{
	if (epoch_stacks_with_pox4(host_epoch(vm)))
		return ERR_OK;
	for (size_t i = 0; i < COUNT_OF(readers); i++) {
		if (is_function(v, readers[i]))
			return ERR_OK;
	}
	return host_fail(vm, VM_ERROR_DEFUNCT_POX_CONTRACT,
	                 "this stacking contract is over");
}

/* The print event shows the balance before the lock, and stands before it. */
static enum err after(void *ctx, struct vm *vm, const struct hook_visit *v)
{
	struct event told, locked;
	bool is_told = false;
	bool is_locked = false;

	(void)ctx;
	TRY(refuse_when_over(vm, v));
	TRY(pox_event_make(vm, v, &told, &is_told));
	for (size_t i = 0; i < COUNT_OF(lockers); i++) {
		if (is_function(v, lockers[i].function))
			TRY(lock(vm, &lockers[i], v, &locked, &is_locked));
	}
	if (is_function(v, "delegate-stx"))
		TRY(book_delegation(vm, v));
	if (is_told)
		TRY(hook_event(vm, &told));
	return is_locked ? hook_event(vm, &locked) : ERR_OK;
}

struct hook pox_lock_hook(const struct principal *contract)
{
	return (struct hook){ .contract = contract, .after = after };
}
