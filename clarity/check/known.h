/*
 * clarity/check/known.h - The types that the language's own words speak of.
 *
 * A built-in function takes and gives types that never change.  They are
 * constants here, so that checking `sha256` allocates nothing and compares
 * pointers first.  Their sizes are worked out by the compiler from the same
 * formulas as in clarity/value; a test compares each with what the
 * constructors make.
 *
 * Layer:    clarity/check; uses clarity/value.
 * Memory:   static.
 * Threads:  constant.
 */
#ifndef CLARITY_CHECK_KNOWN_H
#define CLARITY_CHECK_KNOWN_H

#include "clarity/value/type.h"

/** The longest buffer that `to-ascii?` takes. */
#define KNOWN_TO_ASCII_MAX 524284u

/** The most levels of a Merkle proof. */
#define KNOWN_MERKLE_LEVELS 24u

#define KNOWN_NONE (&type_atoms[TYPE_NONE])
#define KNOWN_INT (&type_atoms[TYPE_INT])
#define KNOWN_UINT (&type_atoms[TYPE_UINT])
#define KNOWN_BOOL (&type_atoms[TYPE_BOOL])
#define KNOWN_PRINCIPAL (&type_atoms[TYPE_PRINCIPAL])

/** Buffers and strings by their longest length. */
extern const struct type known_buff_1, known_buff_16, known_buff_20;
extern const struct type known_buff_32, known_buff_33, known_buff_34;
extern const struct type known_buff_64, known_buff_65, known_buff_1024;
extern const struct type known_buff_max, known_buff_to_ascii;
extern const struct type known_ascii_1, known_ascii_5, known_ascii_40;
extern const struct type known_ascii_128, known_ascii_170, known_ascii_max;
extern const struct type known_utf8_1, known_utf8_40, known_utf8_max;

/** Optionals. */
extern const struct type known_optional_int, known_optional_uint;
extern const struct type known_optional_bool, known_optional_principal;
extern const struct type known_optional_buff_1, known_optional_buff_32;
extern const struct type known_optional_ascii_1, known_optional_utf8_1;
extern const struct type known_optional_ascii_40;

/** (list 24 (buff 32)). */
extern const struct type known_merkle_path;

/** Responses whose error is a uint. */
extern const struct type known_response_bool, known_response_principal;
extern const struct type known_response_buff_32, known_response_buff_33;
extern const struct type known_response_buff_65;
extern const struct type known_response_ascii_5, known_response_ascii_40;
extern const struct type known_response_ascii_170;

/** What stx-account, principal-destruct? and principal-construct? give. */
extern const struct type known_stx_account;
extern const struct type known_destruct, known_destructed;
extern const struct type known_construct;

/** What get-bitcoin-tx-output? gives. */
extern const struct type known_bitcoin_output;

/** What (get-burn-block-info? pox-addrs) gives, in its optional. */
extern const struct type known_pox_addrs, known_optional_pox_addrs;

#endif /* CLARITY_CHECK_KNOWN_H */
