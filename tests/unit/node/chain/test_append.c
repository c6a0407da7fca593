/*
 * tests/unit/node/chain/test_append.c - Claims about appending blocks: each
 * rule has a block that breaks it, made from one that breaks none.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>

#include "clarity/vm/stx_balance.h"
#include "node/chain/block_check.h"
#include "node/wire/txtree.h"
#include "tests/lib/chain_case.h"

static struct chain_case the_case;

static void genesis_is_the_tip_of_a_new_chain(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;

	case_init(c);
	case_open(c);
	assert_int_equal(chain_tip(c->chain)->height, 0);
	assert_memory_equal(chain_tip(c->chain)->id, genesis_id, 32);
	assert_true(case_balance(c, CASE_USER).unlocked == CASE_RICH);
	case_fini(c);
}

static void tenures_and_blocks_follow_each_other(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct tx *tx[1];

	case_init(c);
	case_open(c);
	case_tenure(c, NULL, 0);
	tx[0] = case_transfer(c, CASE_USER, 0, CASE_USER + 1, 5);
	case_more(c, tx, 1);
	assert_int_equal(chain_tip(c->chain)->height, 2);
	assert_int_equal(chain_tip(c->chain)->tenure.height, 1);
	assert_int_equal(chain_tip(c->chain)->tenure_blocks, 2);
	assert_true(chain_tip(c->chain)->tenure_fees == 200);
	assert_true(case_balance(c, CASE_USER + 1).unlocked == CASE_RICH + 5);
	assert_true(case_balance(c, CASE_USER).unlocked == CASE_RICH - 205);
	case_tenure(c, NULL, 0);
	assert_int_equal(chain_tip(c->chain)->tenure.height, 2);
	assert_true(chain_tip(c->chain)->tenure.parent_fees == 200);
	case_fini(c);
}

/* --- one rule broken --- */

enum kind {
	PLAIN, /* in the tip's tenure, one transfer */
	START, /* a new tenure, one transfer */
	EXTEND /* an extension, one transfer */
};

struct broken {
	enum block_rule rule;
	enum kind kind;
	/* Breaks the newest block, or what Bitcoin says to it. */
	void (*breaks)(struct chain_case *c);
	bool keeps_seals; /* it is not signed again */
};

static struct tx *txs_of(struct chain_case *c)
{
	return (struct tx *)(uintptr_t)c->newest.txs;
}

static struct payload_tenure *change_of(struct chain_case *c)
{
	return &txs_of(c)[0].payload.tenure;
}

/* What Bitcoin says, as copies that may be changed. */
static struct burn_snapshot snap_tenure, snap_view, snap_prev;
static struct burn_winner the_winner;
static struct burn_signer signers[CASE_SIGNERS];

static void copy_view(struct chain_case *c)
{
	snap_tenure = *c->view.tenure;
	snap_view = *c->view.view;
	the_winner = *c->view.winner;
	memcpy(signers, c->signers, sizeof(signers));
	c->view.tenure = &snap_tenure;
	c->view.view = &snap_view;
	c->view.winner = &the_winner;
	c->view.signers = signers;
	if (c->view.prev_tenure) {
		snap_prev = *c->view.prev_tenure;
		c->view.prev_tenure = &snap_prev;
	}
}

/* Ids and signatures of changed transactions, then root, miner, signers. */
static void seal_again(struct chain_case *c, uint32_t n_signers)
{
	uint8_t(*ids)[32] = (uint8_t(*)[32])(uintptr_t)c->newest.ids;
	struct txtree tree;

	txtree_init(&tree);
	for (uint32_t i = 0; i < c->newest.n_txs; i++) {
		assert_int_equal(tx_id(ids[i], &c->newest.txs[i]), ERR_OK);
		txtree_add(&tree, ids[i]);
	}
	txtree_root(&tree, c->newest.header.tx_root);
	case_seal_by(c, &c->newest, n_signers);
}

static enum err append_now(struct chain_case *c)
{
	struct append_block in = { .bytes = span_str("-"),
		                   .block = &c->newest,
		                   .burn = &c->view };

	return append_block(c->chain, &in, &c->result);
}

