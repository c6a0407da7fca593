/*
 * node/io/json_read.h - Reads JSON that a stranger wrote.
 *
 * cJSON builds the tree, but it stores every number as a double, cuts text at
 * an escaped NUL, and takes the first of two equal keys.  So the text is
 * walked before cJSON sees it, and what it would misread is refused: integers
 * above 2^53 that are not text, NULs in text, deep nesting.  Amounts come as
 * decimal text and are read from it exactly.
 *
 * Layer:    node/io; uses clarity/base.  The only file that knows cJSON.
 * Memory:   a document owns its tree; what is read from it is borrowed.
 * Threads:  a document may be read by many threads.
 * Spec:     RFC 8259.
 */
#ifndef NODE_IO_JSON_READ_H
#define NODE_IO_JSON_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/num.h"
#include "clarity/base/span.h"

/** Objects and arrays inside one another at most. */
#define JSON_READ_DEPTH_MAX 64u

/** The largest integer that may stand as a number. */
#define JSON_READ_NUMBER_MAX ((uint64_t)1 << 53)

/** A document, or a value in one; NULL wherever there is none. */
struct json;

/**
 * Reads a whole document.
 *
 * @param ret   the document's value; json_read_free frees it
 * @param text  need not end in a NUL
 * @param max   bytes that it may have
 * @return ERR_OK;
 *         ERR_TOO_LARGE past `max` or JSON_READ_DEPTH_MAX;
 *         ERR_OVERFLOW for an integer above 2^53 that is not text;
 *         ERR_SYNTAX for what is not JSON in UTF-8, and for NUL in text;
 *         ERR_NO_MEMORY (a fault).
 */
MUST_USE enum err json_read_parse(const struct json **ret, struct span text,
                                  size_t max);

/** Frees a document; NULL is allowed. */
void json_read_free(const struct json *doc);

/** @return the value of a key, case counts; NULL if it is not there or `v` is
 * no object (NULL included, so that calls can be nested). */
const struct json *json_read_get(const struct json *v, const char *key);

/** @return item `i` of an array or object in order of writing, or NULL. */
const struct json *json_read_first(const struct json *v);
const struct json *json_read_next(const struct json *item);

/** @return the key of an item of an object. */
struct span json_read_key(const struct json *item);

/** What a value is. */
bool json_read_is_null(const struct json *v);
bool json_read_is_object(const struct json *v);
bool json_read_is_array(const struct json *v);

/** Each stores the value and returns true, or returns false if `v` is NULL, of
 * another kind, or does not fit; `ret` is then untouched. */
bool json_read_bool(const struct json *v, bool *ret);
bool json_read_text(const struct json *v, struct span *ret);

/** An integer, as number or as decimal text. */
bool json_read_u64(const struct json *v, uint64_t *ret);
bool json_read_u128(const struct json *v, u128 *ret);
bool json_read_i64(const struct json *v, int64_t *ret);

/**
 * A decimal fraction, as number or as text, in units of 10^-digits: with 8
 * digits 0.5 is 50000000.
 *
 * @param digits  how many may stand behind the point, at most 8 (a CHECK);
 *                a fraction with more is refused
 */
bool json_read_fixed(const struct json *v, unsigned digits, int64_t *ret);

#endif /* NODE_IO_JSON_READ_H */
