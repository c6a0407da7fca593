/* node/wire/txtree.c - The transactions' Merkle root; see txtree.h. */
#include "config.h"

#include "node/wire/txtree.h"

#include <stdbool.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/crypto/hash.h"

#define TAG_LEAF 0x00u
#define TAG_NODE 0x01u

static void hash_leaf(uint8_t ret[TXTREE_LEN], const uint8_t id[TXTREE_LEN])
{
	uint8_t bytes[1 + TXTREE_LEN] = { TAG_LEAF };

	memcpy(bytes + 1, id, TXTREE_LEN);
	hash_sha512_256(ret, bytes, sizeof(bytes));
}

/* `ret` may be either side. */
static void hash_node(uint8_t ret[TXTREE_LEN], const uint8_t left[TXTREE_LEN],
                      const uint8_t right[TXTREE_LEN])
{
	uint8_t bytes[1 + 2 * TXTREE_LEN] = { TAG_NODE };

	memcpy(bytes + 1, left, TXTREE_LEN);
	memcpy(bytes + 1 + TXTREE_LEN, right, TXTREE_LEN);
	hash_sha512_256(ret, bytes, sizeof(bytes));
}

void txtree_init(struct txtree *t)
{
	t->n = 0;
}

void txtree_add(struct txtree *t, const uint8_t id[TXTREE_LEN])
{
	uint8_t node[TXTREE_LEN];
	unsigned row = 0;

	CHECK(t->n < UINT32_MAX);
	hash_leaf(node, id);
	for (; t->n >> row & 1; row++)
		hash_node(node, t->node[row], node);
	memcpy(t->node[row], node, TXTREE_LEN);
	t->n++;
}

/* Closes row after row: what waits takes what came up, or itself, as its
 * right side, until a row above the leaves has one node. */
void txtree_root(const struct txtree *t, uint8_t ret[TXTREE_LEN])
{
	uint8_t up[TXTREE_LEN] = { 0 };
	bool has_up = false;

	for (unsigned row = 0; t->n > 0; row++) {
		bool waits = t->n >> row & 1;
		uint64_t width = ((uint64_t)t->n + (1ull << row) - 1) >> row;

		if (width == 1 && row > 0) {
			if (!has_up)
				memcpy(up, t->node[row], TXTREE_LEN);
			break;
		}
		if (waits)
			hash_node(up, t->node[row], has_up ? up : t->node[row]);
		else if (has_up)
			hash_node(up, up, up);
		has_up |= waits;
	}
	memcpy(ret, up, TXTREE_LEN);
}
