/* node/bitcoin/btc_run_crypto.c - Hashes and signatures; see btc_run_op.h. */
#include "config.h"

#include <string.h>

#include "clarity/base/buf.h"
#include "clarity/crypto/hash.h"
#include "node/bitcoin/btc_run_op.h"
#include "node/bitcoin/btc_sigcheck.h"

#define SHORT BTC_FAIL_INVALID_STACK_OPERATION
#define TAPROOT_KEY_LEN 32u
#define COUNT_LEN 4u

static enum btc_verify_err hash(struct btc_run *r, uint8_t op)
{
	uint8_t digest[HASH_256_LEN];
	size_t len = HASH_160_LEN;
	struct span in;

	if (r->stack->n < 1)
		return SHORT;
	in = btc_stack_at(r->stack, 0);
	switch (op) {
	case BTC_OP_RIPEMD160:
		hash_ripemd160(digest, in.p, in.len);
		break;
	case BTC_OP_SHA1:
		hash_sha1(digest, in.p, in.len);
		break;
	case BTC_OP_HASH160:
		hash_hash160(digest, in.p, in.len);
		break;
	case BTC_OP_SHA256:
		hash_sha256(digest, in.p, in.len);
		len = HASH_256_LEN;
		break;
	default: /* HASH256 */
		hash_sha256d(digest, in.p, in.len);
		len = HASH_256_LEN;
		break;
	}
	btc_stack_drop(r->stack, 1);
	btc_stack_push(r->stack, span_of(digest, len));
	return BTC_FAIL_OK;
}

/* --- what a signature covers --- */

/* Copies `code` into `ret` without the pushes of a signature, which could
 * never cover itself.  @return how many there were. */
static size_t remove_push(struct buf *ret, struct span code, struct span push)
{
	struct cursor c = cursor_of(code);
	struct btc_instr in;
	size_t n = 0;

	for (;;) {
		const uint8_t *from;

		while (cursor_left(&c) >= push.len &&
		       memcmp(c.at, push.p, push.len) == 0) {
			c.at += push.len;
			n++;
		}
		from = c.at;
		if (cursor_left(&c) == 0)
			return n;
		if (!btc_script_next(&c, &in)) {
			/* What cannot be read is kept as it is. */
			(void)buf_add(ret, from, (size_t)(c.end - from));
			return n;
		}
		(void)buf_add(ret, from, (size_t)(c.at - from));
	}
}

/* The running script from its last code separator. */
static struct span code_of(const struct btc_run *r)
{
	return span_of(r->code,
	               (size_t)(r->script.p + r->script.len - r->code));
}

/* Removes a signature from `code`, in the old way of signing. */
static enum btc_verify_err strip(struct btc_run *r, struct span *code,
                                 struct span sig)
{
	struct buf out;
	struct buf push;
	size_t n;

	buf_init(&out, BTC_WIRE_MAX);
	buf_init(&push, BTC_WIRE_MAX);
	(void)btc_script_add_data(&push, sig);
	n = remove_push(&out, *code, buf_span(&push));
	if (buf_err(&out) != ERR_OK || buf_err(&push) != ERR_OK)
		r->fault = ERR_NO_MEMORY;
	if (n > 0) {
		const void *kept = arena_copy(r->arena, out.p, out.len);

		if (!kept)
			r->fault = ERR_NO_MEMORY;
		*code = span_of(kept, kept ? out.len : 0);
	}
	buf_fini(&push);
	buf_fini(&out);
	if (n > 0 && (r->flags & BTC_VERIFY_CONST_SCRIPTCODE))
		return BTC_FAIL_SIG_FINDANDDELETE;
	return BTC_FAIL_OK;
}

/* --- one signature --- */

static enum btc_verify_err check_forms(const struct btc_run *r, struct span sig,
                                       struct span key)
{
	enum btc_verify_err e = btc_sigcheck_form(sig, r->flags);

	if (e != BTC_FAIL_OK)
		return e;
	return btc_sigcheck_key_form(key, r->flags, r->kind);
}

static enum btc_verify_err check_old(struct btc_run *r, struct span sig,
                                     struct span key, bool *ret)
{
	struct arena_mark mark = arena_mark(r->arena);
	enum btc_verify_err e = BTC_FAIL_OK;
	struct span code = code_of(r);

