/* node/wire/tx.c - Transactions; contract in tx.h. */
#include "config.h"

#include "node/wire/tx.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/crypto/hash.h"
#include "clarity/value/version.h"

/* The shortest post-condition: kind, origin, code. */
#define POSTCOND_MIN 3u

/* Room that is enough for most transactions, so that writing grows nothing. */
#define USUAL_LEN 1024u

static enum err postconds_read(struct arena *a, struct tx *ret,
                               struct cursor *c)
{
	struct postcond *list;

	TRY(wire_count(c, WIRE_POSTCONDS_MAX, POSTCOND_MIN, &ret->n_postconds));
	list = arena_new_array(a, struct postcond, ret->n_postconds);
	if (!list)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < ret->n_postconds; i++)
		TRY(postcond_read(a, &list[i], c));
	ret->postconds = list;
	return ERR_OK;
}

static enum err modes_read(struct tx *ret, struct cursor *c)
{
	uint8_t anchor;
	uint8_t mode;

	TRY(cursor_u8(c, &anchor));
	if (anchor < TX_ANCHOR_ONCHAIN || anchor > TX_ANCHOR_ANY)
		return ERR_TX_ANCHOR;
	ret->anchor = (enum tx_anchor)anchor;
	TRY(cursor_u8(c, &mode));
	if (mode < TX_MODE_ALLOW || mode > TX_MODE_ORIGINATOR)
		return ERR_TX_MODE;
	ret->mode = (enum tx_mode)mode;
	return ERR_OK;
}

static bool must_be_onchain(const struct tx *tx)
{
	return payload_is_coinbase(&tx->payload) ||
	       tx->payload.kind == PAYLOAD_POISON;
}

static enum err tx_read_bounded(struct arena *a, struct tx *ret,
                                struct cursor *c, bool is_draft)
{
	uint8_t version;

	TRY(cursor_u8(c, &version));
	ret->is_mainnet = !(version & TX_TESTNET);
	TRY(cursor_be32(c, &ret->chain_id));
	if (is_draft)
		TRY(auth_read_draft(a, &ret->auth, c));
	else
		TRY(auth_read(a, &ret->auth, c));
	TRY(modes_read(ret, c));
	TRY(postconds_read(a, ret, c));
	TRY(payload_read(a, &ret->payload, c));
	if (must_be_onchain(ret) && ret->anchor != TX_ANCHOR_ONCHAIN)
		return ERR_TX_ANCHOR;
	return ERR_OK;
}

enum err tx_read(struct arena *a, struct tx *ret, struct cursor *c)
{
	struct cursor bounded = *c;

	if (cursor_left(c) > WIRE_TX_MAX)
		bounded.end = bounded.at + WIRE_TX_MAX;
	TRY(tx_read_bounded(a, ret, &bounded, false));
	c->at = bounded.at;
	return ERR_OK;
}

enum err tx_read_all(struct arena *a, struct tx *ret, struct span bytes)
{
	struct cursor c = cursor_of(bytes);

	TRY(tx_read(a, ret, &c));
	return cursor_done(&c);
}

enum err tx_read_draft(struct arena *a, struct tx *ret, struct span bytes)
{
	struct cursor c = cursor_of(bytes);

	if (bytes.len > WIRE_TX_MAX)
		return ERR_TOO_LARGE;
	TRY(tx_read_bounded(a, ret, &c, true));
	return cursor_done(&c);
}

static void head_write(struct buf *b, const struct tx *tx)
{
	(void)buf_add_u8(b, tx->is_mainnet ? TX_MAINNET : TX_TESTNET);
	(void)buf_add_be32(b, tx->chain_id);
}

static void tail_write(struct buf *b, const struct tx *tx)
{
	(void)buf_add_u8(b, (uint8_t)tx->anchor);
	(void)buf_add_u8(b, (uint8_t)tx->mode);
	(void)buf_add_be32(b, tx->n_postconds);
	for (uint32_t i = 0; i < tx->n_postconds; i++)
		(void)postcond_write(b, &tx->postconds[i]);
	(void)payload_write(b, &tx->payload);
}

enum err tx_write(struct buf *b, const struct tx *tx)
{
	head_write(b, tx);
	(void)auth_write(b, &tx->auth);
	tail_write(b, tx);
	return buf_err(b);
}

