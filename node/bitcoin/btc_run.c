/* node/bitcoin/btc_run.c - Runs a script; contract in btc_run.h. */
#include "config.h"

#include "node/bitcoin/btc_run.h"

#include "node/bitcoin/btc_run_op.h"

#define NO_CONDITION UINT32_MAX
#define NO_SEPARATOR UINT32_MAX
#define LOCKTIME_LEN 5u

/* Below it a lock time is a height, from it on a time. */
#define LOCKTIME_THRESHOLD 500000000

#define SEQUENCE_FINAL 0xffffffffu
#define SEQUENCE_OFF 0x80000000u  /* the input is not locked */
#define SEQUENCE_TIME 0x00400000u /* units of 512 seconds, not blocks */
#define SEQUENCE_MASK 0x0000ffffu

static bool is_disabled(uint8_t op)
{
	switch (op) {
	case BTC_OP_CAT:
	case BTC_OP_SUBSTR:
	case BTC_OP_LEFT:
	case BTC_OP_RIGHT:
	case BTC_OP_INVERT:
	case BTC_OP_AND:
	case BTC_OP_OR:
	case BTC_OP_XOR:
	case BTC_OP_2MUL:
	case BTC_OP_2DIV:
	case BTC_OP_MUL:
	case BTC_OP_DIV:
	case BTC_OP_MOD:
	case BTC_OP_LSHIFT:
	case BTC_OP_RSHIFT:
		return true;
	default:
		return false;
	}
}

/* --- conditions: only their number and the first false one matter --- */

static bool is_live(const struct btc_run *r)
{
	return r->first_false == NO_CONDITION;
}

static enum btc_verify_err condition_of(struct btc_run *r, uint8_t op,
                                        bool *ret)
{
	struct span top;

	if (r->stack->n < 1)
		return BTC_FAIL_INVALID_STACK_OPERATION;
	top = btc_stack_at(r->stack, 0);
	bool is_minimal = top.len == 0 || (top.len == 1 && top.p[0] == 1);

	if (r->kind == BTC_RUN_TAPSCRIPT && !is_minimal)
		return BTC_FAIL_TAPSCRIPT_MINIMALIF;
	if (r->kind == BTC_RUN_SEGWIT && !is_minimal &&
	    (r->flags & BTC_VERIFY_MINIMALIF))
		return BTC_FAIL_MINIMALIF;
	*ret = btc_stack_is_true(top) == (op == BTC_OP_IF);
	btc_stack_drop(r->stack, 1);
	return BTC_FAIL_OK;
}

static enum btc_verify_err begin_if(struct btc_run *r, uint8_t op)
{
	bool holds = false;

	if (is_live(r)) {
		enum btc_verify_err e = condition_of(r, op, &holds);

		if (e != BTC_FAIL_OK)
			return e;
		if (!holds)
			r->first_false = r->n_ifs;
	}
	r->n_ifs++;
	return BTC_FAIL_OK;
}

static enum btc_verify_err turn_or_end_if(struct btc_run *r, uint8_t op)
{
	if (r->n_ifs == 0)
		return BTC_FAIL_UNBALANCED_CONDITIONAL;
	uint32_t last = r->n_ifs - 1;

	if (op == BTC_OP_ENDIF) {
		r->n_ifs--;
		if (r->first_false == last)
			r->first_false = NO_CONDITION;
	} else if (r->first_false == NO_CONDITION) {
		r->first_false = last;
	} else if (r->first_false == last) {
		r->first_false = NO_CONDITION;
	}
	return BTC_FAIL_OK;
}

/* --- time --- */

static bool locktime_holds(const struct btc_run *r, int64_t want)
{
	const struct btc_tx *tx = r->spend->tx;
	int64_t is = tx->lock_time;

	if ((is < LOCKTIME_THRESHOLD) != (want < LOCKTIME_THRESHOLD))
		return false;
	return want <= is && tx->ins[r->spend->at].sequence != SEQUENCE_FINAL;
}

static bool sequence_holds(const struct btc_run *r, uint32_t want)
{
	const struct btc_tx *tx = r->spend->tx;
	uint32_t is = tx->ins[r->spend->at].sequence;

	if ((uint32_t)tx->version < 2 || (is & SEQUENCE_OFF) ||
	    (is & SEQUENCE_TIME) != (want & SEQUENCE_TIME))
		return false;
	return (want & SEQUENCE_MASK) <= (is & SEQUENCE_MASK);
}

static enum btc_verify_err check_time(struct btc_run *r, uint8_t op)
{
	bool is_lock = op == BTC_OP_CHECKLOCKTIMEVERIFY;
	unsigned flag = is_lock ? BTC_VERIFY_LOCKTIME : BTC_VERIFY_SEQUENCE;
	int64_t want;
	bool holds;

	if (!(r->flags & flag))
		return BTC_FAIL_OK;
	if (r->stack->n < 1)
		return BTC_FAIL_INVALID_STACK_OPERATION;
	if (!btc_run_number_at(r, 0, LOCKTIME_LEN, &want))
		return BTC_FAIL_SCRIPTNUM;
	if (want < 0)
		return BTC_FAIL_NEGATIVE_LOCKTIME;
	if (is_lock)
		holds = locktime_holds(r, want);
	else
		holds =
		    (want & SEQUENCE_OFF) || sequence_holds(r, (uint32_t)want);
	return holds ? BTC_FAIL_OK : BTC_FAIL_UNSATISFIED_LOCKTIME;
}

/* --- the machine --- */

