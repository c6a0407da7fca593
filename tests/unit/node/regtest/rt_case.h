/*
 * tests/unit/node/regtest/rt_case.h - A chain to test with, and one key that
 * owns what is mined.
 *
 * Layer:    tests; include tests/lib/unit.h first.
 * Memory:   static; one case at a time.
 */
#ifndef TESTS_UNIT_NODE_REGTEST_RT_CASE_H
#define TESTS_UNIT_NODE_REGTEST_RT_CASE_H

#include <string.h>

#include "clarity/crypto/hash.h"
#include "node/bitcoin/btc_addr.h"
#include "node/bitcoin/btc_sign.h"
#include "node/io/env_os.h"
#include "node/regtest/rt_check.h"
#include "node/regtest/rt_node.h"
#include "tests/lib/hex.h"

#define RT_CASE_TIME 1700000000u

struct rt_case {
	struct env env;
	struct rt_node *node;
	struct arena arena;
	uint8_t key[32];
	uint8_t hash[20]; /* of the public key */
	struct btc_script_room script;
};

static struct rt_case rt_case;

static inline bool rt_case_key(void *self, const uint8_t hash[20],
                               uint8_t ret[32])
{
	(void)self;
	memcpy(ret, rt_case.key, 32);
	return memcmp(hash, rt_case.hash, 20) == 0;
}

static inline bool rt_case_output(void *self, const uint8_t output[32],
                                  uint8_t ret[32])
{
	(void)self;
	(void)output;
	(void)ret;
	return false;
}

static inline bool rt_case_script(void *self, const uint8_t hash[20],
                                  struct span *ret)
{
	(void)self;
	(void)hash;
	(void)ret;
	return false;
}

static inline struct span rt_case_pay(void)
{
	return span_of(rt_case.script.bytes, rt_case.script.len);
}

static inline void rt_case_open(const char *folder)
{
	struct rt_node_options o = { .env = &rt_case.env, .folder = folder };
	char why[RT_LOG_WHY_MAX];

	assert_int_equal(rt_node_open(&rt_case.node, &o, why), ERR_OK);
	rt_case.node->mock_time = RT_CASE_TIME;
}

static inline void rt_case_init(const char *folder)
{
	struct ecdsa_pub pub;
	uint8_t bytes[33];

	memset(&rt_case, 0, sizeof(rt_case));
	env_os_init(&rt_case.env);
	arena_init(&rt_case.arena, (size_t)1 << 30);
	memset(rt_case.key, 7, 32);
	assert_int_equal(ecdsa_pub_of(&pub, rt_case.key), ERR_OK);
	ecdsa_pub_write(bytes, &pub);
	hash_hash160(rt_case.hash, bytes, 33);
	btc_addr_witness(&rt_case.script, 0, span_of(rt_case.hash, 20));
	rt_case_open(folder);
}

static inline void rt_case_fini(void)
{
	rt_node_close(rt_case.node);
	arena_fini(&rt_case.arena);
}

/** Mines `n` blocks to the key. @return the last one. */
static inline struct rt_block *rt_case_mine(unsigned n)
{
	struct rt_submitted s = { .block = NULL };

	for (; n > 0; n--)
		assert_int_equal(rt_node_mine(rt_case.node, rt_case_pay(), &s),
		                 ERR_OK);
	return s.block;
}

/** A transaction of one input and up to two outputs. */
struct rt_case_tx {
	struct btc_outpoint spends;
	uint32_t sequence;
	uint64_t value; /* of what it spends */
	uint64_t outs[2];
	uint32_t n_outs;
	uint32_t lock_time;
	int32_t version;
};

/** Starts one that spends a coin with `fee`. */
static inline struct rt_case_tx rt_case_spend(const struct btc_outpoint *at,
                                              uint64_t value, uint64_t fee)
{
	return (struct rt_case_tx){ .spends = *at,
		                    .value = value,
		                    .sequence = 0xfffffffd,
		                    .outs = { value - fee },
		                    .n_outs = 1,
		                    .version = 2 };
}

/** @return what the coinbase of the block at `height` pays. */
static inline struct btc_outpoint rt_case_reward(uint32_t height)
{
	struct rt_block *b = rt_chain_at(&rt_case.node->chain, height);
	struct btc_outpoint at;

	memset(&at, 0, sizeof(at));
	memcpy(at.txid, b->block.ids[0], 32);
	return at;
}

/** @return the signed bytes, in the case's arena. */
static inline struct span rt_case_sign(const struct rt_case_tx *t)
{
	static const struct btc_sign_source source = {
		.key = rt_case_key,
		.output = rt_case_output,
		.script = rt_case_script,
	};
	struct btc_in in = { .spends = t->spends, .sequence = t->sequence };
	struct btc_out outs[2] = { { t->outs[0], rt_case_pay() },
		                   { t->outs[1], rt_case_pay() } };
	struct btc_out spent = { t->value, rt_case_pay() };
	struct btc_tx tx = { .version = t->version,
		             .ins = &in,
		             .n_ins = 1,
		             .outs = outs,
		             .n_outs = t->n_outs,
		             .lock_time = t->lock_time };
	struct btc_spend s = { .tx = &tx, .spent = &spent };
	struct btc_in sealed;
	struct buf b;

	assert_int_equal(btc_sign_input(&rt_case.arena, &sealed, &s,
	                                BTC_SIGHASH_ALL, &source),
	                 ERR_OK);
	in = sealed;
	tx.has_witness = true;
	buf_init(&b, 1 << 20);
	assert_int_equal(btc_tx_write(&b, &tx), ERR_OK);
	struct span bytes =
	    span_of(arena_copy(&rt_case.arena, b.p, b.len), b.len);

	buf_fini(&b);
	return bytes;
}

/** Offers bytes to the pool. @return the reason, or "" if it is taken. */
static inline const char *rt_case_offer(struct span bytes,
                                        struct rt_accepted *ret)
{
	static struct rt_reason why;
	struct rt_offer offer = { .bytes = bytes };
	enum err e = rt_node_offer(rt_case.node, &offer, &why, ret);

	if (e == ERR_SYNTAX)
		return "syntax";
	assert_true(e == ERR_OK || e == ERR_BTC_RULE);
	return e == ERR_OK ? "" : why.text;
}

/** Computes a digest of all coins, whatever their order. */
static inline void rt_case_coins(uint8_t ret[32])
{
	const struct rt_coin *c;
	uint32_t place = 0;

	memset(ret, 0, 32);
	while ((c = rt_coins_next(&rt_case.node->chain.coins, &place))) {
		struct hash_sha256 h;
		uint8_t one[32];

		hash_sha256_init(&h);
		hash_sha256_add(&h, &c->at, sizeof(c->at));
		hash_sha256_add(&h, &c->height, sizeof(c->height));
		hash_sha256_add(&h, &c->out.value, sizeof(c->out.value));
		hash_sha256_add(&h, c->out.script.p, c->out.script.len);
		hash_sha256_done(&h, one);
		for (size_t i = 0; i < 32; i++)
			ret[i] ^= one[i];
	}
}

#endif /* TESTS_UNIT_NODE_REGTEST_RT_CASE_H */
