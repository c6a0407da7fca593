/*
 * clarity/lang/parse.h - Tokens to the raw tree.
 *
 * The parser turns text into the raw tree: sugar, comments and the written
 * order are still there, because the later stages of ast_build depend on
 * them.  Everyone else calls ast_build.
 *
 * It keeps open lists on a stack of its own, so nesting costs memory that the
 * depth limit bounds, never C stack.
 *
 * Layer:    clarity/lang; uses clarity/base and clarity/value.
 * Memory:   the tree is in the caller's arena; the stack of unfinished lists
 *           is in an arena of its own that parse_program empties.
 * Threads:  no shared state.
 */
#ifndef CLARITY_LANG_PARSE_H
#define CLARITY_LANG_PARSE_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/lang/ast.h"
#include "clarity/lang/diag.h"
#include "clarity/lang/parse_error.h"
#include "clarity/lang/symtab.h"
#include "clarity/value/epoch.h"

/** A raw program. */
struct parse_tree {
	struct ast_node *items;          /* top-level nodes as written */
	uint32_t n;                      /* of them */
	uint32_t trait_refs;             /* <name> nodes anywhere */
	uint32_t sugared;                /* comments and tuples anywhere */
	struct diag_span too_deep;       /* first list past the limit */
	struct diag_span too_deep_mixed; /* likewise, tuples counted */
};

/** @return how many lists may be nested in a program of this epoch, plus one:
 * reaching it is an error. */
uint32_t parse_depth_limit(enum epoch epoch);

/**
 * Reads a whole program.
 *
 * @param a       gets the nodes
 * @param syms    gets the names
 * @param source  at most AST_SOURCE_MAX bytes
 * @param epoch   decides the depth at which reading stops
 * @param ret     the raw tree
 * @param diag    why it was refused; may be NULL
 * @return ERR_OK; ERR_PARSE, a verdict; ERR_NO_MEMORY, a fault.
 */
MUST_USE enum err parse_program(struct arena *a, struct symtab *syms,
                                struct span source, enum epoch epoch,
                                struct parse_tree *ret, struct diag *diag);

#endif /* CLARITY_LANG_PARSE_H */
