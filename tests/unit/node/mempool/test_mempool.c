/* tests/unit/node/mempool/test_mempool.c - Claims about
 * node/mempool/mempool.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdlib.h>

#include "tests/unit/node/mempool/pool_case.h"

static struct mempool *pool;
static enum mempool_drop last_why;
static bool has_replacer;
static unsigned n_came;
static unsigned n_left;

static void came(void *ctx, const uint8_t id[WIRE_HASH_LEN], struct span bytes)
{
	(void)ctx;
	(void)id;
	assert_int_equal(bytes.len, POOL_CASE_LEN);
	n_came++;
}

static void left(void *ctx, const uint8_t id[WIRE_HASH_LEN],
                 enum mempool_drop why, const uint8_t *replacer)
{
	(void)ctx;
	(void)id;
	last_why = why;
	has_replacer = replacer != NULL;
	n_left++;
}

static void make(uint32_t n_max, uint64_t bytes_max)
{
	struct mempool_options o = { .n_max = n_max,
		                     .bytes_max = bytes_max,
		                     .seed = { { 3, 4 } },
		                     .watch = { NULL, came, left } };

	mempool_free(pool);
	n_came = 0;
	n_left = 0;
	assert_int_equal(mempool_new(&pool, &o), ERR_OK);
}

static int setup(void **state)
{
	(void)state;
	make(1000, 1 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	mempool_free(pool);
	pool = NULL;
	return 0;
}

static enum err put(uint8_t from, uint64_t nonce, uint64_t fee)
{
	return pool_case_put(
	    pool, &(struct pool_case){ from, nonce, fee, 0, 0 }, 1000);
}

static bool has(uint8_t from, uint64_t nonce, uint64_t fee)
{
	return pool_case_has(pool,
	                     &(struct pool_case){ from, nonce, fee, 0, 0 });
}

static void the_same_transaction_again_is_a_success(void **state)
{
	(void)state;
	assert_int_equal(put(1, 0, 300), ERR_OK);
	assert_int_equal(put(1, 0, 300), ERR_OK);
	assert_int_equal(mempool_count(pool), 1);
	assert_int_equal(n_came, 1);
	assert_true(mempool_bytes(pool) == POOL_CASE_LEN);
}

static void a_nonce_goes_to_who_pays_more(void **state)
{
	(void)state;
	assert_int_equal(put(1, 5, 300), ERR_OK);
	assert_int_equal(put(1, 5, 299), ERR_POOL_CONFLICT);
	assert_int_equal(put(1, 5, 301), ERR_OK);
	assert_true(has(1, 5, 301));
	assert_false(has(1, 5, 300));
	assert_int_equal(last_why, MEMPOOL_REPLACED);
	assert_true(has_replacer);
	assert_int_equal(mempool_count(pool), 1);
}

static void a_sponsor_s_nonce_is_one_too(void **state)
{
	(void)state;
	struct pool_case c = { 1, 0, 400, 2, 7 };

	assert_int_equal(put(2, 7, 400), ERR_OK);
	assert_int_equal(pool_case_put(pool, &c, 0), ERR_POOL_CONFLICT);
	c.fee = 401;
	assert_int_equal(pool_case_put(pool, &c, 0), ERR_OK);
	assert_false(has(2, 7, 400));
	assert_int_equal(put(1, 0, 402), ERR_OK);
	assert_false(pool_case_has(pool, &c));
	assert_int_equal(put(2, 7, 1), ERR_OK);
}

static void one_may_take_the_place_of_two(void **state)
{
	(void)state;
	struct pool_case c = { 1, 0, 500, 2, 7 };

	assert_int_equal(put(1, 0, 400), ERR_OK);
	assert_int_equal(put(2, 7, 500), ERR_OK);
	assert_int_equal(pool_case_put(pool, &c, 0), ERR_POOL_CONFLICT);
	assert_int_equal(mempool_count(pool), 2);
	c.fee = 501;
	assert_int_equal(pool_case_put(pool, &c, 0), ERR_OK);
	assert_int_equal(mempool_count(pool), 1);
	assert_int_equal(n_left, 2);
}

static void who_sponsors_himself_has_one_nonce(void **state)
{
	(void)state;
	struct pool_case c = { 1, 3, 500, 1, 3 };
	struct address who = pool_case_address(1);

	assert_int_equal(pool_case_put(pool, &c, 0), ERR_OK);
	assert_null(mempool_of(pool, &who, mempool_of(pool, &who, NULL)));
	assert_int_equal(put(1, 3, 501), ERR_OK);
	assert_int_equal(mempool_count(pool), 1);
}

static void a_full_pool_lets_go_who_pays_least(void **state)
{
	(void)state;
	make(3, 1 << 20);
	assert_int_equal(put(1, 0, 300), ERR_OK);
	assert_int_equal(put(2, 0, 100), ERR_OK);
	assert_int_equal(put(3, 0, 200), ERR_OK);
	assert_int_equal(put(4, 0, 100), ERR_POOL_FULL);
	assert_int_equal(put(4, 0, 101), ERR_OK);
	assert_false(has(2, 0, 100));
	assert_int_equal(last_why, MEMPOOL_EVICTED);
	assert_int_equal(mempool_count(pool), 3);
}

static void bytes_fill_the_pool_as_well(void **state)
{
	(void)state;
	make(1000, 3 * POOL_CASE_LEN - 1);
	assert_int_equal(put(1, 0, 300), ERR_OK);
	assert_int_equal(put(2, 0, 200), ERR_OK);
	assert_int_equal(put(3, 0, 250), ERR_OK);
	assert_int_equal(mempool_count(pool), 2);
	assert_false(has(2, 0, 200));
	make(1000, POOL_CASE_LEN - 1);
	assert_int_equal(put(1, 0, 300), ERR_POOL_FULL);
}

static void what_follows_goes_before_what_it_needs(void **state)
{
	(void)state;
	make(3, 1 << 20);
	assert_int_equal(put(1, 0, 100), ERR_OK);
	assert_int_equal(put(1, 1, 900), ERR_OK);
	assert_int_equal(put(2, 0, 300), ERR_OK);
	assert_int_equal(put(3, 0, 400), ERR_OK);
	assert_true(has(1, 0, 100));
	assert_false(has(1, 1, 900));
}

static void an_account_has_64_at_most(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < MEMPOOL_ACCOUNT_MAX; i++)
		assert_int_equal(put(1, i, 300), ERR_OK);
	assert_int_equal(put(1, MEMPOOL_ACCOUNT_MAX, 300), ERR_POOL_FULL);
	assert_int_equal(put(2, 0, 300), ERR_OK);
	assert_int_equal(mempool_count(pool), MEMPOOL_ACCOUNT_MAX + 1);
}

static void used_nonces_leave(void **state)
{
	(void)state;
	struct address who = pool_case_address(1);

	for (uint64_t i = 3; i < 9; i++)
		assert_int_equal(put(1, i, 300), ERR_OK);
	mempool_settle(pool, &who, 3);
	assert_int_equal(mempool_count(pool), 6);
	mempool_settle(pool, &who, 7);
	assert_int_equal(mempool_count(pool), 2);
	assert_int_equal(last_why, MEMPOOL_STALE);
	mempool_settle(pool, &who, UINT64_MAX);
	assert_int_equal(mempool_count(pool), 0);
	assert_true(mempool_bytes(pool) == 0);
}

static void old_ones_leave(void **state)
{
	(void)state;
	assert_int_equal(put(1, 0, 300), ERR_OK);
	mempool_expire(pool, 0);
	mempool_expire(pool, 1000 + MEMPOOL_AGE_MAX_MS);
	assert_int_equal(mempool_count(pool), 1);
	mempool_expire(pool, 1001 + MEMPOOL_AGE_MAX_MS);
	assert_int_equal(mempool_count(pool), 0);
}

static void wallets_learn_what_is_missing(void **state)
{
	(void)state;
	struct address who = pool_case_address(1);
	struct mempool_nonces n;

	mempool_nonces(pool, &who, 4, &n);
	assert_true(n.next == 4 && !n.has_last && n.n_missing == 0);
	assert_int_equal(put(1, 4, 300), ERR_OK);
	assert_int_equal(put(1, 5, 300), ERR_OK);
	assert_int_equal(put(1, 8, 300), ERR_OK);
	mempool_nonces(pool, &who, 4, &n);
	assert_true(n.next == 6 && n.has_last && n.last == 8);
	assert_int_equal(n.n_used, 3);
	assert_int_equal(n.n_missing, 2);
	assert_true(n.missing[0] == 6 && n.missing[1] == 7);
	mempool_nonces(pool, &who, 2, &n);
	assert_true(n.next == 2);
	assert_int_equal(n.n_missing, 4);
	mempool_nonces(pool, &who, 6, &n);
	assert_true(n.next == 6);
	assert_int_equal(n.n_used, 1);
}

/* The best, found by looking at all. */
static void assert_ordered(void)
{
	const struct mempool_tx *prev = NULL;
	const struct mempool_tx *t = NULL;
	uint32_t n = 0;
	uint64_t bytes = 0;

	for (; (t = mempool_best(pool, t)); prev = t, n++) {
		assert_true(!prev || prev->fee >= t->fee);
		assert_ptr_equal(mempool_get(pool, t->id), t);
		bytes += t->bytes.len;
	}
	assert_int_equal(n, mempool_count(pool));
	assert_true(bytes == mempool_bytes(pool));
}

