/*
 * node/regtest/rt_signer.h - Signs a transaction that came as hex, and tells
 * how far it got.
 *
 * Layer:    node/regtest.
 * Memory:   the call's arena.
 * Threads:  one.
 */
#ifndef NODE_REGTEST_RT_SIGNER_H
#define NODE_REGTEST_RT_SIGNER_H

#include "node/regtest/rt_call.h"
#include "node/regtest/rt_keys.h"

/** Reads a list of outputs that may be in no block yet: txid, vout,
 * scriptPubKey, amount, redeemScript, witnessScript. */
MUST_USE enum err rt_signer_read_spent(struct rt_call *c,
                                       const struct json *list,
                                       struct rt_keys *keys, struct hmap *ret);

/** Finds what a transaction spends; what is unknown has NULL.
 * @param extra  as rt_signer_read_spent left it; may be NULL */
MUST_USE enum err rt_signer_find_spent(struct rt_call *c,
                                       const struct btc_tx *tx,
                                       const struct hmap *extra,
                                       struct rt_coin ***ret);

/** Signs all inputs that it can. @param tx  its inputs are replaced
 * @param ret_whole  whether all are unlocked */
MUST_USE enum err rt_signer_sign(struct rt_call *c, struct btc_tx *tx,
                                 struct rt_coin *const *spent,
                                 const struct btc_sign_source *source,
                                 uint32_t type, bool *ret_whole);

/** Reads the name of a type of hash from argument `i`. */
MUST_USE enum err rt_signer_type(struct rt_call *c, unsigned i, uint32_t *ret);

/** Signs, and writes hex, complete and errors as the call's result. */
MUST_USE enum err rt_signer_answer(struct rt_call *c, struct btc_tx *tx,
                                   const struct json *extra,
                                   struct rt_keys *keys, uint32_t type);

#endif /* NODE_REGTEST_RT_SIGNER_H */
