/* tests/unit/sbtc/peg/test_peg_package.c - Claims about
 * sbtc/peg/peg_package.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/crypto/schnorr.h"
#include "sbtc/peg/peg_package.h"

#define MANY 4097u

static struct arena arena;
static struct peg_sweep_deposit deposits[MANY];
static struct peg_sweep_withdrawal withdrawals[MANY];
static struct peg_request requests[MANY];
static struct peg_proposal p;
static struct peg_package got;
static uint8_t pay_to[34] = { 0x51, 32 };
static uint8_t script[68];

static int setup(void **state)
{
	uint8_t key[SCHNORR_KEY_LEN] = { [31] = 3 };

	(void)state;
	arena_init(&arena, 1 << 26);
	memset(&p, 0, sizeof(p));
	memset(requests, 0, sizeof(requests));
	assert_int_equal(schnorr_pub_of(p.from.key, key), ERR_OK);
	key[31] = 4;
	assert_int_equal(schnorr_pub_of(p.to_key, key), ERR_OK);
	p.from.value = 1000000000;
	p.requests = requests;
	p.rate = 2000;
	p.n_signers = 5;
	p.threshold = 3;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

static struct peg_request *deposit(u128 against)
{
	struct peg_sweep_deposit *d = &deposits[p.n];

	memset(d, 0, sizeof(*d));
	/* They arrive in another order than they are swept in. */
	d->at.txid[0] = (uint8_t)(255 - p.n % 256);
	d->at.n = p.n;
	d->amount = 100000;
	d->max_fee = 20000;
	d->script = span_of(script, sizeof(script));
	requests[p.n] =
	    (struct peg_request){ .deposit = d, .against = against };
	return &requests[p.n++];
}

static struct peg_sweep_withdrawal *withdraw(uint64_t id, u128 against)
{
	struct peg_sweep_withdrawal *w = &withdrawals[p.n];

	w->id = id;
	w->amount = 10000;
	w->max_fee = 20000;
	w->script = span_of(pay_to, sizeof(pay_to));
	requests[p.n++] =
	    (struct peg_request){ .withdrawal = w, .against = against };
	return w;
}

static uint32_t make(void)
{
	assert_int_equal(peg_package_make(&arena, &got, &p), ERR_OK);
	return got.n;
}

static uint32_t requests_of(uint32_t at)
{
	return got.plans[at].n_deposits + got.plans[at].n_withdrawals;
}

static void one_sweep_serves_all_that_fits(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 25; i++)
		deposit(0);
	for (unsigned i = 0; i < 40; i++)
		withdraw(100 - i, 0);
	assert_int_equal(make(), 1);
	assert_int_equal(requests_of(0), 65);
	deposit(0);
	assert_int_equal(make(), 2);
	assert_int_equal(requests_of(1), 1);
}

static void each_sweep_spends_the_one_before(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 60; i++)
		deposit(0);
	p.last = (struct peg_fee_last){ .total = 5000, .rate = 3000 };
	assert_int_equal(make(), 3);
	for (uint32_t i = 1; i < 3; i++) {
		const struct btc_in *in = &got.txs[i].tx.ins[0];

		assert_memory_equal(in->spends.txid, got.txs[i - 1].txid, 32);
		assert_int_equal(in->spends.n, 0);
		assert_true(got.txs[i].spent[0].value ==
		            got.txs[i - 1].tx.outs[0].value);
		assert_true(span_eq(got.txs[i].spent[0].script,
		                    got.txs[i - 1].tx.outs[0].script));
		/* Only the first replaces something. */
		assert_true(got.txs[i].fee * 1000 <
		            got.txs[i].vsize * 2000 + 1000);
	}
	assert_true(got.txs[0].fee * 1000 >= got.txs[0].vsize * 3003);
}

