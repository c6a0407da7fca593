/*
 * node/store/witness.h - What was acknowledged, kept beside the database.
 *
 * A database that loses the end of its log, or of its list of files, opens
 * without a word as it was some blocks ago: a flipped bit in a length is
 * enough, and no checksum inside can tell.  So each batch that the chain
 * acknowledges is also counted here, in a small file of its own.  A database
 * that knows less than its witness has lost something.
 *
 * The file has two places that take turns, each with a checksum.  A crash
 * while one is written leaves the other, which is one batch older: the batch
 * of the torn one was not acknowledged yet.
 *
 * It is also what is read first: it tells the store's schema and its chain
 * before the database is touched.  So its form never changes.
 *
 * Layer:    node/store; the file goes through the environment.
 * Memory:   plain data; init/fini.
 * Threads:  one at a time.
 * Format:   twice 72 bytes, 4096 bytes apart: "tenurewt", u32 schema of the
 *           store, u32 chain id, u64 stamp, u32 tip, u32 height, u64 turn (even
 * in the first place, odd in the second), 32 SHA-512/256 of the 40 before.
 */
#ifndef NODE_STORE_WITNESS_H
#define NODE_STORE_WITNESS_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/env.h"
#include "clarity/base/err.h"

/** What a place of the file says. */
struct witness_mark {
	uint32_t schema; /* of the store */
	uint32_t chain_id;
	uint64_t stamp;  /* the batch's number; 0: the store is being made */
	uint32_t tip;    /* number of the tip behind it */
	uint32_t height; /* of the tip */
	uint64_t turn;   /* set by witness_write: counts the writes */
};

struct witness {
	const struct env *env;
	struct env_handle file;
	struct witness_mark last; /* the newest mark */
};

/**
 * Opens the file at `path`, or makes it.
 *
 * @param first  what a new file says, with stamp 0; NULL: make none
 * @return ERR_OK; ERR_ABSENT; ERR_STORE_CORRUPT: neither place can be
 *         believed; ERR_IN_USE; faults of the file.
 */
MUST_USE enum err witness_open(struct witness *w, const struct env *e,
                               const char *path,
                               const struct witness_mark *first);

/** Closes the file. */
void witness_close(struct witness *w);

/** Writes a mark with a higher stamp, synced. @return ERR_OK; faults. */
MUST_USE enum err witness_write(struct witness *w,
                                const struct witness_mark *mark);

#endif /* NODE_STORE_WITNESS_H */
