/* tests/bench/bench.c - Samples and their order; contract in bench.h. */
#include "config.h"

#include "tests/bench/bench.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SAMPLES 11
#define SAMPLE_NS 20000000u /* long against the clock's own error */

static uint64_t now_ns(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static uint64_t time_calls(size_t calls, void (*fn)(void *), void *arg)
{
	uint64_t start = now_ns();

	for (size_t i = 0; i < calls; i++)
		fn(arg);
	return now_ns() - start;
}

/* How many calls make a sample; the search warms the caches too. */
static size_t calls_per_sample(void (*fn)(void *), void *arg)
{
	size_t calls = 1;
	uint64_t ns = time_calls(calls, fn, arg);

	while (ns < SAMPLE_NS / 2) {
		calls *= 2;
		ns = time_calls(calls, fn, arg);
	}
	return calls;
}

static int double_cmp(const void *a, const void *b)
{
	double x = *(const double *)a;
	double y = *(const double *)b;

	return (x > y) - (x < y);
}

static void print_json(const char *name, struct bench_work work,
                       const double ns[SAMPLES])
{
	(void)printf("{\"name\":\"%s\",\"min_ns\":%.1f,\"median_ns\":%.1f,"
	             "\"max_ns\":%.1f,\"bytes\":%zu,\"items\":%zu}\n",
	             name, ns[0], ns[SAMPLES / 2], ns[SAMPLES - 1], work.bytes,
	             work.items);
}

static void print_row(const char *name, struct bench_work work,
                      const double ns[SAMPLES])
{
	static bool headed;
	double median = ns[SAMPLES / 2];

	if (!headed)
		(void)printf("%-32s %12s %12s %12s %10s %12s\n", "", "min ns",
		             "median ns", "max ns", "MB/s", "items/s");
	headed = true;
	(void)printf("%-32s %12.1f %12.1f %12.1f", name, ns[0], median,
	             ns[SAMPLES - 1]);
	if (work.bytes)
		(void)printf(" %10.1f", (double)work.bytes * 1e3 / median);
	else
		(void)printf(" %10s", "");
	if (work.items)
		(void)printf(" %12.0f", (double)work.items * 1e9 / median);
	(void)printf("\n");
	(void)fflush(stdout);
}

void bench_run(const char *name, struct bench_work work, void (*fn)(void *),
               void *arg)
{
	const char *only = getenv("BENCH_ONLY");
	double ns[SAMPLES];

	if (only && !strstr(name, only))
		return;
	size_t calls = calls_per_sample(fn, arg);

	for (size_t i = 0; i < SAMPLES; i++)
		ns[i] = (double)time_calls(calls, fn, arg) / (double)calls;
	qsort(ns, SAMPLES, sizeof(ns[0]), double_cmp);
	if (getenv("BENCH_JSON"))
		print_json(name, work, ns);
	else
		print_row(name, work, ns);
}
