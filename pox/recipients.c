/* pox/recipients.c - Whom miners pay; contract in recipients.h. */
#include "config.h"

#include "pox/recipients.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"

#define CHACHA_WORDS 16u
#define CHACHA_DOUBLE_ROUNDS 10u

/* The words of a ChaCha20 stream. */
struct stream {
	uint32_t state[CHACHA_WORDS];
	uint32_t block[CHACHA_WORDS];
	unsigned used; /* words of the block */
};

static uint32_t rotate(uint32_t x, unsigned n)
{
	return x << n | x >> (32 - n);
}

static void quarter(uint32_t *w, unsigned a, unsigned b, unsigned c, unsigned d)
{
	w[a] += w[b];
	w[d] = rotate(w[d] ^ w[a], 16);
	w[c] += w[d];
	w[b] = rotate(w[b] ^ w[c], 12);
	w[a] += w[b];
	w[d] = rotate(w[d] ^ w[a], 8);
	w[c] += w[d];
	w[b] = rotate(w[b] ^ w[c], 7);
}

/* RFC 8439, 2.3, but for the 64-bit counter, which never passes 32 here. */
static void stream_refill(struct stream *s)
{
	memcpy(s->block, s->state, sizeof(s->block));
	for (unsigned i = 0; i < CHACHA_DOUBLE_ROUNDS; i++) {
		for (unsigned k = 0; k < 4; k++)
			quarter(s->block, k, k + 4, k + 8, k + 12);
		for (unsigned k = 0; k < 4; k++)
			quarter(s->block, k, 4 + (k + 1) % 4, 8 + (k + 2) % 4,
			        12 + (k + 3) % 4);
	}
	for (unsigned i = 0; i < CHACHA_WORDS; i++)
		s->block[i] += s->state[i];
	s->state[12]++;
	s->used = 0;
}

static void stream_init(struct stream *s, const uint8_t seed[32])
{
	static const uint32_t constant[4] = { 0x61707865, 0x3320646e,
		                              0x79622d32, 0x6b206574 };

	memset(s, 0, sizeof(*s));
	memcpy(s->state, constant, sizeof(constant));
	for (unsigned i = 0; i < 8; i++)
		s->state[4 + i] = le32_read(seed + 4 * (size_t)i);
	stream_refill(s);
}

/* Draws from 0 to n-1: words that would favour low numbers are skipped. */
static uint32_t stream_below(struct stream *s, uint32_t n)
{
	uint32_t zone = (n << __builtin_clz(n)) - 1;

	for (;;) {
		if (s->used == CHACHA_WORDS)
			stream_refill(s);

		uint64_t product = (uint64_t)s->block[s->used++] * n;

		if ((uint32_t)product <= zone)
			return (uint32_t)(product >> 32);
	}
}

size_t recipients_draw(uint32_t ret[RECIPIENTS_MAX], const uint8_t seed[32],
                       uint32_t n)
{
	struct stream s;

	if (n < 2) {
		ret[0] = 0;
		return n;
	}
	stream_init(&s, seed);
	ret[0] = stream_below(&s, n);
	ret[1] = stream_below(&s, n - 1);
	if (ret[1] == ret[0])
		ret[1] = n - 1;
	return 2;
}

static void take_one(uint32_t *left, uint32_t *left_n, uint32_t at,
                     bool is_first)
{
	CHECK(at < *left_n);
	--*left_n;
	if (is_first)
		memmove(left + at, left + at + 1,
		        (*left_n - at) * sizeof(*left));
	else
		left[at] = left[*left_n];
}

void recipients_take(uint32_t *left, uint32_t *left_n, const uint32_t *drawn,
                     size_t n, bool is_first)
{
	CHECK(n <= RECIPIENTS_MAX);
	/* The higher place first, so that the other stays what it is. */
	if (n == 2) {
		uint32_t low = drawn[0] < drawn[1] ? drawn[0] : drawn[1];

		CHECK(drawn[0] != drawn[1]);
		take_one(left, left_n, drawn[0] ^ drawn[1] ^ low, is_first);
		take_one(left, left_n, low, is_first);
	} else if (n == 1) {
		take_one(left, left_n, drawn[0], is_first);
	}
}
