/* tests/twin/crypto.c - Hashes, signatures, and Bitcoin's transactions. */
#include "config.h"

#include <string.h>

#include "clarity/crypto/ecdsa.h"
#include "clarity/crypto/ed25519.h"
#include "clarity/crypto/hash.h"
#include "clarity/crypto/p256.h"
#include "tests/twin/inside.h"

static enum err not_of_type(struct twin *t)
{
	return twin_fail(t, VM_ERROR_TYPE_VALUE_ERROR);
}

static bool is_buff(const struct value *v, uint32_t len)
{
	return value_is(v, VALUE_BUFF) && v->n == len;
}

static enum err buffer(struct twin *t, const void *bytes, size_t len,
                       struct value *ret)
{
	void *copy = arena_copy(&t->arena, bytes, len);

	*ret = value_buff(span_of(copy, len));
	return copy ? ERR_OK : ERR_NO_MEMORY;
}

/* (ok (buff len)), or (err code) when there are no bytes. */
static enum err response(struct twin *t, const void *bytes, size_t len,
                         unsigned code, struct value *ret)
{
	struct value v = value_uint(code);

	if (!bytes)
		return twin_wrap(t, ret, VALUE_ERR, &v);
	TRY(buffer(t, bytes, len, &v));
	return twin_wrap(t, ret, VALUE_OK, &v);
}

static enum err hash(const struct plain *p, struct value *ret)
{
	const struct value *v = &p->args[0];
	uint8_t digest[HASH_512_LEN], number[16];
	struct span in = span_of(number, sizeof(number));
	size_t len = HASH_256_LEN;

	for (unsigned i = 0; i < sizeof(number); i++)
		number[i] = (uint8_t)(v->u >> (8 * i));
	if (value_is(v, VALUE_BUFF))
		in = value_bytes(v);
	else if (!value_is(v, VALUE_INT) && !value_is(v, VALUE_UINT))
		return twin_fail(p->t, VM_ERROR_UNION_TYPE_VALUE_ERROR);
	if (p->id == NATIVE_HASH160) {
		len = HASH_160_LEN;
		hash_hash160(digest, in.p, in.len);
	} else if (p->id == NATIVE_SHA256) {
		hash_sha256(digest, in.p, in.len);
	} else if (p->id == NATIVE_SHA512) {
		len = HASH_512_LEN;
		hash_sha512(digest, in.p, in.len);
	} else if (p->id == NATIVE_SHA512T256) {
		hash_sha512_256(digest, in.p, in.len);
	} else {
		hash_keccak256(digest, in.p, in.len);
	}
	return buffer(p->t, digest, len, ret);
}

static enum err decompress(const struct plain *p, struct value *ret)
{
	uint8_t full[ECDSA_PUB_FULL_LEN];
	struct ecdsa_pub pub;

	if (!is_buff(&p->args[0], ECDSA_PUB_LEN))
		return not_of_type(p->t);
	if (ecdsa_pub_parse(&pub, p->args[0].bytes, ECDSA_PUB_LEN) != ERR_OK)
		return response(p->t, NULL, 0, 1, ret);
	ecdsa_pub_write_full(full, &pub);
	return response(p->t, full, sizeof(full), 0, ret);
}

enum err crypto_plain(const struct plain *p, struct value *ret)
{
	const struct value *v = p->args;

	if (p->id == NATIVE_SECP256K1_DECOMPRESS)
		return decompress(p, ret);
	if (p->id != NATIVE_ED25519_VERIFY)
		return hash(p, ret);
	if (!value_is(&v[0], VALUE_BUFF) || !is_buff(&v[1], ED25519_SIG_LEN) ||
	    !is_buff(&v[2], ED25519_PUB_LEN))
		return not_of_type(p->t);
	*ret = value_bool(
	    ed25519_verify(v[1].bytes, v[0].bytes, v[0].byte_len, v[2].bytes));
	return ERR_OK;
}

static enum err recover(const struct special *s, struct value *ret)
{
	uint8_t vrs[ECDSA_RSIG_LEN], bytes[ECDSA_PUB_LEN];
	struct ecdsa_pub pub;
	struct got msg, sig;

	TRY(special_count(s, 2));
	TRY(twin_charge(s->t, PRICE_SECP256K1RECOVER, 0));
	TRY(special_arg(s, 0, &msg));
	if (!is_buff(&msg.v, ECDSA_DIGEST_LEN))
		return not_of_type(s->t);
	TRY(special_arg(s, 1, &sig));
	if (!value_is(&sig.v, VALUE_BUFF) || sig.v.n > ECDSA_RSIG_LEN)
		return not_of_type(s->t);
	if (sig.v.n < ECDSA_RSIG_LEN || sig.v.bytes[64] > 3)
		return response(s->t, NULL, 0, 2, ret);
	ecdsa_vrs_of_rsv(vrs, sig.v.bytes);
	if (ecdsa_recover(&pub, vrs, msg.v.bytes) != ERR_OK)
		return response(s->t, NULL, 0, 1, ret);
	ecdsa_pub_write(bytes, &pub);
	return response(s->t, bytes, sizeof(bytes), 0, ret);
}

