/*
 * tests/twin/inside.h - What the parts of the twin share.
 *
 * Every function that evaluates takes the twin, who is running (`here`), and
 * the names in scope (`local`).  A failure is ERR_RUN with its kind in the
 * twin; a value thrown early is one of class EARLY.
 *
 * Layer:    tests.
 * Memory:   all in the arena of the transaction, but for contracts.
 */
#ifndef TESTS_TWIN_INSIDE_H
#define TESTS_TWIN_INSIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/check/analysis.h"
#include "clarity/cost/memory.h"
#include "clarity/cost/meter.h"
#include "clarity/cost/price.h"
#include "clarity/lang/ast.h"
#include "tests/twin/twin.h"

/** A function of a contract. */
struct procedure {
	struct procedure *next;
	uint32_t sym;
	enum native form;
	const struct analysis_name *params;
	const uint32_t *syms; /* of the parameters */
	uint32_t n_params;
	const struct ast_node *body;
};

/** Everything else that a contract gives a name. */
struct thing {
	struct thing *next;
	uint32_t sym;
	enum native form;              /* that defined it */
	const struct type *type;       /* variable, NFT; key of a map */
	const struct type *value_type; /* of a map */
	struct value value;            /* constant as evaluated; cap */
	struct value loaded;           /* constant as a load gives it */
	bool is_capped;
	const struct analysis_trait *trait;
};

struct program {
	struct arena arena;
	const struct principal *id;
	enum clarity_version version;
	struct span source;
	uint32_t height; /* at which it was deployed */
	struct ast ast;
	struct checked checked;
	struct procedure *procedures;
	struct thing *things;
	const struct trait_id **impls;
	uint32_t n_impls;
	uint64_t data_size;
	bool is_deploying;
	struct program *next;
};

/** Arguments, and how many bytes are held for them. */
struct values {
	const struct value *items;
	uint32_t n;
	uint64_t held;
};

/** Who is running. */
struct here {
	struct program *program;
	const struct principal *sender;
	const struct principal *caller;
};

/** A name and what it stands for. */
struct bind {
	const struct bind *next;
	uint32_t sym;
	struct value value;
};

/** Names in scope; the outermost has depth 0. */
struct local {
	const struct local *outer;
	uint32_t depth;
	const struct bind *variables;
	const struct bind *callables;
};

/** A value, and whether it is a variable's own, whose copy is not paid. */
struct got {
	struct value v;
	bool is_borrowed;
};

/** A nested transaction. */
struct level {
	struct level *outer;
	uint32_t n_writes;
	uint32_t n_events;
	uint64_t printed;
	bool is_read_only;
	struct asset_entry *assets;
	uint32_t n_assets;
	uint32_t cap_assets;
};

struct pending {
	struct store_key key;
	uint64_t hash;
	struct span bytes;
	enum store_form form;
};

/** A user function that has not returned. */
struct active {
	const struct active *outer;
	const struct procedure *p;
};

struct twin {
	struct vm_chain chain;
	struct store store;
	const struct price *prices;
	struct arena arena;
	struct program *programs;
	struct program *uncommitted; /* the first `programs` up to here */
	struct meter meter;
	struct memory memory;
	struct level *level;
	struct pending *writes;
	uint32_t n_writes, cap_writes;
	struct event *events;
	uint32_t n_events, cap_events;
	const uint8_t *block; /* travelled to, or NULL */
	bool sees_pending;    /* reads look at pending writes */
	const struct principal *sponsor;
	const struct active *active;
	uint32_t depth; /* of the call stack */
	struct vm_failure failure;
	uint64_t steps;
};

/* twin.c */
enum err twin_fail(struct twin *t, enum vm_error kind);
enum err twin_type(struct twin *t, enum err e, const struct type_diag *diag);
enum err twin_charge(struct twin *t, enum price_id id, uint64_t n);
enum err twin_hold(struct twin *t, uint64_t bytes);
void twin_drop(struct twin *t, uint64_t bytes);
enum err twin_size(struct twin *t, const struct value *v, uint64_t *ret);
enum err twin_sanitize(struct twin *t, const struct value *v,
                       enum vm_error otherwise, struct value *ret, bool *cut);
