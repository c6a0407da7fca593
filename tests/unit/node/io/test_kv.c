/* tests/unit/node/io/test_kv.c - Claims about the database: batches are whole,
 * order is kept, damage is refused and said. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "node/io/kv.h"
#include "tests/lib/temp_dir.h"

static const char *const families[] = { "one", "two" };

struct fixture {
	char path[TEMP_DIR_MAX];
	char why[KV_WHY_MAX];
	struct kv *kv;
	struct arena arena;
	struct kv_batch *batch;
};

static enum err open_db(struct fixture *f, bool may_create)
{
	struct kv_options o = { .path = f->path,
		                .families = families,
		                .n_families = 2,
		                .may_create = may_create };

	return kv_open(&f->kv, &o, f->why);
}

static int set_up(void **state)
{
	static struct fixture f;

	f = (struct fixture){ 0 };
	temp_dir_make(f.path);
	arena_init(&f.arena, 1 << 20);
	f.batch = kv_batch_new();
	assert_int_equal(open_db(&f, true), ERR_OK);
	*state = &f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	kv_close(f->kv);
	kv_batch_free(f->batch);
	arena_fini(&f->arena);
	temp_dir_remove(f->path);
	return 0;
}

static void put(struct fixture *f, uint32_t family, const char *k,
                const char *v)
{
	kv_batch_put(f->batch, f->kv, family, span_str(k), span_str(v));
}

static void write_all(struct fixture *f)
{
	assert_int_equal(kv_write(f->kv, f->batch, true), ERR_OK);
	kv_batch_clear(f->batch);
}

static void expect(struct fixture *f, uint32_t family, const char *k,
                   const char *v)
{
	struct span got;
	bool found;

	assert_int_equal(
	    kv_get(f->kv, &f->arena, family, span_str(k), &got, &found),
	    ERR_OK);
	assert_int_equal(found, v != NULL);
	if (v)
		assert_true(span_eq(got, span_str(v)));
}

static void what_is_written_is_there_after_reopening(void **state)
{
	struct fixture *f = *state;

	put(f, 0, "key", "first");
	put(f, 1, "key", "second");
	write_all(f);
	kv_close(f->kv);
	assert_int_equal(open_db(f, false), ERR_OK);
	expect(f, 0, "key", "first");
	expect(f, 1, "key", "second");
	expect(f, 1, "nothing", NULL);
	assert_int_equal(kv_check(f->kv), ERR_OK);
}

static void a_batch_that_is_not_written_leaves_nothing(void **state)
{
	struct fixture *f = *state;

	put(f, 0, "key", "value");
	expect(f, 0, "key", NULL);
	kv_batch_clear(f->batch);
	write_all(f);
	expect(f, 0, "key", NULL);
}

static void a_range_ends_before_its_last_key(void **state)
{
	struct fixture *f = *state;

	put(f, 0, "a", "1");
	put(f, 0, "b", "2");
	put(f, 0, "c", "3");
	write_all(f);
	kv_batch_del_range(f->batch, f->kv, 0, span_str("a"), span_str("c"));
	kv_batch_del(f->batch, f->kv, 0, span_str("d"));
	write_all(f);
	expect(f, 0, "a", NULL);
	expect(f, 0, "b", NULL);
	expect(f, 0, "c", "3");
}

static void keys_come_in_byte_order_from_where_asked(void **state)
{
	struct fixture *f = *state;
	struct span key, value;
	bool found;
	char seen[8] = "";

	put(f, 0, "c", "3");
	put(f, 0, "a", "1");
	put(f, 0, "b", "2");
	put(f, 1, "bb", "other family");
	write_all(f);

	struct kv_iter *it = kv_iter_open(f->kv, 0, span_str("b"));

	for (;;) {
		assert_int_equal(kv_iter_next(it, &key, &value, &found),
		                 ERR_OK);
		if (!found)
			break;
		strncat(seen, (const char *)key.p, key.len);
	}
	assert_int_equal(kv_iter_next(it, &key, &value, &found), ERR_OK);
	assert_false(found);
	kv_iter_close(it);
	assert_string_equal(seen, "bc");
}

static void a_missing_database_is_refused_with_a_reason(void **state)
{
	struct fixture *f = *state;
	struct kv_options o = { .path = "/nonexistent/folder",
		                .families = families,
		                .n_families = 2 };
	struct kv *kv = NULL;

	assert_int_equal(kv_open(&kv, &o, f->why), ERR_STORE_OPEN);
	assert_null(kv);
	assert_true(strlen(f->why) > 0);
}

static void a_database_in_use_is_refused(void **state)
{
	struct fixture *f = *state;
	struct kv *first = f->kv;

	assert_int_equal(open_db(f, true), ERR_STORE_OPEN);
	assert_non_null(strstr(f->why, "lock"));
	f->kv = first;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    what_is_written_is_there_after_reopening, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    a_batch_that_is_not_written_leaves_nothing, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    a_range_ends_before_its_last_key, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    keys_come_in_byte_order_from_where_asked, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    a_missing_database_is_refused_with_a_reason, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(a_database_in_use_is_refused,
		                                set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
