/*
 * tests/unit/node/bitcoin/test_btc_sign.c - Claims about
 * node/bitcoin/btc_sign.c: whatever it signs the interpreter accepts, and
 * nothing else.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/crypto/hash.h"
#include "clarity/crypto/schnorr.h"
#include "node/bitcoin/btc_addr.h"
#include "node/bitcoin/btc_script.h"
#include "node/bitcoin/btc_sign.h"
#include "node/bitcoin/taptree.h"
#include "tests/lib/hex.h"

#define KEYS 3u

static struct arena arena;
static uint8_t keys[KEYS][32];
static uint8_t pubs[KEYS][33];
static unsigned known; /* keys that the source has, as bits */
static struct span scripts[4];
static size_t n_scripts;

static bool find_key(void *self, const uint8_t hash[20], uint8_t ret[32])
{
	(void)self;
	for (unsigned i = 0; i < KEYS; i++) {
		uint8_t got[20];

		hash_hash160(got, pubs[i], 33);
		if ((known >> i & 1u) && memcmp(got, hash, 20) == 0) {
			memcpy(ret, keys[i], 32);
			return true;
		}
	}
	return false;
}

static bool find_output(void *self, const uint8_t output[32], uint8_t ret[32])
{
	uint8_t tweak[32];
	uint8_t pub[32];

	(void)self;
	taptree_tweak(tweak, pubs[0] + 1, NULL);
	memcpy(ret, keys[0], 32);
	assert_int_equal(schnorr_key_tweak(ret, tweak), ERR_OK);
	assert_int_equal(schnorr_pub_of(pub, ret), ERR_OK);
	return (known & 1u) && memcmp(pub, output, 32) == 0;
}

static bool find_script(void *self, const uint8_t hash[20], struct span *ret)
{
	(void)self;
	for (size_t i = 0; i < n_scripts; i++) {
		uint8_t got[20];

		hash_hash160(got, scripts[i].p, scripts[i].len);
		if (memcmp(got, hash, 20) == 0) {
			*ret = scripts[i];
			return true;
		}
	}
	return false;
}

static const struct btc_sign_source source = { .key = find_key,
	                                       .output = find_output,
	                                       .script = find_script };

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 24);
	for (unsigned i = 0; i < KEYS; i++) {
		struct ecdsa_pub pub;

		memset(keys[i], (int)i + 1, 32);
		assert_int_equal(ecdsa_pub_of(&pub, keys[i]), ERR_OK);
		ecdsa_pub_write(pubs[i], &pub);
	}
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

static struct span keep(const struct btc_script_room *room)
{
	return span_of(arena_copy(&arena, room->bytes, room->len), room->len);
}

static struct span know(struct span script)
{
	scripts[n_scripts++] = script;
	return script;
}

static struct span pay_hash(struct span script)
{
	struct btc_script_room room;
	uint8_t hash[20];

	hash_hash160(hash, script.p, script.len);
	btc_addr_p2sh(&room, hash);
	return keep(&room);
}

static struct span pay_witness_script(struct span script)
{
	struct btc_script_room room;
	uint8_t hash[32];

	hash_sha256(hash, script.p, script.len);
	btc_addr_witness(&room, 0, span_of(hash, 32));
	return keep(&room);
}

static struct span pay_key(bool is_witness)
{
	struct btc_script_room room;
	uint8_t hash[20];

	hash_hash160(hash, pubs[0], 33);
	if (is_witness)
		btc_addr_witness(&room, 0, span_of(hash, 20));
	else
		btc_addr_p2pkh(&room, hash);
	return keep(&room);
}

static struct span multisig(void)
{
	struct buf b;

	buf_init(&b, 1000);
	(void)btc_script_add_number(&b, 2);
	for (unsigned i = 0; i < KEYS; i++)
		(void)btc_script_add_push(&b, span_of(pubs[i], 33));
	(void)btc_script_add_number(&b, KEYS);
	(void)buf_add_u8(&b, BTC_OP_CHECKMULTISIG);
	struct span s = span_of(arena_copy(&arena, b.p, b.len), b.len);

	buf_fini(&b);
	return s;
}

static struct span taproot(void)
{
	struct btc_script_room room;
	uint8_t output[32];
	bool is_odd;

	assert_int_equal(taptree_output(output, &is_odd, pubs[0] + 1, NULL),
	                 ERR_OK);
	btc_addr_witness(&room, 1, span_of(output, 32));
	return keep(&room);
}

/* A transaction that spends an output with `script`. */
struct trial {
	struct btc_in in;
	struct btc_out out;
	struct btc_out spent;
	struct btc_tx tx;
	struct btc_spend spend;
};

static void trial_init(struct trial *t, struct span script)
{
	memset(t, 0, sizeof(*t));
	t->in.sequence = 0xfffffffd;
	t->out.value = 900;
	t->spent = (struct btc_out){ .value = 1000, .script = script };
	t->tx = (struct btc_tx){ .version = 2,
		                 .ins = &t->in,
		                 .n_ins = 1,
		                 .outs = &t->out,
		                 .n_outs = 1 };
	t->spend = (struct btc_spend){ .tx = &t->tx, .spent = &t->spent };
}

static enum err trial_sign(struct trial *t, uint32_t type)
{
	struct btc_in in;
	enum err e = btc_sign_input(&arena, &in, &t->spend, type, &source);

