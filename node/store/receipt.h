/*
 * node/store/receipt.h - What became of a transaction, as it is kept.
 *
 * The chain knows how a transaction ended while it runs; everybody else (the
 * API, observers, sinks) learns it from this record.  So it holds all that
 * they print and nothing that can be computed from the block's bytes.  Whoever
 * runs a transaction writes its receipt at once, while the machine still
 * holds the values; whoever reads it gets values again.
 *
 * A block may tell more than its transactions did: operations that came from
 * Bitcoin, and unlocks or rewards of the block itself, have receipts, too.
 *
 * Layer:    node/store; pure.
 * Memory:   reading borrows the record and allocates in the given arena.
 * Threads:  pure functions.
 * Format:   u8 version 1, u8 kind, u8 end, 32 id, then numbers as LEB128
 *           (7 bits a byte, lowest first): tx index, five costs, fee, burned;
 *           then spans (length, bytes): result, why; count of events, each:
 *           u8 kind, u8 bits of which fields follow, then these in the order
 *           of struct event: contract, asset, sender, recipient, amount,
 *           unlock height, memo, value.
 */
#ifndef NODE_STORE_RECEIPT_H
#define NODE_STORE_RECEIPT_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/vm/event.h"

/** Bytes of an id: a transaction's, or the Bitcoin transaction's of an
 * operation; the block itself has zeros. */
#define RECEIPT_ID_LEN 32u

/** Numbers of an execution cost: runtime, read count, read length, write
 * count, write length, as `enum cost_unit` counts them. */
#define RECEIPT_COSTS 5u

/** The longest record: far above what a tenure's budget allows. */
#define RECEIPT_MAX ((size_t)256 << 20)

/** Whose receipt it is. */
enum receipt_kind {
	RECEIPT_TX,        /* transaction `tx_index` of the block */
	RECEIPT_OPERATION, /* an operation from Bitcoin */
	RECEIPT_BLOCK      /* the block's own doing: rewards, unlocks */
};

/** How it ended; the fee is paid in each. */
enum receipt_end {
	RECEIPT_DONE,    /* it took effect; the response may be an error */
	RECEIPT_FAILED,  /* the payload failed and was undone */
	RECEIPT_ABORTED, /* a post-condition did not hold: undone */
	RECEIPT_SKIPPED  /* the block marks it as problematic: never run */
};

struct receipt {
	enum receipt_kind kind;
	enum receipt_end end;
	uint8_t id[RECEIPT_ID_LEN];
	uint32_t tx_index; /* in the block; 0 unless RECEIPT_TX */
	uint64_t cost[RECEIPT_COSTS];
	uint64_t fee;       /* microSTX */
	u128 stx_burned;    /* microSTX, by the payload */
	struct span result; /* consensus bytes of a value */
	struct span why;    /* text; empty if all went well */
	const struct event *events;
	uint32_t n_events;
};

/** Appends a receipt's record; errors as buf_add. */
enum err receipt_write(struct buf *b, const struct receipt *r);

/**
 * Reads a record, whatever its bytes.
 *
 * @param a  where events and their values go; spans borrow `record`
 * @return ERR_OK; ERR_STORE_CORRUPT: it is malformed, or of another version;
 *         ERR_NO_MEMORY.
 */
MUST_USE enum err receipt_read(struct arena *a, struct receipt *ret,
                               struct span record);

#endif /* NODE_STORE_RECEIPT_H */
