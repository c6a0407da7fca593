/* clarity/lang/symtab.c - Names as numbers; contract in symtab.h. */
#include "config.h"

#include "clarity/lang/symtab.h"

#include <string.h>

#include "clarity/base/num.h"

/* A slot is the hash's upper half and, below it, the symbol plus one. */
#define HASH_MASK 0xffffffff00000000u

#ifdef HARD_TESTS
#define FIRST_CAP (NATIVE_COUNT + 1u)
#else
#define FIRST_CAP 256u
#endif
#define FIRST_SLOTS 512u

_Static_assert(NATIVE_COUNT < FIRST_SLOTS / 2, "the words of the language fit");

/* Multiplies to 128 bits and folds: each bit of both reaches all of the
 * result. */
static inline uint64_t hash_fold(uint64_t a, uint64_t b)
{
	u128 r = (u128)a * b;

	return (uint64_t)r ^ (uint64_t)(r >> 64);
}

static inline uint64_t hash_short(const uint8_t *p, size_t len)
{
	if (len >= 4)
		return (uint64_t)le32_read(p) << 32 | le32_read(p + len - 4);
	if (len == 0)
		return 0;
	return (uint64_t)p[0] << 16 | (uint64_t)p[len / 2] << 8 | p[len - 1];
}

static inline uint64_t load64(const uint8_t *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/* Only the order of slots depends on this, never a symbol's number, so the
 * byte order of the machine does not matter. */
static uint64_t name_hash(uint64_t seed, const uint8_t *p, size_t len)
{
	uint64_t h = seed ^ len;

	if (len < 8)
		return hash_fold(h ^ hash_short(p, len), 0xa0761d6478bd642fu);
	for (size_t i = 0; i + 8 < len; i += 8)
		h = hash_fold(h ^ load64(p + i), 0xe7037ed1a0b428dbu);
	return hash_fold(h ^ load64(p + len - 8), 0x8ebc6af09c88c6e3u);
}

/* Finds the slot of a name, or the free slot where it would go. */
static uint64_t *slot_find(const struct symtab *t, struct span name,
                           uint64_t hash)
{
	uint64_t i = hash >> 32;

	for (;; i++) {
		uint64_t *slot = &t->slots[i & t->mask];

		if (*slot == 0)
			return slot;
		if ((*slot ^ hash) & HASH_MASK)
			continue;

		const struct symtab_name *n = &t->names[(uint32_t)*slot - 1];

		if (n->len == name.len && memcmp(n->text, name.p, n->len) == 0)
			return slot;
	}
}

/* Takes `count` free slots; what was in the old ones moves over. */
static enum err slots_grow(struct symtab *t, uint32_t count)
{
	uint64_t *old = t->slots;
	uint32_t old_count = old ? t->mask + 1 : 0;

	t->slots = arena_zalloc(t->arena, count * sizeof(*t->slots));
	if (!t->slots) {
		t->slots = old;
		return ERR_NO_MEMORY;
	}
	t->mask = count - 1;
	for (uint32_t s = 0; s < old_count; s++) {
		uint64_t i = old[s] >> 32;

		if (old[s] == 0)
			continue;
		while (t->slots[i & t->mask])
			i++;
		t->slots[i & t->mask] = old[s];
	}
	return ERR_OK;
}

static enum err names_grow(struct symtab *t)
{
	uint32_t cap = t->cap * 2;
	struct symtab_name *names =
	    arena_new_array(t->arena, struct symtab_name, cap);

	if (!names)
		return ERR_NO_MEMORY;
	memcpy(names, t->names, t->n * sizeof(*names));
	t->names = names;
	t->cap = cap;
	return ERR_OK;
}

static void name_add(struct symtab *t, const char *text, size_t len,
                     uint64_t hash, uint64_t *slot)
{
	t->names[t->n] =
	    (struct symtab_name){ .text = text, .len = (uint32_t)len };
	t->n++;
	*slot = (hash & HASH_MASK) | t->n;
}

enum err symtab_init(struct symtab *t, struct arena *a)
{
	*t = (struct symtab){ .arena = a, .cap = FIRST_CAP };
	t->names = arena_new_array(a, struct symtab_name, t->cap);
	if (!t->names)
		return ERR_NO_MEMORY;
	TRY(slots_grow(t, FIRST_SLOTS));

	/* Who writes a program must not know how its names will collide: an
	 * address is different in each process, and results do not show it. */
	t->seed = hash_fold((uintptr_t)t->names, 0x9e3779b97f4a7c15u);
	for (uint32_t i = 0; i < NATIVE_COUNT; i++) {
		const struct native_info *w = &native_table[i];
		struct span name = span_of(w->name, w->len);
		uint64_t hash = name_hash(t->seed, name.p, name.len);

		name_add(t, w->name, w->len, hash, slot_find(t, name, hash));
	}
	return ERR_OK;
}

/* The copy is what makes a table independent of the source text. */
static enum err symtab_new(struct symtab *t, struct span name, uint64_t hash)
{
	if (t->n == t->cap)
		TRY(names_grow(t));
	if (t->n >= t->mask / 2)
		TRY(slots_grow(t, (t->mask + 1) * 2));

	char *text = arena_str(t->arena, (const char *)name.p, name.len);

	if (!text)
		return ERR_NO_MEMORY;
	name_add(t, text, name.len, hash, slot_find(t, name, hash));
	return ERR_OK;
}

enum err symtab_intern(struct symtab *t, struct span name, uint32_t *ret)
{
	uint64_t hash = name_hash(t->seed, name.p, name.len);
	uint64_t slot = *slot_find(t, name, hash);

	if (slot == 0) {
		TRY(symtab_new(t, name, hash));
		slot = t->n;
	}
	*ret = (uint32_t)slot - 1;
	return ERR_OK;
}

uint32_t symtab_find(const struct symtab *t, struct span name)
{
	uint64_t hash = name_hash(t->seed, name.p, name.len);
	uint64_t slot = *slot_find(t, name, hash);

	return slot ? (uint32_t)slot - 1 : SYMTAB_NONE;
}
