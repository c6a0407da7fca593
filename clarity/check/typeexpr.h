/*
 * clarity/check/typeexpr.h - Types as they are written in a program.
 *
 * A type is described by the same lists and names as everything else: `uint`,
 * `(list 10 (buff 32))`, `<token>`.  The checker reads such descriptions for
 * nothing, except in from-consensus-buff?; the machine reads them once more
 * when a contract is deployed, and pays one step for each.
 *
 * Layer:    clarity/check; uses clarity/value, lang and cost.
 * Memory:   types live in the given arena; names are borrowed from the symbol
 *           table.
 * Threads:  pure, but for the meter.
 */
#ifndef CLARITY_CHECK_TYPEEXPR_H
#define CLARITY_CHECK_TYPEEXPR_H

#include <stdbool.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/check/analysis.h"
#include "clarity/check/check_error.h"
#include "clarity/cost/meter.h"
#include "clarity/lang/ast.h"
#include "clarity/value/type.h"

/** Where types go, what reading costs and why it failed. */
struct typeexpr {
	struct arena *arena;
	const struct symtab *syms;
	const struct price *step; /* of TYPE_PARSE_STEP, or NULL: free */
	struct meter *meter;      /* NULL: free */
	struct check_fault fault; /* set with ERR_CHECK */
};

/**
 * Reads one type.
 *
 * @return ERR_OK; ERR_CHECK with INVALID_TYPE_DESCRIPTION, UNKNOWN_TYPE_NAME,
 *         BAD_SYNTAX_BINDING, VALUE_TOO_LARGE, VALUE_OUT_OF_BOUNDS,
 *         TYPE_SIGNATURE_TOO_DEEP, EMPTY_TUPLES_NOT_ALLOWED,
 *         NAME_ALREADY_USED, UNREACHABLE or a cost kind; ERR_NO_MEMORY.
 */
MUST_USE enum err typeexpr_parse(struct typeexpr *t, const struct ast_node *n,
                                 const struct type **ret);

/**
 * Reads `n` pairs (name type): the parameters of a function.
 *
 * @param ret  the array; its names are borrowed from the symbol table
 * @return as typeexpr_parse.
 */
MUST_USE enum err typeexpr_pairs(struct typeexpr *t,
                                 const struct ast_node *items, uint32_t n,
                                 const struct analysis_name **ret);

/**
 * Reads the methods of define-trait.
 *
 * @param list    the list of methods
 * @param name    the trait's name
 * @param limits  whether the numbers of methods and parameters are bounded
 * @param strict  whether a method may not come twice (else the last counts)
 * @return as typeexpr_parse; also DEFINE_TRAIT_BAD_SIGNATURE,
 *         DEFINE_TRAIT_DUPLICATE_METHOD, TRAIT_TOO_MANY_METHODS and
 *         TOO_MANY_FUNCTION_PARAMETERS.
 */
MUST_USE enum err typeexpr_trait(struct typeexpr *t,
                                 const struct ast_node *list, struct span name,
                                 bool limits, bool strict,
                                 const struct analysis_trait **ret);

#endif /* CLARITY_CHECK_TYPEEXPR_H */
