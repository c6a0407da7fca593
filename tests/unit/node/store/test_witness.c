/* tests/unit/node/store/test_witness.c - Claims about the witness: whatever the
 * moment at which the power fails, it never says less than was acknowledged,
 * and damage to one place leaves the other. */
#include "config.h"

#include "tests/lib/unit.h"

#include "node/store/witness.h"
#include "tests/lib/env_sim.h"

#define PATH "/witness"
#define FILE_LEN 4168u

static struct {
	struct env_sim_world *world;
	struct env_sim *sim;
	struct env env;
	struct witness w;
} f;

static const struct witness_mark first = { .schema = 3,
	                                   .chain_id = 7,
	                                   .tip = UINT32_MAX };

static void set_up(uint64_t seed)
{
	f.world = env_sim_world_new(seed);
	f.sim = env_sim_new(f.world, &f.env);
	assert_int_equal(witness_open(&f.w, &f.env, PATH, &first), ERR_OK);
}

static void tear_down(void)
{
	witness_close(&f.w);
	env_sim_free(f.sim);
	env_sim_world_free(f.world);
}

static enum err write_mark(uint64_t stamp)
{
	struct witness_mark m = { .schema = 3,
		                  .chain_id = 7,
		                  .stamp = stamp,
		                  .tip = (uint32_t)stamp,
		                  .height = (uint32_t)stamp };

	return witness_write(&f.w, &m);
}

static enum err reopen(void)
{
	witness_close(&f.w);
	return witness_open(&f.w, &f.env, PATH, NULL);
}

static void flip(uint64_t at)
{
	struct env_handle h;
	uint8_t byte;
	size_t n;

	assert_int_equal(env_open(&f.env, PATH, ENV_READ | ENV_WRITE, &h),
	                 ERR_OK);
	assert_int_equal(env_read_at(&f.env, h, at, &byte, 1, &n), ERR_OK);
	byte ^= 4;
	assert_int_equal(env_write_all_at(&f.env, h, at, &byte, 1), ERR_OK);
	env_close(&f.env, &h);
}

static void the_newest_mark_is_read_again(void **state)
{
	(void)state;
	set_up(1);
	assert_int_equal(f.w.last.stamp, 0);
	assert_int_equal(f.w.last.schema, 3);
	for (uint64_t s = 1; s < 9; s += 2) {
		assert_int_equal(write_mark(s), ERR_OK);
		assert_int_equal(reopen(), ERR_OK);
		assert_int_equal(f.w.last.stamp, s);
		assert_int_equal(f.w.last.height, s);
		assert_int_equal(f.w.last.chain_id, 7);
	}
	tear_down();
}

static void an_absent_witness_is_only_made_when_asked_to(void **state)
{
	(void)state;
	struct witness w;

	set_up(1);
	assert_int_equal(witness_open(&w, &f.env, "/other", NULL), ERR_ABSENT);
	tear_down();
}

static void a_damaged_place_leaves_the_other(void **state)
{
	(void)state;
	set_up(1);
	assert_int_equal(write_mark(1), ERR_OK);
	assert_int_equal(write_mark(2), ERR_OK);
	/* The second write went to the first place. */
	flip(20);
	assert_int_equal(reopen(), ERR_OK);
	assert_int_equal(f.w.last.stamp, 1);
	flip(4096 + 60);
	assert_int_equal(reopen(), ERR_STORE_CORRUPT);
	tear_down();
}

/* Every bit of the newest place matters. */
static void no_flipped_bit_is_believed(void **state)
{
	(void)state;
	set_up(1);
	assert_int_equal(write_mark(1), ERR_OK);
	assert_int_equal(write_mark(2), ERR_OK);
	for (uint64_t at = 0; at < 72; at++) {
		flip(at);
		assert_int_equal(reopen(), ERR_OK);
		assert_int_equal(f.w.last.stamp, 1);
		flip(at);
	}
	assert_int_equal(reopen(), ERR_OK);
	assert_int_equal(f.w.last.stamp, 2);
	tear_down();
}

static void a_power_failure_forgets_nothing_acknowledged(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 200; seed++) {
		uint64_t acked = 0;

		set_up(seed);
		for (uint64_t s = 1; s <= 6; s++) {
			struct env_sim_faults faults = {
				.fail_after = 1 + env_sim_chance(f.world) % 12,
				.fail_with = ERR_IO,
				.fail_all = true
			};

			if (s == 4)
				env_sim_faults(f.sim, &faults);
			if (write_mark(s) != ERR_OK)
				break;
			acked = s;
		}
		env_sim_crash(f.sim);
		env_sim_faults(f.sim, &(struct env_sim_faults){ 0 });
		f.w.file = ENV_NONE;
		assert_int_equal(witness_open(&f.w, &f.env, PATH, NULL),
		                 ERR_OK);
		assert_true(f.w.last.stamp >= acked);
		assert_true(f.w.last.stamp <= acked + 1);
		tear_down();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_newest_mark_is_read_again),
		cmocka_unit_test(an_absent_witness_is_only_made_when_asked_to),
		cmocka_unit_test(a_damaged_place_leaves_the_other),
		cmocka_unit_test(no_flipped_bit_is_believed),
		cmocka_unit_test(a_power_failure_forgets_nothing_acknowledged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
