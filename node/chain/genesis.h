/*
 * node/chain/genesis.h - What a chain begins with.
 *
 * Genesis is block 0: it has no header that anyone signed, a fixed id, and a
 * state that follows from this description alone.  The description also holds
 * what later epochs install, because that is as much a part of the chain's
 * identity: two nodes with other contracts part at the epoch's first block.
 *
 * The order of writes is part of the state root, so it is fixed: the epoch,
 * tenure 0 and the time (each only where the epoch keeps it), contracts in the
 * order given, each followed by its call, balances in the order given, grants
 * by height, and the supply.
 *
 * Layer:    node/chain; pure.
 * Memory:   everything lies in the arena that was given to the parser, or is
 *           the caller's.
 * Threads:  constant once made.
 * Format:   a TOML file; docs/GENESIS.md.
 */
#ifndef NODE_CHAIN_GENESIS_H
#define NODE_CHAIN_GENESIS_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/value/version.h"
#include "clarity/vm/vm.h"
#include "node/chain/chain_block.h"
#include "node/chain/chain_params.h"

/** Arguments that the call of a contract may have. */
#define GENESIS_ARGS_MAX 16u

/** Bytes of the text under which grants stand in the state, NUL included. */
#define GENESIS_MAP_MAX 256u

/** A contract that belongs to the chain itself. */
struct genesis_contract {
	struct span name;
	struct span source;
	enum clarity_version version;
	enum epoch epoch;        /* whose first block installs it */
	struct span call;        /* a function called then; empty: none */
	const struct span *args; /* of the call: texts of expressions */
	uint32_t n_args;
	u128 mint; /* microSTX that it owns from then on */
};

struct genesis_balance {
	const struct principal *who;
	u128 ustx;
};

/** STX that come into being at a height of the chain. */
struct genesis_grant {
	const struct principal *who;
	u128 ustx;
	uint32_t height;
};

struct genesis {
	struct chain_params params;
	uint8_t burn_hash[WIRE_HASH_LEN]; /* of the first Bitcoin block */
	uint64_t burn_time;               /* seconds, of the same */
	const struct genesis_contract *contracts;
	uint32_t n_contracts;
	const struct genesis_balance *balances;
	uint32_t n_balances;
	const struct genesis_grant *grants; /* heights ascending */
	uint32_t n_grants;
};

/** The id under which block 0 is known on every chain. */
extern const uint8_t genesis_id[WIRE_HASH_LEN];

/** Why genesis could not be made. */
struct genesis_fault {
	struct span contract;    /* whose installation failed */
	struct vm_result result; /* as the machine tells it */
};

/** @return what the machine said about it. */
const char *genesis_fault_text(const struct genesis_fault *f);

/**
 * Writes genesis' state into an open block and its facts.
 *
 * @param vm     a machine in the rules of the first epoch
 * @param store  the machine's
 * @param fault  set with ERR_GENESIS; may be NULL
 * @return ERR_OK; ERR_GENESIS: a contract does not deploy, its call does not
 *         succeed, or amounts pass their width; faults.
 */
MUST_USE enum err genesis_write(const struct genesis *g, struct vm *vm,
                                const struct store *store,
                                struct chain_block *ret,
                                struct genesis_fault *fault);

/**
 * Installs what an epoch brings: writes its number, deploys its contracts.
 *
 * @return as genesis_write.
 */
MUST_USE enum err genesis_install(const struct genesis *g, struct vm *vm,
                                  const struct store *store, enum epoch epoch,
                                  struct genesis_fault *fault);

/**
 * Writes the text before a height's bytes in the keys of grants, with a NUL.
 *
 * @return ERR_OK; ERR_SYNTAX; ERR_NO_MEMORY.
 */
MUST_USE enum err genesis_grants_map(const struct chain_params *p,
                                     char ret[GENESIS_MAP_MAX]);

#endif /* NODE_CHAIN_GENESIS_H */
