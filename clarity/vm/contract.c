/* clarity/vm/contract.c - Contracts and their names; contract in contract.h. */
#include "config.h"

#include "clarity/vm/contract.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/buf.h"
#include "clarity/base/check.h"
#include "clarity/vm/journal.h"

/* Code and tables of one contract: no program comes near. */
#define CONTRACT_ARENA_MAX ((size_t)1 << 30)

/* The longest key text: address, contract, type and token name. */
#define KEY_TEXT_MAX 512u

enum err contract_new(struct contract **ret, const struct principal *id,
                      struct span source, enum epoch epoch,
                      enum clarity_version version)
{
	struct contract *c = calloc(1, sizeof(*c));

	if (!c)
		return ERR_NO_MEMORY;
	arena_init(&c->arena, CONTRACT_ARENA_MAX);
	c->id = principal_copy(&c->arena, id);
	c->source =
	    span_of(arena_copy(&c->arena, source.p, source.len), source.len);
	c->epoch = epoch;
	c->version = version;
	if (!c->id || !c->source.p) {
		contract_free(c);
		return ERR_NO_MEMORY;
	}
	*ret = c;
	return ERR_OK;
}

enum err contract_set_program(struct contract *c, const struct ast *ast,
                              const struct checked *checked)
{
	c->ast = ast;
	c->checked = checked;
	c->syms = ast->syms;
	c->n_names = c->syms->n;
	c->names = arena_zalloc(&c->arena, c->n_names * sizeof(c->names[0]));
	return c->names ? ERR_OK : ERR_NO_MEMORY;
}

void contract_free(struct contract *c)
{
	if (!c)
		return;
	arena_fini(&c->arena);
	free(c);
}

bool contract_is_taken(const struct contract *c, uint32_t sym)
{
	if (native_is_function(sym, c->version) ||
	    native_is_keyword(sym, c->version))
		return true;
	return contract_lookup(c, sym).kind != CONTRACT_FREE;
}

/* The one that was called last often is again: comparing it is faster than
 * looking its name up. */
struct function *contract_function(struct contract *c, struct span name)
{
	uint32_t sym;
	struct contract_name n;

	if (c->last_called < c->n_functions &&
	    span_eq(c->functions[c->last_called].name, name))
		return &c->functions[c->last_called];
	sym = symtab_find(c->syms, name);
	if (sym == SYMTAB_NONE)
		return NULL;
	n = contract_lookup(c, sym);
	if (n.kind != CONTRACT_FUNCTION)
		return NULL;
	c->last_called = n.index;
	return &c->functions[n.index];
}

/* Makes room for item n of a table: tables double at powers of two. */
static void *grow(struct arena *a, void *items, uint32_t n, size_t size)
{
	if (n != 0 && (n & (n - 1)) != 0)
		return items;

	uint8_t *bigger = arena_array(a, n == 0 ? 1 : 2 * (size_t)n, size);

	if (bigger && n > 0)
		memcpy(bigger, items, n * size);
	return bigger;
}

#define APPEND(c, table, count, item)                                          \
	do {                                                                   \
		size_t size_ = sizeof((c)->table[0]);                          \
		void *old_ = (c)->table;                                       \
		uint32_t n_ = (c)->count;                                      \
		void *bigger_ = grow(&(c)->arena, old_, n_, size_);            \
		if (!bigger_)                                                  \
			return ERR_NO_MEMORY;                                  \
		(c)->table = bigger_;                                          \
		(c)->table[(c)->count++] = (item);                             \
	} while (0)

static void take(struct contract *c, uint32_t sym, enum contract_kind kind,
                 uint32_t index)
{
	CHECK(sym < c->n_names);
	c->names[sym].kind = (uint8_t)kind;
	c->names[sym].index = index;
}

