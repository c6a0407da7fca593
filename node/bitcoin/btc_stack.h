/*
 * node/bitcoin/btc_stack.h - The two stacks of a running script.
 *
 * Items are byte strings of at most 520 bytes, and there are at most 1,000 of
 * them after each operation, so everything has its place from the beginning:
 * no operation can run out of memory, and an item is moved by its number.
 *
 * Layer:    node/bitcoin; pure.
 * Memory:   one object of half a megabyte, of which only what is used is ever
 *           touched.
 * Threads:  a stack belongs to one run.
 */
#ifndef NODE_BITCOIN_BTC_STACK_H
#define NODE_BITCOIN_BTC_STACK_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/span.h"
#include "node/bitcoin/btc_script.h"

/** The limit holds between operations; 3DUP may pass it by three within. */
#define BTC_STACK_ROOM (BTC_SCRIPT_STACK_MAX + 4u)

struct btc_stack_item {
	uint16_t len;
	uint8_t bytes[BTC_SCRIPT_PUSH_MAX];
};

struct btc_stack {
	uint32_t n;      /* items on the stack */
	uint32_t n_alt;  /* items on the other one */
	uint32_t n_used; /* items of the pool that were ever used */
	uint32_t n_free; /* used ones that are free again */
	uint16_t items[BTC_STACK_ROOM];
	uint16_t alt[BTC_STACK_ROOM];
	uint16_t free[BTC_STACK_ROOM];
	struct btc_stack_item pool[BTC_STACK_ROOM];
};

/** Empties both stacks. */
void btc_stack_init(struct btc_stack *s);

/** Fills an empty `ret` with what is on the first stack of `s`. */
void btc_stack_copy(struct btc_stack *ret, const struct btc_stack *s);

/** @return item `depth` from the top, which is 0; it must be there (a CHECK),
 * and is valid until it is dropped. */
struct span btc_stack_at(const struct btc_stack *s, uint32_t depth);

/** Each pushes an item; there must be room (a CHECK). */
void btc_stack_push(struct btc_stack *s, struct span item);
void btc_stack_push_bool(struct btc_stack *s, bool v);
void btc_stack_push_number(struct btc_stack *s, int64_t n);

/** Drops `n` items, which must be there (a CHECK). */
void btc_stack_drop(struct btc_stack *s, uint32_t n);

/** Moves the item at `depth` to the top. */
void btc_stack_roll(struct btc_stack *s, uint32_t depth);

/** Moves the top item down to `depth`. */
void btc_stack_bury(struct btc_stack *s, uint32_t depth);

/** Moves the top item to the other stack, and back; it must be there. */
void btc_stack_to_alt(struct btc_stack *s);
void btc_stack_from_alt(struct btc_stack *s);

/** Drops everything on the other stack. */
void btc_stack_clear_alt(struct btc_stack *s);

/** @return whether an item counts as true: any bit but a sign is set. */
bool btc_stack_is_true(struct span item);

#endif /* NODE_BITCOIN_BTC_STACK_H */
