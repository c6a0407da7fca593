/*
 * tests/clar/clar_check.c - Judges the programs of tests/clar/check.
 *
 * Each program is a test of its own name; README.md says what its comments
 * mean.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "tests/lib/judged.h"

#define FILES_MAX 512
#define SOURCE_MAX 65536

static char sources[FILES_MAX][SOURCE_MAX];
static char names[FILES_MAX][256];

/* The text behind ";; WORD" at the start of a line, or NULL. */
static const char *expectation(const char *source, const char *word)
{
	static char text[1024];
	size_t len = strlen(word);

	for (const char *at = source; at; at = strchr(at, '\n')) {
		at += *at == '\n';
		if (strncmp(at, ";; ", 3) != 0)
			return NULL;
		if (strncmp(at + 3, word, len) == 0) {
			size_t n = strcspn(at + 3 + len, "\n");

			CHECK(n < sizeof(text));
			memcpy(text, at + 3 + len, n);
			text[n] = '\0';
			return text + (text[0] == ' ');
		}
	}
	return NULL;
}

static void compare(struct judged *j, const char *source)
{
	const char *want = expectation(source, "expect-error:");

	assert_string_equal(judged_verdict(j), want ? want : "ok");
	want = expectation(source, "expect-type:");
	if (want)
		assert_string_equal(judged_type(j), want);
	want = expectation(source, "expect-runtime:");
	if (want)
		assert_int_equal(j->meter.spent.of[COST_RUNTIME],
		                 strtoull(want, NULL, 10));
}

static void judge(void **state)
{
	const char *source = *state;
	char epochs[128];
	const char *version = expectation(source, "clarity:");
	struct judged_setting s = { .version = CLARITY_1 };
	int n = 0;

	assert_non_null(version);
	s.version = (enum clarity_version)atoi(version);
	assert_true(expectation(source, "expect-") != NULL);
	(void)snprintf(epochs, sizeof(epochs), "%s",
	               expectation(source, "epochs:"));
	for (char *e = strtok(epochs, " "); e; e = strtok(NULL, " "), n++) {
		struct judged j;

		assert_true(epoch_parse(&s.epoch, span_str(e)));
		judged_open(&j, source, &s);
		compare(&j, source);
		judged_close(&j);
	}
	assert_true(n > 0);
}

static void load(const char *name, size_t place)
{
	char path[1024];
	FILE *f;
	size_t n;

	(void)snprintf(path, sizeof(path), "%s/%s", CLAR_CHECK, name);
	f = fopen(path, "rb");
	CHECK(f);
	n = fread(sources[place], 1, SOURCE_MAX - 1, f);
	CHECK(n < SOURCE_MAX - 1);
	(void)fclose(f);
	CHECK(strlen(name) < sizeof(names[0]));
	memcpy(names[place], name, strlen(name));
}

static int is_program(const struct dirent *d)
{
	size_t len = strlen(d->d_name);

	return len > 5 && strcmp(d->d_name + len - 5, ".clar") == 0;
}

int main(void)
{
	static struct CMUnitTest tests[FILES_MAX];
	struct dirent **files;
	int n = scandir(CLAR_CHECK, &files, is_program, alphasort);

	CHECK(n > 0 && n < FILES_MAX);
	for (int i = 0; i < n; i++) {
		load(files[i]->d_name, (size_t)i);
		tests[i] = (struct CMUnitTest){ .name = names[i],
			                        .test_func = judge,
			                        .initial_state = sources[i] };
		free(files[i]);
	}
	free(files);
	return _cmocka_run_group_tests("clar/check", tests, (size_t)n, NULL,
	                               NULL);
}
