/*
 * clarity/value/int128.h - 128-bit integers as text and back.
 *
 * Layer:    clarity/value.
 * Memory:   never allocates.
 * Threads:  pure functions.
 */
#ifndef CLARITY_VALUE_INT128_H
#define CLARITY_VALUE_INT128_H

#include <stdbool.h>
#include <stddef.h>

#include "clarity/base/num.h"
#include "clarity/base/span.h"

/** The most characters of either: a sign and 39 digits. */
#define INT128_MAX_TEXT 40u

/** Writes decimal digits without NUL. @return how many characters. */
size_t int128_format(char ret[INT128_MAX_TEXT], i128 v);

/** As int128_format, for unsigned integers. */
size_t int128_format_unsigned(char ret[INT128_MAX_TEXT], u128 v);

/**
 * Reads decimal digits with an optional sign, + or -, in front; leading zeros
 * are fine, blanks are not.
 *
 * @return whether all of `text` is a number that fits; then `*ret` is it.
 */
bool int128_parse(i128 *ret, struct span text);

/** As int128_parse; only + may stand in front. */
bool int128_parse_unsigned(u128 *ret, struct span text);

/**
 * Reads 1 to 32 hex digits of either case, without 0x.
 *
 * @return as int128_parse.
 */
bool int128_parse_hex(u128 *ret, struct span text);

#endif /* CLARITY_VALUE_INT128_H */
