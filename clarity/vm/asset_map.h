/*
 * clarity/vm/asset_map.h - Who parted with what during a transaction.
 *
 * Post-conditions and allowances are promises about the sender's side of every
 * movement, so each is booked under who had the asset before.  Nested calls
 * have a map of their own that is added to the parent's when they commit; sums
 * that do not fit are an error there, not before.
 *
 * A map is a run at the end of one array: beginning a nested map is a mark,
 * dropping it a truncation.
 *
 * Layer:    clarity/vm.
 * Memory:   in the arena of the transaction; borrows principals and names.
 * Threads:  belongs to one machine.
 * Spec:     SIP-005, "Transaction Post-Conditions".
 */
#ifndef CLARITY_VM_ASSET_MAP_H
#define CLARITY_VM_ASSET_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/num.h"
#include "clarity/base/span.h"
#include "clarity/value/principal.h"
#include "clarity/value/value.h"

enum asset_kind {
	ASSET_STX,      /* moved */
	ASSET_STX_BURN, /* burnt */
	ASSET_FT,       /* moved or burnt */
	ASSET_NFT,      /* moved or burnt: `ids` */
	ASSET_STACKING, /* locked */
	ASSET_POX       /* tried to change its position */
};

/** One id of a non-fungible token; newest first. */
struct asset_id {
	struct value id;
	struct asset_id *next;
};

struct asset_entry {
	enum asset_kind kind;
	const struct principal *owner;    /* who had it */
	const struct principal *contract; /* of a token, else NULL */
	struct span name;                 /* of a token */
	u128 amount;                      /* not of NFT and POX */
	struct asset_id *ids;             /* of NFT */
	struct asset_id *last_id;         /* oldest of `ids` */
};

struct asset_map {
	struct arena *arena;
	struct asset_entry *items;
	uint32_t n;
	uint32_t cap;
	uint32_t start; /* where the innermost map begins */
};

/** Starts an empty map. */
void asset_map_init(struct asset_map *m, struct arena *a);

/**
 * Books a movement in the innermost map.
 *
 * @param e  the movement; of NFT, `ids` is its id, which the map keeps
 * @return ERR_OK; ERR_OVERFLOW when the sum does not fit; ERR_NO_MEMORY.
 */
MUST_USE enum err asset_map_add(struct asset_map *m,
                                const struct asset_entry *e);

/** As asset_map_add, but the amount takes the place of an earlier one. */
MUST_USE enum err asset_map_replace(struct asset_map *m,
                                    const struct asset_entry *e);

/** @return whether the innermost map has an entry of the same asset. */
bool asset_map_has(const struct asset_map *m, const struct asset_entry *e);

/** Begins a nested map. @return what asset_map_drop and _commit want. */
uint32_t asset_map_begin(struct asset_map *m);

/** Drops the innermost map and goes back to the one of `outer`. */
void asset_map_drop(struct asset_map *m, uint32_t outer);

/**
 * Adds the innermost map to its parent.
 *
 * @param sums_stacking  from epoch 4.0; before, a second stacking of one
 *                       owner is refused
 * @return ERR_OK; ERR_OVERFLOW; ERR_TOO_LARGE for a refused second stacking;
 *         ERR_NO_MEMORY.  On failure the parent is as before.
 */
MUST_USE enum err asset_map_commit(struct asset_map *m, uint32_t outer,
                                   bool sums_stacking);

#endif /* CLARITY_VM_ASSET_MAP_H */
