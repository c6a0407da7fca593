/* node/app/repl_chain.c - Blocks for the prompt; contract in repl_chain.h. */
#include "config.h"

#include "node/app/repl_chain.h"

#include <string.h>

#include "clarity/value/int128.h"
#include "clarity/vm/stx_balance.h"

/* Bytes that a session may keep. */
#define STORE_MAX ((size_t)1 << 30)

/* The first Bitcoin height, and when the first block was made. */
#define FIRST_BURN 100u
#define FIRST_TIME 1700000000u
#define BLOCK_SECONDS 600u

static enum err fixed_put(struct repl_chain *c, const char *name,
                          struct span bytes, enum store_form form)
{
	const struct store_key key = { .text = span_str(name) };

	return c->store.store.ops->put(&c->store, &key, bytes, form);
}

static uint64_t time_of(uint32_t height)
{
	return FIRST_TIME + (uint64_t)height * BLOCK_SECONDS;
}

/* What programs read of the block that is being built. */
static enum err present_put(struct repl_chain *c)
{
	uint32_t height = c->store.view.height;
	uint8_t tenure[4];
	char time[INT128_MAX_TEXT];
	size_t len = int128_format_unsigned(time, time_of(height));

	be32_write(tenure, height);
	TRY(fixed_put(c, "_stx-data::tenure_height", span_of(tenure, 4),
	              STORE_HEX));
	return fixed_put(c, "_stx-data::clarity_storage::block_time",
	                 span_of(time, len), STORE_TEXT);
}

/* A hash that says what it is of and nothing else. */
static void hash_fill(uint8_t ret[STORE_HASH_LEN], char what, uint32_t height)
{
	memset(ret, 0, STORE_HASH_LEN);
	ret[0] = (uint8_t)what;
	be32_write(ret + STORE_HASH_LEN - 4, height);
}

/* Makes the present block one that can be asked about. */
static enum err block_finish(struct repl_chain *c)
{
	uint32_t height = c->store.view.height;
	struct store_burn burn = { 0 };
	struct store_block block = { .time = time_of(height),
		                     .burn_time = time_of(height),
		                     .is_nakamoto = true,
		                     .miner = c->miner };

	hash_fill(block.id, 'i', height);
	hash_fill(block.header_hash, 'h', height);
	hash_fill(block.burn_hash, 'b', height);
	hash_fill(block.vrf_seed, 'v', height);
	hash_fill(burn.hash, 'b', height);
	TRY(mem_store_set_block(&c->store, height, &block));
	TRY(mem_store_set_tenure(&c->store, height, height));
	return mem_store_set_burn(&c->store, c->store.view.burn_height, &burn);
}

enum err repl_chain_init(struct repl_chain *c, const struct principal *miner)
{
	c->miner = miner;
	mem_store_init(&c->store, STORE_MAX);
	c->store.view.burn_height = FIRST_BURN;
	for (int i = 0; i < 4; i++)
		c->store.view.unlock_height[i] = UINT32_MAX;
	TRY(block_finish(c));
	c->store.view.height++;
	c->store.view.burn_height++;
	return present_put(c);
}

void repl_chain_fini(struct repl_chain *c)
{
	mem_store_fini(&c->store);
}

enum err repl_chain_advance(struct repl_chain *c, uint32_t n,
                            enum repl_chain_part part)
{
	for (uint32_t i = 0; i < n && i < REPL_CHAIN_STEP_MAX; i++) {
		TRY(block_finish(c));
		c->store.view.height++;
		c->store.view.burn_height += part == REPL_CHAIN_BOTH;
	}
	return present_put(c);
}

/* Reads an entry that may be absent: then `ret` is empty. */
static enum err entry_get(struct repl_chain *c, struct arena *a,
                          const struct store_key *key, struct span *ret)
{
	bool found;

	TRY(c->store.store.ops->get(&c->store, a, key, ret, &found));
	if (!found)
		*ret = span_of(NULL, 0);
	return ERR_OK;
}

/* Adds to the balance of `who`; what is locked stays. */
static enum err balance_add(struct repl_chain *c, struct arena *a,
                            const struct principal *who, u128 amount)
{
	struct store_key key = stx_balance_key(who);
	uint8_t bytes[STX_BALANCE_MAX_LEN];
	struct stx_balance b = { 0 };
	struct span stored;

	TRY(entry_get(c, a, &key, &stored));
	if (stored.len && !stx_balance_parse(&b, stored))
		return ERR_SYNTAX;
	if (!u128_add(&b.unlocked, b.unlocked, amount))
		return ERR_OVERFLOW;
	return c->store.store.ops->put(
	    &c->store, &key, span_of(bytes, stx_balance_format(bytes, &b)),
	    STORE_HEX);
}

static enum err supply_add(struct repl_chain *c, struct arena *a, u128 amount)
{
	struct store_key key = { .text = span_str(
				     "_stx-data::ustx_liquid_supply") };
	uint8_t bytes[17] = { 1 }; /* a uint in consensus form */
	struct span stored;
	u128 supply = 0;

	TRY(entry_get(c, a, &key, &stored));
	if (stored.len == sizeof(bytes))
		supply = be128_read(stored.p + 1);
	if (!u128_add(&supply, supply, amount))
		return ERR_OVERFLOW;
	be128_write(bytes + 1, supply);
	return c->store.store.ops->put(
	    &c->store, &key, span_of(bytes, sizeof(bytes)), STORE_HEX);
}

enum err repl_chain_mint(struct repl_chain *c, const struct principal *who,
                         u128 amount)
{
	struct arena a;
	enum err e;

	arena_init(&a, 1 << 20);
	e = supply_add(c, &a, amount);
	if (e == ERR_OK)
		e = balance_add(c, &a, who, amount);
	arena_fini(&a);
	return e;
}
