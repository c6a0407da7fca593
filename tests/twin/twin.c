/* tests/twin/twin.c - Transactions of the twin; contract in twin.h. */
#include "config.h"

#include "tests/twin/twin.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/crypto/hash.h"
#include "tests/twin/inside.h"

#define TRANSACTION_MAX ((size_t)4 << 30)
#define PROGRAM_MAX ((size_t)1 << 30)

enum err twin_fail(struct twin *t, enum vm_error kind)
{
	t->failure = (struct vm_failure){ .kind = kind, .text = "" };
	return ERR_RUN;
}

/* What the network reports for a refusal of the type rules. */
static enum vm_error kind_of(enum type_error kind)
{
	static const struct {
		enum type_error from;
		enum vm_error to;
	} pairs[] = {
		{ TYPE_ERROR_VALUE_TOO_LARGE, VM_ERROR_VALUE_TOO_LARGE },
		{ TYPE_ERROR_TOO_DEEP, VM_ERROR_TYPE_TOO_DEEP },
		{ TYPE_ERROR_OUT_OF_BOUNDS, VM_ERROR_VALUE_OUT_OF_BOUNDS },
		{ TYPE_ERROR_DUPLICATE_FIELD, VM_ERROR_NAME_ALREADY_USED },
		{ TYPE_ERROR_MISMATCH_VALUE, VM_ERROR_TYPE_VALUE_ERROR },
		{ TYPE_ERROR_MISMATCH, VM_ERROR_TYPE_ERROR },
		{ TYPE_ERROR_LIST_MISMATCH, VM_ERROR_LIST_TYPES_MUST_MATCH },
		{ TYPE_ERROR_BAD_ASCII, VM_ERROR_INVALID_CHARACTERS },
		{ TYPE_ERROR_BAD_UTF8, VM_ERROR_INVALID_UTF8 },
		{ TYPE_ERROR_UNKNOWN_TYPE, VM_ERROR_UNKNOWN_TYPE },
		{ TYPE_ERROR_INVARIANT, VM_ERROR_EXPECT },
		{ TYPE_ERROR_BAD_PRINCIPAL_VERSION, VM_ERROR_EXPECT },
	};

	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		if (pairs[i].from == kind)
			return pairs[i].to;
	}
	return VM_ERROR_UNREACHABLE;
}

enum err twin_type(struct twin *t, enum err e, const struct type_diag *diag)
{
	return e == ERR_TYPE ? twin_fail(t, kind_of(diag->kind)) : e;
}

static enum err limit(struct twin *t, enum err e)
{
	if (e == ERR_COST_COMPUTE)
		return twin_fail(t, VM_ERROR_COST_COMPUTATION_FAILED);
	if (e == ERR_COST_LIMIT)
		return twin_fail(t, VM_ERROR_COST_BALANCE_EXCEEDED);
	if (e == ERR_COST_OVERFLOW)
		return twin_fail(t, VM_ERROR_COST_OVERFLOW);
	if (e == ERR_MEMORY_LIMIT)
		return twin_fail(t, VM_ERROR_MEMORY_BALANCE_EXCEEDED);
	return e;
}

enum err twin_charge(struct twin *t, enum price_id id, uint64_t n)
{
	return limit(t, price_charge(&t->prices[id], n, &t->meter));
}

enum err twin_hold(struct twin *t, uint64_t bytes)
{
	return limit(t, memory_add(&t->memory, bytes));
}

void twin_drop(struct twin *t, uint64_t bytes)
{
	CHECK(t->memory.used >= bytes);
	memory_drop(&t->memory, bytes);
}

enum err twin_size(struct twin *t, const struct value *v, uint64_t *ret)
{
	*ret = value_size(v);
	return *ret == TYPE_OVERSIZE ? twin_fail(t, VM_ERROR_EXPECT) : ERR_OK;
}

enum err twin_sanitize(struct twin *t, const struct value *v,
                       enum vm_error otherwise, struct value *ret, bool *cut)
{
	struct value out;
	const struct type *type;
	struct type_diag diag;
	enum err e;

	TRY(twin_type(t, value_type(&t->arena, &type, v, &diag), &diag));
	e = value_sanitize(&t->arena, &out, cut, t->chain.epoch, type, v);
	if (e == ERR_TYPE)
		return twin_fail(t, otherwise);
	TRY(e);
	*ret = out;
	return ERR_OK;
}

enum err twin_admit(struct twin *t, const struct type *type,
                    const struct value *v)
{
	struct type_diag diag;
	bool ok;

	TRY(twin_type(t, value_admitted(type, v, &ok, &diag), &diag));
	return ok ? ERR_OK : twin_fail(t, VM_ERROR_TYPE_VALUE_ERROR);
}

enum err twin_wrap(struct twin *t, struct value *ret, enum value_wrap wrap,
                   const struct value *v)
{
	struct type_diag diag;
	struct value inner = *v;

	return twin_type(t, value_wrap(ret, wrap, &inner, &diag), &diag);
}

/* A contract that exists where the evaluation stands in time. */
enum err twin_find(struct twin *t, const struct principal *id,
                   struct program **ret)
{
	struct store_view view;

