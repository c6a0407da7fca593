/* clarity/lang/sort.c - Definitions before uses; contract in sort.h. */
#include "config.h"

#include "clarity/lang/sort.h"

#include <string.h>

#include "clarity/lang/native.h"
#include "clarity/value/name.h"

#ifdef HARD_TESTS
#define FIRST_EDGES 1u
#else
#define FIRST_EDGES 512u
#endif

/* How much of the names in a cycle is shown. */
#define NAMES_SHOWN 160u

/* Where a name is defined. */
struct definition {
	const struct ast_node *name; /* the atom that is defined, or NULL */
	uint32_t index;              /* of its top-level node */
};

struct prober {
	struct arena *arena;
	struct sort_graph *graph;
	struct definition *defs; /* by symbol */
	uint32_t cap;            /* edges that fit */
};

static enum err edges_grow(struct prober *p)
{
	struct sort_graph *g = p->graph;
	uint32_t cap = p->cap ? p->cap * 2 : FIRST_EDGES;
	uint32_t *edges = arena_new_array(p->arena, uint32_t, cap);

	if (!edges)
		return ERR_NO_MEMORY;
	if (g->edge_n)
		memcpy(edges, g->edges, g->edge_n * sizeof(*edges));
	g->edges = edges;
	p->cap = cap;
	return ERR_OK;
}

/* A mention of a name.  The defining mention itself is none. */
static enum err name_probe(struct prober *p, const struct ast_node *node)
{
	const struct definition *d = &p->defs[node->sym];

	if (!d->name || d->name == node)
		return ERR_OK;
	if (p->graph->edge_n == p->cap)
		TRY(edges_grow(p));
	p->graph->edges[p->graph->edge_n++] = d->index;
	return ERR_OK;
}

static enum err node_probe(struct prober *p, const struct ast_node *node);

/* The item with this number when comments are not counted, or NULL. */
static const struct ast_node *item_at(const struct ast_node *list, uint32_t nth)
{
	for (uint32_t i = 0; i < list->n; i++) {
		if (list->items[i].kind == AST_COMMENT)
			continue;
		if (nth-- == 0)
			return &list->items[i];
	}
	return NULL;
}

static uint32_t item_count(const struct ast_node *list)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < list->n; i++)
		n += list->items[i].kind != AST_COMMENT;
	return n;
}

/* All items from the `nth` on, comments not counted. */
static enum err items_probe(struct prober *p, const struct ast_node *list,
                            uint32_t nth)
{
	for (uint32_t i = 0; i < list->n; i++) {
		if (list->items[i].kind == AST_COMMENT)
			continue;
		if (nth)
			nth--;
		else
			TRY(node_probe(p, &list->items[i]));
	}
	return ERR_OK;
}

/* The second of exactly two, comments counted: what else has the shape of a
 * pair does not count as one. */
static enum err pair_probe(struct prober *p, const struct ast_node *pair)
{
	if (pair->kind != AST_LIST || pair->n != 2)
		return ERR_OK;
	return node_probe(p, &pair->items[1]);
}

/* Every pair in a list of them, from its item `first` on; `list` may be NULL
 * or no list. */
static enum err pairs_probe(struct prober *p, const struct ast_node *list,
                            uint32_t first)
{
	if (!list || list->kind != AST_LIST)
		return ERR_OK;
	for (uint32_t i = first; i < list->n; i++)
		TRY(pair_probe(p, &list->items[i]));
	return ERR_OK;
}

/* The types in the signatures of a trait; `methods` may be NULL or no list. */
static enum err trait_probe(struct prober *p, const struct ast_node *methods)
{
	if (!methods || methods->kind != AST_LIST)
		return ERR_OK;
	for (uint32_t i = 0; i < methods->n; i++) {
		const struct ast_node *m = &methods->items[i];

		if (m->kind != AST_LIST || m->n != 3)
			continue;
		TRY(node_probe(p, &m->items[1]));
		TRY(node_probe(p, &m->items[2]));
	}
	return ERR_OK;
}

