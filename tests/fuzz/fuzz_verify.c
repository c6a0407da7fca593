/*
 * tests/fuzz/fuzz_verify.c - What the verifier accepts cannot crash the loop.
 *
 * Code is made from the bytes, seven for an instruction, and put in the place
 * of a function's; operands are now and then out of their table.  Properties:
 * what the verifier accepts runs to an end, on a machine that afterwards runs
 * an honest function as before; what has one operand outside its table is not
 * accepted.
 *
 * The verifier shows where operands lie and where control goes.  It does not
 * show of which kind values are: of that the compiler takes care, by the
 * checker's types; and that registers are written before they are read.  So
 * all registers are written first, and instructions that believe in kinds and
 * would follow a pointer, and those that must come in pairs, are made but not
 * run (`runs`).
 */
#include "config.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/vm/load.h"
#include "clarity/vm/verify.h"
#include "clarity/vm/vm.h"
#include "tests/lib/fuzz.h"
#include "tests/lib/vm_case.h"

#define INSN_BYTES 7u
#define MAX_INSNS 64u
#define N_REGS 8u
#define N_PARAMS 2u
#define N_FIRST (N_REGS - N_PARAMS) /* instructions that write registers */

/* A call ends when it has cost that; each instruction costs something. */
#define RUNTIME_LIMIT 100000u

static const char source[] =
    "(define-data-var v uint u5)"
    "(define-map m uint uint)"
    "(define-read-only (made (a uint) (b uint)) a)"
    "(define-public (wrapped (a uint) (b uint)) (ok a))"
    "(define-private (one (a uint)) (+ a u1))"
    "(define-read-only (honest (a uint) (b uint)) (+ a (* b u2)))";

static struct vm_case state;
static struct vm *vm;
static const struct principal *id;
static struct value consts[6];
static const struct span names[] = { { NULL, 0 } };
static struct call_site calls[2];
static struct tuple_site tuples[1];

static void begin(void)
{
	struct cost limit;

	memset(&limit, 0xff, sizeof(limit));
	limit.of[COST_RUNTIME] = RUNTIME_LIMIT;
	vm_begin(vm, &limit);
}

static void make_tables(void)
{
	static const struct span field[] = { { (const uint8_t *)"k", 1 } };

	consts[0] = value_uint(0);
	consts[1] = value_uint(7);
	consts[2] = value_int(-3);
	consts[3] = value_bool(true);
	consts[4] = value_none();
	consts[5] = value_uint(1);
	consts[5].wraps = VALUE_OK;
	calls[0].contract = id;
	calls[0].function = span_str("honest");
	calls[1].target = bytecode_const(1);
	calls[1].function = span_str("honest");
	tuples[0].names = field;
	tuples[0].n = 1;
}

static void open_machine(void)
{
	struct vm_chain chain = { .epoch = EPOCH_3_4, .chain_id = 0x80000000u };
	struct vm_source s = { .text = span_str(source), .version = CLARITY_3 };
	struct cost limit;
	struct vm_result r;

	vm_case_open(&state);
	state.inner.view.height = 1;
	CHECK(vm_new(&vm, &chain, &state.store) == ERR_OK);
	CHECK(principal_parse(
		  &state.lasting, &id,
		  span_str("ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.c")) ==
	      PRINCIPAL_OK);
	s.contract = id;
	memset(&limit, 0xff, sizeof(limit));
	vm_begin(vm, &limit);
	CHECK(vm_deploy(vm, &s, &r) == ERR_OK);
	CHECK(vm_commit(vm) == ERR_OK);
	make_tables();
}

static enum err run(const char *name, struct vm_result *ret)
{
	struct value args[2] = { value_uint(4), value_uint(9) };
	struct vm_call c = { .contract = id,
		             .sender = id,
		             .function = span_str(name),
		             .args = args,
		             .n_args = 2 };

	begin();
	return vm_call(vm, &c, ret);
}

/* How many there are of what an operand of this role names. */
static uint32_t count_of(char role, const struct code *code,
                         const struct contract *c)
{
	switch (role) {
	case 'j':
		return code->n_insns;
	case 'T':
		return code->n_tuples;
	case 'C':
		return code->n_calls;
	case 'F':
		return code->n_names;
	case 'v':
		return c->n_vars;
	case 'p':
		return c->n_maps;
	case 'f':
		return c->n_functions;
	case 'n':
		return 3;
	default:
		return 2 * N_REGS;
	}
}

/* Nearly always inside its table; registers are even. */
static uint32_t operand(uint8_t byte, char role, const struct code *code,
                        const struct contract *c)
{
	uint32_t n = count_of(role, code, c);

	if (byte == 0xff)
		return UINT32_MAX - 1;
	if (role == 's')
		return byte & 1 ? bytecode_const(byte / 2 % COUNT_OF(consts))
		                : bytecode_reg(byte / 2 % N_REGS);
	if (role == 'd' || role == 'm' || role == 'r' || role == 'w')
		return bytecode_reg(byte % N_REGS);
	return n > 0 ? byte % n : 0;
}

