/* tests/twin/convert.c - Between numbers, text, bytes and principals. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "clarity/crypto/ecdsa.h"
#include "clarity/crypto/hash.h"
#include "clarity/value/int128.h"
#include "clarity/value/value_codec.h"
#include "tests/twin/inside.h"

static enum err wrong_kind(struct twin *t)
{
	return twin_fail(t, VM_ERROR_UNION_TYPE_VALUE_ERROR);
}

static enum err wrong_type(struct twin *t)
{
	return twin_fail(t, VM_ERROR_TYPE_VALUE_ERROR);
}

static enum err from_buff(const struct plain *p, struct value *ret)
{
	bool is_big =
	    p->id == NATIVE_BUFF_TO_INT_BE || p->id == NATIVE_BUFF_TO_UINT_BE;
	bool is_int =
	    p->id == NATIVE_BUFF_TO_INT_BE || p->id == NATIVE_BUFF_TO_INT_LE;
	const struct value *v = &p->args[0];
	u128 n = 0;

	if (!value_is(v, VALUE_BUFF) || v->n > 16)
		return wrong_type(p->t);
	for (uint32_t i = 0; i < v->n; i++) {
		uint32_t power = is_big ? v->n - 1 - i : i;

		n |= (u128)v->bytes[i] << (8 * power);
	}
	*ret = is_int ? value_int((i128)n) : value_uint(n);
	return ERR_OK;
}

static enum err from_string(const struct plain *p, struct value *ret)
{
	const struct value *v = &p->args[0];
	struct value n = value_int(0);
	bool ok;

	if (!value_is(v, VALUE_ASCII) && !value_is(v, VALUE_UTF8))
		return wrong_kind(p->t);
	if (p->id == NATIVE_STRING_TO_INT) {
		ok = int128_parse(&n.i, value_bytes(v));
	} else {
		n = value_uint(0);
		ok = int128_parse_unsigned(&n.u, value_bytes(v));
	}
	*ret = value_none();
	return ok ? twin_wrap(p->t, ret, VALUE_SOME, &n) : ERR_OK;
}

static size_t digits(const struct value *v, char text[INT128_MAX_TEXT])
{
	return v->kind == VALUE_INT ? int128_format(text, v->i)
	                            : int128_format_unsigned(text, v->u);
}

static enum err to_string(const struct plain *p, struct value *ret)
{
	const struct value *v = &p->args[0];
	char text[INT128_MAX_TEXT];
	size_t len;
	void *copy;

	if (!value_is(v, VALUE_INT) && !value_is(v, VALUE_UINT))
		return wrong_kind(p->t);
	len = digits(v, text);
	copy = arena_copy(&p->t->arena, text, len);
	if (!copy)
		return ERR_NO_MEMORY;
	*ret = p->id == NATIVE_INT_TO_ASCII
	           ? value_ascii(span_of(copy, len))
	           : value_utf8(span_of(copy, len), (uint32_t)len);
	return ERR_OK;
}

static enum err to_consensus(const struct plain *p, struct value *ret)
{
	struct span bytes;
	struct value v;
	enum err e;

	TRY(value_codec_bytes(&p->t->arena, &bytes, &p->args[0]));
	*ret = value_none();
	if (value_buffer(&v, bytes, NULL) != ERR_OK)
		return ERR_OK;
	e = value_wrap(ret, VALUE_SOME, &v, NULL);
	if (e != ERR_OK)
		*ret = value_none();
	return ERR_OK;
}

enum err convert_plain(const struct plain *p, struct value *ret)
{
	switch ((int)p->id) {
	case NATIVE_STRING_TO_INT:
	case NATIVE_STRING_TO_UINT:
		return from_string(p, ret);
	case NATIVE_INT_TO_ASCII:
	case NATIVE_INT_TO_UTF8:
		return to_string(p, ret);
	case NATIVE_TO_CONSENSUS_BUFF:
		return to_consensus(p, ret);
	default:
		return from_buff(p, ret);
	}
}

static enum err from_consensus(const struct special *s, struct value *ret)
{
	struct twin *t = s->t;
	struct value_codec_diag why;
	const struct type *type;
	struct type_diag d;
	struct value v;
	struct got g;
	uint64_t n;
	bool ok;
	enum err e;

	TRY(special_count(s, 2));
	TRY(define_type(t, s->h->program, &s->args[0], &type));
	TRY(special_arg(s, 1, &g));
	if (!value_is(&g.v, VALUE_BUFF))
		return wrong_type(t);
	n = g.v.n;
	if (n == 0 && version_guards_log_of_zero(s->h->program->version))
		n = 1;
	TRY(twin_charge(t, PRICE_FROM_CONSENSUS_BUFF, n));
	*ret = value_none();
	e = value_codec_read_typed_all(&t->arena, &v, value_bytes(&g.v), type,
	                               t->chain.epoch, &why);
	if (e == ERR_VALUE_BYTES)
		return why.fault == VALUE_CODEC_UNEXPECTED &&
		               !epoch_bad_principal_is_none(t->chain.epoch)
		           ? twin_fail(t, VM_ERROR_UNREACHABLE)
		           : ERR_OK;
	TRY(e);
	TRY(twin_type(t, value_admitted(type, &v, &ok, &d), &d));
	return ok ? twin_wrap(t, ret, VALUE_SOME, &v) : ERR_OK;
}

static void write_ascii(struct buf *b, const struct value *v)
{
	char text[INT128_MAX_TEXT];

	switch ((int)v->kind) {
	case VALUE_INT:
	case VALUE_UINT:
		(void)buf_add_str(b, v->kind == VALUE_UINT ? "u" : "");
		(void)buf_add(b, text, digits(v, text));
		break;
	case VALUE_BOOL:
		(void)buf_add_str(b, v->n ? "true" : "false");
		break;
	case VALUE_PRINCIPAL:
		(void)principal_format(b, v->principal);
		break;
	case VALUE_BUFF:
		(void)buf_add_str(b, "0x");
		(void)buf_add_hex(b, v->bytes, v->byte_len);
		break;
	default:
		(void)buf_add_span(b, value_bytes(v));
		break;
	}
}

static enum err ascii_of(struct twin *t, const struct value *v,
                         struct value *ret)
{
	struct value text, one = value_uint(1);
	struct buf b;
	const void *copy;
	size_t len;
	enum err e;

	buf_init(&b, 4 * (size_t)TYPE_MAX_SIZE);
	write_ascii(&b, v);
	len = b.len;
	copy = arena_copy(&t->arena, b.p, len);
	e = buf_err(&b);
	buf_fini(&b);
	TRY(e);
	if (!copy)
		return ERR_NO_MEMORY;
	if (value_string_ascii(&text, span_of(copy, len), NULL) == ERR_OK)
		return twin_wrap(t, ret, VALUE_OK, &text);
	return v->kind == VALUE_UTF8 ? twin_wrap(t, ret, VALUE_ERR, &one)
	                             : twin_fail(t, VM_ERROR_EXPECT);
}

static enum err to_ascii(const struct special *s, struct value *ret)
{
	struct got g;
	uint64_t size;

	TRY(special_count(s, 1));
	TRY(special_arg(s, 0, &g));
	TRY(twin_size(s->t, &g.v, &size));
	TRY(twin_charge(s->t, PRICE_TO_ASCII, size));
	if (g.v.wraps)
		return wrong_kind(s->t);
	switch ((enum value_kind)g.v.kind) {
	case VALUE_INT:
	case VALUE_UINT:
	case VALUE_BOOL:
	case VALUE_PRINCIPAL:
	case VALUE_BUFF:
	case VALUE_UTF8:
		return ascii_of(s->t, &g.v, ret);
	case VALUE_NONE:
	case VALUE_CALLABLE:
	case VALUE_ASCII:
	case VALUE_LIST:
	case VALUE_TUPLE:
	case VALUE_ABSENT:
	case VALUE_KIND_COUNT:
		break;
	}
	return wrong_kind(s->t);
}

enum err convert_run(const struct special *s, struct value *ret)
{
	return s->id == NATIVE_TO_ASCII ? to_ascii(s, ret)
	                                : from_consensus(s, ret);
}

/*
 * Principals.
 */

