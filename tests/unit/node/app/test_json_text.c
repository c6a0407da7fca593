/* tests/unit/node/app/test_json_text.c - Claims about node/app/json_text.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdlib.h>

#include "node/app/json_text.h"

static void check(const char *json, const char *want)
{
	const struct json *doc;
	struct buf b;

	buf_init(&b, 1 << 16);
	assert_int_equal(json_read_parse(&doc, span_str(json), 1 << 16),
	                 ERR_OK);
	assert_int_equal(json_text_write(&b, doc), ERR_OK);
	assert_int_equal(buf_add(&b, "", 1), ERR_OK);
	assert_string_equal((const char *)b.p, want);
	json_read_free(doc);
	buf_fini(&b);
}

static void keys_stand_before_their_values(void **state)
{
	(void)state;
	check("{\"a\":1,\"b\":\"text\",\"c\":true,\"d\":null,\"e\":\"\"}",
	      "a: 1\nb: text\nc: true\nd: none\ne: \n");
}

static void what_is_inside_is_indented(void **state)
{
	(void)state;
	check("{\"a\":{\"b\":{\"c\":1},\"d\":2},\"e\":3}",
	      "a:\n  b:\n    c: 1\n  d: 2\ne: 3\n");
}

static void items_stand_behind_dashes(void **state)
{
	(void)state;
	check("{\"a\":[1,\"x\"],\"b\":[{\"c\":1,\"d\":2},{\"c\":3}]}",
	      "a:\n  - 1\n  - x\nb:\n  - c: 1\n    d: 2\n  - c: 3\n");
}

static void nothing_is_called_none(void **state)
{
	(void)state;
	check("{\"a\":[],\"b\":{}}", "a: none\nb: none\n");
}

static void a_text_of_lines_is_a_block(void **state)
{
	(void)state;
	check("{\"a\":{\"code\":\"(ok 1)\\n(ok 2)\"}}",
	      "a:\n  code: \n    (ok 1)\n    (ok 2)\n");
}

static void a_single_value_is_a_line(void **state)
{
	(void)state;
	check("7", "7\n");
	check("[]", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_stand_before_their_values),
		cmocka_unit_test(what_is_inside_is_indented),
		cmocka_unit_test(items_stand_behind_dashes),
		cmocka_unit_test(nothing_is_called_none),
		cmocka_unit_test(a_text_of_lines_is_a_block),
		cmocka_unit_test(a_single_value_is_a_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
