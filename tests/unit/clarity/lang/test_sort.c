/* tests/unit/clarity/lang/test_sort.c - Claims about clarity/lang/sort.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/lang/lang_case.h"

/* Claims how many uses are seen, which is what sorting costs. */
static void has_edges(const char *source, uint64_t n)
{
	struct snippet p;

	snippet_open(&p, source, EPOCH_3_4);
	if (p.err != ERR_OK)
		fail_msg("%s: %s", source, p.diag.message);
	if (p.charged[AST_PRICE_CYCLES] != n)
		fail_msg("%s: %u uses, not %u", source,
		         (unsigned)p.charged[AST_PRICE_CYCLES], (unsigned)n);
	assert_int_equal(p.ast.edge_count, n);
	snippet_close(&p);
}

static void what_is_used_comes_first(void **state)
{
	(void)state;
	reads_as("(define-constant a b) (define-constant b 1)",
	         "(define-constant b 1)\n(define-constant a b)\n");
	reads_as("(define-private (f) (g)) (define-private (g) (h)) "
	         "(define-private (h) 1)",
	         "(define-private (h) 1)\n(define-private (g) (h))\n"
	         "(define-private (f) (g))\n");
}

static void what_needs_nothing_keeps_its_place(void **state)
{
	(void)state;
	reads_as("(define-constant a 1) (print 2) (define-constant c 3)",
	         "(define-constant a 1)\n(print 2)\n(define-constant c 3)\n");
	reads_as("(a b) (define-constant b 1) (define-constant a 2)",
	         "(define-constant a 2)\n(define-constant b 1)\n(a b)\n");
}

static void each_mention_is_an_edge(void **state)
{
	(void)state;
	has_edges("(define-constant a 1) (+ a a a)", 3);
	has_edges("(define-constant a 1)", 0);
	has_edges("(+ b b)", 0);
	has_edges("(define-constant a 1) (a a)", 2);
}

static void the_head_of_a_form_with_a_meaning_is_no_use(void **state)
{
	(void)state;
	/* `let`, `get`, ... are read as forms even when they are defined. */
	has_edges("(define-constant let 1) (let ((x 1)) x)", 0);
	has_edges("(define-constant ok 1) (ok 2)", 1);
}

static void definitions_say_where_they_use(void **state)
{
#define X " (define-constant x 1)"
	(void)state;
	has_edges("(define-data-var v x x)" X, 2);
	has_edges("(define-constant c x x)" X, 2);
	has_edges("(define-private (f (x x)) x)" X, 2);
	has_edges("(define-private (f (a x) (b x)) x)" X, 3);
	has_edges("(define-public f x)" X, 1);
	has_edges("(define-read-only (f) x x)" X, 0);
	has_edges("(define-map m x x)" X, 2);
	has_edges("(define-map m x)" X, 0);
	has_edges("(define-fungible-token t x)" X, 1);
	has_edges("(define-fungible-token t x x)" X, 0);
	has_edges("(define-non-fungible-token t x)" X, 0);
	has_edges("(define-trait t ((m (x) x) (n (x)) (x x x x)))" X, 2);
#undef X
}

static void forms_say_where_they_use(void **state)
{
#define X " (define-constant x 1)"
	(void)state;
	has_edges("(contract-call? x x x x)" X, 2);
	has_edges("(get x x)" X, 1);
	has_edges("(get x x x)" X, 0);
	has_edges("(let ((x x) (a x)) x x)" X, 4);
	has_edges("(let ((x x)))" X, 0);
	has_edges("(let x x)" X, 1);
	has_edges("(tuple (x x) (a x) (x) x)" X, 2);
	has_edges("{x: x, a: {x: x}}" X, 2);
	has_edges("(match x x x x)" X, 4);
	has_edges("(f x {(x): x} (x x))" X, 4);
#undef X
}

static void trait_references_are_uses(void **state)
{
	(void)state;
	reads_as("(define-private (f (a <t>)) 1) (define-trait t ())",
	         "(define-trait t ())\n(define-private (f (a <t>)) 1)\n");
	has_edges("(define-private (f (a <t>)) 1) (use-trait t .c.t)", 1);
	has_edges("(impl-trait .c.t) (use-trait t .c.t)", 0);
}

