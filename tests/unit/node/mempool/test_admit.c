/* tests/unit/node/mempool/test_admit.c - Claims about node/mempool/admit.c:
 * each reason alone, with its numbers. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/mempool/admit.h"

#define LEN 200u
#define FEE 250u
#define AMOUNT 1000u

/* What the chain of the tests says. */
struct says {
	struct admit_account accounts[256]; /* by the last byte of the key */
	enum admit_call call;
	bool has_contract;
	enum err err;
};

static struct arena arena;
static struct says says;
static struct admit_chain chain;
static struct tx tx;
static struct address me;
static struct address sponsor;
static struct principal_room to;

static void key_of(struct auth_key *ret, uint8_t who)
{
	memset(ret, 0, sizeof(*ret));
	ret->key[31] = who;
	ret->is_compressed = true;
}

static struct address address_of(uint8_t who)
{
	struct auth_key key;
	struct ecdsa_pub pub;
	struct address a = { .version = PRINCIPAL_TESTNET_SINGLESIG };

	key_of(&key, who);
	assert_int_equal(ecdsa_pub_of(&pub, key.key), ERR_OK);
	address_of_key(a.hash, ADDRESS_P2PKH, &pub, true);
	return a;
}

static enum err account(void *ctx, const struct principal *who,
                        struct admit_account *ret)
{
	(void)ctx;
	bool is_me = memcmp(who->hash, me.hash, sizeof(me.hash)) == 0;

	*ret = says.accounts[is_me ? 1 : 2];
	return says.err;
}

static enum err call(void *ctx, const struct payload_call *c,
                     enum admit_call *ret)
{
	(void)ctx;
	(void)c;
	*ret = says.call;
	return says.err;
}

static enum err has_contract(void *ctx, const struct principal *id, bool *ret)
{
	(void)ctx;
	assert_true(span_eq(principal_name(id), span_str("mine")));
	*ret = says.has_contract;
	return says.err;
}

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 20);
	memset(&says, 0, sizeof(says));
	memset(&tx, 0, sizeof(tx));
	says.accounts[1] = (struct admit_account){ 7, AMOUNT + FEE };
	says.accounts[2] = (struct admit_account){ 3, FEE };
	chain = (struct admit_chain){ .chain_id = 0x80000000,
		                      .epoch = EPOCH_3_4,
		                      .account = account,
		                      .call = call,
		                      .has_contract = has_contract };
	me = address_of(1);
	sponsor = address_of(2);
	tx.chain_id = chain.chain_id;
	tx.anchor = TX_ANCHOR_ANY;
	tx.mode = TX_MODE_ALLOW;
	tx.auth.origin = (struct auth_cond){ .mode = ADDRESS_P2PKH,
		                             .nonce = 7,
		                             .fee = FEE,
		                             .is_compressed = true };
	memcpy(tx.auth.origin.signer, me.hash, sizeof(me.hash));
	tx.payload.kind = PAYLOAD_TRANSFER;
	tx.payload.transfer.to = address_principal(&to, &sponsor);
	tx.payload.transfer.amount = AMOUNT;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

static void sponsored(void)
{
	tx.auth.is_sponsored = true;
	tx.auth.origin.fee = 0;
	tx.auth.sponsor = (struct auth_cond){ .mode = ADDRESS_P2PKH,
		                              .nonce = 3,
		                              .fee = FEE,
		                              .is_compressed = true };
	memcpy(tx.auth.sponsor.signer, sponsor.hash, sizeof(sponsor.hash));
}

static void sign(void)
{
	struct auth_key key;
	uint8_t hash[WIRE_HASH_LEN];

	memset(tx.auth.origin.sig, 0, sizeof(tx.auth.origin.sig));
	key_of(&key, 1);
	assert_int_equal(tx_sighash(hash, &tx), ERR_OK);
	assert_int_equal(tx_sign_origin(&arena, &tx, hash, &key), ERR_OK);
	if (!tx.auth.is_sponsored)
		return;
	memset(tx.auth.sponsor.sig, 0, sizeof(tx.auth.sponsor.sig));
	key_of(&key, 2);
	assert_int_equal(tx_sign_sponsor(&arena, &tx, hash, &key), ERR_OK);
}