static bool is_ours(const struct twin *t, unsigned version)
{
	return t->chain.is_mainnet ? version == 22 || version == 20
	                           : version == 26 || version == 21;
}

static enum err is_standard(const struct special *s, struct value *ret)
{
	struct got g;

	TRY(special_count(s, 1));
	TRY(twin_charge(s->t, PRICE_IS_STANDARD, 0));
	TRY(special_arg(s, 0, &g));
	if (!value_is(&g.v, VALUE_PRINCIPAL))
		return wrong_type(s->t);
	*ret = value_bool(is_ours(s->t, g.v.principal->version));
	return ERR_OK;
}

static enum err principal_of(const struct special *s, struct value *ret)
{
	uint8_t hash[PRINCIPAL_HASH_LEN];
	struct value v = value_uint(1);
	const struct principal *p;
	struct ecdsa_pub pub;
	struct got g;
	bool is_mainnet =
	    s->t->chain.is_mainnet && s->h->program->version >= CLARITY_2;

	TRY(special_count(s, 1));
	TRY(twin_charge(s->t, PRICE_PRINCIPAL_OF, 0));
	TRY(special_arg(s, 0, &g));
	if (!value_is(&g.v, VALUE_BUFF) || g.v.n != ECDSA_PUB_LEN)
		return wrong_type(s->t);
	if (ecdsa_pub_parse(&pub, g.v.bytes, ECDSA_PUB_LEN) != ERR_OK)
		return twin_wrap(s->t, ret, VALUE_ERR, &v);
	hash_hash160(hash, g.v.bytes, ECDSA_PUB_LEN);
	p = principal_new_standard(&s->t->arena, is_mainnet ? 22 : 26, hash);
	v = value_principal(p);
	return p ? twin_wrap(s->t, ret, VALUE_OK, &v) : ERR_NO_MEMORY;
}

