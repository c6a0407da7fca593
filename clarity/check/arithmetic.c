/* clarity/check/arithmetic.c - Pure computation; contract in arithmetic.h. */
#include "config.h"

#include "clarity/check/arithmetic.h"

#include "clarity/check/form.h"

static bool check(const struct ast_node *n, enum clarity_version v);

static bool check_all(const struct ast_node *items, uint32_t n,
                      enum clarity_version v)
{
	for (uint32_t i = 0; i < n; i++) {
		if (!check(&items[i], v))
			return false;
	}
	return true;
}

static bool check_pairs(const struct ast_node *items, uint32_t n,
                        enum clarity_version v)
{
	for (uint32_t i = 0; i < n; i++) {
		if (items[i].kind != AST_LIST || items[i].n != 2 ||
		    !check(&items[i].items[1], v))
			return false;
	}
	return true;
}

/* Words that compute from all their arguments. */
static bool computes(enum native id)
{
	switch ((uint32_t)native_table[id].family) {
	case NATIVE_FAMILY_ARITH:
	case NATIVE_FAMILY_COMPARE:
	case NATIVE_FAMILY_OPTION: /* match is asked for before */
		return true;
	default:
		break;
	}
	switch ((uint32_t)id) {
	case NATIVE_AND:
	case NATIVE_OR:
	case NATIVE_NOT:
	case NATIVE_IF:
	case NATIVE_BEGIN:
	case NATIVE_ASSERTS:
	case NATIVE_TO_INT:
	case NATIVE_TO_UINT:
	case NATIVE_LEN:
	case NATIVE_MERGE:
		return true;
	default:
		return false;
	}
}

static bool check_match(const struct ast_node *args, uint32_t n,
                        enum clarity_version v)
{
	if (n != 4 && n != 5)
		return false;
	return check(&args[0], v) && check(&args[2], v) &&
	       check(&args[n - 1], v);
}

static bool check_native(enum native id, const struct ast_node *args,
                         uint32_t n, enum clarity_version v)
{
	if (id == NATIVE_GET)
		return n == 2 && check(&args[1], v);
	if (id == NATIVE_MATCH)
		return check_match(args, n, v);
	if (id == NATIVE_TUPLE)
		return check_pairs(args, n, v);
	if (id == NATIVE_LET)
		return n >= 2 && args[0].kind == AST_LIST &&
		       check_pairs(args[0].items, args[0].n, v) &&
		       check_all(args + 1, n - 1, v);
	return computes(id) && check_all(args, n, v);
}

static bool check_application(const struct ast_node *call,
                              enum clarity_version v)
{
	uint32_t head = ast_head(call);

	if (head == SYMTAB_NONE)
		return false;
	if (native_is_function(head, v))
		return check_native((enum native)head, call->items + 1,
		                    call->n - 1, v);
	return check_all(call->items + 1, call->n - 1, v);
}

/* Recurses with the tree: at most AST_DEPTH_MAX lists. */
static bool check(const struct ast_node *n, enum clarity_version v)
{
	if (n->kind == AST_LIST)
		return check_application(n, v);
	if (n->kind == AST_ATOM)
		return !native_is_keyword(n->sym, v) ||
		       n->sym == KEYWORD_NONE || n->sym == KEYWORD_TRUE ||
		       n->sym == KEYWORD_FALSE;
	return n->kind == AST_LITERAL;
}

static bool check_form(const struct ast_node *n, enum clarity_version v)
{
	struct check_fault unused;
	struct form f;

	if (form_parse(n, &f, &unused) != ERR_OK)
		return false;
	if (f.kind == NATIVE_COUNT)
		return check(n, v);
	if (f.kind == DEFINE_CONSTANT || f.kind == DEFINE_PRIVATE ||
	    f.kind == DEFINE_READ_ONLY)
		return check(f.value, v);
	return false;
}

bool arithmetic_only(const struct ast *ast, enum clarity_version version)
{
	for (uint32_t i = 0; i < ast->n; i++) {
		if (!check_form(&ast->items[i], version))
			return false;
	}
	return true;
}
