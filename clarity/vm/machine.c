/* clarity/vm/machine.c - Limits and failures; contract in machine.h. */
#include "config.h"

#include "clarity/vm/machine.h"

#include <stdarg.h>
#include <stdio.h>

#include "clarity/base/check.h"

enum err machine_fail(struct vm *vm, enum vm_error kind, const char *fmt, ...)
{
	char text[256];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	vm->failure = (struct vm_failure){ .kind = kind };
	vm->failure.text = arena_str(&vm->arena, text, strlen(text));
	return vm->failure.text ? ERR_RUN : ERR_NO_MEMORY;
}

enum err machine_limit(struct vm *vm, enum err e)
{
	if (__builtin_expect(e == ERR_OK, 1))
		return e;
	if (e == ERR_COST_COMPUTE)
		return machine_fail(vm, VM_ERROR_COST_COMPUTATION_FAILED,
		                    "no price for this operation");
	if (e != ERR_COST_LIMIT && e != ERR_COST_OVERFLOW &&
	    e != ERR_MEMORY_LIMIT)
		return e;
	if (!vm->is_exact)
		return ERR_RUN_EXACTLY;
	if (e == ERR_COST_LIMIT)
		return machine_fail(vm, VM_ERROR_COST_BALANCE_EXCEEDED,
		                    "the cost limit is passed");
	if (e == ERR_COST_OVERFLOW)
		return machine_fail(vm, VM_ERROR_COST_OVERFLOW,
		                    "the cost does not fit");
	return machine_fail(vm, VM_ERROR_MEMORY_BALANCE_EXCEEDED,
	                    "the memory limit is passed");
}

enum err machine_hold(struct vm *vm, uint64_t bytes)
{
	TRY(machine_limit(vm, memory_add(&vm->memory, bytes)));
	vm->held += bytes;
	return ERR_OK;
}

void machine_back(struct vm *vm, uint64_t held)
{
	CHECK(held <= vm->held);
	memory_drop(&vm->memory, vm->held - held);
	vm->held = held;
}

enum err machine_size(struct vm *vm, const struct value *v, uint32_t *ret)
{
	*ret = value_size(v);
	if (__builtin_expect(*ret != TYPE_OVERSIZE, 1))
		return ERR_OK;
	return machine_fail(vm, VM_ERROR_EXPECT, "the value is too large");
}
