/* clarity/check/trait.c - Traits and what does for them; see trait.h. */
#include "config.h"

#include "clarity/check/trait.h"

#include <string.h>

enum err trait_fn_size(struct checker *c, const struct analysis_fn *f,
                       uint64_t *ret)
{
	uint64_t size = f->returns->type_size;

	if (f->returns->type_size == TYPE_OVERSIZE)
		return checker_fail(c, CHECK_VALUE_TOO_LARGE);
	for (uint32_t i = 0; i < f->n_params; i++) {
		uint32_t param = f->params[i].type->type_size;

		if (param == TYPE_OVERSIZE)
			return checker_fail(c, CHECK_VALUE_TOO_LARGE);
		size += param;
	}
	*ret = size;
	return ERR_OK;
}

enum err trait_size(struct checker *c, const struct analysis_trait *t,
                    uint64_t *ret)
{
	uint64_t size = 0;

	for (uint32_t i = 0; i < t->n_methods; i++) {
		uint64_t method;

		TRY(trait_fn_size(c, &t->methods[i], &method));
		size += method;
	}
	*ret = size;
	return ERR_OK;
}

static enum err fail_promise(struct checker *c, const struct trait_id *id,
                             struct span method)
{
	return checker_fail2(c, CHECK_BAD_TRAIT_IMPLEMENTATION,
	                     check_arg_trait(id), check_arg_name(method));
}

/* Parameters may be wider than the trait's, the result narrower. */
static enum err fits(struct checker *c, const struct analysis_fn *want,
                     const struct analysis_fn *have, bool *ret)
{
	*ret = false;
	if (want->n_params != have->n_params)
		return ERR_OK;
	for (uint32_t i = 0; i < want->n_params; i++) {
		TRY(checker_admits(c, have->params[i].type,
		                   want->params[i].type, ret));
		if (!*ret)
			return ERR_OK;
	}
	return checker_admits(c, want->returns, have->returns, ret);
}

enum err trait_check_contract(struct checker *c,
                              const struct contract_analysis *a,
                              const struct trait_id *id,
                              const struct analysis_trait *trait)
{
	for (uint32_t i = 0; i < trait->n_methods; i++) {
		const struct analysis_fn *want = &trait->methods[i];
		const struct analysis_fn *pub = analysis_public(a, want->name);
		const struct analysis_fn *ro =
		    analysis_read_only(a, want->name);
		bool is_kept = false;

		/* A name that is both is neither. */
		if (!pub != !ro)
			TRY(fits(c, want, pub ? pub : ro, &is_kept));
		if (!is_kept)
			return fail_promise(c, id, want->name);
	}
	return ERR_OK;
}

static enum err fail_no_contract(struct checker *c,
                                 const struct principal *contract)
{
	return checker_fail1(c, CHECK_NO_SUCH_CONTRACT,
	                     check_arg_contract(contract));
}

static enum err fail_no_trait(struct checker *c, const struct trait_id *id)
{
	return checker_fail2(c, CHECK_NO_SUCH_TRAIT,
	                     check_arg_contract(id->contract),
	                     check_arg_name(id->name));
}

enum err trait_check_literal(struct checker *c,
                             const struct principal *contract,
                             const struct trait_id *id)
{
	const struct contract_analysis *have, *home;
	const struct analysis_trait *trait;

	TRY(checker_load(c, &have, contract));
	if (!have)
		return fail_no_contract(c, contract);
	TRY(checker_load(c, &home, id->contract));
	if (!home)
		return fail_no_contract(c, id->contract);
	trait = analysis_trait(home, id->name);
	if (!trait)
		return fail_no_trait(c, id);
	return trait_check_contract(c, have, id, trait);
}

enum err trait_check_promises(struct checker *c,
                              const struct contract_analysis *a)
{
	for (uint32_t i = 0; i < a->n_impls; i++) {
		const struct trait_id *id = a->impls[i];
		const struct contract_analysis *home;
		const struct analysis_trait *trait = NULL;

		TRY(checker_load(c, &home, id->contract));
		if (home)
			trait = analysis_trait(home, id->name);
		if (!trait)
			return checker_fail1(c, CHECK_TRAIT_REFERENCE_UNKNOWN,
			                     check_arg_trait(id));
		TRY(trait_check_contract(c, a, id, trait));
	}
	return ERR_OK;
}

/* A trait of this contract is at hand: only the time of looking is paid. */
static enum err charge_own(struct checker *c, const struct analysis_trait *t)
{
	struct cost cost;
	uint64_t size;
	enum err e;

	if (!epoch_meters_own_traits(c->epoch))
		return ERR_OK;
	TRY(trait_size(c, t, &size));
	if (!c->meter)
		return ERR_OK;
	e = price_eval(&c->prices[PRICE_ANALYSIS_USE_TRAIT_ENTRY], size, &cost);
	if (e == ERR_OK)
		e = meter_charge_runtime(c->meter, cost.of[COST_RUNTIME]);
	return e == ERR_OK ? ERR_OK : checker_cost_failed(c, e);
}

