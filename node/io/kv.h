/*
 * node/io/kv.h - The database: ordered keys in families, written in batches.
 *
 * This is the only file that knows RocksDB.  What it adds to it is caution.
 * Logs that end in a torn record are cut there and nowhere else: the
 * library's own default silently drops whole acknowledged batches behind a
 * damaged byte.  Everything is checksummed on reading.  Errors that happen in
 * the background, where no caller sees them, are asked for with kv_check.
 *
 * Families reach the disk together: what is lost of one in a damaged list of
 * files is lost of all, and whoever stamps each family can see it.
 *
 * All failures are faults.  A database that cannot be opened is left as it is.
 *
 * A database in memory (kv_mem.h) hides behind the same functions; only a
 * maximum can make it fail.
 *
 * Layer:    node/io; the glue to RocksDB.
 * Memory:   new/free; what is read is copied into the caller's arena.
 * Threads:  kv_get and iterators from any thread; batches belong to one.
 */
#ifndef NODE_IO_KV_H
#define NODE_IO_KV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"

/** The most families that a database may have. */
#define KV_FAMILIES_MAX 32u

/** Bytes that an explanation may need, its NUL included. */
#define KV_WHY_MAX 256u

struct kv;
struct kv_batch;
struct kv_iter;

struct kv_options {
	const char *path;            /* folder of the database */
	const char *const *families; /* names; `default` is not among them */
	uint32_t n_families;         /* at most KV_FAMILIES_MAX */
	bool may_create;             /* make it, and missing families, if new */
	size_t cache_bytes;          /* of blocks read; 0: 8 MiB */
	size_t write_bytes;          /* gathered before they are sorted into
	                              * files; 0: 64 MiB */
};

/** What a family takes. */
struct kv_size {
	uint64_t keys;  /* about */
	uint64_t bytes; /* of its files; in memory, of keys and values */
};

/**
 * Opens a database; families are then named by their place in the options.
 *
 * @param ret_why  at least KV_WHY_MAX bytes; says in words what was wrong
 * @return ERR_OK; ERR_STORE_OPEN: it is not there, is in use, or is damaged.
 *         Some damage makes the library abort the process; what it means is
 *         then written to standard error.
 */
MUST_USE enum err kv_open(struct kv **ret, const struct kv_options *options,
                          char *ret_why);

/**
 * Makes a database in memory.
 *
 * @param max_bytes  of keys and values; a write past it fails with
 *                   ERR_NO_MEMORY and changes nothing
 * @return ERR_OK; ERR_NO_MEMORY.
 */
MUST_USE enum err kv_open_mem(struct kv **ret, uint32_t n_families,
                              size_t max_bytes);

/** Closes the database; NULL is accepted.  No iterator may be left open. */
void kv_close(struct kv *kv);

/**
 * Reads a key.
 *
 * @param a          where the value is copied
 * @param ret_found  whether the key is there; if not, `ret` is untouched
 * @return ERR_OK; ERR_STORE_READ; ERR_NO_MEMORY.
 */
MUST_USE enum err kv_get(struct kv *kv, struct arena *a, uint32_t family,
                         struct span key, struct span *ret, bool *ret_found);

/** Makes an empty batch. @return NULL without memory. */
struct kv_batch *kv_batch_new(void);

/** Frees a batch; NULL is accepted. */
void kv_batch_free(struct kv_batch *b);

/** Empties a batch for reuse. */
void kv_batch_clear(struct kv_batch *b);

/** Adds a write, or a deletion; both copy what they are given. */
void kv_batch_put(struct kv_batch *b, const struct kv *kv, uint32_t family,
                  struct span key, struct span value);
void kv_batch_del(struct kv_batch *b, const struct kv *kv, uint32_t family,
                  struct span key);

/** Adds the deletion of all keys from `from` up to, not including, `to`. */
void kv_batch_del_range(struct kv_batch *b, const struct kv *kv,
                        uint32_t family, struct span from, struct span to);

/**
 * Writes a batch, all of it or nothing.
 *
 * @param is_synced  return only when it is on the disk
 * @return ERR_OK; ERR_STORE_WRITE: nothing was written, or the disk no longer
 *         says: stop, and open again; ERR_NO_MEMORY: nothing was written.
 */
MUST_USE enum err kv_write(struct kv *kv, struct kv_batch *b, bool is_synced);

/** @return ERR_STORE_WRITE once work in the background has failed. */
MUST_USE enum err kv_check(struct kv *kv);

/**
 * Sorts what was gathered into files, so that the next opening has no log to
 * go through.
 *
 * @return ERR_OK; ERR_STORE_WRITE: nothing is lost.
 */
enum err kv_flush(struct kv *kv);

/** Merges all files of a family and drops what was overwritten. */
void kv_compact(struct kv *kv, uint32_t family);

/** @return what a family takes. */
struct kv_size kv_size(struct kv *kv, uint32_t family);

/**
 * Opens an iterator at the first key that is not below `from`.
 *
 * @return NULL without memory.  It sees the database as it is now; in memory
 *         it may also see what is written later.
 */
struct kv_iter *kv_iter_open(struct kv *kv, uint32_t family, struct span from);

/** Closes an iterator; NULL is accepted. */
void kv_iter_close(struct kv_iter *it);

/**
 * Reads the next pair; both spans are valid until the next call.
 *
 * @param ret_found  false behind the last pair
 * @return ERR_OK; ERR_STORE_READ.
 */
MUST_USE enum err kv_iter_next(struct kv_iter *it, struct span *ret_key,
                               struct span *ret_value, bool *ret_found);

#endif /* NODE_IO_KV_H */
