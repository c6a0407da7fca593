/*
 * node/bitcoin/burn_op.h - Operations of the chain in Bitcoin transactions.
 *
 * An operation is a transaction whose first output is an OP_RETURN with one
 * push that starts with the network's magic bytes, and whose other outputs all
 * have addresses.  What is read here is all that the transaction shows by
 * itself; whether it counts depends on what came before (see the burn chain).
 *
 * "Outputs" are those behind the OP_RETURN.  Scripts stand for addresses: two
 * outputs pay the same party if and only if their scripts are equal.  Bitcoin's
 * ids are here as they are shown: highest byte first, as the chain hashes them.
 *
 * Layer:    node/bitcoin; pure.
 * Memory:   what was read borrows the transaction's bytes.
 * Threads:  pure functions.
 * Spec:     SIP-001, SIP-007, SIP-015; SIP-021 for the leader key's memo.  The
 *           rules are those of epochs 3.0 and later.
 * Format:   OP_RETURN push(magic[2] kind[1] data), integers big-endian:
 *           leader key  ignored[20] VRF key[32] memo
 *           commit      block id[32] seed[32] parent block[4] index[2]
 *                       key block[4] index[2] (marker << 3 | modulus)[1]
 *           stack       ustx[16] cycles[1] [key[33] [max[16] [auth id[4]]]]
 *           transfer    ustx[16] memo, up to 61
 *           delegate    ustx[16] flag[1] output[4] flag[1] until[8]
 *           vote key    index[2] key[33] round[4] cycle[8]
 */
#ifndef NODE_BITCOIN_BURN_OP_H
#define NODE_BITCOIN_BURN_OP_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/num.h"
#include "clarity/base/span.h"
#include "node/bitcoin/btc_tx.h"

#define BURN_OP_MAGIC_LEN 2u
#define BURN_OP_HASH_LEN 32u
#define BURN_OP_KEY_LEN 33u

/** Outputs that a commit pays outside of the prepare phase. */
#define BURN_OP_COMMIT_OUTS 2u

/** A commit names its height modulo this. */
#define BURN_OP_MODULUS 5u

#define BURN_OP_MEMO_MAX 61u

enum burn_op_kind {
#define X(name, byte, words) BURN_OP_##name,
#include "node/bitcoin/burn_op.def"
#undef X
	BURN_OP_KINDS
};

/** A VRF key, and who may mine with it. */
struct burn_op_leader_key {
	uint8_t vrf_pub[32];
	struct span memo; /* the first 20 bytes hash the block-signing key */
};

/** A bid for a block. */
struct burn_op_commit {
	uint8_t block_id[32]; /* of the parent tenure's first block */
	uint8_t new_seed[32];
	uint32_t parent_block; /* height of the parent tenure's commit, */
	uint16_t parent_index; /* and its place there; both 0: genesis */
	uint32_t key_block;    /* where the leader key was registered */
	uint16_t key_index;
	uint8_t modulus; /* of the height before the one it is meant for */
	uint8_t marker;  /* the epoch that the miner knows */
	struct span outs[BURN_OP_COMMIT_OUTS]; /* whom it pays */
	uint32_t n_outs;
	uint64_t burn_fee; /* satoshi, in all */
};

struct burn_op_stack {
	struct span reward; /* script */
	u128 ustx;
	uint8_t cycles;
	bool has_key;
	uint8_t key[BURN_OP_KEY_LEN]; /* the signer's; not checked */
	bool has_max;
	u128 max;
	bool has_auth_id;
	uint32_t auth_id;
};

struct burn_op_transfer {
	struct span to; /* script: p2pkh or p2sh */
	u128 ustx;
	struct span memo;
};

struct burn_op_delegate {
	struct span to; /* script: p2pkh or p2sh */
	u128 ustx;
	bool has_reward;
	uint32_t reward_output; /* its place among the outputs, from 0 */
	struct span reward;     /* its script */
	bool has_until;
	uint64_t until; /* burn height */
};

struct burn_op_vote_key {
	uint16_t signer_index;
	uint8_t key[BURN_OP_KEY_LEN];        /* voted for; not checked */
	uint8_t signer_key[BURN_OP_KEY_LEN]; /* who signed the first input */
	uint32_t round;
	uint64_t cycle;
};

struct burn_op {
	enum burn_op_kind kind;
	uint8_t txid[BURN_OP_HASH_LEN];
	uint32_t index; /* the transaction's place in its block */
	uint8_t spent_txid[BURN_OP_HASH_LEN]; /* what its first input spends */
	uint32_t spent_output;
	union {
		struct burn_op_leader_key leader_key;
		struct burn_op_commit commit;
		struct span pre_stx; /* script of the account that may act */
		struct burn_op_stack stack;
		struct burn_op_transfer transfer;
		struct burn_op_delegate delegate;
		struct burn_op_vote_key vote_key;
	};
};

/** What decides how a transaction is read. */
struct burn_op_place {
	uint8_t magic[BURN_OP_MAGIC_LEN];
	uint64_t height;   /* of the Bitcoin block */
	uint32_t index;    /* of the transaction in it */
	bool is_prepare;   /* in the classic prepare phase */
	bool is_waterfall; /* all miners pay one address, from epoch 4.0 on */
};

/** @return whether the transaction is an operation of some kind, known or
 * not; then `ret_byte` is its kind and `ret_data` what follows. */
bool burn_op_is(const struct btc_tx *tx, const uint8_t *magic,
                uint8_t *ret_byte, struct span *ret_data);

/**
 * Reads an operation.
 *
 * @return ERR_OK; verdicts: ERR_BURN_NONE if the transaction is no operation,
 *         or of an unknown kind; ERR_BURN_DATA if its data are malformed, or
 *         a commit's numbers impossible at its height; ERR_BURN_INPUT if an
 *         output that it needs is missing or of a wrong kind, or a vote is not
 *         signed as p2pkh; ERR_BURN_OUTPUT if a commit in the prepare phase
 *         does not burn; ERR_NO_MEMORY.
 */
MUST_USE enum err burn_op_read(struct burn_op *ret, const struct btc_tx *tx,
                               const struct burn_op_place *place);

/**
 * Judges what an operation on STX or a vote says by itself.
 *
 * @return ERR_OK, also for the other kinds; ERR_BURN_DATA for an amount of 0, a
 *         key that is none, or a height or cycle of 2^63 or more.  Of a
 *         transfer, that sender and recipient differ is the caller's to see.
 */
MUST_USE enum err burn_op_check(const struct burn_op *op);

/** @return whether a script burns: p2pkh or p2sh of a hash of zeros. */
bool burn_op_is_burn(struct span script);

/** Writes the script that miners burn to: p2pkh of zeros.  Lives for ever. */
struct span burn_op_burn_script(void);

/**
 * Tells an output script as reward addresses are told in contracts.
 *
 * @param ret_version  0 p2pkh, 1 p2sh, 4 p2wpkh, 5 p2wsh, 6 p2tr
 * @param ret_hash     20 or 32 bytes of the script
 * @return false if it has no such address.
 */
bool burn_op_reward(struct span script, uint8_t *ret_version,
                    struct span *ret_hash);

/**
 * Appends the OP_RETURN script of an operation; the caller adds the outputs
 * that its kind needs.  Errors as buf_add.
 *
 * @param op  its kind and that kind's fields; scripts are not read
 */
MUST_USE enum err burn_op_write(struct buf *b, const uint8_t *magic,
                                const struct burn_op *op);

/** @return the kind in words. */
const char *burn_op_words(enum burn_op_kind kind);

#endif /* NODE_BITCOIN_BURN_OP_H */
