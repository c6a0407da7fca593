/*
 * clarity/vm/contract.h - A contract as the machine holds it.
 *
 * Everything that running it needs is found by number: what a symbol names,
 * the key under which a variable lies, the types of parameters.  Names are
 * only compared where a call comes from outside.  Functions are compiled when
 * they are first called, once for each kind of code (see compile.h).
 *
 * Layer:    clarity/vm.
 * Memory:   each contract has an arena of its own.
 * Threads:  belongs to one machine.
 */
#ifndef CLARITY_VM_CONTRACT_H
#define CLARITY_VM_CONTRACT_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/check/analysis.h"
#include "clarity/lang/ast.h"
#include "clarity/lang/symtab.h"
#include "clarity/value/type.h"
#include "clarity/value/value.h"
#include "clarity/value/version.h"
#include "clarity/vm/bytecode.h"
#include "clarity/vm/store.h"

struct contract;

/** What a symbol names in a contract; trait aliases name nothing here. */
enum contract_kind {
	CONTRACT_FREE,
	CONTRACT_CONSTANT,
	CONTRACT_FUNCTION,
	CONTRACT_VAR,
	CONTRACT_MAP,
	CONTRACT_FT,
	CONTRACT_NFT,
	CONTRACT_TRAIT
};

/** The meaning of one symbol. */
struct contract_name {
	uint8_t kind;   /* enum contract_kind */
	uint32_t index; /* into the table of that kind */
};

struct contract_constant {
	uint32_t sym;
	struct value value; /* as lookups give it */
	uint32_t size;      /* that a lookup is charged for */
};

/** The fixed part of a key, hashed beforehand. */
struct contract_key {
	struct span text;
	uint64_t hash;
};

struct contract_var {
	uint32_t sym;
	struct contract_key key;
	const struct type *type;
};

struct contract_map {
	uint32_t sym;
	struct contract_key key; /* up to the hex of the map's key */
	const struct type *key_type;
	const struct type *value_type;
	const struct type *stored; /* (optional value_type) */
};

struct contract_ft {
	struct span name;
	struct contract_key supply;
	struct contract_key balance; /* up to the owner */
	bool is_capped;
	u128 cap;
};

struct contract_nft {
	struct span name;
	struct contract_key key; /* up to the hex of the id */
	const struct type *type;
};

struct contract_trait {
	uint32_t sym;
	const struct analysis_trait *trait;
};

struct function {
	struct contract *contract;
	struct span name;
	uint32_t sym;
	enum native form; /* DEFINE_PUBLIC, DEFINE_PRIVATE, DEFINE_READ_ONLY */
	uint32_t n_params;
	const uint32_t *param_syms;
	const struct type **param_types;
	uint64_t binds;     /* bit i: parameter i (63: and all behind it)
	                       must be cast or tested when it is bound */
	uint32_t duplicate; /* the parameter whose name is taken, or n_params */
	const struct ast_node *body;
	struct code *codes[2]; /* by `is_exact`; NULL until needed */
	uint32_t age;          /* of the contract when they were compiled */
};

/** @return whether parameter `i` must be cast or tested when it is bound. */
static inline bool contract_binds(const struct function *f, uint32_t i)
{
	return f->binds >> (i < 63 ? i : 63) & 1;
}

/** Which code of a function; indexes `codes`. */
enum contract_code {
	CONTRACT_FAST,
	CONTRACT_EXACT
};

struct contract {
	struct arena arena;
	const struct principal *id;
	enum clarity_version version;
	enum epoch epoch; /* in which it was checked */
	const struct ast *ast;
	const struct checked *checked; /* NULL when it was not checked */
	struct symtab *syms;

	struct contract_name *names; /* by symbol */
	uint32_t n_names;
	struct contract_constant *constants;
	struct function *functions;
	struct contract_var *vars;
	struct contract_map *maps;
	struct contract_ft *fts;
	struct contract_nft *nfts;
	struct contract_trait *traits;
	uint32_t n_constants, n_functions, n_vars, n_maps, n_fts, n_nfts;
	uint32_t n_traits;

	struct span source;
	uint64_t load_size;    /* source and constants: what a call pays for */
	uint64_t data_size;    /* constants alone */
	uint32_t age;          /* grows when a function is defined */
	struct contract *next; /* of the machine's list of evaluated texts */
	uint32_t last_called; /* function that was looked up last; 0 at first */
	uint32_t n_inlined;   /* nodes that were compiled in place of calls */
	uint32_t n_open;      /* contract calls into it that are running */
	bool is_deploying;
};

/**
 * Makes a contract without a program.
 *
 * @param id      copied
 * @param source  copied
 * @return ERR_OK; ERR_NO_MEMORY.
 */
MUST_USE enum err contract_new(struct contract **ret,
                               const struct principal *id, struct span source,
                               enum epoch epoch, enum clarity_version version);

/**
 * Gives it its program; nothing is defined yet.
 *
 * @param ast      in the contract's arena
 * @param checked  its check, in the same arena, or NULL
 * @return ERR_OK; ERR_NO_MEMORY.
 */
MUST_USE enum err contract_set_program(struct contract *c,
                                       const struct ast *ast,
                                       const struct checked *checked);

/** Frees a contract with everything in its arena; NULL is allowed. */
void contract_free(struct contract *c);

/** @return what a symbol names. */
static inline struct contract_name contract_lookup(const struct contract *c,
                                                   uint32_t sym)
{
	struct contract_name none = { .kind = CONTRACT_FREE };

	return sym < c->n_names ? c->names[sym] : none;
}

/** @return whether a definition may not take this name. */
bool contract_is_taken(const struct contract *c, uint32_t sym);

/** @return the function of that name, or NULL. */
struct function *contract_function(struct contract *c, struct span name);

/** @return the type of an expression, or NULL if it is not known. */
static inline const struct type *contract_type(const struct contract *c,
                                               const struct ast_node *node)
{
	return c->checked ? c->checked->exprs[node->id].type : NULL;
}

/**
 * Each adds a definition under a name; the caller has tested that it is free.
 *
 * @return ERR_OK or ERR_NO_MEMORY.
 */
/** Adds a constant and its value. */
MUST_USE enum err contract_add_constant(struct contract *c, uint32_t sym,
                                        const struct value *v);
/** Adds a function. */
MUST_USE enum err contract_add_function(struct contract *c,
                                        const struct function *f);
/** Adds a variable. */
MUST_USE enum err contract_add_var(struct contract *c, uint32_t sym,
                                   const struct type *type);
/** Adds a map. */
MUST_USE enum err contract_add_map(struct contract *c, uint32_t sym,
                                   const struct type *key,
                                   const struct type *value);
/** Adds a fungible token; `cap` may be NULL. */
MUST_USE enum err contract_add_ft(struct contract *c, uint32_t sym,
                                  const u128 *cap);
/** Adds a non-fungible token. */
MUST_USE enum err contract_add_nft(struct contract *c, uint32_t sym,
                                   const struct type *type);
/** Adds a trait. */
MUST_USE enum err contract_add_trait(struct contract *c, uint32_t sym,
                                     const struct analysis_trait *trait);

#endif /* CLARITY_VM_CONTRACT_H */
