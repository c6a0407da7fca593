/* tests/unit/tests/lib/test_env_sim.c - The simulated world keeps the contract,
 * in fair weather and in foul. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "tests/lib/env_contract.h"
#include "tests/lib/env_sim.h"

#define OK(call) assert_int_equal((call), ERR_OK)

/* A test in a world where nothing goes wrong unless it says so. */
#define FAIR(test) cmocka_unit_test_setup_teardown(test, set_up_fair, tear_down)

static struct env_sim_world *world;
static struct env_sim *sim;
static struct env_contract contract;

static int set_up_world(void **state, const struct env_sim_faults *faults,
                        uint64_t latency_ms)
{
	world = env_sim_world_new(7);
	sim = env_sim_new(world, &contract.env);
	env_sim_programs(sim, env_contract_program, NULL);
	env_sim_faults(sim, faults);
	env_sim_latency(world, latency_ms);
	contract.dir = "/t";
	contract.other = "127.0.0.1:1";
	*state = &contract;
	OK(env_make_dir(&contract.env, "/t"));
	OK(env_sync_dir(&contract.env, "/"));
	return 0;
}

static int set_up_fair(void **state)
{
	struct env_sim_faults none = { .short_io = false };

	return set_up_world(state, &none, 0);
}

static int set_up_foul(void **state)
{
	struct env_sim_faults foul = { .short_io = true, .early_wait = true };

	return set_up_world(state, &foul, 3);
}

static int tear_down(void **state)
{
	(void)state;
	env_sim_free(sim);
	env_sim_world_free(world);
	return 0;
}

static void a_seed_gives_the_same_run(void **state)
{
	uint8_t first[32], again[32], other[32];
	uint8_t *const into[] = { first, again, other };

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct env_sim_world *w = env_sim_world_new(i < 2 ? 1 : 2);
		struct env e;
		struct env_sim *s = env_sim_new(w, &e);

		OK(env_random(&e, into[i], 32));
		env_sim_free(s);
		env_sim_world_free(w);
	}
	assert_memory_equal(first, again, 32);
	assert_memory_not_equal(first, other, 32);
}

static void a_wait_passes_time_up_to_what_happens(void **state)
{
	const struct env *e = &contract.env;
	struct env_handle l, a;
	struct env_poll p = { .wants = ENV_CAN_READ };
	uint64_t before;
	size_t n;

	(void)state;
	env_sim_latency(world, 250);
	OK(env_listen(e, "10.0.0.1:80", &l));
	OK(env_connect(e, "10.0.0.1:80", &a));
	assert_int_equal(env_connected(e, a), ERR_AGAIN);
	p.handle = l;
	before = env_now_ms(e);
	OK(env_wait(e, &p, 1, ENV_FOREVER, &n));
	assert_int_equal(n, 1);
	assert_true(env_now_ms(e) - before == 250);
	OK(env_connected(e, a));
	env_close(e, &a);
	env_close(e, &l);
}

static void machines_share_the_network_but_not_the_disk(void **state)
{
	const struct env *e = &contract.env;
	struct env other;
	struct env_sim *s = env_sim_new(world, &other);
	struct env_handle l, a, b;
	struct env_stat st;

	(void)state;
	OK(env_listen(e, "10.0.0.2:80", &l));
	OK(env_connect(&other, "10.0.0.2:80", &a));
	OK(env_accept(e, l, &b));
	OK(env_write_all(&other, a, "hello", 5));
	assert_int_equal(env_stat(&other, "/t", &st), ERR_ABSENT);
	env_close(e, &l);
	env_sim_free(s);

	char got[8];
	size_t n;

	OK(env_read(e, b, got, sizeof(got), &n));
	assert_int_equal(n, 5);
	OK(env_read(e, b, got, sizeof(got), &n));
	assert_int_equal(n, 0);
	env_close(e, &b);
}

/* Writes a synced file, then changes it without syncing, then crashes: what
 * chance leaves is old or new, block by block, and both are seen. */
