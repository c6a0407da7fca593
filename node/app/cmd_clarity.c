/* node/app/cmd_clarity.c - The verbs of `tenure clarity`. */
#include "config.h"

#include "node/app/cmd_clarity.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/env.h"
#include "clarity/check/iface.h"
#include "clarity/lang/unparse.h"
#include "node/app/ast_json.h"
#include "node/app/clar_batch.h"
#include "node/app/clar_report.h"
#include "node/app/cmd_dis.h"
#include "node/app/cmd_eval.h"
#include "node/app/cmd_exec.h"
#include "node/app/cmd_repl.h"

/* Bytes that a report may have. */
#define REPORT_MAX ((size_t)1 << 30)

/* Options of the three verbs; each has the first ones. */
enum {
	OPT_EPOCH,
	OPT_CLARITY,
	OPT_ADDRESS,
	OPT_WITH,
	OPT_JSON,
	OPT_JOBS,
	OPT_LIST,
	OPT_COUNT
};

static const char *const epoch_choices[] = { "3.0", "3.1", "3.2", "3.3",
	                                     "3.4", "4.0", "4.1", NULL };
static const char *const version_choices[] = { "1", "2", "3",    "4",
	                                       "5", "6", "auto", NULL };

/* Shared rows; check has all of them, in the order of the enum. */
#define ROW_EPOCH                                                              \
	{                                                                      \
		.name = "epoch", .letter = 'e', .kind = CMD_CHOICE,            \
		.value = "EPOCH",                                              \
		.help = "judge by the rules of this epoch, 3.4 if not given",  \
		.choices = epoch_choices                                       \
	}
#define ROW_CLARITY                                                            \
	{                                                                      \
		.name = "clarity", .letter = 'c', .kind = CMD_CHOICE,          \
		.value = "VERSION",                                            \
		.help = "the version of the language; auto takes the lowest "  \
			"that accepts; if not given, what a project says, "    \
			"else the epoch's newest",                             \
		.choices = version_choices                                     \
	}
#define ROW_ADDRESS                                                            \
	{                                                                      \
		.name = "address", .letter = 'a', .kind = CMD_TEXT,            \
		.value = "ADDRESS",                                            \
		.help = "whose contracts the files are that do not say it"     \
	}
#define ROW_WITH                                                               \
	{                                                                      \
		.name = "with", .letter = 'w', .kind = CMD_TEXT,               \
		.value = "FILE|DIR",                                           \
		.help = "where to find contracts that are needed, without "    \
			"judging them for their own sake"                      \
	}

static const struct cmd_opt check_opts[OPT_COUNT] = {
	[OPT_EPOCH] = ROW_EPOCH,
	[OPT_CLARITY] = ROW_CLARITY,
	[OPT_ADDRESS] = ROW_ADDRESS,
	[OPT_WITH] = ROW_WITH,
	[OPT_JSON] = { .name = "json",
	               .help = "write one JSON object instead of text" },
	[OPT_LIST] = { .name = "list",
	               .help = "list the accepted contracts as well, each with "
	                       "its version" },
	[OPT_JOBS] = { .name = "jobs",
	               .letter = 'j',
	               .kind = CMD_NUMBER,
	               .value = "N",
	               .help = "threads; as many as there are processors if "
	                       "not given",
	               .min = 1,
	               .max = CLAR_BATCH_JOBS_MAX },
};

static const struct cmd_opt abi_opts[] = {
	[OPT_EPOCH] = ROW_EPOCH,
	[OPT_CLARITY] = ROW_CLARITY,
	[OPT_ADDRESS] = ROW_ADDRESS,
	[OPT_WITH] = ROW_WITH,
};

static const struct cmd_opt ast_opts[] = {
	[OPT_EPOCH] = ROW_EPOCH,
	[OPT_CLARITY] = ROW_CLARITY,
	[OPT_ADDRESS] = ROW_ADDRESS,
	[OPT_WITH] = ROW_WITH,
	[OPT_JSON] = { .name = "json",
	               .help = "write the tree as JSON, with places" },
};

/* What a verb works with. */
struct job {
	const struct env *env;
	const struct cmd_args *args;
	struct clar_set set;
	struct clar_batch batch;
	struct progress progress;
	struct buf out; /* for standard output */
};

