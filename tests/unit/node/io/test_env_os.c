/* tests/unit/node/io/test_env_os.c - The system keeps the contract. */
#include "config.h"

#include "tests/lib/unit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
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

/* What a child that prints something wrote, up to 200 characters. */
static const char *output_of(const struct env *e, const struct env_spawn *what)
{
	static char text[201];
	struct env_child c;
	size_t n = 1, len = 0;

	assert_int_equal(env_spawn(e, what, &c), ERR_OK);
	while (n > 0) {
		struct env_poll p = { .handle = c.out, .wants = ENV_CAN_READ };
		enum err err = env_read(e, c.out, text + len, 200 - len, &n);

		if (err == ERR_AGAIN)
			assert_int_equal(env_wait(e, &p, 1, 1000, &n), ERR_OK);
		else
			len += n;
		n = err == ERR_AGAIN ? 1 : n;
	}
	text[len] = '\0';
	env_close(e, &c.out);
	env_close(e, &c.process);
	return text;
}

static void a_child_runs_where_and_with_what_it_is_told(void **state)
{
	struct env_contract *c = *state;
	static const char *const pwd[] = { "pwd", NULL };
	static const char *const show[] = { "/usr/bin/env", NULL };
	static const char *const only[] = { "ONLY=this", NULL };
	static const char *const cat[] = { "cat", NULL };
	struct env_spawn what = { .argv = pwd, .dir = "/", .pipes_out = true };
	struct env_child child;

	assert_string_equal(output_of(&c->env, &what), "/\n");
	what =
	    (struct env_spawn){ .argv = show, .envp = only, .pipes_out = true };
	assert_string_equal(output_of(&c->env, &what), "ONLY=this\n");
	what = (struct env_spawn){ .argv = cat, .pipes_out = true };
	assert_string_equal(output_of(&c->env, &what), "");
	what.dir = "/no/such/place";
	assert_int_equal(env_spawn(&c->env, &what, &child), ERR_ABSENT);
}

static void running_out_of_handles_is_a_fault_each_time(void **state)
{
	struct env_contract *c = *state;
	const struct env *e = &c->env;
	static const char *const cat[] = { "cat", NULL };
	struct env_spawn what = { .argv = cat, .pipes_in = true };
	struct rlimit old, few;
	struct env_handle l, h;
	struct env_child child;
	struct arena a;
	const char *const *names;
	char address[64];
	size_t n;

	arena_init(&a, 1 << 16);
	assert_int_equal(env_listen(e, "127.0.0.1:0", &l), ERR_OK);
	assert_int_equal(env_address(e, l, false, address, 64), ERR_OK);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	few = (struct rlimit){ .rlim_cur = (rlim_t)l.n + 1,
		               .rlim_max = old.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);

	enum err opened = env_open(e, "/dev/null", ENV_READ, &h);
	enum err listed = env_list(e, &a, "/", &names, &n);
	enum err listened = env_listen(e, "127.0.0.1:0", &h);
	enum err connected = env_connect(e, address, &h);
	enum err spawned = env_spawn(e, &what, &child);
	enum err synced = env_sync_dir(e, "/");

	assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
	assert_int_equal(opened, ERR_NO_HANDLES);
	assert_int_equal(listed, ERR_NO_HANDLES);
	assert_int_equal(listened, ERR_NO_HANDLES);
	assert_int_equal(connected, ERR_NO_HANDLES);
	assert_int_equal(spawned, ERR_NO_HANDLES);
	assert_int_equal(synced, ERR_NO_HANDLES);
	env_close(e, &l);
	arena_fini(&a);
}

static void addresses_of_both_families_are_understood(void **state)
{
	struct env_contract *c = *state;
	const struct env *e = &c->env;
	struct env_handle l;
	char address[64];

	/* A machine may have no IPv6; its text is understood all the same. */
	enum err err = env_listen(e, "[::1]:0", &l);

	assert_int_not_equal(err, ERR_SYNTAX);
	if (err == ERR_OK) {
		assert_int_equal(env_address(e, l, false, address, 64), ERR_OK);
		assert_int_equal(strncmp(address, "[::1]:", 6), 0);
		assert_int_equal(env_address(e, l, true, address, 64),
		                 ERR_CLOSED);
		env_close(e, &l);
	}
	assert_int_equal(env_listen(e, "[127.0.0.1]:0", &l), ERR_SYNTAX);
	assert_int_equal(env_listen(e, "256.0.0.1:0", &l), ERR_SYNTAX);
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
		cmocka_unit_test(a_child_runs_where_and_with_what_it_is_told),
		cmocka_unit_test(running_out_of_handles_is_a_fault_each_time),
		cmocka_unit_test(addresses_of_both_families_are_understood),
	};
	size_t n = 5;

	for (size_t i = 0; i < env_contract_count; i++)
		tests[n++] = env_contract_tests[i];
	return _cmocka_run_group_tests("env_os", tests, n, set_up, tear_down);
}
