/* clarity/vm/native_bitcoin.c - Bitcoin inside the language; see
 * native_bitcoin.h. */
#include "config.h"

#include "clarity/vm/native_bitcoin.h"

#include <string.h>

#include "clarity/base/num.h"
#include "clarity/base/span.h"
#include "clarity/crypto/hash.h"

#define HASH_LEN HASH_256_LEN

/* What get-bitcoin-tx-output? says went wrong. */
enum tx_code {
	TX_MALFORMED = 1,
	TX_NO_OUTPUT = 2,
	TX_LONG_SCRIPT = 3
};

/* The deepest proof that the checker lets through, and the longest script. */
#define PROOF_MAX 24u
#define SCRIPT_MAX 1024u

/* The bytes of an input before its script, and behind it. */
#define INPUT_FIXED 36u
#define INPUT_SEQUENCE 4u

static const struct type buff_32 = {
	.kind = TYPE_BUFF,
	.depth = 1,
	.is_concrete = true,
	.len = HASH_LEN,
	.size = 4 + HASH_LEN,
	.type_size = 5,
};

static const struct type buff_max = {
	.kind = TYPE_BUFF,
	.depth = 1,
	.is_concrete = true,
	.len = TYPE_MAX_SIZE,
	.size = 4 + TYPE_MAX_SIZE,
	.type_size = 5,
};

static const struct type siblings_type = {
	.kind = TYPE_LIST,
	.depth = 2,
	.is_concrete = true,
	.len = PROOF_MAX,
	.size = PROOF_MAX * (4 + HASH_LEN) + 10,
	.type_size = 10,
	.item = &buff_32,
};

static bool is_hash(const struct value *v)
{
	return value_is(v, VALUE_BUFF) && v->n == HASH_LEN;
}

/* How many siblings a proof has in a block of `count` transactions. */
static uint32_t proof_depth(u128 count)
{
	uint32_t depth = 0;

	while (depth < 128 && ((u128)1 << depth) < count)
		depth++;
	return depth;
}

/*
 * Whether `sibling` may stand beside `hash` at `index` in a row of `count`.
 * The last of an odd row is paired with itself; anywhere else equal siblings
 * are the mark of a forged count (CVE-2012-2459).
 */
static bool is_sibling(const uint8_t *sibling, const uint8_t *hash, u128 index,
                       u128 count)
{
	bool is_same = memcmp(sibling, hash, HASH_LEN) == 0;

	if ((index | 1) < count)
		return !is_same;
	return (count & 1) && index == count - 1 && is_same;
}

/* Climbs from a leaf to the root along the siblings. */
static bool verify_proof(const struct value *leaf, const struct value *root,
                         u128 index, u128 count, const struct value *siblings)
{
	uint8_t pair[2 * HASH_LEN];
	uint8_t hash[HASH_LEN];

	if (index >= count || siblings->n != proof_depth(count))
		return false;
	memcpy(hash, leaf->bytes, HASH_LEN);
	for (uint32_t i = 0; i < siblings->n; i++) {
		const uint8_t *sibling = siblings->items[i].bytes;

		if (!is_sibling(sibling, hash, index, count))
			return false;
		memcpy(pair, index & 1 ? sibling : hash, HASH_LEN);
		memcpy(pair + HASH_LEN, index & 1 ? hash : sibling, HASH_LEN);
		hash_sha256d(hash, pair, sizeof(pair));
		index >>= 1;
		count = (count >> 1) + (count & 1);
	}
	return memcmp(hash, root->bytes, HASH_LEN) == 0;
}

/* What the checker has seen to already, except the lengths of hashes. */
static enum err check_proof(struct vm *vm, const struct value *args)
{
	for (uint32_t i = 0; i < 2; i++) {
		if (!is_hash(&args[i]))
			return host_fail_value(vm, &buff_32, &args[i]);
	}
	for (uint32_t i = 2; i < 4; i++) {
		if (!value_is(&args[i], VALUE_UINT))
			return host_fail_value(vm, type_atom(TYPE_UINT),
			                       &args[i]);
	}
	if (!value_is(&args[4], VALUE_LIST))
		return host_fail_value(vm, &siblings_type, &args[4]);
	return ERR_OK;
}

