/*
 * tests/fuzz/fuzz_payload.c - Payloads written are read as the same.
 */
#include "config.h"

#include "tests/lib/fuzz.h"

#include "clarity/base/check.h"
#include "node/wire/payload.h"

#define ARENA_MAX ((size_t)256 * 1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct cursor c = cursor_of(span_of(bytes, len));
	struct arena a;
	struct payload first;
	struct payload second;
	struct buf out;
	struct buf again;

	arena_init(&a, ARENA_MAX);
	buf_init(&out, WIRE_MESSAGE_MAX);
	buf_init(&again, WIRE_MESSAGE_MAX);
	if (payload_read(&a, &first, &c) == ERR_OK) {
		CHECK(payload_write(&out, &first) == ERR_OK);
		CHECK(out.len <= len - cursor_left(&c));
		c = cursor_of(buf_span(&out));
		CHECK(payload_read(&a, &second, &c) == ERR_OK);
		CHECK(cursor_done(&c) == ERR_OK);
		CHECK(payload_write(&again, &second) == ERR_OK);
		CHECK(span_eq(buf_span(&again), buf_span(&out)));
	}
	buf_fini(&again);
	buf_fini(&out);
	arena_fini(&a);
	return 0;
}
