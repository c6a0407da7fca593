/* clarity/vm/bind.c - Binding parameters; contract in bind.h. */
#include "config.h"

#include "clarity/vm/bind.h"

#include "clarity/base/check.h"

/* Whether a value of this type may change when it is bound to it. */
static bool is_plain(const struct type *t)
{
	switch ((enum type_kind)t->kind) {
	case TYPE_INT:
	case TYPE_UINT:
	case TYPE_BOOL:
	case TYPE_PRINCIPAL:
	case TYPE_BUFF:
	case TYPE_ASCII:
	case TYPE_UTF8:
		return true;
	case TYPE_OPTIONAL:
		return is_plain(t->item);
	case TYPE_RESPONSE:
		return is_plain(t->ok) && is_plain(t->err);
	case TYPE_NONE:
	case TYPE_LIST:
	case TYPE_TUPLE:
	case TYPE_CALLABLE_PRINCIPAL:
	case TYPE_CALLABLE_TRAIT:
	case TYPE_LIST_UNION:
	case TYPE_TRAIT_REF:
	case TYPE_KIND_COUNT:
		break;
	}
	return false;
}

uint64_t bind_mask(const struct type *const *types, uint32_t n)
{
	uint64_t mask = 0;

	for (uint32_t i = 0; i < n; i++) {
		if (!is_plain(types[i]))
			mask |= UINT64_C(1) << (i < 63 ? i : 63);
	}
	return mask;
}

enum err bind_sanitize(struct vm *vm, const struct value *v, struct value *ret,
                       bool *ok)
{
	const struct type *t;
	struct type_diag diag;
	bool cut;

	*ok = true;
	if (v->kind != VALUE_LIST && v->kind != VALUE_TUPLE) {
		*ret = *v;
		return ERR_OK;
	}
	TRY(host_type(vm, value_type(&vm->arena, &t, v, &diag), &diag));

	enum err e =
	    value_sanitize(&vm->arena, ret, &cut, vm->chain.epoch, t, v);

	*ok = e == ERR_OK;
	return e == ERR_TYPE ? ERR_OK : e;
}

static enum err cast(struct vm *vm, const struct type *t, struct value *v);

static enum err cast_list(struct vm *vm, const struct type *t, struct value *v)
{
	struct type_diag diag;
	struct value *items = arena_new_array(&vm->arena, struct value, v->n);

	if (!items)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < v->n; i++) {
		items[i] = v->items[i];
		TRY(cast(vm, t->item, &items[i]));
	}

	enum err e =
	    type_list(&vm->arena, &v->type, t->item, v->type->len, &diag);

	v->items = items;
	return host_type(vm, e, &diag);
}

static enum err cast_tuple(struct vm *vm, const struct type *t, struct value *v)
{
	struct value *items = arena_new_array(&vm->arena, struct value, t->len);

	if (!items)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < t->len; i++)
		items[i] = (struct value){ .kind = VALUE_ABSENT };
	for (uint32_t i = 0; i < v->type->len; i++) {
		const struct type_field *f =
		    type_field_find(t, v->type->fields[i].name);

		if (v->items[i].kind == VALUE_ABSENT)
			continue;
		if (!f)
			return host_fail_value(vm, t, v);
		items[f - t->fields] = v->items[i];
		TRY(cast(vm, f->type, &items[f - t->fields]));
	}
	v->items = items;
	v->type = t;
	return ERR_OK;
}

static bool is_contract(const struct value *v)
{
	return v->kind == VALUE_CALLABLE ||
	       (v->kind == VALUE_PRINCIPAL &&
	        principal_is_contract(v->principal));
}

/* Strips the wrappers that `t` and `v` share; false when they differ. */
static bool unwrap_both(const struct type **t, uint64_t *wraps)
{
	while (*wraps != 0) {
		uint64_t outer = *wraps & 3;

		if (outer == VALUE_SOME && (*t)->kind == TYPE_OPTIONAL)
			*t = (*t)->item;
		else if (outer == VALUE_OK && (*t)->kind == TYPE_RESPONSE)
			*t = (*t)->ok;
		else if (outer == VALUE_ERR && (*t)->kind == TYPE_RESPONSE)
			*t = (*t)->err;
		else
			return false;
		*wraps >>= 2;
	}
	return true;
}

/* Gives lists and tuples their declared types, and principals their traits,
 * through all layers; what does not fit is left for the type test.  Types are
 * at most TYPE_MAX_DEPTH deep, and so is the recursion. */
static enum err cast(struct vm *vm, const struct type *t, struct value *v)
{
	uint64_t wraps = v->wraps;

	if (!unwrap_both(&t, &wraps))
		return ERR_OK;
	if (t->kind == TYPE_LIST && v->kind == VALUE_LIST)
		return cast_list(vm, t, v);
	if (t->kind == TYPE_TUPLE && v->kind == VALUE_TUPLE)
		return cast_tuple(vm, t, v);
	if (t->kind == TYPE_CALLABLE_TRAIT && is_contract(v)) {
		v->kind = VALUE_CALLABLE;
		v->trait = t->trait;
	}
	return ERR_OK;
}

static enum err check(struct vm *vm, const struct type *t,
                      const struct value *v)
{
	struct type_diag diag;
	bool ok;

	TRY(host_type(vm, value_admitted(t, v, &ok, &diag), &diag));
	return ok ? ERR_OK : host_fail_value(vm, t, v);
}

