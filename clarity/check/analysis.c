/* clarity/check/analysis.c - The passes in order; contract in analysis.h. */
#include "config.h"

#include "clarity/check/analysis.h"

#include "clarity/check/arithmetic.h"
#include "clarity/check/checker.h"
#include "clarity/check/define.h"
#include "clarity/check/expr.h"
#include "clarity/check/keep.h"
#include "clarity/check/order.h"
#include "clarity/check/readonly.h"
#include "clarity/check/trait.h"

/* Finds an entry of table `t` of analysis `a`. */
#define FIND(a, t, name) order_find((a)->t, (a)->n_##t, sizeof(*(a)->t), name)

const struct analysis_fn *analysis_public(const struct contract_analysis *a,
                                          struct span name)
{
	return FIND(a, publics, name);
}

const struct analysis_fn *analysis_read_only(const struct contract_analysis *a,
                                             struct span name)
{
	return FIND(a, read_onlys, name);
}

const struct analysis_fn *analysis_private(const struct contract_analysis *a,
                                           struct span name)
{
	return FIND(a, privates, name);
}

const struct analysis_name *analysis_constant(const struct contract_analysis *a,
                                              struct span name)
{
	return FIND(a, constants, name);
}

const struct analysis_name *analysis_var(const struct contract_analysis *a,
                                         struct span name)
{
	return FIND(a, vars, name);
}

const struct analysis_map *analysis_map(const struct contract_analysis *a,
                                        struct span name)
{
	return FIND(a, maps, name);
}

const struct analysis_name *analysis_nft(const struct contract_analysis *a,
                                         struct span name)
{
	return FIND(a, nfts, name);
}

const struct analysis_name *analysis_ft(const struct contract_analysis *a,
                                        struct span name)
{
	return FIND(a, fts, name);
}

const struct analysis_trait *analysis_trait(const struct contract_analysis *a,
                                            struct span name)
{
	return FIND(a, traits, name);
}

const struct analysis_fn *analysis_method(const struct analysis_trait *t,
                                          struct span name)
{
	return order_find(t->methods, t->n_methods, sizeof(*t->methods), name);
}

enum analysis_effect analysis_effect(enum err e)
{
	if (e == ERR_CHECK_REJECT)
		return ANALYSIS_REJECTS;
	if (e == ERR_COST_LIMIT || e == ERR_COST_OVERFLOW ||
	    e == ERR_MEMORY_LIMIT)
		return ANALYSIS_COSTS;
	return ANALYSIS_FAILS;
}

/*
 * Building the tables.  A table is filled in the order of its names from the
 * definitions of one form.
 */

struct builder {
	struct checker *c;
	struct keep keep;
	struct contract_analysis *out;
	const void **order; /* definitions of the present form, by name */
	uint32_t n;
};

/* A definition is hidden if a later one took its name: only a read-only
 * function can be. */
static bool is_hidden(const struct checker *c, const struct checked_def *def)
{
	return def->form == DEFINE_READ_ONLY &&
	       c->names.slots[def->sym].read_only !=
	           names_index(&c->names, def) + 1;
}

struct named {
	struct span name;
	const void *of; /* a definition or a trait */
};

static int cmp_named(const void *a, const void *b)
{
	const struct named *x = a;
	const struct named *y = b;

	return span_cmp(x->name, y->name);
}

/* Collects the definitions of `form` into b->order, by name. */
static enum err collect(struct builder *b, enum native form)
{
	const struct names *e = &b->c->names;
	struct named *all =
	    arena_new_array(b->c->work, struct named, e->n_defs);

	b->order = arena_new_array(b->c->work, const void *, e->n_defs);
	b->n = 0;
	if (!all || !b->order)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < e->n_defs; i++) {
		const struct checked_def *def = &e->defs[i];

		if (def->form != form || is_hidden(b->c, def))
			continue;
		all[b->n] =
		    (struct named){ symtab_name(e->syms, def->sym), def };
		b->order[b->n] = &all[b->n];
		b->n++;
	}
	return order_sort(b->c->work, b->order, b->n, cmp_named);
}

static const struct checked_def *def_at(const struct builder *b, uint32_t i)
{
	return ((const struct named *)b->order[i])->of;
}

static struct span name_at(const struct builder *b, uint32_t i)
{
	return ((const struct named *)b->order[i])->name;
}

