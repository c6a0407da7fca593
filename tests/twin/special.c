/* tests/twin/special.c - Natives that evaluate for themselves: control. */
#include "config.h"

#include "clarity/base/check.h"
#include "tests/twin/inside.h"

enum err special_arg(const struct special *s, uint32_t i, struct got *ret)
{
	return eval_node(s->t, s->h, s->l, &s->args[i], ret);
}

enum err special_value(const struct special *s, uint32_t i, struct value *ret)
{
	return eval_value(s->t, s->h, s->l, &s->args[i], ret);
}

enum err special_count(const struct special *s, uint32_t n)
{
	return s->n == n ? ERR_OK : twin_fail(s->t, VM_ERROR_ARGUMENT_COUNT);
}

static enum err at_least(const struct special *s, uint32_t n)
{
	return s->n >= n ? ERR_OK : twin_fail(s->t, VM_ERROR_UNREACHABLE);
}

static enum err not_bool(const struct special *s)
{
	return twin_fail(s->t, VM_ERROR_TYPE_VALUE_ERROR);
}

static enum err run_if(const struct special *s, struct value *ret)
{
	struct got g;

	TRY(special_count(s, 3));
	TRY(twin_charge(s->t, PRICE_IF, 0));
	TRY(special_arg(s, 0, &g));
	if (!value_is(&g.v, VALUE_BOOL))
		return not_bool(s);
	return special_value(s, g.v.n ? 1 : 2, ret);
}

static enum err run_asserts(const struct special *s, struct value *ret)
{
	struct got g;
	struct value thrown;

	TRY(special_count(s, 2));
	TRY(twin_charge(s->t, PRICE_ASSERTS, 0));
	TRY(special_arg(s, 0, &g));
	if (!value_is(&g.v, VALUE_BOOL))
		return not_bool(s);
	if (g.v.n)
		return eval_clone(s->t, &g, ret);
	TRY(special_value(s, 1, &thrown));
	(void)twin_fail(s->t, VM_ERROR_ASSERTION_FAILED);
	s->t->failure.value = thrown;
	return ERR_RUN;
}

/* and, or: up to the first that decides. */
static enum err run_logic(const struct special *s, struct value *ret)
{
	bool is_or = s->id == NATIVE_OR;
	struct got g;

	TRY(at_least(s, 1));
	TRY(twin_charge(s->t, is_or ? PRICE_OR : PRICE_AND, s->n));
	*ret = value_bool(!is_or);
	for (uint32_t i = 0; i < s->n; i++) {
		TRY(special_arg(s, i, &g));
		if (!value_is(&g.v, VALUE_BOOL))
			return not_bool(s);
		if ((g.v.n != 0) == is_or) {
			*ret = value_bool(is_or);
			return ERR_OK;
		}
	}
	return ERR_OK;
}

static bool are_comparable(const struct special *s, const struct value *a,
                           const struct value *b)
{
	bool is_number = a->kind == VALUE_INT || a->kind == VALUE_UINT;
	bool is_string = a->kind == VALUE_BUFF || a->kind == VALUE_ASCII ||
	                 a->kind == VALUE_UTF8;

	if (a->wraps || b->wraps || a->kind != b->kind)
		return false;
	return is_number || (is_string && version_compares_sequences(
					      s->h->program->version));
}

static bool compares(enum native id, int order)
{
	if (id == NATIVE_LESS)
		return order < 0;
	if (id == NATIVE_LEQ)
		return order <= 0;
	return id == NATIVE_GREATER ? order > 0 : order >= 0;
}

static enum err run_compare(const struct special *s, struct value *ret)
{
	enum price_id id = s->id == NATIVE_LESS      ? PRICE_LE
	                   : s->id == NATIVE_LEQ     ? PRICE_LEQ
	                   : s->id == NATIVE_GREATER ? PRICE_GE
	                                             : PRICE_GEQ;
	struct got a, b;
	uint64_t n = s->n, other;