	*ret = NULL;
	TRY(t->store.ops->view(t->store.ctx, &view));
	for (struct program *p = t->programs; p; p = p->next) {
		if (!principal_eq(p->id, id))
			continue;
		if (!t->block || p->height <= view.height)
			*ret = p;
		return ERR_OK;
	}
	return ERR_OK;
}

struct procedure *twin_procedure(const struct program *p, uint32_t sym)
{
	struct procedure *at = p->procedures;

	while (at && at->sym != sym)
		at = at->next;
	return at;
}

struct thing *twin_thing(const struct program *p, uint32_t sym,
                         enum native form)
{
	struct thing *at = p->things;

	while (at && (at->sym != sym || at->form != form))
		at = at->next;
	return at;
}

enum err twin_new(struct twin **ret, const struct vm_chain *chain,
                  const struct store *store)
{
	struct twin *t = calloc(1, sizeof(*t));
	struct cost nothing = { { 0 } };

	if (!t)
		return ERR_NO_MEMORY;
	t->chain = *chain;
	t->store = *store;
	arena_init(&t->arena, TRANSACTION_MAX);
	memory_init(&t->memory, MEMORY_LIMIT);
	twin_set_epoch(t, chain->epoch);
	twin_begin(t, &nothing);
	*ret = t;
	return ERR_OK;
}

static void drop_first(struct twin *t)
{
	struct program *p = t->programs;

	t->programs = p->next;
	arena_fini(&p->arena);
	free(p);
}

void twin_free(struct twin *t)
{
	if (!t)
		return;
	while (t->programs)
		drop_first(t);
	arena_fini(&t->arena);
	free(t);
}

/* Constants are cut when a contract is loaded, by the rules of the day. */
static enum err load_constants(struct twin *t, struct program *p)
{
	bool cut;

	for (struct thing *k = p->things; k; k = k->next) {
		struct value v;

		if (k->form != DEFINE_CONSTANT)
			continue;
		TRY(twin_sanitize(t, &k->value, VM_ERROR_UNKNOWN_TYPE, &v,
		                  &cut));
		TRY(value_copy(&p->arena, &k->loaded, &v));
	}
	return ERR_OK;
}

void twin_set_epoch(struct twin *t, enum epoch epoch)
{
	t->chain.epoch = epoch;
	t->prices = price_table(epoch);
	for (struct program *p = t->programs; p; p = p->next)
		CHECK(load_constants(t, p) == ERR_OK);
}

void twin_set_memory_limit(struct twin *t, uint64_t bytes)
{
	t->memory.limit = bytes;
}

void twin_begin(struct twin *t, const struct cost *limit_)
{
	while (t->programs != t->uncommitted)
		drop_first(t);
	arena_reset(&t->arena);
	memory_init(&t->memory, t->memory.limit);
	meter_init(&t->meter, limit_);
	t->level = NULL;
	t->writes = NULL;
	t->n_writes = t->cap_writes = 0;
	t->events = NULL;
	t->n_events = t->cap_events = 0;
	t->block = NULL;
	t->sees_pending = true;
	t->active = NULL;
	t->depth = 0;
}

uint64_t twin_steps(const struct twin *t)
{
	return t->steps;
}

/* Runs inside the transaction's own level, and reports. */
struct attempt {
	enum err (*run)(struct twin *t, const void *what,
	                struct vm_result *ret);
	const void *what;
};

static void report(struct twin *t, enum err e, const struct cost *before,
                   struct vm_result *ret)
{
	if (e == ERR_RUN) {
		enum vm_error_class c = vm_error_class(t->failure.kind);

		ret->failure = t->failure;
		ret->is_rejected =
		    c == VM_ERROR_CLASS_REJECT || c == VM_ERROR_CLASS_INTERNAL;
	}
	for (int u = 0; u < COST_UNITS; u++)
		ret->cost.of[u] = t->meter.spent.of[u] - before->of[u];
	ret->memory = t->memory.used;
}

static enum err attempt(struct twin *t, const struct attempt *a,
                        struct vm_result *ret)
{
	struct cost before = t->meter.spent;
	uint32_t n_events = t->n_events;
	struct level *own;
	enum err e;

	state_begin(t, false);
	own = t->level;
	e = own ? a->run(t, a->what, ret) : ERR_NO_MEMORY;
	CHECK(t->level == own);
	if (e == ERR_OK)
		e = state_commit(t);
	else if (own)
		state_roll_back(t);
	report(t, e, &before, ret);
	if (e == ERR_OK) {
		ret->assets = own->assets;
		ret->n_assets = own->n_assets;
		ret->n_events = t->n_events - n_events;
		ret->events = t->events + n_events;
	}
	return e;
}

static enum err run_call(struct twin *t, const void *what,
                         struct vm_result *ret)
{
	const struct vm_call *call = what;
	struct here h = { NULL, call->sender, call->sender };

	t->sponsor = call->sponsor;
	return eval_execute(t, &h, call, &ret->value);
}

