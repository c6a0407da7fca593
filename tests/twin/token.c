/* tests/twin/token.c - Fungible and non-fungible tokens, and STX. */
#include "config.h"

#include <string.h>

#include "clarity/value/int128.h"
#include "clarity/value/value_codec.h"
#include "tests/twin/inside.h"

#define PRINCIPAL_SIZE 148u
#define UINT_SIZE 16u
#define BALANCE_SIZE 40u

static enum err answer(struct value *ret, unsigned code)
{
	*ret = code ? value_uint(code) : value_bool(true);
	ret->wraps = code ? VALUE_ERR : VALUE_OK;
	return ERR_OK;
}

static enum err unreachable(const struct special *s)
{
	return twin_fail(s->t, VM_ERROR_UNREACHABLE);
}

static enum err args_of(const struct special *s, uint32_t from, uint32_t n,
                        struct got *ret)
{
	for (uint32_t i = 0; i < n; i++)
		TRY(special_arg(s, from + i, &ret[i]));
	return ERR_OK;
}

static bool is_uint(const struct got *g)
{
	return value_is(&g->v, VALUE_UINT);
}

static bool is_principal(const struct got *g)
{
	return value_is(&g->v, VALUE_PRINCIPAL);
}

/* A number that is stored as decimal text. */
static enum err read_number(struct twin *t, const struct store_key *key,
                            bool *found, u128 *ret)
{
	struct span s;

	*ret = 0;
	TRY(state_get(t, key, &s, found));
	if (*found && !int128_parse_unsigned(ret, s))
		return twin_fail(t, VM_ERROR_STORED_DATA);
	return ERR_OK;
}

static enum err write_number(struct twin *t, const struct store_key *key,
                             u128 n)
{
	char text[INT128_MAX_TEXT];
	size_t len = int128_format_unsigned(text, n);
	void *copy = arena_copy(&t->arena, text, len);

	if (!copy)
		return ERR_NO_MEMORY;
	return state_put(t, key, span_of(copy, len), STORE_TEXT);
}

static enum err owner_key(const struct special *s, const struct principal *who,
                          struct store_key *ret)
{
	TRY(state_key(s->t, s->h, 2, s->args[0].sym, ret));
	ret->tail = span_of(who, principal_len(who));
	return ERR_OK;
}

static enum err ft_read(const struct special *s, const struct principal *who,
                        u128 *ret)
{
	struct store_key key;
	bool found;

	TRY(owner_key(s, who, &key));
	return read_number(s->t, &key, &found, ret);
}

static enum err ft_write(const struct special *s, const struct principal *who,
                         u128 n)
{
	struct store_key key;

	TRY(owner_key(s, who, &key));
	return write_number(s->t, &key, n);
}

static enum err supply(const struct special *s, struct store_key *key,
                       u128 *ret)
{
	bool found;

	TRY(state_key(s->t, s->h, 3, s->args[0].sym, key));
	TRY(read_number(s->t, key, &found, ret));
	return found ? ERR_OK : twin_fail(s->t, VM_ERROR_EXPECT);
}

static enum err tell(const struct special *s, enum event_kind kind,
                     const struct principal *from, const struct principal *to,
                     u128 amount)
{
	struct event e = {
		.kind = kind,
		.contract = s->h->program->id,
		.asset = symtab_name(s->h->program->ast.syms, s->args[0].sym),
		.sender = from,
		.recipient = to,
		.amount = amount,
	};

	return state_event(s->t, &e);
}

static enum err book(const struct special *s, const struct principal *from,
                     u128 amount)
{
	struct asset_entry e = {
		.kind = ASSET_FT,
		.owner = from,
		.contract = s->h->program->id,
		.name = symtab_name(s->h->program->ast.syms, s->args[0].sym),
		.amount = amount,
	};

	return state_asset(s->t, &e);
}

static struct thing *token(const struct special *s)
{
	return twin_thing(s->h->program, s->args[0].sym, DEFINE_FT);
}

static enum err hold_all(struct twin *t, uint32_t principals, uint32_t uints)
{
	while (principals-- > 0)
		TRY(twin_hold(t, PRINCIPAL_SIZE));
	while (uints-- > 0)
		TRY(twin_hold(t, UINT_SIZE));
	return ERR_OK;
}

