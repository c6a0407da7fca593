/*
 * tests/unit/clarity/crypto/test_edwards.c - Claims about
 * clarity/crypto/edwards.c.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/crypto/edwards.h"
#include "tests/lib/hex.h"

#define GENERATOR                                                              \
	"5866666666666666666666666666666666666666666666666666666666666666"
#define ORDER_8                                                                \
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
#define NEUTRAL                                                                \
	"0100000000000000000000000000000000000000000000000000000000000000"
#define ORDER "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010"

/* n * p by addition alone: the slow twin. */
static void mul_slowly(uint8_t *ret, unsigned n, const uint8_t *p)
{
	hex_to(ret, EDWARDS_LEN, NEUTRAL);
	while (n-- > 0)
		edwards_add(ret, ret, p);
}

static void multiples_of_the_generator_add_up(void **state)
{
	(void)state;
	uint8_t g[EDWARDS_LEN];

	hex_to(g, sizeof(g), GENERATOR);
	for (unsigned n = 0; n < 40; n++) {
		uint8_t scalar[EDWARDS_LEN] = { (uint8_t)n };
		uint8_t want[EDWARDS_LEN];
		uint8_t got[EDWARDS_LEN];

		mul_slowly(want, n, g);
		edwards_mul_base(got, scalar);
		assert_memory_equal(got, want, sizeof(want));
		edwards_mul(got, scalar, g);
		assert_memory_equal(got, want, sizeof(want));
	}
}

/* All eight cosets, with and without a part of prime order. */
static void small_order_components_multiply_too(void **state)
{
	(void)state;
	uint8_t t[EDWARDS_LEN];
	uint8_t five[EDWARDS_LEN] = { 5 };

	hex_to(t, sizeof(t), ORDER_8);
	for (unsigned i = 0; i < 16; i++) {
		uint8_t p[EDWARDS_LEN];
		uint8_t part[EDWARDS_LEN];

		mul_slowly(p, i % 8, t);
		edwards_mul_base(part, five);
		if (i >= 8)
			edwards_add(p, p, part);
		assert_int_equal(edwards_is_small_order(p), i < 8);
		for (unsigned n = 0; n < 20; n++) {
			uint8_t scalar[EDWARDS_LEN] = { (uint8_t)n };
			uint8_t want[EDWARDS_LEN];
			uint8_t got[EDWARDS_LEN];

			mul_slowly(want, n, p);
			edwards_mul(got, scalar, p);
			assert_memory_equal(got, want, sizeof(want));
		}
	}
}

static void a_large_scalar_on_a_mixed_point_is_linear(void **state)
{
	(void)state;
	uint8_t n[EDWARDS_LEN];
	uint8_t p[EDWARDS_LEN];
	uint8_t t[EDWARDS_LEN];
	uint8_t five[EDWARDS_LEN] = { 5 };
	uint8_t a[EDWARDS_LEN];
	uint8_t b[EDWARDS_LEN];

	/* The order minus 1 acts as -1 on prime order and as 4 on order 8. */
	hex_to(n, sizeof(n), ORDER);
	n[0]--;
	hex_to(t, sizeof(t), ORDER_8);
	edwards_mul_base(p, five);
	edwards_add(a, p, t);
	edwards_mul(a, n, a);
	mul_slowly(b, 4, t);
	edwards_sub(b, b, p);
	assert_memory_equal(a, b, sizeof(a));
}

static void the_cofactor_removes_what_is_small(void **state)
{
	(void)state;
	uint8_t p[EDWARDS_LEN];
	uint8_t t[EDWARDS_LEN];
	uint8_t eight[EDWARDS_LEN] = { 8 };
	uint8_t want[EDWARDS_LEN];

	hex_to(p, sizeof(p), GENERATOR);
	hex_to(t, sizeof(t), ORDER_8);
	edwards_mul_base(want, eight);
	edwards_add(p, p, t);
	edwards_mul_cofactor(p, p);
	assert_memory_equal(p, want, sizeof(want));
}

static void odd_encodings_are_read_as_what_they_mean(void **state)
{
	(void)state;
	uint8_t p[EDWARDS_LEN];
	uint8_t kept[EDWARDS_LEN];

	/* y = p + 1 with x = 0 and its sign set: the neutral element. */
	memset(p, 0xff, sizeof(p));
	p[0] = 0xee;
	assert_true(edwards_decode(p, p));
	assert_hex(p, sizeof(p), NEUTRAL);
	/* No point has y = 7. */
	memset(p, 0, sizeof(p));
	p[0] = 7;
	memcpy(kept, p, sizeof(p));
	assert_false(edwards_decode(p, p));
	assert_memory_equal(p, kept, sizeof(p));
}

static void scalars_end_below_the_order(void **state)
{
	(void)state;
	uint8_t n[EDWARDS_LEN];

	hex_to(n, sizeof(n), ORDER);
	assert_false(edwards_scalar_is_canonical(n));
	n[0]--;
	assert_true(edwards_scalar_is_canonical(n));
	n[0] += 2;
	assert_false(edwards_scalar_is_canonical(n));
	memset(n, 0, sizeof(n));
	assert_true(edwards_scalar_is_canonical(n));
	memset(n, 0xff, sizeof(n));
	assert_false(edwards_scalar_is_canonical(n));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(multiples_of_the_generator_add_up),
		cmocka_unit_test(small_order_components_multiply_too),
		cmocka_unit_test(a_large_scalar_on_a_mixed_point_is_linear),
		cmocka_unit_test(the_cofactor_removes_what_is_small),
		cmocka_unit_test(odd_encodings_are_read_as_what_they_mean),
		cmocka_unit_test(scalars_end_below_the_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