/* --- what the person sees --- */

static void stream_write(const struct env *e, enum env_stream which,
                         struct span text)
{
	/* There is nobody left to tell when this fails. */
	enum err ignored =
	    env_write_all(e, env_stream(e, which), text.p, text.len);

	(void)ignored;
}

static int job_usage(const struct job *j, const char *about, const char *what)
{
	struct buf text;

	buf_init(&text, 2 * ENV_PATH_MAX);
	(void)buf_addf(&text, "tenure: %s: %s\n", about, what);
	stream_write(j->env, ENV_STDERR, buf_span(&text));
	buf_fini(&text);
	return CMD_EXIT_USAGE;
}

/* A file that cannot be used. */
static int job_wrong(const struct job *j, const char *path, const char *more,
                     enum err e)
{
	return job_usage(j, path ? path : "clarity", more ? more : err_text(e));
}

static void progress_text(void *ctx, struct span text)
{
	const struct env *e = ctx;

	stream_write(e, ENV_STDERR, text);
}

static uint64_t progress_ms(void *ctx)
{
	const struct env *e = ctx;

	return env_mono_ns(e) / 1000000;
}

static void job_progress(struct job *j)
{
	struct env_handle err = env_stream(j->env, ENV_STDERR);
	unsigned width = env_terminal(j->env, err);

	j->progress = (struct progress){ .write = progress_text,
		                         .now_ms = progress_ms,
		                         .ctx = (void *)(uintptr_t)j->env,
		                         .what = "contracts",
		                         .is_terminal = width > 0,
		                         .width = width };
	j->batch.progress = &j->progress;
}

/* --- a job --- */

static enum epoch job_epoch(const struct cmd_args *args)
{
	enum epoch epoch = EPOCH_3_4;

	if (args->opt[OPT_EPOCH].is_set)
		CHECK(epoch_parse(&epoch, span_str(args->opt[OPT_EPOCH].text)));
	return epoch;
}

/* The version that is asked for; 0 stands for auto. */
static enum clarity_version job_version(const struct cmd_args *args)
{
	const struct cmd_arg *arg = &args->opt[OPT_CLARITY];
	enum clarity_version version = 0;

	if (!arg->is_set)
		return version_max(job_epoch(args));
	if (!version_parse(&version, span_str(arg->text)))
		return 0;
	return version;
}

static enum err job_add_files(struct job *j)
{
	for (unsigned i = 0; i < j->args->n_operands; i++)
		TRY(clar_set_add(&j->set, j->args->operands[i], true));
	if (j->args->opt[OPT_WITH].is_set)
		TRY(clar_set_add(&j->set, j->args->opt[OPT_WITH].text, false));
	return clar_set_finish(&j->set);
}

/* Sets a job up. @return CMD_EXIT_OK, or the code to exit with. */
static int job_init(struct job *j, const struct cmd_args *args, void *ctx)
{
	const char *address = args->opt[OPT_ADDRESS].text;
	enum clarity_version version = job_version(args);
	enum epoch epoch = job_epoch(args);
	const struct env *env = ctx;
	enum err e;

	*j = (struct job){ .env = env,
		           .args = args,
		           .batch = { .epoch = epoch, .version = version } };
	buf_init(&j->out, REPORT_MAX);
	e = clar_set_init(&j->set, env, address);
	j->batch.set = &j->set;
	j->batch.is_version_forced = args->opt[OPT_CLARITY].is_set;
	j->batch.jobs = 1;
	j->batch.has_color = env_terminal(env, env_stream(env, ENV_STDOUT)) > 0;
	if (e == ERR_SYNTAX)
		return job_usage(j, address, "is not an address");
	if (version > version_max(epoch))
		return job_usage(j, version_text(version),
		                 "cannot be deployed in this epoch");
	if (e == ERR_OK)
		e = job_add_files(j);
	if (e != ERR_OK)
		return job_wrong(j, j->set.wrong_path, j->set.wrong_text, e);
	return CMD_EXIT_OK;
}

static void job_fini(struct job *j)
{
	clar_batch_fini(&j->batch);
	clar_set_fini(&j->set);
	buf_fini(&j->out);
}

