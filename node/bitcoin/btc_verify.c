/* node/bitcoin/btc_verify.c - Whether an input may spend; see btc_verify.h. */
#include "config.h"

#include "node/bitcoin/btc_verify.h"

#include "clarity/base/check.h"
#include "clarity/crypto/hash.h"
#include "node/bitcoin/btc_run.h"
#include "node/bitcoin/btc_sigcheck.h"
#include "node/bitcoin/taptree.h"

#define KEYHASH_LEN 20u
#define PROGRAM_LEN 32u
#define KEYHASH_SCRIPT_LEN (3u + KEYHASH_LEN + 2u)
#define ANNEX_TAG 0x50u
#define LEAF_MASK 0xfeu

const char *btc_verify_name(enum btc_verify_err e)
{
	static const char *const names[] = {
#define X(name, text) [BTC_FAIL_##name] = #name,
#include "node/bitcoin/btc_verify_err.def"
#undef X
	};

	CHECK(e < BTC_FAIL_COUNT);
	return names[e];
}

const char *btc_verify_text(enum btc_verify_err e)
{
	static const char *const texts[] = {
#define X(name, text) [BTC_FAIL_##name] = text,
#include "node/bitcoin/btc_verify_err.def"
#undef X
	};

	CHECK(e < BTC_FAIL_COUNT);
	return texts[e];
}

static bool is_success(uint8_t op)
{
	return op == 80 || op == 98 || (op >= 126 && op <= 129) ||
	       (op >= 131 && op <= 134) || op == 137 || op == 138 ||
	       op == 141 || op == 142 || (op >= 149 && op <= 153) ||
	       (op >= 187 && op <= 254);
}

/* Tapscript keeps some operations for later: one of them anywhere makes the
 * script succeed.  @return whether it is decided. */
static bool is_decided(struct btc_run *r, struct span script,
                       enum btc_verify_err *ret)
{
	struct cursor c = cursor_of(script);
	struct btc_instr in;

	while (cursor_left(&c) > 0) {
		if (!btc_script_next(&c, &in)) {
			*ret = BTC_FAIL_BAD_OPCODE;
			return true;
		}
		if (is_success(in.op)) {
			*ret = r->flags & BTC_VERIFY_OP_SUCCESS
			           ? BTC_FAIL_DISCOURAGE_OP_SUCCESS
			           : BTC_FAIL_OK;
			return true;
		}
	}
	return false;
}

/* Runs a witness's script over its items; exactly one true one is left. */
static enum btc_verify_err run_witness(struct btc_run *r,
                                       const struct span *items, uint32_t n,
                                       struct span script)
{
	enum btc_verify_err e;

	if (r->kind == BTC_RUN_TAPSCRIPT && is_decided(r, script, &e))
		return e;
	/* Segwit judges the number after the first operation only, but so many
	 * cannot be consumed by the operations that it allows. */
	if (n > BTC_SCRIPT_STACK_MAX)
		return BTC_FAIL_STACK_SIZE;
	btc_stack_init(r->stack);
	for (uint32_t i = 0; i < n; i++) {
		if (items[i].len > BTC_SCRIPT_PUSH_MAX)
			return BTC_FAIL_PUSH_SIZE;
		btc_stack_push(r->stack, items[i]);
	}
	e = btc_run_script(r, script);
	if (e != BTC_FAIL_OK)
		return e;
	if (r->stack->n != 1)
		return BTC_FAIL_CLEANSTACK;
	if (!btc_stack_is_true(btc_stack_at(r->stack, 0)))
		return BTC_FAIL_EVAL_FALSE;
	return BTC_FAIL_OK;
}

/* --- segwit, version 0 --- */

static enum btc_verify_err
witness_key(struct btc_run *r, const struct btc_in *in, struct span program)
{
	uint8_t script[KEYHASH_SCRIPT_LEN] = { BTC_OP_DUP, BTC_OP_HASH160,
		                               KEYHASH_LEN };

	if (in->n_witness != 2)
		return BTC_FAIL_WITNESS_PROGRAM_MISMATCH;
	for (size_t i = 0; i < KEYHASH_LEN; i++)
		script[3 + i] = program.p[i];
	script[3 + KEYHASH_LEN] = BTC_OP_EQUALVERIFY;
	script[4 + KEYHASH_LEN] = BTC_OP_CHECKSIG;
	return run_witness(r, in->witness, 2, span_of(script, sizeof(script)));
}

