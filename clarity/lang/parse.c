/* clarity/lang/parse.c - Tokens to the raw tree; contract in parse.h. */
#include "config.h"

#include "clarity/lang/parse.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/lang/lexer.h"
#include "clarity/lang/literal.h"
#include "clarity/value/name.h"
#include "clarity/value/principal.h"
#include "clarity/value/value.h"

/* Each "(" counts one and each "{" two; reading stops one above the limit that
 * holds for the finished tree. */
#define FRAMES_MAX (AST_DEPTH_MAX + 1)

#ifdef HARD_TESTS
#define FIRST_NODES 2u
#else
#define FIRST_NODES 1024u
#endif

/* Unfinished nodes never outnumber the bytes of source. */
#define SCRATCH_MAX ((size_t)192 * 1024 * 1024)

enum frame_state {
	FRAME_LIST,
	FRAME_KEY,  /* a tuple that wants a key, or its end */
	FRAME_VALUE /* a tuple that wants the value of a key */
};

/* A list or tuple that is not closed yet. */
struct frame {
	uint32_t first;         /* of its nodes, on the stack of nodes */
	uint8_t state;          /* enum frame_state */
	bool has_space;         /* something separates the last item */
	struct diag_span span;  /* the opening bracket */
	struct diag_span colon; /* FRAME_VALUE: the colon before the value */
};

struct parser {
	struct lexer lx;
	struct arena *arena; /* finished nodes */
	struct arena tmp;    /* everything else */
	struct symtab *syms;
	struct span source;
	struct diag *diag;
	struct parse_tree *tree;
	struct ast_node *nodes; /* of open lists, outermost first */
	uint32_t n;
	uint32_t cap;
	uint32_t depth;  /* frames in use */
	uint32_t levels; /* what the depth rule counts */
	uint32_t tuples; /* open tuples */
	uint32_t limit;  /* levels that a finished tree may have, plus one */
	struct frame frames[FRAMES_MAX];
};

uint32_t parse_depth_limit(enum epoch epoch)
{
	return epoch_max_nesting(epoch);
}

/* Refuses what stands at `span`, unless a later token is no token at all. */
static enum err parser_fail(struct parser *p, enum parse_error e,
                            struct diag_span span)
{
	TRY(lexer_drain(&p->lx));
	return parse_error_at(p->diag, e, p->source, span);
}

/* Refuses the present token, which must not be the end. */
static enum err token_fail(struct parser *p, enum parse_error e)
{
	return parser_fail(p, e, p->lx.tok.span);
}

static enum err nodes_grow(struct parser *p)
{
	uint32_t cap = p->cap ? p->cap * 2 : FIRST_NODES;
	struct ast_node *nodes = arena_new_array(&p->tmp, struct ast_node, cap);

	if (!nodes)
		return ERR_NO_MEMORY;
	if (p->n)
		memcpy(nodes, p->nodes, p->n * sizeof(*nodes));
	p->nodes = nodes;
	p->cap = cap;
	return ERR_OK;
}

static enum err node_push(struct parser *p, const struct ast_node *node)
{
	if (p->n == p->cap)
		TRY(nodes_grow(p));
	p->nodes[p->n++] = *node;
	return ERR_OK;
}

/* Moves the nodes from `first` on into the arena. */
static enum err nodes_take(struct parser *p, uint32_t first,
                           struct ast_node **ret)
{
	uint32_t n = p->n - first;
	struct ast_node *nodes = arena_new_array(p->arena, struct ast_node, n);

	if (!nodes)
		return ERR_NO_MEMORY;
	if (n)
		memcpy(nodes, p->nodes + first, n * sizeof(*nodes));
	p->n = first;
	*ret = nodes;
	return ERR_OK;
}

/*
 * Literals.
 */

static enum err literal_make(struct parser *p, const struct value *v,
                             struct ast_node *ret)
{
	struct value *copy = arena_new(p->arena, struct value);

	if (!copy)
		return ERR_NO_MEMORY;
	*copy = *v;
	ret->kind = AST_LITERAL;
	ret->value = copy;
	return ERR_OK;
}

static enum err literal_node(struct parser *p, struct ast_node *ret)
{
	enum parse_error why = PARSE_ERROR_COUNT;
	struct value v;
	enum err e = literal_read(p->arena, &p->lx, &v, &why);

	if (e == ERR_PARSE)
		return token_fail(p, why);
	TRY(e);
	return literal_make(p, &v, ret);
}

/*
 * Names.
 */

static enum err ident_read(struct parser *p, struct ast_node *ret)
{
	struct span name = lexer_text(&p->lx, ret->span);

	if (name.len > NAME_MAX_LEN)
		return token_fail(p, PARSE_ERROR_NAME_LONG);
	ret->kind = AST_ATOM;
	return symtab_intern(p->syms, name, &ret->sym);
}

