/* node/store/trie.c - One block's trie; contract in trie.h. */
#include "config.h"

#include "node/store/trie.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/crypto/hash.h"
#include "node/store/trie_hash.h"

#ifdef HARD_TESTS
#define NODES_MIN 1u
#else
#define NODES_MIN 256u
#endif

/* Where an insert stands: a node, and the slot that led to it. */
struct trie_place {
	struct trie_node *node;
	struct trie_ptr *link; /* NULL at the root */
	uint32_t at;           /* bytes of the path that are behind us */
	uint32_t same;         /* bytes of the node's path that match */
};

static enum err trie_add(struct trie *t, struct trie_node *n, uint32_t *ret)
{
	if (!n)
		return ERR_NO_MEMORY;
	if (t->n == t->cap) {
		uint32_t cap = t->cap ? t->cap * 2 : NODES_MIN;
		struct trie_node **nodes =
		    arena_new_array(t->arena, struct trie_node *, cap);

		if (!nodes)
			return ERR_NO_MEMORY;
		if (t->n)
			memcpy(nodes, t->nodes, t->n * sizeof(*nodes));
		t->nodes = nodes;
		t->cap = cap;
	}
	t->nodes[t->n] = n;
	*ret = t->n++;
	return ERR_OK;
}

static enum err trie_load(struct arena *a, const struct trie_source *source,
                          uint32_t block, uint32_t index,
                          struct trie_node **ret)
{
	struct span record;

	TRY(source->node(source->ctx, a, block, index, &record));
	return trie_node_read(a, ret, record, block);
}

enum err trie_begin(struct trie *t, struct arena *a,
                    const struct trie_source *source, uint32_t parent)
{
	struct trie_node *root;
	uint32_t index;

	*t = (struct trie){ .arena = a, .source = source };
	if (parent == TRIE_NO_BLOCK)
		root = trie_node_new(a, TRIE_NODE256, NULL, 0);
	else
		TRY(trie_load(a, source, parent, TRIE_ROOT, &root));
	return trie_add(t, root, &index);
}

static uint32_t trie_match(const struct trie_node *n, const uint8_t *path,
                           uint32_t left)
{
	uint32_t i = 0;

	while (i < n->path_len && i < left && n->path[i] == path[i])
		i++;
	return i;
}

/* Takes the step over `slot`, copying the child here when it is an ancestor's.
 */
static enum err trie_step(struct trie *t, struct trie_ptr *slot,
                          struct trie_node **ret)
{
	if (slot->is_back) {
		uint32_t index;

		TRY(trie_load(t->arena, t->source, slot->block, slot->index,
		              ret));
		TRY(trie_add(t, *ret, &index));
		slot->is_back = false;
		slot->block = 0;
		slot->index = index;
	}
	*ret = t->nodes[slot->index];
	return ERR_OK;
}

/* Makes a leaf for what is left of the path from `at` on, and its pointer. */
static enum err trie_new_leaf(struct trie *t, const uint8_t *path, uint32_t at,
                              const uint8_t *data, struct trie_ptr *ret)
{
	struct trie_node *leaf = trie_node_new(
	    t->arena, TRIE_LEAF, path + at + 1, TRIE_PATH_LEN - at - 1);

	*ret = (struct trie_ptr){ .kind = TRIE_LEAF, .chr = path[at] };
	TRY(trie_add(t, leaf, &ret->index));
	memcpy(leaf->data, data, TRIE_DATA_LEN);
	return ERR_OK;
}

/* Walks, copying, to the node where the path ends, leaves, or finds no child.
 * With `known` data, an ancestor's leaf is replaced by a new one. */
static enum err trie_walk(struct trie *t, const uint8_t *path,
                          const uint8_t *known, struct trie_place *p)
{
	*p = (struct trie_place){ .node = t->nodes[TRIE_ROOT] };
	for (;;) {
		p->same =
		    trie_match(p->node, path + p->at, TRIE_PATH_LEN - p->at);
		if (p->same < p->node->path_len || p->node->kind == TRIE_LEAF)
			return ERR_OK;
		if (p->at + p->same >= TRIE_PATH_LEN)
			return ERR_STORE_CORRUPT;

		struct trie_ptr *slot =
		    trie_node_find(p->node, path[p->at + p->same]);

		if (!slot)
			return ERR_OK;
		p->at += p->same;
		if (known && slot->kind == TRIE_LEAF && slot->is_back)
			TRY(trie_new_leaf(t, path, p->at, known, slot));
		TRY(trie_step(t, slot, &p->node));
		p->link = slot;
		p->at++;
	}
}

/* Puts a node4 with the shared path in the place of a node that parts from the
 * new path.  Beside a leaf the old child comes first, beside an inner node the
 * new one: consensus, not taste. */
