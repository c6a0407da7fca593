/*
 * tests/unit/zest/risk/vault_trace.c - Writes tests/vectors/zest/vault.txt.
 *
 * One random life of a vault, as the C model has it: each line is a call, what
 * it gives, and the state afterwards.  The vault contract is run along it.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>

#include "zest/risk/risk_math.h"
#include "zest/risk/risk_vault.h"

#define STEPS 400
#define SEED 0x9e3779b97f4a7c15u

static const struct risk_vault_terms terms = {
	.supply_cap = RISK_VAULT_AMOUNT_MAX,
	.debt_cap = RISK_VAULT_AMOUNT_MAX,
	.reserve_part = 1000,
	.curve = { .util = { 0, 2000, 4000, 6000, 8000, 8500, 9250, 10000 },
	           .rate = { 0, 118, 235, 353, 471, 500, 4850, 9200 } },
};

static uint64_t next(uint64_t *seed, uint64_t below)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed % below;
}

static void number(u128 n)
{
	char text[U128_TEXT];

	u128_format(text, n);
	printf(" %s", text);
}

static u128 some_amount(uint64_t *seed)
{
	static const u128 edges[] = { 0, 1, RISK_VAULT_AMOUNT_MAX,
		                      RISK_VAULT_AMOUNT_MAX + 1, U128_MAX };

	if (next(seed, 16) == 0)
		return edges[next(seed, 5)];
	return next(seed, (uint64_t)1 << (1 + next(seed, 46)));
}

/* The call's name and arguments, then its error or what it gives. */
static enum err step(struct risk_vault *v, uint64_t *seed, u128 out[3])
{
	u128 amount = some_amount(seed);
	u128 debt = next(seed, 2) == 0 ? v->scaled : v->scaled / 3;
	struct risk_vault_repaid paid = { 0 };
	struct risk_vault_loss by;
	enum err e;

	switch (next(seed, 12)) {
	case 0:
	case 1:
		printf("accrue");
		amount = v->time + next(seed, (uint64_t)1 << next(seed, 26));
		number(amount);
		risk_vault_accrue(v, (uint64_t)amount);
		return ERR_OK;
	case 2:
	case 3:
	case 4:
		printf("deposit");
		number(amount);
		return risk_vault_deposit(v, &out[0], amount);
	case 5:
		printf("redeem");
		amount = amount > U128_MAX / 1000 ? amount : amount * 1000;
		number(amount);
		return risk_vault_redeem(v, &out[0], amount);
	case 6:
		printf("withdraw");
		number(amount);
		return risk_vault_withdraw(v, &out[0], amount);
	case 7:
	case 8:
		printf("borrow");
		number(amount);
		return risk_vault_borrow(v, &out[0], amount);
	case 9:
	case 10:
		printf("repay");
		number(debt);
		number(amount);
		e = risk_vault_repay(v, &paid, debt, amount);
		out[0] = paid.scaled;
		out[1] = paid.paid;
		return e;
	default:
		debt = v->scaled / 50;
		amount = next(seed, 1000);
		printf("write-off");
		number(debt);
		number(amount);
		by = risk_vault_write_off(v, debt, amount);
		out[0] = by.reserve;
		out[1] = by.staked;
		out[2] = by.suppliers;
		return ERR_OK;
	}
}

int main(void)
{
	struct risk_vault v;
	uint64_t seed = SEED;

	risk_vault_init(&v, &terms, 1000);
	for (int i = 0; i < STEPS; i++) {
		u128 out[3] = { 0 };
		enum err e = step(&v, &seed, out);

		printf(" = %s", err_name(e));
		if (e == ERR_OK) {
			number(out[0]);
			number(out[1]);
			number(out[2]);
		}
		printf(" :");
		number(v.cash);
		number(v.shares);
		number(v.scaled);
		number(v.index);
		number(v.reserve);
		number(v.reserve_rem);
		number(v.time);
		printf("\n");
	}
	return 0;
}
