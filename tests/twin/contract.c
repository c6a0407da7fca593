/* tests/twin/contract.c - Other contracts, and becoming one's own. */
#include "config.h"

#include "clarity/crypto/hash.h"
#include "tests/twin/inside.h"

static enum err unreachable(const struct special *s)
{
	return twin_fail(s->t, VM_ERROR_UNREACHABLE);
}

/* A call that is being resolved. */
struct target {
	const struct principal *contract;
	struct span function;
	const struct type *returns; /* by a trait, or NULL */
};

static bool implements(const struct program *p, const struct trait_id *id)
{
	for (uint32_t i = 0; i < p->n_impls; i++) {
		if (principal_trait_eq(p->impls[i], id))
			return true;
	}
	return false;
}

static enum err program_of(const struct special *s, const struct principal *id,
                           struct program **ret)
{
	TRY(twin_find(s->t, id, ret));
	return *ret ? ERR_OK : twin_fail(s->t, VM_ERROR_NO_SUCH_CONTRACT);
}

static const struct analysis_trait *trait_of(const struct program *p,
                                             struct span name)
{
	const struct thing *d =
	    twin_thing(p, symtab_find(p->ast.syms, name), DEFINE_TRAIT);

	return d ? d->trait : NULL;
}

/* The function must take what the trait says it takes. */
static enum err complies(const struct special *s, const struct procedure *p,
                         const struct analysis_fn *method)
{
	struct type_diag d;
	bool ok;

	if (p->n_params != method->n_params)
		return twin_fail(s->t, VM_ERROR_BAD_TRAIT);
	for (uint32_t i = 0; i < p->n_params; i++) {
		TRY(twin_type(s->t,
		              type_admits(p->params[i].type,
		                          method->params[i].type, &ok, &d),
		              &d));
		if (!ok)
			return twin_fail(s->t, VM_ERROR_BAD_TRAIT);
	}
	return ERR_OK;
}

/* A contract that does not say it has the trait is held against it. */
static enum err check_trait(const struct special *s, const struct program *p,
                            const struct trait_id *id, struct target *ret)
{
	const struct analysis_trait *trait;
	const struct analysis_fn *method;
	struct program *definer;
	struct procedure *f;

	TRY(program_of(s, id->contract, &definer));
	f = twin_procedure(p, symtab_find(p->ast.syms, ret->function));
	if (!f)
		return twin_fail(s->t, VM_ERROR_BAD_TRAIT);
	if (s->t->level->is_read_only)
		return unreachable(s);
	if (f->form == DEFINE_PRIVATE)
		return twin_fail(s->t, VM_ERROR_NO_SUCH_PUBLIC_FUNCTION);
	trait = trait_of(definer, id->name);
	if (!trait)
		return twin_fail(s->t, VM_ERROR_TRAIT_UNKNOWN);
	method = analysis_method(trait, ret->function);
	if (!method)
		return twin_fail(s->t, VM_ERROR_TRAIT_METHOD_UNKNOWN);
	TRY(complies(s, f, method));
	ret->returns = method->returns;
	return ERR_OK;
}

static enum err resolve_callable(const struct special *s, const struct value *v,
                                 struct target *ret)
{
	struct program *p;

	ret->contract = v->principal;
	if (!v->trait)
		return ERR_OK;
	if (principal_eq(v->principal, s->h->program->id))
		return twin_fail(s->t, VM_ERROR_CIRCULAR_REFERENCE);
	TRY(program_of(s, v->principal, &p));
	return implements(p, v->trait) ? ERR_OK
	                               : check_trait(s, p, v->trait, ret);
}

/* A literal contract, a constant that is one, or a callable. */
static enum err resolve(const struct special *s, struct target *ret)
{
	const struct ast_node *node = &s->args[0];
	struct program *p = s->h->program;
	const struct thing *k;
	const struct bind *b;

