/*
 * clarity/check/simple.h - Functions whose typing is a plain signature.
 *
 * Most arithmetic, conversions and hashes take arguments of fixed types and
 * give one of a fixed type.  Exactly these words of the language, and the
 * contract's own functions, can be handed to map, filter and fold: they can be
 * checked against types alone, without expressions.
 *
 * Where a word is applied to expressions, its arguments are checked one after
 * another and each is compared as soon as its type is known.  The comparison's
 * charges are held back until all arguments are through, and are paid only if
 * one of them was wrong; when all are right the whole signature is compared
 * and paid once more.  The network's cost depends on that order.
 *
 * Layer:    clarity/check; private to it.
 * Memory:   signatures are static.
 * Threads:  belongs to one check.
 */
#ifndef CLARITY_CHECK_SIMPLE_H
#define CLARITY_CHECK_SIMPLE_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/check/checker.h"
#include "clarity/lang/native.h"

/** How a signature reads its arguments. */
enum simple_shape {
	SIMPLE_NOT,      /* it has none: the word has a rule of its own */
	SIMPLE_VARIADIC, /* one or more of type args[0] */
	SIMPLE_FIXED,    /* n_args of the types in args */
	SIMPLE_UNION,    /* one, of any type in args */
	SIMPLE_SHIFT,    /* an integer and a uint; gives the first's type */
	SIMPLE_MANY,     /* one or more integers of one kind; gives that kind */
	SIMPLE_ONE,      /* one integer; gives its kind */
	SIMPLE_TWO,      /* two integers of one kind; gives that kind */
	SIMPLE_COMPARE   /* two of one kind that has an order; gives bool */
};

struct simple {
	uint8_t shape;  /* enum simple_shape */
	uint8_t n_args; /* of args */
	const struct type *args[3];
	const struct type *returns;
};

/** Something that map, filter or fold can apply: one of the two is set. */
struct simple_callee {
	const struct simple *native;
	const struct analysis_fn *user;
};

/** Arguments whose types are being compared one by one. */
struct simple_visit {
	struct simple_callee callee;
	const struct type *first;   /* what the first argument was, or NULL */
	struct check_fault refusal; /* kind CHECK_NONE while all is well */
	const struct type **types;  /* those seen until then; in work */
	uint32_t *charges;          /* price inputs of the comparisons */
	uint32_t n_types;
	uint32_t n_charges;
};

/** @return the signature of a word, or NULL if it has a rule of its own. */
const struct simple *simple_find(enum native id);

/**
 * Compares argument types with a signature and pays for it.
 *
 * @param ret    the result's type
 * @param types  `n` argument types
 * @return ERR_OK; ERR_CHECK by INCORRECT_ARGUMENT_COUNT,
 *         REQUIRES_AT_LEAST_ARGUMENTS, TYPE_ERROR, UNION_TYPE_ERROR or cost.
 */
MUST_USE enum err simple_check(struct checker *c, const struct type **ret,
                               const struct simple_callee *callee,
                               const struct type *const *types, uint32_t n);

/** Starts to visit up to `n` arguments. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err simple_start(struct checker *c, struct simple_visit *v,
                               const struct simple_callee *callee, uint32_t n);

/** Compares the next argument; a refusal is kept, not returned.
 * @return ERR_OK; a fault. */
MUST_USE enum err simple_next(struct checker *c, struct simple_visit *v,
                              const struct type *type);

/**
 * Ends the visit: pays and fails with the kept refusal, or compares all.
 *
 * @param n_args  how many arguments there were
 */
MUST_USE enum err simple_end(struct checker *c, const struct type **ret,
                             struct simple_visit *v, uint32_t n_args);

/** Checks the application of such a word to expressions. */
MUST_USE enum err simple_apply(struct checker *c, const struct type **ret,
                               const struct simple *s,
                               const struct ast_node *call);

#endif /* CLARITY_CHECK_SIMPLE_H */
