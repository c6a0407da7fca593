/*
 * node/chain/genesis_toml.h - Reads a chain's description from a file.
 *
 * The file names contracts by their own files, in a folder that the caller
 * reads.  Everything that is not known is refused by name: a key that is
 * misspelled must not silently give another chain.
 *
 * Layer:    node/chain; files come through the caller.
 * Memory:   what is read lies in the given arena and borrows the text.
 * Threads:  pure.
 * Format:   docs/GENESIS.md.
 */
#ifndef NODE_CHAIN_GENESIS_TOML_H
#define NODE_CHAIN_GENESIS_TOML_H

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "node/chain/genesis.h"

/** Bytes of an explanation, its NUL included. */
#define GENESIS_TOML_WHY_MAX 200u

/** Who reads the files of the boot folder. */
struct genesis_files {
	void *ctx;
	/** Reads a file into the arena. @return ERR_OK; ERR_IO and its kin. */
	enum err (*read)(void *ctx, struct arena *a, struct span name,
	                 struct span *ret);
};

/**
 * Reads a description.
 *
 * @param text     the file; must outlive `ret`
 * @param files    the boot folder
 * @param ret_why  GENESIS_TOML_WHY_MAX bytes; on failure what is wrong, and
 *                 where
 * @return ERR_OK; ERR_GENESIS; what reading a file answered; ERR_NO_MEMORY.
 */
MUST_USE enum err genesis_toml_read(struct arena *a, struct genesis *ret,
                                    struct span text,
                                    const struct genesis_files *files,
                                    char *ret_why);

#endif /* NODE_CHAIN_GENESIS_TOML_H */