	if (node->kind == AST_LITERAL &&
	    value_is(node->value, VALUE_PRINCIPAL) &&
	    principal_is_contract(node->value->principal)) {
		ret->contract = node->value->principal;
		return ERR_OK;
	}
	if (node->kind != AST_ATOM)
		return twin_fail(s->t, VM_ERROR_CONTRACT_CALL_NAME);
	k = twin_thing(p, node->sym, DEFINE_CONSTANT);
	if (k && version_has_callables(p->version) && !p->is_deploying &&
	    epoch_calls_constant_principal(s->t->chain.epoch) &&
	    value_is(&k->value, VALUE_PRINCIPAL) &&
	    principal_is_contract(k->value.principal)) {
		ret->contract = k->value.principal;
		return ERR_OK;
	}
	b = eval_callable(s->l, node->sym);
	return b ? resolve_callable(s, &b->value, ret)
	         : twin_fail(s->t, VM_ERROR_CONTRACT_CALL_NAME);
}

static enum err call_args(const struct special *s, struct value *args)
{
	struct got g;
	uint64_t size;

	for (uint32_t i = 2; i < s->n; i++) {
		TRY(special_arg(s, i, &g));
		TRY(twin_size(s->t, &g.v, &size));
		TRY(eval_clone(s->t, &g, &args[i - 2]));
	}
	return ERR_OK;
}

static enum err contract_call(const struct special *s, struct value *ret)
{
	struct here h = *s->h;
	struct target to = { .returns = NULL };
	struct value *args = arena_new_array(&s->t->arena, struct value, s->n);
	struct vm_call call = { .args = args };
	const struct type *type;
	struct type_diag d;
	bool ok;

	if (s->n < 2)
		return unreachable(s);
	TRY(twin_charge(s->t, PRICE_CONTRACT_CALL, 0));
	if (s->args[1].kind != AST_ATOM)
		return unreachable(s);
	if (!args)
		return ERR_NO_MEMORY;
	to.function = symtab_name(h.program->ast.syms, s->args[1].sym);
	TRY(call_args(s, args));
	TRY(resolve(s, &to));
	call.contract = to.contract;
	call.function = to.function;
	call.n_args = s->n - 2;
	h.caller = h.program->id;
	TRY(eval_execute(s->t, &h, &call, ret));
	TRY(twin_sanitize(s->t, ret, VM_ERROR_UNKNOWN_TYPE, ret, &ok));
	if (!to.returns)
		return ERR_OK;
	TRY(twin_type(s->t, value_type(&s->t->arena, &type, ret, &d), &d));
	TRY(twin_type(s->t, type_admits(to.returns, type, &ok, &d), &d));
	return ok ? ERR_OK : twin_fail(s->t, VM_ERROR_RETURN_TYPES_MUST_MATCH);
}

static enum err contract_of(const struct special *s, struct value *ret)
{
	const struct bind *b;
	struct program *p;

	TRY(special_count(s, 1));
	TRY(twin_charge(s->t, PRICE_CONTRACT_OF, 0));
	if (s->args[0].kind != AST_ATOM)
		return unreachable(s);
	b = eval_callable(s->l, s->args[0].sym);
	if (!b)
		return unreachable(s);
	TRY(program_of(s, b->value.principal, &p));
	*ret = value_principal(b->value.principal);
	return ERR_OK;
}

static enum err contract_hash(const struct special *s, struct value *ret)
{
	struct value v = value_uint(1);
	struct program *p;
	struct got g;
	uint8_t *hash;

	TRY(special_count(s, 1));
	TRY(special_arg(s, 0, &g));
	if (!value_is(&g.v, VALUE_PRINCIPAL))
		return twin_fail(s->t, VM_ERROR_EXPECTED_CONTRACT);
	if (!principal_is_contract(g.v.principal))
		return twin_wrap(s->t, ret, VALUE_ERR, &v);
	TRY(twin_charge(s->t, PRICE_CONTRACT_HASH, 0));
	TRY(twin_find(s->t, g.v.principal, &p));
	v = value_uint(2);
	if (!p)
		return twin_wrap(s->t, ret, VALUE_ERR, &v);
	hash = arena_alloc(&s->t->arena, HASH_256_LEN);
	if (!hash)
		return ERR_NO_MEMORY;
	hash_sha512_256(hash, p->source.p, p->source.len);
	v = value_buff(span_of(hash, HASH_256_LEN));
	return twin_wrap(s->t, ret, VALUE_OK, &v);
}

