/* tests/unit/node/store/test_node_cache.c - Claims about nodes kept in memory:
 * what is found is what was put, and what is asked for stays. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/store/node_cache.h"

#define BYTES ((size_t)1 << 20)
#define LEN 200u

static void put(struct node_cache *c, uint32_t block, uint32_t index)
{
	uint8_t record[LEN];

	memset(record, (int)(block * 7 + index), sizeof(record));
	node_cache_put(c, block, index, span_of(record, sizeof(record)));
}

static bool has(struct node_cache *c, uint32_t block, uint32_t index)
{
	struct span got;

	if (!node_cache_get(c, block, index, &got))
		return false;
	assert_int_equal(got.len, LEN);
	assert_int_equal(got.p[0], (uint8_t)(block * 7 + index));
	assert_int_equal(got.p[LEN - 1], (uint8_t)(block * 7 + index));
	return true;
}

static void block_and_index_tell_nodes_apart(void **state)
{
	(void)state;
	struct node_cache c;

	node_cache_init(&c, BYTES);
	put(&c, 1, 2);
	put(&c, 2, 1);
	assert_true(has(&c, 1, 2));
	assert_true(has(&c, 2, 1));
	assert_false(has(&c, 1, 1));
	node_cache_reset(&c);
	assert_false(has(&c, 1, 2));
	node_cache_fini(&c);
}

static void what_is_asked_for_outlives_what_is_not(void **state)
{
	(void)state;
	struct node_cache c;
	uint32_t kept = 0;

	node_cache_init(&c, BYTES);
	put(&c, 0, 0);
	put(&c, 0, 1);
	for (uint32_t i = 1; i < 20000; i++) {
		put(&c, i, 0);
		assert_true(has(&c, 0, 0));
	}
	assert_false(has(&c, 0, 1));
	for (uint32_t i = 1; i < 20000; i++)
		kept += has(&c, i, 0);
	/* No more than the maximum holds. */
	assert_in_range(kept, 100, BYTES / LEN);
	node_cache_fini(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(block_and_index_tell_nodes_apart),
		cmocka_unit_test(what_is_asked_for_outlives_what_is_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
