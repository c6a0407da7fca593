/* clarity/check/simple.c - Plain signatures; contract in simple.h. */
#include "config.h"

#include "clarity/check/simple.h"

#include <string.h>

#include "clarity/check/expr.h"

#define FIXED1(a, r)                                                           \
	{                                                                      \
		SIMPLE_FIXED, 1, { a }, r                                      \
	}
#define FIXED2(a, b, r)                                                        \
	{                                                                      \
		SIMPLE_FIXED, 2, { a, b }, r                                   \
	}
#define UNION2(a, b, r)                                                        \
	{                                                                      \
		SIMPLE_UNION, 2, { a, b }, r                                   \
	}
#define HASH(r)                                                                \
	{                                                                      \
		SIMPLE_UNION, 3, { &known_buff_max, KNOWN_UINT, KNOWN_INT }, r \
	}
#define SHAPE(s)                                                               \
	{                                                                      \
		s, 0, { NULL }, NULL                                           \
	}
#define LOGIC                                                                  \
	{                                                                      \
		SIMPLE_VARIADIC, 1, { KNOWN_BOOL }, KNOWN_BOOL                 \
	}

static const struct simple signatures[NATIVE_KEYWORDS] = {
	[NATIVE_ADD] = SHAPE(SIMPLE_MANY),
	[NATIVE_SUB] = SHAPE(SIMPLE_MANY),
	[NATIVE_MUL] = SHAPE(SIMPLE_MANY),
	[NATIVE_DIV] = SHAPE(SIMPLE_MANY),
	[NATIVE_BIT_OR] = SHAPE(SIMPLE_MANY),
	[NATIVE_BIT_AND] = SHAPE(SIMPLE_MANY),
	[NATIVE_BIT_XOR] = SHAPE(SIMPLE_MANY),
	[NATIVE_GEQ] = SHAPE(SIMPLE_COMPARE),
	[NATIVE_LEQ] = SHAPE(SIMPLE_COMPARE),
	[NATIVE_LESS] = SHAPE(SIMPLE_COMPARE),
	[NATIVE_GREATER] = SHAPE(SIMPLE_COMPARE),
	[NATIVE_SQRTI] = SHAPE(SIMPLE_ONE),
	[NATIVE_LOG2] = SHAPE(SIMPLE_ONE),
	[NATIVE_BIT_NOT] = SHAPE(SIMPLE_ONE),
	[NATIVE_BIT_SHL] = SHAPE(SIMPLE_SHIFT),
	[NATIVE_BIT_SHR] = SHAPE(SIMPLE_SHIFT),
	[NATIVE_MOD] = SHAPE(SIMPLE_TWO),
	[NATIVE_POW] = SHAPE(SIMPLE_TWO),
	[NATIVE_XOR] = SHAPE(SIMPLE_TWO),
	[NATIVE_AND] = LOGIC,
	[NATIVE_OR] = LOGIC,
	[NATIVE_NOT] = FIXED1(KNOWN_BOOL, KNOWN_BOOL),
	[NATIVE_TO_UINT] = FIXED1(KNOWN_INT, KNOWN_UINT),
	[NATIVE_TO_INT] = FIXED1(KNOWN_UINT, KNOWN_INT),
	[NATIVE_IS_STANDARD] = FIXED1(KNOWN_PRINCIPAL, KNOWN_BOOL),
	[NATIVE_BUFF_TO_INT_LE] = FIXED1(&known_buff_16, KNOWN_INT),
	[NATIVE_BUFF_TO_INT_BE] = FIXED1(&known_buff_16, KNOWN_INT),
	[NATIVE_BUFF_TO_UINT_LE] = FIXED1(&known_buff_16, KNOWN_UINT),
	[NATIVE_BUFF_TO_UINT_BE] = FIXED1(&known_buff_16, KNOWN_UINT),
	[NATIVE_STRING_TO_INT] =
	    UNION2(&known_ascii_max, &known_utf8_max, &known_optional_int),
	[NATIVE_STRING_TO_UINT] =
	    UNION2(&known_ascii_max, &known_utf8_max, &known_optional_uint),
	[NATIVE_INT_TO_ASCII] = UNION2(KNOWN_INT, KNOWN_UINT, &known_ascii_40),
	[NATIVE_INT_TO_UTF8] = UNION2(KNOWN_INT, KNOWN_UINT, &known_utf8_40),
	[NATIVE_HASH160] = HASH(&known_buff_20),
	[NATIVE_SHA256] = HASH(&known_buff_32),
	[NATIVE_SHA512T256] = HASH(&known_buff_32),
	[NATIVE_SHA512] = HASH(&known_buff_64),
	[NATIVE_KECCAK256] = HASH(&known_buff_32),
	[NATIVE_STX_GET_BALANCE] = FIXED1(KNOWN_PRINCIPAL, KNOWN_UINT),
	[NATIVE_STX_ACCOUNT] = FIXED1(KNOWN_PRINCIPAL, &known_stx_account),
	[NATIVE_STX_BURN] =
	    FIXED2(KNOWN_UINT, KNOWN_PRINCIPAL, &known_response_bool),
	[NATIVE_PRINCIPAL_DESTRUCT] = FIXED1(KNOWN_PRINCIPAL, &known_destruct),
	[NATIVE_CONTRACT_HASH] =
	    FIXED1(KNOWN_PRINCIPAL, &known_response_buff_32),
};

