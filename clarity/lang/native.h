/*
 * clarity/lang/native.h - The words that Clarity itself defines, as a table.
 *
 * One table serves the symbol table, the checker, the machine and the
 * documentation, so that a word cannot exist for one of them only.  A word's
 * id is also its symbol in every contract (see symtab.h): the checker indexes
 * its own tables with a symbol after one comparison with NATIVE_COUNT.
 *
 * Layer:    clarity/lang; uses clarity/base and clarity/value.
 * Memory:   never allocates; all tables are static and constant.
 * Threads:  pure functions.
 */
#ifndef CLARITY_LANG_NATIVE_H
#define CLARITY_LANG_NATIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/span.h"
#include "clarity/value/version.h"

/** Functions first, then keywords, then define forms; each group is a run. */
enum native {
#define NATIVE(id, name, first, last, kind, min, max, price, family)           \
	NATIVE_##id,
#define KEYWORD(id, name, first, last, price) KEYWORD_##id,
#define DEFINE(id, name, min, max, price) DEFINE_##id,
#include "clarity/lang/native.def"
	NATIVE_COUNT,
	NATIVE_KEYWORDS = KEYWORD_TX_SENDER, /* the first keyword */
	NATIVE_DEFINES = DEFINE_CONSTANT     /* the first define form */
};

/** How a word is evaluated; see native.def. */
enum native_kind {
	NATIVE_KIND_N,       /* arguments evaluated, price by their number */
	NATIVE_KIND_X,       /* arguments evaluated, price by their size */
	NATIVE_KIND_S,       /* evaluates its arguments itself */
	NATIVE_KIND_KEYWORD, /* stands for a value */
	NATIVE_KIND_DEFINE   /* defines a name at the top level */
};

/** Natives that are checked and run by the same files. */
enum native_family {
	NATIVE_FAMILY_ARITH,
	NATIVE_FAMILY_COMPARE,
	NATIVE_FAMILY_CONTROL,
	NATIVE_FAMILY_SEQ,
	NATIVE_FAMILY_TUPLE,
	NATIVE_FAMILY_OPTION,
	NATIVE_FAMILY_STORE,
	NATIVE_FAMILY_TOKEN,
	NATIVE_FAMILY_CRYPTO,
	NATIVE_FAMILY_BITCOIN,
	NATIVE_FAMILY_PRINCIPAL,
	NATIVE_FAMILY_CONVERT,
	NATIVE_FAMILY_CONTRACT,
	NATIVE_FAMILY_ALLOWANCE,
	NATIVE_FAMILY_BLOCK,
	NATIVE_FAMILY_KEYWORD,
	NATIVE_FAMILY_DEFINE,
	NATIVE_FAMILY_COUNT
};

/** The `max` of a word that takes any number of arguments. */
#define NATIVE_MANY UINT8_MAX

struct native_info {
	const char *name; /* as it is written */
	uint8_t len;      /* bytes of the name */
	uint8_t first;    /* Clarity version that brought it */
	uint8_t last;     /* last Clarity version that has it */
	uint8_t kind;     /* enum native_kind */
	uint8_t family;   /* enum native_family */
	uint8_t min;      /* arguments at run time; 0 for a keyword */
	uint8_t max;      /* likewise, or NATIVE_MANY */
};

/** The table, in the order of the ids. */
extern const struct native_info native_table[NATIVE_COUNT];

/** @return whether `sym` is a word of the language in version `v`. */
static inline bool native_is_in(uint32_t sym, enum clarity_version v)
{
	return sym < NATIVE_COUNT && native_table[sym].first <= v &&
	       v <= native_table[sym].last;
}

/** @return whether `sym` names a function of the language in version `v`. */
static inline bool native_is_function(uint32_t sym, enum clarity_version v)
{
	return sym < NATIVE_KEYWORDS && native_is_in(sym, v);
}

/** @return whether `sym` is a keyword in version `v`. */
static inline bool native_is_keyword(uint32_t sym, enum clarity_version v)
{
	return sym >= NATIVE_KEYWORDS && sym < NATIVE_DEFINES &&
	       native_is_in(sym, v);
}

/** @return whether `sym` is one of the define forms. */
static inline bool native_is_define(uint32_t sym)
{
	return sym >= NATIVE_DEFINES && sym < NATIVE_COUNT;
}

/**
 * @return the largest number of arguments that `id` takes at run time in
 *         version `v`, or NATIVE_MANY: `concat` takes two before Clarity 6.
 */
static inline uint8_t native_max(enum native id, enum clarity_version v)
{
	return id == NATIVE_CONCAT && v < CLARITY_6 ? 2 : native_table[id].max;
}

/** @return the word written `name`, or NATIVE_COUNT. */
enum native native_find(struct span name);

#endif /* CLARITY_LANG_NATIVE_H */
