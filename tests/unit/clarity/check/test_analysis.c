/* tests/unit/clarity/check/test_analysis.c - the passes and what they give. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/lib/alloc_fault.h"
#include "tests/unit/clarity/check/check_case.h"

static struct span name(const char *s)
{
	return span_str(s);
}

#define EVERYTHING                                                             \
	"(use-trait get .dep.get) (impl-trait .dep.get)"                       \
	"(define-trait own ((m (<get>) (response bool uint))))"                \
	"(define-constant c {x: 1, y: (list u1 u2)})"                          \
	"(define-data-var v (optional principal) none)"                        \
	"(define-map m {k: uint} (string-ascii 8))"                            \
	"(define-fungible-token ft u100)"                                      \
	"(define-non-fungible-token nft (buff 4))"                             \
	"(define-private (p (a int)) (+ a (get x c)))"                         \
	"(define-public (g (x uint)) (if (is-eq x u0) (err u1) (ok x)))"       \
	"(define-read-only (r) (map-get? m {k: u1}))"                          \
	"(print (p 1))"

static void tables_hold_what_is_defined(void **state)
{
	struct judged_setting s = setting_of(EPOCH_3_4, CLARITY_5);
	struct judged j;

	(void)state;
	judged_open(&j, EVERYTHING, &s);
	assert_string_equal(judged_verdict(&j), "ok");

	const struct contract_analysis *a = j.checked.analysis;

	assert_int_equal(a->epoch, EPOCH_3_4);
	assert_int_equal(a->version, CLARITY_5);
	assert_true(principal_eq(a->contract, j.snippet.ast.contract));
	assert_int_equal(analysis_private(a, name("p"))->n_params, 1);
	assert_int_equal(analysis_public(a, name("g"))->returns->kind,
	                 TYPE_RESPONSE);
	assert_int_equal(analysis_read_only(a, name("r"))->returns->kind,
	                 TYPE_OPTIONAL);
	assert_int_equal(analysis_constant(a, name("c"))->type->kind,
	                 TYPE_TUPLE);
	assert_int_equal(analysis_var(a, name("v"))->type->kind, TYPE_OPTIONAL);
	assert_int_equal(analysis_map(a, name("m"))->value->len, 8);
	assert_null(analysis_ft(a, name("ft"))->type);
	assert_int_equal(analysis_nft(a, name("nft"))->type->len, 4);
	assert_int_equal(analysis_trait(a, name("own"))->n_methods, 1);
	assert_null(analysis_trait(a, name("get")));
	assert_int_equal(a->n_impls, 1);
	assert_null(analysis_public(a, name("p")));
	assert_null(analysis_private(a, name("nothing")));
	assert_false(a->is_arithmetic_only);
	judged_close(&j);
}

static void a_clarity_1_contract_offers_the_traits_that_it_uses(void **state)
{
	struct judged_setting s = setting_of(EPOCH_3_4, CLARITY_1);
	struct judged j;

	(void)state;
	judged_open(&j, "(use-trait mine .dep.get)", &s);
	assert_non_null(analysis_trait(j.checked.analysis, name("get")));
	assert_null(analysis_trait(j.checked.analysis, name("mine")));
	judged_close(&j);
}

static void definitions_are_listed_in_the_order_of_evaluation(void **state)
{
	struct judged_setting s = setting_of(EPOCH_3_4, CLARITY_5);
	struct judged j;

	(void)state;
	judged_open(&j, "(define-constant b a) (define-constant a 1) (print b)",
	            &s);
	assert_int_equal(j.checked.n_defs, 2);
	assert_string_equal(
	    symtab_text(j.snippet.ast.syms, j.checked.defs[0].sym), "a");
	assert_string_equal(
	    symtab_text(j.snippet.ast.syms, j.checked.defs[1].sym), "b");
	judged_close(&j);
}

static void storing_is_paid_by_the_number_of_nodes(void **state)
{
	struct judged_setting s = setting_of(EPOCH_3_4, CLARITY_5);
	struct judged j;

	/* Seven nodes: the count that the write length shows, plus one. */
	(void)state;
	judged_open(&j, "(define-read-only (trigger) (log2 -8))", &s);
	assert_int_equal(j.snippet.ast.node_count, 7);
	assert_int_equal(j.meter.spent.of[COST_WRITE_LENGTH], 8);
	assert_int_equal(j.meter.spent.of[COST_WRITE_COUNT], 1);
	assert_int_equal(j.meter.spent.of[COST_READ_COUNT], 1);
	assert_int_equal(j.meter.spent.of[COST_READ_LENGTH], 1);
	/* 108 storage, 2 visits, 20 annotations, 114 comparison, 60 name */
	assert_int_equal(j.meter.spent.of[COST_RUNTIME],
	                 108 + 2 + 20 + 114 + 60);
	judged_close(&j);
}