enum err twin_admit(struct twin *t, const struct type *type,
                    const struct value *v);
enum err twin_wrap(struct twin *t, struct value *ret, enum value_wrap wrap,
                   const struct value *v);
enum err twin_find(struct twin *t, const struct principal *id,
                   struct program **ret);
struct procedure *twin_procedure(const struct program *p, uint32_t sym);
struct thing *twin_thing(const struct program *p, uint32_t sym,
                         enum native form);

/* eval.c */
enum err eval_node(struct twin *t, const struct here *h, const struct local *l,
                   const struct ast_node *node, struct got *ret);
enum err eval_clone(struct twin *t, const struct got *g, struct value *ret);
enum err eval_value(struct twin *t, const struct here *h, const struct local *l,
                    const struct ast_node *node, struct value *ret);
const struct bind *eval_callable(const struct local *l, uint32_t sym);
bool eval_is_bound(const struct local *l, uint32_t sym);
enum err eval_apply(struct twin *t, const struct here *h, const struct local *l,
                    uint32_t sym, const struct values *args, struct value *ret);
enum err eval_lookup(struct twin *t, const struct here *h, uint32_t sym);
enum err eval_execute(struct twin *t, const struct here *h,
                      const struct vm_call *call, struct value *ret);

/* special.c: natives that evaluate their arguments themselves */
struct special {
	struct twin *t;
	const struct here *h;
	const struct local *l;
	enum native id;
	const struct ast_node *args;
	uint32_t n;
};
typedef enum err special_fn(const struct special *s, struct value *ret);
enum err special_run(const struct special *s, struct value *ret);
enum err special_arg(const struct special *s, uint32_t i, struct got *ret);
enum err special_value(const struct special *s, uint32_t i, struct value *ret);
enum err special_count(const struct special *s, uint32_t n);
special_fn control_run, seq_run, iterate_run, tuple_run, option_match;
special_fn data_run, token_run, stx_run, crypto_run, principal_run;
special_fn convert_run, contract_run, guard_run, block_run;

/* natives of evaluated arguments */
struct plain {
	struct twin *t;
	const struct here *h;
	enum native id;
	const struct value *args;
	uint32_t n;
};
typedef enum err plain_fn(const struct plain *p, struct value *ret);
plain_fn plain_run, arith_run, seq_plain, option_plain, tuple_merge;
plain_fn crypto_plain, convert_plain, bitcoin_run;
enum err plain_input(const struct plain *p, uint64_t *ret);

/* state.c */
void state_begin(struct twin *t, bool is_read_only);
void state_roll_back(struct twin *t);
enum err state_commit(struct twin *t);
enum err state_get(struct twin *t, const struct store_key *key,
                   struct span *ret, bool *found);
enum err state_put(struct twin *t, const struct store_key *key,
                   struct span bytes, enum store_form form);
enum err state_put_value(struct twin *t, const struct store_key *key,
                         const struct value *v, uint64_t *size);
enum err state_get_value(struct twin *t, const struct store_key *key,
                         const struct type *type, struct value *ret,
                         uint64_t *size, bool *found);
enum err state_key(struct twin *t, const struct here *h, int kind, uint32_t sym,
                   struct store_key *ret);
enum err state_event(struct twin *t, const struct event *e);
enum err state_asset(struct twin *t, const struct asset_entry *e);
enum err state_flush(struct twin *t);

/* block.c */
enum err block_keyword(struct twin *t, const struct here *h, enum native id,
                       struct value *ret);

/* define.c */
enum err define_all(struct twin *t, struct program *p);
enum err define_type(struct twin *t, struct program *p,
                     const struct ast_node *node, const struct type **ret);

#endif /* TESTS_TWIN_INSIDE_H */
