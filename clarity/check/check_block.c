/* clarity/check/check_block.c - Typing of what is known of blocks. */
#include "config.h"

#include "clarity/check/expr.h"
#include "clarity/check/rule.h"
#include "clarity/check/suggest.h"

struct property {
	const char *name;
	enum clarity_version first;
	const struct type *type; /* what the word gives: an optional */
};

static const struct property block_properties[] = {
	{ "time", CLARITY_1, &known_optional_uint },
	{ "vrf-seed", CLARITY_1, &known_optional_buff_32 },
	{ "header-hash", CLARITY_1, &known_optional_buff_32 },
	{ "id-header-hash", CLARITY_1, &known_optional_buff_32 },
	{ "burnchain-header-hash", CLARITY_1, &known_optional_buff_32 },
	{ "miner-address", CLARITY_1, &known_optional_principal },
	{ "miner-spend-winner", CLARITY_2, &known_optional_uint },
	{ "miner-spend-total", CLARITY_2, &known_optional_uint },
	{ "block-reward", CLARITY_2, &known_optional_uint },
	{ NULL, CLARITY_1, NULL },
};

static const struct property burn_properties[] = {
	{ "header-hash", CLARITY_1, &known_optional_buff_32 },
	{ "pox-addrs", CLARITY_1, &known_optional_pox_addrs },
	{ NULL, CLARITY_1, NULL },
};

static const struct property stacks_properties[] = {
	{ "id-header-hash", CLARITY_1, &known_optional_buff_32 },
	{ "header-hash", CLARITY_1, &known_optional_buff_32 },
	{ "time", CLARITY_1, &known_optional_uint },
	{ NULL, CLARITY_1, NULL },
};

static const struct property tenure_properties[] = {
	{ "time", CLARITY_1, &known_optional_uint },
	{ "vrf-seed", CLARITY_1, &known_optional_buff_32 },
	{ "burnchain-header-hash", CLARITY_1, &known_optional_buff_32 },
	{ "miner-address", CLARITY_1, &known_optional_principal },
	{ "miner-spend-winner", CLARITY_1, &known_optional_uint },
	{ "miner-spend-total", CLARITY_1, &known_optional_uint },
	{ "block-reward", CLARITY_1, &known_optional_uint },
	{ NULL, CLARITY_1, NULL },
};

#define PROPERTIES_MAX 10

static enum err fail_unknown(struct checker *c, enum check_error kind,
                             uint32_t sym, const struct property *table)
{
	const char *names[PROPERTIES_MAX];
	size_t n = 0;

	for (; table->name; table++) {
		if (table->first <= c->version)
			names[n++] = table->name;
	}
	names[n] = NULL;
	return suggest_word(c, kind, sym, names);
}

/* A word that takes the name of a property and a height. */
static enum err check_property(struct checker *c, const struct ast_node *call,
                               const struct property *table,
                               enum check_error no_name,
                               enum check_error unknown,
                               const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct property *p = table;
	uint32_t sym;
	enum err e;

	TRY(expr_name(c, &args[0], no_name, &sym));
	while (p->name &&
	       (p->first > c->version ||
	        !span_eq(symtab_name(c->ast->syms, sym), span_str(p->name))))
		p++;
	if (!p->name) {
		e = fail_unknown(c, unknown, sym, table);
		checker_note(c, &args[0]);
		return e;
	}
	TRY(expr_expect(c, &args[1], KNOWN_UINT));
	*ret = p->type;
	return ERR_OK;
}

enum err check_block_info(struct checker *c, const struct ast_node *call,
                          const struct type **ret)
{
	TRY(checker_at_least(c, checker_n_args(call), 2));
	return check_property(c, call, block_properties,
	                      CHECK_GET_BLOCK_INFO_EXPECT_PROPERTY_NAME,
	                      CHECK_NO_SUCH_BLOCK_INFO_PROPERTY, ret);
}

enum err check_block_burn_info(struct checker *c, const struct ast_node *call,
                               const struct type **ret)
{
	TRY(checker_exactly(c, checker_n_args(call), 2));
	return check_property(c, call, burn_properties,
	                      CHECK_GET_BURN_BLOCK_INFO_EXPECT_PROPERTY_NAME,
	                      CHECK_NO_SUCH_BLOCK_INFO_PROPERTY, ret);
}

enum err check_block_stacks_info(struct checker *c, const struct ast_node *call,
                                 const struct type **ret)
{
	TRY(checker_exactly(c, checker_n_args(call), 2));
	return check_property(c, call, stacks_properties,
	                      CHECK_GET_STACKS_BLOCK_INFO_EXPECT_PROPERTY_NAME,
	                      CHECK_NO_SUCH_STACKS_BLOCK_INFO_PROPERTY, ret);
}

enum err check_block_tenure_info(struct checker *c, const struct ast_node *call,
                                 const struct type **ret)
{
	TRY(checker_exactly(c, checker_n_args(call), 2));
	return check_property(c, call, tenure_properties,
	                      CHECK_GET_TENURE_INFO_EXPECT_PROPERTY_NAME,
	                      CHECK_NO_SUCH_TENURE_INFO_PROPERTY, ret);
}

enum err check_block_at(struct checker *c, const struct ast_node *call,
                        const struct type **ret)
{
	const struct ast_node *args = checker_args(call);

	TRY(checker_exactly(c, checker_n_args(call), 2));
	if (!epoch_has_at_block(c->epoch))
		return checker_fail(c, CHECK_AT_BLOCK_UNAVAILABLE);
	TRY(expr_expect(c, &args[0], &known_buff_32));
	return expr_check(c, &args[1], ret);
}
