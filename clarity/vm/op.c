/* clarity/vm/op.c - Long instructions; contract in op.h. */
#include "config.h"

#include "clarity/vm/op.h"

#include "clarity/base/check.h"
#include "clarity/value/value_codec.h"
#include "clarity/vm/dispatch.h"
#include "clarity/vm/frame.h"
#include "clarity/vm/load.h"
#include "clarity/vm/scope.h"

enum err op_charge_size(struct vm *vm, enum price_id id, const struct value *v)
{
	uint32_t size;

	TRY(machine_size(vm, v, &size));
	return host_charge(vm, id, size);
}

enum err op_charge_min(struct vm *vm, enum price_id id, const struct value *a,
                       const struct value *b)
{
	uint32_t size_a, size_b;

	TRY(machine_size(vm, a, &size_a));
	TRY(machine_size(vm, b, &size_b));
	return host_charge(vm, id, size_a < size_b ? size_a : size_b);
}

enum err op_charge_bytes(struct vm *vm, enum price_id id,
                         const struct value *args, uint32_t n)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < n; i++)
		sum = u64_add_sat(sum, value_codec_len(&args[i]));
	return host_charge(vm, id, sum);
}

/* The prices of the natives whose input size is their own. */
static enum price_id sized_price(enum native id)
{
	if (id == NATIVE_ED25519_VERIFY)
		return PRICE_ED25519VERIFY;
	if (id == NATIVE_VERIFY_MERKLE_PROOF)
		return PRICE_VERIFY_MERKLE_PROOF;
	return PRICE_GET_BITCOIN_TX_OUTPUT;
}

enum err op_charge_native(struct vm *vm, enum native id,
                          const struct value *args, uint32_t n)
{
	struct native_call c = { .args = args, .n = n };

	return host_charge(vm, sized_price(id), dispatch_native(id)->size(&c));
}

enum err op_hold(struct vm *vm, const struct value *v)
{
	uint32_t size;

	TRY(machine_size(vm, v, &size));
	return machine_hold(vm, size);
}

enum err op_error(struct vm *vm, enum vm_error kind)
{
	if (kind == VM_ERROR_NONE)
		return ERR_OK;
	return machine_fail(vm, kind, "%s", vm_error_name(kind));
}

/* Values of kinds without parts unite whenever their kinds do. */
static bool is_flat(const struct value *v)
{
	return v->wraps == 0 && v->kind != VALUE_LIST &&
	       v->kind != VALUE_TUPLE && v->kind != VALUE_NONE &&
	       v->kind != VALUE_CALLABLE;
}

/* Types must have a common supertype, also when the values differ. */
enum err op_equal(struct vm *vm, struct value *a, const struct value *b,
                  const struct value *c)
{
	const struct type *tb, *tc, *both;
	struct type_diag d;

	if (is_flat(b) && is_flat(c) && b->kind == c->kind) {
		*a = value_bool(value_eq(b, c));
		return ERR_OK;
	}
	TRY(host_type(vm, value_type(&vm->arena, &tb, b, &d), &d));
	TRY(host_type(vm, type_supertype(&vm->arena, &both, tb, tb, &d), &d));
	TRY(host_type(vm, value_type(&vm->arena, &tc, c, &d), &d));
	TRY(host_type(vm, type_supertype(&vm->arena, &both, tc, both, &d), &d));
	*a = value_bool(value_eq(b, c));
	return ERR_OK;
}

enum err op_wrap(struct vm *vm, struct value *a, enum value_wrap wrap,
                 const struct value *b)
{
	struct type_diag d;

	return host_type(vm, value_wrap(a, wrap, b, &d), &d);
}

/* Whether the type that was known beforehand is that of these values: what was
 * called a principal can turn out to be a callable. */
static bool is_known(const struct tuple_site *site, const struct value *args)
{
	const struct type_field *fields =
	    site->type ? site->type->fields : NULL;

	for (uint32_t k = 0; fields && k < site->n; k++) {
		if (fields[k].type->kind == TYPE_PRINCIPAL &&
		    !value_is(&args[site->order[k]], VALUE_PRINCIPAL))
			return false;
	}
	return fields != NULL;
}

