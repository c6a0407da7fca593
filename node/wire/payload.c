/* node/wire/payload.c - Payloads as bytes; contract in payload.h. */
#include "config.h"

#include "node/wire/payload.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/value/value_codec.h"
#include "clarity/value/version.h"

static enum err transfer_read(struct payload_transfer *ret, struct cursor *c)
{
	TRY(wire_principal(c, &ret->to));
	TRY(cursor_be64(c, &ret->amount));
	return cursor_copy(c, ret->memo, sizeof(ret->memo));
}

static enum err contract_read(struct payload_contract *ret, struct cursor *c)
{
	TRY(wire_contract_name(c, &ret->name));
	return wire_text(c, &ret->code);
}

static enum err versioned_read(struct payload_contract *ret, struct cursor *c)
{
	TRY(cursor_u8(c, &ret->version));
	if (ret->version < CLARITY_FIRST || ret->version > CLARITY_LAST)
		return ERR_PAYLOAD_VERSION;
	return contract_read(ret, c);
}

static enum err call_read(struct arena *a, struct payload_call *ret,
                          struct cursor *c)
{
	struct value *args;

	TRY(wire_address(c, &ret->address));
	TRY(wire_contract_name(c, &ret->contract));
	TRY(wire_clarity_name(c, &ret->function));
	TRY(wire_count(c, WIRE_ARGS_MAX, 1, &ret->n_args));
	args = arena_new_array(a, struct value, ret->n_args);
	if (!args)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < ret->n_args; i++)
		TRY(value_codec_read(a, &args[i], c, NULL));
	ret->args = args;
	return ERR_OK;
}

static enum err micro_read(struct payload_micro *ret, struct cursor *c)
{
	TRY(cursor_u8(c, &ret->version));
	TRY(cursor_be16(c, &ret->sequence));
	TRY(cursor_copy(c, ret->prev_block, sizeof(ret->prev_block)));
	TRY(cursor_copy(c, ret->tx_root, sizeof(ret->tx_root)));
	TRY(cursor_copy(c, ret->sig, sizeof(ret->sig)));
	return ecdsa_rsig_is_formed(ret->sig) ? ERR_OK : ERR_PAYLOAD_POISON;
}

static bool micro_eq(const struct payload_micro *a,
                     const struct payload_micro *b)
{
	return a->version == b->version && a->sequence == b->sequence &&
	       memcmp(a->prev_block, b->prev_block, WIRE_HASH_LEN) == 0 &&
	       memcmp(a->tx_root, b->tx_root, WIRE_HASH_LEN) == 0 &&
	       memcmp(a->sig, b->sig, WIRE_SIG_LEN) == 0;
}

/* Two headers prove a fork when they differ and share a number or a parent. */
static enum err poison_read(struct payload_micro ret[2], struct cursor *c)
{
	TRY(micro_read(&ret[0], c));
	TRY(micro_read(&ret[1], c));
	if (micro_eq(&ret[0], &ret[1]))
		return ERR_PAYLOAD_POISON;
	if (ret[0].sequence != ret[1].sequence &&
	    memcmp(ret[0].prev_block, ret[1].prev_block, WIRE_HASH_LEN) != 0)
		return ERR_PAYLOAD_POISON;
	return ERR_OK;
}

static enum err coinbase_read(struct payload_coinbase *ret, struct cursor *c)
{
	ret->recipient = NULL;
	return cursor_copy(c, ret->bytes, sizeof(ret->bytes));
}

static enum err coinbase_alt_read(struct arena *a, struct payload_coinbase *ret,
                                  struct cursor *c)
{
	struct value v;

	TRY(coinbase_read(ret, c));
	TRY(value_codec_read(a, &v, c, NULL));
	if (!value_is(&v, VALUE_PRINCIPAL))
		return ERR_PAYLOAD_RECIPIENT;
	ret->recipient = v.principal;
	return ERR_OK;
}

static enum err coinbase_vrf_read(struct arena *a, struct payload_coinbase *ret,
                                  struct cursor *c)
{
	const uint8_t *proof;
	struct value v;

	TRY(coinbase_read(ret, c));
	TRY(value_codec_read(a, &v, c, NULL));
	if (!value_is_optional(&v))
		return ERR_PAYLOAD_RECIPIENT;
	if (!value_is_none(&v)) {
		struct value inner = value_unwrap(&v);

		if (value_is(&inner, VALUE_PRINCIPAL))
			ret->recipient = inner.principal;
	}
	TRY(cursor_read(c, VRF_PROOF_LEN, &proof));
	return vrf_proof_parse(ret->proof, proof);
}

static enum err tenure_read(struct payload_tenure *ret, struct cursor *c)
{
	uint8_t cause;

	TRY(cursor_copy(c, ret->tenure, sizeof(ret->tenure)));
	TRY(cursor_copy(c, ret->prev_tenure, sizeof(ret->prev_tenure)));
	TRY(cursor_copy(c, ret->burn_view, sizeof(ret->burn_view)));
	TRY(cursor_copy(c, ret->prev_end, sizeof(ret->prev_end)));
	TRY(cursor_be32(c, &ret->prev_blocks));
	TRY(cursor_u8(c, &cause));
	if (cause > PAYLOAD_EXTENDED_WRITE_LENGTH)
		return ERR_PAYLOAD_CAUSE;
	ret->cause = (enum payload_cause)cause;
	return cursor_copy(c, ret->miner, sizeof(ret->miner));
}