static enum err mint(const struct special *s, const struct principal *to,
                     u128 amount, struct value *ret)
{
	const struct thing *d = token(s);
	struct store_key key;
	u128 total, balance;

	if (!d)
		return unreachable(s);
	TRY(supply(s, &key, &total));
	if (!u128_add(&total, total, amount))
		return twin_fail(s->t, VM_ERROR_OVERFLOW);
	if (d->is_capped && total > d->value.u)
		return twin_fail(s->t, VM_ERROR_SUPPLY_OVERFLOW);
	TRY(write_number(s->t, &key, total));
	TRY(ft_read(s, to, &balance));
	if (!u128_add(&balance, balance, amount))
		return twin_fail(s->t, VM_ERROR_EXPECT);
	TRY(hold_all(s->t, 1, 1));
	TRY(ft_write(s, to, balance));
	TRY(tell(s, EVENT_FT_MINT, NULL, to, amount));
	return answer(ret, 0);
}

static enum err ft_mint(const struct special *s, struct value *ret)
{
	struct got g[2];

	TRY(special_count(s, 3));
	TRY(twin_charge(s->t, PRICE_FT_MINT, 0));
	TRY(args_of(s, 1, 2, g));
	if (!is_uint(&g[0]) || !is_principal(&g[1]))
		return unreachable(s);
	return g[0].v.u == 0 ? answer(ret, 1)
	                     : mint(s, g[1].v.principal, g[0].v.u, ret);
}

static enum err ft_move(const struct special *s, const struct principal *from,
                        const struct principal *to, u128 amount,
                        struct value *ret)
{
	u128 a, b;

	if (!token(s))
		return unreachable(s);
	TRY(ft_read(s, from, &a));
	if (a < amount)
		return answer(ret, 1);
	TRY(ft_read(s, to, &b));
	if (!u128_add(&b, b, amount))
		return twin_fail(s->t, VM_ERROR_OVERFLOW);
	TRY(hold_all(s->t, 2, 2));
	TRY(ft_write(s, from, a - amount));
	TRY(ft_write(s, to, b));
	TRY(book(s, from, amount));
	TRY(tell(s, EVENT_FT_TRANSFER, from, to, amount));
	return answer(ret, 0);
}

static enum err ft_transfer(const struct special *s, struct value *ret)
{
	struct got g[3];

	TRY(special_count(s, 4));
	TRY(twin_charge(s->t, PRICE_FT_TRANSFER, 0));
	TRY(args_of(s, 1, 3, g));
	if (!is_uint(&g[0]) || !is_principal(&g[1]) || !is_principal(&g[2]))
		return unreachable(s);
	if (g[0].v.u == 0)
		return answer(ret, 3);
	if (principal_eq(g[1].v.principal, g[2].v.principal))
		return answer(ret, 2);
	return ft_move(s, g[1].v.principal, g[2].v.principal, g[0].v.u, ret);
}

static enum err ft_burn(const struct special *s, struct value *ret)
{
	struct store_key key;
	u128 total, balance;
	struct got g[2];

	TRY(special_count(s, 3));
	TRY(twin_charge(s->t, PRICE_FT_BURN, 0));
	TRY(args_of(s, 1, 2, g));
	if (!is_uint(&g[0]) || !is_principal(&g[1]))
		return unreachable(s);
	if (g[0].v.u == 0)
		return answer(ret, 1);
	if (!token(s))
		return unreachable(s);
	TRY(ft_read(s, g[1].v.principal, &balance));
	if (g[0].v.u > balance)
		return answer(ret, 1);
	TRY(supply(s, &key, &total));
	if (g[0].v.u > total)
		return twin_fail(s->t, VM_ERROR_SUPPLY_UNDERFLOW);
	TRY(write_number(s->t, &key, total - g[0].v.u));
	TRY(ft_write(s, g[1].v.principal, balance - g[0].v.u));
	TRY(tell(s, EVENT_FT_BURN, g[1].v.principal, NULL, g[0].v.u));
	TRY(hold_all(s->t, 1, 1));
	TRY(book(s, g[1].v.principal, g[0].v.u));
	return answer(ret, 0);
}