static enum err destruct(const struct special *s, struct value *ret)
{
	const struct principal *p;
	struct value v, tuple, name = value_none();

	TRY(special_count(s, 1));
	TRY(twin_charge(s->t, PRICE_PRINCIPAL_DESTRUCT, 0));
	TRY(special_value(s, 0, &v));
	if (!value_is(&v, VALUE_PRINCIPAL))
		return wrong_type(s->t);
	p = v.principal;
	if (principal_is_contract(p)) {
		name = value_ascii(principal_name(p));
		name.wraps = VALUE_SOME;
	}

	struct value_field fields[] = {
		{ span_str("hash-bytes"), value_buff(span_of(p->hash, 20)) },
		{ span_str("name"), name },
		{ span_str("version"), value_buff(span_of(&p->version, 1)) },
	};

	TRY(value_tuple(&s->t->arena, &tuple, fields, 3, NULL));
	*ret = tuple;
	ret->wraps = is_ours(s->t, p->version) ? VALUE_OK : VALUE_ERR;
	return ERR_OK;
}

/* (err {error_code, value}); `p` may be NULL. */
static enum err construct_err(const struct special *s, unsigned code,
                              const struct principal *p, struct value *ret)
{
	struct value v = value_none(), tuple;

	if (p) {
		v = value_principal(p);
		v.wraps = VALUE_SOME;
	}

	struct value_field fields[] = {
		{ span_str("error_code"), value_uint(code) },
		{ span_str("value"), v },
	};

	TRY(value_tuple(&s->t->arena, &tuple, fields, 2, NULL));
	return twin_wrap(s->t, ret, VALUE_ERR, &tuple);
}

/* The contract of that name, or NULL with an answer in `ret`. */
static enum err with_name(const struct special *s, const struct got *name,
                          const struct principal **p, struct value *ret)
{
	struct value v;
	const struct principal *issuer = *p;

	TRY(eval_clone(s->t, name, &v));
	if (!value_is(&v, VALUE_ASCII))
		return wrong_type(s->t);
	*p = NULL;
	if (v.n < 1)
		return construct_err(s, 2, NULL, ret);
	if (v.n > NAME_CONTRACT_MAX_DEPLOY)
		return wrong_type(s->t);
	if (!name_is_contract(value_bytes(&v)))
		return construct_err(s, 2, NULL, ret);
	return principal_new_contract(&s->t->arena, p, issuer, value_bytes(&v));
}

static enum err construct(const struct special *s, struct value *ret)
{
	struct got version, hash, name = { value_none(), false };
	const struct principal *p;
	struct value v;

	if (s->n < 2 || s->n > 3)
		return twin_fail(s->t, VM_ERROR_UNREACHABLE);
	TRY(twin_charge(s->t, PRICE_PRINCIPAL_CONSTRUCT, 0));
	TRY(special_arg(s, 0, &version));
	TRY(special_arg(s, 1, &hash));
	if (s->n == 3)
		TRY(special_arg(s, 2, &name));
	if (!value_is(&version.v, VALUE_BUFF) || version.v.n > 1)
		return wrong_type(s->t);
	if (version.v.n == 0 || version.v.bytes[0] >= 32)
		return construct_err(s, 1, NULL, ret);
	if (!value_is(&hash.v, VALUE_BUFF) || hash.v.n > 20)
		return wrong_type(s->t);
	if (hash.v.n < 20)
		return construct_err(s, 1, NULL, ret);
	p = principal_new_standard(&s->t->arena, version.v.bytes[0],
	                           hash.v.bytes);
	if (!p)
		return ERR_NO_MEMORY;
	if (s->n == 3)
		TRY(with_name(s, &name, &p, ret));
	if (!p)
		return ERR_OK;
	if (!is_ours(s->t, p->version))
		return construct_err(s, 0, p, ret);
	v = value_principal(p);
	return twin_wrap(s->t, ret, VALUE_OK, &v);
}

enum err principal_run(const struct special *s, struct value *ret)
{
	switch ((int)s->id) {
	case NATIVE_IS_STANDARD:
		return is_standard(s, ret);
	case NATIVE_PRINCIPAL_OF:
		return principal_of(s, ret);
	case NATIVE_PRINCIPAL_DESTRUCT:
		return destruct(s, ret);
	default:
		return construct(s, ret);
	}
}
