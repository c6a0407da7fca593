/*
 * tests/fuzz/fuzz_btc_script.c - Scripts end with a verdict, and more rules
 * never accept more.
 *
 * The input is an output's script and what unlocks it, by its first byte as
 * old script, segwit script, or tapscript.
 */
#include "config.h"

#include "tests/lib/fuzz.h"

#include <string.h>

#include "clarity/base/check.h"
#include "node/bitcoin/btc_run.h"
#include "node/bitcoin/btc_script.h"
#include "node/bitcoin/btc_verify.h"

#define ARENA_MAX ((size_t)16 * 1024 * 1024)

static void check_run(struct arena *a, const struct btc_spend *s,
                      enum btc_run_kind kind, struct span script)
{
	static struct btc_stack stack;
	static const uint8_t leaf[32];
	static const unsigned flags[] = { BTC_VERIFY_CONSENSUS,
		                          BTC_VERIFY_POLICY };
	enum btc_verify_err got[2];

	for (size_t i = 0; i < 2; i++) {
		struct btc_run r = { .arena = a,
			             .spend = s,
			             .stack = &stack,
			             .flags = flags[i],
			             .kind = kind,
			             .leaf_hash = leaf,
			             .weight_left = 500 };

		btc_stack_init(&stack);
		got[i] = btc_run_script(&r, script);
		CHECK(r.fault == ERR_OK);
		CHECK(stack.n + stack.n_alt <= BTC_STACK_ROOM);
	}
	CHECK(got[0] == BTC_FAIL_OK || got[1] != BTC_FAIL_OK);
}

static void check_verify(struct arena *a, const struct btc_spend *s)
{
	enum btc_verify_err old;
	enum btc_verify_err all;
	enum err e = btc_verify_input(a, s, BTC_VERIFY_CONSENSUS, &old);

	CHECK(e == (old == BTC_FAIL_OK ? ERR_OK : ERR_BTC_SCRIPT));
	e = btc_verify_input(a, s, BTC_VERIFY_POLICY, &all);
	CHECK(e == ERR_OK || e == ERR_BTC_SCRIPT);
	CHECK(old == BTC_FAIL_OK || all != BTC_FAIL_OK);
	(void)btc_verify_sigop_cost(&s->tx->ins[0], s->spent, ~0u);
}

/* Shape and text never read beyond the script. */
static void check_shape(struct span script)
{
	struct btc_script_shape shape;
	struct buf b;

	btc_script_shape(&shape, script);
	buf_init(&b, (size_t)1 << 24);
	(void)btc_script_format(&b, script);
	CHECK(buf_err(&b) == ERR_OK);
	buf_fini(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena a;
	size_t half;

	if (len < 2)
		return 0;
	half = bytes[1] < len - 2 ? bytes[1] : len - 2;
	struct span items[] = { span_of(bytes + 2, half / 2),
		                span_of(bytes + 2 + half / 2,
		                        half - half / 2) };
	struct span script = span_of(bytes + 2 + half, len - 2 - half);
	struct btc_in in = { .script = span_of(bytes + 2, half),
		             .sequence = bytes[0] };
	struct btc_out out = { .value = 1, .script = script };
	struct btc_tx tx = { .version = 2,
		             .ins = &in,
		             .n_ins = 1,
		             .outs = &out,
		             .n_outs = 1,
		             .lock_time = bytes[1] };
	struct btc_spend s = { .tx = &tx, .spent = &out };

	arena_init(&a, ARENA_MAX);
	check_run(&a, &s, bytes[0] % 3u, script);
	check_shape(script);
	check_verify(&a, &s);
	in.script.len = 0;
	in.witness = items;
	in.n_witness = 2;
	check_verify(&a, &s);
	arena_fini(&a);
	return 0;
}
