/* tests/lib/value_case.c - Questions as lines; contract in value_case.h. */
#include "config.h"

#include "tests/lib/value_case.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "clarity/value/int128.h"
#include "clarity/value/repr.h"
#include "clarity/value/value_codec.h"
#include "tests/lib/type_text.h"

#define PARTS_MAX 4u

struct question {
	struct buf *b;
	struct arena *a;
	struct span part[PARTS_MAX];
};

static struct span parts_of(struct question *q, struct span line)
{
	for (size_t i = 0; i < PARTS_MAX; i++) {
		const uint8_t *tab =
		    line.len ? memchr(line.p, '\t', line.len) : NULL;
		size_t n = tab ? (size_t)(tab - line.p) : line.len;

		q->part[i] = span_of(line.p, n);
		if (tab)
			n++;
		line = span_of(line.p + n, line.len - n);
	}
	return line;
}

/* Answers with the name of what went wrong. */
static bool say_type_error(struct question *q, enum err e,
                           const struct type_diag *diag)
{
	(void)buf_add_str(q->b, e == ERR_TYPE ? type_error_name(diag->kind)
	                                      : err_name(e));
	return true;
}

/* Reads a type, or answers why not. */
static bool get_type(struct question *q, const struct type **ret,
                     struct span text)
{
	struct type_diag diag = { 0 };
	enum err e = type_text_parse(q->a, ret, text, &diag);

	if (e == ERR_OK)
		return true;
	(void)say_type_error(q, e, &diag);
	return false;
}

static bool ask_type(struct question *q)
{
	struct type_diag diag = { 0 };
	const struct type *t;
	uint32_t bytes;

	if (!get_type(q, &t, q->part[1]))
		return true;
	(void)buf_addf(q->b, "%u %u %u ", t->size, t->type_size, t->depth);

	enum err e = type_max_serialized(t, &bytes, &diag);

	if (e != ERR_OK)
		return say_type_error(q, e, &diag);
	(void)buf_addf(q->b, "%u", bytes);
	return true;
}

static bool ask_super(struct question *q)
{
	struct type_diag diag = { 0 };
	const struct type *x;
	const struct type *y;
	const struct type *t;

	if (!get_type(q, &x, q->part[1]) || !get_type(q, &y, q->part[2]))
		return true;

	enum err e = type_supertype(q->a, &t, x, y, &diag);

	if (e != ERR_OK)
		return say_type_error(q, e, &diag);
	(void)repr_type(q->b, t);
	return true;
}

static bool ask_admits(struct question *q)
{
	struct type_diag diag = { 0 };
	const struct type *x;
	const struct type *y;
	bool admits;

	if (!get_type(q, &x, q->part[1]) || !get_type(q, &y, q->part[2]))
		return true;

	enum err e = type_admits(x, y, &admits, &diag);

	if (e != ERR_OK)
		return say_type_error(q, e, &diag);
	(void)buf_add_str(q->b, admits ? "true" : "false");
	return true;
}

static void say_value(struct question *q, const struct value *v)
{
	struct type_diag diag = { 0 };
	const struct type *t;
	struct span bytes;

	(void)repr_value(q->b, v);
	(void)buf_add_u8(q->b, '\t');
	if (value_type(q->a, &t, v, &diag) == ERR_OK) {
		/* The short ways to size and depth must agree with the type. */
		CHECK(t->size == value_size(v) && t->depth == value_depth(v));
		(void)repr_type(q->b, t);
	}
	(void)buf_addf(q->b, "\t%u %u\t", value_size(v), value_depth(v));
	if (value_codec_bytes(q->a, &bytes, v) == ERR_OK)
		(void)buf_add_hex(q->b, bytes.p, bytes.len);
}

static bool say_fault(struct question *q, enum err e,
                      const struct value_codec_diag *diag)
{
	if (e != ERR_VALUE_BYTES) {
		(void)buf_add_str(q->b, err_name(e));
		return true;
	}
	(void)buf_add_str(q->b, value_codec_fault_name(diag->fault));
	if (diag->fault == VALUE_CODEC_BAD_TYPE)
		(void)buf_addf(q->b, " %s", type_error_name(diag->type.kind));
	if (diag->fault == VALUE_CODEC_FAILURE)
		(void)buf_addf(q->b, " %s", diag->text);
	return true;
}

