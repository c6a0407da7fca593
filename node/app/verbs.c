/* node/app/verbs.c - The verbs of `tenure`; see verbs.h. */
#include "config.h"

#include "node/app/verbs.h"

#include "clarity/base/check.h"
#include "node/app/cmd_clarity.h"

/* The group's verbs are counted here, where the table is complete. */
enum {
	CLARITY_VERBS = 3
};

static const struct cmd verbs[] = {
	{ .name = "clarity",
	  .summary = "work with contracts in the Clarity language",
	  .subs = cmd_clarity_verbs,
	  .n_subs = CLARITY_VERBS },
};

const struct cmd_program verbs_program = {
	.root = { .name = "tenure",
	          .summary = "a Bitcoin layer 2 with Clarity contracts",
	          .subs = verbs,
	          .n_subs = COUNT_OF(verbs) },
	.version = PACKAGE_VERSION,
};
