/*
 * clarity/lang/symtab.h - The names of one contract, as small numbers.
 *
 * A name is looked at once, when it is read.  From then on it is a symbol, and
 * the sorter, the checker and the compiler compare numbers and index arrays.
 * Every table starts with the words of native.def in that order, so a word of
 * the language is the same symbol everywhere; other symbols mean something in
 * their own contract only.  Names of different contracts compare as bytes.
 *
 * Layer:    clarity/lang; uses clarity/base only.
 * Memory:   all in the arena given at the start, which must outlive the table.
 * Threads:  one thread at a time while names are added, then any.
 */
#ifndef CLARITY_LANG_SYMTAB_H
#define CLARITY_LANG_SYMTAB_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/lang/native.h"

/** No symbol: what symtab_find answers for a name that nobody wrote. */
#define SYMTAB_NONE UINT32_MAX

struct symtab {
	struct arena *arena;
	struct symtab_name *names; /* by symbol */
	uint64_t *slots;           /* by hash; 0 is free, see symtab.c */
	uint64_t seed;             /* of the hash */
	uint32_t n;                /* symbols, NATIVE_COUNT included */
	uint32_t cap;              /* names that fit before growing */
	uint32_t mask;             /* slots - 1; slots are a power of two */
};

struct symtab_name {
	const char *text; /* ends with a NUL */
	uint32_t len;     /* bytes */
};

/** Starts a table that holds the words of native.def. @return ERR_OK;
 * ERR_NO_MEMORY. */
MUST_USE enum err symtab_init(struct symtab *t, struct arena *a);

/**
 * Finds the symbol of a name, or makes one.
 *
 * @param t     the table of the contract
 * @param name  its bytes; copied when the name is new
 * @param ret   the symbol
 * @return ERR_OK; ERR_NO_MEMORY.
 */
MUST_USE enum err symtab_intern(struct symtab *t, struct span name,
                                uint32_t *ret);

/** @return the symbol of a name, or SYMTAB_NONE if it was never interned. */
uint32_t symtab_find(const struct symtab *t, struct span name);

/** @return the bytes of a symbol's name; a NUL follows them. */
static inline struct span symtab_name(const struct symtab *t, uint32_t sym)
{
	return span_of(t->names[sym].text, t->names[sym].len);
}

/** @return the symbol's name as a C string. */
static inline const char *symtab_text(const struct symtab *t, uint32_t sym)
{
	return t->names[sym].text;
}

#endif /* CLARITY_LANG_SYMTAB_H */
