/*
 * clarity/vm/compile_inline.c - Private functions in their callers' code.
 *
 * A frame costs some 20 ns, which is most of what a small function does; the
 * step of a `fold` nearly always is one.  So in fast code the body of a small
 * private function stands where it is called: its parameters are the operands
 * of the call, and an early return is a jump behind it.
 *
 * Nobody can tell, because the charges are the same, and because a function
 * is only taken if nothing that asks for frames happens inside: no call of a
 * contract (so that nobody can find it running), no scope that an early return
 * would have to leave, no trait among the parameters.
 *
 * Gain: bench vm.fold.add 33 to 7 ns, vm.call.user 26 to 2 ns.
 */
#include "config.h"

#include "clarity/vm/compile.h"

/* A body with all that it calls has at most so many nodes. */
#define MAX_NODES 200u

/* Nodes that are compiled in place of calls in all of a contract: memory for
 * code stays in proportion to that for its text. */
#define MAX_TOTAL 65536u

/* What is left of the limits while a body is looked through. */
struct search {
	const struct contract *contract;
	uint32_t nodes;
};

static bool body_fits(struct search *s, const struct ast_node *node);

/* Forms that need a frame of their own. */
static bool needs_frame(uint32_t sym)
{
	return sym == NATIVE_CONTRACT_CALL || sym == NATIVE_AT_BLOCK ||
	       sym == NATIVE_AS_CONTRACT || sym == NATIVE_AS_CONTRACT_SAFE ||
	       sym == NATIVE_RESTRICT_ASSETS;
}

/* A name alone: those of functions are called by whoever mentions them. */
static bool name_fits(struct search *s, uint32_t sym)
{
	struct contract_name name = contract_lookup(s->contract, sym);

	if (needs_frame(sym))
		return false;
	if (name.kind != CONTRACT_FUNCTION)
		return true;
	return body_fits(s, s->contract->functions[name.index].body);
}

/* Each level uses up a node, so the nodes bound the recursion too. */
static bool body_fits(struct search *s, const struct ast_node *node)
{
	if (s->nodes == 0)
		return false;
	s->nodes--;
	if (node->kind == AST_ATOM)
		return name_fits(s, node->sym);
	if (node->kind != AST_LIST)
		return true;
	for (uint32_t i = 0; i < node->n; i++) {
		if (!body_fits(s, &node->items[i]))
			return false;
	}
	return true;
}

/* Whether the call may be replaced, as far as the function itself tells. */
static bool is_simple(const struct emitter *em, const struct function *f,
                      uint32_t n_args)
{
	bool is_simple = !em->is_exact && f->form == DEFINE_PRIVATE &&
	                 f->contract == em->contract && em->contract->checked &&
	                 f->n_params == n_args && f->duplicate >= f->n_params;

	/* Traits are known to the function in a way of their own. */
	for (uint32_t i = 0; is_simple && i < n_args; i++)
		is_simple = f->param_types[i]->kind != TYPE_CALLABLE_TRAIT;
	return is_simple;
}

static bool fits(struct emitter *em, const struct function *f, uint32_t n_args)
{
	struct contract *c = em->contract;
	struct search s = { c, MAX_NODES };

	if (!is_simple(em, f, n_args) || c->n_inlined + MAX_NODES > MAX_TOTAL ||
	    !body_fits(&s, f->body))
		return false;
	c->n_inlined += MAX_NODES - s.nodes;
	return true;
}

/* Where parameter `i` is: at its operand, or bound in a register of its own. */
static uint32_t param_at(struct emitter *em, const struct function *f,
                         uint32_t i, struct opnd value)
{
	if (!contract_binds(f, i))
		return value.at;
	emit_move(em, emit_take(em), &value);
	(void)EMIT(em, BIND, i, value.at, 0, 0,
	           (uint32_t)(f - em->contract->functions));
	return value.at;
}

/* The function's own names, in place of those around the call. */
static void bind_params(struct emitter *em, const struct function *f,
                        const struct opnd *values)
{
	for (uint32_t i = 0; i < f->n_params; i++) {
		struct local l = {
			.sym = f->param_syms[i],
			.value = { .at = param_at(em, f, i, values[i]),
			           .type = f->param_types[i] },
		};

		emit_bind(em, &l);
	}
}

/* Depth counts as if there were a frame; names are its own. */
static void body(struct emitter *em, const struct function *f,
                 const struct opnd *values, struct opnd *result)
{
	uint32_t first_local = em->first_local;
	uint32_t n_locals = em->n_locals;
	uint32_t context = em->context;
	struct inline_site site = {
		.first = em->n,
		.node = em->node,
		.function = (uint32_t)(f - em->contract->functions),
	};

	em->first_local = n_locals;
	em->context = 0;
	em->depth++;
	emit_depth(em);
	bind_params(em, f, values);
	compile_expr(em, f->body, result);
	emit_clone(em, result);
	site.end = em->n;
	(void)emit_inline_site(em, &site);
	em->depth--;
	em->context = context;
	emit_unbind(em, n_locals);
	em->first_local = first_local;
}

/* In loops the operands lie in registers that nobody has taken. */
static void keep_operands(struct emitter *em, const struct opnd *values,
                          uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		if ((values[i].at & 1) == 0 && values[i].at >> 1 >= em->top)
			em->top = (values[i].at >> 1) + 1;
	}
}

/* The value is in one place, however the body ended. */
static void settle(struct emitter *em, uint32_t top, struct emit_exit *x,
                   struct opnd *result)
{
	if (x->ends.n == 0) {
		emit_keep(em, top, result);
		return;
	}
	em->top = top;
	emit_move(em, emit_take(em), result);
	emit_jumps_land(em, &x->ends);
}

bool compile_inline(struct emitter *em, const struct function *f,
                    const struct compile_args *args, struct opnd *ret)
{
	uint32_t top = em->top;
	struct emit_exit *outer = em->exit;
	struct emit_exit x = { .dest = bytecode_reg(top) };
	struct opnd *values = emit_alloc(em, args->n + 1, sizeof(values[0]));
	struct opnd result;

	if (!values || !fits(em, f, args->n))
		return false;
	(void)emit_take(em);
	em->top = top;
	emit_depth(em);

	struct emit_mark m = emit_hold_begin(em);

	compile_held_values(em, args, values);
	keep_operands(em, values, args->n);
	compile_charge_user(em, f, values, args->n);
	em->exit = &x;
	body(em, f, values, &result);
	em->exit = outer;
	emit_hold_end(em, m);
	settle(em, top, &x, &result);
	ret->at = result.at;
	ret->in_place = false;
	return true;
}
