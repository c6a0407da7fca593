/*
 * tests/fuzz/fuzz_append.c - A chain judges any block, and only takes good
 * ones.
 *
 * The input edits a good block: an edit is a place in its bytes and what is
 * flipped there.  The first byte says which block, and whether transactions,
 * miner and signers sign what was made of it, so that edits reach behind the
 * signatures.  Whatever comes out is accepted or refused by a rule; a refused
 * block leaves no trace, and a block that nothing was done to is accepted.
 */
#include "config.h"

#include "tests/lib/fuzz.h"

#include <string.h>

#include "clarity/base/check.h"
#include "node/wire/txtree.h"
#include "tests/lib/chain_case.h"

/* Version, chain length, burn spent, consensus hash and parent id. */
#define TX_ROOT_AT (1u + 8u + 8u + 20u + 32u)

#define KINDS 4u
#define SIGNS_TXS 0x40u
#define SIGNS_BLOCK 0x80u
#define EDIT_LEN 3u
#define EDITS_MAX 64u

/* Inputs after which the chain's state is looked at as a whole. */
#define LOOK_EVERY 4096u

/* Branches upon which a new chain is begun. */
#define ACCEPTED_MAX 256u

static struct chain_case the_case;
static bool is_open;

/* The good blocks of the open chain, as bytes. */
static struct {
	struct span bytes;
	struct burn_view view;
} good[KINDS];
static uint32_t n_inputs, n_accepted;
static uint8_t base[32]; /* the block below all of them */

#define SOURCE                                                                 \
	"(define-data-var v uint u1) (define-map m uint uint) "                \
	"(define-public (f) (begin (map-set m (var-get v) u1) "                \
	"(ok (var-set v (+ u1 (var-get v))))))"

/* Makes the good block of a kind, on the tip. */
static void good_block(struct chain_case *c, uint32_t kind)
{
	struct tx *tx[3];
	struct case_block b = { .txs = tx, .parent = base };
	uint64_t miner = c->miner_nonce;

	tx[b.n_txs++] = case_transfer(c, CASE_USER + 1, 0, CASE_USER, 7);
	if (kind != 0) {
		tx[b.n_txs++] = case_call(c, CASE_USER, 1, CASE_USER, "a", "f");
		tx[b.n_txs++] = case_publish(c, CASE_USER + 2, 0, "b", SOURCE);
	}
	b.is_start = kind == 2;
	b.extends = kind == 3 ? PAYLOAD_EXTENDED : 0;
	if (b.is_start) {
		struct chain_block parent;

		CHECK(chain_find(c->chain, base, &parent) == ERR_OK);
		b.tenure = b.view = case_burn(c, &parent, 0);
	}
	CHECK(case_make(c, &b, NULL) == ERR_OK);
	c->miner_nonce = miner;
}

static void open_case(struct chain_case *c)
{
	struct tx *tx[1];

	case_init(c);
	case_open(c);
	tx[0] = case_publish(c, CASE_USER, 0, "a", SOURCE);
	case_tenure(c, tx, 1);
	memcpy(base, chain_tip(c->chain)->id, sizeof(base));
	n_accepted = 0;
	for (uint32_t kind = 0; kind < KINDS; kind++) {
		struct buf b;

		good_block(c, kind);
		buf_init(&b, BLOCK_MAX);
		CHECK(block_write(&b, &c->newest) == ERR_OK);
		good[kind].bytes =
		    span_of(arena_copy(&c->arena, b.p, b.len), b.len);
		good[kind].view = c->view;
		buf_fini(&b);
	}
	is_open = true;
}

/* Edits the bytes of the newest block. @return whether anything changed. */
static bool edit(struct buf *b, const uint8_t *edits, size_t len)
{
	bool changed = false;

	for (size_t i = 0; i + EDIT_LEN <= len && i < EDITS_MAX * EDIT_LEN;
	     i += EDIT_LEN) {
		size_t at = ((size_t)edits[i] << 8 | edits[i + 1]) % b->len;

		b->p[at] ^= edits[i + 2];
		changed = changed || edits[i + 2];
	}
	return changed;
}

