/*
 * node/store/vmstore.h - The Clarity machine's store, on state and trie.
 *
 * Reads come from the flat state; those of earlier blocks from whoever keeps
 * the past.  A write goes to the flat state and, under
 * the text that the network hashes, into the block's trie.  Contracts are
 * kept in the flat state beside the entries, under keys that no entry can
 * have; the trie holds only the entry that the machine writes for them.
 *
 * What is asked about blocks is handed on to whoever knows them (struct
 * chain_facts), so this file knows no headers.
 *
 * Layer:    node/store; implements clarity/vm/store.h.
 * Memory:   init/fini; borrows the state, the trie and the facts.
 * Threads:  one at a time.
 * Format:   keys of the flat state: u8 form (enum store_tail), text, tail; or
 *           0xff and a contract's consensus bytes.  A contract's value: u8
 *           version 1, u32 epoch, u8 Clarity version, u32 height, u64 size of
 *           its constants, 32 hash, u32 count, then each constant: u8 length
 *           and name, u32 size, u32 length and bytes; then its source.
 */
#ifndef NODE_STORE_VMSTORE_H
#define NODE_STORE_VMSTORE_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/vm/store.h"
#include "node/store/marf.h"
#include "node/store/state.h"

/** Who knows blocks; each function as the one of that name in store_ops. */
struct chain_facts {
	void *ctx;
	enum err (*view)(void *ctx, struct store_view *ret);
	enum err (*block)(void *ctx, struct arena *a, uint32_t height,
	                  struct store_block *ret, bool *found);
	enum err (*tenure)(void *ctx, uint32_t tenure_height, uint32_t *ret,
	                   bool *found);
	enum err (*burn)(void *ctx, struct arena *a, uint32_t burn_height,
	                 struct store_burn *ret, bool *found);
};

/** A block of the past. */
struct vmstore_then {
	uint32_t number; /* as the forest counts */
	uint32_t height;
};

/** A key, in both its forms. */
struct vmstore_name {
	struct span spelled; /* what the network hashes */
	struct span key;     /* of the flat state */
};

/** Who can read earlier blocks of our fork. */
struct vmstore_past {
	void *ctx;

	/** Finds a block below the one that is being built. @return ERR_OK or
	 * a fault. */
	enum err (*find)(void *ctx, const uint8_t id[STORE_HASH_LEN],
	                 struct vmstore_then *ret, bool *found);

	/** Reads what a key held in a block, into `a`. @return ERR_OK or a
	 * fault. */
	enum err (*get)(void *ctx, struct arena *a,
	                const struct vmstore_then *then,
	                const struct vmstore_name *name, struct span *ret,
	                bool *found);
};

struct vmstore {
	struct store store;  /* what the machine is given */
	struct state *state; /* a block must be open while it is written */
	struct marf *marf;   /* of the open block; NULL: no trie is kept */
	const struct chain_facts *facts;
	const struct vmstore_past *past; /* NULL: no earlier block is known */
	bool is_past;                    /* reads answer as of `then` */
	struct vmstore_then then;
	struct buf key;   /* scratch */
	struct buf value; /* scratch */
};

/** Starts a store; everything is borrowed. */
void vmstore_init(struct vmstore *v, struct state *state,
                  const struct chain_facts *facts);

/** Names who reads earlier blocks, for at-block in epochs below 3.4. */
void vmstore_use_past(struct vmstore *v, const struct vmstore_past *past);

/** Frees the scratch. */
void vmstore_fini(struct vmstore *v);

/** Names the trie that writes go to from now on; NULL for none.  It grows from
 * the block that the state shows: they hold the same keys. */
void vmstore_use_trie(struct vmstore *v, struct marf *marf);

/**
 * Reads an entry, as the machine would.
 *
 * @param ret  valid until the entry is written
 * @return ERR_OK; ERR_NO_MEMORY.
 */
MUST_USE enum err vmstore_get(struct vmstore *v, const struct store_key *key,
                              struct span *ret, bool *found);

/**
 * Finds the name of an entry in a key of the flat state.  A text is printable,
 * and what follows it never begins with a printable byte: values and
 * principals have prefixes below 32.
 *
 * @param ret  borrows `key`
 * @return false for a contract, which has no entry of its own.
 */
bool vmstore_parse_key(struct span key, struct store_key *ret);

/** Writes an entry, as the machine would.  A fault drops the block. */
MUST_USE enum err vmstore_put(struct vmstore *v, const struct store_key *key,
                              struct span bytes, enum store_form form);

#endif /* NODE_STORE_VMSTORE_H */
