/* pox/reward_set.c - Recipients and signers; contract in reward_set.h. */
#include "config.h"

#include "pox/reward_set.h"

#include <stdbool.h>
#include <string.h>

#include "clarity/base/check.h"

/* A quarter of what exists takes part, as far as the price is concerned. */
#define LEAST_PART 4u

typedef int order(const struct reward_entry *a, const struct reward_entry *b);

u128 reward_set_threshold(u128 liquid, u128 participation, uint32_t slots)
{
	CHECK(slots != 0);

	u128 least = liquid / LEAST_PART;
	u128 exact = (participation > least ? participation : least) / slots;
	u128 over = exact % REWARD_SET_STEP;

	return over == 0 ? exact : exact + (REWARD_SET_STEP - over);
}

/* As the addresses' texts, version and hash in hex, compare. */
static int by_address(const struct reward_entry *a,
                      const struct reward_entry *b)
{
	if (a->version != b->version)
		return a->version < b->version ? -1 : 1;

	size_t len = a->hash_len < b->hash_len ? a->hash_len : b->hash_len;
	int c = memcmp(a->hash, b->hash, len);

	return c != 0 ? c : (int)a->hash_len - (int)b->hash_len;
}

static int by_key(const struct reward_entry *a, const struct reward_entry *b)
{
	return memcmp(a->signer, b->signer, REWARD_SET_KEY_LEN);
}

/* Merges list[from..mid) and list[mid..to) into `into`; equals stay in order.
 */
static void merge(const struct reward_entry **into,
                  const struct reward_entry **list, const size_t bound[3],
                  order *cmp)
{
	size_t i = bound[0];
	size_t k = bound[1];

	for (size_t at = bound[0]; at < bound[2]; at++) {
		bool left = i < bound[1] &&
		            (k == bound[2] || cmp(list[i], list[k]) <= 0);

		into[at] = left ? list[i++] : list[k++];
	}
}

/* @return the entries in order, equals as they stood; NULL without memory. */
static const struct reward_entry **sorted(struct arena *a,
                                          const struct reward_entry *entries,
                                          size_t n, order *cmp)
{
	const struct reward_entry **from =
	    arena_array(a, n, sizeof(const struct reward_entry *));
	const struct reward_entry **into =
	    arena_array(a, n, sizeof(const struct reward_entry *));

	if (!from || !into)
		return NULL;
	for (size_t i = 0; i < n; i++)
		from[i] = &entries[i];
	for (size_t run = 1; run < n; run *= 2) {
		for (size_t at = 0; at < n; at += 2 * run) {
			size_t mid = n - at < run ? n : at + run;
			size_t end = n - mid < run ? n : mid + run;

			merge(into, from, (size_t[]){ at, mid, end }, cmp);
		}

		const struct reward_entry **swap = from;

		from = into;
		into = swap;
	}
	return from;
}

/* Entries are paid together if nothing but amount and signer differ. */
static bool same_payee(const struct reward_entry *a,
                       const struct reward_entry *b)
{
	return by_address(a, b) == 0 && a->hash_mode == b->hash_mode;
}

/* Fills the slots from the last address to the first; with `slots` NULL it
 * only counts them. */
static size_t fill_slots(const struct reward_entry **slots,
                         const struct reward_entry **list, size_t n,
                         u128 threshold)
{
	size_t used = 0;

	while (n > 0) {
		const struct reward_entry *payee = list[--n];
		u128 amount = payee->amount;

		while (n > 0 && same_payee(list[n - 1], payee))
			amount += list[--n]->amount;

		size_t count = (size_t)(amount / threshold);

		for (size_t i = 0; slots && i < count; i++)
			slots[used + i] = payee;
		used += count;
	}
	return used;
}

static enum err make_slots(struct arena *a, struct reward_set *set,
                           const struct reward_entry *entries, size_t n)
{
	const struct reward_entry **list = sorted(a, entries, n, by_address);

	if (!list)
		return ERR_NO_MEMORY;

	size_t count = fill_slots(NULL, list, n, set->threshold);

	set->slots = arena_array(a, count, sizeof(*set->slots));
	if (!set->slots)
		return ERR_NO_MEMORY;
	set->slots_n = (uint32_t)count;
	(void)fill_slots(set->slots, list, n, set->threshold);
	return ERR_OK;
}

static enum err make_signers(struct arena *a, struct reward_set *set,
                             const struct reward_entry *entries, size_t n)
{
	const struct reward_entry **list = sorted(a, entries, n, by_key);

	set->signers = arena_new_array(a, struct reward_signer, n);
	if (!list || !set->signers)
		return ERR_NO_MEMORY;
	for (size_t i = 0; i < n;) {
		struct reward_signer s = { .key = list[i]->signer };
		size_t first = i;

		for (; i < n && by_key(list[i], list[first]) == 0; i++)
			s.amount += list[i]->amount;
		s.weight = (uint32_t)(s.amount / set->threshold);
		if (s.weight != 0)
			set->signers[set->signers_n++] = s;
	}
	return ERR_OK;
}

enum err reward_set_make(struct arena *a, struct reward_set *ret,
                         const struct reward_entry *entries, size_t n,
                         u128 liquid, uint32_t slots)
{
	struct reward_set set = { 0 };
	u128 sum = 0;

	for (size_t i = 0; i < n; i++) {
		if (!u128_add(&sum, sum, entries[i].amount))
			return ERR_REWARD_SET;
	}
	if (sum > liquid)
		return ERR_REWARD_SET;
	set.threshold = reward_set_threshold(liquid, sum, slots);
	if (n != 0 && set.threshold == 0)
		return ERR_REWARD_SET;
	TRY(make_slots(a, &set, entries, n));
	TRY(make_signers(a, &set, entries, n));
	*ret = set;
	return ERR_OK;
}
