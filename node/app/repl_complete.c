/* node/app/repl_complete.c - Candidates; contract in repl_complete.h. */
#include "config.h"

#include "node/app/repl_complete.h"

#include <stdbool.h>
#include <string.h>

#include "clarity/lang/native.h"
#include "node/app/repl_text.h"

/* The names of types, which no table of words has. */
static const char *const type_names[] = {
	"bool",     "buff",         "int",         "optional", "principal",
	"response", "string-ascii", "string-utf8", "uint"
};

#define TYPE_NAMES (sizeof(type_names) / sizeof(type_names[0]))

/* Candidates that begin with `word`, kept sorted. */
struct finder {
	struct span word;
	struct span *found;
	size_t n;
};

static bool begins_with(struct span name, struct span word)
{
	return name.len >= word.len &&
	       (word.len == 0 || memcmp(name.p, word.p, word.len) == 0);
}

/* Puts a name in its place unless it is there; the room was counted. */
static void name_offer(struct finder *f, struct span name)
{
	size_t at = f->n;

	if (!begins_with(name, f->word))
		return;
	while (at && span_cmp(f->found[at - 1], name) > 0)
		at--;
	if (at && span_eq(f->found[at - 1], name))
		return;
	memmove(&f->found[at + 1], &f->found[at],
	        (f->n - at) * sizeof(f->found[0]));
	f->found[at] = name;
	f->n++;
}

static enum err verbs_offer(struct arena *a, const struct repl_vocab *v,
                            struct finder *f)
{
	for (size_t t = 0; t < v->table_n; t++) {
		for (size_t i = 0; i < v->tables[t].n; i++) {
			const char *name = v->tables[t].rows[i].name;
			size_t len = strlen(name) + 2;
			char *text = arena_alloc(a, len + 1);

			if (!text)
				return ERR_NO_MEMORY;
			memcpy(text, "::", 2);
			memcpy(text + 2, name, len - 1);
			name_offer(f, span_of(text, len));
		}
	}
	return ERR_OK;
}

static void words_offer(const struct repl_vocab *v, struct finder *f,
                        bool is_head)
{
	for (uint32_t i = 0; i < NATIVE_COUNT; i++) {
		if (!native_is_in(i, v->version))
			continue;
		if (!is_head || !native_is_keyword(i, v->version))
			name_offer(f, span_str(native_table[i].name));
	}
	for (size_t i = 0; i < TYPE_NAMES; i++)
		name_offer(f, span_str(type_names[i]));
	for (size_t i = 0; i < v->name_n; i++)
		name_offer(f, v->names[i]);
}

/* What the first and the last of sorted names share, all share. */
static struct span common_part(const struct finder *f)
{
	struct span first = f->found[0];
	struct span last = f->found[f->n - 1];
	size_t len = 0;

	while (len < first.len && len < last.len && first.p[len] == last.p[len])
		len++;
	return span_of(first.p, len);
}

static size_t vocab_count(const struct repl_vocab *v)
{
	size_t n = NATIVE_COUNT + TYPE_NAMES + v->name_n;

	for (size_t t = 0; t < v->table_n; t++)
		n += v->tables[t].n;
	return n;
}

enum err repl_complete(struct arena *a, const struct repl_vocab *vocab,
                       struct span line, size_t cursor,
                       struct repl_completion *ret)
{
	struct span word = repl_text_word(line, cursor);
	struct finder f = { .word = word };
	size_t start = cursor - word.len;

	f.found = arena_new_array(a, struct span, vocab_count(vocab));
	if (!f.found)
		return ERR_NO_MEMORY;
	if (word.len && word.p[0] == ':')
		TRY(verbs_offer(a, vocab, &f));
	else
		words_offer(vocab, &f, repl_text_is_head(line, start));
	*ret = (struct repl_completion){ .start = start,
		                         .words = f.found,
		                         .n = f.n };
	ret->common = f.n ? common_part(&f) : word;
	return ERR_OK;
}
