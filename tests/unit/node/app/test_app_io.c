/* tests/unit/node/app/test_app_io.c - Claims about node/app/app_io.c. */
#include "config.h"

#include "tests/unit/node/app/app_case.h"

#include <stdlib.h>

#include "node/app/app_io.h"
#include "tests/unit/node/app/app_run.h"

static void a_dash_stands_for_standard_input(void **state)
{
	(void)state;
	struct arena a;
	struct span text;

	arena_init(&a, 1 << 20);
	env_sim_input(app_sim, "from the stream");
	OK(app_io_read(&app_env, &a, "-", 100, &text));
	assert_true(span_eq(text, span_str("from the stream")));
	app_file("/f", "from the file");
	OK(app_io_read(&app_env, &a, "/f", 100, &text));
	assert_true(span_eq(text, span_str("from the file")));
	assert_int_equal(app_io_read(&app_env, &a, "/none", 100, &text),
	                 ERR_ABSENT);
	arena_fini(&a);
}

/* The maximum is exact for the stream as it is for a file. */
static void inputs_end_at_their_maximum(void **state)
{
	(void)state;
	static char bytes[10001];

	memset(bytes, 'x', sizeof(bytes) - 1);
	for (size_t max = 9999; max <= 10001; max++) {
		enum err want = max < 10000 ? ERR_TOO_LARGE : ERR_OK;
		struct arena a;
		struct span text = span_of(NULL, 0);

		app_close(NULL);
		app_open(NULL);
		arena_init(&a, 1 << 20);
		env_sim_input(app_sim, bytes);
		assert_int_equal(app_io_read(&app_env, &a, "-", max, &text),
		                 want);
		assert_int_equal(text.len, want == ERR_OK ? 10000 : 0);
		app_file("/f", bytes);
		assert_int_equal(app_io_read(&app_env, &a, "/f", max, &text),
		                 want);
		arena_fini(&a);
	}
}

static void a_secret_has_no_blanks_around_it(void **state)
{
	(void)state;
	struct app_secret s;

	app_file("/s", " \t two words \r\n\n");
	OK(app_io_secret(&app_env, "/s", &s));
	assert_int_equal(s.len, 9);
	assert_memory_equal(s.bytes, "two words", 9);
	app_io_forget(&s);
	assert_null(s.bytes);
	app_io_forget(&s);
	app_file("/s", "\n");
	OK(app_io_secret(&app_env, "/s", &s));
	assert_int_equal(s.len, 0);
	app_io_forget(&s);
	assert_int_equal(app_io_secret(&app_env, "/none", &s), ERR_ABSENT);
	assert_null(s.bytes);
}

static void blanks_alone_are_nothing(void **state)
{
	(void)state;
	assert_int_equal(app_io_trim(span_str(" \t\r\n")).len, 0);
	assert_int_equal(app_io_trim(span_of(NULL, 0)).len, 0);
	assert_true(span_eq(app_io_trim(span_str("a b")), span_str("a b")));
}

static void what_is_told_decides_the_exit_code(void **state)
{
	(void)state;
	struct buf out;

	assert_int_equal(app_io_wrong(&app_env, "x", "is wrong"), 2);
	assert_int_equal(app_io_reject(&app_env, "y", "is bad"), 1);
	assert_string_equal(app_err(), "tenure: x: is wrong\n"
	                               "tenure: y: is bad\n");
	buf_init(&out, 8);
	assert_int_equal(buf_add_str(&out, "text"), ERR_OK);
	assert_int_equal(app_io_write(&app_env, &out, 1), 1);
	assert_string_equal(app_out(), "text");
	/* A text that is too long is not written in part. */
	assert_int_equal(buf_add_str(&out, "too long"), ERR_TOO_LARGE);
	assert_int_equal(app_io_write(&app_env, &out, 0), 2);
	assert_string_equal(app_out(), "text");
	buf_fini(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		APP_TEST(a_dash_stands_for_standard_input),
		APP_TEST(inputs_end_at_their_maximum),
		APP_TEST(a_secret_has_no_blanks_around_it),
		APP_TEST(blanks_alone_are_nothing),
		APP_TEST(what_is_told_decides_the_exit_code),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
