/*
 * tests/unit/node/chain/test_unlock.c - Claims about grants by height, the
 * emission, epochs that install contracts, and what receipts tell of them.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/lib/chain_case.h"

static struct chain_case the_case;

static u128 supply(struct chain_case *c)
{
	struct vm_expr e = { .version = CLARITY_3,
		             .text = span_str("stx-liquid-supply") };
	struct principal_room room;
	struct vm_result r;
	struct vm *vm;
	struct cost free_of = { { UINT64_MAX, UINT64_MAX, UINT64_MAX,
		                  UINT64_MAX, UINT64_MAX } };

	e.sender = case_account(&room, CASE_USER);
	assert_int_equal(chain_look(c->chain, &vm), ERR_OK);
	vm_begin(vm, &free_of);
	assert_int_equal(vm_eval(vm, &e, &r), ERR_OK);
	return r.value.u;
}

/* The last receipt of the tip. */
static struct receipt last_receipt(struct chain_case *c)
{
	struct chaindb *db = chain_db(c->chain);
	struct chaindb_block b;
	struct receipt r;

	assert_int_equal(chaindb_get(db, &c->block, chaindb_tip(db), &b),
	                 ERR_OK);
	assert_int_equal(
	    chaindb_receipt(db, &c->block, b.number, b.n_receipts - 1, &r),
	    ERR_OK);
	return r;
}

static void grants_are_given_at_their_height(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	static struct principal_room rooms[2];
	struct genesis_grant grants[3];
	struct tx *tx[1];
	struct receipt r;
	u128 before;

	case_init(c);
	grants[0] =
	    (struct genesis_grant){ case_account(&rooms[0], 90), 11, 2 };
	grants[1] =
	    (struct genesis_grant){ case_account(&rooms[1], 91), 12, 2 };
	grants[2] =
	    (struct genesis_grant){ case_account(&rooms[0], 90), 13, 3 };
	c->genesis.grants = grants;
	c->genesis.n_grants = 3;
	case_open(c);
	before = supply(c);
	assert_true(before == 5 * CASE_RICH);
	case_tenure(c, NULL, 0);
	assert_true(case_balance(c, 90).unlocked == 0);
	tx[0] = case_transfer(c, CASE_USER, 0, CASE_USER + 1, 1);
	case_more(c, tx, 1);
	assert_true(case_balance(c, 90).unlocked == 11);
	assert_true(case_balance(c, 91).unlocked == 12);
	assert_true(supply(c) == before + 23);
	r = last_receipt(c);
	assert_int_equal(r.kind, RECEIPT_BLOCK);
	assert_int_equal(r.n_events, 2);
	assert_int_equal(r.events[1].kind, EVENT_STX_MINT);
	assert_true(r.events[1].amount == 12);
	tx[0] = case_transfer(c, CASE_USER, 1, CASE_USER + 1, 1);
	case_more(c, tx, 1);
	assert_true(case_balance(c, 90).unlocked == 24);
	tx[0] = case_transfer(c, CASE_USER, 2, CASE_USER + 1, 1);
	case_more(c, tx, 1);
	assert_true(case_balance(c, 90).unlocked == 24);
	assert_int_equal(last_receipt(c).kind, RECEIPT_TX);
	case_fini(c);
}

static void each_tenure_brings_its_emission(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct tx *tx[1];
	struct receipt r;
	u128 before;

	case_init(c);
	c->genesis.params.emission =
	    (struct chain_steps){ .at = { { 0, 1000 } }, .n = 1 };
	case_open(c);
	before = supply(c);
	case_tenure(c, NULL, 0);
	assert_true(supply(c) == before + 1000);
	/* The coinbase tells it. */
	r = last_receipt(c);
	assert_int_equal(r.tx_index, 1);
	assert_int_equal(r.n_events, 1);
	assert_int_equal(r.events[0].kind, EVENT_STX_MINT);
	assert_true(r.events[0].amount == 1000);
	tx[0] = case_transfer(c, CASE_USER, 0, CASE_USER + 1, 1);
	case_more(c, tx, 1);
	assert_true(supply(c) == before + 1000);
	case_fini(c);
}

static void an_epoch_begins_with_a_tenure_and_brings_contracts(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct genesis_contract later = {
		.name = span_str("later"),
		.source = span_str("(define-data-var at uint burn-block-height)"
		                   "(define-public (f) (ok (var-get at)))"),
		.version = CLARITY_3,
		.epoch = EPOCH_4_0,
		.mint = 5
	};
	struct tx *tx[1];
	u128 before;

	case_init(c);
	c->genesis.contracts = &later;
	c->genesis.n_contracts = 1;
	assert_true(chain_params_add_epoch(&c->genesis.params, EPOCH_4_0, 102));
	case_open(c);
	before = supply(c);
	case_tenure(c, NULL, 0);
	assert_int_equal(chain_tip(c->chain)->epoch, EPOCH_3_4);
	assert_true(supply(c) == before);
	case_tenure(c, NULL, 0);
	assert_int_equal(chain_tip(c->chain)->epoch, EPOCH_4_0);
	assert_int_equal(chain_tip(c->chain)->version, BLOCK_VERSION_1);
	assert_true(supply(c) == before + 5);
	tx[0] = case_tx(c, PAYLOAD_CALL);
	tx[0]->payload.call.address.version = PRINCIPAL_TESTNET_SINGLESIG;
	tx[0]->payload.call.contract = span_str("later");
	tx[0]->payload.call.function = span_str("f");
	case_sign(c, tx[0], CASE_USER, 0, 300);
	case_more(c, tx, 1);
	assert_int_equal(last_receipt(c).end, RECEIPT_DONE);
	case_fini(c);
}

/* The runtime that the tip's last transaction cost. */
static uint64_t last_runtime(struct chain_case *c)
{
	return last_receipt(c).cost[COST_RUNTIME];
}

static void the_block_that_enters_an_epoch_pays_the_old_prices(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct tx *tx[1];
	uint64_t before, inside;

	case_init(c);
	assert_true(chain_params_add_epoch(&c->genesis.params, EPOCH_4_0, 102));
	case_open(c);
	tx[0] = case_publish(c, CASE_USER, 0, "a",
	                     "(define-data-var v uint u0) (define-public (f) "
	                     "(ok (var-set v (+ u1 (var-get v)))))");
	case_tenure(c, tx, 1);
	tx[0] = case_call(c, CASE_USER, 1, CASE_USER, "a", "f");
	case_more(c, tx, 1);
	before = last_runtime(c);
	tx[0] = case_call(c, CASE_USER, 2, CASE_USER, "a", "f");
	case_tenure(c, tx, 1);
	assert_int_equal(chain_tip(c->chain)->epoch, EPOCH_4_0);
	inside = last_runtime(c);
	tx[0] = case_call(c, CASE_USER, 3, CASE_USER, "a", "f");
	case_more(c, tx, 1);
	assert_true(inside == before);
	assert_true(last_runtime(c) != before);
	case_fini(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grants_are_given_at_their_height),
		cmocka_unit_test(each_tenure_brings_its_emission),
		cmocka_unit_test(
		    an_epoch_begins_with_a_tenure_and_brings_contracts),
		cmocka_unit_test(
		    the_block_that_enters_an_epoch_pays_the_old_prices),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
