/* clarity/vm/compile_form.c - Control forms, comparisons, tuples, match. */
#include "config.h"

#include "clarity/base/check.h"
#include "clarity/vm/compile.h"

/* Maps and variables whose types are looked at for one that is shared. */
#define MAX_SHARED 32u

/* The value of an expression in a register that both branches use. */
static void branch(struct emitter *em, const struct compile_args *args,
                   uint32_t i, uint32_t dest)
{
	struct opnd v;

	compile_owned(em, args, i, &v);
	em->top = (dest >> 1) + 1;
	emit_move(em, dest, &v);
}

/* Jumps if a condition is `sense`; its registers are free afterwards. */
static void test(struct emitter *em, const struct ast_node *node, bool sense,
                 struct emit_jumps *to);

static void test_value(struct emitter *em, const struct ast_node *node,
                       bool sense, struct emit_jumps *to)
{
	uint32_t top = em->top;
	struct opnd v;

	compile_expr(em, node, &v);
	em->top = top;
	emit_jumps_add(em, to, emit_test(em, &v, sense));
}

/* `and` and `or` whose value only decides a jump: no value is made. */
static void test_logic(struct emitter *em, const struct ast_node *node,
                       bool sense, struct emit_jumps *to)
{
	bool stop = ast_head(node) == NATIVE_OR;
	uint32_t n = node->n - 1;
	struct emit_jumps over = { 0 };

	emit_charge(em, PRICE_LOOKUP_FUNCTION, 0);
	emit_depth(em);
	em->depth++;
	emit_charge(em, stop ? PRICE_OR : PRICE_AND, n);
	for (uint32_t i = 1; i < n; i++)
		test(em, &node->items[i], stop, stop == sense ? to : &over);
	test(em, &node->items[n], sense, to);
	em->depth--;
	emit_jumps_land(em, &over);
}

static void test(struct emitter *em, const struct ast_node *node, bool sense,
                 struct emit_jumps *to)
{
	uint32_t outer = em->node;
	bool is_logic =
	    node->kind == AST_LIST && node->n > 1 &&
	    (ast_head(node) == NATIVE_AND || ast_head(node) == NATIVE_OR);

	em->node = node->id;
	/* Exact code stays plain. */
	if (is_logic && !em->is_exact)
		test_logic(em, node, sense, to);
	else
		test_value(em, node, sense, to);
	em->node = outer;
}

/* As test, for an argument that may be ready. */
static void test_arg(struct emitter *em, const struct compile_args *args,
                     uint32_t i, bool sense, struct emit_jumps *to)
{
	if (args->nodes)
		test(em, &args->nodes[i], sense, to);
	else
		emit_jumps_add(em, to, emit_test(em, &args->ready[i], sense));
}

static void form_if(struct emitter *em, const struct compile_args *args,
                    struct opnd *ret)
{
	uint32_t dest = emit_take(em);
	struct emit_jumps otherwise = { 0 };

	emit_charge(em, PRICE_IF, 0);
	test_arg(em, args, 0, false, &otherwise);
	branch(em, args, 1, dest);

	uint32_t end = EMIT(em, JUMP, 0, 0, 0, 0, 0);

	emit_jumps_land(em, &otherwise);
	branch(em, args, 2, dest);
	emit_land(em, end);
	ret->at = dest;
}

/* Stops at the first operand that is `stop`, which then is the value. */
static void form_logic(struct emitter *em, enum native id,
                       const struct compile_args *args, struct opnd *ret)
{
	bool stop = id == NATIVE_OR;
	uint32_t dest = emit_take(em);
	struct emit_jumps stops = { 0 };

	emit_charge(em, stop ? PRICE_OR : PRICE_AND, args->n);
	for (uint32_t i = 0; i < args->n; i++)
		test_arg(em, args, i, stop, &stops);
	(void)EMIT(em, MOVE, 0, dest, compile_bool(em, !stop), 0, 0);

	uint32_t end = EMIT(em, JUMP, 0, 0, 0, 0, 0);

	emit_jumps_land(em, &stops);
	(void)EMIT(em, MOVE, 0, dest, compile_bool(em, stop), 0, 0);
	emit_land(em, end);
	ret->at = dest;
	ret->type = type_atom(TYPE_BOOL);
}

static void throw_second(struct emitter *em, const struct compile_args *args)
{
	struct opnd thrown;

	compile_owned(em, args, 1, &thrown);
	emit_throw(em, VM_ERROR_ASSERTION_FAILED, &thrown);
}

/* Behind a condition that is no variable, the value is plainly `true`. */
static void assert_test(struct emitter *em, const struct compile_args *args,
                        struct opnd *ret)
{
	uint32_t top = em->top;
	struct emit_jumps passes = { 0 };