/* Ids, signatures and the root of what the edits made. */
static void seal(struct chain_case *c, struct block *b, uint8_t how)
{
	struct tx *txs = (struct tx *)(uintptr_t)b->txs;
	uint8_t(*ids)[32] = (uint8_t(*)[32])(uintptr_t)b->ids;
	struct txtree tree;

	txtree_init(&tree);
	for (uint32_t i = 0; i < b->n_txs; i++) {
		struct auth_cond *o = &txs[i].auth.origin;

		if ((how & SIGNS_TXS) && o->mode == ADDRESS_P2PKH &&
		    txs[i].payload.kind != PAYLOAD_TENURE &&
		    !payload_is_coinbase(&txs[i].payload))
			case_sign(c, &txs[i], (uint8_t)(CASE_USER + 1),
			          o->nonce, o->fee);
		CHECK(tx_id(ids[i], &txs[i]) == ERR_OK);
		txtree_add(&tree, ids[i]);
	}
	txtree_root(&tree, b->header.tx_root);
	if (how & SIGNS_BLOCK)
		case_seal_by(c, b, CASE_SIGNERS);
}

static void judge(struct chain_case *c, struct block *b, bool is_changed)
{
	struct append_block in = { .bytes = span_str("-"),
		                   .block = b,
		                   .burn = &c->view };
	uint8_t before[32];
	enum err e;

	memcpy(before, chain_tip(c->chain)->id, 32);
	e = append_block(c->chain, &in, &c->result);
	CHECK(e == ERR_OK || e == ERR_BLOCK_REFUSED);
	CHECK(e == ERR_OK || is_changed);
	if (e == ERR_OK) {
		n_accepted += c->result.is_new;
		return;
	}
	CHECK(c->result.verdict.rule != BLOCK_RULE_NONE);
	CHECK(memcmp(before, chain_tip(c->chain)->id, 32) == 0);
}

/* What refused blocks did would be seen in the next block's root. */
static void look(struct chain_case *c)
{
	uint8_t root[32];

	good_block(c, 1);
	memcpy(root, c->newest.header.state_root, 32);
	case_fini(c);
	open_case(c);
	good_block(c, 1);
	CHECK(memcmp(root, c->newest.header.state_root, 32) == 0);
}

/* The root over transactions is block_read's rule and fuzzed there; here it is
 * put right, so that edited transactions are looked at. */
static enum err read_with_root(struct chain_case *c, struct buf *text,
                               struct block *ret)
{
	struct cursor at = cursor_of(buf_span(text));
	struct block_header h;
	struct txtree tree;
	uint8_t id[32];
	uint32_t n;

	CHECK(block_header_read(&c->arena, &h, &at) == ERR_OK);
	CHECK(cursor_be32(&at, &n) == ERR_OK);
	txtree_init(&tree);
	for (; n > 0; n--) {
		struct tx tx;
		enum err e = tx_read(&c->arena, &tx, &at);

		if (e != ERR_OK)
			return e;
		CHECK(tx_id(id, &tx) == ERR_OK);
		txtree_add(&tree, id);
	}
	txtree_root(&tree, text->p + TX_ROOT_AT);
	at = cursor_of(buf_span(text));
	return block_read(&c->arena, ret, &at);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct chain_case *c = &the_case;
	struct arena_mark mark;
	struct buf text;
	struct block b;
	struct cursor at;
	bool is_changed;
	enum err e;

	if (len == 0)
		return 0;
	if (is_open && n_accepted >= ACCEPTED_MAX) {
		case_fini(c);
		is_open = false;
	}
	if (!is_open)
		open_case(c);
	if (n_inputs++ % LOOK_EVERY == LOOK_EVERY - 1)
		look(c);
	mark = arena_mark(&c->arena);
	c->view = good[bytes[0] % KINDS].view;
	buf_init(&text, BLOCK_MAX);
	CHECK(buf_add_span(&text, good[bytes[0] % KINDS].bytes) == ERR_OK);
	is_changed = edit(&text, bytes + 1, len - 1);
	at = cursor_of(buf_span(&text));
	e = block_read(&c->arena, &b, &at);
	if (e == ERR_BLOCK_TX_ROOT)
		e = read_with_root(c, &text, &b);
	CHECK(err_class(e) != ERR_CLASS_FAULT);
	if (e == ERR_OK) {
		if (bytes[0] & (SIGNS_TXS | SIGNS_BLOCK)) {
			is_changed = is_changed || (bytes[0] & SIGNS_TXS);
			seal(c, &b, bytes[0]);
		}
		judge(c, &b, is_changed);
	}
	buf_fini(&text);
	arena_cut(&c->arena, mark);
	return 0;
}