static enum err body_read(struct arena *a, struct payload *ret,
                          struct cursor *c)
{
	switch (ret->kind) {
	case PAYLOAD_TRANSFER:
		return transfer_read(&ret->transfer, c);
	case PAYLOAD_CONTRACT:
		return contract_read(&ret->contract, c);
	case PAYLOAD_CONTRACT_VERSIONED:
		return versioned_read(&ret->contract, c);
	case PAYLOAD_CALL:
		return call_read(a, &ret->call, c);
	case PAYLOAD_POISON:
		return poison_read(ret->poison, c);
	case PAYLOAD_COINBASE:
		return coinbase_read(&ret->coinbase, c);
	case PAYLOAD_COINBASE_ALT:
		return coinbase_alt_read(a, &ret->coinbase, c);
	case PAYLOAD_COINBASE_VRF:
		return coinbase_vrf_read(a, &ret->coinbase, c);
	case PAYLOAD_TENURE:
		return tenure_read(&ret->tenure, c);
	}
	return ERR_PAYLOAD_KIND;
}

enum err payload_read(struct arena *a, struct payload *ret, struct cursor *c)
{
	uint8_t kind;

	memset(ret, 0, sizeof(*ret));
	TRY(cursor_u8(c, &kind));
	if (kind >= PAYLOAD_KINDS)
		return ERR_PAYLOAD_KIND;
	ret->kind = (enum payload_kind)kind;
	return body_read(a, ret, c);
}

static void transfer_write(struct buf *b, const struct payload_transfer *p)
{
	(void)wire_add_principal(b, p->to);
	(void)buf_add_be64(b, p->amount);
	(void)buf_add(b, p->memo, sizeof(p->memo));
}

static void contract_write(struct buf *b, const struct payload_contract *p)
{
	(void)wire_add_name(b, p->name);
	(void)wire_add_text(b, p->code);
}

static void call_write(struct buf *b, const struct payload_call *p)
{
	(void)wire_add_address(b, &p->address);
	(void)wire_add_name(b, p->contract);
	(void)wire_add_name(b, p->function);
	(void)buf_add_be32(b, p->n_args);
	for (uint32_t i = 0; i < p->n_args; i++)
		(void)value_codec_write(b, &p->args[i]);
}

static void micro_write(struct buf *b, const struct payload_micro *p)
{
	(void)buf_add_u8(b, p->version);
	(void)buf_add_be16(b, p->sequence);
	(void)buf_add(b, p->prev_block, sizeof(p->prev_block));
	(void)buf_add(b, p->tx_root, sizeof(p->tx_root));
	(void)buf_add(b, p->sig, sizeof(p->sig));
}

/* A recipient is a principal as a Clarity value, which has the same bytes. */
static void coinbase_write(struct buf *b, const struct payload *p)
{
	static const uint8_t none = 0x09;
	static const uint8_t some = 0x0a;
	const struct payload_coinbase *cb = &p->coinbase;

	(void)buf_add(b, cb->bytes, sizeof(cb->bytes));
	if (p->kind == PAYLOAD_COINBASE_VRF)
		(void)buf_add_u8(b, cb->recipient ? some : none);
	if (cb->recipient)
		(void)wire_add_principal(b, cb->recipient);
	if (p->kind == PAYLOAD_COINBASE_VRF)
		(void)buf_add(b, cb->proof, sizeof(cb->proof));
}

static void tenure_write(struct buf *b, const struct payload_tenure *p)
{
	(void)buf_add(b, p->tenure, sizeof(p->tenure));
	(void)buf_add(b, p->prev_tenure, sizeof(p->prev_tenure));
	(void)buf_add(b, p->burn_view, sizeof(p->burn_view));
	(void)buf_add(b, p->prev_end, sizeof(p->prev_end));
	(void)buf_add_be32(b, p->prev_blocks);
	(void)buf_add_u8(b, (uint8_t)p->cause);
	(void)buf_add(b, p->miner, sizeof(p->miner));
}

enum err payload_write(struct buf *b, const struct payload *p)
{
	(void)buf_add_u8(b, (uint8_t)p->kind);
	switch (p->kind) {
	case PAYLOAD_TRANSFER:
		transfer_write(b, &p->transfer);
		break;
	case PAYLOAD_CONTRACT_VERSIONED:
		(void)buf_add_u8(b, p->contract.version);
		contract_write(b, &p->contract);
		break;
	case PAYLOAD_CONTRACT:
		contract_write(b, &p->contract);
		break;
	case PAYLOAD_CALL:
		call_write(b, &p->call);
		break;
	case PAYLOAD_POISON:
		micro_write(b, &p->poison[0]);
		micro_write(b, &p->poison[1]);
		break;
	case PAYLOAD_COINBASE:
	case PAYLOAD_COINBASE_ALT:
	case PAYLOAD_COINBASE_VRF:
		coinbase_write(b, p);
		break;
	case PAYLOAD_TENURE:
		tenure_write(b, &p->tenure);
		break;
	}
	return buf_err(b);
}

bool payload_is_coinbase(const struct payload *p)
{
	return p->kind == PAYLOAD_COINBASE || p->kind == PAYLOAD_COINBASE_ALT ||
	       p->kind == PAYLOAD_COINBASE_VRF;
}

const char *payload_name(enum payload_kind kind)
{
	static const char *const names[PAYLOAD_KINDS] = {
		[PAYLOAD_TRANSFER] = "token_transfer",
		[PAYLOAD_CONTRACT] = "smart_contract",
		[PAYLOAD_CALL] = "contract_call",
		[PAYLOAD_POISON] = "poison_microblock",
		[PAYLOAD_COINBASE] = "coinbase",
		[PAYLOAD_COINBASE_ALT] = "coinbase_to_alt_recipient",
		[PAYLOAD_CONTRACT_VERSIONED] = "versioned_smart_contract",
		[PAYLOAD_TENURE] = "tenure_change",
		[PAYLOAD_COINBASE_VRF] = "nakamoto_coinbase",
	};

	CHECK(kind < PAYLOAD_KINDS);
	return names[kind];
}
