/*
 * clarity/value/type.h - Clarity types: their sizes, and which admits which.
 *
 * A type is immutable and knows its own size, depth and length from the
 * moment it is made, because nearly every rule and price asks for them.
 * Constructors refuse what is too large or too deep, as the language does;
 * the one way to a type that is too large is type_merge (the rules before
 * epoch 4.0 allow it), and its `size` then says TYPE_OVERSIZE.
 *
 * Types share their parts freely.  Equal pointers mean equal types, but equal
 * types need not share a pointer: compare with type_eq.
 *
 * Layer:    clarity/value.
 * Memory:   constructors allocate in the given arena and borrow their parts,
 *           names included, which must live as long; atoms are static.
 * Threads:  immutable, so any.
 * Spec:     SIP-002; SIP-015 and SIP-033 for callables.
 */
#ifndef CLARITY_VALUE_TYPE_H
#define CLARITY_VALUE_TYPE_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/num.h"
#include "clarity/base/span.h"
#include "clarity/value/principal.h"
#include "clarity/value/type_error.h"

/** The largest value, in the bytes of the size rules. */
#define TYPE_MAX_SIZE 1048576u

/** The most characters of a UTF-8 string. */
#define TYPE_MAX_UTF8 (TYPE_MAX_SIZE / 4)

/** The deepest type; an atom has depth 1. */
#define TYPE_MAX_DEPTH 32u

/** The size of an optional or response around what it holds. */
#define TYPE_WRAPPER_SIZE 1u

/** Stands in `size` or `type_size` for "too large". */
#define TYPE_OVERSIZE UINT32_MAX

enum type_kind {
	TYPE_NONE, /* nothing known, as in the some-half of `none` */
	TYPE_INT,
	TYPE_UINT,
	TYPE_BOOL,
	TYPE_PRINCIPAL,
	TYPE_BUFF,
	TYPE_ASCII,
	TYPE_UTF8,
	TYPE_LIST,
	TYPE_TUPLE,
	TYPE_OPTIONAL,
	TYPE_RESPONSE,
	TYPE_CALLABLE_PRINCIPAL, /* a literal contract, not yet principal */
	TYPE_CALLABLE_TRAIT,     /* a contract seen through a trait */
	TYPE_LIST_UNION,         /* several callables that met in one list */
	TYPE_TRAIT_REF,          /* CALLABLE_TRAIT's form before epoch 2.1 */
	TYPE_KIND_COUNT
};

struct type;

struct type_field {
	struct span name;
	const struct type *type;
};

/** A member of a union: a trait, or (trait NULL) a contract. */
struct type_callable {
	const struct principal *contract; /* NULL when trait is set */
	const struct trait_id *trait;
};

struct type {
	uint8_t kind;       /* enum type_kind */
	uint8_t depth;      /* 1 to 32 */
	bool is_concrete;   /* no TYPE_NONE, callable or union anywhere */
	uint32_t len;       /* most bytes, characters or items; fields; of a
	                       union, 1 if it has a trait */
	uint32_t size;      /* of a value, or TYPE_OVERSIZE */
	uint32_t type_size; /* of the type itself, or TYPE_OVERSIZE */
	union {
		const struct type *item; /* list, optional */
		struct {                 /* response */
			const struct type *ok;
			const struct type *err;
		};
		const struct type_field *fields;  /* tuple: len, by name */
		const struct principal *contract; /* callable principal */
		const struct trait_id *trait;     /* callable trait, ref */
		struct { /* union: both are callables or unions */
			const struct type *left;
			const struct type *right;
		};
	};
};

/** The types without parts, by kind: NONE, INT, UINT, BOOL and PRINCIPAL. */
extern const struct type type_atoms[TYPE_PRINCIPAL + 1];

/** @return the one type of an atomic kind; NONE to PRINCIPAL only. */
static inline const struct type *type_atom(enum type_kind kind)
{
	return &type_atoms[kind];
}

/** The type of the empty list: (list 0 UnknownType). */
extern const struct type type_empty_list;

/** (optional UnknownType): the type of `none`. */
extern const struct type type_of_none;

/** @return whether it is a list, buffer or string. */
static inline bool type_is_sequence(const struct type *t)
{
	return t->kind >= TYPE_BUFF && t->kind <= TYPE_LIST;
}

/*
 * Constructors.  Each sets `*ret` on ERR_OK only, and otherwise answers
 * ERR_TYPE with the kind in `diag` (which may be NULL), or ERR_NO_MEMORY.
 */

/**
 * Makes a buffer or string type.
 *
 * @param kind  TYPE_BUFF, TYPE_ASCII or TYPE_UTF8
 * @param len   bytes or characters; OUT_OF_BOUNDS below 0, VALUE_TOO_LARGE
 *              above TYPE_MAX_SIZE (TYPE_MAX_UTF8 for UTF-8)
 */
MUST_USE enum err type_string(struct arena *a, const struct type **ret,
                              enum type_kind kind, i128 len,
                              struct type_diag *diag);

/** Makes (list len item): TOO_DEEP, VALUE_TOO_LARGE, INVARIANT. */
MUST_USE enum err type_list(struct arena *a, const struct type **ret,
                            const struct type *item, uint32_t len,
                            struct type_diag *diag);

/**
 * Makes a tuple type from fields in any order (copied and sorted by name).
 * EMPTY_TUPLE, DUPLICATE_FIELD (with the name), TOO_DEEP, VALUE_TOO_LARGE,
 * INVARIANT, tested in this order.
 */
