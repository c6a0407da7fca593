/* clarity/vm/type_expr.c - Reading types; contract in type_expr.h. */
#include "config.h"

#include "clarity/vm/type_expr.h"

#include "clarity/base/check.h"
#include "clarity/value/value.h"

struct reader {
	struct arena *arena;
	const struct ast *ast;
	uint32_t *steps;
	struct type_diag *diag;
};

static enum err bad(const struct reader *r)
{
	return type_error_set(r->diag, TYPE_ERROR_BAD_DESCRIPTION);
}

static bool is_word(struct span name, const char *word)
{
	return span_eq(name, span_str(word));
}

static enum err read_type(const struct reader *r, const struct type **ret,
                          const struct ast_node *node);

static enum err read_atom(const struct reader *r, const struct type **ret,
                          struct span name)
{
	static const struct {
		const char *word;
		enum type_kind kind;
	} atoms[] = {
		{ "int", TYPE_INT },
		{ "uint", TYPE_UINT },
		{ "bool", TYPE_BOOL },
		{ "principal", TYPE_PRINCIPAL },
	};

	for (size_t i = 0; i < COUNT_OF(atoms); i++) {
		if (is_word(name, atoms[i].word)) {
			*ret = type_atom(atoms[i].kind);
			return ERR_OK;
		}
	}
	return bad(r);
}

/* A length is a literal int, whatever its value. */
static const i128 *length_of(const struct ast_node *node)
{
	bool is_int =
	    node->kind == AST_LITERAL && value_is(node->value, VALUE_INT);

	return is_int ? &node->value->i : NULL;
}

static enum err read_string(const struct reader *r, const struct type **ret,
                            enum type_kind kind, const struct ast_node *node)
{
	const i128 *len = node->n == 2 ? length_of(&node->items[1]) : NULL;

	if (!len)
		return bad(r);
	return type_string(r->arena, ret, kind, *len, r->diag);
}

static enum err read_list(const struct reader *r, const struct type **ret,
                          const struct ast_node *node)
{
	const i128 *len = node->n == 3 ? length_of(&node->items[1]) : NULL;
	const struct type *item;

	if (!len)
		return bad(r);
	TRY(read_type(r, &item, &node->items[2]));
	if (*len < 0 || *len > UINT32_MAX)
		return type_error_set(r->diag, TYPE_ERROR_VALUE_TOO_LARGE);
	return type_list(r->arena, ret, item, (uint32_t)*len, r->diag);
}

static enum err read_tuple(const struct reader *r, const struct type **ret,
                           const struct ast_node *node)
{
	uint32_t n = node->n - 1;
	struct type_field *fields =
	    arena_new_array(r->arena, struct type_field, n);

	if (!fields)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < n; i++) {
		const struct ast_node *pair = &node->items[i + 1];

		if (pair->kind != AST_LIST || pair->n != 2 ||
		    pair->items[0].kind != AST_ATOM)
			return bad(r);
		fields[i].name = symtab_name(r->ast->syms, pair->items[0].sym);
		TRY(read_type(r, &fields[i].type, &pair->items[1]));
	}
	return type_tuple(r->arena, ret, fields, n, r->diag);
}

static enum err read_wrapper(const struct reader *r, const struct type **ret,
                             const struct ast_node *node, bool is_response)
{
	const struct type *first, *second;

	if (node->n != (is_response ? 3u : 2u))
		return bad(r);
	TRY(read_type(r, &first, &node->items[1]));
	if (!is_response)
		return type_optional(r->arena, ret, first, r->diag);
	TRY(read_type(r, &second, &node->items[2]));
	return type_response(r->arena, ret, first, second, r->diag);
}

static enum err read_compound(const struct reader *r, const struct type **ret,
                              const struct ast_node *node)
{
	uint32_t sym = ast_head(node);

	if (sym == SYMTAB_NONE)
		return bad(r);

	struct span name = symtab_name(r->ast->syms, sym);

	if (is_word(name, "list"))
		return read_list(r, ret, node);
	if (is_word(name, "buff"))
		return read_string(r, ret, TYPE_BUFF, node);
	if (is_word(name, "string-ascii"))
		return read_string(r, ret, TYPE_ASCII, node);
	if (is_word(name, "string-utf8"))
		return read_string(r, ret, TYPE_UTF8, node);
	if (is_word(name, "tuple"))
		return read_tuple(r, ret, node);
	if (is_word(name, "optional"))
		return read_wrapper(r, ret, node, false);
	if (is_word(name, "response"))
		return read_wrapper(r, ret, node, true);
	return bad(r);
}

/* The tree is at most AST_DEPTH_MAX deep, and so is this recursion. */
static enum err read_type(const struct reader *r, const struct type **ret,
                          const struct ast_node *node)
{
	(*r->steps)++;
	switch ((enum ast_kind)node->kind) {
	case AST_ATOM:
		return read_atom(r, ret, symtab_name(r->ast->syms, node->sym));
	case AST_LIST:
		return read_compound(r, ret, node);
	case AST_TRAIT_REF:
		return type_trait(r->arena, ret, node->trait->id);
	case AST_LITERAL:
	case AST_FIELD:
	case AST_TUPLE:
	case AST_COMMENT:
	case AST_SUGAR_CONTRACT:
	case AST_SUGAR_FIELD:
		break;
	}
	return bad(r);
}

enum err type_expr_read(struct arena *a, const struct type **ret,
                        const struct ast *ast, const struct ast_node *node,
                        uint32_t *steps, struct type_diag *diag)
{
	struct reader r = { a, ast, steps, diag };

	return read_type(&r, ret, node);
}
