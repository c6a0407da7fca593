/* node/bitcoin/btc_merkle.c - Bitcoin's tree; contract in btc_merkle.h. */
#include "config.h"

#include "node/bitcoin/btc_merkle.h"

#include <string.h>

#include "clarity/base/check.h"

/* `ret` may be either side. */
static void join(btc_hash ret, const btc_hash left, const btc_hash right)
{
	uint8_t both[BTC_MERKLE_NODE_LEN];

	memcpy(both, left, BTC_WIRE_HASH_LEN);
	memcpy(both + BTC_WIRE_HASH_LEN, right, BTC_WIRE_HASH_LEN);
	hash_sha256d(ret, both, sizeof(both));
}

/* The row above, in place. @return its length. */
static uint32_t row_up(btc_hash *nodes, uint32_t n, bool *ret_mutated)
{
	uint32_t above = n / 2 + n % 2;

	for (uint32_t i = 0; i < above; i++) {
		uint32_t left = 2 * i;
		uint32_t right = left + 1 < n ? left + 1 : left;

		if (left != right &&
		    memcmp(nodes[left], nodes[right], BTC_WIRE_HASH_LEN) == 0)
			*ret_mutated = true;
		join(nodes[i], nodes[left], nodes[right]);
	}
	return above;
}

void btc_merkle_root(btc_hash ret, bool *ret_mutated, btc_hash *nodes,
                     uint32_t n)
{
	bool is_mutated = false;

	if (n == 0)
		memset(ret, 0, BTC_WIRE_HASH_LEN);
	while (n > 1)
		n = row_up(nodes, n, &is_mutated);
	if (n == 1)
		memcpy(ret, nodes[0], BTC_WIRE_HASH_LEN);
	*ret_mutated = is_mutated;
}

size_t btc_merkle_prove(btc_hash *ret, btc_hash *nodes, uint32_t n, uint32_t at)
{
	bool ignored = false;
	size_t depth = 0;

	CHECK(at < n);
	for (; n > 1; at /= 2) {
		uint32_t sibling = at ^ 1;

		if (sibling >= n)
			sibling = at;
		memcpy(ret[depth++], nodes[sibling], BTC_WIRE_HASH_LEN);
		n = row_up(nodes, n, &ignored);
	}
	return depth;
}

bool btc_merkle_verify(const struct btc_merkle_proof *p, const btc_hash root)
{
	btc_hash node;
	uint32_t at = p->at;
	uint32_t n = p->n;

	if (at >= n || p->tx_len == BTC_MERKLE_NODE_LEN)
		return false;
	memcpy(node, p->leaf, sizeof(node));
	for (size_t i = 0; i < p->n_siblings; i++) {
		const uint8_t *sibling = p->siblings + i * sizeof(node);
		bool is_same = memcmp(node, sibling, sizeof(node)) == 0;
		bool is_last = at % 2 == 0 && at + 1 == n;

		if (n <= 1 || is_same != is_last)
			return false;
		if (at % 2)
			join(node, sibling, node);
		else
			join(node, node, sibling);
		at /= 2;
		n = n / 2 + n % 2;
	}
	return n == 1 && memcmp(node, root, sizeof(node)) == 0;
}
