/*
 * node/chain/chain_core.h - The inside of a chain, for the files that share it.
 *
 * Layer:    node/chain; chain.c, append.c and assemble.c only.
 * Memory:   owned by chain_open.
 * Threads:  one at a time.
 */
#ifndef NODE_CHAIN_CHAIN_CORE_H
#define NODE_CHAIN_CHAIN_CORE_H

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/vm/hook.h"
#include "node/chain/block_run.h"
#include "node/chain/chain.h"
#include "node/chain/signer_set.h"

/** The id under which every block but genesis is opened. */
extern const uint8_t chain_core_open_id[WIRE_HASH_LEN];

struct chain {
	struct chain_options options;
	struct chaindb *db;
	struct block_host host;
	struct block_hooks block_hooks; /* the owner's, completed */
	struct signer_set signer_set;
	struct chain_block tip;
	uint32_t from; /* block that the next one builds on; or the tip */
	struct store_view view; /* of the block that is being built */
	uint8_t bitcoin[WIRE_CONSENSUS_HASH_LEN]; /* its view of Bitcoin */
	struct principal_room stacking[2];        /* the contracts that lock */
	struct hook hooks[2];                     /* lent to the machine */
	bool may_be_stale;    /* the machine may know contracts of a dropped or
	                         left branch */
	struct arena scratch; /* of reads */
	struct arena run;     /* of a block's receipts */
	struct buf record;
};

/** Reads a block's facts by its number. @return as chain_find. */
MUST_USE enum err chain_core_facts(struct chain *c, uint32_t number,
                                   struct chain_block *ret);

/** Finds the number of a tenure's first block below block `from`.
 * @return ERR_OK; ERR_STORE_NO_BLOCK; faults. */
MUST_USE enum err chain_core_tenure(struct chain *c, uint32_t from,
                                    uint32_t tenure_height, uint32_t *ret);

/** Lets the machine see `block` as the one that is being built on `from`. */
void chain_core_stand(struct chain *c, uint32_t from,
                      const struct chain_block *block);

/**
 * Opens a block on `parent`, a number, and begins to execute it.
 *
 * @return as chaindb_begin and block_run_begin; on failure none is open.
 */
MUST_USE enum err chain_core_begin(struct chain *c, uint32_t parent,
                                   const struct block_frame *frame,
                                   const struct block_sink *sink,
                                   struct block_run *ret);

/** Forgets the open block. */
void chain_core_drop(struct chain *c);

/** Writes the sealed block down. @return as chaindb_commit. */
MUST_USE enum err chain_core_commit(struct chain *c,
                                    const struct chain_block *facts,
                                    struct span header, struct span bytes,
                                    bool is_tip);

#endif /* NODE_CHAIN_CHAIN_CORE_H */
