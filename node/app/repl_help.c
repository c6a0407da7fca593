/* node/app/repl_help.c - Help at the prompt; contract in repl_help.h. */
#include "config.h"

#include "node/app/repl_help.h"

#include <stdio.h>
#include <string.h>

#include "clarity/lang/diag.h"
#include "clarity/lang/native_doc.h"

/* Room that a column of names takes, and a verb with its arguments. */
#define NAME_COLUMN 26
#define VERB_COLUMN 38

/* Writes words, broken into lines that are indented alike. */
static void text_wrap(struct buf *out, const char *text, int indent)
{
	size_t column = 0;

	while (*text) {
		size_t len = strcspn(text, " ");

		if (column && column + 1 + len > REPL_HELP_WIDTH) {
			(void)buf_add_u8(out, '\n');
			column = 0;
		}
		(void)buf_addf(out, "%*s", column ? 1 : indent, "");
		column += (column ? 1 : (size_t)indent) + len;
		(void)buf_add(out, text, len);
		text += len + strspn(text + len, " ");
	}
	(void)buf_add_u8(out, '\n');
}

static void versions_write(struct buf *out, const struct native_info *w)
{
	if (w->last == CLARITY_LAST && w->first == CLARITY_FIRST)
		(void)buf_add_str(out, "In all versions of Clarity.\n");
	else if (w->last == CLARITY_LAST)
		(void)buf_addf(out, "Since Clarity %u.\n", w->first);
	else if (w->first == w->last)
		(void)buf_addf(out, "In Clarity %u only.\n", w->first);
	else
		(void)buf_addf(out, "In Clarity %u to %u.\n", w->first,
		               w->last);
}

static void word_write(struct buf *out, enum native id)
{
	const struct native_doc *d = native_doc_of(id);

	(void)buf_addf(out, "%s\n", d->usage);
	text_wrap(out, d->help, 0);
	versions_write(out, &native_table[id]);
	if (d->example[0]) {
		(void)buf_add_str(out, "Example:\n");
		text_wrap(out, d->example, 4);
	}
	if (d->result[0])
		(void)buf_addf(out, "    ;; %s\n", d->result);
}

bool repl_help_word(struct buf *out, struct span word)
{
	enum native id = native_find(word);
	struct span near = span_of(NULL, 0);

	if (id < NATIVE_COUNT) {
		word_write(out, id);
		return true;
	}
	for (uint32_t i = 0; i < NATIVE_COUNT; i++)
		(void)diag_nearest(word, &near, span_str(native_table[i].name));
	(void)buf_addf(out, "Clarity has no word '%.*s'", (int)word.len,
	               (const char *)word.p);
	if (near.len)
		(void)buf_addf(out, "; did you mean '%.*s'?", (int)near.len,
		               (const char *)near.p);
	(void)buf_add_u8(out, '\n');
	return false;
}

void repl_help_list(struct buf *out, enum clarity_version v, bool keywords)
{
	unsigned column = 0;

	for (uint32_t i = 0; i < NATIVE_COUNT; i++) {
		if (!native_is_in(i, v) || native_is_keyword(i, v) != keywords)
			continue;
		if (column + NAME_COLUMN > REPL_HELP_WIDTH) {
			(void)buf_add_u8(out, '\n');
			column = 0;
		}
		(void)buf_addf(out, "%-*s", NAME_COLUMN, native_table[i].name);
		column += NAME_COLUMN;
	}
	(void)buf_add_u8(out, '\n');
}

void repl_help_verbs(struct buf *out, const struct repl_verbs *verbs)
{
	for (size_t i = 0; i < verbs->n; i++) {
		const struct repl_verb *v = &verbs->rows[i];
		char head[128];

		(void)snprintf(head, sizeof(head), "::%s%s%s", v->name,
		               v->args[0] ? " " : "", v->args);
		(void)buf_addf(out, "%-*s %s\n", VERB_COLUMN, head, v->help);
	}
}
