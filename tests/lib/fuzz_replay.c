/*
 * tests/lib/fuzz_replay.c - Makes a fuzz target a unit test.
 *
 * Runs the target on nothing, on every file of tests/fuzz/corpora/<decoder>/,
 * and on pseudo-random mutations of them, the same ones each time.  Arguments
 * are files to run instead.  FUZZ_MUTATIONS sets how many mutations (20000, or
 * what a slow target is compiled with), and FUZZ_SEED which ones (1).
 *
 * An input that makes the target abort or crash is written as hex before the
 * program ends, so that it can become a file of the corpus.
 */
#include "config.h"

#include "tests/lib/fuzz.h"

#include <dirent.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INPUT_MAX 65536
#define MUTANT_MAX 4096
#define SEEDS_MAX 4096

#ifndef FUZZ_MUTATIONS
#define FUZZ_MUTATIONS 20000
#endif

struct seed {
	char *name;
	uint8_t *bytes;
	size_t len;
};

static struct seed seeds[SEEDS_MAX];
static size_t seed_count;

/* What the target is running now; for the last words. */
static const uint8_t *volatile now_bytes;
static volatile size_t now_len;

static void say(const char *s, size_t len)
{
	while (len > 0) {
		ssize_t n = write(STDERR_FILENO, s, len);

		if (n <= 0)
			return;
		s += n;
		len -= (size_t)n;
	}
}

/* Async-signal-safe: nothing but write. */
static void say_input(void)
{
	static const char digits[] = "0123456789abcdef";

	say("\n# input: ", 10);
	for (size_t i = 0; i < now_len; i++) {
		char pair[2] = { digits[now_bytes[i] >> 4],
			         digits[now_bytes[i] & 15] };

		say(pair, sizeof(pair));
	}
	say("\n", 1);
}

static void on_signal(int sig)
{
	say_input();
	(void)raise(sig);
}

/* The sanitizers end the program themselves, but call this first. */
extern __attribute__((weak)) void
__sanitizer_set_death_callback(void (*callback)(void));

static void catch_crashes(void)
{
	struct sigaction act = { .sa_handler = on_signal,
		                 .sa_flags = (int)SA_RESETHAND };

	(void)sigaction(SIGABRT, &act, NULL);
	if (__sanitizer_set_death_callback) {
		__sanitizer_set_death_callback(say_input);
		return;
	}
	(void)sigaction(SIGSEGV, &act, NULL);
	(void)sigaction(SIGBUS, &act, NULL);
	(void)sigaction(SIGFPE, &act, NULL);
	(void)sigaction(SIGILL, &act, NULL);
}

/* A copy of its exact size, so that a sanitizer sees a read behind it. */
static void run_one(const uint8_t *bytes, size_t len)
{
	uint8_t *copy = malloc(len ? len : 1);

	if (!copy)
		abort();
	if (len)
		memcpy(copy, bytes, len);
	now_bytes = copy;
	now_len = len;
	(void)LLVMFuzzerTestOneInput(copy, len);
	now_len = 0;
	free(copy);
}

static bool read_file(const char *path, struct seed *ret)
{
	static uint8_t bytes[INPUT_MAX];
	FILE *f = fopen(path, "rb");

	if (!f)
		return false;
	ret->len = fread(bytes, 1, sizeof(bytes), f);
	(void)fclose(f);
	ret->bytes = malloc(ret->len ? ret->len : 1);
	if (!ret->bytes)
		return false;
	memcpy(ret->bytes, bytes, ret->len);
	return true;
}

static int seed_cmp(const void *a, const void *b)
{
	const struct seed *x = a;
	const struct seed *y = b;

	return strcmp(x->name, y->name);
}

/* Reads the corpus in the order of its names, so that runs are the same. */
static void read_corpus(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	if (!dir)
		return;
	while ((entry = readdir(dir)) != NULL && seed_count < SEEDS_MAX) {
		struct seed *s = &seeds[seed_count];
		char path[4096];

		if (entry->d_name[0] == '.')
			continue;
		int n = snprintf(path, sizeof(path), "%s/%s", folder,
		                 entry->d_name);

		if (n < 0 || (size_t)n >= sizeof(path) || !read_file(path, s))
			continue;
		s->name = strdup(entry->d_name);
		seed_count += s->name != NULL;
	}
	(void)closedir(dir);
	qsort(seeds, seed_count, sizeof(seeds[0]), seed_cmp);
}

/* splitmix64: small, and the same everywhere. */
static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static size_t below(uint64_t *state, size_t n)
{
	return n ? (size_t)(next_random(state) % n) : 0;
}

