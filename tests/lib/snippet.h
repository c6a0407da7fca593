/*
 * tests/lib/snippet.h - A Clarity program for a test, in one call.
 *
 * Layer:    tests.
 * Memory:   everything belongs to the struct; snippet_close frees it.
 */
#ifndef TESTS_LIB_SNIPPET_H
#define TESTS_LIB_SNIPPET_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/lang/ast.h"
#include "clarity/lang/diag.h"
#include "clarity/value/epoch.h"

/** The contract that test programs belong to. */
#define SNIPPET_ISSUER "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM"
#define SNIPPET_NAME "test"

struct snippet {
	struct arena arena;
	struct span source;
	struct ast ast; /* only when `err` is ERR_OK */
	struct diag diag;
	enum err err;
	uint64_t charged[2]; /* by enum ast_price: what n was */
	struct buf text;
};

/** Builds the tree of `source`; look at `p->err`. */
void snippet_open(struct snippet *p, const char *source, enum epoch epoch);

/** As snippet_open_span, for a contract of another name. */
void snippet_open_named(struct snippet *p, const char *name, struct span source,
                        enum epoch epoch);

/** As snippet_open for any bytes. */
void snippet_open_span(struct snippet *p, struct span source, enum epoch epoch);

/** @return the tree as canonical text, forms parted by newlines. */
const char *snippet_text(struct snippet *p);

/** Frees what snippet_open took. */
void snippet_close(struct snippet *p);

#endif /* TESTS_LIB_SNIPPET_H */
