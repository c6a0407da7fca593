/* tests/unit/clarity/vm/test_dis.c - Claims about clarity/vm/dis.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/vm/dis.h"
#include "tests/unit/clarity/vm/desk.h"

static const char text[] =
    "(define-data-var total uint u0)\n"
    "(define-map seen { who: principal } bool)\n"
    "(define-fungible-token coin)\n"
    "(define-private (add (a uint) (b uint)) (+ a b))\n"
    "(define-public (put (n uint))\n"
    "  (begin\n"
    "    (asserts! (> n u0) (err u400))\n"
    "    (map-set seen { who: tx-sender } true)\n"
    "    (try! (ft-mint? coin n tx-sender))\n"
    "    (ok (var-set total (fold add (list n u1) u0)))))\n"
    "(define-read-only (peek) (ok (sha256 0x00)))\n";

static void open_one(struct desk *d)
{
	desk_open(d, EPOCH_3_4);
	assert_int_equal(desk_deploy(d, "c", CLARITY_4, text), ERR_OK);
	desk_begin(d);
}

static struct dis find(struct desk *d, uint32_t index, bool is_exact)
{
	struct dis dis;
	bool found;

	assert_int_equal(
	    dis_find(d->vm, desk_id(d, "c"), index, is_exact, &dis, &found),
	    ERR_OK);
	assert_true(found);
	return dis;
}

static const char *listing(struct desk *d, uint32_t index, bool is_exact)
{
	struct dis dis = find(d, index, is_exact);

	buf_reset(&d->text);
	assert_int_equal(dis_write(&d->text, &dis), ERR_OK);
	return buf_str(&d->text);
}

static void has(const char *all, const char *part)
{
	if (!strstr(all, part))
		fail_msg("no \"%s\" in:\n%s", part, all);
}

static void a_listing_names_what_instructions_use(void **state)
{
	struct desk d;
	const char *all;

	(void)state;
	open_one(&d);
	all = listing(&d, 1, true);
	has(all, "public (put (n uint))\n");
	has(all, "seen, ");
	has(all, "ft-mint?");
	has(all, "total, ");
	has(all, ", add");
	has(all, "AssertionFailed");
	has(all, "; 7: (> n u0)");
	has(all, "; 9: (ft-mint? coin n tx-sender)");
	desk_close(&d);
}

/* Whether a line has runtime in brackets, as "(+12)". */
static bool carries(const char *all)
{
	for (const char *p = all; (p = strstr(p, " (+")); p++) {
		if (p[3] >= '0' && p[3] <= '9')
			return true;
	}
	return false;
}

static void exact_code_lists_its_charges(void **state)
{
	struct desk d;

	(void)state;
	open_one(&d);
	has(listing(&d, 0, true), "cost_add");
	assert_false(carries(listing(&d, 0, true)));
	assert_true(carries(listing(&d, 0, false)));
	assert_null(strstr(listing(&d, 0, false), "cost_add"));
	desk_close(&d);
}

static void every_instruction_has_a_source_inside_the_text(void **state)
{
	struct desk d;

	(void)state;
	open_one(&d);
	for (uint32_t f = 0; f < 3; f++) {
		struct dis dis = find(&d, f, true);

		for (uint32_t i = 0; i < dis.code->n_insns; i++) {
			struct diag_span s = dis_span(&dis, i);

			assert_true(s.end > s.start);
			assert_true(s.end < sizeof(text));
		}
	}
	desk_close(&d);
}

static void a_long_constant_is_cut(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	assert_int_equal(
	    desk_deploy(&d, "c", CLARITY_4,
	                "(define-read-only (f) (len "
	                "\"0123456789012345678901234567890123456789xyz\"))"),
	    ERR_OK);
	desk_begin(&d);
	has(listing(&d, 0, true),
	    "\"012345678901234567890123456789012345678...");
	desk_close(&d);
}

static void behind_the_last_function_there_is_none(void **state)
{
	struct desk d;
	struct dis dis;
	bool found;

	(void)state;
	open_one(&d);
	assert_int_equal(
	    dis_find(d.vm, desk_id(&d, "c"), 3, false, &dis, &found), ERR_OK);
	assert_false(found);
	assert_int_equal(
	    dis_find(d.vm, desk_id(&d, "other"), 0, false, &dis, &found),
	    ERR_OK);
	assert_false(found);
	desk_close(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_listing_names_what_instructions_use),
		cmocka_unit_test(exact_code_lists_its_charges),
		cmocka_unit_test(
		    every_instruction_has_a_source_inside_the_text),
		cmocka_unit_test(a_long_constant_is_cut),
		cmocka_unit_test(behind_the_last_function_there_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
