/*
 * tests/unit/node/regtest/test_rt_desc.c - Claims about
 * node/regtest/rt_desc.c.
 *
 * Checksums and scripts: the examples of BIP-380 to 386.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/regtest/rt_desc.h"
#include "tests/lib/hex.h"

#define KEY "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
#define KEY2                                                                   \
	"02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5"

static struct arena arena;

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

static enum err parse(struct rt_desc *d, const char *text, bool needs)
{
	const char *why = NULL;
	enum err e = rt_desc_parse(&arena, d, span_str(text), needs, &why);

	if (e != ERR_OK)
		assert_non_null(why);
	return e;
}

static void the_checksum_is_bip_380_s(void **state)
{
	(void)state;
	char sum[RT_DESC_CHECKSUM_LEN + 1] = { 0 };
	struct rt_desc d;

	assert_true(rt_desc_checksum(sum, span_str("raw(deadbeef)")));
	assert_string_equal(sum, "89f8spxm");
	assert_int_equal(parse(&d, "raw(deadbeef)#89f8spxm", true), ERR_OK);
	assert_int_equal(parse(&d, "raw(deadbeef)", false), ERR_OK);
	assert_int_equal(parse(&d, "raw(deadbeef)", true), ERR_SYNTAX);
	assert_int_equal(parse(&d, "raw(deadbeef)#", false), ERR_SYNTAX);
	assert_int_equal(parse(&d, "raw(deadbeef)#89f8spxmx", false),
	                 ERR_SYNTAX);
	assert_int_equal(parse(&d, "raw(deadbeef)#89f8spx", false), ERR_SYNTAX);
	assert_int_equal(parse(&d, "raw(dedbeef)#89f8spxm", false), ERR_SYNTAX);
	assert_false(rt_desc_checksum(sum, span_str("raw(\xc3\x9c)")));
}

static void keys_become_the_scripts_of_their_functions(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *want;
	} cases[] = {
		{ "pk(" KEY ")", "21" KEY "ac" },
		{ "pkh(" KEY ")",
		  "76a914751e76e8199196d454941c45d1b3a323f1433bd688ac" },
		{ "wpkh(" KEY ")",
		  "0014751e76e8199196d454941c45d1b3a323f1433bd6" },
		{ "wpkh([d34db33f/84h/1h]" KEY ")",
		  "0014751e76e8199196d454941c45d1b3a323f1433bd6" },
		{ "sh(wpkh(" KEY "))",
		  "a914bcfeb728b584253d5f3f70bcb780e9ef218a68f487" },
		{ "tr(" KEY ")",
		  "5120da4710964f7852695de2da025290e24af6d8c281de5a0b902b7135f"
		  "d9fd74d21" },
		{ "rawtr("
		  "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f8"
		  "1798)",
		  "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b"
		  "16f81798" },
		{ "multi(1," KEY2 "," KEY ")", "5121" KEY2 "21" KEY "52ae" },
		{ "sortedmulti(1," KEY2 "," KEY ")",
		  "5121" KEY "21" KEY2 "52ae" },
		{ "addr(bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080)",
		  "0014751e76e8199196d454941c45d1b3a323f1433bd6" },
		{ "raw(6a00)", "6a00" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct rt_desc d;

		assert_int_equal(parse(&d, cases[i].text, false), ERR_OK);
		assert_int_equal(d.n_outs, 1);
		assert_hex(d.outs[0].p, d.outs[0].len, cases[i].want);
	}
}

static void scripts_behind_hashes_are_kept(void **state)
{
	(void)state;
	struct rt_desc d;

	assert_int_equal(parse(&d, "sh(wsh(multi(1," KEY ")))", false), ERR_OK);
	assert_int_equal(d.n_inner, 2);
	assert_hex(d.inner[0].p, d.inner[0].len, "5121" KEY "51ae");
	assert_int_equal(d.outs[0].len, 23);
	assert_int_equal(parse(&d, "combo(" KEY ")", false), ERR_OK);
	assert_int_equal(d.n_outs, 4);
}

static void private_keys_are_read_and_written(void **state)
{
	(void)state;
	uint8_t key[32] = { 0 };
	uint8_t back[32];
	bool is_short;
	struct buf b;

	key[31] = 1;
	buf_init(&b, 100);
	assert_int_equal(rt_desc_add_wif(&b, key), ERR_OK);
	assert_string_equal(
	    buf_str(&b),
	    "cMahea7zqjxrtgAbB7LSGbcQUr1uX1ojuat9jZodMN87JcbXMTcA");
	assert_true(rt_desc_wif(buf_span(&b), back, &is_short));
	assert_memory_equal(back, key, 32);
	assert_true(is_short);
	assert_false(rt_desc_wif(
	    span_str("KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn"),
	    back, &is_short));
	buf_fini(&b);
}

static void what_is_no_descriptor_is_refused(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"",
		"pk",
		"pk()",
		"pk(" KEY,
		"pk(" KEY "))",
		"wsh(wpkh(" KEY "))",
		"wpkh(sh(" KEY "))",
		"sh(sh(pk(" KEY ")))",
		"multi(0," KEY ")",
		"multi(2," KEY ")",
		"multi(x," KEY ")",
		"addr(nobody)",
		"raw(6)",
		"raw(zz)",
		"tr([)",
		"pk(03ffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"ffffffff)",
	};
	struct rt_desc d;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_int_equal(parse(&d, texts[i], false), ERR_SYNTAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_checksum_is_bip_380_s),
		cmocka_unit_test(keys_become_the_scripts_of_their_functions),
		cmocka_unit_test(scripts_behind_hashes_are_kept),
		cmocka_unit_test(private_keys_are_read_and_written),
		cmocka_unit_test(what_is_no_descriptor_is_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
