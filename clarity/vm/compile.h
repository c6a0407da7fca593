/*
 * clarity/vm/compile.h - From the checked tree to code.
 *
 * Compiling decides once what an interpreter decides at each step: what a
 * name means, which price applies, which copies are paid, how deep calls are.
 * It follows the order in which the network evaluates and charges, form by
 * form; that order is the specification, and compile*.c reads like it.
 *
 * Types from the checker make code faster and shorter, but nothing depends on
 * them: without them the instructions test what they get.
 *
 * Layer:    clarity/vm.
 * Memory:   code lives in the contract's arena.
 * Threads:  belongs to one machine.
 * Spec:     SIP-002; docs/CONSENSUS.md, "Evaluation".
 */
#ifndef CLARITY_VM_COMPILE_H
#define CLARITY_VM_COMPILE_H

#include <stdbool.h>

#include "clarity/base/err.h"
#include "clarity/cost/price.h"
#include "clarity/vm/contract.h"
#include "clarity/vm/emit.h"

/** What code is compiled for. */
struct compile_target {
	const struct price *prices;
	enum epoch epoch;
	bool is_exact;
};

/** Compiles a function of `c`. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err compile_function(struct contract *c, const struct function *f,
                                   const struct compile_target *t,
                                   struct code **ret);

/**
 * Compiles an expression outside all functions; its value is returned.
 *
 * @param pays  whether the copy of a name's value is paid: not where the
 *              value is only looked at
 */
MUST_USE enum err compile_toplevel(struct contract *c,
                                   const struct ast_node *node,
                                   const struct compile_target *t, bool pays,
                                   struct code **ret);

/*
 * For the other compile_*.c files.
 */

/** The arguments of an application: written, or (in loops) in registers. */
struct compile_args {
	const struct ast_node *nodes; /* NULL: `ready` */
	const struct opnd *ready;
	uint32_t n;
};

/** Compiles an expression. */
void compile_expr(struct emitter *em, const struct ast_node *node,
                  struct opnd *ret);

/** Compiles argument `i`, leaving it where it is. */
void compile_arg(struct emitter *em, const struct compile_args *args,
                 uint32_t i, struct opnd *ret);

/** As compile_arg; its copy is paid. */
void compile_owned(struct emitter *em, const struct compile_args *args,
                   uint32_t i, struct opnd *ret);

/**
 * Compiles arguments into consecutive registers.
 *
 * @param first     the first of them
 * @param pays      whether copies are paid
 * @param in_place  if not NULL: which copies are unpaid (of the first 32)
 * @return the first register's operand; if there are none, where it would be
 */
uint32_t compile_row(struct emitter *em, const struct compile_args *args,
                     uint32_t first, bool pays, uint32_t *in_place);

/**
 * As compile_row for natives of kinds N and X and for functions: each value is
 * held as memory.
 *
 * @param values  if not NULL: where each value's operand and type go
 */
uint32_t compile_held_row(struct emitter *em, const struct compile_args *args,
                          struct opnd *values);

/**
 * Compiles arguments that are left where they are, each held as memory.
 *
 * @param values  where each one's operand and type go
 */
void compile_held_values(struct emitter *em, const struct compile_args *args,
                         struct opnd *values);

/** Charges what a function costs before its body, for these arguments. */
void compile_charge_user(struct emitter *em, const struct function *f,
                         const struct opnd *values, uint32_t n);

/** Compiles the body of a function instead of its call, if that makes no
 * difference. @return false if nothing was done. */
bool compile_inline(struct emitter *em, const struct function *f,
                    const struct compile_args *args, struct opnd *ret);

/** Compiles the application of a native, behind its look-up. */
void compile_native(struct emitter *em, enum native id,
                    const struct compile_args *args, struct opnd *ret);

/** Compiles an application whose function was looked up. */
void compile_callee(struct emitter *em, uint32_t sym,
                    const struct compile_args *args, struct opnd *ret);

/** Compiles an application of any function of the contract or language. */
void compile_apply(struct emitter *em, uint32_t sym,
                   const struct compile_args *args, struct opnd *ret);

/**
 * Each compiles a family of forms that evaluate their arguments themselves,
 * behind the look-up, with the number of arguments tested.
 */

/** Compiles control flow, bindings and what goes with them. */
void compile_form(struct emitter *em, enum native id,
                  const struct compile_args *args, struct opnd *ret);
/** Compiles what reads and writes variables, maps and tokens. */
void compile_data(struct emitter *em, enum native id,
                  const struct compile_args *args, struct opnd *ret);
/** Compiles calls of contracts, and what runs as somebody else. */
void compile_call(struct emitter *em, enum native id,
                  const struct compile_args *args, struct opnd *ret);
/** Compiles map, filter and fold. */
void compile_loop(struct emitter *em, enum native id,
                  const struct compile_args *args, struct opnd *ret);
/** Compiles natives whose arguments are looked at one by one. */
void compile_steps(struct emitter *em, enum native id,
                   const struct compile_args *args, struct opnd *ret);

/** Makes a tuple of the `n` registers that were taken last; their types may be
 * NULL. */
void compile_form_tuple(struct emitter *em, const struct span *names,
                        const struct opnd *values, uint32_t n,
                        struct opnd *ret);

/** @return the operand of a bool. */
uint32_t compile_bool(struct emitter *em, bool is_true);

#endif /* CLARITY_VM_COMPILE_H */
