/* node/regtest/rt_coins.c - Unspent outputs; contract in rt_coins.h. */
#include "config.h"

#include "node/regtest/rt_coins.h"

static struct span key_of(const struct btc_outpoint *at)
{
	return span_of(at, sizeof(*at));
}

void rt_coins_init(struct rt_coins *c, const struct hmap_seed *seed)
{
	hmap_init(&c->map, NULL, HMAP_MAX, seed);
}

void rt_coins_fini(struct rt_coins *c)
{
	hmap_fini(&c->map);
}

struct rt_coin *rt_coins_find(const struct rt_coins *c,
                              const struct btc_outpoint *at)
{
	return hmap_get(&c->map, key_of(at));
}

enum err rt_coins_add(struct rt_coins *c, struct rt_coin *coin)
{
	return hmap_put(&c->map, key_of(&coin->at), coin);
}

bool rt_coins_remove(struct rt_coins *c, const struct btc_outpoint *at)
{
	return hmap_del(&c->map, key_of(at));
}

const struct rt_coin *rt_coins_next(const struct rt_coins *c, uint32_t *place)
{
	const struct hmap_entry *e = hmap_next(&c->map, place);

	return e ? e->value : NULL;
}
