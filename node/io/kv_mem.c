/* node/io/kv_mem.c - A database in memory; contract in kv_mem.h. */
#include "config.h"

#include "node/io/kv_mem.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"

/* Levels of the lists: a quarter of the nodes goes up each time, which is
 * enough for 4^16 of them. */
#define LEVELS 16u

struct pair {
	uint8_t *value; /* its own memory; NULL: empty */
	uint32_t value_len;
	uint32_t key_len;
	uint32_t levels;
	struct pair *next[]; /* then the key's bytes */
};

struct list {
	struct pair *first[LEVELS];
	uint64_t n;
	uint64_t bytes;
};

struct kv_mem {
	uint64_t chance; /* decides levels; changes speed, never results */
	uint64_t max_bytes;
	uint32_t n;
	struct list lists[];
};

/* A step of a batch, read back. */
struct step {
	enum kv_mem_op op;
	uint32_t family;
	struct span key, value;
};

struct kv_mem *kv_mem_new(uint32_t n_families, size_t max_bytes)
{
	struct kv_mem *m =
	    calloc(1, sizeof(*m) + n_families * sizeof(struct list));

	if (m) {
		m->n = n_families;
		m->chance = 1;
		m->max_bytes = max_bytes;
	}
	return m;
}

static struct span pair_key(const struct pair *p)
{
	return span_of(&p->next[p->levels], p->key_len);
}

static struct pair *pair_new(uint32_t levels, struct span key,
                             struct span value)
{
	struct pair *p =
	    calloc(1, sizeof(*p) + levels * sizeof(struct pair *) + key.len);

	if (!p)
		return NULL;
	p->levels = levels;
	p->key_len = (uint32_t)key.len;
	p->value_len = (uint32_t)value.len;
	memcpy(&p->next[levels], key.p, key.len);
	if (value.len) {
		p->value = malloc(value.len);
		if (!p->value) {
			free(p);
			return NULL;
		}
		memcpy(p->value, value.p, value.len);
	}
	return p;
}

static void pair_free(struct pair *p)
{
	free(p->value);
	free(p);
}

void kv_mem_free(struct kv_mem *m)
{
	if (!m)
		return;
	for (uint32_t i = 0; i < m->n; i++) {
		struct pair *p = m->lists[i].first[0];

		while (p) {
			struct pair *next = p->next[0];

			pair_free(p);
			p = next;
		}
	}
	free(m);
}

/* Finds, for each level, the link that leads to the first pair not below
 * `key` (or behind it). */
static void list_find(struct list *l, struct span key, bool is_behind,
                      struct pair **links[LEVELS])
{
	struct pair **row = l->first;

	for (uint32_t level = LEVELS; level-- > 0;) {
		while (row[level]) {
			int order = span_cmp(pair_key(row[level]), key);

			if (order > 0 || (order == 0 && !is_behind))
				break;
			row = row[level]->next;
		}
		links[level] = &row[level];
	}
}

static struct pair *list_seek(const struct list *l, struct span key,
                              bool is_behind)
{
	struct pair *const *row = l->first;

	for (uint32_t level = LEVELS; level-- > 0;) {
		while (row[level]) {
			int order = span_cmp(pair_key(row[level]), key);

			if (order > 0 || (order == 0 && !is_behind))
				break;
			row = row[level]->next;
		}
	}
	return row[0];
}

static void list_count(struct list *l, const struct pair *p, bool is_new)
{
	uint64_t bytes = (uint64_t)p->key_len + p->value_len;

	l->n = is_new ? l->n + 1 : l->n - 1;
	l->bytes = is_new ? l->bytes + bytes : l->bytes - bytes;
}

static void list_unlink(struct list *l, struct pair ***links)
{
	struct pair *p = *links[0];

	for (uint32_t i = 0; i < p->levels; i++)
		*links[i] = p->next[i];
	list_count(l, p, false);
	pair_free(p);
}

static void list_del(struct list *l, struct span key)
{
	struct pair **links[LEVELS];

	list_find(l, key, false, links);
	if (*links[0] && span_eq(pair_key(*links[0]), key))
		list_unlink(l, links);
}

static void list_put(struct list *l, struct pair *p)
{
	struct pair **links[LEVELS];
	struct span key = pair_key(p);

	list_del(l, key);
	list_find(l, key, false, links);
	for (uint32_t i = 0; i < p->levels; i++) {
		p->next[i] = *links[i];
		*links[i] = p;
	}
	list_count(l, p, true);
}

static void list_del_range(struct list *l, struct span from, struct span to)
{
	struct pair **links[LEVELS];

	list_find(l, from, false, links);
	while (*links[0] && span_cmp(pair_key(*links[0]), to) < 0)
		list_unlink(l, links);
}

