/* clarity/vm/load.c - Loading and keeping contracts; contract in load.h. */
#include "config.h"

#include "clarity/vm/load.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/crypto/hash.h"
#include "clarity/value/value_codec.h"
#include "clarity/vm/toplevel.h"

static struct span id_bytes(const struct principal *id)
{
	return span_of(id, principal_len(id));
}

struct contract *load_find(const struct vm *vm, const struct principal *id)
{
	return hmap_get(&vm->contracts, id_bytes(id));
}

enum err load_keep(struct vm *vm, struct contract *c)
{
	return hmap_put(&vm->contracts, id_bytes(c->id), c);
}

/* As load_find.  A site that calls names its contract at one place in memory,
 * so the contract that was found for that place is compared first; hashing a
 * name takes longer (vm.ccall.ro 126 to 106 ns).  Nothing dropped stays here.
 */
static struct contract *find_recent(struct vm *vm, const struct principal *id)
{
	struct contract **slot =
	    &vm->recent[((uintptr_t)id >> 4) % MACHINE_RECENT];

	if (!*slot || !principal_eq((*slot)->id, id))
		*slot = load_find(vm, id);
	return *slot;
}

static void forget_recent(struct vm *vm)
{
	memset(vm->recent, 0, sizeof(vm->recent));
}

void load_drop(struct vm *vm, struct contract *c)
{
	forget_recent(vm);
	(void)hmap_del(&vm->contracts, id_bytes(c->id));
	contract_free(c);
}

void load_drop_all(struct vm *vm)
{
	uint32_t place = 0;
	const struct hmap_entry *e;

	forget_recent(vm);
	while ((e = hmap_next(&vm->contracts, &place)))
		contract_free(e->value);
	hmap_reset(&vm->contracts);
}

static enum err charge_ast(void *ctx, enum ast_price what, uint64_t n)
{
	struct vm *vm = ctx;

	return machine_charge(vm,
	                      what == AST_PRICE_PARSE
	                          ? PRICE_AST_PARSE
	                          : PRICE_AST_CYCLE_DETECTION,
	                      n);
}

/* What the checker asks for: every contract that exists is loaded. */
static enum err load_analysis(void *ctx, const struct principal *id,
                              const struct contract_analysis **ret)
{
	struct contract *c;

	TRY(load_contract(ctx, id, &c));
	*ret = c && c->checked ? c->checked->analysis : NULL;
	return ERR_OK;
}

static enum err parse(struct vm *vm, struct contract *c, bool is_free,
                      struct ast *ast, struct diag *diag)
{
	struct ast_meter meter = { charge_ast, vm };
	struct ast_input in = {
		.source = c->source,
		.contract = c->id,
		.epoch = c->epoch,
		.meter = is_free ? NULL : &meter,
	};

	return ast_build(&c->arena, &in, ast, diag);
}

enum err load_program(struct vm *vm, struct contract *c, bool is_free,
                      bool *was_parsed, struct diag *diag)
{
	struct ast *ast = arena_new(&c->arena, struct ast);
	struct checked *checked = arena_new(&c->arena, struct checked);
	struct analysis_db db = { load_analysis, vm };

	*was_parsed = false;
	if (!ast || !checked)
		return ERR_NO_MEMORY;
	TRY(parse(vm, c, is_free, ast, diag));
	*was_parsed = true;

	struct analysis_input in = {
		.ast = ast,
		.epoch = c->epoch,
		.version = c->version,
		.db = &db,
		.meter = is_free ? NULL : &vm->meter,
		.memory = is_free ? NULL : &vm->memory,
	};

	TRY(analysis_run(&c->arena, &c->arena, &in, checked, diag));
	return contract_set_program(c, ast, checked);
}

enum err load_tree(struct vm *vm, struct contract *c, struct ast *ret,
                   struct diag *diag)
{
	return parse(vm, c, false, ret, diag);
}

/* Contracts that are to be loaded, the last one first. */
struct wanted {
	struct vm *vm;
	struct hmap opened; /* those whose own needs are wanted already */
	const struct principal **ids;
	uint32_t n;
	uint32_t cap;
};

static enum err want(struct wanted *w, const struct principal *id)
{
	if (!principal_is_contract(id) || load_find(w->vm, id) ||
	    hmap_has(&w->opened, id_bytes(id)))
		return ERR_OK;
	if (w->n == w->cap) {
		uint32_t cap = w->cap ? 2 * w->cap : 16;
		const struct principal **ids = arena_new_array(
		    &w->vm->arena, const struct principal *, cap);

		if (!ids)
			return ERR_NO_MEMORY;
		for (uint32_t i = 0; i < w->n; i++)
			ids[i] = w->ids[i];
		w->ids = ids;
		w->cap = cap;
	}
	w->ids[w->n++] = id;
	return ERR_OK;
}

/* The tree's depth bounds this recursion. */
static enum err want_of(struct wanted *w, const struct ast_node *node)
{
	switch ((enum ast_kind)node->kind) {
	case AST_LITERAL:
		if (node->value->kind == VALUE_PRINCIPAL)
			return want(w, node->value->principal);
		return ERR_OK;
	case AST_FIELD:
		return want(w, node->field->contract);
	case AST_TRAIT_REF:
		return want(w, node->trait->id->contract);
	case AST_LIST:
		for (uint32_t i = 0; i < node->n; i++)
			TRY(want_of(w, &node->items[i]));
		return ERR_OK;
	case AST_ATOM:
	case AST_TUPLE:
	case AST_COMMENT:
	case AST_SUGAR_CONTRACT:
	case AST_SUGAR_FIELD:
		break;
	}
	return ERR_OK;
}

