/*
 * tests/bench/bench_regtest.c - The embedded Bitcoin: how soon it is ready,
 * how fast it mines, and what verifying an input takes.
 *
 * A sample of mining answers one call for 1,000 blocks: as JSON, with the
 * hashes of all of them.  In memory; the log of a folder takes as much again.
 */
#include "config.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/crypto/schnorr.h"
#include "node/bitcoin/btc_addr.h"
#include "node/bitcoin/btc_sign.h"
#include "node/io/env_os.h"
#include "node/regtest/rt_rpc.h"
#include "tests/bench/bench.h"

#define BLOCKS 1000u

static struct env env;

static struct rt_node *open_node(void)
{
	struct rt_node_options o = { .env = &env };
	char why[RT_LOG_WHY_MAX];
	struct rt_node *node;

	CHECK(rt_node_open(&node, &o, why) == ERR_OK);
	return node;
}

static void run_ready(void *arg)
{
	(void)arg;
	rt_node_close(open_node());
}

static void call(struct rt_rpc *rpc, const char *body)
{
	struct buf out;

	buf_init(&out, RT_RPC_ANSWER_MAX);
	CHECK(rt_rpc_handle(rpc, span_str("/"), span_str(body), &out) == 200);
	buf_fini(&out);
}

static void run_mine(void *arg)
{
	struct rt_rpc rpc;

	(void)arg;
	rt_rpc_init(&rpc, &env);
	rpc.node = open_node();
	call(&rpc, "{\"method\":\"generatetodescriptor\","
	           "\"params\":[1000,\"raw(51)\"]}");
	CHECK(rt_chain_tip(&rpc.node->chain)->height == BLOCKS);
	rt_node_close(rpc.node);
}

/* An input spent by key, of segwit or of taproot. */
struct sample {
	struct arena a;
	struct btc_in in;
	struct btc_out out;
	struct btc_out spent;
	struct btc_tx tx;
	struct btc_spend spend;
	struct btc_script_room script;
};

static const uint8_t key[32] = { 7 };

static bool find_key(void *self, const uint8_t hash[20], uint8_t ret[32])
{
	(void)self;
	(void)hash;
	memcpy(ret, key, 32);
	return true;
}

static bool find_output(void *self, const uint8_t output[32], uint8_t ret[32])
{
	return find_key(self, output, ret);
}

static bool find_script(void *self, const uint8_t hash[20], struct span *ret)
{
	(void)self;
	(void)hash;
	(void)ret;
	return false;
}

static void sample_init(struct sample *s, bool is_taproot)
{
	const struct btc_sign_source source = { NULL, find_key, find_output,
		                                find_script };
	uint8_t bytes[33];
	uint8_t hash[20];
	struct ecdsa_pub pub;
	struct btc_in in;

	memset(s, 0, sizeof(*s));
	arena_init(&s->a, (size_t)1 << 24);
	CHECK(ecdsa_pub_of(&pub, key) == ERR_OK);
	ecdsa_pub_write(bytes, &pub);
	hash_hash160(hash, bytes, sizeof(bytes));
	btc_addr_witness(&s->script, is_taproot,
	                 is_taproot ? span_of(bytes + 1, 32)
	                            : span_of(hash, sizeof(hash)));
	s->spent.value = 1000;
	s->spent.script = span_of(s->script.bytes, s->script.len);
	s->tx = (struct btc_tx){ .version = 2,
		                 .ins = &s->in,
		                 .n_ins = 1,
		                 .outs = &s->out,
		                 .n_outs = 1,
		                 .has_witness = true };
	s->spend = (struct btc_spend){ .tx = &s->tx, .spent = &s->spent };
	CHECK(btc_sign_input(&s->a, &in, &s->spend, BTC_SIGHASH_DEFAULT,
	                     &source) == ERR_OK);
	s->in = in;
}

static void run_verify(void *arg)
{
	struct sample *s = arg;
	enum btc_verify_err why;

	CHECK(btc_verify_input(&s->a, &s->spend, BTC_VERIFY_POLICY, &why) ==
	      ERR_OK);
}

int main(void)
{
	struct bench_work one = { .items = 1 };
	struct bench_work blocks = { .items = BLOCKS };
	struct sample segwit;
	struct sample taproot;

	env_os_init(&env);
	sample_init(&segwit, false);
	sample_init(&taproot, true);
	bench_run("bitcoin ready", one, run_ready, NULL);
	bench_run("bitcoin 1,000 blocks", blocks, run_mine, NULL);
	bench_run("bitcoin p2wpkh input", one, run_verify, &segwit);
	bench_run("bitcoin p2tr input", one, run_verify, &taproot);
	arena_fini(&segwit.a);
	arena_fini(&taproot.a);
	return 0;
}
