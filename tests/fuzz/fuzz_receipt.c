/*
 * tests/fuzz/fuzz_receipt.c - A receipt's record is read, written and the same.
 *
 * What can be read at all has one spelling.
 */
#include "config.h"

#include "clarity/base/check.h"
#include "node/store/receipt.h"
#include "tests/lib/fuzz.h"

#define MEMORY_MAX ((size_t)64 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct receipt r;
	struct arena a;
	struct buf again;
	enum err e;

	arena_init(&a, MEMORY_MAX);
	e = receipt_read(&a, &r, span_of(bytes, len));
	CHECK(e == ERR_OK || e == ERR_STORE_CORRUPT);
	if (e == ERR_OK) {
		buf_init(&again, RECEIPT_MAX);
		CHECK(receipt_write(&again, &r) == ERR_OK);
		CHECK(span_eq(buf_span(&again), span_of(bytes, len)));
		buf_fini(&again);
	}
	arena_fini(&a);
	return 0;
}
