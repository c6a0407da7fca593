/*
 * tests/unit/sbtc/peg/test_peg_output.c - Claims about sbtc/peg/peg_output.c.
 *
 * Vectors: the deposit addresses of stacks-core,
 * stackslib/src/chainstate/stacks/sbtc.rs.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdbool.h>

#include "sbtc/peg/peg_output.h"
#include "sbtc/peg/peg_reclaim_script.h"
#include "tests/lib/hex.h"

struct row {
	const char *name;
	unsigned key;
	uint64_t max_fee;
	const char *recipient;
	uint32_t lock_time;
	const char *user; /* NULL: 2,048 times 75 */
	const char *deposit_leaf;
	const char *reclaim_leaf;
	const char *root;
	const char *output;
};

static const char *const keys[] = {
	"79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
	"c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5",
	"f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9",
};

/* clang-format off */
static const struct row rows[] = {
	{ "standard_mainnet", 0, 15000u,
	  "SP000000000000000000002Q6VF78",
	  6, "",
	  "62ff1e284841c8b5655ffe1e1e5815eac12cb498d38b6f3b2d638a1c15648158",
	  "4b49f80fd3b1a30785b34bc7f0aa362a5a22aa4cc1ef0570489efec975526d28",
	  "f242112a4a0a232d5a77a6b100ca75054b76b2c8745ce5ee6ca0bf8ed33d9c88",
	  "3a900085e4603715fd25abda9299a4989a9f94a490f0d6f1892bc8a1c6babf1a" },
	{ "standard_testnet", 1, 100000000u,
	  "ST000000000000000000002AMW42H",
	  144, "",
	  "1110862072f1eb0877efaf240d5f2e8e3a524c6e53561d8baccb61fa674d2852",
	  "454bd4c344b99a80a157d5e97bd0526d1fb12d26411f3fab1c49747e0bf1ed4b",
	  "d2d9a9b96c0881bc199a686662a49ffc71d9eed5a71716f1023297dc791f0dcf",
	  "6601c757b0f7d2e5cfb45a938be833c17afbea7f6d5f8b293b454d3563008ba0" },
	{ "contract_short", 0, 0u,
	  "ST000000000000000000002AMW42H.my-contract",
	  1024, "75",
	  "a943750ad40e7cf2c822c4589ad5da847bcc52083bb78488b945ae23a93b713d",
	  "6e72448b2a47baf78970c0d5a3b57f414f0d7498572da1cc4bbd56de44335822",
	  "50e71558eb44d8c6cece84a81fe8abf70d0bcdd2482b2a6d166ed14d1d37d02a",
	  "b2e483a39cc83c83ed0e0ae613ae2443b5d4bfa554c6d3752301ffeb2669fd9b" },
	{ "contract_long", 1, 1234567u,
	  "ST000000000000000000002AMW42H.aaaaaaaaaaaaaa"
	  "aaaaaaaaaaaaaaaaaaaaaaaaaa",
	  65535, "20000000000000000000000000000000000000000000"
	  "000000000000000000000075",
	  "05b21b1cf20c3bff18c61e667a35bdf320d84a68a7c93f2174518923e3b00ce8",
	  "c92bbca25a0644acce8f214e24a837544e5ef29d8304184858a915de30cc8f2c",
	  "bce95b41e7caa60ee8beb29d1cd1eee251e4cbe595af2d4afc729c6f02d4b779",
	  "7796ada72f5f892234230446bef7c897b638bead6479b1adbdb6c3542a2326ed" },
	{ "high_lock", 0, 42u,
	  "SP000000000000000000002Q6VF78",
	  65535, "02abcd87",
	  "257bdae7d9e24d8abcaec346878f63b0418c7ae6dda627cff38dea37bb341100",
	  "b748b56a4e5a77c7ed2e39068620bc5872d2840e0f0182d215061a9d50e71967",
	  "de9b211ae7e18e1879140418a2d94d8fe62ed568d451f54fcb8d18a7afa96ab9",
	  "fd5e38a5c16f1e3df25ec70051b8eb1de1da880956c4e6181b64f1b30234fd22" },
	{ "max_fee_zero", 2, 0u,
	  "ST000000000000000000002AMW42H",
	  1, "",
	  "56ccfebe0f3b7966524bb2c4df69d0549a97ed89c9266c68f6a309bb5d7a2db3",
	  "d5d02fadcf3cff8d20c521cb244b23f8029a11f1625978884026f5d4125063f6",
	  "0b10bc3e783b461c3794c2a93c5e1db111045c9287502031ad28b038c2153ea0",
	  "15df47f9f35347183eadea820aecb745c144e3e4cf20c58f40cb12ca02e0ed2f" },
	{ "max_fee_u64_max", 0, UINT64_MAX,
	  "SP000000000000000000002Q6VF78",
	  100, "",
	  "3044c7b1a313589014414cedebd3d54419fe93839b1522e181811fb57f5d43ca",
	  "2e4fa0084100dc5355b5d1d0bc2e6e0e67513ace2282812e0eaa930158051f32",
	  "840a316154aedf83cac24e89558bf4488720eab5372d9b467f5bf355c6e3e341",
	  "2b404aeae41af5ddc55eed518df8ff82d4e7b302428d0a4dddad72b551664f54" },
	{ "name_44", 0, 7u,
	  "ST000000000000000000002AMW42H.aaaaaaaaaaaaaa"
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	  50, "",
	  "4cfd8a35fb20658d8d9d3cae47fd453695eca7a530668b55cfa443dfbdc45d53",
	  "d08e126224478587e0426d7d534affde56d0b0f940612babf36b919a4f140d36",
	  "76538274b025b82022140c923a632d58aee3caa51a39e95828029089b5fd064b",
	  "fd756efcda9d7ff3c9e69f87eb52a9cc43beb70900ec313426fae9f2901ac273" },
	{ "name_45", 0, 7u,
	  "ST000000000000000000002AMW42H.aaaaaaaaaaaaaa"
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	  50, "",
	  "8f62366217618e7086a3f8da75e727d8ec22967efcc296f0f6f334d6f4cceb7e",
	  "d08e126224478587e0426d7d534affde56d0b0f940612babf36b919a4f140d36",
	  "6041c4dd9d6ca8bea17133c7aa7974d5c65eaac54ee56da10e8a0c9e90d8d130",
	  "2762a90adc00f30c7d718f60be6970a5336906f7ebf4473719164fa025333960" },
	{ "lock_zero", 1, 1u,
	  "SP000000000000000000002Q6VF78",
	  0, "",
	  "2fbc2300e180827c419953a6c3bae55f3dfcca06cd12bd5caf5f2669370dae13",
	  "b45bd313fdb88c774cedf0e8435fc15678f0edd8a43c2791008f7db0d2f89b6e",
	  "02e2defd794263bb543dd39e2a4c571f29da6fbf87ad3d9a77b2c666ec37e039",
	  "1a9cfb07c82a6bf5147adc968816e1759a795a07bfb9e47364e59ec3496aaed4" },
	{ "lock_256", 2, 9999u,
	  "ST000000000000000000002AMW42H",
	  256, "",
	  "ab051c6ded9411d42008b56926cadee6048e2e220908e8b7eb0c70c55da02e38",
	  "4107d1688b77534bd3dfe3c8a8c0a0e9fb1159befeb61cca57cefdb336fd53bc",
	  "433073c68e3c5c96a5c8de249c756c7566597a219f3bfdd7cf29824c501bb03d",
	  "2e0980724fb67bfb978bb44b209f8e8bbff654fd06cb8cc0ff9c987e04dcc6e6" },
	{ "nonzero_hash", 1, 555u,
	  "SP8H248H248H248H248H248H248H248H24ARTQ82",
	  200, "75",
	  "dd24bea2b39e7e4fc8d7e7bc70502a292409072bfe837afa6dd0475941097e96",
	  "cc0aa182176facbf8c1768a42c6b70adb180cca5adec16e381e88f040fb20bf9",
	  "a829fc5de1048cd04c007def7876bf72588256310cfd2cac3f3de7ee1c6df14b",
	  "44e23abf259d1109b0ce4c63664cf15d2779d7412d9e53327636da93c7bba3b6" },
	{ "max_reclaim_user", 0, 100u,
	  "ST000000000000000000002AMW42H",
	  10, NULL,
	  "17a2d34646cd2c607b8a005cade01384bfba07a516c3cf7e47bec36ec5855bf1",
	  "1ec1ec76d3a3ced9a7822d25c46ea6a4756edf63a901b31278f039a71dc27e8f",
	  "0afbfd14892580cd2bac43800bb36317723611e708162a364c7561f46f0851d2",
	  "0900b1b63da96ca9a8bdd794a54d53e0ee4f5c5372b676e824b7b02845b6e533" },
};
/* clang-format on */

