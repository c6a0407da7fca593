/* node/app/repl.c - The loop of the prompt; contract in repl.h. */
#include "config.h"

#include "node/app/repl.h"

#include <stdio.h>
#include <string.h>

#include "clarity/lang/ast.h"
#include "clarity/lang/diag.h"
#include "node/app/repl_help.h"
#include "node/app/repl_text.h"

/* Deeper text is not indented further. */
#define INDENT_MAX 20u

/* --- the prompt's own verbs --- */

static enum clarity_version version_of(const struct repl *r)
{
	return r->machine->version(r->machine->ctx);
}

static enum err verb_functions(void *ctx, struct span args, struct buf *out)
{
	(void)args;
	repl_help_list(out, version_of(ctx), false);
	return buf_err(out);
}

static enum err verb_keywords(void *ctx, struct span args, struct buf *out)
{
	(void)args;
	repl_help_list(out, version_of(ctx), true);
	return buf_err(out);
}

static enum err verb_describe(void *ctx, struct span args, struct buf *out)
{
	(void)ctx;
	if (args.len == 0)
		return buf_add_str(out, "::describe needs a word of Clarity\n");
	(void)repl_help_word(out, args);
	return buf_err(out);
}

static enum err verb_quit(void *ctx, struct span args, struct buf *out)
{
	struct repl *r = ctx;

	(void)args;
	(void)out;
	r->is_over = true;
	return ERR_OK;
}

static enum err verb_help(void *ctx, struct span args, struct buf *out);

static const struct repl_verb own_rows[] = {
	{ "help", "[word]", "this list, or what a word of Clarity does",
	  verb_help },
	{ "functions", "", "the functions and forms of Clarity",
	  verb_functions },
	{ "keywords", "", "the keywords of Clarity", verb_keywords },
	{ "describe", "word", "what a word of Clarity does", verb_describe },
	{ "quit", "", "leave", verb_quit },
	{ "exit", "", "leave", verb_quit },
};

static const struct repl_verbs own_verbs = {
	own_rows, sizeof(own_rows) / sizeof(own_rows[0])
};

static enum err verb_help(void *ctx, struct span args, struct buf *out)
{
	const struct repl *r = ctx;

	if (args.len)
		return verb_describe(ctx, args, out);
	repl_help_verbs(out, &own_verbs);
	repl_help_verbs(out, &r->machine->verbs);
	return buf_add_str(out, "Anything else is evaluated; text goes on in "
	                        "the next line while a bracket is open.\n");
}

/* --- lines that begin with "::" --- */

static struct span span_trim(struct span s)
{
	while (s.len && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = span_of(s.p + 1, s.len - 1);
	while (s.len && (s.p[s.len - 1] == ' ' || s.p[s.len - 1] == '\t'))
		s.len--;
	return s;
}

/* The verb of most similar name, for a hint. */
static struct span verb_near(const struct repl *r, struct span name)
{
	const struct repl_verbs *tables[] = { &own_verbs, &r->machine->verbs };
	struct span near = span_of(NULL, 0);

	for (size_t t = 0; t < 2; t++) {
		for (size_t i = 0; i < tables[t]->n; i++)
			(void)diag_nearest(name, &near,
			                   span_str(tables[t]->rows[i].name));
	}
	return near;
}

static void verb_unknown(const struct repl *r, struct span name,
                         struct buf *out)
{
	struct span near = verb_near(r, name);

