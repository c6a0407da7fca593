/* node/store/vmstore.c - The machine's store; contract in vmstore.h. */
#include "config.h"

#include "node/store/vmstore.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/value/name.h"

/* The longest text, a map entry's key in hex, and a value in hex. */
#define SPELLED_MAX ((size_t)8 << 20)

#define CONTRACT_KEY 0xffu
#define CONTRACT_VERSION 1u

/* The flat key is never spelled out: it is shorter and quicker to hash. */
static enum err vmstore_key(struct vmstore *v, const struct store_key *key)
{
	buf_reset(&v->key);
	buf_add_u8(&v->key, (uint8_t)key->form);
	buf_add(&v->key, key->text.p, key->text.len);
	buf_add(&v->key, key->tail.p, key->tail.len);
	return buf_err(&v->key) ? ERR_NO_MEMORY : ERR_OK;
}

bool vmstore_parse_key(struct span key, struct store_key *ret)
{
	size_t at = 1;

	if (key.len == 0 || key.p[0] > STORE_TAIL_NONCE)
		return false;
	while (at < key.len && key.p[at] >= ' ')
		at++;
	*ret = (struct store_key){ .text = span_of(key.p + 1, at - 1),
		                   .tail = span_of(key.p + at, key.len - at),
		                   .form = (enum store_tail)key.p[0] };
	return true;
}

enum err vmstore_get(struct vmstore *v, const struct store_key *key,
                     struct span *ret, bool *found)
{
	TRY(vmstore_key(v, key));
	*found = state_get(v->state, buf_span(&v->key), ret);
	return ERR_OK;
}

static enum err vmstore_put_trie(struct vmstore *v, const struct store_key *key,
                                 struct span bytes, enum store_form form,
                                 bool is_known)
{
	struct span value = bytes;

	buf_reset(&v->key);
	buf_reset(&v->value);
	if (store_spell(&v->key, key) != ERR_OK)
		return ERR_NO_MEMORY;
	if (form == STORE_HEX) {
		if (buf_add_hex(&v->value, bytes.p, bytes.len) != ERR_OK)
			return ERR_NO_MEMORY;
		value = buf_span(&v->value);
	}
	return is_known ? marf_update(v->marf, buf_span(&v->key), value)
	                : marf_put(v->marf, buf_span(&v->key), value);
}

enum err vmstore_put(struct vmstore *v, const struct store_key *key,
                     struct span bytes, enum store_form form)
{
	bool was_there;

	TRY(vmstore_key(v, key));
	TRY(state_set(v->state, buf_span(&v->key), bytes, &was_there));
	if (!v->marf)
		return ERR_OK;
	return vmstore_put_trie(v, key, bytes, form, was_there);
}

static enum err vmstore_get_then(struct vmstore *v, struct arena *a,
                                 const struct store_key *key, struct span *ret,
                                 bool *found)
{
	struct vmstore_name name;

	TRY(vmstore_key(v, key));
	buf_reset(&v->value);
	if (store_spell(&v->value, key) != ERR_OK)
		return ERR_NO_MEMORY;
	name.spelled = buf_span(&v->value);
	name.key = buf_span(&v->key);
	return v->past->get(v->past->ctx, a, &v->then, &name, ret, found);
}

static enum err vmstore_op_get(void *ctx, struct arena *a,
                               const struct store_key *key, struct span *ret,
                               bool *found)
{
	struct vmstore *v = ctx;

	if (v->is_past)
		return vmstore_get_then(v, a, key, ret, found);
	return vmstore_get(v, key, ret, found);
}

static enum err vmstore_op_put(void *ctx, const struct store_key *key,
                               struct span bytes, enum store_form form)
{
	return vmstore_put(ctx, key, bytes, form);
}

static enum err vmstore_contract_key(struct vmstore *v,
                                     const struct principal *id)
{
	buf_reset(&v->key);
	buf_add_u8(&v->key, CONTRACT_KEY);
	buf_add(&v->key, id, principal_len(id));
	return buf_err(&v->key) ? ERR_NO_MEMORY : ERR_OK;
}

static enum err vmstore_write_contract(struct buf *b,
                                       const struct store_contract *c)
{
	buf_reset(b);
	buf_add_u8(b, CONTRACT_VERSION);
	buf_add_be32(b, (uint32_t)c->epoch);
	buf_add_u8(b, (uint8_t)c->version);
	buf_add_be32(b, c->height);
	buf_add_be64(b, c->data_size);
	buf_add(b, c->hash, STORE_HASH_LEN);
	buf_add_be32(b, c->n_constants);
	for (uint32_t i = 0; i < c->n_constants; i++) {
		const struct store_constant *k = &c->constants[i];

		buf_add_u8(b, (uint8_t)k->name.len);
		buf_add(b, k->name.p, k->name.len);
		buf_add_be32(b, k->size);
		buf_add_be32(b, (uint32_t)k->bytes.len);
		buf_add(b, k->bytes.p, k->bytes.len);
	}
	buf_add(b, c->source.p, c->source.len);
	return buf_err(b) ? ERR_NO_MEMORY : ERR_OK;
}

static enum err vmstore_contract_put(void *ctx, const struct principal *id,
                                     const struct store_contract *contract)
{
	struct vmstore *v = ctx;

	TRY(vmstore_contract_key(v, id));
	TRY(vmstore_write_contract(&v->value, contract));
	return state_put(v->state, buf_span(&v->key), buf_span(&v->value));
}

