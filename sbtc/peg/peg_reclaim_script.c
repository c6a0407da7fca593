/* sbtc/peg/peg_reclaim_script.c - Depositors' leaf; see
 * peg_reclaim_script.h. */
#include "config.h"

#include "sbtc/peg/peg_reclaim_script.h"

#include "clarity/base/check.h"
#include "node/bitcoin/btc_script.h"

/** Numbers on the stack that BTC_OP_CHECKSEQUENCEVERIFY reads have up to 5
 * bytes. */
#define NUMBER_LEN_MAX 5u
#define SIGN 0x80u

static enum err add_lock_time(struct buf *b, uint32_t n)
{
	if (n == 0)
		return buf_add_u8(b, BTC_OP_0);
	if (n <= 16)
		return buf_add_u8(b, (uint8_t)(BTC_OP_1 + n - 1));
	/* A top bit would be the sign. */
	unsigned len = n < 0x80 ? 1 : n < 0x8000 ? 2 : 3;

	(void)buf_add_u8(b, (uint8_t)len);
	for (unsigned i = 0; i < len; i++)
		(void)buf_add_u8(b, (uint8_t)(n >> 8 * i));
	return buf_err(b);
}

enum err peg_reclaim_script_write(struct buf *b,
                                  const struct peg_reclaim_script *s)
{
	CHECK(s->lock_time <= PEG_RECLAIM_LOCK_MAX);
	(void)add_lock_time(b, s->lock_time);
	(void)buf_add_u8(b, BTC_OP_CHECKSEQUENCEVERIFY);
	return buf_add_span(b, s->user);
}

/* Whether a pushed number could be shorter, or has a form of its own. */
static bool is_minimal(const uint8_t *p, size_t len)
{
	uint8_t top = p[len - 1];

	if (len == 1 && top >= 1 && top <= 16)
		return false;
	if ((top & ~SIGN) != 0)
		return true;
	return len > 1 && (p[len - 2] & SIGN) != 0;
}

static enum err read_pushed(struct cursor *c, size_t len, uint32_t *ret)
{
	const uint8_t *p;
	uint64_t n = 0;

	if (cursor_read(c, len, &p) != ERR_OK)
		return ERR_PEG_RECLAIM;
	if (!is_minimal(p, len))
		return ERR_PEG_LOCK_FORM;
	for (size_t i = 0; i < len; i++)
		n |= (uint64_t)p[i] << 8 * i;
	/* Any bit above the 16 that count blocks, the sign among them. */
	if (n > PEG_RECLAIM_LOCK_MAX || (p[len - 1] & SIGN) != 0)
		return ERR_PEG_LOCK_TIME;
	*ret = (uint32_t)n;
	return ERR_OK;
}

static enum err read_lock_time(struct cursor *c, uint32_t *ret)
{
	uint8_t op = 0;

	if (cursor_u8(c, &op) != ERR_OK)
		return ERR_PEG_RECLAIM;
	if (op >= BTC_OP_1 && op <= BTC_OP_16) {
		*ret = op - BTC_OP_1 + 1;
		return ERR_OK;
	}
	*ret = 0;
	if (op == BTC_OP_0)
		return ERR_OK;
	return op <= NUMBER_LEN_MAX ? read_pushed(c, op, ret) : ERR_PEG_RECLAIM;
}

enum err peg_reclaim_script_read(struct peg_reclaim_script *ret,
                                 struct span script)
{
	struct cursor c = cursor_of(script);
	uint8_t op = 0;

	TRY(read_lock_time(&c, &ret->lock_time));
	if (cursor_u8(&c, &op) != ERR_OK || op != BTC_OP_CHECKSEQUENCEVERIFY)
		return ERR_PEG_RECLAIM;
	ret->user = span_of(c.at, cursor_left(&c));
	if (ret->user.len > PEG_RECLAIM_USER_MAX)
		return ERR_PEG_RECLAIM_LEN;
	return peg_reclaim_script_succeeds(ret->user) ? ERR_PEG_RECLAIM_OP
	                                              : ERR_OK;
}

static bool is_success(uint8_t op)
{
	return op == 80 || op == 98 || (op >= 126 && op <= 129) ||
	       (op >= 131 && op <= 134) || op == 137 || op == 138 ||
	       op == 141 || op == 142 || (op >= 149 && op <= 153) ||
	       (op >= 187 && op <= 254);
}

bool peg_reclaim_script_succeeds(struct span script)
{
	struct cursor c = cursor_of(script);
	struct btc_instr instr;

	while (cursor_left(&c) > 0) {
		uint8_t op = *c.at;

		if (is_success(op))
			return true;
		if (!btc_script_next(&c, &instr))
			break;
	}
	return false;
}
