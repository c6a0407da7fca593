/* node/chain/block_rule.c - Names of rules; contract in block_rule.h. */
#include "config.h"

#include "node/chain/block_rule.h"

#include "clarity/base/check.h"

enum rule_class {
	RULE_FINAL,
	RULE_WAIT
};

struct rule {
	const char *name;
	enum rule_class class;
	const char *text;
};

static const struct rule rules[BLOCK_RULE_COUNT] = {
#define X(name, class, text) { #name, RULE_##class, text },
#include "node/chain/block_rule.def"
#undef X
};

static const struct rule *rule_at(enum block_rule rule)
{
	CHECK(rule < BLOCK_RULE_COUNT);
	return &rules[rule];
}

const char *block_rule_name(enum block_rule rule)
{
	return rule_at(rule)->name;
}

const char *block_rule_text(enum block_rule rule)
{
	return rule_at(rule)->text;
}

bool block_rule_is_final(enum block_rule rule)
{
	return rule_at(rule)->class == RULE_FINAL;
}

enum err block_rule_refuse(struct block_verdict *v, enum block_rule rule)
{
	v->rule = rule;
	return ERR_BLOCK_REFUSED;
}
