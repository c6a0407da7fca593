/* tests/unit/clarity/vm/test_verify.c - Claims about clarity/vm/verify.c: what
 * the compiler makes is accepted, and nothing that the loop cannot run. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdlib.h>

#include "clarity/vm/dis.h"
#include "clarity/vm/verify.h"
#include "tests/unit/clarity/vm/desk.h"

static const char text[] =
    "(define-data-var n uint u0)\n"
    "(define-map seen uint uint)\n"
    "(define-private (add (a uint) (b uint))\n"
    "  (let ((s (+ a b))) (if (> s u9) (* s u2) s)))\n"
    "(define-public (go (l (list 5 uint)))\n"
    "  (begin\n"
    "    (asserts! (> (len l) u0) (err u1))\n"
    "    (map-set seen u1 (fold add l u0))\n"
    "    (var-set n (get a { a: u1, b: (sha256 0x00) }))\n"
    "    (print (map + l l))\n"
    "    (ok (unwrap-panic (map-get? seen u1)))))\n";

static void open_one(struct desk *d)
{
	desk_open(d, EPOCH_3_4);
	assert_int_equal(desk_deploy(d, "c", CLARITY_4, text), ERR_OK);
	desk_begin(d);
}

static struct dis find(struct desk *d, uint32_t index, bool is_exact)
{
	struct dis dis;
	bool found;

	assert_int_equal(
	    dis_find(d->vm, desk_id(d, "c"), index, is_exact, &dis, &found),
	    ERR_OK);
	assert_true(found);
	return dis;
}

static void what_is_compiled_is_accepted(void **state)
{
	struct desk d;

	(void)state;
	open_one(&d);
	for (uint32_t f = 0; f < 2; f++) {
		for (int is_exact = 0; is_exact < 2; is_exact++) {
			struct dis dis = find(&d, f, is_exact);

			assert_true(verify_code(dis.code, dis.contract));
		}
	}
	desk_close(&d);
}

/* Tries every instruction with one field replaced. @return how many of the
 * changed programs were refused. */
static uint32_t refused(const struct dis *d, int field, uint32_t value)
{
	uint32_t n = d->code->n_insns;
	struct insn *insns = calloc(n, sizeof(*insns));
	struct code code = *d->code;
	uint32_t count = 0;

	assert_non_null(insns);
	memcpy(insns, d->code->insns, n * sizeof(*insns));
	code.insns = insns;
	for (uint32_t i = 0; i < n; i++) {
		struct insn whole = insns[i];

		if (field == 0)
			insns[i].op = (uint16_t)value;
		else if (field == 1)
			insns[i].a = value;
		else if (field == 2)
			insns[i].b = value;
		else if (field == 3)
			insns[i].c = value;
		else
			insns[i].d = value;
		count += !verify_code(&code, d->contract);
		insns[i] = whole;
	}
	free(insns);
	return count;
}

/* How many operands of one place say where something is. */
static uint32_t meant(const struct dis *d, int place)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < d->code->n_insns; i++) {
		enum opcode op = (enum opcode)d->code->insns[i].op;
		char role = bytecode_roles(op)[place];

		count += role != '.' && role != 'i' && role != 'n';
	}
	return count;
}

static void a_place_that_does_not_exist_is_refused(void **state)
{
	struct desk d;

	(void)state;
	open_one(&d);
	for (int is_exact = 0; is_exact < 2; is_exact++) {
		struct dis dis = find(&d, 1, is_exact);

		/* As a register, a constant, a jump, an index: too large. */
		for (int field = 1; field <= 4; field++) {
			uint32_t least = meant(&dis, field - 1);

			assert_true(refused(&dis, field, 0x7ffffffe) >= least);
			assert_true(refused(&dis, field, 0x7fffffff) >= least);
			assert_true(refused(&dis, field, 0xffffffff) >= least);
		}
	}
	desk_close(&d);
}

static void an_unknown_opcode_is_refused(void **state)
{
	struct desk d;
	struct dis dis;

	(void)state;
	open_one(&d);
	dis = find(&d, 1, false);
	assert_int_equal(refused(&dis, 0, OP_COUNT), dis.code->n_insns);
	assert_int_equal(refused(&dis, 0, UINT16_MAX), dis.code->n_insns);
	desk_close(&d);
}

static void control_does_not_leave_at_the_end(void **state)
{
	struct desk d;
	struct dis dis;
	struct code code;

	(void)state;
	open_one(&d);
	dis = find(&d, 1, false);
	code = *dis.code;
	code.n_insns = 0;
	assert_false(verify_code(&code, dis.contract));
	for (code.n_insns = 1; code.n_insns < dis.code->n_insns;
	     code.n_insns++) {
		enum opcode last = (enum opcode)code.insns[code.n_insns - 1].op;

		if (last != OP_RETURN && last != OP_THROW && last != OP_JUMP &&
		    last != OP_FAIL)
			assert_false(verify_code(&code, dis.contract));
	}
	desk_close(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_compiled_is_accepted),
		cmocka_unit_test(a_place_that_does_not_exist_is_refused),
		cmocka_unit_test(an_unknown_opcode_is_refused),
		cmocka_unit_test(control_does_not_leave_at_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