static enum err ft_balance(const struct special *s, struct value *ret)
{
	struct got g;
	u128 n;

	TRY(special_count(s, 2));
	TRY(twin_charge(s->t, PRICE_FT_BALANCE, 0));
	TRY(special_arg(s, 1, &g));
	if (!is_principal(&g))
		return twin_fail(s->t, VM_ERROR_TYPE_VALUE_ERROR);
	if (!token(s))
		return unreachable(s);
	TRY(ft_read(s, g.v.principal, &n));
	*ret = value_uint(n);
	return ERR_OK;
}

static enum err ft_supply(const struct special *s, struct value *ret)
{
	struct store_key key;
	u128 n;

	TRY(special_count(s, 1));
	TRY(twin_charge(s->t, PRICE_FT_GET_SUPPLY, 0));
	TRY(supply(s, &key, &n));
	*ret = value_uint(n);
	return ERR_OK;
}

/* A non-fungible token that is being asked about. */
struct nft {
	struct thing *d;
	struct got id;
	struct got who[2];
	uint64_t size;
	struct store_key key;
	const struct principal *owner; /* or NULL */
};

/* Evaluates the id and `n` principals, and pays by the size of the id. */
static enum err nft_args(const struct special *s, enum price_id price,
                         uint32_t n, struct nft *ret)
{
	TRY(special_arg(s, 1, &ret->id));
	TRY(args_of(s, 2, n, ret->who));
	ret->d = twin_thing(s->h->program, s->args[0].sym, DEFINE_NFT);
	if (!ret->d)
		return unreachable(s);
	ret->size = value_codec_len(&ret->id.v);
	TRY(twin_charge(s->t, price, ret->size));
	return twin_admit(s->t, ret->d->type, &ret->id.v);
}

static enum err nft_find(const struct special *s, struct nft *x)
{
	const struct type *type;
	struct value v;
	uint64_t len;
	bool found;

	TRY(state_key(s->t, s->h, 4, s->args[0].sym, &x->key));
	TRY(value_codec_bytes(&s->t->arena, &x->key.tail, &x->id.v));
	TRY(type_optional(&s->t->arena, &type, type_atom(TYPE_PRINCIPAL),
	                  NULL));
	TRY(state_get_value(s->t, &x->key, type, &v, &len, &found));
	x->owner = found && !value_is_none(&v) ? v.principal : NULL;
	return ERR_OK;
}

/* Gives it to `to`, or to nobody, and pays for the copy of the id. */
static enum err nft_give(const struct special *s, struct nft *x,
                         const struct principal *to, struct value *id)
{
	struct value v = value_none();
	uint64_t size;

	TRY(twin_hold(s->t, PRINCIPAL_SIZE));
	TRY(twin_hold(s->t, x->size));
	if (to) {
		v = value_principal(to);
		v.wraps = VALUE_SOME;
	}
	TRY(state_put_value(s->t, &x->key, &v, &size));
	return eval_clone(s->t, &x->id, id);
}

static enum err nft_tell(const struct special *s, enum event_kind kind,
                         const struct principal *from,
                         const struct principal *to, const struct value *id)
{
	struct asset_id *one = arena_new(&s->t->arena, struct asset_id);
	struct event e = {
		.kind = kind,
		.contract = s->h->program->id,
		.asset = symtab_name(s->h->program->ast.syms, s->args[0].sym),
		.sender = from,
		.recipient = to,
		.value = *id,
	};
	struct asset_entry moved = {
		.kind = ASSET_NFT,
		.owner = from,
		.contract = e.contract,
		.name = e.asset,
		.ids = one,
		.last_id = one,
	};

	if (!one)
		return ERR_NO_MEMORY;
	*one = (struct asset_id){ *id, NULL };
	if (from)
		TRY(state_asset(s->t, &moved));
	return state_event(s->t, &e);
}

static enum err nft_mint(const struct special *s, struct value *ret)
{
	struct value id;
	struct nft x;

