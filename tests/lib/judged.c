/* tests/lib/judged.c - Checked programs for tests; contract in judged.h. */
#include "config.h"

#include "tests/lib/judged.h"

#include "clarity/base/check.h"
#include "clarity/check/iface.h"
#include "clarity/value/repr.h"

#define KEEP_MAX ((size_t)256 * 1024 * 1024)
#define TEXT_MAX ((size_t)64 * 1024 * 1024)

static enum err load(void *ctx, const struct principal *contract,
                     const struct contract_analysis **ret)
{
	const struct judged *j = ctx;

	*ret = NULL;
	for (uint32_t i = 0; i < j->n_others; i++) {
		if (principal_eq(contract, j->others[i]->contract))
			*ret = j->others[i];
	}
	return ERR_OK;
}

static enum err check(struct judged *j, struct snippet *p,
                      const struct judged_setting *s, struct checked *ret)
{
	struct analysis_db db = { load, j };
	struct analysis_input in = { .ast = &p->ast,
		                     .epoch = s->epoch,
		                     .version = s->version,
		                     .db = &db,
		                     .meter = &j->meter,
		                     .memory = &j->memory };

	return analysis_run(&j->keep, &p->arena, &in, ret, &j->diag);
}

static void start_meters(struct judged *j, const struct judged_setting *s)
{
	struct cost limit;

	for (int i = 0; i < COST_UNITS; i++)
		limit.of[i] = UINT64_MAX;
	if (s->runtime_limit)
		limit.of[COST_RUNTIME] = s->runtime_limit;
	meter_init(&j->meter, &limit);
	memory_init(&j->memory,
	            s->memory_limit ? s->memory_limit : MEMORY_LIMIT);
}

static void open_other(struct judged *j, const struct judged_other *o,
                       const struct judged_setting *s)
{
	struct judged_setting free = { .epoch = s->epoch,
		                       .version = s->version };
	struct snippet *p = &j->other_snippets[j->n_others];
	struct checked checked;

	CHECK(j->n_others < JUDGED_OTHERS_MAX);
	snippet_open_named(p, o->name, span_str(o->source), s->epoch);
	CHECK(p->err == ERR_OK);
	start_meters(j, &free);
	CHECK(check(j, p, s, &checked) == ERR_OK);
	j->others[j->n_others++] = checked.analysis;
}

void judged_open_span(struct judged *j, struct span source,
                      const struct judged_setting *s)
{
	*j = (struct judged){ .err = ERR_PARSE };
	arena_init(&j->keep, KEEP_MAX);
	buf_init(&j->text, TEXT_MAX);
	for (const struct judged_other *o = s->others; o && o->name; o++)
		open_other(j, o, s);
	snippet_open_span(&j->snippet, source, s->epoch);
	j->diag = j->snippet.diag;
	start_meters(j, s);
	if (j->snippet.err == ERR_OK)
		j->err = check(j, &j->snippet, s, &j->checked);
}

void judged_open(struct judged *j, const char *source,
                 const struct judged_setting *s)
{
	judged_open_span(j, span_str(source), s);
}

const char *judged_verdict(const struct judged *j)
{
	return j->err == ERR_OK ? "ok" : j->diag.rule.name;
}

static const char *text(struct judged *j)
{
	(void)buf_add_u8(&j->text, '\0');
	CHECK(buf_err(&j->text) == ERR_OK);
	return (const char *)j->text.p;
}

const char *judged_type(struct judged *j)
{
	const struct ast *ast = &j->snippet.ast;
	const struct type *t = NULL;

	CHECK(j->err == ERR_OK);
	if (ast->n > 0)
		t = j->checked.exprs[ast->items[ast->n - 1].id].type;
	if (!t)
		return "none";
	buf_reset(&j->text);
	(void)repr_type(&j->text, t);
	return text(j);
}

const char *judged_interface(struct judged *j)
{
	CHECK(j->err == ERR_OK);
	buf_reset(&j->text);
	CHECK(iface_write(&j->text, j->checked.analysis) == ERR_OK);
	return text(j);
}

void judged_close(struct judged *j)
{
	for (uint32_t i = 0; i < j->n_others; i++)
		snippet_close(&j->other_snippets[i]);
	snippet_close(&j->snippet);
	arena_fini(&j->keep);
	buf_fini(&j->text);
}
