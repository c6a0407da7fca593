/*
 * clarity/check/checker.h - The state of one check, and how it fails.
 *
 * Every rule does three things: it charges, it looks at types, and it fails
 * with a kind.  The helpers here make each of them one line, so that a rule
 * reads like the table it implements.  A failing rule returns ERR_CHECK and
 * leaves the kind in the checker; a fault of the machine returns as itself.
 *
 * The first place that is noted for a failure wins: rules fail innermost
 * first, and the innermost place is the one people want to see.
 *
 * Layer:    clarity/check; private to it.
 * Memory:   what rules make lives in the work arena.
 * Threads:  belongs to one check.
 */
#ifndef CLARITY_CHECK_CHECKER_H
#define CLARITY_CHECK_CHECKER_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/check.h"
#include "clarity/base/err.h"
#include "clarity/base/hmap.h"
#include "clarity/check/analysis.h"
#include "clarity/check/check_error.h"
#include "clarity/check/known.h"
#include "clarity/check/names.h"
#include "clarity/cost/memory.h"
#include "clarity/cost/meter.h"
#include "clarity/cost/price.h"
#include "clarity/lang/ast.h"
#include "clarity/value/epoch.h"
#include "clarity/value/type.h"
#include "clarity/value/value.h"
#include "clarity/value/version.h"

struct checker {
	struct arena *work;
	const struct ast *ast;
	const struct price *prices;
	struct meter *meter;   /* NULL: nothing is charged */
	struct memory *memory; /* NULL: likewise */
	const struct analysis_db *db;
	enum epoch epoch;
	enum clarity_version version;
	struct names names;
	struct checked_expr *exprs; /* by node id */
	struct check_fault fault;   /* after ERR_CHECK */
	bool is_in_function;        /* early returns are collected */
	const struct type *returns; /* what they return so far, or NULL */
	struct hmap compared;       /* pairs of traits that fit, see trait.c */
};

/*
 * Failing.
 */

/** Fails by `kind`, without arguments. @return ERR_CHECK. */
enum err checker_fail(struct checker *c, enum check_error kind);

/** Fails by `kind` with one or two arguments. @return ERR_CHECK. */
enum err checker_fail1(struct checker *c, enum check_error kind,
                       struct check_arg a);
enum err checker_fail2(struct checker *c, enum check_error kind,
                       struct check_arg a, struct check_arg b);

/** Fails by `kind` at a place of its own. @return ERR_CHECK. */
enum err checker_fail_at(struct checker *c, const struct ast_node *at,
                         enum check_error kind);

/** Fails by `kind` about the name `sym`. @return ERR_CHECK. */
enum err checker_fail_name(struct checker *c, enum check_error kind,
                           uint32_t sym);

/** Fails by `kind` about two types. @return ERR_CHECK. */
enum err checker_fail_types(struct checker *c, enum check_error kind,
                            const struct type *a, const struct type *b);

/** Notes where a failure happened, unless that is known already. */
static inline void checker_note(struct checker *c, const struct ast_node *at)
{
	if (!c->fault.at)
		c->fault.at = at;
}

/** Turns what a meter returned into a failure. */
enum err checker_cost_failed(struct checker *c, enum err e);

/** Turns what a type rule returned into a failure; faults stay themselves. */
enum err checker_type_failed(struct checker *c, enum err e,
                             const struct type_diag *d);

/** TRY for a type rule that wrote its refusal to `diag`. */
#define TRY_TYPE(c, diag, expr)                                                \
	do {                                                                   \
		enum err try_type_ = (expr);                                   \
		if (try_type_ != ERR_OK)                                       \
			return checker_type_failed((c), try_type_, (diag));    \
	} while (0)

/*
 * Charging.  All fail with COST_* or MEMORY_BALANCE_EXCEEDED.
 */

/** Charges price `id` for input size `n`. */
MUST_USE static inline enum err checker_charge(struct checker *c,
                                               enum price_id id, uint64_t n)
{
	enum err e;

	if (!c->meter)
		return ERR_OK;
	e = price_charge(&c->prices[id], n, c->meter);
	return e == ERR_OK ? ERR_OK : checker_cost_failed(c, e);
}

/** Charges price `id` for the size of type `t`; fails with VALUE_TOO_LARGE if
 * that has no size. */
MUST_USE static inline enum err
checker_charge_type(struct checker *c, enum price_id id, const struct type *t)
{
	if (t->type_size == TYPE_OVERSIZE)
		return checker_fail(c, CHECK_VALUE_TOO_LARGE);
	return checker_charge(c, id, t->type_size);
}

