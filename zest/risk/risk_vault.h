/*
 * zest/risk/risk_vault.h - One asset's pool: cash, shares, debt, reserve.
 *
 * Suppliers hold shares of a vault, borrowers hold scaled debt.  There is one
 * debt index and no index of supply: what shares are worth is what the vault
 * has (cash and debt, less the reserve), so the two sides cannot drift apart.
 * The vault counts its cash itself: sending it tokens moves no price.
 *
 * Each function does what the vault contract's does, in the same integers and
 * with the same refusals; the contract asks `accrue` first and so must every
 * caller here.  Every rounding favours the vault.
 *
 * Layer:    zest/risk; uses clarity/base only.
 * Memory:   never allocates; a vault is plain data.
 * Threads:  pure functions of the vault that they are given.
 * Spec:     docs/LENDING.md, "Vaults".
 */
#ifndef ZEST_RISK_RISK_VAULT_H
#define ZEST_RISK_RISK_VAULT_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/num.h"
#include "zest/risk/risk_curve.h"

/** The most that a call may move and a cap may allow, in units of the asset. */
#define RISK_VAULT_AMOUNT_MAX ((u128)100000000000000000)
/** Above this sum of cash and debt, interest stops and deposits are refused:
 * then shares times assets fit 128 bits, whatever comes. */
#define RISK_VAULT_TOTAL_MAX (2 * RISK_VAULT_AMOUNT_MAX)
/** The most shares of a vault. */
#define RISK_VAULT_SHARES_MAX ((u128)10000 * RISK_VAULT_AMOUNT_MAX)
/** The debt index stops here. */
#define RISK_VAULT_INDEX_MAX ((u128)1000000000000000000)
/** Shares that nobody owns, against one unit of the asset: the first supplier
 * gets 1,000 shares for a unit and cannot make shares dear. */
#define RISK_VAULT_VIRTUAL_SHARES 1000u

/** What governance sets. */
struct risk_vault_terms {
	u128 supply_cap;       /* of assets at a deposit; <= AMOUNT_MAX */
	u128 debt_cap;         /* of debt at a borrowing; <= AMOUNT_MAX */
	uint32_t reserve_part; /* of interest; hundredths of a percent */
	struct risk_curve curve;
};

/** A vault's state, amounts in units of its asset. */
struct risk_vault {
	struct risk_vault_terms terms;
	u128 cash;            /* counted, not looked up */
	u128 shares;          /* of suppliers */
	u128 scaled;          /* all debt, in units of the index */
	u128 index;           /* what a scaled unit owes; RISK_INDEX is one */
	u128 reserve;         /* of cash and debt, not the suppliers' */
	uint32_t reserve_rem; /* 1/10,000 units that the reserve is still due */
	uint64_t time;        /* seconds; interest is counted up to here */
};

/** What a repayment took. */
struct risk_vault_repaid {
	u128 scaled; /* off the account's and the vault's scaled debt */
	u128 paid;   /* units of the asset; never more than asked for */
};

/** Who bore a loss; the three parts add up to it. */
struct risk_vault_loss {
	u128 reserve;
	u128 staked;
	u128 suppliers;
};

/** @return ERR_OK; ERR_RISK_CURVE for the curve; ERR_RISK_TERMS for a cap or
 * the reserve's part above its maximum. */
MUST_USE enum err risk_vault_terms_check(const struct risk_vault_terms *t);

/** Starts an empty vault at `now`; `t` passes risk_vault_terms_check. */
void risk_vault_init(struct risk_vault *v, const struct risk_vault_terms *t,
                     uint64_t now);

/** @return what `scaled` owes at the vault's index, rounded up. */
u128 risk_vault_owed(const struct risk_vault *v, u128 scaled);

/** @return what all borrowers owe. */
u128 risk_vault_debt(const struct risk_vault *v);

/** @return what the suppliers own: cash + debt - reserve. */
u128 risk_vault_assets(const struct risk_vault *v);

/** @return debt over debt and cash, in hundredths of a percent, rounded
 * down. */
uint32_t risk_vault_util(const struct risk_vault *v);

/** @return the assets that `shares` are worth, rounded down; `shares` at most
 * RISK_VAULT_SHARES_MAX (a CHECK). */
u128 risk_vault_worth(const struct risk_vault *v, u128 shares);

/**
 * Counts interest up to `now`.  Nothing else moves the index, and it moves
 * the clock even when nothing is owed.  Time that went back changes nothing.
 */
void risk_vault_accrue(struct risk_vault *v, uint64_t now);

/**
 * Takes `amount` from a supplier.
 *
 * @return ERR_OK; ERR_RISK_AMOUNT for 0 or above the maximum; ERR_VAULT_LOST
 *         when the vault has shares and nothing else; ERR_VAULT_CAP when a cap
 *         would be passed; ERR_VAULT_SHARES when that makes no share, or more
 *         than the maximum.  On failure the vault is unchanged, here and below.
 */
MUST_USE enum err risk_vault_deposit(struct risk_vault *v, u128 *ret_shares,
                                     u128 amount);

/**
 * Pays out `shares`.
 *
 * @return ERR_OK; ERR_RISK_AMOUNT when they are 0 or worth nothing;
 *         ERR_VAULT_SHARES for more than there are; ERR_VAULT_CASH when too
 *         much is lent.
 */
MUST_USE enum err risk_vault_redeem(struct risk_vault *v, u128 *ret_amount,
                                    u128 shares);

/** Pays out exactly `amount`, for as many shares as that takes, rounded up;
 * errors as above. */
MUST_USE enum err risk_vault_withdraw(struct risk_vault *v, u128 *ret_shares,
                                      u128 amount);

/**
 * Lends `amount`.
 *
 * @param ret_scaled  what the account owes on top, rounded up
 * @return ERR_OK; ERR_RISK_AMOUNT for 0 or above the maximum; ERR_VAULT_CASH
 *         when there is less; ERR_VAULT_CAP when the debt would pass its cap.
 */
MUST_USE enum err risk_vault_borrow(struct risk_vault *v, u128 *ret_scaled,
                                    u128 amount);

/**
 * Takes back at most `amount`, any number, of what an account owes.
 *
 * @param scaled  the account's debt; at most the vault's (a CHECK)
 * @return ERR_OK; ERR_RISK_AMOUNT when so little, or nothing owed, moves no
 *         unit of the debt.
 */
MUST_USE enum err risk_vault_repay(struct risk_vault *v,
                                   struct risk_vault_repaid *ret, u128 scaled,
                                   u128 amount);

/**
 * Gives up a debt that nobody will pay: first the reserve bears it, then what
 * stakers put up, which comes in as cash, then the suppliers.
 *
 * @param scaled  at most the vault's (a CHECK)
 * @param staked  what the stakers can bear
 * @return who bore how much
 */
struct risk_vault_loss risk_vault_write_off(struct risk_vault *v, u128 scaled,
                                            u128 staked);

/**
 * Takes a fee that nobody gets shares for, such as a flash loan's; the reserve
 * gets its part as of interest.
 *
 * @return ERR_OK; ERR_VAULT_CAP when cash and debt would pass their maximum.
 */
MUST_USE enum err risk_vault_earn(struct risk_vault *v, u128 fee);

/** Pays `amount` out of the reserve. @return ERR_OK; ERR_RISK_AMOUNT for 0 or
 * more than the reserve; ERR_VAULT_CASH when too much is lent. */
MUST_USE enum err risk_vault_spend_reserve(struct risk_vault *v, u128 amount);

#endif /* ZEST_RISK_RISK_VAULT_H */
