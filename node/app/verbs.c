/* node/app/verbs.c - The verbs of `tenure`; see verbs.h. */
#include "config.h"

#include "node/app/verbs.h"

#include "clarity/base/check.h"
#include "node/app/cmd_bitcoin.h"
#include "node/app/cmd_clarity.h"
#include "node/app/cmd_genesis.h"
#include "node/app/cmd_inspect.h"
#include "node/app/cmd_keys.h"
#include "node/app/cmd_tx.h"

/* The groups' verbs are counted here, where the table is complete. */
enum {
	CLARITY_VERBS = 9,
	GENESIS_VERBS = 1,
	KEYS_VERBS = 2,
	TX_VERBS = 4
};

static const struct cmd verbs[] = {
	{ .name = "bitcoin",
	  .summary = "run a Bitcoin chain of the regtest kind",
	  .about = cmd_bitcoin_about,
	  .exits = "0: it was stopped; 1: the machine failed; 2: the command "
	           "line, a file or the port cannot be used",
	  .opts = cmd_bitcoin_opts,
	  .n_opts = CMD_BITCOIN_OPTS,
	  .run = cmd_bitcoin_run },
	{ .name = "clarity",
	  .summary = "work with contracts in the Clarity language",
	  .subs = cmd_clarity_verbs,
	  .n_subs = CLARITY_VERBS },
	{ .name = "genesis",
	  .summary = "describe the beginning of a chain",
	  .subs = cmd_genesis_verbs,
	  .n_subs = GENESIS_VERBS },
	{ .name = "inspect",
	  .summary = "look at a node's store, and check it",
	  .operands = "DIR",
	  .min_operands = 1,
	  .max_operands = 1,
	  .about = cmd_inspect_about,
	  .exits = cmd_inspect_exits,
	  .opts = cmd_inspect_opts,
	  .n_opts = CMD_INSPECT_OPTS,
	  .run = cmd_inspect_run },
	{ .name = "keys",
	  .summary = "make wallets and show their accounts",
	  .subs = cmd_keys_verbs,
	  .n_subs = KEYS_VERBS },
	{ .name = "tx",
	  .summary = "make, sign and read transactions",
	  .subs = cmd_tx_verbs,
	  .n_subs = TX_VERBS },
};

const struct cmd_program verbs_program = {
	.root = { .name = "tenure",
	          .summary = "a Bitcoin layer 2 with Clarity contracts",
	          .subs = verbs,
	          .n_subs = COUNT_OF(verbs) },
	.version = PACKAGE_VERSION,
};
