/*
 * tests/fuzz/fuzz_tx.c - What is decoded is one transaction, however often.
 *
 * Decoding is lenient in places, so the bytes written may differ from those
 * read; but reading them again gives the same bytes and id, no more of them,
 * and the same judgement on its signatures.  The description in JSON leads back
 * to the same bytes.
 */
#include "config.h"

#include "tests/lib/fuzz.h"

#include <string.h>

#include "clarity/base/check.h"
#include "node/app/tx_json.h"
#include "node/app/tx_spec.h"

#define JSON_MAX ((size_t)1 << 26)

static void check_description(struct arena *a, const struct tx *tx,
                              const struct buf *bytes)
{
	const struct json *doc;
	struct tx_spec_diag diag;
	struct json_write w;
	struct buf text;
	struct buf again;
	struct tx back;

	buf_init(&text, JSON_MAX);
	buf_init(&again, WIRE_TX_MAX);
	json_write_init(&w, &text, 0);
	CHECK(tx_json_write(&w, tx) == ERR_OK);
	CHECK(json_write_end(&w) == ERR_OK);
	CHECK(json_read_parse(&doc, buf_span(&text), JSON_MAX) == ERR_OK);
	CHECK(tx_spec_read(a, &back, doc, &diag) == ERR_OK);
	CHECK(tx_write(&again, &back) == ERR_OK);
	CHECK(span_eq(buf_span(&again), buf_span(bytes)));
	json_read_free(doc);
	buf_fini(&again);
	buf_fini(&text);
}

static void check_tx(struct arena *a, const struct tx *tx, size_t len)
{
	uint8_t id[WIRE_HASH_LEN];
	uint8_t id_again[WIRE_HASH_LEN];
	struct buf bytes;
	struct buf again;
	struct tx back;

	buf_init(&bytes, WIRE_TX_MAX);
	buf_init(&again, WIRE_TX_MAX);
	CHECK(tx_write(&bytes, tx) == ERR_OK);
	CHECK(bytes.len <= len);
	CHECK(tx_read_all(a, &back, buf_span(&bytes)) == ERR_OK);
	CHECK(tx_write(&again, &back) == ERR_OK);
	CHECK(span_eq(buf_span(&again), buf_span(&bytes)));
	CHECK(tx_id(id, tx) == ERR_OK);
	CHECK(tx_id(id_again, &back) == ERR_OK);
	CHECK(memcmp(id, id_again, sizeof(id)) == 0);
	CHECK(tx_verify(tx, AUTH_ANY_S) == tx_verify(&back, AUTH_ANY_S));
	check_description(a, tx, &bytes);
	buf_fini(&again);
	buf_fini(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct cursor c = cursor_of(span_of(bytes, len));
	struct arena a;
	struct tx tx;

	arena_init(&a, TX_ARENA_MAX);
	if (tx_read(&a, &tx, &c) == ERR_OK)
		check_tx(&a, &tx, len - cursor_left(&c));
	else
		CHECK(c.at == bytes);
	arena_fini(&a);
	return 0;
}
