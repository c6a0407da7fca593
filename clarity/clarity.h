/*
 * clarity/clarity.h - Embedding Clarity: check, deploy, call, evaluate.
 *
 * This is the one header that programs outside of this tree include; it brings
 * nothing else of the tree with it.  A machine runs contracts over a store,
 * its own in memory or the embedder's, by the rules of one epoch of the
 * network: results, writes, events and costs are the network's, bit by bit.
 *
 *     struct clarity *c;
 *
 *     if (clarity_new(&c, NULL) != CLARITY_OK)
 *         return 1;
 *     clarity_begin(c, NULL);
 *     if (clarity_deploy(c, "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.hello",
 *                        text, strlen(text), 0) == CLARITY_OK &&
 *         clarity_commit(c) == CLARITY_OK)
 *         …
 *     clarity_free(c);
 *
 * Names.  A contract is named by its whole identifier, an account by its
 * address; both as C strings.
 *
 * Values go in and out as their consensus bytes, as transactions carry them;
 * clarity_eval makes them from text, and clarity_value_text shows them.
 *
 * Transactions.  Between clarity_begin and the next clarity_begin lies one
 * transaction: deployments and calls see each other's writes, and the store
 * sees none of them before clarity_commit.  A call that fails leaves nothing
 * behind; so does one whose result is (err …), which is a success all the
 * same.
 *
 * Results.  What clarity_value_…, clarity_event_…, clarity_error_… and
 * clarity_cost answer is about the last check, deployment, call or evaluation
 * of the machine, and lives until the next one, the next clarity_begin or
 * clarity_free.
 *
 * Layer:    the public face of libclarity.
 * Memory:   clarity_new/clarity_free; all that a function returns belongs to
 *           the machine, all that it is given is borrowed for the call.
 * Threads:  one machine, one thread at a time; machines share nothing, so
 *           several may run in several threads.
 */
#ifndef CLARITY_CLARITY_H
#define CLARITY_CLARITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A machine. */
struct clarity;

/** How something ended. */
enum clarity_status {
	CLARITY_OK = 0,
	CLARITY_REFUSED, /* the text breaks a rule of the language */
	CLARITY_FAILED,  /* the program failed while it ran */
	CLARITY_MISUSE,  /* an argument cannot be: see clarity_error_text */
	CLARITY_STORE_FAILED, /* the embedder's store failed */
	CLARITY_NO_MEMORY
};

/** Bytes that belong to somebody else. */
struct clarity_bytes {
	const void *p; /* may be NULL only when len is 0 */
	size_t len;    /* bytes */
};

/** What may be spent, or was, in the five units of the network. */
struct clarity_costs {
	uint64_t runtime; /* compares programs; no time */
	uint64_t read_count;
	uint64_t read_length; /* bytes */
	uint64_t write_count;
	uint64_t write_length; /* bytes */
};

/**
 * A store of the embedder's: entries by key, both any bytes.
 *
 * The machine calls it in the thread in which it runs itself.  All writes of a
 * transaction come within clarity_commit, each key once, in the network's
 * order.  Keys that begin with "vm" or "_" or "clarity-contract" are those of
 * the network's state, with their values as bytes; keys that begin with
 * "contract:" hold what the machine needs to load a contract again.
 *
 * A failure is told by any value but 0; it ends what was being done with
 * CLARITY_STORE_FAILED, and is never mistaken for a result.
 */
struct clarity_store {
	void *ctx; /* first argument of both functions */
	/** Looks a key up: `*found`, and the bytes, which must stay until the
	 * next call of either function. */
	int (*get)(void *ctx, struct clarity_bytes key,
	           struct clarity_bytes *ret, bool *found);
	/** Keeps a value under a key, in place of an earlier one. */
	int (*put)(void *ctx, struct clarity_bytes key,
	           struct clarity_bytes value);
};

/** How a machine is to be; all zero is the default. */
struct clarity_options {
	const char *epoch; /* "3.0" to "3.4", "4.0", "4.1"; NULL: "3.4" */
	bool is_mainnet;   /* what is-in-mainnet answers */
	uint32_t chain_id; /* 0: the network's own */
	const struct clarity_store *store; /* copied; NULL: in memory */
};

/** A call. */
struct clarity_call {
	const char *contract; /* its identifier */
	const char *function; /* public or read-only */
	const char *sender;   /* an address or a contract's identifier */
	const struct clarity_bytes *args; /* consensus bytes of each */
	size_t n_args;
};

/** A place in a program: where it failed, or who had called. */
struct clarity_place {
	const char *contract; /* its identifier */
	const char *function; /* "" at the top level */
	uint32_t start;       /* bytes of the contract's text, from 0 */
	uint32_t end;         /* one past the last; 0: not known */
};