/* Adds what the stored contract `id` names; false if it does not exist. */
static enum err want_dependencies(struct wanted *w, const struct principal *id)
{
	struct arena *a = &w->vm->arena;
	struct store_contract stored;
	struct ast ast;
	bool found;

	TRY(w->vm->store.ops->contract_get(w->vm->store.ctx, a, id, &stored,
	                                   &found));
	if (!found)
		return ERR_OK;

	struct ast_input in = {
		.source = stored.source,
		.contract = id,
		.epoch = stored.epoch,
	};
	enum err e = ast_build(a, &in, &ast, NULL);

	if (e == ERR_PARSE)
		return ERR_OK;
	TRY(e);
	for (uint32_t i = 0; i < ast.n; i++)
		TRY(want_of(w, &ast.items[i]));
	return ERR_OK;
}

static enum err load_stored(struct vm *vm, const struct principal *id,
                            const struct store_contract *stored,
                            struct contract **ret)
{
	struct contract *c;
	struct diag diag;
	bool was_parsed;
	enum err e;

	TRY(contract_new(&c, id, stored->source, stored->epoch,
	                 stored->version));
	e = load_program(vm, c, true, &was_parsed, &diag);
	if (e == ERR_OK)
		e = toplevel_load(vm, c, stored);
	c->data_size = stored->data_size;
	c->load_size = stored->source.len + stored->data_size;
	if (e == ERR_OK)
		e = load_keep(vm, c);
	if (e != ERR_OK) {
		contract_free(c);
		/* What was deployed loads: anything else is bad stored data. */
		return err_class(e) == ERR_CLASS_FAULT ? e : ERR_STORE_CORRUPT;
	}
	*ret = c;
	return ERR_OK;
}

static enum err load_one(struct vm *vm, const struct principal *id,
                         struct contract **ret)
{
	struct store_contract stored;
	bool found;

	*ret = load_find(vm, id);
	if (*ret)
		return ERR_OK;
	TRY(vm->store.ops->contract_get(vm->store.ctx, &vm->arena, id, &stored,
	                                &found));
	return found ? load_stored(vm, id, &stored, ret) : ERR_OK;
}

/* What a contract names is put above it and so loaded before it.  Each is
 * opened once, however often it is named: the work is that of reading texts,
 * not that of following all ways through them. */
static enum err load_all(struct vm *vm, const struct principal *id,
                         struct contract **ret)
{
	struct wanted w = { .vm = vm };
	struct contract *c;

	hmap_init(&w.opened, &vm->arena, HMAP_MAX, NULL);
	TRY(want(&w, id));
	while (w.n > 0) {
		const struct principal *top = w.ids[w.n - 1];

		if (!load_find(vm, top) &&
		    !hmap_has(&w.opened, id_bytes(top))) {
			TRY(hmap_put(&w.opened, id_bytes(top), NULL));
			TRY(want_dependencies(&w, top));
			continue;
		}
		w.n--;
		TRY(load_one(vm, top, &c));
	}
	return load_one(vm, id, ret);
}

enum err load_contract(struct vm *vm, const struct principal *id,
                       struct contract **ret)
{
	struct store_contract stored;
	bool found = true;

	*ret = find_recent(vm, id);
	/* Elsewhere in time a contract may not exist yet. */
	if (*ret && vm->block)
		TRY(vm->store.ops->contract_get(vm->store.ctx, &vm->arena, id,
		                                &stored, &found));
	if (!found)
		*ret = NULL;
	if (*ret || !found)
		return ERR_OK;
	return load_all(vm, id, ret);
}

static enum err fill_constants(struct vm *vm, const struct contract *c,
                               struct store_constant *to)
{
	for (uint32_t i = 0; i < c->n_constants; i++, to++) {
		const struct contract_constant *k = &c->constants[i];

		to->name = symtab_name(c->syms, k->sym);
		to->size = k->size;
		TRY(value_codec_bytes(&vm->arena, &to->bytes, &k->value));
	}
	for (uint32_t i = 0; i < c->n_fts; i++) {
		struct value cap = value_uint(c->fts[i].cap);

		if (!c->fts[i].is_capped)
			continue;
		to->name = c->fts[i].name;
		to->size = value_size(&cap);
		TRY(value_codec_bytes(&vm->arena, &to->bytes, &cap));
		to++;
	}
	return ERR_OK;
}

static uint32_t count_constants(const struct contract *c)
{
	uint32_t n = c->n_constants;

	for (uint32_t i = 0; i < c->n_fts; i++)
		n += c->fts[i].is_capped;
	return n;
}

enum err load_store(struct vm *vm, const struct contract *c)
{
	struct store_view view;
	struct store_contract stored = {
		.source = c->source,
		.epoch = c->epoch,
		.version = c->version,
		.data_size = c->data_size,
		.n_constants = count_constants(c),
	};
	struct store_constant *constants = arena_new_array(
	    &vm->arena, struct store_constant, stored.n_constants);

	if (!constants)
		return ERR_NO_MEMORY;
	TRY(fill_constants(vm, c, constants));
	TRY(vm->store.ops->view(vm->store.ctx, &view));
	hash_sha512_256(stored.hash, c->source.p, c->source.len);
	stored.constants = constants;
	stored.height = view.height;
	return vm->store.ops->contract_put(vm->store.ctx, c->id, &stored);
}