#define ROWS (sizeof(rows) / sizeof(rows[0]))

/* A deposit as a row says, in a transaction of two outputs. */
struct made {
	struct peg_deposit_room deposit;
	uint8_t reclaim[PEG_RECLAIM_SCRIPT_MAX];
	uint8_t script[PEG_OUTPUT_SCRIPT_LEN];
	struct btc_in in;
	struct btc_out outs[2];
	struct btc_tx tx;
	struct peg_claim claim;
};

static struct arena arena;
static struct made made;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

static void make_scripts(const struct row *r)
{
	struct peg_deposit_script s = { .max_fee = r->max_fee };
	struct peg_reclaim_script reclaim = { .lock_time = r->lock_time };
	uint8_t user[PEG_RECLAIM_USER_MAX];
	struct buf b;

	hex_to(s.key, sizeof(s.key), keys[r->key]);
	assert_int_equal(
	    principal_parse(&arena, &s.recipient, span_str(r->recipient)),
	    PRINCIPAL_OK);
	peg_deposit_script_write(&made.deposit, &s);
	memset(user, 0x75, sizeof(user));
	reclaim.user = span_of(
	    user, r->user ? hex_to(user, sizeof(user), r->user) : sizeof(user));
	buf_init(&b, PEG_RECLAIM_SCRIPT_MAX);
	assert_int_equal(peg_reclaim_script_write(&b, &reclaim), ERR_OK);
	memcpy(made.reclaim, b.p, b.len);
	made.claim.deposit_script =
	    span_of(made.deposit.bytes, made.deposit.len);
	made.claim.reclaim_script = span_of(made.reclaim, b.len);
	buf_fini(&b);
}

