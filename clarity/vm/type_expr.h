/*
 * clarity/vm/type_expr.h - Types as programs spell them.
 *
 * A definition is evaluated when its contract is deployed, and its types are
 * read then, at a price for each type that is named.
 *
 * Layer:    clarity/vm.
 * Memory:   types live in the given arena and borrow from the tree.
 * Threads:  pure functions.
 * Spec:     SIP-002, "Type signatures".
 */
#ifndef CLARITY_VM_TYPE_EXPR_H
#define CLARITY_VM_TYPE_EXPR_H

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/lang/ast.h"
#include "clarity/value/type.h"

/**
 * Reads a type.
 *
 * @param steps  grows by the types that were named until the end or the
 *               failure; each costs TYPE_PARSE_STEP
 * @return ERR_OK; ERR_TYPE; ERR_NO_MEMORY.
 */
MUST_USE enum err type_expr_read(struct arena *a, const struct type **ret,
                                 const struct ast *ast,
                                 const struct ast_node *node, uint32_t *steps,
                                 struct type_diag *diag);

#endif /* CLARITY_VM_TYPE_EXPR_H */