static enum err vmstore_read_constant(struct cursor *c,
                                      struct store_constant *k)
{
	uint8_t name_len;
	uint32_t len;

	TRY(cursor_u8(c, &name_len));
	k->name.len = name_len;
	TRY(cursor_read(c, name_len, &k->name.p));
	TRY(cursor_be32(c, &k->size));
	TRY(cursor_be32(c, &len));
	k->bytes.len = len;
	return cursor_read(c, len, &k->bytes.p);
}

static enum err vmstore_read_constants(struct cursor *c, struct arena *a,
                                       struct store_contract *ret)
{
	struct store_constant *all;

	TRY(cursor_be32(c, &ret->n_constants));
	/* Each takes at least nine bytes: a damaged count allocates nothing. */
	if (ret->n_constants > cursor_left(c) / 9)
		return ERR_SYNTAX;
	all = arena_new_array(a, struct store_constant, ret->n_constants);
	if (!all)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < ret->n_constants; i++)
		TRY(vmstore_read_constant(c, &all[i]));
	ret->constants = all;
	return ERR_OK;
}

static enum err vmstore_read_contract(struct arena *a, struct span record,
                                      struct store_contract *ret)
{
	struct cursor c = cursor_of(record);
	uint8_t form, version;
	uint32_t epoch;

	*ret = (struct store_contract){ 0 };
	TRY(cursor_u8(&c, &form));
	if (form != CONTRACT_VERSION)
		return ERR_SYNTAX;
	TRY(cursor_be32(&c, &epoch));
	TRY(cursor_u8(&c, &version));
	ret->epoch = (enum epoch)epoch;
	ret->version = (enum clarity_version)version;
	TRY(cursor_be32(&c, &ret->height));
	TRY(cursor_be64(&c, &ret->data_size));
	TRY(cursor_copy(&c, ret->hash, STORE_HASH_LEN));
	TRY(vmstore_read_constants(&c, a, ret));
	ret->source.len = cursor_left(&c);
	return cursor_read(&c, ret->source.len, &ret->source.p);
}

static enum err vmstore_contract_get(void *ctx, struct arena *a,
                                     const struct principal *id,
                                     struct store_contract *ret, bool *found)
{
	struct vmstore *v = ctx;
	struct span record;
	enum err e;

	TRY(vmstore_contract_key(v, id));
	*found = state_get(v->state, buf_span(&v->key), &record);
	if (!*found)
		return ERR_OK;
	e = vmstore_read_contract(a, record, ret);
	/* Contracts never change, and ours are those of our fork: the past
	 * only lacks the later ones. */
	if (e == ERR_OK && v->is_past)
		*found = ret->height <= v->then.height;
	/* What we wrote ourselves cannot be wrong input. */
	return err_class(e) == ERR_CLASS_VERDICT ? ERR_STORE_CORRUPT : e;
}

static enum err vmstore_view(void *ctx, struct store_view *ret)
{
	const struct vmstore *v = ctx;

	TRY(v->facts->view(v->facts->ctx, ret));
	if (v->is_past)
		ret->height = v->then.height;
	return ERR_OK;
}

static enum err vmstore_block(void *ctx, struct arena *a, uint32_t height,
                              struct store_block *ret, bool *found)
{
	const struct chain_facts *f = ((struct vmstore *)ctx)->facts;

	return f->block(f->ctx, a, height, ret, found);
}

static enum err vmstore_tenure(void *ctx, uint32_t tenure_height, uint32_t *ret,
                               bool *found)
{
	const struct chain_facts *f = ((struct vmstore *)ctx)->facts;

	return f->tenure(f->ctx, tenure_height, ret, found);
}

static enum err vmstore_burn(void *ctx, struct arena *a, uint32_t burn_height,
                             struct store_burn *ret, bool *found)
{
	const struct chain_facts *f = ((struct vmstore *)ctx)->facts;

	return f->burn(f->ctx, a, burn_height, ret, found);
}

static enum err vmstore_travel(void *ctx, const uint8_t id[STORE_HASH_LEN],
                               bool *found)
{
	struct vmstore *v = ctx;
	struct vmstore_then then;

	*found = id == NULL;
	if (!id)
		v->is_past = false;
	if (!id || !v->past)
		return ERR_OK;
	TRY(v->past->find(v->past->ctx, id, &then, found));
	if (*found) {
		v->then = then;
		v->is_past = true;
	}
	return ERR_OK;
}

static const struct store_ops vmstore_ops = {
	.get = vmstore_op_get,
	.put = vmstore_op_put,
	.contract_get = vmstore_contract_get,
	.contract_put = vmstore_contract_put,
	.view = vmstore_view,
	.block = vmstore_block,
	.tenure = vmstore_tenure,
	.burn = vmstore_burn,
	.travel = vmstore_travel,
};

void vmstore_init(struct vmstore *v, struct state *state,
                  const struct chain_facts *facts)
{
	*v = (struct vmstore){ .store = { .ops = &vmstore_ops, .ctx = v },
		               .state = state,
		               .facts = facts };
	buf_init(&v->key, SPELLED_MAX);
	buf_init(&v->value, SPELLED_MAX);
}

void vmstore_use_past(struct vmstore *v, const struct vmstore_past *past)
{
	v->past = past;
}

void vmstore_fini(struct vmstore *v)
{
	buf_fini(&v->key);
	buf_fini(&v->value);
}

void vmstore_use_trie(struct vmstore *v, struct marf *marf)
{
	v->marf = marf;
}
