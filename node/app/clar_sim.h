/*
 * node/app/clar_sim.h - Contracts deployed in memory, to try them.
 *
 * A person names files or a project; a chain that exists only in memory gets
 * accounts with a balance, and the contracts are deployed one after another.
 * Which has to come first is not guessed: whatever is refused is tried again
 * as long as others have been accepted meanwhile.
 *
 * Layer:    node/app.
 * Memory:   everything lives until clar_sim_fini.
 * Threads:  one thread.
 */
#ifndef NODE_APP_CLAR_SIM_H
#define NODE_APP_CLAR_SIM_H

#include <stdbool.h>

#include "clarity/base/env.h"
#include "node/app/clar_set.h"
#include "node/app/clar_show.h"
#include "node/app/repl_chain.h"

/** Who deploys and calls if nobody is named: as in Clarinet's projects. */
#define CLAR_SIM_DEPLOYER "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM"

/** What each known account has at first, in microSTX. */
#define CLAR_SIM_BALANCE ((u128)100000000000000u)

struct clar_sim_options {
	const struct env *env;
	enum epoch epoch;
	enum clarity_version version; /* 0: what a project says, or the newest
	                               */
	const char *sender;           /* an account; NULL: the deployer */
	bool has_color;
};

/** A contract of the set, on the chain or not. */
struct clar_sim_contract {
	struct clar_item *item;
	struct span text;
	bool is_deployed;
	enum err verdict;    /* why not */
	struct cost cost;    /* of its deployment */
	const char *refusal; /* rendered, or NULL */
};

struct clar_sim {
	struct clar_sim_options options;
	struct arena arena;
	struct repl_chain chain;
	struct vm *vm;
	struct clar_set set;
	struct clar_sim_contract *contracts; /* as the set's items */
	const struct principal *sender;
	struct cost limit; /* of a block */
	struct span line;  /* that is being evaluated, or empty */
	const struct principal *line_contract; /* whose text it is, or NULL */
	const char *unclear;                   /* what a usage error is about */
	const char *why;                       /* and what is wrong with it */
};

/** A function that is to be called. */
struct clar_sim_target {
	const struct principal *contract;
	struct span function;
	const struct value *args;
	uint32_t n_args;
};

/**
 * Starts a chain with accounts, without contracts.
 *
 * @return ERR_OK; ERR_SYNTAX: `unclear` and `why` tell what cannot be used;
 *         ERR_NO_MEMORY.
 */
MUST_USE enum err clar_sim_init(struct clar_sim *s,
                                const struct clar_sim_options *o);

/** Frees everything. */
void clar_sim_fini(struct clar_sim *s);

/** @return the address that a name such as wallet_1 stands for, or the text
 * itself. */
const char *clar_sim_address(const char *text);

/** @return the account of a name such as wallet_1, or of an address; NULL if
 * it is neither. */
const struct principal *clar_sim_account(struct clar_sim *s, const char *text);

/**
 * Adds contracts.
 *
 * @param what       a file, a folder, or NAME=FILE
 * @param is_wanted  whether it is what the person is after
 * @return ERR_OK; ERR_SYNTAX as clar_sim_init; faults of reading.
 */
MUST_USE enum err clar_sim_add(struct clar_sim *s, const char *what,
                               bool is_wanted);

/** @return the account of ACCOUNT=AMOUNT, or NULL. */
const struct principal *clar_sim_given(struct clar_sim *s, const char *what);

/** Gives microSTX, by ACCOUNT=AMOUNT. @return as clar_sim_add. */
MUST_USE enum err clar_sim_give(struct clar_sim *s, const char *what);

/**
 * Deploys all that was added.
 *
 * @return ERR_OK; ERR_CHECK if some contract was refused, or failed: its
 *         `refusal` says why; a fault.
 */
MUST_USE enum err clar_sim_deploy(struct clar_sim *s);

/**
 * Finds a function by its name, or CONTRACT.NAME.
 *
 * @return ERR_OK; ERR_SYNTAX as clar_sim_init.
 */
MUST_USE enum err clar_sim_find(struct clar_sim *s, const char *name,
                                struct clar_sim_target *ret);

/**
 * Evaluates arguments, in the target's contract.
 *
 * @param texts    one for each argument
 * @param out      where it is told why one is wrong
 * @return ERR_OK; ERR_SYNTAX, told in `out`; a fault.
 */
MUST_USE enum err clar_sim_args(struct clar_sim *s, struct clar_sim_target *t,
                                char *const *texts, uint32_t n,
                                struct buf *out);

/** Calls the target with the limit of a block, and commits. @return as
 * vm_call. */
MUST_USE enum err clar_sim_call(struct clar_sim *s,
                                const struct clar_sim_target *t,
                                struct vm_result *ret);

/** @return where the sources of places are found. */
struct clar_sources clar_sim_sources(const struct clar_sim *s);

/** @return the STX that an account has, unlocked. */
MUST_USE enum err clar_sim_balance(struct clar_sim *s,
                                   const struct principal *who, u128 *ret);

#endif /* NODE_APP_CLAR_SIM_H */
