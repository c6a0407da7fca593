/* clarity/check/check_store.c - Typing of data variables and maps. */
#include "config.h"

#include "clarity/check/expr.h"
#include "clarity/check/rule.h"
#include "clarity/check/suggest.h"

/* Finds what the name at `n` is defined as, or fails by `kind`. */
static enum err find(struct checker *c, const struct ast_node *n,
                     enum native form, enum check_error kind,
                     const struct checked_def **ret)
{
	const struct checked_def *def = names_find(&c->names, n->sym, form);

	if (!def) {
		enum err e = suggest_defined(c, kind, n->sym, form);

		checker_note(c, n);
		return e;
	}
	checker_refer(c, n, form == DEFINE_MAP ? CHECKED_MAP : CHECKED_VAR,
	              names_index(&c->names, def));
	*ret = def;
	return ERR_OK;
}

static enum err find_var(struct checker *c, const struct ast_node *n,
                         const struct checked_def **ret)
{
	return find(c, n, DEFINE_DATA_VAR, CHECK_NO_SUCH_DATA_VARIABLE, ret);
}

static enum err find_map(struct checker *c, const struct ast_node *n,
                         const struct checked_def **ret)
{
	return find(c, n, DEFINE_MAP, CHECK_NO_SUCH_MAP, ret);
}

enum err check_store_var_get(struct checker *c, const struct ast_node *call,
                             const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct checked_def *var;
	uint32_t unused;

	TRY(checker_exactly(c, checker_n_args(call), 1));
	TRY(expr_name(c, &args[0], CHECK_BAD_MAP_NAME, &unused));
	TRY(find_var(c, &args[0], &var));
	TRY(checker_charge_type(c, PRICE_ANALYSIS_TYPE_LOOKUP, var->type));
	*ret = var->type;
	return ERR_OK;
}

enum err check_store_var_set(struct checker *c, const struct ast_node *call,
                             const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct checked_def *var;
	const struct type *t;
	uint32_t unused;

	TRY(checker_at_least(c, checker_n_args(call), 2));
	TRY(expr_name(c, &args[0], CHECK_BAD_MAP_NAME, &unused));
	TRY(expr_check(c, &args[1], &t));
	TRY(find_var(c, &args[0], &var));
	TRY(checker_charge_type(c, PRICE_ANALYSIS_TYPE_LOOKUP, var->type));
	TRY(checker_charge_compare(c, checker_compare_size(t, var->type)));
	TRY(checker_admit(c, var->type, t));
	*ret = KNOWN_BOOL;
	return ERR_OK;
}

enum err check_store_map_get(struct checker *c, const struct ast_node *call,
                             const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct checked_def *map;
	const struct type *key, *found;
	uint32_t unused;

	TRY(checker_at_least(c, checker_n_args(call), 2));
	TRY(expr_name(c, &args[0], CHECK_BAD_MAP_NAME, &unused));
	TRY(expr_check(c, &args[1], &key));
	TRY(find_map(c, &args[0], &map));
	TRY(checker_charge_type(c, PRICE_ANALYSIS_TYPE_LOOKUP, map->type));
	TRY(checker_charge_type(c, PRICE_ANALYSIS_TYPE_LOOKUP, map->value));
	TRY(checker_charge_compare(c, checker_compare_size(map->type, key)));
	TRY(checker_optional(c, &found, map->value));
	TRY(checker_admit(c, map->type, key));
	*ret = found;
	return ERR_OK;
}

enum err check_store_map_delete(struct checker *c, const struct ast_node *call,
                                const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct checked_def *map;
	const struct type *key;
	uint32_t unused;

	TRY(checker_at_least(c, checker_n_args(call), 2));
	TRY(expr_name(c, &args[0], CHECK_BAD_MAP_NAME, &unused));
	TRY(expr_check(c, &args[1], &key));
	TRY(find_map(c, &args[0], &map));
	TRY(checker_charge_type(c, PRICE_ANALYSIS_TYPE_LOOKUP, map->type));
	TRY(checker_charge_compare(c, checker_compare_size(map->type, key)));
	TRY(checker_admit(c, map->type, key));
	*ret = KNOWN_BOOL;
	return ERR_OK;
}

/* The second look is paid by the size of the given value's type, not of the
 * declared one. */
enum err check_store_map_put(struct checker *c, const struct ast_node *call,
                             const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct checked_def *map;
	const struct type *key, *value;
	uint32_t unused;

	TRY(checker_at_least(c, checker_n_args(call), 3));
	TRY(expr_name(c, &args[0], CHECK_BAD_MAP_NAME, &unused));
	TRY(expr_check(c, &args[1], &key));
	TRY(expr_check(c, &args[2], &value));
	TRY(find_map(c, &args[0], &map));
	TRY(checker_charge_type(c, PRICE_ANALYSIS_TYPE_LOOKUP, map->type));
	TRY(checker_charge_type(c, PRICE_ANALYSIS_TYPE_LOOKUP, value));
	TRY(checker_charge_compare(c, checker_compare_size(map->type, key)));
	TRY(checker_charge_compare(c, checker_compare_size(map->value, value)));
	TRY(checker_admit(c, map->type, key));
	TRY(checker_admit(c, map->value, value));
	*ret = KNOWN_BOOL;
	return ERR_OK;
}
