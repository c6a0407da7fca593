/*
 * clarity/check/form.h - Definitions, taken apart.
 *
 * Eleven forms define something; they may stand at the top level only.  All
 * passes ask the same question of each top-level expression, so it is answered
 * once, here: which form it is and where its parts are.
 *
 * Layer:    clarity/check; uses clarity/lang.
 * Memory:   borrows from the tree.
 * Threads:  pure functions.
 */
#ifndef CLARITY_CHECK_FORM_H
#define CLARITY_CHECK_FORM_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/check/check_error.h"
#include "clarity/lang/ast.h"

struct form {
	enum native kind; /* DEFINE_*, or NATIVE_COUNT for an expression */
	const struct ast_node *node;
	const struct ast_node *name;       /* the atom; NULL for impl-trait and
	                                      functions */
	const struct ast_node *signature;  /* (name (param type) ...) */
	const struct ast_node *type;       /* of a variable, NFT or map's key */
	const struct ast_node *value_type; /* of a map */
	const struct ast_node *value;      /* what is evaluated, or NULL */
	const struct ast_node *methods;    /* of define-trait */
	const struct trait_id *trait;      /* of use-trait and impl-trait */
};

/**
 * Takes a top-level expression apart.
 *
 * @param fault  why it failed; set with ERR_CHECK
 * @return ERR_OK; ERR_CHECK by INCORRECT_ARGUMENT_COUNT,
 *         REQUIRES_AT_LEAST_ARGUMENTS, EXPECTED_NAME,
 *         DEFINE_FUNCTION_BAD_SIGNATURE or EXPECTED_TRAIT_IDENTIFIER.
 */
MUST_USE enum err form_parse(const struct ast_node *n, struct form *ret,
                             struct check_fault *fault);

#endif /* CLARITY_CHECK_FORM_H */