/* Builds a tuple whose type was known when it was compiled. */
static enum err known_tuple(struct vm *vm, struct value *a,
                            const struct value *args,
                            const struct tuple_site *site)
{
	struct value *items =
	    arena_new_array(&vm->arena, struct value, site->n);

	if (!items)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < site->n; i++)
		value_put(&items[i], &args[site->order[i]]);
	*a = (struct value){
		.kind = VALUE_TUPLE,
		.n = site->n,
		.items = items,
		.type = site->type,
	};
	return ERR_OK;
}

enum err op_tuple(struct vm *vm, struct value *a, const struct value *args,
                  const struct tuple_site *site)
{
	struct type_diag d;

	if (is_known(site, args))
		return known_tuple(vm, a, args, site);

	struct value_field *fields =
	    arena_new_array(&vm->arena, struct value_field, site->n);

	if (!fields)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < site->n; i++) {
		fields[i].name = site->names[i];
		fields[i].value = args[i];
	}
	return host_type(vm, value_tuple(&vm->arena, a, fields, site->n, &d),
	                 &d);
}

static const struct value *field(const struct value *tuple, uint32_t place,
                                 struct span name)
{
	const struct type *t = tuple->type;

	if (place < t->len && span_eq(t->fields[place].name, name))
		return &tuple->items[place];
	return value_tuple_get(tuple, name);
}

enum err op_get(struct vm *vm, struct value *a, const struct value *b,
                const struct insn *i, struct span name)
{
	bool is_some = b->wraps == VALUE_SOME && b->kind == VALUE_TUPLE;
	const struct value *item;
	struct type_diag d;

	if (value_is_none(b)) {
		*a = value_none();
		return ERR_OK;
	}
	if (!is_some && !value_is(b, VALUE_TUPLE))
		return machine_fail(vm, VM_ERROR_UNREACHABLE, "expected tuple");
	if (!i->x)
		TRY(host_charge(vm, PRICE_TUPLE_GET, b->n));
	item = field(b, i->c, name);
	if (!item || item->kind == VALUE_ABSENT)
		return machine_fail(vm, VM_ERROR_UNREACHABLE, "no such field");
	if (!is_some) {
		value_put(a, item);
		return ERR_OK;
	}

	enum err e = value_wrap(a, VALUE_SOME, item, &d);

	if (e == ERR_TYPE)
		return machine_fail(vm, VM_ERROR_EXPECT, "field too large");
	return e;
}

enum err op_print(struct vm *vm, struct value *a, const struct value *b)
{
	struct event e = {
		.kind = EVENT_PRINT,
		.contract = vm->who.contract->id,
		.value = *b,
	};
	uint32_t size;

	TRY(machine_size(vm, b, &size));
	TRY(event_add(&vm->events, &e));
	vm->events.printed += size;
	*a = e.value;
	if (vm->events.printed >= EVENT_MAX_PRINTED)
		return machine_fail(vm, VM_ERROR_EXPECT, "too much is printed");
	return ERR_OK;
}

enum err op_native(struct vm *vm, enum native id, struct value *a,
                   const struct value *args, uint32_t n,
                   const struct native_site *site)
{
	struct native_call c = {
		.args = args,
		.n = n,
		.in_place = site->in_place,
		.extra = site->extra,
		.type = site->type,
		.version = vm->who.contract->version,
	};

	struct value out;

	/* The result often takes the place of an argument. */
	TRY(dispatch_native(id)->fn(vm, &c, &out));
	value_put(a, &out);
	return ERR_OK;
}

enum err op_step(struct vm *vm, uint32_t step, struct value *a,
                 const struct value *args, uint32_t n, bool *done)
{
	struct native_call c = {
		.args = args,
		.n = n,
		.version = vm->who.contract->version,
	};

	return dispatch_step((enum dispatch_step)step)(vm, &c, a, done);
}

/* What a trait says about the function that is called. */
static enum err find_method(struct vm *vm, const struct trait_id *id,
                            struct span name, const struct analysis_fn **ret)
{
	struct contract *c;

	TRY(load_contract(vm, id->contract, &c));
	if (!c)
		return machine_fail(vm, VM_ERROR_NO_SUCH_CONTRACT,
		                    "the trait's contract is missing");

	uint32_t sym = symtab_find(c->syms, id->name);
	struct contract_name n = contract_lookup(c, sym);

