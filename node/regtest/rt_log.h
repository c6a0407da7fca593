/*
 * node/regtest/rt_log.h - What happened to the chain, on disk.
 *
 * The log has each block and each word of the operator in the order in which
 * they came; the same chain grows from it again.  An answer is given only
 * when its record is written, so that what a client was told survives the
 * process; like Bitcoin's own node it is not synced to the disk each time.
 * Wallets lie beside it, each as one value.
 *
 * Layer:    node/regtest; over node/io/kv.
 * Memory:   new/free.
 * Threads:  one.
 * Format:   family "log": number[8, big-endian] -> kind[1], payload;
 *           family "wallet": name -> what rt_wallet.h writes;
 *           family "meta": "format" -> 1[1]
 */
#ifndef NODE_REGTEST_RT_LOG_H
#define NODE_REGTEST_RT_LOG_H

#include <stdbool.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"

enum rt_log_kind {
	RT_LOG_BLOCK = 1,  /* payload: its bytes; its scripts are not judged */
	RT_LOG_CHECKED,    /* as BLOCK, but they are: it was the tip */
	RT_LOG_INVALIDATE, /* payload of these: a block's hash */
	RT_LOG_RECONSIDER,
	RT_LOG_PRECIOUS,
	RT_LOG_KINDS
};

struct rt_log;

/** Bytes that an explanation may need, its NUL included. */
#define RT_LOG_WHY_MAX 320u

/**
 * Opens the log in a folder, or makes it.
 *
 * @param ret_why  RT_LOG_WHY_MAX bytes; says in words what was wrong
 * @return ERR_OK; ERR_STORE_OPEN; ERR_STORE_CORRUPT: it is another program's
 *         or another version's; ERR_STORE_READ; ERR_NO_MEMORY.
 */
MUST_USE enum err rt_log_open(struct rt_log **ret, const char *folder,
                              char *ret_why);

/** Closes it; NULL is accepted. */
void rt_log_close(struct rt_log *log);

/** Appends a record. @return ERR_OK; ERR_STORE_WRITE. */
MUST_USE enum err rt_log_add(struct rt_log *log, enum rt_log_kind kind,
                             struct span payload);

/** What is done with each record while reading. */
typedef enum err rt_log_visit(void *ctx, enum rt_log_kind kind,
                              struct span payload);

/** Reads all records in order. @return ERR_OK; ERR_STORE_READ;
 * ERR_STORE_CORRUPT; or what `visit` returned. */
MUST_USE enum err rt_log_replay(struct rt_log *log, rt_log_visit *visit,
                                void *ctx);

/** Keeps a wallet's value. @return ERR_OK; ERR_STORE_WRITE. */
MUST_USE enum err rt_log_put_wallet(struct rt_log *log, struct span name,
                                    struct span value);

/** Reads a wallet. @return ERR_OK and whether it is there; ERR_STORE_READ;
 * ERR_NO_MEMORY. */
MUST_USE enum err rt_log_get_wallet(struct rt_log *log, struct arena *a,
                                    struct span name, struct span *ret,
                                    bool *ret_found);

/** Calls `visit` with the name of each wallet, in their order. */
MUST_USE enum err
rt_log_list_wallets(struct rt_log *log,
                    enum err (*visit)(void *ctx, struct span name), void *ctx);

#endif /* NODE_REGTEST_RT_LOG_H */
