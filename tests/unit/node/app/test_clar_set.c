/* tests/unit/node/app/test_clar_set.c - Claims about clar_set.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "node/app/clar_set.h"
#include "node/io/env_os.h"
#include "tests/unit/node/app/app_case.h"

static struct clar_set set;

/* A contract's identifier as text. */
static bool is(const struct clar_item *item, const char *path,
               const char *contract)
{
	struct buf b;
	bool same;

	buf_init(&b, PRINCIPAL_MAX_TEXT);
	OK(principal_format(&b, item->contract));
	same =
	    strcmp(item->path, path) == 0 && strcmp(buf_str(&b), contract) == 0;
	buf_fini(&b);
	return same;
}

static void a_folder_tells_the_address(void **state)
{
	(void)state;

	app_file("/t/" ADDRESS_A "/b.clar", "");
	app_file("/t/" ADDRESS_A "/a.clar", "");
	app_file("/t/x/y/" ADDRESS_B "/c.clar", "");
	app_file("/t/" ADDRESS_A "/readme.txt", "");
	OK(clar_set_init(&set, &app_env, NULL));
	OK(clar_set_add(&set, "/t", true));
	OK(clar_set_finish(&set));
	assert_int_equal(set.n, 3);
	assert_int_equal(set.n_wanted, 3);
	assert_true(
	    is(&set.items[0], "/t/" ADDRESS_A "/a.clar", ADDRESS_A ".a"));
	assert_true(
	    is(&set.items[1], "/t/" ADDRESS_A "/b.clar", ADDRESS_A ".b"));
	assert_true(
	    is(&set.items[2], "/t/x/y/" ADDRESS_B "/c.clar", ADDRESS_B ".c"));
	assert_ptr_equal(clar_set_find(&set, set.items[1].contract),
	                 &set.items[1]);
	clar_set_fini(&set);
}

static void a_file_tells_the_whole_identifier(void **state)
{
	(void)state;

	app_file("/t/" ADDRESS_A ".d.clar", "");
	OK(clar_set_init(&set, &app_env, NULL));
	OK(clar_set_add(&set, "/t/" ADDRESS_A ".d.clar", true));
	OK(clar_set_finish(&set));
	assert_int_equal(set.n, 1);
	assert_true(
	    is(&set.items[0], "/t/" ADDRESS_A ".d.clar", ADDRESS_A ".d"));
	clar_set_fini(&set);
}

static void other_files_belong_to_an_address_given(void **state)
{
	(void)state;

	app_file("/t/plain.clar", "");
	app_file("/t/1 odd name.clar", "");
	app_file("/t/noext", "");
	OK(clar_set_init(&set, &app_env, ADDRESS_B));
	OK(clar_set_add(&set, "/t", true));
	OK(clar_set_add(&set, "/t/noext", true));
	OK(clar_set_finish(&set));
	assert_int_equal(set.n, 3);
	assert_true(
	    is(&set.items[0], "/t/1 odd name.clar", ADDRESS_B ".contract"));
	assert_true(is(&set.items[1], "/t/noext", ADDRESS_B ".noext"));
	assert_true(is(&set.items[2], "/t/plain.clar", ADDRESS_B ".plain"));
	clar_set_fini(&set);
	OK(clar_set_init(&set, &app_env, NULL));
	OK(clar_set_add(&set, "/t/plain.clar", true));
	OK(clar_set_finish(&set));
	assert_true(
	    is(&set.items[0], "/t/plain.clar", CLAR_SET_ADDRESS ".plain"));
	clar_set_fini(&set);
}

static void the_wanted_stand_first_and_nothing_twice(void **state)
{
	(void)state;

	app_file("/t/a.clar", "");
	app_file("/t/b.clar", "");
	app_file("/u/a.clar", "");
	OK(clar_set_init(&set, &app_env, NULL));
	OK(clar_set_add(&set, "/u/a.clar", false));
	OK(clar_set_add(&set, "/t", true));
	OK(clar_set_add(&set, "/t/a.clar", true));
	OK(clar_set_finish(&set));
	assert_int_equal(set.n, 3);
	assert_int_equal(set.n_wanted, 2);
	assert_string_equal(set.items[0].path, "/t/a.clar");
	assert_string_equal(set.items[2].path, "/u/a.clar");
	assert_ptr_equal(clar_set_find(&set, set.items[2].contract),
	                 &set.items[0]);
	for (int i = 0; i < 3; i++)
		assert_int_equal(set.items[i].state, CLAR_NEW);
	clar_set_fini(&set);
}

static void one_contract_in_two_files_is_told(void **state)
{
	(void)state;

	app_file("/t/a.clar", "");
	app_file("/t/z/a.clar", "");
	OK(clar_set_init(&set, &app_env, NULL));
	OK(clar_set_add(&set, "/t", true));
	OK(clar_set_finish(&set));
	assert_int_equal(set.items[0].state, CLAR_NEW);
	assert_int_equal(set.items[1].state, CLAR_REJECTED);
	assert_string_equal(set.items[1].reason->rule, "ContractAlreadyExists");
	assert_string_equal(set.items[1].reason->suggestion, "/t/a.clar");
	clar_set_fini(&set);
}

