/*
 * clarity/vm/stx_balance.h - An account's STX as it is stored.
 *
 * A balance can be locked until a height of Bitcoin.  Nobody unlocks it when
 * that comes: whoever looks at it next sees all of it as free, and whoever
 * takes from it writes it down so.  The machine and the chain around it (fees,
 * native transfers, rewards) share this one form.
 *
 * Layer:    clarity/vm.
 * Memory:   plain data; keys borrow the principal.
 * Threads:  pure.
 * Spec:     SIP-007; SIP-015, SIP-022 to SIP-024 (locks that end early).
 * Format:   [version] unlocked u128, locked u128, height u64, all big-endian;
 *           the version byte (0 to 3) only for locks of PoX 2 to 5.
 */
#ifndef CLARITY_VM_STX_BALANCE_H
#define CLARITY_VM_STX_BALANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/num.h"
#include "clarity/base/span.h"
#include "clarity/value/principal.h"
#include "clarity/vm/store.h"

/** The longest stored form. */
#define STX_BALANCE_MAX_LEN 41u

/** Amounts are microSTX. */
struct stx_balance {
	u128 unlocked;
	u128 locked;
	uint64_t unlock_height; /* of Bitcoin */
	uint8_t pox;            /* 1 to 5: whose lock; 0: none */
};

/** @return the key of the balance of `who`; its bytes are put as STORE_HEX. */
struct store_key stx_balance_key(const struct principal *who);

/** Reads the stored form. @return whether it is one. */
bool stx_balance_parse(struct stx_balance *ret, struct span stored);

/** Writes the stored form. @return how many bytes. */
uint32_t stx_balance_format(uint8_t ret[STX_BALANCE_MAX_LEN],
                            const struct stx_balance *b);

/** @return the height at which a locked balance becomes free. */
uint64_t stx_balance_end(const struct stx_balance *b,
                         const struct store_view *view);

/**
 * Applies a lock that has ended.
 *
 * @return false if the sum does not fit, which no supply allows.
 */
bool stx_balance_unlock(struct stx_balance *b, const struct store_view *view);

#endif /* CLARITY_VM_STX_BALANCE_H */
