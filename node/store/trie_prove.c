/* node/store/trie_prove.c - Making proofs; contract in trie_prove.h. */
#include "config.h"

#include "node/store/trie_prove.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "node/store/trie_hash.h"
#include "node/store/trie_proof.h"

/* A path has at most one node for each byte, and the root. */
#define LEVELS_MAX (TRIE_PATH_LEN + 1u)

/* The way down through one block's own nodes. */
struct prove_segment {
	uint32_t block;
	const struct trie_node *nodes[LEVELS_MAX];
	uint8_t chrs[LEVELS_MAX]; /* by which each node is left */
	uint32_t n;
	uint32_t next; /* the block behind the last pointer */
};

struct prover {
	struct arena *a;
	const struct marf_backend *backend;
	const uint8_t *path;
	uint32_t steps;
};

static enum err prove_block(const struct prover *p, uint32_t number,
                            struct marf_block *ret)
{
	return p->backend->block(p->backend->source.ctx, number, ret);
}

static enum err prove_node(const struct prover *p, uint32_t block,
                           uint32_t index, struct trie_node **ret)
{
	const struct trie_source *source = &p->backend->source;
	struct span record;

	TRY(source->node(source->ctx, p->a, block, index, &record));
	return trie_node_read(p->a, ret, record, block);
}

/* Walks from the root of `s->block` to the leaf or the first back-pointer. */
static enum err prove_walk(const struct prover *p, struct prove_segment *s,
                           bool *ret_found)
{
	struct trie_node *n;
	uint32_t at = 0;

	*ret_found = false;
	s->n = 0;
	s->next = s->block;
	TRY(prove_node(p, s->block, TRIE_ROOT, &n));
	for (;;) {
		if (at + n->path_len > TRIE_PATH_LEN)
			return ERR_STORE_CORRUPT;
		if (memcmp(n->path, p->path + at, n->path_len) != 0)
			return ERR_OK;
		at += n->path_len;
		s->nodes[s->n] = n;
		s->chrs[s->n] = p->path[n->kind == TRIE_LEAF ? at - 1 : at];
		s->n++;
		if (n->kind == TRIE_LEAF)
			break;
		if (at >= TRIE_PATH_LEN)
			return ERR_STORE_CORRUPT;

		const struct trie_ptr *slot = trie_node_find(n, p->path[at++]);

		if (!slot)
			return ERR_OK;
		s->next = slot->block;
		/* Records name the owner of inline children, too. */
		if (slot->block != s->block)
			break;
		TRY(prove_node(p, s->block, slot->index, &n));
	}
	*ret_found = true;
	return ERR_OK;
}

/* Writes a pointer and, unless it is the one on the path, its child's hash
 * behind `hashes`. */
static enum err prove_slot(const struct prover *p, uint32_t block,
                           const struct trie_ptr *slot, uint8_t *ret_ptr,
                           uint8_t *ret_hash)
{
	const struct trie_source *source = &p->backend->source;
	struct span record;

	memset(ret_ptr, 0, 34);
	ret_ptr[0] = slot->kind;
	ret_ptr[1] = slot->chr;
	if (slot->kind == TRIE_EMPTY) {
		memcpy(ret_hash, trie_hash_empty, TRIE_HASH_LEN);
		return ERR_OK;
	}
	if (slot->block != block) {
		ret_ptr[0] |= TRIE_BACK;
		TRY(source->block_id(source->ctx, slot->block, ret_ptr + 2));
		memcpy(ret_hash, ret_ptr + 2, TRIE_HASH_LEN);
		return ERR_OK;
	}
	/* A record ends with its node's hash. */
	TRY(source->node(source->ctx, p->a, block, slot->index, &record));
	if (record.len < TRIE_HASH_LEN)
		return ERR_STORE_CORRUPT;
	memcpy(ret_hash, record.p + record.len - TRIE_HASH_LEN, TRIE_HASH_LEN);
	return ERR_OK;
}

static enum err prove_inner(struct prover *p, uint32_t block,
                            const struct trie_node *n, uint8_t chr,
                            struct buf *out)
{
	uint32_t slots = trie_node_slots((enum trie_kind)n->kind);
	uint8_t hashes[255 * TRIE_HASH_LEN];
	uint32_t n_hashes = 0;

	buf_add_u8(out, (uint8_t)(n->kind - TRIE_NODE4));
	buf_add_u8(out, chr);
	buf_add_u8(out, n->kind);
	buf_add_be32(out, n->path_len);
	buf_add(out, n->path, n->path_len);
	buf_add_be32(out, slots);
	for (uint32_t i = 0; i < slots; i++) {
		const struct trie_ptr *slot = &n->slots[i];
		uint8_t ptr[34], hash[TRIE_HASH_LEN];

		TRY(prove_slot(p, block, slot, ptr, hash));
		buf_add(out, ptr, sizeof(ptr));
		if (slot->kind != TRIE_EMPTY && slot->chr == chr)
			continue;
		CHECK(n_hashes < slots - 1);
		memcpy(hashes + n_hashes++ * TRIE_HASH_LEN, hash,
		       TRIE_HASH_LEN);
	}
	buf_add(out, hashes, n_hashes * (size_t)TRIE_HASH_LEN);
	p->steps++;
	return buf_err(out);
}

