/* tests/unit/clarity/base/test_err.c - Claims about err.c and check.h. */
#include "config.h"

#include "tests/lib/unit.h"

#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clarity/base/check.h"
#include "clarity/base/err.h"

static void every_error_has_a_class_a_name_and_a_text(void **state)
{
	(void)state;

	for (enum err e = ERR_OK; e < ERR_COUNT; e++) {
		assert_true(strlen(err_name(e)) > 0);
		assert_true(strlen(err_text(e)) > 0);
		assert_true(err_class(e) < ERR_CLASS_COUNT);
		assert_int_equal(err_class(e) == ERR_CLASS_NONE, e == ERR_OK);
	}
}

static void names_and_texts_are_unique_and_plain(void **state)
{
	(void)state;

	for (enum err e = ERR_OK; e < ERR_COUNT; e++) {
		const char *text = err_text(e);

		for (enum err f = ERR_OK; f < e; f++) {
			assert_string_not_equal(err_name(e), err_name(f));
			assert_string_not_equal(text, err_text(f));
		}
		assert_true(text[strlen(text) - 1] != '.');
	}
}

static enum err fails_with(enum err e, bool *went_on)
{
	TRY(e);
	*went_on = true;
	return ERR_OK;
}

static void try_returns_early_only_on_failure(void **state)
{
	(void)state;
	bool went_on = false;

	assert_int_equal(fails_with(ERR_SYNTAX, &went_on), ERR_SYNTAX);
	assert_false(went_on);
	assert_int_equal(fails_with(ERR_OK, &went_on), ERR_OK);
	assert_true(went_on);
}

static void a_bug_aborts_the_program(void **state)
{
	(void)state;
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		(void)close(STDERR_FILENO);
		(void)signal(SIGABRT, SIG_DFL);
		CHECK(1 + 1 == 2);
		CHECK(1 + 1 == 3);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_error_has_a_class_a_name_and_a_text),
		cmocka_unit_test(names_and_texts_are_unique_and_plain),
		cmocka_unit_test(try_returns_early_only_on_failure),
		cmocka_unit_test(a_bug_aborts_the_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
