/* node/bitcoin/btc_stack.c - Stacks of scripts; contract in btc_stack.h. */
#include "config.h"

#include "node/bitcoin/btc_stack.h"

#include <string.h>

#include "clarity/base/check.h"

void btc_stack_init(struct btc_stack *s)
{
	s->n = 0;
	s->n_alt = 0;
	s->n_used = 0;
	s->n_free = 0;
}

void btc_stack_copy(struct btc_stack *ret, const struct btc_stack *s)
{
	btc_stack_init(ret);
	for (uint32_t i = 0; i < s->n; i++)
		btc_stack_push(ret, btc_stack_at(s, s->n - 1 - i));
}

/* Where item `depth` stands in the list. */
static uint32_t place(const struct btc_stack *s, uint32_t depth)
{
	CHECK(depth < s->n);
	return s->n - 1 - depth;
}

struct span btc_stack_at(const struct btc_stack *s, uint32_t depth)
{
	const struct btc_stack_item *i = &s->pool[s->items[place(s, depth)]];

	return span_of(i->bytes, i->len);
}

void btc_stack_push(struct btc_stack *s, struct span item)
{
	struct btc_stack_item *to;
	uint16_t id;

	CHECK(item.len <= BTC_SCRIPT_PUSH_MAX && s->n < BTC_STACK_ROOM);
	if (s->n_free > 0) {
		id = s->free[--s->n_free];
	} else {
		CHECK(s->n_used < BTC_STACK_ROOM);
		id = (uint16_t)s->n_used++;
	}
	to = &s->pool[id];
	to->len = (uint16_t)item.len;
	if (item.len > 0)
		memcpy(to->bytes, item.p, item.len);
	s->items[s->n++] = id;
}

void btc_stack_push_bool(struct btc_stack *s, bool v)
{
	static const uint8_t one = 1;

	btc_stack_push(s, span_of(&one, v ? 1 : 0));
}

void btc_stack_push_number(struct btc_stack *s, int64_t n)
{
	uint8_t item[BTC_SCRIPT_NUMBER_MAX];
	size_t len = btc_script_number_write(item, n);

	btc_stack_push(s, span_of(item, len));
}

void btc_stack_drop(struct btc_stack *s, uint32_t n)
{
	CHECK(n <= s->n);
	for (; n > 0; n--)
		s->free[s->n_free++] = s->items[--s->n];
}

void btc_stack_roll(struct btc_stack *s, uint32_t depth)
{
	uint32_t at = place(s, depth);
	uint16_t id = s->items[at];

	memmove(&s->items[at], &s->items[at + 1], depth * sizeof(id));
	s->items[s->n - 1] = id;
}

void btc_stack_bury(struct btc_stack *s, uint32_t depth)
{
	uint32_t at = place(s, depth);
	uint16_t id = s->items[s->n - 1];

	memmove(&s->items[at + 1], &s->items[at], depth * sizeof(id));
	s->items[at] = id;
}

void btc_stack_to_alt(struct btc_stack *s)
{
	CHECK(s->n > 0);
	s->alt[s->n_alt++] = s->items[--s->n];
}

void btc_stack_from_alt(struct btc_stack *s)
{
	CHECK(s->n_alt > 0);
	s->items[s->n++] = s->alt[--s->n_alt];
}

void btc_stack_clear_alt(struct btc_stack *s)
{
	while (s->n_alt > 0)
		s->free[s->n_free++] = s->alt[--s->n_alt];
}

bool btc_stack_is_true(struct span item)
{
	for (size_t i = 0; i < item.len; i++) {
		bool is_last = i + 1 == item.len;

		if (item.p[i] != 0 && !(is_last && item.p[i] == 0x80u))
			return true;
	}
	return false;
}
