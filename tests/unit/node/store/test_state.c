/* tests/unit/node/store/test_state.c - Claims about the flat state: blocks are
 * taken back and brought on without a trace, and survive on disk. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <string.h>

#include "node/store/state.h"

static void put(struct state *s, const char *key, const char *value)
{
	assert_int_equal(state_put(s, span_str(key), span_str(value)), ERR_OK);
}

static void expect(const struct state *s, const char *key, const char *value)
{
	struct span got;

	assert_int_equal(state_get(s, span_str(key), &got), value != NULL);
	if (value)
		assert_true(span_eq(got, span_str(value)));
}

static struct state_diff *end(struct state *s)
{
	struct state_diff *d;

	assert_int_equal(state_end(s, &d), ERR_OK);
	return d;
}

static void a_dropped_block_leaves_no_trace(void **state)
{
	(void)state;
	struct state *s = state_new(100, 1 << 20, NULL);

	state_begin(s);
	put(s, "a", "1");
	state_diff_free(s, end(s));
	state_begin(s);
	put(s, "a", "2");
	put(s, "a", "3");
	put(s, "b", "new");
	expect(s, "a", "3");
	expect(s, "b", "new");
	assert_int_equal(state_count(s), 2);
	state_drop(s);
	expect(s, "a", "1");
	expect(s, "b", NULL);
	assert_int_equal(state_count(s), 1);
	state_free(s);
}

static void two_blocks_go_back_and_come_again(void **state)
{
	(void)state;
	struct state *s = state_new(100, 1 << 20, NULL);
	struct state_diff *first, *second;

	state_begin(s);
	put(s, "a", "1");
	put(s, "b", "1");
	first = end(s);
	state_begin(s);
	put(s, "a", "2");
	put(s, "c", "2");
	put(s, "a", "22");
	second = end(s);
	assert_int_equal(state_diff_count(second), 2);
	for (int round = 0; round < 3; round++) {
		state_swap(s, second);
		expect(s, "a", "1");
		expect(s, "c", NULL);
		state_swap(s, first);
		expect(s, "a", NULL);
		expect(s, "b", NULL);
		state_swap(s, first);
		state_swap(s, second);
		expect(s, "a", "22");
		expect(s, "b", "1");
		expect(s, "c", "2");
	}
	state_diff_free(s, first);
	state_diff_free(s, second);
	state_free(s);
}

/* A fork: back over one block, and on over another. */
static void siblings_do_not_see_each_other(void **state)
{
	(void)state;
	struct state *s = state_new(100, 1 << 20, NULL);
	struct state_diff *one, *other;

	state_begin(s);
	put(s, "a", "one");
	put(s, "only one", "x");
	one = end(s);
	state_swap(s, one);
	state_begin(s);
	put(s, "a", "other");
	other = end(s);
	expect(s, "a", "other");
	expect(s, "only one", NULL);
	state_swap(s, other);
	state_swap(s, one);
	expect(s, "a", "one");
	expect(s, "only one", "x");
	state_diff_free(s, one);
	state_diff_free(s, other);
	state_free(s);
}

static void a_key_need_not_outlive_its_write(void **state)
{
	(void)state;
	struct state *s = state_new(100, 1 << 20, NULL);
	char key[2] = "a";

	state_begin(s);
	put(s, key, "1");
	put(s, key, "2");
	key[0] = 'b';
	expect(s, "a", "2");
	expect(s, "b", NULL);
	state_diff_free(s, end(s));
	state_begin(s);
	key[0] = 'a';
	put(s, key, "3");
	key[0] = 'b';
	state_drop(s);
	expect(s, "a", "2");
	state_free(s);
}

static void a_full_state_refuses_and_stays_whole(void **state)
{
	(void)state;
	struct state *s = state_new(2, 1 << 20, NULL);

	state_begin(s);
	put(s, "a", "1");
	put(s, "b", "1");
	assert_int_equal(state_put(s, span_str("c"), span_str("1")),
	                 ERR_NO_MEMORY);
	put(s, "a", "2");
	expect(s, "c", NULL);
	state_drop(s);
	expect(s, "a", NULL);
	assert_int_equal(state_count(s), 0);
	state_free(s);
}

/* A second state that is told what diffs hold. */
static void load(void *ctx, struct span key, struct span value)
{
	assert_int_equal(state_load(ctx, key, value), ERR_OK);
}

static void what_diffs_tell_is_loaded_again(void **state)
{
	(void)state;
	struct state *s = state_new(100, 1 << 20, NULL);
	struct state *again = state_new(100, 1 << 20, NULL);
	struct state_diff *diffs[2];

	state_begin(s);
	put(s, "a", "1");
	put(s, "b", "1");
	diffs[0] = end(s);
	state_begin(s);
	put(s, "a", "2");
	put(s, "c", "2");
	diffs[1] = end(s);
	/* And back over the second block, whose key c then holds nothing. */
	state_swap(s, diffs[1]);
	state_tell(s, diffs, 2, load, again);
	expect(again, "a", "1");
	expect(again, "b", "1");
	expect(again, "c", NULL);
	assert_int_equal(state_count(again), 2);
	state_free(again);
	state_diff_free(s, diffs[0]);
	state_diff_free(s, diffs[1]);
	state_free(s);
}

/* Counts; each key is told once. */
static void count(void *ctx, struct span key, struct span value)
{
	(void)key;
	(void)value;
	(*(uint32_t *)ctx)++;
}

static void a_key_of_two_diffs_is_told_once(void **state)
{
	(void)state;
	struct state *s = state_new(100, 1 << 20, NULL);
	struct state_diff *diffs[2];
	uint32_t told = 0;

	for (uint32_t i = 0; i < 2; i++) {
		state_begin(s);
		put(s, "a", "1");
		diffs[i] = end(s);
	}
	state_tell(s, diffs, 2, count, &told);
	state_tell(s, diffs, 2, count, &told);
	assert_int_equal(told, 2);
	state_diff_free(s, diffs[0]);
	state_diff_free(s, diffs[1]);
	state_free(s);
}

static void a_write_tells_whether_the_key_was_there(void **state)
{
	(void)state;
	struct state *s = state_new(100, 1 << 20, NULL);
	bool was_there;

	state_begin(s);
	assert_int_equal(state_set(s, span_str("a"), span_str("1"), &was_there),
	                 ERR_OK);
	assert_false(was_there);
	assert_int_equal(state_set(s, span_str("a"), span_str("2"), &was_there),
	                 ERR_OK);
	assert_true(was_there);
	state_drop(s);
	state_begin(s);
	assert_int_equal(state_set(s, span_str("a"), span_str("3"), &was_there),
	                 ERR_OK);
	assert_false(was_there);
	state_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_dropped_block_leaves_no_trace),
		cmocka_unit_test(two_blocks_go_back_and_come_again),
		cmocka_unit_test(siblings_do_not_see_each_other),
		cmocka_unit_test(a_key_need_not_outlive_its_write),
		cmocka_unit_test(a_full_state_refuses_and_stays_whole),
		cmocka_unit_test(what_diffs_tell_is_loaded_again),
		cmocka_unit_test(a_key_of_two_diffs_is_told_once),
		cmocka_unit_test(a_write_tells_whether_the_key_was_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
