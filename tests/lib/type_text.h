/*
 * tests/lib/type_text.h - Reads the text of a type, as repr_type writes it.
 *
 * The library reads types from programs only (clarity/check does it); vectors
 * name types without a program around them.
 *
 * Layer:    tests.
 * Memory:   the type and its names go to the given arena.
 */
#ifndef TESTS_LIB_TYPE_TEXT_H
#define TESTS_LIB_TYPE_TEXT_H

#include "clarity/base/arena.h"
#include "clarity/base/span.h"
#include "clarity/value/type.h"

/**
 * Reads such as `(list 3 (tuple (a uint) (b (optional UnknownType))))`; also
 * `<S….c.t>`, `(principal S….c)` and `(union T T)` for callables.
 *
 * @return ERR_OK; ERR_SYNTAX for any other text; what the constructors say,
 *         with the kind in `diag`.
 */
MUST_USE enum err type_text_parse(struct arena *a, const struct type **ret,
                                  struct span text, struct type_diag *diag);

#endif /* TESTS_LIB_TYPE_TEXT_H */