/* Writes what was gathered; a full disk is no success. */
static int job_write(struct job *j, int code)
{
	struct env_handle out = env_stream(j->env, ENV_STDOUT);
	enum err e = buf_err(&j->out);

	if (e == ERR_OK)
		e = env_write_all(j->env, out, j->out.p, j->out.len);
	if (e != ERR_OK)
		return job_wrong(j, "standard output", NULL, e);
	return code;
}

/* Whether the one contract is accepted; otherwise it is told why not. */
static int job_judge_one(struct job *j)
{
	enum err e = clar_batch_run(&j->batch);
	struct clar_report none = { .ms = 0 };

	if (e != ERR_OK)
		return job_wrong(j, j->batch.wrong_path, NULL, e);
	if (j->batch.n_accepted == 1 && j->set.n_wanted == 1)
		return CMD_EXIT_OK;
	if (j->set.n_wanted != 1)
		return job_usage(j, j->args->operands[0],
		                 "is not one contract");
	clar_report_text(&j->out, &j->batch, &none);
	stream_write(j->env, ENV_STDERR, buf_span(&j->out));
	return CMD_EXIT_REJECT;
}

/* --- tenure clarity check --- */

static int check_report(struct job *j, uint64_t ms)
{
	struct clar_report r = { .ms = ms,
		                 .has_list = j->args->opt[OPT_LIST].is_set,
		                 .peak_bytes = env_peak_memory(j->env) };
	bool is_good = j->batch.n_accepted == j->set.n_wanted;
	int code = is_good ? CMD_EXIT_OK : CMD_EXIT_REJECT;

	if (!j->args->opt[OPT_JSON].is_set) {
		clar_report_text(&j->out, &j->batch, &r);
		return job_write(j, code);
	}

	enum err e = clar_report_json(&j->out, &j->batch, &r);

	return e == ERR_OK ? job_write(j, code) : job_wrong(j, NULL, NULL, e);
}

static int check_run(struct job *j)
{
	const struct cmd_arg *jobs = &j->args->opt[OPT_JOBS];
	uint64_t start = env_mono_ns(j->env);
	enum err e;

	if (j->set.n_wanted == 0)
		return job_usage(j, j->args->operands[0],
		                 "there are no contracts here");
	j->batch.jobs = jobs->is_set ? (unsigned)jobs->num : env_cpus(j->env);
	if (j->batch.jobs > CLAR_BATCH_JOBS_MAX)
		j->batch.jobs = CLAR_BATCH_JOBS_MAX;
	if (j->batch.jobs > j->set.n)
		j->batch.jobs = j->set.n;
	job_progress(j);
	e = clar_batch_run(&j->batch);
	if (e != ERR_OK)
		return job_wrong(j, j->batch.wrong_path, NULL, e);
	return check_report(j, (env_mono_ns(j->env) - start) / 1000000);
}

static int verb_check(const struct cmd_args *args, void *ctx)
{
	struct job j;
	int code = job_init(&j, args, ctx);

	if (code == CMD_EXIT_OK)
		code = check_run(&j);
	job_fini(&j);
	return code;
}

/* --- tenure clarity abi --- */

static int abi_write(struct job *j)
{
	enum err e = iface_write(&j->out, j->set.items[0].analysis);

	if (e == ERR_OK)
		e = buf_add_str(&j->out, "\n");
	return e == ERR_OK ? job_write(j, CMD_EXIT_OK)
	                   : job_wrong(j, NULL, NULL, e);
}

static int verb_abi(const struct cmd_args *args, void *ctx)
{
	struct job j;
	int code = job_init(&j, args, ctx);

	if (code == CMD_EXIT_OK)
		code = job_judge_one(&j);
	if (code == CMD_EXIT_OK)
		code = abi_write(&j);
	job_fini(&j);
	return code;
}

/* --- tenure clarity ast --- */

static enum err ast_add(struct job *j, struct arena *a,
                        const struct clar_item *item, struct diag *why)
{
	struct ast_input in = { .contract = item->contract,
		                .epoch = j->batch.epoch };
	struct ast ast;
	enum err e =
	    env_read_file(j->env, a, item->path, AST_SOURCE_MAX, &in.source);

	if (e != ERR_OK)
		return e;
	e = ast_build(a, &in, &ast, why);
	if (e == ERR_PARSE) {
		diag_render(&j->out, why, item->path, in.source,
		            j->batch.has_color);
		return e;
	}
	if (e != ERR_OK)
		return e;
	return j->args->opt[OPT_JSON].is_set ? ast_json_write(&j->out, &ast)
	                                     : unparse_ast(&j->out, &ast);
}