static void no_txs(struct chain_case *c)
{
	c->newest.n_txs = 0;
}
static void as_shadow(struct chain_case *c)
{
	c->newest.header.version |= BLOCK_SHADOW;
}
static void other_version(struct chain_case *c)
{
	c->newest.header.version = BLOCK_VERSION_1;
}
static void foreign_tx(struct chain_case *c)
{
	txs_of(c)[0].chain_id++;
}
static void young_tx(struct chain_case *c)
{
	txs_of(c)[0].payload.kind = PAYLOAD_CONTRACT_VERSIONED;
	txs_of(c)[0].payload.contract.version = CLARITY_6;
}
static void twice_changed(struct chain_case *c)
{
	txs_of(c)[2] = txs_of(c)[0];
}
static void change_behind(struct chain_case *c)
{
	struct tx first = txs_of(c)[0];

	txs_of(c)[0] = txs_of(c)[1];
	txs_of(c)[1] = first;
}
static void change_alone(struct chain_case *c)
{
	txs_of(c)[1] = txs_of(c)[2];
	c->newest.n_txs = 2;
}
static void coinbase_of_an_extension(struct chain_case *c)
{
	change_of(c)->cause = PAYLOAD_EXTENDED;
}
static void other_end(struct chain_case *c)
{
	change_of(c)->prev_end[0] ^= 1;
}
static void other_tenure(struct chain_case *c)
{
	change_of(c)->tenure[0] ^= 1;
}
static void other_parent(struct chain_case *c)
{
	/* A known block, but not the one below. */
	memcpy(c->newest.header.parent_id, genesis_id, 32);
	c->newest.header.chain_length = 1;
}
static void unknown_parent(struct chain_case *c)
{
	c->newest.header.parent_id[0] ^= 1;
}
static void other_height(struct chain_case *c)
{
	c->newest.header.chain_length++;
}
static void other_prev_tenure(struct chain_case *c)
{
	change_of(c)->prev_tenure[0] ^= 1;
}
static void other_count(struct chain_case *c)
{
	change_of(c)->prev_blocks++;
}
static void tenure_not_known(struct chain_case *c)
{
	c->view.tenure = NULL;
}
static void tenure_not_won(struct chain_case *c)
{
	(void)c;
	snap_tenure.has_winner = false;
}
static void view_not_known(struct chain_case *c)
{
	c->view.view = NULL;
}
static void view_is_another(struct chain_case *c)
{
	(void)c;
	snap_view.consensus_hash[0] ^= 1;
}
static void view_leaves(struct chain_case *c)
{
	c->view.view_descends = false;
}
static void view_ends_early(struct chain_case *c)
{
	(void)c;
	snap_view.height = snap_tenure.height - 1;
}
static void prev_not_known(struct chain_case *c)
{
	c->view.prev_tenure = NULL;
}
static void prev_is_later(struct chain_case *c)
{
	(void)c;
	snap_prev.height = snap_tenure.height;
}
static void prev_not_won(struct chain_case *c)
{
	(void)c;
	snap_prev.has_winner = false;
}
static void other_burns(struct chain_case *c)
{
	c->newest.header.burn_spent++;
}
static void other_miner(struct chain_case *c)
{
	(void)c;
	the_winner.miner[0] ^= 1;
}
static void change_of_another(struct chain_case *c)
{
	change_of(c)->miner[0] ^= 1;
}
static void other_proof(struct chain_case *c)
{
	(void)c;
	the_winner.sortition_hash[0] ^= 1;
}
static void other_seed(struct chain_case *c)
{
	(void)c;
	the_winner.new_seed[0] ^= 1;
}
static void commit_to_another(struct chain_case *c)
{
	(void)c;
	the_winner.parent_tenure[0] ^= 1;
}

static const uint16_t places[2] = { 0, 9 };
static struct burn_treatment treatment = { .places = places, .n_places = 2 };