static enum err as_contract(const struct special *s, struct value *ret)
{
	struct here h = *s->h;
	struct got g;
	enum err e;

	TRY(special_count(s, 1));
	TRY(twin_charge(s->t, PRICE_AS_CONTRACT, 0));
	TRY(twin_hold(s->t, 1));
	h.sender = h.caller = h.program->id;
	e = eval_node(s->t, &h, s->l, &s->args[0], &g);
	twin_drop(s->t, 1);
	TRY(e);
	return eval_clone(s->t, &g, ret);
}

enum err contract_run(const struct special *s, struct value *ret)
{
	switch ((int)s->id) {
	case NATIVE_CONTRACT_CALL:
		return contract_call(s, ret);
	case NATIVE_CONTRACT_OF:
		return contract_of(s, ret);
	case NATIVE_CONTRACT_HASH:
		return contract_hash(s, ret);
	default:
		return as_contract(s, ret);
	}
}

/*
 * restrict-assets? and as-contract?.
 */

struct promise {
	enum native id;
	const struct principal *contract;
	struct span name;
	u128 amount;
	const struct value *ids;
	uint32_t n_ids;
};

static enum err expect(const struct special *s)
{
	return twin_fail(s->t, VM_ERROR_EXPECT);
}

static enum err asset_of(const struct special *s, const struct ast_node *args,
                         struct promise *p)
{
	struct value v;

	TRY(eval_value(s->t, s->h, s->l, &args[0], &v));
	if (!value_is(&v, VALUE_PRINCIPAL))
		return expect(s);
	if (!principal_is_contract(v.principal))
		return twin_fail(s->t, VM_ERROR_EXPECTED_CONTRACT);
	p->contract = v.principal;
	TRY(eval_value(s->t, s->h, s->l, &args[1], &v));
	if (!value_is(&v, VALUE_ASCII))
		return expect(s);
	p->name = value_bytes(&v);
	return name_is_clarity(p->name)
	           ? ERR_OK
	           : twin_fail(s->t, VM_ERROR_BAD_TOKEN_NAME);
}

/* The amount in argument `i`; with-stx reads it without a copy. */
static enum err amount_of(const struct special *s, const struct ast_node *node,
                          struct promise *p)
{
	struct got g;

	TRY(eval_node(s->t, s->h, s->l, node, &g));
	if (p->id != NATIVE_WITH_STX)
		TRY(eval_clone(s->t, &g, &g.v));
	if (!value_is(&g.v, VALUE_UINT))
		return expect(s);
	p->amount = g.v.u;
	return ERR_OK;
}

static enum err ids_of(const struct special *s, const struct ast_node *node,
                       struct promise *p)
{
	struct value v;

	TRY(eval_value(s->t, s->h, s->l, node, &v));
	if (!value_is(&v, VALUE_LIST))
		return expect(s);
	p->ids = v.items;
	p->n_ids = v.n;
	return ERR_OK;
}

static enum err promise(const struct special *s, const struct ast_node *node,
                        struct promise *p)
{
	uint32_t head = ast_head(node), n = node->n - 1;
	const struct ast_node *args = node->items + 1;

	if (head == SYMTAB_NONE ||
	    !native_is_function(head, s->h->program->version) ||
	    native_table[head].family != NATIVE_FAMILY_ALLOWANCE)
		return unreachable(s);
	if (n != native_table[head].min)
		return twin_fail(s->t, VM_ERROR_ARGUMENT_COUNT);
	*p = (struct promise){ .id = (enum native)head };
	if (head == NATIVE_WITH_FT || head == NATIVE_WITH_NFT)
		TRY(asset_of(s, args, p));
	if (head == NATIVE_WITH_NFT)
		return ids_of(s, &args[2], p);
	return n > 0 ? amount_of(s, &args[n - 1], p) : ERR_OK;
}

