/* tests/unit/clarity/vm/test_mem_store.c - Claims about
 * clarity/vm/mem_store.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/vm/mem_store.h"

static void put(struct mem_store *s, const char *text, const char *tail,
                const char *value)
{
	struct store_key key = { .text = span_str(text),
		                 .tail = span_str(tail) };

	assert_int_equal(
	    s->store.ops->put(s, &key, span_str(value), STORE_TEXT), ERR_OK);
}

static void is(struct mem_store *s, const char *text, const char *tail,
               const char *want)
{
	struct store_key key = { .text = span_str(text),
		                 .tail = span_str(tail) };
	struct span got = { NULL, 0 };
	struct arena a;
	bool found;

	arena_init(&a, 1 << 16);
	assert_int_equal(s->store.ops->get(s, &a, &key, &got, &found), ERR_OK);
	assert_int_equal(found, want != NULL);
	if (want)
		assert_true(span_eq(got, span_str(want)));
	arena_fini(&a);
}

static void the_last_value_is_found(void **state)
{
	struct mem_store s;

	(void)state;
	mem_store_init(&s, 1 << 20);
	put(&s, "a", "b", "1");
	put(&s, "a", "b", "22");
	put(&s, "ab", "", "3");
	put(&s, "a", "", "");
	is(&s, "a", "b", "22");
	is(&s, "ab", "", "3");
	is(&s, "a", "", "");
	is(&s, "b", "a", NULL);
	mem_store_fini(&s);
}

static void all_entries_are_walked_in_the_order_of_first_writes(void **state)
{
	static const char *const texts[] = { "x", "y", "z" };
	struct mem_store s;
	struct store_key key;
	struct span bytes;
	uint32_t place = 0;

	(void)state;
	mem_store_init(&s, 1 << 20);
	for (int i = 0; i < 3; i++)
		put(&s, texts[i], "tail", "old");
	put(&s, "y", "tail", "new");
	for (int i = 0; i < 3; i++) {
		assert_true(mem_store_next(&s, &place, &key, &bytes));
		assert_true(span_eq(key.text, span_str(texts[i])));
		assert_true(span_eq(key.tail, span_str("tail")));
		assert_true(span_eq(bytes, span_str(i == 1 ? "new" : "old")));
	}
	assert_false(mem_store_next(&s, &place, &key, &bytes));
	mem_store_fini(&s);
}

static void facts_of_blocks_are_those_that_were_set(void **state)
{
	struct store_block block = { .time = 9, .id = { 1 } }, got;
	struct store_burn burn = { .hash = { 2 } }, got_burn;
	struct mem_store s;
	struct arena a;
	uint32_t height;
	bool found;

	(void)state;
	arena_init(&a, 1 << 16);
	mem_store_init(&s, 1 << 20);
	assert_int_equal(mem_store_set_block(&s, 5, &block), ERR_OK);
	assert_int_equal(mem_store_set_tenure(&s, 3, 5), ERR_OK);
	assert_int_equal(mem_store_set_burn(&s, 80, &burn), ERR_OK);
	assert_int_equal(s.store.ops->block(&s, &a, 5, &got, &found), ERR_OK);
	assert_true(found && got.time == 9 && got.id[0] == 1);
	assert_int_equal(s.store.ops->block(&s, &a, 4, &got, &found), ERR_OK);
	assert_false(found);
	assert_int_equal(s.store.ops->tenure(&s, 3, &height, &found), ERR_OK);
	assert_true(found && height == 5);
	assert_int_equal(s.store.ops->burn(&s, &a, 80, &got_burn, &found),
	                 ERR_OK);
	assert_true(found && got_burn.hash[0] == 2);
	assert_int_equal(s.store.ops->travel(&s, block.id, &found), ERR_OK);
	assert_false(found);
	mem_store_fini(&s);
	arena_fini(&a);
}

static void a_full_store_is_a_fault(void **state)
{
	struct store_key key = { .text = span_str("k") };
	struct mem_store s;
	uint8_t *big = calloc(1, 1 << 20);
	enum err e;

	(void)state;
	assert_non_null(big);
	mem_store_init(&s, 1 << 16);
	e = s.store.ops->put(&s, &key, span_of(big, 1 << 20), STORE_HEX);
	assert_int_equal(err_class(e), ERR_CLASS_FAULT);
	mem_store_fini(&s);
	free(big);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_value_is_found),
		cmocka_unit_test(
		    all_entries_are_walked_in_the_order_of_first_writes),
		cmocka_unit_test(facts_of_blocks_are_those_that_were_set),
		cmocka_unit_test(a_full_store_is_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
