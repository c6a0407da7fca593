/* tests/unit/sbtc/frost/test_frost_scalar.c - Claims about numbers modulo the
 * order: zero and the edges are handled, hashing follows RFC 9380. */
#include "config.h"

#include "tests/lib/unit.h"

#include "sbtc/frost/frost_point.h"
#include "sbtc/frost/frost_scalar.h"
#include "tests/lib/hex.h"

static const char order[] =
    "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

static struct frost_scalar minus_one(void)
{
	struct frost_scalar one = frost_scalar_of(1);

	return frost_scalar_negate(&one);
}

static void the_order_itself_is_refused_and_one_less_is_not(void **state)
{
	(void)state;
	struct frost_scalar s, less = minus_one();
	uint8_t bytes[FROST_SCALAR_LEN];

	hex_to(bytes, sizeof(bytes), order);
	assert_int_equal(frost_scalar_read(&s, bytes), ERR_BAD_KEY);
	bytes[31]--;
	assert_int_equal(frost_scalar_read(&s, bytes), ERR_OK);
	assert_true(frost_scalar_eq(&s, &less));
}

static void reducing_takes_the_order_once(void **state)
{
	(void)state;
	struct frost_scalar one = frost_scalar_of(1), s;
	uint8_t bytes[FROST_SCALAR_LEN];

	hex_to(bytes, sizeof(bytes), order);
	s = frost_scalar_reduce(bytes);
	assert_true(frost_scalar_is_zero(&s));
	bytes[31]++;
	s = frost_scalar_reduce(bytes);
	assert_true(frost_scalar_eq(&s, &one));
	memset(bytes, 0xff, sizeof(bytes));
	s = frost_scalar_reduce(bytes);
	assert_hex(
	    s.bytes, sizeof(s.bytes),
	    "000000000000000000000000000000014551231950b75fc4402da1732fc9b"
	    "ebe");
}

static void zero_adds_and_multiplies_as_zero_does(void **state)
{
	(void)state;
	struct frost_scalar zero = frost_scalar_of(0);
	struct frost_scalar one = frost_scalar_of(1), less = minus_one();
	struct frost_scalar s = frost_scalar_add(&one, &less);

	assert_true(frost_scalar_is_zero(&s));
	s = frost_scalar_add(&zero, &less);
	assert_true(frost_scalar_eq(&s, &less));
	s = frost_scalar_mul(&less, &zero);
	assert_true(frost_scalar_is_zero(&s));
	s = frost_scalar_negate(&zero);
	assert_true(frost_scalar_is_zero(&s));
	assert_true(frost_point_base(&zero).is_infinity);
}

static void a_number_times_its_inverse_is_one(void **state)
{
	(void)state;
	struct frost_scalar one = frost_scalar_of(1);

	for (uint64_t n = 1; n < 40; n++) {
		struct frost_scalar a = frost_scalar_of(n * n * 77777);
		struct frost_scalar b = frost_scalar_invert(&a);

		b = frost_scalar_mul(&a, &b);
		assert_true(frost_scalar_eq(&b, &one));
	}
}

static void opposite_points_add_up_to_infinity(void **state)
{
	(void)state;
	struct frost_scalar n = frost_scalar_of(12345);
	struct frost_point p = frost_point_base(&n);
	struct frost_point q = frost_point_negate(&p);
	struct frost_point sum = frost_point_add(&p, &q);

	assert_true(sum.is_infinity);
	sum = frost_point_add(&sum, &p);
	assert_true(frost_point_eq(&sum, &p));
	assert_false(frost_point_eq(&p, &q));
	assert_true(frost_point_is_even(&p) != frost_point_is_even(&q));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_order_itself_is_refused_and_one_less_is_not),
		cmocka_unit_test(reducing_takes_the_order_once),
		cmocka_unit_test(zero_adds_and_multiplies_as_zero_does),
		cmocka_unit_test(a_number_times_its_inverse_is_one),
		cmocka_unit_test(opposite_points_add_up_to_infinity),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