	TRY(special_count(s, 3));
	TRY(nft_args(s, PRICE_NFT_MINT, 1, &x));
	if (!is_principal(&x.who[0]))
		return twin_fail(s->t, VM_ERROR_TYPE_VALUE_ERROR);
	TRY(nft_find(s, &x));
	if (x.owner)
		return answer(ret, 1);
	TRY(nft_give(s, &x, x.who[0].v.principal, &id));
	TRY(nft_tell(s, EVENT_NFT_MINT, NULL, x.who[0].v.principal, &id));
	return answer(ret, 0);
}

static enum err nft_transfer(const struct special *s, struct value *ret)
{
	struct value id;
	struct nft x;

	TRY(special_count(s, 4));
	TRY(nft_args(s, PRICE_NFT_TRANSFER, 2, &x));
	if (!is_principal(&x.who[0]) || !is_principal(&x.who[1]))
		return unreachable(s);
	if (principal_eq(x.who[0].v.principal, x.who[1].v.principal))
		return answer(ret, 2);
	TRY(nft_find(s, &x));
	if (!x.owner)
		return answer(ret, 3);
	if (!principal_eq(x.owner, x.who[0].v.principal))
		return answer(ret, 1);
	TRY(nft_give(s, &x, x.who[1].v.principal, &id));
	TRY(nft_tell(s, EVENT_NFT_TRANSFER, x.who[0].v.principal,
	             x.who[1].v.principal, &id));
	return answer(ret, 0);
}

static enum err nft_burn(const struct special *s, struct value *ret)
{
	struct value id;
	struct nft x;

	TRY(special_count(s, 3));
	TRY(twin_charge(s->t, PRICE_NFT_BURN, 0));
	TRY(nft_args(s, PRICE_NFT_BURN, 1, &x));
	if (!is_principal(&x.who[0]))
		return twin_fail(s->t, VM_ERROR_TYPE_VALUE_ERROR);
	TRY(nft_find(s, &x));
	if (!x.owner)
		return answer(ret, 3);
	if (!principal_eq(x.owner, x.who[0].v.principal))
		return answer(ret, 1);
	TRY(nft_give(s, &x, NULL, &id));
	TRY(nft_tell(s, EVENT_NFT_BURN, x.who[0].v.principal, NULL, &id));
	return answer(ret, 0);
}

static enum err nft_owner(const struct special *s, struct value *ret)
{
	struct nft x;

	TRY(special_count(s, 2));
	TRY(nft_args(s, PRICE_NFT_OWNER, 0, &x));
	TRY(nft_find(s, &x));
	*ret = value_none();
	if (!x.owner)
		return ERR_OK;
	*ret = value_principal(x.owner);
	ret->wraps = VALUE_SOME;
	return ERR_OK;
}

enum err token_run(const struct special *s, struct value *ret)
{
	if (s->n > 0 && s->args[0].kind != AST_ATOM)
		return unreachable(s);
	switch ((int)s->id) {
	case NATIVE_FT_GET_BALANCE:
		return ft_balance(s, ret);
	case NATIVE_FT_GET_SUPPLY:
		return ft_supply(s, ret);
	case NATIVE_FT_MINT:
		return ft_mint(s, ret);
	case NATIVE_FT_TRANSFER:
		return ft_transfer(s, ret);
	case NATIVE_FT_BURN:
		return ft_burn(s, ret);
	case NATIVE_NFT_GET_OWNER:
		return nft_owner(s, ret);
	case NATIVE_NFT_MINT:
		return nft_mint(s, ret);
	case NATIVE_NFT_TRANSFER:
		return nft_transfer(s, ret);
	default:
		return nft_burn(s, ret);
	}
}

/*
 * STX.
 */

struct balance {
	u128 unlocked, locked;
	uint64_t until;   /* Bitcoin height */
	unsigned version; /* of the lock, 1 to 5; 0: none */
};

static struct store_key account(const struct principal *who)
{
	return (struct store_key){ .text = span_str("vm-account::"),
		                   .tail = span_of(who, principal_len(who)),
		                   .form = STORE_TAIL_BALANCE };
}

static enum err stx_raw(struct twin *t, const struct principal *who,
                        struct balance *ret)
{
	struct store_key key = account(who);
	struct span s;
	bool found;
	unsigned version = 1;

