/*
 * node/store/chaindb.h - Everything that a node keeps of its chain.
 *
 * One place for headers, blocks, receipts, tries and the state, and one rule:
 * what belongs to a block reaches the disk in one synced batch, or not at all.
 * Behind chaindb_commit the block is there after any crash; before it, nothing
 * of it is.
 *
 * Blocks form a tree.  The *tip* is the end of the branch that the chain
 * holds for the canonical one; the *state* shows one block of the tree, at
 * which the next one is built, commonly the tip.  Moving the state from a
 * block to another costs as much as the blocks that part them.  Blocks are
 * *settled* once no fork can part below them: their keys move to the flat
 * state on disk, and branches that part below die.
 *
 * The state is in memory: every key, its value and some 100 bytes around
 * them.  Its maximum is an option; what does not fit is a fault, not a wrong
 * answer.  On disk it lies as of the newest settled block, and each block
 * above adds what it changed; opening reads both.
 *
 * Opening refuses, with a sentence that says what to do: another schema,
 * another chain, damage, and a store that lost blocks which were acknowledged
 * (witness.h).  After a failure to write, the store answers ERR_STORE_WRITE
 * to everything that would write, until it is opened again: what was
 * acknowledged is still there.
 *
 * A chain in memory (path NULL) is the same code on a database in memory.
 *
 * Layer:    node/store.
 * Memory:   new/free (open/close); bounded by the options.
 * Threads:  one at a time; chainlog_* readers included.
 * Format:   families and their keys are listed in chaindb_keys.h.
 */
#ifndef NODE_STORE_CHAINDB_H
#define NODE_STORE_CHAINDB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/env.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "node/store/marf.h"
#include "node/store/receipt.h"
#include "node/store/vmstore.h"

/** Bytes that an explanation may need, its NUL included. */
#define CHAINDB_WHY_MAX 1024u

/** Blocks above the settled one that are held at most; a commit past it
 * settles the lowest of the tip's branch, asked or not. */
#define CHAINDB_DEPTH_MAX 4096u

/** No block: the parent of the first one. */
#define CHAINDB_NONE TRIE_NO_BLOCK

struct chaindb;

struct chaindb_options {
	const struct env *env; /* borrowed; NULL only without a path */
	const char *path;      /* folder; NULL: in memory */
	uint32_t chain_id;     /* must be what the store was made with */
	bool any_chain;     /* open it whatever its chain id; never make it */
	bool may_create;    /* make it if the folder is absent or empty */
	bool drops_history; /* values of settled blocks are forgotten: at-block,
	                     * which needs them, is gone since epoch 3.4 */
	uint32_t max_keys;  /* of the state; 0: STATE_KEYS_MAX */
	size_t max_bytes;   /* of the state's keys and values; 0: 16 GiB */
	size_t cache_bytes; /* for trie nodes and the database; 0: 256 MiB */
	size_t write_bytes; /* gathered by the database before it is sorted
	                     * into files; 0: 128 MiB */
	struct chain_facts facts; /* copied; what the machine asks of blocks */
};

/** A committed block. */
struct chaindb_block {
	uint32_t number; /* local; in the order of commits, from 0 */
	uint32_t parent; /* its number, or CHAINDB_NONE */
	uint32_t height;
	uint32_t n_receipts;
	uint8_t id[TRIE_HASH_LEN];
	uint8_t root[TRIE_HASH_LEN]; /* state root */
	struct span header;          /* consensus bytes */
	struct span facts;           /* the chain's own bytes about it */
};

/** What a commit adds to what was built. */
struct chaindb_commit {
	const uint8_t *id;  /* TRIE_HASH_LEN bytes; not in the store yet */
	struct span header; /* consensus bytes */
	struct span bytes;  /* of the whole block */
	struct span facts;  /* the chain's own bytes, kept as they are */
	bool is_tip;        /* it becomes the tip; the log tells of it */
};

/**
 * Opens a store, or makes it.
 *
 * @param ret_why  CHAINDB_WHY_MAX bytes; on failure what is wrong and what
 *                 to do about it
 * @return ERR_OK; ERR_STORE_OPEN: absent, in use, or refused by the database;
 *         ERR_STORE_SCHEMA: written by another version of this program;
 *         ERR_STORE_CHAIN: of another chain; ERR_STORE_BEHIND: acknowledged
 *         blocks are missing; ERR_STORE_CORRUPT; ERR_STORE_READ; ERR_IO and
 *         its kin; ERR_NO_MEMORY: the options' maxima are too small.
 */
MUST_USE enum err chaindb_open(struct chaindb **ret,
                               const struct chaindb_options *options,
                               char *ret_why);

/** Closes a store; an open block is dropped.  NULL is accepted. */
void chaindb_close(struct chaindb *db);

/* --- what is there --- */

/** One of the store's families. */
struct chaindb_part {
	const char *name;
	uint64_t keys;  /* about */
	uint64_t bytes; /* of its files; in memory, of keys and values */
};

/** Parts of a store at most. */
#define CHAINDB_PARTS_MAX 16u

/** Numbers for operators. */
struct chaindb_stats {
	uint32_t schema;
	uint32_t chain_id;
	uint32_t n_keys; /* of the state */
	uint64_t n_log;  /* entries of the log */
	uint32_t n_parts;
	struct chaindb_part parts[CHAINDB_PARTS_MAX];
};

/** Counts and weighs. */
void chaindb_stats(struct chaindb *db, struct chaindb_stats *ret);

/** @return how many blocks were ever committed: the next block's number. */
uint32_t chaindb_count(const struct chaindb *db);

/** @return the tip's number, or CHAINDB_NONE in an empty store. */
uint32_t chaindb_tip(const struct chaindb *db);

