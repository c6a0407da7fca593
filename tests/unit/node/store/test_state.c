/* tests/unit/node/store/test_state.c - Claims about the flat state: blocks are
 * taken back and brought on without a trace, and survive on disk. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <string.h>

#include "node/store/state.h"
#include "tests/lib/temp_dir.h"

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

static const char *const families[] = { "state" };

static void what_diffs_write_is_loaded_again(void **state)
{
	(void)state;
	char path[TEMP_DIR_MAX], why[KV_WHY_MAX];
	struct kv_options o = { .path = path,
		                .families = families,
		                .n_families = 1,
		                .may_create = true };
	struct state *s = state_new(100, 1 << 20, NULL), *again;
	struct kv_batch *batch = kv_batch_new();
	struct state_diff *first, *second;
	struct kv *kv;

	temp_dir_make(path);
	assert_int_equal(kv_open(&kv, &o, why), ERR_OK);
	state_begin(s);
	put(s, "a", "1");
	put(s, "b", "1");
	first = end(s);
	state_diff_write(first, kv, batch, 0);
	state_begin(s);
	put(s, "a", "2");
	put(s, "c", "2");
	second = end(s);
	state_diff_write(second, kv, batch, 0);
	/* And back over the second block. */
	state_swap(s, second);
	state_diff_write(second, kv, batch, 0);
	assert_int_equal(kv_write(kv, batch, true), ERR_OK);
	again = state_new(100, 1 << 20, NULL);
	assert_int_equal(state_load(again, kv, 0), ERR_OK);
	expect(again, "a", "1");
	expect(again, "b", "1");
	expect(again, "c", NULL);
	assert_int_equal(state_count(again), 2);
	state_free(again);
	state_diff_free(s, first);
	state_diff_free(s, second);
	state_free(s);
	kv_batch_free(batch);
	kv_close(kv);
	temp_dir_remove(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_dropped_block_leaves_no_trace),
		cmocka_unit_test(two_blocks_go_back_and_come_again),
		cmocka_unit_test(siblings_do_not_see_each_other),
		cmocka_unit_test(a_key_need_not_outlive_its_write),
		cmocka_unit_test(a_full_state_refuses_and_stays_whole),
		cmocka_unit_test(what_diffs_write_is_loaded_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