enum err native_bitcoin_verify_proof(struct vm *vm, const struct native_call *c,
                                     struct value *ret)
{
	const struct value *siblings = &c->args[4];
	bool is_formed = true;

	TRY(check_proof(vm, c->args));
	for (uint32_t i = 0; i < siblings->n; i++)
		is_formed &= is_hash(&siblings->items[i]);
	*ret = value_bool(is_formed &&
	                  verify_proof(&c->args[0], &c->args[1], c->args[2].u,
	                               c->args[3].u, siblings));
	return ERR_OK;
}

uint64_t native_bitcoin_proof_size(const struct native_call *c)
{
	return c->n > 4 && value_is(&c->args[4], VALUE_LIST) ? c->args[4].n : 0;
}

/* A transaction that is being read, and what is wanted of it. */
struct tx {
	struct cursor in;
	uint64_t wanted; /* the output's index */
	bool is_found;
	uint64_t amount;
	struct span script;
};

/* Reads a length, which must be in its shortest form. */
static enum err read_length(struct cursor *in, uint64_t *ret)
{
	static const uint64_t least[] = { 0xfd, 0x10000, 0x100000000 };
	const uint8_t *p;
	uint8_t first;
	uint64_t n = 0;

	TRY(cursor_u8(in, &first));
	*ret = first;
	if (first < 0xfd)
		return ERR_OK;

	size_t len = (size_t)2 << (first - 0xfd);

	TRY(cursor_read(in, len, &p));
	for (size_t i = len; i > 0; i--)
		n = n << 8 | p[i - 1];
	*ret = n;
	return n < least[first - 0xfd] ? ERR_SYNTAX : ERR_OK;
}

static enum err skip(struct cursor *in, uint64_t len)
{
	const uint8_t *p;

	return len > SIZE_MAX ? ERR_TRUNCATED
	                      : cursor_read(in, (size_t)len, &p);
}

/* Reads past a length and as many bytes. */
static enum err skip_bytes(struct cursor *in)
{
	uint64_t len;

	TRY(read_length(in, &len));
	return skip(in, len);
}

static enum err read_inputs(struct cursor *in, uint64_t *ret)
{
	TRY(read_length(in, ret));
	for (uint64_t i = 0; i < *ret; i++) {
		TRY(skip(in, INPUT_FIXED));
		TRY(skip_bytes(in));
		TRY(skip(in, INPUT_SEQUENCE));
	}
	return ERR_OK;
}

static enum err read_outputs(struct tx *tx)
{
	uint64_t n;

	TRY(read_length(&tx->in, &n));
	for (uint64_t i = 0; i < n; i++) {
		uint64_t amount;
		uint64_t len;
		const uint8_t *script;

		TRY(cursor_le64(&tx->in, &amount));
		TRY(read_length(&tx->in, &len));
		if (len > cursor_left(&tx->in))
			return ERR_TRUNCATED;
		TRY(cursor_read(&tx->in, (size_t)len, &script));
		if (i == tx->wanted) {
			tx->is_found = true;
			tx->amount = amount;
			tx->script = span_of(script, (size_t)len);
		}
	}
	return ERR_OK;
}

/* Reads the witnesses of `n` inputs; not all of them may be empty. */
static enum err read_witnesses(struct cursor *in, uint64_t n)
{
	bool is_used = n == 0;

	for (uint64_t i = 0; i < n; i++) {
		uint64_t items;

		TRY(read_length(in, &items));
		is_used |= items > 0;
		for (uint64_t j = 0; j < items; j++)
			TRY(skip_bytes(in));
	}
	return is_used ? ERR_OK : ERR_SYNTAX;
}

/* Hashes what the id covers: version, inputs and outputs, and lock time. */
static void hash_parts(uint8_t ret[HASH_LEN], struct span version,
                       struct span middle, struct span lock_time)
{
	struct hash_sha256 h;

