/*
 * clarity/check/suggest.h - Unknown names, and the known ones they look like.
 *
 * Most unknown names are typing errors.  When one is met, the names that would
 * have been right at that place are compared with it, once, and the nearest is
 * kept for the message.
 *
 * Layer:    clarity/check; private to it.
 * Memory:   borrows names from the symbol table and from analyses.
 * Threads:  belongs to one check.
 */
#ifndef CLARITY_CHECK_SUGGEST_H
#define CLARITY_CHECK_SUGGEST_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/check/checker.h"

/** Fails with UNDEFINED_VARIABLE. */
enum err suggest_variable(struct checker *c, uint32_t sym);

/** Fails with UNKNOWN_FUNCTION. */
enum err suggest_function(struct checker *c, uint32_t sym);

/** Fails by `kind`; right would have been a name defined by `form`. */
enum err suggest_defined(struct checker *c, enum check_error kind, uint32_t sym,
                         enum native form);

/** Fails with NO_SUCH_TUPLE_FIELD. */
enum err suggest_field(struct checker *c, uint32_t sym,
                       const struct type *tuple);

/** Fails with NO_SUCH_PUBLIC_FUNCTION. */
enum err suggest_public(struct checker *c,
                        const struct contract_analysis *contract, uint32_t sym);

/** Fails with TRAIT_METHOD_UNKNOWN. */
enum err suggest_method(struct checker *c, const struct trait_id *id,
                        const struct analysis_trait *trait, uint32_t sym);

/** Fails by `kind` about a property; `names` ends with NULL. */
enum err suggest_word(struct checker *c, enum check_error kind, uint32_t sym,
                      const char *const *names);

/** Fails with UNKNOWN_TYPE_NAME. */
enum err suggest_type(struct check_fault *f, struct span name);

#endif /* CLARITY_CHECK_SUGGEST_H */
