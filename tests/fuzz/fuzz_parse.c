/*
 * tests/fuzz/fuzz_parse.c - Any bytes either are a program or break a rule.
 *
 * Properties: a refusal names a rule and a place in the source.  In a tree,
 * ids are a preorder, and places lie inside of the parent's and in order.  The
 * tree as text reads as the same tree.  What an early epoch accepts, a later
 * one accepts with the same tree.
 */
#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/lang/native.h"
#include "tests/lib/fuzz.h"
#include "tests/lib/snippet.h"

static void check_refusal(const struct snippet *p)
{
	CHECK(p->err == ERR_PARSE);
	CHECK(p->diag.rule.stage == DIAG_PARSE && p->diag.rule.name[0]);
	for (const char *c = p->diag.message; *c; c++)
		CHECK(*c >= ' ' && *c < 127);
	CHECK(p->diag.span.start <= p->diag.span.end);
	CHECK(p->diag.span.end <= p->source.len);
}

/* @return the id behind the last one below `n`. */
static uint32_t check_node(const struct ast_node *n, struct diag_span outer,
                           uint32_t id)
{
	uint32_t at = n->span.start;

	CHECK(n->id == id);
	CHECK(outer.start <= n->span.start && n->span.end <= outer.end);
	CHECK(n->span.start < n->span.end);
	id++;
	for (uint32_t i = 0; n->kind == AST_LIST && i < n->n; i++) {
		const struct ast_node *item = &n->items[i];

		id = check_node(item, n->span, id);
		CHECK(item->span.start >= at);
		at = item->span.end;
	}
	return id;
}

static void check_tree(const struct snippet *p)
{
	struct diag_span all = { 0, (uint32_t)p->source.len };
	uint32_t id = 1;

	for (uint32_t i = 0; i < p->ast.n; i++)
		id = check_node(&p->ast.items[i], all, id);
	CHECK(p->ast.node_count == id - 1);
}

/* The symbol that a form defines, or SYMTAB_NONE. */
static uint32_t defined_sym(const struct ast_node *form)
{
	const struct ast_node *name;

	if (!native_is_define(ast_head(form)) || form->n < 2)
		return SYMTAB_NONE;
	name = &form->items[1];
	if (name->kind == AST_LIST)
		return ast_head(name);
	return name->kind == AST_ATOM ? name->sym : SYMTAB_NONE;
}

static bool defines_twice(const struct ast *ast)
{
	for (uint32_t i = 0; i < ast->n; i++) {
		uint32_t sym = defined_sym(&ast->items[i]);

		for (uint32_t j = 0; j < i && sym != SYMTAB_NONE; j++) {
			if (defined_sym(&ast->items[j]) == sym)
				return true;
		}
	}
	return false;
}

/* Three things may change what the text means: a comment that hid a use, a
 * second definition of a name that sorting has moved before the first, and
 * that a tuple nests deeper when it is written out. */
static void check_text(struct snippet *p)
{
	struct snippet again;
	bool may_move =
	    defines_twice(&p->ast) ||
	    (p->source.len && memchr(p->source.p, ';', p->source.len) != NULL);
	const char *text = snippet_text(p);

	snippet_open_span(&again, span_str(text), EPOCH_3_4);
	if (again.err == ERR_OK && !may_move)
		CHECK(strcmp(snippet_text(&again), text) == 0);
	if (again.err != ERR_OK)
		CHECK(may_move ||
		      strstr(again.diag.rule.name, "TooDeep") != NULL);
	snippet_close(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct snippet now, early;

	snippet_open_span(&now, span_of(bytes, len), EPOCH_3_4);
	snippet_open_span(&early, span_of(bytes, len), EPOCH_3_0);
	if (now.err != ERR_OK) {
		check_refusal(&now);
		CHECK(early.err == ERR_PARSE);
	} else {
		check_tree(&now);
		check_text(&now);
	}
	if (early.err == ERR_OK)
		CHECK(strcmp(snippet_text(&early), snippet_text(&now)) == 0);
	else
		check_refusal(&early);
	snippet_close(&early);
	snippet_close(&now);
	return 0;
}