/* The bytes of hex digits; an odd or other text is a mistake of the vector. */
static struct span hex_bytes(struct question *q, struct span hex)
{
	size_t len = hex.len / 2;
	uint8_t *p = arena_alloc(q->a, len);

	CHECK(p && hex.len % 2 == 0);
	for (size_t i = 0; i < len; i++) {
		u128 byte;

		CHECK(int128_parse_hex(&byte, span_of(hex.p + 2 * i, 2)));
		p[i] = (uint8_t)byte;
	}
	return span_of(p, len);
}

static bool ask_decode(struct question *q)
{
	struct value_codec_diag diag = { 0 };
	struct span bytes = hex_bytes(q, q->part[3]);
	const struct type *t;
	enum epoch epoch;
	struct value v;
	enum err e;

	if (span_eq(q->part[2], span_str("-"))) {
		e = value_codec_read_all(q->a, &v, bytes, &diag);
	} else {
		if (!epoch_parse(&epoch, q->part[1]))
			return false;
		if (!get_type(q, &t, q->part[2]))
			return true;
		e = value_codec_read_typed_all(q->a, &v, bytes, t, epoch,
		                               &diag);
	}
	if (e != ERR_OK)
		return say_fault(q, e, &diag);
	say_value(q, &v);
	return true;
}

static bool ask_sanitize(struct question *q)
{
	struct value_codec_diag diag = { 0 };
	struct cursor in = cursor_of(hex_bytes(q, q->part[3]));
	const struct type *t;
	enum epoch epoch;
	struct value cut;
	struct value v;
	bool is_cut;

	if (!epoch_parse(&epoch, q->part[1]))
		return false;
	if (!get_type(q, &t, q->part[2]))
		return true;

	enum err e = value_codec_read(q->a, &v, &in, &diag);

	if (e != ERR_OK)
		return say_fault(q, e, &diag);
	e = value_sanitize(q->a, &cut, &is_cut, epoch, t, &v);
	if (e != ERR_OK) {
		(void)buf_add_str(q->b, "refused");
		return true;
	}
	(void)buf_add_str(q->b, is_cut ? "cut\t" : "whole\t");
	say_value(q, &cut);
	return true;
}

static bool ask_principal(struct question *q)
{
	static const char *const names[] = {
		[PRINCIPAL_OK] = "ok",
		[PRINCIPAL_BAD_C32] = "bad c32",
		[PRINCIPAL_BAD_LENGTH] = "bad length",
		[PRINCIPAL_BAD_NAME] = "bad name",
		[PRINCIPAL_MISSING_DOT] = "missing dot",
		[PRINCIPAL_EMPTY_ISSUER] = "empty issuer",
		[PRINCIPAL_NO_MEMORY] = "no memory",
	};
	const struct principal *p;
	enum principal_fault fault = principal_parse(q->a, &p, q->part[1]);

	if (fault == PRINCIPAL_OK)
		(void)buf_add_hex(q->b, p, principal_len(p));
	else
		(void)buf_add_str(q->b, names[fault]);
	return true;
}

static bool ask_number(struct question *q)
{
	char text[INT128_MAX_TEXT];
	uint8_t bytes[16];
	i128 i;
	u128 u;

	if (int128_parse(&i, q->part[1])) {
		be128_write(bytes, (u128)i);
		(void)buf_add(q->b, text, int128_format(text, i));
	} else if (int128_parse_unsigned(&u, q->part[1])) {
		be128_write(bytes, u);
		(void)buf_add(q->b, text, int128_format_unsigned(text, u));
	} else {
		(void)buf_add_str(q->b, "refused");
		return true;
	}
	(void)buf_add_u8(q->b, ' ');
	(void)buf_add_hex(q->b, bytes, sizeof(bytes));
	return true;
}

bool value_case_answer(struct buf *b, struct arena *a, struct span line)
{
	static const struct {
		const char *name;
		bool (*ask)(struct question *q);
	} asks[] = {
		{ "type", ask_type },         { "super", ask_super },
		{ "admits", ask_admits },     { "decode", ask_decode },
		{ "sanitize", ask_sanitize }, { "principal", ask_principal },
		{ "number", ask_number },
	};
	struct question q = { .b = b, .a = a };

	if (parts_of(&q, line).len)
		return false;
	for (size_t i = 0; i < COUNT_OF(asks); i++) {
		if (span_eq(q.part[0], span_str(asks[i].name)))
			return asks[i].ask(&q);
	}
	return false;
}
