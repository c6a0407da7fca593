/*
 * clarity/check/expr.h - The type of an expression.
 *
 * Types are inferred from the leaves up, in one walk: a function declares what
 * it takes, so nothing has to be guessed.  Where a rule knows the type that it
 * wants, it says so, and from Clarity 2 on contracts turn into traits there.
 *
 * The walk recurses with the tree, which nests at most AST_DEPTH_MAX lists
 * (the parser refuses more), at five C frames for each.
 *
 * Layer:    clarity/check; private to it.
 * Memory:   types live in the work arena.
 * Threads:  belongs to one check.
 */
#ifndef CLARITY_CHECK_EXPR_H
#define CLARITY_CHECK_EXPR_H

#include "clarity/base/err.h"
#include "clarity/check/checker.h"

/** Finds the type of `n`. @return ERR_OK; ERR_CHECK; a fault. */
MUST_USE enum err expr_check(struct checker *c, const struct ast_node *n,
                             const struct type **ret);

/** Checks that `n` may stand where `want` is expected.
 * @return ERR_OK; ERR_CHECK, by TYPE_ERROR and others; a fault. */
MUST_USE enum err expr_expect(struct checker *c, const struct ast_node *n,
                              const struct type *want);

/**
 * Checks statements that follow each other: responses before the last one must
 * not be thrown away.
 *
 * @param ret    the type of the last statement
 * @param items  `n` (at least 1) statements
 * @return ERR_OK; ERR_CHECK, also by UNCHECKED_INTERMEDIARY_RESPONSES, which
 *         is said after all statements have been checked; a fault.
 */
MUST_USE enum err expr_check_body(struct checker *c, const struct type **ret,
                                  const struct ast_node *items, uint32_t n);

/** Takes the name at `n`, or fails by `kind` if it is not one. */
MUST_USE enum err expr_name(struct checker *c, const struct ast_node *n,
                            enum check_error kind, uint32_t *ret);

/** Takes the list at `n`, or fails by `kind` if it is not one. */
MUST_USE enum err expr_list(struct checker *c, const struct ast_node *n,
                            enum check_error kind);

/**
 * Takes a pair (name value) out of a list of them, or fails with
 * BAD_SYNTAX_BINDING.
 *
 * @param item   the pair
 * @param index  its place in the list, from 0
 * @param what   what the second half is, for the message; static
 */
MUST_USE enum err expr_pair(struct checker *c, const struct ast_node *item,
                            uint32_t index, const char *what);

#endif /* CLARITY_CHECK_EXPR_H */
