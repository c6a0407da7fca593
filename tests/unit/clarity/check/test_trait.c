/* tests/unit/clarity/check/test_trait.c - what does for a trait. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/check/check_case.h"

#define USE "(use-trait get .dep.get) (use-trait both .dep.both) "

static void a_contract_does_for_a_trait_if_it_has_the_methods(void **state)
{
	(void)state;
	typed("(contract-call? .dep take .dep)", "(response uint uint)");
	typed("(contract-call? .dep take .other)", "(response uint uint)");
	refused("(contract-call? .dep take .nobody)", "NoSuchContract");
	refused("(contract-call? .dep take tx-sender)", "TypeError");
	refused(USE "(define-public (f (x <both>)) (ok x)) (f .other)",
	        "BadTraitImplementation");
}

static void in_clarity_1_only_a_literal_does(void **state)
{
	(void)state;
	judged_as(EPOCH_3_4, CLARITY_1, "(contract-call? .dep take .other)",
	          "ok");
	judged_as(EPOCH_3_4, CLARITY_1,
	          USE "(define-private (f (x (optional <get>))) 1)"
	              "(f (some .dep))",
	          "TypeError");
	judged_as(EPOCH_3_4, CLARITY_2,
	          USE "(define-private (f (x (optional <get>))) 1)"
	              "(f (some .dep))",
	          "ok");
}

static void a_wider_trait_does_for_a_narrower_one(void **state)
{
	(void)state;
	accepted(USE "(define-private (f (x <get>)) 1)"
	             "(define-private (g (x <both>)) (f x))");
	refused(USE "(define-private (f (x <both>)) 1)"
	            "(define-private (g (x <get>)) (f x))",
	        "IncompatibleTrait");
	judged_as(EPOCH_3_4, CLARITY_1,
	          USE "(define-private (f (x <get>)) 1)"
	              "(define-private (g (x <both>)) (f x))",
	          "TypeError");
}

static void traits_are_found_inside_of_structures(void **state)
{
	(void)state;
	accepted(USE "(define-private (f (x {a: (list 2 <get>)})) 1)"
	             "(f {a: (list .dep .other)})");
	refused(USE "(define-private (f (x (list 1 <get>))) 1)"
	            "(f (list .dep .other))",
	        "TypeError");
	refused(USE "(define-private (f (x {a: <get>})) 1) (f {b: .dep})",
	        "TypeError");
	refused(USE "(define-private (f (x {a: <get>})) 1)"
	            "(f {a: .dep, b: 1})",
	        "TypeError");
}

static void promises_are_kept(void **state)
{
	(void)state;
	refused("(impl-trait .dep.get)", "BadTraitImplementation");
	accepted("(impl-trait .dep.get)"
	         "(define-public (g (x uint)) (if true (ok x) (err u1)))");
	accepted("(impl-trait .dep.get) (define-read-only (g (x uint))"
	         " (if true (ok x) (err u1)))");
	refused("(impl-trait .dep.get) (define-private (g (x uint))"
	        " (if true (ok x) (err u1)))",
	        "BadTraitImplementation");
	refused("(impl-trait .dep.get)"
	        "(define-public (g (x uint)) (if true (ok 1) (err u1)))",
	        "BadTraitImplementation");
	refused("(impl-trait .dep.nothing)", "TraitReferenceUnknown");
	refused("(impl-trait .nobody.get)", "TraitReferenceUnknown");
}

static void half_a_response_keeps_a_promise(void **state)
{
	(void)state;
	accepted("(impl-trait .dep.get)"
	         "(define-public (g (x uint)) (ok x))");
}

static void a_method_that_is_public_and_read_only_is_neither(void **state)
{
	(void)state;
	refused("(impl-trait .dep.get)"
	        "(define-read-only (g (x uint)) (if true (ok x) (err u1)))"
	        "(define-public (g (x uint)) (if true (ok x) (err u1)))",
	        "BadTraitImplementation");
}

static void clarity_1_knows_traits_by_their_bare_name(void **state)
{
	const struct judged_other others[] = {
		{ "one", "(define-trait t ((a () (response int int))))" },
		{ "two", "(define-trait t ((b () (response int int))))" },
		{ NULL, NULL },
	};
	struct judged_setting s = { .epoch = EPOCH_3_4,
		                    .version = CLARITY_1,
		                    .others = others };
	const char *source = "(use-trait x .one.t) (use-trait y .two.t)"
			     "(define-public (f (v <x>)) (contract-call? v b))";
	struct judged j;

	(void)state;
	judged_open(&j, source, &s);
	assert_string_equal(judged_verdict(&j), "ok");
	judged_close(&j);
	s.version = CLARITY_2;
	judged_open(&j, source, &s);
	assert_string_equal(judged_verdict(&j), "TraitMethodUnknown");
	judged_close(&j);
}

/* `n` traits in a row, each of whose methods takes the one before; the last
 * one is compared with its twin. */
