/* node/app/clar_judge.c - One contract's verdict; contract in clar_judge.h. */
#include "config.h"

#include "node/app/clar_judge.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/check/check_error.h"
#include "clarity/lang/ast.h"

#define KEEP_MAX ((size_t)16 << 30)
#define TREE_MAX (AST_ARENA_MAX + AST_SOURCE_MAX)
#define WORK_MAX ((size_t)1 << 30)

/* Bytes of a rendered reason. */
#define RENDERED_MAX ((size_t)16 * 1024)

void clar_judge_init(struct clar_judge *j)
{
	arena_init(&j->keep, KEEP_MAX);
	arena_init(&j->tree, TREE_MAX);
	arena_init(&j->work, WORK_MAX);
}

void clar_judge_fini(struct clar_judge *j)
{
	arena_fini(&j->keep);
	arena_fini(&j->tree);
	arena_fini(&j->work);
}

/* The checker asks for a contract. */
static enum err judge_load(void *ctx, const struct principal *contract,
                           const struct contract_analysis **ret)
{
	struct clar_judge *j = ctx;
	struct clar_item *item = clar_set_find(j->set, contract);
	int state =
	    item ? atomic_load_explicit(&item->state, memory_order_acquire)
		 : CLAR_UNRESOLVED;

	*ret = NULL;
	if (state == CLAR_ACCEPTED) {
		*ret = item->analysis;
		return ERR_OK;
	}
	if (state < CLAR_ACCEPTED && !j->is_final) {
		j->blocked_on = item;
		return ERR_AGAIN;
	}
	if (!j->missing)
		j->missing = contract;
	return ERR_OK;
}

static const char *keep_str(struct clar_judge *j, const char *text)
{
	return arena_str(&j->keep, text, strlen(text));
}

static const char *keep_rendered(struct clar_judge *j, const struct diag *d,
                                 const char *path, struct span source)
{
	struct buf text;

	buf_init(&text, RENDERED_MAX);
	diag_render(&text, d, path, source, j->has_color);

	const char *kept = keep_str(j, buf_str(&text));

	buf_fini(&text);
	return kept;
}

static const char *keep_contract(struct clar_judge *j,
                                 const struct principal *contract)
{
	struct buf text;

	if (!contract)
		return "";
	buf_init(&text, PRINCIPAL_MAX_TEXT);
	(void)principal_format(&text, contract);

	const char *kept = keep_str(j, buf_str(&text));

	buf_fini(&text);
	return kept;
}

/* Keeps why an item is not accepted. */
static enum err keep_reason(struct clar_judge *j, struct clar_item *item,
                            const struct diag *d, struct span source)
{
	struct clar_reason *r = arena_new(&j->keep, struct clar_reason);

	if (!r)
		return ERR_NO_MEMORY;
	*r = (struct clar_reason){
		.rule = keep_str(j, d->rule.name ? d->rule.name : "Unknown"),
		.message = keep_str(j, d->message),
		.suggestion = keep_str(j, d->suggestion),
		.rendered = keep_rendered(j, d, item->path, source),
		.needs = keep_contract(j, j->ever_missing),
	};
	if (d->span.end && d->span.start <= source.len) {
		struct diag_place at = diag_place(source, d->span.start);

		r->line = at.line;
		r->column = at.column;
	}
	item->reason = r;
	return arena_err(&j->keep);
}

/* A refusal that is not of the language. */
static void diag_own(struct diag *d, const char *rule, const char *message)
{
	diag_set(d, (struct diag_rule){ .stage = DIAG_PARSE, .name = rule },
	         (struct diag_span){ 0 }, "%s", message);
}

/* One version; its analysis is kept only if it accepts. */
static enum err judge_version(struct clar_judge *j, struct clar_item *item,
                              const struct ast *ast,
                              enum clarity_version version, struct diag *diag)
{
	struct analysis_db db = { .load = judge_load, .ctx = j };
	struct analysis_input in = {
		.ast = ast, .epoch = j->epoch, .version = version, .db = &db
	};
	struct arena_mark mark = arena_mark(&j->keep);
	struct checked checked;

	arena_reset(&j->work);
	j->missing = NULL;

	enum err e = analysis_run(&j->keep, &j->work, &in, &checked, diag);

	if (e == ERR_OK)
		item->analysis = checked.analysis;
	else
		arena_cut(&j->keep, mark);
	return e;
}

/* A name that is unknown in one version may be known in another. */
static bool is_of_version(const struct diag *d)
{
	return d->rule.stage == DIAG_CHECK &&
	       (d->rule.code == CHECK_UNKNOWN_FUNCTION ||
	        d->rule.code == CHECK_UNDEFINED_VARIABLE);
}

/* Which of two refusals tells more: one that is not of the version alone, and
 * of equals the one that got further. */
static bool is_telling(const struct diag *a, const struct diag *b)
{
	if (b->rule.stage == DIAG_NONE)
		return true;
	if (is_of_version(a) != is_of_version(b))
		return is_of_version(b);
	return a->span.start > b->span.start;
}

/* Tries the versions from the lowest; `best` is why the best one failed. */
static enum err judge_versions(struct clar_judge *j, struct clar_item *item,
                               const struct ast *ast, struct diag *best)
{
	enum err e = ERR_CHECK;

	diag_reset(best);
	for (enum clarity_version v = j->first; v <= j->last; v++) {
		struct diag d;

		diag_reset(&d);
		e = judge_version(j, item, ast, v, &d);
		if (e == ERR_OK || err_class(e) == ERR_CLASS_FAULT)
			return e;
		if (!j->ever_missing)
			j->ever_missing = j->missing;
		if (is_telling(&d, best))
			*best = d;
	}
	return e;
}

static enum err judge_source(struct clar_judge *j, struct clar_item *item,
                             struct span source, struct diag *why)
{
	struct ast_input in = { .source = source,
		                .contract = item->contract,
		                .epoch = j->epoch };
	struct ast ast;

	diag_reset(why);
	TRY(ast_build(&j->tree, &in, &ast, why));
	return judge_versions(j, item, &ast, why);
}

enum err clar_judge_run(struct clar_judge *j, struct clar_item *item,
                        enum clar_state *ret_state)
{
	struct span source = span_of(NULL, 0);
	struct diag why;
	enum err e;

	arena_reset(&j->tree);
	j->blocked_on = NULL;
	j->ever_missing = NULL;
	diag_reset(&why);
	e = env_read_file(j->set->env, &j->tree, item->path, AST_SOURCE_MAX,
	                  &source);
	if (e == ERR_TOO_LARGE)
		diag_own(&why, "SourceTooLarge",
		         "the source has more than 2 MiB, which no "
		         "transaction can carry");
	if (e == ERR_OK) {
		item->bytes = source.len;
		e = judge_source(j, item, source, &why);
	}
	if (e == ERR_OK) {
		*ret_state = CLAR_ACCEPTED;
		return ERR_OK;
	}
	if (err_class(e) == ERR_CLASS_FAULT)
		return e;
	*ret_state = j->ever_missing ? CLAR_UNRESOLVED : CLAR_REJECTED;
	return keep_reason(j, item, &why, source);
}