	t->in = in;
	t->tx.has_witness = in.n_witness > 0;
	return e;
}

static enum err trial_verify(const struct trial *t)
{
	enum btc_verify_err why;

	return btc_verify_input(&arena, &t->spend, BTC_VERIFY_POLICY, &why);
}

/* Signed, it is accepted; with another amount or output it is not. */
static void check_script(struct span script, uint32_t type, bool has_amount)
{
	struct trial t;

	trial_init(&t, script);
	assert_int_equal(trial_sign(&t, type), ERR_OK);
	assert_int_equal(trial_verify(&t), ERR_OK);
	t.out.value++;
	assert_int_equal(trial_verify(&t), ERR_BTC_SCRIPT);
	t.out.value--;
	t.spent.value++;
	assert_int_equal(trial_verify(&t),
	                 has_amount ? ERR_BTC_SCRIPT : ERR_OK);
}

static void what_is_signed_is_accepted_and_nothing_else(void **state)
{
	(void)state;
	static const uint32_t types[] = { BTC_SIGHASH_DEFAULT, BTC_SIGHASH_ALL,
		                          BTC_SIGHASH_SINGLE,
		                          BTC_SIGHASH_ALL |
		                              BTC_SIGHASH_ANYONE };
	struct span inner = know(multisig());
	struct span wrapped = know(pay_witness_script(inner));
	struct span wrapped_key = know(pay_key(true));

	known = 7;
	for (size_t i = 0; i < 4; i++) {
		check_script(pay_key(false), types[i], false);
		check_script(pay_key(true), types[i], true);
		check_script(inner, types[i], false);
		check_script(pay_hash(inner), types[i], false);
		check_script(pay_witness_script(inner), types[i], true);
		check_script(pay_hash(wrapped), types[i], true);
		check_script(pay_hash(wrapped_key), types[i], true);
		check_script(taproot(), types[i], true);
	}
}

static void signers_of_a_multisig_add_to_each_other(void **state)
{
	(void)state;
	struct span script = pay_witness_script(know(multisig()));
	struct trial t;

	trial_init(&t, script);
	known = 4;
	assert_int_equal(trial_sign(&t, BTC_SIGHASH_ALL), ERR_BTC_UNSIGNED);
	assert_int_equal(trial_verify(&t), ERR_BTC_SCRIPT);
	known = 1;
	assert_int_equal(trial_sign(&t, BTC_SIGHASH_ALL), ERR_OK);
	assert_int_equal(trial_verify(&t), ERR_OK);
}

static void without_the_key_nothing_is_unlocked(void **state)
{
	(void)state;
	struct trial t;

	known = 2;
	trial_init(&t, taproot());
	assert_int_equal(trial_sign(&t, BTC_SIGHASH_DEFAULT), ERR_BTC_UNSIGNED);
	trial_init(&t, pay_key(true));
	assert_int_equal(trial_sign(&t, BTC_SIGHASH_ALL), ERR_BTC_UNSIGNED);
	trial_init(&t, pay_key(false));
	assert_int_equal(trial_sign(&t, BTC_SIGHASH_ALL), ERR_BTC_UNSIGNED);
}

/* An sBTC deposit: data, DROP, key, CHECKSIG, behind a key nobody has. */
static void a_leaf_is_spent_by_its_script(void **state)
{
	(void)state;
	uint8_t sig[BTC_SIGN_TAPROOT_MAX];
	uint8_t output[32];
	uint8_t control[33];
	uint8_t leaf[32];
	struct btc_script_room room;
	struct trial t;
	struct buf b;
	bool is_odd;
	size_t len;

	buf_init(&b, 100);
	(void)btc_script_add_push(&b, span_str("deposit"));
	(void)buf_add_u8(&b, BTC_OP_DROP);
	(void)btc_script_add_push(&b, span_of(pubs[1] + 1, 32));
	(void)buf_add_u8(&b, BTC_OP_CHECKSIG);
	taptree_leaf(leaf, TAPTREE_LEAF_VERSION, buf_span(&b));
	assert_int_equal(taptree_output(output, &is_odd, pubs[0] + 1, leaf),
	                 ERR_OK);
	control[0] = (uint8_t)(TAPTREE_LEAF_VERSION | is_odd);
	memcpy(control + 1, pubs[0] + 1, 32);
	btc_addr_witness(&room, 1, span_of(output, 32));
	trial_init(&t, keep(&room));
	struct btc_sighash_taproot how = { .spent = &t.spent,
		                           .leaf_hash = leaf,
		                           .code_separator = UINT32_MAX };

	assert_int_equal(btc_sign_taproot(sig, &len, &t.tx, &how, keys[1]),
	                 ERR_OK);
	assert_int_equal(len, 64);
	struct span items[] = { span_of(sig, len), buf_span(&b),
		                span_of(control, 33) };

	t.in.witness = items;
	t.in.n_witness = 3;
	t.tx.has_witness = true;
	assert_int_equal(trial_verify(&t), ERR_OK);
	sig[5] ^= 1;
	assert_int_equal(trial_verify(&t), ERR_BTC_SCRIPT);
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_signed_is_accepted_and_nothing_else),
		cmocka_unit_test(signers_of_a_multisig_add_to_each_other),
		cmocka_unit_test(without_the_key_nothing_is_unlocked),
		cmocka_unit_test(a_leaf_is_spent_by_its_script),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
