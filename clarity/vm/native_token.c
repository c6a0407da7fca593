/* clarity/vm/native_token.c - Tokens; contract in native_token.h. */
#include "config.h"

#include "clarity/vm/native_token.h"

#include "clarity/base/check.h"
#include "clarity/value/int128.h"
#include "clarity/value/value_codec.h"

/* What the rules count for a principal and for an amount that is touched. */
#define PRINCIPAL_BYTES 148u
#define AMOUNT_BYTES 16u

void native_token_refuse(struct value *ret, unsigned code)
{
	*ret = value_uint(code);
	ret->wraps = VALUE_ERR;
}

void native_token_accept(struct value *ret)
{
	*ret = value_bool(true);
	ret->wraps = VALUE_OK;
}

static enum err refuse(struct value *ret, unsigned code)
{
	native_token_refuse(ret, code);
	return ERR_OK;
}

static enum err accept(struct value *ret)
{
	native_token_accept(ret);
	return ERR_OK;
}

static enum err bad_args(struct vm *vm)
{
	return machine_fail(vm, VM_ERROR_UNREACHABLE, "bad token arguments");
}

static enum err forbid_in_read_only(struct vm *vm)
{
	if (!vm->is_read_only)
		return ERR_OK;
	return machine_fail(vm, VM_ERROR_UNREACHABLE,
	                    "write attempted in read-only");
}

/* Numbers are kept as decimal text; a read one is remembered as a value. */
enum err native_token_number(struct vm *vm, const struct store_key *key,
                             uint64_t hash, bool *found, u128 *ret)
{
	struct journal_entry *e;
	u128 n;

	TRY(journal_read(&vm->journal, key, hash, &e));
	*found = e->state != JOURNAL_ABSENT;
	*ret = 0;
	if (!*found)
		return ERR_OK;
	if (!e->has_value) {
		if (!int128_parse_unsigned(&n, e->bytes))
			return machine_fail(vm, VM_ERROR_STORED_DATA,
			                    "stored text is no number");
		e->value = value_uint(n);
		e->has_value = true;
	}
	*ret = e->value.u;
	return ERR_OK;
}

static enum err put_number(struct vm *vm, const struct store_key *key,
                           uint64_t hash, u128 n)
{
	char text[INT128_MAX_TEXT];
	size_t len = int128_format_unsigned(text, n);
	const void *bytes = arena_copy(&vm->arena, text, len);

	if (!bytes)
		return ERR_NO_MEMORY;
	return journal_write(&vm->journal, key, hash, span_of(bytes, len),
	                     STORE_TEXT);
}

static const struct contract_ft *ft_of(const struct vm *vm,
                                       const struct native_call *c)
{
	return &vm->who.contract->fts[c->extra];
}

struct ft_place {
	struct store_key key;
	uint64_t hash;
	u128 amount;
};

static enum err read_balance(struct vm *vm, const struct contract_ft *t,
                             const struct principal *who, struct ft_place *p)
{
	bool found;

	p->key = (struct store_key){
		.text = t->balance.text,
		.tail = span_of(who, principal_len(who)),
		.form = STORE_TAIL_OWNER,
	};
	p->hash = journal_hash_tail(t->balance.hash, p->key.tail);
	return native_token_number(vm, &p->key, p->hash, &found, &p->amount);
}

static enum err read_supply(struct vm *vm, const struct contract_ft *t,
                            struct ft_place *p)
{
	bool found;

	p->key = (struct store_key){ .text = t->supply.text };
	p->hash = t->supply.hash;
	TRY(native_token_number(vm, &p->key, p->hash, &found, &p->amount));
	if (!found)
		return machine_fail(vm, VM_ERROR_EXPECT, "no token supply");
	return ERR_OK;
}

static enum err write_place(struct vm *vm, const struct ft_place *p, u128 n)
{
	return put_number(vm, &p->key, p->hash, n);
}

enum err native_token_define(struct vm *vm, const struct contract_ft *t)
{
	struct store_key key = { .text = t->supply.text };

	return put_number(vm, &key, t->supply.hash, 0);
}

enum err native_token_balance(struct vm *vm, const struct native_call *c,
                              struct value *ret)
{
	struct ft_place p;

	if (!value_is(&c->args[0], VALUE_PRINCIPAL))
		return host_fail_value(vm, type_atom(TYPE_PRINCIPAL),
		                       &c->args[0]);
	TRY(read_balance(vm, ft_of(vm, c), c->args[0].principal, &p));
	*ret = value_uint(p.amount);
	return ERR_OK;
}

