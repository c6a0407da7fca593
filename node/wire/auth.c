/* node/wire/auth.c - Spending conditions; contract in auth.h. */
#include "config.h"

#include "node/wire/auth.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "clarity/crypto/hash.h"

/* How a key is encoded, as the wire says it. */
#define ENCODING_COMPRESSED 0u
#define ENCODING_FULL 1u

/* The shortest field: its kind and a key. */
#define FIELD_MIN (1u + ECDSA_PUB_LEN)

static uint8_t encoding_of(bool is_compressed)
{
	if (is_compressed)
		return ENCODING_COMPRESSED;
	return ENCODING_FULL;
}

static bool field_is_sig(const struct auth_field *f)
{
	return f->kind == AUTH_SIG || f->kind == AUTH_SIG_FULL;
}

static bool field_is_compressed(const struct auth_field *f)
{
	return f->kind == AUTH_KEY || f->kind == AUTH_SIG;
}

static enum err field_read(struct cursor *c, struct auth_field *ret)
{
	struct ecdsa_pub pub;
	uint8_t kind;

	TRY(cursor_u8(c, &kind));
	if (kind > AUTH_SIG_FULL)
		return ERR_AUTH_FIELD;
	ret->kind = (enum auth_field_kind)kind;
	if (field_is_sig(ret))
		return cursor_read(c, WIRE_SIG_LEN, &ret->bytes);
	TRY(cursor_read(c, ECDSA_PUB_LEN, &ret->bytes));
	return ecdsa_pub_parse(&pub, ret->bytes, ECDSA_PUB_LEN);
}

/* Ordered modes take exactly as many signatures as required, the others more.
 * A count beyond 16 bits is refused even there. */
static bool sig_count_is_right(const struct auth_cond *cond, uint32_t n)
{
	if (n > UINT16_MAX)
		return false;
	return address_mode_is_any_order(cond->mode) ? n >= cond->required
	                                             : n == cond->required;
}

static enum err multisig_check(const struct auth_cond *cond)
{
	uint32_t n_sigs = 0;
	bool has_full = false;

	for (uint32_t i = 0; i < cond->n_fields; i++) {
		n_sigs += field_is_sig(&cond->fields[i]);
		has_full |= !field_is_compressed(&cond->fields[i]);
	}
	if (!sig_count_is_right(cond, n_sigs))
		return ERR_AUTH_COUNT;
	if (has_full && address_mode_is_segwit(cond->mode))
		return ERR_AUTH_ENCODING;
	return ERR_OK;
}

/* Leaves the number of signatures open: a draft gets them one by one. */
static enum err multisig_read(struct arena *a, struct auth_cond *ret,
                              struct cursor *c)
{
	struct auth_field *fields;

	TRY(wire_count(c, WIRE_AUTH_FIELDS_MAX, FIELD_MIN, &ret->n_fields));
	fields = arena_new_array(a, struct auth_field, ret->n_fields);
	if (!fields)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < ret->n_fields; i++)
		TRY(field_read(c, &fields[i]));
	ret->fields = fields;
	return cursor_be16(c, &ret->required);
}

static enum err singlesig_read(struct auth_cond *ret, struct cursor *c)
{
	uint8_t encoding;

	TRY(cursor_u8(c, &encoding));
	if (encoding > ENCODING_FULL)
		return ERR_AUTH_ENCODING;
	ret->is_compressed = encoding == ENCODING_COMPRESSED;
	TRY(cursor_copy(c, ret->sig, sizeof(ret->sig)));
	if (!ret->is_compressed && address_mode_is_segwit(ret->mode))
		return ERR_AUTH_ENCODING;
	return ERR_OK;
}

static enum err cond_read(struct arena *a, struct auth_cond *ret,
                          struct cursor *c)
{
	uint8_t mode;

