/*
 * zest/risk/risk_position.h - What a position may owe, and when it is sold.
 *
 * A position is judged by three limits, each a sum over its collateral: what
 * it may borrow up to, from where it may be liquidated in part, and from where
 * in full.  A partial liquidation repays just so much that the position is
 * sound again, with a margin.  What the caller puts in is all there is: prices
 * for this purpose (low and high, or mid) are chosen outside.
 *
 * Layer:    zest/risk; uses clarity/base only.
 * Memory:   never allocates; a position is plain data.
 * Threads:  pure functions of what they are given.
 * Spec:     docs/LENDING.md, "Positions" and "Liquidation".
 */
#ifndef ZEST_RISK_RISK_POSITION_H
#define ZEST_RISK_RISK_POSITION_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/num.h"

#define RISK_POSITION_COLLS 8u
#define RISK_POSITION_DEBTS 4u
/** Decimals of an asset. */
#define RISK_POSITION_DECIMALS_MIN 6u
#define RISK_POSITION_DECIMALS_MAX 10u
/** The highest price of a whole token, in 1/10^8 dollars. */
#define RISK_POSITION_PRICE_MAX ((u128)1000000000000000)
/** A price that no price reaches. */
#define RISK_POSITION_NEVER U128_MAX

/** Shares of the value that count, in hundredths of a percent; rising. */
struct risk_limits {
	uint32_t borrow;
	uint32_t partial;
	uint32_t full;
};

/** One collateral of a position. */
struct risk_coll {
	u128 units;       /* tokens, or shares of a vault */
	u128 worth_of;    /* assets that */
	u128 worth_units; /* so many units are worth; both 1 for tokens */
	u128 price;       /* of 10^decimals assets; 1 to PRICE_MAX */
	uint8_t decimals;
	struct risk_limits limits;
};

/** One debt of a position. */
struct risk_debt {
	u128 scaled;
	u128 index; /* the vault's */
	u128 price;
	uint8_t decimals;
};

/** What a group sets beside the limits of its collaterals. */
struct risk_group {
	uint32_t bonus_min; /* for the liquidator; hundredths of a percent */
	uint32_t bonus_max;
	uint32_t target;   /* limit over debt afterwards; above 10,000 */
	uint32_t fee_part; /* the protocol's, of the bonus above bonus_min */
	u128 debt_min;     /* value; a debt is none or this */
	u128 coll_min;     /* value; below it, collateral is as good as none */
};

struct risk_position {
	struct risk_coll coll[RISK_POSITION_COLLS];
	struct risk_debt debt[RISK_POSITION_DEBTS];
	uint32_t n_coll;
	uint32_t n_debt;
};

/** A position in values: 1/10^8 dollars. */
struct risk_measure {
	u128 coll;   /* rounded down */
	u128 debt;   /* rounded up */
	u128 borrow; /* the three limits of debt, rounded down */
	u128 partial;
	u128 full;
};

/** What a liquidator asks. */
struct risk_ask {
	uint32_t coll; /* which he takes */
	uint32_t debt; /* which he pays */
	u128 amount;   /* at most so much of it; any number */
};

/** What he gets. */
struct risk_sale {
	u128 repaid;    /* by him, to the vault */
	u128 scaled;    /* off the debt */
	u128 seized;    /* units off the collateral */
	u128 fee;       /* units of these that the protocol keeps */
	uint32_t bonus; /* hundredths of a percent */
	bool is_bad; /* what the position has left is to be swept, and what it
	              * owes given up */
};

/**
 * Judges a group as it is listed: bonuses in order, a target above 10,000 and
 * at most 20,000, a fee's part up to 10,000.
 *
 * @return ERR_OK or ERR_RISK_TERMS
 */
MUST_USE enum err risk_position_group_check(const struct risk_group *g);

/**
 * Judges the limits of a collateral in a group: rising, a full liquidation can
 * pay the largest bonus, and a partial one reaches the target.
 *
 * @return ERR_OK or ERR_RISK_TERMS
 */
MUST_USE enum err risk_position_limits_check(const struct risk_group *g,
                                             const struct risk_limits *l);

/** @return the values of `p`. */
struct risk_measure risk_position_measure(const struct risk_position *p);

/** @return partial limit over debt in hundredths of a percent, rounded down;
 * RISK_POSITION_NEVER without debt. */
u128 risk_position_health(const struct risk_measure *m);

/** @return the largest amount of debt number `debt` that can be borrowed on
 * top without passing the borrow limit; 0 when it is passed. */
u128 risk_position_room(const struct risk_position *p, uint32_t debt);

/**
 * Finds the lowest price of collateral number `coll` at which, all else equal,
 * nothing may be liquidated.
 *
 * @return 0 when no fall of it is enough; RISK_POSITION_NEVER when no price
 *         up to the maximum is.
 */
u128 risk_position_trigger(const struct risk_position *p, uint32_t coll);

/**
 * Liquidates.
 *
 * @param p  is changed; its limits and `g` pass the checks above
 * @return ERR_OK; ERR_RISK_HEALTHY when there is nothing to liquidate;
 *         ERR_RISK_AMOUNT when so little moves no unit of the debt or of the
 *         collateral; ERR_RISK_DUST when less was asked than was possible, and
 *         less than the minimum debt would remain.  On failure `p` is
 *         unchanged.
 */
MUST_USE enum err risk_position_liquidate(struct risk_position *p,
                                          struct risk_sale *ret,
                                          const struct risk_group *g,
                                          const struct risk_ask *ask);

#endif /* ZEST_RISK_RISK_POSITION_H */
