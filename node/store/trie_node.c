/* node/store/trie_node.c - Trie nodes and their records; contract in
 * trie_node.h. */
#include "config.h"

#include "node/store/trie_node.h"

#include <string.h>

#include "clarity/base/check.h"

uint32_t trie_node_slots(enum trie_kind kind)
{
	switch (kind) {
	case TRIE_EMPTY:
	case TRIE_LEAF:
		return 0;
	case TRIE_NODE4:
		return 4;
	case TRIE_NODE16:
		return 16;
	case TRIE_NODE48:
		return 48;
	case TRIE_NODE256:
		return 256;
	}
	return 0;
}

static struct trie_ptr *trie_node_new_slots(struct arena *a,
                                            enum trie_kind kind)
{
	return arena_zalloc(a, trie_node_slots(kind) * sizeof(struct trie_ptr));
}

struct trie_node *trie_node_new(struct arena *a, enum trie_kind kind,
                                const uint8_t *path, uint32_t path_len)
{
	CHECK(path_len <= TRIE_PATH_LEN);

	struct trie_node *n = arena_zalloc(a, sizeof(*n));

	if (!n)
		return NULL;
	n->kind = (uint8_t)kind;
	n->path_len = (uint8_t)path_len;
	if (path_len)
		memcpy(n->path, path, path_len);
	if (kind == TRIE_LEAF)
		return n;
	n->slots = trie_node_new_slots(a, kind);
	return n->slots ? n : NULL;
}

struct trie_ptr *trie_node_find(const struct trie_node *n, uint8_t chr)
{
	if (n->kind == TRIE_NODE256)
		return n->slots[chr].kind ? &n->slots[chr] : NULL;
	for (uint32_t i = 0; i < n->n; i++) {
		if (n->slots[i].chr == chr)
			return &n->slots[i];
	}
	return NULL;
}

/* Takes the next larger kind; the three smaller ones keep slot order. */
static enum err trie_node_promote(struct arena *a, struct trie_node *n)
{
	enum trie_kind kind = (enum trie_kind)(n->kind + 1);
	struct trie_ptr *slots = trie_node_new_slots(a, kind);

	if (!slots)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < n->n; i++)
		slots[kind == TRIE_NODE256 ? n->slots[i].chr : i] = n->slots[i];
	n->slots = slots;
	n->kind = (uint8_t)kind;
	return ERR_OK;
}

enum err trie_node_attach(struct arena *a, struct trie_node *n,
                          const struct trie_ptr *child)
{
	struct trie_ptr *old = trie_node_find(n, child->chr);

	if (old) {
		*old = *child;
		return ERR_OK;
	}
	if (n->n == trie_node_slots((enum trie_kind)n->kind))
		TRY(trie_node_promote(a, n));
	n->slots[n->kind == TRIE_NODE256 ? child->chr : n->n] = *child;
	n->n++;
	return ERR_OK;
}

void trie_node_cut_path(struct trie_node *n, uint32_t count)
{
	CHECK(count <= n->path_len);
	n->path_len = (uint8_t)(n->path_len - count);
	memmove(n->path, n->path + count, n->path_len);
}

static void trie_node_write_ptr(const struct trie_ptr *p, struct buf *out)
{
	buf_add_u8(out, p->is_back ? (uint8_t)(p->kind | TRIE_BACK) : p->kind);
	buf_add_u8(out, p->chr);
	if (p->is_back)
		buf_add_be32(out, p->block);
	buf_add_be32(out, p->index);
}

void trie_node_write(const struct trie_node *n, struct buf *out)
{
	buf_add_u8(out, TRIE_RECORD_VERSION);
	buf_add_u8(out, n->kind);
	buf_add_u8(out, n->path_len);
	buf_add(out, n->path, n->path_len);
	if (n->kind == TRIE_LEAF) {
		buf_add(out, n->data, TRIE_DATA_LEN);
	} else {
		uint32_t slots = trie_node_slots((enum trie_kind)n->kind);

		buf_add_be16(out, n->n);
		for (uint32_t i = 0; i < slots; i++) {
			if (n->slots[i].kind)
				trie_node_write_ptr(&n->slots[i], out);
		}
	}
	buf_add(out, n->hash, TRIE_HASH_LEN);
}

static enum err trie_node_read_ptr(struct cursor *c, struct trie_ptr *ret,
                                   uint32_t owner)
{
	uint8_t kind;

	TRY(cursor_u8(c, &kind));
	TRY(cursor_u8(c, &ret->chr));
	ret->kind = kind & (uint8_t)~TRIE_BACK;
	ret->is_back = true;
	ret->block = owner;
	if (kind & TRIE_BACK)
		TRY(cursor_be32(c, &ret->block));
	if (ret->kind < TRIE_LEAF || ret->kind > TRIE_NODE256)
		return ERR_SYNTAX;
	return cursor_be32(c, &ret->index);
}

/* Whether `chr` was not seen before. */
static bool trie_node_is_new(uint64_t seen[4], uint8_t chr)
{
	uint64_t bit = (uint64_t)1 << (chr & 63);

	if (seen[chr >> 6] & bit)
		return false;
	seen[chr >> 6] |= bit;
	return true;
}

static enum err trie_node_read_slots(struct trie_node *n, struct cursor *c,
                                     uint32_t owner)
{
	uint64_t seen[4] = { 0 };

	TRY(cursor_be16(c, &n->n));
	if (n->n > trie_node_slots((enum trie_kind)n->kind))
		return ERR_SYNTAX;
	for (uint32_t i = 0; i < n->n; i++) {
		struct trie_ptr p = { 0 };

		TRY(trie_node_read_ptr(c, &p, owner));
		if (!trie_node_is_new(seen, p.chr))
			return ERR_SYNTAX;
		n->slots[n->kind == TRIE_NODE256 ? p.chr : i] = p;
	}
	return ERR_OK;
}

static enum err trie_node_parse(struct arena *a, struct trie_node **ret,
                                struct span record, uint32_t owner)
{
	struct cursor c = cursor_of(record);
	const uint8_t *path;
	uint8_t version, kind, path_len;

	TRY(cursor_u8(&c, &version));
	TRY(cursor_u8(&c, &kind));
	TRY(cursor_u8(&c, &path_len));
	if (version != TRIE_RECORD_VERSION || kind < TRIE_LEAF ||
	    kind > TRIE_NODE256 || path_len > TRIE_PATH_LEN)
		return ERR_SYNTAX;
	TRY(cursor_read(&c, path_len, &path));

	struct trie_node *n =
	    trie_node_new(a, (enum trie_kind)kind, path, path_len);

	if (!n)
		return ERR_NO_MEMORY;
	if (kind == TRIE_LEAF)
		TRY(cursor_copy(&c, n->data, TRIE_DATA_LEN));
	else
		TRY(trie_node_read_slots(n, &c, owner));
	TRY(cursor_copy(&c, n->hash, TRIE_HASH_LEN));
	TRY(cursor_done(&c));
	*ret = n;
	return ERR_OK;
}

enum err trie_node_read(struct arena *a, struct trie_node **ret,
                        struct span record, uint32_t owner)
{
	enum err e = trie_node_parse(a, ret, record, owner);

	/* What we wrote ourselves cannot be wrong input: the disk is. */
	return err_class(e) == ERR_CLASS_VERDICT ? ERR_STORE_CORRUPT : e;
}
