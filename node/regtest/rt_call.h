/*
 * node/regtest/rt_call.h - One call: its arguments, its result or its error.
 *
 * Layer:    node/regtest.
 * Memory:   `a` lives as long as the call.
 * Threads:  one.
 */
#ifndef NODE_REGTEST_RT_CALL_H
#define NODE_REGTEST_RT_CALL_H

#include "node/bitcoin/btc_addr.h"
#include "node/io/json_read.h"
#include "node/io/json_write.h"
#include "node/regtest/rt_rpc.h"

/** Bytes of an error's text at most, its NUL included. */
#define RT_CALL_MESSAGE_MAX 600u

struct rt_call;

struct rt_method {
	const char *group;
	const char *name;
	const char *args; /* names; an optional one ends in ? */
	enum err (*run)(struct rt_call *c);
};

struct rt_call {
	struct rt_rpc *rpc;
	struct rt_node *node;
	struct arena *a;
	const struct rt_method *method;
	const struct json *params; /* array, object or NULL */
	bool has_wallet;           /* the path names one */
	struct span wallet;
	struct json_write *out; /* the result: exactly one value */
	int code;               /* of an error */
	char message[RT_CALL_MESSAGE_MAX];
};

/** All methods, and how many. */
extern const struct rt_method rt_rpc_methods[];
extern const unsigned rt_rpc_n_methods;

/** Sets an error. @return ERR_BTC_RULE, for the caller to return. */
__attribute__((format(printf, 3, 4))) enum err
rt_call_fail(struct rt_call *c, int code, const char *fmt, ...);

/** @return argument `i`; NULL if it is not given, or null. */
const struct json *rt_call_arg(const struct rt_call *c, unsigned i);

/** Each reads an argument; a missing one leaves `ret` as it is, another kind
 * is an error. */
MUST_USE enum err rt_call_text(struct rt_call *c, unsigned i, struct span *ret);
MUST_USE enum err rt_call_i64(struct rt_call *c, unsigned i, int64_t *ret);
MUST_USE enum err rt_call_bool(struct rt_call *c, unsigned i, bool *ret);

/** Reads a hash that is shown backwards; `name` is for the error. */
MUST_USE enum err rt_call_hash(struct rt_call *c, const struct json *v,
                               const char *name,
                               uint8_t ret[BTC_WIRE_HASH_LEN]);

/** Reads bytes in hex, into the call's arena. @return false if it is none. */
bool rt_call_hex(struct rt_call *c, struct span text, struct span *ret);

/** Reads an amount in bitcoin. */
MUST_USE enum err rt_call_amount(struct rt_call *c, const struct json *v,
                                 uint64_t *ret);

/** Reads the block whose hash is argument `i`. */
MUST_USE enum err rt_call_block(struct rt_call *c, unsigned i,
                                struct rt_block **ret);

/** Reads a transaction from argument `i`, which is hex. */
MUST_USE enum err rt_call_tx(struct rt_call *c, unsigned i, struct btc_tx *ret);

/** Reads a transaction's bytes. @return false if they are none. */
bool rt_call_read_tx(struct rt_call *c, struct span bytes, struct btc_tx *ret);

/** Reads an address into its script, in the call's arena. */
MUST_USE enum err rt_call_address(struct rt_call *c, struct span text,
                                  struct span *ret);

#endif /* NODE_REGTEST_RT_CALL_H */
