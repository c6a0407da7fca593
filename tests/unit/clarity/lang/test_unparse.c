/* tests/unit/clarity/lang/test_unparse.c - Claims about
 * clarity/lang/unparse.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/lang/unparse.h"
#include "tests/unit/clarity/lang/lang_case.h"

static void the_text_reads_as_itself(void **state)
{
	static const char text[] =
	    "(use-trait t '" SNIPPET_ISSUER ".c.t)\n"
	    "(define-public (f (a <t>) (b uint)) (ok (tuple (x -1) (y u2))))\n"
	    "(print \"a\\\"\\\\\\n\" u\"\\u{E9}\\0\\t\\r\" 0x00ff "
	    "'" SNIPPET_ISSUER ")\n"
	    "()\n";

	(void)state;
	reads_as(text, text);
}

static void a_single_node_can_be_written(void **state)
{
	struct snippet p;

	(void)state;
	snippet_open(&p, "(a (b 1))", EPOCH_3_4);
	assert_int_equal(
	    unparse_node(&p.text, &p.ast, &p.ast.items[0].items[1]), ERR_OK);
	assert_int_equal(p.text.len, 5);
	assert_memory_equal(p.text.p, "(b 1)", 5);
	snippet_close(&p);
}

static void a_full_buffer_is_said_at_the_end(void **state)
{
	struct snippet p;
	struct buf small;

	(void)state;
	snippet_open(&p, "(a (b \"c\" u2 -3 'SP000000000000000000002Q6VF78))",
	             EPOCH_3_4);
	for (size_t max = 0; max < 46; max++) {
		buf_init(&small, max);
		assert_int_equal(unparse_ast(&small, &p.ast), ERR_TOO_LARGE);
		buf_fini(&small);
	}
	snippet_close(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_text_reads_as_itself),
		cmocka_unit_test(a_single_node_can_be_written),
		cmocka_unit_test(a_full_buffer_is_said_at_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
