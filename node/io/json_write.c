/* node/io/json_write.c - JSON as it goes; contract in json_write.h. */
#include "config.h"

#include "node/io/json_write.h"

#include <string.h>

#include "clarity/base/check.h"

static void put(struct json_write *w, const char *text, size_t len)
{
	(void)buf_add(w->out, text, len);
}

static void put_line(struct json_write *w)
{
	if (w->indent == 0)
		return;
	put(w, "\n", 1);
	for (unsigned i = 0; i < w->depth * w->indent; i++)
		put(w, " ", 1);
}

/* What stands between the last thing and the next item of this level. */
static void put_separator(struct json_write *w)
{
	if (w->depth == 0)
		return;
	if (w->level[w->depth - 1].has_items)
		put(w, ",", 1);
	w->level[w->depth - 1].has_items = true;
	put_line(w);
}

/* Called before each value: it must be at a place where one may stand. */
static void value_begin(struct json_write *w)
{
	bool in_object = w->depth && w->level[w->depth - 1].is_object;

	CHECK(w->depth || !w->has_root);
	CHECK(in_object == w->has_key);
	w->has_root = true;
	if (!in_object)
		put_separator(w);
	w->has_key = false;
}

static void value_open(struct json_write *w, bool is_object)
{
	CHECK(w->depth < JSON_WRITE_DEPTH_MAX);
	value_begin(w);
	w->level[w->depth].is_object = is_object;
	w->level[w->depth].has_items = false;
	w->depth++;
	put(w, is_object ? "{" : "[", 1);
}

/* The length of the UTF-8 sequence at `p`, or 0 if it is not one: overlong
 * forms, surrogates and what lies above U+10FFFF are none. */
static size_t utf8_len(const uint8_t *p, size_t left)
{
	size_t len = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	uint32_t c = p[0] & (0xffu >> (len == 1 ? 1 : len + 1));
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };

	if (len == 1)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4 || left < len)
		return 0;
	for (size_t i = 1; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3f);
	}
	if (c < least[len] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	return len;
}

static void put_escape(struct json_write *w, uint8_t c)
{
	switch (c) {
	case '"':
		put(w, "\\\"", 2);
		break;
	case '\\':
		put(w, "\\\\", 2);
		break;
	case '\n':
		put(w, "\\n", 2);
		break;
	case '\t':
		put(w, "\\t", 2);
		break;
	case '\r':
		put(w, "\\r", 2);
		break;
	default:
		(void)buf_addf(w->out, "\\u%04x", c);
		break;
	}
}

static bool needs_escape(uint8_t c)
{
	return c < 0x20 || c == '"' || c == '\\' || c == 0x7f;
}

static void put_text(struct json_write *w, struct span text)
{
	size_t from = 0;

	put(w, "\"", 1);
	for (size_t i = 0; i < text.len;) {
		size_t len = utf8_len(text.p + i, text.len - i);

		if (len && !needs_escape(text.p[i])) {
			i += len;
			continue;
		}
		(void)buf_add(w->out, text.p + from, i - from);
		if (len)
			put_escape(w, text.p[i]);
		else
			put(w, "\\ufffd", 6);
		from = ++i;
	}
	(void)buf_add(w->out, text.p + from, text.len - from);
	put(w, "\"", 1);
}

void json_write_init(struct json_write *w, struct buf *out, unsigned indent)
{
	*w = (struct json_write){ .out = out, .indent = indent };
}

void json_write_object(struct json_write *w)
{
	value_open(w, true);
}

void json_write_array(struct json_write *w)
{
	value_open(w, false);
}

void json_write_close(struct json_write *w)
{
	CHECK(w->depth > 0 && !w->has_key);
	w->depth--;
	if (w->level[w->depth].has_items)
		put_line(w);
	put(w, w->level[w->depth].is_object ? "}" : "]", 1);
}

void json_write_key_span(struct json_write *w, struct span key)
{
	CHECK(w->depth && w->level[w->depth - 1].is_object && !w->has_key);
	put_separator(w);
	put_text(w, key);
	put(w, ": ", w->indent ? 2 : 1);
	w->has_key = true;
}

void json_write_key(struct json_write *w, const char *key)
{
	json_write_key_span(w, span_str(key));
}

void json_write_null(struct json_write *w)
{
	value_begin(w);
	put(w, "null", 4);
}

void json_write_bool(struct json_write *w, bool v)
{
	value_begin(w);
	put(w, v ? "true" : "false", v ? 4 : 5);
}

void json_write_u64(struct json_write *w, uint64_t v)
{
	char text[U128_TEXT];

	value_begin(w);
	put(w, text, u128_format(text, v));
}

void json_write_i64(struct json_write *w, int64_t v)
{
	value_begin(w);
	(void)buf_addf(w->out, "%lld", (long long)v);
}

void json_write_u128(struct json_write *w, u128 v)
{
	char text[U128_TEXT];

	value_begin(w);
	put(w, "\"", 1);
	put(w, text, u128_format(text, v));
	put(w, "\"", 1);
}

void json_write_i128(struct json_write *w, i128 v)
{
	char text[U128_TEXT];

	value_begin(w);
	put(w, "\"-", v < 0 ? 2 : 1);
	put(w, text, u128_format(text, v < 0 ? -(u128)v : (u128)v));
	put(w, "\"", 1);
}

void json_write_text(struct json_write *w, struct span text)
{
	value_begin(w);
	put_text(w, text);
}

void json_write_str(struct json_write *w, const char *text)
{
	json_write_text(w, span_str(text));
}

void json_write_hex(struct json_write *w, struct span bytes)
{
	value_begin(w);
	put(w, "\"0x", 3);
	(void)buf_add_hex(w->out, bytes.p, bytes.len);
	put(w, "\"", 1);
}

void json_write_raw(struct json_write *w, struct span json)
{
	value_begin(w);
	put(w, (const char *)json.p, json.len);
}

void json_write_milli(struct json_write *w, uint64_t v)
{
	value_begin(w);
	(void)buf_addf(w->out, "%llu.%03u", (unsigned long long)(v / 1000),
	               (unsigned)(v % 1000));
}

void json_write_fixed(struct json_write *w, int64_t v, unsigned digits)
{
	uint64_t size = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	uint64_t one = 1;

	CHECK(digits >= 1 && digits <= 18);
	for (unsigned i = 0; i < digits; i++)
		one *= 10;
	value_begin(w);
	(void)buf_addf(w->out, "%s%llu.%0*llu", v < 0 ? "-" : "",
	               (unsigned long long)(size / one), (int)digits,
	               (unsigned long long)(size % one));
}

bool json_write_is_done(const struct json_write *w)
{
	return w->has_root && w->depth == 0;
}

enum err json_write_end(struct json_write *w)
{
	CHECK(json_write_is_done(w));
	if (w->indent)
		put(w, "\n", 1);
	return buf_err(w->out);
}
