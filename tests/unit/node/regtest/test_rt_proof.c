/*
 * tests/unit/node/regtest/test_rt_proof.c - Claims about
 * node/regtest/rt_proof.c.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/regtest/rt_proof.h"

#define TXS_MAX 17u

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 24);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

/* A block of `n` transactions of which only the ids exist. */
struct sample {
	btc_hash ids[TXS_MAX];
	bool is_wanted[TXS_MAX];
	struct btc_block block;
	struct buf proof;
};

static void sample_init(struct sample *s, uint32_t n, uint32_t wanted)
{
	btc_hash nodes[TXS_MAX];
	bool ignored;

	memset(s, 0, sizeof(*s));
	for (uint32_t i = 0; i < n; i++) {
		memset(s->ids[i], (int)i + 1, sizeof(btc_hash));
		s->is_wanted[i] = wanted >> i & 1u;
	}
	memcpy(nodes, s->ids, sizeof(nodes));
	btc_merkle_root(s->block.header.root, &ignored, nodes, n);
	s->block.ids = (const btc_hash *)s->ids;
	s->block.n_txs = n;
	buf_init(&s->proof, 1 << 16);
	assert_int_equal(
	    rt_proof_write(&arena, &s->proof, &s->block, s->is_wanted), ERR_OK);
}

static void every_choice_is_proved_and_read_back(void **state)
{
	(void)state;
	for (uint32_t n = 1; n <= TXS_MAX; n++) {
		for (uint32_t wanted = 0;
		     wanted<1u << n; wanted += n> 6 ? 1u << (n - 6) | 3u : 1) {
			struct rt_proof got;
			struct sample s;
			uint32_t k = 0;

			arena_reset(&arena);
			sample_init(&s, n, wanted);
			assert_int_equal(
			    rt_proof_read(&arena, &got, buf_span(&s.proof)),
			    ERR_OK);
			assert_int_equal(got.n_txs, n);
			for (uint32_t i = 0; i < n; i++) {
				if (!s.is_wanted[i])
					continue;
				assert_true(k < got.n_ids);
				assert_memory_equal(got.ids[k++], s.ids[i],
				                    sizeof(btc_hash));
			}
			assert_int_equal(k, got.n_ids);
			buf_fini(&s.proof);
		}
	}
}

/* Nothing else than what was written proves the same root: every bit of the
 * tree counts. */
static void a_changed_proof_is_refused(void **state)
{
	(void)state;
	struct rt_proof got;
	struct sample s;

	sample_init(&s, 11, 1u << 3 | 1u << 10);
	for (size_t i = 36; i < s.proof.len; i++) {
		if (i >= 68 && i < 80)
			continue; /* time, target and nonce are not its */
		s.proof.p[i] ^= 1;
		assert_int_equal(
		    rt_proof_read(&arena, &got, buf_span(&s.proof)),
		    ERR_SYNTAX);
		s.proof.p[i] ^= 1;
	}
	for (size_t len = 0; len < s.proof.len; len++)
		assert_int_equal(
		    rt_proof_read(&arena, &got, span_of(s.proof.p, len)),
		    ERR_SYNTAX);
	buf_fini(&s.proof);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_choice_is_proved_and_read_back),
		cmocka_unit_test(a_changed_proof_is_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
