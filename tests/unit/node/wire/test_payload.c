/* tests/unit/node/wire/test_payload.c - Claims about node/wire/payload.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdlib.h>
#include <string.h>

#include "node/wire/payload.h"
#include "tests/lib/hex.h"

#define ACCOUNT "161111111111111111111111111111111111111111"
#define B32 "2222222222222222222222222222222222222222222222222222222222222222"
#define B20 "3333333333333333333333333333333333333333"
#define SIG                                                                    \
	"00" B32                                                               \
	"4444444444444444444444444444444444444444444444444444444444444444"
#define MEMO "6869" B32

/* A well-formed proof: draft-irtf-cfrg-vrf-04, appendix A.3. */
#define PROOF                                                                  \
	"9275df67a68c8745c0ff97b48201ee6db447f7c93b23ae24cdc2400f52fdb08a"     \
	"1a6ac7ec71bf9c9c76e96ee4675ebff60625af28718501047bfd87b810c2d213"     \
	"9b73c23bd69de66360953a642c2a330a"

static struct arena arena;

static enum err read(struct payload *ret, const char *hex)
{
	static uint8_t bytes[4096];
	struct cursor c =
	    cursor_of(span_of(bytes, hex_to(bytes, sizeof(bytes), hex)));

	arena_reset(&arena);
	TRY(payload_read(&arena, ret, &c));
	return cursor_done(&c);
}

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

static const char *const all[] = {
	"0005" ACCOUNT "00000000000000ff" MEMO,
	"0006" ACCOUNT "0478797a31"
	"ffffffffffffffff" MEMO,
	"0101610000000528"
	"6f6b2031",
	"0602"
	"016100000000",
	"02" ACCOUNT "0163"
	"0166"
	"00000002"
	"03"
	"0a04",
	"02" ACCOUNT "0163"
	"0166"
	"00000000",
	"03"
	"00"
	"0001" B32 B32 SIG "00"
	"0002" B32 B32 SIG,
	"04" B32,
	"05" B32 "05" ACCOUNT,
	"07" B20 B20 B20 B32 "00000003"
	"06" B20,
	"08" B32 "09" PROOF,
	"08" B32 "0a05" ACCOUNT PROOF,
	"08" B32 "0a06" ACCOUNT "0163" PROOF,
};

static void every_kind_comes_back_as_it_was(void **state)
{
	(void)state;
	bool seen[PAYLOAD_KINDS] = { false };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct payload p;
		struct buf b;

		buf_init(&b, 4096);
		if (read(&p, all[i]) != ERR_OK)
			fail_msg("case %zu is refused", i);
		seen[p.kind] = true;
		assert_int_equal(payload_write(&b, &p), ERR_OK);
		assert_hex(b.p, b.len, all[i]);
		buf_fini(&b);
	}
	for (unsigned kind = 0; kind < PAYLOAD_KINDS; kind++) {
		assert_true(seen[kind]);
		assert_non_null(payload_name((enum payload_kind)kind));
	}
}

static void every_shorter_input_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		for (size_t len = 0; len < strlen(all[i]); len += 2) {
			char hex[4096];
			struct payload p;

			(void)snprintf(hex, sizeof(hex), "%.*s", (int)len,
			               all[i]);
			assert_int_not_equal(read(&p, hex), ERR_OK);
		}
	}
}

static void unknown_kinds_are_refused(void **state)
{
	(void)state;
	struct payload p;

	assert_int_equal(read(&p, "09"), ERR_PAYLOAD_KIND);
	assert_int_equal(read(&p, "ff"), ERR_PAYLOAD_KIND);
}

static void versions_of_the_language_are_1_to_6(void **state)
{
	(void)state;
	for (unsigned version = 0; version < 256; version++) {
		char hex[64];
		struct payload p;

		(void)snprintf(hex, sizeof(hex), "06%02x016100000000", version);
		assert_int_equal(read(&p, hex), version >= 1 && version <= 6
		                                    ? ERR_OK
		                                    : ERR_PAYLOAD_VERSION);
	}
}

