/*
 * node/store/marf_kv.h - The forest's backend in the database.
 *
 * Nodes are written once, at commit, and never changed.  What a commit adds
 * goes into the caller's batch: the block's state and everything else of that
 * block reach the disk together or not at all.  Numbers and the last of them
 * are kept in memory, so a batch that was not written is undone by
 * marf_kv_forget.
 *
 * Neighbours share an entry of the database: a block has as many nodes as it
 * has writes, twice over, and an entry for each would cost more than they do.
 *
 * Layer:    node/store.
 * Memory:   new/free; all block records, and nodes up to a maximum.
 * Threads:  one at a time.
 * Format:   integers big-endian.  Family of nodes: u32 block, u32 chunk -> u8
 *           version 1, u8 n, n times u16 (where a record ends, behind these),
 *           n node records (trie_node.h): those of numbers 16 chunk and on.
 *           Family of blocks: u32 block -> u8 version 1, 32 id, 32 root, u32
 *           height, u32 n_skips, n_skips times u32.  Keys of a single byte
 *           are the owner's (chaindb_keys.h) and skipped.
 */
#ifndef NODE_STORE_MARF_KV_H
#define NODE_STORE_MARF_KV_H

#include <stddef.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "node/io/kv.h"
#include "node/store/marf.h"

struct marf_kv;

struct marf_kv_options {
	uint32_t family_nodes; /* places of the two families in kv_options */
	uint32_t family_blocks;
	size_t cache_bytes; /* of nodes held in memory; 0: 8 MiB */
};

/**
 * Opens the forest that `kv` holds; an empty database is an empty forest.
 *
 * @param kv  borrowed for the forest's life
 * @return ERR_OK; ERR_STORE_CORRUPT; ERR_STORE_READ; ERR_NO_MEMORY.
 */
MUST_USE enum err marf_kv_open(struct marf_kv **ret, struct kv *kv,
                               const struct marf_kv_options *options);

/** Closes the forest, not the database; NULL is accepted. */
void marf_kv_close(struct marf_kv *m);

/** @return the table to hand to marf_begin; valid until marf_kv_close. */
const struct marf_backend *marf_kv_backend(struct marf_kv *m);

/**
 * Names the batch into which the next commits write.
 *
 * @param batch  borrowed until the next call; NULL: commits are a bug
 */
void marf_kv_use_batch(struct marf_kv *m, struct kv_batch *batch);

/** Forgets blocks from number `n` on, whose batch was not written. */
void marf_kv_forget(struct marf_kv *m, uint32_t n);

/**
 * Adds to the batch the deletion of all blocks from number `n` on, and forgets
 * them.  No kept block may descend from one of them.
 */
void marf_kv_cut(struct marf_kv *m, uint32_t n);

/** @return how many blocks there are; numbers run from 0. */
uint32_t marf_kv_count(const struct marf_kv *m);

#endif /* NODE_STORE_MARF_KV_H */