	TRY(special_count(s, 2));
	TRY(special_arg(s, 0, &a));
	TRY(special_arg(s, 1, &b));
	if (version_compares_sequences(s->h->program->version)) {
		TRY(twin_size(s->t, &a.v, &n));
		TRY(twin_size(s->t, &b.v, &other));
		n = n < other ? n : other;
	}
	TRY(twin_charge(s->t, id, n));
	if (!are_comparable(s, &a.v, &b.v))
		return twin_fail(s->t, VM_ERROR_UNION_TYPE_VALUE_ERROR);
	*ret = value_bool(compares(s->id, value_cmp(&a.v, &b.v)));
	return ERR_OK;
}

static enum err run_print(const struct special *s, struct value *ret)
{
	struct event e = { .kind = EVENT_PRINT };
	struct got g;
	uint64_t size;

	if (s->n == 0)
		return twin_fail(s->t, VM_ERROR_BAD_SYMBOL);
	TRY(special_arg(s, 0, &g));
	TRY(twin_size(s->t, &g.v, &size));
	TRY(twin_charge(s->t, PRICE_PRINT, size));
	TRY(eval_clone(s->t, &g, ret));
	e.contract = s->h->program->id;
	e.value = *ret;
	return state_event(s->t, &e);
}

static enum err extend(struct twin *t, const struct local *l, struct local *ret)
{
	if (l->depth >= 256)
		return twin_fail(t, VM_ERROR_CONTEXT_DEPTH);
	*ret = (struct local){ .outer = l, .depth = l->depth + 1 };
	return ERR_OK;
}

static enum err test_name(const struct special *s, const struct local *l,
                          uint32_t sym)
{
	enum clarity_version v = s->h->program->version;

	if (native_is_function(sym, v) || native_is_keyword(sym, v) ||
	    twin_procedure(s->h->program, sym) || eval_is_bound(l, sym))
		return twin_fail(s->t, VM_ERROR_NAME_ALREADY_USED);
	return ERR_OK;
}

/* From Clarity 2 a callable can be called by any name that it gets. */
static enum err bind_local(const struct special *s, struct local *l,
                           uint32_t sym, const struct value *v)
{
	struct bind *b = arena_new_array(&s->t->arena, struct bind, 2);

	if (!b)
		return ERR_NO_MEMORY;
	b[0] = (struct bind){ l->variables, sym, *v };
	b[1] = (struct bind){ l->callables, sym, *v };
	l->variables = &b[0];
	if (s->h->program->version >= CLARITY_2 && value_is(v, VALUE_CALLABLE))
		l->callables = &b[1];
	return ERR_OK;
}

static enum err let_one(const struct special *s, struct local *l,
                        const struct ast_node *pair, uint64_t *held)
{
	struct value v;
	struct got g;
	uint64_t size;

	if (pair->kind != AST_LIST || pair->n != 2 ||
	    pair->items[0].kind != AST_ATOM)
		return twin_fail(s->t, VM_ERROR_UNREACHABLE);
	TRY(test_name(s, l, pair->items[0].sym));
	TRY(eval_node(s->t, s->h, l, &pair->items[1], &g));
	TRY(twin_size(s->t, &g.v, &size));
	TRY(twin_hold(s->t, size));
	*held += size;
	TRY(eval_clone(s->t, &g, &v));
	return bind_local(s, l, pair->items[0].sym, &v);
}

static enum err let_body(const struct special *s, const struct local *l,
                         struct value *ret)
{
	struct got g = { value_none(), false };

	for (uint32_t i = 1; i < s->n; i++)
		TRY(eval_node(s->t, s->h, l, &s->args[i], &g));
	return eval_clone(s->t, &g, ret);
}

static enum err run_let(const struct special *s, struct value *ret)
{
	const struct ast_node *list = s->args;
	struct local l;
	uint64_t held = 0;
	enum err e = ERR_OK;

	TRY(at_least(s, 2));
	if (list->kind != AST_LIST)
		return twin_fail(s->t, VM_ERROR_UNREACHABLE);
	TRY(twin_charge(s->t, PRICE_LET, list->n));
	TRY(extend(s->t, s->l, &l));
	for (uint32_t i = 0; e == ERR_OK && i < list->n; i++)
		e = let_one(s, &l, &list->items[i], &held);
	if (e == ERR_OK)
		e = let_body(s, &l, ret);
	twin_drop(s->t, held);
	return e;
}

