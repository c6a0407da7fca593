/* tests/unit/sbtc/peg/test_peg_sweep.c - Claims about sbtc/peg/peg_sweep.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/crypto/schnorr.h"
#include "sbtc/peg/peg_sweep.h"
#include "tests/lib/hex.h"

#define REQUESTS_MAX 700

/** What each deposit has, in satoshi. */
#define AMOUNT 100000u
#define MAX_FEE 80000u
#define PEG_VALUE 5000000u

struct made {
	uint8_t old_key[SCHNORR_KEY_LEN]; /* the private ones */
	uint8_t new_key[SCHNORR_KEY_LEN];
	struct peg_deposit_room room;
	uint8_t pay_to[22];
	struct peg_sweep_deposit deposits[REQUESTS_MAX];
	struct peg_sweep_withdrawal withdrawals[REQUESTS_MAX];
	struct peg_sweep plan;
};

static struct arena arena;
static struct made made;

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

static void make_deposits(uint32_t n)
{
	static const uint8_t hash[PRINCIPAL_HASH_LEN] = { 9 };
	struct principal_room room;
	struct peg_deposit_script s = { .max_fee = MAX_FEE };

	s.recipient = principal_init(&room, 26, hash);
	assert_int_equal(schnorr_pub_of(s.key, made.old_key), ERR_OK);
	peg_deposit_script_write(&made.room, &s);
	for (uint32_t i = 0; i < n; i++) {
		struct peg_sweep_deposit *d = &made.deposits[i];

		d->at.txid[0] = (uint8_t)(i / 3);
		d->at.n = i % 3;
		d->amount = AMOUNT;
		d->max_fee = MAX_FEE;
		d->script = span_of(made.room.bytes, made.room.len);
		memset(d->reclaim_leaf, (int)i, sizeof(d->reclaim_leaf));
	}
}

static void make_withdrawals(uint32_t n)
{
	made.pay_to[1] = 20;
	for (uint32_t i = 0; i < n; i++) {
		struct peg_sweep_withdrawal *w = &made.withdrawals[i];

		w->id = 7 + i;
		w->amount = 2000;
		w->max_fee = MAX_FEE;
		w->script = span_of(made.pay_to, sizeof(made.pay_to));
	}
}

static struct peg_sweep *make(uint32_t n_deposits, uint32_t n_withdrawals)
{
	struct peg_sweep *p = &made.plan;

	memset(&made, 0, sizeof(made));
	made.old_key[31] = 5;
	made.new_key[31] = 6;
	make_deposits(n_deposits);
	make_withdrawals(n_withdrawals);
	p->from.value = PEG_VALUE;
	p->from.at.n = 3;
	assert_int_equal(schnorr_pub_of(p->from.key, made.old_key), ERR_OK);
	assert_int_equal(schnorr_pub_of(p->to_key, made.new_key), ERR_OK);
	p->deposits = made.deposits;
	p->n_deposits = n_deposits;
	p->withdrawals = made.withdrawals;
	p->n_withdrawals = n_withdrawals;
	p->rate = 10000;
	return p;
}

static enum err build(const struct peg_sweep *plan)
{
	struct peg_sweep_tx s;

	return peg_sweep_build(&arena, &s, plan);
}

/* Signs as one signer who knows the old private key. */
static void sign(struct peg_sweep_tx *s, const struct peg_sweep *plan)
{
	static uint8_t sigs[REQUESTS_MAX + 1][PEG_SWEEP_SIG_LEN];
	uint8_t tweaked[SCHNORR_KEY_LEN];
	uint8_t tweak[TAPTREE_HASH_LEN];
	uint8_t aux[32] = { 0 };

	memcpy(tweaked, made.old_key, sizeof(tweaked));
	taptree_tweak(tweak, plan->from.key, NULL);
	assert_int_equal(schnorr_key_tweak(tweaked, tweak), ERR_OK);
	for (uint32_t i = 0; i < s->tx.n_ins; i++) {
		uint8_t hash[BTC_WIRE_HASH_LEN];
		const uint8_t *pub = s->spent[i].script.p + 2;

		assert_int_equal(peg_sweep_sighash(hash, s, plan, i), ERR_OK);
		assert_int_equal(schnorr_sign(sigs[i], hash,
		                              i ? made.old_key : tweaked, aux),
		                 ERR_OK);
		assert_true(schnorr_verify(sigs[i], hash, 32,
		                           i ? plan->from.key : pub));
	}
	assert_int_equal(
	    peg_sweep_sign(&arena, s, plan, (const uint8_t(*)[64])sigs),
	    ERR_OK);
}

