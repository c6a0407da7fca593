/* clarity/vm/native_map.c - Variables and maps; contract in native_map.h. */
#include "config.h"

#include "clarity/vm/native_map.h"

#include "clarity/base/check.h"
#include "clarity/value/value_codec.h"

/* Consensus bytes of `none`, as a deleted entry has them. */
static const uint8_t none_bytes[] = { 0x09 };

/* Reads an entry as `type`, once for each time it is written. */
static enum err read_entry(struct vm *vm, struct journal_entry *e,
                           const struct type *type, struct value *ret)
{
	if (!e->has_value) {
		struct value_codec_diag diag;
		enum err err =
		    value_codec_read_typed_all(&vm->arena, &e->value, e->bytes,
		                               type, vm->chain.epoch, &diag);

		if (err == ERR_VALUE_BYTES)
			return machine_fail(vm, VM_ERROR_STORED_DATA,
			                    "stored bytes are no such value");
		TRY(err);
		if (diag.has_holes && host_believes_types(vm))
			return ERR_RUN_EXACTLY;
		/* Whoever believes types must come to know it again. */
		e->has_value = !diag.has_holes;
	}
	*ret = e->value;
	return ERR_OK;
}

/* Whether a field's value is a scalar or principal of the field's own type. */
static bool is_plain(const struct type *t, const struct value *v)
{
	return v->wraps == 0 &&
	       ((v->kind == VALUE_UINT && t->kind == TYPE_UINT) ||
	        (v->kind == VALUE_INT && t->kind == TYPE_INT) ||
	        (v->kind == VALUE_BOOL && t->kind == TYPE_BOOL) ||
	        (v->kind == VALUE_PRINCIPAL && t->kind == TYPE_PRINCIPAL));
}

/* Whether a value is surely what it would be after it was cut to its type. */
static bool is_whole(const struct value *v)
{
	if (v->kind == VALUE_LIST)
		return false;
	if (v->kind != VALUE_TUPLE)
		return true;
	for (uint32_t i = 0; i < v->type->len; i++) {
		if (!is_plain(v->type->fields[i].type, &v->items[i]))
			return false;
	}
	return v->n == v->type->len;
}

/* The bytes to be stored, and what writing them costs: when fields had to be
 * cut off, the bytes with them count. */
static enum err make_bytes(struct vm *vm, const struct value *v,
                           struct span *ret, uint64_t *size)
{
	struct value clean = *v;
	const struct type *t;
	struct type_diag d;
	bool cut = false;

	if (!is_whole(v)) {
		TRY(host_type(vm, value_type(&vm->arena, &t, v, &d), &d));

		enum err e = value_sanitize(&vm->arena, &clean, &cut,
		                            vm->chain.epoch, t, v);

		if (e == ERR_TYPE)
			return machine_fail(vm, VM_ERROR_UNKNOWN_TYPE,
			                    "the value has no type");
		TRY(e);
	}
	TRY(value_codec_bytes(&vm->arena, ret, &clean));
	*size = cut ? value_codec_len(v) : ret->len;
	return ERR_OK;
}

static enum err admit(struct vm *vm, const struct type *t,
                      const struct value *v)
{
	struct type_diag d;
	bool ok;

	if (v->kind == VALUE_TUPLE && v->wraps == 0 && v->type == t &&
	    !vm->is_exact)
		return ERR_OK;
	TRY(host_type(vm, value_admitted(t, v, &ok, &d), &d));
	return ok ? ERR_OK : host_fail_value(vm, t, v);
}

/* Charges what an operation turned out to touch; a failed one is charged by
 * its types, and then fails. */
static enum err settle(struct vm *vm, enum err e, enum price_id price,
                       uint64_t size, uint64_t type_size)
{
	struct vm_failure failure = vm->failure;

	if (e != ERR_OK && e != ERR_RUN)
		return e;
	if (e == ERR_RUN)
		size = type_size;
	TRY(host_charge(vm, price, size));
	if (price == PRICE_SET_VAR || price == PRICE_SET_ENTRY)
		TRY(host_keep(vm, size));
	vm->failure = failure;
	return e;
}

static enum err forbid_in_read_only(struct vm *vm)
{
	if (!vm->is_read_only)
		return ERR_OK;
	return machine_fail(vm, VM_ERROR_UNREACHABLE,
	                    "write attempted in read-only");
}

static struct store_key key_of(const struct contract_key *k, struct span tail)
{
	return (struct store_key){ .text = k->text, .tail = tail };
}

static enum err var_get(struct vm *vm, const struct contract_var *d,
                        struct value *ret, uint64_t *size)
{
	struct store_key key = key_of(&d->key, span_of(NULL, 0));
	struct journal_entry *e;

	TRY(journal_read(&vm->journal, &key, d->key.hash, &e));
	if (e->state == JOURNAL_ABSENT) {
		/* Before it was deployed: its type is not what the checker
		 * says, so the code that believes it cannot go on. */
		if (!vm->is_exact)
			return ERR_RUN_EXACTLY;
		*ret = value_none();
		*size = sizeof(none_bytes);
		return ERR_OK;
	}
	*size = e->bytes.len;
	return read_entry(vm, e, d->type, ret);
}

enum err native_map_var_get(struct vm *vm, uint32_t index, struct value *ret)
{
	const struct contract_var *d = &vm->who.contract->vars[index];
	uint64_t size = 0;
	enum err e = var_get(vm, d, ret, &size);

	return settle(vm, e, PRICE_FETCH_VAR, size, d->type->size);
}

