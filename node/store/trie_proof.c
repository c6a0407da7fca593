/* node/store/trie_proof.c - Judging proofs; contract in trie_proof.h. */
#include "config.h"

#include "node/store/trie_proof.h"

#include <string.h>

#include "clarity/base/num.h"
#include "clarity/crypto/hash.h"
#include "node/store/trie_hash.h"

/* A pointer as it is hashed and sent: kind, character, owner. */
#define PTR_LEN 34u

/* A shunt lists at most all ancestor roots and the trie's own. */
#define SHUNT_MAX (MARF_SKIPS + 1u)

struct step {
	uint8_t type;     /* enum trie_step_type */
	uint8_t chr;      /* nodes, leaf */
	uint8_t kind;     /* nodes: as sent, then hashed */
	struct span path; /* nodes, leaf */
	struct span ptrs; /* nodes: PTR_LEN each */
	struct span data; /* leaf */
	int64_t index;    /* shunt */
	struct span hashes;
};

/* What is known while the steps go by. */
struct proof_state {
	struct cursor at;
	uint32_t left;               /* steps not yet read */
	const uint8_t *path;         /* what is to be proven */
	uint8_t hash[TRIE_HASH_LEN]; /* of the node, then trie, reached */
	uint8_t tail[TRIE_PATH_LEN]; /* the segment's path, from its end */
	uint32_t tail_len;
};

static enum err step_read_path(struct cursor *c, struct step *s)
{
	uint32_t len;

	TRY(cursor_be32(c, &len));
	if (len > TRIE_PATH_LEN)
		return ERR_TOO_LARGE;
	s->path.len = len;
	return cursor_read(c, len, &s->path.p);
}

static enum err step_read_node(struct cursor *c, struct step *s)
{
	uint32_t slots =
	    trie_node_slots((enum trie_kind)(s->type + TRIE_NODE4));
	uint32_t n;

	TRY(cursor_u8(c, &s->chr));
	TRY(cursor_u8(c, &s->kind));
	TRY(step_read_path(c, s));
	TRY(cursor_be32(c, &n));
	if (n != slots || s->kind != s->type + TRIE_NODE4)
		return ERR_SYNTAX;
	s->ptrs.len = (size_t)slots * PTR_LEN;
	TRY(cursor_read(c, s->ptrs.len, &s->ptrs.p));
	s->hashes.len = (size_t)(slots - 1) * TRIE_HASH_LEN;
	return cursor_read(c, s->hashes.len, &s->hashes.p);
}

static enum err step_read_leaf(struct cursor *c, struct step *s)
{
	TRY(cursor_u8(c, &s->chr));
	TRY(step_read_path(c, s));
	s->data.len = TRIE_DATA_LEN;
	return cursor_read(c, TRIE_DATA_LEN, &s->data.p);
}

static enum err step_read_shunt(struct cursor *c, struct step *s)
{
	uint64_t index;
	uint32_t n;

	TRY(cursor_be64(c, &index));
	TRY(cursor_be32(c, &n));
	if (n > SHUNT_MAX || index > SHUNT_MAX + 1)
		return ERR_TOO_LARGE;
	s->index = (int64_t)index;
	s->hashes.len = (size_t)n * TRIE_HASH_LEN;
	return cursor_read(c, s->hashes.len, &s->hashes.p);
}

static enum err step_read(struct cursor *c, struct step *s)
{
	*s = (struct step){ 0 };
	TRY(cursor_u8(c, &s->type));
	if (s->type >= TRIE_STEP_COUNT)
		return ERR_SYNTAX;
	if (s->type == TRIE_STEP_LEAF)
		return step_read_leaf(c, s);
	if (s->type == TRIE_STEP_SHUNT)
		return step_read_shunt(c, s);
	return step_read_node(c, s);
}

static bool proof_next(struct proof_state *p, struct step *s)
{
	if (p->left == 0 || step_read(&p->at, s) != ERR_OK)
		return false;
	p->left--;
	return true;
}

/* Puts bytes in front of the segment's path so far. */
static bool proof_prepend(struct proof_state *p, const uint8_t *bytes,
                          size_t len)
{
	if (len > TRIE_PATH_LEN - p->tail_len)
		return false;
	p->tail_len += (uint32_t)len;
	if (len)
		memcpy(p->tail + TRIE_PATH_LEN - p->tail_len, bytes, len);
	return true;
}

/* Hashes a node with `p->hash` in the place of its child `s->chr`. */
static bool proof_climb(struct proof_state *p, const struct step *s)
{
	uint32_t slots = trie_node_slots((enum trie_kind)s->kind);
	const uint8_t *sibling = s->hashes.p;
	const uint8_t *end = s->hashes.p + s->hashes.len;
	struct hash_sha512 h;
	uint8_t len = (uint8_t)s->path.len;

	hash_sha512_256_init(&h);
	hash_sha512_add(&h, &s->kind, 1);
	hash_sha512_add(&h, s->ptrs.p, s->ptrs.len);
	hash_sha512_add(&h, &len, 1);
	hash_sha512_add(&h, s->path.p, s->path.len);
	for (uint32_t i = 0; i < slots; i++) {
		const uint8_t *ptr = s->ptrs.p + i * (size_t)PTR_LEN;

		if (ptr[0] != TRIE_EMPTY && ptr[1] == s->chr) {
			hash_sha512_add(&h, p->hash, TRIE_HASH_LEN);
			continue;
		}
		if (sibling == end)
			return false;
		hash_sha512_add(&h, sibling, TRIE_HASH_LEN);
		sibling += TRIE_HASH_LEN;
	}
	hash_sha512_256_done(&h, p->hash);
	return sibling == end && proof_prepend(p, &s->chr, 1) &&
	       proof_prepend(p, s->path.p, s->path.len);
}