	*ret = (struct balance){ 0 };
	TRY(state_get(t, &key, &s, &found));
	if (!found)
		return ERR_OK;
	if (s.len == BALANCE_SIZE + 1) {
		version = 2u + s.p[0];
		s = span_of(s.p + 1, BALANCE_SIZE);
	}
	if (s.len != BALANCE_SIZE)
		return twin_fail(t, VM_ERROR_EXPECT);
	ret->unlocked = be128_read(s.p);
	ret->locked = be128_read(s.p + 16);
	ret->until = be64_read(s.p + 32);
	ret->version = version;
	if (ret->locked == 0)
		*ret = (struct balance){ .unlocked = ret->unlocked };
	return ERR_OK;
}

static enum err stx_end(struct twin *t, const struct balance *b,
                        struct store_view *view, uint64_t *ret)
{
	TRY(t->store.ops->view(t->store.ctx, view));
	*ret = b->version ? b->until : 0;
	if (b->version >= 1 && b->version <= 4 &&
	    view->unlock_height[b->version - 1] < *ret)
		*ret = view->unlock_height[b->version - 1];
	return ERR_OK;
}

/* With a lock that has ended taken off. */
static enum err stx_read(struct twin *t, const struct principal *who,
                         struct balance *ret)
{
	struct store_view view;
	uint64_t end;

	TRY(stx_raw(t, who, ret));
	TRY(stx_end(t, ret, &view, &end));
	if (ret->locked == 0 || end > view.burn_height)
		return ERR_OK;
	*ret = (struct balance){ .unlocked = ret->unlocked + ret->locked };
	return ERR_OK;
}

static enum err stx_write(struct twin *t, const struct principal *who,
                          const struct balance *b)
{
	struct store_key key = account(who);
	uint8_t *bytes = arena_alloc(&t->arena, BALANCE_SIZE + 1);
	uint32_t head = b->version >= 2;

	if (!bytes)
		return ERR_NO_MEMORY;
	if (head)
		bytes[0] = (uint8_t)(b->version - 2);
	be128_write(bytes + head, b->unlocked);
	be128_write(bytes + head + 16, b->locked);
	be64_write(bytes + head + 32, b->until);
	return state_put(t, &key, span_of(bytes, BALANCE_SIZE + head),
	                 STORE_HEX);
}

static enum err stx_balance(const struct special *s, struct value *ret)
{
	struct balance b;
	struct got g;

	TRY(special_count(s, 1));
	TRY(twin_charge(s->t, PRICE_STX_BALANCE, 0));
	TRY(special_arg(s, 0, &g));
	if (!is_principal(&g))
		return twin_fail(s->t, VM_ERROR_TYPE_VALUE_ERROR);
	TRY(stx_read(s->t, g.v.principal, &b));
	*ret = value_uint(b.unlocked);
	return ERR_OK;
}

static enum err stx_account(const struct special *s, struct value *ret)
{
	struct store_view view;
	struct balance b;
	struct got g;
	uint64_t end;

	TRY(special_count(s, 1));
	TRY(twin_charge(s->t, PRICE_STX_ACCOUNT, 0));
	TRY(special_arg(s, 0, &g));
	if (!is_principal(&g))
		return twin_fail(s->t, VM_ERROR_TYPE_VALUE_ERROR);
	TRY(stx_read(s->t, g.v.principal, &b));
	TRY(stx_end(s->t, &b, &view, &end));

	struct value_field fields[] = {
		{ span_str("locked"), value_uint(b.locked) },
		{ span_str("unlock-height"), value_uint(end) },
		{ span_str("unlocked"), value_uint(b.unlocked) },
	};

	return value_tuple(&s->t->arena, ret, fields, 3, NULL);
}

static enum err stx_tell(const struct special *s, enum asset_kind kind,
                         const struct event *e, struct value *ret)
{
	struct asset_entry moved = { .kind = kind,
		                     .owner = e->sender,
		                     .amount = e->amount };

	TRY(state_asset(s->t, &moved));
	TRY(state_event(s->t, e));
	return answer(ret, 0);
}

static bool is_sender(const struct special *s, const struct principal *who)
{
	return s->h->sender && principal_eq(s->h->sender, who);
}

