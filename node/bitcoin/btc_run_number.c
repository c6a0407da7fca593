/* node/bitcoin/btc_run_number.c - Numbers in scripts; see btc_run_op.h. */
#include "config.h"

#include "node/bitcoin/btc_run_op.h"

/* Bytes of a number that is computed with; a result may have one more. */
#define NUMBER_MAX 4u

bool btc_run_number_at(const struct btc_run *r, uint32_t depth, size_t max,
                       int64_t *ret)
{
	return btc_script_number_read(ret, btc_stack_at(r->stack, depth), max,
	                              r->flags & BTC_VERIFY_MINIMALDATA);
}

static int64_t of_one(uint8_t op, int64_t a)
{
	switch (op) {
	case BTC_OP_1ADD:
		return a + 1;
	case BTC_OP_1SUB:
		return a - 1;
	case BTC_OP_NEGATE:
		return -a;
	case BTC_OP_ABS:
		return a < 0 ? -a : a;
	case BTC_OP_NOT:
		return a == 0;
	default: /* 0NOTEQUAL */
		return a != 0;
	}
}

static int64_t of_two(uint8_t op, int64_t a, int64_t b)
{
	switch (op) {
	case BTC_OP_ADD:
		return a + b;
	case BTC_OP_SUB:
		return a - b;
	case BTC_OP_BOOLAND:
		return a != 0 && b != 0;
	case BTC_OP_BOOLOR:
		return a != 0 || b != 0;
	case BTC_OP_NUMEQUAL:
	case BTC_OP_NUMEQUALVERIFY:
		return a == b;
	case BTC_OP_NUMNOTEQUAL:
		return a != b;
	case BTC_OP_LESSTHAN:
		return a < b;
	case BTC_OP_GREATERTHAN:
		return a > b;
	case BTC_OP_LESSTHANOREQUAL:
		return a <= b;
	case BTC_OP_GREATERTHANOREQUAL:
		return a >= b;
	case BTC_OP_MIN:
		return a < b ? a : b;
	default: /* MAX */
		return a > b ? a : b;
	}
}

static uint32_t wants(uint8_t op)
{
	if (op == BTC_OP_WITHIN)
		return 3;
	return op <= BTC_OP_0NOTEQUAL ? 1 : 2;
}

enum btc_verify_err btc_run_number_op(struct btc_run *r, uint8_t op)
{
	struct btc_stack *s = r->stack;
	uint32_t n = wants(op);
	int64_t v[3] = { 0 };
	int64_t result;

	if (s->n < n)
		return BTC_FAIL_INVALID_STACK_OPERATION;
	for (uint32_t i = 0; i < n; i++) {
		if (!btc_run_number_at(r, n - 1 - i, NUMBER_MAX, &v[i]))
			return BTC_FAIL_SCRIPTNUM;
	}
	btc_stack_drop(s, n);
	if (n == 3)
		result = v[1] <= v[0] && v[0] < v[2];
	else if (n == 2)
		result = of_two(op, v[0], v[1]);
	else
		result = of_one(op, v[0]);
	if (op == BTC_OP_NUMEQUALVERIFY)
		return result ? BTC_FAIL_OK : BTC_FAIL_NUMEQUALVERIFY;
	btc_stack_push_number(s, result);
	return BTC_FAIL_OK;
}
