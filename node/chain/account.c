/* node/chain/account.c - Nonces and balances; contract in account.h. */
#include "config.h"

#include "node/chain/account.h"

#include <stdio.h>

#include "clarity/base/num.h"

/* A nonce is stored as decimal text of at most 20 digits. */
#define NONCE_TEXT_MAX 21

static struct store_key account_nonce_key(const struct principal *who)
{
	return (struct store_key){ .text = span_str("vm-account::"),
		                   .tail = span_of(who, principal_len(who)),
		                   .form = STORE_TAIL_NONCE };
}

enum err account_nonce(struct vm *vm, const struct principal *who,
                       uint64_t *ret)
{
	struct store_key key = account_nonce_key(who);
	struct span text;
	uint64_t nonce = 0;
	bool found;

	TRY(vm_read(vm, &key, &text, &found));
	for (size_t i = 0; found && i < text.len; i++) {
		uint64_t digit = (uint64_t)text.p[i] - '0';

		if (digit > 9 || !u64_mul(&nonce, nonce, 10) ||
		    !u64_add(&nonce, nonce, digit))
			return ERR_STORE_CORRUPT;
	}
	*ret = nonce;
	return ERR_OK;
}

enum err account_set_nonce(struct vm *vm, const struct principal *who,
                           uint64_t nonce)
{
	struct store_key key = account_nonce_key(who);
	char text[NONCE_TEXT_MAX];
	int len =
	    snprintf(text, sizeof(text), "%llu", (unsigned long long)nonce);

	return vm_write(vm, &key, span_of(text, (size_t)len), STORE_TEXT);
}

enum err account_balance(struct vm *vm, const struct principal *who,
                         struct stx_balance *ret)
{
	struct store_key key = stx_balance_key(who);
	struct span stored;
	bool found;

	*ret = (struct stx_balance){ 0 };
	TRY(vm_read(vm, &key, &stored, &found));
	if (found && !stx_balance_parse(ret, stored))
		return ERR_STORE_CORRUPT;
	return ERR_OK;
}

enum err account_set_balance(struct vm *vm, const struct principal *who,
                             const struct stx_balance *b)
{
	struct store_key key = stx_balance_key(who);
	uint8_t bytes[STX_BALANCE_MAX_LEN];
	uint32_t len = stx_balance_format(bytes, b);

	return vm_write(vm, &key, span_of(bytes, len), STORE_HEX);
}

enum err account_debit(struct vm *vm, const struct store_view *view,
                       const struct principal *who, u128 amount)
{
	struct stx_balance b;

	TRY(account_balance(vm, who, &b));
	if (!stx_balance_unlock(&b, view))
		return ERR_STORE_CORRUPT;
	if (!u128_sub(&b.unlocked, b.unlocked, amount))
		return ERR_TX_FEE;
	return account_set_balance(vm, who, &b);
}

enum err account_credit(struct vm *vm, const struct principal *who, u128 amount)
{
	struct stx_balance b;

	TRY(account_balance(vm, who, &b));
	if (!u128_add(&b.unlocked, b.unlocked, amount))
		return ERR_STORE_CORRUPT;
	return account_set_balance(vm, who, &b);
}
