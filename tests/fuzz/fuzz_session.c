/*
 * tests/fuzz/fuzz_session.c - A made program runs on both machines alike.
 *
 * The bytes choose, one by one, the epoch, the limits, the program of the
 * grammar of tests/twin and the calls; a generator that starts from them goes
 * on where they end.  Property: the machine and the slow twin agree on each
 * result or failure, five costs, memory, events, movements and writes.
 */
#include "config.h"

#include <stdio.h>

#include "clarity/base/buf.h"
#include "clarity/base/check.h"
#include "tests/lib/fuzz.h"
#include "tests/twin/session.h"

#define REPORT_MAX ((size_t)64 << 20)

/* FNV-1a: other bytes go on in another way. */
static uint64_t hash(const uint8_t *bytes, size_t len)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < len; i++)
		h = (h ^ bytes[i]) * UINT64_C(0x100000001b3);
	return h;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct choice c = { bytes, len, hash(bytes, len) };
	struct session_sums sums = { 0 };
	struct buf report;

	buf_init(&report, REPORT_MAX);
	if (!session_run(&c, &sums, &report)) {
		(void)fprintf(stderr, "%s\n", buf_str(&report));
		CHECK(!"the machine and its twin differ");
	}
	buf_fini(&report);
	return 0;
}
