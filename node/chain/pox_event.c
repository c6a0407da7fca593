/* node/chain/pox_event.c - Events of stacking; contract in pox_event.h. */
#include "config.h"

#include "node/chain/pox_event.h"

#include "clarity/base/buf.h"
#include "clarity/base/check.h"
#include "clarity/value/value_codec.h"
#include "clarity/vm/host.h"
#include "node/chain/account.h"

#define FIELDS_MAX 16u
#define KEY_MAX 512u

/* Kinds of keys; see docs/CONSENSUS.md. */
#define KEY_MAP 0u
#define KEY_VAR 1u

/* A tuple in the making. */
struct fields {
	struct value_field at[FIELDS_MAX];
	uint32_t n;
};

/* An event in the making.  `lacks` is set when something is not there or not
 * as it should be; then there is no event. */
struct draft {
	struct vm *vm;
	struct arena *arena;
	const struct hook_visit *visit;
	struct store_view view;
	struct fields data;
	u128 first;   /* height of Bitcoin at which cycle 0 began */
	u128 length;  /* of a cycle */
	u128 prepare; /* of its last phase */
	u128 cycle;   /* that is running */
	bool lacks;
};

static void put(struct fields *f, const char *name, struct value v)
{
	CHECK(f->n < FIELDS_MAX);
	f->at[f->n++] = (struct value_field){ span_str(name), v };
}

static struct value some_uint(u128 u)
{
	struct value v = value_uint(u);

	v.wraps = VALUE_SOME;
	return v;
}

static struct value arg(const struct draft *d, uint32_t i)
{
	return i < d->visit->n_args ? d->visit->args[i] : value_none();
}

static u128 arg_uint(struct draft *d, uint32_t i)
{
	struct value v = arg(d, i);

	if (!value_is(&v, VALUE_UINT))
		d->lacks = true;
	return v.u;
}

static u128 plus(struct draft *d, u128 a, u128 b)
{
	u128 sum = 0;

	if (!u128_add(&sum, a, b))
		d->lacks = true;
	return sum;
}

static u128 minus(struct draft *d, u128 a, u128 b)
{
	if (a < b)
		d->lacks = true;
	return a < b ? 0 : a - b;
}

static u128 times(struct draft *d, u128 a, u128 b)
{
	u128 product = 0;

	if (!u128_mul(&product, a, b))
		d->lacks = true;
	return product;
}

/* Reads an entry of the contract; the key's tail may be empty. */
static enum err read_entry(struct draft *d, unsigned kind, const char *name,
                           struct span tail, struct value *ret)
{
	struct store_key key = { .tail = tail };
	struct span bytes;
	struct buf b;
	bool found = false;

	buf_init(&b, KEY_MAX);
	(void)buf_add_str(&b, "vm::");
	(void)principal_format(&b, d->visit->contract);
	(void)buf_addf(&b, "::%u::%s%s", kind, name,
	               kind == KEY_MAP ? "::" : "");
	key.text = span_of(arena_copy(d->arena, b.p, b.len), b.len);

	enum err e = buf_err(&b);

	buf_fini(&b);
	TRY(e);
	if (!key.text.p)
		return ERR_NO_MEMORY;
	TRY(vm_read(d->vm, &key, &bytes, &found));
	if (!found) {
		d->lacks = true;
		return ERR_OK;
	}
	e = value_codec_read_all(d->arena, ret, bytes, NULL);
	return e == ERR_VALUE_BYTES ? ERR_STORE_CORRUPT : e;
}

static enum err read_uint(struct draft *d, const char *name, u128 *ret)
{
	struct value v = value_none();

	*ret = 0;
	TRY(read_entry(d, KEY_VAR, name, span_of(NULL, 0), &v));
	if (value_is(&v, VALUE_UINT))
		*ret = v.u;
	else
		d->lacks = true;
	return ERR_OK;
}

/* A field of what a map holds under a key of these fields. */
static enum err read_map(struct draft *d, const char *map,
                         const struct fields *of, const char *field,
                         struct value *ret)
{
	struct value key, tuple = value_none();
	const struct value *item = NULL;
	struct span tail;

