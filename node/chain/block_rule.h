/*
 * node/chain/block_rule.h - The rules of blocks, by name.
 *
 * A refused block is one verdict for the program, ERR_BLOCK_REFUSED, and one
 * of these rules for everybody who wants to know.  Each has a test that breaks
 * it and only it.
 *
 * Layer:    node/chain.
 * Memory:   plain data; texts are static.
 * Threads:  pure.
 */
#ifndef NODE_CHAIN_BLOCK_RULE_H
#define NODE_CHAIN_BLOCK_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/err.h"

enum block_rule {
#define X(name, class, text) BLOCK_RULE_##name,
#include "node/chain/block_rule.def"
#undef X
	BLOCK_RULE_COUNT
};

/** What was wrong with a block. */
struct block_verdict {
	enum block_rule rule;
	enum err tx_err;   /* BLOCK_RULE_TX: what exec_run said */
	uint32_t tx_index; /* BLOCK_RULE_TX, TX_*: of the transaction */
};

/** @return the rule's name, such as "STATE_ROOT". */
const char *block_rule_name(enum block_rule rule);

/** @return a sentence's end: "the block was refused: ". */
const char *block_rule_text(enum block_rule rule);

/** @return whether a block that breaks the rule is refused for good. */
bool block_rule_is_final(enum block_rule rule);

/** Notes the rule. @return ERR_BLOCK_REFUSED. */
MUST_USE enum err block_rule_refuse(struct block_verdict *v,
                                    enum block_rule rule);

#endif /* NODE_CHAIN_BLOCK_RULE_H */
