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

/* Writes place after place; `to` is behind the last one. */
struct notes {
	struct vm *vm;
	const struct contract *contract;
	const struct principal *id; /* a copy of the contract's */
	struct vm_place *to;
};

static enum err add(struct notes *n, struct span function, uint32_t node)
{
	const struct ast_node *at = trail_node(n->contract->ast, node);
	const uint8_t *name =
	    arena_copy(&n->vm->arena, function.p, function.len);

	if (!name)
		return ERR_NO_MEMORY;
	*n->to++ = (struct vm_place){
		.contract = n->id,
		.function = span_of(name, function.len),
		.span = at ? at->span : (struct diag_span){ 0, 0 },
	};
	return ERR_OK;
}

static bool is_inside(const struct inline_site *s, uint32_t at)
{
	return s->first <= at && at < s->end;
}

/* The instruction that a frame was at. */
static uint32_t reached(const struct frame *f)
{
	return (uint32_t)(f->pc - f->code->insns) - (f->pc > f->code->insns);
}

/* A frame is one call, and one for each function around the place whose body
 * was compiled into its code, from the inside out. */
static enum err note(struct notes *n, uint32_t i)
{
	const struct frame *f = &n->vm->frames[i];
	const struct code *code = f->code;
	uint32_t at = reached(f);
	uint32_t node = code->nodes[at];

	n->contract = trail_contract(n->vm, i);
	n->id = principal_copy(&n->vm->arena, n->contract->id);
	if (!n->id)
		return ERR_NO_MEMORY;
	for (uint32_t k = 0; k < code->n_inlines; k++) {
		const struct inline_site *s = &code->inlines[k];

		if (!is_inside(s, at))
			continue;
		TRY(add(n, n->contract->functions[s->function].name, node));
		node = s->node;
	}
	return add(n, f->fn ? f->fn->name : span_of("", 0), node);
}

static uint32_t count_places(const struct vm *vm)
{
	uint32_t n = vm->n_frames;

	for (uint32_t i = 0; i < vm->n_frames; i++) {
		const struct frame *f = &vm->frames[i];

		for (uint32_t k = 0; k < f->code->n_inlines; k++)
			n += is_inside(&f->code->inlines[k], reached(f));
	}
	return n;
}

enum err trail_record(struct vm *vm)
{
	struct notes n = { .vm = vm };
	struct vm_place *places;

	if (vm->failure.places || vm->n_frames == 0)
		return ERR_RUN;
	places = arena_new_array(&vm->arena, struct vm_place, count_places(vm));
	if (!places)
		return ERR_NO_MEMORY;
	n.to = places;
	for (uint32_t i = vm->n_frames; i-- > 0;)
		TRY(note(&n, i));
	vm->failure.places = places;
	vm->failure.n_places = (uint32_t)(n.to - places);
	return ERR_RUN;
}

enum err trail_record_form(struct vm *vm, const struct contract *c,
                           const struct ast_node *form)
{
	struct notes n = { .vm = vm, .contract = c };
	struct vm_place *place;

	if (vm->failure.places)
		return ERR_RUN;
	place = arena_new(&vm->arena, struct vm_place);
	n.id = principal_copy(&vm->arena, c->id);
	n.to = place;
	if (!place || !n.id)
		return ERR_NO_MEMORY;
	TRY(add(&n, span_of("", 0), form->id));
	vm->failure.places = place;
	vm->failure.n_places = 1;
	return ERR_RUN;
}