enum err native_token_supply(struct vm *vm, const struct native_call *c,
                             struct value *ret)
{
	struct ft_place p;

	TRY(read_supply(vm, ft_of(vm, c), &p));
	*ret = value_uint(p.amount);
	return ERR_OK;
}

static enum err book_ft(struct vm *vm, const struct contract_ft *t,
                        const struct principal *owner, u128 amount)
{
	struct asset_entry e = {
		.kind = ASSET_FT,
		.owner = owner,
		.contract = vm->who.contract->id,
		.name = t->name,
		.amount = amount,
	};
	enum err err = asset_map_add(&vm->assets, &e);

	if (err == ERR_OVERFLOW)
		return machine_fail(vm, VM_ERROR_OVERFLOW,
		                    "movements of a token overflow");
	return err;
}

static enum err tell_ft(struct vm *vm, enum event_kind kind,
                        const struct contract_ft *t, const struct event *e)
{
	struct event event = *e;

	event.kind = kind;
	event.contract = vm->who.contract->id;
	event.asset = t->name;
	return event_add(&vm->events, &event);
}

static enum err raise_supply(struct vm *vm, const struct contract_ft *t,
                             u128 amount)
{
	struct ft_place p;
	u128 next;

	TRY(read_supply(vm, t, &p));
	if (!u128_add(&next, p.amount, amount))
		return machine_fail(vm, VM_ERROR_OVERFLOW, "token supply");
	if (t->is_capped && next > t->cap)
		return machine_fail(vm, VM_ERROR_SUPPLY_OVERFLOW,
		                    "more than the token's cap");
	return write_place(vm, &p, next);
}

enum err native_token_mint(struct vm *vm, const struct native_call *c,
                           struct value *ret)
{
	const struct contract_ft *t = ft_of(vm, c);
	const struct value *amount = &c->args[0];
	const struct value *to = &c->args[1];
	struct event e = { .recipient = to->principal, .amount = amount->u };
	struct ft_place p;
	u128 next;

	TRY(forbid_in_read_only(vm));
	if (!value_is(amount, VALUE_UINT) || !value_is(to, VALUE_PRINCIPAL))
		return bad_args(vm);
	if (amount->u == 0)
		return refuse(ret, 1);
	TRY(raise_supply(vm, t, amount->u));
	TRY(read_balance(vm, t, to->principal, &p));
	if (!u128_add(&next, p.amount, amount->u))
		return machine_fail(vm, VM_ERROR_EXPECT, "balance overflows");
	TRY(host_keep(vm, PRINCIPAL_BYTES));
	TRY(host_keep(vm, AMOUNT_BYTES));
	TRY(write_place(vm, &p, next));
	TRY(tell_ft(vm, EVENT_FT_MINT, t, &e));
	return accept(ret);
}

static enum err move_ft(struct vm *vm, const struct ft_place *from,
                        const struct ft_place *to, u128 amount)
{
	u128 next;

	if (!u128_add(&next, to->amount, amount))
		return machine_fail(vm, VM_ERROR_OVERFLOW, "token balance");
	TRY(host_keep(vm, PRINCIPAL_BYTES));
	TRY(host_keep(vm, PRINCIPAL_BYTES));
	TRY(host_keep(vm, AMOUNT_BYTES));
	TRY(host_keep(vm, AMOUNT_BYTES));
	TRY(write_place(vm, from, from->amount - amount));
	return write_place(vm, to, next);
}

enum err native_token_transfer(struct vm *vm, const struct native_call *c,
                               struct value *ret)
{
	const struct contract_ft *t = ft_of(vm, c);
	const struct value *amount = &c->args[0];
	const struct value *from = &c->args[1];
	const struct value *to = &c->args[2];
	struct ft_place source, target;

	TRY(forbid_in_read_only(vm));
	if (!value_is(amount, VALUE_UINT) || !value_is(from, VALUE_PRINCIPAL) ||
	    !value_is(to, VALUE_PRINCIPAL))
		return bad_args(vm);
	if (amount->u == 0)
		return refuse(ret, 3);
	if (principal_eq(from->principal, to->principal))
		return refuse(ret, 2);
	TRY(read_balance(vm, t, from->principal, &source));
	if (source.amount < amount->u)
		return refuse(ret, 1);
	TRY(read_balance(vm, t, to->principal, &target));