static struct admit_verdict judged(void)
{
	struct admit_verdict v;

	sign();
	admit_judge(&v, &chain, &tx, LEN);
	return v;
}

static enum admit_reason reason(void)
{
	return judged().reason;
}

static void good_ones_come_in(void **state)
{
	(void)state;
	assert_int_equal(reason(), ADMIT_NONE);
	sponsored();
	assert_int_equal(reason(), ADMIT_NONE);
}

static void networks_are_kept_apart(void **state)
{
	(void)state;
	tx.is_mainnet = true;
	assert_int_equal(reason(), ADMIT_VERSION);
	tx.is_mainnet = false;
	tx.chain_id++;
	assert_int_equal(judged().reason, ADMIT_SIGNATURE);
	assert_int_equal(judged().fault, ERR_TX_CHAIN);
}

static void transfers_move_something_to_somebody_else(void **state)
{
	(void)state;
	tx.payload.transfer.amount = 0;
	assert_int_equal(reason(), ADMIT_AMOUNT);
	tx.payload.transfer.to = address_principal(&to, &me);
	assert_int_equal(reason(), ADMIT_TO_SELF);
	sponsor.version = PRINCIPAL_MAINNET_SINGLESIG;
	tx.payload.transfer.to = address_principal(&to, &sponsor);
	tx.payload.transfer.amount = 1;
	assert_int_equal(reason(), ADMIT_ADDRESS);
}

static void miners_own_kinds_stay_out(void **state)
{
	(void)state;
	tx.payload.kind = PAYLOAD_COINBASE;
	tx.anchor = TX_ANCHOR_ONCHAIN;
	assert_int_equal(reason(), ADMIT_COINBASE);
	tx.payload.kind = PAYLOAD_TENURE;
	assert_int_equal(reason(), ADMIT_TENURE);
	tx.payload.kind = PAYLOAD_POISON;
	assert_int_equal(reason(), ADMIT_POISON);
}

static void signatures_are_the_accounts(void **state)
{
	(void)state;
	struct admit_verdict v;

	sign();
	tx.payload.transfer.amount++;
	admit_judge(&v, &chain, &tx, LEN);
	assert_int_equal(v.reason, ADMIT_SIGNATURE);
	assert_string_equal(admit_word(v.reason), "SignatureValidation");
}

static void a_byte_costs_one_microstx(void **state)
{
	(void)state;
	tx.auth.origin.fee = LEN;
	assert_int_equal(reason(), ADMIT_NONE);
	tx.auth.origin.fee = LEN - 1;
	struct admit_verdict v = judged();

	assert_int_equal(v.reason, ADMIT_FEE);
	assert_true(v.expected == LEN && v.actual == LEN - 1);
}

static void nonces_are_used_once_and_26_ahead(void **state)
{
	(void)state;
	tx.auth.origin.nonce = 6;
	struct admit_verdict v = judged();

	assert_int_equal(v.reason, ADMIT_NONCE);
	assert_true(v.expected == 7 && v.actual == 6 && v.is_origin);
	tx.auth.origin.nonce = 7 + ADMIT_CHAINING_MAX;
	assert_int_equal(reason(), ADMIT_NONE);
	tx.auth.origin.nonce++;
	v = judged();
	assert_int_equal(v.reason, ADMIT_CHAINING);
	assert_true(v.expected == 7 + ADMIT_CHAINING_MAX);
	says.accounts[1].nonce = UINT64_MAX;
	tx.auth.origin.nonce = UINT64_MAX;
	assert_int_equal(reason(), ADMIT_NONE);
}

