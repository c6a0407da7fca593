/* clarity/vm/allowance.c - Allowances and their check; see allowance.h. */
#include "config.h"

#include "clarity/vm/allowance.h"

#include "clarity/base/check.h"
#include "clarity/value/name.h"

/* The memory that the rules count for each kind, beside names and ids. */
#define AMOUNT_BYTES 16u
#define TOKEN_BYTES (96u + 21u)

enum err allowance_contract(struct vm *vm, const struct native_call *c,
                            struct value *ret, bool *done)
{
	(void)ret;
	(void)done;
	if (!value_is(&c->args[0], VALUE_PRINCIPAL))
		return host_fail(vm, VM_ERROR_EXPECT, "expected principal");
	if (!principal_is_contract(c->args[0].principal))
		return host_fail(vm, VM_ERROR_EXPECTED_CONTRACT,
		                 "an account has no tokens");
	return ERR_OK;
}

enum err allowance_name(struct vm *vm, const struct native_call *c,
                        struct value *ret, bool *done)
{
	(void)ret;
	(void)done;
	if (!value_is(&c->args[1], VALUE_ASCII))
		return host_fail(vm, VM_ERROR_EXPECT, "expected string");
	if (!name_is_clarity(value_bytes(&c->args[1])))
		return host_fail(vm, VM_ERROR_BAD_TOKEN_NAME,
		                 "not the name of a token");
	return ERR_OK;
}

/* Both were tested when they had been evaluated. */
static void take_asset(struct allowance *a, const struct value *args)
{
	CHECK(value_is(&args[0], VALUE_PRINCIPAL));
	CHECK(value_is(&args[1], VALUE_ASCII));
	a->contract = args[0].principal;
	a->name = value_bytes(&args[1]);
}

static enum err take_amount(struct vm *vm, struct allowance *a,
                            const struct value *v)
{
	if (!value_is(v, VALUE_UINT))
		return host_fail(vm, VM_ERROR_EXPECT, "expected uint");
	a->amount = v->u;
	return ERR_OK;
}

static enum err take_ids(struct vm *vm, struct allowance *a,
                         const struct value *v, uint64_t *bytes)
{
	if (!value_is(v, VALUE_LIST))
		return host_fail(vm, VM_ERROR_EXPECT, "expected list");
	a->ids = v->items;
	a->n_ids = v->n;
	for (uint32_t i = 0; i < v->n; i++)
		*bytes += value_size(&v->items[i]);
	return ERR_OK;
}

static uint64_t token_bytes(const struct allowance *a)
{
	return TOKEN_BYTES + principal_name(a->contract).len + a->name.len;
}

static enum err fill(struct vm *vm, struct allowance *a,
                     const struct value *args, uint64_t *bytes)
{
	*bytes = 0;
	switch ((int)a->id) {
	case NATIVE_WITH_STX:
	case NATIVE_WITH_STACKING:
	case NATIVE_WITH_STAKING:
		*bytes = AMOUNT_BYTES;
		return take_amount(vm, a, &args[0]);
	case NATIVE_WITH_FT:
		take_asset(a, args);
		*bytes = token_bytes(a);
		return take_amount(vm, a, &args[2]);
	case NATIVE_WITH_NFT:
		take_asset(a, args);
		*bytes = token_bytes(a);
		return take_ids(vm, a, &args[2], bytes);
	default:
		return ERR_OK;
	}
}

enum err allowance_new(struct vm *vm, enum native id, const struct value *args,
                       struct allowance **ret, uint64_t *ret_bytes)
{
	struct allowance *a = arena_new(host_arena(vm), struct allowance);

	if (!a)
		return ERR_NO_MEMORY;
	*a = (struct allowance){ .id = id };
	TRY(fill(vm, a, args, ret_bytes));
	*ret = a;
	return ERR_OK;
}

/* The smallest index that was reported so far. */
struct verdict {
	bool broken;
	uint32_t index;
};

static void report(struct verdict *v, uint32_t index)
{
	if (!v->broken || index < v->index)
		v->index = index;
	v->broken = true;
}

static bool is_stacking(enum native id)
{
	return id == NATIVE_WITH_STACKING || id == NATIVE_WITH_STAKING;
}

static bool is_of_kind(const struct allowance *a, enum asset_kind kind)
{
	if (kind == ASSET_STX || kind == ASSET_STX_BURN)
		return a->id == NATIVE_WITH_STX;
	return kind == ASSET_STACKING && is_stacking(a->id);
}

/* Each amount must keep within all allowances of its kind. */
static void check_amount(struct verdict *v, const struct allowance *list,
                         enum asset_kind kind, u128 amount)
{
	bool is_allowed = false;

	for (const struct allowance *a = list; a; a = a->next) {
		if (!is_of_kind(a, kind))
			continue;
		is_allowed = true;
		if (amount > a->amount)
			report(v, a->index);
	}
	if (!is_allowed)
		report(v, ALLOWANCE_NONE);
}

