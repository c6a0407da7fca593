/*
 * node/mempool/admit.h - Whether a transaction may wait for a block.
 *
 * What is asked here is not consensus: a block may well hold a transaction
 * that this node would not have taken.  It keeps out what cannot succeed soon,
 * and tells wallets why, with the numbers that they need to do better.
 *
 * Layer:    node/mempool; pure: the chain is asked through a table.
 * Memory:   never allocates.
 * Threads:  pure functions, as far as the table's are.
 * Spec:     Stacks core, will_admit_mempool_tx; the order of checks is its.
 */
#ifndef NODE_MEMPOOL_ADMIT_H
#define NODE_MEMPOOL_ADMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/num.h"
#include "clarity/value/epoch.h"
#include "node/wire/tx.h"

enum admit_reason {
#define X(name, wire, text) ADMIT_##name,
#include "node/mempool/admit_reason.def"
#undef X
	ADMIT_REASONS
};

/** How far ahead of the account's next nonce one may be. */
#define ADMIT_CHAINING_MAX 26u

/** microSTX for each byte, and at least. */
#define ADMIT_FEE_PER_BYTE 1u
#define ADMIT_FEE_MIN 1u

/** What an account has at the tip. */
struct admit_account {
	uint64_t nonce; /* the next one */
	u128 available; /* microSTX that are not locked */
};

/** What a contract call meets at the tip. */
enum admit_call {
	ADMIT_CALL_FITS,
	ADMIT_CALL_NO_CONTRACT,
	ADMIT_CALL_NO_FUNCTION,
	ADMIT_CALL_BAD_ARGUMENT
};

/** The chain as admission asks it; every function may fail with a fault. */
struct admit_chain {
	void *ctx;
	bool is_mainnet;
	uint32_t chain_id;
	enum epoch epoch;
	enum err (*account)(void *ctx, const struct principal *who,
	                    struct admit_account *ret);
	enum err (*call)(void *ctx, const struct payload_call *call,
	                 enum admit_call *ret);
	enum err (*has_contract)(void *ctx, const struct principal *id,
	                         bool *ret);
};

/** Why not, in numbers. */
struct admit_verdict {
	enum admit_reason reason;
	u128 expected;      /* FEE: the least; NONCE: the next; FUNDS: needed;
	                       CHAINING: the highest */
	u128 actual;        /* what it has instead */
	struct address who; /* NONCE, CHAINING, FUNDS: whose */
	bool is_origin;     /* else the sponsor's */
	enum err fault;     /* FAULT: which; SIGNATURE: what is wrong */
};

/**
 * Judges a transaction, signatures included.
 *
 * @param len  its bytes on the wire
 */
void admit_judge(struct admit_verdict *ret, const struct admit_chain *chain,
                 const struct tx *tx, size_t len);

/** @return the word in a rejection's JSON. */
const char *admit_word(enum admit_reason reason);

/** @return the reason in a sentence for people. */
const char *admit_text(enum admit_reason reason);

#endif /* NODE_MEMPOOL_ADMIT_H */
