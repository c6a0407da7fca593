/*
 * tests/unit/node/chain/test_signer_set.c - Claims about who signs the next
 * cycle.  Whole histories with the network's sets: V: chain.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "node/chain/ledger.h"
#include "tests/lib/chain_case.h"

#define ENTRY(key, hash, version, ustx)                                        \
	"{pox-addr: {version: " version ", hashbytes: 0x" hash "}, "           \
	"total-ustx: " ustx ", stacker: none, signer: 0x02" key "}"
#define HASH20 "1111111111111111111111111111111111111111"
#define HASH32 HASH20 "111111111111111111111111"
#define KEY_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define KEY_B "0bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static const char stacking[] =
    "(define-read-only (get-reward-set-size (c uint)) u3) "
    "(define-private (entry (i uint)) "
    "(if (is-eq i u0) " ENTRY(
	KEY_A, HASH20, "0x00",
	"u1000000000000") " "
			  "(if (is-eq i u1) " ENTRY(
			      KEY_B, HASH32, "0x06",
			      "u500000000000") " " ENTRY(KEY_A, HASH20, "0x04",
                                                         "u50000000000"
                                                         "0") "))) "
							      "(define-"
							      "read-"
							      "only "
							      "(get-"
							      "reward-"
							      "set-pox-"
							      "address "
							      "(c "
							      "uint) "
							      "(i "
							      "uint)) "
							      "(some "
							      "(entry "
							      "i)))";

static const char signers[] =
    "(define-data-var last-set-cycle uint u0) "
    "(define-data-var at uint u0) "
    "(define-map seen uint (list 9 {signer: principal, weight: uint})) "
    "(define-data-var slots (list 9 {signer: principal, num-slots: uint}) "
    "(list)) "
    "(define-private (stackerdb-set-signer-slots "
    "(l (list 9 {signer: principal, num-slots: uint})) (c uint) (h uint)) "
    "(begin (var-set last-set-cycle c) (var-set at h) "
    "(ok (var-set slots l)))) "
    "(define-private (set-signers (c uint) "
    "(l (list 9 {signer: principal, weight: uint}))) "
    "(ok (map-set seen c l)))";

static struct chain_case the_case;
static struct genesis_contract contracts[2];

static void open_with(struct chain_case *c, uint32_t n)
{
	case_init(c);
	contracts[0] = (struct genesis_contract){ .name = span_str("pox-4"),
		                                  .source = span_str(stacking),
		                                  .version = CLARITY_3,
		                                  .epoch = EPOCH_3_4 };
	contracts[1] = contracts[0];
	contracts[1].name = span_str("signers");
	contracts[1].source = span_str(signers);
	c->genesis.contracts = contracts;
	c->genesis.n_contracts = n;
	case_open(c);
}

/* Evaluates in the signers' contract at the tip. */
static struct value ask(struct chain_case *c, const char *text)
{
	static struct principal_room room;
	struct vm_expr e = { .text = span_str(text) };
	struct vm_result r;
	struct vm *vm;

	assert_int_equal(chain_params_boot_contract(chain_params(c->chain),
	                                            &room, &e.contract,
	                                            span_str("signers")),
	                 ERR_OK);
	assert_int_equal(chain_look(c->chain, &vm), ERR_OK);
	vm_begin(vm, &ledger_free);
	assert_int_equal(vm_eval(vm, &e, &r), ERR_OK);
	return r.value;
}

static void the_first_block_of_a_prepare_phase_writes_the_set(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct value v;

	open_with(c, 2);
	/* Cycles of 20 begin at 100; the phase is 116 to 120. */
	for (int i = 0; i < 15; i++)
		case_tenure(c, NULL, 0);
	assert_true(ask(c, "(var-get last-set-cycle)").u == 0);
	case_tenure(c, NULL, 0);
	assert_true(ask(c, "(var-get last-set-cycle)").u == 1);
	assert_true(ask(c, "(var-get at)").u == 16);
	/* A slot costs 2,000,000 STX over 30, rounded up to 70,000. */
	v = ask(c, "(unwrap-panic (map-get? seen u1))");
	assert_int_equal(v.n, 2);
	assert_true(value_tuple_get(&v.items[0], span_str("weight"))->u == 7);
	assert_true(value_tuple_get(&v.items[1], span_str("weight"))->u == 21);
	v = ask(c, "(var-get slots)");
	assert_int_equal(v.n, 2);
	assert_true(value_tuple_get(&v.items[1], span_str("num-slots"))->u ==
	            1);
	/* Once for each cycle. */
	case_tenure(c, NULL, 0);
	assert_true(ask(c, "(var-get at)").u == 16);
	for (int i = 0; i < 20; i++)
		case_tenure(c, NULL, 0);
	assert_true(ask(c, "(var-get last-set-cycle)").u == 2);
	assert_true(ask(c, "(var-get at)").u == 36);
	case_fini(c);
}

static void without_a_signers_contract_nothing_is_written(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;

	open_with(c, 1);
	for (int i = 0; i < 17; i++)
		case_tenure(c, NULL, 0);
	assert_int_equal(chain_tip(c->chain)->height, 17);
	case_fini(c);
}

static void cycles_of_the_next_contract_are_left_alone(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;

	open_with(c, 2);
	case_fini(c);
	case_init(c);
	c->genesis.contracts = contracts;
	c->genesis.n_contracts = 2;
	/* 4.0 begins in cycle 0: cycle 1 is the next contract's. */
	assert_true(chain_params_add_epoch(&c->genesis.params, EPOCH_4_0, 110));
	case_open(c);
	for (int i = 0; i < 17; i++)
		case_tenure(c, NULL, 0);
	assert_true(ask(c, "(var-get last-set-cycle)").u == 0);
	case_fini(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_first_block_of_a_prepare_phase_writes_the_set),
		cmocka_unit_test(without_a_signers_contract_nothing_is_written),
		cmocka_unit_test(cycles_of_the_next_contract_are_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
