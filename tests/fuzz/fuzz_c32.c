/*
 * tests/fuzz/fuzz_c32.c - Digits and addresses lead back to themselves.
 *
 * Properties: bytes, as digits, read as the same bytes; a text that reads has
 * a canonical form that reads the same, and is its own canonical form; an
 * address of the bytes reads as version and bytes; a principal that reads is
 * written so that it reads as the same principal.
 */
#include "config.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/value/c32.h"
#include "clarity/value/principal.h"
#include "tests/lib/fuzz.h"

#define BYTES_MAX 256u

static void check_digits(const uint8_t *bytes, size_t len)
{
	char text[BYTES_MAX * 8 / 5 + 8];
	uint8_t back[sizeof(text)];
	size_t n = c32_encode(text, span_of(bytes, len));
	size_t got;

	CHECK(n <= (len * 8 + 4) / 5);
	CHECK(c32_decode(back, &got, span_of(text, n)) == ERR_OK);
	CHECK(got == len && (len == 0 || memcmp(back, bytes, len) == 0));
}

static void check_text(const uint8_t *text, size_t len)
{
	uint8_t first[BYTES_MAX];
	uint8_t second[2 * BYTES_MAX];
	char canonical[2 * BYTES_MAX];
	size_t n;
	size_t again;

	if (c32_decode(first, &n, span_of(text, len)) != ERR_OK)
		return;
	CHECK(n <= len);

	size_t chars = c32_encode(canonical, span_of(first, n));

	CHECK(c32_decode(second, &again, span_of(canonical, chars)) == ERR_OK);
	CHECK(again == n && memcmp(first, second, n) == 0);
}

static void check_address(const uint8_t *bytes, size_t len)
{
	char text[C32_MAX_TEXT];
	uint8_t payload[C32_MAX_PAYLOAD];
	uint8_t version;
	size_t got;
	size_t n;

	if (len < 2 || len > C32_MAX_PAYLOAD + 1)
		return;
	n = c32_format(text, bytes[0] % 32, span_of(bytes + 1, len - 1));
	CHECK(n <= C32_MAX_TEXT);
	CHECK(c32_parse(payload, &got, &version, span_of(text, n)) == ERR_OK);
	CHECK(version == bytes[0] % 32 && got == len - 1);
	CHECK(memcmp(payload, bytes + 1, got) == 0);
}

static void check_principal(const uint8_t *text, size_t len)
{
	const struct principal *again;
	const struct principal *p;
	struct arena a;
	struct buf b;

	arena_init(&a, 1 << 16);
	buf_init(&b, PRINCIPAL_MAX_TEXT);
	if (principal_parse(&a, &p, span_of(text, len)) == PRINCIPAL_OK) {
		CHECK(principal_format(&b, p) == ERR_OK);
		CHECK(principal_parse(&a, &again, buf_span(&b)) ==
		      PRINCIPAL_OK);
		CHECK(principal_eq(p, again));
		CHECK(principal_cmp(p, again) == 0);
	}
	buf_fini(&b);
	arena_fini(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	if (len > BYTES_MAX)
		len = BYTES_MAX;
	check_digits(bytes, len);
	check_text(bytes, len);
	check_address(bytes, len);
	check_principal(bytes, len);
	return 0;
}
