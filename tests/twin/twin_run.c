/*
 * tests/twin/twin_run.c - Made programs, on the machine and on the twin.
 *
 * twin_run [FIRST COUNT]: runs the sessions of COUNT seeds from FIRST.  One
 * case for each hundred seeds; a difference is printed.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/twin/session.h"

#define SEEDS 4000u
#define SEEDS_OF_CASE 100u

static bool run_case(uint64_t first, uint64_t n, struct session_sums *sums)
{
	bool same = true;

	for (uint64_t seed = first; seed < first + n; seed++) {
		struct choice c = { .state = seed * 0x100000001u };
		struct buf report;

		buf_init(&report, (size_t)512 << 20);
		if (!session_run(&c, sums, &report)) {
			printf("# seed %llu\n%s\n", (unsigned long long)seed,
			       buf_str(&report));
			same = false;
		}
		buf_fini(&report);
	}
	return same;
}

int main(int argc, char **argv)
{
	uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
	uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 10) : SEEDS;
	uint64_t cases = (count + SEEDS_OF_CASE - 1) / SEEDS_OF_CASE;
	struct session_sums sums = { 0 };
	bool all = true;

	printf("1..%llu\n", (unsigned long long)cases);
	for (uint64_t i = 0; i < cases; i++) {
		uint64_t at = first + i * SEEDS_OF_CASE;
		uint64_t left = first + count - at;
		bool same = run_case(
		    at, left < SEEDS_OF_CASE ? left : SEEDS_OF_CASE, &sums);

		printf("%sok %llu - machine and twin agree from seed %llu\n",
		       same ? "" : "not ", (unsigned long long)i + 1,
		       (unsigned long long)at);
		all = all && same;
	}
	printf("# %llu steps, %llu programs accepted, %llu refused, %llu calls"
	       ", %llu of them failed\n",
	       (unsigned long long)sums.steps,
	       (unsigned long long)sums.deployed,
	       (unsigned long long)sums.refused, (unsigned long long)sums.calls,
	       (unsigned long long)sums.failed);
	return all ? 0 : 1;
}
