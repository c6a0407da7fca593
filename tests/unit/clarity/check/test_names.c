/* tests/unit/clarity/check/test_names.c - names in scope. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/check/known.h"
#include "clarity/check/names.h"
#include "tests/lib/snippet.h"

/* A program whose top-level atoms are the names of a test. */
static void names(struct snippet *p, struct names *e, enum clarity_version v)
{
	snippet_open(p, "a b c block-height", EPOCH_3_4);
	assert_int_equal(p->err, ERR_OK);
	assert_int_equal(names_init(e, &p->arena, &p->ast, v), ERR_OK);
}

static void a_binding_is_hidden_and_comes_back(void **state)
{
	struct names_mark outer, inner;
	struct snippet p;
	struct names e;

	(void)state;
	names(&p, &e, CLARITY_5);

	const struct ast_node *a = &p.ast.items[0];

	outer = names_enter(&e);
	assert_null(names_value(&e, a->sym));
	assert_int_equal(names_bind(&e, a, KNOWN_INT), ERR_OK);
	inner = names_enter(&e);
	assert_ptr_equal(names_value(&e, a->sym)->type, KNOWN_INT);
	assert_int_equal(names_bind(&e, a, KNOWN_UINT), ERR_OK);
	assert_ptr_equal(names_value(&e, a->sym)->type, KNOWN_UINT);
	assert_int_equal(e.depth, 2);
	names_leave(&e, inner);
	assert_ptr_equal(names_value(&e, a->sym)->type, KNOWN_INT);
	names_leave(&e, outer);
	assert_null(names_value(&e, a->sym));
	assert_int_equal(e.depth, 0);
	snippet_close(&p);
}

static void values_and_traits_are_bound_apart(void **state)
{
	struct trait_id id = { .name = { NULL, 0 } };
	struct names_mark m;
	struct snippet p;
	struct names e;

	(void)state;
	names(&p, &e, CLARITY_5);

	const struct ast_node *a = &p.ast.items[0];

	m = names_enter(&e);
	assert_int_equal(names_bind_trait(&e, a, &id), ERR_OK);
	assert_null(names_value(&e, a->sym));
	assert_int_equal(names_bind(&e, a, KNOWN_INT), ERR_OK);
	assert_ptr_equal(names_trait_value(&e, a->sym)->trait, &id);
	assert_ptr_equal(names_value(&e, a->sym)->type, KNOWN_INT);
	names_leave(&e, m);
	assert_null(names_trait_value(&e, a->sym));
	snippet_close(&p);
}

static void many_bindings_keep_their_values(void **state)
{
	struct names_mark m;
	struct snippet p;
	struct names e;

	(void)state;
	names(&p, &e, CLARITY_5);

	const struct ast_node *a = &p.ast.items[0];
	const struct ast_node *b = &p.ast.items[1];

	m = names_enter(&e);
	assert_int_equal(names_bind(&e, a, KNOWN_BOOL), ERR_OK);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(names_bind(&e, b, KNOWN_INT), ERR_OK);
	assert_ptr_equal(names_value(&e, a->sym)->type, KNOWN_BOOL);
	names_leave(&e, m);
	assert_null(names_value(&e, b->sym));
	snippet_close(&p);
}

static void a_read_only_function_does_not_occupy_its_name(void **state)
{
	struct analysis_fn fn = { .n_params = 0 };
	struct checked_def def = { .form = DEFINE_READ_ONLY, .fn = &fn };
	struct snippet p;
	struct names e;

	(void)state;
	names(&p, &e, CLARITY_5);
	def.sym = p.ast.items[0].sym;
	names_define(&e, &def);
	assert_false(names_is_used(&e, def.sym));
	assert_non_null(names_function(&e, def.sym));
	def.form = DEFINE_PRIVATE;
	names_define(&e, &def);
	assert_true(names_is_used(&e, def.sym));
	assert_int_equal(names_function(&e, def.sym)->form, DEFINE_PRIVATE);
	snippet_close(&p);
}

static void a_constant_does_not_hide_a_read_only_function(void **state)
{
	struct analysis_fn fn = { .n_params = 0 };
	struct checked_def def = { .form = DEFINE_READ_ONLY, .fn = &fn };
	struct snippet p;
	struct names e;

	(void)state;
	names(&p, &e, CLARITY_5);
	def.sym = p.ast.items[0].sym;
	names_define(&e, &def);
	def = (struct checked_def){ .form = DEFINE_CONSTANT,
		                    .sym = def.sym,
		                    .type = KNOWN_INT };
	names_define(&e, &def);
	assert_int_equal(names_function(&e, def.sym)->form, DEFINE_READ_ONLY);
	assert_non_null(names_find(&e, def.sym, DEFINE_CONSTANT));
	assert_null(names_find(&e, def.sym, DEFINE_MAP));
	snippet_close(&p);
}

/* A trait `b` of contract `issuer`. */
static struct trait_id trait_of(struct snippet *p, const char *contract)
{
	struct trait_id id = { .name = symtab_name(p->ast.syms,
		                                   p->ast.items[1].sym) };

	assert_int_equal(principal_new_contract(&p->arena, &id.contract,
	                                        p->ast.contract,
	                                        span_str(contract)),
	                 ERR_OK);
	return id;
}

static void traits_are_known_by_contract_and_name_from_clarity_2(void **state)
{
	const struct analysis_trait t = { .n_methods = 0 };

	(void)state;
	for (int v = CLARITY_1; v <= CLARITY_2; v++) {
		struct snippet p;
		struct names e;

		names(&p, &e, (enum clarity_version)v);

		struct trait_id one = trait_of(&p, "one");
		struct trait_id two = trait_of(&p, "two");
		uint32_t alias = p.ast.items[0].sym;

		assert_int_equal(names_add_trait(&e, alias, &one, &t), ERR_OK);
		assert_ptr_equal(names_trait(&e, &one), &t);
		assert_ptr_equal(names_trait(&e, &two),
		                 v == CLARITY_1 ? &t : NULL);
		/* What is occupied: the alias, in Clarity 1 the name. */
		assert_int_equal(names_is_used(&e, alias), v == CLARITY_2);
		assert_int_equal(names_is_used(&e, p.ast.items[1].sym),
		                 v == CLARITY_1);
		snippet_close(&p);
	}
}

static void block_height_is_reserved_from_clarity_3_on(void **state)
{
	(void)state;
	for (int v = CLARITY_1; v <= CLARITY_6; v++) {
		struct snippet p;
		struct names e;

		names(&p, &e, (enum clarity_version)v);
		assert_int_equal(names_is_reserved(&e, p.ast.items[3].sym),
		                 v >= CLARITY_3);
		assert_false(names_is_reserved(&e, KEYWORD_TX_SENDER));
		snippet_close(&p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_binding_is_hidden_and_comes_back),
		cmocka_unit_test(values_and_traits_are_bound_apart),
		cmocka_unit_test(many_bindings_keep_their_values),
		cmocka_unit_test(a_read_only_function_does_not_occupy_its_name),
		cmocka_unit_test(a_constant_does_not_hide_a_read_only_function),
		cmocka_unit_test(
		    traits_are_known_by_contract_and_name_from_clarity_2),
		cmocka_unit_test(block_height_is_reserved_from_clarity_3_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