static enum err build_fns(struct builder *b, enum native form,
                          const struct analysis_fn **ret, uint32_t *ret_n)
{
	struct analysis_fn *table;

	TRY(collect(b, form));
	table = arena_new_array(b->keep.to, struct analysis_fn, b->n);
	if (!table)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < b->n; i++)
		TRY(keep_fn(&b->keep, &table[i], def_at(b, i)->fn));
	*ret = table;
	*ret_n = b->n;
	return ERR_OK;
}

static enum err build_names(struct builder *b, enum native form,
                            const struct analysis_name **ret, uint32_t *ret_n)
{
	struct analysis_name *table;

	TRY(collect(b, form));
	table = arena_new_array(b->keep.to, struct analysis_name, b->n);
	if (!table)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < b->n; i++) {
		const struct type *t = def_at(b, i)->type;

		table[i].type = NULL;
		if (t)
			TRY(keep_type(&b->keep, &table[i].type, t));
		TRY(keep_name(&b->keep, &table[i].name, name_at(b, i)));
	}
	*ret = table;
	*ret_n = b->n;
	return ERR_OK;
}

static enum err build_maps(struct builder *b)
{
	struct analysis_map *table;

	TRY(collect(b, DEFINE_MAP));
	table = arena_new_array(b->keep.to, struct analysis_map, b->n);
	if (!table)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < b->n; i++) {
		const struct checked_def *def = def_at(b, i);

		TRY(keep_name(&b->keep, &table[i].name, name_at(b, i)));
		TRY(keep_type(&b->keep, &table[i].key, def->type));
		TRY(keep_type(&b->keep, &table[i].value, def->value));
	}
	b->out->maps = table;
	b->out->n_maps = b->n;
	return ERR_OK;
}

/* Whether a known trait is one that the contract offers to others: one of its
 * own or, in Clarity 1, any that it knows. */
static bool is_offered(const struct builder *b, const struct names_trait *t)
{
	return !version_has_callables(b->c->version) ||
	       principal_eq(t->id->contract, b->c->ast->contract);
}

static enum err collect_traits(struct builder *b)
{
	const struct hmap *traits = &b->c->names.traits;
	struct named *all =
	    arena_new_array(b->c->work, struct named, traits->n);
	const struct hmap_entry *entry;
	uint32_t place = 0;

	b->order = arena_new_array(b->c->work, const void *, traits->n);
	b->n = 0;
	if (!all || !b->order)
		return ERR_NO_MEMORY;
	while ((entry = hmap_next(traits, &place))) {
		const struct names_trait *t = entry->value;

		if (!is_offered(b, t))
			continue;
		all[b->n] = (struct named){ t->id->name, t->trait };
		b->order[b->n] = &all[b->n];
		b->n++;
	}
	return order_sort(b->c->work, b->order, b->n, cmp_named);
}

static enum err build_traits(struct builder *b)
{
	struct analysis_trait *table;

	TRY(collect_traits(b));
	table = arena_new_array(b->keep.to, struct analysis_trait, b->n);
	if (!table)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < b->n; i++) {
		const struct named *n = b->order[i];

		TRY(keep_trait(&b->keep, &table[i], n->name, n->of));
	}
	b->out->traits = table;
	b->out->n_traits = b->n;
	return ERR_OK;
}

static int cmp_trait_ids(const void *a, const void *b)
{
	return principal_trait_cmp(a, b);
}

/* Promises, in the order of the traits' names and without repetitions. */
static enum err build_impls(struct builder *b)
{
	const struct names *e = &b->c->names;
	const void **all = arena_new_array(b->c->work, const void *, e->n_defs);
	const struct trait_id **table;
	uint32_t n = 0;

	if (!all)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < e->n_defs; i++) {
		if (e->defs[i].form == DEFINE_IMPL_TRAIT)
			all[n++] = e->defs[i].trait_id;
	}
	TRY(order_sort(b->c->work, all, n, cmp_trait_ids));
	table = arena_new_array(b->keep.to, const struct trait_id *, n);
	if (!table)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < n; i++) {
		if (i > 0 && cmp_trait_ids(all[i - 1], all[i]) == 0)
			continue;
		TRY(keep_trait_id(&b->keep, &table[b->out->n_impls++], all[i]));
	}
	b->out->impls = table;
	return ERR_OK;
}