/* Joins hashes: `first` if any, then the list with `own` at `index` (from 1;
 * 0: in front). */
static bool proof_join(uint8_t *ret, const uint8_t *first, const uint8_t *own,
                       const struct step *shunt)
{
	uint32_t n = (uint32_t)(shunt->hashes.len / TRIE_HASH_LEN);
	uint32_t at = shunt->index ? (uint32_t)shunt->index - 1 : 0;
	struct hash_sha512 h;

	if (at > n)
		return false;
	hash_sha512_256_init(&h);
	if (first)
		hash_sha512_add(&h, first, TRIE_HASH_LEN);
	hash_sha512_add(&h, shunt->hashes.p, at * (size_t)TRIE_HASH_LEN);
	hash_sha512_add(&h, own, TRIE_HASH_LEN);
	hash_sha512_add(&h, shunt->hashes.p + at * (size_t)TRIE_HASH_LEN,
	                (n - at) * (size_t)TRIE_HASH_LEN);
	hash_sha512_256_done(&h, ret);
	return true;
}

/* Climbs nodes until the shunt behind them, which is left in `s`. */
static bool proof_segment(struct proof_state *p, struct step *s)
{
	while (s->type < TRIE_STEP_LEAF) {
		if (!proof_climb(p, s) || !proof_next(p, s))
			return false;
	}
	return s->type == TRIE_STEP_SHUNT &&
	       memcmp(p->tail + TRIE_PATH_LEN - p->tail_len, p->path,
	              p->tail_len) == 0;
}

/* The leaf, its segment, and the shunt to its own trie's root. */
static bool proof_first(struct proof_state *p, const uint8_t *data)
{
	struct trie_node leaf = { .kind = TRIE_LEAF };
	struct step s;

	if (!proof_next(p, &s) || s.type != TRIE_STEP_LEAF ||
	    memcmp(s.data.p, data, TRIE_DATA_LEN) != 0)
		return false;
	leaf.path_len = (uint8_t)s.path.len;
	memcpy(leaf.path, s.path.p, s.path.len);
	memcpy(leaf.data, s.data.p, TRIE_DATA_LEN);
	trie_hash_leaf(&leaf);
	memcpy(p->hash, leaf.hash, TRIE_HASH_LEN);
	if (!proof_prepend(p, s.path.p, s.path.len) || !proof_next(p, &s) ||
	    !proof_segment(p, &s))
		return false;
	if (p->tail_len != TRIE_PATH_LEN || s.index != 0)
		return false;
	/* The first block's trie has no ancestors to be joined with. */
	return s.hashes.len == 0 || proof_join(p->hash, NULL, p->hash, &s);
}

/* One more block on the way up: a segment from a back-pointer to its root,
 * then shunts from the lower root `p->hash` to this one's. */
static bool proof_next_block(struct proof_state *p,
                             const struct trie_roots *roots)
{
	uint8_t below[TRIE_HASH_LEN], node[TRIE_HASH_LEN];
	struct step s;

	memcpy(below, p->hash, TRIE_HASH_LEN);
	if (!roots->block_of(roots->ctx, below, p->hash))
		return false;
	p->tail_len = 0;
	if (!proof_next(p, &s) || s.type >= TRIE_STEP_LEAF ||
	    !proof_segment(p, &s))
		return false;
	memcpy(node, p->hash, TRIE_HASH_LEN);
	for (;;) {
		struct cursor ahead = p->at;
		struct step next;

		if (s.index == 0)
			return false;
		if (p->left == 0 || step_read(&ahead, &next) != ERR_OK ||
		    next.type != TRIE_STEP_SHUNT)
			break;
		if (!proof_join(below, NULL, below, &s) || !proof_next(p, &s))
			return false;
	}
	return proof_join(p->hash, node, below, &s);
}

bool trie_proof_verify(struct span proof, const uint8_t path[TRIE_PATH_LEN],
                       const uint8_t data[TRIE_DATA_LEN],
                       const uint8_t root[TRIE_HASH_LEN],
                       const struct trie_roots *roots)
{
	struct proof_state p = { .at = cursor_of(proof), .path = path };

	if (proof.len > TRIE_PROOF_MAX ||
	    cursor_be32(&p.at, &p.left) != ERR_OK || !proof_first(&p, data))
		return false;
	while (p.left) {
		if (!proof_next_block(&p, roots))
			return false;
	}
	return cursor_done(&p.at) == ERR_OK &&
	       memcmp(p.hash, root, TRIE_HASH_LEN) == 0;
}