static enum btc_verify_err
witness_script(struct btc_run *r, const struct btc_in *in, struct span program)
{
	uint8_t hash[HASH_256_LEN];
	struct span script;

	if (in->n_witness == 0)
		return BTC_FAIL_WITNESS_PROGRAM_WITNESS_EMPTY;
	script = in->witness[in->n_witness - 1];
	hash_sha256(hash, script.p, script.len);
	if (!span_eq(span_of(hash, sizeof(hash)), program))
		return BTC_FAIL_WITNESS_PROGRAM_MISMATCH;
	return run_witness(r, in->witness, in->n_witness - 1, script);
}

/* --- taproot --- */

static size_t count_len(size_t n)
{
	if (n < 0xfd)
		return 1;
	return n <= UINT16_MAX ? 3 : 5;
}

/* The bytes of the whole witness, from which signature checks are paid. */
static size_t witness_len(const struct btc_in *in)
{
	size_t len = count_len(in->n_witness);

	for (uint32_t i = 0; i < in->n_witness; i++)
		len += count_len(in->witness[i].len) + in->witness[i].len;
	return len;
}

static enum btc_verify_err taproot_script(struct btc_run *r, uint32_t n,
                                          struct span program)
{
	const struct btc_in *in = &r->spend->tx->ins[r->spend->at];
	struct span control = in->witness[n - 1];
	struct span script = in->witness[n - 2];
	uint8_t leaf[TAPTREE_HASH_LEN];

	if (control.len < TAPTREE_CONTROL_MIN ||
	    control.len > TAPTREE_CONTROL_MAX ||
	    (control.len - TAPTREE_CONTROL_MIN) % TAPTREE_HASH_LEN != 0)
		return BTC_FAIL_TAPROOT_WRONG_CONTROL_SIZE;
	if (taptree_verify(leaf, program.p, script, control) != ERR_OK)
		return BTC_FAIL_WITNESS_PROGRAM_MISMATCH;
	if ((control.p[0] & LEAF_MASK) != TAPTREE_LEAF_VERSION)
		return r->flags & BTC_VERIFY_UPGRADABLE_TAPROOT
		           ? BTC_FAIL_DISCOURAGE_UPGRADABLE_TAPROOT_VERSION
		           : BTC_FAIL_OK;
	r->kind = BTC_RUN_TAPSCRIPT;
	r->leaf_hash = leaf;
	r->weight_left = (int64_t)witness_len(in) + BTC_RUN_SIGNATURE_WEIGHT;
	enum btc_verify_err e = run_witness(r, in->witness, n - 2, script);

	r->leaf_hash = NULL;
	return e;
}

static enum btc_verify_err taproot(struct btc_run *r, const struct btc_in *in,
                                   struct span program)
{
	uint32_t n = in->n_witness;

	if (!(r->flags & BTC_VERIFY_TAPROOT))
		return BTC_FAIL_OK;
	if (n == 0)
		return BTC_FAIL_WITNESS_PROGRAM_WITNESS_EMPTY;
	if (n >= 2 && in->witness[n - 1].len > 0 &&
	    in->witness[n - 1].p[0] == ANNEX_TAG) {
		r->has_annex = true;
		r->annex = in->witness[--n];
	}
	r->code_separator = UINT32_MAX;
	if (n == 1)
		return btc_sigcheck_schnorr(r, in->witness[0], program.p);
	return taproot_script(r, n, program);
}

static enum btc_verify_err witness(struct btc_run *r, uint8_t version,
                                   struct span program, bool is_wrapped)
{
	static const uint8_t anchor[] = { 0x4e, 0x73 };
	const struct btc_in *in = &r->spend->tx->ins[r->spend->at];