static bool verifies(const struct special *s, const struct value *msg,
                     const struct value *sig, const struct value *key)
{
	uint8_t digest[32];
	struct ecdsa_pub pub;

	if (s->id == NATIVE_SECP256K1_VERIFY)
		return ecdsa_pub_parse(&pub, key->bytes, key->n) == ERR_OK &&
		       ecdsa_verify(sig->bytes, msg->bytes, &pub);
	memcpy(digest, msg->bytes, sizeof(digest));
	if (version_hashes_r1_twice(s->h->program->version))
		hash_sha256(digest, msg->bytes, sizeof(digest));
	return p256_verify(sig->bytes, digest, key->bytes);
}

static enum err verify(const struct special *s, struct value *ret)
{
	bool is_k1 = s->id == NATIVE_SECP256K1_VERIFY;
	uint32_t max = is_k1 ? ECDSA_RSIG_LEN : P256_SIG_LEN;
	struct got msg, sig, key;

	TRY(special_count(s, 3));
	TRY(twin_charge(
	    s->t, is_k1 ? PRICE_SECP256K1VERIFY : PRICE_SECP256R1VERIFY, 0));
	TRY(special_arg(s, 0, &msg));
	if (!is_buff(&msg.v, 32))
		return not_of_type(s->t);
	TRY(special_arg(s, 1, &sig));
	if (!value_is(&sig.v, VALUE_BUFF) || sig.v.n > max)
		return not_of_type(s->t);
	*ret = value_bool(false);
	if (sig.v.n < 64 || (sig.v.n == 65 && sig.v.bytes[64] > 3))
		return ERR_OK;
	TRY(special_arg(s, 2, &key));
	if (!is_buff(&key.v, 33))
		return not_of_type(s->t);
	*ret = value_bool(verifies(s, &msg.v, &sig.v, &key.v));
	return ERR_OK;
}

enum err crypto_run(const struct special *s, struct value *ret)
{
	return s->id == NATIVE_SECP256K1_RECOVER ? recover(s, ret)
	                                         : verify(s, ret);
}

/*
 * Bitcoin.
 */

/* How many siblings a proof has: rows above the leaves. */
static uint32_t rows_above(u128 count)
{
	uint32_t rows = 0;

	for (; count > 1; count = count / 2 + count % 2)
		rows++;
	return rows;
}

static bool proves(const struct value *v, uint8_t hash[32])
{
	u128 at = v[2].u, count = v[3].u;

	if (at >= count || v[4].n != rows_above(count))
		return false;
	for (uint32_t i = 0; i < v[4].n; i++) {
		const uint8_t *other = v[4].items[i].bytes;
		bool is_equal = memcmp(other, hash, 32) == 0;
		bool is_lone = at == count - 1 && count % 2 == 1;
		uint8_t both[64];

		/* Only the last of an odd row stands beside itself. */
		if (is_equal != is_lone)
			return false;
		memcpy(both + (at % 2 ? 32 : 0), hash, 32);
		memcpy(both + (at % 2 ? 0 : 32), other, 32);
		hash_sha256d(hash, both, sizeof(both));
		at /= 2;
		count = count / 2 + count % 2;
	}
	return memcmp(hash, v[1].bytes, 32) == 0;
}

static enum err merkle(const struct plain *p, struct value *ret)
{
	const struct value *v = p->args;
	uint8_t hash[32];

	if (!is_buff(&v[0], 32) || !is_buff(&v[1], 32) ||
	    !value_is(&v[2], VALUE_UINT) || !value_is(&v[3], VALUE_UINT) ||
	    !value_is(&v[4], VALUE_LIST))
		return not_of_type(p->t);
	*ret = value_bool(false);
	for (uint32_t i = 0; i < v[4].n; i++) {
		if (!is_buff(&v[4].items[i], 32))
			return ERR_OK;
	}
	memcpy(hash, v[0].bytes, 32);
	*ret = value_bool(proves(v, hash));
	return ERR_OK;
}

/* A transaction as it is read; after a failure nothing more is read. */
struct reader {
	struct span left;
	bool failed;
};

static struct span take(struct reader *r, uint64_t n)
{
	struct span s = span_of(r->left.p, 0);

