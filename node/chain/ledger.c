/* node/chain/ledger.c - A block's own writes; contract in ledger.h. */
#include "config.h"

#include "node/chain/ledger.h"

#include <stdio.h>

#include "clarity/value/value_codec.h"
#include "node/chain/account.h"

/* Decimal text of 64 bits, its NUL included. */
#define TIME_TEXT_MAX 21

/* A uint as consensus bytes: a prefix and 16 bytes. */
#define UINT_LEN 17u

const struct cost ledger_free = { .of = { UINT64_MAX, UINT64_MAX, UINT64_MAX,
	                                  UINT64_MAX, UINT64_MAX } };

static struct store_key ledger_key(const char *text)
{
	return (struct store_key){ .text = span_str(text) };
}

static struct store_key ledger_epoch_key(void)
{
	return ledger_key("vm-epoch::epoch-version");
}

static struct store_key ledger_supply_key(void)
{
	return ledger_key("_stx-data::ustx_liquid_supply");
}

enum err ledger_epoch(struct vm *vm, enum epoch *ret, bool *found)
{
	struct store_key key = ledger_epoch_key();
	struct span bytes;

	TRY(vm_read(vm, &key, &bytes, found));
	if (!*found)
		return ERR_OK;
	if (bytes.len != 4 || !epoch_from_id(ret, be32_read(bytes.p)))
		return ERR_STORE_CORRUPT;
	return ERR_OK;
}

/* One entry of 32 bits in a transaction of its own. */
static enum err ledger_set_u32(struct vm *vm, const struct store_key *key,
                               uint32_t n)
{
	uint8_t bytes[4];

	be32_write(bytes, n);
	vm_begin(vm, &ledger_free);
	TRY(vm_write(vm, key, span_of(bytes, sizeof(bytes)), STORE_HEX));
	return vm_commit(vm);
}

enum err ledger_set_epoch(struct vm *vm, enum epoch epoch)
{
	struct store_key key = ledger_epoch_key();

	return ledger_set_u32(vm, &key, (uint32_t)epoch);
}

enum err ledger_set_tenure(struct vm *vm, uint32_t height)
{
	struct store_key key = ledger_key("_stx-data::tenure_height");

	return ledger_set_u32(vm, &key, height);
}

enum err ledger_set_time(struct vm *vm, uint64_t time)
{
	struct store_key key =
	    ledger_key("_stx-data::clarity_storage::block_time");
	char text[TIME_TEXT_MAX];
	int len =
	    snprintf(text, sizeof(text), "%llu", (unsigned long long)time);

	vm_begin(vm, &ledger_free);
	TRY(vm_write(vm, &key, span_of(text, (size_t)len), STORE_TEXT));
	return vm_commit(vm);
}

enum err ledger_supply(struct vm *vm, u128 *ret)
{
	struct store_key key = ledger_supply_key();
	struct span stored;
	bool found;

	*ret = 0;
	TRY(vm_read(vm, &key, &stored, &found));
	if (!found)
		return ERR_OK;
	if (stored.len != UINT_LEN)
		return ERR_STORE_CORRUPT;
	*ret = be128_read(stored.p + 1);
	return ERR_OK;
}

enum err ledger_add_supply_here(struct vm *vm, u128 amount)
{
	struct store_key key = ledger_supply_key();
	uint8_t bytes[UINT_LEN] = { 1 }; /* the prefix of a uint */
	u128 supply;

	TRY(ledger_supply(vm, &supply));
	if (!u128_add(&supply, supply, amount))
		return ERR_STORE_CORRUPT;
	be128_write(bytes + 1, supply);
	return vm_write(vm, &key, span_of(bytes, UINT_LEN), STORE_HEX);
}

enum err ledger_add_supply(struct vm *vm, u128 amount)
{
	vm_begin(vm, &ledger_free);
	TRY(ledger_add_supply_here(vm, amount));
	return vm_commit(vm);
}

enum err ledger_credit_here(struct vm *vm, const struct store_view *view,
                            const struct principal *who, u128 amount)
{
	struct stx_balance b;

	TRY(account_balance(vm, who, &b));
	if (!stx_balance_unlock(&b, view) ||
	    !u128_add(&b.unlocked, b.unlocked, amount))
		return ERR_STORE_CORRUPT;
	return account_set_balance(vm, who, &b);
}

enum err ledger_credit(struct vm *vm, const struct store_view *view,
                       const struct principal *who, u128 amount)
{
	vm_begin(vm, &ledger_free);
	TRY(ledger_credit_here(vm, view, who, amount));
	return vm_commit(vm);
}
