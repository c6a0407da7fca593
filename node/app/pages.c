/*
 * node/app/pages.c - Writes the manual page or the completion of `tenure`.
 *
 * Run by the build: `pages man` and `pages bash` write to standard output what
 * the program's own tables say.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "clarity/base/cmd_page.h"
#include "node/app/verbs.h"

int main(int argc, char **argv)
{
	struct buf text;
	bool is_written;

	buf_init(&text, (size_t)1 << 20);
	if (argc == 2 && strcmp(argv[1], "man") == 0)
		cmd_page_man(&text, &verbs_program);
	else if (argc == 2 && strcmp(argv[1], "bash") == 0)
		cmd_page_bash(&text, &verbs_program);
	else
		return CMD_EXIT_USAGE;
	is_written = buf_err(&text) == ERR_OK &&
	             fwrite(text.p, 1, text.len, stdout) == text.len &&
	             fflush(stdout) == 0;
	buf_fini(&text);
	return is_written ? CMD_EXIT_OK : CMD_EXIT_REJECT;
}
