/* clarity/base/cmd_page.c - Pages from cmd tables; contract in cmd_page.h. */
#include "config.h"

#include "clarity/base/cmd_page.h"

#include <stdio.h>
#include <string.h>

#include "clarity/base/check.h"

/* Columns of a help text, and where its right half begins. */
#define WIDTH ((size_t)79)
#define INDENT ((size_t)26)

/* Called for each verb of a tree, parents first. */
typedef void page_visit(struct buf *out, const struct cmd *const *path,
                        unsigned n_path);

/* Visits the tree without recursion; the path's length bounds the depth. */
static void page_walk(struct buf *out, const struct cmd *root,
                      page_visit *visit)
{
	const struct cmd *path[CMD_DEPTH_MAX] = { root };
	unsigned next[CMD_DEPTH_MAX] = { 0 };
	unsigned n = 1;

	visit(out, path, n);
	while (n > 0) {
		const struct cmd *c = path[n - 1];

		if (next[n - 1] == c->n_subs) {
			n--;
			continue;
		}
		CHECK(n < CMD_DEPTH_MAX);
		path[n] = &c->subs[next[n - 1]++];
		next[n] = 0;
		visit(out, path, ++n);
	}
}

/* Characters on the terminal: UTF-8's continuation bytes take no column. */
static size_t columns(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += ((uint8_t)s[i] & 0xc0) != 0x80;
	return n;
}

static void page_pad(struct buf *out, size_t n)
{
	while (n--)
		(void)buf_add_u8(out, ' ');
}

/* Adds words from column `at`, wrapped at WIDTH, further lines indented. */
static void page_wrap(struct buf *out, const char *text, size_t at,
                      size_t indent)
{
	bool is_first = true;

	while (*text) {
		size_t len = strcspn(text, " \n");
		size_t wide = columns(text, len);

		if (!is_first && at + 1 + wide > WIDTH) {
			(void)buf_add_u8(out, '\n');
			page_pad(out, indent);
			at = indent;
		} else if (!is_first) {
			(void)buf_add_u8(out, ' ');
			at++;
		}
		(void)buf_add(out, text, len);
		at += wide;
		is_first = false;
		text += len;
		if (strncmp(text, "\n\n", 2) == 0) {
			(void)buf_add_str(out, "\n\n");
			page_pad(out, indent);
			at = indent;
			is_first = true;
		}
		text += strspn(text, " \n");
	}
	(void)buf_add_u8(out, '\n');
}

/* One row of a two-column list. */
static void page_row(struct buf *out, const char *left, const char *right)
{
	size_t wide = columns(left, strlen(left)) + 2;

	(void)buf_addf(out, "  %s", left);
	if (wide + 2 > INDENT) {
		(void)buf_add_u8(out, '\n');
		wide = 0;
	}
	page_pad(out, INDENT - wide);
	page_wrap(out, right, INDENT, INDENT);
}

static void opt_left(char *text, size_t size, const struct cmd_opt *o)
{
	char letter[8] = "    ";

	if (o->letter)
		(void)snprintf(letter, sizeof(letter), "-%c, ", o->letter);
	(void)snprintf(text, size, "%s--%s%s%s", letter, o->name,
	               o->value ? " " : "", o->value ? o->value : "");
}

/* The help of an option and what follows from its kind. */
static void opt_right(struct buf *out, const struct cmd_opt *o)
{
	(void)buf_add_str(out, o->help);
	switch (o->kind) {
	case CMD_CHOICE:
		(void)buf_add_str(out, " (");
		for (const char *const *c = o->choices; *c; c++)
			(void)buf_addf(out, "%s%s", c == o->choices ? "" : ", ",
			               *c);
		(void)buf_add_str(out, ")");
		break;
	case CMD_NUMBER:
		(void)buf_addf(out, " (%llu to %llu)",
		               (unsigned long long)o->min,
		               (unsigned long long)o->max);
		break;
	case CMD_SECRET_FILE:
		(void)buf_add_str(out, " (a file; - is standard input)");
		break;
	case CMD_MANY:
		(void)buf_add_str(out, " (may be given again)");
		break;
	case CMD_FLAG:
	case CMD_TEXT:
		break;
	}
}

static void page_options(struct buf *out, const struct cmd *c, bool is_root)
{
	char left[128];
	struct buf right;

	(void)buf_add_str(out, "\nOptions:\n");
	buf_init(&right, 4096);
	for (unsigned i = 0; i < c->n_opts; i++) {
		buf_reset(&right);
		opt_right(&right, &c->opts[i]);
		opt_left(left, sizeof(left), &c->opts[i]);
		page_row(out, left, buf_str(&right));
	}
	buf_fini(&right);
	page_row(out, "-h, --help", "show this text");
	if (is_root)
		page_row(out, "    --version", "show the version");
}