static void a_request_without_a_quorum_waits(void **state)
{
	(void)state;
	deposit(7); /* 3 of 5 are against it */
	assert_int_equal(make(), 0);
	deposit(3);
	assert_int_equal(make(), 1);
	assert_int_equal(requests_of(0), 1);
}

static void sweeps_keep_a_quorum(void **state)
{
	(void)state;
	deposit(3);  /* signers 0 and 1 are against it */
	deposit(12); /* 2 and 3: together with the first only 1 is left */
	deposit(1);
	deposit(8);
	assert_int_equal(make(), 2);
	assert_int_equal(requests_of(0), 2);
	assert_int_equal(requests_of(1), 2);
}

static void who_offers_too_little_waits(void **state)
{
	(void)state;
	struct peg_request *r = deposit(0);
	struct peg_sweep_withdrawal *w = withdraw(1, 0);

	deposit(0);
	deposits[0].max_fee = 100;
	w->max_fee = 100;
	assert_int_equal(make(), 1);
	assert_int_equal(requests_of(0), 1);
	assert_int_equal(got.plans[0].n_deposits, 1);
	assert_ptr_equal(r->deposit, &deposits[0]);
	assert_true(got.plans[0].deposits[0].at.n == 2);
}

static void the_peg_pays_as_many_as_it_can(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 10; i++)
		withdraw(i, 0);
	p.from.value = 56000;
	assert_int_equal(make(), 1);
	assert_int_equal(requests_of(0), 5);
	assert_true(got.plans[0].withdrawals[4].id == 4);
	p.from.value = 1000;
	assert_int_equal(make(), 0);
}

static void ids_that_fill_an_op_return_go_on_in_the_next(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < 30; i++)
		withdraw(i * 1000000, 0);
	assert_int_equal(make(), 2);
	assert_int_equal(requests_of(0) + requests_of(1), 30);
}

static void a_chain_has_25_sweeps(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 26 * 25; i++)
		deposit(0);
	assert_int_equal(make(), 25);
	for (uint32_t i = 0; i < 25; i++)
		assert_int_equal(requests_of(i), 25);
}

static void proposals_have_bounds(void **state)
{
	(void)state;
	for (unsigned i = 0; i < MANY - 1; i++)
		deposit(7);
	assert_int_equal(make(), 0);
	deposit(7);
	assert_int_equal(peg_package_make(&arena, &got, &p), ERR_PEG_PROPOSAL);
	p.n = 1;
	p.threshold = 0;
	assert_int_equal(peg_package_make(&arena, &got, &p), ERR_PEG_PROPOSAL);
	p.threshold = 6;
	assert_int_equal(peg_package_make(&arena, &got, &p), ERR_PEG_PROPOSAL);
	p.n_signers = 128;
	assert_int_equal(make(), 1);
	p.n_signers = 129;
	assert_int_equal(peg_package_make(&arena, &got, &p), ERR_PEG_PROPOSAL);
	p.n_signers = 5;
	p.threshold = 3;
	p.rate = 0;
	assert_int_equal(peg_package_make(&arena, &got, &p), ERR_PEG_RATE);
}

static void no_request_is_served_twice(void **state)
{
	(void)state;
	deposit(0);
	deposit(0);
	deposits[1].at = deposits[0].at;
	assert_int_equal(peg_package_make(&arena, &got, &p), ERR_PEG_PROPOSAL);
	p.n = 1;
	withdraw(5, 0);
	withdraw(5, 0);
	assert_int_equal(peg_package_make(&arena, &got, &p), ERR_PEG_PROPOSAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(one_sweep_serves_all_that_fits),
		T(each_sweep_spends_the_one_before),
		T(a_request_without_a_quorum_waits),
		T(sweeps_keep_a_quorum),
		T(who_offers_too_little_waits),
		T(the_peg_pays_as_many_as_it_can),
		T(ids_that_fill_an_op_return_go_on_in_the_next),
		T(a_chain_has_25_sweeps),
		T(proposals_have_bounds),
		T(no_request_is_served_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
