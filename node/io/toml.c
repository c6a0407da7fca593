/* node/io/toml.c - Configuration files; contract in toml.h. */
#include "config.h"

#include "node/io/toml.h"

#include <string.h>

#include "clarity/base/buf.h"
#include "clarity/base/num.h"

/* How a table came about decides what may still be added to it. */
enum how {
	HOW_IMPLIED, /* as a parent in a header: may get its own header */
	HOW_HEADER,  /* by [name]: no second header */
	HOW_DOTTED,  /* by a dotted key: no header at all */
	HOW_INLINE,  /* { … }: closed; also arrays written [ … ] */
	HOW_TABLES   /* an array of tables, [[name]] */
};

struct parser {
	struct arena *a;
	const uint8_t *at;
	const uint8_t *end;
	uint32_t line;
	uint32_t nodes;
	unsigned depth;
	struct buf text; /* the text value that is being read */
	const char *what;
};

static enum err fail(struct parser *p, const char *what)
{
	p->what = what;
	return ERR_SYNTAX;
}

static bool is_at(const struct parser *p, char c)
{
	return p->at < p->end && *p->at == (uint8_t)c;
}

static bool take(struct parser *p, char c)
{
	if (!is_at(p, c))
		return false;
	p->at++;
	return true;
}

static bool take_str(struct parser *p, const char *s)
{
	size_t len = strlen(s);

	if ((size_t)(p->end - p->at) < len || memcmp(p->at, s, len) != 0)
		return false;
	p->at += len;
	return true;
}

static void skip_space(struct parser *p)
{
	while (is_at(p, ' ') || is_at(p, '\t'))
		p->at++;
}

static bool take_newline(struct parser *p)
{
	if (!take_str(p, "\r\n") && !take(p, '\n'))
		return false;
	p->line++;
	return true;
}

static enum err skip_comment(struct parser *p)
{
	if (!take(p, '#'))
		return ERR_OK;
	while (p->at < p->end && *p->at != '\n') {
		bool is_return =
		    *p->at == '\r' && p->end - p->at > 1 && p->at[1] == '\n';

		if (is_return)
			break;
		if ((*p->at < 0x20 && *p->at != '\t') || *p->at == 0x7f)
			return fail(p, "a control character in a comment");
		p->at++;
	}
	return ERR_OK;
}

/* Space, comments and ends of lines, as between the items of an array. */
static enum err skip_blank(struct parser *p)
{
	do {
		skip_space(p);
		TRY(skip_comment(p));
	} while (take_newline(p));
	return ERR_OK;
}

/* Nothing but a comment may follow on the line. */
static enum err line_end(struct parser *p)
{
	skip_space(p);
	TRY(skip_comment(p));
	if (p->at == p->end || take_newline(p))
		return ERR_OK;
	return fail(p, "something else on the line behind a value");
}

static enum err node_new(struct parser *p, enum toml_kind kind, struct span key,
                         struct toml **ret)
{
	if (p->nodes++ == TOML_NODES_MAX) {
		p->what = "too many keys";
		return ERR_TOO_LARGE;
	}

	struct toml *n = arena_zalloc(p->a, sizeof(*n));
	void *copy = arena_copy(p->a, key.p, key.len);

	if (!n || !copy)
		return ERR_NO_MEMORY;
	n->kind = kind;
	n->key = span_of(copy, key.len);
	*ret = n;
	return ERR_OK;
}

static void node_append(struct toml *parent, struct toml *n)
{
	if (parent->last)
		parent->last->next = n;
	else
		parent->first = n;
	parent->last = n;
}

static struct toml *child_find(const struct toml *t, struct span key)
{
	for (struct toml *n = t->first; n; n = n->next) {
		if (span_eq(n->key, key))
			return n;
	}
	return NULL;
}

static enum err child_new(struct parser *p, struct toml *parent,
                          enum toml_kind kind, struct span key,
                          struct toml **ret)
{
	TRY(node_new(p, kind, key, ret));
	node_append(parent, *ret);
	return ERR_OK;
}

/* --- text --- */

