/*
 * clarity/value/value.h - Clarity values: one flat struct for all of them.
 *
 * A value is 32 bytes and passed by pointer or copied.  Integers are unboxed;
 * optionals and responses are two bits each in `wraps`, so that `(ok (some
 * u5))` allocates nothing and `try!` is a shift; buffers and strings point to
 * their bytes, which may lie in a block read from disk.  Depth 32 is the
 * language's limit, so 31 wrappers fit into `wraps` exactly.
 *
 * Lists and tuples carry a *stored type*.  It tells where they come from (a
 * declared list of at most 100 that holds one item still counts as 100), it
 * decides sizes and so prices, and is part of the value though not of its
 * equality.  Do not trust it to describe the content: binding a list to a
 * parameter gives it the parameter's item type without looking at the items,
 * and a tuple of before epoch 4.1 can lack a field of its type, whose item then
 * is VALUE_ABSENT.
 *
 * Layer:    clarity/value.
 * Memory:   borrows; builders allocate in the given arena.
 * Threads:  immutable once built.
 */
#ifndef CLARITY_VALUE_VALUE_H
#define CLARITY_VALUE_VALUE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/num.h"
#include "clarity/base/span.h"
#include "clarity/value/epoch.h"
#include "clarity/value/principal.h"
#include "clarity/value/type.h"

enum value_kind {
	VALUE_NONE, /* the value `none`; zeroed memory is one */
	VALUE_INT,
	VALUE_UINT,
	VALUE_BOOL,
	VALUE_PRINCIPAL,
	VALUE_CALLABLE, /* a contract, possibly seen through a trait */
	VALUE_BUFF,
	VALUE_ASCII,
	VALUE_UTF8,
	VALUE_LIST,
	VALUE_TUPLE,
	VALUE_ABSENT, /* only inside a tuple: its field is missing */
	VALUE_KIND_COUNT
};

enum value_wrap {
	VALUE_BARE, /* no wrapper */
	VALUE_SOME,
	VALUE_OK,
	VALUE_ERR
};

/** How many wrappers fit. */
#define VALUE_MAX_WRAPS 31u

/**
 * How deep a value can be.  Types are at most TYPE_MAX_DEPTH deep; where a
 * stored type is wrong about an item, that item can be as deep once more.
 */
#define VALUE_MAX_DEPTH (2 * TYPE_MAX_DEPTH)

struct value {
	uint64_t wraps; /* enum value_wrap, 2 bits each, outermost lowest */
	uint32_t n;     /* bool 0 or 1; bytes of buff and ascii; characters of
	                   utf8; items; fields that are present */
	uint8_t kind;   /* enum value_kind */
	uint8_t pad[3]; /* zero */
	union {
		i128 i;
		u128 u;
		struct { /* buff, ascii, utf8 */
			const uint8_t *bytes;
			uint64_t byte_len;
		};
		struct { /* list; tuple: type->len items, in field order */
			const struct value *items;
			const struct type *type;
		};
		struct { /* principal; callable: trait may be NULL */
			const struct principal *principal;
			const struct trait_id *trait;
		};
	};
};

/*
 * Making values that cannot fail.
 */

/** @return the value `none`. */
static inline struct value value_none(void)
{
	return (struct value){ .kind = VALUE_NONE };
}

/** @return the integer `i`. */
static inline struct value value_int(i128 i)
{
	return (struct value){ .kind = VALUE_INT, .i = i };
}

/** @return the unsigned integer `u`. */
static inline struct value value_uint(u128 u)
{
	return (struct value){ .kind = VALUE_UINT, .u = u };
}

/** @return true or false. */
static inline struct value value_bool(bool is_true)
{
	return (struct value){ .kind = VALUE_BOOL, .n = is_true };
}

/** Borrows `p`. */
static inline struct value value_principal(const struct principal *p)
{
	return (struct value){ .kind = VALUE_PRINCIPAL, .principal = p };
}

/** Borrows contract `p` and `trait`, which may be NULL. */
static inline struct value value_callable(const struct principal *p,
                                          const struct trait_id *trait)
{
	return (struct value){ .kind = VALUE_CALLABLE,
		               .principal = p,
		               .trait = trait };
}

/** Borrows `bytes`, which must be at most TYPE_MAX_SIZE long. */
static inline struct value value_buff(struct span bytes)
{
	return (struct value){ .kind = VALUE_BUFF,
		               .n = (uint32_t)bytes.len,
		               .bytes = bytes.p,
		               .byte_len = bytes.len };
}

/** Borrows `s`, which must be as value_string_ascii wants it. */
static inline struct value value_ascii(struct span s)
{
	return (struct value){ .kind = VALUE_ASCII,
		               .n = (uint32_t)s.len,
		               .bytes = s.p,
		               .byte_len = s.len };
}

