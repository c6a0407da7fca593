/* node/store/receipt.c - Receipts as bytes; contract in receipt.h. */
#include "config.h"

#include "node/store/receipt.h"

#include <string.h>

#include "clarity/value/value_codec.h"

#define RECEIPT_VERSION 1u

/* Bytes of an event at least: kind and fields. */
#define EVENT_LEN_MIN 2u

/* Which fields of an event follow. */
enum field {
	FIELD_CONTRACT = 1,
	FIELD_ASSET = 2,
	FIELD_SENDER = 4,
	FIELD_RECIPIENT = 8,
	FIELD_AMOUNT = 16,
	FIELD_UNLOCK = 32,
	FIELD_MEMO = 64,
	FIELD_VALUE = 128
};

static void receipt_add_num(struct buf *b, u128 n)
{
	while (n >= 0x80) {
		buf_add_u8(b, (uint8_t)(n | 0x80));
		n >>= 7;
	}
	buf_add_u8(b, (uint8_t)n);
}

static void receipt_add_span(struct buf *b, struct span s)
{
	receipt_add_num(b, s.len);
	buf_add_span(b, s);
}

static void receipt_add_principal(struct buf *b, const struct principal *p)
{
	buf_add(b, p, principal_len(p));
}

static bool receipt_has_value(enum event_kind kind)
{
	switch (kind) {
	case EVENT_PRINT:
	case EVENT_NFT_TRANSFER:
	case EVENT_NFT_MINT:
	case EVENT_NFT_BURN:
		return true;
	case EVENT_STX_TRANSFER:
	case EVENT_STX_MINT:
	case EVENT_STX_BURN:
	case EVENT_STX_LOCK:
	case EVENT_FT_TRANSFER:
	case EVENT_FT_MINT:
	case EVENT_FT_BURN:
		return false;
	}
	return false;
}

static uint8_t receipt_fields(const struct event *e)
{
	unsigned fields = 0;

	if (e->contract)
		fields |= FIELD_CONTRACT;
	if (e->asset.len)
		fields |= FIELD_ASSET;
	if (e->sender)
		fields |= FIELD_SENDER;
	if (e->recipient)
		fields |= FIELD_RECIPIENT;
	if (e->amount)
		fields |= FIELD_AMOUNT;
	if (e->unlock_height)
		fields |= FIELD_UNLOCK;
	if (e->memo.len)
		fields |= FIELD_MEMO;
	if (receipt_has_value(e->kind))
		fields |= FIELD_VALUE;
	return (uint8_t)fields;
}

static void receipt_add_event(struct buf *b, const struct event *e)
{
	uint8_t fields = receipt_fields(e);

	buf_add_u8(b, (uint8_t)e->kind);
	buf_add_u8(b, fields);
	if (fields & FIELD_CONTRACT)
		receipt_add_principal(b, e->contract);
	if (fields & FIELD_ASSET)
		receipt_add_span(b, e->asset);
	if (fields & FIELD_SENDER)
		receipt_add_principal(b, e->sender);
	if (fields & FIELD_RECIPIENT)
		receipt_add_principal(b, e->recipient);
	if (fields & FIELD_AMOUNT)
		receipt_add_num(b, e->amount);
	if (fields & FIELD_UNLOCK)
		receipt_add_num(b, e->unlock_height);
	if (fields & FIELD_MEMO)
		receipt_add_span(b, e->memo);
	if (fields & FIELD_VALUE)
		value_codec_write(b, &e->value);
}

enum err receipt_write(struct buf *b, const struct receipt *r)
{
	buf_add_u8(b, RECEIPT_VERSION);
	buf_add_u8(b, (uint8_t)r->kind);
	buf_add_u8(b, (uint8_t)r->end);
	buf_add(b, r->id, RECEIPT_ID_LEN);
	receipt_add_num(b, r->tx_index);
	for (uint32_t i = 0; i < RECEIPT_COSTS; i++)
		receipt_add_num(b, r->cost[i]);
	receipt_add_num(b, r->fee);
	receipt_add_num(b, r->stx_burned);
	receipt_add_span(b, r->result);
	receipt_add_span(b, r->why);
	receipt_add_num(b, r->n_events);
	for (uint32_t i = 0; i < r->n_events; i++)
		receipt_add_event(b, &r->events[i]);
	return buf_err(b);
}

/* A number has one spelling: no zero byte at its end but for 0 itself. */
static enum err receipt_num(struct cursor *c, u128 max, u128 *ret)
{
	u128 n = 0;
	uint8_t byte;

	for (unsigned shift = 0;; shift += 7) {
		TRY(cursor_u8(c, &byte));

		u128 part = byte & 0x7f;

		if (shift >= 128 || part << shift >> shift != part ||
		    (byte == 0 && shift))
			return ERR_SYNTAX;
		n |= part << shift;
		if (!(byte & 0x80))
			break;
	}
	if (n > max)
		return ERR_SYNTAX;
	*ret = n;
	return ERR_OK;
}

