/*
 * tests/clar/clar_native.c - Every word of the language, with its price.
 *
 * Runs the cases of tests/clar/native on the machine, in fast and in exact
 * code, and on the twin: all must give what is written there.  README.md says
 * what the comments mean and where the expectations come from.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/lang/native.h"
#include "clarity/value/repr.h"
#include "tests/twin/pair.h"

#define FILES_MAX 256
#define FILE_MAX 131072

/* A file, cut into its parts. */
struct file {
	char name[64];
	char text[FILE_MAX];
	const char *word;
	struct span lib; /* the contract `lib`, or empty */
	struct span setup;
};

/* One case of it. */
struct one {
	const struct file *file;
	struct span expr;
	bool is_top; /* it is the whole contract */
	enum epoch epoch;
	enum clarity_version version;
	struct span want; /* as it is written: result, cost, memory */
};

static struct file files[FILES_MAX];
static size_t n_cases;

static void say_result(struct buf *b, const struct pair *p, bool is_deploy,
                       bool is_top)
{
	const struct vm_result *r = &p->result;

	if (p->err != ERR_OK)
		(void)buf_addf(
		    b, "%s!%s", is_deploy && !is_top ? "deploy " : "",
		    p->err == ERR_RUN ? vm_error_name(r->failure.kind)
				      : r->diag.rule.name);
	else if (is_top)
		(void)buf_add_str(b, "ok");
	else
		(void)repr_value(b, &r->value);
	(void)buf_add_str(b, " |");
	for (int u = 0; u < COST_UNITS; u++)
		(void)buf_addf(b, " %llu", (unsigned long long)r->cost.of[u]);
	(void)buf_addf(b, " | %llu", (unsigned long long)r->memory);
}

static void add_span(struct buf *b, struct span s)
{
	(void)buf_add_span(b, s);
}

/* The contract that holds the case. */
static void contract(struct buf *b, const struct one *c)
{
	add_span(b, c->file->setup);
	if (!c->is_top)
		(void)buf_add_str(b, "(define-private (the-case) ");
	add_span(b, c->expr);
	if (!c->is_top)
		(void)buf_add_str(
		    b, ")\n(define-public (run-case) (ok (the-case)))");
}

static bool run(struct pair *p, const struct one *c, struct buf *said)
{
	struct buf source;
	bool same = true;

	pair_end_block(p);
	if (c->file->lib.len > 0)
		same = pair_deploy(p, "lib", c->version, c->file->lib) &&
		       p->err == ERR_OK;
	buf_init(&source, FILE_MAX);
	contract(&source, c);
	same = same && pair_deploy(p, "t", c->version, buf_span(&source));
	buf_fini(&source);
	if (!same || c->is_top || p->err != ERR_OK) {
		say_result(said, p, true, c->is_top);
		return same;
	}
	pair_end_block(p);
	same = pair_call_named(p, "t", "run-case", NULL, 0);
	say_result(said, p, false, false);
	return same;
}

static void judge(const struct one *c, bool is_exact)
{
	struct pair_setting s = { .epoch = c->epoch, .is_exact = is_exact };
	struct pair p;
	struct buf said;

	buf_init(&said, (size_t)1 << 24);
	pair_open(&p, &s);
	if (!run(&p, c, &said))
		fail_msg("%.*s in %s: %s", (int)c->expr.len, c->expr.p,
		         epoch_text(c->epoch), buf_str(&p.report));
	if (!span_eq(buf_span(&said), c->want))
		fail_msg("%.*s in %s/%d:\n%s\nnot\n%.*s", (int)c->expr.len,
		         c->expr.p, epoch_text(c->epoch), (int)c->version,
		         buf_str(&said), (int)c->want.len, c->want.p);
	pair_close(&p);
	buf_fini(&said);
	n_cases++;
}

static struct span line_of(const char *s)
{
	return span_of(s, strcspn(s, "\n"));
}

