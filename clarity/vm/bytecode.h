/*
 * clarity/vm/bytecode.h - The code that the machine runs.
 *
 * An instruction names registers of the running function, or constants of its
 * code, by one number: twice the index, plus 1 for a constant.  Each carries
 * the runtime that the network has charged between the instruction before it
 * and its own effect; only the fast code uses that (see compile.h).
 *
 * Code is trusted once verify_code has accepted it: the loop then tests
 * nothing that the verifier has shown.
 *
 * Layer:    clarity/vm.
 * Memory:   code lives with its contract.
 * Threads:  immutable once compiled.
 */
#ifndef CLARITY_VM_BYTECODE_H
#define CLARITY_VM_BYTECODE_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/span.h"
#include "clarity/value/principal.h"
#include "clarity/value/type.h"
#include "clarity/value/value.h"

enum opcode {
#define X(name, roles, text) OP_##name,
#include "clarity/vm/opcode.def"
#undef X
	OP_COUNT
};

struct insn {
	uint16_t op;   /* enum opcode */
	uint16_t x;    /* a small number: price, kind, native */
	uint32_t cost; /* runtime to add first */
	uint32_t a;    /* roles in opcode.def */
	uint32_t b;
	uint32_t c;
	uint32_t d;
};

/** Registers of one function: far above what a program of 2 MiB can need. */
#define BYTECODE_MAX_REGS (1u << 24)

/** @return the operand that names register `index`. */
static inline uint32_t bytecode_reg(uint32_t index)
{
	return index << 1;
}

/** @return the operand that names constant `index`. */
static inline uint32_t bytecode_const(uint32_t index)
{
	return index << 1 | 1;
}

/** Everything that one application of a native needs beyond registers. */
struct native_site {
	uint32_t in_place;       /* as native_call */
	uint32_t extra;          /* as native_call */
	const struct type *type; /* as native_call */
};

/** The fields of a tuple that an expression builds, as written. */
struct tuple_site {
	const struct span *names;
	uint32_t n;
	const struct type *type; /* known beforehand, or NULL */
	const uint32_t *order;   /* with type: which value each field takes */
};

/** A contract call. */
struct call_site {
	const struct principal *contract; /* NULL: `target` says */
	uint32_t target;                  /* operand with a callable */
	struct span function;
};

/** Instructions of a function that stand in the code of its caller: those
 * from `first` up to, but without, `end`. */
struct inline_site {
	uint32_t first;
	uint32_t end;
	uint32_t node;     /* id of the call */
	uint32_t function; /* of the contract */
};

struct code {
	const struct insn *insns;
	const uint32_t *nodes; /* for each: id of the node it comes from */
	const struct value *consts;
	const struct native_site *natives;
	const struct tuple_site *tuples;
	const struct call_site *calls;
	const struct span *names;          /* fields and the like */
	const struct inline_site *inlines; /* inner ones before outer ones */
	uint32_t n_insns;
	uint32_t n_consts;
	uint32_t n_natives;
	uint32_t n_tuples;
	uint32_t n_calls;
	uint32_t n_names;
	uint32_t n_inlines;
	uint32_t n_regs; /* parameters included */
	uint32_t depth;  /* deepest nesting of applications in the body */
	uint64_t hold;   /* most memory that arguments and bindings hold at a
	                    time, by the sizes of their types */
};

/** @return the opcode's name. */
const char *bytecode_name(enum opcode op);

/** @return the roles of a, b, c and d, as opcode.def explains. */
const char *bytecode_roles(enum opcode op);

#endif /* CLARITY_VM_BYTECODE_H */
