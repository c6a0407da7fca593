/*
 * node/regtest/rt_rpc_calls.h - The methods, one function each.
 *
 * Layer:    node/regtest.
 * Memory:   as rt_call.h.
 * Threads:  one.
 */
#ifndef NODE_REGTEST_RT_RPC_CALLS_H
#define NODE_REGTEST_RT_RPC_CALLS_H

#include "node/regtest/rt_call.h"

/** Each runs a call. @return ERR_OK: the result is written; ERR_BTC_RULE: the
 * call has an error; or a fault. */
#define X(group, name, args)                                                   \
	MUST_USE enum err rt_rpc_##group##_##name(struct rt_call *c);
#include "node/regtest/rt_method.def"
#undef X

/** Reads a list of inputs (txid, vout, sequence) into the call's arena. */
MUST_USE enum err rt_rpc_tx_inputs(struct rt_call *c, const struct json *list,
                                   uint32_t sequence, struct btc_in **ret,
                                   uint32_t *ret_n);

/** Reads outputs, as address and amount or data, into the call's arena. */
MUST_USE enum err rt_rpc_tx_outputs(struct rt_call *c, const struct json *v,
                                    struct btc_out **ret, uint32_t *ret_n);

struct rt_wallet;

/** Finds the wallet that a call is for: the one in its path, or the only one.
 * @return ERR_OK; ERR_BTC_RULE: the call has an error. */
MUST_USE enum err rt_rpc_wallet_of(struct rt_call *c, struct rt_wallet **ret);

#endif /* NODE_REGTEST_RT_RPC_CALLS_H */