	hash_sha256_init(&h);
	hash_sha256_add(&h, version.p, version.len);
	hash_sha256_add(&h, middle.p, middle.len);
	hash_sha256_add(&h, lock_time.p, lock_time.len);
	hash_sha256_done_double(&h, ret);
}

/*
 * Reads a transaction, whose every byte must belong to it.  No inputs and a
 * flag of 1 are the mark of witnesses; a flag of 0 is a transaction of nothing.
 */
static enum err read_tx(struct tx *tx, uint8_t txid[HASH_LEN])
{
	const uint8_t *version;
	const uint8_t *lock_time;
	const uint8_t *from;
	const uint8_t *to;
	uint64_t inputs;
	uint8_t flag = 0;

	TRY(cursor_read(&tx->in, 4, &version));
	from = tx->in.at;
	TRY(read_inputs(&tx->in, &inputs));
	if (inputs == 0) {
		TRY(cursor_u8(&tx->in, &flag));
		if (flag > 1)
			return ERR_SYNTAX;
	}
	if (flag == 1) {
		from = tx->in.at;
		TRY(read_inputs(&tx->in, &inputs));
	}
	if (inputs > 0 || flag == 1)
		TRY(read_outputs(tx));
	to = tx->in.at;
	if (flag == 1)
		TRY(read_witnesses(&tx->in, inputs));
	TRY(cursor_read(&tx->in, 4, &lock_time));
	TRY(cursor_done(&tx->in));
	hash_parts(txid, span_of(version, 4),
	           span_of(from, (size_t)(to - from)), span_of(lock_time, 4));
	return ERR_OK;
}

static enum err tx_err(struct vm *vm, struct value *ret, enum tx_code code)
{
	struct value v = value_uint((u128)code);
	struct type_diag diag;

	return host_type(vm, value_wrap(ret, VALUE_ERR, &v, &diag), &diag);
}

static enum err tx_ok(struct vm *vm, struct value *ret, const struct tx *tx,
                      const uint8_t txid[HASH_LEN])
{
	struct arena *a = host_arena(vm);
	const void *id = arena_copy(a, txid, HASH_LEN);
	struct type_diag diag;
	struct value tuple;

	if (!id)
		return ERR_NO_MEMORY;

	struct value_field fields[] = {
		{ span_str("script"), value_buff(tx->script) },
		{ span_str("amount"), value_uint(tx->amount) },
		{ span_str("txid"), value_buff(span_of(id, HASH_LEN)) },
	};

	TRY(host_type(vm, value_tuple(a, &tuple, fields, 3, &diag), &diag));
	return host_type(vm, value_wrap(ret, VALUE_OK, &tuple, &diag), &diag);
}

enum err native_bitcoin_tx_output(struct vm *vm, const struct native_call *c,
                                  struct value *ret)
{
	uint8_t txid[HASH_LEN];
	struct tx tx = { 0 };

	if (!value_is(&c->args[0], VALUE_BUFF))
		return host_fail_value(vm, &buff_max, &c->args[0]);
	if (!value_is(&c->args[1], VALUE_UINT))
		return host_fail_value(vm, type_atom(TYPE_UINT), &c->args[1]);
	if (c->args[1].u > UINT64_MAX)
		return tx_err(vm, ret, TX_NO_OUTPUT);
	tx.in = cursor_of(value_bytes(&c->args[0]));
	tx.wanted = (uint64_t)c->args[1].u;
	if (read_tx(&tx, txid) != ERR_OK)
		return tx_err(vm, ret, TX_MALFORMED);
	if (!tx.is_found)
		return tx_err(vm, ret, TX_NO_OUTPUT);
	if (tx.script.len > SCRIPT_MAX)
		return tx_err(vm, ret, TX_LONG_SCRIPT);
	return tx_ok(vm, ret, &tx, txid);
}

uint64_t native_bitcoin_tx_size(const struct native_call *c)
{
	return c->n && value_is(&c->args[0], VALUE_BUFF) ? c->args[0].n : 0;
}
