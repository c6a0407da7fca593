/* node/app/cmd_repl.c - The prompt's verb; see cmd_repl.h. */
#include "config.h"

#include "node/app/cmd_repl.h"

#include <stdio.h>
#include <stdlib.h>

#include "clarity/base/env.h"
#include "node/app/app_io.h"
#include "node/app/repl_line.h"
#include "node/app/repl_session.h"

enum {
	OPT_EPOCH,
	OPT_CLARITY
};

static const char *const epoch_choices[] = { "3.0", "3.1", "3.2", "3.3",
	                                     "3.4", "4.0", "4.1", NULL };
static const char *const version_choices[] = { "1", "2", "3", "4",
	                                       "5", "6", NULL };

const struct cmd_opt cmd_repl_opts[] = {
	[OPT_EPOCH] = { .name = "epoch",
	                .letter = 'e',
	                .kind = CMD_CHOICE,
	                .value = "EPOCH",
	                .help = "begin in this epoch, 3.4 if not given",
	                .choices = epoch_choices },
	[OPT_CLARITY] = { .name = "clarity",
	                  .letter = 'c',
	                  .kind = CMD_CHOICE,
	                  .value = "VERSION",
	                  .help = "the version of the language; the epoch's "
	                          "newest if not given",
	                  .choices = version_choices },
};

_Static_assert(sizeof(cmd_repl_opts) / sizeof(cmd_repl_opts[0]) ==
                   CMD_REPL_OPTS,
               "the table of verbs counts them too");

/* The same stream as the prompt's, so that nothing comes out of order. */
static void show(void *ctx, struct span text)
{
	(void)ctx;
	(void)fwrite(text.p, 1, text.len, stdout);
	(void)fflush(stdout);
}

/* Where the history is kept, or NULL. */
static const char *history_path(char *room, size_t size)
{
	const char *home = getenv("HOME");
	int len = home ? snprintf(room, size, "%s/.tenure_history", home) : -1;

	return len > 0 && (size_t)len < size ? room : NULL;
}

static enum err prompt_run(struct repl_session *session, const struct env *env)
{
	struct repl_machine machine = repl_session_machine(session);
	struct repl repl = { .machine = &machine, .show = show };
	const struct repl_line_completer completer = { repl_complete_line,
		                                       &repl };
	struct repl_line *line;
	struct repl_source source;
	char path[ENV_PATH_MAX];
	enum err e;

	TRY(repl_line_new(&line, stdin, stdout,
	                  history_path(path, sizeof(path)), &completer));
	source = repl_line_source(line);
	repl.source = &source;
	if (env_terminal(env, env_stream(env, ENV_STDIN)))
		(void)puts("Clarity; ::help tells what can be typed here.");
	e = repl_run(&repl);
	repl_line_free(line);
	return e;
}

int cmd_repl_run(const struct cmd_args *args, void *ctx)
{
	const struct env *env = ctx;
	struct repl_session_options o = { .env = env, .epoch = EPOCH_3_4 };
	struct repl_session *session;
	enum err e;

	if (args->opt[OPT_EPOCH].is_set &&
	    !epoch_parse(&o.epoch, span_str(args->opt[OPT_EPOCH].text)))
		return app_io_wrong(env, "--epoch", "no such epoch");
	o.version = version_max(o.epoch);
	if (args->opt[OPT_CLARITY].is_set &&
	    (!version_parse(&o.version,
	                    span_str(args->opt[OPT_CLARITY].text)) ||
	     o.version > version_max(o.epoch)))
		return app_io_wrong(env, "--clarity",
		                    "the epoch does not have this version");
	o.has_color = env_terminal(env, env_stream(env, ENV_STDOUT)) != 0;
	e = repl_session_new(&session, &o);
	if (e == ERR_OK) {
		e = prompt_run(session, env);
		repl_session_free(session);
	}
	if (e != ERR_OK)
		return app_io_wrong(env, "repl", err_text(e));
	return CMD_EXIT_OK;
}
