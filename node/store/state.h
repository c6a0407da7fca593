/*
 * node/store/state.h - The flat state: what each key holds at the tip.
 *
 * Execution never walks the trie: a read is one look into a hash map that
 * always shows the tip.  While a block is being built, every write remembers
 * what it replaced.  That memory is the block's *diff*: swapping it with the
 * map takes the block back, swapping it again brings it on again.  So changing
 * forks costs as much as the blocks that part them, dropping a failed block
 * costs its own writes, and a reader pays nothing for either.
 *
 * Layer:    node/store.
 * Memory:   new/free; keys stay for the map's life, values as long as the map
 *           or a diff shows them.
 * Threads:  one at a time.
 */
#ifndef NODE_STORE_STATE_H
#define NODE_STORE_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/hmap.h"
#include "clarity/base/span.h"
#include "node/io/kv.h"

struct state;
struct state_diff;

/** The most keys that a state may hold: 2^29 less one. */
#define STATE_KEYS_MAX (((uint32_t)1 << 29) - 1)

/**
 * Makes an empty state.
 *
 * @param max_keys  1 to STATE_KEYS_MAX
 * @param max_bytes of keys and values together
 * @param seed      the hash's secret: random on a chain that strangers write
 *                  to, or they could choose keys that collide; NULL in tests
 * @return the state, or NULL without memory.
 */
struct state *state_new(uint32_t max_keys, size_t max_bytes,
                        const struct hmap_seed *seed);

/** Frees the state; its diffs must have been freed.  NULL is accepted. */
void state_free(struct state *s);

/**
 * Reads a key.
 *
 * @param ret  valid until the key is written, or its block taken back
 * @return whether the key holds something.
 */
bool state_get(const struct state *s, struct span key, struct span *ret);

/** Starts recording a block; none may be open. */
void state_begin(struct state *s);

/**
 * Writes a key in the open block; both spans are copied.
 *
 * @return ERR_OK; ERR_NO_MEMORY, also past a maximum: the write was not done,
 *         and the block should be dropped.
 */
MUST_USE enum err state_put(struct state *s, struct span key,
                            struct span value);

/** Takes the open block's writes back and closes it. */
void state_drop(struct state *s);

/**
 * Closes the open block and keeps its writes.
 *
 * @param ret  the block's diff, the caller's to free
 * @return ERR_OK; ERR_NO_MEMORY: the block stays open.
 */
MUST_USE enum err state_end(struct state *s, struct state_diff **ret);

/**
 * Takes a block back, or brings it on again.  Blocks must be swapped in the
 * order in which they lie on each other; none may be open.
 */
void state_swap(struct state *s, struct state_diff *d);

/** Frees a diff and the values that only it shows; NULL is accepted. */
void state_diff_free(struct state *s, struct state_diff *d);

/** @return how many keys a diff writes. */
uint32_t state_diff_count(const struct state_diff *d);

/**
 * Adds what the diff's keys hold now to a batch: what brings the database from
 * the state before the last swap (or end) to the present one.
 */
void state_diff_write(const struct state_diff *d, const struct kv *kv,
                      struct kv_batch *batch, uint32_t family);

/**
 * Loads a state that was written by state_diff_write.
 *
 * @return ERR_OK; ERR_STORE_READ; ERR_NO_MEMORY.
 */
MUST_USE enum err state_load(struct state *s, struct kv *kv, uint32_t family);

/** @return how many keys hold something. */
uint32_t state_count(const struct state *s);

#endif /* NODE_STORE_STATE_H */
