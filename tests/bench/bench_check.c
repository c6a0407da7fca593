/*
 * tests/bench/bench_check.c - How fast a tree becomes a checked program.
 *
 * BENCH_CONTRACTS names a folder of contracts (*.clar, also in its folders);
 * up to 64 MiB of them are loaded.  Without it a contract of a usual kind is
 * used, many times.  Only contracts that are accepted without others are
 * counted.  The last rows are programs made to be slow.
 */
#include "config.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/check/analysis.h"
#include "clarity/lang/ast.h"
#include "clarity/value/principal.h"
#include "tests/bench/bench.h"

#define LOAD_MAX ((size_t)64 * 1024 * 1024)
#define FILES_MAX 65536u
#define EPOCH EPOCH_3_3

struct source {
	struct span text;
	enum clarity_version version;
	struct ast ast; /* for the rows that measure checking alone */
};

static struct source sources[FILES_MAX];
static size_t source_count;
static size_t source_bytes;

static struct arena trees, work;
static const struct principal *self;

static enum err build(struct arena *a, struct span text, struct ast *ret)
{
	struct ast_input in = { .source = text,
		                .contract = self,
		                .epoch = EPOCH };

	return ast_build(a, &in, ret, NULL);
}

static enum err check(const struct ast *ast, enum clarity_version version)
{
	struct cost limit = { .of = { UINT64_MAX, UINT64_MAX, UINT64_MAX,
		                      UINT64_MAX, UINT64_MAX } };
	struct memory memory;
	struct meter meter;
	struct analysis_input in = { .ast = ast,
		                     .epoch = EPOCH,
		                     .version = version,
		                     .meter = &meter,
		                     .memory = &memory };
	struct checked checked;

	meter_init(&meter, &limit);
	memory_init(&memory, MEMORY_LIMIT);
	return analysis_run(&work, &work, &in, &checked, NULL);
}

/* Keeps a text that is accepted in some version. */
static void keep(uint8_t *text, size_t bytes)
{
	struct source *s = &sources[source_count];

	s->text = span_of(text, bytes);
	for (int v = CLARITY_1; v <= CLARITY_5; v++) {
		arena_reset(&work);
		if (build(&work, s->text, &s->ast) != ERR_OK)
			break;
		if (check(&s->ast, (enum clarity_version)v) != ERR_OK)
			continue;
		s->version = (enum clarity_version)v;
		CHECK(build(&trees, s->text, &s->ast) == ERR_OK);
		source_bytes += bytes;
		source_count++;
		return;
	}
	free(text);
}

static int load(const char *path, const struct stat *st, int type,
                struct FTW *at)
{
	size_t len = strlen(path);
	size_t bytes = (size_t)st->st_size;
	uint8_t *text;
	FILE *f;

	(void)at;
	if (type != FTW_F || len < 5 || strcmp(path + len - 5, ".clar") != 0)
		return 0;
	if (source_count == FILES_MAX || source_bytes + bytes > LOAD_MAX)
		return 1;
	f = fopen(path, "rb");
	text = malloc(bytes + 1);
	CHECK(text);
	if (f && fread(text, 1, bytes, f) == bytes)
		keep(text, bytes);
	else
		free(text);
	if (f)
		(void)fclose(f);
	return 0;
}

static void run_check(void *arg)
{
	(void)arg;
	for (size_t i = 0; i < source_count; i++) {
		arena_reset(&work);
		CHECK(check(&sources[i].ast, sources[i].version) == ERR_OK);
	}
}

static void run_both(void *arg)
{
	(void)arg;
	for (size_t i = 0; i < source_count; i++) {
		struct ast ast;

		arena_reset(&work);
		CHECK(build(&work, sources[i].text, &ast) == ERR_OK);
		CHECK(check(&ast, sources[i].version) == ERR_OK);
	}
}

/* One program that repeats `item`; what it costs must grow as its length. */
static void run_repeated(const char *name, const char *head, const char *item,
                         const char *tail)
{
	size_t n = 400000 / strlen(item);
	size_t len = strlen(head) + n * strlen(item) + strlen(tail);
	uint8_t *text = malloc(len);
	size_t at = strlen(head);

	CHECK(text);
	memcpy(text, head, at);
	for (size_t i = 0; i < n; i++, at += strlen(item))
		memcpy(text + at, item, strlen(item));
	memcpy(text + at, tail, strlen(tail));
	for (size_t i = 0; i < source_count; i++)
		free((uint8_t *)(uintptr_t)sources[i].text.p);
	source_count = 0;
	source_bytes = 0;
	arena_reset(&trees);
	keep(text, len);
	CHECK(source_count == 1);
	bench_run(name, (struct bench_work){ len, n }, run_check, NULL);
}

static void run_slow(void)
{
	run_repeated("check: one long sum", "(+", " 1", ")");
	run_repeated("check: one long list", "(list", " true", ")");
	run_repeated("check: many tuples", "(begin", " {a: 1, b: {c: 2, d: 3}}",
	             ")");
	run_repeated("check: joins of equal tuples",
	             "(define-private (f (a {a: {b: {c: {d: int}}}}))"
	             " (is-eq a",
	             " a", "))");
	run_repeated("check: short statements",
	             "(define-data-var v int 1) (define-private (f) (begin",
	             " (var-set v 1)", "))");
}

/* Without a folder: some usual contract, many times. */
static void load_own(void)
{
	static const char text[] =
	    "(define-fungible-token coin u1000000)"
	    "(define-map owners {id: uint} {who: principal, at: uint})"
	    "(define-data-var last uint u0)"
	    "(define-constant err-denied (err u401))"
	    "(define-private (next) (let ((id (+ (var-get last) u1)))"
	    " (var-set last id) id))"
	    "(define-public (claim (memo (optional (buff 34))))"
	    " (let ((id (next)) (who tx-sender))"
	    "  (asserts! (map-insert owners {id: id} {who: who,"
	    "   at: burn-block-height}) err-denied)"
	    "  (match memo m (print m) 0x)"
	    "  (try! (ft-mint? coin u10 who))"
	    "  (ok {id: id, who: who})))"
	    "(define-read-only (owner (id uint))"
	    " (get who (map-get? owners {id: id})))";

	for (int i = 0; i < 1000; i++) {
		uint8_t *copy = malloc(sizeof(text) - 1);

		CHECK(copy);
		memcpy(copy, text, sizeof(text) - 1);
		keep(copy, sizeof(text) - 1);
	}
}

int main(void)
{
	static const uint8_t hash[PRINCIPAL_HASH_LEN] = { 1 };
	const char *dir = getenv("BENCH_CONTRACTS");
	struct principal_room issuer, room;

	arena_init(&trees, (size_t)4 * 1024 * 1024 * 1024);
	arena_init(&work, (size_t)1024 * 1024 * 1024);
	CHECK(principal_init_contract(
		  &room, &self,
		  principal_init(&issuer, PRINCIPAL_MAINNET_SINGLESIG, hash),
		  span_str("bench")) == ERR_OK);
	if (dir)
		(void)nftw(dir, load, 16, FTW_PHYS);
	else
		load_own();
	if (source_count == 0) {
		(void)fprintf(stderr, "bench_check: no contracts found\n");
		return 1;
	}

	struct bench_work all = { source_bytes, source_count };

	bench_run("check: trees", all, run_check, NULL);
	bench_run("check: parse and check", all, run_both, NULL);
	run_slow();
	return 0;
}
