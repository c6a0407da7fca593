/* clarity/vm/native_hash.c - Hashes and signatures; see native_hash.h. */
#include "config.h"

#include "clarity/vm/native_hash.h"

#include <string.h>

#include "clarity/base/num.h"
#include "clarity/crypto/ecdsa.h"
#include "clarity/crypto/ed25519.h"
#include "clarity/crypto/hash.h"
#include "clarity/crypto/p256.h"

/* (buff N), for what a failure says was expected. */
#define BUFF(len_)                                                             \
	{                                                                      \
		.kind = TYPE_BUFF, .depth = 1, .is_concrete = true,            \
		.len = (len_), .size = 4 + (len_), .type_size = 5              \
	}

static const struct type buff_32 = BUFF(32);
static const struct type buff_33 = BUFF(33);
static const struct type buff_64 = BUFF(64);
static const struct type buff_65 = BUFF(65);
static const struct type buff_max = BUFF(TYPE_MAX_SIZE);

typedef void hash_fn(uint8_t *ret, const void *bytes, size_t len);

/* Hashes a buffer, or an integer as its 16 bytes, lowest first. */
static enum err hash_with(struct vm *vm, const struct native_call *c,
                          struct value *ret, hash_fn *hash, size_t len)
{
	const struct value *v = &c->args[0];
	uint8_t number[16];
	struct span in = span_of(number, sizeof(number));
	uint8_t *digest = arena_alloc(host_arena(vm), len);

	if (!digest)
		return ERR_NO_MEMORY;
	if (value_is(v, VALUE_BUFF)) {
		in = value_bytes(v);
	} else if (value_is(v, VALUE_INT) || value_is(v, VALUE_UINT)) {
		le64_write(number, (uint64_t)v->u);
		le64_write(number + 8, (uint64_t)(v->u >> 64));
	} else {
		return host_fail_union(vm, v);
	}
	hash(digest, in.p, in.len);
	*ret = value_buff(span_of(digest, len));
	return ERR_OK;
}

enum err native_hash_hash160(struct vm *vm, const struct native_call *c,
                             struct value *ret)
{
	return hash_with(vm, c, ret, hash_hash160, HASH_160_LEN);
}

enum err native_hash_sha256(struct vm *vm, const struct native_call *c,
                            struct value *ret)
{
	return hash_with(vm, c, ret, hash_sha256, HASH_256_LEN);
}

enum err native_hash_sha512(struct vm *vm, const struct native_call *c,
                            struct value *ret)
{
	return hash_with(vm, c, ret, hash_sha512, HASH_512_LEN);
}

enum err native_hash_sha512_256(struct vm *vm, const struct native_call *c,
                                struct value *ret)
{
	return hash_with(vm, c, ret, hash_sha512_256, HASH_256_LEN);
}

enum err native_hash_keccak256(struct vm *vm, const struct native_call *c,
                               struct value *ret)
{
	return hash_with(vm, c, ret, hash_keccak256, HASH_256_LEN);
}

static bool is_buff_of(const struct value *v, uint32_t len)
{
	return value_is(v, VALUE_BUFF) && v->n == len;
}

/* `v` as a buffer of at most `max` bytes, of which `type` speaks. */
static enum err check_at_most(struct vm *vm, const struct value *v,
                              uint32_t max, const struct type *type)
{
	if (value_is(v, VALUE_BUFF) && v->n <= max)
		return ERR_OK;
	return host_fail_value(vm, type, v);
}

/* Makes (err code) or, through `ret`, wraps what stands in it as ok. */
static enum err answer_err(struct vm *vm, struct value *ret, uint32_t code)
{
	struct value v = value_uint(code);
	struct type_diag diag;

	return host_type(vm, value_wrap(ret, VALUE_ERR, &v, &diag), &diag);
}

static enum err answer_ok_bytes(struct vm *vm, struct value *ret,
                                const uint8_t *bytes, size_t len)
{
	uint8_t *copy = arena_copy(host_arena(vm), bytes, len);
	struct type_diag diag;
	struct value v;

	if (!copy)
		return ERR_NO_MEMORY;
	v = value_buff(span_of(copy, len));
	return host_type(vm, value_wrap(ret, VALUE_OK, &v, &diag), &diag);
}

enum err native_hash_k1_digest(struct vm *vm, const struct native_call *c,
                               struct value *ret, bool *done)
{
	(void)ret;
	(void)done;
	if (is_buff_of(&c->args[0], ECDSA_DIGEST_LEN))
		return ERR_OK;
	return host_fail_value(vm, &buff_32, &c->args[0]);
}

enum err native_hash_k1_recover_signature(struct vm *vm,
                                          const struct native_call *c,
                                          struct value *ret, bool *done)
{
	const struct value *sig = &c->args[1];

