/* zest/risk/risk_vault.c - A vault's arithmetic; contract in risk_vault.h. */
#include "config.h"

#include "zest/risk/risk_vault.h"

#include <stdbool.h>

#include "clarity/base/check.h"
#include "zest/risk/risk_math.h"

/* The bounds of the header keep every product below 2^128: one that does not
 * fit is a bug. */
static u128 mul_floor(u128 a, u128 b, u128 d)
{
	u128 r = 0;

	CHECK(risk_math_floor(&r, a, b, d) == ERR_OK);
	return r;
}

static u128 mul_ceil(u128 a, u128 b, u128 d)
{
	u128 r = 0;

	CHECK(risk_math_ceil(&r, a, b, d) == ERR_OK);
	return r;
}

static bool is_amount(u128 amount)
{
	return amount > 0 && amount <= RISK_VAULT_AMOUNT_MAX;
}

/* Suppliers' assets and shares as prices count them. */
static u128 priced_assets(const struct risk_vault *v)
{
	return risk_vault_assets(v) + 1;
}

static u128 priced_shares(const struct risk_vault *v)
{
	return v->shares + RISK_VAULT_VIRTUAL_SHARES;
}

/* The reserve's part of `gain`; the remainder waits for the next gain, so that
 * many small ones make the same as one large. */
static void credit_reserve(struct risk_vault *v, u128 gain)
{
	u128 due = gain * v->terms.reserve_part + v->reserve_rem;

	v->reserve += due / RISK_BPS;
	v->reserve_rem = (uint32_t)(due % RISK_BPS);
}

enum err risk_vault_terms_check(const struct risk_vault_terms *t)
{
	if (t->supply_cap > RISK_VAULT_AMOUNT_MAX ||
	    t->debt_cap > RISK_VAULT_AMOUNT_MAX || t->reserve_part > RISK_BPS)
		return ERR_RISK_TERMS;
	return risk_curve_check(&t->curve);
}

void risk_vault_init(struct risk_vault *v, const struct risk_vault_terms *t,
                     uint64_t now)
{
	*v = (struct risk_vault){ .terms = *t,
		                  .index = RISK_INDEX,
		                  .time = now };
}

u128 risk_vault_owed(const struct risk_vault *v, u128 scaled)
{
	return mul_ceil(scaled, v->index, RISK_INDEX);
}

u128 risk_vault_debt(const struct risk_vault *v)
{
	return risk_vault_owed(v, v->scaled);
}

u128 risk_vault_assets(const struct risk_vault *v)
{
	return v->cash + risk_vault_debt(v) - v->reserve;
}

uint32_t risk_vault_util(const struct risk_vault *v)
{
	u128 debt = risk_vault_debt(v);

	if (debt == 0)
		return 0;
	return (uint32_t)mul_floor(debt, RISK_BPS, debt + v->cash);
}

u128 risk_vault_worth(const struct risk_vault *v, u128 shares)
{
	CHECK(shares <= RISK_VAULT_SHARES_MAX);
	return mul_floor(shares, priced_assets(v), priced_shares(v));
}

void risk_vault_accrue(struct risk_vault *v, uint64_t now)
{
	if (now <= v->time)
		return;

	uint32_t rate = risk_curve_rate(&v->terms.curve, risk_vault_util(v));
	u128 growth = risk_curve_growth(rate, now - v->time);
	u128 index = mul_ceil(v->index, growth, RISK_WAD);
	u128 before = risk_vault_debt(v);

	v->time = now;
	if (v->scaled == 0 || index > RISK_VAULT_INDEX_MAX)
		return;

	u128 after = mul_ceil(v->scaled, index, RISK_INDEX);

	if (v->cash + after > RISK_VAULT_TOTAL_MAX)
		return;
	v->index = index;
	credit_reserve(v, after - before);
}

enum err risk_vault_deposit(struct risk_vault *v, u128 *ret_shares, u128 amount)
{
	u128 assets = risk_vault_assets(v);

	if (!is_amount(amount))
		return ERR_RISK_AMOUNT;
	if (assets == 0 && v->shares > 0)
		return ERR_VAULT_LOST;
	if (assets + amount > v->terms.supply_cap ||
	    assets + v->reserve + amount > RISK_VAULT_TOTAL_MAX)
		return ERR_VAULT_CAP;

