/* clarity/lang/lexer.c - Text to tokens; contract in lexer.h. */
#include "config.h"

#include "clarity/lang/lexer.h"

#include <string.h>

#include "clarity/lang/native.h"
#include "clarity/lang/parse_error.h"

/* What a byte may be part of. */
#define IS_IDENT 1u   /* a name, behind its first letter */
#define IS_SEP 2u     /* what ends a word */
#define IS_DIGIT 4u   /* a number */
#define IS_HEX 8u     /* a buffer */
#define IS_ALPHA 16u  /* the start of a name */
#define IS_C32 32u    /* an address */
#define IS_TRAIT 64u  /* the name of a trait reference */
#define IS_SPACE 128u /* skipped; carriage returns are here to be refused */

#define IN(c, first, last) ((c) >= (first) && (c) <= (last))
#define DIGIT(c) IN(c, '0', '9')
#define ALPHA(c) (IN(c, 'a', 'z') || IN(c, 'A', 'Z'))
#define HEX(c) (DIGIT(c) || IN(c, 'a', 'f') || IN(c, 'A', 'F'))
#define SPACE(c) ((c) == ' ' || (c) == '\t' || (c) == '\n' || (c) == '\r')
#define BRACKET(c) ((c) == '(' || (c) == ')' || (c) == '{' || (c) == '}')
#define POINT(c) ((c) == ',' || (c) == ':' || (c) == '.' || (c) == ';')
#define SEP(c) (SPACE(c) || BRACKET(c) || POINT(c) || (c) == '\f')
#define SIGN(c) ((c) == '!' || (c) == '?' || (c) == '+' || IN(c, '<', '>'))
#define DASH(c) ((c) == '-' || (c) == '_')
#define TRAIT(c) (DIGIT(c) || ALPHA(c) || DASH(c))
#define IDENT(c) (TRAIT(c) || SIGN(c) || (c) == '/' || (c) == '*')
#define NOT_C32(c) ((c) == 'I' || (c) == 'L' || (c) == 'O' || (c) == 'U')
#define C32(c) (DIGIT(c) || (IN(c, 'A', 'Z') && !NOT_C32(c)))

#define CLASS(c)                                                               \
	((IDENT(c) ? IS_IDENT : 0) | (SEP(c) ? IS_SEP : 0) |                   \
	 (DIGIT(c) ? IS_DIGIT : 0) | (HEX(c) ? IS_HEX : 0) |                   \
	 (ALPHA(c) ? IS_ALPHA : 0) | (C32(c) ? IS_C32 : 0) |                   \
	 (TRAIT(c) ? IS_TRAIT : 0) | (SPACE(c) ? IS_SPACE : 0))
#define CLASS4(c) CLASS(c), CLASS((c) + 1), CLASS((c) + 2), CLASS((c) + 3)
#define CLASS16(c) CLASS4(c), CLASS4((c) + 4), CLASS4((c) + 8), CLASS4((c) + 12)

/* Bytes above 127 have no class: nothing may hold one. */
static const uint8_t class_of[256] = {
	CLASS16(0x00), CLASS16(0x10), CLASS16(0x20), CLASS16(0x30),
	CLASS16(0x40), CLASS16(0x50), CLASS16(0x60), CLASS16(0x70),
};

/* Behind the copy, so that a wide load of its last byte stays inside. */
#define PADDING 16u

unsigned lexer_hex(uint8_t c)
{
	if (class_of[c] & IS_DIGIT)
		return c - (unsigned)'0';
	return class_of[c] & IS_HEX ? ((unsigned)c | 32u) - 'a' + 10 : 16;
}

/* Whether all bytes are below 128 and none is a carriage return: then no
 * comment needs to be looked at. */
static bool text_is_plain(const uint8_t *p, size_t len)
{
	uint8_t high = 0;

	for (size_t i = 0; i < len; i++)
		high |= p[i];
	return high < 0x80 && !memchr(p, '\r', len);
}

