/* clarity/vm/native_convert.c - Numbers from and to bytes and text; see
 * native_convert.h. */
#include "config.h"

#include "clarity/vm/native_convert.h"

#include <string.h>

#include "clarity/base/buf.h"
#include "clarity/value/int128.h"
#include "clarity/value/principal.h"

#define NUMBER_LEN 16u

static const struct type buff_16 = {
	.kind = TYPE_BUFF,
	.depth = 1,
	.is_concrete = true,
	.len = NUMBER_LEN,
	.size = 4 + NUMBER_LEN,
	.type_size = 5,
};

/* The number in a buffer of up to 16 bytes; missing ones are zero. */
static enum err read_number(struct vm *vm, const struct native_call *c,
                            bool is_little, u128 *ret)
{
	const struct value *v = &c->args[0];
	u128 number = 0;

	if (!value_is(v, VALUE_BUFF) || v->n > NUMBER_LEN)
		return host_fail_value(vm, &buff_16, v);
	for (uint32_t i = 0; i < v->n; i++) {
		uint8_t byte = v->bytes[is_little ? v->n - 1 - i : i];

		number = number * 256 + byte;
	}
	*ret = number;
	return ERR_OK;
}

enum err native_convert_buff_to_int_le(struct vm *vm,
                                       const struct native_call *c,
                                       struct value *ret)
{
	u128 number;

	TRY(read_number(vm, c, true, &number));
	*ret = value_int((i128)number);
	return ERR_OK;
}

enum err native_convert_buff_to_uint_le(struct vm *vm,
                                        const struct native_call *c,
                                        struct value *ret)
{
	u128 number;

	TRY(read_number(vm, c, true, &number));
	*ret = value_uint(number);
	return ERR_OK;
}

enum err native_convert_buff_to_int_be(struct vm *vm,
                                       const struct native_call *c,
                                       struct value *ret)
{
	u128 number;

	TRY(read_number(vm, c, false, &number));
	*ret = value_int((i128)number);
	return ERR_OK;
}

enum err native_convert_buff_to_uint_be(struct vm *vm,
                                        const struct native_call *c,
                                        struct value *ret)
{
	u128 number;

	TRY(read_number(vm, c, false, &number));
	*ret = value_uint(number);
	return ERR_OK;
}

static enum err some_of(struct vm *vm, struct value *ret, const struct value *v)
{
	struct type_diag diag;

	return host_type(vm, value_wrap(ret, VALUE_SOME, v, &diag), &diag);
}

static bool is_string(const struct value *v)
{
	return value_is(v, VALUE_ASCII) || value_is(v, VALUE_UTF8);
}

enum err native_convert_string_to_int(struct vm *vm,
                                      const struct native_call *c,
                                      struct value *ret)
{
	struct value number;
	i128 i;

	if (!is_string(&c->args[0]))
		return host_fail_union(vm, &c->args[0]);
	if (!int128_parse(&i, value_bytes(&c->args[0]))) {
		*ret = value_none();
		return ERR_OK;
	}
	number = value_int(i);
	return some_of(vm, ret, &number);
}

enum err native_convert_string_to_uint(struct vm *vm,
                                       const struct native_call *c,
                                       struct value *ret)
{
	struct value number;
	u128 u;

	if (!is_string(&c->args[0]))
		return host_fail_union(vm, &c->args[0]);
	if (!int128_parse_unsigned(&u, value_bytes(&c->args[0]))) {
		*ret = value_none();
		return ERR_OK;
	}
	number = value_uint(u);
	return some_of(vm, ret, &number);
}

/* The digits of an integer, after `prefix`, in the transaction's arena. */
static enum err number_text(struct vm *vm, const struct value *v,
                            const char *prefix, struct span *ret)
{
	char digits[INT128_MAX_TEXT];
	size_t n = v->kind == VALUE_INT ? int128_format(digits, v->i)
	                                : int128_format_unsigned(digits, v->u);
	size_t skip = strlen(prefix);
	char *text = arena_alloc(host_arena(vm), skip + n);

	if (!text)
		return ERR_NO_MEMORY;
	memcpy(text, prefix, skip);
	memcpy(text + skip, digits, n);
	*ret = span_of(text, skip + n);
	return ERR_OK;
}

