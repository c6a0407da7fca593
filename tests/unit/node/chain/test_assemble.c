/*
 * tests/unit/node/chain/test_assemble.c - Claims about making blocks, and
 * about the limits that a block's making runs into.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/lib/chain_case.h"

static struct chain_case the_case;

/* Spends 40 % of the read count of a tenure that allows 100 reads. */
#define READS                                                                  \
	"(define-data-var v uint u0) "                                         \
	"(define-private (r (i uint) (a uint)) (+ a (var-get v))) "            \
	"(define-public (forty) (ok (fold r (list u1 u1 u1 u1 u1 u1 u1 u1 "    \
	"u1 u1 u1 u1 u1 u1 u1 u1 u1 u1 u1 u1 u1 u1 u1 u1 u1 u1 u1 u1 u1 u1 "   \
	"u1 u1 u1 u1 u1 u1 u1) u0))) "                                         \
	"(define-public (nine) (ok (fold r (list u1 u1 u1 u1 u1 u1) u0)))"

static void candidates_are_taken_put_off_or_refused(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct tx *tx[6];
	struct case_block b = { .txs = tx, .n_txs = 6 };
	struct case_source s;

	case_init(c);
	case_open(c);
	case_tenure(c, NULL, 0);
	tx[0] = case_transfer(c, CASE_USER, 0, CASE_USER + 1, 5);
	tx[1] = case_transfer(c, CASE_USER, 2, CASE_USER + 1, 5);
	tx[2] = case_transfer(c, CASE_USER, 0, CASE_USER + 1, 6);
	tx[3] = case_transfer(c, CASE_USER + 40, 0, CASE_USER, 6);
	tx[4] = case_transfer(c, CASE_USER + 1, 0, CASE_USER + 1, 6);
	tx[5] = case_tx(c, PAYLOAD_COINBASE_VRF);
	case_sign(c, tx[5], CASE_USER, 1, 0);
	assert_int_equal(case_make(c, &b, &s), ERR_OK);
	assert_int_equal(s.fates[0], ASSEMBLE_TAKEN);
	assert_int_equal(s.fates[1], ASSEMBLE_LATER);
	assert_int_equal(s.whys[1], ERR_TX_NONCE);
	assert_int_equal(s.fates[2], ASSEMBLE_NEVER);
	assert_int_equal(s.whys[2], ERR_TX_NONCE);
	assert_int_equal(s.fates[3], ASSEMBLE_LATER);
	assert_int_equal(s.whys[3], ERR_TX_FEE);
	assert_int_equal(s.fates[4], ASSEMBLE_LATER);
	assert_int_equal(s.whys[4], ERR_TX_TRANSFER);
	assert_int_equal(s.fates[5], ASSEMBLE_NEVER);
	assert_int_equal(c->newest.n_txs, 1);
	assert_int_equal(case_append(c), ERR_OK);
	case_fini(c);
}

static void nothing_of_a_block_that_is_made_stays(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct tx *tx[1];
	struct case_block b = { .txs = tx, .n_txs = 1 };
	uint8_t root[32];

	case_init(c);
	case_open(c);
	case_tenure(c, NULL, 0);
	tx[0] = case_publish(c, CASE_USER, 0, "a", READS);
	assert_int_equal(case_make(c, &b, NULL), ERR_OK);
	memcpy(root, c->newest.header.state_root, 32);
	assert_int_equal(chain_tip(c->chain)->height, 1);
	assert_true(case_balance(c, CASE_USER).unlocked == CASE_RICH);
	assert_int_equal(case_make(c, &b, NULL), ERR_OK);
	assert_memory_equal(c->newest.header.state_root, root, 32);
	assert_int_equal(case_append(c), ERR_OK);
	case_fini(c);
}

static void a_block_needs_a_transaction(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct case_block b = { 0 };

	case_init(c);
	case_open(c);
	case_tenure(c, NULL, 0);
	assert_int_equal(case_make(c, &b, NULL), ERR_BLOCK_REFUSED);
	assert_int_equal(c->result.verdict.rule, BLOCK_RULE_EMPTY);
	case_fini(c);
}

