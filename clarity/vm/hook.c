/* clarity/vm/hook.c - Handlers behind calls; contract in hook.h. */
#include "config.h"

#include "clarity/vm/hook.h"

#include "clarity/vm/machine.h"

void hook_install(struct vm *vm, const struct hook *hooks, uint32_t n)
{
	vm->hooks = hooks;
	vm->n_hooks = n;
}

enum err hook_view(struct vm *vm, struct store_view *ret)
{
	return vm->store.ops->view(vm->store.ctx, ret);
}

enum err hook_event(struct vm *vm, const struct event *e)
{
	return event_add(&vm->events, e);
}

bool hook_has_stacked(const struct vm *vm, const struct principal *owner)
{
	struct asset_entry e = { .kind = ASSET_STACKING, .owner = owner };

	return asset_map_has(&vm->assets, &e);
}

enum err hook_stack(struct vm *vm, const struct principal *owner, u128 amount)
{
	struct asset_entry e = {
		.kind = ASSET_STACKING,
		.owner = owner,
		.amount = amount,
	};
	enum err err = epoch_sums_stacking(vm->chain.epoch)
	                   ? asset_map_add(&vm->assets, &e)
	                   : asset_map_replace(&vm->assets, &e);

	if (err == ERR_OVERFLOW)
		return machine_fail(vm, VM_ERROR_OVERFLOW,
		                    "stacked amounts overflow");
	return err;
}

enum err hook_move(struct vm *vm, const struct principal *owner)
{
	struct asset_entry e = { .kind = ASSET_POX, .owner = owner };

	return asset_map_replace(&vm->assets, &e);
}

static const struct hook *find(const struct vm *vm, const struct principal *id)
{
	for (uint32_t i = 0; i < vm->n_hooks; i++) {
		if (principal_eq(vm->hooks[i].contract, id))
			return &vm->hooks[i];
	}
	return NULL;
}

enum err hook_note(struct vm *vm, struct scope *s, const struct hook_visit *v)
{
	const struct hook *hook = find(vm, v->contract);

	if (!hook)
		return ERR_OK;
	s->after = arena_new(&vm->arena, struct hook_call);
	if (!s->after)
		return ERR_NO_MEMORY;
	*s->after = (struct hook_call){ hook, *v };
	return ERR_OK;
}

enum err hook_run(struct vm *vm, const struct hook_call *call,
                  const struct value *result)
{
	struct hook_visit v = call->visit;

	v.result = result;
	return call->hook->after(call->hook->ctx, vm, &v);
}
