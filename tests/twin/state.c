/* tests/twin/state.c - The state that a transaction sees: one list of writes
 * over the store, one of events, and nested levels that cut them back. */
#include "config.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/value/value_codec.h"
#include "tests/twin/inside.h"

void state_begin(struct twin *t, bool is_read_only)
{
	struct level *l = arena_new(&t->arena, struct level);

	/* Out of memory: the level below is used, and the run ends soon. */
	CHECK(l);
	*l = (struct level){
		.outer = t->level,
		.n_writes = t->n_writes,
		.n_events = t->n_events,
		.printed = t->level ? t->level->printed : 0,
		.is_read_only =
		    is_read_only || (t->level && t->level->is_read_only),
	};
	t->level = l;
}

void state_roll_back(struct twin *t)
{
	t->n_writes = t->level->n_writes;
	t->n_events = t->level->n_events;
	t->level = t->level->outer;
}

static bool is_same(const struct asset_entry *a, const struct asset_entry *b)
{
	if (a->kind != b->kind || !principal_eq(a->owner, b->owner))
		return false;
	if (!a->contract || !b->contract)
		return a->contract == b->contract;
	return principal_eq(a->contract, b->contract) &&
	       span_eq(a->name, b->name);
}

static struct asset_entry *find(struct level *l, const struct asset_entry *e)
{
	for (uint32_t i = 0; i < l->n_assets; i++) {
		if (is_same(&l->assets[i], e))
			return &l->assets[i];
	}
	return NULL;
}

static enum err add(struct twin *t, struct level *l,
                    const struct asset_entry *e)
{
	struct asset_entry *at = find(l, e);

	if (at && e->ids) {
		e->last_id->next = at->ids;
		at->ids = e->ids;
		return ERR_OK;
	}
	if (at)
		return u128_add(&at->amount, at->amount, e->amount)
		           ? ERR_OK
		           : twin_fail(t, VM_ERROR_OVERFLOW);
	if (l->n_assets == l->cap_assets) {
		uint32_t cap = l->cap_assets ? 2 * l->cap_assets : 4;
		struct asset_entry *more =
		    arena_new_array(&t->arena, struct asset_entry, cap);

		if (!more)
			return ERR_NO_MEMORY;
		for (uint32_t i = 0; i < l->n_assets; i++)
			more[i] = l->assets[i];
		l->assets = more;
		l->cap_assets = cap;
	}
	l->assets[l->n_assets++] = *e;
	return ERR_OK;
}

enum err state_asset(struct twin *t, const struct asset_entry *e)
{
	return add(t, t->level, e);
}

/* No sum of both levels may overflow; nothing is added before that is sure. */
static bool fits(struct level *outer, const struct level *l)
{
	for (uint32_t i = 0; i < l->n_assets; i++) {
		const struct asset_entry *at = find(outer, &l->assets[i]);
		u128 sum;

		if (at && !u128_add(&sum, at->amount, l->assets[i].amount))
			return false;
	}
	return true;
}

enum err state_commit(struct twin *t)
{
	struct level *l = t->level;
	struct level *outer = l->outer;

	if (outer && !fits(outer, l)) {
		state_roll_back(t);
		return twin_fail(t, VM_ERROR_OVERFLOW);
	}
	t->level = outer;
	if (!outer)
		return ERR_OK;
	outer->printed = l->printed;
	for (uint32_t i = 0; i < l->n_assets; i++)
		TRY(add(t, outer, &l->assets[i]));
	return ERR_OK;
}

static uint64_t hash_of(const struct store_key *key)
{
	uint64_t h = 14695981039346656037u;

	for (size_t i = 0; i < key->text.len; i++)
		h = (h ^ key->text.p[i]) * 1099511628211u;
	for (size_t i = 0; i < key->tail.len; i++)
		h = (h ^ key->tail.p[i]) * 1099511628211u;
	return h;
}

static bool is_key(const struct pending *w, const struct store_key *key,
                   uint64_t hash)
{
	return w->hash == hash && w->key.form == key->form &&
	       span_eq(w->key.text, key->text) &&
	       span_eq(w->key.tail, key->tail);
}

enum err state_get(struct twin *t, const struct store_key *key,
                   struct span *ret, bool *found)
{
	uint64_t hash = hash_of(key);

	for (uint32_t i = t->sees_pending ? t->n_writes : 0; i-- > 0;) {
		if (!is_key(&t->writes[i], key, hash))
			continue;
		*ret = t->writes[i].bytes;
		*found = true;
		return ERR_OK;
	}
	return t->store.ops->get(t->store.ctx, &t->arena, key, ret, found);
}

