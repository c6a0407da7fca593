/*
 * tests/unit/node/chain/test_block_shape.c - Claims about what a block shows
 * by itself, where no whole block can show it.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/chain/block_check.h"
#include "node/chain/block_rule.h"
#include "node/chain/block_shape.h"

static struct tx txs[3];
static struct block block;
static struct chain_params params;
static struct block_marker markers[3];
static struct block_verdict verdict;

/* A block of three transfers, in epoch 4.0. */
static void fresh(void)
{
	memset(txs, 0, sizeof(txs));
	memset(&verdict, 0, sizeof(verdict));
	chain_params_init(&params, false);
	for (int i = 0; i < 3; i++) {
		txs[i].chain_id = params.chain_id;
		txs[i].mode = TX_MODE_ALLOW;
		txs[i].payload.kind = PAYLOAD_TRANSFER;
		markers[i] = (struct block_marker){ (uint32_t)i, 1 };
	}
	block = (struct block){ .header = { .version = BLOCK_VERSION_1 },
		                .txs = txs,
		                .n_txs = 3 };
	block.header.markers = markers;
}

static enum block_rule judged(enum epoch epoch)
{
	struct block_shape shape;
	enum err e =
	    block_shape_check(&block, &params, epoch, &shape, &verdict);

	assert_true(e == ERR_OK || e == ERR_BLOCK_REFUSED);
	return e == ERR_OK ? BLOCK_RULE_NONE : verdict.rule;
}

static void every_rule_has_a_name_and_a_text(void **state)
{
	(void)state;

	for (int i = 0; i < BLOCK_RULE_COUNT; i++) {
		assert_true(strlen(block_rule_name((enum block_rule)i)) > 1);
		assert_true(strlen(block_rule_text((enum block_rule)i)) > 5);
	}
	assert_true(block_rule_is_final(BLOCK_RULE_STATE_ROOT));
	assert_false(block_rule_is_final(BLOCK_RULE_VIEW_UNKNOWN));
	assert_false(block_rule_is_final(BLOCK_RULE_PARENT_UNKNOWN));
}

static void markers_ascend_and_point_at_transactions(void **state)
{
	(void)state;

	fresh();
	block.header.n_markers = 3;
	assert_int_equal(judged(EPOCH_4_0), BLOCK_RULE_NONE);
	markers[1].tx_index = 0;
	assert_int_equal(judged(EPOCH_4_0), BLOCK_RULE_MARKER_ORDER);
	fresh();
	block.header.n_markers = 3;
	markers[2].tx_index = 3;
	assert_int_equal(judged(EPOCH_4_0), BLOCK_RULE_MARKER_RANGE);
	block.header.n_markers = BLOCK_MARKERS_MAX + 1;
	assert_int_equal(judged(EPOCH_4_0), BLOCK_RULE_MARKER_COUNT);
}

static void markers_exist_since_4_0(void **state)
{
	(void)state;

	fresh();
	block.header.version = BLOCK_VERSION_0;
	assert_int_equal(judged(EPOCH_3_4), BLOCK_RULE_NONE);
	block.header.n_markers = 1;
	assert_int_equal(judged(EPOCH_3_4), BLOCK_RULE_MARKER_EARLY);
	assert_int_equal(judged(EPOCH_4_0), BLOCK_RULE_VERSION);
	assert_int_equal(judged(EPOCH_2_5), BLOCK_RULE_VERSION);
}

static void tenure_transactions_cannot_be_marked(void **state)
{
	(void)state;

	fresh();
	block.header.n_markers = 1;
	txs[0].payload.kind = PAYLOAD_TENURE;
	txs[0].payload.tenure.cause = PAYLOAD_EXTENDED;
	assert_int_equal(judged(EPOCH_4_0), BLOCK_RULE_MARKER_KIND);
	block.header.n_markers = 0;
	assert_int_equal(judged(EPOCH_4_0), BLOCK_RULE_NONE);
}

static void single_dimensions_are_extended_since_3_3(void **state)
{
	(void)state;

	fresh();
	block.header.version = BLOCK_VERSION_0;
	txs[0].payload.kind = PAYLOAD_TENURE;
	for (int cause = PAYLOAD_EXTENDED_RUNTIME;
	     cause <= PAYLOAD_EXTENDED_WRITE_LENGTH; cause++) {
		txs[0].payload.tenure.cause = (enum payload_cause)cause;
		assert_int_equal(judged(EPOCH_3_2), BLOCK_RULE_EXTEND_EPOCH);
		assert_int_equal(judged(EPOCH_3_3), BLOCK_RULE_NONE);
	}
	txs[0].payload.tenure.cause = PAYLOAD_EXTENDED;
	assert_int_equal(judged(EPOCH_3_0), BLOCK_RULE_NONE);
}

static void a_block_names_its_own_parent(void **state)
{
	(void)state;
	struct block_header h = { .chain_length = 6 };
	struct block_shape shape = { 0 };
	struct chain_block parent = { .height = 5 };
	struct block_verdict v;

	assert_int_equal(block_check_parent(&h, &shape, &parent, &v), ERR_OK);
	parent.id[3] = 1;
	assert_int_equal(block_check_parent(&h, &shape, &parent, &v),
	                 ERR_BLOCK_REFUSED);
	assert_int_equal(v.rule, BLOCK_RULE_PARENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_rule_has_a_name_and_a_text),
		cmocka_unit_test(markers_ascend_and_point_at_transactions),
		cmocka_unit_test(markers_exist_since_4_0),
		cmocka_unit_test(tenure_transactions_cannot_be_marked),
		cmocka_unit_test(single_dimensions_are_extended_since_3_3),
		cmocka_unit_test(a_block_names_its_own_parent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
