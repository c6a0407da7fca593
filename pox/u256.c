/* pox/u256.c - 256-bit integers; contract in u256.h. */
#include "config.h"

#include "pox/u256.h"

#include <stddef.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"

const struct u256 u256_max = { { UINT64_MAX, UINT64_MAX, UINT64_MAX,
	                         UINT64_MAX } };

struct u256 u256_read_le(const uint8_t bytes[32])
{
	struct u256 x;

	for (size_t i = 0; i < 4; i++)
		x.w[i] = le64_read(bytes + 8 * i);
	return x;
}

void u256_write_be(uint8_t ret[32], struct u256 x)
{
	for (size_t i = 0; i < 4; i++)
		be64_write(ret + 8 * i, x.w[3 - i]);
}

struct u256 u256_shifted(uint64_t n, unsigned shift)
{
	CHECK(shift < 256);

	struct u256 x = { { 0 } };
	size_t word = shift / 64;
	unsigned bit = shift % 64;

	x.w[word] = n << bit;
	if (bit != 0 && word < 3)
		x.w[word + 1] = n >> (64 - bit);
	return x;
}

int u256_cmp(struct u256 a, struct u256 b)
{
	for (size_t i = 4; i-- > 0;) {
		if (a.w[i] != b.w[i])
			return a.w[i] < b.w[i] ? -1 : 1;
	}
	return 0;
}

struct u256 u256_mul_div(struct u256 x, uint64_t num, uint64_t den)
{
	CHECK(den != 0 && num <= den);

	uint64_t product[5];
	u128 carry = 0;

	for (size_t i = 0; i < 4; i++) {
		carry += (u128)x.w[i] * num;
		product[i] = (uint64_t)carry;
		carry >>= 64;
	}
	product[4] = (uint64_t)carry;

	/* Long division; the highest word is below num, so below den. */
	u128 rest = product[4];

	for (size_t i = 4; i-- > 0;) {
		rest = rest << 64 | product[i];
		x.w[i] = (uint64_t)(rest / den);
		rest %= den;
	}
	return x;
}
