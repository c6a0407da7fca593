/* clarity/value/repr.c - Values and types as text; contract in repr.h. */
#include "config.h"

#include "clarity/value/repr.h"

#include <stdbool.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/value/int128.h"

/*
 * The results of single appends are not looked at: a buf remembers its first
 * failure, and each public function ends with buf_err.  Recursion is over
 * values and types, at most VALUE_MAX_DEPTH deep.
 */
static void put_value(struct buf *b, const struct value *v, bool is_source);

/* How a character beyond the printable ones is written. */
enum escape {
	ESCAPE_HEX, /* \xNN: canonical */
	ESCAPE_RAW, /* as it is: only \f, in the source of ASCII strings */
	ESCAPE_CODE /* \u{N}: in the source of UTF-8 strings */
};

static void put_char(struct buf *b, char c)
{
	(void)buf_add_u8(b, (uint8_t)c);
}

static void put_span(struct buf *b, struct span s)
{
	(void)buf_add(b, s.p, s.len);
}

static void put_int(struct buf *b, const struct value *v)
{
	char text[INT128_MAX_TEXT];
	size_t n = v->kind == VALUE_INT ? int128_format(text, v->i)
	                                : int128_format_unsigned(text, v->u);

	(void)buf_add(b, text, n);
}

/* One ASCII character of a string. */
static void put_ascii(struct buf *b, uint8_t c, enum escape how)
{
	static const char special[] = "\t\n\r\"\\'";
	static const char letter[] = "tnr\"\\'";
	const char *at = c ? strchr(special, c) : NULL;

	/* The language's own strings have no escape for a single quote. */
	if (at && (c != '\'' || how == ESCAPE_HEX)) {
		put_char(b, '\\');
		put_char(b, letter[at - special]);
	} else if ((c >= ' ' && c <= '~') || how == ESCAPE_RAW) {
		put_char(b, (char)c);
	} else {
		(void)buf_addf(b, how == ESCAPE_HEX ? "\\x%02x" : "\\u{%x}", c);
	}
}