static int hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void text_add_utf8(struct parser *p, uint32_t c)
{
	if (c < 0x80) {
		(void)buf_add_u8(&p->text, (uint8_t)c);
		return;
	}
	if (c < 0x800) {
		(void)buf_add_u8(&p->text, (uint8_t)(0xc0 | c >> 6));
	} else {
		if (c < 0x10000) {
			(void)buf_add_u8(&p->text, (uint8_t)(0xe0 | c >> 12));
		} else {
			(void)buf_add_u8(&p->text, (uint8_t)(0xf0 | c >> 18));
			(void)buf_add_u8(&p->text,
			                 (uint8_t)(0x80 | (c >> 12 & 0x3f)));
		}
		(void)buf_add_u8(&p->text, (uint8_t)(0x80 | (c >> 6 & 0x3f)));
	}
	(void)buf_add_u8(&p->text, (uint8_t)(0x80 | (c & 0x3f)));
}

static enum err text_unicode(struct parser *p, int digits)
{
	uint32_t c = 0;

	for (int i = 0; i < digits; i++) {
		int d = p->at < p->end ? hex_digit(*p->at) : -1;

		if (d < 0)
			return fail(p, "an unfinished \\u escape");
		c = c << 4 | (uint32_t)d;
		p->at++;
	}
	if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return fail(p, "an escape that is no character");
	text_add_utf8(p, c);
	return ERR_OK;
}

static enum err text_escape(struct parser *p)
{
	static const char from[] = "btnfr\"\\";
	static const char to[] = "\b\t\n\f\r\"\\";
	uint8_t c = p->at < p->end ? *p->at++ : 0;
	const char *found = c ? strchr(from, c) : NULL;

	if (c == 'u')
		return text_unicode(p, 4);
	if (c == 'U')
		return text_unicode(p, 8);
	if (!found)
		return fail(p, "an unknown escape");
	(void)buf_add_u8(&p->text, (uint8_t)to[found - from]);
	return ERR_OK;
}

/* A backslash at the end of a line swallows the blank that follows it. */
static bool text_joins_lines(struct parser *p)
{
	const uint8_t *start = p->at;

	skip_space(p);
	if (!take_newline(p)) {
		p->at = start;
		return false;
	}
	do
		skip_space(p);
	while (take_newline(p));
	return true;
}

/* Behind the opening quotes, up to three equal ones. */
static enum err text_long(struct parser *p, char quote, const char *quotes)
{
	(void)take_newline(p);
	for (;;) {
		if (p->at == p->end)
			return fail(p, "text without its closing quotes");
		if (take_str(p, quotes)) {
			/* Up to two quotes may stand before the closing. */
			for (int i = 0; i < 2 && take(p, quote); i++)
				(void)buf_add_u8(&p->text, (uint8_t)quote);
			return ERR_OK;
		}
		if (quote == '"' && take(p, '\\')) {
			if (!text_joins_lines(p))
				TRY(text_escape(p));
		} else if (take_newline(p)) {
			(void)buf_add_u8(&p->text, '\n');
		} else if ((*p->at < 0x20 && *p->at != '\t') ||
		           *p->at == 0x7f) {
			return fail(p, "a control character in text");
		} else {
			(void)buf_add_u8(&p->text, *p->at++);
		}
	}
}

static enum err text_short(struct parser *p, char quote)
{
	while (!take(p, quote)) {
		if (p->at == p->end || *p->at == '\n' || *p->at == '\r')
			return fail(p, "text without its closing quote");
		if (quote == '"' && take(p, '\\')) {
			TRY(text_escape(p));
			continue;
		}
		if ((*p->at < 0x20 && *p->at != '\t') || *p->at == 0x7f)
			return fail(p, "a control character in text");
		(void)buf_add_u8(&p->text, *p->at++);
	}
	return ERR_OK;
}

/* Reads quoted text into p->text; `may_be_long` allows the tripled quotes. */
static enum err text_read(struct parser *p, bool may_be_long)
{
	buf_reset(&p->text);
	if (may_be_long && take_str(p, "\"\"\""))
		TRY(text_long(p, '"', "\"\"\""));
	else if (may_be_long && take_str(p, "'''"))
		TRY(text_long(p, '\'', "'''"));
	else if (take(p, '"'))
		TRY(text_short(p, '"'));
	else if (take(p, '\''))
		TRY(text_short(p, '\''));
	return buf_err(&p->text);
}

