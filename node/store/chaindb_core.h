/*
 * node/store/chaindb_core.h - What the files of the chain's store share.
 *
 * Layer:    node/store; for chaindb*.c and chainlog.c only.
 * Memory:   see chaindb.h.
 * Threads:  one at a time.
 */
#ifndef NODE_STORE_CHAINDB_CORE_H
#define NODE_STORE_CHAINDB_CORE_H

#include <stdbool.h>
#include <stdint.h>

#include "node/io/kv.h"
#include "node/store/chaindb.h"
#include "node/store/chaindb_keys.h"
#include "node/store/chainlog.h"
#include "node/store/changes.h"
#include "node/store/marf_kv.h"
#include "node/store/state.h"
#include "node/store/witness.h"

/** A block above the settled one that the state has taken in. */
struct chaindb_held {
	uint32_t number;
	struct state_diff *diff; /* takes it back */
};

/** What each batch may move. */
struct chaindb_now {
	uint32_t tip;
	uint32_t settled;
	uint64_t n_log; /* entries of the log */
};

/** A block's record, and what of it only the store needs. */
struct chaindb_head {
	struct chaindb_block block;
	uint32_t n_changes;
};

struct chaindb {
	struct chaindb_options options;
	struct kv *kv;
	struct kv_batch *batch;
	struct marf_kv *forest;
	struct state *state;
	struct vmstore vm;
	struct vmstore_past past;
	struct witness witness; /* unused in memory */
	uint64_t stamp;         /* number of the last batch */
	struct chaindb_now now;
	struct buf held;    /* of struct chaindb_held, upwards */
	struct buf scratch; /* a record that is being written */
	struct arena arena; /* of the open block: its trie */
	struct arena work;  /* of one call */
	struct marf marf;   /* of the open block */
	uint32_t n_receipts;
	bool is_open;
	bool is_sealed;
	bool is_broken; /* a write failed: opening again is the way out */
};

/** @return the blocks that the state has taken in, `*ret_n` of them. */
struct chaindb_held *chaindb_held(const struct chaindb *db, uint32_t *ret_n);

/** @return a forest's block; `number` is one of ours (a CHECK). */
struct marf_block chaindb_marf_block(const struct chaindb *db, uint32_t number);

/** @return the parent's number, or CHAINDB_NONE. */
uint32_t chaindb_parent(const struct chaindb *db, uint32_t number);

/** @return whether `above` is on the branch that ends in `number`, or is it;
 * CHAINDB_NONE is on every branch. */
bool chaindb_is_above(const struct chaindb *db, uint32_t above,
                      uint32_t number);

/** Reads a block's whole record; as chaindb_get. */
MUST_USE enum err chaindb_read_head(struct chaindb *db, struct arena *a,
                                    uint32_t number, struct chaindb_head *ret);

/** Reads what stands behind the version of a record.
 * @return ERR_OK; ERR_STORE_CORRUPT; ERR_STORE_READ; ERR_NO_MEMORY. */
MUST_USE enum err chaindb_read(struct chaindb *db, struct arena *a,
                               enum chaindb_family family, struct span key,
                               struct span *ret, bool *found);

/** Adds a record to the batch; `value` goes behind the version. */
MUST_USE enum err chaindb_put(struct chaindb *db, enum chaindb_family family,
                              struct span key, struct span value);

/** Adds log entries for moving the tip from `db->now` to `number`. */
MUST_USE enum err chaindb_log_move(struct chaindb *db, uint32_t number);

/** Stamps the batch, writes it and, when synced, its witness; empties it.
 * @return ERR_OK; ERR_STORE_WRITE, ERR_NO_MEMORY and faults of the witness:
 *         `db->now` must go back. */
MUST_USE enum err chaindb_write(struct chaindb *db, bool is_synced);

#endif /* NODE_STORE_CHAINDB_CORE_H */
