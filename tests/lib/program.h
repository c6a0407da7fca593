/*
 * tests/lib/program.h - A Clarity program for a test, in one call.
 *
 * Layer:    tests.
 * Memory:   everything belongs to the struct; program_close frees it.
 */
#ifndef TESTS_LIB_PROGRAM_H
#define TESTS_LIB_PROGRAM_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/lang/ast.h"
#include "clarity/lang/diag.h"
#include "clarity/value/epoch.h"

/** The contract that test programs belong to. */
#define PROGRAM_ISSUER "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM"
#define PROGRAM_NAME "test"

struct program {
	struct arena arena;
	struct span source;
	struct ast ast; /* only when `err` is ERR_OK */
	struct diag diag;
	enum err err;
	uint64_t charged[2]; /* by enum ast_price: what n was */
	struct buf text;
};

/** Builds the tree of `source`; look at `p->err`. */
void program_open(struct program *p, const char *source, enum epoch epoch);

/** As program_open for any bytes. */
void program_open_span(struct program *p, struct span source, enum epoch epoch);

/** @return the tree as canonical text, forms parted by newlines. */
const char *program_text(struct program *p);

/** Frees what program_open took. */
void program_close(struct program *p);

#endif /* TESTS_LIB_PROGRAM_H */
