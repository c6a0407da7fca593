/*
 * sbtc/peg/peg_judge.h - Whether a signer serves a request.
 *
 * Each signer judges each request of a sweep by what it sees itself, never by
 * what a coordinator says, and says the first reason against it.  The order is
 * fixed, so that signers with one view give one reason.
 *
 * Layer:    sbtc/peg; pure.
 * Memory:   never allocates.
 * Threads:  pure functions.
 * Spec:     sBTC, signer/src/bitcoin/validation.rs.
 */
#ifndef SBTC_PEG_PEG_JUDGE_H
#define SBTC_PEG_PEG_JUDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/num.h"

/** Why a request is not served. */
enum peg_reason {
#define X(name, reference, sweep, text) PEG_REASON_##name,
#include "sbtc/peg/peg_reason.def"
#undef X
	PEG_REASONS
};

/** Bitcoin blocks before the depositor may reclaim in which it is not swept
 * any more: it might not confirm in time. */
#define PEG_JUDGE_LOCK_BUFFER 3u

/** Confirmations that a withdrawal's request needs, and may have. */
#define PEG_JUDGE_CONFIRMATIONS 6u
#define PEG_JUDGE_EXPIRY 24u

/** Blocks before the expiry in which a coordinator proposes no more. */
#define PEG_JUDGE_EXPIRY_BUFFER 6u

/** What a signer decided on a request by itself. */
enum peg_vote {
	PEG_VOTE_NONE,
	PEG_VOTE_AGAINST,
	PEG_VOTE_FOR
};

/** What a signer knows of the key that a deposit is locked to. */
enum peg_share {
	PEG_SHARE_ABSENT, /* it took no part in that key */
	PEG_SHARE_UNVERIFIED,
	PEG_SHARE_FAILED,
	PEG_SHARE_VERIFIED
};

/** Amounts in satoshi; UINT64_MAX: no limit. */
struct peg_limits {
	uint64_t deposit_min;
	uint64_t deposit_max;
	uint64_t withdrawal_max;
	uint64_t supply_max;  /* of sBTC, locked ones included */
	uint64_t rolling_max; /* paid out in the rolling window */
};

/** A deposit as a signer sees it. */
struct peg_deposit_facts {
	bool is_on_best_chain;
	bool is_unspent;
	uint64_t amount;
	uint64_t max_fee;
	uint32_t lock_time; /* Bitcoin blocks */
	uint32_t age;       /* Bitcoin blocks on top of its own */
	bool has_fee;
	uint64_t fee; /* its part of the sweep's */
	enum peg_vote vote;
	enum peg_share share;
};

/** A withdrawal as a signer sees it. */
struct peg_withdrawal_facts {
	bool is_on_best_chain; /* the Stacks block with the request */
	bool is_fulfilled;     /* a confirmed sweep pays it */
	enum peg_vote vote;
	uint64_t amount;
	uint64_t max_fee;
	uint64_t dust; /* the least that its output may hold */
	uint32_t age;  /* Bitcoin blocks on top of the request's */
	bool has_fee;
	uint64_t fee;
};

/** A sweep as a whole. */
struct peg_sweep_facts {
	uint32_t n_deposits;
	uint32_t n_withdrawals;
	bool has_twice; /* some request stands in it twice */
	uint64_t rate;  /* satoshi for 1,000 virtual bytes */
	u128 deposited; /* satoshi, in the sweep */
	u128 withdrawn;
	u128 supply; /* of sBTC before it */
	u128 paid;   /* in the rolling window before it */
};

/** @return the first reason against a deposit, or PEG_REASON_NONE. */
enum peg_reason peg_judge_deposit(const struct peg_deposit_facts *d,
                                  const struct peg_limits *limits);

/** @return the first reason against a withdrawal, or PEG_REASON_NONE. */
enum peg_reason peg_judge_withdrawal(const struct peg_withdrawal_facts *w,
                                     const struct peg_limits *limits);

/** @return the first reason against a sweep as such, or PEG_REASON_NONE. */
enum peg_reason peg_judge_sweep(const struct peg_sweep_facts *s,
                                const struct peg_limits *limits);

/** @return whether a sweep with such a request may still be signed, but for
 * that request's own input. */
bool peg_judge_sweep_stays(enum peg_reason reason);

/** @return the reason's name in the reference's messages. */
const char *peg_judge_name(enum peg_reason reason);

/** @return the end of a sentence: "not served: ". */
const char *peg_judge_text(enum peg_reason reason);

#endif /* SBTC_PEG_PEG_JUDGE_H */
