/*
 * node/store/changes.h - What each block changed in the state, on disk.
 *
 * The flat state on disk is that of the newest settled block: writing every
 * key of every block there, at random places, would be the dearest part of a
 * commit.  A block instead leaves a list of what it wrote, in one place.
 * Opening the store reads the lists of the blocks above the settled one; so
 * does moving to another branch.
 *
 * The list is cut into buckets by the hash of the key, so that one value of
 * one block is found in one read: this is how an earlier block's state is
 * read.
 *
 * Layer:    node/store.
 * Memory:   scratch in the given arena.
 * Threads:  as the database.
 * Format:   u32 number, u32 bucket -> u8 version 1, then each key: u32
 *           length, key, u32 length, value.  A block with n changes has one
 *           bucket for each 32 of them, at least one; a key lies in the
 *           bucket that SipHash-1-3 under a key of zeros gives, modulo their
 *           number.
 */
#ifndef NODE_STORE_CHANGES_H
#define NODE_STORE_CHANGES_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "node/io/kv.h"
#include "node/store/state.h"

/** The most keys that one block may change. */
#define CHANGES_MAX ((uint32_t)1 << 26)

/** Which changes. */
struct changes {
	struct kv *kv;
	uint32_t family;
	uint32_t number; /* the block's */
	uint32_t n;      /* how many keys it changed */
};

/**
 * Adds a block's changes to a batch: what the keys of `d` hold now.
 *
 * @param a  scratch
 * @return ERR_OK; ERR_NO_MEMORY, also past CHANGES_MAX.
 */
MUST_USE enum err changes_write(const struct changes *c,
                                const struct state_diff *d, struct arena *a,
                                struct kv_batch *batch);

/**
 * Puts a block's changes into the state's open block.
 *
 * @param a  scratch
 * @return ERR_OK; ERR_STORE_CORRUPT; ERR_STORE_READ; ERR_NO_MEMORY.
 */
MUST_USE enum err changes_apply(const struct changes *c, struct arena *a,
                                struct state *s);

/**
 * Finds what a block left under a key.
 *
 * @param ret  in `a`
 * @param ret_found  whether the block changed the key at all
 * @return as changes_apply
 */
MUST_USE enum err changes_find(const struct changes *c, struct arena *a,
                               struct span key, struct span *ret,
                               bool *ret_found);

#endif /* NODE_STORE_CHANGES_H */
