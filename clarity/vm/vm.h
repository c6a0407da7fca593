/*
 * clarity/vm/vm.h - The machine: runs deployed contracts over a store.
 *
 * A machine serves one thread and one chain view.  Between vm_begin and the
 * next vm_begin lies one transaction: calls and deployments see each other's
 * writes, and nothing reaches the store before vm_commit.  What a call returns
 * (value, events, movements) lives as long as the transaction.
 *
 * Prices are charged where the network charges them.  To do that cheaply the
 * machine first runs a version of the code whose charges are added up in
 * advance, which gives the same totals as long as no limit is passed.  When
 * one might be, the call is undone and run again with every charge in its own
 * place.  So limits are exact, and programs that stay within them pay nothing
 * for it.
 *
 * Layer:    clarity/vm.
 * Memory:   vm_new/vm_free; contracts stay until vm_forget, everything else
 *           until the next vm_begin.
 * Threads:  one machine, one thread; several machines share nothing.
 * Spec:     SIP-002, SIP-006; docs/CONSENSUS.md.
 */
#ifndef CLARITY_VM_VM_H
#define CLARITY_VM_VM_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/cost/meter.h"
#include "clarity/lang/diag.h"
#include "clarity/value/epoch.h"
#include "clarity/value/principal.h"
#include "clarity/value/value.h"
#include "clarity/value/version.h"
#include "clarity/vm/asset_map.h"
#include "clarity/vm/event.h"
#include "clarity/vm/store.h"
#include "clarity/vm/vm_error.h"

struct vm;
struct watch;

/** The chain that a machine runs for. */
struct vm_chain {
	enum epoch epoch; /* EPOCH_FIRST to EPOCH_LAST */
	bool is_mainnet;
	uint32_t chain_id;
};

/** Who calls what with what. */
struct vm_call {
	const struct principal *sender;  /* tx-sender, and the caller */
	const struct principal *sponsor; /* or NULL */
	const struct principal *contract;
	struct span function;
	const struct value *args;
	uint32_t n_args;
	bool is_read_only;   /* only a read-only function may be called */
	bool allows_private; /* private functions too: never for users */
};

/** What is to be deployed. */
struct vm_source {
	const struct principal *contract; /* its identifier */
	const struct principal *sponsor;  /* or NULL */
	struct span text;
	enum clarity_version version; /* at most version_max of the epoch */
};

/** The part of a deployment that was being done. */
enum vm_stage {
	VM_STAGE_PARSE,
	VM_STAGE_CHECK,
	VM_STAGE_RUN
};

/** A place in a running program: where a call that is open has got to. */
struct vm_place {
	const struct principal *contract;
	struct span function;  /* its name; empty at the top level */
	struct diag_span span; /* of the expression, in the contract's text */
};

/** Why something did not succeed. */
struct vm_failure {
	enum vm_error kind;
	const char *text;              /* detail, or "" */
	struct value value;            /* of class EARLY: what was thrown */
	const struct vm_place *places; /* where it happened, then whoever
	                                  called that, outwards */
	uint32_t n_places;             /* 0: before any code ran */
};

struct vm_result {
	struct value value;        /* on ERR_OK */
	struct vm_failure failure; /* on ERR_RUN */
	enum vm_stage stage;       /* of a deployment that failed */
	struct diag diag;          /* of stages PARSE and CHECK */
	bool is_rejected; /* a block with this transaction is invalid */
	struct cost cost; /* spent by this call */
	uint64_t memory;  /* bytes still held; 0 after a clean end of all */
	const struct event *events;
	uint32_t n_events;
	const struct asset_entry *assets;
	uint32_t n_assets;
};

/** Starts a machine. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err vm_new(struct vm **ret, const struct vm_chain *chain,
                         const struct store *store);

/** Frees everything; NULL is allowed. */
void vm_free(struct vm *vm);

/** Changes the epoch; contracts are compiled anew. Between transactions. */
void vm_set_epoch(struct vm *vm, enum epoch epoch);

/** Charges by another epoch's prices than those of its rules: networks do so
 * in the block that enters an epoch.  Lasts until vm_set_epoch; contracts are
 * compiled anew. Between transactions. */