static void a_folder_may_be_called_like_a_contract(void **state)
{
	(void)state;

	app_file("/t/x.clar/a.clar", "");
	OK(clar_set_init(&set, &app_env, NULL));
	OK(clar_set_add(&set, "/t", true));
	OK(clar_set_finish(&set));
	assert_int_equal(set.n, 1);
	assert_string_equal(set.items[0].path, "/t/x.clar/a.clar");
	clar_set_fini(&set);
}

static void what_cannot_be_used_is_named(void **state)
{
	(void)state;

	assert_int_equal(clar_set_init(&set, &app_env, "S-nobody"), ERR_SYNTAX);
	clar_set_fini(&set);
	OK(clar_set_init(&set, &app_env, NULL));
	assert_int_equal(clar_set_add(&set, "/none", true), ERR_ABSENT);
	assert_string_equal(set.wrong_path, "/none");
	clar_set_fini(&set);
}

static void every_fault_of_the_disk_is_told(void **state)
{
	(void)state;
	enum err e = ERR_IO;

	app_file("/t/a/x.clar", "");
	app_file("/t/b/y.clar", "");
	for (uint64_t n = 1; e != ERR_OK; n++) {
		struct env_sim_faults fail = { .fail_after = n,
			                       .fail_with = ERR_IO };

		OK(clar_set_init(&set, &app_env, NULL));
		env_sim_faults(app_sim, &fail);
		e = clar_set_add(&set, "t", true);
		if (e != ERR_OK) {
			assert_int_equal(e, ERR_IO);
			assert_non_null(set.wrong_path);
		}
		clar_set_fini(&set);
		assert_true(n < 50);
	}
}

static void folders_too_deep_are_refused(void **state)
{
	(void)state;
	char path[256] = "/t";

	for (unsigned i = 0; i < CLAR_SET_DEPTH_MAX; i++)
		memcpy(path + 2 + 2 * i, "/d", 3);
	memcpy(path + 2 + 2 * CLAR_SET_DEPTH_MAX, "/x.clar", 8);
	app_file(path, "");
	OK(clar_set_init(&set, &app_env, NULL));
	OK(clar_set_add(&set, "/t", true));
	OK(clar_set_finish(&set));
	assert_int_equal(set.n, 1);
	clar_set_fini(&set);
	memcpy(path + 2 + 2 * CLAR_SET_DEPTH_MAX, "/d/x.clar", 10);
	app_file(path, "");
	OK(clar_set_init(&set, &app_env, NULL));
	assert_int_equal(clar_set_add(&set, "/t", true), ERR_TOO_LARGE);
	clar_set_fini(&set);
}

/* On the system: only there can links be made. */
static void a_loop_of_links_is_entered_once(void **state)
{
	(void)state;
	char dir[] = "/tmp/tenure-set-XXXXXX";
	char path[128];
	struct env env;

	env_os_init(&env);
	assert_non_null(mkdtemp(dir));
	(void)snprintf(path, sizeof(path), "%s/loop", dir);
	assert_int_equal(symlink(dir, path), 0);
	(void)snprintf(path, sizeof(path), "%s/lost", dir);
	assert_int_equal(symlink("/no/such/place", path), 0);
	(void)snprintf(path, sizeof(path), "%s/self", dir);
	assert_int_equal(symlink("self", path), 0);
	OK(clar_set_init(&set, &env, NULL));
	OK(clar_set_add(&set, dir, true));
	OK(clar_set_finish(&set));
	assert_int_equal(set.n, 0);
	clar_set_fini(&set);
	assert_int_equal(unlink(path), 0);

	/* A lost link that is called like a contract is missed. */
	(void)snprintf(path, sizeof(path), "%s/lost.clar", dir);
	assert_int_equal(symlink("/no/such/place", path), 0);
	OK(clar_set_init(&set, &env, NULL));
	assert_int_equal(clar_set_add(&set, dir, true), ERR_ABSENT);
	assert_string_equal(set.wrong_path, path);
	clar_set_fini(&set);
	assert_int_equal(unlink(path), 0);
	(void)snprintf(path, sizeof(path), "%s/lost", dir);
	assert_int_equal(unlink(path), 0);
	(void)snprintf(path, sizeof(path), "%s/loop", dir);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(dir), 0);
}

#define TEST(claim) cmocka_unit_test_setup_teardown(claim, app_open, app_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_folder_tells_the_address),
		TEST(a_file_tells_the_whole_identifier),
		TEST(other_files_belong_to_an_address_given),
		TEST(the_wanted_stand_first_and_nothing_twice),
		TEST(one_contract_in_two_files_is_told),
		TEST(a_folder_may_be_called_like_a_contract),
		TEST(what_cannot_be_used_is_named),
		TEST(every_fault_of_the_disk_is_told),
		TEST(folders_too_deep_are_refused),
		TEST(a_loop_of_links_is_entered_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
