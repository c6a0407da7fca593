/* clarity/vm/event.c - The event log and its JSON; contract in event.h. */
#include "config.h"

#include "clarity/vm/event.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/value/int128.h"
#include "clarity/value/value_codec.h"

#define FIRST_EVENTS 16u

void event_init(struct event_log *log, struct arena *a)
{
	*log = (struct event_log){ .arena = a };
}

enum err event_add(struct event_log *log, const struct event *e)
{
	if (log->n == log->cap) {
		uint32_t cap = log->cap ? log->cap * 2 : FIRST_EVENTS;
		struct event *items =
		    arena_new_array(log->arena, struct event, cap);

		if (!items)
			return ERR_NO_MEMORY;
		if (log->n > 0)
			memcpy(items, log->items, log->n * sizeof(items[0]));
		log->items = items;
		log->cap = cap;
	}
	log->items[log->n++] = *e;
	return ERR_OK;
}

/* The type of an event, which also names the member with its body. */
static const char *const types[] = {
	[EVENT_PRINT] = "contract_event",
	[EVENT_STX_TRANSFER] = "stx_transfer_event",
	[EVENT_STX_MINT] = "stx_mint_event",
	[EVENT_STX_BURN] = "stx_burn_event",
	[EVENT_STX_LOCK] = "stx_lock_event",
	[EVENT_FT_TRANSFER] = "ft_transfer_event",
	[EVENT_FT_MINT] = "ft_mint_event",
	[EVENT_FT_BURN] = "ft_burn_event",
	[EVENT_NFT_TRANSFER] = "nft_transfer_event",
	[EVENT_NFT_MINT] = "nft_mint_event",
	[EVENT_NFT_BURN] = "nft_burn_event",
};

/* Starts member `name`; the first of an object has no comma. */
static void member(struct buf *b, const char *name)
{
	if (b->len > 0 && b->p[b->len - 1] != '{')
		(void)buf_add_str(b, ",");
	(void)buf_addf(b, "\"%s\":", name);
}

static void put_principal(struct buf *b, const char *name,
                          const struct principal *p)
{
	if (!p)
		return;
	member(b, name);
	(void)buf_add_str(b, "\"");
	(void)principal_format(b, p);
	(void)buf_add_str(b, "\"");
}

static void put_amount(struct buf *b, const char *name, u128 amount)
{
	char text[INT128_MAX_TEXT];
	size_t len = int128_format_unsigned(text, amount);

	member(b, name);
	(void)buf_add_str(b, "\"");
	(void)buf_add(b, text, len);
	(void)buf_add_str(b, "\"");
}

static void put_value(struct buf *b, const struct value *v)
{
	struct buf bytes;

	buf_init(&bytes, b->max);
	(void)value_codec_write(&bytes, v);
	if (buf_err(&bytes) != ERR_OK && b->err == ERR_OK)
		b->err = buf_err(&bytes);
	member(b, "raw_value");
	(void)buf_add_str(b, "\"0x");
	(void)buf_add_hex(b, bytes.p, bytes.len);
	(void)buf_add_str(b, "\"");
	buf_fini(&bytes);
}

static void put_asset(struct buf *b, const struct event *e)
{
	member(b, "asset_identifier");
	(void)buf_add_str(b, "\"");
	(void)principal_format(b, e->contract);
	(void)buf_add_str(b, "::");
	(void)buf_add(b, e->asset.p, e->asset.len);
	(void)buf_add_str(b, "\"");
}

static void put_print(struct buf *b, const struct event *e)
{
	put_principal(b, "contract_identifier", e->contract);
	member(b, "topic");
	(void)buf_add_str(b, "\"print\"");
	put_value(b, &e->value);
}

static void put_lock(struct buf *b, const struct event *e)
{
	put_amount(b, "locked_amount", e->amount);
	put_amount(b, "unlock_height", e->unlock_height);
	put_principal(b, "locked_address", e->sender);
	put_principal(b, "contract_identifier", e->contract);
}

static void put_stx(struct buf *b, const struct event *e)
{
	put_principal(b, "sender", e->sender);
	put_principal(b, "recipient", e->recipient);
	put_amount(b, "amount", e->amount);
	if (e->kind != EVENT_STX_TRANSFER)
		return;
	member(b, "memo");
	(void)buf_add_str(b, "\"");
	(void)buf_add_hex(b, e->memo.p, e->memo.len);
	(void)buf_add_str(b, "\"");
}

static void put_body(struct buf *b, const struct event *e)
{
	switch (e->kind) {
	case EVENT_PRINT:
		put_print(b, e);
		return;
	case EVENT_STX_LOCK:
		put_lock(b, e);
		return;
	case EVENT_STX_TRANSFER:
	case EVENT_STX_MINT:
	case EVENT_STX_BURN:
		put_stx(b, e);
		return;
	case EVENT_FT_TRANSFER:
	case EVENT_FT_MINT:
	case EVENT_FT_BURN:
		put_asset(b, e);
		put_stx(b, e);
		return;
	case EVENT_NFT_TRANSFER:
	case EVENT_NFT_MINT:
	case EVENT_NFT_BURN:
		put_asset(b, e);
		put_principal(b, "sender", e->sender);
		put_principal(b, "recipient", e->recipient);
		put_value(b, &e->value);
		return;
	}
}

enum err event_format(struct buf *b, const struct event *e, const char *txid,
                      uint32_t index, bool committed)
{
	CHECK((size_t)e->kind < COUNT_OF(types));
	(void)buf_addf(b, "{\"txid\":\"%s\",\"event_index\":%u,", txid, index);
	(void)buf_addf(b, "\"committed\":%s,\"type\":\"%s\",\"%s\":{",
	               committed ? "true" : "false", types[e->kind],
	               types[e->kind]);
	put_body(b, e);
	return buf_add_str(b, "}}");
}