	if (value_tuple(d->arena, &key, of->at, of->n, NULL) != ERR_OK)
		return ERR_NO_MEMORY;
	TRY(value_codec_bytes(d->arena, &tail, &key));
	TRY(read_entry(d, KEY_MAP, map, tail, &tuple));
	if (value_outer(&tuple) == VALUE_SOME)
		tuple = value_unwrap(&tuple);
	if (value_is(&tuple, VALUE_TUPLE))
		item = value_tuple_get(&tuple, span_str(field));
	if (item)
		*ret = *item;
	else
		d->lacks = true;
	return ERR_OK;
}

static u128 cycle_of(struct draft *d, u128 height)
{
	u128 past = minus(d, height, d->first);

	return d->length ? past / d->length : 0;
}

static u128 start_of(struct draft *d, u128 cycle)
{
	return plus(d, d->first, times(d, cycle, d->length));
}

/* The last phase of a cycle fixes the next one's signers, so what is decided
 * then counts a cycle later. */
static u128 next_cycle(struct draft *d, u128 cycle)
{
	u128 past = minus(d, d->view.burn_height, d->first);
	u128 end = minus(d, d->length, d->prepare);
	bool is_late = d->length && past % d->length >= end;

	return plus(d, cycle, is_late ? 1 : 0);
}

static void put_cycles(struct draft *d, u128 end_height)
{
	put(&d->data, "end-cycle-id", some_uint(cycle_of(d, end_height)));
	put(&d->data, "start-cycle-id",
	    value_uint(next_cycle(d, plus(d, d->cycle, 1))));
}

/* A signer's permission: four arguments in a row. */
static void put_signer(struct draft *d, uint32_t from)
{
	put(&d->data, "signer-sig", arg(d, from));
	put(&d->data, "signer-key", arg(d, from + 1));
	put(&d->data, "max-amount", arg(d, from + 2));
	put(&d->data, "auth-id", arg(d, from + 3));
}

static void put_delegate(struct draft *d)
{
	put(&d->data, "delegator", value_principal(d->visit->sender));
	put(&d->data, "stacker", arg(d, 0));
}

/* Who stacks, and what the balance is before the lock. */
struct holder {
	const struct principal *who;
	struct stx_balance balance;
	uint64_t end; /* of its lock; 0 without one */
};

typedef enum err data_fn(struct draft *d, const struct holder *h);

static void put_lock(struct draft *d, uint32_t from)
{
	u128 cycles = plus(d, plus(d, d->cycle, 1), arg_uint(d, from + 3));
	u128 end = start_of(d, cycles);

	put(&d->data, "lock-amount", arg(d, from));
	put(&d->data, "pox-addr", arg(d, from + 1));
	put(&d->data, "start-burn-height", arg(d, from + 2));
	put(&d->data, "lock-period", arg(d, from + 3));
	put(&d->data, "unlock-burn-height", value_uint(end));
	put_cycles(d, end);
}

static enum err data_stack(struct draft *d, const struct holder *h)
{
	(void)h;
	put_lock(d, 0);
	put_signer(d, 4);
	return ERR_OK;
}

static enum err data_delegate_stack(struct draft *d, const struct holder *h)
{
	(void)h;
	put_lock(d, 1);
	put_delegate(d);
	return ERR_OK;
}

static void put_increase(struct draft *d, const struct holder *h, uint32_t at)
{
	u128 total = plus(d, arg_uint(d, at), h->balance.locked);

	put(&d->data, "increase-by", arg(d, at));
	put(&d->data, "total-locked", value_uint(total));
	put_cycles(d, h->end);
}

static enum err data_increase(struct draft *d, const struct holder *h)
{
	struct fields key = { .n = 0 };
	struct value addr = value_none();

	put(&key, "stacker", value_principal(h->who));
	TRY(read_map(d, "stacking-state", &key, "pox-addr", &addr));
	put(&d->data, "pox-addr", addr);
	put_increase(d, h, 0);
	put_signer(d, 1);
	return ERR_OK;
}

