/*
 * clarity/lang/sort.h - Puts definitions before their uses.
 *
 * Programs may define things in any order; everything after this stage wants
 * them in an order in which nothing is used before it is defined, and the
 * absence of such an order is the language's ban on recursion.  Which
 * mentions of a name count as a use is part of consensus, down to the
 * comments: a use behind a comment inside of a tuple literal or a binding is
 * not seen.
 *
 * Layer:    clarity/lang.
 * Memory:   everything is in the arena given to sort_probe.
 * Threads:  no shared state.
 */
#ifndef CLARITY_LANG_SORT_H
#define CLARITY_LANG_SORT_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/lang/ast.h"
#include "clarity/lang/parse.h"
#include "clarity/lang/symtab.h"

/** A use: top-level node `from` needs the definition in `to`. */
struct sort_graph {
	const struct parse_tree *tree;
	const struct symtab *syms;
	uint32_t *first; /* by top-level node: its first edge; one more */
	uint32_t *edges; /* the node that is needed, in order of use */
	uint32_t edge_n; /* with repetitions: each use is an edge */
};

/** Finds all uses. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err sort_probe(struct arena *a, const struct parse_tree *tree,
                             const struct symtab *syms, struct sort_graph *ret);

/**
 * Orders the top-level nodes.
 *
 * @param a     gets the order
 * @param g     from sort_probe
 * @param ret   g->tree->n indices into the tree's top level
 * @param diag  names the definitions of a cycle; may be NULL
 * @return ERR_OK; ERR_PARSE if there is a cycle; ERR_NO_MEMORY.
 */
MUST_USE enum err sort_order(struct arena *a, const struct sort_graph *g,
                             uint32_t **ret, struct diag *diag);

#endif /* CLARITY_LANG_SORT_H */
