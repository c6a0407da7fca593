/* tests/unit/node/app/test_clar_project.c - Claims about clar_project.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "node/app/clar_set.h"
#include "tests/unit/node/app/app_case.h"

static struct clar_set set;

static enum err add_project(const char *text)
{
	app_file("/p/Clarinet.toml", text);
	OK(clar_set_init(&set, &app_env, NULL));
	return clar_set_add(&set, "/p", true);
}

static void a_project_names_its_contracts(void **state)
{
	(void)state;

	app_file("/p/contracts/ignored.clar", "");
	OK(add_project("[project]\nname = 'x'\n"
	               "[contracts.token]\npath = 'contracts/t.clar'\n"
	               "clarity_version = 2\nepoch = 2.4\n"
	               "[contracts.other]\npath = '/abs/o.clar'\n"
	               "[contracts.no-path]\n"));
	OK(clar_set_finish(&set));
	assert_int_equal(set.n, 2);
	assert_string_equal(set.items[0].path, "/abs/o.clar");
	assert_int_equal(set.items[0].version, 0);
	assert_string_equal(set.items[1].path, "/p/contracts/t.clar");
	assert_int_equal(set.items[1].version, CLARITY_2);
	assert_true(
	    span_eq(principal_name(set.items[1].contract), span_str("token")));
	assert_true(set.items[1].is_wanted);
	clar_set_fini(&set);
}

static void requirements_come_from_the_cache(void **state)
{
	(void)state;

	app_file("/p/.cache/requirements/" ADDRESS_A ".one.clar", "");
	app_file("/p/.cache/requirements/" ADDRESS_A ".one.json",
	         "{\"clarity_version\": \"Clarity3\", \"epoch\": \"3.0\"}");
	app_file("/p/.cache/requirements/" ADDRESS_A ".two.clar", "");
	app_file("/p/.cache/requirements/" ADDRESS_A ".two.json", "nonsense");
	OK(add_project("[[project.requirements]]\n"
	               "contract_id = '" ADDRESS_A ".one'\n"
	               "[[project.requirements]]\n"
	               "contract_id = '" ADDRESS_A ".two'\n"
	               "[[project.requirements]]\n"
	               "contract_id = '" ADDRESS_A ".absent'\n"
	               "[[project.requirements]]\ncontract_id = 'nobody'\n"));
	OK(clar_set_finish(&set));
	assert_int_equal(set.n, 2);
	assert_int_equal(set.n_wanted, 0);
	assert_int_equal(set.items[0].version, CLARITY_3);
	assert_int_equal(set.items[1].version, 0);
	clar_set_fini(&set);
}

static void the_cache_may_lie_elsewhere(void **state)
{
	(void)state;

	app_file("/c/requirements/" ADDRESS_A ".one.clar", "");
	OK(add_project("[project]\ncache_dir = '/c'\n"
	               "requirements = [{contract_id = '" ADDRESS_A
	               ".one'}]\n"));
	OK(clar_set_finish(&set));
	assert_int_equal(set.n, 1);
	clar_set_fini(&set);
}

static void a_wrong_project_is_named_with_its_line(void **state)
{
	(void)state;

	assert_int_equal(add_project("[project]\nname = \n"), ERR_SYNTAX);
	assert_string_equal(set.wrong_path, "/p/Clarinet.toml");
	assert_string_equal(set.wrong_text, "line 2: a value of no known form");
	clar_set_fini(&set);
	assert_int_equal(add_project("[contracts.a]\npath = 'a.clar'\n"
	                             "clarity_version = 7\n"),
	                 ERR_SYNTAX);
	clar_set_fini(&set);
	assert_int_equal(add_project("[contracts.\"a b\"]\npath='a.clar'\n"),
	                 ERR_SYNTAX);
	clar_set_fini(&set);
}

#define TEST(claim) cmocka_unit_test_setup_teardown(claim, app_open, app_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_project_names_its_contracts),
		TEST(requirements_come_from_the_cache),
		TEST(the_cache_may_lie_elsewhere),
		TEST(a_wrong_project_is_named_with_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
