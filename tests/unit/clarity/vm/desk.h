/*
 * tests/unit/clarity/vm/desk.h - A machine with a state, for the tests here.
 *
 * Layer:    tests.
 * Memory:   desk_open/desk_close.
 */
#ifndef TESTS_UNIT_CLARITY_VM_DESK_H
#define TESTS_UNIT_CLARITY_VM_DESK_H

#include <string.h>

#include "clarity/value/repr.h"
#include "clarity/vm/mem_store.h"
#include "clarity/vm/vm.h"
#include "tests/lib/unit.h"

#define DESK_ALICE "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM"

struct desk {
	struct mem_store store;
	struct arena arena;
	struct vm *vm;
	const struct principal *alice;
	struct vm_result r; /* of the last deployment or call */
	struct buf text;    /* of the last value */
};

/** Opens a machine without any contract. */
static inline void desk_open(struct desk *d, enum epoch epoch)
{
	struct vm_chain chain = { .epoch = epoch, .chain_id = 0x80000000 };

	mem_store_init(&d->store, 1 << 28);
	d->store.view.height = 10;
	d->store.view.burn_height = 100;
	arena_init(&d->arena, 1 << 26);
	buf_init(&d->text, 1 << 20);
	assert_int_equal(
	    principal_parse(&d->arena, &d->alice, span_str(DESK_ALICE)),
	    PRINCIPAL_OK);
	assert_int_equal(vm_new(&d->vm, &chain, &d->store.store), ERR_OK);
}

/** Closes it. */
static inline void desk_close(struct desk *d)
{
	vm_free(d->vm);
	buf_fini(&d->text);
	arena_fini(&d->arena);
	mem_store_fini(&d->store);
}

/** Begins a transaction that may spend anything. */
static inline void desk_begin(struct desk *d)
{
	struct cost limit;

	memset(&limit, 0xff, sizeof(limit));
	vm_begin(d->vm, &limit);
}

/** @return the contract of ours with this name. */
static inline const struct principal *desk_id(struct desk *d, const char *name)
{
	const struct principal *id;

	assert_int_equal(
	    principal_new_contract(&d->arena, &id, d->alice, span_str(name)),
	    ERR_OK);
	return id;
}

/** Deploys in a transaction of its own; commits a success. */
static inline enum err desk_deploy(struct desk *d, const char *name,
                                   enum clarity_version v, const char *text)
{
	struct vm_source s = { .contract = desk_id(d, name),
		               .text = span_str(text),
		               .version = v };
	enum err e;

	desk_begin(d);
	e = vm_deploy(d->vm, &s, &d->r);
	if (e == ERR_OK)
		assert_int_equal(vm_commit(d->vm), ERR_OK);
	return e;
}

/** Calls in the running transaction. */
static inline enum err desk_call(struct desk *d, const char *name,
                                 const char *function, const struct value *args,
                                 uint32_t n)
{
	struct vm_call call = { .sender = d->alice,
		                .contract = desk_id(d, name),
		                .function = span_str(function),
		                .args = args,
		                .n_args = n };

	return vm_call(d->vm, &call, &d->r);
}

/** @return the text of the last call's value. */
static inline const char *desk_said(struct desk *d)
{
	buf_reset(&d->text);
	assert_int_equal(repr_source(&d->text, &d->r.value), ERR_OK);
	return buf_str(&d->text);
}

#endif /* TESTS_UNIT_CLARITY_VM_DESK_H */
