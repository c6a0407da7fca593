/* tests/unit/clarity/check/test_check_vectors.c - Replays tests/vectors/check.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/check/iface.h"
#include "tests/unit/clarity/check/check_case.h"

#define LINE_MAX_LEN (1 << 17)

enum part {
	PART_EPOCH,
	PART_VERSION,
	PART_VERDICT,
	PART_COST,
	PART_MEMORY,
	PART_SOURCE,
	PART_INTERFACE, /* only if it is accepted */
	PART_COUNT
};

/* Replaces \n, \t and \\ in place. */
static char *unescape(char *s)
{
	char *out = s;

	for (const char *in = s; *in; in++) {
		if (*in == '\\')
			in++;
		*out++ = *in == 'n' && in[-1] == '\\'   ? '\n'
		         : *in == 't' && in[-1] == '\\' ? '\t'
		                                        : *in;
	}
	*out = '\0';
	return s;
}

/* Parts a line at its tabs. @return how many parts there are. */
static int split(char *line, char *parts[PART_COUNT])
{
	int n = 0;

	line[strcspn(line, "\n")] = '\0';
	while (line && n < PART_COUNT) {
		parts[n++] = line;
		line = strchr(line, '\t');
		if (line)
			*line++ = '\0';
	}
	return n;
}

/* The two contracts that exist already. */
struct world {
	struct snippet programs[2];
	struct arena keep;
	const struct contract_analysis *contracts[2];
	int n;
};

static enum err load(void *ctx, const struct principal *contract,
                     const struct contract_analysis **ret)
{
	const struct world *w = ctx;

	*ret = NULL;
	for (int i = 0; i < w->n; i++) {
		if (principal_eq(contract, w->contracts[i]->contract))
			*ret = w->contracts[i];
	}
	return ERR_OK;
}

static void add(struct world *w, const char *name, char *source)
{
	struct snippet *p = &w->programs[w->n];
	struct analysis_db db = { load, w };
	struct analysis_input in = { .ast = &p->ast,
		                     .epoch = EPOCH_3_0,
		                     .version = CLARITY_2,
		                     .db = &db };
	struct checked checked;

	snippet_open_named(p, name, span_str(unescape(source)), EPOCH_3_0);
	assert_int_equal(p->err, ERR_OK);
	assert_int_equal(analysis_run(&w->keep, &p->arena, &in, &checked, NULL),
	                 ERR_OK);
	w->contracts[w->n++] = checked.analysis;
}

static void compare_cost(const char *text, const struct cost *cost, int line)
{
	char *at = (char *)(uintptr_t)text;

	for (int i = 0; i < COST_UNITS; i++) {
		/* The file has writes and bytes written in this order. */
		unsigned long long want = strtoull(at, &at, 10);

		if (want != cost->of[i])
			fail_msg("line %d: unit %d costs %llu instead of %llu",
			         line, i, (unsigned long long)cost->of[i],
			         want);
	}
}

static void compare(const struct checked *checked, const char *json, int line)
{
	struct buf b;

	buf_init(&b, LINE_MAX_LEN);
	assert_int_equal(iface_write(&b, checked->analysis), ERR_OK);
	(void)buf_add_u8(&b, '\0');
	if (strcmp((const char *)b.p, json) != 0)
		fail_msg("line %d: %s", line, (const char *)b.p);
	buf_fini(&b);
}

static void replay(struct world *w, char *parts[PART_COUNT], int line)
{
	struct cost limit = { .of = { UINT64_MAX, UINT64_MAX, UINT64_MAX,
		                      UINT64_MAX, UINT64_MAX } };
	struct analysis_db db = { load, w };
	struct analysis_input in = { .db = &db };
	struct memory memory;
	struct meter meter;
	struct checked checked;
	struct snippet p;
	struct diag d;
	enum err e;

	assert_true(epoch_parse(&in.epoch, span_str(parts[PART_EPOCH])));
	in.version = (enum clarity_version)atoi(parts[PART_VERSION]);
	snippet_open_named(&p, "c", span_str(unescape(parts[PART_SOURCE])),
	                   in.epoch);
	assert_int_equal(p.err, ERR_OK);
	meter_init(&meter, &limit);
	memory_init(&memory, MEMORY_LIMIT);
	in.ast = &p.ast;
	in.meter = &meter;
	in.memory = &memory;
	e = analysis_run(&p.arena, &p.arena, &in, &checked, &d);
	if (strcmp(e == ERR_OK ? "ok" : d.rule.name, parts[PART_VERDICT]) != 0)
		fail_msg("line %d: %s instead of %s", line,
		         e == ERR_OK ? "ok" : d.rule.name, parts[PART_VERDICT]);
	compare_cost(parts[PART_COST], &meter.spent, line);
	if (e == ERR_OK) {
		assert_int_equal(memory.used, atoi(parts[PART_MEMORY]));
		compare(&checked, parts[PART_INTERFACE], line);
	}
	snippet_close(&p);
}

static void
every_program_has_verdict_price_and_interface_on_record(void **state)
{
	static char line[LINE_MAX_LEN];
	struct world w = { .n = 0 };
	FILE *f = fopen(CHECK_VECTORS, "rb");
	int n = 0;

	(void)state;
	assert_non_null(f);
	arena_init(&w.keep, 1 << 20);
	while (fgets(line, sizeof(line), f)) {
		char *parts[PART_COUNT] = { NULL };

		n++;
		if (split(line, parts) == 2)
			add(&w, parts[0], parts[1]);
		else
			replay(&w, parts, n);
	}
	(void)fclose(f);
	assert_int_equal(w.n, 2);
	assert_true(n > 2500);
	for (int i = 0; i < w.n; i++)
		snippet_close(&w.programs[i]);
	arena_fini(&w.keep);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_program_has_verdict_price_and_interface_on_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
