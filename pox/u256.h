/*
 * pox/u256.h - 256-bit integers, as far as sortitions need them.
 *
 * A sortition divides the hash space among miners and looks up where a hash
 * falls.  That takes a product with and a quotient by a 64-bit number, shifts
 * and comparisons; there is no general arithmetic here.
 *
 * Layer:    pox; uses clarity/base only.
 * Memory:   never allocates; plain values.
 * Threads:  pure functions.
 */
#ifndef POX_U256_H
#define POX_U256_H

#include <stdint.h>

/** A number; `w[0]` holds the lowest 64 bits. */
struct u256 {
	uint64_t w[4];
};

/** The largest number, 2^256-1. */
extern const struct u256 u256_max;

/** @return the number that `bytes` hold, lowest byte first. */
struct u256 u256_read_le(const uint8_t bytes[32]);

/** Writes `x` with the highest byte first, as texts show it. */
void u256_write_be(uint8_t ret[32], struct u256 x);

/** @return `n` * 2^`shift`, without bits above 2^256; `shift` below 256. */
struct u256 u256_shifted(uint64_t n, unsigned shift);

/** @return <0, 0 or >0 as `a` is below, equal to or above `b`. */
int u256_cmp(struct u256 a, struct u256 b);

/**
 * Computes floor(x * num / den) with a 320-bit product in between.
 *
 * @param num  at most `den`, so that the result fits
 * @param den  not 0; both are CHECKed
 */
struct u256 u256_mul_div(struct u256 x, uint64_t num, uint64_t den);

#endif /* POX_U256_H */
