/* node/store/trie_hash.c - Hashes of trie nodes; contract in trie_hash.h. */
#include "config.h"

#include "node/store/trie_hash.h"

#include <string.h>

#include "clarity/crypto/hash.h"

/* Published as the digest of the empty string; a test recomputes it. */
const uint8_t trie_hash_empty[TRIE_HASH_LEN] = {
	0xc6, 0x72, 0xb8, 0xd1, 0xef, 0x56, 0xed, 0x28, 0xab, 0x87, 0xc3,
	0x62, 0x2c, 0x51, 0x14, 0x06, 0x9b, 0xdd, 0x3a, 0xd7, 0xb8, 0xf9,
	0x73, 0x74, 0x98, 0xd0, 0xc0, 0x1e, 0xce, 0xf0, 0x96, 0x7a
};

void trie_hash_leaf(struct trie_node *n)
{
	uint8_t bytes[2 + TRIE_PATH_LEN + TRIE_DATA_LEN];
	uint8_t *at = bytes;

	*at++ = TRIE_LEAF;
	*at++ = n->path_len;
	memcpy(at, n->path, n->path_len);
	at += n->path_len;
	memcpy(at, n->data, TRIE_DATA_LEN);
	at += TRIE_DATA_LEN;
	hash_sha512_256(n->hash, bytes, (size_t)(at - bytes));
}

/* Writes a slot's pointer at `ptr` (34 bytes) and its child's hash at `hash`.
 */
static enum err trie_hash_slot(const struct trie_ptr *p,
                               struct trie_node *const *nodes,
                               const struct trie_source *source, uint8_t *ptr,
                               uint8_t *hash)
{
	ptr[0] = p->is_back ? (uint8_t)(p->kind | TRIE_BACK) : p->kind;
	ptr[1] = p->chr;
	if (p->is_back) {
		TRY(source->block_id(source->ctx, p->block, ptr + 2));
		memcpy(hash, ptr + 2, TRIE_HASH_LEN);
		return ERR_OK;
	}
	memset(ptr + 2, 0, TRIE_HASH_LEN);
	memcpy(hash, p->kind ? nodes[p->index]->hash : trie_hash_empty,
	       TRIE_HASH_LEN);
	return ERR_OK;
}

enum err trie_hash_inner(struct trie_node *n, struct trie_node *const *nodes,
                         const struct trie_source *source, uint8_t *scratch)
{
	uint32_t slots = trie_node_slots((enum trie_kind)n->kind);
	uint8_t *ptr = scratch + 1;
	uint8_t *path = ptr + slots * 34u;
	uint8_t *hash = path + 1 + n->path_len;

	scratch[0] = n->kind;
	path[0] = n->path_len;
	memcpy(path + 1, n->path, n->path_len);
	for (uint32_t i = 0; i < slots; i++) {
		TRY(trie_hash_slot(&n->slots[i], nodes, source, ptr, hash));
		ptr += 34;
		hash += TRIE_HASH_LEN;
	}
	hash_sha512_256(n->hash, scratch, (size_t)(hash - scratch));
	return ERR_OK;
}