	u128 shares = mul_floor(amount, priced_shares(v), priced_assets(v));

	if (shares == 0 || shares > RISK_VAULT_SHARES_MAX - v->shares)
		return ERR_VAULT_SHARES;
	v->cash += amount;
	v->shares += shares;
	*ret_shares = shares;
	return ERR_OK;
}

enum err risk_vault_redeem(struct risk_vault *v, u128 *ret_amount, u128 shares)
{
	if (shares == 0)
		return ERR_RISK_AMOUNT;
	if (shares > v->shares)
		return ERR_VAULT_SHARES;

	u128 amount = risk_vault_worth(v, shares);

	if (amount == 0)
		return ERR_RISK_AMOUNT;
	if (amount > v->cash)
		return ERR_VAULT_CASH;
	v->cash -= amount;
	v->shares -= shares;
	*ret_amount = amount;
	return ERR_OK;
}

enum err risk_vault_withdraw(struct risk_vault *v, u128 *ret_shares,
                             u128 amount)
{
	if (!is_amount(amount))
		return ERR_RISK_AMOUNT;
	if (amount > v->cash)
		return ERR_VAULT_CASH;

	u128 shares = mul_ceil(amount, priced_shares(v), priced_assets(v));

	/* The reserve's cash is not the suppliers' to take. */
	if (shares > v->shares || amount > risk_vault_assets(v))
		return ERR_VAULT_SHARES;
	v->cash -= amount;
	v->shares -= shares;
	*ret_shares = shares;
	return ERR_OK;
}

enum err risk_vault_borrow(struct risk_vault *v, u128 *ret_scaled, u128 amount)
{
	if (!is_amount(amount))
		return ERR_RISK_AMOUNT;
	if (amount > v->cash)
		return ERR_VAULT_CASH;
	if (risk_vault_debt(v) + amount > v->terms.debt_cap)
		return ERR_VAULT_CAP;

	u128 scaled = mul_ceil(amount, RISK_INDEX, v->index);

	v->cash -= amount;
	v->scaled += scaled;
	*ret_scaled = scaled;
	return ERR_OK;
}

enum err risk_vault_repay(struct risk_vault *v, struct risk_vault_repaid *ret,
                          u128 scaled, u128 amount)
{
	CHECK(scaled <= v->scaled);

	/* Clamp first: only then is the product known to fit. */
	u128 offered = risk_math_min(amount, risk_vault_owed(v, scaled));
	u128 off =
	    risk_math_min(mul_floor(offered, RISK_INDEX, v->index), scaled);

	if (off == 0)
		return ERR_RISK_AMOUNT;

	u128 paid = risk_vault_owed(v, off);

	v->scaled -= off;
	v->cash += paid;
	*ret = (struct risk_vault_repaid){ .scaled = off, .paid = paid };
	return ERR_OK;
}

struct risk_vault_loss risk_vault_write_off(struct risk_vault *v, u128 scaled,
                                            u128 staked)
{
	CHECK(scaled <= v->scaled);

	u128 before = risk_vault_debt(v);

	v->scaled -= scaled;

	u128 lost = before - risk_vault_debt(v);
	struct risk_vault_loss by;

	by.reserve = risk_math_min(lost, v->reserve);
	by.staked = risk_math_min(lost - by.reserve, staked);
	by.suppliers = lost - by.reserve - by.staked;
	v->reserve -= by.reserve;
	v->cash += by.staked;
	return by;
}

enum err risk_vault_earn(struct risk_vault *v, u128 fee)
{
	u128 total = v->cash + risk_vault_debt(v);

	if (total > RISK_VAULT_TOTAL_MAX || fee > RISK_VAULT_TOTAL_MAX - total)
		return ERR_VAULT_CAP;
	v->cash += fee;
	credit_reserve(v, fee);
	return ERR_OK;
}

enum err risk_vault_spend_reserve(struct risk_vault *v, u128 amount)
{
	if (amount == 0 || amount > v->reserve)
		return ERR_RISK_AMOUNT;
	if (amount > v->cash)
		return ERR_VAULT_CASH;
	v->cash -= amount;
	v->reserve -= amount;
	return ERR_OK;
}
