/*
 * node/wire/bitvec.h - A short list of yes and no, as block headers carry it.
 *
 * Unused bits of the last byte are kept as they came: they are hashed.
 *
 * Layer:    node/wire; pure.
 * Memory:   borrows its bytes.
 * Threads:  plain data.
 * Format:   bits[2], bytes[4] = (bits + 7) / 8, then the bytes; bit i is bit
 *           i mod 8 of byte i / 8, the lowest being bit 0
 */
#ifndef NODE_WIRE_BITVEC_H
#define NODE_WIRE_BITVEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"

struct bitvec {
	const uint8_t *bytes;
	uint16_t n; /* bits, at least 1 in a valid one */
};

/** @return how many bytes `n` bits take. */
static inline size_t bitvec_len(uint16_t n)
{
	return ((size_t)n + 7) / 8;
}

/**
 * Reads a vector of 1 to `max` bits.
 *
 * @return ERR_OK; ERR_WIRE_BITVEC for no or too many bits, or a byte count that
 *         does not fit; ERR_TRUNCATED.
 */
MUST_USE enum err bitvec_read(struct bitvec *ret, struct cursor *c,
                              uint16_t max);

/** Appends the bytes of `v`; errors as buf_add. */
enum err bitvec_write(struct buf *b, const struct bitvec *v);

/** @return bit `i`, which must be below `n` (a CHECK). */
bool bitvec_get(const struct bitvec *v, uint16_t i);

#endif /* NODE_WIRE_BITVEC_H */