static const struct type *const integers[] = { KNOWN_INT, KNOWN_UINT };
static const struct type *const ordered[] = { KNOWN_INT, KNOWN_UINT,
	                                      &known_ascii_max, &known_utf8_max,
	                                      &known_buff_max };

const struct simple *simple_find(enum native id)
{
	if (id >= NATIVE_KEYWORDS || signatures[id].shape == SIMPLE_NOT)
		return NULL;
	return &signatures[id];
}

static bool is_integer(const struct type *t)
{
	return t->kind == TYPE_INT || t->kind == TYPE_UINT;
}

static enum err fail_union(struct checker *c, const struct type *const *want,
                           uint8_t n, const struct type *have)
{
	return checker_fail2(c, CHECK_UNION_TYPE_ERROR,
	                     check_arg_types(want, n), check_arg_type(have));
}

/* Pays for comparing `have` with `want` and fails unless it is admitted. */
static enum err compare(struct checker *c, const struct type *want,
                        const struct type *have)
{
	TRY(checker_charge_compare(c, checker_compare_size(want, have)));
	return checker_admit(c, want, have);
}

static enum err check_variadic(struct checker *c, const struct simple *s,
                               const struct type *const *types, uint32_t n)
{
	TRY(checker_at_least(c, n, 1));
	for (uint32_t i = 0; i < n; i++)
		TRY(compare(c, s->args[0], types[i]));
	return ERR_OK;
}

static enum err check_fixed(struct checker *c, const struct simple *s,
                            const struct type *const *types, uint32_t n)
{
	TRY(checker_exactly(c, n, s->n_args));
	for (uint32_t i = 0; i < n; i++)
		TRY(compare(c, s->args[i], types[i]));
	return ERR_OK;
}

/* Pays for each member of the union that is tried. */
static enum err check_any(struct checker *c, const struct type *const *want,
                          uint8_t n_want, const struct type *have)
{
	for (uint8_t i = 0; i < n_want; i++) {
		bool is_admitted;

		TRY(checker_charge_compare(
		    c, checker_compare_size(want[i], have)));
		TRY(checker_admits(c, want[i], have, &is_admitted));
		if (is_admitted)
			return ERR_OK;
	}
	return fail_union(c, want, n_want, have);
}

static enum err check_integers(struct checker *c, const struct type **ret,
                               const struct type *const *types, uint32_t n)
{
	TRY(checker_at_least(c, n, 1));
	TRY(checker_charge_compare(c,
	                           checker_compare_size(KNOWN_INT, types[0])));
	if (!is_integer(types[0]))
		return fail_union(c, integers, 2, types[0]);
	for (uint32_t i = 1; i < n; i++) {
		TRY(checker_charge_compare(
		    c, checker_compare_size(KNOWN_INT, types[i])));
		if (types[i]->kind != types[0]->kind)
			return checker_fail_types(c, CHECK_TYPE_ERROR, types[0],
			                          types[i]);
	}
	*ret = types[0];
	return ERR_OK;
}

static bool has_order(const struct checker *c, const struct type *t)
{
	if (is_integer(t))
		return true;
	return version_compares_sequences(c->version) && type_is_sequence(t) &&
	       t->kind != TYPE_LIST;
}

static enum err check_order(struct checker *c, const struct type *const *types,
                            uint32_t n)
{
	TRY(checker_exactly(c, n, 2));
	for (uint32_t i = 0; i < 2; i++)
		TRY(checker_charge_compare(
		    c, checker_compare_size(KNOWN_INT, types[i])));
	if (!has_order(c, types[0]))
		return fail_union(c, ordered, COUNT_OF(ordered), types[0]);
	if (types[0]->kind != types[1]->kind)
		return checker_fail_types(c, CHECK_TYPE_ERROR, types[0],
		                          types[1]);
	return ERR_OK;
}

static enum err check_shift(struct checker *c, const struct type **ret,
                            const struct type *const *types, uint32_t n)
{
	TRY(checker_exactly(c, n, 2));
	TRY(check_any(c, integers, 2, types[0]));
	TRY(compare(c, KNOWN_UINT, types[1]));
	*ret = types[0];
	return ERR_OK;
}