static bool is_number(const struct value *v)
{
	return value_is(v, VALUE_INT) || value_is(v, VALUE_UINT);
}

enum err native_convert_int_to_ascii(struct vm *vm, const struct native_call *c,
                                     struct value *ret)
{
	struct span text;

	if (!is_number(&c->args[0]))
		return host_fail_union(vm, &c->args[0]);
	TRY(number_text(vm, &c->args[0], "", &text));
	*ret = value_ascii(text);
	return ERR_OK;
}

enum err native_convert_int_to_utf8(struct vm *vm, const struct native_call *c,
                                    struct value *ret)
{
	struct span text;

	if (!is_number(&c->args[0]))
		return host_fail_union(vm, &c->args[0]);
	TRY(number_text(vm, &c->args[0], "", &text));
	*ret = value_utf8(text, (uint32_t)text.len);
	return ERR_OK;
}

/* What `b` holds as text in the transaction's arena; `b` is freed. */
static enum err keep_text(struct vm *vm, struct buf *b, struct span *ret)
{
	enum err e = buf_err(b);
	const void *copy =
	    e == ERR_OK ? arena_copy(host_arena(vm), b->p, b->len) : NULL;

	*ret = span_of(copy, b->len);
	buf_fini(b);
	return e == ERR_OK && !copy ? ERR_NO_MEMORY : e;
}

static enum err principal_text(struct vm *vm, const struct value *v,
                               struct span *ret)
{
	struct buf b;

	buf_init(&b, PRINCIPAL_MAX_TEXT);
	(void)principal_format(&b, v->principal);
	return keep_text(vm, &b, ret);
}

static enum err buffer_text(struct vm *vm, const struct value *v,
                            struct span *ret)
{
	struct buf b;

	buf_init(&b, 2 + 2 * (size_t)TYPE_MAX_SIZE);
	(void)buf_add_str(&b, "0x");
	(void)buf_add_hex(&b, v->bytes, v->byte_len);
	return keep_text(vm, &b, ret);
}

/* The text of what to-ascii? takes; false in `*is_known` for other values. */
static enum err ascii_text(struct vm *vm, const struct value *v,
                           struct span *ret, bool *is_known)
{
	*is_known = true;
	if (value_is(v, VALUE_INT))
		return number_text(vm, v, "", ret);
	if (value_is(v, VALUE_UINT))
		return number_text(vm, v, "u", ret);
	if (value_is(v, VALUE_PRINCIPAL))
		return principal_text(vm, v, ret);
	if (value_is(v, VALUE_BUFF))
		return buffer_text(vm, v, ret);
	if (value_is(v, VALUE_BOOL))
		*ret = span_str(v->n ? "true" : "false");
	else if (value_is(v, VALUE_UTF8))
		*ret = value_bytes(v);
	else
		*is_known = false;
	return ERR_OK;
}

/* A text that is no ASCII string: a program's only if it came from it. */
static enum err not_ascii(struct vm *vm, const struct value *v,
                          struct value *ret)
{
	struct value code = value_uint(1);
	struct type_diag diag;

	if (v->kind != VALUE_UTF8)
		return host_fail(vm, VM_ERROR_EXPECT,
		                 "the text is no ASCII string");
	return host_type(vm, value_wrap(ret, VALUE_ERR, &code, &diag), &diag);
}

enum err native_convert_to_ascii(struct vm *vm, const struct native_call *c,
                                 struct value *ret)
{
	const struct value *v = &c->args[0];
	uint32_t size = value_size(v);
	struct type_diag diag;
	struct value string;
	struct span text;
	bool is_known;

	if (size == TYPE_OVERSIZE)
		return host_type(
		    vm, type_error_set(&diag, TYPE_ERROR_INVARIANT), &diag);
	TRY(host_charge(vm, PRICE_TO_ASCII, size));
	TRY(ascii_text(vm, v, &text, &is_known));
	if (!is_known)
		return host_fail_union(vm, v);
	if (value_string_ascii(&string, text, NULL) != ERR_OK)
		return not_ascii(vm, v, ret);
	return host_type(vm, value_wrap(ret, VALUE_OK, &string, &diag), &diag);
}
