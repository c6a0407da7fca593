/* clarity/vm/vm.c - Transactions: calls, deployments, evaluation; see vm.h. */
#include "config.h"

#include "clarity/vm/vm.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/crypto/hash.h"
#include "clarity/vm/load.h"
#include "clarity/vm/machine.h"
#include "clarity/vm/run.h"
#include "clarity/vm/scope.h"
#include "clarity/vm/toplevel.h"

/* What one transaction may take of this machine; far above what its meters
 * let it use. */
#define TRANSACTION_MAX ((size_t)8 << 30)

/* Contracts that one machine keeps loaded. */
#define MAX_CONTRACTS (1u << 20)

enum err vm_new(struct vm **ret, const struct vm_chain *chain,
                const struct store *store)
{
	struct vm *vm = calloc(1, sizeof(*vm));
	struct cost nothing = { { 0 } };

	if (!vm)
		return ERR_NO_MEMORY;
	vm->chain = *chain;
	vm->store = *store;
	vm->prices = price_table(chain->epoch);
	arena_init(&vm->arena, TRANSACTION_MAX);
	arena_init(&vm->stack, TRANSACTION_MAX);
	hmap_init(&vm->contracts, NULL, MAX_CONTRACTS, NULL);
	memory_init(&vm->memory, MEMORY_LIMIT);
	journal_init(&vm->journal, &vm->arena, &vm->store);
	vm_begin(vm, &nothing);
	*ret = vm;
	return ERR_OK;
}

/* Contracts that were deployed but never committed do not exist. */
static void drop_pending(struct vm *vm)
{
	while (vm->evaluated) {
		struct contract *c = vm->evaluated;

		vm->evaluated = c->next;
		contract_free(c);
	}
	for (uint32_t i = 0; i < vm->n_pending; i++)
		load_drop(vm, vm->pending[i]);
	vm->n_pending = 0;
}

void vm_free(struct vm *vm)
{
	if (!vm)
		return;
	drop_pending(vm);
	load_drop_all(vm);
	hmap_fini(&vm->contracts);
	arena_fini(&vm->arena);
	arena_fini(&vm->stack);
	free(vm);
}

void vm_set_epoch(struct vm *vm, enum epoch epoch)
{
	vm->chain.epoch = epoch;
	vm->prices = price_table(epoch);
	vm_forget(vm);
}

void vm_set_prices(struct vm *vm, enum epoch epoch)
{
	vm->prices = price_table(epoch);
	vm_forget(vm);
}

void vm_forget(struct vm *vm)
{
	load_drop_all(vm);
	vm->n_pending = 0;
}

void vm_set_memory_limit(struct vm *vm, uint64_t bytes)
{
	vm->memory.limit = bytes;
}

void vm_set_exact(struct vm *vm, bool is_exact)
{
	vm->wants_exact = is_exact;
}

void vm_set_watch(struct vm *vm, const struct watch *w)
{
	vm->watch = w;
}

void vm_begin(struct vm *vm, const struct cost *limit)
{
	drop_pending(vm);
	arena_reset(&vm->arena);
	vm->scopes = NULL;
	vm->n_scopes = 0;
	vm->cap_scopes = 0;
	vm->n_frames = 0;
	vm->held = 0;
	vm->growing.items = NULL;
	memset(vm->lists, 0, sizeof(vm->lists));
	vm->is_read_only = false;
	vm->block = NULL;
	vm->is_exact = false;
	vm->n_watched = 0;
	memory_init(&vm->memory, vm->memory.limit);
	meter_init(&vm->meter, limit);
	journal_reset(&vm->journal);
	event_init(&vm->events, &vm->arena);
	asset_map_init(&vm->assets, &vm->arena);
}

/* Brings the store back to the present if it failed to come back itself. */
static enum err come_home(struct vm *vm)
{
	bool found;

	if (!vm->is_astray)
		return ERR_OK;
	TRY(vm->store.ops->travel(vm->store.ctx, NULL, &found));
	vm->is_astray = false;
	return ERR_OK;
}

/* One attempt at something that is undone if it fails. */
struct attempt {
	enum err (*run)(struct vm *vm, const void *what, struct vm_result *ret);
	const void *what;
	bool keeps;   /* whether a success is kept */
	bool is_safe; /* whether a checker has seen it: it may run fast */
};

