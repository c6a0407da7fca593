/* tests/fault/fault_store.c - Failing on demand; contract in fault_store.h. */
#include "config.h"

#include "tests/fault/fault_store.h"

#include <string.h>

#include "clarity/base/check.h"

#define MAX_STAGED 256u
#define POOL_MAX (4u << 20)

/* One write that waits: an entry, or a contract. */
struct staged {
	bool is_contract;
	struct store_key key;
	struct span bytes;
	enum store_form form;
	struct span id;
	struct store_contract contract;
	struct store_constant constants[8];
};

static struct staged staged[MAX_STAGED];
static uint8_t pool[POOL_MAX];
static size_t pool_used;
static uint64_t digest;

static struct span keep(struct span s)
{
	uint8_t *to = pool + pool_used;

	CHECK(s.len <= POOL_MAX - pool_used - 16);
	if (s.len > 0)
		memcpy(to, s.p, s.len);
	pool_used += (s.len + 15) & ~(size_t)15;
	return span_of(to, s.len);
}

/* Counts the call. @return ERR_IO when it is the one that fails. */
static enum err count(struct fault_store *s)
{
	if (s->calls++ != s->fail_at)
		return ERR_OK;
	s->has_failed = true;
	return ERR_IO;
}

static enum err get(void *ctx, struct arena *a, const struct store_key *key,
                    struct span *ret, bool *found)
{
	struct fault_store *s = ctx;

	TRY(count(s));
	if (s->is_away) {
		*found = false;
		return ERR_OK;
	}
	return s->inner.store.ops->get(&s->inner, a, key, ret, found);
}

static struct staged *stage(struct fault_store *s)
{
	CHECK(s->n_staged < MAX_STAGED);
	return &staged[s->n_staged++];
}

static enum err put(void *ctx, const struct store_key *key, struct span bytes,
                    enum store_form form)
{
	struct staged *w;

	TRY(count(ctx));
	w = stage(ctx);
	*w = (struct staged){ .key = { keep(key->text), keep(key->tail),
		                       key->form },
		              .bytes = keep(bytes),
		              .form = form };
	return ERR_OK;
}

static enum err contract_get(void *ctx, struct arena *a,
                             const struct principal *id,
                             struct store_contract *ret, bool *found)
{
	struct fault_store *s = ctx;

	TRY(count(s));
	return s->inner.store.ops->contract_get(&s->inner, a, id, ret, found);
}

static enum err contract_put(void *ctx, const struct principal *id,
                             const struct store_contract *c)
{
	struct staged *w;

	TRY(count(ctx));
	w = stage(ctx);
	*w = (struct staged){ .is_contract = true,
		              .id = keep(span_of(id, principal_len(id))),
		              .contract = *c };
	CHECK(c->n_constants <= COUNT_OF(w->constants));
	for (uint32_t i = 0; i < c->n_constants; i++)
		w->constants[i] = (struct store_constant){
			keep(c->constants[i].name),
			keep(c->constants[i].bytes),
			c->constants[i].size,
		};
	w->contract.source = keep(c->source);
	w->contract.constants = w->constants;
	return ERR_OK;
}

static enum err view(void *ctx, struct store_view *ret)
{
	struct fault_store *s = ctx;

	TRY(count(s));
	return s->inner.store.ops->view(&s->inner, ret);
}

static enum err block(void *ctx, struct arena *a, uint32_t height,
                      struct store_block *ret, bool *found)
{
	struct fault_store *s = ctx;

	TRY(count(s));
	return s->inner.store.ops->block(&s->inner, a, height, ret, found);
}

static enum err tenure(void *ctx, uint32_t tenure_height, uint32_t *ret,
                       bool *found)
{
	struct fault_store *s = ctx;

	TRY(count(s));
	return s->inner.store.ops->tenure(&s->inner, tenure_height, ret, found);
}

static enum err burn(void *ctx, struct arena *a, uint32_t burn_height,
                     struct store_burn *ret, bool *found)
{
	struct fault_store *s = ctx;

	TRY(count(s));
	return s->inner.store.ops->burn(&s->inner, a, burn_height, ret, found);
}

/* In the past there are the same contracts, and no entries. */
static enum err travel(void *ctx, const uint8_t *id, bool *found)
{
	struct fault_store *s = ctx;

	TRY(count(s));
	s->is_away = id != NULL;
	*found = true;
	return ERR_OK;
}

void fault_store_open(struct fault_store *s, uint64_t fail_at)
{
	*s = (struct fault_store){ .fail_at = fail_at };
	mem_store_init(&s->inner, (size_t)1 << 30);
	s->inner.view.height = 5;
	s->inner.view.burn_height = 105;
	s->ops = (struct store_ops){
		.get = get,
		.put = put,
		.contract_get = contract_get,
		.contract_put = contract_put,
		.view = view,
		.block = block,
		.tenure = tenure,
		.burn = burn,
		.travel = travel,
	};
	s->store = (struct store){ &s->ops, s };
	pool_used = 0;
	digest = 14695981039346656037u;
}

void fault_store_close(struct fault_store *s)
{
	mem_store_fini(&s->inner);
}

static void mix(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		digest = (digest ^ s.p[i]) * 1099511628211u;
	digest = (digest ^ 0x100) * 1099511628211u;
}

static void apply_one(struct fault_store *s, const struct staged *w)
{
	const struct store_ops *ops = s->inner.store.ops;
	struct store_contract c = w->contract;

	mix(w->key.text);
	mix(w->key.tail);
	mix(w->bytes);
	mix(w->id);
	mix(c.source);
	c.constants = w->constants;
	if (w->is_contract)
		CHECK(ops->contract_put(&s->inner, (const void *)w->id.p, &c) ==
		      ERR_OK);
	else
		CHECK(ops->put(&s->inner, &w->key, w->bytes, w->form) ==
		      ERR_OK);
}

void fault_store_apply(struct fault_store *s)
{
	for (uint32_t i = 0; i < s->n_staged; i++)
		apply_one(s, &staged[i]);
	fault_store_drop(s);
}

void fault_store_drop(struct fault_store *s)
{
	s->n_staged = 0;
	pool_used = 0;
}

uint64_t fault_store_digest(const struct fault_store *s)
{
	(void)s;
	return digest;
}
