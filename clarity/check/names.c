/* clarity/check/names.c - Names in scope; contract in names.h. */
#include "config.h"

#include "clarity/check/names.h"

#include <string.h>

#include "clarity/base/check.h"

/* A trait's key: its contract's bytes and its name. */
#define TRAIT_KEY_MAX (PRINCIPAL_MAX_LEN + NAME_MAX_LEN)

/* Traits that a program can name: each takes more than ten bytes of source. */
#define TRAITS_MAX ((uint32_t)AST_SOURCE_MAX / 10)

enum err names_init(struct names *e, struct arena *a, const struct ast *ast,
                    enum clarity_version version)
{
	memset(e, 0, sizeof(*e));
	e->arena = a;
	e->syms = ast->syms;
	e->contract = ast->contract;
	e->version = version;
	e->slots = arena_zalloc(a, ast->syms->n * sizeof(*e->slots));
	e->defs = arena_new_array(a, struct checked_def, ast->n);
	if (!e->slots || !e->defs)
		return ERR_NO_MEMORY;
	hmap_init(&e->traits, a, TRAITS_MAX, NULL);
	return ERR_OK;
}

bool names_is_reserved(const struct names *e, uint32_t sym)
{
	return sym == KEYWORD_BLOCK_HEIGHT && e->version >= CLARITY_3;
}

bool names_is_used(const struct names *e, uint32_t sym)
{
	const struct names_slot *s = &e->slots[sym];

	if (s->def || s->is_trait)
		return true;
	return !version_has_callables(e->version) &&
	       hmap_has(&e->traits, symtab_name(e->syms, sym));
}

void names_define(struct names *e, const struct checked_def *def)
{
	uint32_t place = e->n_defs++;

	e->defs[place] = *def;
	if (def->form == DEFINE_READ_ONLY)
		e->slots[def->sym].read_only = place + 1;
	else if (def->form < DEFINE_TRAIT)
		e->slots[def->sym].def = place + 1;
}

const struct checked_def *names_find(const struct names *e, uint32_t sym,
                                     enum native form)
{
	uint32_t place = e->slots[sym].def;

	if (place == 0 || e->defs[place - 1].form != form)
		return NULL;
	return &e->defs[place - 1];
}

const struct checked_def *names_function(const struct names *e, uint32_t sym)
{
	const struct names_slot *s = &e->slots[sym];

	if (s->def && e->defs[s->def - 1].fn)
		return &e->defs[s->def - 1];
	return s->read_only ? &e->defs[s->read_only - 1] : NULL;
}

uint32_t names_index(const struct names *e, const struct checked_def *def)
{
	return (uint32_t)(def - e->defs);
}

/* Clarity 1 keys a trait by its name alone. */
static struct span trait_key(const struct names *e, const struct trait_id *id,
                             uint8_t room[TRAIT_KEY_MAX])
{
	size_t len = principal_len(id->contract);

	if (!version_has_callables(e->version))
		return id->name;
	CHECK(len + id->name.len <= TRAIT_KEY_MAX);
	memcpy(room, id->contract, len);
	memcpy(room + len, id->name.p, id->name.len);
	return span_of(room, len + id->name.len);
}

enum err names_add_trait(struct names *e, uint32_t alias,
                         const struct trait_id *id,
                         const struct analysis_trait *trait)
{
	uint8_t room[TRAIT_KEY_MAX];
	struct span key = trait_key(e, id, room);
	struct names_trait *t = arena_new(e->arena, struct names_trait);
	const uint8_t *kept = arena_copy(e->arena, key.p, key.len);

	if (!t || !kept)
		return ERR_NO_MEMORY;
	*t = (struct names_trait){ .id = id, .trait = trait };
	if (version_has_callables(e->version))
		e->slots[alias].is_trait = true;
	return hmap_put(&e->traits, span_of(kept, key.len), t);
}

const struct analysis_trait *names_trait(const struct names *e,
                                         const struct trait_id *id)
{
	uint8_t room[TRAIT_KEY_MAX];
	const struct names_trait *t =
	    hmap_get(&e->traits, trait_key(e, id, room));

	return t ? t->trait : NULL;
}

struct names_mark names_enter(struct names *e)
{
	DCHECK(e->depth < NAMES_MAX_DEPTH);
	e->depth++;
	return (struct names_mark){ e->n_bindings };
}

void names_leave(struct names *e, struct names_mark m)
{
	while (e->n_bindings > m.n_bindings) {
		const struct names_binding *b = &e->bindings[--e->n_bindings];
		struct names_slot *s = &e->slots[b->sym];

		if (b->trait)
			s->trait = b->hidden;
		else
			s->value = b->hidden;
	}
	e->depth--;
}

/* Doubles the room; the old array stays in the arena until its end. */
static enum err grow_bindings(struct names *e)
{
	uint32_t cap = e->cap_bindings ? e->cap_bindings * 2 : 32;
	struct names_binding *more =
	    arena_new_array(e->arena, struct names_binding, cap);

	if (!more)
		return ERR_NO_MEMORY;
	if (e->n_bindings)
		memcpy(more, e->bindings, e->n_bindings * sizeof(*more));
	e->bindings = more;
	e->cap_bindings = cap;
	return ERR_OK;
}

static enum err bind(struct names *e, const struct names_binding *b)
{
	struct names_slot *s = &e->slots[b->sym];
	uint32_t *top = b->trait ? &s->trait : &s->value;

	if (e->n_bindings == e->cap_bindings)
		TRY(grow_bindings(e));
	e->bindings[e->n_bindings] = *b;
	e->bindings[e->n_bindings].hidden = *top;
	*top = ++e->n_bindings;
	return ERR_OK;
}

enum err names_bind(struct names *e, const struct ast_node *name,
                    const struct type *type)
{
	struct names_binding b = { .sym = name->sym,
		                   .node = name->id,
		                   .type = type };

	return bind(e, &b);
}

enum err names_bind_trait(struct names *e, const struct ast_node *name,
                          const struct trait_id *trait)
{
	struct names_binding b = { .sym = name->sym,
		                   .node = name->id,
		                   .trait = trait };

	return bind(e, &b);
}

const struct names_binding *names_value(const struct names *e, uint32_t sym)
{
	uint32_t top = e->slots[sym].value;

	return top ? &e->bindings[top - 1] : NULL;
}

const struct names_binding *names_trait_value(const struct names *e,
                                              uint32_t sym)
{
	uint32_t top = e->slots[sym].trait;

	return top ? &e->bindings[top - 1] : NULL;
}
