/* node/app/cmd_exec.c - A function of contracts in memory; see cmd_exec.h. */
#include "config.h"

#include "node/app/cmd_exec.h"

#include "clarity/base/check.h"
#include "clarity/value/int128.h"
#include "node/app/app_io.h"
#include "node/app/clar_cost.h"
#include "node/app/clar_job.h"
#include "node/app/clar_trace.h"

enum {
	OPT_STEPS = CLAR_JOB_OPTS,
	OPT_DEPTH,
	OPT_LIMIT,
	OPT_COUNT
};

/* Lines of a trace if nobody says how many. */
#define TRACE_LINES 1000u
#define TRACE_LINES_MAX 1000000u

const struct cmd_opt cmd_exec_opts[] = { CLAR_JOB_ROWS };

const struct cmd_opt cmd_exec_trace_opts[] = {
	CLAR_JOB_ROWS,
	[OPT_STEPS] = { .name = "steps",
	                .help = "show what each expression costs, too" },
	[OPT_DEPTH] = { .name = "depth",
	                .letter = 'd',
	                .kind = CMD_NUMBER,
	                .value = "N",
	                .help = "hide calls deeper than this",
	                .min = 0,
	                .max = WATCH_MAX_DEPTH },
	[OPT_LIMIT] = { .name = "limit",
	                .letter = 'n',
	                .kind = CMD_NUMBER,
	                .value = "LINES",
	                .help = "the most lines, or JSON events; 1000 if not "
	                        "given",
	                .min = 1,
	                .max = TRACE_LINES_MAX },
};

_Static_assert(COUNT_OF(cmd_exec_opts) == CMD_EXEC_OPTS &&
                   OPT_COUNT == CMD_EXEC_TRACE_OPTS,
               "the table of verbs counts them");

/* A call, and how it ended. */
struct exec {
	struct clar_job job;
	struct clar_sim_target target;
	struct vm_result r;
	enum err e;
};

/* Deploys, and finds the function and its arguments. */
static int prepare(struct exec *x, const struct cmd_args *args, void *ctx)
{
	int code = clar_job_open(&x->job, args, ctx);

	if (code == CMD_EXIT_OK)
		code = clar_job_deploy(&x->job, args->operands[0]);
	if (code == CMD_EXIT_OK && args->n_operands > 1)
		code = clar_job_target(&x->job, &x->target);
	return code;
}

/* Calls. @return CMD_EXIT_OK also when the call failed: `x->e` tells. */
static int call(struct exec *x)
{
	x->e = clar_sim_call(&x->job.sim, &x->target, &x->r);
	if (x->e != ERR_OK && x->e != ERR_RUN)
		return clar_job_wrong(&x->job, x->e);
	return CMD_EXIT_OK;
}

static int ended(const struct exec *x)
{
	return x->e == ERR_OK ? CMD_EXIT_OK : CMD_EXIT_REJECT;
}

/* Whether the writes of the call stay: an (err …) takes them back. */
static bool is_kept(const struct exec *x)
{
	return x->e == ERR_OK && value_outer(&x->r.value) != VALUE_ERR;
}

static int show_failed(struct exec *x)
{
	struct clar_sources s = clar_sim_sources(&x->job.sim);
	struct buf report;
	int code;

	buf_init(&report, x->job.out.max);
	clar_show_failure(&report, &x->r.failure, &s);
	code = clar_job_reject(&x->job, buf_span(&report));
	buf_fini(&report);
	return code;
}

/* --- run --- */

static void json_result(struct exec *x)
{
	struct json_write *w = &x->job.json;
	struct clar_sources s = clar_sim_sources(&x->job.sim);

	if (x->e == ERR_OK) {
		json_write_key(w, "result");
		clar_show_json_value(w, &x->r.value);
	} else {
		json_write_key(w, "error");
		clar_show_json_failure(w, &x->r.failure, &s);
	}
	json_write_key(w, "committed");
	json_write_bool(w, is_kept(x));
}

static enum err json_balance(struct exec *x, const struct principal *who)
{
	struct clar_job *j = &x->job;
	struct buf name;
	u128 amount;

