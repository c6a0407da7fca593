/*
 * clarity/vm/mem_store.h - A store in memory, for tests and simulations.
 *
 * It has no blocks of its own: whoever runs it says where the chain stands
 * and what is known about blocks.  Going back in time is not supported: every
 * block is unknown to `travel`.
 *
 * Layer:    clarity/vm; implements store.h.
 * Memory:   owns copies of all that is put, in an arena; mem_store_fini frees
 *           them.  Overwritten values stay until then.
 * Threads:  one at a time.
 */
#ifndef CLARITY_VM_MEM_STORE_H
#define CLARITY_VM_MEM_STORE_H

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/hmap.h"
#include "clarity/vm/store.h"

struct mem_store {
	struct store store; /* what a machine is given */
	struct arena arena;
	struct store_view view; /* may be changed between transactions */
	struct hmap entries;    /* form, text, NUL, tail: struct mem_entry */
	struct hmap contracts;  /* consensus bytes: struct store_contract */
	struct hmap blocks;     /* height: struct store_block */
	struct hmap tenures;    /* tenure height: uint32_t, a height */
	struct hmap burns;      /* Bitcoin height: struct store_burn */
};

/** Starts an empty store that may take `max_bytes`. */
void mem_store_init(struct mem_store *s, size_t max_bytes);

/** Frees everything. */
void mem_store_fini(struct mem_store *s);

/**
 * Walks the entries in the order of their first writes: start with `*place` 0.
 *
 * @param key    its parts lie in the store
 * @param bytes  what was written last
 * @return false at the end
 */
bool mem_store_next(const struct mem_store *s, uint32_t *place,
                    struct store_key *key, struct span *bytes);

/** Says what is known of a block. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err mem_store_set_block(struct mem_store *s, uint32_t height,
                                      const struct store_block *block);

/** Says at which height a tenure begins. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err mem_store_set_tenure(struct mem_store *s, uint32_t tenure,
                                       uint32_t height);

/** Says what is known of a Bitcoin block. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err mem_store_set_burn(struct mem_store *s, uint32_t burn_height,
                                     const struct store_burn *burn);

#endif /* CLARITY_VM_MEM_STORE_H */
