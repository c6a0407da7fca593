/*
 * node/bitcoin/btc_run_op.h - The families of operations, for btc_run.c.
 *
 * Each function runs an operation of its family; those that only read what
 * is on the stack know nothing else of the run.
 *
 * Layer:    node/bitcoin; pure.
 * Memory:   as btc_run.h.
 * Threads:  as btc_run.h.
 */
#ifndef NODE_BITCOIN_BTC_RUN_OP_H
#define NODE_BITCOIN_BTC_RUN_OP_H

#include "node/bitcoin/btc_run.h"

/** Runs an operation that moves items, or compares two of them. */
enum btc_verify_err btc_run_stack_op(struct btc_run *r, uint8_t op);

/** Runs an operation on numbers. */
enum btc_verify_err btc_run_number_op(struct btc_run *r, uint8_t op);

/** Runs a hash or a signature check. */
enum btc_verify_err btc_run_crypto_op(struct btc_run *r, uint8_t op);

/** Reads the number at `depth`. @return false if it is none. */
bool btc_run_number_at(const struct btc_run *r, uint32_t depth, size_t max,
                       int64_t *ret);

#endif /* NODE_BITCOIN_BTC_RUN_OP_H */
