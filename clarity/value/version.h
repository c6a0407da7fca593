/*
 * clarity/value/version.h - The versions of the language.
 *
 * A contract keeps the Clarity version it was deployed under for ever; the
 * epoch it runs in moves on.  A rule therefore depends on one or the other,
 * and this header and epoch.h hold all such gates.
 *
 * Layer:    clarity/value.
 * Memory:   never allocates.
 * Threads:  pure functions.
 */
#ifndef CLARITY_VALUE_VERSION_H
#define CLARITY_VALUE_VERSION_H

#include <stdbool.h>

#include "clarity/base/span.h"
#include "clarity/value/epoch.h"

/** The versions, as written on the wire; they compare with < and >=. */
enum clarity_version {
	CLARITY_1 = 1,
	CLARITY_2,
	CLARITY_3,
	CLARITY_4,
	CLARITY_5,
	CLARITY_6
};

#define CLARITY_FIRST CLARITY_1
#define CLARITY_LAST CLARITY_6

/** @return the name for people, such as "Clarity 4". */
const char *version_text(enum clarity_version v);

/** @return the name of the interface files, such as "Clarity4". */
const char *version_name(enum clarity_version v);

/**
 * Reads "4", "clarity4" or "Clarity 4", in any case.
 *
 * @return whether `text` names a version; then `*ret` is it.
 */
bool version_parse(enum clarity_version *ret, struct span text);

/** @return the newest version that may be deployed in `e`, which is also the
 * one of a contract deployed there without naming a version. */
enum clarity_version version_max(enum epoch e);

/*
 * The gates.  A name says what holds when the answer is true.
 */

/** Principals turn into trait values wherever a trait is expected. */
static inline bool version_has_callables(enum clarity_version v)
{
	return v >= CLARITY_2;
}

/** Comparisons also take strings and buffers. */
static inline bool version_compares_sequences(enum clarity_version v)
{
	return v >= CLARITY_2;
}

/** `principal-of?` gives an address of the network it runs on. */
static inline bool version_principal_of_knows_network(enum clarity_version v)
{
	return v >= CLARITY_2;
}

/** `secp256r1-verify` hashes the given digest once more. */
static inline bool version_hashes_r1_twice(enum clarity_version v)
{
	return v <= CLARITY_4;
}

/** `from-consensus-buff?` prices an empty buffer as one byte. */
static inline bool version_guards_log_of_zero(enum clarity_version v)
{
	return v >= CLARITY_5;
}

/** `concat` takes two or more sequences. */
static inline bool version_concat_is_variadic(enum clarity_version v)
{
	return v >= CLARITY_6;
}

#endif /* CLARITY_VALUE_VERSION_H */