static enum err try_once(struct vm *vm, const struct attempt *a,
                         struct vm_result *ret)
{
	uint32_t n_scopes = vm->n_scopes;
	struct frame_floor floor = { vm->n_frames, n_scopes };
	enum err e = scope_begin(vm, SCOPE_PUBLIC, false);

	if (e == ERR_OK)
		e = a->run(vm, a->what, ret);
	if (e != ERR_OK)
		return frame_unwind(vm, e, &floor);
	if (!a->keeps) {
		/* They stay readable behind the end of the log. */
		ret->n_events = vm->events.n;
		scope_roll_back(vm);
		return ERR_OK;
	}
	return scope_commit(vm);
}

/* Runs fast; near a limit undoes everything and runs exactly. */
static enum err attempt(struct vm *vm, const struct attempt *a,
                        struct vm_result *ret)
{
	struct meter meter = vm->meter;
	struct memory memory = vm->memory;
	uint32_t n_events = vm->events.n;
	enum err e;

	TRY(come_home(vm));
	vm->is_exact = vm->wants_exact || vm->watch || !a->is_safe;
	e = try_once(vm, a, ret);
	if (e == ERR_RUN_EXACTLY) {
		vm->meter = meter;
		vm->memory = memory;
		vm->is_exact = true;
		e = try_once(vm, a, ret);
		CHECK(e != ERR_RUN_EXACTLY);
	}
	vm->is_exact = false;
	if (e == ERR_RUN) {
		ret->failure = vm->failure;
		ret->is_rejected =
		    vm_error_class(vm->failure.kind) == VM_ERROR_CLASS_REJECT ||
		    vm_error_class(vm->failure.kind) == VM_ERROR_CLASS_INTERNAL;
	}
	for (int u = 0; u < COST_UNITS; u++)
		ret->cost.of[u] = vm->meter.spent.of[u] - meter.spent.of[u];
	ret->memory = vm->memory.used;
	if (a->keeps || e != ERR_OK)
		ret->n_events = vm->events.n;
	ret->n_events -= n_events;
	ret->events = ret->n_events ? vm->events.items + n_events : NULL;
	ret->assets = vm->assets.items;
	ret->n_assets = vm->assets.n;
	return e;
}

static enum err run_call(struct vm *vm, const void *what, struct vm_result *ret)
{
	const struct vm_call *call = what;
	struct frame_floor floor = { vm->n_frames, vm->n_scopes };
	struct frame_visit v = {
		.contract = call->contract,
		.function = call->function,
		.args = call->args,
		.n_args = call->n_args,
		.is_read_only = call->is_read_only,
		.allows_private = call->allows_private,
	};

	vm->who = (struct who){ NULL, call->sender, call->sender };
	vm->sponsor = call->sponsor;
	TRY(run_frames(vm, &floor, frame_visit(vm, &v)));
	ret->value = vm->regs[0];
	return ERR_OK;
}

enum err vm_call(struct vm *vm, const struct vm_call *call,
                 struct vm_result *ret)
{
	struct attempt a = { run_call, call, true, true };

	*ret = (struct vm_result){ .stage = VM_STAGE_RUN };
	return attempt(vm, &a, ret);
}

/* The root commits to the source and to the block that deployed it. */
static enum err commit_to_source(struct vm *vm, const struct contract *c)
{
	static const char prefix[] = "clarity-contract::";
	struct store_view view;
	struct store_key key = { .form = STORE_TAIL_HEX };
	struct buf b;
	uint8_t *bytes = arena_alloc(&vm->arena, STORE_HASH_LEN + 4);
	enum err e;

	if (!bytes)
		return ERR_NO_MEMORY;
	TRY(vm->store.ops->view(vm->store.ctx, &view));
	hash_sha512_256(bytes, c->source.p, c->source.len);
	for (unsigned i = 0; i < 4; i++)
		bytes[STORE_HASH_LEN + i] =
		    (uint8_t)(view.height >> (24 - 8 * i));
	buf_init(&b, 1024);
	(void)buf_add_str(&b, prefix);
	(void)principal_format(&b, c->id);
	e = buf_err(&b);
	key.text = buf_span(&b);
	if (e == ERR_OK)
		e = journal_write(
		    &vm->journal, &key, journal_hash_text(key.text),
		    span_of(bytes, STORE_HASH_LEN + 4), STORE_HEX);
	buf_fini(&b);
	return e;
}

/* Both or neither: a contract that is found must not be freed. */
static enum err keep(struct vm *vm, struct contract *c)
{
	if (vm->n_pending == COUNT_OF(vm->pending))
		return ERR_TOO_LARGE;
	TRY(load_keep(vm, c));
	vm->pending[vm->n_pending++] = c;
	return ERR_OK;
}

