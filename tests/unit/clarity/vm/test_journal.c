/* tests/unit/clarity/vm/test_journal.c - writes, nested and undone. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <string.h>

#include "clarity/vm/journal.h"
#include "tests/lib/vm_case.h"

struct world {
	struct vm_case state;
	struct arena arena;
	struct journal journal;
};

static void open_world(struct world *w)
{
	vm_case_open(&w->state);
	arena_init(&w->arena, 1 << 24);
	journal_init(&w->journal, &w->arena, &w->state.store);
}

static void close_world(struct world *w)
{
	arena_fini(&w->arena);
	vm_case_close(&w->state);
}

static void write_key(struct world *w, const char *key, const char *value)
{
	struct store_key k = { .text = span_str(key) };

	assert_int_equal(journal_write(&w->journal, &k,
	                               journal_hash_text(k.text),
	                               span_str(value), STORE_TEXT),
	                 ERR_OK);
}

static const struct journal_entry *read_key(struct world *w, const char *key)
{
	struct store_key k = { .text = span_str(key) };
	struct journal_entry *e;

	assert_int_equal(
	    journal_read(&w->journal, &k, journal_hash_text(k.text), &e),
	    ERR_OK);
	return e;
}

static void assert_flushed(struct world *w, const char *writes)
{
	assert_int_equal(journal_flush(&w->journal), ERR_OK);
	assert_string_equal(buf_str(&w->state.writes), writes);
}

static void keys_are_handed_over_as_they_were_first_written(void **state)
{
	struct world w;

	(void)state;
	open_world(&w);
	(void)read_key(&w, "c");
	write_key(&w, "b", "1");
	write_key(&w, "a", "2");
	write_key(&w, "b", "3");
	write_key(&w, "c", "4");
	assert_flushed(&w, "[\"b\",\"3\"],[\"a\",\"2\"],[\"c\",\"4\"]");
	close_world(&w);
}

static void a_write_that_was_undone_has_no_place(void **state)
{
	struct world w;
	uint32_t mark;

	(void)state;
	open_world(&w);
	mark = journal_mark(&w.journal);
	write_key(&w, "a", "1");
	write_key(&w, "z", "1");
	journal_rollback(&w.journal, mark);
	assert_int_equal(read_key(&w, "a")->state, JOURNAL_ABSENT);
	write_key(&w, "b", "2");
	write_key(&w, "a", "3");
	assert_flushed(&w, "[\"b\",\"2\"],[\"a\",\"3\"]");
	close_world(&w);
}

static void undoing_leads_back_to_the_outer_write(void **state)
{
	struct world w;
	uint32_t mark;

	(void)state;
	open_world(&w);
	write_key(&w, "a", "outer");
	mark = journal_mark(&w.journal);
	write_key(&w, "a", "inner");
	journal_rollback(&w.journal, mark);
	assert_memory_equal(read_key(&w, "a")->bytes.p, "outer", 5);
	assert_flushed(&w, "[\"a\",\"outer\"]");
	close_world(&w);
}

static void many_keys_are_all_kept(void **state)
{
	struct world w;
	char key[16];

	(void)state;
	open_world(&w);
	for (int i = 0; i < 1000; i++) {
		(void)snprintf(key, sizeof(key), "key%d", i);
		write_key(&w, key, "x");
	}
	for (int i = 0; i < 1000; i++) {
		(void)snprintf(key, sizeof(key), "key%d", i);
		assert_int_equal(read_key(&w, key)->state, JOURNAL_DIRTY);
	}
	journal_rollback(&w.journal, 0);
	assert_flushed(&w, "");
	close_world(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    keys_are_handed_over_as_they_were_first_written),
		cmocka_unit_test(a_write_that_was_undone_has_no_place),
		cmocka_unit_test(undoing_leads_back_to_the_outer_write),
		cmocka_unit_test(many_keys_are_all_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