/* Looking into another contract is paid also when nothing is found. */
static enum err look_up_elsewhere(struct checker *c, const struct trait_id *id,
                                  const struct analysis_trait **ret)
{
	const struct contract_analysis *home;
	uint64_t size = 1;

	TRY(checker_load(c, &home, id->contract));
	*ret = home ? analysis_trait(home, id->name) : NULL;
	if (*ret)
		TRY(trait_size(c, *ret, &size));
	TRY(checker_charge(c, PRICE_ANALYSIS_USE_TRAIT_ENTRY, size));
	if (!home)
		return fail_no_contract(c, id->contract);
	return *ret ? ERR_OK : fail_no_trait(c, id);
}

static enum err look_up(struct checker *c, const struct trait_id *id,
                        const struct analysis_trait **ret)
{
	*ret = names_trait(&c->names, id);
	if (*ret)
		return charge_own(c, *ret);
	if (principal_eq(id->contract, c->ast->contract))
		return fail_no_trait(c, id);
	return look_up_elsewhere(c, id, ret);
}

static enum err admit(struct checker *c, const struct type *have,
                      const struct type *want, uint32_t depth);

/* A method that does not fit, for whatever reason, is "no", except that some
 * reasons may not be hidden. */
static enum err as_answer(struct checker *c, enum err e, bool *ret)
{
	enum check_error kind = c->fault.kind;

	*ret = e == ERR_OK;
	if (e != ERR_CHECK)
		return e;
	if (kind == CHECK_TYPE_SIGNATURE_TOO_DEEP)
		return checker_fail(c, CHECK_TRAIT_REFERENCE_CHAIN_TOO_DEEP);
	if (kind == CHECK_TRAIT_REFERENCE_CHAIN_TOO_DEEP)
		return e;
	if (epoch_shows_trait_cost_errors(c->epoch) &&
	    (kind == CHECK_COST_OVERFLOW ||
	     kind == CHECK_COST_BALANCE_EXCEEDED ||
	     kind == CHECK_MEMORY_BALANCE_EXCEEDED ||
	     kind == CHECK_COST_COMPUTATION_FAILED))
		return e;
	return ERR_OK;
}

static enum err compare_methods(struct checker *c,
                                const struct analysis_fn *want,
                                const struct analysis_fn *have, uint32_t depth,
                                bool *ret)
{
	*ret = want->n_params == have->n_params;
	for (uint32_t i = 0; *ret && i < want->n_params; i++)
		TRY(as_answer(c,
		              admit(c, have->params[i].type,
		                    want->params[i].type, depth + 1),
		              ret));
	if (!*ret)
		return ERR_OK;
	return as_answer(c, admit(c, have->returns, want->returns, depth + 1),
	                 ret);
}

/* Compares all methods; what fails makes the traits incompatible. */
static enum err compare_all(struct checker *c, const struct trait_id *have,
                            const struct trait_id *want, uint32_t depth)
{
	const struct analysis_trait *mine, *theirs;

	TRY(look_up(c, have, &mine));
	TRY(look_up(c, want, &theirs));
	for (uint32_t i = 0; i < theirs->n_methods; i++) {
		const struct analysis_fn *w = &theirs->methods[i];
		const struct analysis_fn *h = analysis_method(mine, w->name);
		bool is_same = false;

		if (h)
			TRY(compare_methods(c, w, h, depth, &is_same));
		if (!is_same)
			return checker_fail2(c, CHECK_INCOMPATIBLE_TRAIT,
			                     check_arg_trait(want),
			                     check_arg_trait(have));
	}
	return ERR_OK;
}

/*
 * Pairs of traits that fit are remembered with what comparing them cost: a few
 * traits that refer to each other in many ways would otherwise be compared
 * anew on each of the ways, whose number doubles with every step.  Pairs that
 * do not fit end the check, so nothing is to be remembered of them.
 */

#define PAIR_KEY_MAX (2 + 2 * (PRINCIPAL_MAX_LEN + NAME_MAX_LEN))

static size_t add_trait_key(uint8_t *key, size_t at, const struct trait_id *id)
{
	size_t len = principal_len(id->contract);

	memcpy(key + at, id->contract, len);
	memcpy(key + at + len, id->name.p, id->name.len);
	return at + len + id->name.len;
}

static struct span pair_key(uint8_t key[PAIR_KEY_MAX],
                            const struct trait_id *have,
                            const struct trait_id *want, uint32_t depth)
{
	size_t at = 2;

	/* A contract carries its length, the first name needs one. */
	key[0] = (uint8_t)depth;
	key[1] = (uint8_t)have->name.len;
	at = add_trait_key(key, at, have);
	at = add_trait_key(key, at, want);
	return span_of(key, at);
}

/* Pays a price that was paid before, if that passes no limit. */
static bool pay_again(struct checker *c, const struct cost *price)
{
	for (int i = 0; c->meter && i < COST_UNITS; i++) {
		uint64_t sum;

		if (!u64_add(&sum, c->meter->spent.of[i], price->of[i]) ||
		    sum > c->meter->limit.of[i])
			return false;
	}
	for (int i = 0; c->meter && i < COST_UNITS; i++)
		c->meter->spent.of[i] += price->of[i];
	return true;
}