MUST_USE enum err type_tuple(struct arena *a, const struct type **ret,
                             const struct type_field *fields, uint32_t n,
                             struct type_diag *diag);

/** Makes (optional item): INVARIANT, VALUE_TOO_LARGE, TOO_DEEP. */
MUST_USE enum err type_optional(struct arena *a, const struct type **ret,
                                const struct type *item,
                                struct type_diag *diag);

/** Makes (response ok err): INVARIANT, VALUE_TOO_LARGE, TOO_DEEP. */
MUST_USE enum err type_response(struct arena *a, const struct type **ret,
                                const struct type *ok, const struct type *err,
                                struct type_diag *diag);

/** Makes the type of a literal contract; only ERR_NO_MEMORY. */
MUST_USE enum err type_contract(struct arena *a, const struct type **ret,
                                const struct principal *contract);

/** Makes the type of a contract seen as `trait`; only ERR_NO_MEMORY. */
MUST_USE enum err type_trait(struct arena *a, const struct type **ret,
                             const struct trait_id *trait);

/**
 * Joins two tuple types; fields of `update` replace those of `base`.  Tests no
 * limit: `size` may come out as TYPE_OVERSIZE.  Only ERR_NO_MEMORY.
 */
MUST_USE enum err type_merge(struct arena *a, const struct type **ret,
                             const struct type *base,
                             const struct type *update);

/** Makes list type `t` with at most `len` items, if that is fewer. */
MUST_USE enum err type_shorten(struct arena *a, const struct type **ret,
                               const struct type *t, uint32_t len);

/*
 * Questions.
 */

/** Gives the size of a value of `t`; ERR_TYPE with INVARIANT if oversize. */
MUST_USE enum err type_value_size(const struct type *t, uint32_t *ret,
                                  struct type_diag *diag);

/** Gives the size of the type itself; ERR_TYPE with VALUE_TOO_LARGE if that
 * is oversize. */
MUST_USE enum err type_self_size(const struct type *t, uint32_t *ret,
                                 struct type_diag *diag);

/**
 * The longest consensus bytes that a value of `t` can have.  It may be more
 * than a buffer holds.
 *
 * @return ERR_OK; ERR_TYPE with NO_SERIALIZATION_TYPE for an unknown part, or
 *         VALUE_TOO_LARGE past 2^32-1.
 */
MUST_USE enum err type_max_serialized(const struct type *t, uint32_t *ret,
                                      struct type_diag *diag);

/** @return the field of that name in a tuple type, or NULL. */
const struct type_field *type_field_find(const struct type *tuple,
                                         struct span name);

/** @return whether both are the same type in all parts; two unions are only if
 * they were made from the same two types. */
bool type_eq(const struct type *a, const struct type *b);

/**
 * Whether every value of type `other` may stand where `t` is expected (the
 * rules of epoch 2.1 and later).
 *
 * @return ERR_OK with the answer in `*ret`; ERR_TYPE with UNKNOWN_TYPE when
 *         a part of `t` that matters is unknown.
 */
MUST_USE enum err type_admits(const struct type *t, const struct type *other,
                              bool *ret, struct type_diag *diag);

/**
 * The narrowest type that admits both (rules of epoch 2.1 and later).  For
 * tuples this is not symmetric: all keys of `x` must be in `y`, while further
 * keys of `y` are dropped.
 *
 * @return ERR_OK; ERR_TYPE with MISMATCH (and the two types that clash),
 *         SUPERTYPE_TOO_LARGE, or what type_optional and type_response say;
 *         ERR_NO_MEMORY.
 */
MUST_USE enum err type_supertype(struct arena *a, const struct type **ret,
                                 const struct type *x, const struct type *y,
                                 struct type_diag *diag);

/**
 * @return whether the supertype of `t` and `other` is sure to be `t` itself,
 *         found without making it; false when in doubt.
 */
bool type_absorbs(const struct type *t, const struct type *other);

/**
 * The type of a list of such items: their supertype folded from the left,
 * with len n; type_empty_list for none.  Errors of type_supertype and
 * type_list.
 */
MUST_USE enum err type_list_of(struct arena *a, const struct type **ret,
                               const struct type *const *items, uint32_t n,
                               struct type_diag *diag);

/**
 * Turns a literal contract or a union into the type it stands for.  Only the
 * outermost type is looked at.
 *
 * @return ERR_OK; ERR_TYPE with MISMATCH for a union that holds a trait.
 */
MUST_USE enum err type_concretize(const struct type **ret, const struct type *t,
                                  struct type_diag *diag);

/**
 * Lists what a union is made of.  A union only points to the two that were
 * joined, so that a list of many contracts takes no more room than its items.
 *
 * @param ret  the members, contracts before traits, each once
 * @return ERR_OK; ERR_NO_MEMORY.
 */
MUST_USE enum err type_union_members(struct arena *a,
                                     const struct type_callable **ret,
                                     uint32_t *ret_n, const struct type *t);

/** Joins two callables or unions; only ERR_NO_MEMORY. */
MUST_USE enum err type_union(struct arena *a, const struct type **ret,
                             const struct type *left, const struct type *right);

/** Turns trait references into callables, everywhere; only ERR_NO_MEMORY. */
MUST_USE enum err type_canonicalize(struct arena *a, const struct type **ret,
                                    const struct type *t);

/** @return a deep copy that lives as long as `a`, or NULL as arena_alloc. */
const struct type *type_copy(struct arena *a, const struct type *t);

#endif /* CLARITY_VALUE_TYPE_H */
