/*
 * tests/fuzz/fuzz_value.c - Any bytes either are a value or are refused.
 *
 * Properties: reading, writing and reading again gives the same bytes, an
 * equal value and the same type; the length is known without writing; a value
 * is admitted by its own type and, cut to it, stays the same; what fits 16
 * levels of untyped reading can be wrapped and unwrapped; both texts can be
 * made.
 */
#include "config.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/value/repr.h"
#include "clarity/value/value_codec.h"
#include "tests/lib/fuzz.h"

#define ARENA_MAX ((size_t)1 << 28)
#define TEXT_MAX ((size_t)1 << 24)

static void check_bytes(struct arena *a, const struct value *v)
{
	struct value again;
	struct span first;
	struct span second;

	CHECK(value_codec_bytes(a, &first, v) == ERR_OK);
	CHECK(first.len == value_codec_len(v));
	CHECK(value_codec_read_all(a, &again, first, NULL) == ERR_OK);
	CHECK(value_codec_bytes(a, &second, &again) == ERR_OK);
	CHECK(span_eq(first, second));
	CHECK(value_eq(v, &again));
	CHECK(value_size(v) == value_size(&again));
}

static void check_type(struct arena *a, const struct value *v)
{
	const struct type *t;
	struct value cut;
	bool is_admitted;
	bool is_cut;

	CHECK(value_type(a, &t, v, NULL) == ERR_OK);
	CHECK(t->size == value_size(v));
	CHECK(t->depth == value_depth(v) && t->depth <= TYPE_MAX_DEPTH);
	/* A half that is unknown can admit nothing, and then says so. */
	if (value_admitted(t, v, &is_admitted, NULL) != ERR_OK)
		return;
	CHECK(is_admitted);
	if (value_sanitize(a, &cut, &is_cut, EPOCH_LAST, t, v) != ERR_OK)
		return;
	CHECK(value_size(&cut) <= value_size(v));
}

static void check_text(const struct value *v)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	CHECK(repr_value(&b, v) == ERR_OK && b.len > 0);
	buf_reset(&b);
	CHECK(repr_source(&b, v) == ERR_OK && b.len > 0);
	for (size_t i = 0; i < b.len; i++)
		CHECK(b.p[i] >= ' ' || b.p[i] == '\f');
	buf_fini(&b);
}

static void check_copy(struct arena *a, const struct value *v)
{
	struct value copy;

	CHECK(value_copy(a, &copy, v) == ERR_OK);
	CHECK(value_eq(&copy, v) && value_size(&copy) == value_size(v));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct cursor in = cursor_of(span_of(bytes, len));
	struct value_codec_diag diag;
	struct arena a;
	struct value v;

	arena_init(&a, ARENA_MAX);
	if (value_codec_read(&a, &v, &in, &diag) == ERR_OK) {
		CHECK(diag.fault == VALUE_CODEC_OK);
		check_bytes(&a, &v);
		check_type(&a, &v);
		check_text(&v);
		check_copy(&a, &v);
	} else {
		CHECK(diag.fault != VALUE_CODEC_OK);
		CHECK(in.at == bytes);
		CHECK((diag.fault == VALUE_CODEC_FAILURE) == !!diag.text);
	}
	arena_fini(&a);
	return 0;
}
