/* tests/unit/clarity/lang/test_lexer.c - Claims about clarity/lang/lexer.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/lang/lexer.h"
#include "clarity/lang/parse_error.h"
#include "tests/unit/clarity/lang/lang_case.h"

/* Claims that `source` is one token of this kind, over all of it. */
static void is_token(const char *source, enum lexer_kind kind)
{
	struct arena a;
	struct lexer lx;

	arena_init(&a, 1 << 22);
	assert_int_equal(lexer_init(&lx, &a, span_str(source), NULL), ERR_OK);
	assert_int_equal(lexer_next(&lx), ERR_OK);
	if (lx.tok.kind != kind || lx.tok.span.end != strlen(source))
		fail_msg("%s: kind %d to %u", source, lx.tok.kind,
		         lx.tok.span.end);
	assert_int_equal(lx.tok.span.start, 0);
	assert_int_equal(lexer_next(&lx), ERR_OK);
	assert_int_equal(lx.tok.kind, LEXER_END);
	arena_fini(&a);
}

static void each_kind_of_token_is_read_whole(void **state)
{
	(void)state;
	is_token("(", LEXER_LPAREN);
	is_token(")", LEXER_RPAREN);
	is_token("{", LEXER_LBRACE);
	is_token("}", LEXER_RBRACE);
	is_token(":", LEXER_COLON);
	is_token(",", LEXER_COMMA);
	is_token(".", LEXER_DOT);
	is_token("0", LEXER_INT);
	is_token("-0", LEXER_INT);
	is_token("007", LEXER_INT);
	is_token("-17", LEXER_INT);
	is_token("u0", LEXER_UINT);
	is_token("u", LEXER_IDENT);
	is_token("unit", LEXER_IDENT);
	is_token("u-1", LEXER_IDENT);
	is_token("0x", LEXER_BUFFER);
	is_token("0xAbcDef09", LEXER_BUFFER);
	is_token("\"\"", LEXER_ASCII);
	is_token("\"a\\\"b\\\\\"", LEXER_ASCII);
	is_token("u\"\\u{41}\"", LEXER_UTF8);
	is_token("'SP000", LEXER_PRINCIPAL);
	is_token("'", LEXER_PRINCIPAL);
	is_token("a!?+<>=/*-_9", LEXER_IDENT);
	is_token("<a-b_C9>", LEXER_TRAIT);
	is_token(";; any thing", LEXER_COMMENT);
	is_token(";;", LEXER_COMMENT);
}

static void operators_stand_alone(void **state)
{
	static const char *const ops[] = { "+", "-", "*",  "/",
		                           "<", ">", "<=", ">=" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(ops); i++) {
		char glued[8] = { 0 };

		is_token(ops[i], LEXER_OPERATOR);
		strcat(strcpy(glued, ops[i]), "!");
		refused(glued, "ExpectedSeparator");
	}
	refused("--1", "ExpectedSeparator");
	refused("(+1 2)", "ExpectedSeparator");
	refused("=", "UnknownSymbol");
}

static void a_bad_byte_is_named_by_the_word_it_is_in(void **state)
{
	(void)state;
	refused_at("12a4", "InvalidCharInt", 2, 3);
	refused_at("-1-", "InvalidCharInt", 2, 3);
	refused_at("0a", "InvalidCharInt", 1, 2);
	refused_at("u1u", "InvalidCharUint", 2, 3);
	refused_at("0x0g", "InvalidCharBuffer", 3, 4);
	refused_at("0x00-", "InvalidCharBuffer", 4, 5);
	refused_at("ab@c", "InvalidCharIdent", 2, 3);
	refused_at("a\"b\"", "InvalidCharIdent", 1, 2);
	refused_at("u'", "InvalidCharIdent", 1, 2);
	refused_at("<a!>", "InvalidCharTraitIdent", 2, 3);
	refused_at("'SPI", "InvalidCharPrincipal", 3, 4);
	refused_at("'sp", "InvalidCharPrincipal", 1, 2);
	refused_at("0x012", "InvalidBufferLength", 0, 5);
	refused_at(" @", "UnknownSymbol", 1, 2);
	refused_at("a\f", "UnknownSymbol", 1, 2);
	refused_at("_a", "UnknownSymbol", 0, 1);
	refused_at("; c", "SingleSemiColon", 0, 1);
	refused_at("<a b", "ExpectedClosing", 0, 2);
}

static void strings_end_on_their_line(void **state)
{
	(void)state;
	refused_at("\"ab\n\"", "ExpectedClosing", 0, 3);
	refused_at("u\"ab", "ExpectedClosing", 0, 4);
	refused_at("\"ab\\\"", "ExpectedClosing", 0, 5);
	reads_as("(a \"x\ry\tz\")", "(a \"x\\ry\\tz\")\n");
}

static void escapes_are_a_closed_set(void **state)
{
	(void)state;
	refused_at("\"\\q\"", "UnknownEscapeChar", 1, 3);
	refused_at("\"\\u{41}\"", "UnknownEscapeChar", 1, 3);
	refused_at("\"\\\n\"", "UnknownEscapeChar", 1, 3);
	refused("\"\\", "UnknownEscapeChar");
	refused("u\"\\", "UnknownEscapeChar");
}