static enum err trie_split(struct trie *t, struct trie_place *p,
                           const uint8_t *path, const uint8_t *data)
{
	struct trie_node *fork =
	    trie_node_new(t->arena, TRIE_NODE4, p->node->path, p->same);
	struct trie_ptr fresh;
	struct trie_ptr old = { .kind = p->node->kind,
		                .chr = p->node->path[p->same] };
	bool is_leaf = p->node->kind == TRIE_LEAF;

	if (!fork)
		return ERR_NO_MEMORY;
	/* Root paths are empty, so what splits always hangs on a slot. */
	CHECK(p->link);
	TRY(trie_new_leaf(t, path, p->at + p->same, data, &fresh));
	TRY(trie_add(t, p->node, &old.index));
	trie_node_cut_path(p->node, p->same + 1);
	TRY(trie_node_attach(t->arena, fork, is_leaf ? &old : &fresh));
	TRY(trie_node_attach(t->arena, fork, is_leaf ? &fresh : &old));
	t->nodes[p->link->index] = fork;
	p->link->kind = TRIE_NODE4;
	return ERR_OK;
}

static enum err trie_attach(struct trie *t, struct trie_place *p,
                            const uint8_t *path, const uint8_t *data)
{
	struct trie_ptr fresh;

	TRY(trie_new_leaf(t, path, p->at + p->same, data, &fresh));
	TRY(trie_node_attach(t->arena, p->node, &fresh));
	if (p->link)
		p->link->kind = p->node->kind;
	return ERR_OK;
}

static enum err trie_set(struct trie *t, const uint8_t *path,
                         const uint8_t *data, bool is_known)
{
	struct trie_place p;

	TRY(trie_walk(t, path, is_known ? data : NULL, &p));
	if (p.same < p.node->path_len)
		return trie_split(t, &p, path, data);
	if (p.node->kind != TRIE_LEAF)
		return trie_attach(t, &p, path, data);
	if (p.at + p.same != TRIE_PATH_LEN)
		return ERR_STORE_CORRUPT;
	memcpy(p.node->data, data, TRIE_DATA_LEN);
	return ERR_OK;
}

enum err trie_insert(struct trie *t, const uint8_t path[TRIE_PATH_LEN],
                     const uint8_t data[TRIE_DATA_LEN])
{
	return trie_set(t, path, data, false);
}

enum err trie_update(struct trie *t, const uint8_t path[TRIE_PATH_LEN],
                     const uint8_t data[TRIE_DATA_LEN])
{
	return trie_set(t, path, data, true);
}

/* A search through sealed tries: where it stands and what it looks for. */
struct trie_search {
	struct arena *arena;
	const struct trie_source *source;
	const struct trie_node *node;
	const uint8_t *path;
	uint32_t at;    /* bytes of the path that are behind us */
	uint32_t block; /* whose node it is */
};

/* Goes down through sealed tries; inline slots were made back-pointers when
 * their records were read. */
static enum err trie_descend(struct trie_search *s, uint8_t *ret,
                             bool *ret_found)
{
	*ret_found = false;
	for (;;) {
		const struct trie_node *n = s->node;
		uint32_t same =
		    trie_match(n, s->path + s->at, TRIE_PATH_LEN - s->at);

		if (same < n->path_len)
			return ERR_OK;
		s->at += same;
		if (n->kind == TRIE_LEAF)
			break;
		if (s->at >= TRIE_PATH_LEN)
			return ERR_STORE_CORRUPT;

		const struct trie_ptr *slot = trie_node_find(n, s->path[s->at]);
		struct trie_node *next;

		if (!slot)
			return ERR_OK;
		TRY(trie_load(s->arena, s->source, slot->block, slot->index,
		              &next));
		s->block = slot->block;
		s->node = next;
		s->at++;
	}
	memcpy(ret, s->node->data, TRIE_DATA_LEN);
	*ret_found = true;
	return ERR_OK;
}

enum err trie_get(const struct trie *t, const uint8_t path[TRIE_PATH_LEN],
                  uint8_t *ret, bool *ret_found)
{
	struct trie_search s = { .arena = t->arena,
		                 .source = t->source,
		                 .node = t->nodes[TRIE_ROOT],
		                 .path = path };

	/* First through our own nodes, then on through the ancestors'. */
	while (s.node->kind != TRIE_LEAF) {
		const struct trie_node *n = s.node;
		uint32_t same =
		    trie_match(n, path + s.at, TRIE_PATH_LEN - s.at);
		const struct trie_ptr *slot =
		    same < n->path_len || s.at + same >= TRIE_PATH_LEN
			? NULL
			: trie_node_find(n, path[s.at + same]);

		if (!slot || slot->is_back)
			break;
		s.node = t->nodes[slot->index];
		s.at += same + 1;
	}
	return trie_descend(&s, ret, ret_found);
}

