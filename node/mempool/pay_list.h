/*
 * node/mempool/pay_list.h - A list sorted by what is paid for a byte.
 *
 * A skip list: adding and removing take the logarithm of its length, and both
 * ends are at hand.  Of equal pay the earlier one comes first.
 *
 * Layer:    node/mempool.
 * Memory:   never allocates; nodes are the caller's.
 * Threads:  one at a time.
 */
#ifndef NODE_MEMPOOL_PAY_LIST_H
#define NODE_MEMPOOL_PAY_LIST_H

#include <stdint.h>

/** One node in four is on the next level: enough for 4^12. */
#define PAY_LIST_LEVELS 12u

/** Member of whatever is listed; the first three are set by the caller. */
struct pay_node {
	uint64_t fee;
	uint64_t len;   /* bytes that it is paid for; above 0 */
	uint64_t order; /* of arrival; no two are equal */
	void *owner;
	struct pay_node *prev;
	struct pay_node *next[PAY_LIST_LEVELS];
	uint32_t n_levels;
};

struct pay_list {
	struct pay_node *first[PAY_LIST_LEVELS];
	struct pay_node *last;
	uint64_t dice;
};

/** Starts an empty list. @param seed  of the levels; kept from strangers */
void pay_list_init(struct pay_list *l, uint64_t seed);

/** Adds a node that is in no list. */
void pay_list_add(struct pay_list *l, struct pay_node *node);

/** Removes a node of this list. */
void pay_list_remove(struct pay_list *l, struct pay_node *node);

/** @return <0 if `a` comes before `b`, 0 if they are one, else >0. */
int pay_list_cmp(const struct pay_node *a, const struct pay_node *b);

#endif /* NODE_MEMPOOL_PAY_LIST_H */
