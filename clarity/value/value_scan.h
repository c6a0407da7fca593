/*
 * clarity/value/value_scan.h - Reading what has no parts.
 *
 * value_codec.c reads lists, tuples and wrappers and comes here for the rest:
 * numbers, strings, principals and names.  Each function stands behind the
 * prefix, tests what is expected in the order that other nodes do, and leaves
 * its value, or what is wrong, in the scan.
 *
 * Layer:    clarity/value; for value_codec.c only.
 * Memory:   never allocates; values borrow from the input.
 * Threads:  a scan belongs to one thread.
 * Format:   see value_codec.h.
 */
#ifndef CLARITY_VALUE_VALUE_SCAN_H
#define CLARITY_VALUE_VALUE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/value/type.h"
#include "clarity/value/value.h"
#include "clarity/value/value_codec.h"

/** A place in the input and the value that is being read there. */
struct value_scan {
	const uint8_t *at;
	const uint8_t *end;
	const struct type *type; /* expected, or NULL */
	struct value value;      /* the last one that was complete */
	struct value_codec_diag diag;
};

/** @return how many bytes are left. */
static inline size_t value_scan_left(const struct value_scan *s)
{
	return (size_t)(s->end - s->at);
}

/** Takes `n` bytes, or returns NULL when they are not there. */
static inline const uint8_t *value_scan_take(struct value_scan *s, size_t n)
{
	const uint8_t *at = s->at;

	if (value_scan_left(s) < n)
		return NULL;
	s->at += n;
	return at;
}

/** Each records what is wrong. @return ERR_VALUE_BYTES. */
enum err value_scan_fault_io(struct value_scan *s);
enum err value_scan_fault_text(struct value_scan *s, const char *text);
enum err value_scan_fault_type(struct value_scan *s, enum type_error kind);
enum err value_scan_fault_expected(struct value_scan *s,
                                   const struct type *expected);

/** As value_scan_fault_text if `e` is a builder's verdict, ERR_TYPE; otherwise
 * nothing is recorded. @return the error, or ERR_OK if `e` is. */
enum err value_scan_fault_built(struct value_scan *s, enum err e,
                                const char *text);

/** Tests that the expected type, if any, is of `kind`; EXPECTED. */
MUST_USE static inline enum err value_scan_expect(struct value_scan *s,
                                                  enum type_kind kind)
{
	if (s->type && s->type->kind != kind)
		return value_scan_fault_expected(s, s->type);
	return ERR_OK;
}

/** Each reads a value of its kind. @return ERR_OK or ERR_VALUE_BYTES. */
MUST_USE enum err value_scan_integer(struct value_scan *s, bool is_int);
MUST_USE enum err value_scan_bool(struct value_scan *s, bool is_true);
MUST_USE enum err value_scan_utf8(struct value_scan *s);
MUST_USE enum err value_scan_principal(struct value_scan *s, bool is_contract);
MUST_USE enum err value_scan_none(struct value_scan *s);

/** As these, for TYPE_BUFF or TYPE_ASCII. */
MUST_USE enum err value_scan_bytes(struct value_scan *s, enum type_kind kind);

/** Reads a length of one byte and a name for which `is_name` holds. */
MUST_USE enum err value_scan_name(struct value_scan *s, struct span *ret,
                                  bool (*is_name)(struct span));

#endif /* CLARITY_VALUE_VALUE_SCAN_H */
