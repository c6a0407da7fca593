/*
 * node/io/kv_mem.h - The database's twin in memory.
 *
 * Tests and simulated networks run the node's own code on a store without a
 * disk: ordered keys in families, written in whole batches.  Only kv.c calls
 * this; everybody else opens a database with kv_open or kv_open_mem and does
 * not see the difference.
 *
 * Each family is a skip list.  A batch first takes all the memory that it
 * needs and then cannot fail, so it is whole here, too.
 *
 * Layer:    node/io.
 * Memory:   new/free; owns copies of keys and values.
 * Threads:  one at a time.
 * Format:   of a batch: u8 what (kv_mem_op), u32 family, u32 length and key,
 *           u32 length and value, or the end of a range.
 */
#ifndef NODE_IO_KV_MEM_H
#define NODE_IO_KV_MEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"

struct kv_mem;

enum kv_mem_op {
	KV_MEM_PUT,
	KV_MEM_DEL,
	KV_MEM_DEL_RANGE /* up to, not including, the second key */
};

/** Makes an empty database that may hold so many bytes of keys and values.
 * @return NULL without memory. */
struct kv_mem *kv_mem_new(uint32_t n_families, size_t max_bytes);

/** Frees it with all it holds; NULL is accepted. */
void kv_mem_free(struct kv_mem *m);

/** Adds a step to a batch; errors as buf_add. */
enum err kv_mem_step(struct buf *batch, enum kv_mem_op op, uint32_t family,
                     struct span key, struct span value);

/** Applies a batch of steps. @return ERR_OK; ERR_NO_MEMORY, also past the
 * maximum: nothing is changed. */
MUST_USE enum err kv_mem_write(struct kv_mem *m, struct span batch);

/** Reads a key. @param ret  valid until the next write */
bool kv_mem_get(const struct kv_mem *m, uint32_t family, struct span key,
                struct span *ret);

/**
 * Finds the first pair from `from` on, or behind it.
 *
 * @param is_behind  `from` itself does not count
 * @return whether there is one; both are valid until the next write.
 */
bool kv_mem_seek(const struct kv_mem *m, uint32_t family, struct span from,
                 bool is_behind, struct span *ret_key, struct span *ret_value);

/** @return how many keys a family has. */
uint64_t kv_mem_count(const struct kv_mem *m, uint32_t family);

/** @return bytes of a family's keys and values. */
uint64_t kv_mem_bytes(const struct kv_mem *m, uint32_t family);

#endif /* NODE_IO_KV_MEM_H */
