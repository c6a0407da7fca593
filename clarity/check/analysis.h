/*
 * clarity/check/analysis.h - What a checked contract is known to be.
 *
 * Before a contract runs, every expression in it is given a type, read-only
 * functions are shown to write nothing, and promised traits are compared with
 * what is there.  Two things come out.  The *analysis* is what other contracts
 * and people may rely on: signatures, tables, traits.  It is small, lives as
 * long as the contract and is what the database hands out.  The *checked
 * program* is what the compiler needs and nobody afterwards: the type and the
 * meaning of every expression.
 *
 * Whether a contract is accepted, and what checking it costs, is consensus:
 * the passes, their order and every charge are those of the network.
 *
 * Layer:    clarity/check; uses clarity/base, value, lang and cost.
 * Memory:   an analysis lives in the `keep` arena of its check and borrows
 *           nothing from outside; a checked program lives in the `work` arena
 *           and borrows from the tree, and from the analyses it was checked
 *           against.
 * Threads:  finished results are constant.
 * Spec:     SIP-002, SIP-005 (traits), SIP-015, SIP-033.
 */
#ifndef CLARITY_CHECK_ANALYSIS_H
#define CLARITY_CHECK_ANALYSIS_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/cost/memory.h"
#include "clarity/cost/meter.h"
#include "clarity/lang/ast.h"
#include "clarity/lang/diag.h"
#include "clarity/value/epoch.h"
#include "clarity/value/principal.h"
#include "clarity/value/type.h"
#include "clarity/value/version.h"

/** Parameters of a function, from epoch 3.3. */
#define ANALYSIS_MAX_PARAMS 256u

/** Methods of a trait, from epoch 3.3. */
#define ANALYSIS_MAX_METHODS 256u

/** A name with its type: a parameter, a constant, a variable, a token. */
struct analysis_name {
	struct span name;
	const struct type *type; /* NULL for a fungible token */
};

/** A function, or a method of a trait (its parameters then have no names). */
struct analysis_fn {
	struct span name;
	const struct analysis_name *params; /* in order */
	uint32_t n_params;
	const struct type *returns;
};

struct analysis_map {
	struct span name;
	const struct type *key;
	const struct type *value;
};

struct analysis_trait {
	struct span name;
	const struct analysis_fn *methods; /* by name */
	uint32_t n_methods;
};

/** Tables of a contract; each is in the order of its names' bytes. */
struct contract_analysis {
	const struct principal *contract; /* its identifier */
	enum epoch epoch;                 /* in which it was checked */
	enum clarity_version version;     /* that it is bound to */
	bool is_arithmetic_only;          /* may define a cost function */

	const struct analysis_fn *privates, *publics, *read_onlys;
	const struct analysis_name *constants, *vars, *nfts, *fts;
	const struct analysis_map *maps;
	const struct analysis_trait *traits; /* defined here; of Clarity 1 also
	                                        those that it uses */
	const struct trait_id **impls;       /* promised, in order */
	uint32_t n_privates, n_publics, n_read_onlys;
	uint32_t n_constants, n_vars, n_nfts, n_fts;
	uint32_t n_maps, n_traits, n_impls;
};

/** What a name in an expression means; see struct checked_expr. */
enum checked_ref {
	CHECKED_NONE,     /* not a name, or one that nobody looked up */
	CHECKED_NATIVE,   /* function of the language: ref is enum native */
	CHECKED_KEYWORD,  /* word of the language: ref is enum native */
	CHECKED_FUNCTION, /* of this contract: ref is an index into defs */
	CHECKED_CONSTANT, /* of this contract: ref is an index into defs */
	CHECKED_LOCAL,    /* ref is the id of the node that binds the name */
	CHECKED_TRAIT,    /* likewise, and it is bound to a trait */
	CHECKED_VAR,      /* data variable: ref is an index into defs */
	CHECKED_MAP,      /* data map: ref is an index into defs */
	CHECKED_FT,       /* fungible token: ref is an index into defs */
	CHECKED_NFT,      /* non-fungible token: ref is an index into defs */
	CHECKED_REF_COUNT
};

/**
 * What is known of one node.  The type is the one that the rules record: where
 * a type is expected and a trait is involved, that is the expected one.  Names
 * of functions, properties, fields and bindings have no type.
 *
 * Not everything that runs has been looked at: arguments beyond the last
 * parameter of an own function, and surplus arguments of var-set, map-set and
 * their like, are evaluated before their number is found wrong, though nobody
 * has checked them.  They have no type and no reference here.
 */