	r->kind = BTC_RUN_SEGWIT;
	if (version == 0 && program.len == KEYHASH_LEN)
		return witness_key(r, in, program);
	if (version == 0 && program.len == PROGRAM_LEN)
		return witness_script(r, in, program);
	if (version == 0)
		return BTC_FAIL_WITNESS_PROGRAM_WRONG_LENGTH;
	if (version == 1 && program.len == PROGRAM_LEN && !is_wrapped)
		return taproot(r, in, program);
	if (version == 1 && !is_wrapped &&
	    span_eq(program, span_of(anchor, sizeof(anchor))))
		return BTC_FAIL_OK;
	return r->flags & BTC_VERIFY_UPGRADABLE_WITNESS
	           ? BTC_FAIL_DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM
	           : BTC_FAIL_OK;
}

/* --- all of it --- */

/* Runs an old script and wants a true item on top. */
static enum btc_verify_err run_true(struct btc_run *r, struct span script)
{
	enum btc_verify_err e = btc_run_script(r, script);

	if (e != BTC_FAIL_OK)
		return e;
	if (r->stack->n == 0 || !btc_stack_is_true(btc_stack_at(r->stack, 0)))
		return BTC_FAIL_EVAL_FALSE;
	return BTC_FAIL_OK;
}

/* Leaves what a witness's script leaves: one true item. */
static void leave_true(struct btc_run *r)
{
	btc_stack_init(r->stack);
	btc_stack_push_bool(r->stack, true);
}

/* A script behind a hash that is itself a hash, of a witness's script. */
static enum btc_verify_err run_wrapped(struct btc_run *r, struct span sig,
                                       struct span redeem, bool *ret_witness)
{
	struct span program;
	uint8_t version;
	enum btc_verify_err e;
	struct buf push;

	if (!(r->flags & BTC_VERIFY_WITNESS) ||
	    !btc_script_is_witness(redeem, &version, &program))
		return BTC_FAIL_OK;
	*ret_witness = true;
	buf_init(&push, BTC_SCRIPT_MAX);
	(void)btc_script_add_data(&push, redeem);
	if (buf_err(&push) != ERR_OK)
		r->fault = ERR_NO_MEMORY;
	bool is_alone = span_eq(buf_span(&push), sig);

	buf_fini(&push);
	if (!is_alone)
		return BTC_FAIL_WITNESS_MALLEATED_P2SH;
	e = witness(r, version, program, true);
	leave_true(r);
	return e;
}

/* The script behind a hash is what the input's script pushed last. */
static enum btc_verify_err run_p2sh(struct btc_run *r, struct btc_stack *kept,
                                    struct span sig, bool *ret_witness)
{
	uint8_t bytes[BTC_SCRIPT_PUSH_MAX];
	struct span redeem;
	enum btc_verify_err e;

	if (!btc_script_is_push_only(sig))
		return BTC_FAIL_SIG_PUSHONLY;
	r->stack = kept;
	redeem = btc_stack_at(kept, 0);
	for (size_t i = 0; i < redeem.len; i++)
		bytes[i] = redeem.p[i];
	redeem.p = bytes;
	btc_stack_drop(kept, 1);
	e = run_true(r, redeem);
	if (e != BTC_FAIL_OK)
		return e;
	return run_wrapped(r, sig, redeem, ret_witness);
}

static enum btc_verify_err run_plain(struct btc_run *r, struct span sig,
                                     struct span script, bool *ret_witness)
{
	struct span program;
	uint8_t version;
	enum btc_verify_err e = run_true(r, script);

	if (e != BTC_FAIL_OK || !(r->flags & BTC_VERIFY_WITNESS) ||
	    !btc_script_is_witness(script, &version, &program))
		return e;
	*ret_witness = true;
	if (sig.len > 0)
		return BTC_FAIL_WITNESS_MALLEATED;
	e = witness(r, version, program, false);
	leave_true(r);
	return e;
}