/** Borrows `s`, which must be valid UTF-8 of exactly `chars` characters. */
static inline struct value value_utf8(struct span s, uint32_t chars)
{
	return (struct value){
		.kind = VALUE_UTF8, .n = chars, .bytes = s.p, .byte_len = s.len
	};
}

/*
 * Wrappers.
 */

/** @return the outermost wrapper. */
static inline enum value_wrap value_outer(const struct value *v)
{
	return (enum value_wrap)(v->wraps & 3);
}

/** @return how many wrappers there are. */
static inline uint32_t value_wrap_count(const struct value *v)
{
	return v->wraps ? u64_log2(v->wraps) / 2 + 1 : 0;
}

/** @return `v` without its outermost wrapper. */
static inline struct value value_unwrap(const struct value *v)
{
	struct value inner = *v;

	inner.wraps >>= 2;
	return inner;
}

/**
 * Copies a value, giving the copy other wrappers.
 *
 * It copies in words, as most values were written.  Left alone, the compiler
 * copies twice as much at once, and reading in one piece what was just written
 * in two waits until both have left for the cache, some 5 ns.
 */
static inline void value_put_as(struct value *to, const struct value *from,
                                uint64_t wraps)
{
	uint64_t head, low, high;

	memcpy(&head, &from->n, sizeof(head));
	memcpy(&low, &from->u, sizeof(low));
	memcpy(&high, (const char *)&from->u + 8, sizeof(high));
#ifdef __GNUC__
	/* Keeps them apart. */
	__asm__("" : "+r"(head), "+r"(low), "+r"(high));
#endif
	to->wraps = wraps;
	memcpy(&to->n, &head, sizeof(head));
	memcpy(&to->u, &low, sizeof(low));
	memcpy((char *)&to->u + 8, &high, sizeof(high));
}

/** Copies a value, in words. */
static inline void value_put(struct value *to, const struct value *from)
{
	value_put_as(to, from, from->wraps);
}

/** Copies a value without its outermost wrapper. */
static inline void value_put_inner(struct value *to, const struct value *from)
{
	value_put_as(to, from, from->wraps >> 2);
}

/** @return whether it is `none` itself, not `(some none)`. */
static inline bool value_is_none(const struct value *v)
{
	return v->kind == VALUE_NONE && v->wraps == 0;
}

/** @return whether it is an optional: `none` or `(some …)`. */
static inline bool value_is_optional(const struct value *v)
{
	return value_outer(v) == VALUE_SOME || value_is_none(v);
}

/** @return whether it is a response: `(ok …)` or `(err …)`. */
static inline bool value_is_response(const struct value *v)
{
	return value_outer(v) >= VALUE_OK;
}

/** @return whether it is `kind` itself, without wrapper. */
static inline bool value_is(const struct value *v, enum value_kind kind)
{
	return v->kind == kind && v->wraps == 0;
}

/** @return whether it is a list, buffer or string, without wrapper. */
static inline bool value_is_sequence(const struct value *v)
{
	return v->wraps == 0 && v->kind >= VALUE_BUFF && v->kind <= VALUE_LIST;
}

/** @return the bytes of a buffer or string. */
static inline struct span value_bytes(const struct value *v)
{
	return span_of(v->bytes, v->byte_len);
}

/**
 * @return the size by the size rules (the size of the value's type), or
 *         TYPE_OVERSIZE for a merged tuple that is too large, which is an
 *         invariant violation wherever the rules ask for a size.
 */
uint32_t value_size(const struct value *v);

/** @return the depth of the value's type. */
uint32_t value_depth(const struct value *v);

/**
 * Puts `inner` into a wrapper (not VALUE_BARE).
 *
 * @return ERR_OK; ERR_TYPE with INVARIANT, VALUE_TOO_LARGE or TOO_DEEP.
 */
MUST_USE enum err value_wrap(struct value *ret, enum value_wrap wrap,
                             const struct value *inner, struct type_diag *diag);

/*
 * Strings.  All borrow their bytes; ERR_TYPE with the kind in `diag`.
 */

/** VALUE_TOO_LARGE past TYPE_MAX_SIZE. */
MUST_USE enum err value_buffer(struct value *ret, struct span bytes,
                               struct type_diag *diag);

/**
 * VALUE_TOO_LARGE, or BAD_ASCII (with the byte) unless every byte is a
 * printable ASCII character, tab, newline, form feed or carriage return.
 */
MUST_USE enum err value_string_ascii(struct value *ret, struct span s,
                                     struct type_diag *diag);

