/*
 * clarity/check/check_error.h - Which rule a refused program breaks.
 *
 * The rules that refuse a program are named in one table, check_error.def, by
 * the names that the whole network uses.  While checking goes on, a refusal is
 * only a kind, a place and up to two arguments: some refusals are turned into
 * others or dropped, and a text that nobody reads costs time.  The text for
 * people is made at the end, once.
 *
 * Layer:    clarity/check; uses clarity/base, value and lang.
 * Memory:   a fault borrows what its arguments point to.
 * Threads:  plain data.
 */
#ifndef CLARITY_CHECK_CHECK_ERROR_H
#define CLARITY_CHECK_CHECK_ERROR_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/lang/ast.h"
#include "clarity/lang/diag.h"
#include "clarity/value/epoch.h"
#include "clarity/value/principal.h"
#include "clarity/value/type.h"

/** The kinds of check_error.def. */
enum check_error {
	CHECK_NONE,
#define X(id, name, text) CHECK_##id,
#include "clarity/check/check_error.def"
#undef X
	CHECK_ERROR_COUNT
};

enum check_arg_kind {
	CHECK_ARG_NONE,
	CHECK_ARG_NUMBER,
	CHECK_ARG_NAME,
	CHECK_ARG_TYPE,
	CHECK_ARG_TYPES, /* any of several types */
	CHECK_ARG_CONTRACT,
	CHECK_ARG_TRAIT
};

/** What {0} or {1} of an error's text stands for. */
struct check_arg {
	uint8_t kind;    /* enum check_arg_kind */
	uint8_t n_types; /* CHECK_ARG_TYPES */
	union {
		uint64_t number;
		struct span name;
		const struct type *type;
		const struct type *const *types;
		const struct principal *contract;
		const struct trait_id *trait;
	};
};

/** A refusal. */
struct check_fault {
	enum check_error kind;
	const struct ast_node *at; /* the expression, or NULL if unknown */
	struct check_arg arg[2];
	struct span near; /* a known name that looks like arg[0], or empty */
};

/** @return the network's name for a kind, such as "TypeError". */
const char *check_error_name(enum check_error kind);

/** @return the kind of that name, or CHECK_NONE. */
enum check_error check_error_find(struct span name);

/**
 * @return the error that ends a check in `epoch` with a refusal of this kind:
 *         ERR_CHECK, ERR_CHECK_REJECT, ERR_COST_LIMIT, ERR_COST_OVERFLOW or
 *         ERR_MEMORY_LIMIT.
 */
enum err check_error_err(enum check_error kind, enum epoch epoch);

/** @return the kind that a type rule's refusal is in a check. */
enum check_error check_error_of_type(enum type_error kind);

/** Writes the report for people; `d` may be NULL. */
void check_error_report(const struct check_fault *f, struct diag *d);

/*
 * Arguments.
 */

/** No argument. */
static inline struct check_arg check_arg_none(void)
{
	return (struct check_arg){ .kind = CHECK_ARG_NONE };
}

/** A count, a length or a place. */
static inline struct check_arg check_arg_number(uint64_t number)
{
	return (struct check_arg){ .kind = CHECK_ARG_NUMBER, .number = number };
}

/** Borrows the bytes of a name. */
static inline struct check_arg check_arg_name(struct span name)
{
	return (struct check_arg){ .kind = CHECK_ARG_NAME, .name = name };
}

/** Borrows a type. */
static inline struct check_arg check_arg_type(const struct type *type)
{
	return (struct check_arg){ .kind = CHECK_ARG_TYPE, .type = type };
}

/** Borrows the `n` (at most 255) types at `types`. */
static inline struct check_arg check_arg_types(const struct type *const *types,
                                               uint8_t n)
{
	return (struct check_arg){ .kind = CHECK_ARG_TYPES,
		                   .n_types = n,
		                   .types = types };
}

/** Borrows a contract identifier. */
static inline struct check_arg
check_arg_contract(const struct principal *contract)
{
	return (struct check_arg){ .kind = CHECK_ARG_CONTRACT,
		                   .contract = contract };
}

/** Borrows a trait identifier. */
static inline struct check_arg check_arg_trait(const struct trait_id *trait)
{
	return (struct check_arg){ .kind = CHECK_ARG_TRAIT, .trait = trait };
}

#endif /* CLARITY_CHECK_CHECK_ERROR_H */