/* `kept` is for a copy of what the input's script left. */
static enum btc_verify_err verify(struct btc_run *r, struct btc_stack *kept)
{
	const struct btc_in *in = &r->spend->tx->ins[r->spend->at];
	struct span script = r->spend->spent[r->spend->at].script;
	bool is_p2sh =
	    (r->flags & BTC_VERIFY_P2SH) && btc_script_is_p2sh(script);
	bool has_witness = false;
	enum btc_verify_err e;

	if ((r->flags & BTC_VERIFY_SIGPUSHONLY) &&
	    !btc_script_is_push_only(in->script))
		return BTC_FAIL_SIG_PUSHONLY;
	e = btc_run_script(r, in->script);
	if (e != BTC_FAIL_OK || r->fault != ERR_OK)
		return e;
	btc_stack_clear_alt(r->stack); /* it is each script's own */
	if (is_p2sh)
		btc_stack_copy(kept, r->stack);
	e = run_plain(r, in->script, script, &has_witness);
	if (e == BTC_FAIL_OK && is_p2sh)
		e = run_p2sh(r, kept, in->script, &has_witness);
	if (e != BTC_FAIL_OK || r->fault != ERR_OK)
		return e;
	if ((r->flags & BTC_VERIFY_CLEANSTACK) && r->stack->n != 1)
		return BTC_FAIL_CLEANSTACK;
	if ((r->flags & BTC_VERIFY_WITNESS) && !has_witness &&
	    in->n_witness > 0)
		return BTC_FAIL_WITNESS_UNEXPECTED;
	return BTC_FAIL_OK;
}

enum err btc_verify_input(struct arena *a, const struct btc_spend *s,
                          unsigned flags, enum btc_verify_err *ret)
{
	struct arena_mark mark = arena_mark(a);
	struct btc_stack *stack = arena_alloc(a, sizeof(*stack));
	struct btc_stack *kept = arena_alloc(a, sizeof(*kept));
	struct btc_run r = {
		.arena = a,
		.spend = s,
		.stack = stack,
		.flags = flags,
		.kind = BTC_RUN_OLD,
	};

	CHECK(s->at < s->tx->n_ins);
	CHECK(!(flags & BTC_VERIFY_WITNESS) || (flags & BTC_VERIFY_P2SH));
	CHECK(!(flags & BTC_VERIFY_CLEANSTACK) || (flags & BTC_VERIFY_WITNESS));
	if (!stack || !kept) {
		arena_cut(a, mark);
		return ERR_NO_MEMORY;
	}
	btc_stack_init(stack);
	*ret = verify(&r, kept);
	arena_cut(a, mark);
	if (r.fault != ERR_OK)
		return r.fault;
	return *ret == BTC_FAIL_OK ? ERR_OK : ERR_BTC_SCRIPT;
}

/* --- costs --- */

static uint32_t witness_sigops(const struct btc_in *in, uint8_t version,
                               struct span program)
{
	if (version != 0)
		return 0;
	if (program.len == KEYHASH_LEN)
		return 1;
	if (program.len == PROGRAM_LEN && in->n_witness > 0)
		return btc_script_sigops(in->witness[in->n_witness - 1], true);
	return 0;
}

/* What the input's script pushes last; empty unless it only pushes. */
static struct span last_push(struct span script)
{
	struct cursor c = cursor_of(script);
	struct btc_instr in = { .data = { NULL, 0 } };

	while (cursor_left(&c) > 0) {
		if (!btc_script_next(&c, &in) || in.op > BTC_OP_16)
			return span_of(NULL, 0);
	}
	return in.data;
}

uint32_t btc_verify_sigop_cost(const struct btc_in *in,
                               const struct btc_out *spent, unsigned flags)
{
	struct span script = spent->script;
	uint32_t cost = 0;
	struct span program;
	uint8_t version;

	if ((flags & BTC_VERIFY_P2SH) && btc_script_is_p2sh(script)) {
		script = last_push(in->script);
		cost = 4 * btc_script_sigops(script, true);
	}
	if ((flags & BTC_VERIFY_WITNESS) &&
	    btc_script_is_witness(script, &version, &program))
		cost += witness_sigops(in, version, program);
	return cost;
}