static void punished_without_cause(struct chain_case *c)
{
	treatment.is_punished = true;
	c->view.treatments = &treatment;
	c->view.n_treatments = 1;
}
static void paid_against_all(struct chain_case *c)
{
	static const uint8_t none[4];

	treatment.is_punished = false;
	c->newest.header.treatment.bytes = none;
	c->view.treatments = &treatment;
	c->view.n_treatments = 1;
}
static void nobody_signs(struct chain_case *c)
{
	c->view.n_signers = 0;
}
static void forged(struct chain_case *c)
{
	memset((uint8_t *)(uintptr_t)c->newest.header.signer_sigs, 0xff,
	       WIRE_SIG_LEN);
}
static void signed_by_a_stranger(struct chain_case *c)
{
	(void)c;
	signers[1].key[5] ^= 1;
}
static void signed_twice(struct chain_case *c)
{
	uint8_t *sigs = (uint8_t *)(uintptr_t)c->newest.header.signer_sigs;

	memcpy(sigs + WIRE_SIG_LEN, sigs, WIRE_SIG_LEN);
}
static void out_of_order(struct chain_case *c)
{
	struct burn_signer first = signers[0];

	(void)c;
	signers[0] = signers[1];
	signers[1] = first;
}
static void too_light(struct chain_case *c)
{
	seal_again(c, 2); /* 3 of 6 */
}
static void bad_nonce(struct chain_case *c)
{
	struct tx *tx = &txs_of(c)[c->newest.n_txs - 1];

	case_sign(c, tx, CASE_USER, 77, 200);
}
static void unsigned_tx(struct chain_case *c)
{
	txs_of(c)[c->newest.n_txs - 1].auth.origin.sig[7] ^= 1;
}
static void other_root(struct chain_case *c)
{
	c->newest.header.state_root[0] ^= 1;
}

static const struct broken table[] = {
	{ BLOCK_RULE_EMPTY, PLAIN, no_txs, false },
	{ BLOCK_RULE_SHADOW, PLAIN, as_shadow, false },
	{ BLOCK_RULE_VERSION, PLAIN, other_version, false },
	{ BLOCK_RULE_TX_FOREIGN, PLAIN, foreign_tx, false },
	{ BLOCK_RULE_TX_EPOCH, PLAIN, young_tx, false },
	{ BLOCK_RULE_TENURE_TWICE, START, twice_changed, false },
	{ BLOCK_RULE_TENURE_PLACE, START, change_behind, false },
	{ BLOCK_RULE_TENURE_PLACE, EXTEND, change_behind, false },
	{ BLOCK_RULE_TENURE_ALONE, START, change_alone, false },
	{ BLOCK_RULE_TENURE_CAUSE, START, coinbase_of_an_extension, false },
	{ BLOCK_RULE_TENURE_END, START, other_end, false },
	{ BLOCK_RULE_TENURE_END, EXTEND, other_end, false },
	{ BLOCK_RULE_TENURE_HASHES, START, other_tenure, false },
	{ BLOCK_RULE_TENURE_HASHES, EXTEND, other_prev_tenure, false },
	{ BLOCK_RULE_PARENT_UNKNOWN, PLAIN, unknown_parent, false },
	{ BLOCK_RULE_HEIGHT, PLAIN, other_height, false },
	{ BLOCK_RULE_CONTINUITY, PLAIN, other_parent, false },
	{ BLOCK_RULE_PREV_TENURE, START, other_prev_tenure, false },
	{ BLOCK_RULE_TENURE_BLOCKS, START, other_count, false },
	{ BLOCK_RULE_TENURE_BLOCKS, EXTEND, other_count, false },
	{ BLOCK_RULE_TENURE_UNKNOWN, PLAIN, tenure_not_known, false },
	{ BLOCK_RULE_TENURE_UNWON, PLAIN, tenure_not_won, false },
	{ BLOCK_RULE_VIEW_UNKNOWN, PLAIN, view_not_known, false },
	{ BLOCK_RULE_VIEW_UNKNOWN, START, view_is_another, false },
	{ BLOCK_RULE_VIEW_FORK, PLAIN, view_leaves, false },
	{ BLOCK_RULE_VIEW_ORDER, START, view_ends_early, false },
	{ BLOCK_RULE_PREV_UNKNOWN, START, prev_not_known, false },
	{ BLOCK_RULE_PREV_ORDER, START, prev_is_later, false },
	{ BLOCK_RULE_PREV_UNWON, START, prev_not_won, false },
	{ BLOCK_RULE_BURN_SPENT, PLAIN, other_burns, false },
	{ BLOCK_RULE_BURN_SPENT, START, other_burns, false },
	{ BLOCK_RULE_MINER, PLAIN, other_miner, false },
	{ BLOCK_RULE_TENURE_MINER, START, change_of_another, false },
	{ BLOCK_RULE_VRF_PROOF, START, other_proof, false },
	{ BLOCK_RULE_VRF_SEED, START, other_seed, false },
	{ BLOCK_RULE_COMMIT_PARENT, START, commit_to_another, false },
	{ BLOCK_RULE_TREATMENT, PLAIN, punished_without_cause, false },
	{ BLOCK_RULE_TREATMENT, PLAIN, paid_against_all, false },
	{ BLOCK_RULE_SIGNERS_NONE, PLAIN, nobody_signs, false },
	{ BLOCK_RULE_SIGNER_FORGED, PLAIN, forged, true },
	{ BLOCK_RULE_SIGNER_UNKNOWN, PLAIN, signed_by_a_stranger, false },
	{ BLOCK_RULE_SIGNER_UNKNOWN, PLAIN, signed_twice, true },
	{ BLOCK_RULE_SIGNER_ORDER, PLAIN, out_of_order, false },
	{ BLOCK_RULE_SIGNER_WEIGHT, PLAIN, too_light, true },
	{ BLOCK_RULE_TX, PLAIN, bad_nonce, false },
	{ BLOCK_RULE_TX, PLAIN, unsigned_tx, false },
	{ BLOCK_RULE_STATE_ROOT, PLAIN, other_root, false },
};