static void seven_causes_are_known(void **state)
{
	(void)state;
	for (unsigned cause = 0; cause < 256; cause++) {
		char hex[512];
		struct payload p;

		(void)snprintf(hex, sizeof(hex),
		               "07" B20 B20 B20 B32 "00000003%02x" B20, cause);
		assert_int_equal(read(&p, hex),
		                 cause < 7 ? ERR_OK : ERR_PAYLOAD_CAUSE);
	}
}

static void two_headers_must_prove_a_fork(void **state)
{
	(void)state;
	struct payload p;

	/* Equal. */
	assert_int_equal(read(&p, "03"
	                          "00"
	                          "0001" B32 B32 SIG "00"
	                          "0001" B32 B32 SIG),
	                 ERR_PAYLOAD_POISON);
	/* Another number and another parent. */
	assert_int_equal(read(&p, "03"
	                          "00"
	                          "0001" B32 B32 SIG "00"
	                          "0002"
	                          "33222222222222222222222222222222"
	                          "22222222222222222222222222222222" B32 SIG),
	                 ERR_PAYLOAD_POISON);
	/* The same number and another parent. */
	assert_int_equal(read(&p, "03"
	                          "00"
	                          "0001" B32 B32 SIG "00"
	                          "0001"
	                          "33222222222222222222222222222222"
	                          "22222222222222222222222222222222" B32 SIG),
	                 ERR_OK);
	/* A recovery id of 4. */
	assert_int_equal(read(&p, "03"
	                          "00"
	                          "0001" B32 B32 "04" B32 B32 "00"
	                          "0002" B32 B32 SIG),
	                 ERR_PAYLOAD_POISON);
}

static void a_recipient_must_be_a_principal_or_an_option(void **state)
{
	(void)state;
	struct payload p;

	assert_int_equal(read(&p, "05" B32 "03"), ERR_PAYLOAD_RECIPIENT);
	assert_int_equal(read(&p, "05" B32 "0a05" ACCOUNT),
	                 ERR_PAYLOAD_RECIPIENT);
	assert_int_equal(read(&p, "08" B32 "03" PROOF), ERR_PAYLOAD_RECIPIENT);
	assert_int_equal(read(&p, "08" B32 "05" ACCOUNT PROOF),
	                 ERR_PAYLOAD_RECIPIENT);
}

/* The reference reads `(some true)` as no recipient, and writes it as none. */
static void an_option_of_something_else_is_none(void **state)
{
	(void)state;
	struct payload p;
	struct buf b;

	buf_init(&b, 4096);
	assert_int_equal(read(&p, "08" B32 "0a03" PROOF), ERR_OK);
	assert_null(p.coinbase.recipient);
	assert_int_equal(payload_write(&b, &p), ERR_OK);
	assert_hex(b.p, b.len, "08" B32 "09" PROOF);
	assert_int_equal(read(&p, "08" B32 "0a0a05" ACCOUNT PROOF), ERR_OK);
	assert_null(p.coinbase.recipient);
	buf_fini(&b);
}

static void a_malformed_proof_is_refused(void **state)
{
	(void)state;
	struct payload p;

	assert_int_equal(
	    read(&p, "08" B32 "09" B32 B32 "22222222222222222222222222222222"),
	    ERR_BAD_PROOF);
}

static void three_kinds_are_coinbases(void **state)
{
	(void)state;
	unsigned n = 0;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct payload p;

		assert_int_equal(read(&p, all[i]), ERR_OK);
		n += payload_is_coinbase(&p);
	}
	assert_int_equal(n, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_comes_back_as_it_was),
		cmocka_unit_test(every_shorter_input_is_refused),
		cmocka_unit_test(unknown_kinds_are_refused),
		cmocka_unit_test(versions_of_the_language_are_1_to_6),
		cmocka_unit_test(seven_causes_are_known),
		cmocka_unit_test(two_headers_must_prove_a_fork),
		cmocka_unit_test(a_recipient_must_be_a_principal_or_an_option),
		cmocka_unit_test(an_option_of_something_else_is_none),
		cmocka_unit_test(a_malformed_proof_is_refused),
		cmocka_unit_test(three_kinds_are_coinbases),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