	if (r->kind == BTC_RUN_OLD)
		e = strip(r, &code, sig);
	if (e == BTC_FAIL_OK)
		e = check_forms(r, sig, key);
	if (e == BTC_FAIL_OK) {
		*ret = btc_sigcheck_ecdsa(r, sig, key, code);
		if (!*ret && (r->flags & BTC_VERIFY_NULLFAIL) && sig.len > 0)
			e = BTC_FAIL_NULLFAIL;
	}
	arena_cut(r->arena, mark);
	return e;
}

/* An empty signature says no, and costs nothing; a wrong one is an error. */
static enum btc_verify_err check_tapscript(struct btc_run *r, struct span sig,
                                           struct span key, bool *ret)
{
	*ret = sig.len > 0;
	if (*ret) {
		r->weight_left -= BTC_RUN_SIGNATURE_WEIGHT;
		if (r->weight_left < 0)
			return BTC_FAIL_TAPSCRIPT_VALIDATION_WEIGHT;
	}
	if (key.len == 0)
		return BTC_FAIL_TAPSCRIPT_EMPTY_PUBKEY;
	if (key.len == TAPROOT_KEY_LEN)
		return *ret ? btc_sigcheck_schnorr(r, sig, key.p) : BTC_FAIL_OK;
	if (r->flags & BTC_VERIFY_UPGRADABLE_PUBKEYTYPE)
		return BTC_FAIL_DISCOURAGE_UPGRADABLE_PUBKEYTYPE;
	return BTC_FAIL_OK;
}

static enum btc_verify_err check_one(struct btc_run *r, struct span sig,
                                     struct span key, bool *ret)
{
	if (r->kind == BTC_RUN_TAPSCRIPT)
		return check_tapscript(r, sig, key, ret);
	return check_old(r, sig, key, ret);
}

/* Leaves the outcome on the stack, or, for the verifying form, must be so. */
static enum btc_verify_err finish(struct btc_run *r, bool is_true,
                                  bool is_verify, enum btc_verify_err why)
{
	if (is_verify)
		return is_true ? BTC_FAIL_OK : why;
	btc_stack_push_bool(r->stack, is_true);
	return BTC_FAIL_OK;
}

static enum btc_verify_err checksig(struct btc_run *r, uint8_t op)
{
	struct btc_stack *s = r->stack;
	enum btc_verify_err e;
	bool is_true = false;

	if (s->n < 2)
		return SHORT;
	e = check_one(r, btc_stack_at(s, 1), btc_stack_at(s, 0), &is_true);
	if (e != BTC_FAIL_OK)
		return e;
	btc_stack_drop(s, 2);
	return finish(r, is_true, op == BTC_OP_CHECKSIGVERIFY,
	              BTC_FAIL_CHECKSIGVERIFY);
}

static enum btc_verify_err checksigadd(struct btc_run *r)
{
	struct btc_stack *s = r->stack;
	enum btc_verify_err e;
	bool is_true = false;
	int64_t n;

	if (r->kind != BTC_RUN_TAPSCRIPT)
		return BTC_FAIL_BAD_OPCODE;
	if (s->n < 3)
		return SHORT;
	if (!btc_run_number_at(r, 1, COUNT_LEN, &n))
		return BTC_FAIL_SCRIPTNUM;
	e = check_one(r, btc_stack_at(s, 2), btc_stack_at(s, 0), &is_true);
	if (e != BTC_FAIL_OK)
		return e;
	btc_stack_drop(s, 3);
	btc_stack_push_number(s, n + is_true);
	return BTC_FAIL_OK;
}

/* --- several signatures --- */

/* Where everything lies, as depths: keys first, their last one on top. */
struct multisig {
	uint32_t n_keys;
	uint32_t n_sigs;
	uint32_t keys; /* depth of the last key */
	uint32_t sigs; /* depth of the last signature */
};

/* Reads a count at `depth`, at most `max`. */
static enum btc_verify_err count_at(const struct btc_run *r, uint32_t depth,
                                    uint32_t max, enum btc_verify_err why,
                                    uint32_t *ret)
{
	int64_t n;

	if (r->stack->n <= depth)
		return SHORT;
	if (!btc_run_number_at(r, depth, COUNT_LEN, &n))
		return BTC_FAIL_SCRIPTNUM;
	if (n < 0 || n > max)
		return why;
	*ret = (uint32_t)n;
	return BTC_FAIL_OK;
}

static enum btc_verify_err multisig_read(struct btc_run *r, struct multisig *m)
{
	enum btc_verify_err e = count_at(r, 0, BTC_SCRIPT_KEYS_MAX,
	                                 BTC_FAIL_PUBKEY_COUNT, &m->n_keys);

