/* node/app/ast_json.c - A tree as JSON; contract in ast_json.h. */
#include "config.h"

#include "node/app/ast_json.h"

#include "clarity/base/check.h"
#include "clarity/lang/unparse.h"
#include "node/io/json_write.h"

/* Each level of a tree is an object in an array. */
_Static_assert(JSON_WRITE_DEPTH_MAX >= 2 * AST_DEPTH_MAX + 2,
               "the deepest tree can be written");

/* One level of the walk: the nodes that are still to be written. */
struct level {
	const struct ast_node *at;
	const struct ast_node *end;
};

static const char *kind_name(enum ast_kind kind)
{
	switch (kind) {
	case AST_ATOM:
		return "atom";
	case AST_LITERAL:
		return "literal";
	case AST_LIST:
		return "list";
	case AST_FIELD:
		return "field";
	case AST_TRAIT_REF:
		return "trait";
	case AST_TUPLE:
	case AST_COMMENT:
	case AST_SUGAR_CONTRACT:
	case AST_SUGAR_FIELD:
		break;
	}
	return "unfinished";
}

/* Opens a node; a list stays open for its items. */
static void node_open(struct json_write *w, const struct ast *ast,
                      const struct ast_node *n, struct buf *text)
{
	json_write_object(w);
	json_write_key(w, "id");
	json_write_u64(w, n->id);
	json_write_key(w, "kind");
	json_write_str(w, kind_name((enum ast_kind)n->kind));
	json_write_key(w, "start");
	json_write_u64(w, n->span.start);
	json_write_key(w, "end");
	json_write_u64(w, n->span.end);
	if (n->kind == AST_LIST) {
		json_write_key(w, "items");
		json_write_array(w);
		return;
	}
	buf_reset(text);
	(void)unparse_node(text, ast, n);
	json_write_key(w, "text");
	json_write_text(w, buf_span(text));
	json_write_close(w);
}

static void forms_write(struct json_write *w, const struct ast *ast,
                        struct buf *text)
{
	struct level stack[AST_DEPTH_MAX + 1];
	unsigned depth = 0;

	stack[0] = (struct level){ ast->items, ast->items + ast->n };
	for (;;) {
		struct level *l = &stack[depth];

		if (l->at < l->end) {
			const struct ast_node *n = l->at++;

			node_open(w, ast, n, text);
			if (n->kind != AST_LIST)
				continue;
			CHECK(depth < AST_DEPTH_MAX);
			stack[++depth] =
			    (struct level){ n->items, n->items + n->n };
		} else if (depth == 0) {
			return;
		} else {
			json_write_close(w);
			json_write_close(w);
			depth--;
		}
	}
}

enum err ast_json_write(struct buf *out, const struct ast *ast)
{
	struct json_write w;
	struct buf text;

	buf_init(&text, 4 * AST_SOURCE_MAX);
	json_write_init(&w, out, 1);
	json_write_array(&w);
	forms_write(&w, ast, &text);
	json_write_close(&w);

	enum err e = buf_err(&text);

	buf_fini(&text);
	return e == ERR_OK ? json_write_end(&w) : e;
}