static uint64_t promise_size(const struct promise *p)
{
	uint64_t size = 16;

	if (p->id == NATIVE_WITH_POX || p->id == NATIVE_WITH_ALL)
		return 0;
	if (!p->contract)
		return size;
	size = 96 + 21 + principal_name(p->contract).len + p->name.len;
	for (uint32_t i = 0; i < p->n_ids; i++)
		size += value_size(&p->ids[i]);
	return size;
}

/* What is broken: the smallest index, 128 for what nobody allowed. */
struct verdict {
	bool is_broken;
	uint32_t index;
};

#define UNALLOWED 128u

static void broken(struct verdict *v, uint32_t index)
{
	if (!v->is_broken || index < v->index)
		v->index = index;
	v->is_broken = true;
}

static bool speaks_of(const struct promise *p, const struct asset_entry *e)
{
	enum native wanted = e->kind == ASSET_FT    ? NATIVE_WITH_FT
	                     : e->kind == ASSET_NFT ? NATIVE_WITH_NFT
	                                            : NATIVE_WITH_STX;

	if (p->id != wanted)
		return false;
	return !p->contract ||
	       (principal_eq(p->contract, e->contract) &&
	        (span_eq(p->name, span_str("*")) || span_eq(p->name, e->name)));
}

static bool has_id(const struct promise *p, uint32_t n,
                   const struct promise *like, const struct value *id)
{
	/* All promises for one name count together. */
	for (uint32_t i = 0; i < n; i++) {
		if (p[i].id != NATIVE_WITH_NFT ||
		    !principal_eq(p[i].contract, like->contract) ||
		    !span_eq(p[i].name, like->name))
			continue;
		for (uint32_t k = 0; k < p[i].n_ids; k++) {
			if (value_eq(&p[i].ids[k], id))
				return true;
		}
	}
	return false;
}

/* The first promise of its name; later ones only add ids to it. */
static bool is_first(const struct promise *p, uint32_t i)
{
	for (uint32_t k = 0; k < i; k++) {
		if (p[k].id == NATIVE_WITH_NFT &&
		    principal_eq(p[k].contract, p[i].contract) &&
		    span_eq(p[k].name, p[i].name))
			return false;
	}
	return true;
}

static void judge_ids(const struct promise *p, uint32_t n, uint32_t i,
                      const struct asset_entry *e, struct verdict *v)
{
	for (const struct asset_id *id = e->ids; id; id = id->next) {
		if (is_first(p, i) && !has_id(p, n, &p[i], &id->id))
			broken(v, i);
	}
}

static void judge(const struct promise *p, uint32_t n,
                  const struct asset_entry *e, struct verdict *v)
{
	bool is_allowed = false;

	for (uint32_t i = 0; i < n; i++) {
		if (!speaks_of(&p[i], e))
			continue;
		is_allowed = true;
		if (e->kind == ASSET_NFT)
			judge_ids(p, n, i, e, v);
		else if (e->amount > p[i].amount)
			broken(v, i);
	}
	if (!is_allowed)
		broken(v, UNALLOWED);
}

/* What was moved and what was burnt, together. */
static enum err judge_sum(const struct special *s, const struct promise *p,
                          uint32_t n, u128 sum, struct verdict *v)
{
	for (uint32_t i = 0; i < n && sum > 0; i++) {
		if (p[i].id != NATIVE_WITH_STX || sum <= p[i].amount)
			continue;
		if (epoch_combines_stx_allowance(s->t->chain.epoch))
			broken(v, i);
		else if (!v->is_broken)
			return expect(s);
	}
	return ERR_OK;
}

static enum err judge_all(const struct special *s, const struct promise *p,
                          uint32_t n, const struct principal *owner,
                          struct verdict *v)
{
	const struct level *l = s->t->level;
	u128 sum = 0;

	*v = (struct verdict){ .is_broken = false };
	for (uint32_t i = 0; i < n; i++) {
		if (p[i].id == NATIVE_WITH_ALL)
			return ERR_OK;
	}
	for (uint32_t i = 0; i < l->n_assets; i++) {
		const struct asset_entry *e = &l->assets[i];

		if (!principal_eq(e->owner, owner))
			continue;
		judge(p, n, e, v);
		if (e->kind != ASSET_STX && e->kind != ASSET_STX_BURN)
			continue;
		if (!u128_add(&sum, sum, e->amount))
			return expect(s);
	}
	return judge_sum(s, p, n, sum, v);
}

