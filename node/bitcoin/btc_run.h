/*
 * node/bitcoin/btc_run.h - Runs one script over a stack.
 *
 * A transaction is verified by several runs (btc_verify.h), each by the rules
 * of its kind: scripts of old, of segwit, of taproot.
 *
 * Layer:    node/bitcoin; pure.
 * Memory:   the caller's stack; the old scripts' signature checks take copies
 *           of the script from the arena.
 * Threads:  a run belongs to one thread.
 * Spec:     Bitcoin Core, src/script/interpreter.cpp, EvalScript.
 */
#ifndef NODE_BITCOIN_BTC_RUN_H
#define NODE_BITCOIN_BTC_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "node/bitcoin/btc_stack.h"
#include "node/bitcoin/btc_verify.h"

/** By which rules a script runs. */
enum btc_run_kind {
	BTC_RUN_OLD,
	BTC_RUN_SEGWIT,
	BTC_RUN_TAPSCRIPT
};

/** What each signature check in a tapscript takes from the budget. */
#define BTC_RUN_SIGNATURE_WEIGHT 50

struct btc_run {
	/* set by the caller */
	struct arena *arena;
	const struct btc_spend *spend;
	struct btc_stack *stack;
	unsigned flags;
	enum btc_run_kind kind;
	bool has_annex; /* the rest is taproot's */
	struct span annex;
	const uint8_t *leaf_hash; /* NULL: spent by key */
	int64_t weight_left;      /* what signature checks may still take */

	/* the machine's own */
	enum err fault; /* ERR_OK, or why a run says nothing */
	struct span script;
	struct cursor at;
	const uint8_t *code; /* behind the last code separator */
	uint32_t code_separator;
	uint32_t n_ops;
	uint32_t n_ifs;       /* conditions that are open */
	uint32_t first_false; /* the outermost one that does not hold */
};

/**
 * Runs a script; the stack is what it was given and what it leaves.
 *
 * @return BTC_FAIL_OK, or why it fails.  If `fault` is then set, it is no
 *         verdict.
 */
enum btc_verify_err btc_run_script(struct btc_run *r, struct span script);

#endif /* NODE_BITCOIN_BTC_RUN_H */
