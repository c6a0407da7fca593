/*
 * tests/unit/node/bitcoin/test_taptree.c - Claims about node/bitcoin/taptree.c.
 *
 * Vectors: BIP-341's wallet vectors.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdbool.h>

#include "node/bitcoin/btc_addr.h"
#include "node/bitcoin/taptree.h"
#include "tests/unit/node/bitcoin/btc_case.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 24);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

static struct span hex_at(const struct json *o, const char *a, const char *b)
{
	return btc_case_hex(&arena, json_read_get(json_read_get(o, a), b));
}

/* The leaves of a script tree, in the order of their control blocks. */
static unsigned leaves_of(const struct json *tree, const struct json **ret)
{
	const struct json *stack[16] = { tree };
	unsigned depth = 1;
	unsigned n = 0;

	while (depth > 0) {
		const struct json *node = stack[--depth];

		if (json_read_is_object(node)) {
			ret[n++] = node;
		} else if (json_read_is_array(node)) {
			stack[depth++] = btc_case_at(node, 1);
			stack[depth++] = btc_case_at(node, 0);
		}
	}
	return n;
}

static void check_leaves(const struct json *row, const uint8_t *output)
{
	const struct json *blocks = json_read_get(
	    json_read_get(row, "expected"), "scriptPathControlBlocks");
	const struct json *hashes =
	    json_read_get(json_read_get(row, "intermediary"), "leafHashes");
	const struct json *leaves[16];
	unsigned n = leaves_of(
	    json_read_get(json_read_get(row, "given"), "scriptTree"), leaves);

	for (unsigned i = 0; i < n; i++) {
		struct span script =
		    btc_case_hex(&arena, json_read_get(leaves[i], "script"));
		struct span control =
		    btc_case_hex(&arena, btc_case_at(blocks, i));
		struct span want = btc_case_hex(&arena, btc_case_at(hashes, i));
		uint8_t *bent = arena_copy(&arena, control.p, control.len);
		uint8_t leaf[TAPTREE_HASH_LEN];
		uint64_t version;

		assert_true(json_read_u64(
		    json_read_get(leaves[i], "leafVersion"), &version));
		taptree_leaf(leaf, (uint8_t)version, script);
		assert_memory_equal(leaf, want.p, sizeof(leaf));
		assert_int_equal(taptree_verify(leaf, output, script, control),
		                 ERR_OK);
		assert_memory_equal(leaf, want.p, sizeof(leaf));
		for (size_t at = 0; at < control.len; at += 7) {
			bent[at] ^= 1;
			assert_int_equal(
			    taptree_verify(leaf, output, script,
			                   span_of(bent, control.len)),
			    ERR_BTC_CONTROL);
			bent[at] ^= 1;
		}
		assert_int_equal(taptree_verify(leaf, output, script,
		                                span_of(bent, control.len - 1)),
		                 ERR_BTC_CONTROL);
	}
}

static void bip_341_s_outputs_are_reproduced(void **state)
{
	(void)state;
	const struct json *doc = btc_case_load("bip341_wallet_vectors.json");
	unsigned n = 0;

	for (const struct json *row =
	         json_read_first(json_read_get(doc, "scriptPubKey"));
	     row; row = json_read_next(row), n++) {
		const struct json *root = json_read_get(
		    json_read_get(row, "intermediary"), "merkleRoot");
		struct span key = hex_at(row, "given", "internalPubkey");
		struct span script = hex_at(row, "expected", "scriptPubKey");
		char text[BTC_ADDR_TEXT_MAX];
		uint8_t output[TAPTREE_HASH_LEN];
		bool is_odd;

		assert_int_equal(
		    taptree_output(output, &is_odd, key.p,
		                   json_read_is_null(root)
		                       ? NULL
		                       : btc_case_hex(&arena, root).p),
		    ERR_OK);
		assert_memory_equal(output, script.p + 2, sizeof(output));
		assert_int_equal(btc_addr_format(text, BTC_MAINNET, script),
		                 ERR_OK);
		assert_true(span_eq(
		    span_str(text),
		    btc_case_text(json_read_get(json_read_get(row, "expected"),
		                                "bip350Address"))));
		check_leaves(row, output);
	}
	assert_true(n >= 7);
	json_read_free(doc);
}

static void branches_have_no_order(void **state)
{
	(void)state;
	uint8_t a[TAPTREE_HASH_LEN] = { 1 };
	uint8_t b[TAPTREE_HASH_LEN] = { 2 };
	uint8_t x[TAPTREE_HASH_LEN];
	uint8_t y[TAPTREE_HASH_LEN];

	taptree_branch(x, a, b);
	taptree_branch(y, b, a);
	assert_memory_equal(x, y, sizeof(x));
}

static void control_blocks_have_0_to_128_steps(void **state)
{
	(void)state;
	static uint8_t control[TAPTREE_CONTROL_MAX + 64];
	uint8_t output[TAPTREE_HASH_LEN];
	uint8_t node[TAPTREE_HASH_LEN];
	uint8_t leaf[TAPTREE_HASH_LEN];
	bool is_odd;

	/* 0...01 is an x coordinate. */
	memset(control + 1, 0, 32);
	control[32] = 1;
	taptree_leaf(node, 0xc0, span_str("x"));
	for (size_t i = 0; i <= 129; i++) {
		size_t len = 33 + 32 * i;

		assert_int_equal(
		    taptree_output(output, &is_odd, control + 1, node), ERR_OK);
		control[0] = (uint8_t)(0xc0 | is_odd);
		assert_int_equal(taptree_verify(leaf, output, span_str("x"),
		                                span_of(control, len)),
		                 i <= 128 ? ERR_OK : ERR_BTC_CONTROL);
		taptree_branch(node, node, control + len);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bip_341_s_outputs_are_reproduced),
		cmocka_unit_test(branches_have_no_order),
		cmocka_unit_test(control_blocks_have_0_to_128_steps),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