/* A define form; `n` counts its items, the word itself included. */
static enum err define_probe(struct prober *p, const struct ast_node *list,
                             uint32_t sym, uint32_t n)
{
	if (sym == DEFINE_CONSTANT || sym == DEFINE_DATA_VAR)
		return items_probe(p, list, 2);
	if (sym == DEFINE_PRIVATE || sym == DEFINE_PUBLIC ||
	    sym == DEFINE_READ_ONLY) {
		if (n != 3)
			return ERR_OK;
		TRY(pairs_probe(p, item_at(list, 1), 1));
		return items_probe(p, list, 2);
	}
	if ((sym == DEFINE_MAP && n == 4) || (sym == DEFINE_FT && n == 3))
		return items_probe(p, list, 2);
	if (sym == DEFINE_TRAIT && n == 3)
		return trait_probe(p, item_at(list, 2));
	return ERR_OK;
}

/* A list whose head is the word `sym`. */
static enum err form_probe(struct prober *p, const struct ast_node *list,
                           uint32_t sym)
{
	if (native_is_define(sym))
		return define_probe(p, list, sym, item_count(list));
	if (sym == NATIVE_CONTRACT_CALL)
		return items_probe(p, list, 3);
	if (sym == NATIVE_GET)
		return item_count(list) == 3 ? items_probe(p, list, 2) : ERR_OK;
	if (sym == NATIVE_LET) {
		if (item_count(list) < 3)
			return ERR_OK;
		TRY(pairs_probe(p, item_at(list, 1), 0));
		return items_probe(p, list, 2);
	}
	if (sym == NATIVE_TUPLE)
		return pairs_probe(p, list, 0);
	return items_probe(p, list, 0);
}

/* Two by two, comments counted: behind a comment, keys and values change
 * places. */
static enum err tuple_probe(struct prober *p, const struct ast_node *tuple)
{
	for (uint32_t i = 1; i < tuple->n; i += 2)
		TRY(node_probe(p, &tuple->items[i]));
	return ERR_OK;
}

/* Recursion is bounded: trees nest at most AST_DEPTH_MAX deep. */
static enum err node_probe(struct prober *p, const struct ast_node *node)
{
	const struct ast_node *head;

	switch ((enum ast_kind)node->kind) {
	case AST_ATOM:
	case AST_TRAIT_REF:
		return name_probe(p, node);
	case AST_TUPLE:
		return tuple_probe(p, node);
	case AST_LIST:
		head = item_at(node, 0);
		if (head && head->kind == AST_ATOM)
			return form_probe(p, node, head->sym);
		return items_probe(p, node, 0);
	case AST_LITERAL:
	case AST_FIELD:
	case AST_COMMENT:
	case AST_SUGAR_CONTRACT:
	case AST_SUGAR_FIELD:
		break;
	}
	return ERR_OK;
}

/* The atom that a top-level node defines, or NULL.  Comments count here: one
 * before the name hides it. */
static const struct ast_node *defined_name(const struct ast_node *node)
{
	uint32_t head = ast_head(node);

	if (head == SYMTAB_NONE || !native_is_define(head) || node->n < 2)
		return NULL;

	const struct ast_node *name = &node->items[1];

	if (name->kind == AST_LIST) {
		if (name->n == 0)
			return NULL;
		name = &name->items[0];
	}
	return name->kind == AST_ATOM ? name : NULL;
}

enum err sort_probe(struct arena *a, const struct parse_tree *tree,
                    const struct symtab *syms, struct sort_graph *ret)
{
	struct sort_graph g = { .tree = tree, .syms = syms };
	struct prober p = { .arena = a, .graph = &g };

	p.defs = arena_zalloc(a, syms->n * sizeof(*p.defs));
	g.first = arena_new_array(a, uint32_t, (size_t)tree->n + 1);
	if (!p.defs || !g.first)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < tree->n; i++) {
		const struct ast_node *name = defined_name(&tree->items[i]);

		/* The last of several definitions of a name is the one. */
		if (name)
			p.defs[name->sym] = (struct definition){ name, i };
	}
	for (uint32_t i = 0; i < tree->n; i++) {
		g.first[i] = g.edge_n;
		TRY(node_probe(&p, &tree->items[i]));
	}
	g.first[tree->n] = g.edge_n;
	*ret = g;
	return ERR_OK;
}

