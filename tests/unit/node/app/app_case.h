/*
 * tests/unit/node/app/app_case.h - A disk with contracts, for the tests here.
 *
 * Layer:    tests.
 */
#ifndef TESTS_UNIT_NODE_APP_APP_CASE_H
#define TESTS_UNIT_NODE_APP_APP_CASE_H

#include <string.h>

#include "clarity/base/env.h"
#include "tests/lib/env_sim.h"
#include "tests/lib/unit.h"

#define OK(call) assert_int_equal((call), ERR_OK)

/** Two addresses of the main chain. */
#define ADDRESS_A "SP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ7"
#define ADDRESS_B "SP000000000000000000002Q6VF78"

static struct env_sim_world *app_world;
static struct env_sim *app_sim;
static struct env app_env;

/** Sets a test up: an empty disk. */
static int app_open(void **state)
{
	(void)state;
	app_world = env_sim_world_new(1);
	app_sim = env_sim_new(app_world, &app_env);
	return 0;
}

/** Tears it down. */
static int app_close(void **state)
{
	(void)state;
	env_sim_free(app_sim);
	env_sim_world_free(app_world);
	return 0;
}

/** Writes a file and makes the folders above it. */
static void app_file(const char *path, const char *text)
{
	char folder[256];
	struct env_handle h;

	for (const char *p = path + 1; (p = strchr(p, '/')); p++) {
		size_t len = (size_t)(p - path);

		memcpy(folder, path, len);
		folder[len] = '\0';

		enum err e = env_make_dir(&app_env, folder);

		assert_true(e == ERR_OK || e == ERR_EXISTS);
	}
	OK(env_open(&app_env, path, ENV_WRITE | ENV_CREATE | ENV_TRUNCATE, &h));
	OK(env_write_all_at(&app_env, h, 0, text, strlen(text)));
	env_close(&app_env, &h);
}

#endif /* TESTS_UNIT_NODE_APP_APP_CASE_H */
