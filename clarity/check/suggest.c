/* clarity/check/suggest.c - Near names; contract in suggest.h. */
#include "config.h"

#include "clarity/check/suggest.h"

/* Fails by `kind` about a name; `near` is what the message proposes. */
static enum err fail_near(struct checker *c, enum check_error kind,
                          uint32_t sym, struct span near)
{
	enum err e = checker_fail_name(c, kind, sym);

	c->fault.near = near;
	return e;
}

static void try_name(struct checker *c, uint32_t sym, struct span *best,
                     struct span name)
{
	struct span written = symtab_name(c->ast->syms, sym);

	/* Defined, but behind a comment that hides its use from the sorter:
	 * proposing the same name would not help. */
	if (!span_eq(written, name))
		(void)diag_nearest(written, best, name);
}

/* The words of the language from `first` to before `end`. */
static void try_words(struct checker *c, uint32_t sym, struct span *best,
                      uint32_t first, uint32_t end)
{
	for (uint32_t id = first; id < end; id++) {
		if (native_is_in(id, c->version))
			try_name(c, sym, best,
			         span_of(native_table[id].name,
			                 native_table[id].len));
	}
}

enum err suggest_variable(struct checker *c, uint32_t sym)
{
	struct span best = { NULL, 0 };

	for (uint32_t i = 0; i < c->names.n_bindings; i++)
		try_name(c, sym, &best,
		         symtab_name(c->ast->syms, c->names.bindings[i].sym));
	for (uint32_t i = 0; i < c->names.n_defs; i++) {
		if (c->names.defs[i].form == DEFINE_CONSTANT)
			try_name(
			    c, sym, &best,
			    symtab_name(c->ast->syms, c->names.defs[i].sym));
	}
	try_words(c, sym, &best, NATIVE_KEYWORDS, NATIVE_DEFINES);
	return fail_near(c, CHECK_UNDEFINED_VARIABLE, sym, best);
}

/* The name that a top-level form defines as a function, or SYMTAB_NONE. */
static uint32_t function_name(const struct ast_node *form)
{
	uint32_t head = ast_head(form);

	if (head != DEFINE_PRIVATE && head != DEFINE_PUBLIC &&
	    head != DEFINE_READ_ONLY)
		return SYMTAB_NONE;
	return form->n > 1 ? ast_head(&form->items[1]) : SYMTAB_NONE;
}

/* The read-only pass knows no definitions yet, so the program is asked. */
enum err suggest_function(struct checker *c, uint32_t sym)
{
	struct span best = { NULL, 0 };

	for (uint32_t i = 0; i < c->ast->n; i++) {
		uint32_t name = function_name(&c->ast->items[i]);

		if (name != SYMTAB_NONE)
			try_name(c, sym, &best,
			         symtab_name(c->ast->syms, name));
	}
	try_words(c, sym, &best, 0, NATIVE_KEYWORDS);
	return fail_near(c, CHECK_UNKNOWN_FUNCTION, sym, best);
}

enum err suggest_defined(struct checker *c, enum check_error kind, uint32_t sym,
                         enum native form)
{
	struct span best = { NULL, 0 };

	for (uint32_t i = 0; i < c->names.n_defs; i++) {
		if (c->names.defs[i].form == form)
			try_name(
			    c, sym, &best,
			    symtab_name(c->ast->syms, c->names.defs[i].sym));
	}
	return fail_near(c, kind, sym, best);
}

enum err suggest_field(struct checker *c, uint32_t sym,
                       const struct type *tuple)
{
	struct span best = { NULL, 0 };
	enum err e;

	for (uint32_t i = 0; i < tuple->len; i++)
		try_name(c, sym, &best, tuple->fields[i].name);
	e = fail_near(c, CHECK_NO_SUCH_TUPLE_FIELD, sym, best);
	c->fault.arg[1] = check_arg_type(tuple);
	return e;
}

enum err suggest_public(struct checker *c,
                        const struct contract_analysis *contract, uint32_t sym)
{
	struct span best = { NULL, 0 };
	enum err e;

	for (uint32_t i = 0; i < contract->n_publics; i++)
		try_name(c, sym, &best, contract->publics[i].name);
	for (uint32_t i = 0; i < contract->n_read_onlys; i++)
		try_name(c, sym, &best, contract->read_onlys[i].name);
	e = fail_near(c, CHECK_NO_SUCH_PUBLIC_FUNCTION, sym, best);
	c->fault.arg[1] = c->fault.arg[0];
	c->fault.arg[0] = check_arg_contract(contract->contract);
	return e;
}

enum err suggest_method(struct checker *c, const struct trait_id *id,
                        const struct analysis_trait *trait, uint32_t sym)
{
	struct span best = { NULL, 0 };
	enum err e;

	for (uint32_t i = 0; i < trait->n_methods; i++)
		try_name(c, sym, &best, trait->methods[i].name);
	e = fail_near(c, CHECK_TRAIT_METHOD_UNKNOWN, sym, best);
	c->fault.arg[1] = c->fault.arg[0];
	c->fault.arg[0] = check_arg_trait(id);
	return e;
}

enum err suggest_word(struct checker *c, enum check_error kind, uint32_t sym,
                      const char *const *names)
{
	struct span best = { NULL, 0 };

	for (; *names; names++)
		try_name(c, sym, &best, span_str(*names));
	return fail_near(c, kind, sym, best);
}

enum err suggest_type(struct check_fault *f, struct span name)
{
	static const char *const types[] = { "int", "uint", "bool",
		                             "principal" };

	*f = (struct check_fault){ .kind = CHECK_UNKNOWN_TYPE_NAME,
		                   .arg = { check_arg_name(name) } };
	for (size_t i = 0; i < COUNT_OF(types); i++)
		(void)diag_nearest(name, &f->near, span_str(types[i]));
	return ERR_CHECK;
}
