/* node/chain/genesis_print.c - A fingerprint; contract in genesis_print.h. */
#include "config.h"

#include "node/chain/genesis_print.h"

#include "clarity/base/buf.h"
#include "clarity/crypto/hash.h"

/* The description as bytes at most. */
#define PRINT_MAX ((size_t)256 << 20)

static void print_span(struct buf *b, struct span s)
{
	buf_add_be64(b, s.len);
	buf_add_span(b, s);
}

static void print_steps(struct buf *b, const struct chain_steps *s)
{
	buf_add_be32(b, s->n);
	for (uint32_t i = 0; i < s->n; i++) {
		buf_add_be64(b, s->at[i].from);
		buf_add_be128(b, s->at[i].ustx);
	}
}

static void print_params(struct buf *b, const struct chain_params *p)
{
	buf_add_u8(b, p->is_mainnet);
	buf_add_be32(b, p->chain_id);
	buf_add_be64(b, p->cycles.first_height);
	buf_add_be32(b, p->cycles.len);
	buf_add_be32(b, p->cycles.prepare);
	buf_add_be32(b, p->n_epochs);
	for (uint32_t i = 0; i < p->n_epochs; i++) {
		buf_add_be32(b, (uint32_t)p->epochs[i].epoch);
		buf_add_be32(b, p->epochs[i].burn_height);
		for (uint32_t u = 0; u < COST_UNITS; u++)
			buf_add_be64(b, p->epochs[i].limit.of[u]);
	}
	for (uint32_t i = 0; i < 4; i++)
		buf_add_be32(b, p->unlock_height[i]);
	buf_add_be32(b, p->maturity);
	print_steps(b, &p->coinbase);
	print_steps(b, &p->emission);
	print_span(b, p->grants);
	print_span(b, p->emission_to);
	print_span(b, p->stacking);
	print_span(b, p->next_stacking);
}

static void print_contract(struct buf *b, const struct genesis_contract *c)
{
	print_span(b, c->name);
	print_span(b, c->source);
	buf_add_u8(b, (uint8_t)c->version);
	buf_add_be32(b, (uint32_t)c->epoch);
	print_span(b, c->call);
	buf_add_be32(b, c->n_args);
	for (uint32_t i = 0; i < c->n_args; i++)
		print_span(b, c->args[i]);
	buf_add_be128(b, c->mint);
}

static void print_who(struct buf *b, const struct principal *who, u128 ustx)
{
	print_span(b, span_of(who, principal_len(who)));
	buf_add_be128(b, ustx);
}

static enum err print_all(struct buf *b, const struct genesis *g)
{
	print_params(b, &g->params);
	buf_add(b, g->burn_hash, sizeof(g->burn_hash));
	buf_add_be64(b, g->burn_time);
	buf_add_be32(b, g->n_contracts);
	for (uint32_t i = 0; i < g->n_contracts; i++)
		print_contract(b, &g->contracts[i]);
	buf_add_be32(b, g->n_balances);
	for (uint32_t i = 0; i < g->n_balances; i++)
		print_who(b, g->balances[i].who, g->balances[i].ustx);
	buf_add_be32(b, g->n_grants);
	for (uint32_t i = 0; i < g->n_grants; i++) {
		buf_add_be32(b, g->grants[i].height);
		print_who(b, g->grants[i].who, g->grants[i].ustx);
	}
	return buf_err(b);
}

enum err genesis_print(uint8_t ret[GENESIS_PRINT_LEN], const struct genesis *g)
{
	struct buf b;
	enum err e;

	buf_init(&b, PRINT_MAX);
	e = print_all(&b, g);
	if (e == ERR_OK)
		hash_sha512_256(ret, b.p, b.len);
	buf_fini(&b);
	return e;
}
