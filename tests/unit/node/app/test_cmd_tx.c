/*
 * tests/unit/node/app/test_cmd_tx.c - Claims about what `tenure tx` prints and
 * returns: cmd_tx.c, json_text.c.
 */
#include "config.h"

#include "tests/unit/node/app/app_case.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/node/app/app_run.h"
#include "tests/unit/node/wire/test_tx_vectors.h"

#define KEY_1                                                                  \
	"753b7cc01a1a2e86221266a154af739463fce51219d97e4f856cd7200c3bd2a601"
#define PUB_1                                                                  \
	"0390a5cac7c33fda49f70bc1b0866fa0ba7a9440d9de647fecb8132ceb76a94dfa"
#define KEY_2                                                                  \
	"6a7c24ee77649c0cc314864596a6bd1addf3efb93bd63bcdb99be0843742084701"
#define PUB_2                                                                  \
	"038386f533650ff82714eeac9438faaa8a20ada5dd68a7eb8e00cf46cab5325a68"
#define PAYLOAD                                                                \
	"\"payload\":{\"type\":\"token_transfer\",\"recipient\":"              \
	"\"ST1SJ3DTE5DN7X54YDH5D64R3BCB6A2AG2ZQ8YPD5\",\"amount\":\"5\"}}"
#define SPEC_1                                                                 \
	"{\"network\":\"testnet\",\"origin\":{\"public_keys\":[\"" PUB_1       \
	"\"]}," PAYLOAD

/* Runs a line anew and keeps what it prints, without the end of line. */
static char printed[16384];

static void restart(void)
{
	app_close(NULL);
	app_open(NULL);
	app_file("/1", KEY_1);
	app_file("/2", KEY_2);
}

static int run_fresh(const char *line)
{
	int code = app_run(line);

	(void)snprintf(printed, sizeof(printed), "%s", app_out());
	printed[strcspn(printed, "\n")] = '\0';
	return code;
}

/* Makes a transaction of `spec`, then takes each signing step. */
static void make_and_sign(const char *spec, const char *const *steps, size_t n)
{
	restart();
	app_file("/spec", spec);
	assert_int_equal(run_fresh("tenure tx make /spec"), 0);
	for (size_t i = 0; i < n; i++) {
		char line[256];

		restart();
		app_file("/tx", printed);
		(void)snprintf(line, sizeof(line), "tenure tx sign /tx %s",
		               steps[i]);
		assert_int_equal(run_fresh(line), 0);
	}
	restart();
	app_file("/tx", printed);
}

static void is_valid(void)
{
	assert_int_equal(app_run("tenure tx decode /tx"), 0);
	assert_memory_equal(app_out(), "signatures: valid\n", 18);
}

static void one_owner_makes_and_signs(void **state)
{
	(void)state;
	static const char *const steps[] = { "--key /1" };

	make_and_sign(SPEC_1, steps, 1);
	is_valid();
	assert_non_null(strstr(app_out(), "    amount: 5\n"));
}

static void several_owners_sign_or_are_skipped(void **state)
{
	(void)state;
	static const char *const modes[] = { "p2sh", "p2wsh", "p2sh_any_order",
		                             "p2wsh_any_order" };
	static const char skip[] = "--skip " PUB_2;
	static const char *const steps[] = { "-k /1", skip, "-k /1" };

	for (size_t i = 0; i < 4; i++) {
		char spec[2048];

		(void)snprintf(spec, sizeof(spec),
		               "{\"network\":\"mainnet\",\"origin\":{\"mode\":"
		               "\"%s\",\"public_keys\":[\"" PUB_1 "\",\"" PUB_2
		               "\",\"" PUB_1 "\"],\"required\":2}," PAYLOAD,
		               modes[i]);
		make_and_sign(spec, steps, 3);
		is_valid();
	}
}

static void a_sponsor_signs_after_the_origin(void **state)
{
	(void)state;
	static const char *const steps[] = { "-k /1", "-k /2 --sponsor" };
	static const char spec[] =
	    "{\"network\":\"testnet\",\"origin\":{\"public_keys\":"
	    "[\"" PUB_1 "\"]},\"sponsor\":{\"public_keys\":[\"" PUB_2
	    "\"],\"fee\":\"300\",\"mode\":\"p2wpkh\"}," PAYLOAD;

	make_and_sign(spec, steps, 2);
	is_valid();
	restart();
	app_file("/spec", spec);
	assert_int_equal(run_fresh("tenure tx make /spec"), 0);
	app_file("/tx", printed);
	assert_int_equal(app_run("tenure tx sign --sponsor -k /2 /tx"), 1);
	assert_string_equal(app_err(),
	                    "tenure: /tx: the origin has not signed in full\n");
}