	if (e != BTC_FAIL_OK)
		return e;
	r->n_ops += m->n_keys;
	if (r->n_ops > BTC_SCRIPT_OPS_MAX)
		return BTC_FAIL_OP_COUNT;
	m->keys = 1;
	e = count_at(r, 1 + m->n_keys, m->n_keys, BTC_FAIL_SIG_COUNT,
	             &m->n_sigs);
	if (e != BTC_FAIL_OK)
		return e;
	m->sigs = 2 + m->n_keys;
	/* The item too many has to be there already. */
	return r->stack->n <= m->sigs + m->n_sigs ? SHORT : BTC_FAIL_OK;
}

static enum btc_verify_err
multisig_strip(struct btc_run *r, const struct multisig *m, struct span *code)
{
	if (r->kind != BTC_RUN_OLD)
		return BTC_FAIL_OK;
	for (uint32_t i = 0; i < m->n_sigs; i++) {
		enum btc_verify_err e =
		    strip(r, code, btc_stack_at(r->stack, m->sigs + i));

		if (e != BTC_FAIL_OK)
			return e;
	}
	return BTC_FAIL_OK;
}

/* Signatures stand in the order of their keys, so each key is tried once. */
static enum btc_verify_err multisig_check(struct btc_run *r,
                                          const struct multisig *m,
                                          struct span code, bool *ret)
{
	uint32_t keys = m->n_keys;
	uint32_t sigs = m->n_sigs;

	*ret = true;
	while (*ret && sigs > 0) {
		struct span sig =
		    btc_stack_at(r->stack, m->sigs + m->n_sigs - sigs);
		struct span key =
		    btc_stack_at(r->stack, m->keys + m->n_keys - keys);
		enum btc_verify_err e = check_forms(r, sig, key);

		if (e != BTC_FAIL_OK)
			return e;
		if (btc_sigcheck_ecdsa(r, sig, key, code))
			sigs--;
		keys--;
		*ret = sigs <= keys;
	}
	return BTC_FAIL_OK;
}

/* Drops the operands and the one item too many of an old mistake. */
static enum btc_verify_err multisig_drop(struct btc_run *r,
                                         const struct multisig *m, bool is_true)
{
	struct btc_stack *s = r->stack;

	for (uint32_t i = 0; i < m->n_sigs; i++) {
		if (!is_true && (r->flags & BTC_VERIFY_NULLFAIL) &&
		    btc_stack_at(s, m->sigs + i).len > 0)
			return BTC_FAIL_NULLFAIL;
	}
	btc_stack_drop(s, m->sigs + m->n_sigs);
	if (s->n < 1)
		return SHORT;
	if ((r->flags & BTC_VERIFY_NULLDUMMY) && btc_stack_at(s, 0).len > 0)
		return BTC_FAIL_SIG_NULLDUMMY;
	btc_stack_drop(s, 1);
	return BTC_FAIL_OK;
}

static enum btc_verify_err checkmultisig(struct btc_run *r, uint8_t op)
{
	struct arena_mark mark = arena_mark(r->arena);
	struct span code = code_of(r);
	enum btc_verify_err e;
	bool is_true = false;
	struct multisig m;

	if (r->kind == BTC_RUN_TAPSCRIPT)
		return BTC_FAIL_TAPSCRIPT_CHECKMULTISIG;
	e = multisig_read(r, &m);
	if (e == BTC_FAIL_OK)
		e = multisig_strip(r, &m, &code);
	if (e == BTC_FAIL_OK)
		e = multisig_check(r, &m, code, &is_true);
	arena_cut(r->arena, mark);
	if (e == BTC_FAIL_OK)
		e = multisig_drop(r, &m, is_true);
	if (e != BTC_FAIL_OK)
		return e;
	return finish(r, is_true, op == BTC_OP_CHECKMULTISIGVERIFY,
	              BTC_FAIL_CHECKMULTISIGVERIFY);
}

enum btc_verify_err btc_run_crypto_op(struct btc_run *r, uint8_t op)
{
	switch (op) {
	case BTC_OP_CHECKSIG:
	case BTC_OP_CHECKSIGVERIFY:
		return checksig(r, op);
	case BTC_OP_CHECKSIGADD:
		return checksigadd(r);
	case BTC_OP_CHECKMULTISIG:
	case BTC_OP_CHECKMULTISIGVERIFY:
		return checkmultisig(r, op);
	default:
		return hash(r, op);
	}
}
