/*
 * tests/bench/bench_value.c - Values as bytes: reading, writing, comparing.
 *
 * Buffers show whether payloads are copied; lists of integers and of tuples
 * show what one element costs.
 */
#include "config.h"

#include <stdio.h>

#include "clarity/base/check.h"
#include "clarity/value/value_codec.h"
#include "tests/bench/bench.h"

#define LIST_LEN 10000u
#define BUFFER_LEN 1000000u
#define RECORDS 2500u

/* One shape of value, and everything a measurement needs. */
struct subject {
	const char *name;
	struct arena keep;    /* the value itself */
	struct arena scratch; /* what a measured call makes */
	struct span bytes;
	const struct type *type;
	struct value value;
	struct buf out;
	size_t items;
};

static void run_read(void *arg)
{
	struct subject *s = arg;
	struct value v;

	arena_reset(&s->scratch);
	CHECK(value_codec_read_all(&s->scratch, &v, s->bytes, NULL) == ERR_OK);
}

static void run_read_typed(void *arg)
{
	struct subject *s = arg;
	struct value v;

	arena_reset(&s->scratch);
	CHECK(value_codec_read_typed_all(&s->scratch, &v, s->bytes, s->type,
	                                 EPOCH_4_0, NULL) == ERR_OK);
}

static void run_write(void *arg)
{
	struct subject *s = arg;

	buf_reset(&s->out);
	CHECK(value_codec_write(&s->out, &s->value) == ERR_OK);
}

static void run_eq(void *arg)
{
	struct subject *s = arg;
	struct value v = s->value;

	CHECK(value_eq(&v, &s->value));
}

static void run_sanitize(void *arg)
{
	struct subject *s = arg;
	struct value v;
	bool cut;

	arena_reset(&s->scratch);
	CHECK(value_sanitize(&s->scratch, &v, &cut, EPOCH_4_0, s->type,
	                     &s->value) == ERR_OK);
}

static void measure(struct subject *s, struct value v)
{
	static const struct {
		const char *what;
		void (*fn)(void *);
	} runs[] = {
		{ "read", run_read },         { "read typed", run_read_typed },
		{ "write", run_write },       { "compare", run_eq },
		{ "sanitize", run_sanitize },
	};

	s->value = v;
	CHECK(value_type(&s->keep, &s->type, &v, NULL) == ERR_OK);
	CHECK(value_codec_bytes(&s->keep, &s->bytes, &v) == ERR_OK);
	for (size_t i = 0; i < COUNT_OF(runs); i++) {
		struct bench_work work = { s->bytes.len, s->items };
		char name[64];

		(void)snprintf(name, sizeof(name), "codec: %s %s", s->name,
		               runs[i].what);
		bench_run(name, work, runs[i].fn, s);
	}
}

static void subject_init(struct subject *s, const char *name, size_t items)
{
	*s = (struct subject){ .name = name, .items = items };
	arena_init(&s->keep, (size_t)1 << 28);
	arena_init(&s->scratch, (size_t)1 << 28);
	buf_init(&s->out, (size_t)1 << 24);
}

static void subject_fini(struct subject *s)
{
	arena_fini(&s->keep);
	arena_fini(&s->scratch);
	buf_fini(&s->out);
}

static void bench_buffer(void)
{
	struct subject s;

	subject_init(&s, "buffer", 1);

	uint8_t *bytes = arena_zalloc(&s.keep, BUFFER_LEN);

	measure(&s, value_buff(span_of(bytes, BUFFER_LEN)));
	subject_fini(&s);
}

static struct value list_of(struct subject *s, const struct value *items,
                            uint32_t n)
{
	struct value v;

	CHECK(value_list(&s->keep, &v, items, n, EPOCH_4_0, NULL) == ERR_OK);
	return v;
}

static void bench_uints(void)
{
	struct subject s;

	subject_init(&s, "uints", LIST_LEN);

	struct value *items = arena_new_array(&s.keep, struct value, LIST_LEN);

	for (uint32_t i = 0; i < LIST_LEN; i++)
		items[i] = value_uint(i);
	measure(&s, list_of(&s, items, LIST_LEN));
	subject_fini(&s);
}

/* Such as a map entry of a token: {amount, owner, memo, is-locked}. */
static struct value record(struct subject *s, uint32_t i)
{
	static const uint8_t hash[PRINCIPAL_HASH_LEN] = { 1 };
	struct value some;
	struct value memo = value_buff(span_str("some memo"));
	struct value v;

	CHECK(value_wrap(&some, VALUE_SOME, &memo, NULL) == ERR_OK);

	struct value_field fields[] = {
		{ span_str("amount"), value_uint(i) },
		{ span_str("is-locked"), value_bool(i & 1) },
		{ span_str("memo"), some },
		{ span_str("owner"),
		  value_principal(principal_new_standard(&s->keep, 22, hash)) },
	};

	CHECK(value_tuple(&s->keep, &v, fields, COUNT_OF(fields), NULL) ==
	      ERR_OK);
	return v;
}

static void bench_records(void)
{
	struct subject s;

	subject_init(&s, "records", RECORDS * 5);

	struct value *items = arena_new_array(&s.keep, struct value, RECORDS);

	for (uint32_t i = 0; i < RECORDS; i++)
		items[i] = record(&s, i);
	measure(&s, list_of(&s, items, RECORDS));
	subject_fini(&s);
	subject_init(&s, "record", 5);
	measure(&s, record(&s, 7));
	subject_fini(&s);
}

int main(void)
{
	bench_buffer();
	bench_uints();
	bench_records();
	return 0;
}
