/*
 * clarity/vm/store.h - What the machine needs from whoever keeps the state.
 *
 * The machine knows no database.  It reads and writes named entries, asks for
 * contracts, and asks about blocks; whoever embeds it fills this table.  All
 * writes of a transaction arrive together, after it was accepted, and only the
 * last one of each key: rollback is the machine's own affair (journal.h).
 *
 * Keys are the texts that the network commits to, but most end in the hex of
 * some bytes or in an address, and spelling those costs more than looking a
 * key up.  So a key is a text and the bytes that follow it in some spelling;
 * an implementation that needs the whole text calls store_spell, others index
 * by the parts.  The same holds for what is stored: bytes whose hex is the
 * committed text, or a text.
 *
 * A failure of any of these functions is a fault.  It ends the execution, is
 * handed to the caller unchanged, and never becomes a verdict.
 *
 * Layer:    clarity/vm.
 * Memory:   what a read returns lives as long as the given arena; keys and
 *           values handed over are borrowed for the call.
 * Threads:  a store is called from the machine's thread only.
 * Spec:     docs/CONSENSUS.md, "Keys of the Clarity state".
 */
#ifndef CLARITY_VM_STORE_H
#define CLARITY_VM_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/num.h"
#include "clarity/base/span.h"
#include "clarity/value/epoch.h"
#include "clarity/value/principal.h"
#include "clarity/value/value.h"
#include "clarity/value/version.h"

#define STORE_HASH_LEN 32u

/** How a key goes on behind its text. */
enum store_tail {
	STORE_TAIL_HEX,     /* the lower-case hex of the tail */
	STORE_TAIL_OWNER,   /* a principal as {"Standard":[22,[...]]} */
	STORE_TAIL_BALANCE, /* a principal's address and "::19" */
	STORE_TAIL_NONCE    /* a principal's address and "::18" */
};

/** The name of an entry: `text`, then `tail` as its form says.  Principals
 * are their consensus bytes. */
struct store_key {
	struct span text;
	struct span tail;
	enum store_tail form;
};

/** How stored bytes and the committed text hang together. */
enum store_form {
	STORE_HEX, /* the text is the lower-case hex of the bytes */
	STORE_TEXT /* the text is the bytes */
};

/** A constant of a deployed contract. */
struct store_constant {
	struct span name;
	struct span bytes; /* consensus bytes of its value */
	uint32_t size;     /* of the value when it was defined, by size rules */
};

/** A deployed contract. */
struct store_contract {
	struct span source;
	uint8_t hash[STORE_HASH_LEN]; /* SHA-512/256 of the source */
	uint32_t height;              /* of the block that deployed it */
	enum epoch epoch;             /* in which it was checked */
	enum clarity_version version;
	uint64_t data_size; /* sizes of its constants, added up */
	const struct store_constant *constants;
	uint32_t n_constants;
};

/** What the language may ask about a finished Stacks block. */
struct store_block {
	uint8_t id[STORE_HASH_LEN];
	uint8_t header_hash[STORE_HASH_LEN];
	uint8_t burn_hash[STORE_HASH_LEN];
	uint8_t vrf_seed[STORE_HASH_LEN]; /* of its tenure */
	uint64_t time;                    /* seconds; Nakamoto blocks only */
	uint64_t burn_time;               /* seconds, of its Bitcoin block */
	bool is_nakamoto;                 /* false: mined before epoch 3.0 */
	const struct principal *miner;    /* of its tenure; an account */
	u128 spend_winner;                /* satoshis */
	u128 spend_total;                 /* satoshis */
	bool has_reward;                  /* its tenure's has matured */
	u128 reward;                      /* microSTX */
};

/** An address that was paid by Proof of Transfer. */
struct store_pox_addr {
	struct span version;    /* 1 byte */
	struct span hash_bytes; /* 20 or 32 bytes */
};

/** What the language may ask about a Bitcoin block. */
struct store_burn {
	uint8_t hash[STORE_HASH_LEN];
	bool has_payout; /* the fields below are known */
	const struct store_pox_addr *addrs;
	uint32_t n_addrs;
	u128 payout; /* satoshis for each address */
};

/** Where the block that is being built stands. */
struct store_view {
	uint32_t height;      /* of this block */
	uint32_t burn_height; /* of the Bitcoin tip; not changed by travel */
	uint32_t unlock_height[4]; /* at which locks of PoX 1 to 4 end early;
	                              UINT32_MAX: never */
};

struct store_ops {
	/**
	 * Reads an entry.  The bytes are in the form in which they were put.
	 *
	 * @param a      where the bytes go, unless they are lasting anyway
	 * @param found  whether there is such an entry
	 * @return ERR_OK or a fault
	 */
	enum err (*get)(void *ctx, struct arena *a, const struct store_key *key,
	                struct span *ret, bool *found);

	/**
	 * Writes an entry.  Order matters: keys enter the trie as they come,
	 * and their order is part of the state root.
	 *
	 * @return ERR_OK or a fault
	 */
	enum err (*put)(void *ctx, const struct store_key *key,
	                struct span bytes, enum store_form form);

	/** Reads a deployed contract; as get. */
	enum err (*contract_get)(void *ctx, struct arena *a,
	                         const struct principal *id,
	                         struct store_contract *ret, bool *found);

	/**
	 * Keeps what is not under the root of a newly deployed contract; the
	 * hash of its source and its height came through `put` already.
	 *
	 * @return ERR_OK or a fault
	 */
	enum err (*contract_put)(void *ctx, const struct principal *id,
	                         const struct store_contract *contract);

	/** Tells where we stand. @return ERR_OK or a fault. */
	enum err (*view)(void *ctx, struct store_view *ret);

	/** Reads facts of the finished block at `height`; as get. */
	enum err (*block)(void *ctx, struct arena *a, uint32_t height,
	                  struct store_block *ret, bool *found);

	/** Finds the height of a tenure's first block; as get. */
	enum err (*tenure)(void *ctx, uint32_t tenure_height, uint32_t *ret,
	                   bool *found);

	/** Reads facts of a Bitcoin block on our fork; as get. */
	enum err (*burn)(void *ctx, struct arena *a, uint32_t burn_height,
	                 struct store_burn *ret, bool *found);

	/**
	 * Lets get, contract_get and view answer as of block `id`, until the
	 * next call; NULL returns to the block that is being built.
	 *
	 * @param found  whether our fork has that block; if not, nothing
	 *               changes
	 */
	enum err (*travel)(void *ctx, const uint8_t id[STORE_HASH_LEN],
	                   bool *found);
};

struct store {
	const struct store_ops *ops;
	void *ctx; /* the implementation's; first argument of every function */
};

/** Appends the whole text of a key; errors as buf_add. */
enum err store_spell(struct buf *b, const struct store_key *key);

#endif /* CLARITY_VM_STORE_H */