	struct event e = {
		.sender = from->principal,
		.recipient = to->principal,
		.amount = amount->u,
	};

	TRY(move_ft(vm, &source, &target, e.amount));
	TRY(book_ft(vm, t, e.sender, e.amount));
	TRY(tell_ft(vm, EVENT_FT_TRANSFER, t, &e));
	return accept(ret);
}

enum err native_token_burn(struct vm *vm, const struct native_call *c,
                           struct value *ret)
{
	const struct contract_ft *t = ft_of(vm, c);
	const struct value *amount = &c->args[0];
	const struct value *from = &c->args[1];
	struct ft_place p, supply;

	TRY(forbid_in_read_only(vm));
	if (!value_is(amount, VALUE_UINT) || !value_is(from, VALUE_PRINCIPAL))
		return bad_args(vm);
	if (amount->u == 0)
		return refuse(ret, 1);
	TRY(read_balance(vm, t, from->principal, &p));
	if (amount->u > p.amount)
		return refuse(ret, 1);
	TRY(read_supply(vm, t, &supply));
	if (amount->u > supply.amount)
		return machine_fail(vm, VM_ERROR_SUPPLY_UNDERFLOW,
		                    "more than there is");

	struct event e = { .sender = from->principal, .amount = amount->u };

	TRY(write_place(vm, &supply, supply.amount - e.amount));
	TRY(write_place(vm, &p, p.amount - e.amount));
	TRY(tell_ft(vm, EVENT_FT_BURN, t, &e));
	TRY(host_keep(vm, PRINCIPAL_BYTES));
	TRY(host_keep(vm, AMOUNT_BYTES));
	TRY(book_ft(vm, t, e.sender, e.amount));
	return accept(ret);
}

/* A non-fungible token: its id's bytes are part of the key. */
struct nft_place {
	const struct contract_nft *token;
	const struct value *id;
	struct store_key key;
	uint64_t hash;
	const struct principal *owner; /* NULL: nobody has it */
};

static enum err read_owner(struct vm *vm, struct nft_place *p)
{
	struct type_diag d;
	const struct type *type;
	struct journal_entry *e;
	struct value v;

	TRY(journal_read(&vm->journal, &p->key, p->hash, &e));
	p->owner = NULL;
	if (e->state == JOURNAL_ABSENT)
		return ERR_OK;
	TRY(host_type(
	    vm, type_optional(&vm->arena, &type, type_atom(TYPE_PRINCIPAL), &d),
	    &d));

	enum err err = value_codec_read_typed_all(&vm->arena, &v, e->bytes,
	                                          type, vm->chain.epoch, NULL);

	if (err == ERR_VALUE_BYTES)
		return machine_fail(vm, VM_ERROR_STORED_DATA,
		                    "stored bytes are no owner");
	TRY(err);
	if (!value_is_none(&v))
		p->owner = v.principal;
	return ERR_OK;
}

/* Prices the id by its bytes and tests its type. */
static enum err find_nft(struct vm *vm, const struct native_call *c,
                         enum price_id price, struct nft_place *p)
{
	const struct contract_nft *t = &vm->who.contract->nfts[c->extra];
	struct type_diag d;
	struct span tail;
	bool ok;

	p->token = t;
	p->id = &c->args[0];
	TRY(value_codec_bytes(&vm->arena, &tail, p->id));
	TRY(host_charge(vm, price, tail.len));
	TRY(host_type(vm, value_admitted(t->type, p->id, &ok, &d), &d));
	if (!ok)
		return host_fail_value(vm, t->type, p->id);
	p->key = (struct store_key){ .text = t->key.text, .tail = tail };
	p->hash = journal_hash_tail(t->key.hash, tail);
	return ERR_OK;
}

static enum err put_owner(struct vm *vm, const struct nft_place *p,
                          const struct principal *owner)
{
	struct value v = value_none();
	struct span bytes;

	if (owner) {
		v = value_principal(owner);
		v.wraps = VALUE_SOME;
	}
	TRY(value_codec_bytes(&vm->arena, &bytes, &v));
	return journal_write(&vm->journal, &p->key, p->hash, bytes, STORE_HEX);
}

static enum err keep_nft(struct vm *vm, const struct nft_place *p)
{
	TRY(host_keep(vm, PRINCIPAL_BYTES));
	return host_keep(vm, p->key.tail.len);
}

