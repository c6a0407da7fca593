/* tests/unit/clarity/value/test_principal.c - Claims about principal.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/value/principal.h"

#define BOOT "SP000000000000000000002Q6VF78"

static struct arena arena;

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

static const struct principal *parse(const char *text)
{
	const struct principal *p = NULL;

	assert_int_equal(principal_parse(&arena, &p, span_str(text)),
	                 PRINCIPAL_OK);
	return p;
}

static enum principal_fault fault(const char *text)
{
	const struct principal *p;

	return principal_parse(&arena, &p, span_str(text));
}

static void text_leads_back_to_the_principal(void **state)
{
	(void)state;
	static const char *const texts[] = {
		BOOT, BOOT ".pox-4", "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM"
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct buf b;

		buf_init(&b, PRINCIPAL_MAX_TEXT);
		assert_int_equal(principal_format(&b, parse(texts[i])), ERR_OK);
		assert_int_equal(b.len, strlen(texts[i]));
		assert_memory_equal(b.p, texts[i], b.len);
		buf_fini(&b);
	}
}

static void a_principal_is_its_consensus_bytes(void **state)
{
	(void)state;
	const struct principal *p = parse(BOOT ".ab");
	uint8_t bytes[25] = { 6, 22 };

	bytes[22] = 2;
	bytes[23] = 'a';
	bytes[24] = 'b';
	assert_int_equal(principal_len(p), sizeof(bytes));
	assert_memory_equal(p, bytes, sizeof(bytes));
	assert_int_equal(principal_len(parse(BOOT)), PRINCIPAL_STANDARD_LEN);
}

static void an_account_is_not_its_contract(void **state)
{
	(void)state;
	const struct principal *account = parse(BOOT);
	const struct principal *contract = parse(BOOT ".a");

	assert_false(principal_eq(account, contract));
	assert_true(principal_eq(contract, parse("'" BOOT ".a")));
	assert_false(principal_eq(contract, parse(BOOT ".b")));
	assert_false(principal_eq(contract, parse(BOOT ".ab")));
	assert_true(principal_eq(account, principal_issuer(&arena, contract)));
}

static void names_order_as_bytes_and_not_by_length(void **state)
{
	(void)state;
	assert_true(principal_cmp(parse(BOOT ".b"), parse(BOOT ".ab")) > 0);
	assert_true(principal_cmp(parse(BOOT ".a"), parse(BOOT ".ab")) < 0);
	assert_true(principal_cmp(parse(BOOT), parse(BOOT ".a")) < 0);
	assert_int_equal(principal_cmp(parse(BOOT ".a"), parse(BOOT ".a")), 0);
}

static void only_four_versions_belong_to_networks(void **state)
{
	(void)state;
	static const uint8_t hash[PRINCIPAL_HASH_LEN] = { 1 };

	for (uint8_t v = 0; v < PRINCIPAL_VERSIONS; v++) {
		const struct principal *p =
		    principal_new_standard(&arena, v, hash);

		assert_int_equal(principal_is_mainnet(p), v == 22 || v == 20);
		assert_int_equal(principal_is_testnet(p), v == 26 || v == 21);
	}
}

static void each_fault_has_its_name(void **state)
{
	(void)state;
	const struct trait_id *t;

	assert_int_equal(fault(""), PRINCIPAL_BAD_C32);
	assert_int_equal(fault("SP000000000000000000002Q6VF79"),
	                 PRINCIPAL_BAD_C32);
	assert_int_equal(fault(BOOT "."), PRINCIPAL_BAD_NAME);
	assert_int_equal(fault(BOOT ".a.b"), PRINCIPAL_BAD_NAME);
	assert_int_equal(fault(BOOT ".1"), PRINCIPAL_BAD_NAME);
	assert_int_equal(principal_parse_trait(&arena, &t, span_str(BOOT ".a")),
	                 PRINCIPAL_MISSING_DOT);
	assert_int_equal(principal_parse_trait(&arena, &t, span_str(".a.b")),
	                 PRINCIPAL_EMPTY_ISSUER);
	assert_int_equal(
	    principal_parse_trait(&arena, &t, span_str(BOOT ".a.1")),
	    PRINCIPAL_BAD_NAME);
}

static void traits_are_told_apart_by_contract_and_name(void **state)
{
	(void)state;
	const struct trait_id *x;
	const struct trait_id *y;
	const struct trait_id *z;

	assert_int_equal(
	    principal_parse_trait(&arena, &x, span_str(BOOT ".a.t")),
	    PRINCIPAL_OK);
	assert_int_equal(
	    principal_parse_trait(&arena, &y, span_str(BOOT ".b.t")),
	    PRINCIPAL_OK);
	z = principal_trait_copy(&arena, x);
	assert_true(principal_trait_eq(x, z));
	assert_false(principal_trait_eq(x, y));
	assert_true(principal_trait_cmp(x, y) < 0);
	assert_int_equal(principal_trait_cmp(x, z), 0);
}

static void the_longest_name_fits_its_room(void **state)
{
	(void)state;
	char name[NAME_MAX_LEN + 1];
	struct principal_room room;
	const struct principal *p;

	memset(name, 'n', sizeof(name));
	assert_int_equal(principal_init_contract(&room, &p, parse(BOOT),
	                                         span_of(name, NAME_MAX_LEN)),
	                 ERR_OK);
	assert_int_equal(principal_len(p), PRINCIPAL_MAX_LEN);
	assert_int_equal(
	    principal_init_contract(&room, &p, parse(BOOT),
	                            span_of(name, NAME_MAX_LEN + 1)),
	    ERR_SYNTAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_leads_back_to_the_principal),
		cmocka_unit_test(a_principal_is_its_consensus_bytes),
		cmocka_unit_test(an_account_is_not_its_contract),
		cmocka_unit_test(names_order_as_bytes_and_not_by_length),
		cmocka_unit_test(only_four_versions_belong_to_networks),
		cmocka_unit_test(each_fault_has_its_name),
		cmocka_unit_test(traits_are_told_apart_by_contract_and_name),
		cmocka_unit_test(the_longest_name_fits_its_room),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