/** BAD_UTF8, or VALUE_TOO_LARGE past TYPE_MAX_UTF8 characters. */
MUST_USE enum err value_string_utf8(struct value *ret, struct span s,
                                    struct type_diag *diag);

/*
 * Lists and tuples.  Items are borrowed unless the text says otherwise; each
 * may also answer ERR_NO_MEMORY.
 */

/**
 * Makes a list whose type is inferred from its items, and cuts each item to
 * that type where the epoch does so.
 *
 * @return ERR_OK; ERR_TYPE as type_list_of says, or LIST_MISMATCH when an
 *         item cannot be cut.
 */
MUST_USE enum err value_list(struct arena *a, struct value *ret,
                             const struct value *items, uint32_t n,
                             enum epoch epoch, struct type_diag *diag);

/** As value_list, without cutting. */
MUST_USE enum err value_list_raw(struct arena *a, struct value *ret,
                                 const struct value *items, uint32_t n,
                                 struct type_diag *diag);

/**
 * Makes a list of stored type `type`: VALUE_TOO_LARGE when there are too many
 * items, LIST_MISMATCH when one is not admitted, UNKNOWN_TYPE.
 */
MUST_USE enum err value_list_typed(struct value *ret, const struct type *type,
                                   const struct value *items, uint32_t n,
                                   struct type_diag *diag);

/** A field's name and value, as the builders of tuples take them. */
struct value_field {
	struct span name;
	struct value value;
};

/** Makes a tuple; its type is inferred. Errors as type_tuple. */
MUST_USE enum err value_tuple(struct arena *a, struct value *ret,
                              const struct value_field *fields, uint32_t n,
                              struct type_diag *diag);

/**
 * Makes a tuple of stored type `type`; ERR_TYPE when a field is not one of the
 * type's or not admitted, or, with `exact`, double or missing.  Without it the
 * last of two fields counts and a missing one is VALUE_ABSENT.
 */
MUST_USE enum err value_tuple_typed(struct arena *a, struct value *ret,
                                    const struct type *type,
                                    const struct value_field *fields,
                                    uint32_t n, bool exact);

/** @return the field of that name, or NULL if it is missing. */
const struct value *value_tuple_get(const struct value *tuple,
                                    struct span name);

/**
 * Joins two tuples; fields of `update` replace those of `base`.  The size is
 * not tested (see type_merge).  Only ERR_NO_MEMORY.
 */
MUST_USE enum err value_tuple_merge(struct arena *a, struct value *ret,
                                    const struct value *base,
                                    const struct value *update);

/*
 * Types of values.
 */

/** The type of `v`; ERR_TYPE with INVARIANT inside an oversize wrapper. */
MUST_USE enum err value_type(struct arena *a, const struct type **ret,
                             const struct value *v, struct type_diag *diag);

/** As value_type, but a bare contract principal has its callable type. */
MUST_USE enum err value_literal_type(struct arena *a, const struct type **ret,
                                     const struct value *v,
                                     struct type_diag *diag);

/** @return whether the type of `v` is exactly `t`, without building it. */
bool value_has_type(const struct type *t, const struct value *v);

/**
 * Whether `v` is, looked at through and through, of the kinds that `t` names,
 * with all fields; stored types do not count, nor do lengths.
 */
bool value_is_like(const struct type *t, const struct value *v);

/** As type_admits for the type of `v`, without building that type. */
MUST_USE enum err value_admitted(const struct type *t, const struct value *v,
                                 bool *ret, struct type_diag *diag);

/**
 * Cuts `v` to `t` where the epoch does so (from 2.4): lists and tuples are
 * rebuilt with inferred types, fields that `t` does not have are dropped.
 *
 * @param ret      the value; may share with `v`
 * @param ret_cut  whether something was dropped
 * @return ERR_OK; ERR_TYPE when `v` cannot be cut to `t` (the caller names
 *         the error); ERR_NO_MEMORY.
 */
MUST_USE enum err value_sanitize(struct arena *a, struct value *ret,
                                 bool *ret_cut, enum epoch epoch,
                                 const struct type *t, const struct value *v);

/*
 * Comparing and copying.
 */

/** @return whether both are equal as `is-eq` sees it; types do not count. */
bool value_eq(const struct value *a, const struct value *b);

/**
 * Orders two bare values of one kind as `<` does.  Integers by number; buffers
 * and strings by bytes, a prefix being smaller.
 *
 * @return <0, 0, >0
 */
int value_cmp(const struct value *a, const struct value *b);

/** Copies everything that `v` points to into `a`; only ERR_NO_MEMORY. */
MUST_USE enum err value_copy(struct arena *a, struct value *ret,
                             const struct value *v);

_Static_assert(sizeof(struct value) == 32, "values are copied by the million");

#endif /* CLARITY_VALUE_VALUE_H */
