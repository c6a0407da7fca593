/* clarity/base/hmap.c - Insertion-ordered hash map; contract in hmap.h. */
#include "config.h"

#include "clarity/base/hmap.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"

/* A slot whose entry was deleted; probing goes on behind it. */
#define SLOT_DELETED UINT32_MAX

/* How many entries the first table takes. */
#ifdef HARD_TESTS
#define CAP_MIN 1u
#else
#define CAP_MIN 8u
#endif

/* What is looked for: bytes, or an integer when `bytes` is NULL. */
struct hmap_key {
	const uint8_t *bytes;
	uint64_t num;
	uint64_t hash;
};

static const struct hmap_seed seed_fixed = { .k = { 0x54656e7572652068,
	                                            0x6173682073656564 } };

/* An address for the empty key, which must not look like an integer. */
static const uint8_t no_bytes[1];

static uint64_t rotl(uint64_t v, unsigned n)
{
	return v << n | v >> (64 - n);
}

static inline void sip_round(uint64_t v[4])
{
	v[0] += v[1];
	v[1] = rotl(v[1], 13) ^ v[0];
	v[0] = rotl(v[0], 32);
	v[2] += v[3];
	v[3] = rotl(v[3], 16) ^ v[2];
	v[0] += v[3];
	v[3] = rotl(v[3], 21) ^ v[0];
	v[2] += v[1];
	v[1] = rotl(v[1], 17) ^ v[2];
	v[2] = rotl(v[2], 32);
}

static inline void sip_start(uint64_t v[4], const struct hmap_seed *seed)
{
	v[0] = seed->k[0] ^ 0x736f6d6570736575;
	v[1] = seed->k[1] ^ 0x646f72616e646f6d;
	v[2] = seed->k[0] ^ 0x6c7967656e657261;
	v[3] = seed->k[1] ^ 0x7465646279746573;
}

static inline void sip_word(uint64_t v[4], uint64_t word)
{
	v[3] ^= word;
	sip_round(v);
	v[0] ^= word;
}

static inline uint64_t sip_end(uint64_t v[4])
{
	v[2] ^= 0xff;
	sip_round(v);
	sip_round(v);
	sip_round(v);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
}

uint64_t hmap_hash(const struct hmap_seed *seed, struct span s)
{
	uint64_t v[4];
	size_t at = 0;
	uint8_t tail[8] = { 0 };

	sip_start(v, seed);
	for (; s.len - at >= 8; at += 8)
		sip_word(v, le64_read(s.p + at));
	if (s.len > at)
		memcpy(tail, s.p + at, s.len - at);
	sip_word(v, le64_read(tail) | (uint64_t)(s.len & 255) << 56);
	return sip_end(v);
}

static struct hmap_key key_of_span(const struct hmap *m, struct span s)
{
	return (struct hmap_key){ .bytes = s.len ? s.p : no_bytes,
		                  .num = s.len,
		                  .hash = hmap_hash(&m->seed, s) };
}

static struct hmap_key key_of_u64(const struct hmap *m, uint64_t num)
{
	uint8_t text[8];

	le64_write(text, num);
	return (struct hmap_key){ .num = num,
		                  .hash =
		                      hmap_hash(&m->seed, span_of(text, 8)) };
}

static uint32_t hash_tag(uint64_t hash)
{
	return (uint32_t)(hash >> 32);
}

static bool entry_is(const struct hmap_entry *e, const struct hmap_key *key)
{
	if (e->tag != hash_tag(key->hash) || e->num != key->num)
		return false;
	DCHECK(!e->bytes == !key->bytes);
	return !key->bytes || memcmp(e->bytes, key->bytes, key->num) == 0;
}

/* Slots are twice the entries, so that a free one always ends the probing. */
static uint32_t slot_mask(const struct hmap *m)
{
	return m->cap * 2 - 1;
}

/* The slot that holds `key`, or UINT32_MAX. */
static uint32_t slot_find(const struct hmap *m, const struct hmap_key *key)
{
	if (m->n == 0)
		return UINT32_MAX;

	uint32_t mask = slot_mask(m);

	for (uint32_t i = (uint32_t)key->hash & mask; m->slots[i] != 0;
	     i = (i + 1) & mask) {
		uint32_t place = m->slots[i];

		if (place != SLOT_DELETED &&
		    entry_is(&m->entries[place - 1], key))
			return i;
	}
	return UINT32_MAX;
}

static void slot_fill(struct hmap *m, uint64_t hash, uint32_t place)
{
	uint32_t mask = slot_mask(m);
	uint32_t i = (uint32_t)hash & mask;

	while (m->slots[i] != 0)
		i = (i + 1) & mask;
	m->slots[i] = place + 1;
}

static uint64_t entry_hash(const struct hmap *m, const struct hmap_entry *e)
{
	if (!e->bytes)
		return key_of_u64(m, e->num).hash;
	return hmap_hash(&m->seed, span_of(e->bytes, (size_t)e->num));
}

/* Entries and slots are one allocation: either all grows or nothing does. */
static struct hmap_entry *table_new(const struct hmap *m, uint32_t cap)
{
	size_t bytes = (size_t)cap * sizeof(struct hmap_entry) +
	               (size_t)cap * 2 * sizeof(uint32_t);

