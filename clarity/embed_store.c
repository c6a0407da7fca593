/* clarity/embed_store.c - Stores of embedders; contract in embed_store.h. */
#include "config.h"

#include "clarity/embed_store.h"

#include "clarity/base/check.h"

#define FORMAT 1u

/* A key, and a contract with its constants, at most. */
#define KEY_MAX ((size_t)8 << 20)
#define RECORD_MAX ((size_t)1 << 30)

static struct clarity_bytes bytes_of(struct span s)
{
	return (struct clarity_bytes){ s.p, s.len };
}

static enum err user_get(struct embed_store *s, struct arena *a,
                         struct span key, struct span *ret, bool *found)
{
	struct clarity_bytes got = { NULL, 0 };
	const void *copy;
	int failure;

	*found = false;
	failure = s->user.get(s->user.ctx, bytes_of(key), &got, found);
	if (failure != 0) {
		s->failure = failure;
		return ERR_STORE_READ;
	}
	if (!*found)
		return ERR_OK;
	copy = arena_copy(a, got.p, got.len);
	if (!copy)
		return ERR_NO_MEMORY;
	*ret = span_of(copy, got.len);
	return ERR_OK;
}

static enum err user_put(struct embed_store *s, struct span key,
                         struct span value)
{
	int failure = s->user.put(s->user.ctx, bytes_of(key), bytes_of(value));

	if (failure == 0)
		return ERR_OK;
	s->failure = failure;
	return ERR_STORE_WRITE;
}

static enum err embed_get(void *ctx, struct arena *a,
                          const struct store_key *key, struct span *ret,
                          bool *found)
{
	struct buf text;
	enum err e;

	buf_init(&text, KEY_MAX);
	e = store_spell(&text, key);
	if (e == ERR_OK)
		e = user_get(ctx, a, buf_span(&text), ret, found);
	buf_fini(&text);
	return e;
}

static enum err embed_put(void *ctx, const struct store_key *key,
                          struct span bytes, enum store_form form)
{
	struct buf text;
	enum err e;

	(void)form;
	buf_init(&text, KEY_MAX);
	e = store_spell(&text, key);
	if (e == ERR_OK)
		e = user_put(ctx, buf_span(&text), bytes);
	buf_fini(&text);
	return e;
}

/* --- contracts --- */

static enum err contract_key(struct buf *b, const struct principal *id)
{
	(void)buf_add_str(b, "contract:");
	return principal_format(b, id);
}

static void add_u32(struct buf *b, uint32_t v)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		(void)buf_add_u8(b, (uint8_t)(v >> shift));
}

static void add_text(struct buf *b, struct span s)
{
	add_u32(b, (uint32_t)s.len);
	(void)buf_add_span(b, s);
}

static void write_contract(struct buf *b, const struct store_contract *c)
{
	add_u32(b, FORMAT);
	add_u32(b, (uint32_t)c->epoch);
	add_u32(b, (uint32_t)c->version);
	add_u32(b, c->height);
	add_u32(b, (uint32_t)(c->data_size >> 32));
	add_u32(b, (uint32_t)c->data_size);
	(void)buf_add(b, c->hash, sizeof(c->hash));
	add_text(b, c->source);
	add_u32(b, c->n_constants);
	for (uint32_t i = 0; i < c->n_constants; i++) {
		add_u32(b, c->constants[i].size);
		add_text(b, c->constants[i].name);
		add_text(b, c->constants[i].bytes);
	}
}

static bool read_u32(struct cursor *in, uint32_t *ret)
{
	if (cursor_left(in) < 4)
		return false;
	*ret = 0;
	for (int i = 0; i < 4; i++)
		*ret = *ret << 8 | *in->at++;
	return true;
}

static bool read_text(struct cursor *in, struct span *ret)
{
	uint32_t len;

	if (!read_u32(in, &len) || cursor_left(in) < len)
		return false;
	*ret = span_of(in->at, len);
	in->at += len;
	return true;
}