static enum err prove_segment(struct prover *p, const struct prove_segment *s,
                              struct buf *out)
{
	for (uint32_t i = s->n; i > 0; i--) {
		const struct trie_node *n = s->nodes[i - 1];

		if (n->kind != TRIE_LEAF) {
			TRY(prove_inner(p, s->block, n, s->chrs[i - 1], out));
			continue;
		}
		buf_add_u8(out, TRIE_STEP_LEAF);
		buf_add_u8(out, s->chrs[i - 1]);
		buf_add_be32(out, n->path_len);
		buf_add(out, n->path, n->path_len);
		buf_add(out, n->data, TRIE_DATA_LEN);
		p->steps++;
	}
	return buf_err(out);
}

/* Lists the ancestor roots of a block without number `skip`, `own` first. */
static enum err prove_shunt(struct prover *p, const struct marf_block *b,
                            uint32_t skip, const uint8_t *own, uint64_t index,
                            struct buf *out)
{
	uint32_t n = b->n_skips - (skip < b->n_skips) + (own != NULL);

	buf_add_u8(out, TRIE_STEP_SHUNT);
	buf_add_be64(out, index);
	buf_add_be32(out, n);
	if (own)
		buf_add(out, own, TRIE_HASH_LEN);
	for (uint32_t i = 0; i < b->n_skips; i++) {
		struct marf_block above;

		if (i == skip)
			continue;
		TRY(prove_block(p, b->skips[i], &above));
		buf_add(out, above.root, TRIE_HASH_LEN);
	}
	p->steps++;
	return buf_err(out);
}

/* The longest leap from `height` that does not pass `target` below it. */
static uint32_t prove_leap(const struct marf_block *b, uint32_t target)
{
	uint32_t i = 0;

	while (i + 1 < b->n_skips && b->height - (1u << (i + 1)) >= target)
		i++;
	return i;
}

/* Shunts from the root of ancestor `below` up to that of `block`; leaps are
 * found from above, so they are remembered and written in reverse. */
static enum err prove_shunts(struct prover *p, uint32_t block, uint32_t below,
                             struct buf *out)
{
	uint32_t way[MARF_SKIPS];
	struct marf_block b, target;
	uint32_t n = 0;

	TRY(prove_block(p, below, &target));
	for (uint32_t at = block; at != below; n++) {
		TRY(prove_block(p, at, &b));
		if (n == MARF_SKIPS || b.height <= target.height)
			return ERR_STORE_CORRUPT;
		way[n] = at;
		at = b.skips[prove_leap(&b, target.height)];
	}
	while (n > 0) {
		struct trie_node *root;
		uint32_t leap;

		n--;
		TRY(prove_block(p, way[n], &b));
		TRY(prove_node(p, way[n], TRIE_ROOT, &root));
		leap = prove_leap(&b, target.height);
		/* The first of the way is the junction with the next segment,
		 * which computes that root node's hash itself. */
		TRY(prove_shunt(p, &b, leap, n ? root->hash : NULL,
		                (uint64_t)leap + (n ? 2 : 1), out));
	}
	return ERR_OK;
}

/* Collects the blocks that the path leads through, newest first. */
static enum err prove_blocks(struct prover *p, uint32_t block,
                             struct prove_segment **ret, uint32_t *ret_n,
                             bool *ret_found)
{
	struct prove_segment *all =
	    arena_new_array(p->a, struct prove_segment, LEVELS_MAX);

	if (!all)
		return ERR_NO_MEMORY;
	for (uint32_t n = 0; n < LEVELS_MAX; n++) {
		all[n].block = block;
		TRY(prove_walk(p, &all[n], ret_found));
		if (!*ret_found)
			return ERR_OK;
		if (all[n].next == block) {
			*ret = all;
			*ret_n = n + 1;
			return ERR_OK;
		}
		block = all[n].next;
	}
	/* Every block on the way is left by a longer part of the path. */
	return ERR_STORE_CORRUPT;
}

static enum err prove_write(struct prover *p, const struct prove_segment *all,
                            uint32_t n, struct buf *out)
{
	struct marf_block oldest;

	TRY(prove_segment(p, &all[n - 1], out));
	TRY(prove_block(p, all[n - 1].block, &oldest));
	TRY(prove_shunt(p, &oldest, MARF_SKIPS, NULL, 0, out));
	for (uint32_t i = n - 1; i > 0; i--) {
		TRY(prove_segment(p, &all[i - 1], out));
		TRY(prove_shunts(p, all[i - 1].block, all[i].block, out));
	}
	return buf_err(out);
}

enum err trie_prove(struct arena *a, const struct marf_backend *backend,
                    uint32_t block, const uint8_t path[TRIE_PATH_LEN],
                    struct buf *out, bool *ret_found)
{
	struct prover p = { .a = a, .backend = backend, .path = path };
	struct prove_segment *all = NULL;
	size_t start = out->len;
	uint32_t n = 0;

	TRY(prove_blocks(&p, block, &all, &n, ret_found));
	if (!*ret_found)
		return ERR_OK;
	TRY(buf_add_be32(out, 0));
	TRY(prove_write(&p, all, n, out));
	/* The count stands in front and is known only now. */
	be32_write(out->p + start, p.steps);
	return ERR_OK;
}
