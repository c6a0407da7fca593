/*
 * clarity/value/repr.h - Values and types as text.
 *
 * There are two texts of a value.  The canonical one appears in logs and error
 * messages and must match other implementations byte for byte, odd as it is
 * (a multi-byte character shows the hex of its UTF-8 bytes).  The source one
 * can be pasted into a program: lists say `list`, tuples are {…}, characters
 * are \u{code point}.
 *
 * Layer:    clarity/value.
 * Memory:   appends to the caller's buf.
 * Threads:  pure functions.
 */
#ifndef CLARITY_VALUE_REPR_H
#define CLARITY_VALUE_REPR_H

#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/value/type.h"
#include "clarity/value/value.h"

/** Appends the canonical text, such as `(tuple (a (1 2)))`; as buf_add. */
enum err repr_value(struct buf *b, const struct value *v);

/** Appends the text as source, such as `{ a: (list 1 2) }`; as buf_add. */
enum err repr_source(struct buf *b, const struct value *v);

/**
 * Appends the text of a type as in declarations and messages, such as
 * `(list 3 uint)`; unknown parts are `UnknownType`, callables `<S….c.t>` or
 * `(principal S….c)`, unions `principal`.  Errors as buf_add.
 */
enum err repr_type(struct buf *b, const struct type *t);

#endif /* CLARITY_VALUE_REPR_H */