	*ret = (struct auth_cond){ .is_compressed = true };
	TRY(cursor_u8(c, &mode));
	if (!address_mode_is_known(mode))
		return ERR_AUTH_MODE;
	ret->mode = (enum address_mode)mode;
	TRY(cursor_copy(c, ret->signer, sizeof(ret->signer)));
	TRY(cursor_be64(c, &ret->nonce));
	TRY(cursor_be64(c, &ret->fee));
	if (address_mode_is_multisig(ret->mode))
		return multisig_read(a, ret, c);
	return singlesig_read(ret, c);
}

enum err auth_read_draft(struct arena *a, struct auth *ret, struct cursor *c)
{
	uint8_t kind;

	TRY(cursor_u8(c, &kind));
	if (kind != AUTH_ORIGIN && kind != AUTH_SPONSOR)
		return ERR_AUTH_KIND;
	ret->is_sponsored = kind == AUTH_SPONSOR;
	TRY(cond_read(a, &ret->origin, c));
	if (ret->is_sponsored)
		return cond_read(a, &ret->sponsor, c);
	ret->sponsor = (struct auth_cond){ .is_compressed = true };
	return ERR_OK;
}

enum err auth_read(struct arena *a, struct auth *ret, struct cursor *c)
{
	TRY(auth_read_draft(a, ret, c));
	if (address_mode_is_multisig(ret->origin.mode))
		TRY(multisig_check(&ret->origin));
	if (ret->is_sponsored && address_mode_is_multisig(ret->sponsor.mode))
		return multisig_check(&ret->sponsor);
	return ERR_OK;
}

static enum err cond_write(struct buf *b, const struct auth_cond *cond)
{
	(void)buf_add_u8(b, (uint8_t)cond->mode);
	(void)buf_add(b, cond->signer, sizeof(cond->signer));
	(void)buf_add_be64(b, cond->nonce);
	(void)buf_add_be64(b, cond->fee);
	if (!address_mode_is_multisig(cond->mode)) {
		(void)buf_add_u8(b, encoding_of(cond->is_compressed));
		return buf_add(b, cond->sig, sizeof(cond->sig));
	}
	(void)buf_add_be32(b, cond->n_fields);
	for (uint32_t i = 0; i < cond->n_fields; i++) {
		const struct auth_field *f = &cond->fields[i];

		(void)buf_add_u8(b, (uint8_t)f->kind);
		(void)buf_add(b, f->bytes,
		              field_is_sig(f) ? WIRE_SIG_LEN : ECDSA_PUB_LEN);
	}
	return buf_add_be16(b, cond->required);
}

enum err auth_write(struct buf *b, const struct auth *auth)
{
	(void)buf_add_u8(b, auth->is_sponsored ? AUTH_SPONSOR : AUTH_ORIGIN);
	(void)cond_write(b, &auth->origin);
	if (auth->is_sponsored)
		(void)cond_write(b, &auth->sponsor);
	return buf_err(b);
}

enum err auth_write_cleared(struct buf *b, const struct auth *auth)
{
	struct auth cleared = {
		.is_sponsored = auth->is_sponsored,
		.origin = auth->origin,
		/* Nobody's key hashes to zero: it stands for any sponsor. */
		.sponsor = { .mode = ADDRESS_P2PKH, .is_compressed = true },
	};

	cleared.origin.nonce = 0;
	cleared.origin.fee = 0;
	cleared.origin.n_fields = 0;
	memset(cleared.origin.sig, 0, sizeof(cleared.origin.sig));
	return auth_write(b, &cleared);
}

struct address auth_address(const struct auth_cond *cond, bool is_mainnet)
{
	struct address a = { .version =
		                 address_version(cond->mode, is_mainnet) };

	memcpy(a.hash, cond->signer, sizeof(a.hash));
	return a;
}

const struct auth_cond *auth_payer(const struct auth *auth)
{
	return auth->is_sponsored ? &auth->sponsor : &auth->origin;
}

