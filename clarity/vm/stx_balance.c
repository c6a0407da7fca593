/* clarity/vm/stx_balance.c - Stored balances; contract in stx_balance.h. */
#include "config.h"

#include "clarity/vm/stx_balance.h"

/* Without the version byte. */
#define STORED_LEN (STX_BALANCE_MAX_LEN - 1)

struct store_key stx_balance_key(const struct principal *who)
{
	return (struct store_key){
		.text = span_str("vm-account::"),
		.tail = span_of(who, principal_len(who)),
		.form = STORE_TAIL_BALANCE,
	};
}

bool stx_balance_parse(struct stx_balance *ret, struct span stored)
{
	const uint8_t *p = stored.p;

	*ret = (struct stx_balance){ .pox = 1 };
	if (stored.len == STORED_LEN + 1) {
		if (p[0] > 3)
			return false;
		ret->pox = (uint8_t)(p[0] + 2);
		p++;
	} else if (stored.len != STORED_LEN) {
		return false;
	}
	ret->unlocked = be128_read(p);
	ret->locked = be128_read(p + 16);
	ret->unlock_height = be64_read(p + 32);
	if (ret->locked == 0) {
		ret->pox = 0;
		ret->unlock_height = 0;
	}
	return true;
}

uint32_t stx_balance_format(uint8_t ret[STX_BALANCE_MAX_LEN],
                            const struct stx_balance *b)
{
	uint8_t *p = ret;

	if (b->pox >= 2)
		*p++ = (uint8_t)(b->pox - 2);
	be128_write(p, b->unlocked);
	be128_write(p + 16, b->locked);
	be64_write(p + 32, b->unlock_height);
	return (uint32_t)(p - ret) + STORED_LEN;
}

/* Locks of old PoX versions end when their version does. */
uint64_t stx_balance_end(const struct stx_balance *b,
                         const struct store_view *view)
{
	uint64_t end = b->unlock_height;

	if (b->pox >= 1 && b->pox <= 4 && view->unlock_height[b->pox - 1] < end)
		end = view->unlock_height[b->pox - 1];
	return end;
}

bool stx_balance_unlock(struct stx_balance *b, const struct store_view *view)
{
	if (b->locked == 0 || stx_balance_end(b, view) > view->burn_height)
		return true;
	if (!u128_add(&b->unlocked, b->unlocked, b->locked))
		return false;
	b->locked = 0;
	b->unlock_height = 0;
	b->pox = 0;
	return true;
}
