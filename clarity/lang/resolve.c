/* clarity/lang/resolve.c - The traits of a program; contract in resolve.h. */
#include "config.h"

#include "clarity/lang/resolve.h"

#include <stdbool.h>
#include <string.h>

#include "clarity/base/hmap.h"
#include "clarity/lang/native.h"
#include "clarity/value/principal.h"

/* A <name> that must be known once all forms have been read. */
struct mention {
	uint32_t sym;
	struct diag_span span; /* of the last mention */
};

struct resolver {
	struct arena *arena;
	struct arena *tmp;
	const struct symtab *syms;
	const struct principal *contract;
	struct diag *diag;
	struct ast_trait *traits; /* found so far */
	uint32_t trait_n;
	const struct trait_id **impls;
	uint32_t impl_n;
	struct hmap impl_keys; /* of `impls`, to find repetitions */
	struct mention *mentions;
	uint32_t mention_n;
	uint32_t *trait_of;   /* by symbol: place in `traits` plus 1 */
	uint32_t *mention_of; /* by symbol: place in `mentions` plus 1 */
	bool has_refs;        /* there is a <name> anywhere */
};

static enum err resolver_fail(struct resolver *r, enum parse_error e,
                              const struct ast_node *node)
{
	struct span name = span_of(NULL, 0);

	if (node->kind == AST_ATOM || node->kind == AST_TRAIT_REF)
		name = symtab_name(r->syms, node->sym);
	return parse_error_set(r->diag, e, node->span, name);
}

static enum err mention_add(struct resolver *r, const struct ast_node *node)
{
	uint32_t *place = &r->mention_of[node->sym];

	if (*place == 0) {
		r->mentions[r->mention_n].sym = node->sym;
		*place = ++r->mention_n;
	}
	r->mentions[*place - 1].span = node->span;
	return ERR_OK;
}

/* Notes each <name> in a node, or refuses the first. */
static enum err refs_probe(struct resolver *r, const struct ast_node *node,
                           bool may_refer)
{
	if (node->kind == AST_TRAIT_REF) {
		if (may_refer)
			return mention_add(r, node);
		return resolver_fail(r, PARSE_ERROR_TRAIT_STORED, node);
	}
	if (node->kind != AST_LIST && node->kind != AST_TUPLE)
		return ERR_OK;
	for (uint32_t i = 0; i < node->n; i++)
		TRY(refs_probe(r, &node->items[i], may_refer));
	return ERR_OK;
}

/* As refs_probe for all items of a form but its first `skip`, comments not
 * counted. */
static enum err items_probe(struct resolver *r, const struct ast_node *form,
                            uint32_t skip, bool may_refer)
{
	for (uint32_t i = 0; r->has_refs && i < form->n; i++) {
		if (form->items[i].kind == AST_COMMENT)
			continue;
		if (skip)
			skip--;
		else
			TRY(refs_probe(r, &form->items[i], may_refer));
	}
	return ERR_OK;
}

/* The contract.trait that a node names, or NULL in `*ret`. */
static enum err field_read(struct resolver *r, const struct ast_node *node,
                           const struct trait_id **ret)
{
	const struct principal *contract;

	*ret = node->kind == AST_FIELD ? node->field : NULL;
	if (node->kind != AST_SUGAR_FIELD)
		return ERR_OK;
	TRY(principal_new_contract(r->arena, &contract, r->contract,
	                           symtab_name(r->syms, node->sym)));

	struct trait_id *id = arena_new(r->arena, struct trait_id);

	if (!id)
		return ERR_NO_MEMORY;
	*id = (struct trait_id){
		contract, symtab_name(r->syms, (uint32_t)node->field_sym)
	};
	*ret = id;
	return ERR_OK;
}

static enum err trait_add(struct resolver *r, const struct ast_node *name,
                          const struct trait_id *id, bool is_imported)
{
	r->traits[r->trait_n++] = (struct ast_trait){
		.sym = name->sym, .is_imported = is_imported, .id = id
	};
	r->trait_of[name->sym] = r->trait_n;
	return ERR_OK;
}

/* (define-trait name (...)): `args` are its items, comments left out. */
static enum err define_trait(struct resolver *r, const struct ast_node *form,
                             const struct ast_node *args[3], uint32_t n)
{
	if (n != 2 || args[0]->kind != AST_ATOM || args[1]->kind != AST_LIST)
		return resolver_fail(r, PARSE_ERROR_DEFINE_TRAIT, form);
	if (r->trait_of[args[0]->sym])
		return resolver_fail(r, PARSE_ERROR_NAME_USED, args[0]);
	TRY(items_probe(r, args[1], 0, true));

	struct trait_id *id = arena_new(r->arena, struct trait_id);

	if (!id)
		return ERR_NO_MEMORY;
	*id = (struct trait_id){ r->contract,
		                 symtab_name(r->syms, args[0]->sym) };
	return trait_add(r, args[0], id, false);
}

/* (use-trait name contract.trait) */
static enum err use_trait(struct resolver *r, const struct ast_node *form,
                          const struct ast_node *args[3], uint32_t n)
{
	const struct trait_id *id;

	if (n != 2 || args[0]->kind != AST_ATOM)
		return resolver_fail(r, PARSE_ERROR_USE_TRAIT, form);
	if (r->trait_of[args[0]->sym])
		return resolver_fail(r, PARSE_ERROR_NAME_USED, args[0]);
	TRY(field_read(r, args[1], &id));
	if (!id)
		return resolver_fail(r, PARSE_ERROR_USE_TRAIT, form);
	return trait_add(r, args[0], id, true);
}