static uint64_t vsize_of(const struct btc_tx *tx)
{
	struct buf full;
	struct buf old;

	buf_init(&full, 1 << 20);
	buf_init(&old, 1 << 20);
	assert_int_equal(btc_tx_write(&full, tx), ERR_OK);
	assert_int_equal(btc_tx_write_old(&old, tx), ERR_OK);
	uint64_t weight = 3 * old.len + full.len;

	buf_fini(&full);
	buf_fini(&old);
	return (weight + 3) / 4;
}

static uint64_t sum(const uint64_t *fees, uint32_t n)
{
	uint64_t all = 0;

	for (uint32_t i = 0; i < n; i++)
		all += fees[i];
	return all;
}

/* Every number agrees with the bytes that go out. */
static void assert_balanced(uint32_t n_deposits, uint32_t n_withdrawals)
{
	const struct peg_sweep *plan = make(n_deposits, n_withdrawals);
	struct peg_sweep_tx s;
	uint64_t in = 0;
	uint64_t out = 0;
	uint64_t parts;

	assert_int_equal(peg_sweep_build(&arena, &s, plan), ERR_OK);
	sign(&s, plan);
	for (uint32_t i = 0; i < s.tx.n_ins; i++)
		in += s.spent[i].value;
	for (uint32_t i = 0; i < s.tx.n_outs; i++)
		out += s.tx.outs[i].value;
	assert_true(in - out == s.fee);
	assert_true(s.vsize == vsize_of(&s.tx));
	assert_true(s.fee == s.vsize * 10);
	parts = sum(s.deposit_fees, n_deposits) +
	        sum(s.withdrawal_fees, n_withdrawals);
	assert_true(parts >= s.fee);
	assert_true(parts < s.fee + n_deposits + n_withdrawals);
}

static void the_sums_and_the_size_are_the_bytes_own(void **state)
{
	(void)state;
	assert_balanced(1, 0);
	assert_balanced(0, 1);
	assert_balanced(3, 2);
	assert_balanced(25, 40);
	assert_balanced(0, 253);
	assert_balanced(0, 600);
}

static void a_sweep_is_laid_out_as_all_know(void **state)
{
	(void)state;
	const struct peg_sweep *plan = make(2, 2);
	struct peg_sweep_tx s;
	uint8_t script[PEG_OUTPUT_SCRIPT_LEN];

	assert_int_equal(peg_sweep_build(&arena, &s, plan), ERR_OK);
	assert_int_equal(s.tx.version, 2);
	assert_int_equal(s.tx.lock_time, 0);
	assert_int_equal(s.tx.n_ins, 3);
	assert_int_equal(s.tx.n_outs, 4);
	for (uint32_t i = 0; i < 3; i++)
		assert_int_equal(s.tx.ins[i].sequence, 0);
	assert_int_equal(s.tx.ins[0].spends.n, 3);
	assert_int_equal(peg_output_signers(script, plan->to_key), ERR_OK);
	assert_true(
	    span_eq(s.tx.outs[0].script, span_of(script, sizeof(script))));
	assert_hex(s.tx.outs[1].script.p, s.tx.outs[1].script.len,
	           "6a0654330107"
	           "0101");
	assert_true(s.tx.outs[1].value == 0);
	assert_true(s.tx.outs[2].value == 2000);
}

static void the_id_does_not_wait_for_signatures(void **state)
{
	(void)state;
	const struct peg_sweep *plan = make(2, 1);
	struct peg_sweep_tx s;
	uint8_t txid[BTC_WIRE_HASH_LEN];

	assert_int_equal(peg_sweep_build(&arena, &s, plan), ERR_OK);
	sign(&s, plan);
	assert_int_equal(btc_tx_id(txid, &s.tx), ERR_OK);
	assert_memory_equal(txid, s.txid, sizeof(txid));
}

static void requests_are_found_again(void **state)
{
	(void)state;
	static const uint32_t counts[] = { 0, 1, 2, 100, 600 };

	for (unsigned i = 0; i < 5; i++) {
		const struct peg_sweep *plan = make(i == 0, counts[i]);
		struct peg_sweep_tx s;
		const uint64_t *ids;
		uint32_t n;

		assert_int_equal(peg_sweep_build(&arena, &s, plan), ERR_OK);
		assert_int_equal(peg_sweep_ids(&arena, &ids, &n, &s.tx),
		                 ERR_OK);
		assert_int_equal(n, counts[i]);
		for (uint32_t k = 0; k < n; k++)
			assert_true(ids[k] == 7 + k);
		s.tx.n_outs--;
		assert_int_equal(peg_sweep_ids(&arena, &ids, &n, &s.tx),
		                 ERR_PEG_MEMO);
	}
}

