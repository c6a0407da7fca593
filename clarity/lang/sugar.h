/*
 * clarity/lang/sugar.h - Turns the raw tree into the finished one.
 *
 * Layer:    clarity/lang.
 * Memory:   changes the raw tree in place; what it adds is in the arena.
 * Threads:  no shared state.
 */
#ifndef CLARITY_LANG_SUGAR_H
#define CLARITY_LANG_SUGAR_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/lang/ast.h"
#include "clarity/lang/parse.h"

/**
 * Drops comments, writes out tuples and `.name`, resolves <name>, and numbers
 * the nodes.
 *
 * @param a      gets the new nodes
 * @param tree   the raw tree, which becomes part of the finished one
 * @param order  from sort_order
 * @param ret    `contract`, `syms` and the traits are read; `items`, `n` and
 *               `node_count` are set
 * @param diag   why the program was refused; may be NULL
 * @return ERR_OK; ERR_PARSE for a <name> that is no trait's; ERR_NO_MEMORY.
 */
MUST_USE enum err sugar_expand(struct arena *a, const struct parse_tree *tree,
                               const uint32_t *order, struct ast *ret,
                               struct diag *diag);

#endif /* CLARITY_LANG_SUGAR_H */
