/* node/bitcoin/btc_run_stack.c - Items moved and compared; see btc_run_op.h. */
#include "config.h"

#include "node/bitcoin/btc_run_op.h"

#define SHORT BTC_FAIL_INVALID_STACK_OPERATION

/* Pushes a copy of the item at `depth`. */
static void copy(struct btc_stack *s, uint32_t depth)
{
	btc_stack_push(s, btc_stack_at(s, depth));
}

static void copies(struct btc_stack *s, uint32_t depth, unsigned n)
{
	for (; n > 0; n--)
		copy(s, depth);
}

/* How many items the operation wants. */
static uint32_t wants(uint8_t op)
{
	switch (op) {
	case BTC_OP_2OVER:
	case BTC_OP_2SWAP:
		return 4;
	case BTC_OP_2ROT:
		return 6;
	case BTC_OP_3DUP:
	case BTC_OP_ROT:
		return 3;
	case BTC_OP_DEPTH:
	case BTC_OP_FROMALTSTACK:
		return 0;
	case BTC_OP_TOALTSTACK:
	case BTC_OP_IFDUP:
	case BTC_OP_DROP:
	case BTC_OP_DUP:
	case BTC_OP_SIZE:
		return 1;
	default:
		return 2;
	}
}

static enum btc_verify_err pick(struct btc_run *r, uint8_t op)
{
	struct btc_stack *s = r->stack;
	int64_t n;

	if (!btc_run_number_at(r, 0, 4, &n))
		return BTC_FAIL_SCRIPTNUM;
	btc_stack_drop(s, 1);
	if (n < 0 || n >= (int64_t)s->n)
		return SHORT;
	if (op == BTC_OP_ROLL)
		btc_stack_roll(s, (uint32_t)n);
	else
		copy(s, (uint32_t)n);
	return BTC_FAIL_OK;
}

static enum btc_verify_err equal(struct btc_run *r, uint8_t op)
{
	struct btc_stack *s = r->stack;
	bool is_equal = span_eq(btc_stack_at(s, 0), btc_stack_at(s, 1));

	btc_stack_drop(s, 2);
	if (op == BTC_OP_EQUALVERIFY)
		return is_equal ? BTC_FAIL_OK : BTC_FAIL_EQUALVERIFY;
	btc_stack_push_bool(s, is_equal);
	return BTC_FAIL_OK;
}

/* Operations on two items or more. */
static enum btc_verify_err move_many(struct btc_run *r, uint8_t op)
{
	struct btc_stack *s = r->stack;

	switch (op) {
	case BTC_OP_2DROP:
		btc_stack_drop(s, 2);
		break;
	case BTC_OP_2DUP:
		copies(s, 1, 2);
		break;
	case BTC_OP_3DUP:
		copies(s, 2, 3);
		break;
	case BTC_OP_2OVER:
		copies(s, 3, 2);
		break;
	case BTC_OP_2ROT:
		btc_stack_roll(s, 5);
		btc_stack_roll(s, 5);
		break;
	case BTC_OP_2SWAP:
		btc_stack_roll(s, 3);
		btc_stack_roll(s, 3);
		break;
	case BTC_OP_NIP:
		btc_stack_roll(s, 1);
		btc_stack_drop(s, 1);
		break;
	case BTC_OP_OVER:
		copy(s, 1);
		break;
	case BTC_OP_ROT:
		btc_stack_roll(s, 2);
		break;
	case BTC_OP_SWAP:
		btc_stack_roll(s, 1);
		break;
	case BTC_OP_TUCK:
		copy(s, 0);
		btc_stack_bury(s, 2);
		break;
	case BTC_OP_PICK:
	case BTC_OP_ROLL:
		return pick(r, op);
	case BTC_OP_EQUAL:
	case BTC_OP_EQUALVERIFY:
		return equal(r, op);
	default:
		return BTC_FAIL_BAD_OPCODE;
	}
	return BTC_FAIL_OK;
}

enum btc_verify_err btc_run_stack_op(struct btc_run *r, uint8_t op)
{
	struct btc_stack *s = r->stack;

	if (s->n < wants(op))
		return SHORT;
	switch (op) {
	case BTC_OP_TOALTSTACK:
		btc_stack_to_alt(s);
		break;
	case BTC_OP_FROMALTSTACK:
		if (s->n_alt == 0)
			return BTC_FAIL_INVALID_ALTSTACK_OPERATION;
		btc_stack_from_alt(s);
		break;
	case BTC_OP_IFDUP:
		if (btc_stack_is_true(btc_stack_at(s, 0)))
			copy(s, 0);
		break;
	case BTC_OP_DEPTH:
		btc_stack_push_number(s, s->n);
		break;
	case BTC_OP_DROP:
		btc_stack_drop(s, 1);
		break;
	case BTC_OP_DUP:
		copy(s, 0);
		break;
	case BTC_OP_SIZE:
		btc_stack_push_number(s, (int64_t)btc_stack_at(s, 0).len);
		break;
	default:
		return move_many(r, op);
	}
	return BTC_FAIL_OK;
}
