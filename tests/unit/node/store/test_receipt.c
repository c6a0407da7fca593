/* tests/unit/node/store/test_receipt.c - Claims about receipts as bytes: all
 * of a receipt comes back, and nothing malformed is believed. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/store/receipt.h"

#define EVENTS 11u

static struct {
	struct arena arena;
	struct principal_room who, contract;
	struct event events[EVENTS];
	struct receipt receipt;
	struct buf record;
} f;

static const struct principal *who(void)
{
	return (const void *)f.who.bytes;
}

static struct event make_event(uint32_t i)
{
	struct event e = { .kind = (enum event_kind)i };

	if (i == EVENT_PRINT || i >= EVENT_FT_TRANSFER)
		e.contract = (const void *)f.contract.bytes;
	if (i >= EVENT_FT_TRANSFER)
		e.asset = span_str("coin");
	if (i != EVENT_PRINT)
		e.sender = who();
	if (i == EVENT_STX_TRANSFER) {
		e.recipient = who();
		e.memo = span_str("memo");
	}
	if (i == EVENT_STX_LOCK)
		e.unlock_height = 1000;
	if (i == EVENT_PRINT || i >= EVENT_NFT_TRANSFER)
		e.value = value_uint(77);
	else
		e.amount = ~(u128)0 >> i;
	return e;
}

static int set_up(void **state)
{
	static const uint8_t hash[20] = { 1, 2, 3 };

	(void)state;
	arena_init(&f.arena, 1 << 20);
	buf_init(&f.record, RECEIPT_MAX);
	principal_init(&f.who, 22, hash);
	assert_int_equal(principal_init_contract(
			     &f.contract, &(const struct principal *){ 0 },
			     who(), span_str("c")),
	                 ERR_OK);
	for (uint32_t i = 0; i < EVENTS; i++)
		f.events[i] = make_event(i);
	f.receipt = (struct receipt){ .kind = RECEIPT_TX,
		                      .end = RECEIPT_ABORTED,
		                      .id = { 9 },
		                      .tx_index = 300,
		                      .cost = { 1, 127, 128, UINT64_MAX, 0 },
		                      .fee = 200,
		                      .stx_burned = ~(u128)0,
		                      .result = span_str("result"),
		                      .why = span_str("a condition broke"),
		                      .events = f.events,
		                      .n_events = EVENTS };
	assert_int_equal(receipt_write(&f.record, &f.receipt), ERR_OK);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	buf_fini(&f.record);
	arena_fini(&f.arena);
	return 0;
}

static void all_of_a_receipt_comes_back(void **state)
{
	(void)state;
	struct receipt got;
	struct buf again;

	assert_int_equal(receipt_read(&f.arena, &got, buf_span(&f.record)),
	                 ERR_OK);
	assert_int_equal(got.kind, RECEIPT_TX);
	assert_int_equal(got.end, RECEIPT_ABORTED);
	assert_int_equal(got.id[0], 9);
	assert_int_equal(got.tx_index, 300);
	assert_memory_equal(got.cost, f.receipt.cost, sizeof(got.cost));
	assert_int_equal(got.fee, 200);
	assert_true(got.stx_burned == ~(u128)0);
	assert_true(span_eq(got.result, f.receipt.result));
	assert_true(span_eq(got.why, f.receipt.why));
	assert_int_equal(got.n_events, EVENTS);
	for (uint32_t i = 0; i < EVENTS; i++) {
		assert_int_equal(got.events[i].kind, i);
		assert_true(got.events[i].amount == f.events[i].amount);
		assert_true(span_eq(got.events[i].asset, f.events[i].asset));
	}
	assert_true(
	    principal_eq(got.events[EVENT_STX_TRANSFER].recipient, who()));
	assert_true(got.events[EVENT_PRINT].value.u == 77);
	buf_init(&again, RECEIPT_MAX);
	assert_int_equal(receipt_write(&again, &got), ERR_OK);
	assert_true(span_eq(buf_span(&again), buf_span(&f.record)));
	buf_fini(&again);
}

static void a_record_that_ends_early_is_damage(void **state)
{
	(void)state;
	struct receipt got;

	for (size_t len = 0; len < f.record.len; len++)
		assert_int_equal(
		    receipt_read(&f.arena, &got, span_of(f.record.p, len)),
		    ERR_STORE_CORRUPT);
}

static void a_record_that_goes_on_is_damage(void **state)
{
	(void)state;
	struct receipt got;

	buf_add_u8(&f.record, 0);
	assert_int_equal(receipt_read(&f.arena, &got, buf_span(&f.record)),
	                 ERR_STORE_CORRUPT);
}

static void another_version_is_not_guessed_at(void **state)
{
	(void)state;
	struct receipt got;

	f.record.p[0]++;
	assert_int_equal(receipt_read(&f.arena, &got, buf_span(&f.record)),
	                 ERR_STORE_CORRUPT);
}

#define CASE(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(all_of_a_receipt_comes_back),
		CASE(a_record_that_ends_early_is_damage),
		CASE(a_record_that_goes_on_is_damage),
		CASE(another_version_is_not_guessed_at),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
