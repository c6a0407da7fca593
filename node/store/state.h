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
 * A key takes its bytes, its value's and some 100 bytes more, wherever it is
 * used; reading it costs one cache miss or two.  The maxima say how large the
 * state may grow: 10^7 keys of 40 bytes with values of 40 take 2 GB.
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

/** As state_put; also tells whether the key held something before. */
MUST_USE enum err state_set(struct state *s, struct span key, struct span value,
                            bool *ret_was_there);

/** @return whether a block is open. */
bool state_is_open(const struct state *s);

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
 * Tells what key `i` of a diff (below its count) holds in the state now.
 *
 * @param value  valid as state_get's
 * @return whether it holds something.
 */
bool state_diff_get(const struct state_diff *d, uint32_t i, struct span *key,
                    struct span *value);

/**
 * Tells what the keys of `n` diffs hold now, each key once.
 *
 * @param tell  gets a key and its value; no key without a value is told
 */
void state_tell(const struct state *s, struct state_diff *const *diffs,
                uint32_t n,
                void (*tell)(void *ctx, struct span key, struct span value),
                void *ctx);

/** Sets a key outside of blocks: how a stored state is loaded. @return as
 * state_put. */
MUST_USE enum err state_load(struct state *s, struct span key,
                             struct span value);

/**
 * Walks the keys that hold something, in the order in which they came: start
 * with `*place` 0, and write nothing meanwhile.
 *
 * @return false at the end.
 */
bool state_next(const struct state *s, uint32_t *place, struct span *key,
                struct span *value);

/** @return how many keys hold something. */
uint32_t state_count(const struct state *s);

#endif /* NODE_STORE_STATE_H */
