/*
 * tests/unit/node/chain/test_txcheck.c - Claims about signatures that are
 * checked ahead of execution.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdatomic.h>

#include "node/io/workers.h"
#include "tests/lib/chain_case.h"

#define MANY 40

static struct chain_case the_case;
static struct tx txs[MANY];
static uint8_t ids[MANY][32];

static void make_all(struct chain_case *c)
{
	case_init(c);
	for (uint8_t i = 0; i < MANY; i++) {
		txs[i] = *case_transfer(c, (uint8_t)(CASE_USER + i), 0,
		                        CASE_USER, 1);
		assert_int_equal(tx_id(ids[i], &txs[i]), ERR_OK);
	}
}

static enum err check(struct chain_case *c, const struct txcheck *how,
                      uint32_t *index)
{
	struct txcheck_list list = { txs, (const uint8_t(*)[32])ids, MANY };

	return txcheck_all(&c->block, how, &list, index);
}

static void the_first_wrong_one_is_named(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct txcheck how = { .rule = AUTH_LOW_S };
	uint32_t index = 99;

	make_all(c);
	assert_int_equal(check(c, &how, &index), ERR_OK);
	txs[7].payload.transfer.amount++;
	txs[20].payload.transfer.amount++;
	assert_int_equal(check(c, &how, &index), ERR_AUTH_SIGNER);
	assert_int_equal(index, 7);
	case_fini(c);
}

static bool is_the_seventh(void *ctx, const uint8_t id[32])
{
	(*(int *)ctx)++;
	return memcmp(id, ids[7], 32) == 0;
}

static void what_was_checked_is_not_checked_again(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	int asked = 0;
	struct txcheck_known known = { &asked, is_the_seventh };
	struct txcheck how = { .known = &known };
	uint32_t index = 99;

	make_all(c);
	/* Its signature is wrong, but its id is known to be good. */
	txs[7].payload.transfer.amount++;
	assert_int_equal(check(c, &how, &index), ERR_OK);
	assert_int_equal(asked, MANY);
	case_fini(c);
}

static void many_threads_say_the_same(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct workers *w = workers_new(3);
	struct txcheck_pool pool = { w, workers_run };
	struct txcheck how = { .pool = &pool };
	uint32_t index = 99;

	assert_non_null(w);
	make_all(c);
	for (int i = 0; i < 20; i++)
		assert_int_equal(check(c, &how, &index), ERR_OK);
	txs[31].payload.transfer.amount++;
	assert_int_equal(check(c, &how, &index), ERR_AUTH_SIGNER);
	assert_int_equal(index, 31);
	workers_free(w);
	case_fini(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_wrong_one_is_named),
		cmocka_unit_test(what_was_checked_is_not_checked_again),
		cmocka_unit_test(many_threads_say_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
