/*
 * node/app/clar_set.h - Which contracts a person means by files and folders.
 *
 * A contract is known by its address and name, and a file rarely says them.
 * Four customs are understood, from the most telling to the least:
 *
 *   ADDRESS/NAME.clar    a folder named like the address
 *   ADDRESS.NAME.clar    a file named like the whole identifier
 *   Clarinet.toml        a project: its contracts, and its requirements as far
 *                        as they are in its cache
 *   NAME.clar            anything else: the contract of a default address
 *
 * Folders are searched to the bottom; a loop of links is entered once.
 *
 * Layer:    node/app.
 * Memory:   everything lives in the set's arena until clar_set_fini.
 * Threads:  built by one thread; the batch (clar_batch.h) says who may touch
 *           what afterwards.
 */
#ifndef NODE_APP_CLAR_SET_H
#define NODE_APP_CLAR_SET_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/env.h"
#include "clarity/base/hmap.h"
#include "clarity/check/analysis.h"
#include "clarity/value/principal.h"
#include "clarity/value/version.h"

/** The address of contracts that tell none, and of Clarinet's projects. */
#define CLAR_SET_ADDRESS "S1G2081040G2081040G2081040G208105NK8PE5"
#define CLAR_SET_PROJECT "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM"

/** Contracts of one set at most, and folders inside one another. */
#define CLAR_SET_MAX ((uint32_t)4 * 1024 * 1024)
#define CLAR_SET_DEPTH_MAX 64u

enum clar_state {
	CLAR_NEW,     /* not begun, or to be begun again */
	CLAR_RUNNING, /* a thread is at it */
	CLAR_PARKED,  /* waits for a contract that it needs */
	CLAR_ACCEPTED,
	CLAR_REJECTED,
	CLAR_UNRESOLVED /* it needs a contract that is not there */
};

/** Why a contract was not accepted. */
struct clar_reason {
	const char *rule;       /* as the reference names it */
	const char *message;    /* for people */
	const char *suggestion; /* may be empty */
	const char *rendered;   /* with source line and caret */
	const char *needs;      /* CLAR_UNRESOLVED: the contract, as text */
	uint32_t line, column;  /* from 1; 0: no place */
};

struct clar_item {
	const char *path;
	const struct principal *contract;
	enum clarity_version version; /* 0: nobody says */
	bool is_wanted;               /* else it only helps the others */
	bool is_queued;               /* for the batch */
	_Atomic int state;            /* enum clar_state */
	uint64_t bytes;               /* of source, once it was read */
	const struct contract_analysis *analysis; /* CLAR_ACCEPTED */
	const struct clar_reason *reason;         /* the other two ends */
	struct clar_item *waiters;                /* parked on this one */
	struct clar_item *next_waiter;
};

struct clar_set {
	const struct env *env;
	struct arena arena;
	const struct principal *address; /* of contracts that tell none */
	struct clar_item *items; /* the wanted first, each part by path */
	uint32_t n;
	uint32_t n_wanted;
	struct hmap by_contract; /* principal's bytes to item */
	struct hmap folders;     /* ids of the folders that were entered */
	struct buf found;        /* items while the set is built */
	const char *wrong_path;  /* what a failure below is about */
	const char *wrong_text;  /* more about it, or NULL */
};

/**
 * Starts an empty set.
 *
 * @param address  the address of contracts that tell none; NULL: the default
 * @return ERR_OK; ERR_SYNTAX: `address` is no account's; ERR_NO_MEMORY.
 */
MUST_USE enum err clar_set_init(struct clar_set *s, const struct env *env,
                                const char *address);

/** Frees the set. */
void clar_set_fini(struct clar_set *s);

/**
 * Adds a file, or all that is in a folder.
 *
 * @param path       the file or folder
 * @param is_wanted  whether it is to be judged for its own sake
 * @return ERR_OK; the faults of env_list and env_stat; ERR_SYNTAX: a project
 *         file is wrong; ERR_TOO_LARGE past CLAR_SET_MAX or the depth;
 *         ERR_NO_MEMORY. After a failure `wrong_path` names the file.
 */
MUST_USE enum err clar_set_add(struct clar_set *s, const char *path,
                               bool is_wanted);

/** Adds one file as a contract; for clar_project.c. Errors as clar_set_add. */
MUST_USE enum err clar_set_add_item(struct clar_set *s, const char *path,
                                    const struct principal *contract,
                                    enum clarity_version version,
                                    bool is_wanted);

/** @return DIR/NAME in the set's arena, or NULL: no memory. */
const char *clar_set_join(struct clar_set *s, const char *dir,
                          const char *name);

/** Orders the set, once everything was added; a contract that stands twice is
 * then CLAR_REJECTED at its second place. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err clar_set_finish(struct clar_set *s);

/** @return the item of a contract, or NULL. */
struct clar_item *clar_set_find(const struct clar_set *s,
                                const struct principal *contract);

#endif /* NODE_APP_CLAR_SET_H */
