/* tests/unit/clarity/vm/test_native_case.c - Replays tests/vectors/native. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/base/num.h"
#include "clarity/crypto/hash.h"
#include "tests/lib/native_case.h"

static struct arena arena;
static struct buf answer;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 1u << 28);
	buf_init(&answer, 1u << 24);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_fini(&arena);
	buf_fini(&answer);
	return 0;
}

/* Asks; the answer lives until the next question. */
static const char *ask(struct span question)
{
	arena_reset(&arena);
	buf_reset(&answer);
	assert_true(native_case_answer(&answer, &arena, question));
	(void)buf_add_u8(&answer, 0);
	assert_int_equal(buf_err(&answer), ERR_OK);
	return (const char *)answer.p;
}

static void answers_are_those_of_the_vectors(void **state)
{
	(void)state;
	FILE *f = fopen(OWN_VECTORS_DIR "/native/native.txt", "r");
	char *line = NULL;
	size_t cap = 0;
	int number = 0;
	ssize_t n;

	assert_non_null(f);
	while ((n = getline(&line, &cap, f)) > 0) {
		char *arrow = strstr(line, "\t=>\t");

		number++;
		line[n - 1] = '\0';
		assert_non_null(arrow);
		if (strcmp(ask(span_of(line, (size_t)(arrow - line))),
		           arrow + 4) != 0)
			fail_msg("native.txt:%d: %s", number,
			         (const char *)answer.p);
	}
	assert_true(number > 0);
	free(line);
	(void)fclose(f);
}

static void an_empty_slice_is_none_only_at_the_end(void **state)
{
	(void)state;
	static const char at[] = "slice?\t3.4\t5\ttest\t-\t0200000002aabb"
				 "\t0100000000000000000000000000000001"
				 "\t0100000000000000000000000000000001";
	static const char behind[] = "slice?\t3.4\t5\ttest\t-\t0200000002aabb"
				     "\t0100000000000000000000000000000002"
				     "\t0100000000000000000000000000000002";

	assert_string_equal(ask(span_str(at)),
	                    "0a0200000000 (optional (buff 0)) cost_slice:0");
	assert_string_equal(ask(span_str(behind)), "09 (optional UnknownType)");
}

static void shorter_buffers_are_never_sign_extended(void **state)
{
	(void)state;
	assert_string_equal(
	    ask(span_str("buff-to-int-be\t3.4\t5\ttest\t-\t0200000001ff")),
	    "00000000000000000000000000000000ff int");
}

static void a_bad_principal_is_none_from_3_4(void **state)
{
	(void)state;
#define BYTES                                                                  \
	"principal\t02000000160520000000000000000000000000000000000000"        \
	"0000"

	assert_string_equal(
	    ask(span_str("from-consensus-buff?\t3.3\t4\ttest\t" BYTES)),
	    "Unreachable cost_from_consensus_buff:22");
	assert_string_equal(
	    ask(span_str("from-consensus-buff?\t3.4\t5\ttest\t" BYTES)),
	    "09 (optional UnknownType) cost_from_consensus_buff:22");
#undef BYTES
}

/* Appends the hex of a proof of `leaf` in a block of three leaves. */
static void add_proof(struct buf *b, const uint8_t leaf[32],
                      const uint8_t root[32], unsigned index, unsigned count,
                      uint8_t siblings[2][32])
{
	(void)buf_add_str(b,
	                  "verify-merkle-proof\t4.0\t6\ttest\t-\t0200000020");
	(void)buf_add_hex(b, leaf, 32);
	(void)buf_add_str(b, "\t0200000020");
	(void)buf_add_hex(b, root, 32);
	(void)buf_addf(b, "\t01%032x\t01%032x\t0b00000002", index, count);
	for (int i = 0; i < 2; i++) {
		(void)buf_add_str(b, "0200000020");
		(void)buf_add_hex(b, siblings[i], 32);
	}
}

static void pair_up(uint8_t ret[32], const uint8_t a[32], const uint8_t b[32])
{
	uint8_t pair[64];

	memcpy(pair, a, 32);
	memcpy(pair + 32, b, 32);
	hash_sha256d(ret, pair, sizeof(pair));
}

/* Three leaves whose last is paired with itself, told as four (or three). */
static void a_forged_count_is_no_proof(void **state)
{
	(void)state;
	uint8_t leaf[3][32] = { { 1 }, { 2 }, { 3 } };
	uint8_t siblings[2][32];
	uint8_t right[32];
	uint8_t root[32];
	struct buf b;

	buf_init(&b, 4096);
	memcpy(siblings[0], leaf[2], 32);
	pair_up(siblings[1], leaf[0], leaf[1]);
	pair_up(right, leaf[2], leaf[2]);
	pair_up(root, siblings[1], right);
	add_proof(&b, leaf[2], root, 2, 3, siblings);
	assert_string_equal(ask(buf_span(&b)), "03 bool");
	buf_reset(&b);
	add_proof(&b, leaf[2], root, 2, 4, siblings);
	assert_string_equal(ask(buf_span(&b)), "04 bool");
	buf_reset(&b);
	add_proof(&b, leaf[2], root, 3, 4, siblings);
	assert_string_equal(ask(buf_span(&b)), "04 bool");
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_those_of_the_vectors),
		cmocka_unit_test(an_empty_slice_is_none_only_at_the_end),
		cmocka_unit_test(shorter_buffers_are_never_sign_extended),
		cmocka_unit_test(a_bad_principal_is_none_from_3_4),
		cmocka_unit_test(a_forged_count_is_no_proof),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