/* Stores the commitment, runs the top level, and keeps the contract. */
static enum err run_deploy(struct vm *vm, struct contract *c)
{
	const struct principal *issuer = principal_issuer(&vm->arena, c->id);
	uint64_t held = vm->held;

	if (!issuer)
		return ERR_NO_MEMORY;
	vm->who = (struct who){ c, issuer, issuer };
	TRY(host_charge(vm, PRICE_CONTRACT_STORAGE, c->source.len));
	TRY(commit_to_source(vm, c));
	TRY(machine_hold(vm, c->source.len));
	c->is_deploying = true;
	TRY(toplevel_run(vm, c));
	c->is_deploying = false;
	machine_back(vm, held);
	c->load_size = c->source.len + c->data_size;
	TRY(toplevel_settle(vm, c));
	return keep(vm, c);
}

static enum err exists(struct vm *vm, const struct principal *id)
{
	struct contract *c;

	TRY(load_contract(vm, id, &c));
	if (!c)
		return ERR_OK;
	return machine_fail(vm, VM_ERROR_UNREACHABLE,
	                    "the contract exists already");
}

static enum err try_deploy(struct vm *vm, const void *what,
                           struct vm_result *ret)
{
	const struct vm_source *source = what;
	struct contract *c;
	bool was_parsed;
	enum err e;

	vm->sponsor = source->sponsor;
	TRY(contract_new(&c, source->contract, source->text, vm->chain.epoch,
	                 source->version));
	ret->stage = VM_STAGE_PARSE;
	e = load_program(vm, c, false, &was_parsed, &ret->diag);
	if (was_parsed)
		ret->stage = VM_STAGE_CHECK;
	if (e == ERR_OK) {
		ret->stage = VM_STAGE_RUN;
		e = exists(vm, c->id);
	}
	if (e == ERR_OK)
		e = run_deploy(vm, c);
	if (e != ERR_OK) {
		/* A thrown value may lie in the contract that now goes. */
		if (e == ERR_RUN && value_copy(&vm->arena, &vm->failure.value,
		                               &vm->failure.value))
			e = ERR_NO_MEMORY;
		contract_free(c);
	}
	return e;
}

enum err vm_deploy(struct vm *vm, const struct vm_source *source,
                   struct vm_result *ret)
{
	struct attempt a = { try_deploy, source, true, true };
	enum err e;

	*ret = (struct vm_result){ 0 };
	e = attempt(vm, &a, ret);
	if (e == ERR_CHECK_REJECT)
		ret->is_rejected = true;
	return e;
}

enum err vm_check(struct vm *vm, const struct vm_source *source,
                  struct diag *diag)
{
	struct contract *c;
	bool was_parsed;
	enum err e;

	TRY(contract_new(&c, source->contract, source->text, vm->chain.epoch,
	                 source->version));
	e = load_program(vm, c, true, &was_parsed, diag);
	contract_free(c);
	return e;
}

/* An expression sees the names of a contract through a contract of its own,
 * which shares the tables but has the expression's symbols. */
static void share_names(struct contract *to, const struct contract *from)
{
	for (uint32_t sym = NATIVE_COUNT; from && sym < to->n_names; sym++) {
		uint32_t theirs =
		    symtab_find(from->syms, symtab_name(to->syms, sym));

		if (theirs != SYMTAB_NONE)
			to->names[sym] = contract_lookup(from, theirs);
	}
	if (!from)
		return;
	to->constants = from->constants;
	to->functions = from->functions;
	to->vars = from->vars;
	to->maps = from->maps;
	to->fts = from->fts;
	to->nfts = from->nfts;
	to->traits = from->traits;
	to->n_constants = from->n_constants;
	to->n_functions = from->n_functions;
	to->n_vars = from->n_vars;
	to->n_maps = from->n_maps;
	to->n_fts = from->n_fts;
	to->n_nfts = from->n_nfts;
	to->n_traits = from->n_traits;
}

static enum err parse_expression(struct vm *vm, struct contract *c,
                                 const struct contract *around,
                                 struct vm_result *ret)
{
	struct ast *ast = arena_new(&c->arena, struct ast);

