/* node/chain/postcheck.c - Post-conditions; contract in postcheck.h. */
#include "config.h"

#include "node/chain/postcheck.h"

#include <string.h>

#include "clarity/base/check.h"

/* Everything that a question about movements needs. */
struct postcheck {
	const struct tx *tx;
	const struct principal *origin;
	const struct asset_entry *moved;
	uint32_t n;
};

static bool postcheck_is_contract(const struct principal *p,
                                  const struct address *a, struct span name)
{
	return principal_is_contract(p) && p->version == a->version &&
	       memcmp(p->hash, a->hash, ADDRESS_HASH_LEN) == 0 &&
	       span_eq(principal_name(p), name);
}

static bool postcheck_is_who(const struct postcheck *c,
                             const struct postcond_principal *who,
                             const struct principal *p)
{
	switch (who->who) {
	case POSTCOND_ORIGIN:
		return principal_eq(p, c->origin);
	case POSTCOND_ACCOUNT:
		return !principal_is_contract(p) &&
		       p->version == who->address.version &&
		       memcmp(p->hash, who->address.hash, ADDRESS_HASH_LEN) ==
		           0;
	case POSTCOND_CONTRACT:
		return postcheck_is_contract(p, &who->address, who->contract);
	}
	return false;
}

static bool postcheck_is_asset(const struct postcond_asset *a,
                               const struct asset_entry *e)
{
	return span_eq(a->name, e->name) &&
	       postcheck_is_contract(e->contract, &a->address, a->contract);
}

/* @return whether `e` is of the kind, asset and owner that `p` speaks of. */
static bool postcheck_concerns(const struct postcheck *c,
                               const struct postcond *p,
                               const struct asset_entry *e)
{
	bool is_kind = false;

	switch (p->kind) {
	case POSTCOND_STX:
		is_kind = e->kind == ASSET_STX || e->kind == ASSET_STX_BURN;
		break;
	case POSTCOND_FT:
		is_kind =
		    e->kind == ASSET_FT && postcheck_is_asset(&p->asset, e);
		break;
	case POSTCOND_NFT:
		is_kind =
		    e->kind == ASSET_NFT && postcheck_is_asset(&p->asset, e);
		break;
	case POSTCOND_STAKING:
		is_kind = e->kind == ASSET_STACKING;
		break;
	case POSTCOND_POX:
		is_kind = e->kind == ASSET_POX;
		break;
	}
	return is_kind && postcheck_is_who(c, &p->principal, e->owner);
}

static bool postcheck_has_id(const struct asset_entry *e,
                             const struct value *id)
{
	for (const struct asset_id *i = e->ids; i; i = i->next) {
		if (value_eq(&i->id, id))
			return true;
	}
	return false;
}

/* Sums STX that moved and STX that burned; no supply lets the sum overflow. */
static u128 postcheck_amount(const struct postcheck *c,
                             const struct postcond *p)
{
	u128 sum = 0;

	for (uint32_t i = 0; i < c->n; i++) {
		if (postcheck_concerns(c, p, &c->moved[i]))
			CHECK(u128_add(&sum, sum, c->moved[i].amount));
	}
	return sum;
}

static bool postcheck_compare(enum postcond_code code, u128 sent, u128 bound)
{
	switch (code) {
	case POSTCOND_EQ:
		return sent == bound;
	case POSTCOND_GT:
		return sent > bound;
	case POSTCOND_GE:
		return sent >= bound;
	case POSTCOND_LT:
		return sent < bound;
	case POSTCOND_LE:
		return sent <= bound;
	case POSTCOND_SENT:
	case POSTCOND_NOT_SENT:
	case POSTCOND_MAYBE_SENT:
	case POSTCOND_NOT_PERFORMED:
	case POSTCOND_MAYBE_PERFORMED:
	case POSTCOND_PERFORMED:
		break;
	}
	return false;
}

/* For conditions on whether something happened at all. */
static bool postcheck_happened(const struct postcheck *c,
                               const struct postcond *p)
{
	for (uint32_t i = 0; i < c->n; i++) {
		const struct asset_entry *e = &c->moved[i];

		if (postcheck_concerns(c, p, e) &&
		    (p->kind == POSTCOND_POX || postcheck_has_id(e, &p->value)))
			return true;
	}
	return false;
}

static bool postcheck_cond_holds(const struct postcheck *c,
                                 const struct postcond *p)
{
	switch (p->code) {
	case POSTCOND_SENT:
	case POSTCOND_PERFORMED:
		return postcheck_happened(c, p);
	case POSTCOND_NOT_SENT:
	case POSTCOND_NOT_PERFORMED:
		return !postcheck_happened(c, p);
	case POSTCOND_MAYBE_SENT:
	case POSTCOND_MAYBE_PERFORMED:
		return true;
	case POSTCOND_EQ:
	case POSTCOND_GT:
	case POSTCOND_GE:
	case POSTCOND_LT:
	case POSTCOND_LE:
		break;
	}
	return postcheck_compare(p->code, postcheck_amount(c, p), p->amount);
}

static bool postcheck_is_mentioned(const struct postcheck *c,
                                   const struct asset_entry *e,
                                   const struct value *id)
{
	for (uint32_t i = 0; i < c->tx->n_postconds; i++) {
		const struct postcond *p = &c->tx->postconds[i];

		if (postcheck_concerns(c, p, e) &&
		    (!id || value_eq(&p->value, id)))
			return true;
	}
	return false;
}

/* Tokens that cannot be told apart are mentioned by name, others one by one. */
static bool postcheck_is_covered(const struct postcheck *c,
                                 const struct asset_entry *e)
{
	if (e->kind != ASSET_NFT)
		return postcheck_is_mentioned(c, e, NULL);
	for (const struct asset_id *i = e->ids; i; i = i->next) {
		if (!postcheck_is_mentioned(c, e, &i->id))
			return false;
	}
	return true;
}

static bool postcheck_is_enforced(const struct postcheck *c,
                                  const struct asset_entry *e, enum epoch epoch)
{
	bool is_lock = e->kind == ASSET_STACKING || e->kind == ASSET_POX;

	if (is_lock && epoch < EPOCH_4_0)
		return false;
	/* Locking nothing needs no mention. */
	if (e->kind == ASSET_STACKING && e->amount == 0)
		return false;
	switch (c->tx->mode) {
	case TX_MODE_ALLOW:
		return false;
	case TX_MODE_DENY:
		return true;
	case TX_MODE_ORIGINATOR:
		return principal_eq(e->owner, c->origin);
	}
	return true;
}

bool postcheck_holds(const struct tx *tx, const struct principal *origin,
                     enum epoch epoch, const struct asset_entry *moved,
                     uint32_t n, struct postcheck_fault *ret)
{
	struct postcheck c = {
		.tx = tx, .origin = origin, .moved = moved, .n = n
	};

	for (uint32_t i = 0; i < tx->n_postconds; i++) {
		if (!postcheck_cond_holds(&c, &tx->postconds[i])) {
			*ret =
			    (struct postcheck_fault){ .cond =
				                          &tx->postconds[i] };
			return false;
		}
	}
	for (uint32_t i = 0; i < n; i++) {
		if (postcheck_is_enforced(&c, &moved[i], epoch) &&
		    !postcheck_is_covered(&c, &moved[i])) {
			*ret = (struct postcheck_fault){ .moved = &moved[i] };
			return false;
		}
	}
	return true;
}