/* One step of the walk: a node and the next of its edges. */
struct step {
	uint32_t node;
	uint32_t edge;
};

/* Walks depth first from `root`; each node follows what it needs. */
static uint32_t walk(const struct sort_graph *g, uint32_t root,
                     struct step *stack, uint8_t *seen, uint32_t *order)
{
	uint32_t depth = 1;
	uint32_t n = 0;

	stack[0] = (struct step){ root, g->first[root] };
	seen[root] = 1;
	while (depth) {
		struct step *s = &stack[depth - 1];

		if (s->edge == g->first[s->node + 1]) {
			order[n++] = s->node;
			depth--;
			continue;
		}

		uint32_t next = g->edges[s->edge++];

		if (!seen[next]) {
			seen[next] = 1;
			stack[depth++] = (struct step){ next, g->first[next] };
		}
	}
	return n;
}

/* A node is clean when all that it needs is clean or needs nothing.  In this
 * order, what is not clean is in a cycle or needs one. */
static bool mark_clean(const struct sort_graph *g, const uint32_t *order,
                       uint8_t *clean)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < g->tree->n; i++) {
		uint32_t node = order[i];
		bool is_clean = true;

		for (uint32_t e = g->first[node]; e < g->first[node + 1]; e++) {
			uint32_t to = g->edges[e];

			if (g->first[to] != g->first[to + 1] && !clean[to])
				is_clean = false;
		}
		clean[node] = is_clean;
		count += is_clean;
	}
	return count == g->tree->n;
}

/* The smallest name behind `after` among the nodes that are not clean; the
 * same name may stand there more than once. */
static const struct ast_node *next_name(const struct sort_graph *g,
                                        const uint8_t *clean,
                                        const struct ast_node *after)
{
	const struct ast_node *best = NULL;

	for (uint32_t i = 0; i < g->tree->n; i++) {
		const struct ast_node *n = defined_name(&g->tree->items[i]);

		if (clean[i] || !n)
			continue;

		struct span name = symtab_name(g->syms, n->sym);
		int side =
		    after ? span_cmp(name, symtab_name(g->syms, after->sym))
			  : 1;

		if (side < 0 ||
		    (side == 0 && n->span.start <= after->span.start))
			continue;
		if (!best ||
		    span_cmp(name, symtab_name(g->syms, best->sym)) < 0)
			best = n;
	}
	return best;
}

static enum err cycle_fail(const struct sort_graph *g, const uint8_t *clean,
                           struct diag *diag)
{
	char text[NAMES_SHOWN + NAME_MAX_LEN + 2];
	size_t len = 0;
	const struct ast_node *first = next_name(g, clean, NULL);
	const struct ast_node *n = first;

	for (; n && len < NAMES_SHOWN; n = next_name(g, clean, n)) {
		struct span name = symtab_name(g->syms, n->sym);

		if (len) {
			memcpy(text + len, ", ", 2);
			len += 2;
		}
		memcpy(text + len, name.p, name.len);
		len += name.len;
	}
	return parse_error_set(diag, PARSE_ERROR_CYCLE,
	                       first ? first->span : (struct diag_span){ 0 },
	                       span_of(text, len));
}

enum err sort_order(struct arena *a, const struct sort_graph *g, uint32_t **ret,
                    struct diag *diag)
{
	uint32_t n = g->tree->n;
	uint32_t *order = arena_new_array(a, uint32_t, n);
	struct step *stack = arena_new_array(a, struct step, n);
	uint8_t *marks = arena_zalloc(a, n);
	uint32_t done = 0;

	if (!order || !stack || !marks)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < n; i++) {
		if (!marks[i])
			done += walk(g, i, stack, marks, order + done);
	}
	memset(marks, 0, n);
	if (!mark_clean(g, order, marks))
		return cycle_fail(g, marks, diag);
	*ret = order;
	return ERR_OK;
}
