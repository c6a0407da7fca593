/*
 * tests/lib/native_case.h - One application of a native, as a line.
 *
 * The natives see the machine through clarity/vm/host.h only, so a host of a
 * few lines is enough to ask one of them a question: vectors do, and so do
 * comparisons with other implementations.
 *
 * Layer:    tests.
 * Memory:   appends to the caller's buf; scratch goes to the given arena.
 */
#ifndef TESTS_LIB_NATIVE_CASE_H
#define TESTS_LIB_NATIVE_CASE_H

#include <stdbool.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/span.h"

/**
 * Answers one question, whose parts are separated by tabs:
 *
 *     NAME EPOCH CLARITY NETWORK EXTRA ARG…
 *
 * NETWORK is "main" or "test"; EXTRA is the type of from-consensus-buff?, the
 * length of as-max-len?, or "-"; each ARG is a value's bytes in hex.  The
 * answer is the result's bytes and its type, or the name of the failure; then
 * what the native charged itself, as " cost_name:size".
 *
 * @return false when the line is not a question.
 */
bool native_case_answer(struct buf *b, struct arena *a, struct span line);

#endif /* TESTS_LIB_NATIVE_CASE_H */