static void other_memos_are_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"",
		"6a",
		"6a03",
		"6a025433",
		"6b03543301",
		"6a03583201",
		"6a03543302",
		"6a04543301",
		"6a4c",
		"6a4c04543301",
		"6a05543301"
		"07",
		"6a0454330107",
		NULL,
	};

	for (unsigned i = 0; bad[i]; i++) {
		uint8_t bytes[32];
		struct btc_out outs[3];
		struct btc_tx tx = { .outs = outs, .n_outs = 3 };
		const uint64_t *ids;
		uint32_t n;

		memset(outs, 0, sizeof(outs));
		outs[1].script =
		    span_of(bytes, hex_to(bytes, sizeof(bytes), bad[i]));
		assert_int_equal(peg_sweep_ids(&arena, &ids, &n, &tx),
		                 ERR_PEG_MEMO);
	}
}

static void plans_that_break_a_rule_are_refused(void **state)
{
	(void)state;
	struct peg_sweep *p = make(0, 0);

	assert_int_equal(build(p), ERR_PEG_EMPTY);
	assert_int_equal(build(make(25, 0)), ERR_OK);
	assert_int_equal(build(make(26, 0)), ERR_PEG_COUNT);
	assert_int_equal(build(make(0, 601)), ERR_OK);
	assert_int_equal(build(make(0, 610)), ERR_PEG_COUNT);
	p = make(2, 0);
	made.deposits[1].at = made.deposits[0].at;
	assert_int_equal(build(p), ERR_PEG_ORDER);
	p = make(0, 2);
	made.withdrawals[1].id = made.withdrawals[0].id;
	assert_int_equal(build(p), ERR_PEG_ORDER);
	p = make(1, 0);
	p->rate = 0;
	assert_int_equal(build(p), ERR_PEG_RATE);
	p->rate = PEG_FEE_RATE_MAX + 1;
	assert_int_equal(build(p), ERR_PEG_RATE);
	memset(p->to_key, 0xff, sizeof(p->to_key));
	p->rate = 1;
	assert_int_equal(build(p), ERR_BAD_KEY);
}

static void amounts_are_bounded_on_both_sides(void **state)
{
	(void)state;
	struct peg_sweep *p = make(1, 0);
	struct peg_sweep_tx s;

	assert_int_equal(peg_sweep_build(&arena, &s, p), ERR_OK);
	uint64_t fee = s.deposit_fees[0];

	made.deposits[0].max_fee = fee;
	assert_int_equal(build(p), ERR_OK);
	made.deposits[0].max_fee = fee - 1;
	assert_int_equal(build(p), ERR_PEG_MAX_FEE);
	made.deposits[0].max_fee = fee;
	made.deposits[0].amount = fee + PEG_DUST;
	assert_int_equal(build(p), ERR_OK);
	made.deposits[0].amount--;
	assert_int_equal(build(p), ERR_PEG_DUST);
	made.deposits[0].amount = fee - 1;
	assert_int_equal(build(p), ERR_PEG_MAX_FEE);
	p = make(0, 1);
	made.withdrawals[0].amount = PEG_DUST;
	assert_int_equal(build(p), ERR_OK);
	made.withdrawals[0].amount--;
	assert_int_equal(build(p), ERR_PEG_DUST);
}

static void the_peg_pays_no_more_than_it_has(void **state)
{
	(void)state;
	struct peg_sweep *p = make(0, 1);
	struct peg_sweep_tx s;

	assert_int_equal(peg_sweep_build(&arena, &s, p), ERR_OK);
	made.withdrawals[0].max_fee = s.fee - 1;
	assert_int_equal(build(p), ERR_PEG_MAX_FEE);
	made.withdrawals[0].max_fee = s.fee;
	p->from.value = 2000 + s.fee + PEG_DUST;
	assert_int_equal(build(p), ERR_OK);
	p->from.value--;
	assert_int_equal(build(p), ERR_PEG_FUNDS);
	made.withdrawals[0].amount = UINT64_MAX;
	assert_int_equal(build(p), ERR_PEG_FUNDS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_sums_and_the_size_are_the_bytes_own),
		cmocka_unit_test(a_sweep_is_laid_out_as_all_know),
		cmocka_unit_test(the_id_does_not_wait_for_signatures),
		cmocka_unit_test(requests_are_found_again),
		cmocka_unit_test(other_memos_are_refused),
		cmocka_unit_test(plans_that_break_a_rule_are_refused),
		cmocka_unit_test(amounts_are_bounded_on_both_sides),
		cmocka_unit_test(the_peg_pays_no_more_than_it_has),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
