/*
 * clarity/check/trait.h - Whether a contract, or a trait, does for a trait.
 *
 * A trait is a set of methods that a contract promises.  Where one is expected
 * three things may stand: a literal contract, whose functions are compared
 * with the trait; a value of another trait, whose methods are compared; or a
 * structure that holds such things.  Parameters of methods may be traits too,
 * so that comparing traits goes on into other contracts; it stops at
 * TYPE_MAX_DEPTH steps, which the rules treat as a refusal that no block may
 * contain.
 *
 * A method that does not fit makes the traits incompatible, whatever the
 * reason; only running out of steps shows through, and from epoch 4.0 running
 * out of cost does too.
 *
 * Layer:    clarity/check; private to it.
 * Memory:   borrows from analyses.
 * Threads:  belongs to one check.
 */
#ifndef CLARITY_CHECK_TRAIT_H
#define CLARITY_CHECK_TRAIT_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/check/checker.h"

/**
 * Whether `have` may stand where `want` is expected, contracts and traits
 * included (Clarity 2 and later).
 *
 * @return ERR_OK; ERR_CHECK by TYPE_ERROR, INCOMPATIBLE_TRAIT,
 *         BAD_TRAIT_IMPLEMENTATION, NO_SUCH_CONTRACT, NO_SUCH_TRAIT,
 *         TYPE_SIGNATURE_TOO_DEEP, TRAIT_REFERENCE_CHAIN_TOO_DEEP or cost; a
 *         fault.
 */
MUST_USE enum err trait_admit(struct checker *c, const struct type *have,
                              const struct type *want);

/** Whether a literal contract does for a trait (Clarity 1).
 * @return as trait_admit; this costs nothing. */
MUST_USE enum err trait_check_literal(struct checker *c,
                                      const struct principal *contract,
                                      const struct trait_id *id);

/** Whether contract `a` has all methods of `trait`.
 * @return ERR_OK; ERR_CHECK by BAD_TRAIT_IMPLEMENTATION,
 *         COULD_NOT_DETERMINE_TYPE. */
MUST_USE enum err trait_check_contract(struct checker *c,
                                       const struct contract_analysis *a,
                                       const struct trait_id *id,
                                       const struct analysis_trait *trait);

/** Whether the contract keeps its impl-trait promises; costs nothing.
 * @return as trait_check_contract, and TRAIT_REFERENCE_UNKNOWN. */
MUST_USE enum err trait_check_promises(struct checker *c,
                                       const struct contract_analysis *a);

/** The price input of a function: its types' sizes together; fails with
 * VALUE_TOO_LARGE. */
MUST_USE enum err trait_fn_size(struct checker *c, const struct analysis_fn *f,
                                uint64_t *ret);

/** The price input of a trait: its methods' together. */
MUST_USE enum err trait_size(struct checker *c, const struct analysis_trait *t,
                             uint64_t *ret);

#endif /* CLARITY_CHECK_TRAIT_H */
