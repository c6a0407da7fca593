/*
 * clarity/lang/ast.h - A program as a tree, and how one is built from text.
 *
 * Clarity programs are nested lists, and the tree stays that simple: five
 * kinds of node in the finished tree, all of one size, the children of a list
 * side by side.  Sugar is gone (`{a: 1}` is `(tuple (a 1))`, `.name` is a
 * principal), comments are gone, and the top-level forms stand in an order in
 * which each follows what it needs.  Building refuses what the network's
 * parser refuses, with the same rule, because a program that one node accepts
 * and another does not would split the chain.
 *
 * Nodes are numbered from 1 in preorder; tables about expressions are indexed
 * by that number.
 *
 * Layer:    clarity/lang; uses clarity/base and clarity/value.
 * Memory:   a tree lives in the arena it was built in and keeps nothing of the
 *           source; building needs up to AST_ARENA_MAX bytes in the worst
 *           case, and about eight bytes for each of source in real programs.
 * Threads:  a finished tree is constant.
 * Spec:     SIP-002; SIP-015 (the second parser).
 */
#ifndef CLARITY_LANG_AST_H
#define CLARITY_LANG_AST_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/lang/diag.h"
#include "clarity/lang/symtab.h"
#include "clarity/value/epoch.h"

struct principal;
struct trait_id;
struct value;

/** Bytes that a program may have: no transaction can carry more. */
#define AST_SOURCE_MAX ((size_t)2 * 1024 * 1024)

/** An arena of this size holds the tree of any program. */
#define AST_ARENA_MAX ((size_t)256 * 1024 * 1024)

/** Lists in lists that a finished tree can have in the deepest epoch; walking
 * a tree by recursion is safe because of this bound. */
#define AST_DEPTH_MAX 134u

enum ast_kind {
	AST_ATOM,      /* a name */
	AST_LITERAL,   /* a value */
	AST_LIST,      /* ( ... ) */
	AST_FIELD,     /* contract.trait */
	AST_TRAIT_REF, /* <trait> */

	/* These exist only until ast_build is done. */
	AST_TUPLE,          /* { ... }: keys and values alternate */
	AST_COMMENT,        /* moves what the sorter sees */
	AST_SUGAR_CONTRACT, /* .contract */
	AST_SUGAR_FIELD     /* .contract.trait */
};

/** The node was not written: it came with the expansion of a tuple. */
#define AST_EXPANDED 1u

/** What <trait> stands for in this contract. */
struct ast_trait {
	uint32_t sym;              /* its name here */
	bool is_imported;          /* by use-trait, else defined here */
	const struct trait_id *id; /* the trait itself */
};

struct ast_node {
	uint8_t kind;          /* enum ast_kind */
	uint8_t flags;         /* AST_EXPANDED or 0 */
	uint16_t spare;        /* 0 */
	uint32_t id;           /* from 1, preorder */
	struct diag_span span; /* in the source */
	union {
		uint32_t sym; /* AST_ATOM, AST_TRAIT_REF, AST_SUGAR_*: a name */
		uint32_t n;   /* AST_LIST, AST_TUPLE: children */
	};
	union {
		const struct ast_node *items;  /* AST_LIST, AST_TUPLE */
		struct ast_node *own;          /* the same, while building */
		const struct value *value;     /* AST_LITERAL */
		const struct trait_id *field;  /* AST_FIELD */
		const struct ast_trait *trait; /* AST_TRAIT_REF */
		uintptr_t field_sym;           /* AST_SUGAR_FIELD: the trait */
	};
};

/** A finished program. */
struct ast {
	const struct ast_node *items; /* top-level forms, sorted */
	uint32_t n;                   /* of them */
	uint32_t node_count;          /* nodes in all: ids are 1 to this */
	uint32_t edge_count;          /* dependencies that the sorter saw */
	uint32_t trait_count;         /* of `traits` */
	uint32_t impl_count;          /* of `impls` */
	uint32_t trait_syms;          /* of `trait_of` */
	const uint32_t *trait_of; /* by symbol: place in `traits` plus 1, or 0;
	                             NULL if there are no traits */
	const struct ast_trait *traits;   /* defined or imported, as written */
	const struct trait_id **impls;    /* impl-trait, without repetitions */
	const struct principal *contract; /* whose program it is */
	struct symtab *syms;              /* its names */
};

/** The two moments at which building a tree costs something. */
enum ast_price {
	AST_PRICE_PARSE, /* before anything else; n = bytes of source */
	AST_PRICE_CYCLES /* before sorting; n = dependencies */
};

/** Charges the builder's work: clarity/cost stands above this layer. */
struct ast_meter {
	/** @return ERR_OK, or the failure with which building ends. */
	enum err (*charge)(void *ctx, enum ast_price what, uint64_t n);
	void *ctx;
};

struct ast_input {
	struct span source;               /* the program */
	const struct principal *contract; /* a contract principal: its own name;
	                                     must live as long as the tree */
	enum epoch epoch;                 /* decides how deep it may nest */
	const struct ast_meter *meter;    /* NULL: nothing is charged */
};

/**
 * Builds the tree of a program: parses, checks the depth, sorts, resolves
 * traits and expands sugar, in this order, up to the first refusal.
 *
 * @param a     where the tree goes
 * @param in    the program
 * @param ret   the tree
 * @param diag  why it was refused; may be NULL
 * @return ERR_OK;
 *         ERR_PARSE, a verdict: the program is refused, see `diag`;
 *         ERR_NO_MEMORY, a fault;
 *         what the meter returned.
 */
MUST_USE enum err ast_build(struct arena *a, const struct ast_input *in,
                            struct ast *ret, struct diag *diag);

/** @return the trait called `sym` in this program, or NULL. */
const struct ast_trait *ast_trait_find(const struct ast *ast, uint32_t sym);

/** @return whether `n` is an atom with this symbol. */
static inline bool ast_is_sym(const struct ast_node *n, uint32_t sym)
{
	return n->kind == AST_ATOM && n->sym == sym;
}

/** @return the symbol at the head of a list, or SYMTAB_NONE. */
static inline uint32_t ast_head(const struct ast_node *n)
{
	if (n->kind != AST_LIST || n->n == 0 || n->items[0].kind != AST_ATOM)
		return SYMTAB_NONE;
	return n->items[0].sym;
}

#endif /* CLARITY_LANG_AST_H */
