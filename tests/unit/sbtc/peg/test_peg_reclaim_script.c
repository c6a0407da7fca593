/*
 * tests/unit/sbtc/peg/test_peg_reclaim_script.c - Claims about
 * sbtc/peg/peg_reclaim_script.c.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "sbtc/peg/peg_reclaim_script.h"
#include "tests/lib/hex.h"

static uint8_t bytes[PEG_RECLAIM_SCRIPT_MAX + 16];

static enum err read_hex(struct peg_reclaim_script *ret, const char *hex)
{
	size_t len = hex_to(bytes, sizeof(bytes), hex);

	return peg_reclaim_script_read(ret, span_of(bytes, len));
}

static void lock_times_have_one_form(void **state)
{
	(void)state;
	static const struct {
		uint32_t lock_time;
		const char *hex;
	} rows[] = {
		{ 0, "00b2" },           { 1, "51b2" },
		{ 16, "60b2" },          { 17, "0111b2" },
		{ 100, "0164b2" },       { 127, "017fb2" },
		{ 128, "028000b2" },     { 144, "029000b2" },
		{ 256, "020001b2" },     { 950, "02b603b2" },
		{ 32767, "02ff7fb2" },   { 32768, "03008000b2" },
		{ 65535, "03ffff00b2" }, { 0, NULL },
	};

	for (unsigned i = 0; rows[i].hex; i++) {
		struct peg_reclaim_script s = { .lock_time =
			                            rows[i].lock_time };
		struct buf b;

		buf_init(&b, 16);
		assert_int_equal(peg_reclaim_script_write(&b, &s), ERR_OK);
		assert_hex(b.p, b.len, rows[i].hex);
		assert_int_equal(peg_reclaim_script_read(&s, buf_span(&b)),
		                 ERR_OK);
		assert_int_equal(s.lock_time, rows[i].lock_time);
		assert_int_equal(s.user.len, 0);
		buf_fini(&b);
	}
}

static void other_numbers_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *hex;
		enum err want;
	} bad[] = {
		{ "", ERR_PEG_RECLAIM },
		{ "51", ERR_PEG_RECLAIM },
		{ "b2", ERR_PEG_RECLAIM },
		{ "51b1", ERR_PEG_RECLAIM },
		{ "02b2", ERR_PEG_RECLAIM },
		{ "4fb2", ERR_PEG_RECLAIM },             /* -1 */
		{ "06000000000001b2", ERR_PEG_RECLAIM }, /* 6 bytes */
		{ "0101b2", ERR_PEG_LOCK_FORM },         /* is 51 */
		{ "0110b2", ERR_PEG_LOCK_FORM },         /* is 60 */
		{ "0100b2", ERR_PEG_LOCK_FORM },
		{ "0180b2", ERR_PEG_LOCK_FORM }, /* minus zero */
		{ "020100b2", ERR_PEG_LOCK_FORM },
		{ "026480b2", ERR_PEG_LOCK_FORM },
		{ "0191b2", ERR_PEG_LOCK_TIME },         /* -17 */
		{ "03000001b2", ERR_PEG_LOCK_TIME },     /* 65,536 */
		{ "03000040b2", ERR_PEG_LOCK_TIME },     /* seconds */
		{ "050000008000b2", ERR_PEG_LOCK_TIME }, /* disabled */
		{ "0500000000"
		  "01b2",
		  ERR_PEG_LOCK_TIME },
		{ NULL, ERR_OK },
	};
	struct peg_reclaim_script s;

	for (unsigned i = 0; bad[i].hex; i++)
		assert_int_equal(read_hex(&s, bad[i].hex), bad[i].want);
}

static void user_scripts_have_2048_bytes_at_most(void **state)
{
	(void)state;
	struct peg_reclaim_script s;

	memset(bytes, 0x75, sizeof(bytes));
	bytes[0] = 0x5a;
	bytes[1] = 0xb2;
	for (size_t len = 2047; len <= 2049; len++) {
		assert_int_equal(
		    peg_reclaim_script_read(&s, span_of(bytes, 2 + len)),
		    len <= 2048 ? ERR_OK : ERR_PEG_RECLAIM_LEN);
		assert_int_equal(s.user.len, len);
	}
}

static void no_opcode_lets_anyone_spend(void **state)
{
	(void)state;
	/* BIP-342's list. */
	static const uint8_t ranges[][2] = { { 80, 80 },   { 98, 98 },
		                             { 126, 129 }, { 131, 134 },
		                             { 137, 138 }, { 141, 142 },
		                             { 149, 153 }, { 187, 254 } };

	for (unsigned op = 79; op < 256; op++) {
		bool want = false;
		uint8_t script[2] = { 0x75, (uint8_t)op };

		for (unsigned i = 0; i < 8; i++)
			want =
			    want || (op >= ranges[i][0] && op <= ranges[i][1]);
		assert_int_equal(
		    peg_reclaim_script_succeeds(span_of(script, 2)), want);
	}
}

static void pushes_are_no_opcodes(void **state)
{
	(void)state;
	static const struct {
		const char *hex;
		enum err want;
	} rows[] = {
		{ "51b20150", ERR_OK },
		{ "51b24c0150", ERR_OK },
		{ "51b24d010050", ERR_OK },
		{ "51b24e0100000050", ERR_OK },
		{ "51b2015050", ERR_PEG_RECLAIM_OP },
		{ "51b24e010000005050", ERR_PEG_RECLAIM_OP },
		{ "51b24d0100fefe", ERR_PEG_RECLAIM_OP },
		/* The walk ends at a broken push, not before. */
		{ "51b25005", ERR_PEG_RECLAIM_OP },
		{ "51b20550", ERR_OK },
		{ "51b24c", ERR_OK },
		{ "51b24effffffff50", ERR_OK },
		{ "51b2ff", ERR_OK },
		{ NULL, ERR_OK },
	};
	struct peg_reclaim_script s;

	for (unsigned i = 0; rows[i].hex; i++)
		assert_int_equal(read_hex(&s, rows[i].hex), rows[i].want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lock_times_have_one_form),
		cmocka_unit_test(other_numbers_are_refused),
		cmocka_unit_test(user_scripts_have_2048_bytes_at_most),
		cmocka_unit_test(no_opcode_lets_anyone_spend),
		cmocka_unit_test(pushes_are_no_opcodes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
