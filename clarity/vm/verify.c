/* clarity/vm/verify.c - The verifier of code; contract in verify.h. */
#include "config.h"

#include "clarity/vm/verify.h"

#include "clarity/cost/price.h"
#include "clarity/vm/dispatch.h"

/* What is being verified. */
struct job {
	const struct code *code;
	const struct contract *contract;
};

static bool is_reg(const struct job *j, uint32_t at, uint32_t n)
{
	uint64_t end = (uint64_t)(at >> 1) + n;

	return (at & 1) == 0 && end <= j->code->n_regs;
}

static bool is_operand(const struct job *j, uint32_t at)
{
	if (at & 1)
		return at >> 1 < j->code->n_consts;
	return is_reg(j, at, 1);
}

/* A row may be empty, and then it may begin behind the last register. */
static bool is_row(const struct job *j, uint32_t at, uint32_t n)
{
	return (at & 1) == 0 && is_reg(j, at, n);
}

/* The number behind a row: registers of walks count twice. */
static uint32_t row_len(const struct insn *i, uint32_t n)
{
	bool are_walks = i->op == OP_MAP_BEGIN || i->op == OP_MAP_EMPTY;

	return are_walks && n <= BYTECODE_MAX_REGS ? 2 * n : n;
}

static bool is_call_site(const struct job *j, uint32_t at)
{
	if (at >= j->code->n_calls)
		return false;
	return j->code->calls[at].contract ||
	       is_operand(j, j->code->calls[at].target);
}

static bool is_tuple_site(const struct job *j, const struct insn *i,
                          uint32_t at)
{
	if (at >= j->code->n_tuples)
		return false;

	const struct tuple_site *s = &j->code->tuples[at];

	for (uint32_t k = 0; s->type && k < s->n; k++) {
		if (s->order[k] >= s->n)
			return false;
	}
	return s->n == i->c;
}

/* Control goes back only to where a walk goes on, so that it ends. */
static bool is_target(const struct job *j, const struct insn *i, uint32_t at)
{
	const struct insn *to;

	if (at >= j->code->n_insns)
		return false;
	to = &j->code->insns[at];
	return to > i || i->op == OP_ITER_AGAIN ||
	       (i->op == OP_JUMP && to->op == OP_ITER_NEXT);
}

/* One operand, by its role; `next` is the one behind it. */
static bool is_fit(const struct job *j, const struct insn *i, char role,
                   uint32_t v, uint32_t next)
{
	switch (role) {
	case '.':
	case 'i':
	case 'n':
		return true;
	case 'd':
	case 'm':
		return is_reg(j, v, 1);
	case 'w':
		return is_reg(j, v, 2);
	case 's':
		return is_operand(j, v);
	case 'r':
		return is_row(j, v, row_len(i, next));
	case 'j':
		return is_target(j, i, v);
	case 'N':
		return v < j->code->n_natives;
	case 'T':
		return is_tuple_site(j, i, v);
	case 'C':
		return is_call_site(j, v);
	case 'F':
		return v < j->code->n_names;
	case 'v':
		return v < j->contract->n_vars;
	case 'p':
		return v < j->contract->n_maps;
	case 'f':
		return v < j->contract->n_functions;
	default:
		return false;
	}
}

/* The keywords whose value is no constant. */
static bool is_fact(uint32_t id)
{
	return id >= NATIVE_KEYWORDS && id < NATIVE_DEFINES &&
	       id != KEYWORD_TRUE && id != KEYWORD_FALSE && id != KEYWORD_NONE;
}

/* The small number in `x` often indexes a table. */
static bool is_x_fit(const struct insn *i)
{
	switch ((int)i->op) {
	case OP_CHARGE:
	case OP_CHARGE_SIZE:
	case OP_CHARGE_MIN:
	case OP_CHARGE_BYTES:
		return i->x < PRICE_COUNT;
	case OP_CHARGE_NATIVE:
		return i->x < NATIVE_KEYWORDS &&
		       dispatch_native((enum native)i->x)->size;
	case OP_NATIVE:
		return i->x < NATIVE_KEYWORDS &&
		       dispatch_native((enum native)i->x)->fn;
	case OP_STEP:
		return i->x < DISPATCH_STEP_COUNT;
	case OP_FAIL:
	case OP_THROW:
		return i->x < VM_ERROR_COUNT;
	case OP_KEYWORD:
		return is_fact(i->x);
	case OP_WRAP:
		return i->x >= VALUE_SOME && i->x <= VALUE_ERR;
	default:
		return true;
	}
}

/* A called function reads as many arguments as it has parameters. */
static bool is_call_fit(const struct job *j, const struct insn *i)
{
	if (i->op == OP_BIND)
		return i->x < j->contract->functions[i->d].n_params;
	if (i->op != OP_CALL)
		return true;
	return j->contract->functions[i->d].n_params == i->c;
}

static bool ends(enum opcode op)
{
	return op == OP_RETURN || op == OP_THROW || op == OP_JUMP ||
	       op == OP_FAIL;
}

static bool is_insn_fit(const struct job *j, const struct insn *i)
{
	if (i->op >= OP_COUNT || !is_x_fit(i))
		return false;

	const char *roles = bytecode_roles((enum opcode)i->op);

	return is_fit(j, i, roles[0], i->a, i->b) &&
	       is_fit(j, i, roles[1], i->b, i->c) &&
	       is_fit(j, i, roles[2], i->c, i->d) &&
	       is_fit(j, i, roles[3], i->d, 0) && is_call_fit(j, i);
}

bool verify_code(const struct code *code, const struct contract *c)
{
	struct job j = { code, c };

	if (code->n_insns == 0 ||
	    !ends((enum opcode)code->insns[code->n_insns - 1].op))
		return false;
	for (uint32_t k = 0; k < code->n_insns; k++) {
		if (!is_insn_fit(&j, &code->insns[k]))
			return false;
	}
	return true;
}