/* Clarity 1 casts nothing; a trait parameter is known as a callable only. */
static enum err bind_v1(struct vm *vm, const struct type *t, struct value *v)
{
	if (t->kind != TYPE_CALLABLE_TRAIT || v->wraps != 0 || !is_contract(v))
		return check(vm, t, v);
	if (v->kind == VALUE_PRINCIPAL) {
		v->kind = VALUE_CALLABLE;
		v->trait = t->trait;
	}
	return ERR_OK;
}

static enum err sanitize_to(struct vm *vm, const struct type *t,
                            struct value *v)
{
	bool cut;
	enum err e;

	if (!epoch_sanitizes_args(vm->chain.epoch))
		return ERR_OK;
	e = value_sanitize(&vm->arena, v, &cut, vm->chain.epoch, t, v);
	return e == ERR_TYPE ? host_fail_value(vm, t, v) : e;
}

/*
 * A transaction's arguments are seen by no checker, and the cast gives lists
 * and tuples the declared type without looking inside.  Before 4.0 the network
 * lets such a value in, to fail where it is used, or never.  Fast code believes
 * declared types, so it cannot go on.
 */
static enum err check_inside(const struct vm *vm, const struct type *t,
                             const struct value *v)
{
	if (vm->is_exact || vm->n_frames > 0 || value_is_like(t, v))
		return ERR_OK;
	return ERR_RUN_EXACTLY;
}

static enum err bind_v2(struct vm *vm, const struct type *t, struct value *v)
{
	TRY(cast(vm, t, v));
	TRY(sanitize_to(vm, t, v));
	TRY(check_inside(vm, t, v));
	if (t->kind == TYPE_CALLABLE_TRAIT && value_is(v, VALUE_CALLABLE))
		return ERR_OK;
	return check(vm, t, v);
}

/* Whether values of this type hold no others, and binding leaves their types
 * alone: where it sanitizes, strings take on types of their own lengths. */
static bool is_flat(const struct vm *vm, const struct type *t)
{
	bool has_length = t->kind == TYPE_BUFF || t->kind == TYPE_ASCII ||
	                  t->kind == TYPE_UTF8;

	return t->kind == TYPE_INT || t->kind == TYPE_UINT ||
	       t->kind == TYPE_BOOL ||
	       (has_length && !epoch_sanitizes_args(vm->chain.epoch));
}

static bool is_settled_tuple(const struct vm *vm, const struct type *t,
                             const struct value *v)
{
	bool all = v->n == t->len && type_eq(t, v->type);

	for (uint32_t i = 0; all && i < t->len; i++) {
		const struct type *field = t->fields[i].type;

		all = is_flat(vm, field) ||
		      (field->kind == TYPE_PRINCIPAL &&
		       value_is(&v->items[i], VALUE_PRINCIPAL));
	}
	return all;
}

static bool is_settled_list(const struct vm *vm, const struct type *t,
                            const struct value *v)
{
	bool has_own_len = v->n > 0 && v->n == v->type->len;

	return is_flat(vm, t->item) && v->type->len <= t->len &&
	       (has_own_len || !epoch_sanitizes_args(vm->chain.epoch)) &&
	       type_eq(t->item, v->type->item);
}

/*
 * Whether binding would leave a value as it is, as far as that is seen without
 * looking at all its items: it has the declared type, which tells of them.
 * Fast code only, since types must be believed.  Without this, a fold that
 * collects a list looks at all of it in every round (vm.list.append.1000).
 */
static bool is_settled(const struct vm *vm, const struct type *t,
                       const struct value *v)
{
	if (v->wraps != 0)
		return false;
	if (t->kind == TYPE_TUPLE && v->kind == VALUE_TUPLE)
		return is_settled_tuple(vm, t, v);
	return t->kind == TYPE_LIST && v->kind == VALUE_LIST &&
	       is_settled_list(vm, t, v);
}

enum err bind_one(struct vm *vm, const struct function *fn, uint32_t i,
                  struct value *v)
{
	const struct type *t = fn->param_types[i];

	if (vm->n_frames > 0 && !vm->is_exact && i != fn->duplicate &&
	    is_settled(vm, t, v))
		return ERR_OK;
	if (fn->contract->version < CLARITY_2)
		TRY(bind_v1(vm, t, v));
	else
		TRY(bind_v2(vm, t, v));
	if (i == fn->duplicate)
		return machine_fail(vm, VM_ERROR_NAME_ALREADY_USED,
		                    "a parameter's name is taken");
	return ERR_OK;
}

enum err bind_inner(struct vm *vm, const struct function *fn,
                    struct value *args)
{
	for (uint32_t i = 0; i < fn->n_params; i++) {
		bool needed = vm->is_exact || contract_binds(fn, i);

		if (needed || i == fn->duplicate)
			TRY(bind_one(vm, fn, i, &args[i]));
	}
	return ERR_OK;
}

enum err bind_outer(struct vm *vm, const struct function *fn,
                    struct value *args)
{
	for (uint32_t i = 0; i < fn->n_params; i++)
		TRY(bind_one(vm, fn, i, &args[i]));
	return ERR_OK;
}
