/* tests/unit/node/app/test_clar_batch.c - Claims about clar_batch.c and the
 * judge below it (clar_judge.c). */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "clarity/lang/ast.h"
#include "node/app/clar_batch.h"
#include "node/io/env_os.h"
#include "tests/unit/node/app/app_case.h"

static struct clar_set set;
static struct clar_batch batch;

/* Judges all that is below /t in epoch 3.4. */
static enum err judge(enum clarity_version version)
{
	OK(clar_set_init(&set, &app_env, NULL));
	OK(clar_set_add(&set, "/t", true));
	OK(clar_set_finish(&set));
	batch = (struct clar_batch){
		.set = &set, .epoch = EPOCH_3_4, .version = version, .jobs = 1
	};
	return clar_batch_run(&batch);
}

static void done(void)
{
	clar_batch_fini(&batch);
	clar_set_fini(&set);
}

static const struct clar_item *item(const char *path)
{
	for (uint32_t i = 0; i < set.n; i++) {
		if (strcmp(set.items[i].path, path) == 0)
			return &set.items[i];
	}
	return NULL;
}

#define CALL(name) "(define-public (f) (contract-call? ." name " f))"

static void needs_are_judged_first_in_any_order(void **state)
{
	(void)state;

	app_file("/t/a.clar", CALL("b"));
	app_file("/t/b.clar", CALL("c"));
	app_file("/t/c.clar", "(define-public (f) (ok u1))");
	app_file("/t/d.clar", CALL("a"));
	OK(judge(CLARITY_5));
	assert_int_equal(batch.n_accepted, 4);
	/* c once, b twice, a twice, and d finds all there. */
	assert_true(batch.checks == 6);
	assert_non_null(item("/t/d.clar")->analysis);
	done();
}

static void what_is_missing_is_named(void **state)
{
	(void)state;

	app_file("/t/a.clar", CALL("absent"));
	app_file("/t/b.clar", CALL("wrong"));
	app_file("/t/c.clar", CALL("b"));
	app_file("/t/wrong.clar", "(define-public (f) (ok unknown))");
	OK(judge(CLARITY_5));
	assert_int_equal(batch.n_accepted, 0);
	assert_int_equal(batch.n_rejected, 1);
	assert_int_equal(batch.n_unresolved, 3);
	assert_string_equal(item("/t/a.clar")->reason->needs,
	                    CLAR_SET_ADDRESS ".absent");
	assert_string_equal(item("/t/b.clar")->reason->needs,
	                    CLAR_SET_ADDRESS ".wrong");
	assert_string_equal(item("/t/c.clar")->reason->needs,
	                    CLAR_SET_ADDRESS ".b");
	done();
}

static void a_circle_is_unresolved_and_no_deadlock(void **state)
{
	(void)state;

	app_file("/t/a.clar", CALL("b"));
	app_file("/t/b.clar", CALL("c"));
	app_file("/t/c.clar", CALL("a"));
	app_file("/t/self.clar", CALL("self"));
	OK(judge(CLARITY_5));
	assert_int_equal(batch.n_unresolved, 4);
	done();
}

static void a_name_that_is_only_data_is_no_need(void **state)
{
	(void)state;

	app_file("/t/a.clar", "(define-constant other .b)");
	app_file("/t/b.clar", "(define-constant other .a)");
	OK(judge(CLARITY_5));
	assert_int_equal(batch.n_accepted, 2);
	assert_true(batch.checks == 2);
	done();
}

static void the_lowest_version_that_accepts_is_taken(void **state)
{
	(void)state;

	app_file("/t/one.clar", "(define-read-only (f) block-height)");
	app_file("/t/two.clar", "(define-read-only (f) chain-id)");
	app_file("/t/three.clar", "(define-read-only (f) tenure-height)");
	app_file("/t/four.clar", "(define-read-only (f) current-contract)");
	app_file("/t/none.clar", "(define-read-only (f) nonsense)");
	OK(judge(0));
	assert_int_equal(item("/t/one.clar")->analysis->version, CLARITY_1);
	assert_int_equal(item("/t/two.clar")->analysis->version, CLARITY_2);
	assert_int_equal(item("/t/three.clar")->analysis->version, CLARITY_3);
	assert_int_equal(item("/t/four.clar")->analysis->version, CLARITY_4);
	assert_int_equal(item("/t/none.clar")->state, CLAR_REJECTED);
	assert_string_equal(item("/t/none.clar")->reason->rule,
	                    "UndefinedVariable");
	done();
	OK(judge(CLARITY_3));
	assert_int_equal(item("/t/one.clar")->state, CLAR_REJECTED);
	done();
}

