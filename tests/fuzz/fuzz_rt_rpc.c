/*
 * tests/fuzz/fuzz_rt_rpc.c - Every body has one answer, which is JSON, and no
 * call breaks the node.
 *
 * The node has a few blocks; after each input its tip can still be mined on,
 * and what an operator says is taken back.
 */
#include "config.h"

#include "tests/lib/fuzz.h"

#include <string.h>

#include "clarity/base/check.h"
#include "node/io/env_os.h"
#include "node/io/json_read.h"
#include "node/regtest/rt_rpc.h"
#include "node/regtest/rt_wallet.h"

/* Answers grow with the chain, and so would the time for an input. */
#define BLOCKS_MAX 200u

static struct env env;
static struct rt_rpc rpc;

static void begin(void)
{
	struct rt_node_options o = { .env = &env };
	char why[RT_LOG_WHY_MAX];

	env_os_init(&env);
	rt_rpc_init(&rpc, &env);
	CHECK(rt_node_open(&rpc.node, &o, why) == ERR_OK);
	CHECK(rt_wallets_open(&rpc.wallets, rpc.node) == ERR_OK);
	CHECK(rt_wallets_create(rpc.wallets, span_str("w"), true, false) ==
	      ERR_OK);
}

static void end(void)
{
	rt_wallets_close(rpc.wallets);
	rt_node_close(rpc.node);
	rpc.node = NULL;
}

/* Blocks by the thousand are asked for elsewhere. */
static bool is_long(struct span body)
{
	for (size_t i = 0; i + 8 <= body.len; i++) {
		if (memcmp(body.p + i, "generate", 8) == 0 &&
		    memchr(body.p, ']', body.len))
			return true;
	}
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const uint8_t anyone[] = { 0x51 };
	struct span body = span_of(bytes, len);
	struct rt_submitted s;
	const struct json *doc;
	struct buf out;
	unsigned status;

	if (is_long(body))
		return 0;
	if (!rpc.node)
		begin();
	buf_init(&out, RT_RPC_ANSWER_MAX);
	status = rt_rpc_handle(&rpc, span_str("/"), body, &out);
	CHECK(rpc.fault == ERR_OK);
	CHECK(status == 200 || status == 400 || status == 404 || status == 500);
	CHECK(json_read_parse(&doc, buf_span(&out), out.len) == ERR_OK);
	json_read_free(doc);
	buf_fini(&out);
	rpc.node->mock_time = 0;
	CHECK(rt_node_mine(rpc.node, span_of(anyone, 1), &s) == ERR_OK);
	CHECK(s.block == rt_chain_tip(&rpc.node->chain));
	if (rpc.node->chain.blocks.n > BLOCKS_MAX)
		end();
	return 0;
}