/* What a signer signs: the hash so far, its role, fee and nonce. */
static void presign(uint8_t ret[WIRE_HASH_LEN],
                    const uint8_t sighash[WIRE_HASH_LEN],
                    const struct auth_cond *cond, enum auth_role role)
{
	uint8_t bytes[WIRE_HASH_LEN + 1 + 8 + 8];

	memcpy(bytes, sighash, WIRE_HASH_LEN);
	bytes[WIRE_HASH_LEN] = (uint8_t)role;
	be64_write(bytes + WIRE_HASH_LEN + 1, cond->fee);
	be64_write(bytes + WIRE_HASH_LEN + 9, cond->nonce);
	hash_sha512_256(ret, bytes, sizeof(bytes));
}

/* What the next signer goes on from: the hash just signed and its signature. */
static void postsign(uint8_t ret[WIRE_HASH_LEN],
                     const uint8_t signed_hash[WIRE_HASH_LEN],
                     bool is_compressed, const uint8_t sig[WIRE_SIG_LEN])
{
	uint8_t bytes[WIRE_HASH_LEN + 1 + WIRE_SIG_LEN];

	memcpy(bytes, signed_hash, WIRE_HASH_LEN);
	bytes[WIRE_HASH_LEN] = encoding_of(is_compressed);
	memcpy(bytes + WIRE_HASH_LEN + 1, sig, WIRE_SIG_LEN);
	hash_sha512_256(ret, bytes, sizeof(bytes));
}

/* Recovers the key behind one signature and moves the hash on. */
static enum err verify_next(struct ecdsa_pub *ret,
                            uint8_t sighash[WIRE_HASH_LEN],
                            const struct auth_cond *cond, enum auth_role role,
                            const uint8_t sig[WIRE_SIG_LEN], bool is_compressed)
{
	uint8_t digest[WIRE_HASH_LEN];

	presign(digest, sighash, cond, role);
	TRY(ecdsa_recover(ret, sig, digest));
	postsign(sighash, digest, is_compressed, sig);
	return ERR_OK;
}

static enum err check_s(const uint8_t sig[WIRE_SIG_LEN], enum auth_rule rule)
{
	if (rule == AUTH_LOW_S && !ecdsa_is_low_s(sig + 1))
		return ERR_AUTH_HIGH_S;
	return ERR_OK;
}

static enum err singlesig_verify(uint8_t sighash[WIRE_HASH_LEN],
                                 const struct auth_cond *cond,
                                 enum auth_role role, enum auth_rule rule)
{
	struct ecdsa_pub pub;
	uint8_t hash[ADDRESS_HASH_LEN];

	TRY(check_s(cond->sig, rule));
	TRY(verify_next(&pub, sighash, cond, role, cond->sig,
	                cond->is_compressed));
	if (!cond->is_compressed && address_mode_is_segwit(cond->mode))
		return ERR_AUTH_ENCODING;
	address_of_key(hash, cond->mode, &pub, cond->is_compressed);
	if (memcmp(hash, cond->signer, sizeof(hash)) != 0)
		return ERR_AUTH_SIGNER;
	return ERR_OK;
}

/* Each signature of an any-order condition starts from the same hash. */
static enum err field_verify(struct ecdsa_pub *ret,
                             uint8_t sighash[WIRE_HASH_LEN],
                             const struct auth_cond *cond, enum auth_role role,
                             const struct auth_field *f)
{
	uint8_t same[WIRE_HASH_LEN];
	uint8_t *chain = sighash;

	if (!field_is_sig(f))
		return ecdsa_pub_parse(ret, f->bytes, ECDSA_PUB_LEN);
	if (address_mode_is_any_order(cond->mode)) {
		memcpy(same, sighash, sizeof(same));
		chain = same;
	}
	return verify_next(ret, chain, cond, role, f->bytes,
	                   field_is_compressed(f));
}

static enum err multisig_verify(uint8_t sighash[WIRE_HASH_LEN],
                                const struct auth_cond *cond,
                                enum auth_role role, enum auth_rule rule)
{
	struct address_script script;
	uint8_t hash[ADDRESS_HASH_LEN];

