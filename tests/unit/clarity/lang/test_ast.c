/* tests/unit/clarity/lang/test_ast.c - Claims about clarity/lang/ast.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/value/principal.h"
#include "tests/lib/alloc_fault.h"
#include "tests/unit/clarity/lang/lang_case.h"

struct charges {
	int count;
	enum ast_price what[4];
	uint64_t n[4];
	int fail_at; /* the charge that fails, from 1; 0: none */
};

static enum err charge(void *ctx, enum ast_price what, uint64_t n)
{
	struct charges *c = ctx;

	c->what[c->count] = what;
	c->n[c->count] = n;
	c->count++;
	return c->count == c->fail_at ? ERR_COST_LIMIT : ERR_OK;
}

static enum err build(struct arena *a, const char *source, struct charges *c,
                      struct diag *diag)
{
	const struct principal *self;
	struct principal_room room, issuer;
	static const uint8_t hash[PRINCIPAL_HASH_LEN] = { 1 };
	struct ast_meter meter = { charge, c };
	struct ast ast;

	assert_int_equal(
	    principal_init_contract(
		&room, &self, principal_init(&issuer, 26, hash), span_str("c")),
	    ERR_OK);

	struct ast_input in = { .source = span_str(source),
		                .contract = self,
		                .epoch = EPOCH_3_4,
		                .meter = c ? &meter : NULL };

	return ast_build(a, &in, &ast, diag);
}

static void bytes_are_charged_first_then_uses(void **state)
{
	struct charges c = { 0 };
	struct arena a;

	(void)state;
	arena_init(&a, AST_ARENA_MAX);
	assert_int_equal(build(&a, "(define-constant a b) (print a)", &c, NULL),
	                 ERR_OK);
	assert_int_equal(c.count, 2);
	assert_int_equal(c.what[0], AST_PRICE_PARSE);
	assert_int_equal(c.n[0], 31);
	assert_int_equal(c.what[1], AST_PRICE_CYCLES);
	assert_int_equal(c.n[1], 1);
	arena_fini(&a);
}

static void a_bad_text_is_charged_its_bytes_only(void **state)
{
	struct charges c = { 0 };
	struct arena a;

	(void)state;
	arena_init(&a, AST_ARENA_MAX);
	assert_int_equal(build(&a, "(a", &c, NULL), ERR_PARSE);
	assert_int_equal(c.count, 1);
	arena_fini(&a);
}

static void a_cycle_is_found_after_it_was_charged(void **state)
{
	struct charges c = { .fail_at = 2 };
	struct arena a;

	(void)state;
	arena_init(&a, AST_ARENA_MAX);
	assert_int_equal(build(&a, "(define-constant a a)", &c, NULL),
	                 ERR_COST_LIMIT);
	c = (struct charges){ 0 };
	assert_int_equal(build(&a, "(define-constant a a)", &c, NULL),
	                 ERR_PARSE);
	assert_int_equal(c.count, 2);
	arena_fini(&a);
}

static void a_meter_that_refuses_ends_everything(void **state)
{
	struct charges c = { .fail_at = 1 };
	struct diag diag = { 0 };
	struct arena a;

	(void)state;
	arena_init(&a, AST_ARENA_MAX);
	assert_int_equal(build(&a, "(a", &c, &diag), ERR_COST_LIMIT);
	assert_int_equal(c.count, 1);
	assert_int_equal(diag.rule.stage, DIAG_NONE);
	assert_int_equal(build(&a, "(a)", NULL, NULL), ERR_OK);
	arena_fini(&a);
}

static void a_program_has_at_most_two_mebibytes(void **state)
{
	struct charges c = { 0 };
	struct snippet p;
	char *most = repeated(";;", "c", AST_SOURCE_MAX - 2, "");
	char *more = repeated(";;", "c", AST_SOURCE_MAX - 1, "");
	struct arena a;

	(void)state;
	snippet_open(&p, most, EPOCH_3_4);
	assert_int_equal(p.err, ERR_OK);
	snippet_close(&p);
	refused(more, "ProgramTooLarge");
	arena_init(&a, AST_ARENA_MAX);
	assert_int_equal(build(&a, more, &c, NULL), ERR_PARSE);
	assert_int_equal(c.n[0], AST_SOURCE_MAX + 1);
	arena_fini(&a);
	test_free(most);
	test_free(more);
}