/* A chain whose tenures may read 100 times. */
static void open_narrow(struct chain_case *c)
{
	struct tx *tx[1];

	case_init(c);
	c->genesis.params.epochs[0].limit.of[COST_READ_COUNT] = 100;
	case_open(c);
	tx[0] = case_publish(c, CASE_USER, 0, "a", READS);
	case_tenure(c, tx, 1);
}

static struct tx *call(struct chain_case *c, uint64_t nonce, const char *fn)
{
	return case_call(c, CASE_USER, nonce, CASE_USER, "a", fn);
}

static void the_budget_is_the_tenures(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct tx *tx[3];
	struct case_block b = { .txs = tx, .n_txs = 3 };
	struct case_source s;

	open_narrow(c);
	tx[0] = call(c, 1, "forty");
	case_more(c, tx, 1);
	assert_true(chain_tip(c->chain)->spent.of[COST_READ_COUNT] > 40);
	tx[0] = call(c, 2, "forty");
	tx[1] = call(c, 3, "forty");
	tx[2] = case_transfer(c, CASE_USER + 1, 0, CASE_USER, 6);
	assert_int_equal(case_make(c, &b, &s), ERR_OK);
	assert_int_equal(s.fates[0], ASSEMBLE_TAKEN);
	assert_int_equal(s.fates[1], ASSEMBLE_LATER);
	assert_int_equal(s.whys[1], ERR_COST_LIMIT);
	assert_int_equal(s.fates[2], ASSEMBLE_TAKEN);
	assert_int_equal(case_append(c), ERR_OK);
	assert_true(chain_tip(c->chain)->spent.of[COST_READ_COUNT] > 80);
	/* A new tenure begins with nothing spent. */
	tx[0] = call(c, 3, "forty");
	case_tenure(c, tx, 1);
	assert_true(chain_tip(c->chain)->spent.of[COST_READ_COUNT] < 50);
	case_fini(c);
}

static void what_no_tenure_can_pay_is_never_taken(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct tx *tx[1];
	struct case_block b = { .txs = tx, .n_txs = 1 };
	struct case_source s;

	open_narrow(c);
	c->genesis.params.epochs[0].limit.of[COST_READ_COUNT] = 30;
	tx[0] = call(c, 1, "forty");
	assert_int_equal(case_make(c, &b, &s), ERR_BLOCK_REFUSED);
	assert_int_equal(s.fates[0], ASSEMBLE_NEVER);
	assert_int_equal(s.whys[0], ERR_COST_LIMIT);
	case_fini(c);
}

static void extensions_give_budget_back(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct tx *tx[1];
	struct cost before, after;

	for (int cause = PAYLOAD_EXTENDED;
	     cause <= PAYLOAD_EXTENDED_WRITE_LENGTH; cause++) {
		struct case_block b = { .extends = (enum payload_cause)cause,
			                .txs = tx,
			                .n_txs = 1 };

		open_narrow(c);
		before = chain_tip(c->chain)->spent;
		tx[0] = case_transfer(c, CASE_USER + 1, 0, CASE_USER, 6);
		case_mine(c, &b);
		after = chain_tip(c->chain)->spent;
		for (int u = 0; u < COST_UNITS; u++) {
			static const int gives[] = {
				[PAYLOAD_EXTENDED] = -1,
				[PAYLOAD_EXTENDED_RUNTIME] = COST_RUNTIME,
				[PAYLOAD_EXTENDED_READ_COUNT] = COST_READ_COUNT,
				[PAYLOAD_EXTENDED_READ_LENGTH] =
				    COST_READ_LENGTH,
				[PAYLOAD_EXTENDED_WRITE_COUNT] =
				    COST_WRITE_COUNT,
				[PAYLOAD_EXTENDED_WRITE_LENGTH] =
				    COST_WRITE_LENGTH,
			};

			assert_true(before.of[u] > 0);
			assert_true(after.of[u] ==
			            (gives[cause] == -1 || gives[cause] == u
			                 ? 0
			                 : before.of[u]));
		}
		case_fini(c);
	}
}

