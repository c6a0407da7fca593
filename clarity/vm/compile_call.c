/* clarity/vm/compile_call.c - Contract calls, identity, guarded bodies. */
#include "config.h"

#include "clarity/base/check.h"
#include "clarity/vm/compile.h"
#include "clarity/vm/dispatch.h"

/* More allowances than this are refused. */
#define MAX_ALLOWANCES 128u

static void missing(struct emitter *em, const char *what)
{
	emit_fail(em, VM_ERROR_UNREACHABLE, span_str(what));
}

/* A constant that may stand for the contract to be called, or NULL. */
static const struct principal *constant_target(const struct emitter *em,
                                               uint32_t sym)
{
	const struct contract *c = em->contract;
	struct contract_name n = contract_lookup(c, sym);

	if (n.kind != CONTRACT_CONSTANT || c->is_deploying ||
	    !version_has_callables(c->version) ||
	    !epoch_calls_constant_principal(em->epoch))
		return NULL;

	const struct value *v = &c->constants[n.index].value;

	if (!value_is(v, VALUE_PRINCIPAL) ||
	    !principal_is_contract(v->principal))
		return NULL;
	return v->principal;
}

/* Which contract a call means; false when the target is of no such form. */
static bool find_target(struct emitter *em, const struct ast_node *node,
                        struct call_site *site)
{
	if (node->kind == AST_LITERAL &&
	    value_is(node->value, VALUE_PRINCIPAL) &&
	    principal_is_contract(node->value->principal)) {
		site->contract = node->value->principal;
		return true;
	}
	if (node->kind != AST_ATOM)
		return false;
	site->contract = constant_target(em, node->sym);
	if (site->contract)
		return true;

	const struct local *l = emit_find(em, node->sym);

	if (!l)
		return false;
	site->target = l->value.at;
	return true;
}

static void contract_call(struct emitter *em, const struct compile_args *args,
                          struct opnd *ret)
{
	uint32_t top = em->top;
	struct call_site site = { 0 };

	emit_charge(em, PRICE_CONTRACT_CALL, 0);
	if (!args->nodes || args->nodes[1].kind != AST_ATOM) {
		missing(em, "expected name");
		return;
	}
	site.function = symtab_name(em->contract->syms, args->nodes[1].sym);

	uint32_t base = compile_row(em, args, 2, true, NULL);

	if (!find_target(em, &args->nodes[0], &site)) {
		emit_fail(em, VM_ERROR_CONTRACT_CALL_NAME, site.function);
		return;
	}
	ret->at = emit_result(em, top);
	(void)EMIT(em, CONTRACT_CALL, em->depth, ret->at, base, args->n - 2,
	           emit_call_site(em, &site));
}

static void contract_of(struct emitter *em, const struct compile_args *args,
                        struct opnd *ret)
{
	const struct local *l = args->nodes && args->nodes[0].kind == AST_ATOM
	                            ? emit_find(em, args->nodes[0].sym)
	                            : NULL;

	emit_charge(em, PRICE_CONTRACT_OF, 0);
	if (!l) {
		missing(em, "contract-of expects a trait");
		return;
	}
	ret->at = emit_take(em);
	(void)EMIT(em, CONTRACT_OF, 0, ret->at, l->value.at, 0, 0);
}

static void as_contract(struct emitter *em, const struct compile_args *args,
                        struct opnd *ret)
{
	emit_charge(em, PRICE_AS_CONTRACT, 0);
	(void)EMIT(em, SELF_BEGIN, 0, 0, 0, 0, 0);
	compile_arg(em, args, 0, ret);
	(void)EMIT(em, SELF_END, 0, 0, 0, 0, 0);
	emit_clone(em, ret);
}

static bool names_token(uint32_t sym)
{
	return sym == NATIVE_WITH_FT || sym == NATIVE_WITH_NFT;
}