static enum err hash_and_free(uint8_t ret[WIRE_HASH_LEN], struct buf *b)
{
	enum err e = buf_err(b);

	if (e == ERR_OK)
		hash_sha512_256(ret, b->p, b->len);
	buf_fini(b);
	return e;
}

enum err tx_id(uint8_t ret[WIRE_HASH_LEN], const struct tx *tx)
{
	struct buf b;

	buf_init(&b, WIRE_TX_MAX);
	(void)buf_room(&b, USUAL_LEN);
	(void)tx_write(&b, tx);
	return hash_and_free(ret, &b);
}

enum err tx_sighash(uint8_t ret[WIRE_HASH_LEN], const struct tx *tx)
{
	struct buf b;

	buf_init(&b, WIRE_TX_MAX);
	(void)buf_room(&b, USUAL_LEN);
	head_write(&b, tx);
	(void)auth_write_cleared(&b, &tx->auth);
	tail_write(&b, tx);
	return hash_and_free(ret, &b);
}

enum err tx_verify(const struct tx *tx, enum auth_rule rule)
{
	uint8_t sighash[WIRE_HASH_LEN];

	TRY(tx_sighash(sighash, tx));
	return auth_verify(&tx->auth, sighash, rule);
}

enum err tx_verify_origin(uint8_t ret[WIRE_HASH_LEN], const struct tx *tx,
                          enum auth_rule rule)
{
	uint8_t sighash[WIRE_HASH_LEN];

	TRY(tx_sighash(sighash, tx));
	TRY(auth_cond_verify(sighash, &tx->auth.origin, AUTH_ORIGIN, rule));
	memcpy(ret, sighash, sizeof(sighash));
	return ERR_OK;
}

enum err tx_sighash_next(uint8_t ret[WIRE_HASH_LEN], const struct tx *tx,
                         enum auth_role role)
{
	if (role == AUTH_ORIGIN) {
		TRY(tx_sighash(ret, tx));
		auth_cond_resume(ret, &tx->auth.origin, role);
		return ERR_OK;
	}
	CHECK(tx->auth.is_sponsored);
	TRY(tx_verify_origin(ret, tx, AUTH_LOW_S));
	auth_cond_resume(ret, &tx->auth.sponsor, role);
	return ERR_OK;
}

enum err tx_sign_origin(struct arena *a, struct tx *tx,
                        uint8_t sighash[WIRE_HASH_LEN],
                        const struct auth_key *key)
{
	return auth_cond_sign(a, &tx->auth.origin, sighash, AUTH_ORIGIN, key);
}

enum err tx_sign_sponsor(struct arena *a, struct tx *tx,
                         uint8_t sighash[WIRE_HASH_LEN],
                         const struct auth_key *key)
{
	CHECK(tx->auth.is_sponsored);
	return auth_cond_sign(a, &tx->auth.sponsor, sighash, AUTH_SPONSOR, key);
}

enum err tx_check_epoch(const struct tx *tx, enum epoch epoch)
{
	const struct payload *p = &tx->payload;

	CHECK(epoch >= EPOCH_FIRST);
	if (tx->mode == TX_MODE_ORIGINATOR && !epoch_has_originator_mode(epoch))
		return ERR_TX_EPOCH;
	for (uint32_t i = 0; i < tx->n_postconds; i++) {
		if (!postcond_is_of_epoch(&tx->postconds[i], epoch))
			return ERR_TX_EPOCH;
	}
	/* All epochs from 3.0 on want the proof in a coinbase. */
	if (payload_is_coinbase(p) && p->kind != PAYLOAD_COINBASE_VRF)
		return ERR_TX_EPOCH;
	if (p->kind == PAYLOAD_CONTRACT_VERSIONED &&
	    p->contract.version > version_max(epoch))
		return ERR_TX_EPOCH;
	return ERR_OK;
}

struct address tx_origin(const struct tx *tx)
{
	return auth_address(&tx->auth.origin, tx->is_mainnet);
}

struct address tx_payer(const struct tx *tx)
{
	return auth_address(auth_payer(&tx->auth), tx->is_mainnet);
}