static enum err receipt_num64(struct cursor *c, uint64_t max, uint64_t *ret)
{
	u128 n;

	TRY(receipt_num(c, max, &n));
	*ret = (uint64_t)n;
	return ERR_OK;
}

static enum err receipt_span(struct cursor *c, struct span *ret)
{
	uint64_t len;

	TRY(receipt_num64(c, UINT32_MAX, &len));
	ret->len = (size_t)len;
	return cursor_read(c, ret->len, &ret->p);
}

static enum err receipt_principal(struct arena *a, struct cursor *c,
                                  const struct principal **ret)
{
	struct value v;
	enum err e = value_codec_read(a, &v, c, NULL);

	if (e != ERR_OK)
		return e;
	if (v.wraps || v.kind != VALUE_PRINCIPAL)
		return ERR_SYNTAX;
	*ret = v.principal;
	return ERR_OK;
}

static enum err receipt_event_amounts(struct cursor *c, uint8_t fields,
                                      struct event *e)
{
	if (fields & FIELD_AMOUNT)
		TRY(receipt_num(c, ~(u128)0, &e->amount));
	if (fields & FIELD_UNLOCK)
		TRY(receipt_num64(c, UINT64_MAX, &e->unlock_height));
	if (fields & FIELD_MEMO)
		TRY(receipt_span(c, &e->memo));
	return ERR_OK;
}

static enum err receipt_event(struct arena *a, struct cursor *c,
                              struct event *e)
{
	uint8_t kind, fields;

	*e = (struct event){ 0 };
	TRY(cursor_u8(c, &kind));
	TRY(cursor_u8(c, &fields));
	if (kind > EVENT_NFT_BURN)
		return ERR_SYNTAX;
	e->kind = (enum event_kind)kind;
	if (fields & FIELD_CONTRACT)
		TRY(receipt_principal(a, c, &e->contract));
	if (fields & FIELD_ASSET)
		TRY(receipt_span(c, &e->asset));
	if (fields & FIELD_SENDER)
		TRY(receipt_principal(a, c, &e->sender));
	if (fields & FIELD_RECIPIENT)
		TRY(receipt_principal(a, c, &e->recipient));
	TRY(receipt_event_amounts(c, fields, e));
	if (fields & FIELD_VALUE)
		TRY(value_codec_read(a, &e->value, c, NULL));
	return receipt_fields(e) == fields ? ERR_OK : ERR_SYNTAX;
}

static enum err receipt_events(struct arena *a, struct cursor *c,
                               struct receipt *ret)
{
	struct event *all;
	uint64_t n;

	/* A damaged count reserves no memory. */
	TRY(receipt_num64(c, cursor_left(c) / EVENT_LEN_MIN, &n));
	all = arena_new_array(a, struct event, (size_t)n);
	if (!all)
		return ERR_NO_MEMORY;
	for (uint64_t i = 0; i < n; i++)
		TRY(receipt_event(a, c, &all[i]));
	ret->events = all;
	ret->n_events = (uint32_t)n;
	return ERR_OK;
}

static enum err receipt_head(struct cursor *c, struct receipt *ret)
{
	uint8_t version, kind, end;
	uint64_t index;

	*ret = (struct receipt){ 0 };
	TRY(cursor_u8(c, &version));
	TRY(cursor_u8(c, &kind));
	TRY(cursor_u8(c, &end));
	if (version != RECEIPT_VERSION || kind > RECEIPT_BLOCK ||
	    end > RECEIPT_SKIPPED)
		return ERR_SYNTAX;
	ret->kind = (enum receipt_kind)kind;
	ret->end = (enum receipt_end)end;
	TRY(cursor_copy(c, ret->id, RECEIPT_ID_LEN));
	TRY(receipt_num64(c, UINT32_MAX, &index));
	ret->tx_index = (uint32_t)index;
	for (uint32_t i = 0; i < RECEIPT_COSTS; i++)
		TRY(receipt_num64(c, UINT64_MAX, &ret->cost[i]));
	TRY(receipt_num64(c, UINT64_MAX, &ret->fee));
	TRY(receipt_num(c, ~(u128)0, &ret->stx_burned));
	TRY(receipt_span(c, &ret->result));
	return receipt_span(c, &ret->why);
}

static enum err receipt_parse(struct arena *a, struct receipt *ret,
                              struct span record)
{
	struct cursor c = cursor_of(record);

	TRY(receipt_head(&c, ret));
	TRY(receipt_events(a, &c, ret));
	return cursor_done(&c);
}

enum err receipt_read(struct arena *a, struct receipt *ret, struct span record)
{
	enum err e = receipt_parse(a, ret, record);

	/* What we wrote ourselves cannot be wrong input: the disk is. */
	return err_class(e) == ERR_CLASS_VERDICT ? ERR_STORE_CORRUPT : e;
}