/* Replaces `cut` bytes at `at` by `len` bytes of `with`, as far as they fit. */
static size_t splice(uint8_t *bytes, size_t n, size_t at, size_t cut,
                     const uint8_t *with, size_t len)
{
	uint8_t tail[MUTANT_MAX];
	size_t left = n - at - cut;

	if (len > MUTANT_MAX - at)
		len = MUTANT_MAX - at;
	if (left > MUTANT_MAX - at - len)
		left = MUTANT_MAX - at - len;
	memcpy(tail, bytes + at + cut, left);
	if (len)
		memmove(bytes + at, with, len);
	memcpy(bytes + at + len, tail, left);
	return at + len + left;
}

/* One change of the kinds that break decoders: bits, edges, cuts, splices. */
static size_t mutate(uint64_t *state, uint8_t *bytes, size_t n)
{
	static const uint8_t edges[] = { 0x00, 0x01, 0x7f, 0x80, 0xff,
		                         '(',  ')',  '{',  '"',  ' ' };
	size_t at = below(state, n);
	size_t span = below(state, n - at < 16 ? n - at : 16);
	const struct seed *other = &seeds[below(state, seed_count)];
	size_t from = seed_count ? below(state, other->len) : 0;
	uint8_t fresh = (uint8_t)next_random(state);
	size_t kind = below(state, 6);

	if (n == 0 || kind == 0)
		return splice(bytes, n, at, 0, &fresh, 1);
	if (kind == 1)
		bytes[at] ^= (uint8_t)(1u << below(state, 8));
	else if (kind == 2)
		bytes[at] = edges[below(state, sizeof(edges))];
	else if (kind == 3)
		return splice(bytes, n, at, span, NULL, 0);
	else if (kind == 4)
		return splice(bytes, n, at, 0, bytes + at, span);
	else if (seed_count)
		return splice(bytes, n, at, span, other->bytes + from,
		              below(state, other->len - from));
	return n;
}

static void run_mutations(uint64_t seed, size_t count)
{
	uint64_t state = seed;

	for (size_t i = 0; i < count; i++) {
		uint8_t bytes[MUTANT_MAX];
		size_t n = 0;

		if (seed_count) {
			const struct seed *s =
			    &seeds[below(&state, seed_count)];

			n = s->len < MUTANT_MAX ? s->len : MUTANT_MAX;
			memcpy(bytes, s->bytes, n);
		}
		for (size_t k = 1 + below(&state, 8); k > 0; k--)
			n = mutate(&state, bytes, n);
		run_one(bytes, n);
	}
}

static uint64_t setting(const char *name, uint64_t otherwise)
{
	const char *s = getenv(name);

	return s ? strtoull(s, NULL, 10) : otherwise;
}

static int run_files(int n, char **paths)
{
	for (int i = 0; i < n; i++) {
		struct seed s;

		if (!read_file(paths[i], &s)) {
			(void)fprintf(stderr, "%s: cannot be read\n", paths[i]);
			return 2;
		}
		run_one(s.bytes, s.len);
		free(s.bytes);
	}
	return 0;
}

int main(int argc, char **argv)
{
	const char *srcdir = getenv("srcdir");
	const char *name = strrchr(argv[0], '/');
	size_t mutations = setting("FUZZ_MUTATIONS", FUZZ_MUTATIONS);
	uint64_t seed = setting("FUZZ_SEED", 1);
	char folder[4096];

	catch_crashes();
	if (argc > 1)
		return run_files(argc - 1, argv + 1);
	name = name ? name + 1 : argv[0];
	if (strncmp(name, "fuzz_", 5) == 0)
		name += 5;
	(void)snprintf(folder, sizeof(folder), "%s/tests/fuzz/corpora/%s",
	               srcdir ? srcdir : ".", name);
	read_corpus(folder);
	(void)printf("1..2\n");
	(void)LLVMFuzzerTestOneInput(NULL, 0);
	for (size_t i = 0; i < seed_count; i++)
		run_one(seeds[i].bytes, seeds[i].len);
	if (seed_count)
		(void)printf("ok 1 - %zu inputs of the corpus\n", seed_count);
	else
		(void)printf("not ok 1 - no corpus in %s\n", folder);
	(void)fflush(stdout);
	run_mutations(seed, mutations);
	(void)printf("ok 2 - %zu mutations of seed %llu\n", mutations,
	             (unsigned long long)seed);
	for (size_t i = 0; i < seed_count; i++) {
		free(seeds[i].name);
		free(seeds[i].bytes);
	}
	return seed_count ? 0 : 1;
}
