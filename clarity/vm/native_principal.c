/* clarity/vm/native_principal.c - Principals taken apart and made; see
 * native_principal.h. */
#include "config.h"

#include "clarity/vm/native_principal.h"

#include "clarity/crypto/ecdsa.h"
#include "clarity/crypto/hash.h"
#include "clarity/value/principal.h"

/* What principal-construct? says went wrong. */
enum construct_code {
	CONSTRUCT_VERSION = 0, /* of another network; the value is there */
	CONSTRUCT_LENGTH = 1,  /* version or hash is too short, or >= 32 */
	CONSTRUCT_NAME = 2     /* not a contract's name */
};

#define STRING(kind_, len_)                                                    \
	{                                                                      \
		.kind = (kind_), .depth = 1, .is_concrete = true,              \
		.len = (len_), .size = 4 + (len_), .type_size = 5              \
	}

static const struct type buff_1 = STRING(TYPE_BUFF, 1);
static const struct type buff_20 = STRING(TYPE_BUFF, PRINCIPAL_HASH_LEN);
static const struct type buff_33 = STRING(TYPE_BUFF, ECDSA_PUB_LEN);
static const struct type name_40 = STRING(TYPE_ASCII, NAME_CONTRACT_MAX_DEPLOY);

static bool is_of_network(const struct vm *vm, const struct principal *p)
{
	return host_is_mainnet(vm) ? principal_is_mainnet(p)
	                           : principal_is_testnet(p);
}

static enum err wrapped(struct vm *vm, struct value *ret, enum value_wrap wrap,
                        const struct value *v)
{
	struct type_diag diag;

	return host_type(vm, value_wrap(ret, wrap, v, &diag), &diag);
}

static enum err fail_principal(struct vm *vm, const struct value *v)
{
	return host_fail_value(vm, type_atom(TYPE_PRINCIPAL), v);
}

enum err native_principal_is_standard(struct vm *vm,
                                      const struct native_call *c,
                                      struct value *ret)
{
	if (!value_is(&c->args[0], VALUE_PRINCIPAL))
		return fail_principal(vm, &c->args[0]);
	*ret = value_bool(is_of_network(vm, c->args[0].principal));
	return ERR_OK;
}

enum err native_principal_of_key(struct vm *vm, const struct native_call *c,
                                 struct value *ret)
{
	const struct value *key = &c->args[0];
	uint8_t hash[PRINCIPAL_HASH_LEN];
	const struct principal *p;
	struct ecdsa_pub pub;
	struct value v;

	if (!value_is(key, VALUE_BUFF) || key->n != ECDSA_PUB_LEN)
		return host_fail_value(vm, &buff_33, key);
	if (ecdsa_pub_parse(&pub, key->bytes, ECDSA_PUB_LEN) != ERR_OK) {
		v = value_uint(1);
		return wrapped(vm, ret, VALUE_ERR, &v);
	}
	hash_hash160(hash, key->bytes, key->byte_len);
	p = principal_new_standard(
	    host_arena(vm),
	    version_principal_of_knows_network(c->version) &&
		    host_is_mainnet(vm)
		? PRINCIPAL_MAINNET_SINGLESIG
		: PRINCIPAL_TESTNET_SINGLESIG,
	    hash);
	if (!p)
		return ERR_NO_MEMORY;
	v = value_principal(p);
	return wrapped(vm, ret, VALUE_OK, &v);
}

enum err native_principal_destruct(struct vm *vm, const struct native_call *c,
                                   struct value *ret)
{
	const struct principal *p = c->args[0].principal;
	struct value name = value_none();
	struct type_diag diag;
	struct value tuple;

	if (!value_is(&c->args[0], VALUE_PRINCIPAL))
		return fail_principal(vm, &c->args[0]);
	if (principal_is_contract(p)) {
		name = value_ascii(principal_name(p));
		TRY(wrapped(vm, &name, VALUE_SOME, &name));
	}

	struct value_field fields[] = {
		{ span_str("version"), value_buff(span_of(&p->version, 1)) },
		{ span_str("hash-bytes"),
		  value_buff(span_of(p->hash, PRINCIPAL_HASH_LEN)) },
		{ span_str("name"), name },
	};

	TRY(host_type(vm, value_tuple(host_arena(vm), &tuple, fields, 3, &diag),
	              &diag));
	return wrapped(vm, ret, is_of_network(vm, p) ? VALUE_OK : VALUE_ERR,
	               &tuple);
}

/* Makes (err {error_code, value}); `p` is NULL when there is no principal. */
static enum err construct_err(struct vm *vm, struct value *ret,
                              enum construct_code code,
                              const struct principal *p)
{
	struct value some = value_none();
	struct type_diag diag;
	struct value tuple;

	if (p) {
		some = value_principal(p);
		TRY(wrapped(vm, &some, VALUE_SOME, &some));
	}

	struct value_field fields[] = {
		{ span_str("error_code"), value_uint((u128)code) },
		{ span_str("value"), some },
	};

	TRY(host_type(vm, value_tuple(host_arena(vm), &tuple, fields, 2, &diag),
	              &diag));
	return wrapped(vm, ret, VALUE_ERR, &tuple);
}

/* A buffer of at most `type->len` bytes; anything else the checker refuses. */
static enum err check_buffer(struct vm *vm, const struct value *v,
                             const struct type *type)
{
	if (value_is(v, VALUE_BUFF) && v->n <= type->len)
		return ERR_OK;
	return host_fail_value(vm, type, v);
}

/* Gives `account` its name; NULL in `*ret` when the name is not one. */
static enum err construct_contract(struct vm *vm, const struct native_call *c,
                                   const struct principal **ret,
                                   const struct principal *account)
{
	const struct value *name = &c->args[2];

	TRY(host_clone(vm, c, 2));
	if (!value_is(name, VALUE_ASCII) || name->n > name_40.len)
		return host_fail_value(vm, &name_40, name);

	enum err e = principal_new_contract(host_arena(vm), ret, account,
	                                    value_bytes(name));

	if (e != ERR_SYNTAX)
		return e;
	*ret = NULL;
	return ERR_OK;
}

enum err native_principal_construct(struct vm *vm, const struct native_call *c,
                                    struct value *ret)
{
	const struct value *version = &c->args[0];
	const struct value *hash = &c->args[1];
	const struct principal *p;
	struct value v;

	TRY(check_buffer(vm, version, &buff_1));
	if (version->n == 0 || version->bytes[0] >= PRINCIPAL_VERSIONS)
		return construct_err(vm, ret, CONSTRUCT_LENGTH, NULL);
	TRY(check_buffer(vm, hash, &buff_20));
	if (hash->n < PRINCIPAL_HASH_LEN)
		return construct_err(vm, ret, CONSTRUCT_LENGTH, NULL);
	p = principal_new_standard(host_arena(vm), version->bytes[0],
	                           hash->bytes);
	if (!p)
		return ERR_NO_MEMORY;
	if (c->n > 2)
		TRY(construct_contract(vm, c, &p, p));
	if (!p)
		return construct_err(vm, ret, CONSTRUCT_NAME, NULL);
	if (!is_of_network(vm, p))
		return construct_err(vm, ret, CONSTRUCT_VERSION, p);
	v = value_principal(p);
	return wrapped(vm, ret, VALUE_OK, &v);
}
