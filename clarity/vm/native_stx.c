/* clarity/vm/native_stx.c - STX balances; contract in native_stx.h. */
#include "config.h"

#include "clarity/vm/native_stx.h"

#include "clarity/base/check.h"
#include "clarity/value/value_codec.h"
#include "clarity/vm/native_token.h"

/* What the rules count for a principal and for a balance that is touched. */
#define PRINCIPAL_BYTES 148u
#define BALANCE_BYTES 40u

static uint64_t hash_of(const struct store_key *key)
{
	return journal_hash_tail(journal_hash_text(key->text), key->tail);
}

static enum err unlock(struct vm *vm, struct stx_balance *b)
{
	struct store_view view;

	if (b->locked == 0)
		return ERR_OK;
	TRY(vm->store.ops->view(vm->store.ctx, &view));
	if (!stx_balance_unlock(b, &view))
		return machine_fail(vm, VM_ERROR_EXPECT, "balance overflows");
	return ERR_OK;
}

static enum err read_raw(struct vm *vm, const struct principal *who,
                         struct stx_balance *ret)
{
	struct store_key key = stx_balance_key(who);
	struct journal_entry *e;

	TRY(journal_read(&vm->journal, &key, hash_of(&key), &e));
	*ret = (struct stx_balance){ 0 };
	if (e->state != JOURNAL_ABSENT && !stx_balance_parse(ret, e->bytes))
		return machine_fail(vm, VM_ERROR_EXPECT,
		                    "stored bytes are no balance");
	return ERR_OK;
}

enum err native_stx_read(struct vm *vm, const struct principal *who,
                         struct stx_balance *ret)
{
	TRY(read_raw(vm, who, ret));
	return unlock(vm, ret);
}

enum err native_stx_write(struct vm *vm, const struct principal *who,
                          const struct stx_balance *b)
{
	struct store_key key = stx_balance_key(who);
	uint8_t *bytes = arena_alloc(&vm->arena, STX_BALANCE_MAX_LEN);

	if (!bytes)
		return ERR_NO_MEMORY;

	struct span s = span_of(bytes, stx_balance_format(bytes, b));

	return journal_write(&vm->journal, &key, hash_of(&key), s, STORE_HEX);
}

static struct store_key supply_key(void)
{
	return (struct store_key){
		.text = span_str("_stx-data::ustx_liquid_supply"),
	};
}

enum err native_stx_supply(struct vm *vm, u128 *ret)
{
	struct store_key key = supply_key();
	struct journal_entry *e;
	struct value v;

	TRY(journal_read(&vm->journal, &key, hash_of(&key), &e));
	*ret = 0;
	if (e->state == JOURNAL_ABSENT)
		return ERR_OK;

	enum err err = value_codec_read_all(&vm->arena, &v, e->bytes, NULL);

	if (err == ERR_VALUE_BYTES || (!err && !value_is(&v, VALUE_UINT)))
		return machine_fail(vm, VM_ERROR_EXPECT,
		                    "stored bytes are no supply");
	TRY(err);
	*ret = v.u;
	return ERR_OK;
}

enum err native_stx_set_supply(struct vm *vm, u128 supply)
{
	struct store_key key = supply_key();
	struct value v = value_uint(supply);
	struct span bytes;

	TRY(value_codec_bytes(&vm->arena, &bytes, &v));
	return journal_write(&vm->journal, &key, hash_of(&key), bytes,
	                     STORE_HEX);
}

static enum err not_principal(struct vm *vm, const struct value *v)
{
	return host_fail_value(vm, type_atom(TYPE_PRINCIPAL), v);
}

enum err native_stx_balance(struct vm *vm, const struct native_call *c,
                            struct value *ret)
{
	struct stx_balance b;

	if (!value_is(&c->args[0], VALUE_PRINCIPAL))
		return not_principal(vm, &c->args[0]);
	TRY(native_stx_read(vm, c->args[0].principal, &b));
	*ret = value_uint(b.unlocked);
	return ERR_OK;
}

enum err native_stx_account(struct vm *vm, const struct native_call *c,
                            struct value *ret)
{
	struct stx_balance b;
	struct store_view view;
	struct type_diag d;

	if (!value_is(&c->args[0], VALUE_PRINCIPAL))
		return not_principal(vm, &c->args[0]);
	TRY(native_stx_read(vm, c->args[0].principal, &b));
	TRY(vm->store.ops->view(vm->store.ctx, &view));

	struct value_field fields[] = {
		{ span_str("unlocked"), value_uint(b.unlocked) },
		{ span_str("locked"), value_uint(b.locked) },
		{ span_str("unlock-height"),
		  value_uint(b.pox ? stx_balance_end(&b, &view) : 0) },
	};

	return host_type(
	    vm, value_tuple(&vm->arena, ret, fields, COUNT_OF(fields), &d), &d);
}