static const char *chain(uint32_t n)
{
	static char source[1 << 14];
	size_t at = 0;

	for (int row = 0; row < 2; row++) {
		for (uint32_t i = 0; i < n; i++) {
			at += (size_t)snprintf(source + at, sizeof(source) - at,
			                       "(define-trait %c%u ((m (",
			                       'a' + row, (unsigned)i);
			if (i > 0)
				at += (size_t)snprintf(
				    source + at, sizeof(source) - at, "<%c%u>",
				    'a' + row, (unsigned)(i - 1));
			at += (size_t)snprintf(source + at, sizeof(source) - at,
			                       ") (response int int))))");
		}
	}
	(void)snprintf(source + at, sizeof(source) - at,
	               "(define-private (f (x <a%u>)) 1)"
	               "(define-private (g (x <b%u>)) (f x))",
	               (unsigned)(n - 1), (unsigned)(n - 1));
	return source;
}

static void a_chain_of_traits_has_32_steps(void **state)
{
	(void)state;
	/* The last two steps are the response of the lowest method. */
	accepted(chain(30));
	refused(chain(31), "TraitReferenceChainTooDeep");
	refused(chain(32), "TraitReferenceChainTooDeep");
}

static void own_traits_are_paid_from_4_0_on(void **state)
{
	struct judged_setting s = setting_of(EPOCH_3_4, CLARITY_5);
	struct judged old, new;

	(void)state;
	judged_open(&old, chain(2), &s);
	s.epoch = EPOCH_4_0;
	judged_open(&new, chain(2), &s);
	/* Two comparisons of two traits of one method: sizes 4 and 3, twice,
	 * at 9 n + 698; reads and writes are not charged. */
	assert_int_equal(new.meter.spent.of[COST_RUNTIME] -
	                     old.meter.spent.of[COST_RUNTIME],
	                 2 * (9 * 4 + 698) + 2 * (9 * 3 + 698));
	assert_int_equal(new.meter.spent.of[COST_READ_COUNT],
	                 old.meter.spent.of[COST_READ_COUNT]);
	judged_close(&old);
	judged_close(&new);
}

/* Traits each of whose methods takes two of the row before: a comparison that
 * forgot what it knows would take 2^n steps. */
static const char *lattice(uint32_t n)
{
	static char source[1 << 14];
	size_t at = 0;

	for (int row = 0; row < 2; row++) {
		char r = (char)('a' + row);

		at += (size_t)snprintf(source + at, sizeof(source) - at,
		                       "(define-trait %c0 ((m ()"
		                       " (response int int))))",
		                       r);
		for (uint32_t i = 1; i < n; i++)
			at += (size_t)snprintf(
			    source + at, sizeof(source) - at,
			    "(define-trait %c%u ((m (<%c%u> <%c%u>)"
			    " (response int int))))",
			    r, (unsigned)i, r, (unsigned)(i - 1), r,
			    (unsigned)(i - 1));
	}
	(void)snprintf(source + at, sizeof(source) - at,
	               "(define-private (f (x <a%u>)) 1)"
	               "(define-private (g (x <b%u>)) (f x))",
	               (unsigned)(n - 1), (unsigned)(n - 1));
	return source;
}

static void comparing_many_traits_takes_few_steps(void **state)
{
	(void)state;
	accepted(lattice(30));
}

static void what_is_remembered_is_paid_all_the_same(void **state)
{
	struct judged_setting s = setting_of(EPOCH_4_0, CLARITY_6);
	struct judged old, new;
	uint64_t steps = 0;

	(void)state;
	judged_open(&new, lattice(10), &s);
	s.epoch = EPOCH_3_4;
	judged_open(&old, lattice(10), &s);
	/* Level i is compared 2^(9 - i) times; its traits have size 3 + 2,
	 * the lowest 3. */
	for (uint32_t i = 0; i < 10; i++)
		steps +=
		    ((uint64_t)1 << (9 - i)) * 2 * (9 * (i ? 5u : 3u) + 698);
	assert_int_equal(new.meter.spent.of[COST_RUNTIME] -
	                     old.meter.spent.of[COST_RUNTIME],
	                 steps);
	judged_close(&old);
	judged_close(&new);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_contract_does_for_a_trait_if_it_has_the_methods),
		cmocka_unit_test(in_clarity_1_only_a_literal_does),
		cmocka_unit_test(a_wider_trait_does_for_a_narrower_one),
		cmocka_unit_test(traits_are_found_inside_of_structures),
		cmocka_unit_test(promises_are_kept),
		cmocka_unit_test(half_a_response_keeps_a_promise),
		cmocka_unit_test(
		    a_method_that_is_public_and_read_only_is_neither),
		cmocka_unit_test(clarity_1_knows_traits_by_their_bare_name),
		cmocka_unit_test(a_chain_of_traits_has_32_steps),
		cmocka_unit_test(own_traits_are_paid_from_4_0_on),
		cmocka_unit_test(comparing_many_traits_takes_few_steps),
		cmocka_unit_test(what_is_remembered_is_paid_all_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