/* --- keys --- */

static bool is_bare(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

/* One part of a key; valid until the next is read. */
static enum err key_part(struct parser *p, struct span *ret)
{
	const uint8_t *start = p->at;

	if (is_at(p, '"') || is_at(p, '\'')) {
		TRY(text_read(p, false));
		*ret = buf_span(&p->text);
		return ERR_OK;
	}
	while (p->at < p->end && is_bare(*p->at))
		p->at++;
	if (p->at == start)
		return fail(p, "a key is missing");
	*ret = span_of(start, (size_t)(p->at - start));
	return ERR_OK;
}

/* The table `key` in `t`, made if needed, as the parent in a header. */
static enum err header_parent(struct parser *p, struct toml **t,
                              struct span key)
{
	struct toml *n = child_find(*t, key);

	if (!n) {
		TRY(child_new(p, *t, TOML_TABLE, key, &n));
		n->how = HOW_IMPLIED;
	}
	if (n->kind == TOML_ARRAY && n->how == HOW_TABLES)
		n = n->last;
	if (n->kind != TOML_TABLE || n->how == HOW_INLINE)
		return fail(p, "a key that is not a table is used as one");
	*t = n;
	return ERR_OK;
}

/* The table of a dotted key. */
static enum err dotted_parent(struct parser *p, struct toml **t,
                              struct span key)
{
	struct toml *n = child_find(*t, key);

	if (!n) {
		TRY(child_new(p, *t, TOML_TABLE, key, &n));
		n->how = HOW_DOTTED;
	}
	if (n->kind != TOML_TABLE || n->how != HOW_DOTTED)
		return fail(p, "a dotted key adds to what is closed");
	*t = n;
	return ERR_OK;
}

/* [a.b] opens a table; it may be implied already, but not be opened twice. */
static enum err header_table(struct parser *p, struct toml **t, struct span key)
{
	struct toml *n = child_find(*t, key);

	if (!n)
		TRY(child_new(p, *t, TOML_TABLE, key, &n));
	else if (n->kind != TOML_TABLE || n->how != HOW_IMPLIED)
		return fail(p, "a table stands twice");
	n->how = HOW_HEADER;
	*t = n;
	return ERR_OK;
}

/* [[a.b]] adds a table to an array of tables. */
static enum err header_tables(struct parser *p, struct toml **t,
                              struct span key)
{
	struct toml *n = child_find(*t, key);

	if (!n) {
		TRY(child_new(p, *t, TOML_ARRAY, key, &n));
		n->how = HOW_TABLES;
	} else if (n->kind != TOML_ARRAY || n->how != HOW_TABLES) {
		return fail(p, "a key stands twice");
	}
	TRY(child_new(p, n, TOML_TABLE, span_of(NULL, 0), t));
	(*t)->how = HOW_HEADER;
	return ERR_OK;
}

static enum err header_read(struct parser *p, struct toml *root,
                            struct toml **ret)
{
	bool is_array = take_str(p, "[[");
	struct span key;

	if (!is_array)
		(void)take(p, '[');
	*ret = root;
	for (;;) {
		skip_space(p);
		TRY(key_part(p, &key));
		skip_space(p);
		if (!is_at(p, '.'))
			break;
		TRY(header_parent(p, ret, key));
		p->at++;
	}
	if (!take_str(p, is_array ? "]]" : "]"))
		return fail(p, "a header without its closing bracket");
	if (is_array)
		TRY(header_tables(p, ret, key));
	else
		TRY(header_table(p, ret, key));
	return line_end(p);
}

/* --- values --- */

/* Digits in `base` with single underscores between them. */
static enum err number_digits(struct parser *p, struct span s, unsigned base,
                              uint64_t *ret)
{
	bool was_digit = false;
	uint64_t v = 0;

	for (size_t i = 0; i < s.len; i++) {
		int d = hex_digit(s.p[i]);

		if (s.p[i] == '_' && was_digit && i + 1 < s.len) {
			was_digit = false;
			continue;
		}
		if (d < 0 || d >= (int)base)
			return fail(p, "a value of no known form");
		if (!u64_mul(&v, v, base) || !u64_add(&v, v, (uint64_t)d)) {
			p->what = "an integer that does not fit 64 bits";
			return ERR_OVERFLOW;
		}
		was_digit = true;
	}
	if (!was_digit)
		return fail(p, "a value of no known form");
	*ret = v;
	return ERR_OK;
}

static enum err number_int(struct parser *p, struct span s, struct toml *n)
{
	bool is_negative = s.len && s.p[0] == '-';
	bool is_signed = is_negative || (s.len && s.p[0] == '+');
	unsigned base = 10;
	uint64_t v = 0;

	if (is_signed)
		s = span_of(s.p + 1, s.len - 1);
	if (s.len > 2 && s.p[0] == '0' && !is_signed)
		base = s.p[1] == 'x'   ? 16
		       : s.p[1] == 'o' ? 8
		       : s.p[1] == 'b' ? 2
		                       : 10;
	if (base != 10)
		s = span_of(s.p + 2, s.len - 2);
	else if (s.len > 1 && s.p[0] == '0')
		return fail(p, "a number with a leading zero");
	TRY(number_digits(p, s, base, &v));
	if (v > (uint64_t)INT64_MAX + is_negative) {
		p->what = "an integer that does not fit 64 bits";
		return ERR_OVERFLOW;
	}
	n->kind = TOML_INT;
	n->number = is_negative ? (int64_t)(0 - v) : (int64_t)v;
	return ERR_OK;
}

/* Digits, perhaps signed, then a fraction, an exponent, or both. */
static bool is_float(struct span s)
{
	size_t i = s.len && (s.p[0] == '-' || s.p[0] == '+');
	bool has_point = false;
	bool has_exponent = false;
	bool was_digit = false;

	if (s.len - i == 3 &&
	    (memcmp(s.p + i, "inf", 3) == 0 || memcmp(s.p + i, "nan", 3) == 0))
		return true;
	if (s.len - i > 1 && s.p[i] == '0' && s.p[i + 1] >= '0' &&
	    s.p[i + 1] <= '9')
		return false;
	for (; i < s.len; i++) {
		uint8_t c = s.p[i];

		if (c >= '0' && c <= '9') {
			was_digit = true;
			continue;
		}
		if (!was_digit)
			return false;
		was_digit = false;
		if (c == '.' && !has_point && !has_exponent) {
			has_point = true;
		} else if ((c == 'e' || c == 'E') && !has_exponent) {
			has_exponent = true;
			i += i + 1 < s.len &&
			     (s.p[i + 1] == '-' || s.p[i + 1] == '+');
		} else if (c != '_') {
			return false;
		}
	}
	return was_digit && (has_point || has_exponent);
}

static enum err value_word(struct parser *p, struct toml *n)
{
	const uint8_t *start = p->at;

	while (p->at < p->end &&
	       (is_bare(*p->at) || *p->at == '.' || *p->at == '+'))
		p->at++;

	struct span s = span_of(start, (size_t)(p->at - start));

	if (span_eq(s, span_str("true")) || span_eq(s, span_str("false"))) {
		n->kind = TOML_BOOL;
		n->number = s.len == 4;
		return ERR_OK;
	}
	if (is_float(s)) {
		void *copy = arena_copy(p->a, s.p, s.len);

		if (!copy)
			return ERR_NO_MEMORY;
		n->kind = TOML_FLOAT;
		n->text = span_of(copy, s.len);
		return ERR_OK;
	}
	return number_int(p, s, n);
}

static enum err value_text(struct parser *p, struct toml *n)
{
	TRY(text_read(p, true));

	void *copy = arena_copy(p->a, p->text.p, p->text.len);

	if (!copy)
		return ERR_NO_MEMORY;
	n->kind = TOML_TEXT;
	n->text = span_of(copy, p->text.len);
	return ERR_OK;
}

static enum err value_read(struct parser *p, struct toml *n);

static enum err value_array(struct parser *p, struct toml *n)
{
	n->kind = TOML_ARRAY;
	n->how = HOW_INLINE;
	for (;;) {
		struct toml *item;

		TRY(skip_blank(p));
		if (take(p, ']'))
			return ERR_OK;
		TRY(child_new(p, n, TOML_BOOL, span_of(NULL, 0), &item));
		TRY(value_read(p, item));
		TRY(skip_blank(p));
		if (!take(p, ',') && !is_at(p, ']'))
			return fail(p, "an array without its closing bracket");
	}
}

/* KEY = VALUE with a key of one or more parts. */
static enum err pair_read(struct parser *p, struct toml *t)
{
	struct span key;
	struct toml *n;

	for (;;) {
		skip_space(p);
		TRY(key_part(p, &key));
		skip_space(p);
		if (!is_at(p, '.'))
			break;
		TRY(dotted_parent(p, &t, key));
		p->at++;
	}
	if (!take(p, '='))
		return fail(p, "a key without = and a value");
	if (child_find(t, key))
		return fail(p, "a key stands twice");
	TRY(child_new(p, t, TOML_BOOL, key, &n));
	skip_space(p);
	return value_read(p, n);
}

/* Once it is closed, dotted keys in it are closed as well: nothing outside
 * can reach below a table that is HOW_INLINE. */
static enum err value_table(struct parser *p, struct toml *n)
{
	n->kind = TOML_TABLE;
	n->how = HOW_INLINE;
	skip_space(p);
	if (take(p, '}'))
		return ERR_OK;
	for (;;) {
		TRY(pair_read(p, n));
		skip_space(p);
		if (take(p, '}'))
			return ERR_OK;
		if (!take(p, ','))
			return fail(p, "a table without its closing brace");
	}
}

/* Recursion is bounded: arrays and tables nest up to TOML_DEPTH_MAX. */
static enum err value_read(struct parser *p, struct toml *n)
{
	enum err e;

	if (is_at(p, '"') || is_at(p, '\''))
		return value_text(p, n);
	if (!is_at(p, '[') && !is_at(p, '{'))
		return value_word(p, n);
	if (p->depth == TOML_DEPTH_MAX) {
		p->what = "arrays and tables are nested too deep";
		return ERR_TOO_LARGE;
	}
	p->depth++;
	e = take(p, '[') ? value_array(p, n) : (p->at++, value_table(p, n));
	p->depth--;
	return e;
}

static enum err file_read(struct parser *p, struct toml *root)
{
	struct toml *table = root;

	for (;;) {
		TRY(skip_blank(p));
		if (p->at == p->end)
			return ERR_OK;
		if (is_at(p, '[')) {
			TRY(header_read(p, root, &table));
			continue;
		}
		TRY(pair_read(p, table));
		TRY(line_end(p));
	}
}

enum err toml_parse(struct arena *a, struct span text, const struct toml **ret,
                    struct toml_error *error)
{
	struct cursor all = cursor_of(text);
	struct parser p = { .a = a, .at = all.at, .end = all.end, .line = 1 };
	struct toml *root = NULL;
	enum err e = ERR_TOO_LARGE;

	buf_init(&p.text, TOML_SIZE_MAX);
	if (text.len > TOML_SIZE_MAX)
		p.what = "the file is too large";
	else
		e = node_new(&p, TOML_TABLE, span_of(NULL, 0), &root);
	if (e == ERR_OK)
		e = file_read(&p, root);
	buf_fini(&p.text);
	if (e == ERR_OK)
		*ret = root;
	else if (error)
		*error = (struct toml_error){ .line = p.line,
			                      .what = p.what ? p.what
			                                     : err_text(e) };
	return e;
}

const struct toml *toml_get(const struct toml *t, const char *key)
{
	if (!t || t->kind != TOML_TABLE)
		return NULL;
	return child_find(t, span_str(key));
}

bool toml_text(const struct toml *t, struct span *ret)
{
	if (!t || t->kind != TOML_TEXT)
		return false;
	*ret = t->text;
	return true;
}

bool toml_int(const struct toml *t, int64_t *ret)
{
	if (!t || t->kind != TOML_INT)
		return false;
	*ret = t->number;
	return true;
}

bool toml_bool(const struct toml *t, bool *ret)
{
	if (!t || t->kind != TOML_BOOL)
		return false;
	*ret = t->number != 0;
	return true;
}