/* A chain of one tenure with two blocks, and one more block, not appended. */
static void prepare(struct chain_case *c, enum kind kind)
{
	struct tx *tx[1];
	struct case_block b = { .is_start = kind == START,
		                .extends =
		                    kind == EXTEND ? PAYLOAD_EXTENDED : 0,
		                .txs = tx,
		                .n_txs = 1 };

	case_init(c);
	case_open(c);
	case_tenure(c, NULL, 0);
	tx[0] = case_transfer(c, CASE_USER, 0, CASE_USER + 1, 5);
	case_more(c, tx, 1);
	tx[0] = case_transfer(c, CASE_USER, 1, CASE_USER + 1, 6);
	if (kind == START)
		b.tenure = b.view = case_burn(c, chain_tip(c->chain), 0);
	assert_int_equal(case_make(c, &b, NULL), ERR_OK);
	copy_view(c);
}

static void each_rule_refuses_the_block_that_breaks_it(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		const struct broken *t = &table[i];
		struct chain_block before;
		enum err e;

		prepare(c, t->kind);
		before = *chain_tip(c->chain);
		t->breaks(c);
		if (!t->keeps_seals)
			seal_again(c, CASE_SIGNERS);
		e = append_now(c);
		if (e != ERR_BLOCK_REFUSED || c->result.verdict.rule != t->rule)
			fail_msg("%zu: %s instead of %s", i,
			         e == ERR_OK
			             ? "accepted"
			             : block_rule_name(c->result.verdict.rule),
			         block_rule_name(t->rule));
		assert_memory_equal(chain_tip(c->chain)->id, before.id, 32);
		case_fini(c);
	}
}

static void the_same_blocks_unbroken_are_accepted(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;

	for (int kind = PLAIN; kind <= EXTEND; kind++) {
		prepare(c, (enum kind)kind);
		seal_again(c, CASE_SIGNERS);
		assert_int_equal(append_now(c), ERR_OK);
		assert_true(c->result.is_new && c->result.is_tip);
		case_fini(c);
	}
}

static void a_block_is_appended_once(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;

	prepare(c, PLAIN);
	assert_int_equal(append_now(c), ERR_OK);
	assert_int_equal(append_now(c), ERR_OK);
	assert_false(c->result.is_new);
	assert_int_equal(c->result.facts.height, 3);
	case_fini(c);
}

static void a_refused_block_leaves_the_chain_as_it_was(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct stx_balance before;

	prepare(c, PLAIN);
	before = case_balance(c, CASE_USER);
	other_root(c);
	seal_again(c, CASE_SIGNERS);
	assert_int_equal(append_now(c), ERR_BLOCK_REFUSED);
	assert_true(case_balance(c, CASE_USER).unlocked == before.unlocked);
	other_root(c);
	seal_again(c, CASE_SIGNERS);
	assert_int_equal(append_now(c), ERR_OK);
	assert_true(case_balance(c, CASE_USER).unlocked ==
	            before.unlocked - 206);
	case_fini(c);
}

