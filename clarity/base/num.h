/*
 * clarity/base/num.h - Integers that say when they overflow.
 *
 * Consensus code never wraps by accident: every sum and product of amounts,
 * sizes and costs goes through one of these, and the caller decides what an
 * overflow means.  128-bit integers are the compiler's own, under one name.
 *
 * Layer:    clarity/base; uses nothing.
 * Memory:   never allocates.
 * Threads:  pure functions.
 */
#ifndef CLARITY_BASE_NUM_H
#define CLARITY_BASE_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

__extension__ typedef unsigned __int128 u128;
__extension__ typedef __int128 i128;

#define U128_MAX (~(u128)0)
#define I128_MAX ((i128)(U128_MAX >> 1))
#define I128_MIN (-I128_MAX - 1)

/** Each stores the result and returns true, or returns false on overflow; then
 * `ret` holds a wrapped value that must not be used. */
static inline bool u32_add(uint32_t *ret, uint32_t a, uint32_t b)
{
	return !__builtin_add_overflow(a, b, ret);
}

static inline bool u32_mul(uint32_t *ret, uint32_t a, uint32_t b)
{
	return !__builtin_mul_overflow(a, b, ret);
}

static inline bool u32_sub(uint32_t *ret, uint32_t a, uint32_t b)
{
	return !__builtin_sub_overflow(a, b, ret);
}

static inline bool u64_add(uint64_t *ret, uint64_t a, uint64_t b)
{
	return !__builtin_add_overflow(a, b, ret);
}

static inline bool u64_sub(uint64_t *ret, uint64_t a, uint64_t b)
{
	return !__builtin_sub_overflow(a, b, ret);
}

static inline bool u64_mul(uint64_t *ret, uint64_t a, uint64_t b)
{
	return !__builtin_mul_overflow(a, b, ret);
}

static inline bool u128_add(u128 *ret, u128 a, u128 b)
{
	return !__builtin_add_overflow(a, b, ret);
}

static inline bool u128_sub(u128 *ret, u128 a, u128 b)
{
	return !__builtin_sub_overflow(a, b, ret);
}

static inline bool u128_mul(u128 *ret, u128 a, u128 b)
{
	return !__builtin_mul_overflow(a, b, ret);
}

static inline bool i128_add(i128 *ret, i128 a, i128 b)
{
	return !__builtin_add_overflow(a, b, ret);
}

static inline bool i128_sub(i128 *ret, i128 a, i128 b)
{
	return !__builtin_sub_overflow(a, b, ret);
}

static inline bool i128_mul(i128 *ret, i128 a, i128 b)
{
	return !__builtin_mul_overflow(a, b, ret);
}

/** Each stops at 2^64-1 instead of wrapping (the cost functions' rule). */
static inline uint64_t u64_add_sat(uint64_t a, uint64_t b)
{
	uint64_t r;

	return __builtin_add_overflow(a, b, &r) ? UINT64_MAX : r;
}

static inline uint64_t u64_mul_sat(uint64_t a, uint64_t b)
{
	uint64_t r;

	return __builtin_mul_overflow(a, b, &r) ? UINT64_MAX : r;
}

/** @return floor(log2(n)); `n` must not be 0. */
static inline unsigned u64_log2(uint64_t n)
{
	return 63u - (unsigned)__builtin_clzll(n);
}

/**
 * Reads a decimal number that fills all of `s`: digits only, no sign, no
 * space, leading zeros allowed.
 *
 * @return false when it is empty, not digits or above 2^64-1; `ret` is then
 *         untouched.
 */
static inline bool u64_parse(uint64_t *ret, const char *s, size_t len)
{
	uint64_t v = 0;

	for (size_t i = 0; i < len; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		if (!u64_mul(&v, v, 10) ||
		    !u64_add(&v, v, (uint64_t)(s[i] - '0')))
			return false;
	}
	if (len == 0)
		return false;
	*ret = v;
	return true;
}

/** Characters that u128_format needs at most, with its NUL. */
#define U128_TEXT 40

/** Writes `v` in decimal with a NUL behind. @return the number of digits. */
static inline size_t u128_format(char text[U128_TEXT], u128 v)
{
	char back[U128_TEXT];
	size_t n = 0;

	do
		back[n++] = (char)('0' + (int)(v % 10));
	while ((v /= 10) != 0);
	for (size_t i = 0; i < n; i++)
		text[i] = back[n - 1 - i];
	text[n] = '\0';
	return n;
}

/** Each loads or stores one integer; `p` needs no alignment. */
static inline uint32_t be32_read(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | (uint32_t)p[3];
}

static inline void be32_write(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)(v >> 24);
	p[1] = (uint8_t)(v >> 16);
	p[2] = (uint8_t)(v >> 8);
	p[3] = (uint8_t)v;
}

static inline uint16_t be16_read(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

static inline void be16_write(uint8_t *p, uint16_t v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static inline uint64_t be64_read(const uint8_t *p)
{
	return (uint64_t)be32_read(p) << 32 | be32_read(p + 4);
}

static inline void be64_write(uint8_t *p, uint64_t v)
{
	be32_write(p, (uint32_t)(v >> 32));
	be32_write(p + 4, (uint32_t)v);
}

static inline u128 be128_read(const uint8_t *p)
{
	return (u128)be64_read(p) << 64 | be64_read(p + 8);
}

static inline void be128_write(uint8_t *p, u128 v)
{
	be64_write(p, (uint64_t)(v >> 64));
	be64_write(p + 8, (uint64_t)v);
}

static inline uint32_t le32_read(const uint8_t *p)
{
	return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[1] << 8 | (uint32_t)p[0];
}

static inline void le32_write(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
	p[2] = (uint8_t)(v >> 16);
	p[3] = (uint8_t)(v >> 24);
}

static inline uint64_t le64_read(const uint8_t *p)
{
	return (uint64_t)le32_read(p + 4) << 32 | le32_read(p);
}

static inline void le64_write(uint8_t *p, uint64_t v)
{
	le32_write(p, (uint32_t)v);
	le32_write(p + 4, (uint32_t)(v >> 32));
}

#endif /* CLARITY_BASE_NUM_H */
