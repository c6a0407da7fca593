/*
 * tests/bench/bench.h - Measures a function, and says it as a table or JSON.
 *
 * A benchmark program calls bench_run once for each thing it measures.  The
 * function is repeated until one sample lasts long enough for the clock, and
 * several samples are taken: the minimum is the machine's best, the median
 * what to compare, the maximum how noisy the run was.
 *
 * `make bench` prints a table; with BENCH_JSON=1 in the environment each
 * result is one line of JSON.  BENCH_ONLY=word runs only what has the word in
 * its name.  Benchmarks are never part of `make check`: a timed test fails on
 * a busy machine.
 *
 * Layer:    tests.
 */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include <stddef.h>

/** What one call of the function works through; 0 leaves a column out. */
struct bench_work {
	size_t bytes; /* read, for MB/s (10^6 bytes) */
	size_t items; /* handled, for items/s */
};

/**
 * Measures `fn(arg)` and prints one line.
 *
 * @param name  what is measured, such as "parse"
 * @param work  what one call works through
 * @param fn    the function; the same work at each call
 * @param arg   handed to `fn`
 */
void bench_run(const char *name, struct bench_work work, void (*fn)(void *),
               void *arg);

#endif /* TESTS_BENCH_BENCH_H */