	TRY(check_at_most(vm, sig, ECDSA_RSIG_LEN, &buff_65));
	*done = sig->n < ECDSA_RSIG_LEN || sig->bytes[ECDSA_SIG_LEN] > 3;
	return *done ? answer_err(vm, ret, 2) : ERR_OK;
}

enum err native_hash_k1_recover(struct vm *vm, const struct native_call *c,
                                struct value *ret)
{
	uint8_t vrs[ECDSA_RSIG_LEN];
	uint8_t bytes[ECDSA_PUB_LEN];
	struct ecdsa_pub pub;

	ecdsa_vrs_of_rsv(vrs, c->args[1].bytes);
	if (ecdsa_recover(&pub, vrs, c->args[0].bytes) != ERR_OK)
		return answer_err(vm, ret, 1);
	ecdsa_pub_write(bytes, &pub);
	return answer_ok_bytes(vm, ret, bytes, sizeof(bytes));
}

enum err native_hash_k1_signature(struct vm *vm, const struct native_call *c,
                                  struct value *ret, bool *done)
{
	const struct value *sig = &c->args[1];

	TRY(check_at_most(vm, sig, ECDSA_RSIG_LEN, &buff_65));
	*done = sig->n < ECDSA_SIG_LEN ||
	        (sig->n == ECDSA_RSIG_LEN && sig->bytes[ECDSA_SIG_LEN] > 3);
	if (*done)
		*ret = value_bool(false);
	return ERR_OK;
}

enum err native_hash_k1_verify(struct vm *vm, const struct native_call *c,
                               struct value *ret)
{
	struct ecdsa_pub pub;

	if (!is_buff_of(&c->args[2], ECDSA_PUB_LEN))
		return host_fail_value(vm, &buff_33, &c->args[2]);
	*ret = value_bool(
	    ecdsa_pub_parse(&pub, c->args[2].bytes, ECDSA_PUB_LEN) == ERR_OK &&
	    ecdsa_verify(c->args[1].bytes, c->args[0].bytes, &pub));
	return ERR_OK;
}

enum err native_hash_r1_signature(struct vm *vm, const struct native_call *c,
                                  struct value *ret, bool *done)
{
	const struct value *sig = &c->args[1];

	TRY(check_at_most(vm, sig, P256_SIG_LEN, &buff_64));
	*done = sig->n < P256_SIG_LEN;
	if (*done)
		*ret = value_bool(false);
	return ERR_OK;
}

enum err native_hash_r1_verify(struct vm *vm, const struct native_call *c,
                               struct value *ret)
{
	uint8_t digest[P256_DIGEST_LEN];

	if (!is_buff_of(&c->args[2], P256_PUB_LEN))
		return host_fail_value(vm, &buff_33, &c->args[2]);
	memcpy(digest, c->args[0].bytes, sizeof(digest));
	if (version_hashes_r1_twice(c->version))
		hash_sha256(digest, digest, sizeof(digest));
	*ret =
	    value_bool(p256_verify(c->args[1].bytes, digest, c->args[2].bytes));
	return ERR_OK;
}

enum err native_hash_k1_decompress(struct vm *vm, const struct native_call *c,
                                   struct value *ret)
{
	uint8_t bytes[ECDSA_PUB_FULL_LEN];
	struct ecdsa_pub pub;

	if (!is_buff_of(&c->args[0], ECDSA_PUB_LEN))
		return host_fail_value(vm, &buff_33, &c->args[0]);
	if (ecdsa_pub_parse(&pub, c->args[0].bytes, ECDSA_PUB_LEN) != ERR_OK)
		return answer_err(vm, ret, 1);
	ecdsa_pub_write_full(bytes, &pub);
	return answer_ok_bytes(vm, ret, bytes, sizeof(bytes));
}

enum err native_hash_ed25519_verify(struct vm *vm, const struct native_call *c,
                                    struct value *ret)
{
	const struct value *msg = &c->args[0];

	if (!value_is(msg, VALUE_BUFF))
		return host_fail_value(vm, &buff_max, msg);
	if (!is_buff_of(&c->args[1], ED25519_SIG_LEN))
		return host_fail_value(vm, &buff_64, &c->args[1]);
	if (!is_buff_of(&c->args[2], ED25519_PUB_LEN))
		return host_fail_value(vm, &buff_32, &c->args[2]);
	*ret = value_bool(ed25519_verify(c->args[1].bytes, msg->bytes,
	                                 msg->byte_len, c->args[2].bytes));
	return ERR_OK;
}

uint64_t native_hash_ed25519_size(const struct native_call *c)
{
	return c->n && value_is(&c->args[0], VALUE_BUFF) ? c->args[0].n : 0;
}
