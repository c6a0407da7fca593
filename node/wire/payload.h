/*
 * node/wire/payload.h - What a transaction does.
 *
 * Layer:    node/wire; pure.
 * Memory:   arguments lie in the given arena; texts, names and principals
 *           borrow the input.
 * Threads:  plain data.
 * Spec:     SIP-005, "Transaction Payloads"; SIP-021 for 07 and 08.
 * Format:   00 principal amount[8] memo[34]            transfer of STX
 *           01 name code | 06 version name code        contract publication
 *           02 address contract function arguments     contract call
 *           03 header header                           poison microblock
 *           04 buff[32] | 05 buff[32] value            coinbase before 3.0
 *           08 buff[32] value proof[80]                coinbase from 3.0
 *           07 tenure change: see struct payload_tenure
 */
#ifndef NODE_WIRE_PAYLOAD_H
#define NODE_WIRE_PAYLOAD_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/crypto/vrf.h"
#include "clarity/value/principal.h"
#include "clarity/value/value.h"
#include "node/wire/wire.h"

#define PAYLOAD_MEMO_LEN 34u
#define PAYLOAD_COINBASE_LEN 32u

/** The wire's values. */
enum payload_kind {
	PAYLOAD_TRANSFER = 0,
	PAYLOAD_CONTRACT = 1,
	PAYLOAD_CALL = 2,
	PAYLOAD_POISON = 3,
	PAYLOAD_COINBASE = 4,
	PAYLOAD_COINBASE_ALT = 5,
	PAYLOAD_CONTRACT_VERSIONED = 6,
	PAYLOAD_TENURE = 7,
	PAYLOAD_COINBASE_VRF = 8
};
#define PAYLOAD_KINDS 9u

struct payload_transfer {
	const struct principal *to;
	uint64_t amount; /* microSTX */
	uint8_t memo[PAYLOAD_MEMO_LEN];
};

struct payload_contract {
	uint8_t version; /* enum clarity_version; only CONTRACT_VERSIONED */
	struct span name;
	struct span code;
};

struct payload_call {
	struct address address;
	struct span contract;
	struct span function;
	const struct value *args;
	uint32_t n_args;
};

/** The header of a microblock, a kind of block that ended with epoch 2.5. */
struct payload_micro {
	uint8_t version;
	uint16_t sequence;
	uint8_t prev_block[WIRE_HASH_LEN];
	uint8_t tx_root[WIRE_HASH_LEN];
	uint8_t sig[WIRE_SIG_LEN];
};

struct payload_coinbase {
	uint8_t bytes[PAYLOAD_COINBASE_LEN];
	const struct principal *recipient; /* NULL: the sender */
	uint8_t proof[VRF_PROOF_LEN];      /* COINBASE_VRF only */
};

/** Why a tenure begins or gets more budget; the wire's values. */
enum payload_cause {
	PAYLOAD_BLOCK_FOUND = 0,      /* a new tenure */
	PAYLOAD_EXTENDED = 1,         /* all dimensions of the budget */
	PAYLOAD_EXTENDED_RUNTIME = 2, /* one dimension, from epoch 3.3 */
	PAYLOAD_EXTENDED_READ_COUNT = 3,
	PAYLOAD_EXTENDED_READ_LENGTH = 4,
	PAYLOAD_EXTENDED_WRITE_COUNT = 5,
	PAYLOAD_EXTENDED_WRITE_LENGTH = 6
};

/** In the order of the wire. */
struct payload_tenure {
	uint8_t tenure[WIRE_CONSENSUS_HASH_LEN];
	uint8_t prev_tenure[WIRE_CONSENSUS_HASH_LEN];
	uint8_t burn_view[WIRE_CONSENSUS_HASH_LEN];
	uint8_t prev_end[WIRE_HASH_LEN]; /* block id */
	uint32_t prev_blocks;
	enum payload_cause cause;        /* one byte */
	uint8_t miner[ADDRESS_HASH_LEN]; /* hash of the miner's key */
};

struct payload {
	enum payload_kind kind;
	union {
		struct payload_transfer transfer;
		struct payload_contract contract; /* CONTRACT, _VERSIONED */
		struct payload_call call;
		struct payload_micro poison[2];
		struct payload_coinbase coinbase; /* COINBASE, _ALT, _VRF */
		struct payload_tenure tenure;
	};
};

/**
 * Reads a payload.  Two kinds are read leniently, as the reference does, so
 * that writing them gives other bytes: a recipient of COINBASE_VRF that is
 * `(some x)` with x no principal counts as none, and a proof's point is brought
 * into its canonical form.
 *
 * @return ERR_OK; ERR_PAYLOAD_KIND; ERR_PAYLOAD_VERSION for an unknown language
 *         version; ERR_PAYLOAD_POISON for headers that are equal, are no fork,
 *         or have malformed signatures; ERR_PAYLOAD_RECIPIENT;
 *         ERR_PAYLOAD_CAUSE; ERR_BAD_PROOF; ERR_VALUE_BYTES; those of wire.h
 *         (verdicts); ERR_NO_MEMORY.
 */
MUST_USE enum err payload_read(struct arena *a, struct payload *ret,
                               struct cursor *c);

/** Appends the bytes of `p`; errors as buf_add. */
enum err payload_write(struct buf *b, const struct payload *p);

/** @return whether it is one of the three kinds of coinbase. */
bool payload_is_coinbase(const struct payload *p);

/** @return a word for people and logs, such as "token_transfer". */
const char *payload_name(enum payload_kind kind);

#endif /* NODE_WIRE_PAYLOAD_H */
