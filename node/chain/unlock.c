/* node/chain/unlock.c - Grants by height; contract in unlock.h. */
#include "config.h"

#include "node/chain/unlock.h"

#include "clarity/value/value_codec.h"
#include "node/chain/genesis.h"
#include "node/chain/ledger.h"

/* A uint as consensus bytes. */
#define UINT_LEN 17u

/* Reads the map's entry: a list, or nothing. */
static enum err unlock_read(struct arena *a, struct vm *vm,
                            const struct chain_params *params, uint32_t height,
                            struct value *ret, bool *found)
{
	char map[GENESIS_MAP_MAX];
	uint8_t bytes[UINT_LEN] = { 1 }; /* the prefix of a uint */
	struct store_key key = { .tail = span_of(bytes, UINT_LEN),
		                 .form = STORE_TAIL_HEX };
	struct value_codec_diag diag;
	struct span stored;

	TRY(genesis_grants_map(params, map));
	key.text = span_str(map);
	be128_write(bytes + 1, height);
	TRY(vm_read(vm, &key, &stored, found));
	if (!*found)
		return ERR_OK;
	TRY(value_codec_read_all(a, ret, stored, &diag));
	*found = value_outer(ret) == VALUE_SOME;
	if (!*found)
		return ERR_OK;
	ret->wraps >>= 2;
	return ret->wraps == 0 && ret->kind == VALUE_LIST ? ERR_OK
	                                                  : ERR_STORE_CORRUPT;
}

static enum err unlock_one(struct vm *vm, const struct store_view *view,
                           const struct value *grant, struct event *ret)
{
	const struct value *amount, *to;

	if (!value_is(grant, VALUE_TUPLE))
		return ERR_STORE_CORRUPT;
	amount = value_tuple_get(grant, span_str("amount"));
	to = value_tuple_get(grant, span_str("recipient"));
	if (!amount || !to || !value_is(amount, VALUE_UINT) ||
	    !value_is(to, VALUE_PRINCIPAL))
		return ERR_STORE_CORRUPT;
	*ret = (struct event){ .kind = EVENT_STX_MINT,
		               .recipient = to->principal,
		               .amount = amount->u };
	return ledger_credit_here(vm, view, to->principal, amount->u);
}

enum err unlock_grants(struct arena *a, struct vm *vm,
                       const struct chain_params *params,
                       const struct store_view *view, struct unlock_list *ret)
{
	struct unlock_list list = { 0 };
	struct event *events;
	struct value v;
	bool found;
	enum err e;

	vm_begin(vm, &ledger_free);
	e = unlock_read(a, vm, params, view->height, &v, &found);
	if (e != ERR_OK)
		return e == ERR_VALUE_BYTES ? ERR_STORE_CORRUPT : e;
	if (found) {
		events = arena_array(a, v.n, sizeof(*events));
		if (!events)
			return ERR_NO_MEMORY;
		list.events = events;
		list.n = v.n;
		for (uint32_t i = 0; i < v.n; i++) {
			TRY(unlock_one(vm, view, &v.items[i], &events[i]));
			if (!u128_add(&list.total, list.total,
			              events[i].amount))
				return ERR_STORE_CORRUPT;
		}
	}
	*ret = list;
	return vm_commit(vm);
}