static enum err trait_ref_read(struct parser *p, struct ast_node *ret)
{
	struct diag_span inner = { ret->span.start + 1, ret->span.end - 1 };

	if (inner.end - inner.start > NAME_MAX_LEN)
		return token_fail(p, PARSE_ERROR_NAME_LONG);
	ret->kind = AST_TRAIT_REF;
	ret->trait = NULL;
	p->tree->trait_refs++;
	return symtab_intern(p->syms, lexer_text(&p->lx, inner), &ret->sym);
}

/* Goes from a dot to the name that must follow it at once. */
static enum err dot_read(struct parser *p, struct ast_node *node,
                         enum parse_error e)
{
	TRY(lexer_next(&p->lx));

	const struct lexer_token *tok = &p->lx.tok;

	if (tok->kind != LEXER_IDENT || tok->has_space)
		return parser_fail(p, e, node->span);
	node->span.end = tok->span.end;
	return ERR_OK;
}

/* Checks the name of a contract in the present token and goes on. */
static enum err contract_name_read(struct parser *p, struct span *ret)
{
	struct span name = lexer_text(&p->lx, p->lx.tok.span);

	if (name.len > NAME_CONTRACT_MAX_DEPLOY)
		return token_fail(p, PARSE_ERROR_CONTRACT_LONG);
	if (!name_is_contract(name))
		return token_fail(p, PARSE_ERROR_CONTRACT_NAME);
	*ret = name;
	return lexer_next(&p->lx);
}

/* Reads the name of a trait behind the dot in the present token. */
static enum err trait_name_read(struct parser *p, struct ast_node *node,
                                uint32_t *ret)
{
	TRY(dot_read(p, node, PARSE_ERROR_TRAIT_MISSING));

	struct span name = lexer_text(&p->lx, p->lx.tok.span);

	if (name.len > NAME_MAX_LEN)
		return token_fail(p, PARSE_ERROR_NAME_LONG);
	TRY(symtab_intern(p->syms, name, ret));
	return lexer_next(&p->lx);
}

static bool is_dot_next(const struct parser *p)
{
	return p->lx.tok.kind == LEXER_DOT && !p->lx.tok.has_space;
}

static enum err field_make(struct parser *p, const struct principal *contract,
                           struct ast_node *ret)
{
	uint32_t sym;

	TRY(trait_name_read(p, ret, &sym));

	struct trait_id *id = arena_new(p->arena, struct trait_id);

	if (!id)
		return ERR_NO_MEMORY;
	*id = (struct trait_id){ contract, symtab_name(p->syms, sym) };
	ret->kind = AST_FIELD;
	ret->field = id;
	return ERR_OK;
}

/* 'ADDRESS, 'ADDRESS.contract or 'ADDRESS.contract.trait */
static enum err principal_read(struct parser *p, struct ast_node *ret)
{
	struct diag_span address = { ret->span.start + 1, ret->span.end };
	const struct principal *who = NULL;
	enum principal_fault fault = principal_parse_standard(
	    p->arena, &who, lexer_text(&p->lx, address));

	if (fault == PRINCIPAL_NO_MEMORY)
		return ERR_NO_MEMORY;
	if (fault != PRINCIPAL_OK)
		return token_fail(p, PARSE_ERROR_PRINCIPAL);
	TRY(lexer_next(&p->lx));
	if (is_dot_next(p)) {
		const struct principal *issuer = who;
		struct span name;

		TRY(dot_read(p, ret, PARSE_ERROR_CONTRACT_MISSING));
		TRY(contract_name_read(p, &name));
		TRY(principal_new_contract(p->arena, &who, issuer, name));
		if (is_dot_next(p))
			return field_make(p, who, ret);
	}

	struct value v = value_principal(who);

	return literal_make(p, &v, ret);
}

/* .contract or .contract.trait */
static enum err sugared_read(struct parser *p, struct ast_node *ret)
{
	struct span name;
	uint32_t trait;

	TRY(dot_read(p, ret, PARSE_ERROR_CONTRACT_MISSING));
	TRY(contract_name_read(p, &name));
	TRY(symtab_intern(p->syms, name, &ret->sym));
	ret->kind = AST_SUGAR_CONTRACT;
	if (!is_dot_next(p))
		return ERR_OK;
	TRY(trait_name_read(p, ret, &trait));
	ret->kind = AST_SUGAR_FIELD;
	ret->field_sym = trait;
	return ERR_OK;
}

static enum err operator_read(struct parser *p, struct ast_node *ret)
{
	ret->kind = AST_ATOM;
	return symtab_intern(p->syms, lexer_text(&p->lx, ret->span), &ret->sym);
}

/*
 * Nodes without children.
 */

