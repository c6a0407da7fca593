/*
 * node/bitcoin/btc_script.h - Bitcoin scripts as bytes: reading, building,
 * recognising.
 *
 * Nothing is executed here (btc_run.h does that).  A script is only a row of
 * operations, some with data; the few shapes that wallets use are recognised
 * by them.
 *
 * Layer:    node/bitcoin; pure.
 * Memory:   borrows the script; builders append to the caller's buf.
 * Threads:  pure functions.
 * Spec:     Bitcoin Core, src/script/script.cpp, src/script/solver.cpp.
 */
#ifndef NODE_BITCOIN_BTC_SCRIPT_H
#define NODE_BITCOIN_BTC_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"

enum btc_op {
#define X(name, byte) BTC_OP_##name = byte,
#include "node/bitcoin/btc_op.def"
#undef X
};

/** Limits of a script that is executed. */
#define BTC_SCRIPT_MAX 10000u      /* its bytes; not for tapscript */
#define BTC_SCRIPT_PUSH_MAX 520u   /* bytes of an item on the stack */
#define BTC_SCRIPT_OPS_MAX 201u    /* operations; not for tapscript */
#define BTC_SCRIPT_STACK_MAX 1000u /* items on both stacks */
#define BTC_SCRIPT_KEYS_MAX 20u    /* of a CHECKMULTISIG */

/** One operation. */
struct btc_instr {
	uint8_t op;
	struct span data; /* what a push pushes; else empty */
};

/**
 * Reads the next operation; the cursor must not be at its end.
 *
 * @return false if a push runs past the end; the cursor is then at the end.
 */
bool btc_script_next(struct cursor *c, struct btc_instr *ret);

/** @return whether it is made of pushes alone (RESERVED counts as one). */
bool btc_script_is_push_only(struct span script);

/** @return whether it pays to a script's hash. */
bool btc_script_is_p2sh(struct span script);

/** @return whether it pays to a witness program; then fills both. */
bool btc_script_is_witness(struct span script, uint8_t *ret_version,
                           struct span *ret_program);

/** @return whether no input can ever spend it. */
bool btc_script_is_unspendable(struct span script);

/**
 * Counts the signature checks that it could make.
 *
 * @param is_exact  believe the number of keys in front of a CHECKMULTISIG;
 *                  else each counts as the most there can be
 */
uint32_t btc_script_sigops(struct span script, bool is_exact);

/** What a script is, by its shape. */
enum btc_script_kind {
	BTC_SCRIPT_NONSTANDARD,
	BTC_SCRIPT_PUBKEY,
	BTC_SCRIPT_PUBKEYHASH,
	BTC_SCRIPT_SCRIPTHASH,
	BTC_SCRIPT_MULTISIG,
	BTC_SCRIPT_NULLDATA,
	BTC_SCRIPT_WITNESS_KEYHASH,
	BTC_SCRIPT_WITNESS_SCRIPTHASH,
	BTC_SCRIPT_WITNESS_TAPROOT,
	BTC_SCRIPT_WITNESS_ANCHOR,
	BTC_SCRIPT_WITNESS_UNKNOWN
};

/** A script's shape and what is in it. */
struct btc_script_shape {
	enum btc_script_kind kind;
	struct span data; /* the key, hash or program; of the first key */
	uint8_t required; /* MULTISIG: signatures */
	uint8_t n_keys;   /* MULTISIG: keys, in the script from `data` on */
};

/** Recognises a script. */
void btc_script_shape(struct btc_script_shape *ret, struct span script);

/** @return a kind's name in Bitcoin's words, such as "witness_v1_taproot". */
const char *btc_script_kind_name(enum btc_script_kind kind);

/** Appends a push of `data` in its shortest form for that length; a number of
 * one byte is not turned into its operation.  Errors as buf_add. */
enum err btc_script_add_data(struct buf *b, struct span data);

/** Appends a push in the one form that policy allows; errors as buf_add. */
enum err btc_script_add_push(struct buf *b, struct span data);

/** Appends a push of a number; errors as buf_add. */
enum err btc_script_add_number(struct buf *b, int64_t n);

/** Bytes that a number of 64 bits may take on the stack. */
#define BTC_SCRIPT_NUMBER_MAX 9u

/** Writes a number as it lies on the stack. @return its length. */
size_t btc_script_number_write(uint8_t ret[BTC_SCRIPT_NUMBER_MAX], int64_t n);

/**
 * Reads a number from the stack.
 *
 * @param max         bytes that it may have, at most 8
 * @param is_minimal  refuse other encodings than the shortest
 * @return false if it is refused.
 */
bool btc_script_number_read(int64_t *ret, struct span item, size_t max,
                            bool is_minimal);

/** @return whether a push by `op` is the form that policy wants. */
bool btc_script_is_minimal_push(uint8_t op, struct span data);

/** @return an operation's name, such as "OP_DUP"; numbers as such ("0", "-1",
 * "16"); "OP_UNKNOWN" without one. */
const char *btc_script_op_name(uint8_t op);

/** Appends the script as people write it; errors as buf_add. */
enum err btc_script_format(struct buf *b, struct span script);

#endif /* NODE_BITCOIN_BTC_SCRIPT_H */
