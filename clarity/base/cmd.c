/* clarity/base/cmd.c - Command lines from tables; contract in cmd.h. */
#include "config.h"

#include "clarity/base/cmd.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/cmd_page.h"
#include "clarity/base/near.h"

/* A command line being read. */
struct parse {
	const struct cmd_program *program;
	int argc;
	char **argv;
	int at; /* the next word */
	struct cmd_args *args;
	struct buf *text;
};

static const struct cmd *parse_cmd(const struct parse *p)
{
	return p->args->path[p->args->n_path - 1];
}

/* The last line of each usage error: where to read more. */
static enum cmd_outcome parse_wrong(struct parse *p)
{
	(void)buf_add_str(p->text, "\n");
	cmd_page_usage(p->text, p->args->path, p->args->n_path);
	(void)buf_add_str(p->text, "Try '");
	for (unsigned i = 0; i < p->args->n_path; i++)
		(void)buf_addf(p->text, "%s ", p->args->path[i]->name);
	(void)buf_add_str(p->text, "--help' for more.\n");
	return CMD_WRONG;
}

static enum cmd_outcome parse_help(struct parse *p)
{
	cmd_page_help(p->text, p->args->path, p->args->n_path);
	return CMD_SHOW;
}

static const struct cmd *sub_find(const struct cmd *c, const char *name)
{
	for (unsigned i = 0; i < c->n_subs; i++) {
		if (strcmp(c->subs[i].name, name) == 0)
			return &c->subs[i];
	}
	return NULL;
}

static enum cmd_outcome unknown_verb(struct parse *p, const char *name)
{
	const struct cmd *c = parse_cmd(p);
	struct near near;

	near_init(&near, span_str(name));
	for (unsigned i = 0; i < c->n_subs; i++)
		near_offer(&near, span_str(c->subs[i].name));
	(void)buf_addf(p->text, "%s: there is no verb '%s'",
	               p->program->root.name, name);
	if (near.best.len)
		(void)buf_addf(p->text, "; did you mean '%.*s'?",
		               (int)near.best.len, near.best.p);
	return parse_wrong(p);
}

/* Goes down the tree as long as the words are verbs. */
static enum cmd_outcome parse_verbs(struct parse *p)
{
	while (p->at < p->argc && parse_cmd(p)->subs &&
	       p->argv[p->at][0] != '-') {
		const char *word = p->argv[p->at];
		const struct cmd *sub = sub_find(parse_cmd(p), word);

		if (!sub)
			return unknown_verb(p, word);
		CHECK(p->args->n_path < CMD_DEPTH_MAX);
		p->args->path[p->args->n_path++] = sub;
		p->at++;
	}
	return CMD_RUN;
}

static const struct cmd_opt *opt_by_name(const struct cmd *c, struct span name)
{
	for (unsigned i = 0; i < c->n_opts; i++) {
		if (span_eq(span_str(c->opts[i].name), name))
			return &c->opts[i];
	}
	return NULL;
}

static const struct cmd_opt *opt_by_letter(const struct cmd *c, char letter)
{
	for (unsigned i = 0; i < c->n_opts; i++) {
		if (letter && c->opts[i].letter == letter)
			return &c->opts[i];
	}
	return NULL;
}

static enum cmd_outcome unknown_option(struct parse *p, struct span name)
{
	const struct cmd *c = parse_cmd(p);
	struct near near;

	near_init(&near, name);
	near_offer(&near, span_str("help"));
	for (unsigned i = 0; i < c->n_opts; i++)
		near_offer(&near, span_str(c->opts[i].name));
	(void)buf_addf(p->text, "%s: there is no option '--%.*s'",
	               p->program->root.name, (int)name.len, name.p);
	if (near.best.len)
		(void)buf_addf(p->text, "; did you mean '--%.*s'?",
		               (int)near.best.len, near.best.p);
	return parse_wrong(p);
}

