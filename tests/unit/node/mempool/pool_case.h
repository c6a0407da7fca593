/*
 * tests/unit/node/mempool/pool_case.h - Transactions as the pool sees them:
 * accounts with numbers for names, unsigned.
 *
 * Layer:    tests; include tests/lib/unit.h first.
 */
#ifndef TESTS_UNIT_NODE_MEMPOOL_POOL_CASE_H
#define TESTS_UNIT_NODE_MEMPOOL_POOL_CASE_H

#include <string.h>

#include "node/mempool/mempool.h"

/** Bytes of a transaction of the tests, whatever is in it. */
#define POOL_CASE_LEN 200u

/** A transaction to be put. */
struct pool_case {
	uint8_t from;
	uint64_t nonce;
	uint64_t fee;
	uint8_t sponsor; /* 0: none */
	uint64_t sponsor_nonce;
};

static inline void pool_case_cond(struct auth_cond *c, uint8_t who,
                                  uint64_t nonce, uint64_t fee)
{
	c->mode = ADDRESS_P2PKH;
	c->signer[0] = who;
	c->nonce = nonce;
	c->fee = fee;
}

static inline struct address pool_case_address(uint8_t who)
{
	return (struct address){ .version = PRINCIPAL_TESTNET_SINGLESIG,
		                 .hash = { who } };
}

/** Writes the id that the tests give: it names account, nonce and fee. */
static inline void pool_case_id(uint8_t ret[WIRE_HASH_LEN],
                                const struct pool_case *c)
{
	memset(ret, 0, WIRE_HASH_LEN);
	ret[0] = c->from;
	memcpy(ret + 8, &c->nonce, sizeof(c->nonce));
	memcpy(ret + 16, &c->fee, sizeof(c->fee));
	ret[24] = c->sponsor;
}

static inline enum err pool_case_put(struct mempool *m,
                                     const struct pool_case *c, uint64_t now)
{
	static const uint8_t bytes[POOL_CASE_LEN];
	struct tx tx = { .is_mainnet = false };
	uint8_t id[WIRE_HASH_LEN];

	pool_case_cond(&tx.auth.origin, c->from, c->nonce,
	               c->sponsor ? 0 : c->fee);
	tx.auth.is_sponsored = c->sponsor != 0;
	if (c->sponsor)
		pool_case_cond(&tx.auth.sponsor, c->sponsor, c->sponsor_nonce,
		               c->fee);
	pool_case_id(id, c);
	return mempool_put(m, &tx, id, span_of(bytes, sizeof(bytes)), now);
}

/** @return whether the pool has it. */
static inline bool pool_case_has(const struct mempool *m,
                                 const struct pool_case *c)
{
	uint8_t id[WIRE_HASH_LEN];

	pool_case_id(id, c);
	return mempool_get(m, id) != NULL;
}

#endif /* TESTS_UNIT_NODE_MEMPOOL_POOL_CASE_H */
