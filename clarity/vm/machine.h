/*
 * clarity/vm/machine.h - The inside of struct vm.
 *
 * One struct holds what a transaction has done so far; compile, run, frame and
 * the natives of the state work on it.  Nobody outside this folder includes
 * this header.
 *
 * Layer:    clarity/vm.
 * Memory:   `arena` lasts as long as the transaction, `stack` as long as the
 *           machine.
 * Threads:  belongs to one machine.
 */
#ifndef CLARITY_VM_MACHINE_H
#define CLARITY_VM_MACHINE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "clarity/base/arena.h"
#include "clarity/base/hmap.h"
#include "clarity/cost/memory.h"
#include "clarity/cost/meter.h"
#include "clarity/cost/price.h"
#include "clarity/vm/asset_map.h"
#include "clarity/vm/contract.h"
#include "clarity/vm/event.h"
#include "clarity/vm/hook.h"
#include "clarity/vm/host.h"
#include "clarity/vm/journal.h"
#include "clarity/vm/store.h"
#include "clarity/vm/vm.h"

/** Frames: one more than calls can nest in any epoch, and the entry. */
#define MACHINE_MAX_FRAMES 160u

/** Names in names: `let` and `match`; the syntax ends far earlier. */
#define MACHINE_MAX_CONTEXT 256u

/** What a call pays memory for while it has become its own contract. */
#define MACHINE_SELF_BYTES 1u

/** Contracts that one transaction can deploy. */
#define MACHINE_MAX_PENDING 64u

/** Who is running. */
struct who {
	struct contract *contract;
	const struct principal *sender;
	const struct principal *caller;
};

/** A function that was entered and has not returned. */
struct frame {
	struct function *fn; /* NULL: an expression at the top level */
	const struct code *code;
	const struct insn *pc; /* where to go on when it is active again */
	uint32_t base;         /* of its registers */
	uint32_t ret;          /* register that gets its result, from 0 */
	uint32_t depth;        /* calls that are open, itself included */
	uint32_t n_scopes;     /* that were open before it was called */
	uint32_t n_own;        /* that were open when its body began */
	uint64_t held;         /* memory that was held before it */
};

enum scope_kind {
	SCOPE_PUBLIC,    /* commits (ok …), rolls back anything else */
	SCOPE_READ_ONLY, /* always rolls back */
	SCOPE_CALL,      /* a contract call: other contract, its memory */
	SCOPE_SELF,      /* as-contract */
	SCOPE_TRAVEL,    /* at-block */
	SCOPE_ALLOW,     /* allowances are being collected */
	SCOPE_GUARD      /* restrict-assets? and as-contract? */
};

struct allowance;

/** Something to undo or settle when control leaves it, however it does. */
struct scope {
	enum scope_kind kind;
	bool was_read_only;
	uint32_t journal; /* marks, of those that are transactions */
	uint32_t events;
	uint32_t assets;
	uint64_t printed;
	struct who who;                /* before it */
	uint64_t held;                 /* memory that was held before it */
	uint32_t frame;                /* in which it was opened */
	uint32_t ret;                  /* register, of GUARD */
	const struct insn *end;        /* of GUARD */
	const struct principal *owner; /* of ALLOW and GUARD */
	bool is_self;                  /* as-contract?, not restrict-assets? */
	struct allowance *allowances;  /* of ALLOW and GUARD; newest first */
	uint32_t index;                /* of ALLOW: the next allowance's */
	uint64_t used;                 /* of ALLOW: all memory, before it */
	const uint8_t *block; /* of TRAVEL: where we were before, or NULL */
	const struct type *returns; /* of CALL by trait, or NULL */
	struct contract *entered;   /* of CALL */
	struct hook_call *after;    /* of CALL that a handler waits for */
};

/** The items of the list that was appended to last; see host_grow. */
struct machine_growing {
	struct value *items; /* NULL: there is none */
	uint32_t n;          /* that are in use by some list */
	uint32_t cap;        /* that there is room for */
};

/** The type of some list that was made; see host_list_type. */
struct machine_list {
	const struct type *item; /* NULL: none yet */
	const struct type *type;
};

/** Contracts that are kept at hand. */
#define MACHINE_RECENT 8u

/** Types of lists that are kept at hand. */
#define MACHINE_LISTS 16u

struct vm {
	struct vm_chain chain;
	struct store store;
	const struct price *prices;
	struct arena arena;    /* of the transaction */
	struct arena stack;    /* of registers; grows only */
	struct hmap contracts; /* by the bytes of their identifier */
	/* Of those, some that were looked up, by where their name lay. */
	struct contract *recent[MACHINE_RECENT];
	struct contract *evaluated; /* texts of vm_eval, until vm_begin */
	struct contract *pending[MACHINE_MAX_PENDING]; /* deployed, not yet
	                                                  committed */
	uint32_t n_pending;

	struct meter meter;
	struct memory memory;
	uint64_t held; /* part of memory.used that will be given back */

	struct journal journal;
	struct event_log events;
	struct asset_map assets;
	struct machine_growing growing;
	struct machine_list lists[MACHINE_LISTS]; /* by length */
	bool is_read_only;
	const uint8_t *block; /* as of which we see the state; NULL: now */
	bool is_astray;       /* the store failed while travelling */

	struct who who;
	const struct principal *sponsor;
	bool is_exact;
	bool wants_exact;          /* never run fast: for tests */
	const struct watch *watch; /* who looks on, or NULL */
	uint32_t n_watched;        /* frames that `watch` was told of */

	struct value *regs;
	uint32_t n_regs; /* that fit */
	struct frame frames[MACHINE_MAX_FRAMES];
	uint32_t n_frames;
	struct scope *scopes;
	uint32_t n_scopes;
	uint32_t cap_scopes;

	const struct hook *hooks;
	uint32_t n_hooks;

	struct vm_failure failure;
};

/** Charges a price; in the fast code a passed limit means ERR_RUN_EXACTLY. */
MUST_USE static inline enum err machine_charge(struct vm *vm, enum price_id id,
                                               uint64_t n)
{
	return price_charge(&vm->prices[id], n, &vm->meter);
}

/** Turns an error of meter or memory into the machine's. @return ERR_RUN,
 * ERR_RUN_EXACTLY, or `e` itself for everything else. */
MUST_USE enum err machine_limit(struct vm *vm, enum err e);

/** Counts memory that machine_back gives back; errors as machine_limit. */
MUST_USE enum err machine_hold(struct vm *vm, uint64_t bytes);

/** Gives back all memory held beyond `held`. */
void machine_back(struct vm *vm, uint64_t held);

/** @return `size`, or fails (INVARIANT) for TYPE_OVERSIZE. */
MUST_USE enum err machine_size(struct vm *vm, const struct value *v,
                               uint32_t *ret);

/** Records a failure. @return ERR_RUN. */
__attribute__((format(printf, 3, 4))) MUST_USE enum err
machine_fail(struct vm *vm, enum vm_error kind, const char *fmt, ...);

#endif /* CLARITY_VM_MACHINE_H */
