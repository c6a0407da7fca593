/* tests/unit/clarity/value/test_value_case.c - Replays tests/vectors/value. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/value_case.h"

/* Splits a line at " => " and compares; `line` has no newline. */
static void replay_line(struct arena *a, struct buf *b, char *line,
                        const char *file, int number)
{
	char *arrow = strstr(line, "\t=>\t");

	if (!arrow)
		fail_msg("%s:%d: no answer", file, number);
	arena_reset(a);
	buf_reset(b);
	if (!value_case_answer(b, a, span_of(line, (size_t)(arrow - line))))
		fail_msg("%s:%d: not a question", file, number);
	(void)buf_add_u8(b, 0);
	assert_int_equal(buf_err(b), ERR_OK);
	if (strcmp((const char *)b->p, arrow + 4) != 0)
		fail_msg("%s:%d: %s", file, number, (const char *)b->p);
}

static void replay(const char *name)
{
	char path[4096];
	char *line = NULL;
	size_t cap = 0;
	struct arena a;
	struct buf b;
	int number = 0;
	ssize_t n;

	(void)snprintf(path, sizeof(path), "%s/value/%s", OWN_VECTORS_DIR,
	               name);
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	arena_init(&a, 1u << 28);
	buf_init(&b, 1u << 24);
	while ((n = getline(&line, &cap, f)) > 0) {
		line[n - 1] = '\0';
		replay_line(&a, &b, line, name, ++number);
	}
	assert_true(number > 0);
	free(line);
	buf_fini(&b);
	arena_fini(&a);
	(void)fclose(f);
}

static void types_have_the_sizes_and_limits_of_the_vectors(void **state)
{
	(void)state;
	replay("type.txt");
}

static void supertypes_are_those_of_the_vectors(void **state)
{
	(void)state;
	replay("super.txt");
}

static void admission_is_that_of_the_vectors(void **state)
{
	(void)state;
	replay("admits.txt");
}

static void bytes_read_as_in_the_vectors(void **state)
{
	(void)state;
	replay("decode.txt");
}

static void values_are_cut_as_in_the_vectors(void **state)
{
	(void)state;
	replay("sanitize.txt");
}

static void principals_read_as_in_the_vectors(void **state)
{
	(void)state;
	replay("principal.txt");
}

static void limits_and_traps_are_those_written_by_hand(void **state)
{
	(void)state;
	replay("own.txt");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    types_have_the_sizes_and_limits_of_the_vectors),
		cmocka_unit_test(supertypes_are_those_of_the_vectors),
		cmocka_unit_test(admission_is_that_of_the_vectors),
		cmocka_unit_test(bytes_read_as_in_the_vectors),
		cmocka_unit_test(values_are_cut_as_in_the_vectors),
		cmocka_unit_test(principals_read_as_in_the_vectors),
		cmocka_unit_test(limits_and_traps_are_those_written_by_hand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
