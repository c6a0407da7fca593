/*
 * tests/unit/node/app/app_run.h - Runs verbs on the disk of app_case.h.
 *
 * Layer:    tests; include app_case.h first.
 */
#ifndef TESTS_UNIT_NODE_APP_APP_RUN_H
#define TESTS_UNIT_NODE_APP_APP_RUN_H

#include "node/app/verbs.h"

/** A test on a machine of its own. */
#define APP_TEST(fn) cmocka_unit_test_setup_teardown(fn, app_open, app_close)

/** @return what was printed so far. */
static inline const char *app_out(void)
{
	return env_sim_output(app_sim, ENV_STDOUT);
}

/** @return what was told as wrong so far. */
static inline const char *app_err(void)
{
	return env_sim_output(app_sim, ENV_STDERR);
}

/** Runs a command line of words parted by blanks. @return its exit code. */
static inline int app_run(const char *line)
{
	static char words[16384];
	static char *argv[32];
	struct cmd_args args;
	struct buf text;
	int argc = 0;
	int code = CMD_EXIT_USAGE;

	assert_true(strlen(line) < sizeof(words));
	memcpy(words, line, strlen(line) + 1);
	for (char *w = strtok(words, " "); w; w = strtok(NULL, " "))
		argv[argc++] = w;
	buf_init(&text, 1 << 20);
	if (cmd_parse(&verbs_program, argc, argv, &args, &text) == CMD_RUN)
		code = args.path[args.n_path - 1]->run(&args, &app_env);
	buf_fini(&text);
	return code;
}

#endif /* TESTS_UNIT_NODE_APP_APP_RUN_H */
