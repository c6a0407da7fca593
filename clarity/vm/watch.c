/* clarity/vm/watch.c - Events for who looks on; contract in watch.h. */
#include "config.h"

#include "clarity/vm/watch.h"

#include "clarity/vm/machine.h"
#include "clarity/vm/run.h"
#include "clarity/vm/trail.h"

_Static_assert(WATCH_MAX_DEPTH >= MACHINE_MAX_FRAMES,
               "a watcher has room for every frame");

/* What every event of frame `i` says. */
static struct watch_event event_of(const struct vm *vm, enum watch_kind kind,
                                   uint32_t i)
{
	const struct frame *f = &vm->frames[i];
	const struct contract *c = trail_contract(vm, i);

	return (struct watch_event){
		.kind = kind,
		.depth = i,
		.contract = c ? c->id : NULL,
		.function = f->fn ? f->fn->name : span_of("", 0),
		.spent = vm->meter.spent,
		.memory = vm->memory.used,
	};
}

static void enter(struct vm *vm)
{
	uint32_t i = vm->n_watched;
	const struct frame *f = &vm->frames[i];
	struct watch_event e = event_of(vm, WATCH_ENTER, i);

	if (f->fn) {
		e.span = f->fn->body->span;
		e.values = vm->regs + f->base;
		e.n_values = f->fn->n_params;
	} else {
		e.span =
		    trail_span(trail_contract(vm, i), f->code, f->code->insns);
	}
	vm->n_watched++;
	vm->watch->see(vm->watch->ctx, &e);
}

/* Leaves the innermost frame that was told of; the frame itself is gone, but
 * nothing was entered since, so that its place still tells about it. */
static void leave(struct vm *vm, const struct value *result)
{
	struct watch_event e = event_of(vm, WATCH_LEAVE, --vm->n_watched);

	e.values = result;
	e.n_values = result ? 1 : 0;
	vm->watch->see(vm->watch->ctx, &e);
}

/* A caller goes on behind its call, unless a guard of its own has answered
 * for the callee, which then gave no result. */
static bool has_returned(const struct vm *vm, const struct insn *next)
{
	const struct code *code = vm->frames[vm->n_frames - 1].code;

	if (vm->n_watched != vm->n_frames + 1 || next == code->insns)
		return false;
	return next[-1].op == OP_CALL || next[-1].op == OP_CONTRACT_CALL;
}

void watch_look(struct vm *vm, const struct insn *next)
{
	bool returned = has_returned(vm, next);

	while (vm->n_watched > vm->n_frames) {
		uint32_t ret = vm->frames[vm->n_watched - 1].ret;

		leave(vm, returned ? &vm->regs[ret] : NULL);
	}
	while (vm->n_watched < vm->n_frames)
		enter(vm);

	uint32_t i = vm->n_frames - 1;
	struct watch_event e = event_of(vm, WATCH_STEP, i);

	e.span = trail_span(trail_contract(vm, i), vm->frames[i].code, next);
	e.insn = next;
	vm->watch->see(vm->watch->ctx, &e);
}

enum err watch_run(struct vm *vm, const struct frame_floor *floor, enum err e)
{
	e = run_watched(vm, floor, e);
	while (vm->n_watched > floor->n_frames) {
		uint32_t i = vm->n_watched - 1;
		bool is_last = i == floor->n_frames && e == ERR_OK;

		leave(vm, is_last ? &vm->regs[vm->frames[i].ret] : NULL);
	}
	return e;
}
