/* node/app/repl_line.c - Line editing; contract in repl_line.h. */
#include "config.h"

#include "node/app/repl_line.h"

#include <errno.h>
#include <histedit.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clarity/base/check.h"
#include "clarity/base/env.h"

/* Texts that the history keeps. */
#define HISTORY_SIZE 1000

/* Candidates that are listed; more would scroll the line away. */
#define SHOWN_MAX 120u

/* Room for all candidates of a completion. */
#define COMPLETE_MAX ((size_t)16 * 1024 * 1024)

struct repl_line {
	FILE *in;
	FILE *out;
	EditLine *el; /* NULL: not a terminal */
	History *history;
	const char *prompt;      /* of the present read */
	char path[ENV_PATH_MAX]; /* of the history, or empty */
	struct repl_line_completer completer;
	struct sigaction old_int; /* what SIGINT did before */
};

/* Set by the handler, read after el_gets came back with nothing. */
static volatile sig_atomic_t was_interrupted;

static void interrupted(int number)
{
	(void)number;
	was_interrupted = 1;
}

static struct repl_line *line_of(EditLine *el)
{
	struct repl_line *l = NULL;

	CHECK(el_get(el, EL_CLIENTDATA, (void **)&l) == 0 && l);
	return l;
}

/* libedit only reads what it gets, but its type does not say so. */
static char *prompt_of(EditLine *el)
{
	static char prompt[128];

	(void)snprintf(prompt, sizeof(prompt), "%s", line_of(el)->prompt);
	return prompt;
}

/* Lists candidates below the line. */
static void candidates_show(const struct repl_line *l,
                            const struct repl_completion *c)
{
	size_t n = c->n < SHOWN_MAX ? c->n : SHOWN_MAX;

	(void)fprintf(l->out, "\n");
	for (size_t i = 0; i < n; i++)
		(void)fprintf(l->out, "%.*s%s", (int)c->words[i].len,
		              (const char *)c->words[i].p,
		              i + 1 == n ? "" : "  ");
	if (n < c->n)
		(void)fprintf(l->out, "  ... %zu more", c->n - n);
	(void)fprintf(l->out, "\n");
}

/* Types what all candidates share, and a space behind the only one. */
static unsigned char candidates_type(struct repl_line *l,
                                     const struct repl_completion *c,
                                     size_t typed)
{
	char text[256];
	size_t more = c->common.len - typed;

	if (more + 2 > sizeof(text))
		return CC_ERROR;
	memcpy(text, c->common.p + typed, more);
	if (c->n == 1)
		text[more++] = ' ';
	text[more] = '\0';
	if (more && el_insertstr(l->el, text) != 0)
		return CC_ERROR;
	if (more)
		return CC_REFRESH;
	candidates_show(l, c);
	return CC_REDISPLAY;
}

/* The Tab key. */
static unsigned char complete(EditLine *el, int key)
{
	struct repl_line *l = line_of(el);
	const LineInfo *info = el_line(el);
	size_t cursor = (size_t)(info->cursor - info->buffer);
	struct span line =
	    span_of(info->buffer, (size_t)(info->lastchar - info->buffer));
	struct repl_completion c = { 0 };
	unsigned char result = CC_ERROR;
	struct arena a;

	(void)key;
	if (!l->completer.complete)
		return CC_ERROR;
	arena_init(&a, COMPLETE_MAX);
	if (l->completer.complete(l->completer.ctx, &a, line, cursor, &c) ==
	        ERR_OK &&
	    c.n)
		result = candidates_type(l, &c, cursor - c.start);
	arena_fini(&a);
	return result;
}

static enum err history_start(struct repl_line *l, const char *path)
{
	HistEvent event;

	l->history = history_init();
	if (!l->history)
		return ERR_NO_MEMORY;
	(void)history(l->history, &event, H_SETSIZE, HISTORY_SIZE);
	(void)history(l->history, &event, H_SETUNIQUE, 1);
	if (path) {
		(void)snprintf(l->path, sizeof(l->path), "%s", path);
		/* There is none the first time. */
		(void)history(l->history, &event, H_LOAD, l->path);
	}
	(void)el_set(l->el, EL_HIST, history, l->history);
	return ERR_OK;
}

