/*
 * tests/unit/sbtc/peg/test_peg_deposit_script.c - Claims about
 * sbtc/peg/peg_deposit_script.c.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "sbtc/peg/peg_deposit_script.h"
#include "tests/lib/hex.h"

#define KEY "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
#define TAIL "7520" KEY "ac"
#define FEE "0000000000003a98"
#define HASH "0000000000000000000000000000000000000000"

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

static enum err read_hex(struct peg_deposit_script *ret, const char *hex)
{
	static uint8_t bytes[PEG_DEPOSIT_SCRIPT_MAX + 16];
	size_t len = hex_to(bytes, sizeof(bytes), hex);

	return peg_deposit_script_read(ret, span_of(bytes, len));
}

static void an_account_s_script_is_as_published(void **state)
{
	(void)state;
	struct peg_deposit_script s;
	struct peg_deposit_room room;
	const char *hex = "1e" FEE "0516" HASH TAIL;

	assert_int_equal(read_hex(&s, hex), ERR_OK);
	assert_true(s.max_fee == 15000);
	assert_false(principal_is_contract(s.recipient));
	assert_hex(s.key, PEG_KEY_LEN, KEY);
	peg_deposit_script_write(&room, &s);
	assert_hex(room.bytes, room.len, hex);
}

static const struct principal *contract_of(size_t name_len)
{
	static const uint8_t hash[PRINCIPAL_HASH_LEN];
	struct principal_room room;
	char name[NAME_MAX_LEN];
	const struct principal *p;

	memset(name, 'a', sizeof(name));
	assert_int_equal(principal_new_contract(&arena, &p,
	                                        principal_init(&room, 26, hash),
	                                        span_of(name, name_len)),
	                 ERR_OK);
	return p;
}

static void contracts_come_back_with_names_of_1_to_128(void **state)
{
	(void)state;
	struct peg_deposit_script s = { .max_fee = UINT64_MAX };
	struct peg_deposit_script back;
	struct peg_deposit_room room;

	hex_to(s.key, sizeof(s.key), KEY);
	for (size_t len = 1; len <= 128; len++) {
		s.recipient = contract_of(len);
		peg_deposit_script_write(&room, &s);
		assert_int_equal(room.bytes[0] == 0x4c, len > 44);
		assert_int_equal(peg_deposit_script_read(
				     &back, span_of(room.bytes, room.len)),
		                 ERR_OK);
		assert_true(principal_eq(back.recipient, s.recipient));
		assert_true(back.max_fee == UINT64_MAX);
	}
	assert_int_equal(room.len, PEG_DEPOSIT_SCRIPT_MAX);
}

static void other_scripts_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *hex;
		enum err want;
	} bad[] = {
		{ "", ERR_PEG_SCRIPT_LEN },
		{ "1d" FEE "0516"
		  "00000000000000000000000000000000000000" TAIL,
		  ERR_PEG_SCRIPT_LEN },
		{ "1e" FEE "0516" HASH "7620" KEY "ac", ERR_PEG_CHECKSIG },
		{ "1e" FEE "0516" HASH "7521" KEY "ac", ERR_PEG_CHECKSIG },
		{ "1e" FEE "0516" HASH "7520" KEY "ad", ERR_PEG_CHECKSIG },
		{ "4c1e" FEE "0516" HASH TAIL, ERR_PEG_PUSH },
		{ "4d1e00" FEE "0516" HASH TAIL, ERR_PEG_SCRIPT },
		{ "1d" FEE "0516" HASH TAIL, ERR_PEG_SCRIPT },
		{ "1f" FEE "0516" HASH TAIL, ERR_PEG_SCRIPT },
		{ "1f" FEE "0516" HASH "00" TAIL, ERR_PEG_SCRIPT },
		{ "1e" FEE "0716" HASH TAIL, ERR_PEG_RECIPIENT },
		{ "1e" FEE "0520" HASH TAIL, ERR_PEG_RECIPIENT },
		{ "1f" FEE "0616" HASH "00" TAIL, ERR_PEG_RECIPIENT },
		{ "20" FEE "0616" HASH "0139" TAIL, ERR_PEG_RECIPIENT },
		{ "1e" FEE "0516" HASH "7520"
		  "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		  "fffff"
		  "ac",
		  ERR_PEG_KEY },
		{ NULL, ERR_OK },
	};
	struct peg_deposit_script s;

	for (unsigned i = 0; bad[i].hex; i++)
		assert_int_equal(read_hex(&s, bad[i].hex), bad[i].want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_account_s_script_is_as_published),
		cmocka_unit_test(contracts_come_back_with_names_of_1_to_128),
		cmocka_unit_test(other_scripts_are_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
