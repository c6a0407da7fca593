/* tests/unit/pox/test_consensus.c - Claims about pox/consensus.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "pox/consensus.h"
#include "tests/unit/pox/histories.h"

#define MANY 16

struct view {
	uint8_t burn[32];
	uint64_t total;
	char pox_id[64];
	uint8_t ops[MANY][32];
	uint8_t earlier[MANY][CONSENSUS_HASH_LEN];
	size_t ops_n, earlier_n;
};

static void view_add(struct view *v, const struct history_line *l)
{
	if (history_is(l, "consensus")) {
		memset(v, 0, sizeof(*v));
		history_bytes(v->burn, l->word[1]);
		v->total = history_number(l->word[2]);
		assert_true(strlen(l->word[3]) < sizeof(v->pox_id));
		memcpy(v->pox_id, l->word[3], strlen(l->word[3]));
	} else if (history_is(l, "op")) {
		assert_true(v->ops_n < MANY);
		history_bytes(v->ops[v->ops_n++], l->word[1]);
	} else if (history_is(l, "earlier")) {
		assert_true(v->earlier_n < MANY);
		(void)hex_to(v->earlier[v->earlier_n++], CONSENSUS_HASH_LEN,
		             l->word[1]);
	}
}

static void assert_hashes(const struct view *v, const struct history_line *l)
{
	uint8_t ops[32];
	uint8_t id[32];
	uint8_t hash[CONSENSUS_HASH_LEN];
	struct consensus_input in = {
		.burn_hash = v->burn,
		.ops_hash = ops,
		.total_burn = v->total,
		.pox_id = span_str(v->pox_id),
		.earlier = (const uint8_t(*)[CONSENSUS_HASH_LEN])v->earlier,
		.n = v->earlier_n,
	};

	consensus_ops_hash(ops, (const uint8_t(*)[32])v->ops, v->ops_n);
	assert_hex(ops, sizeof(ops), l->word[1]);
	consensus_hash(hash, &in);
	assert_hex(hash, sizeof(hash), l->word[2]);
	consensus_sortition_id(id, v->burn, in.pox_id);
	assert_hex(id, sizeof(id), l->word[3]);
}

static void hashes_of_views_are_the_reference_s(void **state)
{
	(void)state;
	static struct view v;
	struct history_line l;
	size_t seen = 0;
	FILE *f = histories_open();

	while (histories_next(f, &l)) {
		view_add(&v, &l);
		if (!history_is(&l, "hashes"))
			continue;
		assert_hashes(&v, &l);
		seen++;
	}
	assert_true(seen >= 8);
	(void)fclose(f);
}

static void distances_to_earlier_hashes_double(void **state)
{
	(void)state;
	uint64_t heights[CONSENSUS_EARLIER_MAX];

	assert_int_equal(consensus_earlier(heights, 100, 100), 1);
	assert_int_equal(heights[0], 100);
	assert_int_equal(consensus_earlier(heights, 106, 100), 3);
	assert_int_equal(consensus_earlier(heights, 107, 100), 4);
	assert_int_equal(heights[1], 106);
	assert_int_equal(heights[2], 104);
	assert_int_equal(heights[3], 100);
	assert_int_equal(consensus_earlier(heights, UINT64_MAX, 0), 64);
	assert_int_equal(consensus_earlier(heights, INT64_MAX - 1, 0), 63);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hashes_of_views_are_the_reference_s),
		cmocka_unit_test(distances_to_earlier_hashes_double),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