struct checked_expr {
	const struct type *type; /* NULL or TYPE_NONE: not a value */
	uint32_t ref;            /* as checked_ref says; 0 for CHECKED_NONE */
	uint8_t kind;            /* enum checked_ref */
};

/** A top-level definition, in the order of evaluation. */
struct checked_def {
	enum native form;            /* DEFINE_CONSTANT ... DEFINE_IMPL_TRAIT */
	uint32_t sym;                /* its name; SYMTAB_NONE for impl-trait */
	const struct ast_node *node; /* the whole form */
	const struct type *type;     /* constant, variable, NFT; key of a map */
	const struct type *value;    /* of a map */
	const struct analysis_fn *fn;       /* of a function */
	const struct analysis_trait *trait; /* of define-trait and use-trait */
	const struct trait_id *trait_id;    /* of the three trait forms */
};

/** A program that was accepted. */
struct checked {
	const struct contract_analysis *analysis;
	const struct ast *ast;
	const struct checked_expr *exprs; /* by node id; [0] is unused */
	const struct checked_def *defs;
	uint32_t n_defs;
};

/**
 * The contracts that exist already.  The checker asks by identifier and gets
 * an analysis that stays valid until the check, and whoever uses the checked
 * program, is done.
 */
struct analysis_db {
	/**
	 * @return ERR_OK with the analysis, or with NULL in `*ret` when there
	 *         is no such contract; anything else is a fault of the database
	 *         and ends the check with it.
	 */
	enum err (*load)(void *ctx, const struct principal *contract,
	                 const struct contract_analysis **ret);
	void *ctx;
};

struct analysis_input {
	const struct ast *ast;        /* a finished tree */
	enum epoch epoch;             /* EPOCH_3_0 or later */
	enum clarity_version version; /* that the contract is bound to */
	const struct analysis_db *db; /* NULL: there is no other contract */
	struct meter *meter;          /* NULL: checking costs nothing */
	struct memory *memory;        /* NULL: nor does it take memory */
};

/** What a refusal means for the transaction that deploys the contract. */
enum analysis_effect {
	ANALYSIS_FAILS,  /* it is included, pays, and stores nothing */
	ANALYSIS_COSTS,  /* it does not fit into this block */
	ANALYSIS_REJECTS /* no block may contain it */
};

/**
 * Checks a program.
 *
 * Definitions keep the memory that they take in `in->memory`, as the rules
 * want it: it is given back when the transaction ends.
 *
 * @param keep  where the analysis goes
 * @param work  where everything else goes; may be `keep`
 * @param in    the program and its circumstances
 * @param ret   the result; untouched unless ERR_OK
 * @param diag  why it was refused: the code is an enum check_error; or NULL
 * @return ERR_OK;
 *         ERR_CHECK, a verdict: the program is refused and the effect is
 *         ANALYSIS_FAILS;
 *         ERR_CHECK_REJECT, a verdict: likewise with ANALYSIS_REJECTS;
 *         ERR_COST_LIMIT, ERR_COST_OVERFLOW, ERR_MEMORY_LIMIT, verdicts:
 *         ANALYSIS_COSTS;
 *         ERR_NO_MEMORY, or what the database returned: faults.
 *         What was charged until then stays charged.
 */
MUST_USE enum err analysis_run(struct arena *keep, struct arena *work,
                               const struct analysis_input *in,
                               struct checked *ret, struct diag *diag);

/** @return what an error of analysis_run means; ANALYSIS_FAILS for others. */
enum analysis_effect analysis_effect(enum err e);

/** Each finds an entry of a table by its name. @return NULL if absent. */
const struct analysis_fn *analysis_public(const struct contract_analysis *a,
                                          struct span name);
const struct analysis_fn *analysis_read_only(const struct contract_analysis *a,
                                             struct span name);
const struct analysis_fn *analysis_private(const struct contract_analysis *a,
                                           struct span name);
const struct analysis_name *analysis_constant(const struct contract_analysis *a,
                                              struct span name);
const struct analysis_name *analysis_var(const struct contract_analysis *a,
                                         struct span name);
const struct analysis_map *analysis_map(const struct contract_analysis *a,
                                        struct span name);
const struct analysis_name *analysis_nft(const struct contract_analysis *a,
                                         struct span name);
const struct analysis_name *analysis_ft(const struct contract_analysis *a,
                                        struct span name);
const struct analysis_trait *analysis_trait(const struct contract_analysis *a,
                                            struct span name);

/** @return the method of that name, or NULL. */
const struct analysis_fn *analysis_method(const struct analysis_trait *t,
                                          struct span name);

#endif /* CLARITY_CHECK_ANALYSIS_H */
