/* tests/unit/clarity/vm/test_trail.c - Claims about clarity/vm/trail.c: where
 * a program failed, and who had called. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/vm/trail.h"
#include "tests/unit/clarity/vm/desk.h"

static const char *const divider =
    "(define-private (half (n uint)) (/ n u0))\n"
    "(define-public (go (n uint)) (if (> n u9) (err u1) (ok (half n))))";

static const char *const caller =
    "(define-public (ask) (contract-call? .divider go u4))\n"
    "(define-public (guarded)\n"
    "  (restrict-assets? tx-sender () (try! (ask))))\n"
    "(define-public (none-there) (ok (unwrap-panic (if true none (some 1)))))";

/* Claims that place `i` is in this function and at this text. */
static void is_place(const struct desk *d, uint32_t i, const char *function,
                     const char *source, const char *text)
{
	const struct vm_place *p = &d->r.failure.places[i];
	size_t len = strlen(text);

	assert_true(i < d->r.failure.n_places);
	assert_true(span_eq(p->function, span_str(function)));
	assert_int_equal(p->span.end - p->span.start, len);
	assert_memory_equal(source + p->span.start, text, len);
}

static void open_both(struct desk *d)
{
	desk_open(d, EPOCH_3_4);
	assert_int_equal(desk_deploy(d, "divider", CLARITY_4, divider), ERR_OK);
	assert_int_equal(desk_deploy(d, "caller", CLARITY_4, caller), ERR_OK);
	desk_begin(d);
}

static void a_failure_names_the_expression_and_all_that_called_it(void **state)
{
	struct desk d;

	(void)state;
	open_both(&d);
	assert_int_equal(desk_call(&d, "caller", "ask", NULL, 0), ERR_RUN);
	assert_int_equal(d.r.failure.kind, VM_ERROR_DIVISION_BY_ZERO);
	assert_int_equal(d.r.failure.n_places, 3);
	is_place(&d, 0, "half", divider, "(/ n u0)");
	is_place(&d, 1, "go", divider, "(half n)");
	is_place(&d, 2, "ask", caller, "(contract-call? .divider go u4)");
	assert_true(principal_eq(d.r.failure.places[2].contract,
	                         desk_id(&d, "caller")));
	desk_close(&d);
}

static void exact_code_fails_at_the_same_places(void **state)
{
	struct desk d;

	(void)state;
	open_both(&d);
	vm_set_exact(d.vm, true);
	assert_int_equal(desk_call(&d, "caller", "ask", NULL, 0), ERR_RUN);
	assert_int_equal(d.r.failure.n_places, 3);
	is_place(&d, 0, "half", divider, "(/ n u0)");
	is_place(&d, 1, "go", divider, "(half n)");
	is_place(&d, 2, "ask", caller, "(contract-call? .divider go u4)");
	desk_close(&d);
}

static void a_failure_passes_through_a_guard_with_its_places(void **state)
{
	struct desk d;

	(void)state;
	open_both(&d);
	assert_int_equal(desk_call(&d, "caller", "guarded", NULL, 0), ERR_RUN);
	assert_int_equal(d.r.failure.n_places, 4);
	is_place(&d, 0, "half", divider, "(/ n u0)");
	is_place(&d, 3, "guarded", caller, "(ask)");
	desk_close(&d);
}

static void a_later_failure_has_its_own_places(void **state)
{
	struct desk d;

	(void)state;
	open_both(&d);
	assert_int_equal(desk_call(&d, "caller", "ask", NULL, 0), ERR_RUN);
	assert_int_equal(desk_call(&d, "caller", "none-there", NULL, 0),
	                 ERR_RUN);
	assert_int_equal(d.r.failure.n_places, 1);
	is_place(&d, 0, "none-there", caller,
	         "(unwrap-panic (if true none (some 1)))");
	desk_close(&d);
}

static void functions_inside_others_are_calls_too(void **state)
{
	static const char text[] =
	    "(define-private (inner (n uint)) (- n u5))\n"
	    "(define-private (step (n uint) (sum uint)) (+ sum (inner n)))\n"
	    "(define-public (go) (ok (fold step (list u9 u4) u0)))";
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	assert_int_equal(desk_deploy(&d, "c", CLARITY_4, text), ERR_OK);
	for (int is_exact = 0; is_exact < 2; is_exact++) {
		desk_begin(&d);
		vm_set_exact(d.vm, is_exact);
		assert_int_equal(desk_call(&d, "c", "go", NULL, 0), ERR_RUN);
		assert_int_equal(d.r.failure.n_places, 3);
		is_place(&d, 0, "inner", text, "(- n u5)");
		is_place(&d, 1, "step", text, "(inner n)");
		is_place(&d, 2, "go", text, "(fold step (list u9 u4) u0)");
	}
	desk_close(&d);
}