enum err kv_mem_step(struct buf *batch, enum kv_mem_op op, uint32_t family,
                     struct span key, struct span value)
{
	CHECK(key.len <= UINT32_MAX && value.len <= UINT32_MAX);
	buf_add_u8(batch, (uint8_t)op);
	buf_add_be32(batch, family);
	buf_add_be32(batch, (uint32_t)key.len);
	buf_add_span(batch, key);
	buf_add_be32(batch, (uint32_t)value.len);
	buf_add_span(batch, value);
	return buf_err(batch);
}

/* Batches are our own: what cannot be read is a bug. */
static struct span step_span(struct cursor *c)
{
	struct span s;
	uint32_t len;

	CHECK(cursor_be32(c, &len) == ERR_OK);
	s.len = len;
	CHECK(cursor_read(c, len, &s.p) == ERR_OK);
	return s;
}

static bool step_next(struct cursor *c, struct step *ret)
{
	uint8_t op;

	if (cursor_u8(c, &op) != ERR_OK)
		return false;
	ret->op = (enum kv_mem_op)op;
	CHECK(cursor_be32(c, &ret->family) == ERR_OK);
	ret->key = step_span(c);
	ret->value = step_span(c);
	return true;
}

static uint32_t kv_mem_levels(struct kv_mem *m)
{
	uint32_t levels = 1;

	/* xorshift64: two bits a level. */
	m->chance ^= m->chance << 13;
	m->chance ^= m->chance >> 7;
	m->chance ^= m->chance << 17;
	for (uint64_t bits = m->chance; levels < LEVELS && (bits & 3) == 0;
	     bits >>= 2)
		levels++;
	return levels;
}

/* Makes the pairs of all puts, in order, linked at level 0. */
static enum err kv_mem_take(struct kv_mem *m, struct span batch,
                            struct pair **ret)
{
	struct cursor c = cursor_of(batch);
	struct pair **end = ret;
	struct step s;

	*ret = NULL;
	while (step_next(&c, &s)) {
		CHECK(s.family < m->n);
		if (s.op != KV_MEM_PUT)
			continue;
		*end = pair_new(kv_mem_levels(m), s.key, s.value);
		if (!*end)
			return ERR_NO_MEMORY;
		end = &(*end)->next[0];
	}
	return ERR_OK;
}

static void kv_mem_give_back(struct pair *all)
{
	while (all) {
		struct pair *next = all->next[0];

		pair_free(all);
		all = next;
	}
}

/* Whether all pairs and a batch, as if it replaced nothing, stay below the
 * maximum. */
static bool kv_mem_has_room(const struct kv_mem *m, size_t more)
{
	uint64_t held = more;

	for (uint32_t i = 0; i < m->n; i++)
		held += m->lists[i].bytes;
	return held <= m->max_bytes;
}

enum err kv_mem_write(struct kv_mem *m, struct span batch)
{
	struct cursor c = cursor_of(batch);
	struct pair *fresh;
	struct step s;

	if (!kv_mem_has_room(m, batch.len))
		return ERR_NO_MEMORY;
	if (kv_mem_take(m, batch, &fresh) != ERR_OK) {
		kv_mem_give_back(fresh);
		return ERR_NO_MEMORY;
	}
	while (step_next(&c, &s)) {
		struct list *l = &m->lists[s.family];
		struct pair *p = fresh;

		switch (s.op) {
		case KV_MEM_PUT:
			fresh = p->next[0];
			list_put(l, p);
			break;
		case KV_MEM_DEL:
			list_del(l, s.key);
			break;
		case KV_MEM_DEL_RANGE:
			list_del_range(l, s.key, s.value);
			break;
		}
	}
	return ERR_OK;
}

bool kv_mem_seek(const struct kv_mem *m, uint32_t family, struct span from,
                 bool is_behind, struct span *ret_key, struct span *ret_value)
{
	CHECK(family < m->n);

	const struct pair *p = list_seek(&m->lists[family], from, is_behind);

	if (!p)
		return false;
	*ret_key = pair_key(p);
	*ret_value = span_of(p->value, p->value_len);
	return true;
}

bool kv_mem_get(const struct kv_mem *m, uint32_t family, struct span key,
                struct span *ret)
{
	struct span found, value;

	if (!kv_mem_seek(m, family, key, false, &found, &value) ||
	    !span_eq(found, key))
		return false;
	*ret = value;
	return true;
}

uint64_t kv_mem_count(const struct kv_mem *m, uint32_t family)
{
	CHECK(family < m->n);
	return m->lists[family].n;
}

uint64_t kv_mem_bytes(const struct kv_mem *m, uint32_t family)
{
	CHECK(family < m->n);
	return m->lists[family].bytes;
}
