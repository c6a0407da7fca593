/*
 * tests/lib/env_contract.h - What every filling of struct env must do.
 *
 * One list of tests, run on the system and on the simulated world: whatever
 * holds in the simulation then holds in production, as far as these go.
 *
 * Layer:    tests.
 */
#ifndef TESTS_LIB_ENV_CONTRACT_H
#define TESTS_LIB_ENV_CONTRACT_H

#include "tests/lib/unit.h"

#include "clarity/base/env.h"

/** What a test's state points at. */
struct env_contract {
	struct env env;
	const char *dir;   /* an empty directory of the test's own */
	const char *other; /* an address where nobody listens */
};

/** The tests; each takes `void **state` with a struct env_contract. They leave
 * files in the directory, each under names of its own. */
extern const struct CMUnitTest env_contract_tests[];
extern const size_t env_contract_count;

struct env_sim_child;

/** The programs that the tests start, as the simulated world runs them: the
 * system has the same. An env_sim_program. */
enum err env_contract_program(void *ctx, const struct env_spawn *what,
                              struct env_sim_child *ret);

#endif /* TESTS_LIB_ENV_CONTRACT_H */