	(void)buf_addf(out, "no verb is called ::%.*s", (int)name.len,
	               (const char *)name.p);
	if (near.len)
		(void)buf_addf(out, "; did you mean ::%.*s?", (int)near.len,
		               (const char *)near.p);
	(void)buf_add_str(out, "\n");
}

static void verb_run(struct repl *r, struct span line, struct buf *out)
{
	struct span rest = span_of(line.p + 2, line.len - 2);
	size_t len = 0;

	while (len < rest.len && rest.p[len] != ' ' && rest.p[len] != '\t')
		len++;

	struct span name = span_of(rest.p, len);
	struct span args = span_trim(span_of(rest.p + len, rest.len - len));
	const struct repl_verb *own = repl_verb_find(&own_verbs, name);
	const struct repl_verb *v =
	    own ? own : repl_verb_find(&r->machine->verbs, name);
	enum err e;

	if (!v) {
		verb_unknown(r, name, out);
		return;
	}
	e = v->run(own ? (void *)r : r->machine->ctx, args, out);
	if (e != ERR_OK)
		(void)buf_addf(out, "::%s: %s\n", v->name, err_text(e));
}

/* --- the loop --- */

/* What has been typed of one text. */
struct session {
	struct repl *repl;
	struct buf text; /* the lines so far */
	struct buf line; /* the newest */
	struct buf out;
	unsigned depth; /* open brackets */
};

static void out_show(struct session *s)
{
	if (s->out.len)
		s->repl->show(s->repl->show_ctx, buf_span(&s->out));
	buf_reset(&s->out);
}

static enum repl_read line_read(struct session *s)
{
	char prompt[INDENT_MAX * 2 + 8];
	unsigned depth = s->depth < INDENT_MAX ? s->depth : INDENT_MAX;

	if (s->text.len)
		(void)snprintf(prompt, sizeof(prompt), ".. %*s",
		               (int)(2 * depth), "");
	else
		(void)snprintf(prompt, sizeof(prompt), ">> ");
	buf_reset(&s->line);
	return s->repl->source->read(s->repl->source->ctx, prompt, &s->line);
}

static enum err text_eval(struct session *s)
{
	struct repl *r = s->repl;
	struct span text = buf_span(&s->text);
	enum err e;

	if (r->source->remember)
		r->source->remember(r->source->ctx, text);
	e = r->machine->eval(r->machine->ctx, text, &s->out);
	buf_reset(&s->text);
	s->depth = 0;
	out_show(s);
	return err_class(e) == ERR_CLASS_FAULT ? e : ERR_OK;
}

/* Adds the newest line to the text and evaluates that if it is whole. */
static enum err line_take(struct session *s)
{
	struct repl_text look;

	if (s->text.len)
		(void)buf_add_u8(&s->text, '\n');
	(void)buf_add(&s->text, s->line.p, s->line.len);
	TRY(buf_err(&s->text));
	TRY(repl_text_look(buf_span(&s->text), &look));
	s->depth = look.depth;
	if (look.state == REPL_TEXT_WHOLE)
		return text_eval(s);
	if (look.state == REPL_TEXT_EMPTY)
		buf_reset(&s->text);
	return ERR_OK;
}

static bool is_verb(const struct session *s)
{
	return s->text.len == 0 && s->line.len >= 2 &&
	       memcmp(s->line.p, "::", 2) == 0;
}

static enum err session_run(struct session *s)
{
	enum repl_read got;

	while (!s->repl->is_over && (got = line_read(s)) != REPL_READ_END) {
		if (got == REPL_READ_BREAK) {
			buf_reset(&s->text);
			s->depth = 0;
		} else if (is_verb(s)) {
			if (s->repl->source->remember)
				s->repl->source->remember(s->repl->source->ctx,
				                          buf_span(&s->line));
			verb_run(s->repl, span_trim(buf_span(&s->line)),
			         &s->out);
			out_show(s);
		} else {
			TRY(line_take(s));
		}
	}
	/* What a pipe leaves unfinished is wrong, and the machine says how. */
	return s->text.len && !s->repl->is_over ? text_eval(s) : ERR_OK;
}

enum err repl_run(struct repl *r)
{
	struct session s = { .repl = r };
	enum err e;

	buf_init(&s.text, AST_SOURCE_MAX);
	buf_init(&s.line, AST_SOURCE_MAX);
	buf_init(&s.out, REPL_OUT_MAX);
	e = session_run(&s);
	buf_fini(&s.text);
	buf_fini(&s.line);
	buf_fini(&s.out);
	r->is_over = true;
	return e;
}

enum err repl_complete_line(void *ctx, struct arena *a, struct span line,
                            size_t cursor, struct repl_completion *ret)
{
	const struct repl *r = ctx;
	struct repl_verbs tables[] = { own_verbs, r->machine->verbs };
	struct repl_vocab vocab = { .version = version_of(r),
		                    .tables = tables,
		                    .table_n = 2 };

	vocab.name_n = r->machine->names(r->machine->ctx, &vocab.names);
	return repl_complete(a, &vocab, line, cursor, ret);
}
