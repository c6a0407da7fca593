/* clarity/check/check_contract.c - Typing of calls to other contracts. */
#include "config.h"

#include "clarity/check/expr.h"
#include "clarity/check/rule.h"
#include "clarity/check/suggest.h"
#include "clarity/check/trait.h"

/* Finds a function that another contract offers, and pays for it. */
static enum err find_static(struct checker *c, const struct principal *target,
                            uint32_t sym, const struct analysis_fn **ret)
{
	struct span name = symtab_name(c->ast->syms, sym);
	const struct contract_analysis *a;
	uint64_t size;

	TRY(checker_load(c, &a, target));
	if (!a)
		return checker_fail1(c, CHECK_NO_SUCH_CONTRACT,
		                     check_arg_contract(target));
	*ret = analysis_public(a, name);
	if (!*ret)
		*ret = analysis_read_only(a, name);
	if (!*ret)
		return suggest_public(c, a, sym);
	TRY(trait_fn_size(c, *ret, &size));
	return checker_charge(c, PRICE_ANALYSIS_GET_FUNCTION_ENTRY, size);
}

static enum err fail_unknown_trait(struct checker *c, uint32_t sym)
{
	return checker_fail_name(c, CHECK_TRAIT_REFERENCE_UNKNOWN, sym);
}

/* Finds the trait that the name at `n` is bound to. */
static enum err find_trait(struct checker *c, const struct ast_node *n,
                           const struct trait_id **ret)
{
	const struct names_binding *b = names_trait_value(&c->names, n->sym);

	if (!b)
		return fail_unknown_trait(c, n->sym);
	checker_refer(c, n, CHECKED_TRAIT, b->node);
	*ret = b->trait;
	return ERR_OK;
}

static enum err known_trait(struct checker *c, const struct trait_id *id,
                            const struct analysis_trait **ret)
{
	*ret = names_trait(&c->names, id);
	if (!*ret)
		return checker_fail1(c, CHECK_TRAIT_REFERENCE_UNKNOWN,
		                     check_arg_name(id->name));
	return ERR_OK;
}

/* Finds the method of a trait that is called through a name, and pays. */
static enum err find_dynamic(struct checker *c, const struct ast_node *target,
                             uint32_t sym, const struct analysis_fn **ret)
{
	const struct trait_id *id;
	const struct analysis_trait *trait;
	uint64_t size;

	TRY(find_trait(c, target, &id));
	TRY(checker_charge(c, PRICE_ANALYSIS_LOOKUP_FUNCTION, 0));
	TRY(known_trait(c, id, &trait));
	*ret = analysis_method(trait, symtab_name(c->ast->syms, sym));
	if (!*ret)
		return suggest_method(c, id, trait, sym);
	TRY(trait_fn_size(c, *ret, &size));
	return checker_charge(c, PRICE_ANALYSIS_LOOKUP_FUNCTION_TYPES, size);
}

/* A name is a constant contract (Clarity 2 and later) or bound to a trait. */
static enum err find_by_name(struct checker *c, const struct ast_node *target,
                             uint32_t sym, const struct analysis_fn **ret)
{
	const struct checked_def *constant = NULL;

	if (version_has_callables(c->version))
		constant = names_find(&c->names, target->sym, DEFINE_CONSTANT);
	if (!constant)
		return find_dynamic(c, target, sym, ret);
	checker_refer(c, target, CHECKED_CONSTANT,
	              names_index(&c->names, constant));
	if (constant->type->kind != TYPE_CALLABLE_PRINCIPAL)
		return checker_fail1(c, CHECK_EXPECTED_CALLABLE_TYPE,
		                     check_arg_type(constant->type));
	return find_static(c, constant->type->contract, sym, ret);
}

static bool is_contract(const struct ast_node *n)
{
	return n->kind == AST_LITERAL && value_is(n->value, VALUE_PRINCIPAL) &&
	       principal_is_contract(n->value->principal);
}

enum err check_contract_call(struct checker *c, const struct ast_node *call,
                             const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	uint32_t n = checker_n_args(call);
	const struct analysis_fn *f;
	uint32_t sym;

	TRY(checker_at_least(c, n, 2));
	TRY(expr_name(c, &args[1], CHECK_CONTRACT_CALL_EXPECT_NAME, &sym));
	checker_annotate(c, &args[1], KNOWN_NONE);
	if (is_contract(&args[0]))
		TRY(find_static(c, args[0].value->principal, sym, &f));
	else if (args[0].kind == AST_ATOM)
		TRY(find_by_name(c, &args[0], sym, &f));
	else
		return checker_fail(c, CHECK_CONTRACT_CALL_EXPECT_NAME);
	TRY(checker_exactly(c, n - 2, f->n_params));
	for (uint32_t i = 0; i < f->n_params; i++)
		TRY(expr_expect(c, &args[2 + i], f->params[i].type));
	*ret = f->returns;
	return ERR_OK;
}

enum err check_contract_of(struct checker *c, const struct ast_node *call,
                           const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct analysis_trait *unused;
	const struct trait_id *id;
	uint32_t sym;

	TRY(checker_exactly(c, checker_n_args(call), 1));
	TRY(expr_name(c, &args[0], CHECK_CONTRACT_OF_EXPECTS_TRAIT, &sym));
	TRY(find_trait(c, &args[0], &id));
	TRY(checker_charge(c, PRICE_CONTRACT_OF, 1));
	TRY(known_trait(c, id, &unused));
	*ret = KNOWN_PRINCIPAL;
	return ERR_OK;
}