	test_arg(em, args, 0, true, &passes);
	throw_second(em, args);
	em->top = top;
	emit_jumps_land(em, &passes);
	ret->at = compile_bool(em, true);
}

static void form_asserts(struct emitter *em, const struct compile_args *args,
                         struct opnd *ret)
{
	uint32_t top = em->top;
	struct opnd condition;

	emit_charge(em, PRICE_ASSERTS, 0);
	if (!em->is_exact && args->nodes && args->nodes[0].kind == AST_LIST) {
		assert_test(em, args, ret);
		return;
	}
	compile_arg(em, args, 0, &condition);

	uint32_t jump = EMIT(em, JUMP_IF, 0, 0, condition.at, 0, 0);
	uint32_t above = em->top;

	throw_second(em, args);
	em->top = above;
	emit_land(em, jump);
	emit_clone(em, &condition);
	*ret = condition;
	emit_keep(em, top, ret);
}

/* Whether the language forbids to bind this name here. */
static bool is_name_taken(const struct emitter *em, uint32_t sym)
{
	const struct contract *c = em->contract;
	const struct local *l = emit_find(em, sym);

	return native_is_function(sym, c->version) ||
	       native_is_keyword(sym, c->version) ||
	       contract_lookup(c, sym).kind == CONTRACT_FUNCTION ||
	       (l && !l->is_callable_only);
}

static void bind(struct emitter *em, uint32_t sym, const struct opnd *v)
{
	struct local l = { .sym = sym, .value = *v };

	l.value.in_place = false;
	emit_bind(em, &l);
}

static void enter_context(struct emitter *em)
{
	if (em->context >= 256)
		emit_fail(em, VM_ERROR_CONTEXT_DEPTH, span_of(NULL, 0));
	em->context++;
}

static void name_fails(struct emitter *em, uint32_t sym)
{
	emit_fail(em, VM_ERROR_NAME_ALREADY_USED,
	          symtab_name(em->contract->syms, sym));
}

/* Bindings see those before them.  Memory is counted before the copy is paid.
 */
static void let_binding(struct emitter *em, const struct ast_node *pair)
{
	struct opnd v;

	if (pair->kind != AST_LIST || pair->n != 2 ||
	    pair->items[0].kind != AST_ATOM) {
		emit_fail(em, VM_ERROR_UNREACHABLE, span_str("bad binding"));
		return;
	}
	if (is_name_taken(em, pair->items[0].sym))
		name_fails(em, pair->items[0].sym);
	compile_expr(em, &pair->items[1], &v);
	emit_hold(em, &v);
	emit_clone(em, &v);
	bind(em, pair->items[0].sym, &v);
}

/* The last of several expressions is the value; the others are only run. */
static void body(struct emitter *em, const struct compile_args *args,
                 uint32_t first, struct opnd *ret)
{
	for (uint32_t i = first; i < args->n; i++) {
		uint32_t top = em->top;

		compile_arg(em, args, i, ret);
		if (i + 1 < args->n)
			em->top = top;
	}
	emit_clone(em, ret);
}

static void form_let(struct emitter *em, const struct compile_args *args,
                     struct opnd *ret)
{
	uint32_t top = em->top;
	uint32_t n_locals = em->n_locals;
	const struct ast_node *list = args->nodes;

	if (!list || list->kind != AST_LIST) {
		emit_fail(em, VM_ERROR_UNREACHABLE, span_str("bad let"));
		return;
	}
	emit_charge(em, PRICE_LET, list->n);
	enter_context(em);

	struct emit_mark m = emit_hold_begin(em);

	for (uint32_t i = 0; i < list->n; i++)
		let_binding(em, &list->items[i]);
	body(em, args, 1, ret);
	emit_hold_end(em, m);
	em->context--;
	emit_unbind(em, n_locals);
	emit_keep(em, top, ret);
}

/* One branch of match, with a name bound to what was inside. */
static void match_bound(struct emitter *em, const struct compile_args *args,
                        uint32_t i, uint32_t bound, uint32_t dest)
{
	const struct ast_node *name = &args->nodes[i];
	struct opnd v = { .at = bound };
	uint32_t n_locals = em->n_locals;
	struct opnd result;

	enter_context(em);
	if (is_name_taken(em, name->sym))
		name_fails(em, name->sym);

	struct emit_mark m = emit_hold_begin(em);

	emit_hold(em, &v);
	bind(em, name->sym, &v);
	compile_owned(em, args, i + 1, &result);
	emit_hold_end(em, m);
	emit_unbind(em, n_locals);
	em->context--;
	em->top = (bound >> 1) + 1;
	emit_move(em, dest, &result);
}

