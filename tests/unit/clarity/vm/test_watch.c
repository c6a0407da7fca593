/* tests/unit/clarity/vm/test_watch.c - Claims about clarity/vm/watch.c: what
 * is seen of a running program, and that being seen changes nothing. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/vm/watch.h"
#include "tests/unit/clarity/vm/desk.h"

static const char text[] =
    "(define-data-var n uint u0)\n"
    "(define-private (twice (i uint)) (* i u2))\n"
    "(define-private (early (i uint))\n"
    "  (begin (asserts! (> i u9) (err u7)) (ok (twice i))))\n"
    "(define-public (go (i uint))\n"
    "  (begin (var-set n (twice i)) (is-ok (early i)) (ok (var-get n))))\n"
    "(define-public (fail) (begin (twice u3) (ok (/ u1 u0))))\n";

/* Calls as lines, `name(arguments)=result`, indented by depth. */
struct seen {
	struct buf lines;
	uint32_t steps;
	struct cost last;
	bool grew; /* no event told less than one before it */
};

static void look(void *ctx, const struct watch_event *e)
{
	struct seen *s = ctx;

	for (int u = 0; u < COST_UNITS; u++)
		s->grew &= e->spent.of[u] >= s->last.of[u];
	s->last = e->spent;
	if (e->kind == WATCH_STEP) {
		s->steps++;
		return;
	}
	(void)buf_addf(&s->lines, "%*s%s%.*s", (int)e->depth, "",
	               e->kind == WATCH_ENTER ? "+" : "-", (int)e->function.len,
	               (const char *)e->function.p);
	for (uint32_t i = 0; i < e->n_values; i++) {
		(void)buf_add_u8(&s->lines, ' ');
		(void)repr_source(&s->lines, &e->values[i]);
	}
	(void)buf_add_u8(&s->lines, '\n');
}

static void open_watched(struct desk *d, struct seen *s, struct watch *w)
{
	desk_open(d, EPOCH_3_4);
	assert_int_equal(desk_deploy(d, "c", CLARITY_3, text), ERR_OK);
	*s = (struct seen){ .grew = true };
	buf_init(&s->lines, 1 << 16);
	*w = (struct watch){ s, look };
	vm_set_watch(d->vm, w);
	desk_begin(d);
}

static void close_watched(struct desk *d, struct seen *s)
{
	buf_fini(&s->lines);
	desk_close(d);
}

static void calls_are_seen_with_arguments_and_results(void **state)
{
	struct desk d;
	struct seen s;
	struct watch w;
	struct value arg = value_uint(5);

	(void)state;
	open_watched(&d, &s, &w);
	assert_int_equal(desk_call(&d, "c", "go", &arg, 1), ERR_OK);
	assert_string_equal(desk_said(&d), "(ok u10)");
	assert_string_equal(buf_str(&s.lines), "+go u5\n"
	                                       " +twice u5\n"
	                                       " -twice u10\n"
	                                       " +early u5\n"
	                                       " -early (err u7)\n"
	                                       "-go (ok u10)\n");
	assert_true(s.grew);
	assert_true(s.steps > 20);
	close_watched(&d, &s);
}

static void a_call_that_fails_is_left_without_a_result(void **state)
{
	struct desk d;
	struct seen s;
	struct watch w;

	(void)state;
	open_watched(&d, &s, &w);
	assert_int_equal(desk_call(&d, "c", "fail", NULL, 0), ERR_RUN);
	assert_string_equal(buf_str(&s.lines), "+fail\n"
	                                       " +twice u3\n"
	                                       " -twice u6\n"
	                                       "-fail\n");
	close_watched(&d, &s);
}

static void top_level_forms_are_seen_one_by_one(void **state)
{
	struct desk d;
	struct seen s;
	struct watch w;

	(void)state;
	open_watched(&d, &s, &w);
	assert_int_equal(
	    desk_deploy(
		&d, "two", CLARITY_3,
		"(define-private (f) u2) (f) (define-constant k (+ u1 (f)))"),
	    ERR_OK);
	assert_string_equal(buf_str(&s.lines), "+\n"
	                                       " +f\n"
	                                       " -f u2\n"
	                                       "- u2\n"
	                                       "+\n"
	                                       " +f\n"
	                                       " -f u2\n"
	                                       "- u3\n");
	close_watched(&d, &s);
}

static void being_watched_changes_neither_result_nor_cost(void **state)
{
	struct desk d;
	struct seen s;
	struct watch w;
	struct value arg = value_uint(50);
	struct cost watched;

	(void)state;
	open_watched(&d, &s, &w);
	assert_int_equal(desk_call(&d, "c", "go", &arg, 1), ERR_OK);
	watched = d.r.cost;
	vm_set_watch(d.vm, NULL);
	s.steps = 0;
	assert_int_equal(desk_call(&d, "c", "go", &arg, 1), ERR_OK);
	assert_int_equal(s.steps, 0);
	assert_memory_equal(&watched, &d.r.cost, sizeof(watched));
	assert_string_equal(desk_said(&d), "(ok u100)");
	close_watched(&d, &s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(calls_are_seen_with_arguments_and_results),
		cmocka_unit_test(a_call_that_fails_is_left_without_a_result),
		cmocka_unit_test(top_level_forms_are_seen_one_by_one),
		cmocka_unit_test(being_watched_changes_neither_result_nor_cost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
