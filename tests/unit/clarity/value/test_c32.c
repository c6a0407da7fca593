/* tests/unit/clarity/value/test_c32.c - Claims about clarity/value/c32.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/value/c32.h"

struct address {
	const char *text;
	uint8_t version;
	const char *hash; /* 40 hex digits */
};

/* From SIP-005 and the test vectors of the c32check specification. */
static const struct address addresses[] = {
	{ "SP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ7", 22,
	  "a46ff88886c2ef9762d970b4d2c63678835bd39d" },
	{ "SP000000000000000000002Q6VF78", 22,
	  "0000000000000000000000000000000000000000" },
	{ "SP00000000000000000005JA84HQ", 22,
	  "0000000000000000000000000000000000000001" },
	{ "SP80000000000000000000000000000004R0CMNV", 22,
	  "1000000000000000000000000000000000000001" },
	{ "SP800000000000000000000000000000033H8YKK", 22,
	  "1000000000000000000000000000000000000000" },
	{ "ST000000000000000000002AMW42H", 26,
	  "0000000000000000000000000000000000000000" },
	{ "SM2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKQVX8X0G", 20,
	  "a46ff88886c2ef9762d970b4d2c63678835bd39d" },
	{ "SN2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKP6D2ZK9", 21,
	  "a46ff88886c2ef9762d970b4d2c63678835bd39d" },
	{ "SZ2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKQ9H6DPR", 31,
	  "a46ff88886c2ef9762d970b4d2c63678835bd39d" },
};

static void from_hex(uint8_t *ret, const char *hex)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; hex[2 * i]; i++)
		ret[i] = (uint8_t)((strchr(digits, hex[2 * i]) - digits) << 4 |
		                   (strchr(digits, hex[2 * i + 1]) - digits));
}

static enum err parse(const char *text, uint8_t *payload, size_t *len,
                      uint8_t *version)
{
	return c32_parse(payload, len, version, span_str(text));
}

static void published_addresses_read_and_write(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(addresses); i++) {
		const struct address *x = &addresses[i];
		uint8_t hash[20];
		uint8_t got[C32_MAX_PAYLOAD];
		char text[C32_MAX_TEXT];
		uint8_t version;
		size_t len;

		from_hex(hash, x->hash);
		size_t n = c32_format(text, x->version, span_of(hash, 20));

		assert_int_equal(n, strlen(x->text));
		assert_memory_equal(text, x->text, n);
		assert_int_equal(parse(x->text, got, &len, &version), ERR_OK);
		assert_int_equal(len, 20);
		assert_int_equal(version, x->version);
		assert_memory_equal(got, hash, 20);
	}
}

static void lower_case_and_look_alikes_read_as_the_digit(void **state)
{
	(void)state;
	uint8_t a[C32_MAX_PAYLOAD];
	uint8_t b[C32_MAX_PAYLOAD];
	uint8_t version;
	size_t len;

	assert_int_equal(
	    parse("SP00000000000000000005JA84HQ", a, &len, &version), ERR_OK);
	assert_int_equal(
	    parse("Sp0OooO0000000000000005jA84hQ", b, &len, &version),
	    ERR_SYNTAX);
	assert_int_equal(
	    parse("SpOooO0000000000000005jA84hQ", b, &len, &version), ERR_OK);
	assert_memory_equal(a, b, 20);
}

static void the_first_character_is_not_looked_at(void **state)
{
	(void)state;
	uint8_t a[C32_MAX_PAYLOAD];
	uint8_t version;
	size_t len;

	assert_int_equal(
	    parse("xP00000000000000000005JA84HQ", a, &len, &version), ERR_OK);
	assert_int_equal(version, 22);
}

static void one_changed_character_is_refused_at_every_place(void **state)
{
	(void)state;
	static const char good[] = "SP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ7";
	uint8_t got[C32_MAX_PAYLOAD];
	uint8_t version;
	size_t len;

	for (size_t i = 1; i < sizeof(good) - 1; i++) {
		char bad[sizeof(good)];

		memcpy(bad, good, sizeof(good));
		bad[i] = bad[i] == '7' ? '8' : '7';
		assert_int_equal(parse(bad, got, &len, &version), ERR_SYNTAX);
		bad[i] = 'U'; /* the one letter that is no digit */
		assert_int_equal(parse(bad, got, &len, &version), ERR_SYNTAX);
	}
}

static void short_and_long_texts_are_refused(void **state)
{
	(void)state;
	static const char zeros[] =
	    "SP00000000000000000000000000000000000000000000000000000000"
	    "0000000000000000000000000000000000000000000000000000000000";
	uint8_t got[C32_MAX_PAYLOAD];
	uint8_t version;
	size_t len;

	for (size_t n = 0; n < sizeof(zeros); n++) {
		assert_int_equal(
		    c32_parse(got, &len, &version, span_of(zeros, n)),
		    ERR_SYNTAX);
	}
}

/* Every leading zero byte is one '0', and no other text has the same bytes. */
static void leading_zero_bytes_survive(void **state)
{
	(void)state;
	uint8_t in[24];
	uint8_t out[64];
	char text[64];
	size_t len;

	memset(in, 0xff, sizeof(in));
	for (size_t zeros = 0; zeros <= sizeof(in); zeros++) {
		memset(in, 0, zeros);
		for (size_t n = 0; n <= sizeof(in); n++) {
			size_t chars = c32_encode(text, span_of(in, n));

			assert_int_equal(
			    c32_decode(out, &len, span_of(text, chars)),
			    ERR_OK);
			assert_int_equal(len, n);
			assert_memory_equal(out, in, n);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_addresses_read_and_write),
		cmocka_unit_test(lower_case_and_look_alikes_read_as_the_digit),
		cmocka_unit_test(the_first_character_is_not_looked_at),
		cmocka_unit_test(
		    one_changed_character_is_refused_at_every_place),
		cmocka_unit_test(short_and_long_texts_are_refused),
		cmocka_unit_test(leading_zero_bytes_survive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
