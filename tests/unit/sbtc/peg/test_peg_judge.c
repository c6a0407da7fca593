/* tests/unit/sbtc/peg/test_peg_judge.c - Claims about sbtc/peg/peg_judge.c:
 * each reason alone is found, at its limit, and the earlier of two wins. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "sbtc/peg/peg_judge.h"

static const struct peg_limits limits = {
	.deposit_min = 10000,
	.deposit_max = 1000000,
	.withdrawal_max = 500000,
	.supply_max = 5000000,
	.rolling_max = 700000,
};

static const struct peg_deposit_facts good = {
	.is_on_best_chain = true,
	.is_unspent = true,
	.amount = 50000,
	.max_fee = 8000,
	.lock_time = 950,
	.age = 1,
	.has_fee = true,
	.fee = 300,
	.vote = PEG_VOTE_FOR,
	.share = PEG_SHARE_VERIFIED,
};

static const struct peg_withdrawal_facts paid = {
	.is_on_best_chain = true,
	.vote = PEG_VOTE_FOR,
	.amount = 50000,
	.max_fee = 8000,
	.dust = 330,
	.age = 6,
	.has_fee = true,
	.fee = 300,
};

static const struct peg_sweep_facts sweep = {
	.n_deposits = 1,
	.n_withdrawals = 1,
	.rate = 1000,
	.deposited = 50000,
	.withdrawn = 60000,
	.supply = 4000000,
	.paid = 600000,
};

static struct peg_deposit_facts d;
static struct peg_withdrawal_facts w;
static struct peg_sweep_facts s;

static int setup(void **state)
{
	(void)state;
	d = good;
	w = paid;
	s = sweep;
	return 0;
}

static enum peg_reason judged(void)
{
	return peg_judge_deposit(&d, &limits);
}

static enum peg_reason judged_paid(void)
{
	return peg_judge_withdrawal(&w, &limits);
}

static enum peg_reason judged_sweep(void)
{
	return peg_judge_sweep(&s, &limits);
}

static void good_requests_are_served(void **state)
{
	(void)state;
	assert_int_equal(judged(), PEG_REASON_NONE);
	assert_int_equal(judged_paid(), PEG_REASON_NONE);
	assert_int_equal(judged_sweep(), PEG_REASON_NONE);
}

static void deposits_have_bounds(void **state)
{
	(void)state;
	d.amount = 10000;
	assert_int_equal(judged(), PEG_REASON_NONE);
	d.amount = 9999;
	assert_int_equal(judged(), PEG_REASON_TOO_LOW);
	d.amount = 1000000;
	assert_int_equal(judged(), PEG_REASON_NONE);
	d.amount = 1000001;
	assert_int_equal(judged(), PEG_REASON_TOO_HIGH);
}

static void a_deposit_is_left_3_blocks_before_its_lock_ends(void **state)
{
	(void)state;
	d.age = 946;
	assert_int_equal(judged(), PEG_REASON_NONE);
	d.age = 947;
	assert_int_equal(judged(), PEG_REASON_EXPIRED);
	d.age = UINT32_MAX;
	assert_int_equal(judged(), PEG_REASON_EXPIRED);
	d.age = 0;
	d.lock_time = 3;
	assert_int_equal(judged(), PEG_REASON_EXPIRED);
	d.lock_time = 4;
	assert_int_equal(judged(), PEG_REASON_NONE);
}

static void a_deposit_pays_what_it_offers(void **state)
{
	(void)state;
	d.fee = 8000;
	assert_int_equal(judged(), PEG_REASON_NONE);
	d.fee = 8001;
	assert_int_equal(judged(), PEG_REASON_FEE);
	d.amount = 10000;
	d.max_fee = 20000;
	d.fee = 9454;
	assert_int_equal(judged(), PEG_REASON_NONE);
	d.fee = 9455;
	assert_int_equal(judged(), PEG_REASON_DUST);
	d.fee = 10001;
	assert_int_equal(judged(), PEG_REASON_FEE);
	d.has_fee = false;
	assert_int_equal(judged(), PEG_REASON_NO_FEE);
}

static void the_first_reason_is_told(void **state)
{
	(void)state;
	d.share = PEG_SHARE_FAILED;
	assert_int_equal(judged(), PEG_REASON_VERIFY_FAILED);
	d.share = PEG_SHARE_UNVERIFIED;
	assert_int_equal(judged(), PEG_REASON_UNVERIFIED);
	d.share = PEG_SHARE_ABSENT;
	assert_int_equal(judged(), PEG_REASON_NO_SHARE);
	d.vote = PEG_VOTE_AGAINST;
	assert_int_equal(judged(), PEG_REASON_REFUSED);
	d.vote = PEG_VOTE_NONE;
	assert_int_equal(judged(), PEG_REASON_NO_VOTE);
	d.fee = d.amount;
	assert_int_equal(judged(), PEG_REASON_FEE);
	d.age = 950;
	assert_int_equal(judged(), PEG_REASON_EXPIRED);
	d.amount = 1;
	assert_int_equal(judged(), PEG_REASON_TOO_LOW);
	d.is_unspent = false;
	assert_int_equal(judged(), PEG_REASON_SPENT);
	d.is_on_best_chain = false;
	assert_int_equal(judged(), PEG_REASON_OFF_CHAIN);
}

static void withdrawals_wait_for_6_blocks_and_expire_after_24(void **state)
{
	(void)state;
	w.age = 5;
	assert_int_equal(judged_paid(), PEG_REASON_NOT_FINAL);
	w.age = 24;
	assert_int_equal(judged_paid(), PEG_REASON_NONE);
	w.age = 25;
	assert_int_equal(judged_paid(), PEG_REASON_LATE);
}

static void withdrawals_have_bounds(void **state)
{
	(void)state;
	w.amount = 500000;
	assert_int_equal(judged_paid(), PEG_REASON_NONE);
	w.amount = 500001;
	assert_int_equal(judged_paid(), PEG_REASON_TOO_HIGH);
	w.amount = 546;
	assert_int_equal(judged_paid(), PEG_REASON_NONE);
	w.amount = 545;
	assert_int_equal(judged_paid(), PEG_REASON_DUST);
	w.amount = 600;
	w.dust = 601;
	assert_int_equal(judged_paid(), PEG_REASON_DUST);
}

static void the_first_reason_against_a_withdrawal_is_told(void **state)
{
	(void)state;
	w.fee = 8001;
	assert_int_equal(judged_paid(), PEG_REASON_FEE);
	w.has_fee = false;
	assert_int_equal(judged_paid(), PEG_REASON_NO_FEE);
	w.age = 0;
	assert_int_equal(judged_paid(), PEG_REASON_NOT_FINAL);
	w.amount = 1;
	assert_int_equal(judged_paid(), PEG_REASON_DUST);
	w.vote = PEG_VOTE_AGAINST;
	assert_int_equal(judged_paid(), PEG_REASON_REFUSED);
	w.vote = PEG_VOTE_NONE;
	assert_int_equal(judged_paid(), PEG_REASON_NO_VOTE);
	w.is_fulfilled = true;
	assert_int_equal(judged_paid(), PEG_REASON_FULFILLED);
	w.is_on_best_chain = false;
	assert_int_equal(judged_paid(), PEG_REASON_OFF_CHAIN);
}

static void sweeps_stay_below_the_caps(void **state)
{
	(void)state;
	s.supply = 4950000;
	assert_int_equal(judged_sweep(), PEG_REASON_NONE);
	s.supply++;
	assert_int_equal(judged_sweep(), PEG_REASON_SUPPLY_CAP);
	s.supply = U128_MAX;
	assert_int_equal(judged_sweep(), PEG_REASON_SUPPLY_CAP);
	s.n_deposits = 0;
	s.paid = 640000;
	assert_int_equal(judged_sweep(), PEG_REASON_NONE);
	s.paid++;
	assert_int_equal(judged_sweep(), PEG_REASON_ROLLING_CAP);
	s.rate = 0;
	assert_int_equal(judged_sweep(), PEG_REASON_RATE);
	s.has_twice = true;
	assert_int_equal(judged_sweep(), PEG_REASON_TWICE);
	s.n_withdrawals = 0;
	assert_int_equal(judged_sweep(), PEG_REASON_NOTHING);
}

static void no_cap_is_no_limit(void **state)
{
	(void)state;
	struct peg_limits none = { .supply_max = UINT64_MAX,
		                   .rolling_max = UINT64_MAX };

	s.supply = U128_MAX;
	s.paid = U128_MAX;
	assert_int_equal(peg_judge_sweep(&s, &none), PEG_REASON_NONE);
}

static void only_what_concerns_one_signer_leaves_the_sweep(void **state)
{
	(void)state;
	unsigned n = 0;

	for (unsigned r = 0; r < PEG_REASONS; r++) {
		n += peg_judge_sweep_stays((enum peg_reason)r);
		assert_true(strlen(peg_judge_name((enum peg_reason)r)) > 1);
		assert_true(strlen(peg_judge_text((enum peg_reason)r)) > 5);
	}
	assert_int_equal(n, 4);
	assert_true(peg_judge_sweep_stays(PEG_REASON_NO_SHARE));
	assert_false(peg_judge_sweep_stays(PEG_REASON_SPENT));
	assert_string_equal(peg_judge_name(PEG_REASON_EXPIRED),
	                    "LockTimeExpiry");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(good_requests_are_served, setup),
		cmocka_unit_test_setup(deposits_have_bounds, setup),
		cmocka_unit_test_setup(
		    a_deposit_is_left_3_blocks_before_its_lock_ends, setup),
		cmocka_unit_test_setup(a_deposit_pays_what_it_offers, setup),
		cmocka_unit_test_setup(the_first_reason_is_told, setup),
		cmocka_unit_test_setup(
		    withdrawals_wait_for_6_blocks_and_expire_after_24, setup),
		cmocka_unit_test_setup(withdrawals_have_bounds, setup),
		cmocka_unit_test_setup(
		    the_first_reason_against_a_withdrawal_is_told, setup),
		cmocka_unit_test_setup(sweeps_stay_below_the_caps, setup),
		cmocka_unit_test_setup(no_cap_is_no_limit, setup),
		cmocka_unit_test_setup(
		    only_what_concerns_one_signer_leaves_the_sweep, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
