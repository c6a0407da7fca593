/*
 * clarity/lang/parse_error.h - The rules that a text can break.
 *
 * Layer:    clarity/lang; uses clarity/base and clarity/value.
 * Memory:   never allocates; all texts are static.
 * Threads:  pure functions.
 */
#ifndef CLARITY_LANG_PARSE_ERROR_H
#define CLARITY_LANG_PARSE_ERROR_H

#include <stdbool.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/lang/diag.h"
#include "clarity/value/epoch.h"

/** The code of a diag of DIAG_PARSE. */
enum parse_error {
#define X(id, rule, text) PARSE_ERROR_##id,
#include "clarity/lang/parse_error.def"
#undef X
	PARSE_ERROR_COUNT
};

/** @return the reference's name for a rule. */
const char *parse_error_rule(enum parse_error e);

/**
 * @return whether a block that holds a program with this error is invalid,
 *         rather than the deployment just failing: true for the two depth
 *         rules before epoch 3.4.
 */
bool parse_error_is_rejectable(enum parse_error e, enum epoch epoch);

/**
 * Reports a rule that is broken.
 *
 * @param d     gets the report; may be NULL
 * @param e     which rule
 * @param span  where
 * @param text  stands for '@' in the rule's text; cut where it is long
 * @return ERR_PARSE
 */
MUST_USE enum err parse_error_set(struct diag *d, enum parse_error e,
                                  struct diag_span span, struct span text);

/** As parse_error_set, with the piece of `source` at `span` for '@'. */
MUST_USE enum err parse_error_at(struct diag *d, enum parse_error e,
                                 struct span source, struct diag_span span);

#endif /* CLARITY_LANG_PARSE_ERROR_H */