static void make(const struct row *r)
{
	memset(&made, 0, sizeof(made));
	make_scripts(r);
	made.script[0] = 0x51;
	made.script[1] = 32;
	hex_to(made.script + 2, 32, r->output);
	made.outs[1] = (struct btc_out){ .value = 123456,
		                         .script = span_of(made.script, 34) };
	made.tx = (struct btc_tx){ .version = 2,
		                   .ins = &made.in,
		                   .n_ins = 1,
		                   .outs = made.outs,
		                   .n_outs = 2 };
	made.claim.at.n = 1;
	assert_int_equal(btc_tx_id(made.claim.at.txid, &made.tx), ERR_OK);
}

static bool is_main(const struct row *r)
{
	return r->recipient[1] == 'P';
}

static void the_thirteen_published_deposits_come_out(void **state)
{
	(void)state;
	assert_int_equal(ROWS, 13);
	for (unsigned i = 0; i < ROWS; i++) {
		const struct row *r = &rows[i];
		struct peg_deposit d;

		make(r);
		assert_int_equal(
		    peg_output_check(&d, &made.tx, &made.claim, is_main(r)),
		    ERR_OK);
		assert_hex(d.output.deposit_leaf, 32, r->deposit_leaf);
		assert_hex(d.reclaim_leaf, 32, r->reclaim_leaf);
		assert_hex(d.output.root, 32, r->root);
		assert_hex(d.output.script + 2, 32, r->output);
		assert_true(d.amount == 123456);
		assert_int_equal(d.lock_time, r->lock_time);
		assert_true(d.terms.max_fee == r->max_fee);
	}
}