static void the_price_is_the_exact_limit(void **state)
{
	struct judged_setting s = setting_of(EPOCH_3_4, CLARITY_5);
	struct judged j;
	uint64_t price;

	(void)state;
	judged_open(&j, EVERYTHING, &s);
	price = j.meter.spent.of[COST_RUNTIME];
	judged_close(&j);

	s.runtime_limit = price;
	judged_open(&j, EVERYTHING, &s);
	assert_int_equal(j.err, ERR_OK);
	judged_close(&j);

	s.runtime_limit = price - 1;
	judged_open(&j, EVERYTHING, &s);
	assert_int_equal(j.err, ERR_COST_LIMIT);
	assert_string_equal(judged_verdict(&j), "CostBalanceExceeded");
	assert_int_equal(analysis_effect(j.err), ANALYSIS_COSTS);
	judged_close(&j);
}

static void errors_have_their_effect(void **state)
{
	(void)state;
	assert_int_equal(analysis_effect(ERR_CHECK), ANALYSIS_FAILS);
	assert_int_equal(analysis_effect(ERR_CHECK_REJECT), ANALYSIS_REJECTS);
	assert_int_equal(analysis_effect(ERR_COST_LIMIT), ANALYSIS_COSTS);
	assert_int_equal(analysis_effect(ERR_COST_OVERFLOW), ANALYSIS_COSTS);
	assert_int_equal(analysis_effect(ERR_MEMORY_LIMIT), ANALYSIS_COSTS);
}

static enum err broken_load(void *ctx, const struct principal *contract,
                            const struct contract_analysis **ret)
{
	(void)ctx;
	(void)contract;
	(void)ret;
	return ERR_NO_MEMORY;
}

static void a_broken_database_is_no_verdict(void **state)
{
	static const char *const sources[] = {
		"(contract-call? .dep g u1)",
		"(use-trait t .dep.get)",
		"(impl-trait .dep.get)",
		"(define-trait t ()) (define-private (f (x <t>)) 1) (f .dep)",
	};
	const struct analysis_db db = { broken_load, NULL };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(sources); i++) {
		struct analysis_input in = { .epoch = EPOCH_3_4,
			                     .version = CLARITY_5,
			                     .db = &db };
		struct checked checked;
		struct snippet p;

		snippet_open(&p, sources[i], EPOCH_3_4);
		in.ast = &p.ast;
		assert_int_equal(
		    analysis_run(&p.arena, &p.arena, &in, &checked, NULL),
		    ERR_NO_MEMORY);
		snippet_close(&p);
	}
}

static void without_a_database_there_is_no_other_contract(void **state)
{
	struct analysis_input in = { .epoch = EPOCH_3_4, .version = CLARITY_5 };
	struct checked checked;
	struct snippet p;
	struct diag d;

	(void)state;
	snippet_open(&p, "(contract-call? .dep g u1)", EPOCH_3_4);
	in.ast = &p.ast;
	assert_int_equal(analysis_run(&p.arena, &p.arena, &in, &checked, &d),
	                 ERR_CHECK);
	assert_string_equal(d.rule.name, "NoSuchContract");
	snippet_close(&p);
}