static void a_block_takes_its_share_of_what_is_left(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct tx *tx[8];
	struct case_block b = { .txs = tx, .n_txs = 8, .share = 25 };

	open_narrow(c);
	for (uint64_t i = 0; i < 8; i++)
		tx[i] = call(c, 1 + i, "nine");
	assert_int_equal(case_make(c, &b, NULL), ERR_OK);
	/* A quarter of 99 reads is full with the third call of nine. */
	assert_int_equal(c->newest.n_txs, 3);
	case_fini(c);
}

static void marked_transactions_pay_and_do_nothing(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct assemble_candidate one;
	struct case_source list = { .n = 1, .list = &one };
	enum assemble_fate fate;
	enum err why;
	struct assemble_source source = { &list, case_next, case_judge, NULL };
	struct assemble_order order = { .burn = &c->view,
		                        .source = &source,
		                        .time = 9 };
	struct assemble_result made;
	static const uint8_t yes[1] = { 1 };
	uint32_t at;

	list.fates = &fate;
	list.whys = &why;
	case_init(c);
	c->genesis.params.n_epochs = 0;
	assert_true(chain_params_add_epoch(&c->genesis.params, EPOCH_4_0, 100));
	case_open(c);
	case_tenure(c, NULL, 0);
	at = case_find_burn(c, chain_tip(c->chain)->burn_view);
	case_view(c, at, at, chain_tip(c->chain));
	case_candidate(c, &one,
	               case_transfer(c, CASE_USER, 0, CASE_USER + 1, 5));
	one.is_marked = true;
	one.category = 3;
	order.parent = chain_tip(c->chain)->id;
	order.treatment = (struct bitvec){ .bytes = yes, .n = 1 };
	assert_int_equal(assemble_block(c->chain, &c->arena, &order, &made),
	                 ERR_OK);
	assert_int_equal(fate, ASSEMBLE_TAKEN);
	assert_int_equal(made.block.header.n_markers, 1);
	assert_int_equal(made.block.header.markers[0].category, 3);
	c->newest = made.block;
	case_seal_by(c, &c->newest, CASE_SIGNERS);
	assert_int_equal(case_append(c), ERR_OK);
	assert_true(case_balance(c, CASE_USER).unlocked == CASE_RICH - 200);
	assert_true(case_balance(c, CASE_USER + 1).unlocked == CASE_RICH);
	case_fini(c);
}

static void receipts_have_room_for_50_mib(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct exec x = { .limit = c->genesis.params.epochs[0].limit };
	struct exec_receipt r;
	struct vm *vm;

	case_init(c);
	case_open(c);
	case_tenure(c, NULL, 0);
	assert_int_equal(chain_look(c->chain, &vm), ERR_OK);
	x.vm = vm;
	x.store = &chaindb_vmstore(chain_db(c->chain))->store;
	x.chain =
	    (struct vm_chain){ EPOCH_3_4, false, c->genesis.params.chain_id };
	/* (ok true) counts two. */
	x.told = EXEC_RECEIPTS_MAX - 2;
	assert_int_equal(
	    exec_run(&x, case_transfer(c, CASE_USER, 0, CASE_USER + 1, 5), true,
	             &r),
	    ERR_TX_RECEIPTS);
	assert_true(x.told == EXEC_RECEIPTS_MAX - 2);
	case_fini(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(candidates_are_taken_put_off_or_refused),
		cmocka_unit_test(nothing_of_a_block_that_is_made_stays),
		cmocka_unit_test(a_block_needs_a_transaction),
		cmocka_unit_test(the_budget_is_the_tenures),
		cmocka_unit_test(what_no_tenure_can_pay_is_never_taken),
		cmocka_unit_test(extensions_give_budget_back),
		cmocka_unit_test(a_block_takes_its_share_of_what_is_left),
		cmocka_unit_test(marked_transactions_pay_and_do_nothing),
		cmocka_unit_test(receipts_have_room_for_50_mib),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
