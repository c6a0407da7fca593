/* tests/unit/clarity/check/test_order.c - tables by name. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/check/order.h"

struct entry {
	struct span name;
	uint32_t place;
};

static int cmp(const void *a, const void *b)
{
	const struct entry *x = a;
	const struct entry *y = b;

	return span_cmp(x->name, y->name);
}

/* `n` names of one or two letters, many of them equal. */
static void fill(struct entry *entries, char names[][3], uint32_t n)
{
	uint32_t x = 12345;

	for (uint32_t i = 0; i < n; i++) {
		x = x * 1664525u + 1013904223u;
		names[i][0] = (char)('a' + (x >> 24) % 5);
		names[i][1] = (char)('a' + (x >> 16) % 3);
		names[i][2] = '\0';
		entries[i] = (struct entry){ span_of(names[i], 1 + x % 2), i };
	}
}

static void sorting_is_by_bytes_and_keeps_equal_ones_in_order(void **state)
{
	static struct entry entries[130];
	static char names[130][3];
	const void *sorted[130];
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	for (uint32_t n = 0; n <= 130; n++) {
		fill(entries, names, n);
		for (uint32_t i = 0; i < n; i++)
			sorted[i] = &entries[i];
		assert_int_equal(order_sort(&a, sorted, n, cmp), ERR_OK);
		for (uint32_t i = 1; i < n; i++) {
			const struct entry *x = sorted[i - 1];
			const struct entry *y = sorted[i];
			int c = cmp(x, y);

			assert_true(c < 0 || (c == 0 && x->place < y->place));
		}
	}
	arena_fini(&a);
}

static void every_entry_is_found_and_nothing_else(void **state)
{
	static const char *const names[] = { "a", "ab", "b", "ba", "c" };
	struct entry table[5];

	(void)state;
	for (uint32_t n = 0; n <= 5; n++) {
		for (uint32_t i = 0; i < n; i++)
			table[i] = (struct entry){ span_str(names[i]), i };
		for (uint32_t i = 0; i < n; i++)
			assert_ptr_equal(order_find(table, n, sizeof(*table),
			                            span_str(names[i])),
			                 &table[i]);
		assert_null(
		    order_find(table, n, sizeof(*table), span_str("aa")));
		assert_null(
		    order_find(table, n, sizeof(*table), span_str("d")));
	}
}

static void no_room_is_a_fault(void **state)
{
	const void *items[64] = { NULL };
	struct arena a;

	(void)state;
	arena_init(&a, 64);
	assert_int_equal(order_sort(&a, items, 64, cmp), ERR_NO_MEMORY);
	arena_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    sorting_is_by_bytes_and_keeps_equal_ones_in_order),
		cmocka_unit_test(every_entry_is_found_and_nothing_else),
		cmocka_unit_test(no_room_is_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