static void assert_chains(void)
{
	uint32_t n = 0;

	for (uint8_t who = 1; who < 30; who++) {
		struct address a = pool_case_address(who);
		const struct mempool_tx *t = NULL;
		const struct mempool_tx *prev = NULL;

		for (; (t = mempool_of(pool, &a, t)); prev = t, n++)
			assert_true(!prev ||
			            prev->origin.nonce < t->origin.nonce);
	}
	assert_int_equal(n, mempool_count(pool));
}

static void all_indexes_agree_whatever_happens(void **state)
{
	(void)state;
	make(100, 90 * POOL_CASE_LEN);
	srandom(5);
	for (unsigned i = 0; i < 20000; i++) {
		uint8_t who = (uint8_t)(1 + random() % 29);
		struct address a = pool_case_address(who);

		if (random() % 12 == 0)
			mempool_settle(pool, &a, (uint64_t)random() % 9);
		else
			(void)put(who, (uint64_t)random() % 8,
			          200 + (uint64_t)random() % 50);
		if (i % 97 == 0) {
			assert_ordered();
			assert_chains();
		}
	}
	assert_int_equal(n_came - n_left, mempool_count(pool));
}

static void observers_have_words_for_all_but_success(void **state)
{
	(void)state;
	assert_string_equal(mempool_drop_word(MEMPOOL_REPLACED),
	                    "ReplaceByFee");
	assert_string_equal(mempool_drop_word(MEMPOOL_PROBLEM), "Problematic");
	assert_null(mempool_drop_word(MEMPOOL_MINED));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(the_same_transaction_again_is_a_success),
		T(a_nonce_goes_to_who_pays_more),
		T(a_sponsor_s_nonce_is_one_too),
		T(one_may_take_the_place_of_two),
		T(who_sponsors_himself_has_one_nonce),
		T(a_full_pool_lets_go_who_pays_least),
		T(bytes_fill_the_pool_as_well),
		T(what_follows_goes_before_what_it_needs),
		T(an_account_has_64_at_most),
		T(used_nonces_leave),
		T(old_ones_leave),
		T(wallets_learn_what_is_missing),
		T(all_indexes_agree_whatever_happens),
		T(observers_have_words_for_all_but_success),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