enum err state_put(struct twin *t, const struct store_key *key,
                   struct span bytes, enum store_form form)
{
	if (t->n_writes == t->cap_writes) {
		uint32_t cap = t->cap_writes ? 2 * t->cap_writes : 64;
		struct pending *more =
		    arena_new_array(&t->arena, struct pending, cap);

		if (!more)
			return ERR_NO_MEMORY;
		for (uint32_t i = 0; i < t->n_writes; i++)
			more[i] = t->writes[i];
		t->writes = more;
		t->cap_writes = cap;
	}
	t->writes[t->n_writes++] = (struct pending){
		.key = *key, .hash = hash_of(key), .bytes = bytes, .form = form
	};
	return ERR_OK;
}

/* Stored values are cut to their own type; if that drops something, what was
 * there before counts. */
enum err state_put_value(struct twin *t, const struct store_key *key,
                         const struct value *v, uint64_t *size)
{
	struct value clean;
	struct span bytes;
	bool cut;

	TRY(twin_sanitize(t, v, VM_ERROR_UNKNOWN_TYPE, &clean, &cut));
	TRY(value_codec_bytes(&t->arena, &bytes, &clean));
	*size = cut ? value_codec_len(v) : bytes.len;
	return state_put(t, key, bytes, STORE_HEX);
}

enum err state_get_value(struct twin *t, const struct store_key *key,
                         const struct type *type, struct value *ret,
                         uint64_t *size, bool *found)
{
	struct span bytes;
	enum err e;

	TRY(state_get(t, key, &bytes, found));
	if (!*found)
		return ERR_OK;
	*size = bytes.len;
	e = value_codec_read_typed_all(&t->arena, ret, bytes, type,
	                               t->chain.epoch, NULL);
	return e == ERR_VALUE_BYTES ? twin_fail(t, VM_ERROR_STORED_DATA) : e;
}

/* "vm::CONTRACT::KIND::NAME", with "::" behind it where something follows. */
enum err state_key(struct twin *t, const struct here *h, int kind, uint32_t sym,
                   struct store_key *ret)
{
	struct span name = symtab_name(h->program->ast.syms, sym);
	bool has_tail = kind == 0 || kind == 2 || kind == 4;
	struct buf b;
	const char *text;

	buf_init(&b, 1024);
	(void)buf_add_str(&b, "vm::");
	(void)principal_format(&b, h->program->id);
	(void)buf_addf(&b, "::%d::%.*s%s", kind, (int)name.len,
	               (const char *)name.p, has_tail ? "::" : "");
	text = arena_str(&t->arena, (const char *)b.p, b.len);
	*ret = (struct store_key){ .text = span_of(text, b.len),
		                   .form = kind == 2 ? STORE_TAIL_OWNER
		                                     : STORE_TAIL_HEX };
	buf_fini(&b);
	return text ? ERR_OK : ERR_NO_MEMORY;
}

enum err state_event(struct twin *t, const struct event *e)
{
	if (t->n_events == t->cap_events) {
		uint32_t cap = t->cap_events ? 2 * t->cap_events : 16;
		struct event *more =
		    arena_new_array(&t->arena, struct event, cap);

		if (!more)
			return ERR_NO_MEMORY;
		for (uint32_t i = 0; i < t->n_events; i++)
			more[i] = t->events[i];
		t->events = more;
		t->cap_events = cap;
	}
	t->events[t->n_events++] = *e;
	if (e->kind == EVENT_PRINT)
		t->level->printed += value_size(&e->value);
	/* The network tests the sum at every event. */
	if (t->level->printed >= EVENT_MAX_PRINTED)
		return twin_fail(t, VM_ERROR_EXPECT);
	return ERR_OK;
}

/* Each key once, where it was first written, with what was written last. */
enum err state_flush(struct twin *t)
{
	for (uint32_t i = 0; i < t->n_writes; i++) {
		const struct pending *w = &t->writes[i];
		const struct pending *last = w;
		bool was_before = false;

		for (uint32_t k = 0; k < t->n_writes; k++) {
			if (!is_key(&t->writes[k], &w->key, w->hash))
				continue;
			was_before = was_before || k < i;
			last = &t->writes[k];
		}
		if (!was_before)
			TRY(t->store.ops->put(t->store.ctx, &w->key,
			                      last->bytes, last->form));
	}
	t->n_writes = 0;
	return ERR_OK;
}