	TRY(clar_sim_balance(&j->sim, who, &amount));
	buf_init(&name, 1024);
	(void)principal_format(&name, who);
	json_write_key_span(&j->json, buf_span(&name));
	buf_fini(&name);
	json_write_u128(&j->json, amount);
	return ERR_OK;
}

/* Whether one of the first `n` accounts is `who` too. */
static bool is_among(const struct principal *const *some, uint32_t n,
                     const struct principal *who)
{
	for (uint32_t i = 0; i < n; i++) {
		if (principal_eq(some[i], who))
			return true;
	}
	return false;
}

/* What the sender has now, and everybody who was given something before. */
static enum err json_balances(struct exec *x)
{
	struct clar_job *j = &x->job;
	const struct principal *told[CMD_MANY_MAX + 1] = { j->sim.sender };
	uint32_t n = 1;

	json_write_key(&j->json, "balances");
	json_write_object(&j->json);
	TRY(json_balance(x, j->sim.sender));
	for (unsigned i = 0; i < j->args->n_many; i++) {
		if (j->args->many_opt[i] != CLAR_JOB_BALANCE)
			continue;
		told[n] = clar_sim_given(&j->sim, j->args->many[i]);
		if (!told[n])
			return ERR_NO_MEMORY;
		if (is_among(told, n, told[n]))
			continue;
		TRY(json_balance(x, told[n++]));
	}
	json_write_close(&j->json);
	return ERR_OK;
}

static int run_json(struct exec *x)
{
	struct json_write *w = &x->job.json;
	enum err e;

	json_write_object(w);
	json_write_key(w, "contract");
	clar_show_json_principal(w, x->target.contract);
	json_write_key(w, "function");
	json_write_text(w, x->target.function);
	json_write_key(w, "sender");
	clar_show_json_principal(w, x->job.sim.sender);
	json_result(x);
	json_write_key(w, "events");
	clar_show_json_events(w, &x->r);
	json_write_key(w, "cost");
	clar_show_json_cost(w, &x->r.cost);
	e = json_balances(x);
	if (e != ERR_OK)
		return clar_job_wrong(&x->job, e);
	json_write_close(w);
	return clar_job_write_json(&x->job, ended(x));
}

static void text_balance(struct exec *x)
{
	char text[INT128_MAX_TEXT];
	u128 amount;
	struct buf *out = &x->job.out;

	if (clar_sim_balance(&x->job.sim, x->job.sim.sender, &amount))
		return;
	(void)buf_add_str(out, "balance: ");
	(void)principal_format(out, x->job.sim.sender);
	(void)buf_add_str(out, " has ");
	(void)buf_add(out, text, int128_format_unsigned(text, amount));
	(void)buf_add_str(out, " microSTX\n");
}

static int run_text(struct exec *x)
{
	struct buf *out = &x->job.out;

	if (x->e != ERR_OK)
		return show_failed(x);
	clar_show_events(out, &x->r);
	clar_show_value(out, &x->r.value);
	if (!is_kept(x))
		(void)buf_add_str(out, "nothing was changed\n");
	clar_show_cost(out, &x->r.cost);
	text_balance(x);
	return clar_job_write(&x->job, CMD_EXIT_OK);
}

static int run(struct exec *x)
{
	int code = call(x);

	if (code != CMD_EXIT_OK)
		return code;
	return clar_job_is_json(&x->job) ? run_json(x) : run_text(x);
}

int cmd_exec_run(const struct cmd_args *args, void *ctx)
{
	struct exec x = { .e = ERR_OK };
	int code = prepare(&x, args, ctx);

	if (code == CMD_EXIT_OK)
		code = run(&x);
	clar_job_close(&x.job);
	return code;
}

/* --- cost --- */

static int cost_of_call(struct exec *x, struct clar_cost *c)
{
	struct clar_sim *s = &x->job.sim;
	enum err e = clar_cost_init(c, &s->arena);

	if (e != ERR_OK)
		return clar_job_wrong(&x->job, e);
	vm_set_watch(s->vm, &c->watch);

	int code = call(x);

	vm_set_watch(s->vm, NULL);
	if (code != CMD_EXIT_OK)
		return code;
	if (clar_job_is_json(&x->job)) {
		clar_cost_json(&x->job.json, c, &x->r.cost, &s->limit);
		return clar_job_write_json(&x->job, ended(x));
	}
	clar_cost_text(&x->job.out, c, &x->r.cost, &s->limit);
	code = clar_job_write(&x->job, ended(x));
	if (x->e != ERR_OK)
		(void)show_failed(x);
	return code;
}