/* Tries to publish what reads a reward. @return why it stays outside. */
static enum err read_reward(struct chain_case *c, uint64_t nonce,
                            const char *height)
{
	static char text[128];
	struct tx *tx[1];
	struct case_block b = { .txs = tx, .n_txs = 1 };
	struct case_source source;

	(void)snprintf(text, sizeof(text),
	               "(define-constant x (get-tenure-info? block-reward %s))",
	               height);
	tx[0] = case_publish(c, CASE_USER, nonce, "reward", text);
	enum err e = case_make(c, &b, &source);

	assert_int_equal(e == ERR_OK, source.fates[0] == ASSEMBLE_TAKEN);
	return source.fates[0] == ASSEMBLE_TAKEN ? ERR_OK : source.whys[0];
}

static void no_block_asks_for_a_reward_before_its_tenure_s_time(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct tx *tx[1];
	uint64_t n = 0;

	case_init(c);
	case_open(c);
	case_tenure(c, NULL, 0);
	/* By height the reward of block 1 is due from block 103 on. */
	for (; n < 101; n++) {
		assert_int_equal(read_reward(c, n, "u1"), ERR_OK);
		tx[0] = case_transfer(c, CASE_USER, n, CASE_USER + 1, 1);
		case_more(c, tx, 1);
	}
	assert_int_equal(read_reward(c, n, "u1"), ERR_TX_REJECTED);
	assert_int_equal(read_reward(c, n, "u2"), ERR_OK);
	for (unsigned i = 0; i < c->genesis.params.maturity; i++) {
		assert_int_equal(read_reward(c, n, "u1"), ERR_TX_REJECTED);
		case_tenure(c, NULL, 0);
	}
	assert_int_equal(read_reward(c, n, "u1"), ERR_OK);
	case_fini(c);
}

static void contracts_of_a_refused_block_do_not_exist(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct tx *tx[1];
	struct case_block b = { .txs = tx, .n_txs = 1 };

	case_init(c);
	case_open(c);
	case_tenure(c, NULL, 0);
	tx[0] =
	    case_publish(c, CASE_USER, 0, "a", "(define-public (f) (ok u1))");
	assert_int_equal(case_make(c, &b, NULL), ERR_OK);
	other_root(c);
	seal_again(c, CASE_SIGNERS);
	assert_int_equal(append_now(c), ERR_BLOCK_REFUSED);
	tx[0] =
	    case_publish(c, CASE_USER, 0, "a", "(define-public (f) (ok u2))");
	case_more(c, tx, 1);
	tx[0] = case_call(c, CASE_USER, 1, CASE_USER, "a", "f");
	case_more(c, tx, 1);
	case_fini(c);
}

static void seven_tenths_of_the_weight_is_enough(void **state)
{
	(void)state;

	assert_int_equal(block_check_threshold(10), 7);
	assert_int_equal(block_check_threshold(11), 8);
	assert_int_equal(block_check_threshold(6), 5);
	assert_int_equal(block_check_threshold(0), 0);
}

static void before_4_0_only_the_first_place_counts(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct block_verdict v;
	struct burn_signer last;

	prepare(c, PLAIN);
	seal_again(c, CASE_SIGNERS);
	/* Signatures are now of places 0, 2, 1. */
	last = signers[1];
	signers[1] = signers[2];
	signers[2] = last;
	assert_int_equal(block_check_signers(&c->newest.header, signers,
	                                     CASE_SIGNERS, false, &v),
	                 ERR_OK);
	assert_int_equal(block_check_signers(&c->newest.header, signers,
	                                     CASE_SIGNERS, true, &v),
	                 ERR_BLOCK_REFUSED);
	assert_int_equal(v.rule, BLOCK_RULE_SIGNER_ORDER);
	case_fini(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(genesis_is_the_tip_of_a_new_chain),
		cmocka_unit_test(tenures_and_blocks_follow_each_other),
		cmocka_unit_test(the_same_blocks_unbroken_are_accepted),
		cmocka_unit_test(each_rule_refuses_the_block_that_breaks_it),
		cmocka_unit_test(a_block_is_appended_once),
		cmocka_unit_test(a_refused_block_leaves_the_chain_as_it_was),
		cmocka_unit_test(
		    no_block_asks_for_a_reward_before_its_tenure_s_time),
		cmocka_unit_test(contracts_of_a_refused_block_do_not_exist),
		cmocka_unit_test(seven_tenths_of_the_weight_is_enough),
		cmocka_unit_test(before_4_0_only_the_first_place_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
