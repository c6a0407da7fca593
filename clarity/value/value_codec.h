/*
 * clarity/value/value_codec.h - Values as consensus bytes, both ways.
 *
 * The bytes of a value are what transactions carry, what the store keeps and
 * what hashes cover.  Reading is one pass without recursion over a stack whose
 * depth the rules bound; buffers, strings, principals and names stay where
 * they are in the input, so reading a large buffer costs as much as a small
 * one.  A count that the input cannot pay for reserves no memory.
 *
 * Which of two errors comes first can decide whether a transaction may be in
 * a block (CODEC_UNEXPECTED before epoch 3.4), so the order of all tests is
 * part of the contract.
 *
 * Layer:    clarity/value.
 * Memory:   items go to the given arena; everything else is borrowed from the
 *           input, which must live as long as the value.
 * Threads:  pure functions.
 * Spec:     SIP-005, "Clarity Value Representation".
 * Format:   00 int, 01 uint: 16 bytes; 02 buff, 0d ascii, 0e utf8: length,
 *           bytes; 03 true; 04 false; 05 account, 06 contract (principal.h);
 *           07 ok, 08 err, 0a some: value; 09 none; 0b list: count, values;
 *           0c tuple: count, then for each field name length (1 byte), name,
 *           value.  Lengths and counts are 4 bytes; all is big-endian.
 */
#ifndef CLARITY_VALUE_VALUE_CODEC_H
#define CLARITY_VALUE_VALUE_CODEC_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/value/epoch.h"
#include "clarity/value/type.h"
#include "clarity/value/value.h"

/** The most bytes that are read: untyped, and typed where values are cut. */
#define VALUE_CODEC_MAX_BYTES 2097152u
#define VALUE_CODEC_MAX_BYTES_CUT 15000000u

/** How deep bytes may nest where values are not cut, and where they are. */
#define VALUE_CODEC_DEPTH 16u
#define VALUE_CODEC_DEPTH_CUT 32u

/** Why bytes are not a value. */
enum value_codec_fault {
	VALUE_CODEC_OK,
	VALUE_CODEC_IO,       /* the input ends, or the budget does */
	VALUE_CODEC_BAD_TYPE, /* the type rules refuse it: diag.type */
	VALUE_CODEC_EXPECTED, /* not of the expected type: diag.type.expected */
	VALUE_CODEC_LEFTOVER, /* bytes are left behind the value */
	VALUE_CODEC_FAILURE,  /* malformed: diag.text */
	VALUE_CODEC_UNEXPECTED /* a principal's version is 32 or more */
};

/** The detail of an ERR_VALUE_BYTES. */
struct value_codec_diag {
	enum value_codec_fault fault;
	struct type_diag type;
	const char *text; /* of a FAILURE, static; or NULL */
	bool has_holes;   /* a value was read, and a tuple in it lacks fields */
};

/** @return the name that the reference implementation prints. */
const char *value_codec_fault_name(enum value_codec_fault fault);

/**
 * Reads one value without expecting a type; nothing is cut.
 *
 * @param in    is moved behind the value on success only
 * @param diag  may be NULL
 * @return ERR_OK; ERR_VALUE_BYTES (a verdict); ERR_NO_MEMORY.
 */
MUST_USE enum err value_codec_read(struct arena *a, struct value *ret,
                                   struct cursor *in,
                                   struct value_codec_diag *diag);

/**
 * Reads one value of type `t` by the rules of `epoch`: whether fields that `t`
 * does not have are dropped (from 2.4), and whether a tuple must have exactly
 * its fields (from 4.1).  Lists and tuples get their parts of `t` as stored
 * types.  Otherwise as value_codec_read.
 */
MUST_USE enum err value_codec_read_typed(struct arena *a, struct value *ret,
                                         struct cursor *in,
                                         const struct type *t, enum epoch epoch,
                                         struct value_codec_diag *diag);

/** As value_codec_read, but all of `bytes` must be the value (LEFTOVER). */
MUST_USE enum err value_codec_read_all(struct arena *a, struct value *ret,
                                       struct span bytes,
                                       struct value_codec_diag *diag);

/** As value_codec_read_typed, for all of `bytes`. */
MUST_USE enum err value_codec_read_typed_all(struct arena *a, struct value *ret,
                                             struct span bytes,
                                             const struct type *t,
                                             enum epoch epoch,
                                             struct value_codec_diag *diag);

/**
 * Reads hex digits, with or without "0x", as value_codec_read_all reads bytes;
 * the bytes are copied to `a`.  FAILURE "bad hex" for other text.
 */
MUST_USE enum err value_codec_read_hex(struct arena *a, struct value *ret,
                                       struct span hex,
                                       struct value_codec_diag *diag);

/** @return how many bytes value_codec_write appends. */
uint64_t value_codec_len(const struct value *v);

/** Appends the bytes of `v`; errors as buf_add. */
enum err value_codec_write(struct buf *b, const struct value *v);

/**
 * Writes the bytes of `v` into an arena.
 *
 * @return ERR_OK; ERR_TOO_LARGE past 2^32-1 bytes; ERR_NO_MEMORY.
 */
MUST_USE enum err value_codec_bytes(struct arena *a, struct span *ret,
                                    const struct value *v);

#endif /* CLARITY_VALUE_VALUE_CODEC_H */
