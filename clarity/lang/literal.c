/* clarity/lang/literal.c - Tokens to values; contract in literal.h. */
#include "config.h"

#include "clarity/lang/literal.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/value/int128.h"

static enum err literal_fail(enum parse_error *ret_why, enum parse_error why)
{
	*ret_why = why;
	return ERR_PARSE;
}

static enum err int_read(const struct lexer *lx, struct value *ret,
                         enum parse_error *ret_why)
{
	*ret = value_int(0);
	if (!int128_parse(&ret->i, lexer_text(lx, lx->tok.span)))
		return literal_fail(ret_why, PARSE_ERROR_INT);
	return ERR_OK;
}

static enum err uint_read(const struct lexer *lx, struct value *ret,
                          enum parse_error *ret_why)
{
	struct diag_span digits = { lx->tok.span.start + 1, lx->tok.span.end };

	*ret = value_uint(0);
	if (!int128_parse_unsigned(&ret->u, lexer_text(lx, digits)))
		return literal_fail(ret_why, PARSE_ERROR_UINT);
	return ERR_OK;
}

static enum err buffer_read(struct arena *a, const struct lexer *lx,
                            struct value *ret, enum parse_error *ret_why)
{
	const uint8_t *hex = lx->text + lx->tok.span.start + 2;
	uint32_t len = (lx->tok.span.end - lx->tok.span.start - 2) / 2;

	if (len > TYPE_MAX_SIZE)
		return literal_fail(ret_why, PARSE_ERROR_BUFFER);

	uint8_t *bytes = arena_alloc(a, len);

	if (!bytes)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < len; i++)
		bytes[i] = (uint8_t)(lexer_hex(hex[2 * i]) << 4 |
		                     lexer_hex(hex[2 * i + 1]));
	*ret = value_buff(span_of(bytes, len));
	return ERR_OK;
}

static size_t utf8_put(uint8_t *out, uint32_t v)
{
	if (v < 0x80) {
		out[0] = (uint8_t)v;
		return 1;
	}
	if (v < 0x800) {
		out[0] = (uint8_t)(0xc0 | v >> 6);
		out[1] = (uint8_t)(0x80 | (v & 63));
		return 2;
	}
	if (v < 0x10000) {
		out[0] = (uint8_t)(0xe0 | v >> 12);
		out[1] = (uint8_t)(0x80 | (v >> 6 & 63));
		out[2] = (uint8_t)(0x80 | (v & 63));
		return 3;
	}
	out[0] = (uint8_t)(0xf0 | v >> 18);
	out[1] = (uint8_t)(0x80 | (v >> 12 & 63));
	out[2] = (uint8_t)(0x80 | (v >> 6 & 63));
	out[3] = (uint8_t)(0x80 | (v & 63));
	return 4;
}

/* Decodes "{...}" behind "\u"; the lexer has checked it. */
static size_t code_point_put(uint8_t *out, const uint8_t **in)
{
	uint32_t v = 0;

	for ((*in)++; **in != '}'; (*in)++)
		v = v << 4 | lexer_hex(**in);
	(*in)++;
	return utf8_put(out, v);
}

/* Decodes the escape behind a backslash; `*in` ends behind it. */
static size_t escape_put(uint8_t *out, const uint8_t **in)
{
	uint8_t c = *(*in)++;

	switch (c) {
	case 'n':
		*out = '\n';
		return 1;
	case 't':
		*out = '\t';
		return 1;
	case 'r':
		*out = '\r';
		return 1;
	case '0':
		*out = '\0';
		return 1;
	case 'u':
		return code_point_put(out, in);
	default:
		*out = c;
		return 1;
	}
}

/* The content of a string token behind its first `open` bytes, and how many
 * characters it has.  No escape is shorter than what it stands for. */
static enum err content_read(struct arena *a, const struct lexer *lx,
                             uint32_t open, struct span *ret,
                             uint32_t *ret_chars)
{
	const uint8_t *in = lx->text + lx->tok.span.start + open;
	const uint8_t *end = lx->text + lx->tok.span.end - 1;
	uint8_t *bytes = arena_alloc(a, (size_t)(end - in));
	size_t len = (size_t)(end - in);
	uint32_t chars = (uint32_t)len;

	if (!bytes)
		return ERR_NO_MEMORY;
	if (!lx->tok.has_escape) {
		memcpy(bytes, in, len);
	} else {
		for (len = chars = 0; in < end; chars++) {
			uint8_t c = *in++;

			if (c == '\\')
				len += escape_put(bytes + len, &in);
			else
				bytes[len++] = c;
		}
	}
	*ret_chars = chars;
	*ret = span_of(bytes, len);
	return ERR_OK;
}

static enum err ascii_read(struct arena *a, const struct lexer *lx,
                           struct value *ret, enum parse_error *ret_why)
{
	struct span s;
	uint32_t chars;

	TRY(content_read(a, lx, 1, &s, &chars));
	if (value_string_ascii(ret, s, NULL) != ERR_OK)
		return literal_fail(ret_why, PARSE_ERROR_ASCII_STRING);
	return ERR_OK;
}

static enum err utf8_read(struct arena *a, const struct lexer *lx,
                          struct value *ret)
{
	struct span s;
	uint32_t chars;

	TRY(content_read(a, lx, 2, &s, &chars));
	*ret = value_utf8(s, chars);
	return ERR_OK;
}

enum err literal_read(struct arena *a, const struct lexer *lx,
                      struct value *ret, enum parse_error *ret_why)
{
	uint8_t kind = lx->tok.kind;

	if (kind == LEXER_INT)
		return int_read(lx, ret, ret_why);
	if (kind == LEXER_UINT)
		return uint_read(lx, ret, ret_why);
	if (kind == LEXER_ASCII)
		return ascii_read(a, lx, ret, ret_why);
	if (kind == LEXER_UTF8)
		return utf8_read(a, lx, ret);
	CHECK(kind == LEXER_BUFFER);
	return buffer_read(a, lx, ret, ret_why);
}
