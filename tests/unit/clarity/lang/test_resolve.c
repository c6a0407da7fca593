/* tests/unit/clarity/lang/test_resolve.c - Claims about
 * clarity/lang/resolve.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/value/principal.h"
#include "tests/unit/clarity/lang/lang_case.h"

static void is_trait(const struct trait_id *id, const char *text)
{
	struct buf b;

	buf_init(&b, 1024);
	assert_int_equal(principal_format_trait(&b, id), ERR_OK);
	assert_int_equal(b.len, strlen(text));
	assert_memory_equal(b.p, text, b.len);
	buf_fini(&b);
}

static void traits_are_defined_here_or_imported(void **state)
{
	struct snippet p;

	(void)state;
	snippet_open(&p,
	             "(use-trait b 'SP000000000000000000002Q6VF78.c.far) "
	             "(use-trait c .near.t) (define-trait a ()) "
	             "(define-private (f (x <a>) (y <b>)) 1)",
	             EPOCH_3_4);
	assert_int_equal(p.err, ERR_OK);
	assert_int_equal(p.ast.trait_count, 3);
	is_trait(p.ast.traits[0].id, "SP000000000000000000002Q6VF78.c.far");
	assert_true(p.ast.traits[0].is_imported);
	is_trait(p.ast.traits[1].id, SNIPPET_ISSUER ".near.t");
	assert_true(p.ast.traits[1].is_imported);
	is_trait(p.ast.traits[2].id, SNIPPET_ISSUER "." SNIPPET_NAME ".a");
	assert_false(p.ast.traits[2].is_imported);

	uint32_t b = symtab_find(p.ast.syms, span_str("b"));

	assert_ptr_equal(ast_trait_find(&p.ast, b), &p.ast.traits[0]);
	assert_null(ast_trait_find(&p.ast, NATIVE_ADD));
	assert_null(ast_trait_find(&p.ast, SYMTAB_NONE));
	snippet_close(&p);
}

static void a_program_without_traits_has_none(void **state)
{
	struct snippet p;

	(void)state;
	snippet_open(&p, "(define-constant a 1)", EPOCH_3_4);
	assert_int_equal(p.ast.trait_count, 0);
	assert_int_equal(p.ast.impl_count, 0);
	assert_null(ast_trait_find(&p.ast, NATIVE_COUNT));
	snippet_close(&p);
}

static void promises_are_kept_once(void **state)
{
	struct snippet p;

	(void)state;
	snippet_open(&p,
	             "(impl-trait .c.t) (impl-trait .c.u) (impl-trait "
	             "'" SNIPPET_ISSUER ".c.t) (impl-trait .d.t)",
	             EPOCH_3_4);
	assert_int_equal(p.err, ERR_OK);
	assert_int_equal(p.ast.impl_count, 3);
	is_trait(p.ast.impls[0], SNIPPET_ISSUER ".c.t");
	is_trait(p.ast.impls[1], SNIPPET_ISSUER ".c.u");
	is_trait(p.ast.impls[2], SNIPPET_ISSUER ".d.t");
	snippet_close(&p);
}

static void forms_about_traits_have_one_shape(void **state)
{
	(void)state;
	refused("(define-trait a)", "DefineTraitBadSignature");
	refused("(define-trait a () ())", "DefineTraitBadSignature");
	refused("(define-trait (a) ())", "DefineTraitBadSignature");
	refused("(define-trait a b)", "DefineTraitBadSignature");
	refused("(use-trait a)", "ImportTraitBadSignature");
	refused("(use-trait a .c)", "ImportTraitBadSignature");
	refused("(use-trait a b)", "ImportTraitBadSignature");
	refused("(use-trait 1 .c.t)", "ImportTraitBadSignature");
	refused("(use-trait a .c.t 1)", "ImportTraitBadSignature");
	refused("(impl-trait)", "ImplTraitBadSignature");
	refused("(impl-trait .c)", "ImplTraitBadSignature");
	refused("(impl-trait .c.t .c.u)", "ImplTraitBadSignature");
	/* Comments do not count. */
	reads_as("(use-trait ;; c\n a ;; c\n .c.t ;; c\n)",
	         "(use-trait a '" SNIPPET_ISSUER ".c.t)\n");
	reads_as("(;; c\n impl-trait ;; c\n .c.t)",
	         "(impl-trait '" SNIPPET_ISSUER ".c.t)\n");
}

static void a_trait_name_is_given_once(void **state)
{
	(void)state;
	refused("(use-trait a .c.t) (use-trait a .c.u)", "NameAlreadyUsed");
	refused("(define-trait a ()) (use-trait a .c.u)", "NameAlreadyUsed");
	refused("(use-trait a .c.u) (define-trait a ())", "NameAlreadyUsed");
	refused("(use-trait a .c.t) (use-trait a b)", "NameAlreadyUsed");
	refused("(define-trait a ()) (define-trait a () ())",
	        "DefineTraitBadSignature");
}

static void references_are_no_data(void **state)
{
#define T "(use-trait t .c.t) "
	(void)state;
	refused(T "(define-constant a <t>)", "TraitReferenceNotAllowed");
	refused(T "(define-data-var a uint {b: (<t>)})",
	        "TraitReferenceNotAllowed");
	refused(T "(define-map a <t> uint)", "TraitReferenceNotAllowed");
	refused(T "(define-fungible-token a <t>)", "TraitReferenceNotAllowed");
	refused(T "(define-non-fungible-token a <t>)",
	        "TraitReferenceNotAllowed");
	/* The name of what is defined is not looked at. */
	reads_as(T "(define-constant <t> 1)",
	         "(use-trait t '" SNIPPET_ISSUER ".c.t)\n"
	         "(define-constant <t> 1)\n");
	/* Unknown or not, this comes first. */
	refused("(define-constant a <u>)", "TraitReferenceNotAllowed");
#undef T
}

static void references_must_be_known(void **state)
{
	(void)state;
	refused("(define-private (f (a <t>)) 1)", "TraitReferenceUnknown");
	refused("(define-private (f) (g <t>))", "TraitReferenceUnknown");
	refused("(define-trait a ((f (<t>) uint)))", "TraitReferenceUnknown");
	refused("(print <t>)", "TraitReferenceUnknown");
	refused("(define-constant <t> 1)", "TraitReferenceUnknown");
	/* A definition may follow the reference. */
	reads_as("(print <t>) (use-trait t .c.t)",
	         "(use-trait t '" SNIPPET_ISSUER ".c.t)\n(print <t>)\n");
	/* Other faults of forms come before unknown names. */
	refused("(define-private (f) <t>) (impl-trait)",
	        "ImplTraitBadSignature");
}

static void the_report_names_the_unknown_trait(void **state)
{
	struct snippet p;

	(void)state;
	snippet_open(&p, "(define-private (f (a <tok>)) 1)", EPOCH_3_4);
	assert_string_equal(p.diag.message,
	                    "no trait is called 'tok' here; define-trait or "
	                    "use-trait names one");
	assert_int_equal(p.diag.span.start, 22);
	assert_int_equal(p.diag.span.end, 27);
	snippet_close(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(traits_are_defined_here_or_imported),
		cmocka_unit_test(a_program_without_traits_has_none),
		cmocka_unit_test(promises_are_kept_once),
		cmocka_unit_test(forms_about_traits_have_one_shape),
		cmocka_unit_test(a_trait_name_is_given_once),
		cmocka_unit_test(references_are_no_data),
		cmocka_unit_test(references_must_be_known),
		cmocka_unit_test(the_report_names_the_unknown_trait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