static void make_insn(struct insn *i, const uint8_t *b, const struct code *code,
                      const struct contract *c)
{
	const char *roles;

	*i = (struct insn){ .op = b[0] % OP_COUNT, .x = b[1] };
	roles = bytecode_roles((enum opcode)i->op);
	i->a = operand(b[2], roles[0], code, c);
	i->b = operand(b[3], roles[1], code, c);
	i->c = operand(b[4], roles[2], code, c);
	i->d = operand(b[5], roles[3], code, c);
	i->cost = 10 + b[6];
}

/* Puts a constant into each register that is no parameter. */
static void make_first(struct insn *insns)
{
	for (uint32_t k = 0; k < N_FIRST; k++)
		insns[k] =
		    (struct insn){ .op = OP_MOVE,
			           .a = bytecode_reg(N_PARAMS + k),
			           .b = bytecode_const(k % COUNT_OF(consts)) };
}

static bool runs(const struct insn *i)
{
	switch ((int)i->op) {
	case OP_PLAIN:
	case OP_NATIVE:
	case OP_STEP:
	case OP_CHARGE_NATIVE:
	case OP_HOLD_BACK:
	case OP_SELF_BEGIN:
	case OP_SELF_END:
	case OP_TRAVEL_BEGIN:
	case OP_TRAVEL_END:
	case OP_ALLOW_BEGIN:
	case OP_ALLOW:
	case OP_GUARD_BEGIN:
	case OP_GUARD_END:
	case OP_ITER_NEXT:
	case OP_ITER_AGAIN:
	case OP_FILTER_BEGIN:
	case OP_FILTER_ADD:
	case OP_FILTER_END:
	case OP_MAP_BEGIN:
	case OP_MAP_ADD:
	case OP_MAP_END:
	case OP_MAP_EMPTY:
		return false;
	default:
		return true;
	}
}

static bool all_run(const struct code *code)
{
	for (uint32_t k = 0; k < code->n_insns; k++) {
		if (!runs(&code->insns[k]))
			return false;
	}
	return true;
}

/* One operand outside its table, whichever it is. */
static void check_refusals(const struct code *code, struct insn *insns,
                           const struct contract *c)
{
	for (uint32_t k = 0; k < code->n_insns; k++) {
		const char *roles = bytecode_roles((enum opcode)insns[k].op);
		uint32_t *at[] = { &insns[k].a, &insns[k].b, &insns[k].c,
			           &insns[k].d };

		for (uint32_t o = 0; o < COUNT_OF(at); o++) {
			uint32_t before = *at[o];

			if (strchr(".in", roles[o]))
				continue;
			*at[o] = UINT32_MAX - 1;
			CHECK(!verify_code(code, c));
			*at[o] = before;
		}
	}
}

static void run_in_place(struct contract *c, struct code *code)
{
	struct vm_result r;

	for (uint32_t f = 0; f < 2; f++) {
		c->functions[f].age = c->age;
		c->functions[f].codes[CONTRACT_FAST] = code;
		c->functions[f].codes[CONTRACT_EXACT] = code;
		(void)run(f == 0 ? "made" : "wrapped", &r);
		c->functions[f].codes[CONTRACT_FAST] = NULL;
		c->functions[f].codes[CONTRACT_EXACT] = NULL;
	}
	CHECK(run("honest", &r) == ERR_OK);
	CHECK(r.value.kind == VALUE_UINT && r.value.u == 22);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct insn insns[N_FIRST + MAX_INSNS];
	uint32_t nodes[N_FIRST + MAX_INSNS] = { 0 };
	uint32_t n = (uint32_t)(len / INSN_BYTES);
	struct contract *c;
	struct code code = {
		.insns = insns,
		.nodes = nodes,
		.consts = consts,
		.tuples = tuples,
		.calls = calls,
		.names = names,
		.n_insns = N_FIRST + n,
		.n_consts = COUNT_OF(consts),
		.n_tuples = COUNT_OF(tuples),
		.n_calls = COUNT_OF(calls),
		.n_names = COUNT_OF(names),
		.n_regs = N_REGS,
		.depth = 1,
	};

	if (!vm)
		open_machine();
	if (n == 0 || n > MAX_INSNS)
		return 0;
	begin();
	CHECK(load_contract(vm, id, &c) == ERR_OK && c);
	make_first(insns);
	for (uint32_t k = 0; k < n; k++)
		make_insn(&insns[N_FIRST + k], bytes + k * INSN_BYTES, &code,
		          c);
	if (!verify_code(&code, c))
		return 0;
	check_refusals(&code, insns, c);
	if (all_run(&code))
		run_in_place(c, &code);
	return 0;
}