/* Command lines stay as they are. */
static void page_examples(struct buf *out, const char *lines,
                          const char *indent)
{
	while (*lines) {
		size_t len = strcspn(lines, "\n");

		(void)buf_addf(out, "%s%.*s\n", indent, (int)len, lines);
		lines += len + (lines[len] == '\n');
	}
}

void cmd_page_usage(struct buf *out, const struct cmd *const *path,
                    unsigned n_path)
{
	const struct cmd *c = path[n_path - 1];

	(void)buf_add_str(out, "Usage:");
	for (unsigned i = 0; i < n_path; i++)
		(void)buf_addf(out, " %s", path[i]->name);
	if (c->subs)
		(void)buf_add_str(out, " VERB …");
	if (c->n_opts)
		(void)buf_add_str(out, " [OPTION…]");
	if (c->operands)
		(void)buf_addf(out, c->min_operands ? " %s" : " [%s]",
		               c->operands);
	(void)buf_add_str(out, "\n");
}

void cmd_page_help(struct buf *out, const struct cmd *const *path,
                   unsigned n_path)
{
	const struct cmd *c = path[n_path - 1];

	cmd_page_usage(out, path, n_path);
	(void)buf_add_str(out, "\n");
	page_wrap(out, c->summary, 0, 0);
	if (c->about) {
		(void)buf_add_str(out, "\n");
		page_wrap(out, c->about, 0, 0);
	}
	if (c->subs) {
		(void)buf_add_str(out, "\nVerbs:\n");
		for (unsigned i = 0; i < c->n_subs; i++)
			page_row(out, c->subs[i].name, c->subs[i].summary);
		if (n_path == 1)
			page_row(out, "help", "show the help of a verb");
	}
	page_options(out, c, n_path == 1);
	if (c->examples) {
		(void)buf_add_str(out, "\nExamples:\n");
		page_examples(out, c->examples, "  ");
	}
	if (c->exits) {
		(void)buf_add_str(out, "\nExit codes:\n  ");
		page_wrap(out, c->exits, 2, 2);
	}
}

/* roff takes a leading dot or quote as a command, and - as a hyphen. */
static void man_text(struct buf *out, const char *text)
{
	bool at_start = true;

	for (; *text; text++) {
		if (at_start && (*text == '.' || *text == '\''))
			(void)buf_add_str(out, "\\&");
		at_start = *text == '\n';
		if (*text == '-')
			(void)buf_add_str(out, "\\-");
		else if (*text == '\\')
			(void)buf_add_str(out, "\\e");
		else if (strncmp(text, "\n\n", 2) == 0)
			(void)buf_add_str(out, "\n.PP");
		else
			(void)buf_add_u8(out, (uint8_t)*text);
	}
	(void)buf_add_u8(out, '\n');
}

static void man_option(struct buf *out, const struct cmd_opt *o)
{
	struct buf right;

	buf_init(&right, 4096);
	(void)buf_add_str(out, ".TP\n.B ");
	if (o->letter)
		(void)buf_addf(out, "\\-%c\\fR, \\fB", o->letter);
	(void)buf_add_str(out, "\\-\\-");
	for (const char *p = o->name; *p; p++)
		(void)buf_addf(out, *p == '-' ? "\\%c" : "%c", *p);
	if (o->value)
		(void)buf_addf(out, " \\fI%s\\fR", o->value);
	(void)buf_add_u8(out, '\n');
	opt_right(&right, o);
	(void)buf_add_u8(&right, '.');
	man_text(out, buf_str(&right));
	buf_fini(&right);
}

static void man_verb(struct buf *out, const struct cmd *const *path,
                     unsigned n_path)
{
	const struct cmd *c = path[n_path - 1];

	if (c->subs)
		return;
	(void)buf_add_str(out, ".SH \"");
	for (unsigned i = 0; i < n_path; i++)
		(void)buf_addf(out, "%s%s", i ? " " : "", path[i]->name);
	(void)buf_add_str(out, "\"\n");
	if (c->operands)
		(void)buf_addf(out, ".RI [ OPTION… ] \" %s\"\n.PP\n",
		               c->operands);
	man_text(out, c->summary);
	if (c->about) {
		(void)buf_add_str(out, ".PP\n");
		man_text(out, c->about);
	}
	for (unsigned i = 0; i < c->n_opts; i++)
		man_option(out, &c->opts[i]);
	if (c->examples) {
		(void)buf_add_str(out, ".PP\nExamples:\n.nf\n");
		man_text(out, c->examples);
		(void)buf_add_str(out, ".fi\n");
	}
	if (c->exits) {
		(void)buf_add_str(out, ".TP\n.B Exit codes\n");
		man_text(out, c->exits);
	}
}

