/* clarity/vm/mem_store.c - A store in memory; contract in mem_store.h. */
#include "config.h"

#include "clarity/vm/mem_store.h"

#include <string.h>

#include "clarity/base/check.h"

#define MAX_ENTRIES (1u << 26)

struct mem_entry {
	struct span bytes;
	enum store_form form;
};

/* A copy that lives as long as the store. */
static enum err keep(struct mem_store *s, struct span *bytes)
{
	const void *copy = arena_copy(&s->arena, bytes->p, bytes->len);

	if (!copy)
		return ERR_NO_MEMORY;
	*bytes = span_of(copy, bytes->len);
	return ERR_OK;
}

/* A key as one string of bytes. */
static enum err flatten(struct arena *a, const struct store_key *key,
                        struct span *ret)
{
	size_t len = 2 + key->text.len + key->tail.len;
	uint8_t *p = arena_alloc(a, len);

	if (!p)
		return ERR_NO_MEMORY;
	*ret = span_of(p, len);
	*p++ = (uint8_t)key->form;
	memcpy(p, key->text.p, key->text.len);
	p += key->text.len;
	*p++ = 0;
	if (key->tail.len > 0)
		memcpy(p, key->tail.p, key->tail.len);
	return ERR_OK;
}

static enum err mem_get(void *ctx, struct arena *a, const struct store_key *key,
                        struct span *ret, bool *found)
{
	const struct mem_store *s = ctx;
	const struct mem_entry *e;
	struct arena_mark mark = arena_mark(a);
	struct span flat;

	TRY(flatten(a, key, &flat));
	e = hmap_get(&s->entries, flat);
	arena_cut(a, mark);
	*found = e != NULL;
	if (e)
		*ret = e->bytes;
	return ERR_OK;
}

static enum err mem_put(void *ctx, const struct store_key *key,
                        struct span bytes, enum store_form form)
{
	struct mem_store *s = ctx;
	struct mem_entry *e;
	struct span flat;

	TRY(flatten(&s->arena, key, &flat));
	TRY(keep(s, &bytes));
	e = hmap_get(&s->entries, flat);
	if (!e) {
		e = arena_new(&s->arena, struct mem_entry);
		if (!e)
			return ERR_NO_MEMORY;
		TRY(hmap_put(&s->entries, flat, e));
	}
	*e = (struct mem_entry){ bytes, form };
	return ERR_OK;
}

static enum err mem_contract_get(void *ctx, struct arena *a,
                                 const struct principal *id,
                                 struct store_contract *ret, bool *found)
{
	const struct mem_store *s = ctx;
	const struct store_contract *c =
	    hmap_get(&s->contracts, span_of(id, principal_len(id)));

	(void)a;
	*found = c != NULL;
	if (c)
		*ret = *c;
	return ERR_OK;
}

static enum err mem_contract_put(void *ctx, const struct principal *id,
                                 const struct store_contract *contract)
{
	struct mem_store *s = ctx;
	struct store_contract *c =
	    arena_copy(&s->arena, contract, sizeof(*contract));
	struct store_constant *constants = arena_new_array(
	    &s->arena, struct store_constant, contract->n_constants);
	struct span key = span_of(id, principal_len(id));

	if (!c || !constants)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < c->n_constants; i++) {
		constants[i] = contract->constants[i];
		TRY(keep(s, &constants[i].name));
		TRY(keep(s, &constants[i].bytes));
	}
	c->constants = constants;
	TRY(keep(s, &c->source));
	TRY(keep(s, &key));
	return hmap_put(&s->contracts, key, c);
}

static enum err mem_view(void *ctx, struct store_view *ret)
{
	const struct mem_store *s = ctx;

	*ret = s->view;
	return ERR_OK;
}

static enum err mem_block(void *ctx, struct arena *a, uint32_t height,
                          struct store_block *ret, bool *found)
{
	const struct mem_store *s = ctx;
	const struct store_block *b = hmap_get_u64(&s->blocks, height);

	(void)a;
	*found = b != NULL;
	if (b)
		*ret = *b;
	return ERR_OK;
}