static void form_match(struct emitter *em, const struct compile_args *args,
                       struct opnd *ret)
{
	uint32_t dest = emit_take(em);
	uint32_t bound = emit_take(em);
	uint32_t above = em->top;
	bool is_response = args->n == 5;
	struct opnd input;

	compile_owned(em, args, 0, &input);
	emit_charge(em, PRICE_MATCH, 0);

	uint32_t abcd[4] = { bound, input.at, is_response ? bound : 0, 0 };
	uint32_t jump =
	    emit_op(em, is_response ? OP_MATCH_OK : OP_MATCH_SOME, 0, abcd);

	em->top = above;
	match_bound(em, args, 1, bound, dest);

	uint32_t end = EMIT(em, JUMP, 0, 0, 0, 0, 0);

	emit_land(em, jump);
	em->top = above;
	if (is_response) {
		match_bound(em, args, 3, bound, dest);
	} else {
		struct opnd v;

		compile_owned(em, args, 3, &v);
		emit_move(em, dest, &v);
	}
	emit_land(em, end);
	em->top = (dest >> 1) + 1;
	ret->at = dest;
}

static void form_print(struct emitter *em, const struct compile_args *args,
                       struct opnd *ret)
{
	uint32_t top = em->top;
	struct opnd v;

	compile_arg(em, args, 0, &v);
	emit_charge_size(em, PRICE_PRINT, &v);
	emit_clone(em, &v);
	ret->at = emit_result(em, top);
	(void)EMIT(em, PRINT, 0, ret->at, v.at, 0, 0);
}

struct comparison {
	enum price_id price;
	uint16_t op, op_int, op_uint;
	bool swaps; /* a > b is b < a */
};

static struct comparison comparison_of(enum native id)
{
	struct comparison c = { PRICE_LE, OP_LESS, OP_LESS_INT, OP_LESS_UINT,
		                false };

	if (id == NATIVE_LEQ || id == NATIVE_GEQ) {
		c.op = OP_LEQ;
		c.op_int = OP_LEQ_INT;
		c.op_uint = OP_LEQ_UINT;
	}
	c.swaps = id == NATIVE_GREATER || id == NATIVE_GEQ;
	if (id == NATIVE_GREATER)
		c.price = PRICE_GE;
	else if (id == NATIVE_LEQ)
		c.price = PRICE_LEQ;
	else if (id == NATIVE_GEQ)
		c.price = PRICE_GEQ;
	return c;
}

static void charge_comparison(struct emitter *em, enum price_id price,
                              const struct opnd *a, const struct opnd *b)
{
	uint32_t size_a = emit_fixed_size(a);
	uint32_t size_b = emit_fixed_size(b);

	if (!version_compares_sequences(em->contract->version))
		emit_charge(em, price, 2);
	else if (size_a > 0 && size_b > 0)
		emit_charge(em, price, size_a < size_b ? size_a : size_b);
	else
		(void)EMIT(em, CHARGE_MIN, price, a->at, b->at, 0, 0);
}

static void form_compare(struct emitter *em, enum native id,
                         const struct compile_args *args, struct opnd *ret)
{
	struct comparison c = comparison_of(id);
	uint32_t top = em->top;
	struct opnd a, b;

	compile_arg(em, args, 0, &a);
	compile_arg(em, args, 1, &b);
	charge_comparison(em, c.price, &a, &b);

	enum type_kind kind = a.type && b.type && a.type->kind == b.type->kind
	                          ? (enum type_kind)a.type->kind
	                          : TYPE_NONE;
	uint16_t op = kind == TYPE_INT    ? c.op_int
	              : kind == TYPE_UINT ? c.op_uint
	                                  : c.op;
	uint32_t abcd[4] = { emit_result(em, top), a.at, b.at, 0 };

	if (c.swaps) {
		abcd[1] = b.at;
		abcd[2] = a.at;
	}
	(void)emit_op(em, (enum opcode)op, c.swaps, abcd);
	ret->at = abcd[0];
	ret->type = type_atom(TYPE_BOOL);
}

/* The same type as `t`, but the pointer that maps and variables have, so that
 * they need not compare: among the first few of each. */
static const struct type *shared_type(const struct contract *c,
                                      const struct type *t)
{
	for (uint32_t i = 0; i < c->n_maps && i < MAX_SHARED; i++) {
		if (type_eq(c->maps[i].key_type, t))
			return c->maps[i].key_type;
		if (type_eq(c->maps[i].value_type, t))
			return c->maps[i].value_type;
	}
	for (uint32_t i = 0; i < c->n_vars && i < MAX_SHARED; i++) {
		if (type_eq(c->vars[i].type, t))
			return c->vars[i].type;
	}
	return t;
}

static bool is_knowable(const struct opnd *v)
{
	return emit_fixed_size(v) > 0 ||
	       (v->type && v->type->kind == TYPE_PRINCIPAL);
}