enum err trie_find_sealed(struct arena *a, const struct trie_source *source,
                          uint32_t block, const uint8_t path[TRIE_PATH_LEN],
                          struct trie_leaf *ret, bool *ret_found)
{
	struct trie_search s = {
		.arena = a, .source = source, .path = path, .block = block
	};
	struct trie_node *root;

	TRY(trie_load(a, source, block, TRIE_ROOT, &root));
	s.node = root;
	TRY(trie_descend(&s, ret->data, ret_found));
	ret->owner = s.block;
	return ERR_OK;
}

enum err trie_get_sealed(struct arena *a, const struct trie_source *source,
                         uint32_t block, const uint8_t path[TRIE_PATH_LEN],
                         uint8_t *ret, bool *ret_found)
{
	struct trie_leaf leaf;

	TRY(trie_find_sealed(a, source, block, path, &leaf, ret_found));
	if (*ret_found)
		memcpy(ret, leaf.data, TRIE_DATA_LEN);
	return ERR_OK;
}

/* Hashes a subtree bottom-up.  Each level eats at least one byte of a path, so
 * the recursion is at most TRIE_PATH_LEN + 1 deep. */
static enum err trie_seal_node(struct trie *t, struct trie_node *n,
                               uint8_t *scratch)
{
	if (n->kind == TRIE_LEAF) {
		trie_hash_leaf(n);
		return ERR_OK;
	}

	uint32_t slots = trie_node_slots((enum trie_kind)n->kind);

	for (uint32_t i = 0; i < slots; i++) {
		const struct trie_ptr *p = &n->slots[i];

		if (p->kind && !p->is_back)
			TRY(trie_seal_node(t, t->nodes[p->index], scratch));
	}
	return trie_hash_inner(n, t->nodes, t->source, scratch);
}

enum err trie_seal(struct trie *t, uint8_t ret[TRIE_HASH_LEN])
{
	uint8_t scratch[TRIE_HASH_SCRATCH];
	struct trie_node *root = t->nodes[TRIE_ROOT];

	TRY(trie_seal_node(t, root, scratch));
	memcpy(ret, root->hash, TRIE_HASH_LEN);
	return ERR_OK;
}

/* Makes the children that lie in `block` itself inline again, loads them, and
 * does the same to them.  As deep as paths are long. */
static enum err trie_load_all(struct trie *t, struct trie_node *n,
                              uint32_t block, uint32_t depth)
{
	uint32_t slots = trie_node_slots((enum trie_kind)n->kind);

	if (depth > TRIE_PATH_LEN)
		return ERR_STORE_CORRUPT;
	for (uint32_t i = 0; i < slots; i++) {
		struct trie_ptr *p = &n->slots[i];
		struct trie_node *child;

		if (!p->kind || p->block != block)
			continue;
		TRY(trie_load(t->arena, t->source, block, p->index, &child));
		if (child->kind != p->kind)
			return ERR_STORE_CORRUPT;
		TRY(trie_add(t, child, &p->index));
		p->is_back = false;
		p->block = 0;
		TRY(trie_load_all(t, child, block, depth + 1));
	}
	return ERR_OK;
}

enum err trie_verify(struct arena *a, const struct trie_source *source,
                     uint32_t block, uint8_t ret[TRIE_HASH_LEN])
{
	struct trie t;
	uint8_t(*stored)[TRIE_HASH_LEN];

	TRY(trie_begin(&t, a, source, block));
	TRY(trie_load_all(&t, t.nodes[TRIE_ROOT], block, 0));
	stored = arena_array(a, t.n, TRIE_HASH_LEN);
	if (!stored)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < t.n; i++)
		memcpy(stored[i], t.nodes[i]->hash, TRIE_HASH_LEN);
	TRY(trie_seal(&t, ret));
	for (uint32_t i = 0; i < t.n; i++) {
		if (memcmp(stored[i], t.nodes[i]->hash, TRIE_HASH_LEN) != 0)
			return ERR_STORE_CORRUPT;
	}
	return ERR_OK;
}

void trie_root_hash(uint8_t ret[TRIE_HASH_LEN],
                    const uint8_t node[TRIE_HASH_LEN],
                    const uint8_t (*ancestors)[TRIE_HASH_LEN], uint32_t n)
{
	struct hash_sha512 h;

	if (n == 0) {
		memmove(ret, node, TRIE_HASH_LEN);
		return;
	}
	hash_sha512_256_init(&h);
	hash_sha512_add(&h, node, TRIE_HASH_LEN);
	hash_sha512_add(&h, ancestors, n * (size_t)TRIE_HASH_LEN);
	hash_sha512_256_done(&h, ret);
}
