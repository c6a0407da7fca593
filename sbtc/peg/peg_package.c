/* sbtc/peg/peg_package.c - Packing requests; see peg_package.h. */
#include "config.h"

#include "sbtc/peg/peg_package.h"

#include <stdbool.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/hmap.h"
#include "sbtc/peg/peg_idpack.h"

/** More ids than an OP_RETURN takes: eight in each of its bytes. */
#define BAG_WITHDRAWALS_MAX (8u * PEG_SWEEP_IDS_LEN_MAX)

/** The usual length of an OP_RETURN's script: none, and one id. */
#define MEMO_LEN 5u
#define MEMO_ID_LEN 7u

/** The requests of one sweep on the way. */
struct bag {
	struct peg_sweep_deposit deposits[PEG_SWEEP_DEPOSITS_MAX];
	uint32_t n_deposits;                                   /* by outpoint */
	struct peg_sweep_withdrawal paid[BAG_WITHDRAWALS_MAX]; /* by id */
	uint32_t n_paid;
	u128 against; /* signers that will not sign it */
};

static unsigned count(u128 bits)
{
	return (unsigned)__builtin_popcountll((unsigned long long)bits) +
	       (unsigned)__builtin_popcountll((unsigned long long)(bits >> 64));
}

static bool leaves_enough(const struct peg_proposal *p, u128 against)
{
	return count(against) <= p->n_signers - p->threshold;
}

/* What a request would pay if it were alone. */
static uint64_t solo_fee(const struct peg_proposal *p,
                         const struct peg_request *r)
{
	uint64_t weight;

	if (r->deposit)
		weight = peg_fee_base_weight(1, 0, MEMO_LEN) +
		         peg_fee_deposit_weight(r->deposit->script.len);
	else
		weight = peg_fee_base_weight(0, 1, MEMO_ID_LEN) +
		         peg_fee_output_weight(r->withdrawal->script.len);
	return peg_fee_total(peg_fee_vsize(weight), p->rate, p->last);
}

static bool can_pay(const struct peg_proposal *p, const struct peg_request *r)
{
	uint64_t fee = solo_fee(p, r);

	if (!r->deposit)
		return r->withdrawal->amount >= PEG_DUST &&
		       r->withdrawal->max_fee >= fee;
	return r->deposit->max_fee >= fee && r->deposit->amount >= fee &&
	       r->deposit->amount - fee >= PEG_DUST;
}

static bool ids_fit(const struct bag *bag)
{
	uint64_t ids[BAG_WITHDRAWALS_MAX];
	struct buf b;

	for (uint32_t i = 0; i < bag->n_paid; i++)
		ids[i] = bag->paid[i].id;
	buf_init(&b, PEG_SWEEP_IDS_LEN_MAX);
	enum err err = peg_idpack_write(&b, ids, bag->n_paid);

	buf_fini(&b);
	return err == ERR_OK;
}

static bool add_deposit(struct bag *bag, const struct peg_sweep_deposit *d)
{
	uint32_t at = bag->n_deposits;

	if (at == PEG_SWEEP_DEPOSITS_MAX)
		return false;
	for (; at > 0 &&
	       peg_sweep_outpoint_cmp(&bag->deposits[at - 1].at, &d->at) > 0;
	     at--)
		bag->deposits[at] = bag->deposits[at - 1];
	bag->deposits[at] = *d;
	bag->n_deposits++;
	return true;
}

static void remove_deposit(struct bag *bag, uint32_t at)
{
	bag->n_deposits--;
	memmove(bag->deposits + at, bag->deposits + at + 1,
	        (bag->n_deposits - at) * sizeof(bag->deposits[0]));
}

static void remove_withdrawal(struct bag *bag, uint32_t at)
{
	bag->n_paid--;
	memmove(bag->paid + at, bag->paid + at + 1,
	        (bag->n_paid - at) * sizeof(bag->paid[0]));
}

static bool add_withdrawal(struct bag *bag,
                           const struct peg_sweep_withdrawal *w)
{
	uint32_t at = bag->n_paid;

	if (at == BAG_WITHDRAWALS_MAX)
		return false;
	for (; at > 0 && bag->paid[at - 1].id > w->id; at--)
		bag->paid[at] = bag->paid[at - 1];
	bag->paid[at] = *w;
	bag->n_paid++;
	if (ids_fit(bag))
		return true;
	remove_withdrawal(bag, at);
	return false;
}

static bool add(struct bag *bag, const struct peg_request *r)
{
	bool is_in = r->deposit ? add_deposit(bag, r->deposit)
	                        : add_withdrawal(bag, r->withdrawal);

	if (is_in)
		bag->against |= r->against;
	return is_in;
}

/* Puts a request where it costs the fewest signers, the first bag of equals;
 * one that fits nowhere opens a bag or waits. */
static void place(const struct peg_proposal *p, struct bag *bags,
                  uint32_t *n_bags, const struct peg_request *r)
{
	bool is_tried[PEG_PACKAGE_SWEEPS_MAX] = { false };

	for (;;) {
		uint32_t best = *n_bags;

		for (uint32_t i = 0; i < *n_bags; i++) {
			if (is_tried[i] ||
			    !leaves_enough(p, bags[i].against | r->against))
				continue;
			if (best == *n_bags ||
			    count(bags[i].against ^ r->against) <
			        count(bags[best].against ^ r->against))
				best = i;
		}
		if (best == *n_bags)
			break;
		if (add(&bags[best], r))
			return;
		is_tried[best] = true;
	}
	if (*n_bags == PEG_PACKAGE_SWEEPS_MAX)
		return;
	memset(&bags[*n_bags], 0, sizeof(*bags));
	if (add(&bags[*n_bags], r))
		(*n_bags)++;
}

