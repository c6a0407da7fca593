/* node/wire/postcond.c - Post-conditions as bytes; contract in postcond.h. */
#include "config.h"

#include "node/wire/postcond.h"

#include "clarity/value/value_codec.h"
#include "node/wire/wire.h"

static enum err principal_read(struct postcond_principal *ret, struct cursor *c)
{
	uint8_t who;

	*ret = (struct postcond_principal){ .who = POSTCOND_ORIGIN };
	TRY(cursor_u8(c, &who));
	if (who < POSTCOND_ORIGIN || who > POSTCOND_CONTRACT)
		return ERR_POSTCOND_PRINCIPAL;
	ret->who = (enum postcond_who)who;
	if (who != POSTCOND_ORIGIN)
		TRY(wire_address(c, &ret->address));
	if (who == POSTCOND_CONTRACT)
		TRY(wire_contract_name(c, &ret->contract));
	return ERR_OK;
}

static enum err asset_read(struct postcond_asset *ret, struct cursor *c)
{
	TRY(wire_address(c, &ret->address));
	TRY(wire_contract_name(c, &ret->contract));
	return wire_clarity_name(c, &ret->name);
}

static enum err code_read(struct postcond *ret, struct cursor *c,
                          enum postcond_code first, enum postcond_code last)
{
	uint8_t code;

	TRY(cursor_u8(c, &code));
	if (code < first || code > last)
		return ERR_POSTCOND_CODE;
	ret->code = (enum postcond_code)code;
	return ERR_OK;
}

static enum err amount_read(struct postcond *ret, struct cursor *c)
{
	TRY(code_read(ret, c, POSTCOND_EQ, POSTCOND_LE));
	return cursor_be64(c, &ret->amount);
}

static enum err body_read(struct arena *a, struct postcond *ret,
                          struct cursor *c)
{
	switch (ret->kind) {
	case POSTCOND_STX:
	case POSTCOND_STAKING:
		return amount_read(ret, c);
	case POSTCOND_FT:
		TRY(asset_read(&ret->asset, c));
		return amount_read(ret, c);
	case POSTCOND_NFT:
		TRY(asset_read(&ret->asset, c));
		TRY(value_codec_read(a, &ret->value, c, NULL));
		return code_read(ret, c, POSTCOND_SENT, POSTCOND_MAYBE_SENT);
	case POSTCOND_POX:
		return code_read(ret, c, POSTCOND_NOT_PERFORMED,
		                 POSTCOND_PERFORMED);
	}
	return ERR_POSTCOND_KIND;
}

enum err postcond_read(struct arena *a, struct postcond *ret, struct cursor *c)
{
	uint8_t kind;

	*ret = (struct postcond){ .kind = POSTCOND_STX };
	TRY(cursor_u8(c, &kind));
	if (kind > POSTCOND_POX)
		return ERR_POSTCOND_KIND;
	ret->kind = (enum postcond_kind)kind;
	TRY(principal_read(&ret->principal, c));
	return body_read(a, ret, c);
}

static void principal_write(struct buf *b, const struct postcond_principal *p)
{
	(void)buf_add_u8(b, (uint8_t)p->who);
	if (p->who != POSTCOND_ORIGIN)
		(void)wire_add_address(b, &p->address);
	if (p->who == POSTCOND_CONTRACT)
		(void)wire_add_name(b, p->contract);
}

static void asset_write(struct buf *b, const struct postcond_asset *a)
{
	(void)wire_add_address(b, &a->address);
	(void)wire_add_name(b, a->contract);
	(void)wire_add_name(b, a->name);
}

enum err postcond_write(struct buf *b, const struct postcond *p)
{
	(void)buf_add_u8(b, (uint8_t)p->kind);
	principal_write(b, &p->principal);
	if (p->kind == POSTCOND_FT || p->kind == POSTCOND_NFT)
		asset_write(b, &p->asset);
	if (p->kind == POSTCOND_NFT)
		(void)value_codec_write(b, &p->value);
	(void)buf_add_u8(b, (uint8_t)p->code);
	if (p->kind != POSTCOND_NFT && p->kind != POSTCOND_POX)
		(void)buf_add_be64(b, p->amount);
	return buf_err(b);
}

bool postcond_is_of_epoch(const struct postcond *p, enum epoch epoch)
{
	if (p->kind == POSTCOND_STAKING || p->kind == POSTCOND_POX)
		return epoch_has_staking_conditions(epoch);
	if (p->code == POSTCOND_MAYBE_SENT)
		return epoch_has_originator_mode(epoch);
	return true;
}