static void a_million_open_brackets_are_refused_cheaply(void **state)
{
	static const char *const opens[] = { "(", "{", "{a:", "((a) " };
	struct snippet p;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(opens); i++) {
		size_t n = 1000000 / strlen(opens[i]);
		char *s = repeated("", opens[i], n, "");

		snippet_open(&p, s, EPOCH_3_4);
		assert_int_equal(p.err, ERR_PARSE);
		assert_true(p.arena.held <= (size_t)1 << 20);
		snippet_close(&p);
		test_free(s);
	}
}

static void sixteen_mebibytes_are_refused_unread(void **state)
{
	struct snippet p;
	char *s = repeated("", "(a)\n", (size_t)4 << 20, "");

	(void)state;
	snippet_open(&p, s, EPOCH_3_4);
	assert_string_equal(p.diag.rule.name, "ProgramTooLarge");
	assert_true(p.arena.held <= (size_t)1 << 20);
	snippet_close(&p);
	test_free(s);
}

/* What makes most nodes, names or edges out of the bytes of a program. */
static void the_worst_programs_fit_the_arena(void **state)
{
	static const char *const units[] = {
		"1 ",   "()",   "{}",
		"a b ", "<a>",  ";;\n",
		".a ",  "\"\"", "(a)(define-map a {} {})"
	};
	struct snippet p;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(units); i++) {
		size_t n = (AST_SOURCE_MAX - 32) / strlen(units[i]);
		char *s = repeated("(use-trait a .b.c)", units[i], n, "");

		snippet_open(&p, s, EPOCH_3_4);
		if (p.err != ERR_OK)
			fail_msg("%s: %s", units[i], p.diag.message);
		snippet_close(&p);
		test_free(s);
	}
}

static void a_small_arena_is_a_fault_not_a_verdict(void **state)
{
	char *s = repeated("", "(define-constant a {b: \"c\"})\n", 200, "");
	enum err e = ERR_NO_MEMORY;

	(void)state;
	for (size_t max = 0; e == ERR_NO_MEMORY; max += 4096) {
		struct arena a;

		arena_init(&a, max);
		e = build(&a, s, NULL, NULL);
		assert_true(e == ERR_OK || e == ERR_NO_MEMORY);
		arena_fini(&a);
	}
	assert_int_equal(e, ERR_OK);
	test_free(s);
}

static void each_failing_allocation_is_a_fault(void **state)
{
	static const char source[] =
	    "(use-trait t .c.t) (define-private (f (a <t>)) {b: 'SP0000000000"
	    "00000000002Q6VF78.c, c: .d, e: \"x\", g: 0x01, h: .i.j}) "
	    "(impl-trait .c.t) (define-trait u ((f (uint) (response uint "
	    "uint)))) (define-constant c c2) (define-constant c2 1)";
	enum err e = ERR_NO_MEMORY;

	(void)state;
	for (size_t n = 0; e == ERR_NO_MEMORY; n++) {
		struct arena a;

		arena_init(&a, AST_ARENA_MAX);
		alloc_fault_after(n);
		e = build(&a, source, NULL, NULL);
		assert_int_equal(alloc_fault_off(), e != ERR_OK);
		arena_fini(&a);
	}
	assert_int_equal(e, ERR_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_are_charged_first_then_uses),
		cmocka_unit_test(a_bad_text_is_charged_its_bytes_only),
		cmocka_unit_test(a_cycle_is_found_after_it_was_charged),
		cmocka_unit_test(a_meter_that_refuses_ends_everything),
		cmocka_unit_test(a_program_has_at_most_two_mebibytes),
		cmocka_unit_test(a_million_open_brackets_are_refused_cheaply),
		cmocka_unit_test(sixteen_mebibytes_are_refused_unread),
		cmocka_unit_test(the_worst_programs_fit_the_arena),
		cmocka_unit_test(a_small_arena_is_a_fault_not_a_verdict),
		cmocka_unit_test(each_failing_allocation_is_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
