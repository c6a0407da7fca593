/*
 * tests/unit/node/bitcoin/test_btc_merkle.c - Claims about
 * node/bitcoin/btc_merkle.c.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/bitcoin/btc_merkle.h"
#include "tests/lib/hex.h"

#define MAX 40u
#define TX_LEN 250u

static void leaves_of(btc_hash *ret, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		memset(ret[i], 0, sizeof(ret[i]));
		ret[i][0] = (uint8_t)(i + 1);
	}
}

static bool root_of(btc_hash ret, btc_hash *leaves, uint32_t n)
{
	btc_hash nodes[MAX];
	bool is_mutated;

	memcpy(nodes, leaves, n * sizeof(*nodes));
	btc_merkle_root(ret, &is_mutated, nodes, n);
	return is_mutated;
}

/* Block 100,000: four transactions, whose ids and root are well known. */
static void a_known_block_has_its_root(void **state)
{
	(void)state;
	static const char *const ids[] = {
		"876dd0a3ef4a2816ffd1c12ab649825a958b0ff3bb3d6f3e1250f13ddbf014"
		"8c",
		"c40297f730dd7b5a99567eb8d27b78758f607507c52292d02d4031895b52f2"
		"ff",
		"c46e239ab7d28e2c019b6d66ad8fae98a56ef1f21aeecb94d1b1718186f059"
		"63",
		"1d0cb83721529a062d9675b98d6e5c587e4a770fc84ed00abc5a5de04568a6"
		"e9",
	};
	btc_hash leaves[4];
	btc_hash root;

	for (size_t i = 0; i < 4; i++)
		hex_to(leaves[i], sizeof(leaves[i]), ids[i]);
	assert_false(root_of(root, leaves, 4));
	assert_hex(
	    root, sizeof(root),
	    "6657a9252aacd5c0b2940996ecff952228c3067cc38d4885efb5a4ac4247"
	    "e9f3");
}

static void few_leaves_are_their_own_case(void **state)
{
	(void)state;
	btc_hash leaves[1];
	btc_hash root;
	static const btc_hash zero;

	leaves_of(leaves, 1);
	assert_false(root_of(root, leaves, 0));
	assert_memory_equal(root, zero, sizeof(root));
	assert_false(root_of(root, leaves, 1));
	assert_memory_equal(root, leaves[0], sizeof(root));
}

static void a_repeated_end_has_the_same_root_and_is_told(void **state)
{
	(void)state;
	btc_hash leaves[MAX];
	btc_hash six[MAX];
	btc_hash a;
	btc_hash b;

	/* 1 2 3 and 1 2 3 3; 1 .. 6 and 1 .. 6 5 6. */
	leaves_of(leaves, 3);
	assert_false(root_of(a, leaves, 3));
	memcpy(leaves[3], leaves[2], sizeof(leaves[3]));
	assert_true(root_of(b, leaves, 4));
	assert_memory_equal(a, b, sizeof(a));
	leaves_of(six, 6);
	assert_false(root_of(a, six, 6));
	memcpy(six[6], six[4], 2 * sizeof(six[6]));
	assert_true(root_of(b, six, 8));
	assert_memory_equal(a, b, sizeof(a));
}

static void every_leaf_of_every_tree_can_be_proved(void **state)
{
	(void)state;
	btc_hash leaves[MAX];
	btc_hash nodes[MAX];
	btc_hash proof[BTC_MERKLE_DEPTH_MAX];
	btc_hash root;

	for (uint32_t n = 1; n <= MAX; n++) {
		leaves_of(leaves, n);
		(void)root_of(root, leaves, n);
		for (uint32_t at = 0; at < n; at++) {
			memcpy(nodes, leaves, sizeof(nodes));
			struct btc_merkle_proof p = { .tx_len = TX_LEN,
				                      .at = at,
				                      .n = n,
				                      .siblings = proof[0] };

			p.n_siblings = btc_merkle_prove(proof, nodes, n, at);
			memcpy(p.leaf, leaves[at], sizeof(p.leaf));
			assert_true(btc_merkle_verify(&p, root));
			/* Another place, leaf, depth or sibling. */
			p.at = at ^ 1;
			assert_false(btc_merkle_verify(&p, root) && p.at < n);
			p.at = at;
			p.leaf[5] ^= 1;
			assert_false(btc_merkle_verify(&p, root));
			p.leaf[5] ^= 1;
			if (p.n_siblings == 0)
				continue;
			p.n_siblings--;
			assert_false(btc_merkle_verify(&p, root));
			p.n_siblings++;
			proof[0][7] ^= 1;
			assert_false(btc_merkle_verify(&p, root));
		}
	}
}

/* An inner node shown as a leaf: the proof is one step too short for n. */
static void an_inner_node_is_no_leaf(void **state)
{
	(void)state;
	btc_hash leaves[4];
	btc_hash root;
	btc_hash left[2];
	btc_hash right[2];
	btc_hash node;
	struct btc_merkle_proof p = { .tx_len = TX_LEN, .n = 4 };
	btc_hash proof[1];

	leaves_of(leaves, 4);
	(void)root_of(root, leaves, 4);
	memcpy(left, leaves, sizeof(left));
	memcpy(right, leaves + 2, sizeof(right));
	(void)root_of(node, left, 2);
	(void)root_of(proof[0], right, 2);
	memcpy(p.leaf, node, sizeof(p.leaf));
	p.siblings = proof[0];
	p.n_siblings = 1;
	assert_false(btc_merkle_verify(&p, root));
	/* With a lie about n it fits, but for the transaction's length. */
	p.n = 2;
	assert_true(btc_merkle_verify(&p, root));
	p.tx_len = BTC_MERKLE_NODE_LEN;
	assert_false(btc_merkle_verify(&p, root));
}

static void a_sibling_is_repeated_only_at_an_odd_end(void **state)
{
	(void)state;
	btc_hash leaves[4];
	btc_hash nodes[4];
	btc_hash proof[BTC_MERKLE_DEPTH_MAX];
	btc_hash root;
	struct btc_merkle_proof p = { .tx_len = TX_LEN, .at = 2, .n = 3 };

	leaves_of(leaves, 3);
	(void)root_of(root, leaves, 3);
	memcpy(nodes, leaves, sizeof(nodes));
	p.n_siblings = btc_merkle_prove(proof, nodes, 3, 2);
	p.siblings = proof[0];
	memcpy(p.leaf, leaves[2], sizeof(p.leaf));
	assert_true(btc_merkle_verify(&p, root));
	/* The same proof for a fourth transaction that does not exist. */
	p.n = 4;
	p.at = 3;
	assert_false(btc_merkle_verify(&p, root));
	p.at = 2;
	assert_false(btc_merkle_verify(&p, root));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_known_block_has_its_root),
		cmocka_unit_test(few_leaves_are_their_own_case),
		cmocka_unit_test(a_repeated_end_has_the_same_root_and_is_told),
		cmocka_unit_test(every_leaf_of_every_tree_can_be_proved),
		cmocka_unit_test(an_inner_node_is_no_leaf),
		cmocka_unit_test(a_sibling_is_repeated_only_at_an_odd_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
