/*
 * clarity/check/names.h - Which names mean what while a contract is checked.
 *
 * A contract has one space of definitions and, inside a function, nested
 * scopes.  Names are symbols, so each symbol has one slot that says what it is
 * defined as and one stack of bindings whose top is the visible one: a lookup
 * costs the same in the first and in the thousandth binding.
 *
 * Three peculiarities of the language live here.  A read-only function does
 * not occupy its name: others may use it again.  Values and traits are bound
 * in separate spaces, and the trait is found first.  Clarity 1 knows traits by
 * their bare names, whatever contract they come from.
 *
 * Layer:    clarity/check.
 * Memory:   all in the arena given at the start.
 * Threads:  belongs to one check.
 */
#ifndef CLARITY_CHECK_NAMES_H
#define CLARITY_CHECK_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/hmap.h"
#include "clarity/check/analysis.h"
#include "clarity/lang/ast.h"
#include "clarity/value/type.h"

/** Scopes in scopes; the rules' own bound. */
#define NAMES_MAX_DEPTH 256u

/** What a symbol is defined as; 0 everywhere is "nothing". */
struct names_slot {
	uint32_t def;       /* index into defs plus 1, or 0 */
	uint32_t read_only; /* a read-only function: index plus 1, or 0 */
	uint32_t value;     /* visible binding of a value: index plus 1 */
	uint32_t trait;     /* visible binding of a trait: index plus 1 */
	bool is_trait;      /* name of a trait (Clarity 2 and later) */
};

/** A parameter, or a name bound by let or match. */
struct names_binding {
	uint32_t sym;
	uint32_t node;                /* id of the node that binds it */
	uint32_t hidden;              /* the one it hides: index plus 1 */
	const struct type *type;      /* of a value, or NULL */
	const struct trait_id *trait; /* of a trait, or NULL */
};

struct names {
	struct arena *arena;
	const struct symtab *syms;
	const struct principal *contract;
	enum clarity_version version;
	struct names_slot *slots; /* by symbol */
	struct checked_def *defs; /* in order; room for every form */
	uint32_t n_defs;
	struct names_binding *bindings; /* innermost last */
	uint32_t n_bindings;
	uint32_t cap_bindings;
	uint32_t depth;     /* scopes: 0 at the top level, 1 in a function */
	struct hmap traits; /* to struct names_trait */
};

/** A trait that the contract defines or uses. */
struct names_trait {
	const struct trait_id *id;
	const struct analysis_trait *trait;
};

/** What names_enter remembers for names_leave. */
struct names_mark {
	uint32_t n_bindings;
};

/** Starts the names of one program. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err names_init(struct names *e, struct arena *a,
                             const struct ast *ast,
                             enum clarity_version version);

/** @return whether a definition, let or match may not use the name any more. */
bool names_is_used(const struct names *e, uint32_t sym);

/** @return whether the name is a word that the version keeps back. */
bool names_is_reserved(const struct names *e, uint32_t sym);

/** Adds a definition and occupies its name as the form wants it. */
void names_define(struct names *e, const struct checked_def *def);

/** @return what the name is defined as if it is by `form`, or NULL. */
const struct checked_def *names_find(const struct names *e, uint32_t sym,
                                     enum native form);

/** @return the function of that name; a read-only one comes last; or NULL. */
const struct checked_def *names_function(const struct names *e, uint32_t sym);

/** @return the index of a definition, for checked_expr. */
uint32_t names_index(const struct names *e, const struct checked_def *def);

/**
 * Makes a trait known.
 *
 * @param alias  the name that it takes here
 * @return ERR_OK; ERR_NO_MEMORY.
 */
MUST_USE enum err names_add_trait(struct names *e, uint32_t alias,
                                  const struct trait_id *id,
                                  const struct analysis_trait *trait);

/** @return the trait of that identifier, if it is known here, or NULL. */
const struct analysis_trait *names_trait(const struct names *e,
                                         const struct trait_id *id);

/** Opens a scope; the caller has tested `depth` against NAMES_MAX_DEPTH. */
struct names_mark names_enter(struct names *e);

/** Closes the scope: its bindings are gone. */
void names_leave(struct names *e, struct names_mark m);

/** Binds a value in the innermost scope. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err names_bind(struct names *e, const struct ast_node *name,
                             const struct type *type);

/** Binds a trait in the innermost scope. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err names_bind_trait(struct names *e, const struct ast_node *name,
                                   const struct trait_id *trait);

/** @return the visible binding of a value, or NULL. */
const struct names_binding *names_value(const struct names *e, uint32_t sym);

/** @return the visible binding of a trait, or NULL. */
const struct names_binding *names_trait_value(const struct names *e,
                                              uint32_t sym);

#endif /* CLARITY_CHECK_NAMES_H */