static bool read_head(struct cursor *in, struct store_contract *ret)
{
	uint32_t format, epoch, version, high, low;

	if (!read_u32(in, &format) || format != FORMAT ||
	    !read_u32(in, &epoch) || !epoch_from_id(&ret->epoch, epoch) ||
	    !read_u32(in, &version) || version < CLARITY_FIRST ||
	    version > CLARITY_LAST || !read_u32(in, &ret->height) ||
	    !read_u32(in, &high) || !read_u32(in, &low) ||
	    cursor_left(in) < sizeof(ret->hash))
		return false;
	ret->version = (enum clarity_version)version;
	ret->data_size = (uint64_t)high << 32 | low;
	for (size_t i = 0; i < sizeof(ret->hash); i++)
		ret->hash[i] = *in->at++;
	return read_text(in, &ret->source) && read_u32(in, &ret->n_constants);
}

/* Records come back as they were put, or they are damaged. */
static enum err read_contract(struct arena *a, struct span record,
                              struct store_contract *ret)
{
	struct cursor in = cursor_of(record);
	struct store_constant *constants;

	/* Each constant takes 12 bytes at least. */
	if (!read_head(&in, ret) || ret->n_constants > cursor_left(&in) / 12)
		return ERR_STORE_CORRUPT;
	constants = arena_new_array(a, struct store_constant, ret->n_constants);
	if (!constants)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < ret->n_constants; i++) {
		if (!read_u32(&in, &constants[i].size) ||
		    !read_text(&in, &constants[i].name) ||
		    !read_text(&in, &constants[i].bytes))
			return ERR_STORE_CORRUPT;
	}
	ret->constants = constants;
	return cursor_left(&in) == 0 ? ERR_OK : ERR_STORE_CORRUPT;
}

static enum err embed_contract_get(void *ctx, struct arena *a,
                                   const struct principal *id,
                                   struct store_contract *ret, bool *found)
{
	struct span record;
	struct buf key;
	enum err e;

	buf_init(&key, KEY_MAX);
	e = contract_key(&key, id);
	if (e == ERR_OK)
		e = user_get(ctx, a, buf_span(&key), &record, found);
	buf_fini(&key);
	if (e != ERR_OK || !*found)
		return e;
	return read_contract(a, record, ret);
}

static enum err embed_contract_put(void *ctx, const struct principal *id,
                                   const struct store_contract *contract)
{
	struct buf key, record;
	enum err e;

	buf_init(&key, KEY_MAX);
	buf_init(&record, RECORD_MAX);
	e = contract_key(&key, id);
	write_contract(&record, contract);
	if (e == ERR_OK)
		e = buf_err(&record);
	if (e == ERR_OK)
		e = user_put(ctx, buf_span(&key), buf_span(&record));
	buf_fini(&record);
	buf_fini(&key);
	return e;
}

/* --- the chain, of which nothing but the height is known --- */

static enum err embed_view(void *ctx, struct store_view *ret)
{
	const struct embed_store *s = ctx;

	*ret = s->view;
	return ERR_OK;
}

static enum err embed_block(void *ctx, struct arena *a, uint32_t height,
                            struct store_block *ret, bool *found)
{
	(void)ctx;
	(void)a;
	(void)height;
	(void)ret;
	*found = false;
	return ERR_OK;
}

static enum err embed_tenure(void *ctx, uint32_t tenure_height, uint32_t *ret,
                             bool *found)
{
	(void)ctx;
	(void)tenure_height;
	(void)ret;
	*found = false;
	return ERR_OK;
}

static enum err embed_burn(void *ctx, struct arena *a, uint32_t burn_height,
                           struct store_burn *ret, bool *found)
{
	(void)ctx;
	(void)a;
	(void)burn_height;
	(void)ret;
	*found = false;
	return ERR_OK;
}

static enum err embed_travel(void *ctx, const uint8_t *id, bool *found)
{
	(void)ctx;
	*found = id == NULL;
	return ERR_OK;
}

static const struct store_ops embed_ops = {
	.get = embed_get,
	.put = embed_put,
	.contract_get = embed_contract_get,
	.contract_put = embed_contract_put,
	.view = embed_view,
	.block = embed_block,
	.tenure = embed_tenure,
	.burn = embed_burn,
	.travel = embed_travel,
};

void embed_store_init(struct embed_store *s, const struct clarity_store *user)
{
	*s = (struct embed_store){
		.store = { &embed_ops, s },
		.user = *user,
	};
	for (int i = 0; i < 4; i++)
		s->view.unlock_height[i] = UINT32_MAX;
}
