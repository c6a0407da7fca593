/* tests/lib/vm_case.c - see vm_case.h. */
#include "config.h"

#include "tests/lib/vm_case.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/value/repr.h"

#define MAX_BYTES ((size_t)4 << 30)
#define MAX_TEXT ((size_t)256 << 20)

/* Values of these keys are stored as they are; all others as hex. */
static bool is_text(struct span key)
{
	const char *s = (const char *)key.p;

	return memmem(s, key.len, "::2::", 5) ||
	       memmem(s, key.len, "::3::", 5) ||
	       memmem(s, key.len, "::block_time", 12);
}

static struct span unhex(struct arena *a, struct span hex)
{
	uint8_t *bytes = arena_alloc(a, hex.len / 2 + 1);

	CHECK(bytes);
	for (size_t i = 0; i + 1 < hex.len; i += 2) {
		const char pair[3] = { (char)hex.p[i], (char)hex.p[i + 1], 0 };

		bytes[i / 2] = (uint8_t)strtoul(pair, NULL, 16);
	}
	return span_of(bytes, hex.len / 2);
}

static struct span *text_new(struct vm_case *p, struct span s)
{
	struct span *ret = arena_new(&p->lasting, struct span);

	CHECK(ret);
	*ret = span_of(arena_copy(&p->lasting, s.p, s.len), s.len);
	return ret;
}

static void text_put(struct vm_case *p, struct span key, struct span value)
{
	CHECK(hmap_put(&p->texts, *text_new(p, key), text_new(p, value)) ==
	      ERR_OK);
}

static enum err text_get(void *ctx, struct arena *a,
                         const struct store_key *key, struct span *ret,
                         bool *found)
{
	struct vm_case *p = ctx;
	struct buf b;
	const struct span *value;

	buf_init(&b, 4 << 20);
	TRY(store_spell(&b, key));
	value = hmap_get(p->away ? &p->away->texts : &p->texts, buf_span(&b));
	*found = value != NULL;
	if (value)
		*ret = is_text(buf_span(&b)) ? *value : unhex(a, *value);
	buf_fini(&b);
	return ERR_OK;
}

/* As JSON writes a text. */
static void add_string(struct buf *b, const char *s, size_t len)
{
	(void)buf_add_str(b, "\"");
	for (size_t i = 0; i < len; i++) {
		uint8_t c = (uint8_t)s[i];

		if (c == '"' || c == '\\')
			(void)buf_addf(b, "\\%c", c);
		else if (c < 0x20)
			(void)buf_addf(b, "\\u%04x", c);
		else
			(void)buf_add_u8(b, c);
	}
	(void)buf_add_str(b, "\"");
}

static enum err text_write(void *ctx, const struct store_key *key,
                           struct span bytes, enum store_form form)
{
	struct vm_case *p = ctx;
	struct buf b, v;

	buf_init(&b, 4 << 20);
	buf_init(&v, 64 << 20);
	TRY(store_spell(&b, key));
	if (form == STORE_HEX)
		(void)buf_add_hex(&v, bytes.p, bytes.len);
	else
		(void)buf_add_span(&v, bytes);
	text_put(p, buf_span(&b), buf_span(&v));
	(void)buf_add_str(&p->writes, p->writes.len ? ",[" : "[");
	add_string(&p->writes, (const char *)b.p, b.len);
	(void)buf_add_str(&p->writes, ",");
	add_string(&p->writes, (const char *)v.p, v.len);
	(void)buf_add_str(&p->writes, "]");
	buf_fini(&b);
	buf_fini(&v);
	return ERR_OK;
}

static enum err inner_contract_get(void *ctx, struct arena *a,
                                   const struct principal *id,
                                   struct store_contract *ret, bool *found)
{
	struct vm_case *p = ctx;

	TRY(p->inner.store.ops->contract_get(&p->inner, a, id, ret, found));
	*found = *found && (!p->away || ret->height <= p->away->view.height);
	return ERR_OK;
}

static enum err inner_contract_put(void *ctx, const struct principal *id,
                                   const struct store_contract *c)
{
	struct vm_case *p = ctx;

	return p->inner.store.ops->contract_put(&p->inner, id, c);
}

static enum err inner_view(void *ctx, struct store_view *ret)
{
	struct vm_case *p = ctx;

	*ret = p->inner.view;
	if (p->away)
		ret->height = p->away->view.height;
	return ERR_OK;
}

static enum err no_block(void *ctx, struct arena *a, uint32_t height,
                         struct store_block *ret, bool *found)
{
	struct vm_case *p = ctx;

	return p->inner.store.ops->block(&p->inner, a, height, ret, found);
}

static enum err no_tenure(void *ctx, uint32_t tenure_height, uint32_t *ret,
                          bool *found)
{
	struct vm_case *p = ctx;

	return p->inner.store.ops->tenure(&p->inner, tenure_height, ret, found);
}

