/*
 * node/store/chainlog.h - The log of all that happened to the chain, in order.
 *
 * Whoever follows the chain (the API's index, event observers, sinks) reads
 * this log and nothing else.  It grows with every block that becomes part of
 * the tip's branch: first the block, then each of its receipts.  When the tip
 * moves to another branch, the log first says which blocks are reverted,
 * newest first, then tells the new branch's blocks.  Nothing in it is ever
 * changed, so a reader that remembers one number, its cursor, can stop and
 * resume at any time and has at each moment seen one consistent history.
 *
 * Cursors grow and are not dense: the upper 40 bits count blocks told, the
 * lower 24 the place within one.  A reader stores the `next` of the last page
 * that it has dealt with, and starts with 0.
 *
 * The log is written with the block, in its batch: what a reader has seen is
 * on the disk.
 *
 * Layer:    node/store.
 * Memory:   a page lies in the given arena.
 * Threads:  as chaindb.
 * Format:   family "log": u64 entry -> u8 version 1, u8 what (0 block, 1
 *           revert), u32 block number.  Receipts are kept once, with their
 *           block.
 */
#ifndef NODE_STORE_CHAINLOG_H
#define NODE_STORE_CHAINLOG_H

#include <stdint.h>

#include "node/store/chaindb.h"

/** Items of a page at most. */
#define CHAINLOG_PAGE_MAX 10000u

enum chainlog_what {
	CHAINLOG_BLOCK,   /* the block was put on the branch; receipts follow */
	CHAINLOG_RECEIPT, /* the next receipt of the block before */
	CHAINLOG_REVERT   /* the block, then the tip, left the branch */
};

struct chainlog_item {
	uint64_t cursor; /* of this item */
	enum chainlog_what what;
	uint32_t number;            /* of the block, in each kind */
	uint32_t index;             /* of the receipt in its block */
	struct chaindb_block block; /* BLOCK, REVERT */
	struct receipt receipt;     /* RECEIPT */
};

struct chainlog_page {
	struct chainlog_item *items;
	uint32_t n;    /* 0 only at the end of the log */
	uint64_t next; /* where the next page begins */
};

/** How much of the log one page may hold. */
struct chainlog_bounds {
	uint32_t max_items; /* 1 to CHAINLOG_PAGE_MAX */
	size_t max_bytes;   /* of records; one item is always given */
};

/**
 * Reads the items from `cursor` on.  A cursor behind the end gives an empty
 * page, whose `next` is the cursor itself.
 *
 * @return ERR_OK; ERR_STORE_CORRUPT; ERR_STORE_READ; ERR_NO_MEMORY.
 */
MUST_USE enum err chainlog_read(struct chaindb *db, struct arena *a,
                                uint64_t cursor,
                                const struct chainlog_bounds *bounds,
                                struct chainlog_page *ret);

/** @return the cursor behind the last item: where a reader starts that only
 * wants what is new. */
uint64_t chainlog_end(const struct chaindb *db);

#endif /* NODE_STORE_CHAINLOG_H */