/* Reads the node that the present token begins and goes behind it.  `*is_node`
 * is false when no node begins there; the token then stays. */
static enum err leaf_read(struct parser *p, struct ast_node *ret, bool *is_node)
{
	*ret = (struct ast_node){ .span = p->lx.tok.span };
	*is_node = true;
	switch ((enum lexer_kind)p->lx.tok.kind) {
	case LEXER_IDENT:
		TRY(ident_read(p, ret));
		break;
	case LEXER_OPERATOR:
		TRY(operator_read(p, ret));
		break;
	case LEXER_INT:
	case LEXER_UINT:
	case LEXER_ASCII:
	case LEXER_UTF8:
	case LEXER_BUFFER:
		TRY(literal_node(p, ret));
		break;
	case LEXER_TRAIT:
		TRY(trait_ref_read(p, ret));
		break;
	case LEXER_COMMENT:
		ret->kind = AST_COMMENT;
		p->tree->sugared++;
		break;
	case LEXER_PRINCIPAL:
		return principal_read(p, ret);
	case LEXER_DOT:
		return sugared_read(p, ret);
	case LEXER_END:
	case LEXER_LPAREN:
	case LEXER_RPAREN:
	case LEXER_LBRACE:
	case LEXER_RBRACE:
	case LEXER_COLON:
	case LEXER_COMMA:
		*is_node = false;
		return ERR_OK;
	}
	return lexer_next(&p->lx);
}

/* Pushes the comments that come next. */
static enum err comments_read(struct parser *p)
{
	while (p->lx.tok.kind == LEXER_COMMENT) {
		struct ast_node node;
		bool is_node;

		TRY(leaf_read(p, &node, &is_node));
		TRY(node_push(p, &node));
	}
	return ERR_OK;
}

/*
 * Lists and tuples.
 */

static struct frame *top_frame(struct parser *p)
{
	return &p->frames[p->depth - 1];
}

/* Remembers the first bracket of each kind of excess; the finished tree is
 * judged after all of it has been read. */
static void depth_note(struct parser *p, struct diag_span span)
{
	struct parse_tree *t = p->tree;

	if (p->depth < p->limit)
		return;
	if (t->too_deep_mixed.end == 0)
		t->too_deep_mixed = span;
	if (p->tuples == 0 && t->too_deep.end == 0)
		t->too_deep = span;
}

/* Opens a list or tuple at the present token and goes behind it. */
static enum err frame_open(struct parser *p, bool is_tuple)
{
	p->levels += is_tuple ? 2 : 1;
	if (p->levels > p->limit + 1)
		return token_fail(p, PARSE_ERROR_TOO_DEEP);
	CHECK(p->depth < FRAMES_MAX);
	p->frames[p->depth++] = (struct frame){
		.first = p->n,
		.state = is_tuple ? FRAME_KEY : FRAME_LIST,
		.has_space = true,
		.span = p->lx.tok.span,
	};
	p->tuples += is_tuple;
	depth_note(p, p->lx.tok.span);
	return lexer_next(&p->lx);
}

/* Closes the innermost frame at the present token and goes behind it. */
static enum err frame_close(struct parser *p, struct ast_node *ret)
{
	const struct frame *f = top_frame(p);
	bool is_tuple = f->state != FRAME_LIST;

	*ret = (struct ast_node){
		.kind = is_tuple ? AST_TUPLE : AST_LIST,
		.span = { f->span.start, p->lx.tok.span.end },
		.n = p->n - f->first,
	};
	TRY(nodes_take(p, f->first, &ret->own));
	p->levels -= is_tuple ? 2 : 1;
	p->tuples -= is_tuple;
	p->tree->sugared += is_tuple;
	p->depth--;
	return lexer_next(&p->lx);
}

/* Refuses the end of the source inside of the innermost frame. */
static enum err open_fail(struct parser *p)
{
	const struct frame *f = top_frame(p);
	struct diag_place place = diag_place(p->source, f->span.start);

	if (f->state == FRAME_VALUE)
		return parser_fail(p, PARSE_ERROR_TUPLE_VALUE, f->colon);

	bool is_list = f->state == FRAME_LIST;
	enum err e = token_fail(p, is_list ? PARSE_ERROR_LIST_OPEN
	                                   : PARSE_ERROR_TUPLE_OPEN);

	diag_suggest(p->diag, "it was opened in line %u, column %u", place.line,
	             place.column);
	return e;
}

/* Goes from "{" to the first key; true in `*is_closed` if "}" came first. */
static enum err tuple_begin(struct parser *p, struct ast_node *ret,
                            bool *is_closed)
{
	TRY(comments_read(p));
	if (p->lx.tok.kind == LEXER_COMMA)
		return token_fail(p, PARSE_ERROR_TOKEN);
	*is_closed = p->lx.tok.kind == LEXER_RBRACE;
	return *is_closed ? frame_close(p, ret) : ERR_OK;
}

