/* tests/unit/clarity/base/test_hmap.c - Claims about clarity/base/hmap.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>

#include "clarity/base/check.h"
#include "clarity/base/hmap.h"
#include "tests/lib/alloc_fault.h"

/* Things to point at. */
static int things[4096];

/* The message is 00 01 02 … and the key zero; the values are those of another
 * implementation, the hasher of the Rust standard library. */
static void the_hash_is_siphash_1_3(void **state)
{
	(void)state;
	static const struct {
		size_t len;
		uint64_t hash;
	} want[] = {
		{ 0, 0xd1fba762150c532c },  { 1, 0x68a914128e01e473 },
		{ 7, 0x2f098ab0c751325a },  { 8, 0xead411e67ebe2eea },
		{ 9, 0x75927f9d95124362 },  { 15, 0xf30eb725bb91c9ea },
		{ 16, 0x8972188433a5c5b7 }, { 63, 0x385d3e39e5f37359 },
	};
	struct hmap_seed seed = { .k = { 0, 0 } };
	uint8_t text[64];

	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (uint8_t)i;
	for (size_t i = 0; i < COUNT_OF(want); i++)
		assert_true(hmap_hash(&seed, span_of(text, want[i].len)) ==
		            want[i].hash);
	seed.k[1] = 1;
	assert_true(hmap_hash(&seed, span_of(text, 8)) != want[3].hash);
}

static void iteration_follows_insertion_whatever_the_seed(void **state)
{
	(void)state;

	for (uint64_t s = 0; s < 5; s++) {
		struct hmap_seed seed = { .k = { s, s * s } };
		struct hmap m;
		uint32_t place = 0;

		hmap_init(&m, NULL, 4096, &seed);
		for (uint64_t i = 0; i < 1000; i++)
			assert_int_equal(hmap_put_u64(&m, i * 7919, &things[i]),
			                 ERR_OK);
		for (uint64_t i = 0; i < 1000; i++) {
			const struct hmap_entry *e = hmap_next(&m, &place);

			assert_true(e->num == i * 7919);
			assert_ptr_equal(e->value, &things[i]);
		}
		assert_null(hmap_next(&m, &place));
		hmap_fini(&m);
	}
}

static void a_known_key_keeps_its_place_and_gets_the_value(void **state)
{
	(void)state;
	struct hmap m;
	uint32_t place = 0;

	hmap_init(&m, NULL, 2, NULL);
	assert_int_equal(hmap_put(&m, span_str("a"), &things[0]), ERR_OK);
	assert_int_equal(hmap_put(&m, span_str("b"), &things[1]), ERR_OK);
	assert_int_equal(hmap_put(&m, span_str("a"), &things[2]), ERR_OK);
	assert_int_equal(m.n, 2);
	assert_ptr_equal(hmap_next(&m, &place)->value, &things[2]);
	assert_ptr_equal(hmap_next(&m, &place)->value, &things[1]);
	hmap_fini(&m);
}

static void the_maximum_counts_live_entries(void **state)
{
	(void)state;
	struct hmap m;

	hmap_init(&m, NULL, 3, NULL);
	for (uint64_t i = 0; i < 3; i++)
		assert_int_equal(hmap_put_u64(&m, i, NULL), ERR_OK);
	assert_int_equal(hmap_put_u64(&m, 3, NULL), ERR_TOO_LARGE);
	assert_int_equal(hmap_put_u64(&m, 2, NULL), ERR_OK);
	assert_true(hmap_del_u64(&m, 0));
	assert_int_equal(hmap_put_u64(&m, 3, NULL), ERR_OK);
	assert_int_equal(hmap_put_u64(&m, 4, NULL), ERR_TOO_LARGE);
	assert_false(hmap_has_u64(&m, 4));
	hmap_fini(&m);
}

static void absent_and_null_are_told_apart(void **state)
{
	(void)state;
	struct hmap m;

	hmap_init(&m, NULL, 10, NULL);
	assert_false(hmap_has(&m, span_str("")));
	assert_null(hmap_find(&m, span_str("")));
	assert_false(hmap_del(&m, span_str("")));
	assert_int_equal(hmap_put(&m, span_of(NULL, 0), NULL), ERR_OK);
	assert_true(hmap_has(&m, span_str("")));
	assert_null(hmap_get(&m, span_str("")));
	*hmap_find(&m, span_str("")) = &things[5];
	assert_ptr_equal(hmap_get(&m, span_str("")), &things[5]);
	assert_false(hmap_has(&m, span_of("\0", 1)));
	hmap_fini(&m);
}

static void deleting_keeps_the_order_of_the_rest(void **state)
{
	(void)state;
	struct hmap m;
	uint32_t place = 0;
	const struct hmap_entry *e;

	hmap_init(&m, NULL, 1000, NULL);
	for (uint64_t i = 0; i < 1000; i++)
		assert_int_equal(hmap_put_u64(&m, i, NULL), ERR_OK);
	while ((e = hmap_next(&m, &place))) {
		if (e->num % 3)
			assert_true(hmap_del_u64(&m, e->num));
	}
	assert_int_equal(m.n, 334);
	place = 0;
	for (uint64_t i = 0; i < 1000; i += 3)
		assert_true(hmap_next(&m, &place)->num == i);
	assert_null(hmap_next(&m, &place));
	hmap_fini(&m);
}

