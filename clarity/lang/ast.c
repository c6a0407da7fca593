/* clarity/lang/ast.c - From text to the finished tree; contract in ast.h. */
#include "config.h"

#include "clarity/lang/ast.h"

#include "clarity/lang/parse.h"
#include "clarity/lang/resolve.h"
#include "clarity/lang/sort.h"
#include "clarity/lang/sugar.h"

/* Edges, marks and tables by symbol: less than what the parser needs. */
#define WORK_MAX ((size_t)192 * 1024 * 1024)

static enum err meter_charge_ast(const struct ast_input *in,
                                 enum ast_price what, uint64_t n)
{
	if (!in->meter)
		return ERR_OK;
	return in->meter->charge(in->meter->ctx, what, n);
}

/* Two limits: lists alone, then lists and tuples together; the first wins
 * wherever in the program the second was passed. */
static enum err depth_check(const struct ast_input *in,
                            const struct parse_tree *tree, struct diag *diag)
{
	if (tree->too_deep.end)
		return parse_error_at(diag, PARSE_ERROR_TOO_DEEP, in->source,
		                      tree->too_deep);
	if (tree->too_deep_mixed.end)
		return parse_error_at(diag, PARSE_ERROR_TOO_DEEP_MIXED,
		                      in->source, tree->too_deep_mixed);
	return ERR_OK;
}

/* Everything behind the parser; `work` is for the time of the call. */
static enum err tree_finish(struct arena *a, struct arena *work,
                            const struct ast_input *in,
                            const struct parse_tree *tree, struct ast *ret,
                            struct diag *diag)
{
	struct sort_graph graph;
	uint32_t *order;

	TRY(sort_probe(work, tree, ret->syms, &graph));
	ret->edge_count = graph.edge_n;
	TRY(meter_charge_ast(in, AST_PRICE_CYCLES, graph.edge_n));
	TRY(sort_order(work, &graph, &order, diag));
	TRY(resolve_traits(a, work, tree, ret, diag));
	return sugar_expand(a, tree, order, ret, diag);
}

enum err ast_build(struct arena *a, const struct ast_input *in, struct ast *ret,
                   struct diag *diag)
{
	struct symtab *syms = arena_new(a, struct symtab);
	struct ast ast = { .contract = in->contract, .syms = syms };
	struct parse_tree tree;
	struct arena work;

	TRY(meter_charge_ast(in, AST_PRICE_PARSE, in->source.len));
	if (!syms)
		return ERR_NO_MEMORY;
	TRY(symtab_init(syms, a));
	TRY(parse_program(a, syms, in->source, in->epoch, &tree, diag));
	TRY(depth_check(in, &tree, diag));

	arena_init(&work, WORK_MAX);

	enum err e = tree_finish(a, &work, in, &tree, &ast, diag);

	arena_fini(&work);
	if (e == ERR_OK)
		*ret = ast;
	return e;
}

const struct ast_trait *ast_trait_find(const struct ast *ast, uint32_t sym)
{
	if (!ast->trait_of || sym >= ast->trait_syms || !ast->trait_of[sym])
		return NULL;
	return &ast->traits[ast->trait_of[sym] - 1];
}
