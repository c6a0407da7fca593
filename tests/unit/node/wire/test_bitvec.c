/* tests/unit/node/wire/test_bitvec.c - Claims about node/wire/bitvec.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/base/num.h"
#include "node/wire/bitvec.h"

#define MAX 4000u

/* Bits, a byte count, and as many bytes as the room has. */
static enum err read(struct bitvec *ret, uint16_t n, uint32_t count)
{
	static uint8_t bytes[6 + 1024];
	struct cursor c = cursor_of(span_of(bytes, sizeof(bytes)));

	be16_write(bytes, n);
	be32_write(bytes + 2, count);
	return bitvec_read(ret, &c, MAX);
}

static void the_count_of_bits_has_both_ends(void **state)
{
	(void)state;
	struct bitvec v;

	assert_int_equal(read(&v, 0, 0), ERR_WIRE_BITVEC);
	assert_int_equal(read(&v, 1, 1), ERR_OK);
	assert_int_equal(read(&v, MAX - 1, 500), ERR_OK);
	assert_int_equal(read(&v, MAX, 500), ERR_OK);
	assert_int_equal(v.n, MAX);
	assert_int_equal(read(&v, MAX + 1, 501), ERR_WIRE_BITVEC);
	assert_int_equal(read(&v, UINT16_MAX, 8192), ERR_WIRE_BITVEC);
}

static void the_count_of_bytes_must_fit(void **state)
{
	(void)state;
	struct bitvec v;

	assert_int_equal(read(&v, 8, 1), ERR_OK);
	assert_int_equal(read(&v, 9, 2), ERR_OK);
	assert_int_equal(read(&v, 8, 2), ERR_WIRE_BITVEC);
	assert_int_equal(read(&v, 9, 1), ERR_WIRE_BITVEC);
	assert_int_equal(read(&v, 8, UINT32_MAX), ERR_WIRE_BITVEC);
}

static void the_lowest_bit_comes_first(void **state)
{
	(void)state;
	static const uint8_t bytes[] = { 0, 10, 0, 0, 0, 2, 0x05, 0x02 };
	struct cursor c = cursor_of(span_of(bytes, sizeof(bytes)));
	struct bitvec v;

	assert_int_equal(bitvec_read(&v, &c, MAX), ERR_OK);
	for (uint16_t i = 0; i < 10; i++)
		assert_int_equal(bitvec_get(&v, i), i == 0 || i == 2 || i == 9);
}

static void unused_bits_come_back_as_they_were(void **state)
{
	(void)state;
	static const uint8_t bytes[] = { 0, 1, 0, 0, 0, 1, 0xff };
	struct cursor c = cursor_of(span_of(bytes, sizeof(bytes)));
	struct bitvec v;
	struct buf b;

	buf_init(&b, 64);
	assert_int_equal(bitvec_read(&v, &c, MAX), ERR_OK);
	assert_int_equal(bitvec_write(&b, &v), ERR_OK);
	assert_int_equal(b.len, sizeof(bytes));
	assert_memory_equal(b.p, bytes, sizeof(bytes));
	buf_fini(&b);
}

static void a_short_input_is_no_vector(void **state)
{
	(void)state;
	static const uint8_t bytes[] = { 0, 9, 0, 0, 0, 2, 1, 1 };
	struct bitvec v;

	for (size_t len = 0; len < sizeof(bytes); len++) {
		struct cursor c = cursor_of(span_of(bytes, len));

		assert_int_equal(bitvec_read(&v, &c, MAX), ERR_TRUNCATED);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_count_of_bits_has_both_ends),
		cmocka_unit_test(the_count_of_bytes_must_fit),
		cmocka_unit_test(the_lowest_bit_comes_first),
		cmocka_unit_test(unused_bits_come_back_as_they_were),
		cmocka_unit_test(a_short_input_is_no_vector),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
