/* clarity/value/value_scan.c - Values without parts; see value_scan.h. */
#include "config.h"

#include "clarity/value/value_scan.h"

#include "clarity/base/num.h"
#include "clarity/value/name.h"
#include "clarity/value/principal.h"

enum err value_scan_fault_io(struct value_scan *s)
{
	s->diag.fault = VALUE_CODEC_IO;
	return ERR_VALUE_BYTES;
}

enum err value_scan_fault_text(struct value_scan *s, const char *text)
{
	s->diag.fault = VALUE_CODEC_FAILURE;
	s->diag.text = text;
	return ERR_VALUE_BYTES;
}

enum err value_scan_fault_type(struct value_scan *s, enum type_error kind)
{
	s->diag.fault = VALUE_CODEC_BAD_TYPE;
	s->diag.type.kind = kind;
	return ERR_VALUE_BYTES;
}

enum err value_scan_fault_expected(struct value_scan *s,
                                   const struct type *expected)
{
	s->diag.fault = VALUE_CODEC_EXPECTED;
	s->diag.type.expected = expected;
	return ERR_VALUE_BYTES;
}

enum err value_scan_fault_built(struct value_scan *s, enum err e,
                                const char *text)
{
	return e == ERR_TYPE ? value_scan_fault_text(s, text) : e;
}

/* Bytes that are no text at all are told from a text that is no name. */
static enum err fault_name(struct value_scan *s, struct span bytes)
{
	struct value text;

	if (value_string_utf8(&text, bytes, NULL) != ERR_OK)
		return value_scan_fault_text(s, "Non-UTF8 string data");
	return value_scan_fault_text(s, "Illegal Clarity string");
}

enum err value_scan_integer(struct value_scan *s, bool is_int)
{
	TRY(value_scan_expect(s, is_int ? TYPE_INT : TYPE_UINT));

	const uint8_t *p = value_scan_take(s, 16);

	if (!p)
		return value_scan_fault_io(s);
	s->value = value_uint(be128_read(p));
	if (is_int)
		s->value.kind = VALUE_INT;
	return ERR_OK;
}

enum err value_scan_bool(struct value_scan *s, bool is_true)
{
	TRY(value_scan_expect(s, TYPE_BOOL));
	s->value = value_bool(is_true);
	return ERR_OK;
}

/* Reads a length of bytes, which no string may exceed. */
static enum err read_length(struct value_scan *s, uint32_t *ret)
{
	const uint8_t *p = value_scan_take(s, 4);

	if (!p)
		return value_scan_fault_io(s);
	*ret = be32_read(p);
	if (*ret > TYPE_MAX_SIZE)
		return value_scan_fault_type(s, TYPE_ERROR_VALUE_TOO_LARGE);
	return ERR_OK;
}

enum err value_scan_bytes(struct value_scan *s, enum type_kind kind)
{
	uint32_t len;

	TRY(read_length(s, &len));
	TRY(value_scan_expect(s, kind));
	if (s->type && len > s->type->len)
		return value_scan_fault_expected(s, s->type);

	const uint8_t *p = value_scan_take(s, len);

	if (!p)
		return value_scan_fault_io(s);
	if (kind == TYPE_BUFF) {
		s->value = value_buff(span_of(p, len));
		return ERR_OK;
	}
	return value_scan_fault_built(
	    s, value_string_ascii(&s->value, span_of(p, len), NULL),
	    "Bad string");
}

enum err value_scan_utf8(struct value_scan *s)
{
	uint32_t len;

	TRY(read_length(s, &len));

	const uint8_t *p = value_scan_take(s, len);

	if (!p)
		return value_scan_fault_io(s);

	enum err e = value_string_utf8(&s->value, span_of(p, len), NULL);

	/* An expected type is what other nodes miss first, whatever is wrong.
	 */
	if (s->type && (e != ERR_OK || s->type->kind != TYPE_UTF8 ||
	                s->value.n > s->type->len))
		return value_scan_fault_expected(s, s->type);
	return value_scan_fault_built(s, e, "Illegal string_utf8 type");
}

enum err value_scan_name(struct value_scan *s, struct span *ret,
                         bool (*is_name)(struct span))
{
	const uint8_t *p = value_scan_take(s, 1);

	if (!p)
		return value_scan_fault_io(s);

	size_t len = *p;

	if (len > NAME_MAX_LEN)
		return value_scan_fault_text(s, "String too long");
	p = value_scan_take(s, len);
	if (!p)
		return value_scan_fault_io(s);
	if (!is_name(span_of(p, len)))
		return fault_name(s, span_of(p, len));
	*ret = span_of(p, len);
	return ERR_OK;
}

enum err value_scan_principal(struct value_scan *s, bool is_contract)
{
	/* A principal in memory is its bytes, prefix included. */
	const struct principal *p = (const struct principal *)(s->at - 1);
	struct span name;

	TRY(value_scan_expect(s, TYPE_PRINCIPAL));
	if (!value_scan_take(s, PRINCIPAL_STANDARD_LEN - 1))
		return value_scan_fault_io(s);
	if (p->version >= PRINCIPAL_VERSIONS) {
		s->diag.fault = VALUE_CODEC_UNEXPECTED;
		return ERR_VALUE_BYTES;
	}
	if (is_contract)
		TRY(value_scan_name(s, &name, name_is_contract));
	s->value = value_principal(p);
	return ERR_OK;
}

enum err value_scan_none(struct value_scan *s)
{
	TRY(value_scan_expect(s, TYPE_OPTIONAL));
	s->value = value_none();
	return ERR_OK;
}
