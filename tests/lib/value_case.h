/*
 * tests/lib/value_case.h - One question about types or values, as a line.
 *
 * Vectors and comparisons with other implementations ask the same questions;
 * this answers them in one canonical line of text.
 *
 * Layer:    tests.
 * Memory:   appends to the caller's buf; scratch goes to the given arena.
 */
#ifndef TESTS_LIB_VALUE_CASE_H
#define TESTS_LIB_VALUE_CASE_H

#include <stdbool.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/span.h"

/**
 * Answers one question, whose parts are separated by tabs:
 *
 *     type T                 size, type size, depth, longest bytes
 *     super A B              the least supertype
 *     admits A B             true or false
 *     decode EPOCH T HEX     the value as text, its type, size, depth, bytes;
 *                            T may be "-": no type, and EPOCH does not matter
 *     sanitize EPOCH T HEX   whether it was cut, and the value as in decode
 *     principal TEXT         its bytes in hex
 *     number TEXT            the integer that TEXT is, and it as hex
 *
 * A refusal is answered with the name of its kind.
 *
 * @return false when the line is not a question.
 */
bool value_case_answer(struct buf *b, struct arena *a, struct span line);

#endif /* TESTS_LIB_VALUE_CASE_H */