static enum err check_native(struct checker *c, const struct type **ret,
                             const struct simple *s,
                             const struct type *const *types, uint32_t n)
{
	*ret = s->returns;
	switch ((enum simple_shape)s->shape) {
	case SIMPLE_VARIADIC:
		return check_variadic(c, s, types, n);
	case SIMPLE_FIXED:
		return check_fixed(c, s, types, n);
	case SIMPLE_UNION:
		TRY(checker_exactly(c, n, 1));
		return check_any(c, s->args, s->n_args, types[0]);
	case SIMPLE_SHIFT:
		return check_shift(c, ret, types, n);
	case SIMPLE_ONE:
		TRY(checker_exactly(c, n, 1));
		return check_integers(c, ret, types, n);
	case SIMPLE_TWO:
		TRY(checker_exactly(c, n, 2));
		return check_integers(c, ret, types, n);
	case SIMPLE_MANY:
		return check_integers(c, ret, types, n);
	case SIMPLE_COMPARE:
		*ret = KNOWN_BOOL;
		return check_order(c, types, n);
	case SIMPLE_NOT:
		break;
	}
	CHECK(!"a word without signature was taken for a simple one");
	return ERR_OK;
}

enum err simple_check(struct checker *c, const struct type **ret,
                      const struct simple_callee *callee,
                      const struct type *const *types, uint32_t n)
{
	const struct analysis_fn *f = callee->user;

	if (callee->native)
		return check_native(c, ret, callee->native, types, n);
	TRY(checker_exactly(c, n, f->n_params));
	for (uint32_t i = 0; i < n; i++)
		TRY(compare(c, f->params[i].type, types[i]));
	*ret = f->returns;
	return ERR_OK;
}

enum err simple_start(struct checker *c, struct simple_visit *v,
                      const struct simple_callee *callee, uint32_t n)
{
	memset(v, 0, sizeof(*v));
	v->callee = *callee;
	v->types = arena_new_array(c->work, const struct type *, n);
	v->charges = arena_new_array(c->work, uint32_t, n);
	return v->types && v->charges ? ERR_OK : ERR_NO_MEMORY;
}

/* How many arguments the callee takes, or UINT32_MAX for any number. */
static uint32_t arity(const struct simple_callee *callee)
{
	if (callee->user)
		return callee->user->n_params;
	switch ((enum simple_shape)callee->native->shape) {
	case SIMPLE_FIXED:
		return callee->native->n_args;
	case SIMPLE_UNION:
	case SIMPLE_ONE:
		return 1;
	case SIMPLE_SHIFT:
	case SIMPLE_TWO:
	case SIMPLE_COMPARE:
		return 2;
	case SIMPLE_VARIADIC:
	case SIMPLE_MANY:
	case SIMPLE_NOT:
		break;
	}
	return UINT32_MAX;
}

/* Compares one argument of a word that takes any number of integers. */
static enum err visit_integer(struct checker *c, struct simple_visit *v,
                              const struct type *type)
{
	v->charges[v->n_charges++] = checker_compare_size(KNOWN_INT, type);
	if (!v->first) {
		if (!is_integer(type))
			return fail_union(c, integers, 2, type);
		v->first = type;
		return ERR_OK;
	}
	if (type->kind != v->first->kind)
		return checker_fail_types(c, CHECK_TYPE_ERROR, v->first, type);
	return ERR_OK;
}

/* What can be said of the next argument before the others are known. */
static enum err visit(struct checker *c, struct simple_visit *v,
                      const struct type *type)
{
	const struct simple *s = v->callee.native;
	uint32_t most = arity(&v->callee);

	if (s && s->shape == SIMPLE_VARIADIC) {
		v->charges[v->n_charges++] =
		    checker_compare_size(s->args[0], type);
		return checker_admit(c, s->args[0], type);
	}
	if (s && s->shape == SIMPLE_MANY)
		return visit_integer(c, v, type);
	if (v->n_types > most)
		return checker_fail1(c, CHECK_INCORRECT_ARGUMENT_COUNT,
		                     check_arg_number(most));
	return ERR_OK;
}

enum err simple_next(struct checker *c, struct simple_visit *v,
                     const struct type *type)
{
	enum err e;

	if (v->refusal.kind != CHECK_NONE)
		return ERR_OK;
	v->types[v->n_types++] = type;
	e = visit(c, v, type);
	if (e != ERR_CHECK)
		return e;
	v->refusal = c->fault;
	return ERR_OK;
}

enum err simple_end(struct checker *c, const struct type **ret,
                    struct simple_visit *v, uint32_t n_args)
{
	if (v->refusal.kind == CHECK_NONE)
		return simple_check(c, ret, &v->callee, v->types, v->n_types);

	for (uint32_t i = 0; i < v->n_charges; i++)
		TRY(checker_charge_compare(c, v->charges[i]));
	c->fault = v->refusal;
	if (c->fault.kind == CHECK_INCORRECT_ARGUMENT_COUNT)
		c->fault.arg[1] = check_arg_number(n_args);
	return ERR_CHECK;
}

enum err simple_apply(struct checker *c, const struct type **ret,
                      const struct simple *s, const struct ast_node *call)
{
	const struct ast_node *args = checker_args(call);
	struct simple_callee callee = { .native = s };
	struct simple_visit v;

	TRY(simple_start(c, &v, &callee, checker_n_args(call)));
	for (uint32_t i = 0; i < checker_n_args(call); i++) {
		const struct type *type;

		TRY(expr_check(c, &args[i], &type));
		TRY(simple_next(c, &v, type));
	}
	return simple_end(c, ret, &v, checker_n_args(call));
}
