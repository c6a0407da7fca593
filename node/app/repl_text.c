/* node/app/repl_text.c - Whole or not; contract in repl_text.h. */
#include "config.h"

#include "node/app/repl_text.h"

#include "clarity/lang/ast.h"
#include "clarity/lang/lexer.h"
#include "clarity/lang/parse.h"
#include "clarity/value/name.h"

/* How many brackets of `text` are open at its end; negative when too many are
 * closed. */
static int open_brackets(struct lexer *lx)
{
	int depth = 0;

	while (lexer_next(lx) == ERR_OK && lx->tok.kind != LEXER_END) {
		enum lexer_kind kind = (enum lexer_kind)lx->tok.kind;

		if (kind == LEXER_LPAREN || kind == LEXER_LBRACE)
			depth++;
		if (kind == LEXER_RPAREN || kind == LEXER_RBRACE)
			depth--;
	}
	return depth;
}

/* Whether a refusal only says that the text ends too early. */
static bool wants_more(const struct diag *d, size_t len)
{
	int code = d->rule.code;

	return code == PARSE_ERROR_LIST_OPEN ||
	       code == PARSE_ERROR_TUPLE_OPEN ||
	       code == PARSE_ERROR_TUPLE_VALUE ||
	       (code == PARSE_ERROR_TUPLE_COLON && d->span.start == len);
}

static bool is_empty(const struct parse_tree *tree)
{
	for (uint32_t i = 0; i < tree->n; i++) {
		if (tree->items[i].kind != AST_COMMENT)
			return false;
	}
	return true;
}

static enum err text_look(struct arena *a, struct span text,
                          struct repl_text *ret)
{
	struct symtab syms;
	struct lexer lx;
	struct parse_tree tree = { 0 };
	struct diag diag = { 0 };

	TRY(symtab_init(&syms, a));

	enum err e = parse_program(a, &syms, text, EPOCH_LAST, &tree, &diag);

	if (e == ERR_OK && is_empty(&tree))
		ret->state = REPL_TEXT_EMPTY;
	if (e == ERR_OK)
		return ERR_OK;
	if (e != ERR_PARSE)
		return e;
	if (!wants_more(&diag, text.len))
		return ERR_OK;
	TRY(lexer_init(&lx, a, text, NULL));

	int depth = open_brackets(&lx);

	ret->state = REPL_TEXT_MORE;
	ret->depth = depth > 0 ? (unsigned)depth : 0;
	return ERR_OK;
}

enum err repl_text_look(struct span text, struct repl_text *ret)
{
	struct arena a;

	*ret = (struct repl_text){ .state = REPL_TEXT_WHOLE };
	arena_init(&a, AST_ARENA_MAX);

	enum err e = text_look(&a, text, ret);

	arena_fini(&a);
	return e;
}

struct span repl_text_word(struct span line, size_t cursor)
{
	size_t start = cursor;

	while (start &&
	       (name_has_char(line.p[start - 1]) || line.p[start - 1] == ':'))
		start--;
	/* A colon is part of a word in front of a verb only. */
	for (size_t i = start; i < cursor; i++) {
		if (line.p[i] == ':' && !(start == 0 && i < 2))
			start = i + 1;
	}
	return span_of(line.p + start, cursor - start);
}

bool repl_text_is_head(struct span line, size_t start)
{
	while (start && (line.p[start - 1] == ' ' || line.p[start - 1] == '\t'))
		start--;
	return start && line.p[start - 1] == '(';
}
