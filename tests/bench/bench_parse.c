/*
 * tests/bench/bench_parse.c - How fast text becomes a tree.
 *
 * BENCH_CONTRACTS names a folder of contracts (*.clar, also in its folders);
 * up to 64 MiB of them are loaded.  Without it the corpus of the parser's fuzz
 * target is used, repeated.
 */
#include "config.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/lang/ast.h"
#include "clarity/lang/lexer.h"
#include "clarity/lang/parse.h"
#include "clarity/value/principal.h"
#include "tests/bench/bench.h"

#define LOAD_MAX ((size_t)64 * 1024 * 1024)
#define FILES_MAX 65536u

static struct span sources[FILES_MAX];
static size_t source_count;
static size_t source_bytes;

static struct arena arena;
static const struct principal *self;

static int load(const char *path, const struct stat *st, int type,
                struct FTW *at)
{
	size_t len = strlen(path);
	size_t bytes = (size_t)st->st_size;

	(void)at;
	if (type != FTW_F || len < 5 || strcmp(path + len - 5, ".clar") != 0)
		return 0;
	if (source_count == FILES_MAX || source_bytes + bytes > LOAD_MAX)
		return 1;

	FILE *f = fopen(path, "rb");
	uint8_t *text = malloc(bytes + 1);

	CHECK(text);
	if (f && fread(text, 1, bytes, f) == bytes) {
		sources[source_count++] = span_of(text, bytes);
		source_bytes += bytes;
	} else {
		free(text);
	}
	if (f)
		(void)fclose(f);
	return 0;
}

static void run_lexer(void *arg)
{
	(void)arg;
	for (size_t i = 0; i < source_count; i++) {
		struct lexer lx;

		arena_reset(&arena);
		CHECK(lexer_init(&lx, &arena, sources[i], NULL) == ERR_OK);
		do {
			if (lexer_next(&lx) != ERR_OK)
				break;
		} while (lx.tok.kind != LEXER_END);
	}
}

static void run_parser(void *arg)
{
	(void)arg;
	for (size_t i = 0; i < source_count; i++) {
		struct symtab syms;
		struct parse_tree tree;

		arena_reset(&arena);
		CHECK(symtab_init(&syms, &arena) == ERR_OK);
		if (parse_program(&arena, &syms, sources[i], EPOCH_3_4, &tree,
		                  NULL) == ERR_NO_MEMORY)
			abort();
	}
}

static void run_build(void *arg)
{
	(void)arg;
	for (size_t i = 0; i < source_count; i++) {
		struct ast_input in = { .source = sources[i],
			                .contract = self,
			                .epoch = EPOCH_3_4 };
		struct ast ast;

		arena_reset(&arena);
		if (ast_build(&arena, &in, &ast, NULL) == ERR_NO_MEMORY)
			abort();
	}
}

int main(void)
{
	static const uint8_t hash[PRINCIPAL_HASH_LEN] = { 1 };
	const char *dir = getenv("BENCH_CONTRACTS");
	struct principal_room issuer, room;

	for (int i = 0; i < (dir ? 1 : 100); i++)
		(void)nftw(dir ? dir : BENCH_CORPUS, load, 16, FTW_PHYS);
	if (source_count == 0) {
		(void)fprintf(stderr, "bench_parse: no contracts found\n");
		return 1;
	}
	arena_init(&arena, AST_ARENA_MAX);
	CHECK(principal_init_contract(
		  &room, &self,
		  principal_init(&issuer, PRINCIPAL_MAINNET_SINGLESIG, hash),
		  span_str("bench")) == ERR_OK);

	struct bench_work work = { source_bytes, source_count };

	bench_run("parse: tokens", work, run_lexer, NULL);
	bench_run("parse: raw tree", work, run_parser, NULL);
	bench_run("parse: sorted tree", work, run_build, NULL);
	return 0;
}