/* "vm::ADDRESS.name::TYPE::NAME", with "::" behind it if a tail follows. */
static enum err make_key(struct contract *c, struct contract_key *ret,
                         unsigned type, struct span name, bool has_tail)
{
	struct buf b;

	buf_init(&b, KEY_TEXT_MAX);
	(void)buf_add_str(&b, "vm::");
	(void)principal_format(&b, c->id);
	(void)buf_addf(&b, "::%u::", type);
	(void)buf_add(&b, name.p, name.len);
	if (has_tail)
		(void)buf_add_str(&b, "::");

	enum err e = buf_err(&b);
	uint8_t *text = e ? NULL : arena_copy(&c->arena, b.p, b.len);

	if (!e && !text)
		e = ERR_NO_MEMORY;
	if (!e) {
		ret->text = span_of(text, b.len);
		ret->hash = journal_hash_text(ret->text);
	}
	buf_fini(&b);
	return e;
}

/* The numbers of key types; they are committed to, so they are for ever. */
enum {
	KEY_MAP = 0,
	KEY_VAR = 1,
	KEY_FT_BALANCE = 2,
	KEY_FT_SUPPLY = 3,
	KEY_NFT = 4
};

enum err contract_add_constant(struct contract *c, uint32_t sym,
                               const struct value *v)
{
	struct contract_constant k = { .sym = sym, .size = value_size(v) };

	TRY(value_copy(&c->arena, &k.value, v));
	APPEND(c, constants, n_constants, k);
	take(c, sym, CONTRACT_CONSTANT, c->n_constants - 1);
	return ERR_OK;
}

enum err contract_add_function(struct contract *c, const struct function *f)
{
	APPEND(c, functions, n_functions, *f);
	take(c, f->sym, CONTRACT_FUNCTION, c->n_functions - 1);
	c->age++;
	return ERR_OK;
}

enum err contract_add_var(struct contract *c, uint32_t sym,
                          const struct type *type)
{
	struct contract_var v = { .sym = sym, .type = type };

	TRY(make_key(c, &v.key, KEY_VAR, symtab_name(c->syms, sym), false));
	APPEND(c, vars, n_vars, v);
	take(c, sym, CONTRACT_VAR, c->n_vars - 1);
	return ERR_OK;
}

enum err contract_add_map(struct contract *c, uint32_t sym,
                          const struct type *key, const struct type *value)
{
	struct contract_map m = {
		.sym = sym,
		.key_type = key,
		.value_type = value,
	};

	TRY(make_key(c, &m.key, KEY_MAP, symtab_name(c->syms, sym), true));
	/* Too large a type cannot be stored; map natives then fail by it. */
	if (type_optional(&c->arena, &m.stored, value, NULL) != ERR_OK)
		m.stored = NULL;
	APPEND(c, maps, n_maps, m);
	take(c, sym, CONTRACT_MAP, c->n_maps - 1);
	return ERR_OK;
}

enum err contract_add_ft(struct contract *c, uint32_t sym, const u128 *cap)
{
	struct contract_ft t = { .name = symtab_name(c->syms, sym) };

	if (cap) {
		t.is_capped = true;
		t.cap = *cap;
	}
	TRY(make_key(c, &t.supply, KEY_FT_SUPPLY, t.name, false));
	TRY(make_key(c, &t.balance, KEY_FT_BALANCE, t.name, true));
	APPEND(c, fts, n_fts, t);
	take(c, sym, CONTRACT_FT, c->n_fts - 1);
	return ERR_OK;
}

enum err contract_add_nft(struct contract *c, uint32_t sym,
                          const struct type *type)
{
	struct contract_nft t = {
		.name = symtab_name(c->syms, sym),
		.type = type,
	};

	TRY(make_key(c, &t.key, KEY_NFT, t.name, true));
	APPEND(c, nfts, n_nfts, t);
	take(c, sym, CONTRACT_NFT, c->n_nfts - 1);
	return ERR_OK;
}

enum err contract_add_trait(struct contract *c, uint32_t sym,
                            const struct analysis_trait *trait)
{
	struct contract_trait t = { .sym = sym, .trait = trait };

	APPEND(c, traits, n_traits, t);
	take(c, sym, CONTRACT_TRAIT, c->n_traits - 1);
	return ERR_OK;
}
