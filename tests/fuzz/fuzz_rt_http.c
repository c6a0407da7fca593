/*
 * tests/fuzz/fuzz_rt_http.c - A request is read the same however it comes.
 *
 * What is read lies in the input; with fewer bytes it is not whole, and with
 * more it is the same.
 */
#include "config.h"

#include "tests/lib/fuzz.h"

#include "clarity/base/check.h"
#include "node/regtest/rt_http.h"

static void check_within(struct span part, const uint8_t *bytes, size_t len)
{
	CHECK(part.len == 0 ||
	      (part.p >= bytes && part.p + part.len <= bytes + len));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct rt_http h;
	struct rt_http again;

	if (rt_http_read(&h, span_of(bytes, len)) != ERR_OK)
		return 0;
	CHECK(h.len <= len);
	check_within(h.method, bytes, h.len);
	check_within(h.path, bytes, h.len);
	check_within(h.authorization, bytes, h.len);
	check_within(h.body, bytes, h.len);
	(void)rt_http_is_allowed(h.authorization, span_str("user:word"));
	CHECK(rt_http_read(&again, span_of(bytes, h.len)) == ERR_OK);
	CHECK(again.len == h.len && span_eq(again.body, h.body));
	if (h.len > 0)
		CHECK(rt_http_read(&again, span_of(bytes, h.len - 1)) ==
		      ERR_TRUNCATED);
	return 0;
}