/* Takes out what stands in the way of a sweep; the last request to be paid, if
 * the peg does not hold enough. */
static void drop(struct bag *bag, enum err err, uint32_t culprit)
{
	if (err == ERR_PEG_FUNDS && bag->n_paid > 0)
		remove_withdrawal(bag, bag->n_paid - 1);
	else if (err == ERR_PEG_FUNDS)
		remove_deposit(bag, bag->n_deposits - 1);
	else if (culprit < bag->n_deposits)
		remove_deposit(bag, culprit);
	else
		remove_withdrawal(bag, culprit - bag->n_deposits);
}

static bool is_curable(enum err err)
{
	return err == ERR_PEG_FUNDS || err == ERR_PEG_MAX_FEE ||
	       err == ERR_PEG_DUST;
}

/* Makes a sweep of a bag; ERR_PEG_EMPTY if nothing of it can be served. */
static enum err seal(struct arena *a, struct peg_sweep *plan,
                     struct peg_sweep_tx *tx, struct bag *bag)
{
	enum err err;

	for (;;) {
		plan->deposits = bag->deposits;
		plan->n_deposits = bag->n_deposits;
		plan->withdrawals = bag->paid;
		plan->n_withdrawals = bag->n_paid;
		err = peg_sweep_build(a, tx, plan);
		if (!is_curable(err))
			return err;
		drop(bag, err, tx->culprit);
	}
}

/* The output that the next sweep spends. */
static void follow(struct peg_sweep *next, const struct peg_sweep *plan,
                   const struct peg_sweep_tx *tx)
{
	*next = *plan;
	next->last = (struct peg_fee_last){ 0 };
	memcpy(next->from.at.txid, tx->txid, sizeof(tx->txid));
	next->from.at.n = 0;
	next->from.value = tx->tx.outs[0].value;
	memcpy(next->from.key, plan->to_key, PEG_KEY_LEN);
}

static enum err seal_all(struct arena *a, struct peg_package *ret,
                         struct peg_sweep next, struct bag *bags,
                         uint32_t n_bags)
{
	uint64_t vsize = 0;

	for (uint32_t i = 0; i < n_bags; i++) {
		struct peg_sweep_tx *tx = &ret->txs[ret->n];
		struct peg_sweep plan = next;
		enum err err = seal(a, &plan, tx, &bags[i]);

		if (err == ERR_PEG_EMPTY)
			continue;
		if (err != ERR_OK)
			return err;
		vsize += tx->vsize;
		if (vsize > PEG_PACKAGE_VSIZE_MAX)
			break;
		ret->plans[ret->n++] = plan;
		follow(&next, &plan, tx);
	}
	return ERR_OK;
}

static enum err check_unique(struct arena *a, const struct peg_proposal *p)
{
	struct hmap deposits;
	struct hmap paid;

	hmap_init(&deposits, a, PEG_PACKAGE_REQUESTS_MAX, NULL);
	hmap_init(&paid, a, PEG_PACKAGE_REQUESTS_MAX, NULL);
	for (uint32_t i = 0; i < p->n; i++) {
		const struct peg_request *r = &p->requests[i];

		if (r->deposit) {
			struct span key =
			    span_of(&r->deposit->at, sizeof(r->deposit->at));

			if (hmap_has(&deposits, key))
				return ERR_PEG_PROPOSAL;
			TRY(hmap_put(&deposits, key, NULL));
		} else {
			if (hmap_has_u64(&paid, r->withdrawal->id))
				return ERR_PEG_PROPOSAL;
			TRY(hmap_put_u64(&paid, r->withdrawal->id, NULL));
		}
	}
	return ERR_OK;
}

static enum err check_proposal(struct arena *a, const struct peg_proposal *p)
{
	if (p->n > PEG_PACKAGE_REQUESTS_MAX ||
	    p->n_signers > PEG_PACKAGE_SIGNERS_MAX || p->threshold == 0 ||
	    p->threshold > p->n_signers)
		return ERR_PEG_PROPOSAL;
	if (p->rate < PEG_FEE_RATE_MIN || p->rate > PEG_FEE_RATE_MAX)
		return ERR_PEG_RATE;
	return check_unique(a, p);
}

enum err peg_package_make(struct arena *a, struct peg_package *ret,
                          const struct peg_proposal *p)
{
	struct peg_sweep first = { .from = p->from,
		                   .rate = p->rate,
		                   .last = p->last };
	uint32_t n_bags = 0;

	memset(ret, 0, sizeof(*ret));
	TRY(check_proposal(a, p));
	struct bag *bags =
	    arena_new_array(a, struct bag, PEG_PACKAGE_SWEEPS_MAX);
	ret->plans =
	    arena_new_array(a, struct peg_sweep, PEG_PACKAGE_SWEEPS_MAX);
	ret->txs =
	    arena_new_array(a, struct peg_sweep_tx, PEG_PACKAGE_SWEEPS_MAX);
	if (!bags || !ret->plans || !ret->txs)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < p->n; i++)
		if (leaves_enough(p, p->requests[i].against) &&
		    can_pay(p, &p->requests[i]))
			place(p, bags, &n_bags, &p->requests[i]);
	memcpy(first.to_key, p->to_key, PEG_KEY_LEN);
	return seal_all(a, ret, first, bags, n_bags);
}
