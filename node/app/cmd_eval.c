/* node/app/cmd_eval.c - The value of an expression; see cmd_eval.h. */
#include "config.h"

#include "node/app/cmd_eval.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/lang/ast.h"
#include "clarity/lang/native.h"
#include "clarity/value/value_codec.h"
#include "node/app/app_io.h"
#include "node/app/clar_job.h"

enum {
	OPT_HEX = CLAR_JOB_OPTS,
	OPT_COUNT
};

const struct cmd_opt cmd_eval_opts[] = {
	CLAR_JOB_ROWS,
	[OPT_HEX] = { .name = "hex",
	              .letter = 'x',
	              .help = "write the value's consensus bytes as hex" },
};

_Static_assert(OPT_COUNT == CMD_EVAL_OPTS, "the table of verbs counts them");

/* What is being evaluated. */
struct eval {
	struct clar_job job;
	struct span text;
	char *defines; /* the text without its last expression */
	char *last;    /* the text with nothing else */
	enum clarity_version version;
	const struct principal *id; /* of the contract that the text is */
	struct vm_result r;
};

/* --- what comes out --- */

static int show_refusal(struct eval *ev, struct diag *d)
{
	struct clar_job *j = &ev->job;
	struct clar_source source = { .text = ev->text };

	if (clar_job_is_json(j)) {
		json_write_object(&j->json);
		json_write_key(&j->json, "error");
		clar_show_json_refusal(&j->json, d, &source);
		json_write_close(&j->json);
		return clar_job_write_json(j, CMD_EXIT_REJECT);
	}
	clar_show_refusal(&j->out, d, &source, j->sim.options.has_color);
	return clar_job_reject(j, buf_span(&j->out));
}

static int show_failure(struct eval *ev)
{
	struct clar_job *j = &ev->job;
	struct clar_sources sources = clar_sim_sources(&j->sim);

	if (!clar_job_is_json(j)) {
		clar_show_failure(&j->out, &ev->r.failure, &sources);
		return clar_job_reject(j, buf_span(&j->out));
	}
	json_write_object(&j->json);
	json_write_key(&j->json, "error");
	clar_show_json_failure(&j->json, &ev->r.failure, &sources);
	json_write_key(&j->json, "cost");
	clar_show_json_cost(&j->json, &ev->r.cost);
	json_write_close(&j->json);
	return clar_job_write_json(j, CMD_EXIT_REJECT);
}

/* Whatever did not succeed. */
static int show_wrong(struct eval *ev, enum err e)
{
	struct clar_job *j = &ev->job;

	if (e == ERR_RUN)
		return show_failure(ev);
	if (ev->r.diag.rule.stage != DIAG_NONE)
		return show_refusal(ev, &ev->r.diag);
	if (err_class(e) == ERR_CLASS_VERDICT)
		return app_io_reject(j->env, "eval", err_text(e));
	return clar_job_wrong(j, e);
}

/* Standard output has the value and nothing else; events go beside it. */
static int show_value(struct eval *ev)
{
	struct clar_job *j = &ev->job;
	struct buf events;
	int ignored;

	if (clar_job_is_json(j)) {
		json_write_object(&j->json);
		json_write_key(&j->json, "value");
		clar_show_json_value(&j->json, &ev->r.value);
		json_write_key(&j->json, "events");
		clar_show_json_events(&j->json, &ev->r);
		json_write_key(&j->json, "cost");
		clar_show_json_cost(&j->json, &ev->r.cost);
		json_write_close(&j->json);
		return clar_job_write_json(j, CMD_EXIT_OK);
	}
	buf_init(&events, j->out.max);
	clar_show_events(&events, &ev->r);
	ignored = clar_job_reject(j, buf_span(&events));
	(void)ignored;
	buf_fini(&events);
	if (!j->args->opt[OPT_HEX].is_set) {
		clar_show_value(&j->out, &ev->r.value);
		return clar_job_write(j, CMD_EXIT_OK);
	}

	struct span bytes;
	enum err e = value_codec_bytes(&j->sim.arena, &bytes, &ev->r.value);

	if (e != ERR_OK)
		return clar_job_wrong(j, e);
	(void)buf_add_str(&j->out, "0x");
	(void)buf_add_hex(&j->out, bytes.p, bytes.len);
	(void)buf_add_u8(&j->out, '\n');
	return clar_job_write(j, CMD_EXIT_OK);
}

