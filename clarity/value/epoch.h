/*
 * clarity/value/epoch.h - The rule sets of the chain, and every gate on them.
 *
 * Rules change only where an epoch starts.  A rule asks one of the predicates
 * below and never compares epochs itself: so a change of rules is one line in
 * one file, and a reader finds all differences between two epochs here.
 *
 * The numbers are those of the wire and of the store, and they ascend, so
 * epochs compare with < and >=.  This tree runs 3.0 to 4.1; the earlier names
 * exist because stored tables and old vectors carry them.
 *
 * Layer:    clarity/value.
 * Memory:   never allocates.
 * Threads:  pure functions.
 * Spec:     facts of each gate: docs/CONSENSUS.md, "Epochs".
 */
#ifndef CLARITY_VALUE_EPOCH_H
#define CLARITY_VALUE_EPOCH_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/span.h"

/** The epochs; each value is the u32 of the wire and of the store. */
enum epoch {
#define X(name, id, text, clarity) EPOCH_##name = id,
#include "clarity/value/epoch.def"
#undef X
};

/** The first and the last epoch whose rules this tree runs. */
#define EPOCH_FIRST EPOCH_3_0
#define EPOCH_LAST EPOCH_4_1

/** @return the number as text, such as "3.4". */
const char *epoch_text(enum epoch e);

/** @return whether `text` names an epoch; then `*ret` is it. */
bool epoch_parse(enum epoch *ret, struct span text);

/** @return whether `id` is an epoch's number; then `*ret` is it. */
bool epoch_from_id(enum epoch *ret, uint32_t id);

/** @return the epoch after `e`, or `e` itself when it is the last. */
enum epoch epoch_next(enum epoch e);

/*
 * The gates.  A name says what holds when the answer is true.
 */

/** Values are cut to their declared type on the way in and out. */
static inline bool epoch_sanitizes_values(enum epoch e)
{
	return e >= EPOCH_2_4;
}

/** The type checker accounts for memory. */
static inline bool epoch_meters_analysis_memory(enum epoch e)
{
	return e >= EPOCH_2_5;
}

/** The block time is part of the state; `stacks-block-time` reads it. */
static inline bool epoch_has_stored_block_time(enum epoch e)
{
	return e >= EPOCH_3_3;
}

/** Arguments of user functions are priced by their size, not their type's. */
static inline bool epoch_prices_args_by_size(enum epoch e)
{
	return e >= EPOCH_3_3;
}

/** A function has at most 256 parameters, a trait at most 256 methods. */
static inline bool epoch_limits_params_and_methods(enum epoch e)
{
	return e >= EPOCH_3_3;
}

/** @return how many calls may be nested. */
static inline uint32_t epoch_max_call_depth(enum epoch e)
{
	return e >= EPOCH_3_4 ? 128 : 64;
}

/** @return how deep source text may nest. */
static inline uint32_t epoch_max_nesting(enum epoch e)
{
	return epoch_max_call_depth(e) + 5;
}

/** Looking up a variable borrows it; only a copy is priced. */
static inline bool epoch_borrows_variables(enum epoch e)
{
	return e >= EPOCH_3_4;
}

/** Constants are sanitized once, at load, instead of at each lookup. */
static inline bool epoch_sanitizes_constants_at_load(enum epoch e)
{
	return e >= EPOCH_3_4;
}

/** `at-block` may be used. */
static inline bool epoch_has_at_block(enum epoch e)
{
	return e < EPOCH_3_4;
}

/** `from-consensus-buff?` answers none for a principal of version 32 or more;
 * before, that makes the transaction impossible to include. */
static inline bool epoch_bad_principal_is_none(enum epoch e)
{
	return e >= EPOCH_3_4;
}

/** A supertype that is too large makes the transaction unincludable. */
static inline bool epoch_rejects_large_supertype(enum epoch e)
{
	return e < EPOCH_3_4;
}

/** Source that nests too deep makes the transaction unincludable. */
static inline bool epoch_rejects_parse_depth(enum epoch e)
{
	return e < EPOCH_3_4;
}

/** `contract-call?` goes through a constant principal. */
static inline bool epoch_calls_constant_principal(enum epoch e)
{
	return e >= EPOCH_3_4;
}

/** `with-stx` limits what is moved and burnt together. */
static inline bool epoch_combines_stx_allowance(enum epoch e)
{
	return e >= EPOCH_3_4;
}

/** Post-conditions know the originator mode and MaybeSent. */
static inline bool epoch_has_originator_mode(enum epoch e)
{
	return e >= EPOCH_3_4;
}

/** The fourth stacking contract locks; later, calls that could change its
 * books fail. */
static inline bool epoch_stacks_with_pox4(enum epoch e)
{
	return e < EPOCH_4_0;
}

/** User functions sanitize arguments to the parameters' types. */
static inline bool epoch_sanitizes_args(enum epoch e)
{
	return e >= EPOCH_4_0;
}

/** `map` stops at its shortest sequence; before, an empty one went past. */
static inline bool epoch_map_stops_at_shortest(enum epoch e)
{
	return e >= EPOCH_4_0;
}

/** `concat` is priced and run as variadic. */
static inline bool epoch_concat_is_variadic(enum epoch e)
{
	return e >= EPOCH_4_0;
}

/** `merge` refuses a tuple that is too large, where it is made. */
static inline bool epoch_checks_merge_size(enum epoch e)
{
	return e >= EPOCH_4_0;
}

/** Analysis pays for traits of the contract itself. */
static inline bool epoch_meters_own_traits(enum epoch e)
{
	return e >= EPOCH_4_0;
}

/** A cost error inside a trait comparison is reported as one. */
static inline bool epoch_shows_trait_cost_errors(enum epoch e)
{
	return e >= EPOCH_4_0;
}

/** Several stackings of one principal in a transaction add up. */
static inline bool epoch_sums_stacking(enum epoch e)
{
	return e >= EPOCH_4_0;
}

/** Staking and Pox post-conditions exist. */
static inline bool epoch_has_staking_conditions(enum epoch e)
{
	return e >= EPOCH_4_0;
}

/** Prices can be overridden by the cost voting contract. */
static inline bool epoch_has_cost_voting(enum epoch e)
{
	return e < EPOCH_4_0;
}

/** Transaction signatures may have a high S. */
static inline bool epoch_allows_high_s(enum epoch e)
{
	return e < EPOCH_4_0;
}

/** A decoded tuple has exactly its type's fields; before, a double field
 * could stand for a missing one. */
static inline bool epoch_wants_exact_tuples(enum epoch e)
{
	return e >= EPOCH_4_1;
}

/** The read-only check runs before the type check. */
static inline bool epoch_checks_read_only_first(enum epoch e)
{
	return e < EPOCH_4_1;
}

#endif /* CLARITY_VALUE_EPOCH_H */
