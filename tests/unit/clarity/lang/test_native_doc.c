/* tests/unit/clarity/lang/test_native_doc.c - Claims about
 * clarity/lang/native_doc.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/lang/native_doc.h"
#include "tests/unit/clarity/lang/lang_case.h"

static bool mentions(const struct ast *ast, const struct ast_node *n,
                     uint32_t sym)
{
	if (n->kind == AST_ATOM)
		return n->sym == sym;
	for (uint32_t i = 0; n->kind == AST_LIST && i < n->n; i++) {
		if (mentions(ast, &n->items[i], sym))
			return true;
	}
	return false;
}

static void every_word_has_a_usage_that_names_it_and_a_help(void **state)
{
	(void)state;
	for (int i = 0; i < NATIVE_COUNT; i++) {
		const struct native_doc *d = native_doc_of((enum native)i);
		const char *name = native_table[i].name;

		assert_non_null(d->usage);
		assert_int_equal(strncmp(d->usage + (d->usage[0] == '('), name,
		                         strlen(name)),
		                 0);
		assert_true(strlen(d->help) > 0);
		assert_int_equal(d->help[strlen(d->help) - 1], '.');
	}
}

static void every_example_is_a_program_that_uses_its_word(void **state)
{
	(void)state;
	for (int i = 0; i < NATIVE_COUNT; i++) {
		const struct native_doc *d = native_doc_of((enum native)i);
		struct snippet p;
		bool is_used = false;

		if (d->example[0] == '\0')
			continue;
		snippet_open(&p, d->example, EPOCH_3_4);
		if (p.err != ERR_OK)
			fail_msg("%s: %s", d->example, p.diag.message);
		for (uint32_t k = 0; k < p.ast.n; k++)
			is_used |=
			    mentions(&p.ast, &p.ast.items[k], (uint32_t)i);
		if (!is_used)
			fail_msg("%s is not in: %s", native_table[i].name,
			         d->example);
		snippet_close(&p);
	}
}

static void every_result_is_one_expression(void **state)
{
	(void)state;
	for (int i = 0; i < NATIVE_COUNT; i++) {
		const struct native_doc *d = native_doc_of((enum native)i);
		struct snippet p;

		if (d->result[0] == '\0')
			continue;
		assert_true(d->example[0] != '\0');
		snippet_open(&p, d->result, EPOCH_3_4);
		assert_int_equal(p.err, ERR_OK);
		assert_int_equal(p.ast.n, 1);
		snippet_close(&p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_word_has_a_usage_that_names_it_and_a_help),
		cmocka_unit_test(every_example_is_a_program_that_uses_its_word),
		cmocka_unit_test(every_result_is_one_expression),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