/* Evaluates a branch of match with what was inside bound to a name. */
static enum err branch(const struct special *s, uint32_t i,
                       const struct value *v, struct value *ret)
{
	const struct ast_node *name = &s->args[i];
	struct local l;
	uint64_t size;
	enum err e;

	TRY(extend(s->t, s->l, &l));
	TRY(test_name(s, &l, name->sym));
	TRY(twin_size(s->t, v, &size));
	TRY(twin_hold(s->t, size));
	TRY(bind_local(s, &l, name->sym, v));
	e = eval_value(s->t, s->h, &l, &s->args[i + 1], ret);
	twin_drop(s->t, size);
	return e;
}

enum err option_match(const struct special *s, struct value *ret)
{
	struct value in, inner;

	TRY(at_least(s, 1));
	TRY(special_value(s, 0, &in));
	TRY(twin_charge(s->t, PRICE_MATCH, 0));
	inner = value_unwrap(&in);
	if (value_is_optional(&in)) {
		if (s->n != 4 || s->args[1].kind != AST_ATOM)
			return twin_fail(s->t, VM_ERROR_UNREACHABLE);
		return value_is_none(&in) ? special_value(s, 3, ret)
		                          : branch(s, 1, &inner, ret);
	}
	if (!value_is_response(&in) || s->n != 5 ||
	    s->args[1].kind != AST_ATOM || s->args[3].kind != AST_ATOM)
		return twin_fail(s->t, VM_ERROR_UNREACHABLE);
	return branch(s, value_outer(&in) == VALUE_OK ? 1 : 3, &inner, ret);
}

enum err control_run(const struct special *s, struct value *ret)
{
	switch ((int)s->id) {
	case NATIVE_IF:
		return run_if(s, ret);
	case NATIVE_LET:
		return run_let(s, ret);
	case NATIVE_ASSERTS:
		return run_asserts(s, ret);
	case NATIVE_PRINT:
		return run_print(s, ret);
	case NATIVE_AND:
	case NATIVE_OR:
		return run_logic(s, ret);
	default:
		return run_compare(s, ret);
	}
}

static special_fn *token_part(enum native id)
{
	return id >= NATIVE_STX_GET_BALANCE && id <= NATIVE_STX_BURN
	           ? stx_run
	           : token_run;
}

static special_fn *contract_part(enum native id)
{
	return id == NATIVE_AS_CONTRACT_SAFE || id == NATIVE_RESTRICT_ASSETS
	           ? guard_run
	           : contract_run;
}

static special_fn *seq_part(enum native id)
{
	return id == NATIVE_MAP || id == NATIVE_FILTER || id == NATIVE_FOLD
	           ? iterate_run
	           : seq_run;
}

enum err special_run(const struct special *s, struct value *ret)
{
	switch ((enum native_family)native_table[s->id].family) {
	case NATIVE_FAMILY_COMPARE:
	case NATIVE_FAMILY_CONTROL:
		return control_run(s, ret);
	case NATIVE_FAMILY_SEQ:
		return seq_part(s->id)(s, ret);
	case NATIVE_FAMILY_TUPLE:
		return tuple_run(s, ret);
	case NATIVE_FAMILY_OPTION:
		return option_match(s, ret);
	case NATIVE_FAMILY_STORE:
		return data_run(s, ret);
	case NATIVE_FAMILY_TOKEN:
		return token_part(s->id)(s, ret);
	case NATIVE_FAMILY_CRYPTO:
		return crypto_run(s, ret);
	case NATIVE_FAMILY_PRINCIPAL:
		return principal_run(s, ret);
	case NATIVE_FAMILY_CONVERT:
		return convert_run(s, ret);
	case NATIVE_FAMILY_CONTRACT:
		return contract_part(s->id)(s, ret);
	case NATIVE_FAMILY_BLOCK:
		return block_run(s, ret);
	case NATIVE_FAMILY_ALLOWANCE:
		return twin_fail(s->t, VM_ERROR_UNREACHABLE);
	case NATIVE_FAMILY_ARITH:
	case NATIVE_FAMILY_BITCOIN:
	case NATIVE_FAMILY_KEYWORD:
	case NATIVE_FAMILY_DEFINE:
	case NATIVE_FAMILY_COUNT:
		break;
	}
	CHECK(!"a native that evaluates for itself");
	return ERR_OK;
}