static int ast_run(struct job *j)
{
	struct arena a;
	struct diag why;
	enum err e;

	if (j->set.n_wanted != 1)
		return job_usage(j, j->args->operands[0],
		                 "is not one contract");
	arena_init(&a, AST_ARENA_MAX + AST_SOURCE_MAX);
	diag_reset(&why);
	e = ast_add(j, &a, &j->set.items[0], &why);
	arena_fini(&a);
	if (e == ERR_PARSE) {
		stream_write(j->env, ENV_STDERR, buf_span(&j->out));
		return CMD_EXIT_REJECT;
	}
	if (e != ERR_OK)
		return job_wrong(j, j->set.items[0].path, NULL, e);
	return job_write(j, CMD_EXIT_OK);
}

static int verb_ast(const struct cmd_args *args, void *ctx)
{
	struct job j;
	int code = job_init(&j, args, ctx);

	if (code == CMD_EXIT_OK)
		code = ast_run(&j);
	job_fini(&j);
	return code;
}

const struct cmd cmd_clarity_verbs[] = {
	{ .name = "check",
	  .summary = "judge contracts as the chain would when they are "
	             "deployed",
	  .operands = "FILE|DIR…",
	  .min_operands = 1,
	  .max_operands = 65535,
	  .about = "Each contract is judged after those that it needs, found "
	           "among the files given and in --with. In a folder, "
	           "ADDRESS/NAME.clar and ADDRESS.NAME.clar are contracts of "
	           "that address; a folder with a Clarinet.toml is a project; "
	           "any other NAME.clar is a contract of --address.\n\n"
	           "A contract is unresolved when it cannot be accepted and "
	           "another one that it needs is not there or is not accepted "
	           "itself.",
	  .exits = "0: all are accepted; 1: some are not; 2: the command line "
	           "or a file cannot be used",
	  .opts = check_opts,
	  .n_opts = OPT_COUNT,
	  .run = verb_check },
	{ .name = "abi",
	  .summary = "write a contract's interface as JSON",
	  .operands = "FILE",
	  .min_operands = 1,
	  .max_operands = 1,
	  .about = "The text is equal to the one that a node answers for the "
	           "contract.",
	  .exits = "0: written; 1: the contract is not accepted; 2: the "
	           "command line or a file cannot be used",
	  .opts = abi_opts,
	  .n_opts = COUNT_OF(abi_opts),
	  .run = verb_abi },
	{ .name = "ast",
	  .summary = "write a contract as its tree: sorted, without sugar",
	  .operands = "FILE",
	  .min_operands = 1,
	  .max_operands = 1,
	  .exits = "0: written; 1: the text is no program; 2: the command "
	           "line or a file cannot be used",
	  .opts = ast_opts,
	  .n_opts = COUNT_OF(ast_opts),
	  .run = verb_ast },
	{ .name = "eval",
	  .summary = "evaluate an expression and write its value",
	  .operands = "EXPR",
	  .min_operands = 1,
	  .max_operands = 1,
	  .about = "The text is checked as a contract would be; it may also "
	           "define things, and its last expression is the one that "
	           "is evaluated. With - it is read from standard input. "
	           "Standard output has the value alone; printed values and "
	           "other events go to standard error.",
	  .examples = "tenure clarity eval '(+ 1 2)'\n"
	              "tenure clarity eval --hex '(ok u5)'\n"
	              "tenure clarity eval --json '(sha256 0x00)'\n"
	              "tenure clarity eval -w token.clar "
	              "'(contract-call? .token get-total-supply)'",
	  .exits = "0: the value is written; 1: the text is refused, or fails "
	           "when it runs; 2: the command line or a file cannot be "
	           "used",
	  .opts = cmd_eval_opts,
	  .n_opts = CMD_EVAL_OPTS,
	  .run = cmd_eval_run },
	{ .name = "run",
	  .summary = "deploy contracts in memory and call a function",
	  .operands = "FILE|DIR FUNCTION ARG…",
	  .min_operands = 2,
	  .max_operands = 258,
	  .about = "All contracts are deployed on a chain that exists only in "
	           "memory, whatever needs others after them; a folder with a "
	           "Clarinet.toml is a project. Then FUNCTION is called, or "
	           "CONTRACT.FUNCTION if there are several contracts. "
	           "Arguments are expressions. What is shown: events, the "
	           "result, what it cost, and what the caller has left.",
	  .examples = "tenure clarity run counter.clar increment\n"
	              "tenure clarity run token.clar transfer u5 tx-sender "
	              "\\'ST2CY5V39NHDPWSXMW9QDT3HC3GD6Q6XX4CFRK9AG none\n"
	              "tenure clarity run vault.clar deposit u5 --with "
	              "token=lib/token.clar --sender wallet_1\n"
	              "tenure clarity run . vault.deposit u5 --json",
	  .exits = "0: it gave a result; 1: it failed, or a contract was "
	           "refused; 2: the command line or a file cannot be used",
	  .opts = cmd_exec_opts,
	  .n_opts = CMD_EXEC_OPTS,
	  .run = cmd_exec_run },
	{ .name = "cost",
	  .summary = "show what a call costs, function by function",
	  .operands = "FILE|DIR [FUNCTION ARG…]",
	  .min_operands = 1,
	  .max_operands = 258,
	  .about = "As run; then a table of all functions that were called, "
	           "each with what it calls: the five units, and what part of "
	           "a block's limit they are. Without a function the table is "
	           "of the deployments.",
	  .examples = "tenure clarity cost token.clar\n"
	              "tenure clarity cost token.clar mint u5\n"
	              "tenure clarity cost . vault.deposit u5 --json",
	  .exits = "0: shown; 1: the call failed, or a contract was refused; "
	           "2: the command line or a file cannot be used",
	  .opts = cmd_exec_opts,
	  .n_opts = CMD_EXEC_OPTS,
	  .run = cmd_exec_cost },
	{ .name = "trace",
	  .summary = "show a call as a tree of calls",
	  .operands = "FILE|DIR FUNCTION ARG…",
	  .min_operands = 2,
	  .max_operands = 258,
	  .about = "As run; shown is each function that is called, with its "
	           "arguments, its result and what it has cost, and with "
	           "--steps each expression that has cost something.",
	  .examples = "tenure clarity trace vault.clar deposit u5 -w "
	              "token.clar\n"
	              "tenure clarity trace token.clar mint u5 --steps\n"
	              "tenure clarity trace . vault.deposit u5 --depth 1",
	  .exits = "0: it gave a result; 1: it failed, or a contract was "
	           "refused; 2: the command line or a file cannot be used",
	  .opts = cmd_exec_trace_opts,
	  .n_opts = CMD_EXEC_TRACE_OPTS,
	  .run = cmd_exec_trace },
	{ .name = "dis",
	  .summary = "list the code that a contract is compiled to",
	  .operands = "FILE",
	  .min_operands = 1,
	  .max_operands = 1,
	  .about = "Each function with its registers and instructions, and "
	           "beside them the source that they come from. r0 is a "
	           "register, @7 an instruction, and (+12) is runtime that an "
	           "instruction charges.",
	  .examples = "tenure clarity dis token.clar\n"
	              "tenure clarity dis token.clar -f transfer --exact",
	  .exits = "0: listed; 1: a contract was refused; 2: the command "
	           "line or a file cannot be used",
	  .opts = cmd_dis_opts,
	  .n_opts = CMD_DIS_OPTS,
	  .run = cmd_dis_run },
	{ .name = "repl",
	  .summary = "evaluate what is typed, on a chain of its own",
	  .about = "Definitions become contracts, contract-0 and so on; "
	           "anything else is evaluated and shown. Text goes on in the "
	           "next line while a bracket is open. Lines that begin with "
	           "two colons are for the prompt itself: ::help lists them. "
	           "Standard input may also be a file or a pipe.",
	  .exits = "0: the input has ended; 2: the command line is wrong",
	  .opts = cmd_repl_opts,
	  .n_opts = CMD_REPL_OPTS,
	  .run = cmd_repl_run },
};

const unsigned cmd_clarity_count = COUNT_OF(cmd_clarity_verbs);
