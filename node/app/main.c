/* node/app/main.c - The program `tenure`: finds the verb and runs it. */
#include "config.h"

#include "clarity/base/env.h"
#include "node/app/verbs.h"
#include "node/io/env_os.h"

/* The longest help text. */
#define TEXT_MAX ((size_t)1 << 20)

static int show(const struct env *e, enum cmd_outcome outcome,
                const struct buf *text)
{
	enum env_stream which = outcome == CMD_SHOW ? ENV_STDOUT : ENV_STDERR;
	enum err err =
	    env_write_all(e, env_stream(e, which), text->p, text->len);

	if (outcome == CMD_WRONG || err != ERR_OK)
		return CMD_EXIT_USAGE;
	return CMD_EXIT_OK;
}

int main(int argc, char **argv)
{
	struct cmd_args args;
	struct env env;
	struct buf text;
	int code;

	env_os_init(&env);
	buf_init(&text, TEXT_MAX);

	enum cmd_outcome outcome =
	    cmd_parse(&verbs_program, argc, argv, &args, &text);

	if (outcome == CMD_RUN)
		code = args.path[args.n_path - 1]->run(&args, &env);
	else
		code = show(&env, outcome, &text);
	buf_fini(&text);
	return code;
}