static enum err mem_tenure(void *ctx, uint32_t tenure_height, uint32_t *ret,
                           bool *found)
{
	const struct mem_store *s = ctx;
	const uint32_t *height = hmap_get_u64(&s->tenures, tenure_height);

	*found = height != NULL;
	if (height)
		*ret = *height;
	return ERR_OK;
}

static enum err mem_burn(void *ctx, struct arena *a, uint32_t burn_height,
                         struct store_burn *ret, bool *found)
{
	const struct mem_store *s = ctx;
	const struct store_burn *b = hmap_get_u64(&s->burns, burn_height);

	(void)a;
	*found = b != NULL;
	if (b)
		*ret = *b;
	return ERR_OK;
}

static enum err mem_travel(void *ctx, const uint8_t *id, bool *found)
{
	(void)ctx;
	*found = id == NULL;
	return ERR_OK;
}

static const struct store_ops mem_ops = {
	.get = mem_get,
	.put = mem_put,
	.contract_get = mem_contract_get,
	.contract_put = mem_contract_put,
	.view = mem_view,
	.block = mem_block,
	.tenure = mem_tenure,
	.burn = mem_burn,
	.travel = mem_travel,
};

void mem_store_init(struct mem_store *s, size_t max_bytes)
{
	*s = (struct mem_store){
		.store = { &mem_ops, s },
		.view = { .unlock_height = { UINT32_MAX, UINT32_MAX, UINT32_MAX,
		                             UINT32_MAX } },
	};
	arena_init(&s->arena, max_bytes);
	hmap_init(&s->entries, NULL, MAX_ENTRIES, NULL);
	hmap_init(&s->contracts, NULL, MAX_ENTRIES, NULL);
	hmap_init(&s->blocks, NULL, MAX_ENTRIES, NULL);
	hmap_init(&s->tenures, NULL, MAX_ENTRIES, NULL);
	hmap_init(&s->burns, NULL, MAX_ENTRIES, NULL);
}

void mem_store_fini(struct mem_store *s)
{
	hmap_fini(&s->entries);
	hmap_fini(&s->contracts);
	hmap_fini(&s->blocks);
	hmap_fini(&s->tenures);
	hmap_fini(&s->burns);
	arena_fini(&s->arena);
}

/* Puts a copy of `fact` under a number. */
static enum err know(struct mem_store *s, struct hmap *m, uint64_t key,
                     const void *fact, size_t size)
{
	void *copy = arena_copy(&s->arena, fact, size);

	return copy ? hmap_put_u64(m, key, copy) : ERR_NO_MEMORY;
}

bool mem_store_next(const struct mem_store *s, uint32_t *place,
                    struct store_key *key, struct span *bytes)
{
	const struct hmap_entry *found = hmap_next(&s->entries, place);
	const struct mem_entry *e;
	size_t len;

	if (!found)
		return false;
	e = found->value;
	len = strlen((const char *)found->bytes + 1);
	key->form = (enum store_tail)found->bytes[0];
	key->text = span_of(found->bytes + 1, len);
	key->tail = span_of(found->bytes + len + 2, found->num - len - 2);
	*bytes = e->bytes;
	return true;
}

enum err mem_store_set_block(struct mem_store *s, uint32_t height,
                             const struct store_block *block)
{
	struct store_block b = *block;

	if (b.miner) {
		b.miner = principal_copy(&s->arena, b.miner);
		if (!b.miner)
			return ERR_NO_MEMORY;
	}
	return know(s, &s->blocks, height, &b, sizeof(b));
}

enum err mem_store_set_tenure(struct mem_store *s, uint32_t tenure,
                              uint32_t height)
{
	return know(s, &s->tenures, tenure, &height, sizeof(height));
}

enum err mem_store_set_burn(struct mem_store *s, uint32_t burn_height,
                            const struct store_burn *burn)
{
	struct store_pox_addr *addrs =
	    arena_new_array(&s->arena, struct store_pox_addr, burn->n_addrs);
	struct store_burn b = *burn;

	if (!addrs)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < b.n_addrs; i++) {
		addrs[i] = burn->addrs[i];
		TRY(keep(s, &addrs[i].version));
		TRY(keep(s, &addrs[i].hash_bytes));
	}
	b.addrs = addrs;
	return know(s, &s->burns, burn_height, &b, sizeof(b));
}
