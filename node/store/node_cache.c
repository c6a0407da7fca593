/* node/store/node_cache.c - Trie nodes at hand; contract in node_cache.h. */
#include "config.h"

#include "node/store/node_cache.h"

#include <string.h>

/* A record of less would cost more in tables than it holds. */
#define RECORD_MIN 64u

struct cached {
	uint32_t len;
	uint8_t bytes[];
};

static uint64_t node_cache_key(uint32_t block, uint32_t index)
{
	return (uint64_t)block << 32 | index;
}

void node_cache_init(struct node_cache *c, size_t max_bytes)
{
	size_t most;

	*c = (struct node_cache){ .half = max_bytes / 2 };
	most = c->half / RECORD_MIN + 1;
	for (uint32_t i = 0; i < 2; i++) {
		arena_init(&c->arenas[i], c->half);
		hmap_init(&c->maps[i], NULL,
		          most < HMAP_MAX ? (uint32_t)most : HMAP_MAX, NULL);
	}
}

void node_cache_fini(struct node_cache *c)
{
	for (uint32_t i = 0; i < 2; i++) {
		arena_fini(&c->arenas[i]);
		hmap_fini(&c->maps[i]);
	}
}

void node_cache_reset(struct node_cache *c)
{
	for (uint32_t i = 0; i < 2; i++) {
		hmap_reset(&c->maps[i]);
		arena_reset(&c->arenas[i]);
	}
}

static bool node_cache_add(struct node_cache *c, uint64_t key,
                           struct span record)
{
	struct cached *n = arena_alloc(&c->arenas[c->young],
	                               sizeof(struct cached) + record.len);

	if (!n)
		return false;
	n->len = (uint32_t)record.len;
	memcpy(n->bytes, record.p, record.len);
	return hmap_put_u64(&c->maps[c->young], key, n) == ERR_OK;
}

void node_cache_put(struct node_cache *c, uint32_t block, uint32_t index,
                    struct span record)
{
	uint64_t key = node_cache_key(block, index);

	if (node_cache_add(c, key, record))
		return;
	c->young = 1 - c->young;
	hmap_reset(&c->maps[c->young]);
	arena_reset(&c->arenas[c->young]);
	(void)node_cache_add(c, key, record);
}

bool node_cache_get(struct node_cache *c, uint32_t block, uint32_t index,
                    struct span *ret)
{
	uint64_t key = node_cache_key(block, index);
	const struct cached *n = hmap_get_u64(&c->maps[c->young], key);

	if (!n) {
		n = hmap_get_u64(&c->maps[1 - c->young], key);
		if (!n)
			return false;
		/* When the young ones are full the old one is given as it is:
		 * the next put makes room. */
		(void)node_cache_add(c, key, span_of(n->bytes, n->len));
	}
	*ret = span_of(n->bytes, n->len);
	return true;
}
