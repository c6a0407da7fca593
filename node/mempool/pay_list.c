/* node/mempool/pay_list.c - A skip list by pay; see pay_list.h. */
#include "config.h"

#include "node/mempool/pay_list.h"

#include <string.h>

#include "clarity/base/num.h"

void pay_list_init(struct pay_list *l, uint64_t seed)
{
	memset(l, 0, sizeof(*l));
	l->dice = seed;
}

int pay_list_cmp(const struct pay_node *a, const struct pay_node *b)
{
	u128 pay_a = (u128)a->fee * b->len;
	u128 pay_b = (u128)b->fee * a->len;

	if (pay_a != pay_b)
		return pay_a > pay_b ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

/* SplitMix64; two bits for each level. */
static uint32_t throw_levels(struct pay_list *l)
{
	uint32_t n = 1;
	uint64_t z = (l->dice += 0x9e3779b97f4a7c15u);

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	for (z ^= z >> 31; n < PAY_LIST_LEVELS && (z & 3) == 0; z >>= 2)
		n++;
	return n;
}

/* Finds, for each level, the pointer that leads to the first node that is not
 * before `node`, and the last one that is. */
static struct pay_node *find(struct pay_list *l, const struct pay_node *node,
                             struct pay_node **leads[PAY_LIST_LEVELS])
{
	struct pay_node *at = NULL;

	for (uint32_t i = PAY_LIST_LEVELS; i-- > 0;) {
		leads[i] = at ? &at->next[i] : &l->first[i];
		while (*leads[i] && pay_list_cmp(*leads[i], node) < 0) {
			at = *leads[i];
			leads[i] = &at->next[i];
		}
	}
	return at;
}

void pay_list_add(struct pay_list *l, struct pay_node *node)
{
	struct pay_node **leads[PAY_LIST_LEVELS];

	node->prev = find(l, node, leads);
	node->n_levels = throw_levels(l);
	for (uint32_t i = 0; i < node->n_levels; i++) {
		node->next[i] = *leads[i];
		*leads[i] = node;
	}
	if (node->next[0])
		node->next[0]->prev = node;
	else
		l->last = node;
}

void pay_list_remove(struct pay_list *l, struct pay_node *node)
{
	struct pay_node **leads[PAY_LIST_LEVELS];

	(void)find(l, node, leads);
	for (uint32_t i = 0; i < node->n_levels; i++)
		*leads[i] = node->next[i];
	if (node->next[0])
		node->next[0]->prev = node->prev;
	else
		l->last = node->prev;
}