static enum btc_verify_err verify_top(struct btc_run *r)
{
	if (r->stack->n < 1)
		return BTC_FAIL_INVALID_STACK_OPERATION;
	if (!btc_stack_is_true(btc_stack_at(r->stack, 0)))
		return BTC_FAIL_VERIFY;
	btc_stack_drop(r->stack, 1);
	return BTC_FAIL_OK;
}

static enum btc_verify_err control(struct btc_run *r, uint8_t op)
{
	switch (op) {
	case BTC_OP_NOP:
		return BTC_FAIL_OK;
	case BTC_OP_IF:
	case BTC_OP_NOTIF:
		return begin_if(r, op);
	case BTC_OP_ELSE:
	case BTC_OP_ENDIF:
		return turn_or_end_if(r, op);
	case BTC_OP_VERIFY:
		return verify_top(r);
	case BTC_OP_RETURN:
		return BTC_FAIL_OP_RETURN;
	default:
		return BTC_FAIL_BAD_OPCODE;
	}
}

static enum btc_verify_err nop(struct btc_run *r, uint8_t op)
{
	if (op == BTC_OP_CHECKLOCKTIMEVERIFY ||
	    op == BTC_OP_CHECKSEQUENCEVERIFY)
		return check_time(r, op);
	return r->flags & BTC_VERIFY_UPGRADABLE_NOPS
	           ? BTC_FAIL_DISCOURAGE_UPGRADABLE_NOPS
	           : BTC_FAIL_OK;
}

/* An operation that is no push; `place` is its number in the script. */
static enum btc_verify_err operate(struct btc_run *r, uint8_t op,
                                   uint32_t place)
{
	if (op == BTC_OP_1NEGATE || (op >= BTC_OP_1 && op <= BTC_OP_16)) {
		btc_stack_push_number(r->stack, (int)op - (BTC_OP_1 - 1));
		return BTC_FAIL_OK;
	}
	if (op == BTC_OP_CODESEPARATOR) {
		r->code = r->at.at;
		r->code_separator = place;
		return BTC_FAIL_OK;
	}
	if (op >= BTC_OP_NOP && op <= BTC_OP_RETURN)
		return control(r, op);
	if ((op >= BTC_OP_TOALTSTACK && op <= BTC_OP_TUCK) ||
	    op == BTC_OP_SIZE || op == BTC_OP_EQUAL || op == BTC_OP_EQUALVERIFY)
		return btc_run_stack_op(r, op);
	if (op >= BTC_OP_1ADD && op <= BTC_OP_WITHIN)
		return btc_run_number_op(r, op);
	if ((op >= BTC_OP_RIPEMD160 && op <= BTC_OP_CHECKMULTISIGVERIFY) ||
	    op == BTC_OP_CHECKSIGADD)
		return btc_run_crypto_op(r, op);
	if (op >= BTC_OP_NOP1 && op <= BTC_OP_NOP10)
		return nop(r, op);
	return BTC_FAIL_BAD_OPCODE;
}

/* What holds for an operation even where it is not run. */
static enum btc_verify_err check_instr(struct btc_run *r,
                                       const struct btc_instr *in)
{
	if (in->data.len > BTC_SCRIPT_PUSH_MAX)
		return BTC_FAIL_PUSH_SIZE;
	if (r->kind != BTC_RUN_TAPSCRIPT && in->op > BTC_OP_16 &&
	    ++r->n_ops > BTC_SCRIPT_OPS_MAX)
		return BTC_FAIL_OP_COUNT;
	if (is_disabled(in->op))
		return BTC_FAIL_DISABLED_OPCODE;
	if (in->op == BTC_OP_CODESEPARATOR && r->kind == BTC_RUN_OLD &&
	    (r->flags & BTC_VERIFY_CONST_SCRIPTCODE))
		return BTC_FAIL_OP_CODESEPARATOR;
	return BTC_FAIL_OK;
}

static enum btc_verify_err step(struct btc_run *r, const struct btc_instr *in,
                                uint32_t place)
{
	enum btc_verify_err e = check_instr(r, in);
	bool is_condition = in->op >= BTC_OP_IF && in->op <= BTC_OP_ENDIF;

	if (e != BTC_FAIL_OK)
		return e;
	if (!is_live(r) && !is_condition)
		return BTC_FAIL_OK;
	if (in->op > BTC_OP_PUSHDATA4)
		return operate(r, in->op, place);
	if ((r->flags & BTC_VERIFY_MINIMALDATA) &&
	    !btc_script_is_minimal_push(in->op, in->data))
		return BTC_FAIL_MINIMALDATA;
	btc_stack_push(r->stack, in->data);
	return BTC_FAIL_OK;
}

enum btc_verify_err btc_run_script(struct btc_run *r, struct span script)
{
	struct btc_instr in;

	r->fault = ERR_OK;
	r->script = script;
	r->at = cursor_of(script);
	r->code = script.p;
	r->code_separator = NO_SEPARATOR;
	r->n_ops = 0;
	r->n_ifs = 0;
	r->first_false = NO_CONDITION;
	if (r->kind != BTC_RUN_TAPSCRIPT && script.len > BTC_SCRIPT_MAX)
		return BTC_FAIL_SCRIPT_SIZE;
	for (uint32_t place = 0; cursor_left(&r->at) > 0; place++) {
		enum btc_verify_err e;

		if (!btc_script_next(&r->at, &in))
			return BTC_FAIL_BAD_OPCODE;
		e = step(r, &in, place);
		if (e != BTC_FAIL_OK || r->fault != ERR_OK)
			return e;
		if (r->stack->n + r->stack->n_alt > BTC_SCRIPT_STACK_MAX)
			return BTC_FAIL_STACK_SIZE;
	}
	return r->n_ifs ? BTC_FAIL_UNBALANCED_CONDITIONAL : BTC_FAIL_OK;
}