static enum err book(struct vm *vm, enum asset_kind kind,
                     const struct principal *owner, u128 amount)
{
	struct asset_entry e = {
		.kind = kind,
		.owner = owner,
		.amount = amount,
	};
	enum err err = asset_map_add(&vm->assets, &e);

	if (err == ERR_OVERFLOW)
		return machine_fail(vm, VM_ERROR_OVERFLOW,
		                    "movements of STX overflow");
	return err;
}

/* The recipient's lock stays as it is written; only the sender's is ended. */
static enum err move(struct vm *vm, const struct event *e,
                     struct stx_balance *from)
{
	struct stx_balance to;

	TRY(read_raw(vm, e->recipient, &to));
	if (!u128_add(&to.unlocked, to.unlocked, e->amount))
		return machine_fail(vm, VM_ERROR_OVERFLOW, "balance");
	from->unlocked -= e->amount;
	TRY(native_stx_write(vm, e->recipient, &to));
	return native_stx_write(vm, e->sender, from);
}

static enum err refuse(struct value *ret, unsigned code)
{
	native_token_refuse(ret, code);
	return ERR_OK;
}

static enum err transfer(struct vm *vm, const struct event *e,
                         struct value *ret)
{
	struct stx_balance from;

	if (e->amount == 0)
		return refuse(ret, 3);
	if (principal_eq(e->sender, e->recipient))
		return refuse(ret, 2);
	if (!vm->who.sender || !principal_eq(e->sender, vm->who.sender))
		return refuse(ret, 4);
	TRY(host_keep(vm, PRINCIPAL_BYTES));
	TRY(host_keep(vm, PRINCIPAL_BYTES));
	TRY(host_keep(vm, BALANCE_BYTES));
	TRY(host_keep(vm, BALANCE_BYTES));
	TRY(native_stx_read(vm, e->sender, &from));
	if (from.unlocked < e->amount)
		return refuse(ret, 1);
	TRY(move(vm, e, &from));
	TRY(book(vm, ASSET_STX, e->sender, e->amount));
	TRY(event_add(&vm->events, e));
	native_token_accept(ret);
	return ERR_OK;
}

static enum err bad_args(struct vm *vm)
{
	return machine_fail(vm, VM_ERROR_UNREACHABLE, "bad STX arguments");
}

static enum err forbid_in_read_only(struct vm *vm)
{
	return vm->is_read_only ? machine_fail(vm, VM_ERROR_UNREACHABLE,
	                                       "write attempted in read-only")
	                        : ERR_OK;
}

static enum err transfer_args(struct vm *vm, const struct native_call *c,
                              struct span memo, struct value *ret)
{
	TRY(forbid_in_read_only(vm));
	if (!value_is(&c->args[0], VALUE_UINT) ||
	    !value_is(&c->args[1], VALUE_PRINCIPAL) ||
	    !value_is(&c->args[2], VALUE_PRINCIPAL))
		return bad_args(vm);

	struct event e = {
		.kind = EVENT_STX_TRANSFER,
		.sender = c->args[1].principal,
		.recipient = c->args[2].principal,
		.amount = c->args[0].u,
		.memo = memo,
	};

	return transfer(vm, &e, ret);
}

enum err native_stx_transfer(struct vm *vm, const struct native_call *c,
                             struct value *ret)
{
	return transfer_args(vm, c, span_of(NULL, 0), ret);
}

enum err native_stx_transfer_memo(struct vm *vm, const struct native_call *c,
                                  struct value *ret)
{
	if (!value_is(&c->args[3], VALUE_BUFF))
		return bad_args(vm);
	return transfer_args(vm, c, value_bytes(&c->args[3]), ret);
}

static enum err burn(struct vm *vm, const struct event *e, struct value *ret)
{
	struct stx_balance b;
	u128 supply;

	TRY(host_keep(vm, PRINCIPAL_BYTES));
	TRY(host_keep(vm, BALANCE_BYTES));
	TRY(native_stx_read(vm, e->sender, &b));
	if (b.unlocked < e->amount)
		return refuse(ret, 1);
	b.unlocked -= e->amount;
	TRY(native_stx_write(vm, e->sender, &b));
	TRY(native_stx_supply(vm, &supply));
	if (supply < e->amount)
		return machine_fail(vm, VM_ERROR_UNDERFLOW, "STX supply");
	TRY(native_stx_set_supply(vm, supply - e->amount));
	TRY(book(vm, ASSET_STX_BURN, e->sender, e->amount));
	TRY(event_add(&vm->events, e));
	native_token_accept(ret);
	return ERR_OK;
}

enum err native_stx_burn(struct vm *vm, const struct native_call *c,
                         struct value *ret)
{
	struct event e = { .kind = EVENT_STX_BURN };

	TRY(forbid_in_read_only(vm));
	if (!value_is(&c->args[0], VALUE_UINT) ||
	    !value_is(&c->args[1], VALUE_PRINCIPAL))
		return bad_args(vm);
	e.sender = c->args[1].principal;
	e.amount = c->args[0].u;
	if (e.amount == 0)
		return refuse(ret, 3);
	if (!vm->who.sender || !principal_eq(e.sender, vm->who.sender))
		return refuse(ret, 4);
	return burn(vm, &e, ret);
}