static enum err build_tables(struct builder *b)
{
	struct contract_analysis *a = b->out;

	TRY(build_fns(b, DEFINE_PRIVATE, &a->privates, &a->n_privates));
	TRY(build_fns(b, DEFINE_PUBLIC, &a->publics, &a->n_publics));
	TRY(build_fns(b, DEFINE_READ_ONLY, &a->read_onlys, &a->n_read_onlys));
	TRY(build_names(b, DEFINE_CONSTANT, &a->constants, &a->n_constants));
	TRY(build_names(b, DEFINE_DATA_VAR, &a->vars, &a->n_vars));
	TRY(build_names(b, DEFINE_NFT, &a->nfts, &a->n_nfts));
	TRY(build_names(b, DEFINE_FT, &a->fts, &a->n_fts));
	TRY(build_maps(b));
	TRY(build_traits(b));
	return build_impls(b);
}

static enum err build(struct checker *c, struct arena *keep,
                      struct contract_analysis **ret)
{
	struct builder b = { .c = c };

	b.out = arena_zalloc(keep, sizeof(*b.out));
	if (!b.out)
		return ERR_NO_MEMORY;
	keep_init(&b.keep, keep, c->work);
	b.out->contract = principal_copy(keep, c->ast->contract);
	if (!b.out->contract)
		return ERR_NO_MEMORY;
	b.out->epoch = c->epoch;
	b.out->version = c->version;
	TRY(build_tables(&b));
	*ret = b.out;
	return ERR_OK;
}

/*
 * The passes.
 */

/* Checks types, form by form; storing the result is paid in advance. */
static enum err check_types(struct checker *c)
{
	TRY(checker_charge(c, PRICE_ANALYSIS_STORAGE, c->ast->node_count));
	for (uint32_t i = 0; i < c->ast->n; i++) {
		const struct ast_node *n = &c->ast->items[i];
		const struct type *unused;
		struct form f;
		enum err e = form_parse(n, &f, &c->fault);

		if (e == ERR_OK)
			e = f.kind == NATIVE_COUNT ? expr_check(c, n, &unused)
			                           : define_check(c, &f);
		if (e != ERR_OK) {
			checker_note(c, n);
			return e;
		}
	}
	return ERR_OK;
}

static enum err run_passes(struct checker *c, struct arena *keep,
                           struct contract_analysis **ret)
{
	bool is_first = epoch_checks_read_only_first(c->epoch);

	if (is_first)
		TRY(readonly_run(c));
	TRY(check_types(c));
	if (!is_first)
		TRY(readonly_run(c));
	TRY(build(c, keep, ret));
	TRY(trait_check_promises(c, *ret));
	(*ret)->is_arithmetic_only = arithmetic_only(c->ast, c->version);
	return ERR_OK;
}

static enum err start(struct checker *c, struct arena *work,
                      const struct analysis_input *in)
{
	size_t bytes =
	    ((size_t)in->ast->node_count + 1) * sizeof(struct checked_expr);

	*c = (struct checker){
		.work = work,
		.ast = in->ast,
		.prices = price_table(in->epoch),
		.meter = in->meter,
		.memory = in->memory,
		.db = in->db,
		.epoch = in->epoch,
		.version = in->version,
		.exprs = arena_zalloc(work, bytes),
	};
	if (!c->exprs)
		return ERR_NO_MEMORY;
	hmap_init(&c->compared, work, HMAP_MAX, NULL);
	return names_init(&c->names, work, in->ast, in->version);
}

enum err analysis_run(struct arena *keep, struct arena *work,
                      const struct analysis_input *in, struct checked *ret,
                      struct diag *diag)
{
	struct contract_analysis *a;
	struct checker c;
	enum err e;

	TRY(start(&c, work, in));
	e = run_passes(&c, keep, &a);
	if (e == ERR_CHECK) {
		check_error_report(&c.fault, diag);
		return check_error_err(c.fault.kind, in->epoch);
	}
	TRY(e);
	*ret = (struct checked){ .analysis = a,
		                 .ast = in->ast,
		                 .exprs = c.exprs,
		                 .defs = c.names.defs,
		                 .n_defs = c.names.n_defs };
	return ERR_OK;
}
