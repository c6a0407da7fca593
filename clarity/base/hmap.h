/*
 * clarity/base/hmap.h - A hash map that iterates in the order of insertion.
 *
 * Anything that walks a map must walk it in the same order on every machine,
 * so the order never depends on hashes or addresses: entries stand in one
 * array as they came, and the hash table only holds their places.  The hash
 * is SipHash-1-3 under a key: a map whose keys a stranger may choose takes a
 * random one, and no stranger can pile up collisions.  The key changes speed,
 * never results.
 *
 * A map is keyed either by byte strings or by integers, fixed at its start.
 * Byte strings are borrowed: they must outlive their entry, and commonly lie
 * in the object that the entry points to.
 *
 * Layer:    clarity/base.
 * Memory:   from an arena (growth then leaves the old tables behind in it), or
 *           owned by the map and freed by hmap_fini.
 * Threads:  a map belongs to one thread, or to many that only read.
 */
#ifndef CLARITY_BASE_HMAP_H
#define CLARITY_BASE_HMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"

/** The hash's secret; random where keys come from outside. */
struct hmap_seed {
	uint64_t k[2];
};

struct hmap_entry {
	const uint8_t *bytes; /* the key, or NULL for an integer key */
	uint64_t num;         /* the integer key, or the bytes' length */
	void *value;          /* the caller's; may be NULL */
	uint32_t tag;         /* part of the hash: most misses end here */
	bool is_live;         /* false once deleted */
};

struct hmap {
	struct arena *arena; /* NULL: the map owns its memory */
	struct hmap_seed seed;
	struct hmap_entry *entries; /* in order of insertion */
	uint32_t *slots;            /* place of an entry plus 1; 0 is free */
	uint32_t n;                 /* live entries */
	uint32_t used;              /* entries, live and deleted */
	uint32_t cap;               /* entries that fit; slots are twice that */
	uint32_t max;               /* live entries allowed */
};

/** The largest maximum: places and slots stay 32 bits wide. */
#define HMAP_MAX ((uint32_t)1 << 29)

/**
 * Starts an empty map.
 *
 * @param m      the map
 * @param a      where its memory comes from; NULL: the map's own
 * @param max    how many entries it may hold, 1 to HMAP_MAX
 * @param seed   the hash's secret; NULL: a fixed one, for keys that no
 *               stranger chooses
 */
void hmap_init(struct hmap *m, struct arena *a, uint32_t max,
               const struct hmap_seed *seed);

/** Frees the map's own memory and empties it; values are the caller's. */
void hmap_fini(struct hmap *m);

/** Empties the map and keeps its memory. */
void hmap_reset(struct hmap *m);

/**
 * Sets the value of a key.  A new key goes to the end of the order; a known
 * one keeps its place and its first key bytes.
 *
 * @return ERR_OK;
 *         ERR_TOO_LARGE if a new key would pass the maximum;
 *         ERR_NO_MEMORY (a fault); both leave the map as it was.
 */
MUST_USE enum err hmap_put(struct hmap *m, struct span key, void *value);
MUST_USE enum err hmap_put_u64(struct hmap *m, uint64_t key, void *value);

/**
 * Finds the place of a key's value, so that a value may be NULL, or be changed
 * in place.
 *
 * @return NULL if the key is absent; valid until the next put or del.
 */
void **hmap_find(const struct hmap *m, struct span key);
void **hmap_find_u64(const struct hmap *m, uint64_t key);

/** @return the value, or NULL if the key is absent. */
void *hmap_get(const struct hmap *m, struct span key);
void *hmap_get_u64(const struct hmap *m, uint64_t key);

/** @return whether the key is there. */
bool hmap_has(const struct hmap *m, struct span key);
bool hmap_has_u64(const struct hmap *m, uint64_t key);

/** Removes a key; the others keep their order. @return whether it was there. */
bool hmap_del(struct hmap *m, struct span key);
bool hmap_del_u64(struct hmap *m, uint64_t key);

/**
 * Walks the entries in order of insertion: start with `*place` 0.  Deleting
 * while walking is allowed, putting a new key is not.
 *
 * @return the next entry, or NULL at the end
 */
const struct hmap_entry *hmap_next(const struct hmap *m, uint32_t *place);

/** @return SipHash-1-3 of `s` under `seed`; for other tables. */
uint64_t hmap_hash(const struct hmap_seed *seed, struct span s);

#endif /* CLARITY_BASE_HMAP_H */