/* Without a function: what deploying has cost, as rows of the same table. */
static int cost_of_deploying(struct exec *x, struct clar_cost *c)
{
	struct clar_sim *s = &x->job.sim;
	struct cost total = { { 0 } };
	enum err e = clar_cost_init(c, &s->arena);

	if (e != ERR_OK)
		return clar_job_wrong(&x->job, e);
	for (uint32_t i = 0; i < s->set.n && i < CLAR_COST_ROWS; i++) {
		const struct clar_sim_contract *k = &s->contracts[i];

		c->rows[c->n_rows++] = (struct clar_cost_row){
			.contract = k->item->contract,
			.function = span_str("deploy"),
			.calls = 1,
			.all = k->cost,
			.own = k->cost,
		};
		for (int u = 0; u < COST_UNITS; u++)
			total.of[u] += k->cost.of[u];
	}
	if (clar_job_is_json(&x->job)) {
		clar_cost_json(&x->job.json, c, &total, &s->limit);
		return clar_job_write_json(&x->job, CMD_EXIT_OK);
	}
	clar_cost_text(&x->job.out, c, &total, &s->limit);
	return clar_job_write(&x->job, CMD_EXIT_OK);
}

int cmd_exec_cost(const struct cmd_args *args, void *ctx)
{
	struct exec x = { .e = ERR_OK };
	struct clar_cost c;
	int code = prepare(&x, args, ctx);

	if (code == CMD_EXIT_OK)
		code = args->n_operands > 1 ? cost_of_call(&x, &c)
		                            : cost_of_deploying(&x, &c);
	clar_job_close(&x.job);
	return code;
}

/* --- trace --- */

static struct clar_trace trace_of(struct exec *x)
{
	const struct cmd_arg *opt = x->job.args->opt;
	struct clar_trace t = {
		.sources = clar_sim_sources(&x->job.sim),
		.out = &x->job.out,
		.json = clar_job_is_json(&x->job) ? &x->job.json : NULL,
		.has_steps = opt[OPT_STEPS].is_set,
		.max_depth = WATCH_MAX_DEPTH,
		.max_lines = TRACE_LINES,
	};

	if (opt[OPT_DEPTH].is_set)
		t.max_depth = (uint32_t)opt[OPT_DEPTH].num;
	if (opt[OPT_LIMIT].is_set)
		t.max_lines = (uint32_t)opt[OPT_LIMIT].num;
	return t;
}

/* The head of the document; its array stays open. */
static void trace_json_begin(struct exec *x)
{
	json_write_object(&x->job.json);
	json_write_key(&x->job.json, "trace");
	json_write_array(&x->job.json);
}

static int trace_json_end(struct exec *x, const struct clar_trace *t)
{
	struct json_write *w = &x->job.json;

	json_write_close(w);
	json_write_key(w, "hidden");
	json_write_u64(w, t->n_hidden);
	json_result(x);
	json_write_key(w, "cost");
	clar_show_json_cost(w, &x->r.cost);
	json_write_close(w);
	return clar_job_write_json(&x->job, ended(x));
}

static int trace(struct exec *x)
{
	struct clar_trace t = trace_of(x);
	int code;

	if (t.json)
		trace_json_begin(x);
	clar_trace_init(&t);
	vm_set_watch(x->job.sim.vm, &t.watch);
	code = call(x);
	vm_set_watch(x->job.sim.vm, NULL);
	clar_trace_end(&t);
	if (code != CMD_EXIT_OK)
		return code;
	if (t.json)
		return trace_json_end(x, &t);
	code = clar_job_write(&x->job, ended(x));
	if (x->e != ERR_OK)
		(void)show_failed(x);
	return code;
}

int cmd_exec_trace(const struct cmd_args *args, void *ctx)
{
	struct exec x = { .e = ERR_OK };
	int code = prepare(&x, args, ctx);

	if (code == CMD_EXIT_OK)
		code = trace(&x);
	clar_job_close(&x.job);
	return code;
}
