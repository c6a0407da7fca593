/* tests/unit/node/wire/test_postcond.c - Claims about node/wire/postcond.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/wire/postcond.h"
#include "tests/lib/hex.h"

#define ACCOUNT "161111111111111111111111111111111111111111"
#define ASSET                                                                  \
	ACCOUNT "0163"                                                         \
		"0174" /* contract c, token t */
#define AMOUNT "0000000000000007"

static struct arena arena;

static enum err read(struct postcond *ret, const char *hex)
{
	static uint8_t bytes[512];
	struct cursor c =
	    cursor_of(span_of(bytes, hex_to(bytes, sizeof(bytes), hex)));

	arena_reset(&arena);
	TRY(postcond_read(&arena, ret, &c));
	return cursor_done(&c);
}

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

static const char *const all[] = {
	"000101" AMOUNT,            /* STX, origin */
	"0002" ACCOUNT "05" AMOUNT, /* STX, an account */
	"0003" ACCOUNT "046e616d65"
	"03" AMOUNT,              /* STX, a contract */
	"0101" ASSET "02" AMOUNT, /* FT */
	"0201" ASSET "0100000000000000000000000000000001"
	"10", /* NFT u1 */
	"0201" ASSET "0a03"
	"12",            /* NFT (some true), maybe sent */
	"030104" AMOUNT, /* staked */
	"040130",        /* PoX */
};

static void every_kind_comes_back_as_it_was(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct postcond p;
		struct buf b;

		buf_init(&b, 512);
		assert_int_equal(read(&p, all[i]), ERR_OK);
		assert_int_equal(postcond_write(&b, &p), ERR_OK);
		assert_hex(b.p, b.len, all[i]);
		buf_fini(&b);
	}
}

static void fields_say_what_the_bytes_say(void **state)
{
	(void)state;
	struct postcond p;

	assert_int_equal(read(&p, all[2]), ERR_OK);
	assert_int_equal(p.kind, POSTCOND_STX);
	assert_int_equal(p.principal.who, POSTCOND_CONTRACT);
	assert_int_equal(p.principal.address.version, 22);
	assert_true(span_eq(p.principal.contract, span_str("name")));
	assert_int_equal(p.code, POSTCOND_GE);
	assert_int_equal(p.amount, 7);
	assert_int_equal(read(&p, all[4]), ERR_OK);
	assert_true(span_eq(p.asset.contract, span_str("c")));
	assert_true(span_eq(p.asset.name, span_str("t")));
	assert_true(value_is(&p.value, VALUE_UINT));
	assert_true(p.value.u == 1);
}

/* Which of 256 codes a kind takes: from first to last. */
static void check_codes(const char *head, const char *tail, unsigned first,
                        unsigned last)
{
	for (unsigned code = 0; code < 256; code++) {
		char hex[512];
		struct postcond p;

		(void)snprintf(hex, sizeof(hex), "%s%02x%s", head, code, tail);
		assert_int_equal(read(&p, hex), code >= first && code <= last
		                                    ? ERR_OK
		                                    : ERR_POSTCOND_CODE);
	}
}

static void each_kind_has_its_codes(void **state)
{
	(void)state;
	check_codes("0001", AMOUNT, 1, 5);
	check_codes("0101" ASSET, AMOUNT, 1, 5);
	check_codes("0201" ASSET "03", "", 0x10, 0x12);
	check_codes("0301", AMOUNT, 1, 5);
	check_codes("0401", "", 0x30, 0x32);
}

static void unknown_kinds_and_principals_are_refused(void **state)
{
	(void)state;
	struct postcond p;

	assert_int_equal(read(&p, "050130"), ERR_POSTCOND_KIND);
	assert_int_equal(read(&p, "ff"), ERR_POSTCOND_KIND);
	assert_int_equal(read(&p, "000001" AMOUNT), ERR_POSTCOND_PRINCIPAL);
	assert_int_equal(read(&p, "000401" AMOUNT), ERR_POSTCOND_PRINCIPAL);
	assert_int_equal(read(&p, "0003" ACCOUNT "0001" AMOUNT), ERR_WIRE_NAME);
	assert_int_equal(read(&p, "0201" ASSET "ff10"), ERR_VALUE_BYTES);
}

static void every_shorter_input_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		for (size_t len = 0; len < strlen(all[i]); len += 2) {
			char hex[512];
			struct postcond p;

			(void)snprintf(hex, sizeof(hex), "%.*s", (int)len,
			               all[i]);
			assert_int_not_equal(read(&p, hex), ERR_OK);
		}
	}
}

static void epochs_gate_the_newer_ones(void **state)
{
	(void)state;
	struct postcond p;

	assert_int_equal(read(&p, all[0]), ERR_OK);
	assert_true(postcond_is_of_epoch(&p, EPOCH_3_0));
	assert_int_equal(read(&p, all[5]), ERR_OK);
	assert_false(postcond_is_of_epoch(&p, EPOCH_3_3));
	assert_true(postcond_is_of_epoch(&p, EPOCH_3_4));
	assert_int_equal(read(&p, all[6]), ERR_OK);
	assert_false(postcond_is_of_epoch(&p, EPOCH_3_4));
	assert_true(postcond_is_of_epoch(&p, EPOCH_4_0));
	assert_int_equal(read(&p, all[7]), ERR_OK);
	assert_false(postcond_is_of_epoch(&p, EPOCH_3_4));
	assert_true(postcond_is_of_epoch(&p, EPOCH_4_1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_comes_back_as_it_was),
		cmocka_unit_test(fields_say_what_the_bytes_say),
		cmocka_unit_test(each_kind_has_its_codes),
		cmocka_unit_test(unknown_kinds_and_principals_are_refused),
		cmocka_unit_test(every_shorter_input_is_refused),
		cmocka_unit_test(epochs_gate_the_newer_ones),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
