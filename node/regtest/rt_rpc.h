/*
 * node/regtest/rt_rpc.h - The calls of Bitcoin's own node, as JSON.
 *
 * A request is one call or a batch; answers, names of fields, error codes and
 * their texts are those of Bitcoin's node, so that its command line tool and
 * every library work with this one unchanged.  Nothing here knows of sockets.
 *
 * Layer:    node/regtest.
 * Memory:   a call's temporary things are in its arena, emptied after it.
 * Threads:  one.
 * Spec:     Bitcoin Core 27, src/rpc; JSON-RPC 1.1 as spoken there.
 */
#ifndef NODE_REGTEST_RT_RPC_H
#define NODE_REGTEST_RT_RPC_H

#include <stdbool.h>

#include "clarity/base/buf.h"
#include "node/regtest/rt_node.h"

/** Codes of errors, the node's own and JSON-RPC's. */
enum rt_rpc_code {
	RT_RPC_MISC = -1,
	RT_RPC_TYPE = -3,
	RT_RPC_WALLET = -4,
	RT_RPC_ADDRESS = -5, /* also: no such block or transaction */
	RT_RPC_FUNDS = -6,
	RT_RPC_PARAMETER = -8,
	RT_RPC_NO_WALLET = -18,
	RT_RPC_WHICH_WALLET = -19,
	RT_RPC_DATABASE = -20,
	RT_RPC_PARSE_DATA = -22,
	RT_RPC_VERIFY = -25,
	RT_RPC_REJECTED = -26,
	RT_RPC_IN_CHAIN = -27,
	RT_RPC_WARMUP = -28,
	RT_RPC_WALLET_LOADED = -35,
	RT_RPC_WALLET_EXISTS = -36,
	RT_RPC_INVALID = -32600,
	RT_RPC_NO_METHOD = -32601,
	RT_RPC_PARSE = -32700
};

/** Bytes of an answer at most. */
#define RT_RPC_ANSWER_MAX ((size_t)512 << 20)

struct rt_wallets;

struct rt_rpc {
	struct rt_node *node;       /* NULL while it is warming up */
	struct rt_wallets *wallets; /* as node */
	const struct env *env;
	uint64_t start_ms;
	bool wants_stop;
	enum err fault; /* once set, nothing more is answered */
};

/** Starts; the node is set when it is ready. */
void rt_rpc_init(struct rt_rpc *rpc, const struct env *env);

/**
 * Answers a request.
 *
 * @param path  of the request: "/", or "/wallet/NAME" as it was sent
 * @param body  the request, of any bytes
 * @param out   gets the answer, with a newline
 * @return the status for HTTP; 500 with nothing in `out` after a fault, which
 *         `rpc->fault` then has.
 */
unsigned rt_rpc_handle(struct rt_rpc *rpc, struct span path, struct span body,
                       struct buf *out);

#endif /* NODE_REGTEST_RT_RPC_H */