enum err lexer_init(struct lexer *lx, struct arena *a, struct span source,
                    struct diag *diag)
{
	uint8_t *text = arena_alloc(a, source.len + PADDING);

	if (!text)
		return ERR_NO_MEMORY;
	if (source.len)
		memcpy(text, source.p, source.len);
	memset(text + source.len, 0, PADDING);
	*lx = (struct lexer){ .text = text,
		              .len = (uint32_t)source.len,
		              .is_plain = text_is_plain(text, source.len),
		              .diag = diag };
	return ERR_OK;
}

/*
 * Refuses the text at `start` to `end`.  The network's lexer has looked at all
 * bytes of the token up to and with `seen` by then, and a byte that is not
 * ASCII is refused at sight.
 */
static enum err lexer_fail(struct lexer *lx, enum parse_error e, uint32_t start,
                           uint32_t end, uint32_t seen)
{
	struct span source = span_of(lx->text, lx->len);

	for (uint32_t i = lx->tok.span.start; i <= seen && i < lx->len; i++) {
		struct diag_span s = { i, i + 1 };

		if (lx->text[i] >= 0x80)
			return parse_error_at(lx->diag, PARSE_ERROR_NON_ASCII,
			                      source, s);
	}
	return parse_error_at(lx->diag, e, source,
	                      (struct diag_span){ start, end });
}

static bool is_sep(const struct lexer *lx, uint32_t at)
{
	return (class_of[lx->text[at]] & IS_SEP) || at == lx->len;
}

/* Ends the token before `at`. */
static enum err token_end(struct lexer *lx, enum lexer_kind kind, uint32_t at)
{
	lx->tok.kind = (uint8_t)kind;
	lx->tok.span.end = at;
	lx->at = at;
	return ERR_OK;
}

/* Refuses a word because of its byte `at`; the rest of the word counts as
 * seen, and so does what ends it. */
static enum err word_fail(struct lexer *lx, enum parse_error e, uint32_t at)
{
	uint32_t end = at;

	while (!is_sep(lx, end))
		end++;
	return lexer_fail(lx, e, at, at + 1, end);
}

/* Reads bytes of one class up to a separator. */
static enum err word_read(struct lexer *lx, enum lexer_kind kind,
                          unsigned class, enum parse_error e, uint32_t at)
{
	while (class_of[lx->text[at]] & class)
		at++;
	if (!is_sep(lx, at))
		return word_fail(lx, e, at);
	return token_end(lx, kind, at);
}

static enum err hex_read(struct lexer *lx, uint32_t at)
{
	uint32_t digits = at;

	while (class_of[lx->text[at]] & IS_HEX)
		at++;
	if (!is_sep(lx, at))
		return word_fail(lx, PARSE_ERROR_CHAR_BUFFER, at);
	if ((at - digits) % 2)
		return lexer_fail(lx, PARSE_ERROR_BUFFER_LENGTH,
		                  lx->tok.span.start, at, at);
	return token_end(lx, LEXER_BUFFER, at);
}

static enum err operator_read(struct lexer *lx, uint32_t at)
{
	if (!is_sep(lx, at))
		return lexer_fail(lx, PARSE_ERROR_SEPARATOR, at, at + 1, at);
	return token_end(lx, LEXER_OPERATOR, at);
}

/* `at` is behind "<" and on a letter. */
static enum err trait_read(struct lexer *lx, uint32_t at)
{
	while (class_of[lx->text[at]] & IS_TRAIT)
		at++;
	if (lx->text[at] == '>')
		return token_end(lx, LEXER_TRAIT, at + 1);
	if (!is_sep(lx, at))
		return word_fail(lx, PARSE_ERROR_CHAR_TRAIT_IDENT, at);
	return lexer_fail(lx, PARSE_ERROR_TRAIT_IDENT_OPEN, lx->tok.span.start,
	                  at, at);
}

