/* node/store/marf_mem.c - Tries in memory; contract in marf_mem.h. */
#include "config.h"

#include "node/store/marf_mem.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/buf.h"
#include "clarity/base/check.h"

/* A committed block: its records one behind the other, and where each begins.
 */
struct marf_mem_entry {
	struct marf_block block;
	struct arena_mark before; /* the arena's fill without this block */
	const uint8_t *records;
	const uint32_t *starts; /* n + 1 offsets into records */
	uint32_t n;
};

struct marf_mem {
	struct marf_backend backend;
	struct arena arena;
	struct buf entries; /* of struct marf_mem_entry */
	struct buf scratch; /* records of the block being committed */
	struct buf starts;  /* u32 offsets, native order */
};

static struct marf_mem_entry *marf_mem_entry(const struct marf_mem *mem,
                                             uint32_t number)
{
	if (number >= marf_mem_count(mem))
		return NULL;

	struct marf_mem_entry *all = (void *)mem->entries.p;

	return &all[number];
}

static enum err marf_mem_node(void *ctx, struct arena *a, uint32_t block,
                              uint32_t index, struct span *ret)
{
	const struct marf_mem_entry *e = marf_mem_entry(ctx, block);

	(void)a;
	if (!e || index >= e->n)
		return ERR_STORE_CORRUPT;
	*ret = span_of(e->records + e->starts[index],
	               e->starts[index + 1] - e->starts[index]);
	return ERR_OK;
}

static enum err marf_mem_block_id(void *ctx, uint32_t block, uint8_t *ret)
{
	const struct marf_mem_entry *e = marf_mem_entry(ctx, block);

	if (!e)
		return ERR_STORE_CORRUPT;
	memcpy(ret, e->block.id, TRIE_HASH_LEN);
	return ERR_OK;
}

static enum err marf_mem_block(void *ctx, uint32_t number,
                               struct marf_block *ret)
{
	const struct marf_mem_entry *e = marf_mem_entry(ctx, number);

	if (!e)
		return ERR_STORE_CORRUPT;
	*ret = e->block;
	return ERR_OK;
}

static enum err marf_mem_spell(struct marf_mem *mem, const struct trie *trie)
{
	buf_reset(&mem->scratch);
	buf_reset(&mem->starts);
	for (uint32_t i = 0; i < trie->n; i++) {
		uint32_t at = (uint32_t)mem->scratch.len;

		buf_add(&mem->starts, &at, sizeof(at));
		trie_node_write(trie->nodes[i], &mem->scratch);
	}

	uint32_t end = (uint32_t)mem->scratch.len;

	buf_add(&mem->starts, &end, sizeof(end));
	if (buf_err(&mem->scratch) || buf_err(&mem->starts))
		return ERR_NO_MEMORY;
	return ERR_OK;
}

static enum err marf_mem_commit(void *ctx, const struct marf_block *block,
                                const struct trie *trie, uint32_t *ret)
{
	struct marf_mem *mem = ctx;
	struct marf_mem_entry e = { .block = *block,
		                    .before = arena_mark(&mem->arena),
		                    .n = trie->n };

	TRY(marf_mem_spell(mem, trie));
	e.records = arena_copy(&mem->arena, mem->scratch.p, mem->scratch.len);
	e.starts = arena_copy(&mem->arena, mem->starts.p, mem->starts.len);
	if (!e.records || !e.starts ||
	    buf_add(&mem->entries, &e, sizeof(e)) != ERR_OK) {
		arena_cut(&mem->arena, e.before);
		return ERR_NO_MEMORY;
	}
	*ret = marf_mem_count(mem) - 1;
	return ERR_OK;
}

struct marf_mem *marf_mem_new(size_t max_bytes)
{
	struct marf_mem *mem = calloc(1, sizeof(*mem));

	if (!mem)
		return NULL;
	arena_init(&mem->arena, max_bytes);
	buf_init(&mem->entries, max_bytes);
	/* Offsets are 32 bits. */
	buf_init(&mem->scratch, UINT32_MAX);
	buf_init(&mem->starts, UINT32_MAX);
	mem->backend = (struct marf_backend){
		.source = { .ctx = mem,
		            .node = marf_mem_node,
		            .block_id = marf_mem_block_id },
		.block = marf_mem_block,
		.commit = marf_mem_commit,
	};
	return mem;
}

void marf_mem_free(struct marf_mem *mem)
{
	if (!mem)
		return;
	arena_fini(&mem->arena);
	buf_fini(&mem->entries);
	buf_fini(&mem->scratch);
	buf_fini(&mem->starts);
	free(mem);
}

const struct marf_backend *marf_mem_backend(struct marf_mem *mem)
{
	return &mem->backend;
}

void marf_mem_cut(struct marf_mem *mem, uint32_t n)
{
	if (n >= marf_mem_count(mem))
		return;
	arena_cut(&mem->arena, marf_mem_entry(mem, n)->before);
	mem->entries.len = n * sizeof(struct marf_mem_entry);
}

uint32_t marf_mem_count(const struct marf_mem *mem)
{
	return (uint32_t)(mem->entries.len / sizeof(struct marf_mem_entry));
}
