/* tests/unit/clarity/base/test_log.c - Claims about clarity/base/log.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/base/log.h"

static char seen[LOG_LINE_MAX + 1];
static size_t n_seen;

static void remember(void *ctx, struct span line)
{
	assert_ptr_equal(ctx, seen);
	assert_true(line.len < sizeof(seen));
	memcpy(seen, line.p, line.len);
	seen[line.len] = '\0';
	n_seen++;
}

static uint64_t noon(void *ctx)
{
	(void)ctx;
	return 1700000000042;
}

static struct log log_at(enum log_level level)
{
	n_seen = 0;
	seen[0] = '\0';
	return (struct log){ .write = remember, .ctx = seen, .level = level };
}

static void an_event_is_one_line_of_pairs(void **state)
{
	(void)state;
	struct log lg = log_at(LOG_INFO);

	log_write(&lg, LOG_INFO, "chain", "block rejected",
	          LOG_KV(log_u64("height", 812), log_err("err", ERR_SYNTAX)));
	assert_string_equal(
	    seen, "info chain: block rejected height=812 err=SYNTAX\n");
	log_write(&lg, LOG_ERROR, "store", "closed", NULL);
	assert_string_equal(seen, "error store: closed\n");
	assert_int_equal(n_seen, 2);
}

static void the_injected_time_comes_first(void **state)
{
	(void)state;
	struct log lg = log_at(LOG_INFO);

	lg.now_ms = noon;
	log_write(&lg, LOG_WARN, "net", "slow", NULL);
	assert_string_equal(seen, "1700000000.042 warn net: slow\n");
}

static void every_kind_of_value_has_its_form(void **state)
{
	(void)state;
	struct log lg = log_at(LOG_TRACE);

	log_write(&lg, LOG_TRACE, "m", "x",
	          LOG_KV(log_text("text", "plain"),
	                 log_hex("hex", "\x00\xab", 2), log_i64("i", INT64_MIN),
	                 log_u128("u", U128_MAX), log_bool("yes", true),
	                 log_bool("no", false), log_text("empty", "")));
	assert_string_equal(
	    seen, "trace m: x text=plain hex=00ab i=-9223372036854775808 "
		  "u=340282366920938463463374607431768211455 yes=true "
		  "no=false empty=\"\"\n");
}

static void no_input_can_forge_a_line(void **state)
{
	(void)state;
	struct log lg = log_at(LOG_INFO);

	log_write(&lg, LOG_INFO, "m", "x",
	          LOG_KV(log_text("a", "b\nerror m: forged c=d"),
	                 log_span("e", span_of("\x1b[0m\0\xff\"\\", 8))));
	assert_string_equal(seen, "info m: x a=\"b\\nerror m: forged c=d\" "
	                          "e=\"\\x1b[0m\\x00\\xff\\\"\\\\\"\n");
}

static void levels_belong_to_modules(void **state)
{
	(void)state;
	struct log lg = log_at(LOG_INFO);

	assert_int_equal(
	    log_parse_levels(&lg, "warn,net=debug,chain=off,net=trace"),
	    ERR_OK);
	assert_int_equal(lg.n_modules, 2);
	assert_true(log_enabled(&lg, LOG_WARN, "vm"));
	assert_false(log_enabled(&lg, LOG_INFO, "vm"));
	assert_true(log_enabled(&lg, LOG_TRACE, "net"));
	assert_false(log_enabled(&lg, LOG_ERROR, "chain"));
	log_write(&lg, LOG_ERROR, "chain", "hidden", NULL);
	assert_int_equal(n_seen, 0);
}

static void wrong_level_text_changes_nothing(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"",     "loud",  "info,",         ",info",
		"net=", "=info", "warn,net=loud", "sixteen-letters-=info",
	};
	struct log lg = log_at(LOG_INFO);

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(log_parse_levels(&lg, wrong[i]), ERR_SYNTAX);
		assert_int_equal(lg.level, LOG_INFO);
		assert_int_equal(lg.n_modules, 0);
	}
	assert_int_equal(log_parse_levels(&lg, "fifteen-letters=info"), ERR_OK);
}

static void modules_with_levels_are_limited(void **state)
{
	(void)state;
	struct log lg = log_at(LOG_INFO);
	char text[] = "m00=debug";

	for (unsigned i = 0; i < LOG_MODULES_MAX; i++) {
		text[1] = (char)('0' + i / 10);
		text[2] = (char)('0' + i % 10);
		assert_int_equal(log_parse_levels(&lg, text), ERR_OK);
	}
	assert_int_equal(log_parse_levels(&lg, text), ERR_OK);
	assert_int_equal(log_parse_levels(&lg, "one=warn"), ERR_TOO_LARGE);
	assert_int_equal(lg.n_modules, LOG_MODULES_MAX);
}

static void an_overlong_line_is_cut_and_says_so(void **state)
{
	(void)state;
	struct log lg = log_at(LOG_INFO);
	char value[LOG_LINE_MAX + 1];

	memset(value, 'v', sizeof(value));
	for (size_t len = LOG_LINE_MAX - 40; len <= LOG_LINE_MAX; len++) {
		value[len] = '\0';
		log_write(&lg, LOG_INFO, "m", "x",
		          LOG_KV(log_text("k", value), log_u64("z", 1)));
		value[len] = 'v';
		assert_true(strlen(seen) <= LOG_LINE_MAX);
		assert_int_equal(seen[strlen(seen) - 1], '\n');
		assert_true((strstr(seen, " z=1\n") != NULL) !=
		            (strstr(seen, " cut=true\n") != NULL));
	}
	assert_non_null(strstr(seen, " cut=true\n"));
}

static void no_log_writes_nothing(void **state)
{
	(void)state;
	struct log empty = { .level = LOG_TRACE };

	log_write(NULL, LOG_ERROR, "m", "x", NULL);
	log_write(&empty, LOG_ERROR, "m", "x", NULL);
	assert_false(log_enabled(NULL, LOG_ERROR, "m"));
	assert_string_equal(log_level_name(LOG_TRACE), "trace");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_is_one_line_of_pairs),
		cmocka_unit_test(the_injected_time_comes_first),
		cmocka_unit_test(every_kind_of_value_has_its_form),
		cmocka_unit_test(no_input_can_forge_a_line),
		cmocka_unit_test(levels_belong_to_modules),
		cmocka_unit_test(wrong_level_text_changes_nothing),
		cmocka_unit_test(modules_with_levels_are_limited),
		cmocka_unit_test(an_overlong_line_is_cut_and_says_so),
		cmocka_unit_test(no_log_writes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