static enum err stx_move(const struct special *s, const struct event *e,
                         struct value *ret)
{
	struct balance from, to;

	if (e->amount == 0)
		return answer(ret, 3);
	if (principal_eq(e->sender, e->recipient))
		return answer(ret, 2);
	if (!is_sender(s, e->sender))
		return answer(ret, 4);
	TRY(hold_all(s->t, 2, 0));
	TRY(twin_hold(s->t, BALANCE_SIZE));
	TRY(twin_hold(s->t, BALANCE_SIZE));
	TRY(stx_read(s->t, e->sender, &from));
	if (from.unlocked < e->amount)
		return answer(ret, 1);
	TRY(stx_raw(s->t, e->recipient, &to));
	if (!u128_add(&to.unlocked, to.unlocked, e->amount))
		return twin_fail(s->t, VM_ERROR_OVERFLOW);
	from.unlocked -= e->amount;
	TRY(stx_write(s->t, e->recipient, &to));
	TRY(stx_write(s->t, e->sender, &from));
	return stx_tell(s, ASSET_STX, e, ret);
}

static enum err stx_transfer(const struct special *s, struct value *ret)
{
	bool has_memo = s->id == NATIVE_STX_TRANSFER_MEMO;
	struct event e = { .kind = EVENT_STX_TRANSFER };
	struct got g[4];

	TRY(special_count(s, has_memo ? 4 : 3));
	TRY(twin_charge(
	    s->t, has_memo ? PRICE_STX_TRANSFER_MEMO : PRICE_STX_TRANSFER, 0));
	TRY(args_of(s, 0, s->n, g));
	if (!is_uint(&g[0]) || !is_principal(&g[1]) || !is_principal(&g[2]) ||
	    (has_memo && !value_is(&g[3].v, VALUE_BUFF)))
		return unreachable(s);
	e.amount = g[0].v.u;
	e.sender = g[1].v.principal;
	e.recipient = g[2].v.principal;
	if (has_memo)
		e.memo = value_bytes(&g[3].v);
	return stx_move(s, &e, ret);
}

static enum err burn_supply(struct twin *t, u128 amount)
{
	struct store_key key = {
		.text = span_str("_stx-data::ustx_liquid_supply"),
	};
	struct value v = value_uint(0);
	uint64_t len;
	bool found;

	TRY(state_get_value(t, &key, type_atom(TYPE_UINT), &v, &len, &found));
	if (v.u < amount)
		return twin_fail(t, VM_ERROR_UNDERFLOW);
	v = value_uint(v.u - amount);
	return state_put_value(t, &key, &v, &len);
}

static enum err stx_burn(const struct special *s, struct value *ret)
{
	struct event e = { .kind = EVENT_STX_BURN };
	struct balance b;
	struct got g[2];

	TRY(special_count(s, 2));
	TRY(twin_charge(s->t, PRICE_STX_TRANSFER, 0));
	TRY(args_of(s, 0, 2, g));
	if (!is_uint(&g[0]) || !is_principal(&g[1]))
		return unreachable(s);
	e.amount = g[0].v.u;
	e.sender = g[1].v.principal;
	if (e.amount == 0)
		return answer(ret, 3);
	if (!is_sender(s, e.sender))
		return answer(ret, 4);
	TRY(hold_all(s->t, 1, 0));
	TRY(twin_hold(s->t, BALANCE_SIZE));
	TRY(stx_read(s->t, e.sender, &b));
	if (b.unlocked < e.amount)
		return answer(ret, 1);
	b.unlocked -= e.amount;
	TRY(stx_write(s->t, e.sender, &b));
	TRY(burn_supply(s->t, e.amount));
	return stx_tell(s, ASSET_STX_BURN, &e, ret);
}

enum err stx_run(const struct special *s, struct value *ret)
{
	switch ((int)s->id) {
	case NATIVE_STX_GET_BALANCE:
		return stx_balance(s, ret);
	case NATIVE_STX_ACCOUNT:
		return stx_account(s, ret);
	case NATIVE_STX_BURN:
		return stx_burn(s, ret);
	default:
		return stx_transfer(s, ret);
	}
}
