/*
 * tests/unit/sbtc/peg/test_peg_idpack.c - Claims about
 * sbtc/peg/peg_idpack.c.
 *
 * Vectors: sBTC, sbtc/src/idpack.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "sbtc/peg/peg_idpack.h"
#include "tests/lib/hex.h"

#define IDS_MAX 16

struct row {
	uint32_t n;
	uint64_t ids[IDS_MAX];
	const char *hex;
};

static const struct row rows[] = {
	{ 1, { 10 }, "0a00" },
	{ 3, { 10, 11, 12 }, "0a0103" },
	{ 3, { 10, 11, 18 }, "0a0181" },
	{ 4, { 10, 11, 18, 26 }, "0a028180" },
	{ 5, { 0, 8, 16, 24, 32 }, "000480808080" },
	{ 1, { 42 }, "2a00" },
	{ 9,
	  { 10, 11, 12, 100, 101, 200, 201, 202, 203 },
	  "0a0103580101630107" },
	{ 0, { 0 }, "" },
};

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 24);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

static void assert_reads(const uint64_t *ids, uint32_t n, struct span packed)
{
	const uint64_t *got;
	uint32_t n_got;

	assert_int_equal(peg_idpack_read(&arena, &got, &n_got, packed), ERR_OK);
	assert_int_equal(n_got, n);
	assert_memory_equal(got, ids, n * sizeof(*ids));
}

static void the_published_packings_come_out(void **state)
{
	(void)state;
	for (const struct row *r = rows; r->n > 0; r++) {
		struct buf b;

		buf_init(&b, 1024);
		assert_int_equal(peg_idpack_write(&b, r->ids, r->n), ERR_OK);
		assert_hex(b.p, b.len, r->hex);
		assert_reads(r->ids, r->n, buf_span(&b));
		buf_fini(&b);
	}
}

/* A list that nobody would write so, as joining is shorter. */
static void other_segments_are_read_too(void **state)
{
	(void)state;
	static const uint64_t ids[] = { 10, 11, 12, 20, 21, 22 };
	uint8_t bytes[8];
	size_t len = hex_to(bytes, sizeof(bytes), "0a0103080103");

	assert_reads(ids, 6, span_of(bytes, len));
}

static uint32_t segments(struct span packed)
{
	struct cursor c = cursor_of(packed);
	uint32_t n = 0;
	uint8_t byte;

	for (; cursor_left(&c) > 0; n++) {
		const uint8_t *bits;

		do
			assert_int_equal(cursor_u8(&c, &byte), ERR_OK);
		while (byte & 0x80);
		assert_int_equal(cursor_u8(&c, &byte), ERR_OK);
		assert_true(byte < 0x80);
		assert_int_equal(cursor_read(&c, byte, &bits), ERR_OK);
	}
	return n;
}

static void gaps_split_where_that_is_shorter(void **state)
{
	(void)state;
	static const struct {
		uint32_t n;
		uint64_t ids[IDS_MAX];
		uint32_t segments;
	} gaps[] = {
		{ 2, { 1, 1000000 }, 2 },
		{ 2, { 10, 26 }, 1 },
		{ 2, { 10, 27 }, 2 },
		{ 2, { 10000, 10024 }, 2 },
		{ 4, { 1, 2, 50000, 50001 }, 2 },
		{ 4, { 1, 1000000, 1000001, 2000000 }, 3 },
		{ 5, { 1, 1000, 10000, 10001, 100000 }, 4 },
		{ 10, { 1, 11, 21, 31, 41, 51, 61, 71, 81, 91 }, 1 },
		{ 6, { 1, 2, 3, 10000, 20000, 30000 }, 4 },
		{ 0, { 0 }, 0 },
	};

	for (unsigned i = 0; gaps[i].n > 0; i++) {
		struct buf b;

		buf_init(&b, 1024);
		assert_int_equal(peg_idpack_write(&b, gaps[i].ids, gaps[i].n),
		                 ERR_OK);
		assert_int_equal(segments(buf_span(&b)), gaps[i].segments);
		assert_reads(gaps[i].ids, gaps[i].n, buf_span(&b));
		buf_fini(&b);
	}
}