static enum cmd_outcome wrong_number(struct parse *p, const struct cmd_opt *opt,
                                     const char *text)
{
	(void)buf_addf(
	    p->text, "%s: --%s takes a number from %llu to %llu, not '%s'",
	    p->program->root.name, opt->name, (unsigned long long)opt->min,
	    (unsigned long long)opt->max, text);
	return parse_wrong(p);
}

static enum cmd_outcome wrong_choice(struct parse *p, const struct cmd_opt *opt,
                                     const char *text)
{
	(void)buf_addf(p->text, "%s: --%s takes one of", p->program->root.name,
	               opt->name);
	for (const char *const *c = opt->choices; *c; c++)
		(void)buf_addf(p->text, " %s", *c);
	(void)buf_addf(p->text, ", not '%s'", text);
	return parse_wrong(p);
}

static enum cmd_outcome too_many(struct parse *p, const struct cmd_opt *opt)
{
	(void)buf_addf(p->text, "%s: --%s stands here too often",
	               p->program->root.name, opt->name);
	return parse_wrong(p);
}

/* Judges a value and keeps it. */
static enum cmd_outcome opt_set(struct parse *p, const struct cmd_opt *opt,
                                const char *text)
{
	struct cmd_arg arg = { .is_set = true, .text = text };

	switch (opt->kind) {
	case CMD_NUMBER:
		if (!u64_parse(&arg.num, text, strlen(text)) ||
		    arg.num < opt->min || arg.num > opt->max)
			return wrong_number(p, opt, text);
		break;
	case CMD_CHOICE:
		while (opt->choices[arg.num] &&
		       strcmp(opt->choices[arg.num], text) != 0)
			arg.num++;
		if (!opt->choices[arg.num])
			return wrong_choice(p, opt, text);
		break;
	case CMD_MANY:
		if (p->args->n_many == CMD_MANY_MAX)
			return too_many(p, opt);
		p->args->many_opt[p->args->n_many] =
		    (uint8_t)(opt - parse_cmd(p)->opts);
		p->args->many[p->args->n_many++] = text;
		break;
	case CMD_FLAG:
	case CMD_TEXT:
	case CMD_SECRET_FILE:
		break;
	}
	p->args->opt[opt - parse_cmd(p)->opts] = arg;
	return CMD_RUN;
}

/* `inline_value` is what stands behind = or the letter; NULL: nothing. */
static enum cmd_outcome opt_value(struct parse *p, const struct cmd_opt *opt,
                                  const char *inline_value)
{
	if (opt->kind == CMD_FLAG) {
		if (!inline_value)
			return opt_set(p, opt, NULL);
		(void)buf_addf(p->text, "%s: --%s takes no value",
		               p->program->root.name, opt->name);
		return parse_wrong(p);
	}
	if (inline_value)
		return opt_set(p, opt, inline_value);
	if (p->at < p->argc)
		return opt_set(p, opt, p->argv[p->at++]);
	(void)buf_addf(p->text, "%s: --%s needs a value (%s)",
	               p->program->root.name, opt->name, opt->value);
	return parse_wrong(p);
}

/* A word that begins with two dashes. */
static enum cmd_outcome parse_long(struct parse *p, const char *word)
{
	const char *eq = strchr(word, '=');
	struct span name =
	    span_of(word, eq ? (size_t)(eq - word) : strlen(word));
	const struct cmd_opt *opt = opt_by_name(parse_cmd(p), name);

	if (span_eq(name, span_str("help")) && !eq)
		return parse_help(p);
	if (span_eq(name, span_str("version")) && !eq && p->args->n_path == 1) {
		(void)buf_addf(p->text, "%s %s\n", p->program->root.name,
		               p->program->version);
		return CMD_SHOW;
	}
	if (!opt)
		return unknown_option(p, name);
	return opt_value(p, opt, eq ? eq + 1 : NULL);
}

/* A word of one dash and letters: flags may share one. */
static enum cmd_outcome parse_letters(struct parse *p, const char *letters)
{
	enum cmd_outcome outcome = CMD_RUN;