void cmd_page_man(struct buf *out, const struct cmd_program *program)
{
	const struct cmd *root = &program->root;

	(void)buf_addf(out, ".TH %s 1 \"\" \"%s %s\"\n", root->name, root->name,
	               program->version);
	(void)buf_addf(out, ".SH NAME\n%s \\- ", root->name);
	man_text(out, root->summary);
	(void)buf_addf(out, ".SH SYNOPSIS\n.B %s\n", root->name);
	(void)buf_add_str(out, root->subs ? ".IR VERB \" …\"\n"
	                                  : ".RI [ OPTION… ]\n");
	(void)buf_add_str(out, ".SH DESCRIPTION\n");
	man_text(out, root->about ? root->about : root->summary);
	(void)buf_addf(out, ".TP\n.B \\-h\\fR, \\fB\\-\\-help\n"
	                    "Show the help of the program or of a verb.\n"
	                    ".TP\n.B \\-\\-version\nShow the version.\n");
	page_walk(out, root, man_verb);
	(void)buf_add_str(out, ".SH \"EXIT STATUS\"\n"
	                       "0: done, accepted; 1: done, rejected; 2: the "
	                       "command line or a file that it names cannot be "
	                       "used.\n");
}

/* One case of the script: the verbs so far, and the words that may follow. */
static void bash_case(struct buf *out, const struct cmd *const *path,
                      unsigned n_path)
{
	const struct cmd *c = path[n_path - 1];

	(void)buf_add_str(out, "\t\"");
	for (unsigned i = 1; i < n_path; i++)
		(void)buf_addf(out, "%s%s", i > 1 ? " " : "", path[i]->name);
	(void)buf_add_str(out, "\") words=\"");
	for (unsigned i = 0; i < c->n_subs; i++)
		(void)buf_addf(out, "%s ", c->subs[i].name);
	for (unsigned i = 0; i < c->n_opts; i++)
		(void)buf_addf(out, "--%s ", c->opts[i].name);
	(void)buf_add_str(out, n_path == 1 ? "help --help --version\" ;;\n"
	                                   : "--help\" ;;\n");
}

/* The values of options that take one of a list. */
static void bash_choices(struct buf *out, const struct cmd *const *path,
                         unsigned n_path)
{
	const struct cmd *c = path[n_path - 1];

	for (unsigned i = 0; i < c->n_opts; i++) {
		const struct cmd_opt *o = &c->opts[i];

		if (o->kind != CMD_CHOICE)
			continue;
		(void)buf_add_str(out, "\t\"");
		for (unsigned k = 1; k < n_path; k++)
			(void)buf_addf(out, "%s ", path[k]->name);
		(void)buf_addf(out, "--%s\") values=\"", o->name);
		for (const char *const *v = o->choices; *v; v++)
			(void)buf_addf(out, "%s ", *v);
		(void)buf_add_str(out, "\" ;;\n");
	}
}

/* Which words are verbs: "parent verb" for each of them. */
static void bash_verbs(struct buf *out, const struct cmd *const *path,
                       unsigned n_path)
{
	if (n_path == 1)
		return;
	(void)buf_add_str(out, "\t\t\"");
	for (unsigned i = 1; i < n_path; i++)
		(void)buf_addf(out, "%s%s", i > 1 ? " " : "", path[i]->name);
	(void)buf_add_str(out, "\") path=$next ;;\n");
}

void cmd_page_bash(struct buf *out, const struct cmd_program *program)
{
	const char *name = program->root.name;

	(void)buf_addf(out, "# bash completion for %s; generated\n", name);
	(void)buf_add_str(out, "_");
	for (const char *p = name; *p; p++)
		(void)buf_add_u8(out, *p == '-' ? '_' : (uint8_t)*p);
	(void)buf_add_str(out,
	                  "() {\n"
	                  "\tlocal cur=${COMP_WORDS[COMP_CWORD]}\n"
	                  "\tlocal prev=${COMP_WORDS[COMP_CWORD-1]}\n"
	                  "\tlocal path= words= values= next word\n"
	                  "\tfor word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; "
	                  "do\n"
	                  "\t\tnext=\"${path:+$path }$word\"\n"
	                  "\t\tcase $next in\n");
	page_walk(out, &program->root, bash_verbs);
	(void)buf_add_str(out, "\t\tesac\n\tdone\n\tcase $path in\n");
	page_walk(out, &program->root, bash_case);
	(void)buf_add_str(out, "\tesac\n"
	                       "\tcase \"${path:+$path }$prev\" in\n");
	page_walk(out, &program->root, bash_choices);
	(void)buf_add_str(
	    out, "\tesac\n"
		 "\tif [[ -n $values ]]; then\n"
		 "\t\tCOMPREPLY=($(compgen -W \"$values\" -- \"$cur\"))\n"
		 "\telse\n"
		 "\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
		 "\tfi\n}\ncomplete -o default -F _");
	for (const char *p = name; *p; p++)
		(void)buf_add_u8(out, *p == '-' ? '_' : (uint8_t)*p);
	(void)buf_addf(out, " %s\n", name);
}