	return m->arena ? arena_alloc(m->arena, bytes) : malloc(bytes);
}

/* Moves the live entries to the front of `to`, and builds the slots anew. */
static void table_move(struct hmap *m, struct hmap_entry *to, uint32_t cap)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < m->used; i++) {
		if (m->entries[i].is_live)
			to[n++] = m->entries[i];
	}
	m->entries = to;
	m->slots = (uint32_t *)(void *)(to + cap);
	m->cap = cap;
	m->used = n;
	memset(m->slots, 0, (size_t)cap * 2 * sizeof(uint32_t));
	for (uint32_t i = 0; i < n; i++)
		slot_fill(m, entry_hash(m, &to[i]), i);
}

/* Makes room for one more entry: by closing gaps if they are many. */
static enum err table_grow(struct hmap *m)
{
	if (m->used < m->cap)
		return ERR_OK;
	if (m->cap && m->n <= m->cap / 2) {
		table_move(m, m->entries, m->cap);
		return ERR_OK;
	}

	uint32_t cap = m->cap ? m->cap * 2 : CAP_MIN;
	struct hmap_entry *old = m->entries;
	struct hmap_entry *to = table_new(m, cap);

	if (!to)
		return ERR_NO_MEMORY;
	table_move(m, to, cap);
	if (!m->arena)
		free(old);
	return ERR_OK;
}

static enum err put_key(struct hmap *m, const struct hmap_key *key, void *value)
{
	uint32_t slot = slot_find(m, key);

	if (slot != UINT32_MAX) {
		m->entries[m->slots[slot] - 1].value = value;
		return ERR_OK;
	}
	if (m->n >= m->max)
		return ERR_TOO_LARGE;
	TRY(table_grow(m));
	m->entries[m->used] = (struct hmap_entry){ .bytes = key->bytes,
		                                   .num = key->num,
		                                   .value = value,
		                                   .tag = hash_tag(key->hash),
		                                   .is_live = true };
	slot_fill(m, key->hash, m->used);
	m->used++;
	m->n++;
	return ERR_OK;
}

static void **find_key(const struct hmap *m, const struct hmap_key *key)
{
	uint32_t slot = slot_find(m, key);

	return slot == UINT32_MAX ? NULL
	                          : &m->entries[m->slots[slot] - 1].value;
}

static bool del_key(struct hmap *m, const struct hmap_key *key)
{
	uint32_t slot = slot_find(m, key);

	if (slot == UINT32_MAX)
		return false;
	m->entries[m->slots[slot] - 1].is_live = false;
	m->slots[slot] = SLOT_DELETED;
	m->n--;
	return true;
}

void hmap_init(struct hmap *m, struct arena *a, uint32_t max,
               const struct hmap_seed *seed)
{
	CHECK(max >= 1 && max <= HMAP_MAX);
	*m = (struct hmap){ .arena = a,
		            .seed = seed ? *seed : seed_fixed,
		            .max = max };
}

void hmap_fini(struct hmap *m)
{
	if (!m->arena)
		free(m->entries);
	hmap_init(m, m->arena, m->max, &m->seed);
}

void hmap_reset(struct hmap *m)
{
	if (m->slots)
		memset(m->slots, 0, (size_t)m->cap * 2 * sizeof(uint32_t));
	m->n = 0;
	m->used = 0;
}

enum err hmap_put(struct hmap *m, struct span key, void *value)
{
	struct hmap_key k = key_of_span(m, key);

	return put_key(m, &k, value);
}

enum err hmap_put_u64(struct hmap *m, uint64_t key, void *value)
{
	struct hmap_key k = key_of_u64(m, key);

	return put_key(m, &k, value);
}

void **hmap_find(const struct hmap *m, struct span key)
{
	struct hmap_key k = key_of_span(m, key);

	return find_key(m, &k);
}

void **hmap_find_u64(const struct hmap *m, uint64_t key)
{
	struct hmap_key k = key_of_u64(m, key);

	return find_key(m, &k);
}

void *hmap_get(const struct hmap *m, struct span key)
{
	void **value = hmap_find(m, key);

	return value ? *value : NULL;
}

void *hmap_get_u64(const struct hmap *m, uint64_t key)
{
	void **value = hmap_find_u64(m, key);

	return value ? *value : NULL;
}

bool hmap_has(const struct hmap *m, struct span key)
{
	return hmap_find(m, key) != NULL;
}

bool hmap_has_u64(const struct hmap *m, uint64_t key)
{
	return hmap_find_u64(m, key) != NULL;
}

bool hmap_del(struct hmap *m, struct span key)
{
	struct hmap_key k = key_of_span(m, key);

	return del_key(m, &k);
}

bool hmap_del_u64(struct hmap *m, uint64_t key)
{
	struct hmap_key k = key_of_u64(m, key);

	return del_key(m, &k);
}

const struct hmap_entry *hmap_next(const struct hmap *m, uint32_t *place)
{
	while (*place < m->used) {
		const struct hmap_entry *e = &m->entries[(*place)++];

		if (e->is_live)
			return e;
	}
	return NULL;
}
