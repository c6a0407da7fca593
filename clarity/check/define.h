/*
 * clarity/check/define.h - Checking of definitions.
 *
 * A definition is checked, paid and then known by its name to all that follow
 * it; the parser has sorted them so that this is enough.
 *
 * Layer:    clarity/check; private to it.
 * Memory:   in the work arena.
 * Threads:  belongs to one check.
 */
#ifndef CLARITY_CHECK_DEFINE_H
#define CLARITY_CHECK_DEFINE_H

#include "clarity/base/err.h"
#include "clarity/check/checker.h"
#include "clarity/check/form.h"

/** Checks one top-level definition and makes it known.
 * @return ERR_OK; ERR_CHECK; a fault. */
MUST_USE enum err define_check(struct checker *c, const struct form *f);

#endif /* CLARITY_CHECK_DEFINE_H */