	for (; outcome == CMD_RUN && *letters; letters++) {
		const struct cmd_opt *opt =
		    opt_by_letter(parse_cmd(p), *letters);

		if (*letters == 'h')
			return parse_help(p);
		if (!opt) {
			(void)buf_addf(p->text, "%s: there is no option '-%c'",
			               p->program->root.name, *letters);
			return parse_wrong(p);
		}
		if (opt->kind != CMD_FLAG)
			return opt_value(p, opt,
			                 letters[1] ? letters + 1 : NULL);
		outcome = opt_value(p, opt, NULL);
	}
	return outcome;
}

/* One dash and letters; a negative number is no option. */
static bool is_letters(const char *word)
{
	return word[0] == '-' && word[1] && !(word[1] >= '0' && word[1] <= '9');
}

/* Operands are gathered at the front of argv, where words are used up. */
static enum cmd_outcome parse_words(struct parse *p)
{
	enum cmd_outcome outcome = CMD_RUN;
	bool has_options = true;

	p->args->operands = p->argv;
	while (outcome == CMD_RUN && p->at < p->argc) {
		char *word = p->argv[p->at++];

		if (has_options && strcmp(word, "--") == 0)
			has_options = false;
		else if (has_options && strncmp(word, "--", 2) == 0)
			outcome = parse_long(p, word + 2);
		else if (has_options && is_letters(word))
			outcome = parse_letters(p, word + 1);
		else
			p->argv[p->args->n_operands++] = word;
	}
	return outcome;
}

/* What is left to judge once all words are read. */
static enum cmd_outcome parse_finish(struct parse *p)
{
	const struct cmd *c = parse_cmd(p);

	if (c->subs) {
		if (p->args->n_operands)
			return unknown_verb(p, p->args->operands[0]);
		(void)buf_addf(p->text, "%s: a verb is missing",
		               p->program->root.name);
		return parse_wrong(p);
	}
	if (p->args->n_operands < c->min_operands) {
		(void)buf_addf(p->text, "%s: %s is missing",
		               p->program->root.name, c->operands);
		return parse_wrong(p);
	}
	if (p->args->n_operands > c->max_operands) {
		(void)buf_addf(p->text, "%s: unexpected '%s'",
		               p->program->root.name,
		               p->args->operands[c->max_operands]);
		return parse_wrong(p);
	}
	return CMD_RUN;
}

/* `tenure help VERB …` is `tenure VERB … --help`. */
static enum cmd_outcome parse_help_verb(struct parse *p)
{
	p->at++;

	enum cmd_outcome outcome = parse_verbs(p);

	if (outcome != CMD_RUN)
		return outcome;
	if (p->at < p->argc && strcmp(p->argv[p->at], "--help") != 0) {
		(void)buf_addf(p->text, "%s: unexpected '%s'",
		               p->program->root.name, p->argv[p->at]);
		return parse_wrong(p);
	}
	return parse_help(p);
}

enum cmd_outcome cmd_parse(const struct cmd_program *program, int argc,
                           char **argv, struct cmd_args *ret, struct buf *text)
{
	struct parse p = { .program = program,
		           .argc = argc,
		           .argv = argv,
		           .at = 1,
		           .args = ret,
		           .text = text };

	*ret = (struct cmd_args){ .path = { &program->root }, .n_path = 1 };
	if (program->root.subs && argc > 1 && strcmp(argv[1], "help") == 0)
		return parse_help_verb(&p);

	enum cmd_outcome outcome = parse_verbs(&p);

	if (outcome == CMD_RUN)
		outcome = parse_words(&p);
	if (outcome == CMD_RUN)
		outcome = parse_finish(&p);
	return outcome;
}

/* Words in an option's name that say its value would be a secret. */
static const char *const secret_words[] = {
	"secret", "password", "passphrase", "passwd", "mnemonic",
	"seed",   "private",  "token",      "key",
};