/* The code point of "\u{...}" at `start`, or a value past all of them. */
static uint32_t code_point(const struct lexer *lx, uint32_t start, uint32_t end)
{
	uint32_t v = 0;

	for (uint32_t i = start; i < end; i++) {
		if (v > 0x10ffff)
			return v;
		v = v << 4 | lexer_hex(lx->text[i]);
	}
	return v;
}

/* Checks "\u{...}"; `*at` is on the "u" and ends on the "}". */
static enum err code_point_read(struct lexer *lx, uint32_t *at)
{
	uint32_t u = *at;
	uint32_t i = u + 2;

	if (lx->text[u + 1] != '{')
		return lexer_fail(lx, PARSE_ERROR_UTF8_INVALID, u, u + 1,
		                  u + 1);
	while (class_of[lx->text[i]] & IS_HEX)
		i++;
	if (lx->text[i] == '"' || i == lx->len)
		return lexer_fail(lx, PARSE_ERROR_UTF8_OPEN, u, i, i);
	if (lx->text[i] != '}')
		return lexer_fail(lx, PARSE_ERROR_UTF8_CHAR, i, i + 1, i);
	if (i == u + 2)
		return lexer_fail(lx, PARSE_ERROR_UTF8_EMPTY, u, i + 1, i);

	uint32_t v = code_point(lx, u + 2, i);

	if (v > 0x10ffff || (v >= 0xd800 && v <= 0xdfff))
		return lexer_fail(lx, PARSE_ERROR_UTF8_INVALID, u, i + 1,
		                  i + 1);
	*at = i;
	return ERR_OK;
}

/* Checks the escape whose backslash is at `*at`; ends on its last byte. */
static enum err escape_read(struct lexer *lx, uint32_t *at, bool is_utf8)
{
	uint32_t c = *at + 1;

	if (c == lx->len)
		return lexer_fail(lx, PARSE_ERROR_UNKNOWN_ESCAPE, *at, c, c);
	if (!memchr("\\\"ntr0", lx->text[c], 6)) {
		if (!is_utf8 || lx->text[c] != 'u')
			return lexer_fail(lx, PARSE_ERROR_UNKNOWN_ESCAPE, *at,
			                  c + 1, c);
		TRY(code_point_read(lx, &c));
	}
	*at = c;
	return ERR_OK;
}

/* `at` is behind the opening quote. */
static enum err string_read(struct lexer *lx, uint32_t at, bool is_utf8)
{
	for (;; at++) {
		uint8_t c = lx->text[at];

		if (c == '"')
			break;
		if (c >= 0x80 || c == '\n' || at == lx->len)
			return lexer_fail(lx, PARSE_ERROR_STRING_OPEN,
			                  lx->tok.span.start, at, at);
		if (c == '\\') {
			lx->tok.has_escape = true;
			TRY(escape_read(lx, &at, is_utf8));
		}
	}
	return token_end(lx, is_utf8 ? LEXER_UTF8 : LEXER_ASCII, at + 1);
}

/* `at` is on the first semicolon. */
static enum err comment_read(struct lexer *lx, uint32_t at)
{
	if (lx->text[at + 1] != ';')
		return lexer_fail(lx, PARSE_ERROR_ONE_SEMICOLON, at, at + 1,
		                  at + 1);

	const uint8_t *text = lx->text + at;
	const uint8_t *end = memchr(text, '\n', lx->len - at);
	uint32_t stop = end ? (uint32_t)(end - lx->text) : lx->len;

	for (uint32_t i = at; !lx->is_plain && i < stop; i++) {
		if (lx->text[i] == '\r' || lx->text[i] >= 0x80)
			return lexer_fail(lx, PARSE_ERROR_LINE_ENDING, i, i + 1,
			                  i);
	}
	return token_end(lx, LEXER_COMMENT, stop);
}

/* Reads what begins with a letter, a digit, or nothing known. */
static enum err default_read(struct lexer *lx, uint32_t at)
{
	uint8_t class = class_of[lx->text[at]];