static enum err data_delegate_increase(struct draft *d, const struct holder *h)
{
	put(&d->data, "pox-addr", arg(d, 1));
	put_increase(d, h, 2);
	put_delegate(d);
	return ERR_OK;
}

/* An extension begins behind the present lock, but not before the next
 * cycle. */
static void put_extend(struct draft *d, const struct holder *h, uint32_t at)
{
	u128 from = cycle_of(d, h->end);
	u128 next = plus(d, d->cycle, 1);
	u128 last;

	if (next > from)
		from = next;
	last = minus(d, plus(d, from, arg_uint(d, at)), 1);

	u128 end = start_of(d, plus(d, 1, last));

	put(&d->data, "pox-addr", arg(d, 1));
	put(&d->data, "extend-count", arg(d, at));
	put(&d->data, "unlock-burn-height", value_uint(end));
	put_cycles(d, end);
}

static enum err data_extend(struct draft *d, const struct holder *h)
{
	put_extend(d, h, 0);
	put_signer(d, 2);
	return ERR_OK;
}

static enum err data_delegate_extend(struct draft *d, const struct holder *h)
{
	put_extend(d, h, 2);
	put_delegate(d);
	return ERR_OK;
}

static enum err put_aggregate(struct draft *d)
{
	struct fields key = { .n = 0 };
	struct value amount = value_none();
	u128 cycle = arg_uint(d, 1);
	u128 later = next_cycle(d, cycle); /* even if it is not needed */
	bool is_next = cycle == plus(d, d->cycle, 1);

	put(&key, "pox-addr", arg(d, 0));
	put(&key, "sender", value_principal(d->visit->sender));
	put(&key, "reward-cycle", arg(d, 1));
	TRY(read_map(d, "logged-partial-stacked-by-cycle", &key,
	             "stacked-amount", &amount));
	put(&d->data, "pox-addr", arg(d, 0));
	put(&d->data, "reward-cycle", arg(d, 1));
	put(&d->data, "amount-ustx", amount);
	put(&d->data, "delegator", value_principal(d->visit->sender));
	put(&d->data, "end-cycle-id", some_uint(plus(d, cycle, 1)));
	put(&d->data, "start-cycle-id", value_uint(is_next ? later : cycle));
	return ERR_OK;
}

static enum err data_commit(struct draft *d, const struct holder *h)
{
	(void)h;
	TRY(put_aggregate(d));
	put_signer(d, 2);
	return ERR_OK;
}

static enum err data_commit_more(struct draft *d, const struct holder *h)
{
	(void)h;
	TRY(put_aggregate(d));
	put(&d->data, "reward-cycle-index", arg(d, 2));
	put_signer(d, 3);
	return ERR_OK;
}

static enum err data_delegate(struct draft *d, const struct holder *h)
{
	struct value until = arg(d, 2);
	struct value end = value_none();

	(void)h;
	if (value_outer(&until) == VALUE_SOME)
		end = some_uint(cycle_of(d, value_unwrap(&until).u));
	put(&d->data, "amount-ustx", arg(d, 0));
	put(&d->data, "delegate-to", arg(d, 1));
	put(&d->data, "unlock-burn-height", until);
	put(&d->data, "pox-addr", arg(d, 3));
	put(&d->data, "end-cycle-id", end);
	put(&d->data, "start-cycle-id",
	    value_uint(next_cycle(d, plus(d, d->cycle, 1))));
	return ERR_OK;
}

/* Tells who was trusted, as the contract answers. */
static enum err data_revoke(struct draft *d, const struct holder *h)
{
	struct value v = value_unwrap(d->visit->result);
	const struct value *to = NULL;

	(void)h;
	if (value_outer(&v) == VALUE_SOME)
		v = value_unwrap(&v);
	if (value_is(&v, VALUE_TUPLE))
		to = value_tuple_get(&v, span_str("delegated-to"));
	if (to)
		put(&d->data, "delegate-to", *to);
	else
		d->lacks = true;
	put(&d->data, "end-cycle-id", value_none());
	put(&d->data, "start-cycle-id", value_uint(plus(d, d->cycle, 1)));
	return ERR_OK;
}

