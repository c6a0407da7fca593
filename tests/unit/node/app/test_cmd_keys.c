/*
 * tests/unit/node/app/test_cmd_keys.c - Claims about what `tenure keys` prints
 * and returns: cmd_keys.c, key_file.c, app_io.c.
 *
 * The sentence is that of Clarinet's default deployer.
 */
#include "config.h"

#include "tests/unit/node/app/app_case.h"

#include <stdio.h>
#include <stdlib.h>

#include "node/app/key_file.h"
#include "tests/unit/node/app/app_run.h"

#define SENTENCE                                                               \
	"twice kind fence tip hidden tilt action fragile skin nothing glory "  \
	"cousin green tomorrow spring wrist shed math olympic multiply hip "   \
	"blue scout claw"
#define KEY "753b7cc01a1a2e86221266a154af739463fce51219d97e4f856cd7200c3bd2a601"
#define MAINNET "SP1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRCBGD7R"
#define TESTNET "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM"
#define PUBLIC                                                                 \
	"0x0390a5cac7c33fda49f70bc1b0866fa0ba7a9440d9de647fecb8132ceb76a94dfa"

static void a_sentence_shows_its_wallet_s_account(void **state)
{
	(void)state;
	app_file("/m", SENTENCE "\n");
	assert_int_equal(app_run("tenure keys show --mnemonic /m"), 0);
	assert_string_equal(app_out(), "accounts:\n"
	                               "  - index: 0\n"
	                               "    mainnet: " MAINNET "\n"
	                               "    testnet: " TESTNET "\n"
	                               "    public_key: " PUBLIC "\n");
	assert_string_equal(app_err(), "");
}

static void a_key_is_shown_only_when_asked_for(void **state)
{
	(void)state;
	app_file("/m", SENTENCE);
	assert_int_equal(app_run("tenure keys show -m /m --json --reveal"), 0);
	assert_string_equal(
	    app_out(), "{\"accounts\":[{\"index\":0,\"mainnet\":\"" MAINNET
		       "\",\"testnet\":\"" TESTNET "\",\"public_key\":\"" PUBLIC
		       "\",\"private_key\":\"" KEY "\"}]}\n");
}

static void a_key_shows_the_same_account(void **state)
{
	(void)state;
	app_file("/k", KEY "\n");
	assert_int_equal(app_run("tenure keys show --key /k"), 0);
	assert_non_null(strstr(app_out(), TESTNET));
	assert_null(strstr(app_out(), "index"));
}

static void a_secret_may_come_from_standard_input(void **state)
{
	(void)state;
	env_sim_input(app_sim, SENTENCE "\n");
	assert_int_equal(app_run("tenure keys show -m - -i 1 -n 2"), 0);
	assert_non_null(
	    strstr(app_out(), "ST2ST2H80NP5C9SPR4ENJ1Z9CDM9PKAJVPYWPQZ50"));
	assert_non_null(strstr(app_out(), "index: 2"));
	assert_null(strstr(app_out(), TESTNET));
}

static void a_passphrase_opens_another_wallet(void **state)
{
	(void)state;
	app_file("/m", SENTENCE);
	app_file("/p", "more\n");
	assert_int_equal(app_run("tenure keys show -m /m -p /p"), 0);
	assert_null(strstr(app_out(), TESTNET));
}

static void a_misspelt_word_opens_nothing(void **state)
{
	(void)state;
	app_file("/a", "twice kynd fence");
	assert_int_equal(app_run("tenure keys show -m /a"), 2);
	assert_string_equal(app_out(), "");
	assert_string_equal(app_err(),
	                    "tenure: /a: is not 12 to 24 of the wallets' "
	                    "words, or the passphrase is not ASCII\n");
}

static void a_wrong_checksum_is_told(void **state)
{
	(void)state;
	app_file("/a", "abandon abandon abandon abandon abandon abandon "
	               "abandon abandon abandon abandon abandon abandon");
	assert_int_equal(app_run("tenure keys show -m /a"), 2);
	assert_string_equal(app_err(), "tenure: /a: has a wrong checksum: a "
	                               "word is wrong or misplaced\n");
}