static void a_stranger_s_key_is_refused(void **state)
{
	(void)state;
	make_and_sign(SPEC_1, NULL, 0);
	assert_int_equal(app_run("tenure tx sign -k /2 /tx"), 1);
	assert_string_equal(app_out(), "");
	assert_string_equal(app_err(),
	                    "tenure: /2: is not the key of the account\n");
}

static void an_id_is_the_client_s(void **state)
{
	(void)state;
	app_file("/tx", TRANSFER "\n");
	assert_int_equal(app_run("tenure tx id /tx"), 0);
	assert_string_equal(app_out(), TRANSFER_ID "\n");
	assert_int_equal(app_run("tenure tx id --json 0x" TRANSFER), 0);
	assert_string_equal(app_out(),
	                    TRANSFER_ID "\n{\"txid\":\"0x" TRANSFER_ID "\"}\n");
}

static void what_is_decoded_can_be_made_again(void **state)
{
	(void)state;
	static const char *const all[] = { TRANSFER, SPONSORED, MULTISIG };

	for (size_t i = 0; i < 3; i++) {
		char json[16384];
		const char *tx;

		restart();
		app_file("/tx", all[i]);
		assert_int_equal(app_run("tenure tx decode --json /tx"), 0);
		(void)snprintf(json, sizeof(json), "%s", app_out());
		tx = strstr(json, "\"transaction\": ");
		assert_non_null(tx);
		json[strlen(json) - 2] = '\0'; /* the outer brace */
		restart();
		app_file("/spec", tx + strlen("\"transaction\": "));
		if (run_fresh("tenure tx make /spec") != 0)
			fail_msg("%s", app_err());
		assert_string_equal(printed, all[i]);
	}
}

static void an_unsigned_transaction_can_be_shown(void **state)
{
	(void)state;
	make_and_sign(SPEC_1, NULL, 0);
	assert_int_equal(app_run("tenure tx decode /tx"), 0);
	assert_memory_equal(app_out(), "signatures: not a valid signature", 33);
}

static void what_is_no_transaction_is_rejected(void **state)
{
	(void)state;
	app_file("/tx", "00000000");
	assert_int_equal(app_run("tenure tx decode /tx"), 1);
	assert_int_equal(app_run("tenure tx id /tx"), 1);
	assert_int_equal(app_run("tenure tx sign -k /tx /tx"), 1);
	assert_int_equal(app_run("tenure tx id /none"), 2);
	assert_string_equal(app_out(), "");
}

static void what_a_description_lacks_is_named(void **state)
{
	(void)state;
	static const struct {
		const char *spec;
		const char *want;
	} cases[] = {
		{ "{}", "network is missing or wrong" },
		{ "{\"network\":\"testnet\"}", "origin is missing or wrong" },
		{ "{\"network\":\"testnet\",\"origin\":{}}",
		  "address is missing or wrong" },
		{ "{\"network\":\"testnet\",\"origin\":{\"public_keys\":"
		  "[\"00\"]}}",
		  "not a valid key" },
		{ "{\"network\":\"testnet\",\"origin\":{\"public_keys\":"
		  "[\"" PUB_1 "\"]}}",
		  "payload is missing or wrong" },
		{ "nothing", "is not JSON" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char want[256];

		restart();
		app_file("/spec", cases[i].spec);
		assert_int_equal(app_run("tenure tx make /spec"), 2);
		(void)snprintf(want, sizeof(want), "tenure: /spec: %s\n",
		               cases[i].want);
		assert_string_equal(app_err(), want);
	}
}

static void a_signature_s_effect_is_told_as_json(void **state)
{
	(void)state;
	make_and_sign(SPEC_1, NULL, 0);
	assert_int_equal(app_run("tenure tx sign --json -k /1 /tx"), 0);
	assert_non_null(strstr(app_out(), "\"is_complete\":true"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		APP_TEST(one_owner_makes_and_signs),
		APP_TEST(several_owners_sign_or_are_skipped),
		APP_TEST(a_sponsor_signs_after_the_origin),
		APP_TEST(a_stranger_s_key_is_refused),
		APP_TEST(an_id_is_the_client_s),
		APP_TEST(what_is_decoded_can_be_made_again),
		APP_TEST(an_unsigned_transaction_can_be_shown),
		APP_TEST(what_is_no_transaction_is_rejected),
		APP_TEST(what_a_description_lacks_is_named),
		APP_TEST(a_signature_s_effect_is_told_as_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