static void an_analysis_outlives_its_program(void **state)
{
	struct analysis_input in = { .epoch = EPOCH_3_4, .version = CLARITY_5 };
	struct checked checked;
	struct snippet p;
	struct arena keep;

	(void)state;
	arena_init(&keep, 1 << 20);
	snippet_open(&p,
	             "(define-constant c {field: \"text\"})"
	             "(define-trait t ((method (uint) (response bool uint))))"
	             "(define-private (f (x <t>)) .some-contract)",
	             EPOCH_3_4);
	in.ast = &p.ast;
	assert_int_equal(analysis_run(&keep, &p.arena, &in, &checked, NULL),
	                 ERR_OK);
	snippet_close(&p);

	const struct contract_analysis *a = checked.analysis;
	const struct analysis_fn *f = analysis_private(a, name("f"));
	const struct type *t = f->params[0].type;

	assert_memory_equal(a->constants[0].type->fields[0].name.p, "field", 5);
	assert_memory_equal(a->traits[0].methods[0].name.p, "method", 6);
	assert_memory_equal(t->trait->name.p, "t", 1);
	assert_true(principal_eq(t->trait->contract, a->contract));
	assert_int_equal(f->returns->kind, TYPE_PRINCIPAL);
	arena_fini(&keep);
}

/* A list of `n` contracts, all different. */
static size_t held_for_contracts(unsigned n)
{
	static char source[1 << 17];
	struct judged_setting s = setting_of(EPOCH_3_4, CLARITY_5);
	size_t at = (size_t)snprintf(source, 16, "(is-eq");
	struct judged j;
	size_t held;

	for (unsigned i = 0; i < n; i++)
		at += (size_t)snprintf(source + at, 16, " .c%u", i);
	(void)snprintf(source + at, 2, ")");
	judged_open(&j, source, &s);
	assert_int_equal(j.err, ERR_OK);
	held = j.snippet.arena.held;
	judged_close(&j);
	return held;
}

static void many_contracts_in_one_place_take_room_for_each_once(void **state)
{
	(void)state;
	assert_true(held_for_contracts(10000) < 12 * held_for_contracts(1000));
}

static void each_failing_allocation_is_a_fault(void **state)
{
	enum err e = ERR_NO_MEMORY;

	(void)state;
	for (size_t n = 0; e != ERR_OK; n++) {
		struct analysis_input in = { .epoch = EPOCH_3_4,
			                     .version = CLARITY_5 };
		struct checked checked;
		struct snippet p;
		struct arena keep, work;

		snippet_open(&p,
		             repeated("", "(list 1 2 3 4 5 6 7 8)", 400, ""),
		             EPOCH_3_4);
		in.ast = &p.ast;
		arena_init(&keep, 1 << 24);
		arena_init(&work, 1 << 24);
		alloc_fault_after(n);
		e = analysis_run(&keep, &work, &in, &checked, NULL);
		assert_int_equal(alloc_fault_off(), e != ERR_OK);
		if (e != ERR_OK)
			assert_int_equal(e, ERR_NO_MEMORY);
		arena_fini(&keep);
		arena_fini(&work);
		snippet_close(&p);
	}
}

static void every_small_arena_is_a_fault(void **state)
{
	enum err e = ERR_NO_MEMORY;

	(void)state;
	for (size_t max = 0; e != ERR_OK; max += 256) {
		struct analysis_input in = { .epoch = EPOCH_3_4,
			                     .version = CLARITY_5 };
		struct checked checked;
		struct arena a;
		struct snippet p;

		snippet_open(&p,
		             "(define-constant a {x: 1})"
		             "(define-private (f (y int)) (let ((b y)) b))",
		             EPOCH_3_4);
		in.ast = &p.ast;
		arena_init(&a, max);
		e = analysis_run(&a, &a, &in, &checked, NULL);
		if (e != ERR_OK)
			assert_int_equal(e, ERR_NO_MEMORY);
		arena_fini(&a);
		snippet_close(&p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_hold_what_is_defined),
		cmocka_unit_test(
		    a_clarity_1_contract_offers_the_traits_that_it_uses),
		cmocka_unit_test(
		    definitions_are_listed_in_the_order_of_evaluation),
		cmocka_unit_test(storing_is_paid_by_the_number_of_nodes),
		cmocka_unit_test(the_price_is_the_exact_limit),
		cmocka_unit_test(errors_have_their_effect),
		cmocka_unit_test(a_broken_database_is_no_verdict),
		cmocka_unit_test(without_a_database_there_is_no_other_contract),
		cmocka_unit_test(an_analysis_outlives_its_program),
		cmocka_unit_test(
		    many_contracts_in_one_place_take_room_for_each_once),
		cmocka_unit_test(each_failing_allocation_is_a_fault),
		cmocka_unit_test(every_small_arena_is_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
