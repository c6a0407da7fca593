/*
 * clarity/check/arithmetic.h - Whether a contract only computes.
 *
 * A contract that reads and writes nothing, iterates over nothing and knows
 * nothing of the chain could serve as a cost function; the analysis records
 * whether it is one.  The answer never refuses a program.
 *
 * Layer:    clarity/check; private to it.
 * Memory:   never allocates.
 * Threads:  pure functions.
 */
#ifndef CLARITY_CHECK_ARITHMETIC_H
#define CLARITY_CHECK_ARITHMETIC_H

#include <stdbool.h>

#include "clarity/lang/ast.h"
#include "clarity/value/version.h"

/** @return whether the program, which has been checked, only computes. */
bool arithmetic_only(const struct ast *ast, enum clarity_version version);

#endif /* CLARITY_CHECK_ARITHMETIC_H */