/* Keys come and go in a small window; the table must not grow for it. */
static void coming_and_going_reuses_the_room(void **state)
{
	(void)state;
	struct hmap m;

	hmap_init(&m, NULL, 8, NULL);
	for (uint64_t i = 0; i < 100000; i++) {
		assert_int_equal(hmap_put_u64(&m, i, &things[i % 100]), ERR_OK);
		if (i >= 7)
			assert_true(hmap_del_u64(&m, i - 7));
	}
	assert_true(m.cap <= 32);
	for (uint64_t i = 99993; i < 100000; i++)
		assert_ptr_equal(hmap_get_u64(&m, i), &things[i % 100]);
	hmap_fini(&m);
}

/* The model is an array indexed by key; every answer is compared. */
static void random_work_agrees_with_a_plain_array(void **state)
{
	(void)state;
	int *model[256] = { NULL };
	uint64_t rng = 1;
	struct hmap m;
	char keys[256][8];

	for (int i = 0; i < 256; i++)
		(void)snprintf(keys[i], sizeof(keys[i]), "k%d", i);
	hmap_init(&m, NULL, 256, NULL);
	for (int step = 0; step < 200000; step++) {
		rng = rng * 6364136223846793005u + 1442695040888963407u;
		size_t k = (rng >> 33) % 256;
		struct span key = span_str(keys[k]);

		if ((rng >> 60) % 3 == 0) {
			assert_int_equal(hmap_del(&m, key), model[k] != NULL);
			model[k] = NULL;
		} else {
			model[k] = &things[step % 4096];
			assert_int_equal(hmap_put(&m, key, model[k]), ERR_OK);
		}
		k = (rng >> 41) % 256;
		assert_ptr_equal(hmap_get(&m, span_str(keys[k])), model[k]);
	}
	hmap_fini(&m);
}

static void an_arena_map_lives_in_its_arena(void **state)
{
	(void)state;
	struct arena a;
	struct hmap m;

	arena_init(&a, 1 << 20);
	hmap_init(&m, &a, 1000, NULL);
	for (uint64_t i = 0; i < 1000; i++)
		assert_int_equal(hmap_put_u64(&m, i, &things[i]), ERR_OK);
	assert_ptr_equal(hmap_get_u64(&m, 999), &things[999]);
	arena_fini(&a);
}

static void an_emptied_map_starts_over(void **state)
{
	(void)state;
	struct hmap m;

	hmap_init(&m, NULL, 100, NULL);
	for (uint64_t i = 0; i < 100; i++)
		assert_int_equal(hmap_put_u64(&m, i, NULL), ERR_OK);
	hmap_reset(&m);
	assert_int_equal(m.n, 0);
	assert_false(hmap_has_u64(&m, 5));
	for (uint64_t i = 50; i < 150; i++)
		assert_int_equal(hmap_put_u64(&m, i, NULL), ERR_OK);
	assert_false(hmap_has_u64(&m, 5));
	assert_true(hmap_has_u64(&m, 149));
	hmap_fini(&m);
}

static void each_failing_allocation_leaves_the_map_as_it_was(void **state)
{
	(void)state;
	bool refused = true;

	for (size_t n = 0; refused; n++) {
		struct hmap m;
		uint64_t i = 0;

		hmap_init(&m, NULL, 1000, NULL);
		alloc_fault_after(n);
		while (i < 200 && hmap_put_u64(&m, i, &things[i]) == ERR_OK)
			i++;
		refused = alloc_fault_off();
		assert_int_equal(i == 200, !refused);
		assert_int_equal(m.n, i);
		for (uint64_t k = 0; k < 200; k++)
			assert_int_equal(hmap_has_u64(&m, k), k < i);
		assert_int_equal(hmap_put_u64(&m, 500, NULL), ERR_OK);
		hmap_fini(&m);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_hash_is_siphash_1_3),
		cmocka_unit_test(iteration_follows_insertion_whatever_the_seed),
		cmocka_unit_test(
		    a_known_key_keeps_its_place_and_gets_the_value),
		cmocka_unit_test(the_maximum_counts_live_entries),
		cmocka_unit_test(absent_and_null_are_told_apart),
		cmocka_unit_test(deleting_keeps_the_order_of_the_rest),
		cmocka_unit_test(coming_and_going_reuses_the_room),
		cmocka_unit_test(random_work_agrees_with_a_plain_array),
		cmocka_unit_test(an_arena_map_lives_in_its_arena),
		cmocka_unit_test(an_emptied_map_starts_over),
		cmocka_unit_test(
		    each_failing_allocation_leaves_the_map_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