/**
 * Makes a machine.
 *
 * @param ret      the machine, on CLARITY_OK only
 * @param options  NULL: all defaults
 * @return CLARITY_OK; CLARITY_MISUSE: there is no such epoch;
 *         CLARITY_NO_MEMORY.
 */
enum clarity_status clarity_new(struct clarity **ret,
                                const struct clarity_options *options);

/** Frees a machine; NULL is allowed. */
void clarity_free(struct clarity *c);

/**
 * Says where the chain stands: what `stacks-block-height` and
 * `burn-block-height` answer from the next clarity_begin on.  Blocks before
 * are not known.
 */
void clarity_set_heights(struct clarity *c, uint32_t height,
                         uint32_t burn_height);

/**
 * Begins a transaction; what the last one left uncommitted is dropped.
 *
 * @param limit  what it may spend; NULL: anything
 */
void clarity_begin(struct clarity *c, const struct clarity_costs *limit);

/**
 * Hands all writes since clarity_begin to the store.
 *
 * @return CLARITY_OK; CLARITY_STORE_FAILED: the store has some of them;
 *         CLARITY_NO_MEMORY.
 */
enum clarity_status clarity_commit(struct clarity *c);

/**
 * Judges a contract as its deployment would, without running it.
 *
 * @param contract  the identifier that it would have
 * @param version   of the language, 1 to 6; 0: the epoch's newest
 * @return CLARITY_OK; CLARITY_REFUSED: see clarity_error_…; CLARITY_MISUSE: no
 *         identifier, or the epoch lacks this version; CLARITY_STORE_FAILED;
 *         CLARITY_NO_MEMORY.
 */
enum clarity_status clarity_check(struct clarity *c, const char *contract,
                                  const char *text, size_t len, int version);

/**
 * Deploys a contract: judges it, and runs its top level.
 *
 * @return as clarity_check; CLARITY_FAILED: it failed while it ran, or the
 *         contract exists already.
 */
enum clarity_status clarity_deploy(struct clarity *c, const char *contract,
                                   const char *text, size_t len, int version);

/**
 * Calls a public or read-only function, as a transaction does.
 *
 * @return CLARITY_OK: see clarity_value_…, also for (err …); CLARITY_FAILED;
 *         CLARITY_MISUSE: names or bytes that are none; CLARITY_STORE_FAILED;
 *         CLARITY_NO_MEMORY.
 */
enum clarity_status clarity_call(struct clarity *c,
                                 const struct clarity_call *call);

/** As clarity_call, for a read-only function; any other one fails. */
enum clarity_status clarity_call_read_only(struct clarity *c,
                                           const struct clarity_call *call);

/**
 * Evaluates an expression; nothing of what it does is kept.
 *
 * @param contract  whose names it sees; NULL: none but the language's
 * @return as clarity_call, and CLARITY_REFUSED for a text that is none.
 */
enum clarity_status clarity_eval(struct clarity *c, const char *contract,
                                 const char *text, size_t len);

/**
 * Gives an account microSTX, as a part of the running transaction.
 *
 * @return CLARITY_OK; CLARITY_MISUSE: no address, or too much;
 *         CLARITY_STORE_FAILED; CLARITY_NO_MEMORY.
 */
enum clarity_status clarity_give_stx(struct clarity *c, const char *account,
                                     uint64_t ustx);

/** @return the consensus bytes of the result; len 0: there is none. */
struct clarity_bytes clarity_value_bytes(struct clarity *c);

/** @return the result as source text, such as "(ok u5)"; "": there is none. */
const char *clarity_value_text(struct clarity *c);

/** @return what it has cost; of a check, nothing. */
struct clarity_costs clarity_cost(const struct clarity *c);

/** @return how many events there were. */
size_t clarity_event_count(const struct clarity *c);

/** @return an event as the JSON object that the network's nodes send, with
 * "0x" for the id of its transaction; NULL: there is none at `index`. */
const char *clarity_event_json(struct clarity *c, size_t index);

/** @return the network's name for what went wrong, such as "DivisionByZero" or
 * "TypeError"; "": nothing did. */
const char *clarity_error_kind(const struct clarity *c);

/** @return more about it, for people; "": nothing. */
const char *clarity_error_text(const struct clarity *c);

/** @return whether a block that contains such a transaction is invalid, which
 * is worse than a transaction that failed. */
bool clarity_error_is_fatal(const struct clarity *c);

/** @return how many places clarity_error_place knows: the one where it went
 * wrong, then whoever had called that, outwards. */
size_t clarity_error_depth(const struct clarity *c);

/** @return a place; `contract` is NULL if there is none at `index`. */
struct clarity_place clarity_error_place(struct clarity *c, size_t index);

/** @return what the store's functions returned when it failed, or 0. */
int clarity_store_error(const struct clarity *c);

/** @return the library's version, such as "0.1.0". */
const char *clarity_version_text(void);

#ifdef __cplusplus
}
#endif

#endif /* CLARITY_CLARITY_H */
