/* tests/unit/node/io/test_env_os.c - The system keeps the contract. */
#include "config.h"

#include "tests/lib/unit.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "node/io/env_os.h"
#include "tests/lib/env_contract.h"

static char dir[] = "/tmp/tenure-env-XXXXXX";
static struct env_contract contract;

static void errors_of_the_system_have_their_meaning(void **state)
{
	(void)state;

	assert_int_equal(env_os_error(0), ERR_OK);
	assert_int_equal(env_os_error(ENOENT), ERR_ABSENT);
	assert_int_equal(env_os_error(ENOSPC), ERR_NO_SPACE);
	assert_int_equal(env_os_error(EMFILE), ERR_NO_HANDLES);
	assert_int_equal(env_os_error(ECONNRESET), ERR_CLOSED);
	assert_int_equal(env_os_error(EIO), ERR_IO);
	for (int n = 1; n < 200; n++)
		assert_int_equal(err_class(env_os_error(n)) == ERR_CLASS_FAULT,
		                 n != ENAMETOOLONG);
}

static void a_pipe_in_place_of_a_file_does_not_hang(void **state)
{
	struct env_contract *c = *state;
	struct env_handle h;
	struct env_stat st;

	assert_int_equal(env_stat(&c->env, "/dev/null", &st), ERR_OK);
	assert_int_equal(st.kind, ENV_KIND_OTHER);
	assert_int_equal(env_open(&c->env, "/dev/null", ENV_READ, &h), ERR_OK);
	env_close(&c->env, &h);
	assert_true(env_peak_memory(&c->env) > 100000);
}

static int set_up(void **state)
{
	if (!mkdtemp(dir))
		return -1;
	env_os_init(&contract.env);
	contract.dir = dir;
	contract.other = "127.0.0.1:1";
	*state = &contract;
	return 0;
}

static int tear_down(void **state)
{
	static const char *const rm[] = { "rm", "-r", dir, NULL };
	struct env_spawn what = { .argv = rm };
	struct env_child c;
	struct env_exit how;

	(void)state;
	if (env_spawn(&contract.env, &what, &c) != ERR_OK)
		return -1;
	while (env_exited(&contract.env, c.process, &how) == ERR_AGAIN)
		env_sleep_ms(&contract.env, 1);
	env_close(&contract.env, &c.process);
	return how.code;
}

int main(void)
{
	struct CMUnitTest tests[64] = {
		cmocka_unit_test(errors_of_the_system_have_their_meaning),
		cmocka_unit_test(a_pipe_in_place_of_a_file_does_not_hang),
	};
	size_t n = 2;

	for (size_t i = 0; i < env_contract_count; i++)
		tests[n++] = env_contract_tests[i];
	return _cmocka_run_group_tests("env_os", tests, n, set_up, tear_down);
}
