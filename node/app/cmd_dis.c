/* node/app/cmd_dis.c - Compiled contracts as text; see cmd_dis.h. */
#include "config.h"

#include "node/app/cmd_dis.h"

#include "clarity/vm/dis.h"
#include "node/app/app_io.h"
#include "node/app/clar_job.h"

enum {
	OPT_FUNCTION = CLAR_JOB_OPTS,
	OPT_EXACT,
	OPT_COUNT
};

const struct cmd_opt cmd_dis_opts[] = {
	CLAR_JOB_ROWS,
	[OPT_FUNCTION] = { .name = "function",
	                   .letter = 'f',
	                   .kind = CMD_TEXT,
	                   .value = "NAME",
	                   .help = "list this function alone" },
	[OPT_EXACT] = { .name = "exact",
	                .help = "list the code that runs near a limit, in "
	                        "which each charge is an instruction" },
};

_Static_assert(OPT_COUNT == CMD_DIS_OPTS, "the table of verbs counts them");

static const char *form_name(enum native form)
{
	if (form == DEFINE_PUBLIC)
		return "public";
	return form == DEFINE_READ_ONLY ? "read_only" : "private";
}

static void json_insn(struct json_write *w, const struct dis *d, uint32_t at,
                      struct buf *text)
{
	const struct insn *i = &d->code->insns[at];
	struct diag_span s = dis_span(d, at);
	struct span source = d->contract->source;

	buf_reset(text);
	(void)dis_operands(text, d, at);
	json_write_object(w);
	json_write_key(w, "at");
	json_write_u64(w, at);
	json_write_key(w, "op");
	json_write_str(w, bytecode_name((enum opcode)i->op));
	json_write_key(w, "operands");
	json_write_text(w, buf_span(text));
	json_write_key(w, "runtime");
	json_write_u64(w, i->cost);
	if (s.end > 0) {
		struct diag_place p = diag_place(source, s.start);

		json_write_key(w, "line");
		json_write_u64(w, p.line);
		json_write_key(w, "column");
		json_write_u64(w, p.column);
		json_write_key(w, "source");
		json_write_text(w,
		                span_of(source.p + s.start, s.end - s.start));
	}
	json_write_close(w);
}

static void json_function(struct json_write *w, const struct dis *d,
                          struct buf *text)
{
	buf_reset(text);
	(void)dis_signature(text, d);
	json_write_object(w);
	json_write_key(w, "name");
	json_write_text(w, d->function->name);
	json_write_key(w, "signature");
	json_write_text(w, buf_span(text));
	json_write_key(w, "form");
	json_write_str(w, form_name(d->function->form));
	json_write_key(w, "line");
	json_write_u64(
	    w, diag_place(d->contract->source, d->function->body->span.start)
		   .line);
	json_write_key(w, "registers");
	json_write_u64(w, d->code->n_regs);
	json_write_key(w, "depth");
	json_write_u64(w, d->code->depth);
	json_write_key(w, "hold");
	json_write_u64(w, d->code->hold);
	json_write_key(w, "code");
	json_write_array(w);
	for (uint32_t at = 0; at < d->code->n_insns; at++)
		json_insn(w, d, at, text);
	json_write_close(w);
	json_write_close(w);
}

/* Lists the wanted functions of the contract. */
static enum err list(struct clar_job *j, const struct principal *id,
                     struct buf *text, uint32_t *listed)
{
	const char *name = j->args->opt[OPT_FUNCTION].text;
	bool is_exact = j->args->opt[OPT_EXACT].is_set;
	struct dis d;
	bool found;

	for (uint32_t i = 0;; i++) {
		TRY(dis_find(j->sim.vm, id, i, is_exact, &d, &found));
		if (!found)
			return ERR_OK;
		if (name && !span_eq(d.function->name, span_str(name)))
			continue;
		if (clar_job_is_json(j)) {
			json_function(&j->json, &d, text);
		} else {
			(void)buf_add_str(&j->out, *listed ? "\n" : "");
			(void)dis_write(&j->out, &d);
		}
		(*listed)++;
	}
}

static int dis(struct clar_job *j)
{
	const struct principal *id = j->sim.set.items[0].contract;
	uint32_t listed = 0;
	struct buf text;
	enum err e;

	if (j->sim.set.n_wanted != 1)
		return app_io_wrong(j->env, j->args->operands[0],
		                    "is not one contract");
	if (clar_job_is_json(j)) {
		json_write_object(&j->json);
		json_write_key(&j->json, "contract");
		clar_show_json_principal(&j->json, id);
		json_write_key(&j->json, "functions");
		json_write_array(&j->json);
	}
	vm_begin(j->sim.vm, &j->sim.limit);
	buf_init(&text, j->out.max);
	e = list(j, id, &text, &listed);
	buf_fini(&text);
	if (e != ERR_OK)
		return clar_job_wrong(j, e);
	if (listed == 0 && j->args->opt[OPT_FUNCTION].is_set)
		return app_io_wrong(j->env, j->args->opt[OPT_FUNCTION].text,
		                    "there is no such function");
	if (!clar_job_is_json(j))
		return clar_job_write(j, CMD_EXIT_OK);
	json_write_close(&j->json);
	json_write_close(&j->json);
	return clar_job_write_json(j, CMD_EXIT_OK);
}

int cmd_dis_run(const struct cmd_args *args, void *ctx)
{
	struct clar_job j;
	int code = clar_job_open(&j, args, ctx);

	if (code == CMD_EXIT_OK)
		code = clar_job_deploy(&j, args->operands[0]);
	if (code == CMD_EXIT_OK)
		code = dis(&j);
	clar_job_close(&j);
	return code;
}
