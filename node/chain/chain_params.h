/*
 * node/chain/chain_params.h - The numbers in which two chains differ.
 *
 * They are fixed by genesis and never change: two nodes with other numbers are
 * on two chains.  Rules ask the functions below, so what depends on an epoch
 * or on a height of Bitcoin is looked up in one place.
 *
 * Heights that decide epochs, coinbase and emission are those of the
 * *tenure's* sortition, never those of a block's view.
 *
 * Layer:    node/chain.
 * Memory:   plain data; names are borrowed from whoever filled it.
 * Threads:  constant while a chain runs.
 * Spec:     SIP-021, SIP-029 (coinbase), SIP-031 (emission).
 */
#ifndef NODE_CHAIN_CHAIN_PARAMS_H
#define NODE_CHAIN_CHAIN_PARAMS_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/num.h"
#include "clarity/base/span.h"
#include "clarity/cost/meter.h"
#include "clarity/value/epoch.h"
#include "clarity/value/principal.h"
#include "pox/cycle.h"

#define CHAIN_PARAMS_EPOCHS_MAX 16u
#define CHAIN_PARAMS_STEPS_MAX 16u

/** An epoch that the chain goes through; the first one is genesis'.  Epochs
 * before 3.0 may stand there, because networks that are older began in them:
 * their contracts are installed, their rules are not executed. */
struct chain_epoch {
	enum epoch epoch;
	uint32_t burn_height; /* of Bitcoin, at which it begins */
	struct cost limit;    /* of a tenure */
};

/** An amount that holds from a height on. */
struct chain_step {
	uint64_t from;
	u128 ustx;
};

struct chain_steps {
	struct chain_step at[CHAIN_PARAMS_STEPS_MAX]; /* ascending */
	uint32_t n;
};

struct chain_params {
	bool is_mainnet;
	uint32_t chain_id;
	struct cycle_params cycles;
	struct chain_epoch epochs[CHAIN_PARAMS_EPOCHS_MAX]; /* ascending */
	uint32_t n_epochs;
	uint32_t unlock_height[4];   /* of Bitcoin: locks of PoX 1 to 4 end;
	                                UINT32_MAX: never */
	uint32_t maturity;           /* tenures until a miner is paid */
	struct chain_steps coinbase; /* since 3.1, by height above the first */
	struct chain_steps emission; /* since 3.2, by height */
	/* Names of boot contracts that the chain itself looks at: */
	struct span grants; /* holds what becomes free, by height */
	struct span emission_to;
	struct span stacking;      /* locks balances, as pox-4; empty: none */
	struct span next_stacking; /* likewise, as pox-5 */
};

/** Sets what networks have in common: limits, schedules, maturity, names. */
void chain_params_init(struct chain_params *p, bool is_mainnet);

/**
 * Adds an epoch behind the others, with the network's limit.
 *
 * @return false if it is not above them in number, lies below them in height,
 *         or there are too many.
 */
bool chain_params_add_epoch(struct chain_params *p, enum epoch epoch,
                            uint32_t burn_height);

/** @return the epoch in force at a height of Bitcoin; the first one below all
 * heights. */
const struct chain_epoch *chain_params_epoch(const struct chain_params *p,
                                             uint32_t burn_height);

/** @return the epoch of a number, or NULL if the chain skips it. */
const struct chain_epoch *chain_params_find(const struct chain_params *p,
                                            enum epoch epoch);

/** @return the rules that run in `epoch`: 3.0 in epochs before it. */
enum epoch chain_params_rules(enum epoch epoch);

/** @return the coinbase of a tenure, in microSTX. */
u128 chain_params_coinbase(const struct chain_params *p, enum epoch epoch,
                           uint32_t burn_height);

/** @return what a new tenure brings into being besides, in microSTX. */
u128 chain_params_emission(const struct chain_params *p, enum epoch epoch,
                           uint32_t burn_height);

/** @return the account to which boot contracts belong; lives in `room`. */
const struct principal *chain_params_boot(const struct chain_params *p,
                                          struct principal_room *room);

/**
 * Writes the identifier of a boot contract.
 *
 * @return ERR_OK; ERR_SYNTAX if `name` is no contract name.
 */
MUST_USE enum err chain_params_boot_contract(const struct chain_params *p,
                                             struct principal_room *room,
                                             const struct principal **ret,
                                             struct span name);

#endif /* NODE_CHAIN_CHAIN_PARAMS_H */