/* A tuple's type is known beforehand when all its fields have one size, or are
 * principals, which the instruction looks at. */
static void tuple_type(struct emitter *em, struct tuple_site *site,
                       const struct opnd *values)
{
	struct type_field *fields = emit_alloc(em, site->n, sizeof(*fields));
	uint32_t *order = emit_alloc(em, site->n, sizeof(*order));

	if (!fields || !order)
		return;
	for (uint32_t i = 0; i < site->n; i++) {
		if (!is_knowable(&values[i]))
			return;
		fields[i].name = site->names[i];
		fields[i].type = values[i].type;
	}
	if (type_tuple(em->arena, &site->type, fields, site->n, NULL)) {
		site->type = NULL;
		return;
	}
	site->type = shared_type(em->contract, site->type);
	for (uint32_t k = 0; k < site->n; k++) {
		for (uint32_t i = 0; i < site->n; i++) {
			if (span_eq(site->type->fields[k].name, site->names[i]))
				order[k] = i;
		}
	}
	site->order = order;
}

void compile_form_tuple(struct emitter *em, const struct span *names,
                        const struct opnd *values, uint32_t n, struct opnd *ret)
{
	uint32_t base = em->top - n;
	struct tuple_site site = { .names = names, .n = n };

	tuple_type(em, &site, values);
	ret->at = emit_result(em, base);
	(void)EMIT(em, TUPLE, 0, ret->at, bytecode_reg(base), n,
	           emit_tuple_site(em, &site));
}

static void form_tuple(struct emitter *em, const struct compile_args *args,
                       struct opnd *ret)
{
	uint32_t top = em->top;
	struct span *names = emit_alloc(em, args->n, sizeof(names[0]));
	struct opnd *values = emit_alloc(em, args->n, sizeof(values[0]));

	if (!names || !values)
		return;
	for (uint32_t i = 0; i < args->n; i++) {
		const struct ast_node *pair = &args->nodes[i];

		if (pair->kind != AST_LIST || pair->n != 2 ||
		    pair->items[0].kind != AST_ATOM) {
			emit_fail(em, VM_ERROR_UNREACHABLE,
			          span_str("bad tuple"));
			return;
		}
		names[i] = symtab_name(em->contract->syms, pair->items[0].sym);
		compile_expr(em, &pair->items[1], &values[i]);
		emit_clone(em, &values[i]);
		em->top = top + i;
		emit_move(em, emit_take(em), &values[i]);
	}
	emit_charge(em, PRICE_TUPLE_CONS, args->n);
	compile_form_tuple(em, names, values, args->n, ret);
}

/* Where a field probably is, by the type that was checked. */
static uint32_t guess_place(const struct opnd *tuple, struct span name)
{
	const struct type *t = tuple->type;

	if (t && t->kind == TYPE_OPTIONAL)
		t = t->item;
	if (!t || t->kind != TYPE_TUPLE)
		return 0;

	const struct type_field *f = type_field_find(t, name);

	return f ? (uint32_t)(f - t->fields) : 0;
}

static void form_get(struct emitter *em, const struct compile_args *args,
                     struct opnd *ret)
{
	uint32_t top = em->top;
	struct opnd v;

	if (!args->nodes || args->nodes[0].kind != AST_ATOM) {
		emit_fail(em, VM_ERROR_UNREACHABLE, span_str("expected name"));
		return;
	}

	struct span name = symtab_name(em->contract->syms, args->nodes[0].sym);

	compile_owned(em, args, 1, &v);

	/* Of an optional tuple only a field that is there is charged. */
	bool is_paid = v.type && v.type->kind == TYPE_TUPLE;

	if (is_paid)
		emit_charge(em, PRICE_TUPLE_GET, v.type->len);
	ret->at = emit_result(em, top);
	(void)EMIT(em, GET, is_paid, ret->at, v.at, guess_place(&v, name),
	           emit_name(em, name));
}

void compile_form(struct emitter *em, enum native id,
                  const struct compile_args *args, struct opnd *ret)
{
	switch ((int)id) {
	case NATIVE_IF:
		form_if(em, args, ret);
		return;
	case NATIVE_AND:
	case NATIVE_OR:
		form_logic(em, id, args, ret);
		return;
	case NATIVE_ASSERTS:
		form_asserts(em, args, ret);
		return;
	case NATIVE_LET:
		form_let(em, args, ret);
		return;
	case NATIVE_MATCH:
		form_match(em, args, ret);
		return;
	case NATIVE_PRINT:
		form_print(em, args, ret);
		return;
	case NATIVE_TUPLE:
		form_tuple(em, args, ret);
		return;
	case NATIVE_GET:
		form_get(em, args, ret);
		return;
	default:
		form_compare(em, id, args, ret);
		return;
	}
}