static void code_points_are_scalar_values(void **state)
{
	(void)state;
	reads_as("u\"\\u{0}\\u{7f}\\u{0000d7FF}\\u{e000}\\u{10ffff}\"",
	         "u\"\\0\x7f\\u{D7FF}\\u{E000}\\u{10FFFF}\"\n");
	refused("u\"\\u41\"", "InvalidUTF8Encoding");
	refused("u\"\\u", "InvalidUTF8Encoding");
	refused("u\"\\u{}\"", "EmptyUTF8Encoding");
	refused("u\"\\u{41\"", "UnterminatedUTF8Encoding");
	refused("u\"\\u{41", "UnterminatedUTF8Encoding");
	refused("u\"\\u{4 1}\"", "IllegalCharUTF8Encoding");
	refused("u\"\\u{41\n}\"", "IllegalCharUTF8Encoding");
	refused("u\"\\u{d800}\"", "InvalidUTF8Encoding");
	refused("u\"\\u{DFFF}\"", "InvalidUTF8Encoding");
	refused("u\"\\u{110000}\"", "InvalidUTF8Encoding");
	refused("u\"\\u{100000041}\"", "InvalidUTF8Encoding");
	refused("u\"\\u{fffffffffffffffffffff}\"", "InvalidUTF8Encoding");
}

static void no_byte_above_127_is_read_past(void **state)
{
	(void)state;
	refused_at("a \xc3\xa9", "NonASCIIChar", 2, 3);
	refused_at(";; \xc3\xa9", "NonASCIIChar", 3, 4);
	refused_at("\"\xc3\xa9\"", "NonASCIIChar", 1, 2);
	refused_at("u\"\xc3\xa9\"", "NonASCIIChar", 2, 3);
	/* What ends the bad word has been looked at ... */
	refused("1ab\xc3\xa9", "NonASCIIChar");
	refused(";\xc3\xa9", "NonASCIIChar");
	refused("+\xc3\xa9", "NonASCIIChar");
	refused("u\"\\u{d800}\xc3\xa9\"", "NonASCIIChar");
	/* ... but nothing behind it. */
	refused("1ab \xc3\xa9", "InvalidCharInt");
	refused("\"\\q\xc3\xa9\"", "UnknownEscapeChar");
	refused("u\"\\u{}\xc3\xa9\"", "EmptyUTF8Encoding");
}

static void carriage_returns_are_refused_outside_of_strings(void **state)
{
	(void)state;
	refused_at("(a)\r\n(b)", "UnsupportedLineEnding", 3, 4);
	refused_at(";; c\r\n", "UnsupportedLineEnding", 4, 5);
	refused_at("  \n\r", "UnsupportedLineEnding", 3, 4);
	/* They do end a word first. */
	refused("1a\r", "InvalidCharInt");
}

static void nul_is_a_byte_like_others(void **state)
{
	struct snippet p;

	(void)state;
	snippet_open_span(&p, span_of("a\0b", 3), EPOCH_3_4);
	assert_string_equal(p.diag.rule.name, "InvalidCharIdent");
	snippet_close(&p);
	snippet_open_span(&p, span_of("\0", 1), EPOCH_3_4);
	assert_string_equal(p.diag.rule.name, "UnknownSymbol");
	snippet_close(&p);
	snippet_open_span(&p, span_of("u\"a\0b\"", 6), EPOCH_3_4);
	assert_int_equal(p.err, ERR_OK);
	assert_string_equal(snippet_text(&p), "u\"a\\0b\"\n");
	snippet_close(&p);
	snippet_open_span(&p, span_of(";;\0\0\n7", 6), EPOCH_3_4);
	assert_int_equal(p.err, ERR_OK);
	snippet_close(&p);
}

static void an_error_in_the_last_token_goes_before_one_in_the_tree(void **state)
{
	(void)state;
	refused("(a ) ) }", "UnexpectedToken");
	refused("(a ) ) } 1z", "InvalidCharInt");
	refused("340282366920938463463374607431768211456 @", "UnknownSymbol");
}

static void white_space_is_noted_and_skipped(void **state)
{
	struct arena a;
	struct lexer lx;

	(void)state;
	arena_init(&a, 1 << 20);
	assert_int_equal(lexer_init(&lx, &a, span_str("a(\t\n b;; c\n)"), NULL),
	                 ERR_OK);

	static const struct {
		uint8_t kind;
		bool has_space;
		struct diag_span span;
	} want[] = {
		{ LEXER_IDENT, false, { 0, 1 } },
		{ LEXER_LPAREN, false, { 1, 2 } },
		{ LEXER_IDENT, true, { 5, 6 } },
		{ LEXER_COMMENT, false, { 6, 10 } },
		{ LEXER_RPAREN, true, { 11, 12 } },
		{ LEXER_END, false, { 12, 12 } },
		{ LEXER_END, false, { 12, 12 } },
	};

	for (size_t i = 0; i < COUNT_OF(want); i++) {
		assert_int_equal(lexer_next(&lx), ERR_OK);
		assert_int_equal(lx.tok.kind, want[i].kind);
		assert_int_equal(lx.tok.has_space, want[i].has_space);
		assert_int_equal(lx.tok.span.start, want[i].span.start);
		assert_int_equal(lx.tok.span.end, want[i].span.end);
	}
	arena_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_of_token_is_read_whole),
		cmocka_unit_test(operators_stand_alone),
		cmocka_unit_test(a_bad_byte_is_named_by_the_word_it_is_in),
		cmocka_unit_test(strings_end_on_their_line),
		cmocka_unit_test(escapes_are_a_closed_set),
		cmocka_unit_test(code_points_are_scalar_values),
		cmocka_unit_test(no_byte_above_127_is_read_past),
		cmocka_unit_test(
		    carriage_returns_are_refused_outside_of_strings),
		cmocka_unit_test(nul_is_a_byte_like_others),
		cmocka_unit_test(
		    an_error_in_the_last_token_goes_before_one_in_the_tree),
		cmocka_unit_test(white_space_is_noted_and_skipped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