	if (r->failed || n > r->left.len) {
		r->failed = true;
		return s;
	}
	s.len = (size_t)n;
	r->left = span_of(r->left.p + s.len, r->left.len - s.len);
	return s;
}

static uint64_t number(struct reader *r, unsigned bytes)
{
	struct span s = take(r, bytes);
	uint64_t n = 0;

	for (size_t i = s.len; i-- > 0;)
		n = n << 8 | s.p[i];
	return n;
}

/* A length, which must be written as short as it can be. */
static uint64_t length(struct reader *r)
{
	uint64_t first = number(r, 1), n = first;

	if (first == 0xfd)
		n = number(r, 2);
	else if (first == 0xfe)
		n = number(r, 4);
	else if (first == 0xff)
		n = number(r, 8);
	if ((first == 0xfd && n < 0xfd) || (first == 0xfe && n <= 0xffff) ||
	    (first == 0xff && n <= 0xffffffff))
		r->failed = true;
	return n;
}

struct output {
	bool found;
	uint64_t amount;
	struct span script;
};

static uint64_t read_inputs(struct reader *r)
{
	uint64_t n = length(r);

	for (uint64_t i = 0; i < n && !r->failed; i++) {
		(void)take(r, 36);
		(void)take(r, length(r));
		(void)take(r, 4);
	}
	return n;
}

static void read_outputs(struct reader *r, u128 wanted, struct output *ret)
{
	uint64_t n = length(r);

	for (uint64_t i = 0; i < n && !r->failed; i++) {
		uint64_t amount = number(r, 8);
		struct span script = take(r, length(r));

		if (i == wanted)
			*ret = (struct output){ true, amount, script };
	}
}

static void read_witnesses(struct reader *r, uint64_t inputs)
{
	bool has_any = inputs == 0;

	for (uint64_t i = 0; i < inputs && !r->failed; i++) {
		uint64_t n = length(r);

		has_any = has_any || n > 0;
		for (uint64_t k = 0; k < n && !r->failed; k++)
			(void)take(r, length(r));
	}
	r->failed = r->failed || !has_any;
}

/* Reads it all; the id covers everything but the witnesses. */
static void read_tx(struct reader *r, u128 wanted, struct output *ret,
                    uint8_t txid[32])
{
	struct hash_sha256 h;
	struct span version = take(r, 4);
	const uint8_t *from = r->left.p;
	uint64_t inputs = read_inputs(r);
	uint64_t flag = inputs == 0 ? number(r, 1) : 2;
	const uint8_t *to;
	struct span lock;

	if (flag == 1) {
		from = r->left.p;
		inputs = read_inputs(r);
	}
	if (flag != 0)
		read_outputs(r, wanted, ret);
	r->failed = r->failed || (inputs == 0 && flag > 1);
	to = r->left.p;
	if (flag == 1)
		read_witnesses(r, inputs);
	lock = take(r, 4);
	r->failed = r->failed || r->left.len > 0;
	if (r->failed)
		return;
	hash_sha256_init(&h);
	hash_sha256_add(&h, version.p, version.len);
	hash_sha256_add(&h, from, (size_t)(to - from));
	hash_sha256_add(&h, lock.p, lock.len);
	hash_sha256_done_double(&h, txid);
}

static enum err tx_output(const struct plain *p, struct value *ret)
{
	const struct value *v = p->args;
	struct reader r = { .failed = false };
	struct output out = { .found = false };
	struct value tuple, id;
	uint8_t txid[32];

	if (!value_is(&v[0], VALUE_BUFF) || !value_is(&v[1], VALUE_UINT))
		return not_of_type(p->t);
	if (v[1].u > UINT64_MAX)
		return response(p->t, NULL, 0, 2, ret);
	r.left = value_bytes(&v[0]);
	read_tx(&r, v[1].u, &out, txid);
	if (r.failed)
		return response(p->t, NULL, 0, 1, ret);
	if (!out.found)
		return response(p->t, NULL, 0, 2, ret);
	if (out.script.len > 1024)
		return response(p->t, NULL, 0, 3, ret);
	TRY(buffer(p->t, txid, sizeof(txid), &id));

	struct value_field fields[] = {
		{ span_str("amount"), value_uint(out.amount) },
		{ span_str("script"), value_buff(out.script) },
		{ span_str("txid"), id },
	};

	TRY(value_tuple(&p->t->arena, &tuple, fields, 3, NULL));
	return twin_wrap(p->t, ret, VALUE_OK, &tuple);
}

enum err bitcoin_run(const struct plain *p, struct value *ret)
{
	return p->id == NATIVE_VERIFY_MERKLE_PROOF ? merkle(p, ret)
	                                           : tx_output(p, ret);
}