/* A line "EPOCH/VERSION ... => WANT". */
static void judge_line(struct one *c, struct span line)
{
	const char *at = (const char *)line.p;
	const char *arrow = memmem(line.p, line.len, " => ", 4);

	assert_non_null(arrow);
	c->want = span_of(
	    arrow + 4, (size_t)((const char *)line.p + line.len - arrow - 4));
	while (at < arrow) {
		size_t n = strcspn(at, " ");

		assert_true(n > 2 &&
		            epoch_parse(&c->epoch, span_of(at, n - 2)));
		c->version = (enum clarity_version)(at[n - 1] - '0');
		judge(c, false);
		judge(c, true);
		at += n + 1;
	}
}

static bool starts(struct span line, const char *with)
{
	return line.len >= strlen(with) &&
	       memcmp(line.p, with, strlen(with)) == 0;
}

/* Finds the parts. @return the first line of the cases. */
static const char *cut(struct file *f)
{
	char *setup = strstr(f->text, ";; setup\n");
	char *lib = strstr(f->text, ";; lib\n");
	const char *cases;

	assert_true(starts(span_str(f->text), ";; word: "));
	f->word = f->text + strlen(";; word: ");
	assert_non_null(setup);
	if (lib)
		f->lib = span_of(lib + 7, (size_t)(setup - lib - 7));
	setup += strlen(";; setup\n");
	cases = strstr(setup, ";; ");
	assert_non_null(cases);
	f->setup = span_of(setup, (size_t)(cases - setup));
	return cases;
}

static void the_word_does_and_costs_what_is_written(void **state)
{
	struct file *f = *state;
	struct one c = { .file = f };
	size_t before = n_cases;

	for (const char *at = cut(f); *at; at += strcspn(at, "\n") + 1) {
		struct span line = line_of(at);

		c.is_top = starts(line, ";; top: ");
		if (c.is_top)
			c.expr = span_of(line.p + 8, line.len - 8);
		else if (starts(line, ";; case: "))
			c.expr = span_of(line.p + 9, line.len - 9);
		else
			fail_msg("%.*s is no case", (int)line.len, line.p);
		while (at[line.len] == '\n' &&
		       starts(line_of(at + line.len + 1), ";; ") &&
		       at[line.len + 4] >= '0' && at[line.len + 4] <= '9') {
			at += line.len + 1;
			line = line_of(at);
			judge_line(&c, span_of(line.p + 3, line.len - 3));
		}
	}
	assert_true(n_cases > before);
}

static bool has_file(const char *word)
{
	for (size_t i = 0; i < FILES_MAX && files[i].name[0]; i++) {
		struct span line = line_of(files[i].text + 9);

		if (span_eq(line, span_str(word)))
			return true;
	}
	return false;
}

static void every_word_of_the_table_has_a_file(void **state)
{
	(void)state;
	for (int id = 0; id < NATIVE_COUNT; id++) {
		if (!has_file(native_table[id].name))
			fail_msg("no file for %s", native_table[id].name);
	}
}

static void load(const char *name, struct file *f)
{
	char path[1024];
	FILE *in;
	size_t n;

	CHECK(strlen(name) < sizeof(f->name));
	(void)snprintf(f->name, sizeof(f->name), "%s", name);
	(void)snprintf(path, sizeof(path), "%s/%s", CLAR_NATIVE, name);
	in = fopen(path, "rb");
	CHECK(in);
	n = fread(f->text, 1, FILE_MAX - 1, in);
	CHECK(n > 0 && n < FILE_MAX - 1);
	(void)fclose(in);
}

static int is_program(const struct dirent *d)
{
	size_t len = strlen(d->d_name);

	return len > 5 && strcmp(d->d_name + len - 5, ".clar") == 0;
}

int main(void)
{
	static struct CMUnitTest tests[FILES_MAX + 1];
	struct dirent **found;
	int n = scandir(CLAR_NATIVE, &found, is_program, alphasort);

	CHECK(n > 0 && n < FILES_MAX);
	for (int i = 0; i < n; i++) {
		load(found[i]->d_name, &files[i]);
		tests[i] = (struct CMUnitTest){
			.name = files[i].name,
			.test_func = the_word_does_and_costs_what_is_written,
			.initial_state = &files[i],
		};
		free(found[i]);
	}
	free(found);
	tests[n] = (struct CMUnitTest)cmocka_unit_test(
	    every_word_of_the_table_has_a_file);
	return _cmocka_run_group_tests("clar/native", tests, (size_t)n + 1,
	                               NULL, NULL);
}