enum err twin_call(struct twin *t, const struct vm_call *call,
                   struct vm_result *ret)
{
	struct attempt a = { run_call, call };

	*ret = (struct vm_result){ .stage = VM_STAGE_RUN };
	return attempt(t, &a, ret);
}

static enum err charge_ast(void *ctx, enum ast_price what, uint64_t n)
{
	struct twin *t = ctx;
	enum price_id id = what == AST_PRICE_PARSE ? PRICE_AST_PARSE
	                                           : PRICE_AST_CYCLE_DETECTION;

	return price_charge(&t->prices[id], n, &t->meter);
}

static enum err load_analysis(void *ctx, const struct principal *id,
                              const struct contract_analysis **ret)
{
	struct program *p;

	TRY(twin_find(ctx, id, &p));
	*ret = p ? p->checked.analysis : NULL;
	return ERR_OK;
}

static enum err front(struct twin *t, struct program *p, struct vm_result *ret)
{
	struct ast_meter meter = { charge_ast, t };
	struct ast_input in = { .source = p->source,
		                .contract = p->id,
		                .epoch = t->chain.epoch,
		                .meter = &meter };
	struct analysis_db db = { load_analysis, t };
	struct analysis_input check = { .ast = &p->ast,
		                        .epoch = t->chain.epoch,
		                        .version = p->version,
		                        .db = &db,
		                        .meter = &t->meter,
		                        .memory = &t->memory };

	ret->stage = VM_STAGE_PARSE;
	TRY(ast_build(&p->arena, &in, &p->ast, &ret->diag));
	ret->stage = VM_STAGE_CHECK;
	TRY(analysis_run(&p->arena, &p->arena, &check, &p->checked,
	                 &ret->diag));
	ret->stage = VM_STAGE_RUN;
	return ERR_OK;
}

/* The root commits to the hash of the source and the height. */
static enum err commit_to_source(struct twin *t, const struct program *p)
{
	uint8_t *bytes = arena_alloc(&t->arena, STORE_HASH_LEN + 4);
	struct store_key key = { .form = STORE_TAIL_HEX };
	char *text;
	struct buf b;

	if (!bytes)
		return ERR_NO_MEMORY;
	hash_sha512_256(bytes, p->source.p, p->source.len);
	be32_write(bytes + STORE_HASH_LEN, p->height);
	buf_init(&b, 1024);
	(void)buf_add_str(&b, "clarity-contract::");
	(void)principal_format(&b, p->id);
	text = arena_str(&t->arena, (const char *)b.p, b.len);
	key.text = span_of(text, b.len);
	buf_fini(&b);
	if (!text)
		return ERR_NO_MEMORY;
	return state_put(t, &key, span_of(bytes, STORE_HASH_LEN + 4),
	                 STORE_HEX);
}

static enum err initialize(struct twin *t, struct program *p)
{
	struct program *other;
	enum err e;

	TRY(twin_charge(t, PRICE_CONTRACT_STORAGE, p->source.len));
	TRY(twin_find(t, p->id, &other));
	if (other)
		return twin_fail(t, VM_ERROR_UNREACHABLE);
	TRY(commit_to_source(t, p));
	TRY(twin_hold(t, p->source.len));
	p->is_deploying = true;
	e = define_all(t, p);
	p->is_deploying = false;
	twin_drop(t, p->source.len);
	TRY(e);
	return load_constants(t, p);
}

static enum err run_deploy(struct twin *t, const void *what,
                           struct vm_result *ret)
{
	const struct vm_source *source = what;
	struct program *p = calloc(1, sizeof(*p));
	struct store_view view;
	enum err e;

	if (!p)
		return ERR_NO_MEMORY;
	arena_init(&p->arena, PROGRAM_MAX);
	p->id = principal_copy(&p->arena, source->contract);
	p->version = source->version;
	p->source =
	    span_of(arena_copy(&p->arena, source->text.p, source->text.len),
	            source->text.len);
	t->sponsor = source->sponsor;
	e = arena_err(&p->arena);
	if (e == ERR_OK)
		e = t->store.ops->view(t->store.ctx, &view);
	p->height = view.height;
	if (e == ERR_OK)
		e = front(t, p, ret);
	if (e == ERR_OK)
		e = initialize(t, p);
	if (e == ERR_RUN && value_copy(&t->arena, &t->failure.value,
	                               &t->failure.value) != ERR_OK)
		e = ERR_NO_MEMORY;
	if (e != ERR_OK) {
		arena_fini(&p->arena);
		free(p);
		return e;
	}
	p->next = t->programs;
	t->programs = p;
	return ERR_OK;
}

enum err twin_deploy(struct twin *t, const struct vm_source *source,
                     struct vm_result *ret)
{
	struct attempt a = { run_deploy, source };
	enum err e;

	*ret = (struct vm_result){ 0 };
	e = attempt(t, &a, ret);
	if (e == ERR_CHECK_REJECT)
		ret->is_rejected = true;
	return e;
}

enum err twin_commit(struct twin *t)
{
	TRY(state_flush(t));
	t->uncommitted = t->programs;
	return ERR_OK;
}
