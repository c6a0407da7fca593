/* node/app/clar_job.c - Verbs that run contracts; contract in clar_job.h. */
#include "config.h"

#include "node/app/clar_job.h"

#include "clarity/base/check.h"
#include "node/app/app_io.h"

/* Bytes that a report may have. */
#define REPORT_MAX ((size_t)256 << 20)

const char *const clar_job_epochs[] = { "3.0", "3.1", "3.2", "3.3",
	                                "3.4", "4.0", "4.1", NULL };
const char *const clar_job_versions[] = { "1", "2", "3", "4", "5", "6", NULL };

bool clar_job_is_json(const struct clar_job *j)
{
	return j->args->opt[CLAR_JOB_JSON].is_set;
}

int clar_job_wrong(const struct clar_job *j, enum err e)
{
	if (e == ERR_SYNTAX && j->sim.unclear)
		return app_io_wrong(j->env, j->sim.unclear, j->sim.why);
	return app_io_wrong(j->env, "clarity", err_text(e));
}

int clar_job_reject(const struct clar_job *j, struct span report)
{
	/* There is nobody left to tell when this fails. */
	enum err ignored = env_write_all(j->env, env_stream(j->env, ENV_STDERR),
	                                 report.p, report.len);

	(void)ignored;
	return CMD_EXIT_REJECT;
}

int clar_job_write(struct clar_job *j, int code)
{
	return app_io_write(j->env, &j->out, code);
}

int clar_job_write_json(struct clar_job *j, int code)
{
	enum err e = json_write_end(&j->json);

	if (e == ERR_OK)
		e = buf_add_str(&j->out, "\n");
	return e == ERR_OK ? clar_job_write(j, code) : clar_job_wrong(j, e);
}

static struct clar_sim_options options_of(const struct cmd_args *args,
                                          const struct env *env)
{
	struct clar_sim_options o = {
		.env = env,
		.epoch = EPOCH_3_4,
		.has_color = env_terminal(env, env_stream(env, ENV_STDERR)) > 0
	};

	if (args->opt[CLAR_JOB_EPOCH].is_set)
		CHECK(epoch_parse(&o.epoch,
		                  span_str(args->opt[CLAR_JOB_EPOCH].text)));
	if (args->opt[CLAR_JOB_CLARITY].is_set)
		CHECK(version_parse(
		    &o.version, span_str(args->opt[CLAR_JOB_CLARITY].text)));
	o.sender = args->opt[CLAR_JOB_SENDER].text;
	return o;
}

static enum err add_all(struct clar_job *j)
{
	for (unsigned i = 0; i < j->args->n_many; i++) {
		const char *what = j->args->many[i];

		if (j->args->many_opt[i] == CLAR_JOB_WITH)
			TRY(clar_sim_add(&j->sim, what, false));
		else
			TRY(clar_sim_give(&j->sim, what));
	}
	return ERR_OK;
}

int clar_job_open(struct clar_job *j, const struct cmd_args *args, void *ctx)
{
	struct clar_sim_options o = options_of(args, ctx);
	enum err e;

	*j = (struct clar_job){ .env = ctx, .args = args };
	buf_init(&j->out, REPORT_MAX);
	json_write_init(&j->json, &j->out, 2);
	e = clar_sim_init(&j->sim, &o);
	if (e == ERR_OK)
		e = add_all(j);
	return e == ERR_OK ? CMD_EXIT_OK : clar_job_wrong(j, e);
}

void clar_job_close(struct clar_job *j)
{
	clar_sim_fini(&j->sim);
	buf_fini(&j->out);
}

/* All contracts that were not accepted, as text or as a document. */
static int refused(struct clar_job *j)
{
	const struct clar_sim *s = &j->sim;

	if (clar_job_is_json(j)) {
		json_write_object(&j->json);
		json_write_key(&j->json, "refused");
		json_write_array(&j->json);
	}
	for (uint32_t i = 0; i < s->set.n; i++) {
		const struct clar_sim_contract *c = &s->contracts[i];

		if (!c->refusal)
			continue;
		if (!clar_job_is_json(j)) {
			(void)buf_add_str(&j->out, c->refusal);
			continue;
		}
		json_write_object(&j->json);
		json_write_key(&j->json, "file");
		json_write_str(&j->json, c->item->path);
		json_write_key(&j->json, "report");
		json_write_str(&j->json, c->refusal);
		json_write_close(&j->json);
	}
	if (!clar_job_is_json(j))
		return clar_job_reject(j, buf_span(&j->out));
	json_write_close(&j->json);
	json_write_close(&j->json);
	return clar_job_write_json(j, CMD_EXIT_REJECT);
}

int clar_job_deploy(struct clar_job *j, const char *operand)
{
	enum err e = operand ? clar_sim_add(&j->sim, operand, true) : ERR_OK;

	if (e == ERR_OK)
		e = clar_sim_deploy(&j->sim);
	if (e == ERR_OK && operand && j->sim.set.n_wanted == 0)
		return app_io_wrong(j->env, operand,
		                    "there are no contracts here");
	if (e == ERR_CHECK)
		return refused(j);
	return e == ERR_OK ? CMD_EXIT_OK : clar_job_wrong(j, e);
}

int clar_job_target(struct clar_job *j, struct clar_sim_target *ret)
{
	const struct cmd_args *args = j->args;
	enum err e = clar_sim_find(&j->sim, args->operands[1], ret);
	struct buf report;

	if (e != ERR_OK)
		return clar_job_wrong(j, e);
	buf_init(&report, REPORT_MAX);
	e = clar_sim_args(&j->sim, ret, args->operands + 2,
	                  args->n_operands - 2, &report);

	int code = CMD_EXIT_OK;

	if (e == ERR_SYNTAX)
		code = clar_job_reject(j, buf_span(&report));
	else if (e != ERR_OK)
		code = clar_job_wrong(j, e);
	buf_fini(&report);
	return code;
}