/* Goes from a key to its value. */
static enum err tuple_colon(struct parser *p, struct frame *f)
{
	TRY(comments_read(p));
	if (p->lx.tok.kind != LEXER_COLON)
		return token_fail(p, PARSE_ERROR_TUPLE_COLON);
	f->state = FRAME_VALUE;
	f->colon = p->lx.tok.span;
	TRY(lexer_next(&p->lx));
	return comments_read(p);
}

/* Goes from a value to the next key or to the end. */
static enum err tuple_comma(struct parser *p, struct frame *f,
                            struct ast_node *ret, bool *is_closed)
{
	f->state = FRAME_KEY;
	TRY(comments_read(p));
	if (p->lx.tok.kind == LEXER_COMMA) {
		TRY(lexer_next(&p->lx));
		TRY(comments_read(p));
	} else if (p->lx.tok.kind != LEXER_RBRACE &&
	           p->lx.tok.kind != LEXER_END) {
		return token_fail(p, PARSE_ERROR_TUPLE_COMMA);
	}
	*is_closed = p->lx.tok.kind == LEXER_RBRACE;
	return *is_closed ? frame_close(p, ret) : ERR_OK;
}

/* Puts a finished node into the innermost frame.  When that finishes a tuple,
 * `*node` becomes the tuple and `*is_closed` true. */
static enum err frame_add(struct parser *p, struct ast_node *node,
                          bool *is_closed)
{
	struct frame *f = top_frame(p);

	*is_closed = false;
	if (f->state == FRAME_LIST && !f->has_space &&
	    node->kind != AST_COMMENT)
		return parser_fail(p, PARSE_ERROR_WHITESPACE, node->span);
	TRY(node_push(p, node));
	switch ((enum frame_state)f->state) {
	case FRAME_LIST:
		f->has_space = p->lx.tok.has_space;
		return ERR_OK;
	case FRAME_KEY:
		return tuple_colon(p, f);
	case FRAME_VALUE:
		break;
	}
	return tuple_comma(p, f, node, is_closed);
}

/* Hands a finished node outwards until it completes nothing more. */
static enum err node_add(struct parser *p, struct ast_node *node)
{
	bool is_closed = true;

	while (is_closed) {
		if (p->depth == 0)
			return node_push(p, node);
		TRY(frame_add(p, node, &is_closed));
	}
	return ERR_OK;
}

/* Handles a token that begins no leaf. */
static enum err bracket_read(struct parser *p)
{
	uint8_t kind = p->lx.tok.kind;
	struct ast_node node;
	bool is_closed = false;

	if (kind == LEXER_LPAREN)
		return frame_open(p, false);
	if (kind == LEXER_LBRACE) {
		TRY(frame_open(p, true));
		TRY(tuple_begin(p, &node, &is_closed));
		return is_closed ? node_add(p, &node) : ERR_OK;
	}
	if (kind == LEXER_END)
		return open_fail(p);
	if (kind != LEXER_RPAREN || p->depth == 0 ||
	    top_frame(p)->state != FRAME_LIST)
		return token_fail(p, PARSE_ERROR_TOKEN);
	TRY(frame_close(p, &node));
	return node_add(p, &node);
}

static enum err program_read(struct parser *p)
{
	TRY(lexer_next(&p->lx));
	while (p->lx.tok.kind != LEXER_END || p->depth) {
		struct ast_node node;
		bool is_node;

		TRY(leaf_read(p, &node, &is_node));
		if (is_node)
			TRY(node_add(p, &node));
		else
			TRY(bracket_read(p));
	}
	p->tree->n = p->n;
	return nodes_take(p, 0, &p->tree->items);
}

enum err parse_program(struct arena *a, struct symtab *syms, struct span source,
                       enum epoch epoch, struct parse_tree *ret,
                       struct diag *diag)
{
	struct parse_tree tree = { 0 };
	struct parser p;

	if (source.len > AST_SOURCE_MAX)
		return parse_error_at(diag, PARSE_ERROR_TOO_LARGE, source,
		                      (struct diag_span){ 0 });
	p.arena = a;
	p.syms = syms;
	p.source = source;
	p.diag = diag;
	p.tree = &tree;
	p.nodes = NULL;
	p.n = p.cap = p.depth = p.levels = p.tuples = 0;
	p.limit = parse_depth_limit(epoch);
	arena_init(&p.tmp, SCRATCH_MAX);

	enum err e = lexer_init(&p.lx, &p.tmp, source, diag);

	if (e == ERR_OK)
		e = program_read(&p);
	arena_fini(&p.tmp);
	if (e == ERR_OK)
		*ret = tree;
	return e;
}