static bool sounds_secret(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(secret_words); i++) {
		if (strstr(name, secret_words[i]))
			return true;
	}
	return false;
}

static bool is_word(const char *name)
{
	if (!name || name[0] < 'a' || name[0] > 'z')
		return false;
	return strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") ==
	       strlen(name);
}

static void check_say(struct buf *why, const struct cmd *c, const char *what,
                      const char *about)
{
	(void)buf_addf(why, "%s: %s%s%s\n", c->name ? c->name : "?", what,
	               about ? ": " : "", about ? about : "");
}

static bool opt_is_complete(const struct cmd_opt *o)
{
	switch (o->kind) {
	case CMD_FLAG:
		return !o->value;
	case CMD_NUMBER:
		return o->value && o->min <= o->max;
	case CMD_CHOICE:
		return o->value && o->choices && o->choices[0];
	case CMD_TEXT:
	case CMD_MANY:
	case CMD_SECRET_FILE:
		return o->value != NULL;
	}
	return false;
}

static void check_opt(struct buf *why, const struct cmd *c, unsigned i)
{
	const struct cmd_opt *o = &c->opts[i];

	if (!is_word(o->name) || strcmp(o->name, "help") == 0 ||
	    strcmp(o->name, "version") == 0 || o->letter == 'h') {
		check_say(why, c, "an option has no name of its own", o->name);
		return;
	}
	if (!o->help || !o->help[0] || !opt_is_complete(o))
		check_say(why, c, "an option's row is incomplete", o->name);
	if (o->kind != CMD_FLAG && o->kind != CMD_SECRET_FILE &&
	    sounds_secret(o->name))
		check_say(why, c, "an option would take a secret", o->name);
	for (unsigned k = 0; k < i; k++) {
		if (strcmp(c->opts[k].name, o->name) == 0 ||
		    (o->letter && c->opts[k].letter == o->letter))
			check_say(why, c, "an option stands twice", o->name);
	}
}

static void check_verb(struct buf *why, const struct cmd *c)
{
	if (!is_word(c->name))
		check_say(why, c, "a name is no lower-case word", NULL);
	if (!c->summary || !c->summary[0])
		check_say(why, c, "the summary is missing", NULL);
	if (!c->run == !c->subs || (c->subs && (c->n_opts || c->operands)))
		check_say(why, c, "it must either run or have verbs", NULL);
	if (!c->operands != !c->max_operands ||
	    c->min_operands > c->max_operands)
		check_say(why, c, "the operands do not agree", NULL);
	if (c->n_opts > CMD_OPTS_MAX)
		check_say(why, c, "there are too many options", NULL);
	for (unsigned i = 0; i < c->n_opts; i++)
		check_opt(why, c, i);
	for (unsigned i = 0; i < c->n_subs; i++) {
		const char *name = c->subs[i].name;

		if (name && (strcmp(name, "help") == 0 ||
		             sub_find(c, name) != &c->subs[i]))
			check_say(why, c, "a verb stands twice", name);
	}
}

/* Walks the tree without recursion: `next[d]` is the next verb at depth d. */
bool cmd_check(const struct cmd_program *program, struct buf *why)
{
	const struct cmd *at[CMD_DEPTH_MAX] = { &program->root };
	unsigned next[CMD_DEPTH_MAX] = { 0 };
	unsigned depth = 0;
	size_t start = why->len;

	if (!program->version)
		check_say(why, at[0], "the version is missing", NULL);
	check_verb(why, at[0]);
	for (;;) {
		if (next[depth] < at[depth]->n_subs) {
			const struct cmd *sub = &at[depth]->subs[next[depth]++];

			check_verb(why, sub);
			if (depth + 1 == CMD_DEPTH_MAX) {
				check_say(why, sub, "it lies too deep", NULL);
				continue;
			}
			at[++depth] = sub;
			next[depth] = 0;
		} else if (depth-- == 0) {
			return why->len == start && !why->err;
		}
	}
}