static void a_refusal_tells_the_place_and_shows_the_line(void **state)
{
	(void)state;

	app_file("/t/a.clar", "(define-data-var x int 1)\n"
	                      "(define-read-only (f) (+ 1 u2))\n");
	OK(judge(CLARITY_5));

	const struct clar_reason *r = item("/t/a.clar")->reason;

	assert_string_equal(r->rule, "TypeError");
	assert_int_equal(r->line, 2);
	assert_non_null(strstr(r->rendered, "/t/a.clar:2:"));
	assert_non_null(
	    strstr(r->rendered, "\n    (define-read-only (f) (+ 1 u2))\n"));
	assert_non_null(strchr(r->rendered, '^'));
	done();
}

/* at-block is gone in every version, tenure-height is new in the third: the
 * first is what the author must know. */
static void of_several_refusals_the_telling_one_is_kept(void **state)
{
	(void)state;

	app_file("/t/a.clar", "(define-read-only (f) (at-block 0x00 u1))\n"
	                      "(define-read-only (g) block-height)");
	OK(judge(0));
	assert_string_equal(item("/t/a.clar")->reason->rule,
	                    "AtBlockUnavailable");
	done();
}

static void a_source_that_is_too_large_is_refused(void **state)
{
	(void)state;
	char *text = malloc(AST_SOURCE_MAX + 2);

	assert_non_null(text);
	memset(text, ' ', AST_SOURCE_MAX + 1);
	text[AST_SOURCE_MAX + 1] = '\0';
	app_file("/t/large.clar", text);
	text[AST_SOURCE_MAX] = '\0';
	app_file("/t/fits.clar", text);
	free(text);
	OK(judge(CLARITY_5));
	assert_int_equal(item("/t/fits.clar")->state, CLAR_ACCEPTED);
	assert_string_equal(item("/t/large.clar")->reason->rule,
	                    "SourceTooLarge");
	done();
}

static void a_file_that_cannot_be_read_ends_the_batch(void **state)
{
	(void)state;
	struct env_sim_faults fail = { .fail_after = 1,
		                       .fail_with = ERR_IO,
		                       .fail_all = true };

	app_file("/t/a.clar", "");
	OK(clar_set_init(&set, &app_env, NULL));
	OK(clar_set_add(&set, "/t", true));
	OK(clar_set_finish(&set));
	batch = (struct clar_batch){
		.set = &set, .epoch = EPOCH_3_4, .version = CLARITY_5, .jobs = 1
	};
	env_sim_faults(app_sim, &fail);
	(void)env_now_ms(&app_env);
	assert_true(clar_batch_run(&batch) == ERR_IO || batch.n_accepted == 1);
	done();
}

/* A chain of contracts, judged by threads of the system: the same verdicts,
 * however many there are. */
static void threads_change_nothing(void **state)
{
	enum {
		N = 60
	};
	(void)state;
	char dir[] = "/tmp/tenure-batch-XXXXXX";
	char path[128], text[256];
	struct env env;

	env_os_init(&env);
	assert_non_null(mkdtemp(dir));
	for (int i = 0; i < N; i++) {
		int n = snprintf(text, sizeof(text),
		                 i % 7 ? "(define-public (f) (contract-call? "
		                         ".c%d f))"
		                       : "(define-public (f) (ok %d))",
		                 (i * 31 + 7) % N);

		(void)snprintf(path, sizeof(path), "%s/c%d.clar", dir, i);
		OK(env_replace_file(&env, path, span_of(text, (size_t)n)));
	}
	uint32_t accepted[3], unresolved[3];

	for (unsigned k = 0; k < 3; k++) {
		OK(clar_set_init(&set, &env, NULL));
		OK(clar_set_add(&set, dir, true));
		OK(clar_set_finish(&set));
		batch = (struct clar_batch){ .set = &set,
			                     .epoch = EPOCH_3_4,
			                     .jobs = 1 + 3 * k };
		OK(clar_batch_run(&batch));
		accepted[k] = batch.n_accepted;
		unresolved[k] = batch.n_unresolved;
		assert_int_equal(accepted[k] + unresolved[k], N);
		assert_true(accepted[k] >= N / 7);
		done();
	}
	assert_int_equal(accepted[0], accepted[1]);
	assert_int_equal(accepted[0], accepted[2]);
	for (int i = 0; i < N; i++) {
		(void)snprintf(path, sizeof(path), "%s/c%d.clar", dir, i);
		OK(env_remove(&env, path));
	}
	OK(env_remove(&env, dir));
}

#define TEST(claim) cmocka_unit_test_setup_teardown(claim, app_open, app_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(needs_are_judged_first_in_any_order),
		TEST(what_is_missing_is_named),
		TEST(a_circle_is_unresolved_and_no_deadlock),
		TEST(a_name_that_is_only_data_is_no_need),
		TEST(the_lowest_version_that_accepts_is_taken),
		TEST(a_refusal_tells_the_place_and_shows_the_line),
		TEST(of_several_refusals_the_telling_one_is_kept),
		TEST(a_source_that_is_too_large_is_refused),
		TEST(a_file_that_cannot_be_read_ends_the_batch),
		TEST(threads_change_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
