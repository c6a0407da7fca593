/* node/chain/pox_lock.c - Locks behind stacking; contract in pox_lock.h. */
#include "config.h"

#include "node/chain/pox_lock.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/vm/host.h"
#include "node/chain/account.h"
#include "node/chain/pox_event.h"

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
	u128 amount; /* microSTX: all that is to be locked, as far as told */
	uint64_t height; /* of Bitcoin, at which it ends, as far as told */
	uint8_t pox; /* version of the contract, with which locks are marked */
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
	b->pox = g->pox;
	return ERR_OK;
}

static enum err lock_longer(struct vm *vm, const struct store_view *view,
                            struct stx_balance *b, struct grant *g)
{
	if (b->locked == 0 || g->height <= view->burn_height)
		return defect(vm, "an extension of nothing");
	b->unlock_height = g->height;
	b->pox = g->pox;
	g->amount = b->locked;
	return ERR_OK;
}

/* Locks `amount` of all that the account has. */
static bool relock(struct stx_balance *b, u128 amount)
{
	u128 total;

	if (!u128_add(&total, b->unlocked, b->locked) || amount > total)
		return false;
	b->unlocked = total - amount;
	b->locked = amount;
	return true;
}

static enum err lock_more(struct vm *vm, const struct store_view *view,
                          struct stx_balance *b, struct grant *g)
{
	(void)view;
	if (b->locked == 0 || b->pox != g->pox || g->amount < b->locked ||
	    !relock(b, g->amount))
		return defect(vm, "an increase that the balance forbids");
	g->height = b->unlock_height;
	return ERR_OK;
}

/* Whoever is locked already rolls over: to more or less, but for longer. */
static enum err lock_stake(struct vm *vm, const struct store_view *view,
                           struct stx_balance *b, struct grant *g)
{
	if (b->locked == 0)
		return lock_new(vm, view, b, g);
	if (b->pox != g->pox || g->amount == 0 ||
	    g->height <= b->unlock_height || !relock(b, g->amount))
		return defect(vm, "a roll-over that the balance forbids");
	b->unlock_height = g->height;
	return ERR_OK;
}

static enum err lock_update(struct vm *vm, const struct store_view *view,
                            struct stx_balance *b, struct grant *g)
{
	if (b->locked == 0 || g->height <= view->burn_height ||
	    g->amount < b->locked || !relock(b, g->amount))
		return defect(vm, "an update that the balance forbids");
	b->unlock_height = g->height;
	b->pox = g->pox;
	return ERR_OK;
}

/* The event tells the amount that the contract answers. */
static enum err lock_until(struct vm *vm, const struct store_view *view,
                           struct stx_balance *b, struct grant *g)
{
	u128 told = g->amount;

	TRY(lock_longer(vm, view, b, g));
	g->amount = told;
	return ERR_OK;
}

/* Functions whose answers lock, and what their grants hold. */
struct locker {
	const char *function;
	lock_fn *lock;
	const char *amount; /* field of the answer, or NULL */
	bool has_height;
	bool is_own; /* booked for post-conditions: nobody else decided it */
};

static const struct locker lockers4[] = {
	{ "stack-stx", lock_new, "lock-amount", true, true },
	{ "delegate-stack-stx", lock_new, "lock-amount", true, false },
	{ "stack-extend", lock_longer, NULL, true, true },
	{ "delegate-stack-extend", lock_longer, NULL, true, false },
	{ "stack-increase", lock_more, "total-locked", false, true },
	{ "delegate-stack-increase", lock_more, "total-locked", false, false },
};

static const struct locker lockers5[] = {
	{ "stake", lock_stake, "amount-ustx", true, true },
	{ "register-for-bond", lock_stake, "amount-ustx", true, true },
	{ "stake-update", lock_update, "amount-ustx", true, true },
	{ "unstake", lock_until, "amount-ustx", true, false },
};

/* Functions that change a position, for post-conditions that forbid it. */
static const char *const movers5[] = {
	"unstake",
	"unstake-sbtc",
	"update-bond-registration",
	"announce-l1-early-exit",
};

/* What the contracts' answers have in common. */
struct version {
	const struct locker *lockers;
	size_t n_lockers;
	const char *who;      /* field of the answer */
	enum value_kind code; /* of a refusal */
	uint8_t pox;
};

static const struct version version4 = { lockers4, COUNT_OF(lockers4),
	                                 "stacker", VALUE_INT, 4 };
static const struct version version5 = { lockers5, COUNT_OF(lockers5), "staker",
	                                 VALUE_UINT, 5 };

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
static bool take_grant(const struct version *v, const struct locker *l,
                       const struct value *result, struct grant *g)
{
	struct value tuple = value_unwrap(result);
	const struct value *who;
	u128 height = 0;

	if (!value_is(&tuple, VALUE_TUPLE))
		return false;
	who = value_tuple_get(&tuple, span_str(v->who));
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
static enum err lock(struct vm *vm, const struct version *version,
                     const struct locker *l, const struct hook_visit *v,
                     struct event *ret)
{
	struct grant g = { .pox = version->pox };
	enum value_wrap outer = value_outer(v->result);
	struct value code = value_unwrap(v->result);

	TRY(host_charge(vm, PRICE_STX_TRANSFER, 1));
	if (outer == VALUE_ERR && value_is(&code, version->code))
		return ERR_OK;
	if (outer != VALUE_OK || !take_grant(version, l, v->result, &g))
		return defect(vm, "an answer of another form");
	TRY(apply(vm, l, &g));
	*ret = (struct event){
		.kind = EVENT_STX_LOCK,
		.contract = v->contract,
		.sender = g.stacker,
		.amount = g.amount,
		.unlock_height = g.height,
	};
	return ERR_OK;
}

/* Locks if the function does; otherwise the event has no contract. */
static enum err lock_by(struct vm *vm, const struct version *version,
                        const struct hook_visit *v, struct event *ret)
{
	*ret = (struct event){ .contract = NULL };
	for (size_t i = 0; i < version->n_lockers; i++) {
		if (is_function(v, version->lockers[i].function))
			return lock(vm, version, &version->lockers[i], v, ret);
	}
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
static enum err after4(void *ctx, struct vm *vm, const struct hook_visit *v)
{
	struct event told, locked;
	bool is_told = false;

	(void)ctx;
	TRY(refuse_when_over(vm, v));
	TRY(pox_event_make(vm, v, &told, &is_told));
	TRY(lock_by(vm, &version4, v, &locked));
	if (is_function(v, "delegate-stx"))
		TRY(book_delegation(vm, v));
	if (is_told)
		TRY(hook_event(vm, &told));
	return locked.contract ? hook_event(vm, &locked) : ERR_OK;
}

/* A change of position is booked whether it succeeded or not. */
static enum err after5(void *ctx, struct vm *vm, const struct hook_visit *v)
{
	struct event locked;

	(void)ctx;
	TRY(lock_by(vm, &version5, v, &locked));
	for (size_t i = 0; i < COUNT_OF(movers5); i++) {
		if (v->sender && is_function(v, movers5[i]))
			TRY(hook_move(vm, v->sender));
	}
	return locked.contract ? hook_event(vm, &locked) : ERR_OK;
}

struct hook pox_lock_hook(const struct principal *contract)
{
	return (struct hook){ .contract = contract, .after = after4 };
}

struct hook pox_lock_hook5(const struct principal *contract)
{
	return (struct hook){ .contract = contract, .after = after5 };
}