static void control_blocks_lead_to_the_output(void **state)
{
	(void)state;
	for (unsigned i = 0; i < ROWS; i++) {
		struct peg_deposit d;
		uint8_t leaf[TAPTREE_HASH_LEN];

		make(&rows[i]);
		assert_int_equal(peg_output_check(&d, &made.tx, &made.claim,
		                                  is_main(&rows[i])),
		                 ERR_OK);
		assert_int_equal(
		    taptree_verify(
			leaf, d.output.script + 2, made.claim.deposit_script,
			span_of(d.output.control, PEG_OUTPUT_CONTROL_LEN)),
		    ERR_OK);
	}
}

static enum err judge(bool is_mainnet)
{
	struct peg_deposit d;

	return peg_output_check(&d, &made.tx, &made.claim, is_mainnet);
}

static void a_claim_names_its_transaction_and_output(void **state)
{
	(void)state;
	make(&rows[0]);
	assert_int_equal(judge(true), ERR_OK);
	made.claim.at.n = 2;
	assert_int_equal(judge(true), ERR_PEG_OUTPOINT);
	made.claim.at.n = 0;
	assert_int_equal(judge(true), ERR_PEG_OUTPUT);
	made.claim.at.n = 1;
	made.claim.at.txid[7] ^= 1;
	assert_int_equal(judge(true), ERR_PEG_TXID);
}

static void a_claim_s_scripts_are_what_was_paid_to(void **state)
{
	(void)state;
	make(&rows[2]);
	assert_int_equal(judge(false), ERR_OK);
	made.deposit.bytes[8] ^= 1; /* the fee's last digit */
	assert_int_equal(judge(false), ERR_PEG_OUTPUT);
	made.deposit.bytes[8] ^= 1;
	made.reclaim[1] ^= 1; /* the lock time */
	assert_int_equal(judge(false), ERR_PEG_OUTPUT);
	made.reclaim[1] ^= 1;
	made.claim.reclaim_script.len--;
	assert_int_equal(judge(false), ERR_PEG_OUTPUT);
	made.claim.reclaim_script.len = 1;
	assert_int_equal(judge(false), ERR_PEG_RECLAIM);
	made.claim.deposit_script.len--;
	assert_int_equal(judge(false), ERR_PEG_CHECKSIG);
}

static void recipients_are_of_the_network(void **state)
{
	(void)state;
	make(&rows[0]);
	assert_int_equal(judge(false), ERR_PEG_NETWORK);
	make(&rows[1]);
	assert_int_equal(judge(true), ERR_PEG_NETWORK);
}

static void the_signers_output_is_their_tweaked_key(void **state)
{
	(void)state;
	uint8_t key[PEG_KEY_LEN];
	uint8_t script[PEG_OUTPUT_SCRIPT_LEN];

	/* BIP-341's first wallet vector. */
	hex_to(key, sizeof(key),
	       "d6889cb081036e0faefa3a35157ad71086b123b2b144b649798b494c300a96"
	       "1d");
	assert_int_equal(peg_output_signers(script, key), ERR_OK);
	assert_hex(
	    script, sizeof(script),
	    "512053a1f6e454df1aa2776a2814a721372d6258050de330b3c6d10ee8f4"
	    "e0dda343");
	memset(key, 0xff, sizeof(key));
	assert_int_equal(peg_output_signers(script, key), ERR_BAD_KEY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_thirteen_published_deposits_come_out),
		cmocka_unit_test(control_blocks_lead_to_the_output),
		cmocka_unit_test(a_claim_names_its_transaction_and_output),
		cmocka_unit_test(a_claim_s_scripts_are_what_was_paid_to),
		cmocka_unit_test(recipients_are_of_the_network),
		cmocka_unit_test(the_signers_output_is_their_tweaked_key),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
