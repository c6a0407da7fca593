/* sbtc/peg/peg_judge.c - Signers' judgement; see peg_judge.h. */
#include "config.h"

#include "sbtc/peg/peg_judge.h"

#include "clarity/base/check.h"
#include "sbtc/peg/peg_fee.h"
#include "sbtc/peg/peg_sweep.h"

enum effect {
	STAYS,
	FALLS
};

struct reason {
	const char *name;
	const char *text;
	enum effect sweep;
};

static const struct reason reasons[PEG_REASONS] = {
#define X(name, reference, sweep, text) { reference, text, sweep },
#include "sbtc/peg/peg_reason.def"
#undef X
};

static enum peg_reason judge_amounts(const struct peg_deposit_facts *d,
                                     const struct peg_limits *limits)
{
	if (d->amount < limits->deposit_min)
		return PEG_REASON_TOO_LOW;
	if (d->amount > limits->deposit_max)
		return PEG_REASON_TOO_HIGH;
	/* In 64 bits, as an age and the buffer may pass 32. */
	if ((uint64_t)d->age + PEG_JUDGE_LOCK_BUFFER >= d->lock_time)
		return PEG_REASON_EXPIRED;
	if (!d->has_fee)
		return PEG_REASON_NO_FEE;
	if (d->fee > d->max_fee || d->fee > d->amount)
		return PEG_REASON_FEE;
	return d->amount - d->fee < PEG_DUST ? PEG_REASON_DUST
	                                     : PEG_REASON_NONE;
}

static const enum peg_reason by_vote[] = {
	[PEG_VOTE_NONE] = PEG_REASON_NO_VOTE,
	[PEG_VOTE_AGAINST] = PEG_REASON_REFUSED,
	[PEG_VOTE_FOR] = PEG_REASON_NONE,
};

static const enum peg_reason by_share[] = {
	[PEG_SHARE_ABSENT] = PEG_REASON_NO_SHARE,
	[PEG_SHARE_UNVERIFIED] = PEG_REASON_UNVERIFIED,
	[PEG_SHARE_FAILED] = PEG_REASON_VERIFY_FAILED,
	[PEG_SHARE_VERIFIED] = PEG_REASON_NONE,
};

enum peg_reason peg_judge_deposit(const struct peg_deposit_facts *d,
                                  const struct peg_limits *limits)
{
	if (!d->is_on_best_chain)
		return PEG_REASON_OFF_CHAIN;
	if (!d->is_unspent)
		return PEG_REASON_SPENT;
	enum peg_reason reason = judge_amounts(d, limits);

	if (reason == PEG_REASON_NONE)
		reason = by_vote[d->vote];
	return reason == PEG_REASON_NONE ? by_share[d->share] : reason;
}

static enum peg_reason judge_paid(const struct peg_withdrawal_facts *w,
                                  const struct peg_limits *limits)
{
	if (w->amount > limits->withdrawal_max)
		return PEG_REASON_TOO_HIGH;
	if (w->amount < PEG_DUST || w->amount < w->dust)
		return PEG_REASON_DUST;
	if (w->age < PEG_JUDGE_CONFIRMATIONS)
		return PEG_REASON_NOT_FINAL;
	if (w->age > PEG_JUDGE_EXPIRY)
		return PEG_REASON_LATE;
	if (!w->has_fee)
		return PEG_REASON_NO_FEE;
	return w->fee > w->max_fee ? PEG_REASON_FEE : PEG_REASON_NONE;
}

enum peg_reason peg_judge_withdrawal(const struct peg_withdrawal_facts *w,
                                     const struct peg_limits *limits)
{
	if (!w->is_on_best_chain)
		return PEG_REASON_OFF_CHAIN;
	if (w->is_fulfilled)
		return PEG_REASON_FULFILLED;
	enum peg_reason reason = by_vote[w->vote];

	return reason == PEG_REASON_NONE ? judge_paid(w, limits) : reason;
}

/* Whether `more` on top of `now` passes the limit. */
static bool is_above(u128 now, u128 more, uint64_t max)
{
	u128 sum;

	if (max == UINT64_MAX)
		return false;
	return !u128_add(&sum, now, more) || sum > max;
}

enum peg_reason peg_judge_sweep(const struct peg_sweep_facts *s,
                                const struct peg_limits *limits)
{
	if (s->n_deposits == 0 && s->n_withdrawals == 0)
		return PEG_REASON_NOTHING;
	if (s->has_twice)
		return PEG_REASON_TWICE;
	if (s->rate < PEG_FEE_RATE_MIN || s->rate > PEG_FEE_RATE_MAX)
		return PEG_REASON_RATE;
	if (s->n_deposits > 0 &&
	    is_above(s->supply, s->deposited, limits->supply_max))
		return PEG_REASON_SUPPLY_CAP;
	if (s->n_withdrawals > 0 &&
	    is_above(s->paid, s->withdrawn, limits->rolling_max))
		return PEG_REASON_ROLLING_CAP;
	return PEG_REASON_NONE;
}

static const struct reason *reason_at(enum peg_reason reason)
{
	CHECK(reason < PEG_REASONS);
	return &reasons[reason];
}

bool peg_judge_sweep_stays(enum peg_reason reason)
{
	return reason_at(reason)->sweep == STAYS;
}

const char *peg_judge_name(enum peg_reason reason)
{
	return reason_at(reason)->name;
}

const char *peg_judge_text(enum peg_reason reason)
{
	return reason_at(reason)->text;
}
