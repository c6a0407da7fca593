/*
 * tests/unit/node/store/test_marf.c - Claims about the forest of tries: its
 * roots are those that the network computes.
 *
 * The vectors are scripts of blocks over forks with the roots that an
 * independent implementation gave; tests/vectors/marf/README.md tells the
 * form.  With a file as argument, that file is replayed instead.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/crypto/hash.h"
#include "node/store/marf.h"
#include "node/store/marf_mem.h"
#include "node/store/trie_proof.h"
#include "node/store/trie_prove.h"

#define ARENA_MAX ((size_t)1 << 30)
#define LINE_MAX_LEN 65536

struct replay {
	struct marf_mem *mem;
	struct arena arena;
	struct marf marf;
	uint8_t (*ids)[TRIE_HASH_LEN]; /* of committed blocks, by number */
	uint32_t n_ids;
	uint32_t n_roots;
	uint32_t n_proofs;
	uint32_t n_wrong;
};

static void read_hex(uint8_t *ret, const char *hex, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned byte;

		assert_int_equal(sscanf(hex + 2 * i, "%2x", &byte), 1);
		ret[i] = (uint8_t)byte;
	}
}

/* The newest block with that id: a placeholder is never committed. */
static uint32_t block_number(const struct replay *r, const char *hex)
{
	uint8_t id[TRIE_HASH_LEN];

	if (strcmp(hex, "-") == 0)
		return TRIE_NO_BLOCK;
	read_hex(id, hex, sizeof(id));
	for (uint32_t i = r->n_ids; i > 0; i--) {
		if (memcmp(r->ids[i - 1], id, sizeof(id)) == 0)
			return i - 1;
	}
	fail_msg("no block %s", hex);
	return TRIE_NO_BLOCK;
}

static void do_open(struct replay *r, const char *id_hex, const char *parent)
{
	uint8_t id[TRIE_HASH_LEN];

	read_hex(id, id_hex, sizeof(id));
	arena_reset(&r->arena);
	assert_int_equal(marf_begin(&r->marf, &r->arena,
	                            marf_mem_backend(r->mem),
	                            block_number(r, parent), id),
	                 ERR_OK);
}

static void do_seal(struct replay *r, const char *root_hex, int line)
{
	uint8_t root[TRIE_HASH_LEN], want[TRIE_HASH_LEN];

	read_hex(want, root_hex, sizeof(want));
	assert_int_equal(marf_seal(&r->marf, root), ERR_OK);
	r->n_roots++;
	if (memcmp(root, want, sizeof(root)) != 0) {
		r->n_wrong++;
		(void)fprintf(stderr, "line %d: another root\n", line);
	}
}

static void do_commit(struct replay *r, const char *id_hex)
{
	uint32_t number;

	r->ids = realloc(r->ids, (r->n_ids + 1) * sizeof(*r->ids));
	assert_non_null(r->ids);
	read_hex(r->ids[r->n_ids], id_hex, TRIE_HASH_LEN);
	assert_int_equal(marf_commit(&r->marf, r->ids[r->n_ids], &number),
	                 ERR_OK);
	assert_int_equal(number, r->n_ids);
	r->n_ids++;
}

/* Proofs are long, so the vectors hold their digests. */
static void do_prove(struct replay *r, const char *key, const char *digest_hex,
                     int line)
{
	uint8_t path[TRIE_PATH_LEN], got[TRIE_HASH_LEN], want[TRIE_HASH_LEN];
	struct buf proof;
	bool found;

	buf_init(&proof, TRIE_PROOF_MAX);
	marf_path(path, span_str(key));
	assert_int_equal(trie_prove(&r->arena, marf_mem_backend(r->mem),
	                            r->n_ids - 1, path, &proof, &found),
	                 ERR_OK);
	r->n_proofs++;
	if (strcmp(digest_hex, "-") == 0) {
		assert_false(found);
	} else {
		assert_true(found);
		read_hex(want, digest_hex, sizeof(want));
		hash_sha512_256(got, proof.p, proof.len);
		if (memcmp(got, want, sizeof(got)) != 0) {
			r->n_wrong++;
			(void)fprintf(stderr, "line %d: another proof\n", line);
		}
	}
	buf_fini(&proof);
}

