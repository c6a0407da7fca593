/* clarity/check/checker.c - What all rules share; contract in checker.h. */
#include "config.h"

#include "clarity/check/checker.h"

#include <string.h>

enum err checker_fail2(struct checker *c, enum check_error kind,
                       struct check_arg a, struct check_arg b)
{
	c->fault = (struct check_fault){ .kind = kind, .arg = { a, b } };
	return ERR_CHECK;
}

enum err checker_fail1(struct checker *c, enum check_error kind,
                       struct check_arg a)
{
	return checker_fail2(c, kind, a, check_arg_none());
}

enum err checker_fail(struct checker *c, enum check_error kind)
{
	return checker_fail2(c, kind, check_arg_none(), check_arg_none());
}

enum err checker_fail_at(struct checker *c, const struct ast_node *at,
                         enum check_error kind)
{
	enum err e = checker_fail(c, kind);

	c->fault.at = at;
	return e;
}

enum err checker_fail_name(struct checker *c, enum check_error kind,
                           uint32_t sym)
{
	return checker_fail1(c, kind,
	                     check_arg_name(symtab_name(c->ast->syms, sym)));
}

enum err checker_fail_types(struct checker *c, enum check_error kind,
                            const struct type *a, const struct type *b)
{
	return checker_fail2(c, kind, check_arg_type(a), check_arg_type(b));
}

/* Every error that a meter can give has its own kind here; anything else is
 * not a meter's and passes through. */
enum err checker_cost_failed(struct checker *c, enum err e)
{
	if (e == ERR_COST_LIMIT)
		return checker_fail(c, CHECK_COST_BALANCE_EXCEEDED);
	if (e == ERR_COST_OVERFLOW)
		return checker_fail(c, CHECK_COST_OVERFLOW);
	if (e == ERR_COST_COMPUTE)
		return checker_fail(c, CHECK_COST_COMPUTATION_FAILED);
	if (e == ERR_MEMORY_LIMIT)
		return checker_fail(c, CHECK_MEMORY_BALANCE_EXCEEDED);
	return e;
}

enum err checker_type_failed(struct checker *c, enum err e,
                             const struct type_diag *d)
{
	struct check_arg a = check_arg_none();
	struct check_arg b = check_arg_none();

	if (e != ERR_TYPE)
		return e;
	if (d->name.len > 0)
		a = check_arg_name(d->name);
	else if (d->expected)
		a = check_arg_type(d->expected);
	if (d->actual)
		b = check_arg_type(d->actual);
	return checker_fail2(c, check_error_of_type(d->kind), a, b);
}

enum err checker_hold(struct checker *c, uint64_t bytes)
{
	enum err e;

	if (!c->memory || !epoch_meters_analysis_memory(c->epoch))
		return ERR_OK;
	e = memory_add(c->memory, bytes);
	return e == ERR_OK ? ERR_OK : checker_cost_failed(c, e);
}

void checker_release(struct checker *c, uint64_t bytes)
{
	if (c->memory && epoch_meters_analysis_memory(c->epoch))
		memory_drop(c->memory, bytes);
}

static enum err fail_count(struct checker *c, enum check_error kind,
                           uint32_t want, uint32_t n)
{
	return checker_fail2(c, kind, check_arg_number(want),
	                     check_arg_number(n));
}

enum err checker_exactly(struct checker *c, uint32_t n, uint32_t want)
{
	if (n == want)
		return ERR_OK;
	return fail_count(c, CHECK_INCORRECT_ARGUMENT_COUNT, want, n);
}

enum err checker_at_least(struct checker *c, uint32_t n, uint32_t want)
{
	if (n >= want)
		return ERR_OK;
	return fail_count(c, CHECK_REQUIRES_AT_LEAST_ARGUMENTS, want, n);
}

enum err checker_at_most(struct checker *c, uint32_t n, uint32_t want)
{
	if (n <= want)
		return ERR_OK;
	return fail_count(c, CHECK_REQUIRES_AT_MOST_ARGUMENTS, want, n);
}

enum err checker_optional(struct checker *c, const struct type **ret,
                          const struct type *item)
{
	struct type_diag d;

	TRY_TYPE(c, &d, type_optional(c->work, ret, item, &d));
	return ERR_OK;
}

enum err checker_response(struct checker *c, const struct type **ret,
                          const struct type *ok, const struct type *err)
{
	struct type_diag d;

	TRY_TYPE(c, &d, type_response(c->work, ret, ok, err, &d));
	return ERR_OK;
}

enum err checker_list(struct checker *c, const struct type **ret,
                      const struct type *item, uint32_t len)
{
	struct type_diag d;

	TRY_TYPE(c, &d, type_list(c->work, ret, item, len, &d));
	return ERR_OK;
}

enum err checker_string(struct checker *c, const struct type **ret,
                        enum type_kind kind, uint32_t len)
{
	struct type_diag d;

	TRY_TYPE(c, &d, type_string(c->work, ret, kind, len, &d));
	return ERR_OK;
}

enum err checker_supertype(struct checker *c, const struct type **ret,
                           const struct type *a, const struct type *b)
{
	struct type_diag d;

	TRY_TYPE(c, &d, type_supertype(c->work, ret, a, b, &d));
	return ERR_OK;
}

enum err checker_join(struct checker *c, const struct type **ret,
                      const struct type *a, const struct type *b,
                      enum check_error kind)
{
	enum err e = type_supertype(c->work, ret, a, b, NULL);

	if (e == ERR_TYPE)
		return checker_fail_types(c, kind, a, b);
	return e;
}

enum err checker_admits(struct checker *c, const struct type *want,
                        const struct type *have, bool *ret)
{
	struct type_diag d;

	TRY_TYPE(c, &d, type_admits(want, have, ret, &d));
	return ERR_OK;
}

enum err checker_admit(struct checker *c, const struct type *want,
                       const struct type *have)
{
	bool is_admitted;

	TRY(checker_admits(c, want, have, &is_admitted));
	if (!is_admitted)
		return checker_fail_types(c, CHECK_TYPE_ERROR, want, have);
	return ERR_OK;
}

const struct type *checker_unit(const struct type *sequence)
{
	CHECK(type_is_sequence(sequence));
	if (sequence->kind == TYPE_LIST)
		return sequence->item;
	if (sequence->kind == TYPE_BUFF)
		return &known_buff_1;
	return sequence->kind == TYPE_ASCII ? &known_ascii_1 : &known_utf8_1;
}

enum err checker_returns(struct checker *c, const struct type *t)
{
	TRY(checker_charge_type(c, PRICE_ANALYSIS_TYPE_CHECK, t));
	if (!c->is_in_function)
		return ERR_OK;
	if (!c->returns) {
		c->returns = t;
		return ERR_OK;
	}
	return checker_join(c, &c->returns, c->returns, t,
	                    CHECK_RETURN_TYPES_MUST_MATCH);
}

enum err checker_free_name(struct checker *c, uint32_t sym)
{
	if (names_is_reserved(&c->names, sym))
		return checker_fail_name(c, CHECK_RESERVED_WORD, sym);
	if (names_is_used(&c->names, sym))
		return checker_fail_name(c, CHECK_NAME_ALREADY_USED, sym);
	return ERR_OK;
}

enum err checker_load(struct checker *c, const struct contract_analysis **ret,
                      const struct principal *contract)
{
	*ret = NULL;
	if (!c->db)
		return ERR_OK;
	return c->db->load(c->db->ctx, contract, ret);
}