static void a_limit_is_passed_somewhere(void **state)
{
	struct desk d;
	struct cost limit;

	(void)state;
	open_both(&d);
	assert_int_equal(desk_deploy(&d, "steps", CLARITY_4,
	                             "(define-private (add (i uint) (n uint)) "
	                             "(+ i n))\n"
	                             "(define-public (sum) (ok (fold add (list "
	                             "u1 u2 u3) u0)))"),
	                 ERR_OK);
	/* Load the contract, then stop within the second step. */
	memset(&limit, 0xff, sizeof(limit));
	limit.of[COST_RUNTIME] = 2400;
	vm_begin(d.vm, &limit);
	assert_int_equal(desk_call(&d, "steps", "sum", NULL, 0), ERR_RUN);
	assert_int_equal(d.r.failure.kind, VM_ERROR_COST_BALANCE_EXCEEDED);
	assert_true(d.r.failure.n_places > 0);
	desk_close(&d);
}

static void a_deployment_fails_at_its_top_level(void **state)
{
	static const char text[] = "(define-constant a 1)\n(begin (print a) (- "
				   "u0 u1))";
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	assert_int_equal(desk_deploy(&d, "c", CLARITY_4, text), ERR_RUN);
	assert_int_equal(d.r.failure.kind, VM_ERROR_UNDERFLOW);
	assert_int_equal(d.r.failure.n_places, 1);
	is_place(&d, 0, "", text, "(- u0 u1)");
	desk_close(&d);
}

static void a_definition_that_is_refused_is_a_place(void **state)
{
	static const char text[] = "(define-constant a 1)\n"
				   "(define-read-only (get) a)";
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	assert_int_equal(desk_deploy(&d, "c", CLARITY_4, text), ERR_RUN);
	assert_int_equal(d.r.failure.kind, VM_ERROR_NAME_ALREADY_USED);
	assert_int_equal(d.r.failure.n_places, 1);
	is_place(&d, 0, "", text, "(define-read-only (get) a)");
	desk_close(&d);
}

static void before_any_code_there_is_no_place(void **state)
{
	struct desk d;

	(void)state;
	open_both(&d);
	assert_int_equal(desk_call(&d, "nowhere", "go", NULL, 0), ERR_RUN);
	assert_int_equal(d.r.failure.n_places, 0);
	assert_int_equal(desk_call(&d, "caller", "nothing", NULL, 0), ERR_RUN);
	assert_int_equal(d.r.failure.n_places, 0);
	desk_close(&d);
}

static void every_node_of_a_tree_is_found_by_its_number(void **state)
{
	struct desk d;
	struct arena a;
	struct ast ast;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	arena_init(&a, 1 << 24);

	struct ast_input in = { .source = span_str(caller),
		                .contract = desk_id(&d, "x"),
		                .epoch = EPOCH_3_4 };

	assert_int_equal(ast_build(&a, &in, &ast, NULL), ERR_OK);
	for (uint32_t id = 1; id <= ast.node_count; id++)
		assert_int_equal(trail_node(&ast, id)->id, id);
	assert_null(trail_node(&ast, 0));
	assert_null(trail_node(&ast, ast.node_count + 1));
	arena_fini(&a);
	desk_close(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_failure_names_the_expression_and_all_that_called_it),
		cmocka_unit_test(exact_code_fails_at_the_same_places),
		cmocka_unit_test(
		    a_failure_passes_through_a_guard_with_its_places),
		cmocka_unit_test(a_later_failure_has_its_own_places),
		cmocka_unit_test(functions_inside_others_are_calls_too),
		cmocka_unit_test(a_limit_is_passed_somewhere),
		cmocka_unit_test(a_deployment_fails_at_its_top_level),
		cmocka_unit_test(a_definition_that_is_refused_is_a_place),
		cmocka_unit_test(before_any_code_there_is_no_place),
		cmocka_unit_test(every_node_of_a_tree_is_found_by_its_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
