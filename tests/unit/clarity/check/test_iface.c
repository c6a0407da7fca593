/* tests/unit/clarity/check/test_iface.c - interfaces as JSON. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/check/iface.h"
#include "tests/unit/clarity/check/check_case.h"

static void interface_is(const char *source, const char *json)
{
	struct judged_setting s = setting_of(EPOCH_3_4, CLARITY_5);
	struct judged j;

	judged_open(&j, source, &s);
	if (j.err != ERR_OK)
		fail_msg("%s: %s", source, j.diag.message);
	assert_string_equal(judged_interface(&j), json);
	judged_close(&j);
}

#define TAIL ",\"epoch\":\"Epoch34\",\"clarity_version\":\"Clarity5\"}"
#define NO_TOKENS ",\"fungible_tokens\":[],\"non_fungible_tokens\":[]"

static void an_empty_contract_has_empty_tables(void **state)
{
	(void)state;
	interface_is(
	    "",
	    "{\"functions\":[],\"variables\":[],\"maps\":[]" NO_TOKENS TAIL);
}

static void functions_are_listed_by_access_and_name(void **state)
{
	(void)state;
	interface_is(
	    "(define-read-only (d) 1) (define-public (c (x uint)) (ok x))"
	    "(define-private (b) none) (define-private (a) true)",
	    "{\"functions\":["
	    "{\"name\":\"a\",\"access\":\"private\",\"args\":[],"
	    "\"outputs\":{\"type\":\"bool\"}},"
	    "{\"name\":\"b\",\"access\":\"private\",\"args\":[],"
	    "\"outputs\":{\"type\":{\"optional\":\"none\"}}},"
	    "{\"name\":\"c\",\"access\":\"public\",\"args\":["
	    "{\"name\":\"x\",\"type\":\"uint128\"}],"
	    "\"outputs\":{\"type\":{\"response\":{\"ok\":\"uint128\","
	    "\"error\":\"none\"}}}},"
	    "{\"name\":\"d\",\"access\":\"read_only\",\"args\":[],"
	    "\"outputs\":{\"type\":\"int128\"}}],"
	    "\"variables\":[],\"maps\":[]" NO_TOKENS TAIL);
}

static void constants_stand_before_variables(void **state)
{
	(void)state;
	interface_is("(define-data-var a (buff 3) 0x)"
	             "(define-constant b u\"abc\")"
	             "(define-map m {y: int, x: (list 2 bool)} principal)",
	             "{\"functions\":[],\"variables\":["
	             "{\"name\":\"b\",\"type\":{\"string-utf8\":"
	             "{\"length\":3}},\"access\":\"constant\"},"
	             "{\"name\":\"a\",\"type\":{\"buffer\":{\"length\":3}},"
	             "\"access\":\"variable\"}],"
	             "\"maps\":[{\"name\":\"m\",\"key\":{\"tuple\":["
	             "{\"name\":\"x\",\"type\":{\"list\":{\"type\":\"bool\","
	             "\"length\":2}}},{\"name\":\"y\",\"type\":\"int128\"}]},"
	             "\"value\":\"principal\"}]" NO_TOKENS TAIL);
}

static void tokens_have_their_tables(void **state)
{
	(void)state;
	interface_is("(define-fungible-token t)"
	             "(define-non-fungible-token n (string-ascii 4))",
	             "{\"functions\":[],\"variables\":[],\"maps\":[],"
	             "\"fungible_tokens\":[{\"name\":\"t\"}],"
	             "\"non_fungible_tokens\":[{\"name\":\"n\",\"type\":"
	             "{\"string-ascii\":{\"length\":4}}}]" TAIL);
}

static void traits_show_as_references(void **state)
{
	(void)state;
	interface_is(
	    "(use-trait t .dep.get)"
	    "(define-private (f (x <t>)) .dep)",
	    "{\"functions\":[{\"name\":\"f\",\"access\":\"private\","
	    "\"args\":[{\"name\":\"x\",\"type\":"
	    "\"trait_reference\"}],\"outputs\":{\"type\":"
	    "\"principal\"}}],\"variables\":[],\"maps\":[]" NO_TOKENS TAIL);
}

static void a_small_buffer_is_too_small(void **state)
{
	struct judged_setting s = setting_of(EPOCH_3_4, CLARITY_5);
	struct judged j;
	struct buf b;

	(void)state;
	judged_open(&j, "", &s);
	buf_init(&b, 20);
	assert_int_equal(iface_write(&b, j.checked.analysis), ERR_TOO_LARGE);
	buf_fini(&b);
	judged_close(&j);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_contract_has_empty_tables),
		cmocka_unit_test(functions_are_listed_by_access_and_name),
		cmocka_unit_test(constants_stand_before_variables),
		cmocka_unit_test(tokens_have_their_tables),
		cmocka_unit_test(traits_show_as_references),
		cmocka_unit_test(a_small_buffer_is_too_small),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
