/*
 * clarity/vm/emit.h - Instructions one after another, with their charges.
 *
 * The compiler says what the network charges and when; this file turns that
 * into code.  In fast code a charge known now is kept and rides on the next
 * instruction; in exact code it is an instruction of its own.  The same goes
 * for memory and for the depth of calls.  So the compiler is written once,
 * and both codes follow from it.
 *
 * Registers are taken and given back like a stack: an expression leaves its
 * result in a constant, in a variable's register, or in the first register
 * that was free before it.
 *
 * Layer:    clarity/vm.
 * Memory:   everything is in the contract's arena.  A failed allocation is
 *           remembered and reported by emit_finish.
 * Threads:  belongs to one machine.
 */
#ifndef CLARITY_VM_EMIT_H
#define CLARITY_VM_EMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/cost/price.h"
#include "clarity/vm/bytecode.h"
#include "clarity/vm/contract.h"
#include "clarity/vm/vm_error.h"

/** Where an expression left its value. */
struct opnd {
	uint32_t at;             /* operand of an instruction */
	bool in_place;           /* a variable whose copy is not paid */
	const struct type *type; /* or NULL */
};

/** A name that is bound where we are. */
struct local {
	uint32_t sym;
	struct opnd value;
	bool is_callable_only; /* Clarity 1: seen by contract-call? alone */
};

/** Memory and registers at the start of something. */
struct emit_mark {
	uint64_t hold;
	uint32_t reg; /* of exact code: where the held memory is noted */
};

/** Parts of code that only a few instructions have. */
struct emit_tables {
	struct value *consts;
	struct native_site *natives;
	struct tuple_site *tuples;
	struct call_site *calls;
	struct span *names;
	struct inline_site *inlines;
	uint32_t n_consts, n_natives, n_tuples, n_calls, n_names, n_inlines;
};

/** Jumps to a place that is not known yet. */
struct emit_jumps {
	uint32_t n;
	uint32_t last; /* of them; each one's target is the one before it */
};

/** Where early returns of a function go whose body stands in the code of its
 * caller (compile_inline.c). */
struct emit_exit {
	uint32_t dest; /* register that gets the value */
	struct emit_jumps ends;
};

struct emitter {
	struct contract *contract;
	struct arena *arena;
	const struct price *prices;
	enum epoch epoch;
	bool is_exact;

	struct insn *insns;
	uint32_t *nodes;
	uint32_t n;
	uint32_t landed; /* the last index that jumps may go to */
	struct emit_tables tables;

	uint64_t pending; /* runtime for the next instruction to carry */
	uint32_t node;    /* id of the node that is being compiled */
	uint32_t top;     /* first free register */
	uint32_t n_regs;  /* most that were taken */
	uint32_t depth;   /* applications around us */
	uint32_t max_depth;
	uint32_t context; /* let and match around us */
	uint64_t hold;    /* memory that is held here, at most */
	uint64_t max_hold;

	struct local *locals;
	uint32_t n_locals;
	uint32_t first_local;   /* of the function whose body this is */
	struct emit_exit *exit; /* NULL: an early return leaves the frame */
	enum err err;           /* first failure */
};

/** Starts a function or expression of `c`. */
void emit_init(struct emitter *em, struct contract *c,
               const struct price *prices, enum epoch epoch, bool is_exact);

/** Ends it. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err emit_finish(struct emitter *em, struct code **ret);

/** Appends an instruction. @return its index. */
uint32_t emit_op(struct emitter *em, enum opcode op, uint32_t x,
                 const uint32_t abcd[4]);

/** As emit_op with the operands spelt out. */
#define EMIT(em, op, x, ...)                                                   \
	emit_op((em), OP_##op, (uint32_t)(x),                                  \
	        (const uint32_t[4]){ __VA_ARGS__ })

/** @return the index that the next instruction gets: a place to jump to. */
uint32_t emit_here(struct emitter *em);

/** Makes instruction `at` jump to here. */
void emit_land(struct emitter *em, uint32_t at);

/** Adds instruction `at`, a jump. */
void emit_jumps_add(struct emitter *em, struct emit_jumps *jumps, uint32_t at);

/** Makes all of them jump to here. */
void emit_jumps_land(struct emitter *em, const struct emit_jumps *jumps);

/** Jumps if condition `v`, which is gone afterwards, is `sense`. @return the
 * instruction's index. */
uint32_t emit_test(struct emitter *em, const struct opnd *v, bool sense);

/** Charges a price whose input size is known. */
void emit_charge(struct emitter *em, enum price_id id, uint64_t n);

/** Charges a price for the size of a value. */
void emit_charge_size(struct emitter *em, enum price_id id,
                      const struct opnd *v);

/** Charges the copy of a variable that was read in place. */
void emit_clone(struct emitter *em, struct opnd *v);

/** @return the size of every value of the operand's type, or 0 when they
 * differ or the type is not known. */
uint32_t emit_fixed_size(const struct opnd *v);

/**
 * @return the type that the checker gave an expression, or NULL where nothing
 *         was checked, and in exact code.  That code believes no type: an
 *         argument of a transaction, or a variable of a contract that was not
 *         yet there, may be something else than the checker says.
 */
const struct type *emit_type(const struct emitter *em,
                             const struct ast_node *node);

/** Starts something that holds memory until emit_hold_end. */
struct emit_mark emit_hold_begin(struct emitter *em);
void emit_hold_end(struct emitter *em, struct emit_mark m);

/** Holds the size of a value, or some bytes. */
void emit_hold(struct emitter *em, const struct opnd *v);
void emit_hold_bytes(struct emitter *em, uint32_t bytes);

/** Tests the depth of calls as before an application. */
void emit_depth(struct emitter *em);

/** Always fails here. */
void emit_fail(struct emitter *em, enum vm_error kind, struct span detail);

/** Returns early with a value, as error `kind` if nobody takes it. */
void emit_throw(struct emitter *em, enum vm_error kind, const struct opnd *v);

/** Takes a register. @return its operand. */
uint32_t emit_take(struct emitter *em);

/** Takes register `top` for the result of something whose registers, from
 * `top` on, are no longer needed. @return its operand. */
uint32_t emit_result(struct emitter *em, uint32_t top);

/** Puts a value into register `reg`, unless it is there.  A value in a free
 * register is gone afterwards: what makes it may make it in `reg`. */
void emit_move(struct emitter *em, uint32_t reg, struct opnd *v);

/** Keeps a value across the end of a block that began at `top`. */
void emit_keep(struct emitter *em, uint32_t top, struct opnd *v);

/** @return the operand of a constant. */
uint32_t emit_const(struct emitter *em, const struct value *v);

/** Each adds a row to a table. @return its index. */
uint32_t emit_native_site(struct emitter *em, const struct native_site *s);
uint32_t emit_tuple_site(struct emitter *em, const struct tuple_site *s);
uint32_t emit_call_site(struct emitter *em, const struct call_site *s);
uint32_t emit_name(struct emitter *em, struct span name);
uint32_t emit_inline_site(struct emitter *em, const struct inline_site *s);

/** Binds a name until emit_unbind. */
void emit_bind(struct emitter *em, const struct local *l);
void emit_unbind(struct emitter *em, uint32_t n_locals);

/** @return the binding of a name, or NULL. */
const struct local *emit_find(const struct emitter *em, uint32_t sym);

/** Remembers a failure to allocate. */
void *emit_alloc(struct emitter *em, size_t n, size_t size);

#endif /* CLARITY_VM_EMIT_H */
