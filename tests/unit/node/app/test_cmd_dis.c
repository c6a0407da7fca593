/* tests/unit/node/app/test_cmd_dis.c - Claims about `tenure clarity dis`. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/node/app/verb_case.h"

static void all_functions_are_listed(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(VERB("dis", "/p/token.clar"), CMD_EXIT_OK);
	verb_has(app_out(), "read-only (supply)\n");
	verb_has(app_out(), "\npublic (mint (n uint) (to principal))\n");
	verb_has(app_out(), "; 5: (> n u0)\n");
}

static void one_function_can_be_asked_for(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(VERB("dis", "-f", "mint", "/p/token.clar"),
	                 CMD_EXIT_OK);
	assert_null(strstr(app_out(), "(supply)"));
	assert_int_equal(VERB("dis", "-f", "burn", "/p/token.clar"),
	                 CMD_EXIT_USAGE);
	verb_has(app_err(), "burn: there is no such function");
}

static void exact_code_has_its_charges(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(VERB("dis", "--exact", "-f", "half", "-w",
	                      "/p/token.clar", "/p/vault.clar"),
	                 CMD_EXIT_OK);
	verb_has(app_out(), "cost_div 2, 0");
}

static void json_is_one_document(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(VERB("dis", "--json", "/p/token.clar"), CMD_EXIT_OK);
	verb_is_json();
	verb_has(app_out(), "\"form\": \"read_only\"");
	verb_has(app_out(), "\"op\": \"RETURN\"");
}

static void a_refused_contract_has_no_listing(void **state)
{
	(void)state;
	app_file("/p/c.clar", "(define-public (f) 1)");
	assert_int_equal(VERB("dis", "/p/c.clar"), CMD_EXIT_REJECT);
	assert_string_equal(app_out(), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		APP_TEST(all_functions_are_listed),
		APP_TEST(one_function_can_be_asked_for),
		APP_TEST(exact_code_has_its_charges),
		APP_TEST(json_is_one_document),
		APP_TEST(a_refused_contract_has_no_listing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