/* The length of the UTF-8 character that starts with `c`. */
static size_t char_len(uint8_t c)
{
	return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

/* The code point of a character of `n` bytes. */
static uint32_t code_point(const uint8_t *p, size_t n)
{
	uint32_t code = n == 2   ? p[0] & 0x1fu
	                : n == 3 ? p[0] & 0x0fu
	                         : p[0] & 0x07u;

	for (size_t i = 1; i < n; i++)
		code = code << 6 | (p[i] & 0x3fu);
	return code;
}

static void put_utf8(struct buf *b, const struct value *v, bool is_source)
{
	size_t n;

	(void)buf_add_str(b, "u\"");
	for (size_t i = 0; i < v->byte_len; i += n) {
		const uint8_t *p = v->bytes + i;

		n = char_len(*p);
		if (n == 1) {
			put_ascii(b, *p, is_source ? ESCAPE_CODE : ESCAPE_HEX);
		} else if (is_source) {
			(void)buf_addf(b, "\\u{%x}", code_point(p, n));
		} else {
			(void)buf_add_str(b, "\\u{");
			(void)buf_add_hex(b, p, n);
			put_char(b, '}');
		}
	}
	put_char(b, '"');
}

static void put_string(struct buf *b, const struct value *v, bool is_source)
{
	put_char(b, '"');
	for (size_t i = 0; i < v->byte_len; i++)
		put_ascii(b, v->bytes[i], is_source ? ESCAPE_RAW : ESCAPE_HEX);
	put_char(b, '"');
}

static void put_list(struct buf *b, const struct value *v, bool is_source)
{
	(void)buf_add_str(b, is_source ? "(list" : "(");
	for (uint32_t i = 0; i < v->n; i++) {
		if (i || is_source)
			put_char(b, ' ');
		put_value(b, &v->items[i], is_source);
	}
	put_char(b, ')');
}

static void put_tuple(struct buf *b, const struct value *v)
{
	(void)buf_add_str(b, "(tuple");
	for (uint32_t i = 0; i < v->type->len; i++) {
		if (v->items[i].kind == VALUE_ABSENT)
			continue;
		(void)buf_add_str(b, " (");
		put_span(b, v->type->fields[i].name);
		put_char(b, ' ');
		put_value(b, &v->items[i], false);
		put_char(b, ')');
	}
	put_char(b, ')');
}

static void put_tuple_source(struct buf *b, const struct value *v)
{
	const char *between = "{ ";

	for (uint32_t i = 0; i < v->type->len; i++) {
		if (v->items[i].kind == VALUE_ABSENT)
			continue;
		(void)buf_add_str(b, between);
		put_span(b, v->type->fields[i].name);
		(void)buf_add_str(b, ": ");
		put_value(b, &v->items[i], true);
		between = ", ";
	}
	(void)buf_add_str(b, " }");
}

static void put_callable(struct buf *b, const struct value *v, bool is_source)
{
	if (is_source || !v->trait) {
		if (is_source)
			put_char(b, '\'');
		(void)principal_format(b, v->principal);
		return;
	}
	put_char(b, '(');
	(void)principal_format(b, v->principal);
	(void)buf_add_str(b, " as <");
	(void)principal_format_trait(b, v->trait);
	(void)buf_add_str(b, ">)");
}

static void put_bare(struct buf *b, const struct value *v, bool is_source)
{
	switch ((enum value_kind)v->kind) {
	case VALUE_NONE:
		(void)buf_add_str(b, "none");
		return;
	case VALUE_UINT:
		put_char(b, 'u');
		put_int(b, v);
		return;
	case VALUE_INT:
		put_int(b, v);
		return;
	case VALUE_BOOL:
		(void)buf_add_str(b, v->n ? "true" : "false");
		return;
	case VALUE_PRINCIPAL:
		if (is_source)
			put_char(b, '\'');
		(void)principal_format(b, v->principal);
		return;
	case VALUE_CALLABLE:
		put_callable(b, v, is_source);
		return;
	case VALUE_BUFF:
		(void)buf_add_str(b, "0x");
		(void)buf_add_hex(b, v->bytes, v->byte_len);
		return;
	case VALUE_ASCII:
		put_string(b, v, is_source);
		return;
	case VALUE_UTF8:
		put_utf8(b, v, is_source);
		return;
	case VALUE_LIST:
		put_list(b, v, is_source);
		return;
	case VALUE_TUPLE:
		if (is_source)
			put_tuple_source(b, v);
		else
			put_tuple(b, v);
		return;
	case VALUE_ABSENT:
	case VALUE_KIND_COUNT:
		break;
	}
	CHECK(!"a kind of value");
}

static void put_value(struct buf *b, const struct value *v, bool is_source)
{
	static const char *const open[] = { [VALUE_SOME] = "(some ",
		                            [VALUE_OK] = "(ok ",
		                            [VALUE_ERR] = "(err " };

	for (uint64_t wraps = v->wraps; wraps; wraps >>= 2)
		(void)buf_add_str(b, open[wraps & 3]);
	put_bare(b, v, is_source);
	for (uint64_t wraps = v->wraps; wraps; wraps >>= 2)
		put_char(b, ')');
}

enum err repr_value(struct buf *b, const struct value *v)
{
	put_value(b, v, false);
	return buf_err(b);
}

enum err repr_source(struct buf *b, const struct value *v)
{
	put_value(b, v, true);
	return buf_err(b);
}

static void put_type(struct buf *b, const struct type *t);

static void put_tuple_type(struct buf *b, const struct type *t)
{
	(void)buf_add_str(b, "(tuple");
	for (uint32_t i = 0; i < t->len; i++) {
		(void)buf_add_str(b, " (");
		put_span(b, t->fields[i].name);
		put_char(b, ' ');
		put_type(b, t->fields[i].type);
		put_char(b, ')');
	}
	put_char(b, ')');
}

static void put_response_type(struct buf *b, const struct type *t)
{
	(void)buf_add_str(b, "(response ");
	put_type(b, t->ok);
	put_char(b, ' ');
	put_type(b, t->err);
	put_char(b, ')');
}

static void put_type(struct buf *b, const struct type *t)
{
	switch ((enum type_kind)t->kind) {
	case TYPE_NONE:
		(void)buf_add_str(b, "UnknownType");
		return;
	case TYPE_INT:
		(void)buf_add_str(b, "int");
		return;
	case TYPE_UINT:
		(void)buf_add_str(b, "uint");
		return;
	case TYPE_BOOL:
		(void)buf_add_str(b, "bool");
		return;
	case TYPE_PRINCIPAL:
	case TYPE_LIST_UNION:
		(void)buf_add_str(b, "principal");
		return;
	case TYPE_BUFF:
		(void)buf_addf(b, "(buff %u)", t->len);
		return;
	case TYPE_ASCII:
		(void)buf_addf(b, "(string-ascii %u)", t->len);
		return;
	case TYPE_UTF8:
		(void)buf_addf(b, "(string-utf8 %u)", t->len);
		return;
	case TYPE_LIST:
		(void)buf_addf(b, "(list %u ", t->len);
		put_type(b, t->item);
		put_char(b, ')');
		return;
	case TYPE_TUPLE:
		put_tuple_type(b, t);
		return;
	case TYPE_OPTIONAL:
		(void)buf_add_str(b, "(optional ");
		put_type(b, t->item);
		put_char(b, ')');
		return;
	case TYPE_RESPONSE:
		put_response_type(b, t);
		return;
	case TYPE_CALLABLE_PRINCIPAL:
		(void)buf_add_str(b, "(principal ");
		(void)principal_format(b, t->contract);
		put_char(b, ')');
		return;
	case TYPE_CALLABLE_TRAIT:
	case TYPE_TRAIT_REF:
		put_char(b, '<');
		(void)principal_format_trait(b, t->trait);
		put_char(b, '>');
		return;
	case TYPE_KIND_COUNT:
		break;
	}
	CHECK(!"a kind of type");
}

enum err repr_type(struct buf *b, const struct type *t)
{
	put_type(b, t);
	return buf_err(b);
}