static enum err terminal_start(struct repl_line *l, const char *path)
{
	struct sigaction on_int = { .sa_handler = interrupted };

	l->el = el_init("tenure", l->in, l->out, l->out);
	if (!l->el)
		return ERR_NO_MEMORY;
	(void)el_set(l->el, EL_CLIENTDATA, l);
	(void)el_set(l->el, EL_PROMPT, prompt_of);
	(void)el_set(l->el, EL_EDITOR, "emacs");
	/* The wide form, because the other one never frees its copies. */
	(void)el_wset(l->el, EL_ADDFN, L"complete", L"complete a word",
	              complete);
	(void)el_set(l->el, EL_BIND, "^I", "complete", NULL);
	(void)el_set(l->el, EL_BIND, "^R", "em-inc-search-prev", NULL);

	/* Without SA_RESTART: reading a line ends. */
	(void)sigaction(SIGINT, &on_int, &l->old_int);
	return history_start(l, path);
}

enum err repl_line_new(struct repl_line **ret, FILE *in, FILE *out,
                       const char *history,
                       const struct repl_line_completer *completer)
{
	struct repl_line *l = calloc(1, sizeof(*l));

	if (!l)
		return ERR_NO_MEMORY;
	l->in = in;
	l->out = out;
	l->completer = *completer;
	if (isatty(fileno(in)) && isatty(fileno(out))) {
		enum err e = terminal_start(l, history);

		if (e != ERR_OK) {
			repl_line_free(l);
			return e;
		}
	}
	*ret = l;
	return ERR_OK;
}

void repl_line_free(struct repl_line *l)
{
	HistEvent event;

	if (!l)
		return;
	if (l->history && l->path[0])
		(void)history(l->history, &event, H_SAVE, l->path);
	if (l->history)
		history_end(l->history);
	if (l->el) {
		el_end(l->el);
		(void)sigaction(SIGINT, &l->old_int, NULL);
	}
	free(l);
}

static enum repl_read piped_read(struct repl_line *l, struct buf *line)
{
	int c;

	while ((c = getc(l->in)) != EOF && c != '\n')
		(void)buf_add_u8(line, (uint8_t)c);
	return c == EOF && line->len == 0 ? REPL_READ_END : REPL_READ_LINE;
}

static enum repl_read line_read(void *ctx, const char *prompt, struct buf *line)
{
	struct repl_line *l = ctx;
	const char *text;
	int len = 0;

	if (!l->el)
		return piped_read(l, line);
	l->prompt = prompt;
	was_interrupted = 0;
	text = el_gets(l->el, &len);
	if (was_interrupted) {
		(void)fprintf(l->out, "\n");
		return REPL_READ_BREAK;
	}
	if (!text || len <= 0)
		return REPL_READ_END;
	(void)buf_add(line, text,
	              (size_t)len - (text[len - 1] == '\n' ? 1 : 0));
	return REPL_READ_LINE;
}

/* A text of several lines comes back as one, as the terminal shows it; with
 * a comment in it that would change its meaning. */
static void line_remember(void *ctx, struct span text)
{
	struct repl_line *l = ctx;
	HistEvent event;
	struct buf copy;

	if (!l->history || text.len == 0 || memchr(text.p, ';', text.len))
		return;
	buf_init(&copy, text.len + 1);
	for (size_t i = 0; i < text.len; i++)
		(void)buf_add_u8(&copy, text.p[i] == '\n' ? ' ' : text.p[i]);
	(void)buf_add_u8(&copy, '\0');
	if (buf_err(&copy) == ERR_OK)
		(void)history(l->history, &event, H_ENTER, copy.p);
	buf_fini(&copy);
}

struct repl_source repl_line_source(struct repl_line *l)
{
	return (struct repl_source){ .ctx = l,
		                     .read = line_read,
		                     .remember = line_remember };
}