static void the_last_of_two_definitions_is_meant(void **state)
{
	(void)state;
	reads_as("(define-constant a 1) (print a) (define-constant a 2)",
	         "(define-constant a 1)\n(define-constant a 2)\n(print a)\n");
}

static void a_comment_hides_uses_where_pairs_are_counted(void **state)
{
#define X " (define-constant x 1)"
	(void)state;
	/* In ordinary lists a comment is nothing ... */
	has_edges("(f ;; c\n x)" X, 1);
	has_edges("(define-constant ;; c\n a x)" X, 1);
	has_edges("(get ;; c\n a ;; c\n x)" X, 1);
	/* ... in a binding it makes a third item ... */
	has_edges("(let ((a ;; c\n x)) 1)" X, 0);
	has_edges("(tuple (a ;; c\n x))" X, 0);
	has_edges("(define-private (f (a ;; c\n x)) 1)" X, 0);
	/* ... in a tuple literal keys and values change places. */
	has_edges("{a: ;; c\n x, b: x}" X, 0);
	has_edges("{a: ;; c\n 1, x: 2}" X, 1);
	has_edges("{x: ;; c\n 2}" X, 0);
	has_edges("{ ;; c\n x: 2}" X, 1);
	/* A name behind a comment is not defined for the sorter. */
	has_edges("(define-constant ;; c\n y 3) (print y)", 0);
	has_edges("(define-private (;; c\n y) 3) (print y)", 0);
	has_edges("(;; c\n define-constant y 3) (print y)", 0);
	reads_as("(define-constant x (let ((a ;; c\n y)) a)) "
	         "(define-constant y 1)",
	         "(define-constant x (let ((a y)) a))\n"
	         "(define-constant y 1)\n");
#undef X
}

static void cycles_are_refused_with_their_names_in_order(void **state)
{
	struct snippet p;

	(void)state;
	refused("(define-private (f) (f))", "CircularReference");
	refused("(define-constant a a)", "CircularReference");
	snippet_open(&p,
	             "(define-private (f) (h)) (define-private (a) (f)) "
	             "(print (f)) (define-private (h) (f))"
	             "(define-private (b) 1)",
	             EPOCH_3_4);
	assert_int_equal(p.err, ERR_PARSE);
	/* Those that need a cycle count as part of it. */
	assert_string_equal(p.diag.message,
	                    "these definitions need each other: a, f, h");
	assert_int_equal(p.charged[AST_PRICE_CYCLES], 4);
	snippet_close(&p);
}

static void traits_in_a_cycle_are_refused_too(void **state)
{
	(void)state;
	refused("(define-trait a ((f (<b>) (response bool bool)))) "
	        "(define-trait b ((f (<a>) (response bool bool))))",
	        "CircularReference");
	refused("(define-trait a ((f (<a>) (response bool bool))))",
	        "CircularReference");
}

static void a_chain_of_thousands_needs_no_stack(void **state)
{
	struct snippet p;
	char *s = test_malloc(40 * 30000);
	size_t len = 0;

	(void)state;
	for (int i = 0; i < 30000; i++)
		len += (size_t)sprintf(s + len, "(define-constant a%d a%d)\n",
		                       i, i + 1);
	snippet_open(&p, s, EPOCH_3_4);
	assert_int_equal(p.err, ERR_OK);
	assert_int_equal(p.charged[AST_PRICE_CYCLES], 29999);
	/* The last one needs an unknown name, and comes first. */
	assert_string_equal(
	    symtab_text(p.ast.syms, p.ast.items[0].items[1].sym), "a29999");
	snippet_close(&p);
	test_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_used_comes_first),
		cmocka_unit_test(what_needs_nothing_keeps_its_place),
		cmocka_unit_test(each_mention_is_an_edge),
		cmocka_unit_test(the_head_of_a_form_with_a_meaning_is_no_use),
		cmocka_unit_test(definitions_say_where_they_use),
		cmocka_unit_test(forms_say_where_they_use),
		cmocka_unit_test(trait_references_are_uses),
		cmocka_unit_test(the_last_of_two_definitions_is_meant),
		cmocka_unit_test(a_comment_hides_uses_where_pairs_are_counted),
		cmocka_unit_test(cycles_are_refused_with_their_names_in_order),
		cmocka_unit_test(traits_in_a_cycle_are_refused_too),
		cmocka_unit_test(a_chain_of_thousands_needs_no_stack),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