static void exactly_one_secret_is_wanted(void **state)
{
	(void)state;
	app_file("/k", KEY);
	assert_int_equal(app_run("tenure keys show"), 2);
	assert_int_equal(app_run("tenure keys show -m /k -k /k"), 2);
	assert_int_equal(app_run("tenure keys show -k /none"), 2);
	assert_int_equal(app_run("tenure keys show -m /k -i 2147483647 -n 2"),
	                 2);
}

static void a_new_wallet_is_a_wallet(void **state)
{
	(void)state;
	static const char *const counts[] = { "12", "15", "18", "21", "24" };

	for (size_t i = 0; i < 5; i++) {
		char line[64];
		char sentence[512];
		char account[512];
		const char *end;
		unsigned blanks = 0;

		(void)snprintf(line, sizeof(line), "tenure keys new --words %s",
		               counts[i]);
		app_close(NULL);
		app_open(NULL);
		assert_int_equal(app_run(line), 0);
		assert_memory_equal(app_out(), "mnemonic: ", 10);
		end = strchr(app_out(), '\n');
		assert_non_null(end);
		(void)snprintf(sentence, sizeof(sentence), "%.*s",
		               (int)(end - app_out() - 10), app_out() + 10);
		(void)snprintf(account, sizeof(account), "%s", end + 1);
		for (const char *p = sentence; *p; p++)
			blanks += *p == ' ';
		assert_int_equal(blanks + 1, atoi(counts[i]));
		app_close(NULL);
		app_open(NULL);
		app_file("/m", sentence);
		assert_int_equal(app_run("tenure keys show -m /m"), 0);
		assert_string_equal(app_out(), account);
	}
}

static void keys_in_files_have_two_forms(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum err want;
	} cases[] = {
		{ KEY, ERR_OK },
		{ " 0x" KEY "\r\n", ERR_OK },
		{ "753b7cc01a1a2e86221266a154af739463fce51219d97e4f856cd7200c3b"
		  "d2a6",
		  ERR_OK },
		{ "753b7cc01a1a2e86221266a154af739463fce51219d97e4f856cd7200c3b"
		  "d2a602",
		  ERR_SYNTAX },
		{ "753b7cc01a1a2e86221266a154af739463fce51219d97e4f856cd7200c3b"
		  "d2",
		  ERR_SYNTAX },
		{ "753b7cc01a1a2e86221266a154af739463fce51219d97e4f856cd7200c3b"
		  "d2ag",
		  ERR_SYNTAX },
		{ "", ERR_SYNTAX },
		{ "000000000000000000000000000000000000000000000000000000000000"
		  "000001",
		  ERR_BAD_KEY },
		{ "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		  "ffff",
		  ERR_BAD_KEY },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct auth_key key;
		char text[KEY_FILE_TEXT];

		app_file("/k", cases[i].text);
		assert_int_equal(key_file_read(&app_env, "/k", &key),
		                 cases[i].want);
		if (cases[i].want != ERR_OK)
			continue;
		key_file_format(text, &key);
		assert_memory_equal(text, KEY, key.is_compressed ? 67 : 64);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		APP_TEST(a_sentence_shows_its_wallet_s_account),
		APP_TEST(a_key_is_shown_only_when_asked_for),
		APP_TEST(a_key_shows_the_same_account),
		APP_TEST(a_secret_may_come_from_standard_input),
		APP_TEST(a_passphrase_opens_another_wallet),
		APP_TEST(a_misspelt_word_opens_nothing),
		APP_TEST(a_wrong_checksum_is_told),
		APP_TEST(exactly_one_secret_is_wanted),
		APP_TEST(a_new_wallet_is_a_wallet),
		APP_TEST(keys_in_files_have_two_forms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