	if (n.kind != CONTRACT_TRAIT)
		return machine_fail(vm, VM_ERROR_TRAIT_UNKNOWN, "%.*s",
		                    (int)id->name.len, id->name.p);
	*ret = analysis_method(c->traits[n.index].trait, name);
	if (!*ret)
		return machine_fail(vm, VM_ERROR_TRAIT_METHOD_UNKNOWN, "%.*s",
		                    (int)name.len, name.p);
	return ERR_OK;
}

/* A function stands for a method when it takes at least what that takes. */
static enum err complies(struct vm *vm, const struct function *fn,
                         const struct analysis_fn *method, bool *ret)
{
	struct type_diag d;

	CHECK(method);
	*ret = fn->n_params == method->n_params;
	for (uint32_t i = 0; *ret && i < fn->n_params; i++)
		TRY(host_type(vm,
		              type_admits(method->params[i].type,
		                          fn->param_types[i], ret, &d),
		              &d));
	return ERR_OK;
}

static bool promises(const struct contract *c, const struct trait_id *trait)
{
	for (uint32_t i = 0; i < c->ast->impl_count; i++) {
		if (principal_trait_eq(c->ast->impls[i], trait))
			return true;
	}
	return false;
}

/* A contract that never promised the trait is compared with it now. */
static enum err check_dynamic(struct vm *vm, const struct call_site *site,
                              const struct value *target,
                              const struct type **returns)
{
	const struct analysis_fn *method = NULL;
	struct contract *c;
	bool ok;

	TRY(load_contract(vm, target->principal, &c));
	if (!c)
		return machine_fail(vm, VM_ERROR_NO_SUCH_CONTRACT,
		                    "no such contract");
	if (promises(c, target->trait))
		return ERR_OK;

	const struct function *fn = contract_function(c, site->function);

	if (!fn)
		return machine_fail(vm, VM_ERROR_BAD_TRAIT, "%.*s",
		                    (int)site->function.len, site->function.p);
	if (vm->is_read_only)
		return machine_fail(vm, VM_ERROR_UNREACHABLE,
		                    "call by trait in read-only");
	if (fn->form == DEFINE_PRIVATE)
		return machine_fail(vm, VM_ERROR_NO_SUCH_PUBLIC_FUNCTION,
		                    "%.*s", (int)site->function.len,
		                    site->function.p);
	TRY(find_method(vm, target->trait, site->function, &method));
	TRY(complies(vm, fn, method, &ok));
	if (!ok)
		return machine_fail(vm, VM_ERROR_BAD_TRAIT, "%.*s",
		                    (int)site->function.len, site->function.p);
	*returns = method->returns;
	return ERR_OK;
}

enum err op_contract_call(struct vm *vm, const struct call_site *site,
                          const struct insn *i, const struct value *target,
                          const struct value *args)
{
	struct frame_visit v = {
		.contract = site->contract,
		.function = site->function,
		.args = args,
		.n_args = i->c,
		.ret = i->a >> 1,
		.depth = i->x,
	};

	if (!v.contract) {
		if (!value_is(target, VALUE_CALLABLE))
			return machine_fail(vm, VM_ERROR_CONTRACT_CALL_NAME,
			                    "not a contract to call");
		v.contract = target->principal;
		if (target->trait &&
		    principal_eq(v.contract, vm->who.contract->id))
			return machine_fail(vm, VM_ERROR_CIRCULAR_REFERENCE,
			                    "a contract calls itself");
		if (target->trait)
			TRY(check_dynamic(vm, site, target, &v.returns));
	}
	return frame_visit(vm, &v);
}

enum err op_contract_of(struct vm *vm, struct value *a, const struct value *b)
{
	struct contract *c;

	if (!value_is(b, VALUE_CALLABLE))
		return machine_fail(vm, VM_ERROR_UNREACHABLE,
		                    "contract-of expects a trait");
	TRY(load_contract(vm, b->principal, &c));
	if (!c)
		return machine_fail(vm, VM_ERROR_NO_SUCH_CONTRACT,
		                    "no such contract");
	*a = value_principal(b->principal);
	return ERR_OK;
}

enum err op_guard_end(struct vm *vm, struct value *a, const struct value *b)
{
	struct value body = *b;
	struct value failed;
	uint32_t index = 0;
	bool broken;

	TRY(scope_end_guard(vm, &broken, &index));
	if (!broken)
		return op_wrap(vm, a, VALUE_OK, &body);
	failed = value_uint(index);
	failed.wraps = VALUE_ERR;
	*a = failed;
	return ERR_OK;
}