static enum err var_put(struct vm *vm, const struct contract_var *d,
                        const struct value *v, uint64_t *size)
{
	struct store_key key = key_of(&d->key, span_of(NULL, 0));
	struct span bytes;

	TRY(admit(vm, d->type, v));
	TRY(make_bytes(vm, v, &bytes, size));
	return journal_write(&vm->journal, &key, d->key.hash, bytes, STORE_HEX);
}

enum err native_map_var_set(struct vm *vm, uint32_t index,
                            const struct value *v, struct value *ret)
{
	const struct contract_var *d = &vm->who.contract->vars[index];
	uint64_t size = 0;

	TRY(forbid_in_read_only(vm));

	enum err e = var_put(vm, d, v, &size);

	*ret = value_bool(true);
	return settle(vm, e, PRICE_SET_VAR, size, d->type->size);
}

enum err native_map_define(struct vm *vm, const struct contract_var *d,
                           const struct value *v)
{
	uint64_t size;

	return var_put(vm, d, v, &size);
}

/* An entry of a map: its key's bytes, and the entry. */
struct place {
	struct store_key key;
	uint64_t hash;
	struct journal_entry *entry;
};

static enum err find(struct vm *vm, const struct contract_map *m,
                     const struct value *key, struct place *p)
{
	struct span tail;

	TRY(admit(vm, m->key_type, key));
	TRY(value_codec_bytes(&vm->arena, &tail, key));
	if (!m->stored)
		return machine_fail(vm, VM_ERROR_VALUE_TOO_LARGE,
		                    "the map's values are too large");
	p->key = key_of(&m->key, tail);
	p->hash = journal_hash_tail(m->key.hash, tail);
	return journal_read(&vm->journal, &p->key, p->hash, &p->entry);
}

static enum err map_get(struct vm *vm, const struct contract_map *m,
                        const struct value *key, struct value *ret,
                        uint64_t *size)
{
	struct place p;

	TRY(find(vm, m, key, &p));
	*size = p.key.tail.len;
	if (p.entry->state == JOURNAL_ABSENT) {
		*ret = value_none();
		return ERR_OK;
	}
	*size += p.entry->bytes.len;
	return read_entry(vm, p.entry, m->stored, ret);
}

static uint64_t type_size(const struct contract_map *m)
{
	return (uint64_t)m->key_type->size + m->value_type->size;
}

enum err native_map_get(struct vm *vm, uint32_t index, const struct value *key,
                        struct value *ret)
{
	const struct contract_map *m = &vm->who.contract->maps[index];
	uint64_t size = 0;
	struct value found = { 0 };
	enum err e = map_get(vm, m, key, &found, &size);

	*ret = found;
	return settle(vm, e, PRICE_FETCH_ENTRY, size, type_size(m));
}

/* Whether there is an entry that is not a deleted one. */
static enum err is_there(struct vm *vm, const struct contract_map *m,
                         const struct place *p, bool *ret)
{
	struct value v;

	*ret = false;
	if (p->entry->state == JOURNAL_ABSENT)
		return ERR_OK;
	TRY(read_entry(vm, p->entry, m->stored, &v));
	*ret = !value_is_none(&v);
	return ERR_OK;
}

struct map_write {
	const struct value *key;
	const struct value *value;
	bool keeps;
};

static enum err map_put(struct vm *vm, const struct contract_map *m,
                        const struct map_write *w, bool *done, uint64_t *size)
{
	struct place p;
	struct value some;
	struct span bytes;
	struct type_diag d;
	bool there = false;
	uint64_t written;

	TRY(admit(vm, m->key_type, w->key));
	TRY(admit(vm, m->value_type, w->value));
	TRY(find(vm, m, w->key, &p));
	*size = p.key.tail.len;
	if (w->keeps)
		TRY(is_there(vm, m, &p, &there));
	*done = !there;
	if (there)
		return ERR_OK;
	TRY(host_type(vm, value_wrap(&some, VALUE_SOME, w->value, &d), &d));
	TRY(make_bytes(vm, &some, &bytes, &written));
	*size += written;
	return journal_write(&vm->journal, &p.key, p.hash, bytes, STORE_HEX);
}

enum err native_map_set(struct vm *vm, uint32_t index, const struct value *key,
                        const struct value *v, bool keeps, struct value *ret)
{
	const struct contract_map *m = &vm->who.contract->maps[index];
	struct map_write w = { key, v, keeps };
	uint64_t size = 0;
	bool done = false;

	TRY(forbid_in_read_only(vm));

	enum err e = map_put(vm, m, &w, &done, &size);

	*ret = value_bool(done);
	return settle(vm, e, PRICE_SET_ENTRY, size, type_size(m));
}

static enum err map_remove(struct vm *vm, const struct contract_map *m,
                           const struct value *key, bool *done, uint64_t *size)
{
	struct span none = span_of(none_bytes, sizeof(none_bytes));
	struct place p;

	TRY(find(vm, m, key, &p));
	*size = p.key.tail.len;
	TRY(is_there(vm, m, &p, done));
	if (!*done)
		return ERR_OK;
	*size += none.len;
	return journal_write(&vm->journal, &p.key, p.hash, none, STORE_HEX);
}

enum err native_map_delete(struct vm *vm, uint32_t index,
                           const struct value *key, struct value *ret)
{
	const struct contract_map *m = &vm->who.contract->maps[index];
	uint64_t size = 0;
	bool done = false;

	TRY(forbid_in_read_only(vm));

	enum err e = map_remove(vm, m, key, &done, &size);

	*ret = value_bool(done);
	return settle(vm, e, PRICE_SET_ENTRY, size, m->key_type->size);
}
