/* tests/unit/clarity/vm/test_event.c - Claims about clarity/vm/event.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/vm/event.h"

#define A "SP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ7"
#define B "SP000000000000000000002Q6VF78"

struct told {
	struct arena arena;
	const struct principal *a, *b, *c;
	struct buf out;
};

static void open_told(struct told *t)
{
	arena_init(&t->arena, 1 << 22);
	buf_init(&t->out, 1 << 16);
	assert_int_equal(principal_parse(&t->arena, &t->a, span_str(A)),
	                 PRINCIPAL_OK);
	assert_int_equal(principal_parse(&t->arena, &t->b, span_str(B)),
	                 PRINCIPAL_OK);
	assert_int_equal(principal_parse(&t->arena, &t->c, span_str(B ".c")),
	                 PRINCIPAL_OK);
}

static void close_told(struct told *t)
{
	buf_fini(&t->out);
	arena_fini(&t->arena);
}

static void is_json(struct told *t, const struct event *e, const char *want)
{
	buf_reset(&t->out);
	assert_int_equal(event_format(&t->out, e, "0xab", 3, true), ERR_OK);
	assert_string_equal(buf_str(&t->out), want);
}

#define HEAD "{\"txid\":\"0xab\",\"event_index\":3,\"committed\":true,\"type\":"

static void a_print_has_its_contract_and_bytes(void **state)
{
	struct told t;

	(void)state;
	open_told(&t);

	struct event e = { .kind = EVENT_PRINT,
		           .contract = t.c,
		           .value = { .kind = VALUE_BOOL, .n = 1 } };

	is_json(&t, &e,
	        HEAD "\"contract_event\",\"contract_event\":{"
	             "\"contract_identifier\":\"" B ".c\",\"topic\":\"print\","
	             "\"raw_value\":\"0x03\"}}");
	buf_reset(&t.out);
	assert_int_equal(event_format(&t.out, &e, "0x", 0, false), ERR_OK);
	assert_non_null(strstr(buf_str(&t.out), "\"committed\":false"));
	close_told(&t);
}

static void stx_are_told_with_their_memo(void **state)
{
	struct told t;

	(void)state;
	open_told(&t);

	struct event e = { .kind = EVENT_STX_TRANSFER,
		           .sender = t.a,
		           .recipient = t.b,
		           .amount = ~(u128)0,
		           .memo = span_of("\x01\xff", 2) };

	is_json(&t, &e,
	        HEAD "\"stx_transfer_event\",\"stx_transfer_event\":{"
	             "\"sender\":\"" A "\",\"recipient\":\"" B "\",\"amount\":"
	             "\"340282366920938463463374607431768211455\",\"memo\":"
	             "\"01ff\"}}");
	e = (struct event){ .kind = EVENT_STX_BURN,
		            .sender = t.a,
		            .amount = 5 };
	is_json(&t, &e,
	        HEAD "\"stx_burn_event\",\"stx_burn_event\":{\"sender\":\"" A
	             "\",\"amount\":\"5\"}}");
	close_told(&t);
}

static void tokens_are_told_with_their_asset(void **state)
{
	struct told t;

	(void)state;
	open_told(&t);

	struct event e = { .kind = EVENT_FT_MINT,
		           .contract = t.c,
		           .asset = span_str("coin"),
		           .recipient = t.a,
		           .amount = 5 };

	is_json(&t, &e,
	        HEAD "\"ft_mint_event\",\"ft_mint_event\":{"
	             "\"asset_identifier\":\"" B ".c::coin\",\"recipient\":\"" A
	             "\",\"amount\":\"5\"}}");
	e = (struct event){ .kind = EVENT_NFT_BURN,
		            .contract = t.c,
		            .asset = span_str("art"),
		            .sender = t.a,
		            .value = { .kind = VALUE_BOOL } };
	is_json(&t, &e,
	        HEAD "\"nft_burn_event\",\"nft_burn_event\":{"
	             "\"asset_identifier\":\"" B ".c::art\",\"sender\":\"" A
	             "\",\"raw_value\":\"0x04\"}}");
	close_told(&t);
}

static void a_log_keeps_all_in_order(void **state)
{
	struct told t;
	struct event_log log;

	(void)state;
	open_told(&t);
	event_init(&log, &t.arena);
	for (uint32_t i = 0; i < 100; i++) {
		struct event e = { .kind = EVENT_STX_BURN, .amount = i };

		assert_int_equal(event_add(&log, &e), ERR_OK);
	}
	assert_int_equal(log.n, 100);
	for (uint32_t i = 0; i < 100; i++)
		assert_true(log.items[i].amount == i);
	close_told(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_print_has_its_contract_and_bytes),
		cmocka_unit_test(stx_are_told_with_their_memo),
		cmocka_unit_test(tokens_are_told_with_their_asset),
		cmocka_unit_test(a_log_keeps_all_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