static bool names_asset(const struct allowance *a, const struct asset_entry *e)
{
	bool is_any = a->name.len == 1 && a->name.p[0] == '*';

	return principal_eq(a->contract, e->contract) &&
	       (is_any || span_eq(a->name, e->name));
}

static void check_ft(struct verdict *v, const struct allowance *list,
                     const struct asset_entry *e)
{
	bool is_allowed = false;

	for (const struct allowance *a = list; a; a = a->next) {
		if (a->id != NATIVE_WITH_FT || !names_asset(a, e))
			continue;
		is_allowed = true;
		if (e->amount > a->amount)
			report(v, a->index);
	}
	if (!is_allowed)
		report(v, ALLOWANCE_NONE);
}

static bool has_id(const struct allowance *a, const struct value *id)
{
	for (uint32_t i = 0; i < a->n_ids; i++) {
		if (value_eq(&a->ids[i], id))
			return true;
	}
	return false;
}

/* Allowances that spell the same asset count as one, under the first. */
static bool is_same_spelling(const struct allowance *a,
                             const struct allowance *b)
{
	return b->id == NATIVE_WITH_NFT && span_eq(a->name, b->name) &&
	       principal_eq(a->contract, b->contract);
}

static void check_id(struct verdict *v, const struct allowance *list,
                     const struct allowance *a, const struct value *id)
{
	uint32_t first = a->index;

	for (const struct allowance *b = list; b; b = b->next) {
		if (!is_same_spelling(a, b))
			continue;
		if (has_id(b, id))
			return;
		if (b->index < first)
			first = b->index;
	}
	report(v, first);
}

static void check_nft(struct verdict *v, const struct allowance *list,
                      const struct asset_entry *e)
{
	bool is_allowed = false;

	for (const struct allowance *a = list; a; a = a->next) {
		if (a->id != NATIVE_WITH_NFT || !names_asset(a, e))
			continue;
		is_allowed = true;
		for (const struct asset_id *i = e->ids; i; i = i->next)
			check_id(v, list, a, &i->id);
	}
	if (!is_allowed)
		report(v, ALLOWANCE_NONE);
}

static void check_pox(struct verdict *v, const struct allowance *list)
{
	for (const struct allowance *a = list; a; a = a->next) {
		if (a->id == NATIVE_WITH_POX)
			return;
	}
	report(v, ALLOWANCE_NONE);
}

static void check_entry(struct verdict *v, const struct allowance *list,
                        const struct asset_entry *e)
{
	switch (e->kind) {
	case ASSET_STX:
	case ASSET_STX_BURN:
	case ASSET_STACKING:
		check_amount(v, list, e->kind, e->amount);
		return;
	case ASSET_FT:
		check_ft(v, list, e);
		return;
	case ASSET_NFT:
		check_nft(v, list, e);
		return;
	case ASSET_POX:
		check_pox(v, list);
		return;
	}
}

/* What was moved and burnt counts together, from epoch 3.4; before, only the
 * excess of both together over an allowance that each keeps is no answer. */
static enum err check_together(struct vm *vm, struct verdict *v,
                               const struct allowance *list, u128 total)
{
	struct verdict together = { 0 };

	for (const struct allowance *a = list; a; a = a->next) {
		if (a->id == NATIVE_WITH_STX && total > a->amount)
			report(&together, a->index);
	}
	if (!together.broken)
		return ERR_OK;
	if (epoch_combines_stx_allowance(host_epoch(vm)))
		report(v, together.index);
	else if (!v->broken)
		return host_fail(vm, VM_ERROR_EXPECT,
		                 "moved and burnt STX pass an allowance");
	return ERR_OK;
}

static bool allows_all(const struct allowance *list)
{
	for (const struct allowance *a = list; a; a = a->next) {
		if (a->id == NATIVE_WITH_ALL)
			return true;
	}
	return false;
}

enum err allowance_check(struct vm *vm, const struct principal *owner,
                         const struct allowance *list,
                         const struct asset_map *m, bool *broken, uint32_t *ret)
{
	struct verdict v = { 0 };
	u128 total = 0;

	*broken = false;
	if (allows_all(list))
		return ERR_OK;
	for (uint32_t i = m->start; i < m->n; i++) {
		const struct asset_entry *e = &m->items[i];

		if (!principal_eq(e->owner, owner))
			continue;
		check_entry(&v, list, e);
		if (e->kind != ASSET_STX && e->kind != ASSET_STX_BURN)
			continue;
		if (!u128_add(&total, total, e->amount))
			return host_fail(vm, VM_ERROR_EXPECT,
			                 "moved and burnt STX overflow");
	}
	TRY(check_together(vm, &v, list, total));
	*broken = v.broken;
	*ret = v.index;
	return ERR_OK;
}
