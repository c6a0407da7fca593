/* clarity/check/form.c - Taking definitions apart; contract in form.h. */
#include "config.h"

#include "clarity/check/form.h"

#include "clarity/base/check.h"

static enum err fail(struct check_fault *fault, const struct ast_node *at,
                     enum check_error kind)
{
	*fault = (struct check_fault){ .kind = kind, .at = at };
	return ERR_CHECK;
}

static enum err fail_count(struct check_fault *fault, const struct ast_node *at,
                           enum check_error kind, uint32_t want)
{
	*fault = (struct check_fault){ .kind = kind,
		                       .at = at,
		                       .arg = { check_arg_number(want),
		                                check_arg_number(at->n - 1) } };
	return ERR_CHECK;
}

/* The forms take a fixed number, except define-fungible-token: one or two, and
 * that there are not more is asked after its name. */
static enum err check_count(const struct ast_node *n, enum native kind,
                            struct check_fault *fault)
{
	const struct native_info *info = &native_table[kind];
	uint32_t n_args = n->n - 1;

	if (kind == DEFINE_FT && n_args < info->min)
		return fail_count(fault, n, CHECK_REQUIRES_AT_LEAST_ARGUMENTS,
		                  info->min);
	if (kind == DEFINE_FT || n_args == info->min)
		return ERR_OK;
	return fail_count(fault, n, CHECK_INCORRECT_ARGUMENT_COUNT, info->min);
}

static enum err take_name(const struct ast_node *n, struct form *f,
                          struct check_fault *fault)
{
	if (n->kind != AST_ATOM)
		return fail(fault, n, CHECK_EXPECTED_NAME);
	f->name = n;
	return ERR_OK;
}

static enum err take_field(const struct ast_node *n, struct form *f,
                           struct check_fault *fault)
{
	if (n->kind != AST_FIELD)
		return fail(fault, n, CHECK_EXPECTED_TRAIT_IDENTIFIER);
	f->trait = n->field;
	return ERR_OK;
}

static enum err take_function(const struct ast_node *args, struct form *f,
                              struct check_fault *fault)
{
	if (args[0].kind != AST_LIST)
		return fail(fault, &args[0],
		            CHECK_DEFINE_FUNCTION_BAD_SIGNATURE);
	f->signature = &args[0];
	f->value = &args[1];
	return ERR_OK;
}

/* Everything behind the name of a form that has one. */
static enum err take_rest(const struct ast_node *args, uint32_t n,
                          struct form *f, struct check_fault *fault)
{
	switch ((uint32_t)f->kind) {
	case DEFINE_CONSTANT:
		f->value = &args[1];
		break;
	case DEFINE_DATA_VAR:
		f->type = &args[1];
		f->value = &args[2];
		break;
	case DEFINE_MAP:
		f->type = &args[1];
		f->value_type = &args[2];
		break;
	case DEFINE_FT:
		if (n > native_table[DEFINE_FT].max)
			return fail_count(fault, f->node,
			                  CHECK_INCORRECT_ARGUMENT_COUNT,
			                  native_table[DEFINE_FT].min);
		f->value = n == 2 ? &args[1] : NULL;
		break;
	case DEFINE_NFT:
		f->type = &args[1];
		break;
	case DEFINE_TRAIT:
		f->methods = &args[1];
		break;
	case DEFINE_USE_TRAIT:
		return take_field(&args[1], f, fault);
	default:
		CHECK(!"a define form without parts");
	}
	return ERR_OK;
}

enum err form_parse(const struct ast_node *n, struct form *ret,
                    struct check_fault *fault)
{
	uint32_t head = ast_head(n);
	const struct ast_node *args;

	*ret = (struct form){ .kind = NATIVE_COUNT, .node = n };
	if (head == SYMTAB_NONE || !native_is_define(head))
		return ERR_OK;
	ret->kind = (enum native)head;
	args = n->items + 1;
	TRY(check_count(n, ret->kind, fault));
	if (head == DEFINE_PRIVATE || head == DEFINE_PUBLIC ||
	    head == DEFINE_READ_ONLY)
		return take_function(args, ret, fault);
	if (head == DEFINE_IMPL_TRAIT)
		return take_field(args, ret, fault);
	TRY(take_name(args, ret, fault));
	return take_rest(args, n->n - 1, ret, fault);
}
