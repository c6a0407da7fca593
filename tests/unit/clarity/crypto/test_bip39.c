/*
 * tests/unit/clarity/crypto/test_bip39.c - Claims about clarity/crypto/bip39.c.
 *
 * Vectors: those of the reference implementation of BIP-39 (passphrase
 * "TREZOR").
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/crypto/bip39.h"
#include "clarity/crypto/hash.h"
#include "tests/lib/hex.h"

struct vector {
	const char *entropy;
	const char *sentence;
	const char *seed;
};

static const struct vector vectors[] = {
	{ "00000000000000000000000000000000",
	  "abandon abandon abandon abandon abandon abandon abandon "
	  "abandon abandon abandon abandon about",
	  "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e5349553"
	  "1f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04" },
	{ "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f",
	  "legal winner thank year wave sausage worth useful legal "
	  "winner thank yellow",
	  "2e8905819b8723fe2c1d161860e5ee1830318dbf49a83bd451cfb8440c28bd6f"
	  "a457fe1296106559a3c80937a1c1069be3a3a5bd381ee6260e8d9739fce1f607" },
	{ "ffffffffffffffffffffffffffffffff",
	  "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong",
	  "ac27495480225222079d7be181583751e86f571027b0497b5b5d11218e0a8a13"
	  "332572917f0f8e5a589620c6f15b11c61dee327651a14c34e18231052e48c069" },
	{ "000000000000000000000000000000000000000000000000",
	  "abandon abandon abandon abandon abandon abandon abandon "
	  "abandon abandon abandon abandon abandon abandon abandon "
	  "abandon abandon abandon agent",
	  "035895f2f481b1b0f01fcf8c289c794660b289981a78f8106447707fdd9666ca"
	  "06da5a9a565181599b79f53b844d8a71dd9f439c52a3d7b3e8a79c906ac845fa" },
	{ "0000000000000000000000000000000000000000000000000000000000000000",
	  "abandon abandon abandon abandon abandon abandon abandon "
	  "abandon abandon abandon abandon abandon abandon abandon "
	  "abandon abandon abandon abandon abandon abandon abandon "
	  "abandon abandon art",
	  "bda85446c68413707090a52022edd26a1c9462295029f2e60cd7c4f2bbd30971"
	  "70af7a4d73245cafa9c3cca8d561a7c3de6f5d4a10be8ed2a5e608d68f92fcc8" },
	{ "f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f",
	  "void come effort suffer camp survey warrior heavy shoot "
	  "primary clutch crush open amazing screen patrol group "
	  "space point ten exist slush involve unfold",
	  "01f5bced59dec48e362f2c45b5de68b9fd6c92c6634f44d6d40aab69056506f0"
	  "e35524a518034ddc1192e1dacd32c1ed3eaa3c3b131c88ed8e7e54c49a5d0998" },
};

static void published_sentences_and_seeds_are_reproduced(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		const struct vector *v = &vectors[i];
		uint8_t entropy[BIP39_ENTROPY_MAX];
		uint8_t seed[BIP39_SEED_LEN];
		char text[BIP39_TEXT_MAX];
		char back[BIP39_TEXT_MAX];
		size_t n = hex_to(entropy, sizeof(entropy), v->entropy);
		size_t len = bip39_write(text, span_of(entropy, n));

		assert_int_equal(len, strlen(v->sentence));
		assert_string_equal(text, v->sentence);
		assert_int_equal(bip39_parse(back, &len, span_str(text)),
		                 ERR_OK);
		assert_string_equal(back, text);
		assert_int_equal(
		    bip39_seed(seed, span_of(back, len), span_str("TREZOR")),
		    ERR_OK);
		assert_hex(seed, sizeof(seed), v->seed);
	}
}

static void every_length_comes_back(void **state)
{
	(void)state;
	uint8_t entropy[BIP39_ENTROPY_MAX];

	for (size_t i = 0; i < sizeof(entropy); i++)
		entropy[i] = (uint8_t)(37 * i + 11);
	for (size_t n = 16; n <= 32; n += 4) {
		char text[BIP39_TEXT_MAX];
		char back[BIP39_TEXT_MAX];
		size_t len = bip39_write(text, span_of(entropy, n));

		assert_int_equal(bip39_parse(back, &len, span_of(text, len)),
		                 ERR_OK);
		assert_string_equal(back, text);
	}
}

static void blanks_and_case_do_not_count(void **state)
{
	(void)state;
	char text[BIP39_TEXT_MAX];
	size_t len;

	assert_int_equal(
	    bip39_parse(text, &len,
	                span_str("  LEGAL winner\tthank YEAR wave\n sausage "
	                         "worth useful legal winner thank "
	                         "yellow\r\n")),
	    ERR_OK);
	assert_string_equal(text, "legal winner thank year wave sausage worth "
	                          "useful legal winner thank yellow");
}

static void what_is_no_sentence_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum err want;
	} cases[] = {
		{ "", ERR_SYNTAX },
		{ "abandon", ERR_SYNTAX },
		/* 11 and 13 words. */
		{ "abandon abandon abandon abandon abandon abandon abandon "
		  "abandon abandon abandon about",
		  ERR_SYNTAX },
		{ "abandon abandon abandon abandon abandon abandon abandon "
		  "abandon abandon abandon abandon abandon about",
		  ERR_SYNTAX },
		/* A word that is none, and one that is too long. */
		{ "abandon abandon abandon abandon abandon abandon abandon "
		  "abandon abandon abandon abandon aboot",
		  ERR_SYNTAX },
		{ "abandonment abandon abandon abandon abandon abandon abandon "
		  "abandon abandon abandon abandon about",
		  ERR_SYNTAX },
		/* A wrong checksum. */
		{ "abandon abandon abandon abandon abandon abandon abandon "
		  "abandon abandon abandon abandon abandon",
		  ERR_BAD_KEY },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[BIP39_TEXT_MAX];
		size_t len;

		assert_int_equal(
		    bip39_parse(text, &len, span_str(cases[i].text)),
		    cases[i].want);
	}
}