static enum err book_nft(struct vm *vm, const struct nft_place *p,
                         const struct principal *owner)
{
	struct asset_id *id = arena_new(&vm->arena, struct asset_id);

	if (!id)
		return ERR_NO_MEMORY;
	*id = (struct asset_id){ .id = *p->id };

	struct asset_entry e = {
		.kind = ASSET_NFT,
		.owner = owner,
		.contract = vm->who.contract->id,
		.name = p->token->name,
		.ids = id,
		.last_id = id,
	};

	return asset_map_add(&vm->assets, &e);
}

static enum err tell_nft(struct vm *vm, enum event_kind kind,
                         const struct nft_place *p,
                         const struct principal *from,
                         const struct principal *to)
{
	struct event e = {
		.kind = kind,
		.contract = vm->who.contract->id,
		.asset = p->token->name,
		.sender = from,
		.recipient = to,
		.value = *p->id,
	};

	return event_add(&vm->events, &e);
}

enum err native_token_owner(struct vm *vm, const struct native_call *c,
                            struct value *ret)
{
	struct nft_place p;

	TRY(find_nft(vm, c, PRICE_NFT_OWNER, &p));
	TRY(read_owner(vm, &p));
	*ret = value_none();
	if (p.owner) {
		*ret = value_principal(p.owner);
		ret->wraps = VALUE_SOME;
	}
	return ERR_OK;
}

enum err native_token_nft_mint(struct vm *vm, const struct native_call *c,
                               struct value *ret)
{
	const struct value *to = &c->args[1];
	struct nft_place p;

	TRY(forbid_in_read_only(vm));
	TRY(find_nft(vm, c, PRICE_NFT_MINT, &p));
	if (!value_is(to, VALUE_PRINCIPAL))
		return host_fail_value(vm, type_atom(TYPE_PRINCIPAL), to);
	TRY(read_owner(vm, &p));
	if (p.owner)
		return refuse(ret, 1);
	TRY(keep_nft(vm, &p));
	TRY(put_owner(vm, &p, to->principal));
	TRY(host_clone(vm, c, 0));
	TRY(tell_nft(vm, EVENT_NFT_MINT, &p, NULL, to->principal));
	return accept(ret);
}

enum err native_token_nft_transfer(struct vm *vm, const struct native_call *c,
                                   struct value *ret)
{
	const struct value *from = &c->args[1];
	const struct value *to = &c->args[2];
	struct nft_place p;

	TRY(forbid_in_read_only(vm));
	TRY(find_nft(vm, c, PRICE_NFT_TRANSFER, &p));
	if (!value_is(from, VALUE_PRINCIPAL) || !value_is(to, VALUE_PRINCIPAL))
		return bad_args(vm);
	if (principal_eq(from->principal, to->principal))
		return refuse(ret, 2);
	TRY(read_owner(vm, &p));
	if (!p.owner)
		return refuse(ret, 3);
	if (!principal_eq(p.owner, from->principal))
		return refuse(ret, 1);
	TRY(keep_nft(vm, &p));
	TRY(put_owner(vm, &p, to->principal));
	TRY(host_clone(vm, c, 0));
	TRY(book_nft(vm, &p, from->principal));
	TRY(tell_nft(vm, EVENT_NFT_TRANSFER, &p, from->principal,
	             to->principal));
	return accept(ret);
}

enum err native_token_nft_burn(struct vm *vm, const struct native_call *c,
                               struct value *ret)
{
	const struct value *from = &c->args[1];
	struct nft_place p;

	TRY(forbid_in_read_only(vm));
	TRY(find_nft(vm, c, PRICE_NFT_BURN, &p));
	if (!value_is(from, VALUE_PRINCIPAL))
		return host_fail_value(vm, type_atom(TYPE_PRINCIPAL), from);
	TRY(read_owner(vm, &p));
	if (!p.owner)
		return refuse(ret, 3);
	if (!principal_eq(p.owner, from->principal))
		return refuse(ret, 1);
	TRY(keep_nft(vm, &p));
	TRY(put_owner(vm, &p, NULL));
	TRY(host_clone(vm, c, 0));
	TRY(book_nft(vm, &p, from->principal));
	TRY(tell_nft(vm, EVENT_NFT_BURN, &p, from->principal, NULL));
	return accept(ret);
}
