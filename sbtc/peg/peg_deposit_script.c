/* sbtc/peg/peg_deposit_script.c - Deposits' leaf; see
 * peg_deposit_script.h. */
#include "config.h"

#include "sbtc/peg/peg_deposit_script.h"

#include <string.h>

#include "clarity/crypto/schnorr.h"
#include "node/wire/wire.h"

#define OP_PUSHDATA1 0x4cu
#define OP_DROP 0x75u
#define OP_CHECKSIG 0xacu

/** The longest push whose opcode is its length. */
#define SHORT_PUSH_MAX 75u

static void put(struct peg_deposit_room *r, const void *bytes, size_t len)
{
	memcpy(r->bytes + r->len, bytes, len);
	r->len += len;
}

static void put_u8(struct peg_deposit_room *r, unsigned byte)
{
	r->bytes[r->len++] = (uint8_t)byte;
}

void peg_deposit_script_write(struct peg_deposit_room *ret,
                              const struct peg_deposit_script *s)
{
	size_t len = principal_len(s->recipient);

	ret->len = 0;
	if (sizeof(s->max_fee) + len > SHORT_PUSH_MAX)
		put_u8(ret, OP_PUSHDATA1);
	put_u8(ret, (unsigned)(sizeof(s->max_fee) + len));
	for (unsigned shift = 64; shift > 0; shift -= 8)
		put_u8(ret, (unsigned)(s->max_fee >> (shift - 8)) & 0xff);
	put(ret, s->recipient, len);
	put_u8(ret, OP_DROP);
	put_u8(ret, PEG_KEY_LEN);
	put(ret, s->key, PEG_KEY_LEN);
	put_u8(ret, OP_CHECKSIG);
}

/* Reads the first push, which must be all of `head`. */
static enum err read_push(struct cursor *ret, struct span head)
{
	struct cursor c = cursor_of(head);
	uint8_t len = 0;
	bool is_long = head.len > 1 && head.p[0] == OP_PUSHDATA1;

	if (is_long)
		c.at++;
	TRY(cursor_u8(&c, &len));
	if (cursor_left(&c) != len || (!is_long && len > SHORT_PUSH_MAX))
		return ERR_PEG_SCRIPT;
	*ret = c;
	return is_long && len <= SHORT_PUSH_MAX ? ERR_PEG_PUSH : ERR_OK;
}

static enum err read_data(struct peg_deposit_script *ret, struct cursor c)
{
	if (cursor_be64(&c, &ret->max_fee) != ERR_OK)
		return ERR_PEG_SCRIPT;
	if (wire_principal(&c, &ret->recipient) != ERR_OK)
		return ERR_PEG_RECIPIENT;
	return cursor_left(&c) == 0 ? ERR_OK : ERR_PEG_SCRIPT;
}

enum err peg_deposit_script_read(struct peg_deposit_script *ret,
                                 struct span script)
{
	struct cursor data;

	if (script.len < PEG_DEPOSIT_SCRIPT_MIN)
		return ERR_PEG_SCRIPT_LEN;
	size_t head = script.len - PEG_DEPOSIT_SCRIPT_TAIL;
	const uint8_t *tail = script.p + head;

	if (tail[0] != OP_DROP || tail[1] != PEG_KEY_LEN ||
	    tail[PEG_DEPOSIT_SCRIPT_TAIL - 1] != OP_CHECKSIG)
		return ERR_PEG_CHECKSIG;
	TRY(read_push(&data, span_of(script.p, head)));
	memcpy(ret->key, tail + 2, PEG_KEY_LEN);
	TRY(read_data(ret, data));
	return schnorr_pub_is_valid(ret->key) ? ERR_OK : ERR_PEG_KEY;
}