static void a_25th_word_is_too_much(void **state)
{
	(void)state;
	uint8_t entropy[BIP39_ENTROPY_MAX] = { 0 };
	char text[BIP39_TEXT_MAX + 16];
	char back[BIP39_TEXT_MAX];
	size_t len = bip39_write(text, span_of(entropy, sizeof(entropy)));

	memcpy(text + len, " abandon", 8);
	assert_int_equal(bip39_parse(back, &len, span_of(text, len + 8)),
	                 ERR_SYNTAX);
}

static void a_passphrase_is_ascii_and_not_endless(void **state)
{
	(void)state;
	uint8_t seed[BIP39_SEED_LEN];
	char longest[257];

	memset(longest, 'x', sizeof(longest));
	assert_int_equal(bip39_seed(seed, span_str("a"), span_of(longest, 256)),
	                 ERR_OK);
	assert_int_equal(bip39_seed(seed, span_str("a"), span_of(longest, 257)),
	                 ERR_TOO_LARGE);
	assert_int_equal(
	    bip39_seed(seed, span_str("a"), span_str("gr\303\274n")),
	    ERR_SYNTAX);
}

/* Every word, by its place: the checksum is over the list a word a line. */
static void the_list_is_the_published_one(void **state)
{
	(void)state;
	struct hash_sha256 h;
	uint8_t digest[HASH_256_LEN];

	hash_sha256_init(&h);
	for (unsigned word = 0; word < BIP39_WORDS; word++) {
		uint8_t entropy[BIP39_ENTROPY_MIN] = { (uint8_t)(word >> 3),
			                               (uint8_t)(word << 5) };
		char text[BIP39_TEXT_MAX];

		(void)bip39_write(text, span_of(entropy, sizeof(entropy)));
		hash_sha256_add(&h, text, strcspn(text, " "));
		hash_sha256_add(&h, "\n", 1);
	}
	hash_sha256_done(&h, digest);
	assert_hex(digest, sizeof(digest),
	           "2f5eed53a4727b4bf8880d8f3f199efc"
	           "90e58503646d9ff8eff3a2ed3b24dbda");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_sentences_and_seeds_are_reproduced),
		cmocka_unit_test(every_length_comes_back),
		cmocka_unit_test(blanks_and_case_do_not_count),
		cmocka_unit_test(what_is_no_sentence_is_refused),
		cmocka_unit_test(a_25th_word_is_too_much),
		cmocka_unit_test(a_passphrase_is_ascii_and_not_endless),
		cmocka_unit_test(the_list_is_the_published_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
