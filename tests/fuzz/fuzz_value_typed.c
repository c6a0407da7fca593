/*
 * tests/fuzz/fuzz_value_typed.c - Bytes read as a type are of that type.
 *
 * Input: a type in a code of our own (one byte for each kind and length), then
 * the bytes of a value.  Properties, in three epochs: what is read is admitted
 * by the type; its bytes, written, read as the same value, and are no longer
 * than the type says; what is accepted where nothing is cut, is accepted and
 * equal later on; from 4.1 no field is missing.
 */
#include "config.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/value/value_codec.h"
#include "tests/lib/fuzz.h"

#define ARENA_MAX ((size_t)1 << 28)
#define NESTING_MAX 40u

struct input {
	struct arena *a;
	struct cursor in;
	unsigned depth;
};

static uint8_t next(struct input *x)
{
	uint8_t byte = 0;

	(void)!cursor_u8(&x->in, &byte);
	return byte;
}

static const struct type *read_type(struct input *x);

static const struct type *read_tuple(struct input *x)
{
	static const char names[] = "abcdefgh";
	struct type_field fields[8];
	const struct type *t = type_atom(TYPE_BOOL);
	uint32_t n = next(x) % 4 + 1u;

	for (uint32_t i = 0; i < n; i++) {
		fields[i].name = span_of(&names[next(x) % 8], 1);
		fields[i].type = read_type(x);
	}
	(void)!type_tuple(x->a, &t, fields, n, NULL);
	return t;
}

/* A type from one byte and its parts; atoms at the end and below. */
static const struct type *read_type(struct input *x)
{
	const struct type *t = type_atom(TYPE_UINT);
	uint8_t kind = next(x) % 12;

	if (kind < 4 || x->depth >= NESTING_MAX)
		return type_atom((enum type_kind)(kind % 4 + 1));
	x->depth++;
	if (kind < 7)
		(void)!type_string(x->a, &t, (enum type_kind)(kind + 1),
		                   next(x), NULL);
	else if (kind == 7)
		t = read_tuple(x);
	else if (kind == 8)
		(void)!type_optional(x->a, &t, read_type(x), NULL);
	else if (kind == 9)
		(void)!type_response(x->a, &t, read_type(x), read_type(x),
		                     NULL);
	else
		(void)!type_list(x->a, &t, read_type(x), next(x), NULL);
	x->depth--;
	return t;
}

static bool is_whole(const struct value *v)
{
	if (v->kind == VALUE_ABSENT)
		return false;
	if (v->kind != VALUE_LIST && v->kind != VALUE_TUPLE)
		return true;

	uint32_t n = v->kind == VALUE_TUPLE ? v->type->len : v->n;

	for (uint32_t i = 0; i < n; i++) {
		if (!is_whole(&v->items[i]))
			return false;
	}
	return true;
}

static void check_value(struct arena *a, const struct value *v,
                        const struct type *t, enum epoch epoch)
{
	struct span bytes;
	struct value again;
	uint32_t max;
	bool is_admitted;

	CHECK(value_admitted(t, v, &is_admitted, NULL) == ERR_OK);
	CHECK(is_admitted);
	CHECK(!epoch_wants_exact_tuples(epoch) || is_whole(v));
	CHECK(value_codec_bytes(a, &bytes, v) == ERR_OK);
	CHECK(type_max_serialized(t, &max, NULL) == ERR_OK);
	CHECK(bytes.len <= max);
	if (!is_whole(v))
		return;
	CHECK(value_codec_read_typed_all(a, &again, bytes, t, epoch, NULL) ==
	      ERR_OK);
	CHECK(value_eq(v, &again));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const enum epoch epochs[] = { EPOCH_2_3, EPOCH_3_4, EPOCH_4_1 };
	struct arena a;
	struct input x = { .a = &a, .in = cursor_of(span_of(bytes, len)) };
	struct value first;
	bool was_accepted = false;

	arena_init(&a, ARENA_MAX);

	const struct type *t = read_type(&x);

	for (size_t i = 0; i < COUNT_OF(epochs); i++) {
		struct cursor in = x.in;
		struct value v;
		enum err e =
		    value_codec_read_typed(&a, &v, &in, t, epochs[i], NULL);

		CHECK(e == ERR_OK || e == ERR_VALUE_BYTES);
		if (e == ERR_OK)
			check_value(&a, &v, t, epochs[i]);
		if (was_accepted && is_whole(&first))
			CHECK(e == ERR_OK && value_eq(&first, &v));
		if (i == 0 && e == ERR_OK) {
			first = v;
			was_accepted = true;
		}
	}
	arena_fini(&a);
	return 0;
}