static void do_line(struct replay *r, char *text, int line)
{
	char *save = NULL;
	const char *verb = strtok_r(text, " \n", &save);
	const char *a = strtok_r(NULL, " \n", &save);
	const char *b = strtok_r(NULL, " \n", &save);

	if (!verb || verb[0] == '#')
		return;
	assert_non_null(a);
	if (strcmp(verb, "open") == 0)
		do_open(r, a, b);
	else if (strcmp(verb, "put") == 0)
		assert_int_equal(marf_put(&r->marf, span_str(a), span_str(b)),
		                 ERR_OK);
	else if (strcmp(verb, "seal") == 0)
		do_seal(r, a, line);
	else if (strcmp(verb, "commit") == 0)
		do_commit(r, a);
	else if (strcmp(verb, "prove") == 0)
		do_prove(r, a, b, line);
	else
		fail_msg("line %d: verb %s", line, verb);
}

static struct replay replay_file(const char *path)
{
	static char text[LINE_MAX_LEN];
	struct replay r = { .mem = marf_mem_new(ARENA_MAX) };
	FILE *f = fopen(path, "r");

	assert_non_null(r.mem);
	assert_non_null(f);
	arena_init(&r.arena, ARENA_MAX);
	for (int line = 1; fgets(text, sizeof(text), f); line++)
		do_line(&r, text, line);
	(void)fclose(f);
	arena_fini(&r.arena);
	marf_mem_free(r.mem);
	free(r.ids);
	return r;
}

static void roots_and_proofs_over_forks_are_the_networks(void **state)
{
	(void)state;
	struct replay r =
	    replay_file(SOURCE_DIR "/tests/vectors/marf/forks.txt");

	assert_true(r.n_roots >= 200);
	assert_true(r.n_proofs >= 200);
	assert_int_equal(r.n_wrong, 0);
}

static void a_forgotten_fork_leaves_no_trace(void **state)
{
	(void)state;
	struct marf_mem *mem = marf_mem_new(ARENA_MAX);
	const struct marf_backend *backend = marf_mem_backend(mem);
	struct arena arena;
	struct marf m;
	uint8_t id[TRIE_HASH_LEN] = { 1 };
	uint8_t first[TRIE_HASH_LEN], again[TRIE_HASH_LEN];
	uint32_t genesis, number;

	arena_init(&arena, ARENA_MAX);
	assert_int_equal(marf_begin(&m, &arena, backend, TRIE_NO_BLOCK, id),
	                 ERR_OK);
	assert_int_equal(marf_seal(&m, first), ERR_OK);
	assert_int_equal(marf_commit(&m, id, &genesis), ERR_OK);
	for (int round = 0; round < 2; round++) {
		id[0] = 2;
		assert_int_equal(marf_begin(&m, &arena, backend, genesis, id),
		                 ERR_OK);
		assert_int_equal(
		    marf_put(&m, span_str("key"), span_str("value")), ERR_OK);
		assert_int_equal(marf_seal(&m, round ? again : first), ERR_OK);
		assert_int_equal(marf_commit(&m, id, &number), ERR_OK);
		assert_int_equal(number, 1);
		marf_mem_cut(mem, 1);
		assert_int_equal(marf_mem_count(mem), 1);
	}
	assert_memory_equal(first, again, TRIE_HASH_LEN);
	arena_fini(&arena);
	marf_mem_free(mem);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roots_and_proofs_over_forks_are_the_networks),
		cmocka_unit_test(a_forgotten_fork_leaves_no_trace),
	};

	if (argc > 1) {
		struct replay r = replay_file(argv[1]);

		printf("%u roots, %u proofs, %u wrong\n", r.n_roots, r.n_proofs,
		       r.n_wrong);
		return r.n_wrong != 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
