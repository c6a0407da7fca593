/* clarity/lang/sugar.c - The finished tree; contract in sugar.h. */
#include "config.h"

#include "clarity/lang/sugar.h"

#include <stdbool.h>

#include "clarity/lang/native.h"
#include "clarity/value/principal.h"
#include "clarity/value/value.h"

struct expander {
	struct arena *arena;
	const struct ast *ast;
	struct diag *diag;
	uint32_t last_id;
	bool has_sugar; /* comments or tuples anywhere */
};

static enum err node_expand(struct expander *x, struct ast_node *node);

/* Moves what is no comment to the front. */
static void comments_drop(struct ast_node *list)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < list->n; i++) {
		if (list->own[i].kind == AST_COMMENT)
			continue;
		if (kept != i)
			list->own[kept] = list->own[i];
		kept++;
	}
	list->n = kept;
}

static enum err items_expand(struct expander *x, struct ast_node *list)
{
	for (uint32_t i = 0; i < list->n; i++)
		TRY(node_expand(x, &list->own[i]));
	return ERR_OK;
}

/* {k: v, ...} becomes (tuple (k v) ...).  The pairs use the keys and values
 * where they are. */
static enum err tuple_expand(struct expander *x, struct ast_node *node)
{
	uint32_t pairs = node->n / 2;
	struct ast_node *flat = node->own;
	struct ast_node *items =
	    arena_new_array(x->arena, struct ast_node, (size_t)pairs + 1);

	if (!items)
		return ERR_NO_MEMORY;
	items[0] = (struct ast_node){ .kind = AST_ATOM,
		                      .flags = AST_EXPANDED,
		                      .span = { node->span.start,
		                                node->span.start + 1 },
		                      .sym = NATIVE_TUPLE };
	for (uint32_t i = 0; i < pairs; i++) {
		struct ast_node *key = &flat[2 * i];

		items[i + 1] = (struct ast_node){ .kind = AST_LIST,
			                          .flags = AST_EXPANDED,
			                          .span = { key[0].span.start,
			                                    key[1].span.end },
			                          .n = 2,
			                          .own = key };
	}
	node->kind = AST_LIST;
	node->n = pairs + 1;
	node->own = items;
	return items_expand(x, node);
}

static enum err contract_expand(struct expander *x, struct ast_node *node)
{
	const struct principal *p;
	struct value *v = arena_new(x->arena, struct value);

	TRY(principal_new_contract(x->arena, &p, x->ast->contract,
	                           symtab_name(x->ast->syms, node->sym)));
	if (!v)
		return ERR_NO_MEMORY;
	*v = value_principal(p);
	node->kind = AST_LITERAL;
	node->sym = 0;
	node->value = v;
	return ERR_OK;
}

static enum err field_expand(struct expander *x, struct ast_node *node)
{
	const struct symtab *syms = x->ast->syms;
	struct trait_id *id = arena_new(x->arena, struct trait_id);

	if (!id)
		return ERR_NO_MEMORY;
	id->name = symtab_name(syms, (uint32_t)node->field_sym);
	TRY(principal_new_contract(x->arena, &id->contract, x->ast->contract,
	                           symtab_name(syms, node->sym)));
	node->kind = AST_FIELD;
	node->sym = 0;
	node->field = id;
	return ERR_OK;
}

static enum err trait_expand(struct expander *x, struct ast_node *node)
{
	node->trait = ast_trait_find(x->ast, node->sym);
	if (node->trait)
		return ERR_OK;
	return parse_error_set(x->diag, PARSE_ERROR_TRAIT_UNKNOWN, node->span,
	                       symtab_name(x->ast->syms, node->sym));
}

/* Recursion is bounded: trees nest at most AST_DEPTH_MAX deep. */
static enum err node_expand(struct expander *x, struct ast_node *node)
{
	node->id = ++x->last_id;
	switch ((enum ast_kind)node->kind) {
	case AST_LIST:
		if (x->has_sugar)
			comments_drop(node);
		return items_expand(x, node);
	case AST_TUPLE:
		comments_drop(node);
		return tuple_expand(x, node);
	case AST_SUGAR_CONTRACT:
		return contract_expand(x, node);
	case AST_SUGAR_FIELD:
		return field_expand(x, node);
	case AST_TRAIT_REF:
		return trait_expand(x, node);
	case AST_ATOM:
	case AST_LITERAL:
	case AST_FIELD:
	case AST_COMMENT:
		break;
	}
	return ERR_OK;
}

enum err sugar_expand(struct arena *a, const struct parse_tree *tree,
                      const uint32_t *order, struct ast *ret, struct diag *diag)
{
	struct expander x = { .arena = a,
		              .ast = ret,
		              .diag = diag,
		              .has_sugar = tree->sugared != 0 };
	struct ast_node top = { .kind = AST_LIST, .n = tree->n };

	top.own = arena_new_array(a, struct ast_node, tree->n);
	if (!top.own)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < tree->n; i++)
		top.own[i] = tree->items[order[i]];
	comments_drop(&top);
	TRY(items_expand(&x, &top));
	ret->items = top.items;
	ret->n = top.n;
	ret->node_count = x.last_id;
	return ERR_OK;
}