static enum err remember(struct checker *c, struct span key,
                         const struct cost *before)
{
	struct cost *price = arena_zalloc(c->work, sizeof(*price));
	const uint8_t *kept = arena_copy(c->work, key.p, key.len);

	if (!price || !kept)
		return ERR_NO_MEMORY;
	for (int i = 0; c->meter && i < COST_UNITS; i++)
		price->of[i] = c->meter->spent.of[i] - before->of[i];
	return hmap_put(&c->compared, span_of(kept, key.len), price);
}

static enum err compare_traits(struct checker *c, const struct trait_id *have,
                               const struct trait_id *want, uint32_t depth)
{
	uint8_t room[PAIR_KEY_MAX];
	struct cost before = { .of = { 0 } };
	const struct cost *price;
	struct span key;

	if (principal_trait_eq(have, want))
		return ERR_OK;
	key = pair_key(room, have, want, depth);
	price = hmap_get(&c->compared, key);
	/* Where it would pass a limit, each step is taken to its place. */
	if (price && pay_again(c, price))
		return ERR_OK;
	if (c->meter)
		before = c->meter->spent;
	TRY(compare_all(c, have, want, depth));
	return remember(c, key, &before);
}

static enum err admit_contract(struct checker *c,
                               const struct principal *contract,
                               const struct trait_id *want)
{
	const struct contract_analysis *a;
	const struct analysis_trait *trait;
	uint64_t size = 1;

	TRY(checker_load(c, &a, contract));
	if (a)
		size = (uint64_t)a->n_publics + a->n_read_onlys;
	TRY(checker_charge(c, PRICE_ANALYSIS_FETCH_CONTRACT_ENTRY, size));
	if (!a)
		return fail_no_contract(c, contract);
	TRY(look_up(c, want, &trait));
	return trait_check_contract(c, a, want, trait);
}

static enum err admit_union(struct checker *c, const struct type *have,
                            const struct type *want, uint32_t depth)
{
	const struct type_callable *members;
	uint32_t n;

	TRY(type_union_members(c->work, &members, &n, have));
	for (uint32_t i = 0; i < n; i++) {
		const struct type *t;

		if (members[i].trait)
			TRY(type_trait(c->work, &t, members[i].trait));
		else
			TRY(type_contract(c->work, &t, members[i].contract));
		TRY(admit(c, t, want, depth + 1));
	}
	return ERR_OK;
}

static enum err admit_tuple(struct checker *c, const struct type *have,
                            const struct type *want, uint32_t depth)
{
	if (have->len != want->len)
		return checker_fail_types(c, CHECK_TYPE_ERROR, want, have);
	for (uint32_t i = 0; i < want->len; i++) {
		const struct type_field *f =
		    type_field_find(have, want->fields[i].name);

		if (!f)
			return checker_fail_types(c, CHECK_TYPE_ERROR, want,
			                          have);
		TRY(admit(c, f->type, want->fields[i].type, depth + 1));
	}
	return ERR_OK;
}

/* Structures of one kind on both sides are compared part by part. */
static enum err admit_parts(struct checker *c, const struct type *have,
                            const struct type *want, uint32_t depth)
{
	if (have->kind == TYPE_OPTIONAL)
		return admit(c, have->item, want->item, depth + 1);
	if (have->kind == TYPE_TUPLE)
		return admit_tuple(c, have, want, depth);
	if (have->kind == TYPE_RESPONSE) {
		TRY(admit(c, have->ok, want->ok, depth + 1));
		return admit(c, have->err, want->err, depth + 1);
	}
	if (have->len > want->len)
		return checker_fail_types(c, CHECK_TYPE_ERROR, want, have);
	return admit(c, have->item, want->item, depth + 1);
}

static bool has_parts(const struct type *t)
{
	return t->kind == TYPE_OPTIONAL || t->kind == TYPE_RESPONSE ||
	       t->kind == TYPE_LIST || t->kind == TYPE_TUPLE;
}

/* Recurses at most TYPE_MAX_DEPTH deep: the first line is the bound. */
static enum err admit(struct checker *c, const struct type *have,
                      const struct type *want, uint32_t depth)
{
	if (depth > TYPE_MAX_DEPTH)
		return checker_fail(c, CHECK_TYPE_SIGNATURE_TOO_DEEP);
	if (have->kind == want->kind && has_parts(have))
		return admit_parts(c, have, want, depth);
	if (want->kind == TYPE_CALLABLE_TRAIT) {
		if (have->kind == TYPE_CALLABLE_TRAIT)
			return compare_traits(c, have->trait, want->trait,
			                      depth);
		if (have->kind == TYPE_CALLABLE_PRINCIPAL)
			return admit_contract(c, have->contract, want->trait);
		if (have->kind == TYPE_LIST_UNION)
			return admit_union(c, have, want, depth);
	}
	if (have->kind == TYPE_NONE)
		return ERR_OK;
	return checker_admit(c, want, have);
}

enum err trait_admit(struct checker *c, const struct type *have,
                     const struct type *want)
{
	return admit(c, have, want, 1);
}
