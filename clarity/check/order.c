/* clarity/check/order.c - Sorting by name; contract in order.h. */
#include "config.h"

#include "clarity/check/order.h"

#include <string.h>

/* Merges the sorted runs [low, mid) and [mid, high) of `from` into `to`. */
static void merge(const void **to, const void *const *from, uint32_t low,
                  uint32_t mid, uint32_t high, order_cmp *cmp)
{
	uint32_t a = low;
	uint32_t b = mid;

	for (uint32_t k = low; k < high; k++) {
		if (a < mid && (b == high || cmp(from[a], from[b]) <= 0))
			to[k] = from[a++];
		else
			to[k] = from[b++];
	}
}

enum err order_sort(struct arena *a, const void **items, uint32_t n,
                    order_cmp *cmp)
{
	const void **from = items;
	const void **to = arena_new_array(a, const void *, n);

	if (!to)
		return ERR_NO_MEMORY;
	for (uint32_t run = 1; run < n; run *= 2) {
		const void **swap = from;

		for (uint32_t low = 0; low < n; low += 2 * run) {
			uint32_t mid = n - low > run ? low + run : n;
			uint32_t high = n - low > 2 * run ? low + 2 * run : n;

			merge(to, from, low, mid, high, cmp);
		}
		from = to;
		to = swap;
	}
	if (from != items)
		memcpy(items, from, n * sizeof(*items));
	return ERR_OK;
}

const void *order_find(const void *table, uint32_t n, size_t size,
                       struct span name)
{
	const char *base = table;
	uint32_t low = 0;
	uint32_t high = n;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		const void *entry = base + mid * size;
		int cmp = span_cmp(*(const struct span *)entry, name);

		if (cmp == 0)
			return entry;
		if (cmp < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}