static void six_hundred_neighbours_fit_an_op_return(void **state)
{
	(void)state;
	static uint64_t ids[607];
	struct buf b;

	for (uint64_t i = 0; i < 607; i++)
		ids[i] = 90 + i;
	for (uint32_t n = 600; n < 607; n++) {
		buf_init(&b, 77);
		assert_int_equal(peg_idpack_write(&b, ids, n),
		                 n <= 601 ? ERR_OK : ERR_TOO_LARGE);
		buf_fini(&b);
	}
}

static void the_ends_of_64_bits_are_ids(void **state)
{
	(void)state;
	static const uint64_t ids[] = { 0, 1, UINT64_MAX - 1, UINT64_MAX };
	struct buf b;

	buf_init(&b, 64);
	assert_int_equal(peg_idpack_write(&b, ids, 4), ERR_OK);
	assert_reads(ids, 4, buf_span(&b));
	buf_fini(&b);
}

static void a_list_ascends(void **state)
{
	(void)state;
	static const uint64_t twice[] = { 3, 3 };
	static const uint64_t back[] = { 4, 3 };
	struct buf b;

	buf_init(&b, 64);
	assert_int_equal(peg_idpack_write(&b, twice, 2), ERR_PEG_ORDER);
	assert_int_equal(peg_idpack_write(&b, back, 2), ERR_PEG_ORDER);
	buf_fini(&b);
}

static void what_is_no_packing_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *hex;
		enum err want;
	} bad[] = {
		{ "", ERR_PEG_IDPACK },
		{ "0a", ERR_TRUNCATED },
		{ "8a", ERR_TRUNCATED },
		{ "0a01", ERR_TRUNCATED },
		{ "0a0103"
		  "00"
		  "00",
		  ERR_PEG_IDPACK }, /* no gap */
		{ "0a000a", ERR_TRUNCATED },
		{ "ffffffffffffffffff0200", ERR_PEG_IDPACK }, /* 65 bits */
		{ "ffffffffffffffffff0101"
		  "01",
		  ERR_PEG_IDPACK }, /* 2^64 */
		{ "ffffffffffffffffff0100"
		  "0100",
		  ERR_PEG_IDPACK },
		{ NULL, ERR_OK },
	};
	const uint64_t *ids;
	uint32_t n;

	for (unsigned i = 0; bad[i].hex; i++) {
		uint8_t bytes[64];
		size_t len = hex_to(bytes, sizeof(bytes), bad[i].hex);

		assert_int_equal(
		    peg_idpack_read(&arena, &ids, &n, span_of(bytes, len)),
		    bad[i].want);
	}
}

static void a_packing_holds_so_many_ids_and_no_more(void **state)
{
	(void)state;
	static uint8_t bytes[4 + PEG_IDPACK_IDS_MAX / 8 + 1];
	const uint64_t *ids;
	uint32_t n;
	uint32_t len = PEG_IDPACK_IDS_MAX / 8; /* and the first id */

	memset(bytes, 0xff, sizeof(bytes));
	bytes[0] = 0;
	bytes[1] = (uint8_t)(len | 0x80);
	bytes[2] = (uint8_t)(len >> 7 | 0x80);
	bytes[3] = (uint8_t)(len >> 14);
	assert_int_equal(
	    peg_idpack_read(&arena, &ids, &n, span_of(bytes, 4 + len)),
	    ERR_PEG_IDPACK);
	bytes[4] = 0xfe;
	assert_int_equal(
	    peg_idpack_read(&arena, &ids, &n, span_of(bytes, 4 + len)), ERR_OK);
	assert_int_equal(n, PEG_IDPACK_IDS_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_published_packings_come_out),
		cmocka_unit_test(other_segments_are_read_too),
		cmocka_unit_test(gaps_split_where_that_is_shorter),
		cmocka_unit_test(six_hundred_neighbours_fit_an_op_return),
		cmocka_unit_test(the_ends_of_64_bits_are_ids),
		cmocka_unit_test(a_list_ascends),
		cmocka_unit_test(what_is_no_packing_is_refused),
		cmocka_unit_test(a_packing_holds_so_many_ids_and_no_more),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