static void a_crash_forgets_what_was_not_synced(void **state)
{
	const struct env *e = &contract.env;
	unsigned n_old = 0, n_new = 0, n_gone = 0, n_named = 0;

	(void)state;
	for (int i = 0; i < 64; i++) {
		struct env_handle h;
		char got = 0;
		size_t n;

		OK(env_replace_file(e, "/t/f", span_str("o")));
		OK(env_open(e, "/t/f", ENV_WRITE, &h));
		OK(env_write_all_at(e, h, 0, "n", 1));
		env_close(e, &h);
		OK(env_open(e, "/t/g", ENV_WRITE | ENV_CREATE, &h));
		env_sim_crash(sim);
		OK(env_open(e, "/t/f", ENV_READ, &h));
		OK(env_read_at(e, h, 0, &got, 1, &n));
		n_old += got == 'o';
		n_new += got == 'n';
		env_close(e, &h);

		enum err err = env_remove(e, "/t/g");

		n_gone += err == ERR_ABSENT;
		n_named += err == ERR_OK;
		OK(env_sync_dir(e, "/t"));
	}
	assert_int_equal(n_old + n_new, 64);
	assert_int_equal(n_gone + n_named, 64);
	assert_true(n_old > 8 && n_new > 8 && n_gone > 8 && n_named > 8);
}

static void what_was_synced_survives_every_crash(void **state)
{
	const struct env *e = &contract.env;

	(void)state;
	for (int i = 0; i < 64; i++) {
		struct env_handle h;
		char got[4];
		size_t n;

		OK(env_open(e, "/t/s", ENV_WRITE | ENV_CREATE, &h));
		OK(env_write_all_at(e, h, 0, "kept", 4));
		OK(env_sync(e, h));
		OK(env_sync_dir(e, "/t"));
		OK(env_sync_dir(e, "/"));
		env_sim_crash(sim);
		OK(env_open(e, "/t/s", ENV_READ, &h));
		OK(env_read_at(e, h, 0, got, 4, &n));
		assert_memory_equal(got, "kept", 4);
		env_close(e, &h);
	}
}

static void a_full_disk_takes_what_fits(void **state)
{
	const struct env *e = &contract.env;
	struct env_sim_faults full = { .disk_bytes = 10 };
	struct env_handle h;
	size_t n = 0;

	(void)state;
	env_sim_faults(sim, &full);
	OK(env_open(e, "/t/f", ENV_WRITE | ENV_CREATE, &h));
	OK(env_write_at(e, h, 0, "0123456789ab", 12, &n));
	assert_int_equal(n, 10);
	assert_int_equal(env_write_at(e, h, 10, "x", 1, &n), ERR_NO_SPACE);
	OK(env_write_at(e, h, 3, "x", 1, &n));
	OK(env_cut(e, h, 9));
	OK(env_write_at(e, h, 9, "x", 1, &n));
	env_close(e, &h);
}

static void streams_can_be_given_and_looked_at(void **state)
{
	const struct env *e = &contract.env;
	char got[8];
	size_t n;

	(void)state;
	env_sim_input(sim, "question");
	OK(env_read(e, env_stream(e, ENV_STDIN), got, 4, &n));
	assert_int_equal(n, 4);
	assert_memory_equal(got, "ques", 4);
	OK(env_write_all(e, env_stream(e, ENV_STDOUT), "answer", 6));
	assert_string_equal(env_sim_output(sim, ENV_STDOUT), "answer");
	assert_string_equal(env_sim_output(sim, ENV_STDERR), "");
}

static int run_contract(CMFixtureFunction set_up, const char *name)
{
	struct CMUnitTest tests[64];

	for (size_t i = 0; i < env_contract_count; i++)
		tests[i] = env_contract_tests[i];
	return _cmocka_run_group_tests(name, tests, env_contract_count, set_up,
	                               tear_down);
}

int main(void)
{
	const struct CMUnitTest own[] = {
		FAIR(a_seed_gives_the_same_run),
		FAIR(a_wait_passes_time_up_to_what_happens),
		FAIR(machines_share_the_network_but_not_the_disk),
		FAIR(a_crash_forgets_what_was_not_synced),
		FAIR(what_was_synced_survives_every_crash),
		FAIR(a_full_disk_takes_what_fits),
		FAIR(streams_can_be_given_and_looked_at),
	};
	int failed = 0;

	failed += cmocka_run_group_tests(own, NULL, NULL);
	failed += run_contract(set_up_fair, "fair weather");
	failed += run_contract(set_up_foul, "foul weather");
	return failed;
}