/** @return the price input of comparing two types, or TYPE_OVERSIZE. */
static inline uint32_t checker_compare_size(const struct type *a,
                                            const struct type *b)
{
	return a->type_size > b->type_size ? a->type_size : b->type_size;
}

/** Charges for comparing two types, by their price input; a type without size
 * fails with COST_OVERFLOW. */
MUST_USE static inline enum err checker_charge_compare(struct checker *c,
                                                       uint32_t size)
{
	if (size == TYPE_OVERSIZE)
		return checker_fail(c, CHECK_COST_OVERFLOW);
	return checker_charge(c, PRICE_ANALYSIS_TYPE_CHECK, size);
}

/** Counts memory that a name takes. */
MUST_USE enum err checker_hold(struct checker *c, uint64_t bytes);

/** Gives such memory back. */
void checker_release(struct checker *c, uint64_t bytes);

/*
 * Arguments of a built-in word.  `n` is how many there are.
 */

/** Fails with INCORRECT_ARGUMENT_COUNT unless there are `want`. */
MUST_USE enum err checker_exactly(struct checker *c, uint32_t n, uint32_t want);

/** Fails with REQUIRES_AT_LEAST_ARGUMENTS if there are fewer than `want`. */
MUST_USE enum err checker_at_least(struct checker *c, uint32_t n,
                                   uint32_t want);

/** Fails with REQUIRES_AT_MOST_ARGUMENTS if there are more than `want`. */
MUST_USE enum err checker_at_most(struct checker *c, uint32_t n, uint32_t want);

/** @return the arguments of an application. */
static inline const struct ast_node *checker_args(const struct ast_node *call)
{
	return call->items + 1;
}

/** @return how many arguments an application has. */
static inline uint32_t checker_n_args(const struct ast_node *call)
{
	return call->n - 1;
}

/*
 * Types.
 */

/** Each makes a type in the work arena; limits fail as the language says. */
MUST_USE enum err checker_optional(struct checker *c, const struct type **ret,
                                   const struct type *item);
MUST_USE enum err checker_response(struct checker *c, const struct type **ret,
                                   const struct type *ok,
                                   const struct type *err);
MUST_USE enum err checker_list(struct checker *c, const struct type **ret,
                               const struct type *item, uint32_t len);
MUST_USE enum err checker_string(struct checker *c, const struct type **ret,
                                 enum type_kind kind, uint32_t len);

/** The supertype of two types; fails as the type rules do. */
MUST_USE enum err checker_supertype(struct checker *c, const struct type **ret,
                                    const struct type *a, const struct type *b);

/**
 * Joins the types of two ways, after charging for it nothing: any refusal
 * becomes `kind` about the two types.
 */
MUST_USE enum err checker_join(struct checker *c, const struct type **ret,
                               const struct type *a, const struct type *b,
                               enum check_error kind);

/** Fails with TYPE_ERROR unless `want` admits `have`. */
MUST_USE enum err checker_admit(struct checker *c, const struct type *want,
                                const struct type *have);

/** Asks whether `want` admits `have`; fails with COULD_NOT_DETERMINE_TYPE. */
MUST_USE enum err checker_admits(struct checker *c, const struct type *want,
                                 const struct type *have, bool *ret);

/** @return the type of one item of a sequence. */
const struct type *checker_unit(const struct type *sequence);

/** Adds a type that the function may return early; fails with
 * RETURN_TYPES_MUST_MATCH. */
MUST_USE enum err checker_returns(struct checker *c, const struct type *t);

/*
 * Names.
 */

/** Fails with RESERVED_WORD or NAME_ALREADY_USED unless `sym` is free. */
MUST_USE enum err checker_free_name(struct checker *c, uint32_t sym);

/** Remembers what the name at `n` means. */
static inline void checker_refer(struct checker *c, const struct ast_node *n,
                                 enum checked_ref kind, uint32_t ref)
{
	c->exprs[n->id].kind = (uint8_t)kind;
	c->exprs[n->id].ref = ref;
}

/** Remembers the type of the expression at `n`. */
static inline void checker_annotate(struct checker *c, const struct ast_node *n,
                                    const struct type *t)
{
	DCHECK(!c->exprs[n->id].type);
	c->exprs[n->id].type = t;
}

/**
 * Asks the database for a contract.
 *
 * @param ret  the analysis, or NULL if there is no such contract
 * @return ERR_OK; what the database returned.
 */
MUST_USE enum err checker_load(struct checker *c,
                               const struct contract_analysis **ret,
                               const struct principal *contract);

#endif /* CLARITY_CHECK_CHECKER_H */
