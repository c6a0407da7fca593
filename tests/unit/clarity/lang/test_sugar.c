/* tests/unit/clarity/lang/test_sugar.c - Claims about clarity/lang/sugar.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/value/principal.h"
#include "clarity/value/value.h"
#include "tests/unit/clarity/lang/lang_case.h"

/* Claims that ids are 1, 2, 3, ... in preorder from `id` on. */
static uint32_t ids_in_order(const struct ast_node *n, uint32_t id)
{
	assert_int_equal(n->id, id);
	id++;
	for (uint32_t i = 0; n->kind == AST_LIST && i < n->n; i++)
		id = ids_in_order(&n->items[i], id);
	return id;
}

static void ids_count_the_finished_tree_in_preorder(void **state)
{
	struct snippet p;
	uint32_t id = 1;

	(void)state;
	snippet_open(&p,
	             ";; c\n(a {b: 1, ;; c\n c: (d)} ;; c\n) () "
	             "(define-constant e f) (define-constant f 1)",
	             EPOCH_3_4);
	assert_int_equal(p.err, ERR_OK);
	for (uint32_t i = 0; i < p.ast.n; i++)
		id = ids_in_order(&p.ast.items[i], id);
	assert_int_equal(p.ast.node_count, id - 1);
	assert_int_equal(p.ast.node_count, 20);
	snippet_close(&p);
}

static void tuples_are_written_out(void **state)
{
	struct snippet p;

	(void)state;
	snippet_open(&p, "{a: 1, b: u2}", EPOCH_3_4);

	const struct ast_node *t = &p.ast.items[0];

	assert_int_equal(t->kind, AST_LIST);
	assert_int_equal(t->flags, 0);
	assert_int_equal(t->n, 3);
	assert_int_equal(ast_head(t), NATIVE_TUPLE);
	assert_int_equal(t->items[0].flags, AST_EXPANDED);
	assert_int_equal(t->items[1].flags, AST_EXPANDED);
	assert_int_equal(t->items[2].n, 2);
	assert_int_equal(t->items[2].span.start, 7);
	assert_int_equal(t->items[2].span.end, 12);
	assert_int_equal(t->items[2].items[1].value->kind, VALUE_UINT);
	assert_int_equal(t->items[2].items[1].flags, 0);
	snippet_close(&p);
}

static void contracts_without_issuer_are_those_of_the_deployer(void **state)
{
	struct snippet p;

	(void)state;
	snippet_open(&p, "(a .b .c.d)", EPOCH_3_4);

	const struct ast_node *n = p.ast.items[0].items;

	assert_int_equal(n[1].kind, AST_LITERAL);
	assert_int_equal(n[1].value->kind, VALUE_PRINCIPAL);
	assert_true(
	    span_eq(principal_name(n[1].value->principal), span_str("b")));
	assert_memory_equal(n[1].value->principal->hash, p.ast.contract->hash,
	                    PRINCIPAL_HASH_LEN);
	assert_int_equal(n[2].kind, AST_FIELD);
	assert_true(span_eq(n[2].field->name, span_str("d")));
	assert_true(
	    span_eq(principal_name(n[2].field->contract), span_str("c")));
	snippet_close(&p);
}

static void comments_are_gone(void **state)
{
	(void)state;
	reads_as(";; c\n(;; c\na ;; c\n(b;; c\n);; c\n);; c", "(a (b))\n");
	reads_as("(;; c\n)", "()\n");
}

static void references_point_to_their_trait(void **state)
{
	struct snippet p;

	(void)state;
	snippet_open(&p, "(print <t>) (use-trait t .c.u)", EPOCH_3_4);

	const struct ast_node *ref = &p.ast.items[1].items[1];

	assert_int_equal(ref->kind, AST_TRAIT_REF);
	assert_ptr_equal(ref->trait, &p.ast.traits[0]);
	snippet_close(&p);
}

static void spans_are_those_of_the_text(void **state)
{
	struct snippet p;

	(void)state;
	snippet_open(&p, " (a\n  \"b\" <t>) (use-trait t .c.u)", EPOCH_3_4);

	const struct ast_node *form = &p.ast.items[1];

	assert_int_equal(form->span.start, 1);
	assert_int_equal(form->span.end, 14);
	assert_int_equal(form->items[0].span.start, 2);
	assert_int_equal(form->items[0].span.end, 3);
	assert_int_equal(form->items[1].span.start, 6);
	assert_int_equal(form->items[1].span.end, 9);
	assert_int_equal(form->items[2].span.start, 10);
	assert_int_equal(form->items[2].span.end, 13);
	snippet_close(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids_count_the_finished_tree_in_preorder),
		cmocka_unit_test(tuples_are_written_out),
		cmocka_unit_test(
		    contracts_without_issuer_are_those_of_the_deployer),
		cmocka_unit_test(comments_are_gone),
		cmocka_unit_test(references_point_to_their_trait),
		cmocka_unit_test(spans_are_those_of_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