static enum err no_burn(void *ctx, struct arena *a, uint32_t height,
                        struct store_burn *ret, bool *found)
{
	struct vm_case *p = ctx;

	return p->inner.store.ops->burn(&p->inner, a, height, ret, found);
}

static enum err travel(void *ctx, const uint8_t *id, bool *found)
{
	struct vm_case *p = ctx;

	*found = id == NULL;
	if (!id)
		p->away = NULL;
	for (size_t i = 0; id && i < p->n_pasts; i++) {
		if (memcmp(p->pasts[i].id, id, STORE_HASH_LEN) != 0)
			continue;
		p->away = &p->pasts[i];
		*found = true;
	}
	return ERR_OK;
}

void vm_case_end_block(struct vm_case *p, const uint8_t id[STORE_HASH_LEN])
{
	struct vm_case_past *past = &p->pasts[p->n_pasts];
	const struct hmap_entry *e;
	uint32_t place = 0;

	CHECK(p->n_pasts < VM_CASE_PASTS);
	p->n_pasts++;
	memcpy(past->id, id, STORE_HASH_LEN);
	past->view = p->inner.view;
	hmap_init(&past->texts, NULL, 1u << 24, NULL);
	while ((e = hmap_next(&p->texts, &place)))
		CHECK(hmap_put(&past->texts, span_of(e->bytes, e->num),
		               e->value) == ERR_OK);
}

void vm_case_put(struct vm_case *p, struct span key, struct span value)
{
	text_put(p, key, value);
}

void vm_case_open(struct vm_case *p)
{
	*p = (struct vm_case){ .n_pasts = 0 };
	arena_init(&p->lasting, MAX_BYTES);
	buf_init(&p->writes, MAX_TEXT);
	hmap_init(&p->texts, NULL, 1u << 24, NULL);
	mem_store_init(&p->inner, MAX_BYTES);
	p->ops = (struct store_ops){
		text_get,           text_write, inner_contract_get,
		inner_contract_put, inner_view, no_block,
		no_tenure,          no_burn,    travel,
	};
	p->store = (struct store){ &p->ops, p };
}

void vm_case_close(struct vm_case *p)
{
	hmap_fini(&p->texts);
	for (size_t i = 0; i < p->n_pasts; i++)
		hmap_fini(&p->pasts[i].texts);
	mem_store_fini(&p->inner);
	buf_fini(&p->writes);
	arena_fini(&p->lasting);
}

static void add_principal(struct buf *b, const struct principal *id)
{
	(void)buf_add_str(b, "\"");
	(void)principal_format(b, id);
	(void)buf_add_str(b, "\"");
}

static void add_number(struct buf *b, u128 u)
{
	struct value v = value_uint(u);
	size_t at;

	(void)buf_add_str(b, "\"");
	at = b->len;
	(void)repr_value(b, &v);
	memmove(b->p + at, b->p + at + 1, b->len - at - 1);
	b->len--;
	(void)buf_add_str(b, "\"");
}

static void add_assets(struct buf *b, const struct vm_result *r)
{
	static const char *const kinds[] = { "stx",    "burns",    "tokens",
		                             "assets", "stacking", "pox" };

	for (uint32_t i = 0; i < r->n_assets; i++) {
		const struct asset_entry *e = &r->assets[i];
		struct buf ids;

		buf_addf(b, "%s[\"%s\",", i ? "," : "", kinds[e->kind]);
		add_principal(b, e->owner);
		if (e->contract) {
			buf_add_str(b, ",\"");
			(void)principal_format(b, e->contract);
			buf_addf(b, "::%.*s\"", (int)e->name.len,
			         (const char *)e->name.p);
		}
		buf_add_str(b, ",");
		if (e->kind == ASSET_NFT) {
			buf_add_str(b, "[");
			for (const struct asset_id *id = e->ids; id;
			     id = id->next) {
				buf_init(&ids, 1 << 24);
				(void)repr_value(&ids, &id->id);
				add_string(b, (const char *)ids.p, ids.len);
				if (id->next)
					buf_add_str(b, ",");
				buf_fini(&ids);
			}
			buf_add_str(b, "]");
		} else {
			add_number(b, e->amount);
		}
		buf_add_str(b, "]");
	}
}

void vm_case_effects(struct vm_case *p, struct buf *b,
                     const struct vm_result *r)
{
	(void)buf_add_str(b, "\"events\":[");
	for (uint32_t i = 0; i < r->n_events; i++) {
		(void)buf_add_str(b, i ? "," : "");
		CHECK(event_format(b, &r->events[i], "0x", i, true) == ERR_OK);
	}
	(void)buf_add_str(b, "],\"assets\":[");
	add_assets(b, r);
	(void)buf_add_str(b, "],\"writes\":[");
	(void)buf_add(b, p->writes.p, p->writes.len);
	(void)buf_add_str(b, "]");
}