/* The key is the trait in full: contract bytes, then the name. */
static enum err impl_add(struct resolver *r, const struct trait_id *id)
{
	size_t len = principal_len(id->contract);
	uint8_t *key = arena_alloc(r->tmp, len + id->name.len);

	if (!key)
		return ERR_NO_MEMORY;
	memcpy(key, id->contract, len);
	memcpy(key + len, id->name.p, id->name.len);

	struct span s = span_of(key, len + id->name.len);

	if (hmap_has(&r->impl_keys, s))
		return ERR_OK;
	r->impls[r->impl_n++] = id;
	return hmap_put(&r->impl_keys, s, NULL);
}

/* (impl-trait contract.trait) */
static enum err impl_trait(struct resolver *r, const struct ast_node *form,
                           const struct ast_node *args[3], uint32_t n)
{
	const struct trait_id *id = NULL;

	if (n == 1)
		TRY(field_read(r, args[0], &id));
	if (!id)
		return resolver_fail(r, PARSE_ERROR_IMPL_TRAIT, form);
	return impl_add(r, id);
}

/* The head of a form when comments are left out, and its first three
 * arguments. @return how many arguments there are. */
static uint32_t form_read(const struct ast_node *form,
                          const struct ast_node **head,
                          const struct ast_node *args[3])
{
	uint32_t n = 0;

	*head = NULL;
	for (uint32_t i = 0; i < form->n; i++) {
		const struct ast_node *item = &form->items[i];

		if (item->kind == AST_COMMENT)
			continue;
		if (!*head) {
			*head = item;
			continue;
		}
		if (n < 3)
			args[n] = item;
		n++;
	}
	return n;
}

static enum err form_resolve(struct resolver *r, const struct ast_node *form)
{
	const struct ast_node *head;
	const struct ast_node *args[3] = { NULL, NULL, NULL };

	if (form->kind != AST_LIST)
		return ERR_OK;

	uint32_t n = form_read(form, &head, args);

	if (!head || head->kind != AST_ATOM || !native_is_define(head->sym))
		return ERR_OK;
	if (head->sym == DEFINE_TRAIT)
		return define_trait(r, form, args, n);
	if (head->sym == DEFINE_USE_TRAIT)
		return use_trait(r, form, args, n);
	if (head->sym == DEFINE_IMPL_TRAIT)
		return impl_trait(r, form, args, n);
	if (head->sym == DEFINE_PRIVATE || head->sym == DEFINE_PUBLIC ||
	    head->sym == DEFINE_READ_ONLY)
		return items_probe(r, form, 1, true);
	return items_probe(r, form, 2, false);
}

/* Traits and promises cannot outnumber the top-level forms. */
static enum err resolver_init(struct resolver *r, struct hmap_seed *seed,
                              const struct parse_tree *tree)
{
	uint32_t forms = 0;

	for (uint32_t i = 0; i < tree->n; i++)
		forms += tree->items[i].kind == AST_LIST;
	r->traits = arena_new_array(r->tmp, struct ast_trait, forms);
	r->impls = arena_new_array(r->tmp, const struct trait_id *, forms);
	r->mentions = arena_new_array(r->tmp, struct mention, tree->trait_refs);
	r->trait_of = arena_zalloc(r->tmp, r->syms->n * sizeof(uint32_t));
	r->mention_of = arena_zalloc(r->tmp, r->syms->n * sizeof(uint32_t));
	hmap_init(&r->impl_keys, r->tmp, forms + 1, seed);
	r->has_refs = tree->trait_refs != 0;
	return r->traits && r->impls && r->mentions && r->trait_of &&
	               r->mention_of
	           ? ERR_OK
	           : ERR_NO_MEMORY;
}

/* Copies what was found to where it stays. */
static enum err resolver_keep(const struct resolver *r, struct ast *ret)
{
	ret->trait_count = r->trait_n;
	ret->impl_count = r->impl_n;
	ret->trait_syms = r->syms->n;
	ret->traits =
	    arena_copy(r->arena, r->traits, r->trait_n * sizeof(*r->traits));
	ret->impls =
	    arena_copy(r->arena, r->impls, r->impl_n * sizeof(*r->impls));
	if (!ret->traits || !ret->impls)
		return ERR_NO_MEMORY;
	if (r->trait_n == 0)
		return ERR_OK;
	ret->trait_of = arena_copy(r->arena, r->trait_of,
	                           r->syms->n * sizeof(*r->trait_of));
	return ret->trait_of ? ERR_OK : ERR_NO_MEMORY;
}

enum err resolve_traits(struct arena *a, struct arena *tmp,
                        const struct parse_tree *tree, struct ast *ret,
                        struct diag *diag)
{
	struct hmap_seed seed = { { ret->syms->seed, ~ret->syms->seed } };
	struct resolver r = { .arena = a,
		              .tmp = tmp,
		              .syms = ret->syms,
		              .contract = ret->contract,
		              .diag = diag };

	TRY(resolver_init(&r, &seed, tree));
	for (uint32_t i = 0; i < tree->n; i++)
		TRY(form_resolve(&r, &tree->items[i]));
	for (uint32_t i = 0; i < r.mention_n; i++) {
		const struct mention *m = &r.mentions[i];

		if (!r.trait_of[m->sym])
			return parse_error_set(diag, PARSE_ERROR_TRAIT_UNKNOWN,
			                       m->span,
			                       symtab_name(r.syms, m->sym));
	}
	return resolver_keep(&r, ret);
}