struct promises {
	const struct promise *items;
	uint32_t n;
};

/* The body, in a level of its own that holds only if all promises do. */
static enum err guarded(const struct special *s, const struct here *h,
                        const struct principal *owner,
                        const struct promises *all, struct value *ret)
{
	uint32_t body = s->id == NATIVE_AS_CONTRACT_SAFE ? 1 : 2;
	struct value last = value_none();
	struct vm_failure why = s->t->failure;
	struct verdict v;
	enum err e = ERR_OK, judged;

	state_begin(s->t, false);
	for (uint32_t i = body; e == ERR_OK && i < s->n; i++)
		e = eval_value(s->t, h, s->l, &s->args[i], &last);
	if (e == ERR_RUN)
		why = s->t->failure;
	if (e != ERR_OK &&
	    (e != ERR_RUN || !vm_error_is_includable(why.kind))) {
		state_roll_back(s->t);
		return e;
	}
	judged = judge_all(s, all->items, all->n, owner, &v);
	if (judged != ERR_OK || v.is_broken) {
		state_roll_back(s->t);
		TRY(judged);
		*ret = value_uint(v.index);
		ret->wraps = VALUE_ERR;
		return ERR_OK;
	}
	TRY(state_commit(s->t));
	s->t->failure = why;
	TRY(e);
	return twin_wrap(s->t, ret, VALUE_OK, &last);
}

/* Adds what a promise takes.  When that is too much, restrict-assets? has a
 * failure of its own, and gives back all that was added since `before`. */
static enum err hold_promise(const struct special *s, const struct promise *p,
                             uint64_t before, uint64_t *held)
{
	uint64_t size = promise_size(p);
	enum err e = twin_hold(s->t, size);

	if (e == ERR_OK)
		*held += size;
	if (e != ERR_RUN || s->id != NATIVE_RESTRICT_ASSETS ||
	    s->t->failure.kind != VM_ERROR_MEMORY_BALANCE_EXCEEDED)
		return e;
	*held = s->t->memory.used - before;
	return twin_fail(s->t, VM_ERROR_RESTRICT_MEMORY);
}

static enum err with_promises(const struct special *s,
                              const struct principal *owner,
                              const struct ast_node *list, uint64_t *held,
                              struct value *ret)
{
	bool is_self = s->id == NATIVE_AS_CONTRACT_SAFE;
	struct promise *p =
	    arena_new_array(&s->t->arena, struct promise, list->n);
	struct promises all = { p, list->n };
	uint64_t before = s->t->memory.used;
	struct here h = *s->h;

	if (!p)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < list->n; i++) {
		TRY(promise(s, &list->items[i], &p[i]));
		TRY(hold_promise(s, &p[i], before, held));
	}
	if (is_self) {
		TRY(twin_hold(s->t, 1));
		(*held)++;
		h.sender = h.caller = h.program->id;
	}
	return guarded(s, &h, owner, &all, ret);
}

enum err guard_run(const struct special *s, struct value *ret)
{
	bool is_self = s->id == NATIVE_AS_CONTRACT_SAFE;
	const struct principal *owner = s->h->program->id;
	const struct ast_node *list;
	struct value v;
	uint64_t held = 0;
	enum err e;

	if (s->n < (is_self ? 2u : 3u))
		return unreachable(s);
	list = &s->args[is_self ? 0 : 1];
	if (list->kind != AST_LIST)
		return unreachable(s);
	if (!is_self) {
		TRY(special_value(s, 0, &v));
		if (!value_is(&v, VALUE_PRINCIPAL))
			return expect(s);
		owner = v.principal;
	}
	TRY(twin_charge(
	    s->t, is_self ? PRICE_AS_CONTRACT_SAFE : PRICE_RESTRICT_ASSETS,
	    list->n));
	if (!is_self && list->n > UNALLOWED)
		return unreachable(s);
	e = with_promises(s, owner, list, &held, ret);
	twin_drop(s->t, held);
	return e;
}