	TRY(multisig_check(cond));
	address_script_begin(&script, cond->required);
	for (uint32_t i = 0; i < cond->n_fields; i++) {
		const struct auth_field *f = &cond->fields[i];
		struct ecdsa_pub pub;

		if (field_is_sig(f))
			TRY(check_s(f->bytes, rule));
		TRY(field_verify(&pub, sighash, cond, role, f));
		address_script_add(&script, &pub, field_is_compressed(f));
	}
	address_script_end(&script, cond->mode, hash);
	if (memcmp(hash, cond->signer, sizeof(hash)) != 0)
		return ERR_AUTH_SIGNER;
	return ERR_OK;
}

enum err auth_cond_verify(uint8_t sighash[WIRE_HASH_LEN],
                          const struct auth_cond *cond, enum auth_role role,
                          enum auth_rule rule)
{
	if (address_mode_is_multisig(cond->mode))
		return multisig_verify(sighash, cond, role, rule);
	return singlesig_verify(sighash, cond, role, rule);
}

enum err auth_verify(const struct auth *auth,
                     const uint8_t initial[WIRE_HASH_LEN], enum auth_rule rule)
{
	uint8_t sighash[WIRE_HASH_LEN];

	memcpy(sighash, initial, sizeof(sighash));
	TRY(auth_cond_verify(sighash, &auth->origin, AUTH_ORIGIN, rule));
	if (!auth->is_sponsored)
		return ERR_OK;
	return auth_cond_verify(sighash, &auth->sponsor, AUTH_SPONSOR, rule);
}

static enum err cond_append(struct arena *a, struct auth_cond *cond,
                            enum auth_field_kind kind, const uint8_t *bytes,
                            size_t len)
{
	uint32_t n = cond->n_fields;
	struct auth_field *fields =
	    arena_new_array(a, struct auth_field, n + 1);
	uint8_t *copy = arena_copy(a, bytes, len);

	if (!fields || !copy)
		return ERR_NO_MEMORY;
	if (n)
		memcpy(fields, cond->fields, n * sizeof(*fields));
	fields[n] = (struct auth_field){ .kind = kind, .bytes = copy };
	cond->fields = fields;
	cond->n_fields = n + 1;
	return ERR_OK;
}

void auth_cond_resume(uint8_t sighash[WIRE_HASH_LEN],
                      const struct auth_cond *cond, enum auth_role role)
{
	uint8_t digest[WIRE_HASH_LEN];

	if (!address_mode_is_multisig(cond->mode) ||
	    address_mode_is_any_order(cond->mode))
		return;
	for (uint32_t i = 0; i < cond->n_fields; i++) {
		const struct auth_field *f = &cond->fields[i];

		if (!field_is_sig(f))
			continue;
		presign(digest, sighash, cond, role);
		postsign(sighash, digest, field_is_compressed(f), f->bytes);
	}
}

enum err auth_cond_sign(struct arena *a, struct auth_cond *cond,
                        uint8_t sighash[WIRE_HASH_LEN], enum auth_role role,
                        const struct auth_key *key)
{
	uint8_t digest[WIRE_HASH_LEN];
	uint8_t sig[WIRE_SIG_LEN];

	presign(digest, sighash, cond, role);
	TRY(ecdsa_sign_recoverable(sig, digest, key->key));
	if (!address_mode_is_multisig(cond->mode)) {
		memcpy(cond->sig, sig, sizeof(sig));
	} else {
		TRY(cond_append(a, cond,
		                key->is_compressed ? AUTH_SIG : AUTH_SIG_FULL,
		                sig, sizeof(sig)));
	}
	if (!address_mode_is_any_order(cond->mode))
		postsign(sighash, digest, key->is_compressed, sig);
	return ERR_OK;
}

enum err auth_cond_add_key(struct arena *a, struct auth_cond *cond,
                           const struct ecdsa_pub *pub, bool is_compressed)
{
	uint8_t bytes[ECDSA_PUB_LEN];

	CHECK(address_mode_is_multisig(cond->mode));
	ecdsa_pub_write(bytes, pub);
	return cond_append(a, cond, is_compressed ? AUTH_KEY : AUTH_KEY_FULL,
	                   bytes, sizeof(bytes));
}