/* Functions with an event; whose balance it shows. */
static const struct teller {
	const char *function;
	data_fn *data;
	bool is_of_arg; /* of the first argument, not of the sender */
} tellers[] = {
	{ "stack-stx", data_stack, false },
	{ "delegate-stack-stx", data_delegate_stack, true },
	{ "stack-extend", data_extend, false },
	{ "delegate-stack-extend", data_delegate_extend, true },
	{ "stack-increase", data_increase, false },
	{ "delegate-stack-increase", data_delegate_increase, true },
	{ "delegate-stx", data_delegate, false },
	{ "revoke-delegate-stx", data_revoke, false },
	{ "stack-aggregation-commit", data_commit, false },
	{ "stack-aggregation-commit-indexed", data_commit, false },
	{ "stack-aggregation-increase", data_commit_more, false },
};

static const struct teller *find(struct span function)
{
	for (size_t i = 0; i < COUNT_OF(tellers); i++) {
		if (span_eq(function, span_str(tellers[i].function)))
			return &tellers[i];
	}
	return NULL;
}

static enum err find_holder(struct draft *d, const struct teller *t,
                            struct holder *h)
{
	struct value first = arg(d, 0);

	h->who = d->visit->sender;
	if (t->is_of_arg)
		h->who =
		    value_is(&first, VALUE_PRINCIPAL) ? first.principal : NULL;
	if (!h->who) {
		d->lacks = true;
		return ERR_OK;
	}
	TRY(account_balance(d->vm, h->who, &h->balance));
	if (!stx_balance_unlock(&h->balance, &d->view))
		d->lacks = true;
	if (h->balance.pox != 0)
		h->end = stx_balance_end(&h->balance, &d->view);
	return ERR_OK;
}

static enum err read_cycles(struct draft *d)
{
	TRY(hook_view(d->vm, &d->view));
	TRY(read_uint(d, "first-burnchain-block-height", &d->first));
	TRY(read_uint(d, "pox-reward-cycle-length", &d->length));
	TRY(read_uint(d, "pox-prepare-cycle-length", &d->prepare));
	if (d->length == 0)
		d->lacks = true;
	d->cycle = cycle_of(d, d->view.burn_height);
	return ERR_OK;
}

static enum err tuple_of(struct draft *d, const struct fields *f,
                         struct value *ret)
{
	enum err e = value_tuple(d->arena, ret, f->at, f->n, NULL);

	if (e == ERR_TYPE)
		d->lacks = true;
	return e == ERR_TYPE ? ERR_OK : e;
}

/* `(ok {name, stacker, balance, …, data: {…}})`. */
static enum err assemble(struct draft *d, const struct teller *t,
                         const struct holder *h, struct value *ret)
{
	struct fields f = { .n = 0 };
	struct value data;

	TRY(tuple_of(d, &d->data, &data));
	if (d->lacks)
		return ERR_OK;
	put(&f, "name", value_ascii(span_str(t->function)));
	put(&f, "stacker", value_principal(h->who));
	put(&f, "balance", value_uint(h->balance.unlocked));
	put(&f, "locked", value_uint(h->balance.locked));
	put(&f, "burnchain-unlock-height", value_uint(h->end));
	put(&f, "data", data);
	TRY(tuple_of(d, &f, ret));
	ret->wraps = VALUE_OK;
	return ERR_OK;
}

enum err pox_event_make(struct vm *vm, const struct hook_visit *v,
                        struct event *ret, bool *is_made)
{
	const struct teller *t = find(v->function);
	struct draft d = { .vm = vm, .arena = host_arena(vm), .visit = v };
	struct holder h = { 0 };

	*is_made = false;
	*ret = (struct event){ .kind = EVENT_PRINT, .contract = v->contract };
	if (!t || !v->sender || value_outer(v->result) != VALUE_OK)
		return ERR_OK;
	TRY(read_cycles(&d));
	TRY(find_holder(&d, t, &h));
	if (!d.lacks)
		TRY(t->data(&d, &h));
	if (!d.lacks)
		TRY(assemble(&d, t, &h, &ret->value));
	*is_made = !d.lacks;
	return ERR_OK;
}
