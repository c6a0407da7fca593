/*
 * clarity/value/name.h - What may be called what.
 *
 * Two kinds of names reach consensus: Clarity names (variables, functions,
 * tuple fields) and contract names.  Both are ASCII of at most 128 bytes, and
 * both are checked wherever bytes become a name.
 *
 * Layer:    clarity/value.
 * Memory:   never allocates; spans are borrowed.
 * Threads:  pure functions.
 */
#ifndef CLARITY_VALUE_NAME_H
#define CLARITY_VALUE_NAME_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/span.h"

/** The longest Clarity name, and the longest contract name in a principal. */
#define NAME_MAX_LEN 128u

/** The longest name under which a contract can be deployed. */
#define NAME_CONTRACT_MAX_DEPLOY 40u

/**
 * @return whether `s` is a Clarity name of 1 to 128 bytes: a letter followed
 *         by letters, digits and -_!?+<>=/ and *; or one of the operators
 *         - + = / * < > <= >= alone.
 */
bool name_is_clarity(struct span s);

/**
 * @return whether `s` is a contract name: a letter followed by letters,
 *         digits, - and _, 1 to 128 bytes; or "__transient".
 */
bool name_is_contract(struct span s);

/** Whether `c` may stand in a Clarity name behind its first letter. */
bool name_has_char(uint8_t c);

#endif /* CLARITY_VALUE_NAME_H */
