/*
 * clarity/value/type_error.h - What exactly the type rules refuse.
 *
 * Callers of this layer need more than "refused": the checker turns the kind
 * into its own error, some kinds make a transaction unincludable, and a
 * diagnostic shows both types.  Functions answer ERR_TYPE and put the rest
 * into a caller's struct type_diag.
 *
 * Layer:    clarity/value.
 * Memory:   borrows; what a diag points at lives in the arena of the call.
 * Threads:  plain data.
 */
#ifndef CLARITY_VALUE_TYPE_ERROR_H
#define CLARITY_VALUE_TYPE_ERROR_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"

struct type;

/** The kinds of type_error.def. */
enum type_error {
#define X(name, reference, text) TYPE_ERROR_##name,
#include "clarity/value/type_error.def"
#undef X
	TYPE_ERROR_COUNT
};

/** The detail of an ERR_TYPE; only what the kind speaks of is set. */
struct type_diag {
	enum type_error kind;
	const struct type *expected; /* or NULL */
	const struct type *actual;   /* or NULL */
	struct span name;            /* the field's or other name, or empty */
	uint64_t number;             /* the byte, length or version, or 0 */
};

/** @return the name that the reference implementation prints. */
const char *type_error_name(enum type_error kind);

/** @return one English sentence fragment, for people. */
const char *type_error_text(enum type_error kind);

/** Records `kind` alone, unless `diag` is NULL. @return ERR_TYPE. */
enum err type_error_set(struct type_diag *diag, enum type_error kind);

#endif /* CLARITY_VALUE_TYPE_ERROR_H */
