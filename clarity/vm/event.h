/*
 * clarity/vm/event.h - What a transaction tells the world.
 *
 * Events are appended as they happen; rolling back a nested call truncates
 * the log to where it began.
 *
 * Layer:    clarity/vm.
 * Memory:   events live in the arena of the transaction and borrow from it.
 * Threads:  belongs to one machine.
 * Spec:     docs/CONSENSUS.md, "Events".
 */
#ifndef CLARITY_VM_EVENT_H
#define CLARITY_VM_EVENT_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/num.h"
#include "clarity/base/span.h"
#include "clarity/value/principal.h"
#include "clarity/value/value.h"

/** Sizes of printed values that one transaction may add up to; reaching it
 * makes the transaction unincludable. */
#define EVENT_MAX_PRINTED (UINT64_C(50) * 1024 * 1024)

enum event_kind {
	EVENT_PRINT,
	EVENT_STX_TRANSFER,
	EVENT_STX_MINT,
	EVENT_STX_BURN,
	EVENT_STX_LOCK,
	EVENT_FT_TRANSFER,
	EVENT_FT_MINT,
	EVENT_FT_BURN,
	EVENT_NFT_TRANSFER,
	EVENT_NFT_MINT,
	EVENT_NFT_BURN
};

/** Only what the kind speaks of is set. */
struct event {
	enum event_kind kind;
	const struct principal *contract; /* print; issuer of a token; lock */
	struct span asset;                /* the token's name */
	const struct principal *sender;   /* who had it; whose STX is locked */
	const struct principal *recipient;
	u128 amount;
	uint64_t unlock_height; /* lock */
	struct span memo;       /* STX transfer */
	struct value value;     /* print; id of a non-fungible token */
};

struct event_log {
	struct arena *arena;
	struct event *items;
	uint32_t n;
	uint32_t cap;
	uint64_t printed; /* sizes of printed values */
};

/** Starts an empty log. */
void event_init(struct event_log *log, struct arena *a);

/** Appends `e` (copied). @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err event_add(struct event_log *log, const struct event *e);

/**
 * Appends the JSON object of an event, as indexers expect it.
 *
 * @param b          where it goes; errors as buf_add
 * @param txid       hex with 0x
 * @param index      of the event in its transaction
 * @param committed  whether the transaction took effect
 */
enum err event_format(struct buf *b, const struct event *e, const char *txid,
                      uint32_t index, bool committed);

#endif /* CLARITY_VM_EVENT_H */
