/* node/wire/wire.c - Pieces of messages; contract in wire.h. */
#include "config.h"

#include "node/wire/wire.h"

#include "clarity/value/name.h"

enum err wire_count(struct cursor *c, uint32_t max, size_t item_min,
                    uint32_t *ret)
{
	uint32_t n;

	TRY(cursor_be32(c, &n));
	if (n > max)
		return ERR_WIRE_COUNT;
	if (n > cursor_left(c) / item_min)
		return ERR_TRUNCATED;
	*ret = n;
	return ERR_OK;
}

enum err wire_address(struct cursor *c, struct address *ret)
{
	uint8_t version;

	TRY(cursor_u8(c, &version));
	if (version >= PRINCIPAL_VERSIONS)
		return ERR_WIRE_ADDRESS;
	TRY(cursor_copy(c, ret->hash, sizeof(ret->hash)));
	ret->version = version;
	return ERR_OK;
}

static enum err wire_name(struct cursor *c, uint8_t max, struct span *ret)
{
	uint8_t len;
	const uint8_t *p;

	TRY(cursor_u8(c, &len));
	if (len > max)
		return ERR_WIRE_NAME;
	TRY(cursor_read(c, len, &p));
	*ret = span_of(p, len);
	return ERR_OK;
}

enum err wire_contract_name(struct cursor *c, struct span *ret)
{
	TRY(wire_name(c, WIRE_CONTRACT_NAME_MAX, ret));
	return name_is_contract(*ret) ? ERR_OK : ERR_WIRE_NAME;
}

enum err wire_clarity_name(struct cursor *c, struct span *ret)
{
	TRY(wire_name(c, NAME_MAX_LEN, ret));
	return name_is_clarity(*ret) ? ERR_OK : ERR_WIRE_NAME;
}

bool wire_text_is_valid(struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.p[i];

		if (c != '\t' && c != '\n' && (c < 0x20 || c > 0x7e))
			return false;
	}
	return true;
}

enum err wire_text(struct cursor *c, struct span *ret)
{
	uint32_t len;
	const uint8_t *p;

	TRY(wire_count(c, WIRE_MESSAGE_MAX, 1, &len));
	TRY(cursor_read(c, len, &p));
	*ret = span_of(p, len);
	return wire_text_is_valid(*ret) ? ERR_OK : ERR_WIRE_TEXT;
}

enum err wire_principal(struct cursor *c, const struct principal **ret)
{
	const uint8_t *start = c->at;
	struct address address;
	struct span name;
	uint8_t prefix;

	TRY(cursor_u8(c, &prefix));
	if (prefix != PRINCIPAL_STANDARD && prefix != PRINCIPAL_CONTRACT)
		return ERR_WIRE_PRINCIPAL;
	TRY(wire_address(c, &address));
	if (prefix == PRINCIPAL_CONTRACT) {
		TRY(wire_name(c, NAME_MAX_LEN, &name));
		if (!name_is_contract(name))
			return ERR_WIRE_NAME;
	}
	/* A principal is its bytes (principal.h). */
	*ret = (const struct principal *)(const void *)start;
	return ERR_OK;
}

enum err wire_add_address(struct buf *b, const struct address *a)
{
	(void)buf_add_u8(b, a->version);
	return buf_add(b, a->hash, sizeof(a->hash));
}

enum err wire_add_name(struct buf *b, struct span name)
{
	(void)buf_add_u8(b, (uint8_t)name.len);
	return buf_add(b, name.p, name.len);
}

enum err wire_add_text(struct buf *b, struct span text)
{
	(void)buf_add_be32(b, (uint32_t)text.len);
	return buf_add(b, text.p, text.len);
}

enum err wire_add_principal(struct buf *b, const struct principal *p)
{
	return buf_add(b, p, principal_len(p));
}