void vm_set_prices(struct vm *vm, enum epoch epoch);

/** Forgets all contracts: after a change of fork. Between transactions. */
void vm_forget(struct vm *vm);

/**
 * Begins a transaction: whatever the last one left uncommitted is dropped.
 *
 * @param limit  what it may spend
 */
void vm_begin(struct vm *vm, const struct cost *limit);

/** Sets how much memory transactions may hold (MEMORY_LIMIT at first). */
void vm_set_memory_limit(struct vm *vm, uint64_t bytes);

/** Makes transactions take the exact path only, for tests: the result is the
 * same, the way to it slower. */
void vm_set_exact(struct vm *vm, bool is_exact);

/** Lets `w` look at every instruction from the next call on (see watch.h);
 * NULL ends that.  `w` is borrowed, and transactions are exact meanwhile. */
void vm_set_watch(struct vm *vm, const struct watch *w);

/**
 * Calls a function of a deployed contract, as a transaction does.
 *
 * A response `(err …)` is a success whose writes, events and movements are
 * gone.
 *
 * @return ERR_OK with `ret->value`;
 *         ERR_RUN, a verdict: the call failed and left no trace, see
 *         `ret->failure`;
 *         faults of the store, and ERR_NO_MEMORY.
 */
MUST_USE enum err vm_call(struct vm *vm, const struct vm_call *call,
                          struct vm_result *ret);

/**
 * Deploys a contract: parses, checks, runs its top level and keeps it.
 *
 * @return ERR_OK; ERR_PARSE, ERR_CHECK, ERR_CHECK_REJECT or a cost error from
 *         the stages before running (see `ret->diag`), ERR_RUN; verdicts leave
 *         no trace. Faults as vm_call.
 */
MUST_USE enum err vm_deploy(struct vm *vm, const struct vm_source *source,
                            struct vm_result *ret);

/**
 * Judges a contract as a deployment would, without running or keeping it, and
 * free of charge.
 *
 * @param diag  why it is refused
 * @return ERR_OK; ERR_PARSE, ERR_CHECK, ERR_CHECK_REJECT: verdicts; faults as
 *         vm_call
 */
MUST_USE enum err vm_check(struct vm *vm, const struct vm_source *source,
                           struct diag *diag);

/** An expression to be evaluated. */
struct vm_expr {
	const struct principal *contract; /* whose names it sees; or NULL */
	const struct principal *sender;   /* NULL: the contract's issuer */
	struct span text;
	enum clarity_version version; /* without `contract` */
};

/**
 * Evaluates an expression without checking types and without keeping
 * anything; its events are told until the next call.
 *
 * @return as vm_deploy
 */
MUST_USE enum err vm_eval(struct vm *vm, const struct vm_expr *expr,
                          struct vm_result *ret);

/** Hands all writes since vm_begin to the store. @return ERR_OK or a fault. */
MUST_USE enum err vm_commit(struct vm *vm);

/*
 * For the chain around the machine, within the same transaction.
 */

/**
 * Reads an entry as programs see it now.
 *
 * @param ret  lives as long as the transaction
 * @return ERR_OK; ERR_NO_MEMORY, or the store's fault.
 */
MUST_USE enum err vm_read(struct vm *vm, const struct store_key *key,
                          struct span *ret, bool *found);

/** Writes an entry; `bytes` are copied. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err vm_write(struct vm *vm, const struct store_key *key,
                           struct span bytes, enum store_form form);

/** Tells whether a contract is deployed. @return ERR_OK; a fault. */
MUST_USE enum err vm_has_contract(struct vm *vm, const struct principal *id,
                                  bool *ret);

/** A place in a transaction, before its one call or deployment. */
struct vm_mark {
	uint32_t undo;
	uint32_t events;
	uint32_t assets;
	uint32_t pending;
};

/** @return the present place. */
struct vm_mark vm_mark(const struct vm *vm);

/** Takes back what a call or deployment since `m` wrote, deployed, moved and
 * told; what it spent stays spent, and its result stays readable. */
void vm_undo(struct vm *vm, struct vm_mark m);

#endif /* CLARITY_VM_VM_H */
