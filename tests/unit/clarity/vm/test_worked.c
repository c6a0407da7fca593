/* tests/unit/clarity/vm/test_worked.c - Worked examples: costs and memory that
 * the network's own tests and node give as numbers. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/vm/desk.h"

/* 42 bytes, 7 nodes; the call fails, and what it cost still counts. */
static const char trigger[] = "\n(define-read-only (trigger)\n (log2 -8))\n\n";

/* Everything that moves, once or more, in one call. */
static const char mover[] =
    "(define-fungible-token coin)\n"
    "(define-non-fungible-token art uint)\n"
    "(define-map seen uint uint)\n"
    "(define-constant other 'ST2CY5V39NHDPWSXMW9QDT3HC3GD6Q6XX4CFRK9AG)\n"
    "(define-public (move)\n"
    "  (begin\n"
    "    (try! (ft-mint? coin u10 tx-sender))\n"
    "    (try! (ft-transfer? coin u4 tx-sender other))\n"
    "    (try! (ft-burn? coin u1 tx-sender))\n"
    "    (try! (nft-mint? art u1 tx-sender))\n"
    "    (try! (nft-transfer? art u1 tx-sender other))\n"
    "    (try! (nft-burn? art u1 other))\n"
    "    (try! (stx-transfer? u5 tx-sender other))\n"
    "    (try! (stx-transfer? u6 tx-sender other))\n"
    "    (try! (stx-burn? u7 tx-sender))\n"
    "    (map-set seen u1 u2)\n"
    "    (ok true)))\n";

static void is_cost(const struct cost *c, const uint64_t want[COST_UNITS])
{
	for (int u = 0; u < COST_UNITS; u++)
		assert_int_equal(c->of[u], want[u]);
}

static void call_costs(enum epoch epoch, const uint64_t want[COST_UNITS])
{
	struct desk d;

	desk_open(&d, epoch);
	assert_int_equal(desk_deploy(&d, "c", CLARITY_3, trigger), ERR_OK);
	desk_begin(&d);
	assert_int_equal(desk_call(&d, "c", "trigger", NULL, 0), ERR_RUN);
	assert_int_equal(d.r.failure.kind, VM_ERROR_ARITHMETIC);
	is_cost(&d.r.cost, want);
	desk_close(&d);
}

static void a_call_pays_for_loading_applying_and_looking_up(void **state)
{
	/* Load 42 + 80, application 5, look-up 16, log2 133: and so on. */
	static const uint64_t before[COST_UNITS] = { 276, 3, 43, 0, 0 };
	static const uint64_t since[COST_UNITS] = { 174, 3, 43, 0, 0 };

	(void)state;
	assert_int_equal(strlen(trigger), 42);
	call_costs(EPOCH_3_4, before);
	call_costs(EPOCH_4_0, since);
}

static void a_deployment_pays_for_each_of_its_parts(void **state)
{
	static const enum epoch epochs[] = { EPOCH_3_0, EPOCH_3_1, EPOCH_3_2,
		                             EPOCH_3_3, EPOCH_3_4, EPOCH_4_0 };
	/* Reading 1215, cycles 72, storing the analysis 108, the contract 7627,
	 * visits 2, notes 20, types 114, names 60, binding 216. */
	static const uint64_t want[COST_UNITS] = { 9434, 1, 1, 2, 51 };

	(void)state;
	for (size_t i = 0; i < sizeof(epochs) / sizeof(epochs[0]); i++) {
		struct desk d;

		desk_open(&d, epochs[i]);
		assert_int_equal(desk_deploy(&d, "c", CLARITY_3, trigger),
		                 ERR_OK);
		is_cost(&d.r.cost, want);
		desk_close(&d);
	}
}

/* STX come by the state, as at genesis. */
static void fund(struct desk *d)
{
	static const uint8_t balance[40] = { [15] = 100 };
	struct store_key key = { .text = span_str("vm-account::"),
		                 .tail =
		                     span_of(d->alice, principal_len(d->alice)),
		                 .form = STORE_TAIL_BALANCE };
	static const uint8_t supply[17] = { 1, [16] = 100 };
	struct store_key all = { .text = span_str(
				     "_stx-data::ustx_liquid_supply") };
	const struct store *s = &d->store.store;

	assert_int_equal(
	    s->ops->put(s->ctx, &key, span_of(balance, 40), STORE_HEX), ERR_OK);
	assert_int_equal(
	    s->ops->put(s->ctx, &all, span_of(supply, 17), STORE_HEX), ERR_OK);
}

static void memory_of_movements_is_held_to_the_end(void **state)
{
	struct desk d;

	(void)state;
	for (int is_exact = 0; is_exact < 2; is_exact++) {
		desk_open(&d, EPOCH_3_4);
		fund(&d);
		assert_int_equal(desk_deploy(&d, "c", CLARITY_3, mover),
		                 ERR_OK);
		desk_begin(&d);
		vm_set_exact(d.vm, is_exact);
		assert_int_equal(desk_call(&d, "c", "move", NULL, 0), ERR_OK);
		assert_string_equal(desk_said(&d), "(ok true)");
		/* ft 164 + 328 + 164, nft 3 * 165, stx 2 * 376 + 188, map 35 */
		assert_int_equal(d.r.memory, 2126);
		desk_close(&d);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_call_pays_for_loading_applying_and_looking_up),
		cmocka_unit_test(a_deployment_pays_for_each_of_its_parts),
		cmocka_unit_test(memory_of_movements_is_held_to_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
