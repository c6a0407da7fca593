/* clarity/vm/trail.c - The way to a failure; contract in trail.h. */
#include "config.h"

#include "clarity/vm/trail.h"

const struct ast_node *trail_node(const struct ast *ast, uint32_t id)
{
	const struct ast_node *items = ast->items;
	uint32_t n = ast->n;

	/* In preorder, the way down leads through the last node of each level
	 * whose id is not behind the wanted one. */
	while (n > 0 && items[0].id <= id) {
		const struct ast_node *node = &items[0];

		for (uint32_t i = 1; i < n && items[i].id <= id; i++)
			node = &items[i];
		if (node->id == id)
			return node;
		if (node->kind != AST_LIST)
			return NULL;
		items = node->items;
		n = node->n;
	}
	return NULL;
}

struct diag_span trail_span(const struct contract *c, const struct code *code,
                            const struct insn *at)
{
	struct diag_span none = { 0, 0 };
	const struct ast_node *node =
	    trail_node(c->ast, code->nodes[at - code->insns]);

	return node ? node->span : none;
}

/* Only the outermost frame can be no function's: then its contract is the one
 * that was running before the first call into another. */
const struct contract *trail_contract(const struct vm *vm, uint32_t i)
{
	const struct function *fn = vm->frames[i].fn;

	if (fn)
		return fn->contract;
	for (uint32_t k = 0; k < vm->n_scopes; k++) {
		if (vm->scopes[k].kind == SCOPE_CALL)
			return vm->scopes[k].who.contract;
	}
	return vm->who.contract;
}

static enum err note(struct vm *vm, uint32_t i, struct vm_place *ret)
{
	const struct frame *f = &vm->frames[i];
	const struct contract *c = trail_contract(vm, i);
	struct span name = f->fn ? f->fn->name : span_of("", 0);
	const uint8_t *copy = arena_copy(&vm->arena, name.p, name.len);
	bool has_begun = f->pc > f->code->insns;

	ret->contract = principal_copy(&vm->arena, c->id);
	if (!copy || !ret->contract)
		return ERR_NO_MEMORY;
	ret->function = span_of(copy, name.len);
	ret->span = trail_span(c, f->code, f->pc - has_begun);
	return ERR_OK;
}

enum err trail_record(struct vm *vm)
{
	struct vm_place *places;

	if (vm->failure.places || vm->n_frames == 0)
		return ERR_RUN;
	places = arena_new_array(&vm->arena, struct vm_place, vm->n_frames);
	if (!places)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < vm->n_frames; i++)
		TRY(note(vm, vm->n_frames - 1 - i, &places[i]));
	vm->failure.places = places;
	vm->failure.n_places = vm->n_frames;
	return ERR_RUN;
}