/** @return the number of the block that the state shows, or CHAINDB_NONE. */
uint32_t chaindb_at(const struct chaindb *db);

/** @return the newest settled block's number, or CHAINDB_NONE. */
uint32_t chaindb_settled(const struct chaindb *db);

/**
 * Reads a block's record.
 *
 * @param a  where header and facts go
 * @return ERR_OK; ERR_STORE_NO_BLOCK; ERR_STORE_CORRUPT; ERR_STORE_READ;
 *         ERR_NO_MEMORY.
 */
MUST_USE enum err chaindb_get(struct chaindb *db, struct arena *a,
                              uint32_t number, struct chaindb_block *ret);

/** Finds a block's number by its id, on any branch. @return as chaindb_get. */
MUST_USE enum err chaindb_find(struct chaindb *db,
                               const uint8_t id[TRIE_HASH_LEN], uint32_t *ret);

/** Finds the block of a height on the branch that ends in block `from` (the
 * tip, commonly). @return as chaindb_get. */
MUST_USE enum err chaindb_ancestor(struct chaindb *db, uint32_t from,
                                   uint32_t height, uint32_t *ret);

/** Reads the bytes of a whole block. @return as chaindb_get. */
MUST_USE enum err chaindb_bytes(struct chaindb *db, struct arena *a,
                                uint32_t number, struct span *ret);

/** Reads a receipt; `index` counts as they were added. @return as
 * chaindb_get; ERR_STORE_NO_BLOCK also behind the last one. */
MUST_USE enum err chaindb_receipt(struct chaindb *db, struct arena *a,
                                  uint32_t number, uint32_t index,
                                  struct receipt *ret);

/** Finds where a transaction is on the branch of the tip. @return as
 * chaindb_get. */
MUST_USE enum err chaindb_find_tx(struct chaindb *db,
                                  const uint8_t txid[RECEIPT_ID_LEN],
                                  uint32_t *ret_number, uint32_t *ret_index);

/**
 * Reads what the chain put under a key of its own.
 *
 * @return ERR_OK; ERR_STORE_READ; ERR_NO_MEMORY.
 */
MUST_USE enum err chaindb_own(struct chaindb *db, struct arena *a,
                              struct span key, struct span *ret, bool *found);

/** @return the forest, for proofs (trie_prove.h) and reads of old blocks. */
const struct marf_backend *chaindb_forest(struct chaindb *db);

/** @return the machine's store, at the block that the state shows or, while
 * one is being built, in it; valid until chaindb_close. */
struct vmstore *chaindb_vmstore(struct chaindb *db);

/* --- building a block --- */

/**
 * Moves the state to a block, over forks if need be.  None may be open.  A
 * machine must forget its contracts (vm_forget) when blocks are left.
 *
 * @return ERR_OK; ERR_STORE_NO_BLOCK; ERR_STORE_SETTLED: it parts below what
 *         is settled; faults, upon which the store must be opened again.
 */
MUST_USE enum err chaindb_move(struct chaindb *db, uint32_t number);

/**
 * Opens a block on `parent` (CHAINDB_NONE in an empty store), moving the state
 * there first.  Writes through chaindb_vmstore go into it.
 *
 * @param open_id  the id or placeholder under which its trie is opened
 * @return as chaindb_move
 */
MUST_USE enum err chaindb_begin(struct chaindb *db, uint32_t parent,
                                const uint8_t open_id[TRIE_HASH_LEN]);

/**
 * Adds the next receipt to the open block; what it points to is copied.
 *
 * @return ERR_OK; ERR_NO_MEMORY; ERR_TOO_LARGE past RECEIPT_MAX: drop the
 *         block.
 */
MUST_USE enum err chaindb_add_receipt(struct chaindb *db,
                                      const struct receipt *r);

/** Puts bytes under a key of the chain's own when the block is committed.  A
 * key that must differ between forks holds a block's id.  Drop the block on
 * failure. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err chaindb_put_own(struct chaindb *db, struct span key,
                                  struct span value);

/** Computes the open block's state root. @return ERR_OK; a fault: drop it. */
MUST_USE enum err chaindb_seal(struct chaindb *db,
                               uint8_t ret_root[TRIE_HASH_LEN]);

/** Forgets the open block; the state shows its parent again. */
void chaindb_drop(struct chaindb *db);

/**
 * Writes the sealed block: one synced batch.  If it becomes the tip and does
 * not build on the old one, the log tells what is reverted, then all blocks
 * of the new branch.
 *
 * @param ret_number  the block's number; the state shows it now
 * @return ERR_OK: it is on the disk; ERR_STORE_WRITE and other faults: it was
 *         dropped, or the disk no longer says: open the store again.
 */
MUST_USE enum err chaindb_commit(struct chaindb *db,
                                 const struct chaindb_commit *c,
                                 uint32_t *ret_number);

/**
 * Makes a committed block the tip, synced; the log tells of it.  The state
 * does not move.
 *
 * @return ERR_OK; ERR_STORE_NO_BLOCK; ERR_STORE_SETTLED; faults.
 */
MUST_USE enum err chaindb_set_tip(struct chaindb *db, uint32_t number);

/**
 * Settles a block of the tip's branch and all below it, moving the state to
 * the tip.  Branches that part below die: their tries are deleted; headers,
 * bytes and receipts stay for readers of the log.  Not synced: a crash may
 * undo it as a whole.
 *
 * @return ERR_OK; ERR_STORE_NO_BLOCK: it is not on the tip's branch; faults.
 */
MUST_USE enum err chaindb_settle(struct chaindb *db, uint32_t number);

/** Asks whether the database failed behind our back; call it now and then.
 * @return ERR_OK; ERR_STORE_WRITE. */
MUST_USE enum err chaindb_check(struct chaindb *db);

#endif /* NODE_STORE_CHAINDB_H */
