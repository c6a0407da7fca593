/* tests/unit/node/mempool/test_mempool_walk.c - Claims about
 * node/mempool/mempool_walk.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdlib.h>

#include "node/mempool/mempool_walk.h"
#include "tests/unit/node/mempool/pool_case.h"

static struct mempool *pool;
static struct arena arena;
static struct mempool_walk walk;
static uint64_t next_nonce[256];
static enum err nonce_err;

static enum err nonce(void *ctx, const struct address *who, uint64_t *ret)
{
	(void)ctx;
	*ret = next_nonce[who->hash[0]];
	return nonce_err;
}

static int setup(void **state)
{
	struct mempool_options o = { .n_max = 10000,
		                     .bytes_max = 1 << 24,
		                     .seed = { { 3, 4 } } };

	(void)state;
	memset(next_nonce, 0, sizeof(next_nonce));
	nonce_err = ERR_OK;
	arena_init(&arena, 1 << 24);
	assert_int_equal(mempool_new(&pool, &o), ERR_OK);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	mempool_free(pool);
	arena_fini(&arena);
	return 0;
}

static void put(uint8_t from, uint64_t n, uint64_t fee)
{
	assert_int_equal(
	    pool_case_put(pool, &(struct pool_case){ from, n, fee, 0, 0 }, 0),
	    ERR_OK);
}

static void begin(void)
{
	struct mempool_chain chain = { NULL, nonce };
	struct hmap_seed seed = { { 1, 2 } };

	mempool_walk_begin(&walk, &arena, pool, &chain, &seed);
}

static const struct mempool_tx *next(void)
{
	const struct mempool_tx *t;

	assert_int_equal(mempool_walk_next(&walk, &t), ERR_OK);
	return t;
}

static void assert_next(uint8_t from, uint64_t n)
{
	const struct mempool_tx *t = next();

	assert_non_null(t);
	assert_int_equal(t->origin.who.hash[0], from);
	assert_true(t->origin.nonce == n);
	assert_int_equal(mempool_walk_taken(&walk, t), ERR_OK);
}

static void the_best_possible_comes_first(void **state)
{
	(void)state;
	put(1, 0, 300);
	put(1, 1, 900);
	put(2, 0, 400);
	put(3, 1, 999); /* its nonce 0 is nowhere */
	begin();
	assert_next(2, 0);
	assert_next(1, 0);
	assert_next(1, 1);
	assert_null(next());
	assert_null(next());
}

static void what_becomes_possible_takes_its_turn(void **state)
{
	(void)state;
	put(1, 0, 1000);
	put(1, 1, 500);
	put(1, 2, 700);
	put(2, 0, 600);
	put(2, 1, 550);
	begin();
	assert_next(1, 0);
	assert_next(2, 0);
	assert_next(2, 1);
	assert_next(1, 1);
	assert_next(1, 2);
	assert_null(next());
}

static void what_was_not_taken_holds_up_its_successors(void **state)
{
	(void)state;
	put(1, 0, 1000);
	put(1, 1, 900);
	put(2, 0, 100);
	begin();
	assert_int_equal(next()->origin.who.hash[0], 1);
	assert_next(2, 0);
	assert_null(next());
}

static void used_nonces_are_passed_over(void **state)
{
	(void)state;
	next_nonce[1] = 1;
	put(1, 0, 1000);
	put(1, 1, 900);
	begin();
	assert_next(1, 1);
	assert_null(next());
}

static void sponsors_have_an_order_too(void **state)
{
	(void)state;
	struct pool_case a = { 1, 0, 500, 9, 1 };
	struct pool_case b = { 2, 0, 400, 9, 0 };

	assert_int_equal(pool_case_put(pool, &a, 0), ERR_OK);
	assert_int_equal(pool_case_put(pool, &b, 0), ERR_OK);
	put(1, 1, 800);
	begin();
	assert_next(2, 0);
	assert_next(1, 0);
	assert_next(1, 1);
	assert_null(next());
}

static void a_fault_of_the_chain_is_handed_on(void **state)
{
	(void)state;
	const struct mempool_tx *t;

	put(1, 0, 300);
	nonce_err = ERR_STORE_READ;
	begin();
	assert_int_equal(mempool_walk_next(&walk, &t), ERR_STORE_READ);
}

/* Every transaction without a gap below it comes once, in its account's
 * order. */
static void all_that_can_come_do_and_once(void **state)
{
	(void)state;
	static bool is_in[200][9];
	uint64_t want[200] = { 0 };
	unsigned n = 0;
	unsigned n_want = 0;

	srandom(9);
	for (unsigned i = 0; i < 900; i++) {
		unsigned who = 1 + (unsigned)random() % 199;
		unsigned at = (unsigned)random() % 9;

		if (is_in[who][at])
			continue;
		is_in[who][at] = true;
		put((uint8_t)who, at, 200 + (uint64_t)random() % 1000);
	}
	for (unsigned who = 0; who < 200; who++)
		for (unsigned at = 0; at < 9 && is_in[who][at]; at++)
			n_want++;
	begin();
	for (const struct mempool_tx *t; (t = next()); n++) {
		assert_true(t->origin.nonce == want[t->origin.who.hash[0]]++);
		assert_int_equal(mempool_walk_taken(&walk, t), ERR_OK);
	}
	assert_int_equal(n, n_want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(the_best_possible_comes_first),
		T(what_becomes_possible_takes_its_turn),
		T(what_was_not_taken_holds_up_its_successors),
		T(used_nonces_are_passed_over),
		T(sponsors_have_an_order_too),
		T(a_fault_of_the_chain_is_handed_on),
		T(all_that_can_come_do_and_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
