/*
 * tests/fuzz/fuzz_json_read.c - What is read is what is written again.
 *
 * A document that is accepted is written with the writer and read back: the
 * second writing must equal the first.
 */
#include "config.h"

#include "tests/lib/fuzz.h"

#include "clarity/base/check.h"
#include "node/io/json_read.h"
#include "node/io/json_write.h"

#define TEXT_MAX ((size_t)1 << 22)

static void write_scalar(struct json_write *w, const struct json *v)
{
	struct span text;
	int64_t number;
	bool truth;

	if (json_read_text(v, &text))
		json_write_text(w, text);
	else if (json_read_i64(v, &number))
		json_write_i64(w, number);
	else if (json_read_bool(v, &truth))
		json_write_bool(w, truth);
	else
		json_write_null(w);
}

/* Depth is bounded by the reader. */
static void write_value(struct json_write *w, const struct json *v)
{
	bool is_object = json_read_is_object(v);

	if (!is_object && !json_read_is_array(v)) {
		write_scalar(w, v);
		return;
	}
	if (is_object)
		json_write_object(w);
	else
		json_write_array(w);
	for (const struct json *item = json_read_first(v); item;
	     item = json_read_next(item)) {
		if (is_object)
			json_write_key_span(w, json_read_key(item));
		write_value(w, item);
	}
	json_write_close(w);
}

static void write_document(struct buf *out, const struct json *doc)
{
	struct json_write w;

	json_write_init(&w, out, 1);
	write_value(&w, doc);
	CHECK(json_write_end(&w) == ERR_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	const struct json *doc;
	struct buf once, twice;

	if (json_read_parse(&doc, span_of(bytes, len), 1 << 16) != ERR_OK)
		return 0;
	buf_init(&once, TEXT_MAX);
	buf_init(&twice, TEXT_MAX);
	write_document(&once, doc);
	json_read_free(doc);
	CHECK(json_read_parse(&doc, buf_span(&once), TEXT_MAX) == ERR_OK);
	write_document(&twice, doc);
	json_read_free(doc);
	CHECK(span_eq(buf_span(&once), buf_span(&twice)));
	buf_fini(&once);
	buf_fini(&twice);
	return 0;
}
