/*
 * node/bitcoin/btc_verify.h - Whether an input may spend what it names.
 *
 * Bitcoin runs the input's script, then the output's, and for outputs that
 * only hold a hash the script behind it; segwit and taproot take theirs from
 * the witness.  Which of the rules hold is a set of flags: those of consensus
 * make a block invalid, the others only keep a transaction from being relayed.
 *
 * Layer:    node/bitcoin; pure.
 * Memory:   a stack of items for the time of the call, from the given arena,
 *           which is cut back afterwards.
 * Threads:  pure functions.
 * Spec:     Bitcoin Core, src/script/interpreter.cpp; BIP-16, 65, 66, 112,
 *           141, 143, 146, 147, 341, 342.
 */
#ifndef NODE_BITCOIN_BTC_VERIFY_H
#define NODE_BITCOIN_BTC_VERIFY_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "node/bitcoin/btc_tx.h"

/** Rules, combined with |.  CLEANSTACK asks for P2SH and WITNESS, and WITNESS
 * for P2SH (a CHECK). */
enum btc_verify_flag {
	BTC_VERIFY_P2SH = 1 << 0,
	BTC_VERIFY_STRICTENC = 1 << 1,
	BTC_VERIFY_DERSIG = 1 << 2,
	BTC_VERIFY_LOW_S = 1 << 3,
	BTC_VERIFY_NULLDUMMY = 1 << 4,
	BTC_VERIFY_SIGPUSHONLY = 1 << 5,
	BTC_VERIFY_MINIMALDATA = 1 << 6,
	BTC_VERIFY_UPGRADABLE_NOPS = 1 << 7,
	BTC_VERIFY_CLEANSTACK = 1 << 8,
	BTC_VERIFY_LOCKTIME = 1 << 9,  /* CHECKLOCKTIMEVERIFY */
	BTC_VERIFY_SEQUENCE = 1 << 10, /* CHECKSEQUENCEVERIFY */
	BTC_VERIFY_WITNESS = 1 << 11,
	BTC_VERIFY_UPGRADABLE_WITNESS = 1 << 12,
	BTC_VERIFY_MINIMALIF = 1 << 13,
	BTC_VERIFY_NULLFAIL = 1 << 14,
	BTC_VERIFY_WITNESS_PUBKEYTYPE = 1 << 15,
	BTC_VERIFY_CONST_SCRIPTCODE = 1 << 16,
	BTC_VERIFY_TAPROOT = 1 << 17,
	BTC_VERIFY_UPGRADABLE_TAPROOT = 1 << 18,
	BTC_VERIFY_OP_SUCCESS = 1 << 19,
	BTC_VERIFY_UPGRADABLE_PUBKEYTYPE = 1 << 20,
};

/** What makes a block invalid, with all of today's rules in force. */
#define BTC_VERIFY_CONSENSUS                                                   \
	(BTC_VERIFY_P2SH | BTC_VERIFY_DERSIG | BTC_VERIFY_NULLDUMMY |          \
	 BTC_VERIFY_LOCKTIME | BTC_VERIFY_SEQUENCE | BTC_VERIFY_WITNESS |      \
	 BTC_VERIFY_TAPROOT)

/** What is asked of a transaction that comes alone. */
#define BTC_VERIFY_POLICY                                                      \
	(BTC_VERIFY_CONSENSUS | BTC_VERIFY_STRICTENC |                         \
	 BTC_VERIFY_MINIMALDATA | BTC_VERIFY_UPGRADABLE_NOPS |                 \
	 BTC_VERIFY_CLEANSTACK | BTC_VERIFY_MINIMALIF | BTC_VERIFY_NULLFAIL |  \
	 BTC_VERIFY_LOW_S | BTC_VERIFY_UPGRADABLE_WITNESS |                    \
	 BTC_VERIFY_WITNESS_PUBKEYTYPE | BTC_VERIFY_CONST_SCRIPTCODE |         \
	 BTC_VERIFY_UPGRADABLE_TAPROOT | BTC_VERIFY_OP_SUCCESS |               \
	 BTC_VERIFY_UPGRADABLE_PUBKEYTYPE)

/** Why a script fails, with Bitcoin's names. */
enum btc_verify_err {
#define X(name, text) BTC_FAIL_##name,
#include "node/bitcoin/btc_verify_err.def"
#undef X
	BTC_FAIL_COUNT
};

/** @return its name, such as "EVAL_FALSE". */
const char *btc_verify_name(enum btc_verify_err e);

/** @return Bitcoin's text for it. */
const char *btc_verify_text(enum btc_verify_err e);

/** An input and what it spends. */
struct btc_spend {
	const struct btc_tx *tx;
	uint32_t at;                 /* the input's number, below n_ins */
	const struct btc_out *spent; /* one for each input; taproot's
	                              * signatures cover all of them */
};

/**
 * Judges an input.
 *
 * @param a      memory for the time of the call
 * @param s      the input
 * @param flags  of enum btc_verify_flag
 * @param ret    why it fails; BTC_FAIL_OK if it does not
 * @return ERR_OK; ERR_BTC_SCRIPT, a verdict; ERR_NO_MEMORY, a fault, after
 *         which `ret` says nothing.
 */
MUST_USE enum err btc_verify_input(struct arena *a, const struct btc_spend *s,
                                   unsigned flags, enum btc_verify_err *ret);

/**
 * Counts what an input costs a block: signature checks of its script behind a
 * hash, and of its witness, in units of which a witness's is 1 and another 4.
 *
 * @param spent  what it spends
 * @param flags  without P2SH or WITNESS those are not counted
 */
uint32_t btc_verify_sigop_cost(const struct btc_in *in,
                               const struct btc_out *spent, unsigned flags);

#endif /* NODE_BITCOIN_BTC_VERIFY_H */