	if (class & IS_ALPHA)
		return word_read(lx, LEXER_IDENT, IS_IDENT,
		                 PARSE_ERROR_CHAR_IDENT, at + 1);
	if (class & IS_DIGIT)
		return word_read(lx, LEXER_INT, IS_DIGIT, PARSE_ERROR_CHAR_INT,
		                 at + 1);
	if (at == lx->len) {
		lx->tok.kind = LEXER_END;
		lx->tok.span.end = at;
		return ERR_OK;
	}
	return lexer_fail(lx, PARSE_ERROR_UNKNOWN_SYMBOL, at, at + 1, at);
}

/* Reads what begins with "u". */
static enum err u_read(struct lexer *lx, uint32_t at)
{
	uint8_t next = lx->text[at + 1];

	if (class_of[next] & IS_DIGIT)
		return word_read(lx, LEXER_UINT, IS_DIGIT,
		                 PARSE_ERROR_CHAR_UINT, at + 2);
	if (next == '"')
		return string_read(lx, at + 2, true);
	return word_read(lx, LEXER_IDENT, IS_IDENT, PARSE_ERROR_CHAR_IDENT,
	                 at + 1);
}

/* Reads what begins with "-", "<" or ">". */
static enum err sign_read(struct lexer *lx, uint32_t at)
{
	uint8_t c = lx->text[at];
	uint8_t next = lx->text[at + 1];

	if (c == '-' && (class_of[next] & IS_DIGIT))
		return word_read(lx, LEXER_INT, IS_DIGIT, PARSE_ERROR_CHAR_INT,
		                 at + 1);
	if (c == '<' && (class_of[next] & IS_ALPHA))
		return trait_read(lx, at + 1);
	if (c != '-' && next == '=')
		return operator_read(lx, at + 2);
	return operator_read(lx, at + 1);
}

static uint32_t space_skip(const struct lexer *lx)
{
	uint32_t at = lx->at;

	while (class_of[lx->text[at]] & IS_SPACE)
		at++;
	return at;
}

enum err lexer_next(struct lexer *lx)
{
	uint32_t at = lx->at;

	lx->tok = (struct lexer_token){ .span = { at, at } };
	if (class_of[lx->text[at]] & IS_SPACE) {
		at = space_skip(lx);
		lx->tok.has_space = true;
		if (!lx->is_plain) {
			const uint8_t *cr =
			    memchr(lx->text + lx->at, '\r', at - lx->at);
			uint32_t i = cr ? (uint32_t)(cr - lx->text) : 0;

			if (cr)
				return lexer_fail(lx, PARSE_ERROR_LINE_ENDING,
				                  i, i + 1, i);
		}
		lx->tok.span.start = at;
	}
	switch (lx->text[at]) {
	case '(':
		return token_end(lx, LEXER_LPAREN, at + 1);
	case ')':
		return token_end(lx, LEXER_RPAREN, at + 1);
	case '{':
		return token_end(lx, LEXER_LBRACE, at + 1);
	case '}':
		return token_end(lx, LEXER_RBRACE, at + 1);
	case ':':
		return token_end(lx, LEXER_COLON, at + 1);
	case ',':
		return token_end(lx, LEXER_COMMA, at + 1);
	case '.':
		return token_end(lx, LEXER_DOT, at + 1);
	case '+':
	case '*':
	case '/':
		return operator_read(lx, at + 1);
	case '-':
	case '<':
	case '>':
		return sign_read(lx, at);
	case ';':
		return comment_read(lx, at);
	case '\'':
		return word_read(lx, LEXER_PRINCIPAL, IS_C32,
		                 PARSE_ERROR_CHAR_PRINCIPAL, at + 1);
	case 'u':
		return u_read(lx, at);
	case '"':
		return string_read(lx, at + 1, false);
	case '0':
		if (lx->text[at + 1] == 'x')
			return hex_read(lx, at + 2);
		break;
	default:
		break;
	}
	return default_read(lx, at);
}

enum err lexer_drain(struct lexer *lx)
{
	while (lx->tok.kind != LEXER_END)
		TRY(lexer_next(lx));
	return ERR_OK;
}