static void sponsors_nonces_count_as_well(void **state)
{
	(void)state;
	sponsored();
	tx.auth.sponsor.nonce = 2;
	struct admit_verdict v = judged();

	assert_int_equal(v.reason, ADMIT_NONCE);
	assert_false(v.is_origin);
	assert_memory_equal(v.who.hash, sponsor.hash, sizeof(sponsor.hash));
	tx.auth.sponsor.nonce = 3 + ADMIT_CHAINING_MAX + 1;
	assert_int_equal(reason(), ADMIT_CHAINING);
}

static void payers_can_pay(void **state)
{
	(void)state;
	says.accounts[1].available--;
	struct admit_verdict v = judged();

	assert_int_equal(v.reason, ADMIT_FUNDS);
	assert_true(v.expected == AMOUNT + FEE && v.is_origin);
	sponsored();
	says.accounts[1].available = AMOUNT;
	assert_int_equal(reason(), ADMIT_NONE);
	says.accounts[1].available--;
	assert_int_equal(reason(), ADMIT_FUNDS);
	says.accounts[1].available++;
	says.accounts[2].available--;
	v = judged();
	assert_int_equal(v.reason, ADMIT_FUNDS);
	assert_true(v.expected == FEE && !v.is_origin);
	tx.payload.transfer.amount = UINT64_MAX;
	assert_int_equal(reason(), ADMIT_FUNDS);
}

static void calls_fit_what_they_call(void **state)
{
	(void)state;
	tx.payload.kind = PAYLOAD_CALL;
	tx.payload.call = (struct payload_call){ .address = sponsor,
		                                 .contract = span_str("c"),
		                                 .function = span_str("f") };
	assert_int_equal(reason(), ADMIT_NONE);
	says.call = ADMIT_CALL_NO_CONTRACT;
	assert_int_equal(reason(), ADMIT_NO_CONTRACT);
	says.call = ADMIT_CALL_NO_FUNCTION;
	assert_int_equal(reason(), ADMIT_NO_FUNCTION);
	says.call = ADMIT_CALL_BAD_ARGUMENT;
	assert_int_equal(reason(), ADMIT_ARGUMENT);
	tx.payload.call.address.version = PRINCIPAL_MAINNET_MULTISIG;
	assert_int_equal(reason(), ADMIT_ADDRESS);
}

static void contracts_have_new_names(void **state)
{
	(void)state;
	tx.payload.kind = PAYLOAD_CONTRACT;
	tx.payload.contract =
	    (struct payload_contract){ .name = span_str("mine"),
		                       .code = span_str("(+ 1 2)") };
	assert_int_equal(reason(), ADMIT_NONE);
	says.has_contract = true;
	assert_int_equal(reason(), ADMIT_DUPLICATE);
}

static void epochs_have_their_transactions(void **state)
{
	(void)state;
	tx.mode = TX_MODE_ORIGINATOR;
	assert_int_equal(reason(), ADMIT_NONE);
	chain.epoch = EPOCH_3_3;
	assert_int_equal(reason(), ADMIT_EPOCH);
}

static void a_node_that_cannot_look_says_so(void **state)
{
	(void)state;
	says.err = ERR_STORE_READ;
	struct admit_verdict v = judged();

	assert_int_equal(v.reason, ADMIT_FAULT);
	assert_int_equal(v.fault, ERR_STORE_READ);
	assert_true(strlen(admit_text(v.reason)) > 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(good_ones_come_in),
		T(networks_are_kept_apart),
		T(transfers_move_something_to_somebody_else),
		T(miners_own_kinds_stay_out),
		T(signatures_are_the_accounts),
		T(a_byte_costs_one_microstx),
		T(nonces_are_used_once_and_26_ahead),
		T(sponsors_nonces_count_as_well),
		T(payers_can_pay),
		T(calls_fit_what_they_call),
		T(contracts_have_new_names),
		T(epochs_have_their_transactions),
		T(a_node_that_cannot_look_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