	if (!ast)
		return ERR_NO_MEMORY;
	ret->stage = VM_STAGE_PARSE;
	TRY(load_tree(vm, c, ast, &ret->diag));
	ret->stage = VM_STAGE_RUN;
	TRY(contract_set_program(c, ast, NULL));
	share_names(c, around);
	return ERR_OK;
}

static enum err eval_in(struct vm *vm, struct contract *c,
                        const struct principal *sender, struct vm_result *ret)
{
	const struct principal *issuer = principal_issuer(&vm->arena, c->id);

	if (!issuer)
		return ERR_NO_MEMORY;
	if (!sender)
		sender = issuer;
	vm->who = (struct who){ c, sender, sender };
	vm->sponsor = NULL;
	ret->value = value_none();
	for (uint32_t i = 0; i < c->ast->n; i++)
		TRY(toplevel_eval(vm, &c->ast->items[i], &ret->value));
	return ERR_OK;
}

static enum err try_eval(struct vm *vm, const void *what, struct vm_result *ret)
{
	const struct vm_expr *ev = what;
	struct contract *around = NULL;
	struct contract *c;
	struct principal_room room;
	const struct principal *id = ev->contract;
	static const uint8_t nobody[PRINCIPAL_HASH_LEN] = { 1, 1, 1, 1, 1, 1, 1,
		                                            1, 1, 1, 1, 1, 1, 1,
		                                            1, 1, 1, 1, 1, 1 };
	enum err e = ERR_OK;

	if (id)
		TRY(load_contract(vm, id, &around));
	if (id && !around)
		return machine_fail(vm, VM_ERROR_NO_SUCH_CONTRACT,
		                    "no such contract");
	if (!id)
		e = principal_init_contract(
		    &room, &id, principal_new_standard(&vm->arena, 1, nobody),
		    span_str("__transient"));
	TRY(e);
	TRY(contract_new(&c, id, ev->text, vm->chain.epoch,
	                 around ? around->version : ev->version));
	e = parse_expression(vm, c, around, ret);
	if (e == ERR_OK)
		e = eval_in(vm, c, ev->sender, ret);
	vm->who.contract = NULL;
	/* Values may point into it, so it lasts as long as they do. */
	c->next = vm->evaluated;
	vm->evaluated = c;
	return e;
}

enum err vm_eval(struct vm *vm, const struct vm_expr *expr,
                 struct vm_result *ret)
{
	struct attempt a = { try_eval, expr, false, false };

	*ret = (struct vm_result){ 0 };
	return attempt(vm, &a, ret);
}

enum err vm_commit(struct vm *vm)
{
	TRY(journal_flush(&vm->journal));
	for (uint32_t i = 0; i < vm->n_pending; i++)
		TRY(load_store(vm, vm->pending[i]));
	vm->n_pending = 0;
	journal_reset(&vm->journal);
	return ERR_OK;
}

static uint64_t key_hash(const struct store_key *key)
{
	return journal_hash_tail(journal_hash_text(key->text), key->tail);
}

enum err vm_read(struct vm *vm, const struct store_key *key, struct span *ret,
                 bool *found)
{
	struct journal_entry *e;

	TRY(come_home(vm));
	TRY(journal_read(&vm->journal, key, key_hash(key), &e));
	*found = e->state != JOURNAL_ABSENT;
	if (*found)
		*ret = e->bytes;
	return ERR_OK;
}

enum err vm_write(struct vm *vm, const struct store_key *key, struct span bytes,
                  enum store_form form)
{
	void *copy = arena_copy(&vm->arena, bytes.p, bytes.len);

	if (!copy)
		return ERR_NO_MEMORY;
	TRY(come_home(vm));
	return journal_write(&vm->journal, key, key_hash(key),
	                     span_of(copy, bytes.len), form);
}

enum err vm_has_contract(struct vm *vm, const struct principal *id, bool *ret)
{
	struct contract *c;

	TRY(come_home(vm));
	TRY(load_contract(vm, id, &c));
	*ret = c != NULL;
	return ERR_OK;
}

struct vm_mark vm_mark(const struct vm *vm)
{
	return (struct vm_mark){ .undo = journal_mark(&vm->journal),
		                 .events = vm->events.n,
		                 .assets = vm->assets.n,
		                 .pending = vm->n_pending };
}

void vm_undo(struct vm *vm, struct vm_mark m)
{
	journal_rollback(&vm->journal, m.undo);
	vm->events.n = m.events;
	vm->assets.n = m.assets;
	while (vm->n_pending > m.pending)
		load_drop(vm, vm->pending[--vm->n_pending]);
}
