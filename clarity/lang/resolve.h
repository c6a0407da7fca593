/*
 * clarity/lang/resolve.h - Which traits a program names.
 *
 * A program defines traits, gives names to the traits of others, and promises
 * to implement some.  The names share one space, and each <name> must be in
 * it, wherever it is written.  Traits are no values: a <name> in a definition
 * of data is refused here, before types are looked at.
 *
 * Layer:    clarity/lang.
 * Memory:   results in `a`, everything else in `tmp`.
 * Threads:  no shared state.
 */
#ifndef CLARITY_LANG_RESOLVE_H
#define CLARITY_LANG_RESOLVE_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/lang/ast.h"
#include "clarity/lang/parse.h"

/**
 * Collects the traits of a program in the written order.
 *
 * @param a     gets what ends up in `ret`
 * @param tmp   for the time of the call
 * @param tree  the raw program
 * @param ret   `contract` and `syms` are read; `traits`, `impls` and their
 *              counts are set
 * @param diag  why the program was refused; may be NULL
 * @return ERR_OK; ERR_PARSE; ERR_NO_MEMORY.
 */
MUST_USE enum err resolve_traits(struct arena *a, struct arena *tmp,
                                 const struct parse_tree *tree, struct ast *ret,
                                 struct diag *diag);

#endif /* CLARITY_LANG_RESOLVE_H */
