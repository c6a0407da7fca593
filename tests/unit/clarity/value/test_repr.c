/* tests/unit/clarity/value/test_repr.c - Claims about clarity/value/repr.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/value/repr.h"
#include "clarity/value/value_codec.h"

struct texts {
	const char *hex;
	const char *canonical;
	const char *source;
};

static const struct texts cases[] = {
	{ "00ffffffffffffffffffffffffffffffff", "-1", "-1" },
	{ "01ffffffffffffffffffffffffffffffff",
	  "u340282366920938463463374607431768211455",
	  "u340282366920938463463374607431768211455" },
	{ "03", "true", "true" },
	{ "04", "false", "false" },
	{ "09", "none", "none" },
	{ "0a0703", "(some (ok true))", "(some (ok true))" },
	{ "0809", "(err none)", "(err none)" },
	{ "0200000002AB01", "0xab01", "0xab01" },
	{ "0200000000", "0x", "0x" },
	{ "0b00000000", "()", "(list)" },
	{ "0b000000020304", "(true false)", "(list true false)" },
	{ "0c00000002016203016104", "(tuple (a false) (b true))",
	  "{ a: false, b: true }" },
	{ "0d0000000361090d", "\"a\\t\\r\"", "\"a\\t\\r\"" },
	{ "0d00000005220a5c270c", "\"\\\"\\n\\\\\\'\\x0c\"",
	  "\"\\\"\\n\\\\'\f\"" },
	{ "0e0000000861c3a9f09f98807f", "u\"a\\u{c3a9}\\u{f09f9880}\\x7f\"",
	  "u\"a\\u{e9}\\u{1f600}\\u{7f}\"" },
	{ "05160000000000000000000000000000000000000000",
	  "SP000000000000000000002Q6VF78", "'SP000000000000000000002Q6VF78" },
	{ "061600000000000000000000000000000000000000000161",
	  "SP000000000000000000002Q6VF78.a",
	  "'SP000000000000000000002Q6VF78.a" },
};

static void assert_text(struct buf *b, const char *text)
{
	(void)buf_add_u8(b, 0);
	assert_int_equal(buf_err(b), ERR_OK);
	assert_string_equal((const char *)b->p, text);
	buf_reset(b);
}

static void each_value_has_two_texts(void **state)
{
	(void)state;
	struct arena a;
	struct buf b;

	arena_init(&a, 1 << 20);
	buf_init(&b, 1 << 16);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct value v;

		assert_int_equal(
		    value_codec_read_hex(&a, &v, span_str(cases[i].hex), NULL),
		    ERR_OK);
		assert_int_equal(repr_value(&b, &v), ERR_OK);
		assert_text(&b, cases[i].canonical);
		assert_int_equal(repr_source(&b, &v), ERR_OK);
		assert_text(&b, cases[i].source);
	}
	buf_fini(&b);
	arena_fini(&a);
}

static void a_contract_seen_through_a_trait_shows_both(void **state)
{
	(void)state;
	const struct principal *p;
	const struct trait_id *t;
	struct value v;
	struct arena a;
	struct buf b;

	arena_init(&a, 1 << 16);
	buf_init(&b, 1 << 16);
	assert_int_equal(
	    principal_parse(&a, &p,
	                    span_str("SP000000000000000000002Q6VF78.a")),
	    PRINCIPAL_OK);
	assert_int_equal(
	    principal_parse_trait(
		&a, &t, span_str("SP000000000000000000002Q6VF78.b.t")),
	    PRINCIPAL_OK);
	v = value_callable(p, t);
	(void)repr_value(&b, &v);
	assert_text(&b, "(SP000000000000000000002Q6VF78.a as "
	                "<SP000000000000000000002Q6VF78.b.t>)");
	v = value_callable(p, NULL);
	(void)repr_value(&b, &v);
	assert_text(&b, "SP000000000000000000002Q6VF78.a");
	buf_fini(&b);
	arena_fini(&a);
}

static void a_text_that_does_not_fit_is_an_error(void **state)
{
	(void)state;
	struct value v = value_buff(span_str("0123456789"));
	struct buf b;

	buf_init(&b, 21);
	assert_int_equal(repr_value(&b, &v), ERR_TOO_LARGE);
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_value_has_two_texts),
		cmocka_unit_test(a_contract_seen_through_a_trait_shows_both),
		cmocka_unit_test(a_text_that_does_not_fit_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