/* What stands behind a token's contract and name is tested at once. */
static void token_step(struct emitter *em, uint32_t i, uint32_t base)
{
	uint32_t step = i == 0 ? DISPATCH_ALLOW_CONTRACT : DISPATCH_ALLOW_NAME;
	uint32_t jump =
	    EMIT(em, STEP, step, bytecode_reg(em->top), base, i + 1, 0);

	emit_land(em, jump);
}

/* All but with-stx copy what they are given. */
static void allowance(struct emitter *em, const struct ast_node *node)
{
	uint32_t top = em->top;
	uint32_t sym = ast_head(node);
	struct compile_args args = {
		.nodes = node->items + 1,
		.n = node->n - 1,
	};

	if (sym == SYMTAB_NONE ||
	    !native_is_function(sym, em->contract->version) ||
	    native_table[sym].family != NATIVE_FAMILY_ALLOWANCE) {
		missing(em, "expected allowance");
		return;
	}
	if (args.n != native_table[sym].min) {
		emit_fail(em, VM_ERROR_ARGUMENT_COUNT,
		          span_str(native_table[sym].name));
		return;
	}

	uint32_t base = bytecode_reg(top);

	for (uint32_t i = 0; i < args.n; i++) {
		struct compile_args one = { .nodes = args.nodes + i, .n = 1 };

		(void)compile_row(em, &one, 0, sym != NATIVE_WITH_STX, NULL);
		if (i < 2 && names_token(sym))
			token_step(em, i, base);
	}
	(void)EMIT(em, ALLOW, sym, 0, base, args.n, 0);
	em->top = top;
}

static void guarded_body(struct emitter *em, const struct compile_args *args,
                         uint32_t first, uint32_t dest)
{
	uint32_t guard = EMIT(em, GUARD_BEGIN, 0, dest, 0, 0, 0);
	struct opnd v = { .at = dest };

	for (uint32_t i = first; i < args->n; i++) {
		em->top = (dest >> 1) + 1;
		compile_owned(em, args, i, &v);
	}
	(void)EMIT(em, GUARD_END, 0, dest, v.at, 0, 0);
	emit_land(em, guard);
	em->top = (dest >> 1) + 1;
}

static void guard(struct emitter *em, enum native id,
                  const struct compile_args *args, struct opnd *ret)
{
	bool is_self = id == NATIVE_AS_CONTRACT_SAFE;
	uint32_t list_at = is_self ? 0 : 1;
	uint32_t dest = emit_take(em);
	struct opnd owner = { .at = dest };

	if (!args->nodes || args->nodes[list_at].kind != AST_LIST) {
		missing(em, "expected list of allowances");
		return;
	}

	const struct ast_node *list = &args->nodes[list_at];

	if (!is_self)
		compile_owned(em, args, 0, &owner);
	(void)EMIT(em, ALLOW_BEGIN, is_self, 0, owner.at, 0, 0);
	emit_charge(em,
	            is_self ? PRICE_AS_CONTRACT_SAFE : PRICE_RESTRICT_ASSETS,
	            list->n);
	if (!is_self && list->n > MAX_ALLOWANCES)
		missing(em, "too many allowances");
	em->top = (dest >> 1) + 1;
	for (uint32_t i = 0; i < list->n; i++)
		allowance(em, &list->items[i]);
	guarded_body(em, args, list_at + 1, dest);
	ret->at = dest;
}

void compile_call(struct emitter *em, enum native id,
                  const struct compile_args *args, struct opnd *ret)
{
	switch ((int)id) {
	case NATIVE_CONTRACT_CALL:
		contract_call(em, args, ret);
		return;
	case NATIVE_CONTRACT_OF:
		contract_of(em, args, ret);
		return;
	case NATIVE_CONTRACT_HASH:
		compile_steps(em, id, args, ret);
		return;
	case NATIVE_AS_CONTRACT:
		as_contract(em, args, ret);
		return;
	case NATIVE_AS_CONTRACT_SAFE:
	case NATIVE_RESTRICT_ASSETS:
		guard(em, id, args, ret);
		return;
	default:
		missing(em, "allowances belong in a list of allowances");
		return;
	}
}
