/*
 * tests/crash/crash_chain.h - A chain whose every block follows from its
 * number.
 *
 * A child process builds it and is killed; whoever opens the store afterwards
 * can build the same chain in memory and compare.  Every seventh block parts
 * from the tip's branch, every tenth settles what is deep.
 *
 * Layer:    tests.
 */
#ifndef TESTS_CRASH_CRASH_CHAIN_H
#define TESTS_CRASH_CRASH_CHAIN_H

#include "clarity/base/env.h"
#include "node/store/chaindb.h"

/** Keys that the chain writes. */
#define CRASH_CHAIN_KEYS 300u

/** The number in the first report, once the store is open. */
#define CRASH_CHAIN_OPEN UINT32_MAX

/** A block as the child reports it, once it is acknowledged. */
struct crash_ack {
	uint32_t number;
	uint32_t tip;
};

/** Opens the store in a folder, or one in memory (`path` NULL).
 * @param write_bytes  gathered before files are written; 0: a little, so that
 *                     files are written all the time */
enum err crash_chain_open(struct chaindb **ret, const struct env *e,
                          const char *path, size_t write_bytes, char *why);

/** Builds and commits the next block, as its number says. */
enum err crash_chain_grow(struct chaindb *db);

/** What a child does: opens a store and grows it until it is killed or `blocks`
 * are done, writing a crash_ack for each to standard output, and first one with
 * CRASH_CHAIN_OPEN.  With `limit`, no file may pass so many bytes. */
int crash_chain_child(const char *path, uint32_t blocks, uint64_t limit);

#endif /* TESTS_CRASH_CRASH_CHAIN_H */