/* --- the text --- */

/* The form that is written last. */
static const struct ast_node *last_form(const struct ast *ast)
{
	const struct ast_node *last = NULL;

	for (uint32_t i = 0; i < ast->n; i++) {
		if (!last || ast->items[i].span.start > last->span.start)
			last = &ast->items[i];
	}
	return last;
}

/* Blanks keep all places of the text. */
static void blank(char *text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (text[i] != '\n')
			text[i] = ' ';
	}
}

/* Parts the text into what it defines and its last expression. */
static int split(struct eval *ev)
{
	struct clar_job *j = &ev->job;
	struct arena *a = &j->sim.arena;
	struct ast_input in = { .source = ev->text,
		                .contract = ev->id,
		                .epoch = j->sim.options.epoch };
	struct ast ast;
	enum err e = ast_build(a, &in, &ast, &ev->r.diag);

	if (e != ERR_OK)
		return show_wrong(ev, e);

	const struct ast_node *last = last_form(&ast);

	if (!last || native_is_define(ast_head(last)))
		return app_io_reject(j->env, "eval",
		                     "there is no expression to evaluate");
	ev->defines = arena_str(a, (const char *)ev->text.p, ev->text.len);
	ev->last = arena_str(a, (const char *)ev->text.p, ev->text.len);
	if (!ev->defines || !ev->last)
		return clar_job_wrong(j, ERR_NO_MEMORY);
	blank(ev->defines, last->span.start, last->span.end);
	blank(ev->last, 0, last->span.start);
	return CMD_EXIT_OK;
}

static enum err begin(struct eval *ev, const struct cost *limit)
{
	vm_begin(ev->job.sim.vm, limit);
	ev->r = (struct vm_result){ .stage = VM_STAGE_PARSE };
	return ERR_OK;
}

/* Checks the whole, deploys the definitions, evaluates the last form. */
static enum err evaluate(struct eval *ev)
{
	struct clar_sim *s = &ev->job.sim;
	struct vm_source source = { .contract = ev->id,
		                    .text = ev->text,
		                    .version = ev->version };
	struct vm_expr expr = { .contract = ev->id,
		                .sender = s->sender,
		                .text = span_str(ev->last) };

	TRY(begin(ev, &s->limit));
	TRY(vm_check(s->vm, &source, &ev->r.diag));
	source.text = span_str(ev->defines);
	TRY(vm_deploy(s->vm, &source, &ev->r));
	TRY(vm_commit(s->vm));
	TRY(begin(ev, &s->limit));
	return vm_eval(s->vm, &expr, &ev->r);
}

static enum err read_text(struct eval *ev)
{
	struct clar_job *j = &ev->job;
	const char *text = j->args->operands[0];

	if (strcmp(text, "-") == 0)
		return app_io_read(j->env, &j->sim.arena, "-", AST_SOURCE_MAX,
		                   &ev->text);
	ev->text = span_str(text);
	return ERR_OK;
}

static int eval(struct eval *ev)
{
	struct clar_sim *s = &ev->job.sim;
	int code = clar_job_deploy(&ev->job, NULL);
	enum err e;

	if (code != CMD_EXIT_OK)
		return code;
	e = read_text(ev);
	if (e == ERR_OK)
		e = principal_new_contract(&s->arena, &ev->id, s->set.address,
		                           span_str("eval"));
	if (e != ERR_OK)
		return clar_job_wrong(&ev->job, e);
	code = split(ev);
	if (code != CMD_EXIT_OK)
		return code;
	ev->version = s->options.version ? s->options.version
	                                 : version_max(s->options.epoch);
	s->line = ev->text;
	s->line_contract = ev->id;
	e = evaluate(ev);
	return e == ERR_OK ? show_value(ev) : show_wrong(ev, e);
}

int cmd_eval_run(const struct cmd_args *args, void *ctx)
{
	struct eval ev = { .text = { NULL, 0 } };
	int code = clar_job_open(&ev.job, args, ctx);

	if (code == CMD_EXIT_OK)
		code = eval(&ev);
	clar_job_close(&ev.job);
	return code;
}
