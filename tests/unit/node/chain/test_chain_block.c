/*
 * tests/unit/node/chain/test_chain_block.c - Claims about records of blocks.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/chain/chain_block.h"

static void fill(struct chain_block *b)
{
	static const uint8_t hash[20] = { 9, 8, 7 };

	/* Every byte of every member another one, where it may be any. */
	for (size_t i = 0; i < sizeof(*b); i++)
		((uint8_t *)b)[i] = (uint8_t)(i * 7 + 3);
	b->epoch = EPOCH_4_0;
	memset(&b->tenure.miner, 0, sizeof(b->tenure.miner));
	memset(&b->tenure.recipient, 0, sizeof(b->tenure.recipient));
	(void)principal_init(&b->tenure.miner, 26, hash);
	{
		const struct principal *id;

		assert_int_equal(
		    principal_init_contract(
			&b->tenure.recipient, &id,
			(const struct principal *)b->tenure.miner.bytes,
			span_str("pays")),
		    ERR_OK);
	}
}

static void a_record_reads_back_as_it_was_written(void **state)
{
	(void)state;
	static struct chain_block a, b;
	struct buf first, second;

	fill(&a);
	buf_init(&first, 4096);
	buf_init(&second, 4096);
	assert_int_equal(chain_block_write(&first, &a), ERR_OK);
	assert_int_equal(chain_block_read(&b, buf_span(&first)), ERR_OK);
	assert_int_equal(chain_block_write(&second, &b), ERR_OK);
	assert_true(span_eq(buf_span(&first), buf_span(&second)));
	assert_memory_equal(b.id, a.id, 32);
	assert_true(b.tenure_fees == a.tenure_fees);
	assert_int_equal(b.tenure.sortition_burn, a.tenure.sortition_burn);
	assert_true(principal_eq(chain_tenure_who(&b.tenure.recipient),
	                         chain_tenure_who(&a.tenure.recipient)));
	buf_fini(&first);
	buf_fini(&second);
}

static void cut_and_odd_records_are_damage(void **state)
{
	(void)state;
	static struct chain_block a, b;
	struct buf bytes;

	fill(&a);
	buf_init(&bytes, 4096);
	assert_int_equal(chain_block_write(&bytes, &a), ERR_OK);
	for (size_t len = 0; len < bytes.len; len++)
		assert_int_equal(chain_block_read(&b, span_of(bytes.p, len)),
		                 ERR_STORE_CORRUPT);
	buf_add_u8(&bytes, 0);
	assert_int_equal(chain_block_read(&b, buf_span(&bytes)),
	                 ERR_STORE_CORRUPT);
	bytes.len--;
	bytes.p[0] = 2;
	assert_int_equal(chain_block_read(&b, buf_span(&bytes)),
	                 ERR_STORE_CORRUPT);
	buf_fini(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_record_reads_back_as_it_was_written),
		cmocka_unit_test(cut_and_odd_records_are_damage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
