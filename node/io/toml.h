/*
 * node/io/toml.h - Reads configuration files.
 *
 * TOML without dates, which no file of ours has: tables, dotted keys, arrays
 * of tables, inline tables, every form of text and of number.  A file is read
 * into a tree; floats are kept as they are written, because the only ones we
 * meet are version numbers ("2.4").  An error names its line.
 *
 * Layer:    node/io; uses clarity/base.
 * Memory:   the tree lives in the caller's arena and keeps nothing of the
 *           text.
 * Threads:  a finished tree is constant.
 * Spec:     TOML 1.0.0, without dates and times.
 */
#ifndef NODE_IO_TOML_H
#define NODE_IO_TOML_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"

/** Bytes of a file at most. */
#define TOML_SIZE_MAX ((size_t)1 << 20)

/** Keys and items of a file at most. */
#define TOML_NODES_MAX 16384u

/** Arrays and inline tables inside one another at most. */
#define TOML_DEPTH_MAX 16u

enum toml_kind {
	TOML_TABLE,
	TOML_ARRAY,
	TOML_TEXT,
	TOML_INT,
	TOML_FLOAT, /* `text` is what was written */
	TOML_BOOL
};

struct toml {
	enum toml_kind kind;
	struct span key;    /* in its table; empty in an array */
	struct toml *next;  /* in its table or array, as written */
	struct toml *first; /* TOML_TABLE, TOML_ARRAY: the first child */
	struct toml *last;
	struct span text; /* TOML_TEXT in UTF-8; TOML_FLOAT */
	int64_t number;   /* TOML_INT; TOML_BOOL: 0 or 1 */
	uint8_t how;      /* how a table came about; for the parser */
};

/** Why a file was refused. */
struct toml_error {
	uint32_t line;    /* from 1 */
	const char *what; /* static, a sentence fragment */
};

/**
 * Reads a file.
 *
 * @param a      where the tree goes
 * @param text   the file
 * @param ret    its table
 * @param error  filled unless ERR_OK; may be NULL
 * @return ERR_OK; ERR_SYNTAX; ERR_TOO_LARGE past one of the limits above;
 *         ERR_OVERFLOW for an integer of more than 64 bits; ERR_NO_MEMORY (a
 *         fault).
 */
MUST_USE enum err toml_parse(struct arena *a, struct span text,
                             const struct toml **ret, struct toml_error *error);

/** @return the value of a key; NULL if it is not there or `t` is no table
 * (NULL included, so that calls can be nested). */
const struct toml *toml_get(const struct toml *t, const char *key);

/** Each stores the value and returns true, or returns false if `t` is NULL or
 * of another kind; `ret` is then untouched. */
bool toml_text(const struct toml *t, struct span *ret);
bool toml_int(const struct toml *t, int64_t *ret);
bool toml_bool(const struct toml *t, bool *ret);

#endif /* NODE_IO_TOML_H */
