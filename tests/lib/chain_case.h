/*
 * tests/lib/chain_case.h - A chain with a Bitcoin made up beside it: one
 * miner, three signers, accounts with keys.
 *
 * What cannot be made is a bug of the test and aborts.
 *
 * Layer:    tests.
 * Memory:   a case is static or on the heap; case_fini frees what it holds.
 */
#ifndef TESTS_LIB_CHAIN_CASE_H
#define TESTS_LIB_CHAIN_CASE_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/crypto/hash.h"
#include "clarity/crypto/vrf.h"
#include "clarity/vm/stx_balance.h"
#include "node/chain/append.h"
#include "node/chain/assemble.h"
#include "node/chain/block_shape.h"
#include "node/chain/chain.h"
#include "node/wire/block.h"
#include "node/wire/tx.h"

#define CASE_BURNS 512
#define CASE_SIGNERS 3
#define CASE_ARENA ((size_t)1 << 30)
#define CASE_RICH ((u128)1000000000000)

/* Whose key: the miner's is 1, signers' are 2 to 4, accounts' from 10 on. */
#define CASE_MINER 1
#define CASE_USER 10

struct chain_case {
	struct arena arena; /* of the case */
	struct arena block; /* of the newest block */
	struct genesis genesis;
	struct genesis_balance balances[8];
	struct principal_room rooms[8];
	struct chain *chain;
	char why[CHAINDB_WHY_MAX];
	struct burn_snapshot burns[CASE_BURNS];
	struct burn_winner winners[CASE_BURNS];
	uint32_t n_burns;
	struct burn_signer signers[CASE_SIGNERS];
	struct burn_view view; /* of the newest block */
	struct append_result result;
	struct block newest;
	struct span bytes; /* of the newest block */
	uint64_t miner_nonce;
};

/** Tells what could not be made, and aborts. */
__attribute__((format(printf, 1, 2), noreturn)) static inline void
case_fail(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	(void)vfprintf(stderr, fmt, args);
	va_end(args);
	(void)fputc('\n', stderr);
	abort();
}

/** Makes the private key of somebody. */
static inline void case_key(struct auth_key *ret, uint8_t who)
{
	memset(ret, 0, sizeof(*ret));
	ret->key[31] = who;
	ret->key[0] = 1;
	ret->is_compressed = true;
}

/** @return somebody's account, which lives in `room`. */
static inline const struct principal *case_account(struct principal_room *room,
                                                   uint8_t who)
{
	struct auth_key key;
	struct ecdsa_pub pub;
	struct address a = { .version = PRINCIPAL_TESTNET_SINGLESIG };

	case_key(&key, who);
	CHECK(ecdsa_pub_of(&pub, key.key) == ERR_OK);
	address_of_key(a.hash, ADDRESS_P2PKH, &pub, true);
	return address_principal(room, &a);
}

/** A genesis of epoch 3.4 with five rich accounts; the caller may add to it
 * before case_open. */
static inline void case_init(struct chain_case *c)
{
	memset(c, 0, sizeof(*c));
	arena_init(&c->arena, CASE_ARENA);
	arena_init(&c->block, CASE_ARENA);
	chain_params_init(&c->genesis.params, false);
	c->genesis.params.cycles = (struct cycle_params){ 100, 20, 5 };
	c->genesis.params.maturity = 3;
	CHECK(chain_params_add_epoch(&c->genesis.params, EPOCH_3_4, 100));
	for (uint8_t i = 0; i < 5; i++) {
		c->balances[i].who =
		    case_account(&c->rooms[i], (uint8_t)(CASE_USER + i));
		c->balances[i].ustx = CASE_RICH;
	}
	c->genesis.balances = c->balances;
	c->genesis.n_balances = 5;
	for (uint8_t i = 0; i < CASE_SIGNERS; i++) {
		struct auth_key key;
		struct ecdsa_pub pub;

		case_key(&key, (uint8_t)(2 + i));
		CHECK(ecdsa_pub_of(&pub, key.key) == ERR_OK);
		ecdsa_pub_write(c->signers[i].key, &pub);
		c->signers[i].weight = 1 + i;
	}
}

/** Opens the chain in a folder; NULL: in memory. */
static inline void case_open_at(struct chain_case *c, const struct env *env,
                                const char *path)
{
	struct chain_options o = { .genesis = &c->genesis };
	enum err e;

	o.db.env = env;
	o.db.path = path;
	o.db.may_create = true;
	e = chain_open(&c->chain, &o, c->why);
	if (e != ERR_OK)
		case_fail("%s: %s", err_name(e), c->why);
}

/** Opens the chain in memory. */
static inline void case_open(struct chain_case *c)
{
	case_open_at(c, NULL, NULL);
}

/** Closes the chain and frees what the case holds. */
static inline void case_fini(struct chain_case *c)
{
	chain_close(c->chain);
	arena_fini(&c->block);
	arena_fini(&c->arena);
}

/** The next Bitcoin block, won by a commit to the tenure of `parent`.
 * `salt` tells two Bitcoin blocks of one height apart. */
static inline uint32_t case_burn(struct chain_case *c,
                                 const struct chain_block *parent, uint8_t salt)
{
	uint32_t i = c->n_burns++;
	struct burn_snapshot *s = &c->burns[i];
	struct burn_winner *w = &c->winners[i];
	struct auth_key key;
	struct ecdsa_pub pub;
	uint8_t seed[5] = { 0, 0, 0, 0, salt };

	be32_write(seed, i);
	*s = (struct burn_snapshot){ .height = 101 + i,
		                     .time = 1700000000 + 600 * i,
		                     .total_burn = 1000 * (uint64_t)(i + 1),
		                     .has_winner = true };
	hash_sha512_256(s->hash, seed, sizeof(seed));
	memcpy(s->consensus_hash, s->hash, sizeof(s->consensus_hash));
	case_key(&key, CASE_MINER);
	CHECK(ecdsa_pub_of(&pub, key.key) == ERR_OK);
	*w = (struct burn_winner){ .commit_burn = 400, .sortition_burn = 1000 };
	address_of_key(w->miner, ADDRESS_P2PKH, &pub, true);
	vrf_pub_of(w->vrf_pub, key.key);
	memcpy(w->new_seed, parent->tenure.vrf_seed, sizeof(w->new_seed));
	memcpy(w->parent_tenure, parent->tenure.start_id,
	       sizeof(w->parent_tenure));
	hash_sha512_256(w->sortition_hash, s->hash, 32);
	hash_sha512_256(w->txid, w->sortition_hash, 32);
	return i;
}

/** The place of a consensus hash, or CASE_BURNS. */
static inline uint32_t case_find_burn(const struct chain_case *c,
                                      const uint8_t *hash)
{
	for (uint32_t i = 0; i < c->n_burns; i++) {
		if (memcmp(c->burns[i].consensus_hash, hash, 20) == 0)
			return i;
	}
	return CASE_BURNS;
}

/** What Bitcoin says to a block in the tenure of `tenure` with view `view`. */
static inline void case_view(struct chain_case *c, uint32_t tenure,
                             uint32_t view, const struct chain_block *parent)
{
	uint32_t prev = case_find_burn(c, parent->tenure.consensus_hash);

	c->view = (struct burn_view){
		.tenure = &c->burns[tenure],
		.winner = &c->winners[tenure],
		.view = &c->burns[view],
		.view_descends = true,
		.prev_tenure = prev == CASE_BURNS ? NULL : &c->burns[prev],
		.signers = c->signers,
		.n_signers = CASE_SIGNERS,
	};
}

/** Signs a transaction that has everything else. */
static inline void case_sign(struct chain_case *c, struct tx *tx, uint8_t who,
                             uint64_t nonce, uint64_t fee)
{
	struct auth_key key;
	struct principal_room room;
	uint8_t hash[32];

	case_key(&key, who);
	tx->chain_id = c->genesis.params.chain_id;
	tx->is_mainnet = false;
	if (!tx->anchor)
		tx->anchor = TX_ANCHOR_ANY;
	if (!tx->mode)
		tx->mode = TX_MODE_ALLOW;
	tx->auth.origin = (struct auth_cond){ .mode = ADDRESS_P2PKH,
		                              .nonce = nonce,
		                              .fee = fee,
		                              .is_compressed = true };
	memcpy(tx->auth.origin.signer, case_account(&room, who)->hash, 20);
	CHECK(tx_sighash(hash, tx) == ERR_OK);
	CHECK(tx_sign_origin(&c->arena, tx, hash, &key) == ERR_OK);
}

/** @return a transaction of a kind, with nothing in it. */
static inline struct tx *case_tx(struct chain_case *c, enum payload_kind kind)
{
	struct tx *tx = arena_zalloc(&c->arena, sizeof(*tx));

	CHECK(tx);
	tx->payload.kind = kind;
	return tx;
}

/** @return a signed transfer; its fee is 200. */
static inline struct tx *case_transfer(struct chain_case *c, uint8_t from,
                                       uint64_t nonce, uint8_t to,
                                       uint64_t amount)
{
	struct tx *tx = case_tx(c, PAYLOAD_TRANSFER);
	struct principal_room *room = arena_zalloc(&c->arena, sizeof(*room));

	CHECK(room);
	tx->payload.transfer.to = case_account(room, to);
	tx->payload.transfer.amount = amount;
	case_sign(c, tx, from, nonce, 200);
	return tx;
}

/** @return a signed publication; its fee is 1000. */
static inline struct tx *case_publish(struct chain_case *c, uint8_t from,
                                      uint64_t nonce, const char *name,
                                      const char *text)
{
	struct tx *tx = case_tx(c, PAYLOAD_CONTRACT);

	tx->payload.contract.name = span_str(name);
	tx->payload.contract.code = span_str(text);
	case_sign(c, tx, from, nonce, 1000);
	return tx;
}

/** @return a signed call without arguments; its fee is 300. */
static inline struct tx *case_call(struct chain_case *c, uint8_t from,
                                   uint64_t nonce, uint8_t owner,
                                   const char *name, const char *function)
{
	struct tx *tx = case_tx(c, PAYLOAD_CALL);
	struct principal_room room;
	const struct principal *p = case_account(&room, owner);

	tx->payload.call.address = address_of_principal(p);
	tx->payload.call.contract = span_str(name);
	tx->payload.call.function = span_str(function);
	case_sign(c, tx, from, nonce, 300);
	return tx;
}

/* Candidates out of an array, and what became of them. */
struct case_source {
	struct assemble_candidate *list;
	enum assemble_fate *fates;
	enum err *whys;
	uint32_t n, at;
};

/** Gives the next one; for struct assemble_source. */
static inline bool case_next(void *ctx, struct assemble_candidate *ret)
{
	struct case_source *s = ctx;

	if (s->at == s->n)
		return false;
	*ret = s->list[s->at++];
	return true;
}

/** Notes what became of one; for struct assemble_source. */
static inline void case_judge(void *ctx, const struct assemble_candidate *tx,
                              enum assemble_fate fate, enum err why)
{
	struct case_source *s = ctx;

	(void)tx;
	s->fates[s->at - 1] = fate;
	s->whys[s->at - 1] = why;
}

/** Makes a candidate of a transaction. */
static inline void case_candidate(struct chain_case *c,
                                  struct assemble_candidate *ret,
                                  const struct tx *tx)
{
	uint8_t *id = arena_alloc(&c->arena, 32);
	struct buf b;

	CHECK(id);
	CHECK(tx_id(id, tx) == ERR_OK);
	buf_init(&b, WIRE_TX_MAX);
	CHECK(tx_write(&b, tx) == ERR_OK);
	*ret = (struct assemble_candidate){ .tx = tx,
		                            .id = id,
		                            .len = (uint32_t)b.len };
	buf_fini(&b);
}

/* What kind of block is to be made on a parent. */
struct case_block {
	const uint8_t *parent; /* NULL: the tip */
	bool is_start;
	enum payload_cause extends; /* 0: does not */
	uint32_t tenure;            /* place of its Bitcoin block, of a start */
	uint32_t view;              /* likewise, of starts and extensions */
	struct tx **txs;
	uint32_t n_txs;
	uint64_t time;
	uint32_t share;
};

/** @return the tenure change of a block. */
static inline struct tx *case_tenure_tx(struct chain_case *c,
                                        const struct case_block *b,
                                        const struct chain_block *parent,
                                        uint64_t nonce)
{
	struct tx *tx = case_tx(c, PAYLOAD_TENURE);
	struct payload_tenure *t = &tx->payload.tenure;

	memcpy(t->tenure, c->view.tenure->consensus_hash, 20);
	memcpy(t->prev_tenure, parent->tenure.consensus_hash, 20);
	memcpy(t->burn_view, c->view.view->consensus_hash, 20);
	memcpy(t->prev_end, parent->id, 32);
	t->prev_blocks = parent->tenure_blocks;
	t->cause = b->is_start ? PAYLOAD_BLOCK_FOUND : b->extends;
	memcpy(t->miner, c->view.winner->miner, 20);
	tx->anchor = TX_ANCHOR_ONCHAIN;
	case_sign(c, tx, CASE_MINER, nonce, 0);
	return tx;
}

/** @return the coinbase of a new tenure. */
static inline struct tx *case_coinbase_tx(struct chain_case *c, uint64_t nonce)
{
	struct tx *tx = case_tx(c, PAYLOAD_COINBASE_VRF);
	struct auth_key key;

	case_key(&key, CASE_MINER);
	vrf_prove(tx->payload.coinbase.proof, key.key,
	          c->view.winner->sortition_hash, 32);
	tx->anchor = TX_ANCHOR_ONCHAIN;
	case_sign(c, tx, CASE_MINER, nonce, 0);
	return tx;
}

/** The miner's nonce on a parent. */
static inline uint64_t case_miner_nonce(struct chain_case *c,
                                        const struct chain_block *parent)
{
	(void)parent;
	return c->miner_nonce;
}

/** Signs with the first `n` signers, and the miner before. */
static inline void case_seal_by(struct chain_case *c, struct block *b,
                                uint32_t n)
{
	uint8_t *sigs = arena_alloc(&c->arena, CASE_SIGNERS * WIRE_SIG_LEN);
	uint8_t hash[32];
	struct auth_key key;

	CHECK(sigs);
	case_key(&key, CASE_MINER);
	CHECK(block_sign_miner(&b->header, key.key) == ERR_OK);
	block_signer_hash(hash, &b->header);
	for (uint32_t i = 0; i < n; i++) {
		case_key(&key, (uint8_t)(2 + i));
		CHECK(ecdsa_sign_recoverable(sigs + i * WIRE_SIG_LEN, hash,
		                             key.key) == ERR_OK);
	}
	b->header.signer_sigs = sigs;
	b->header.n_signer_sigs = n;
}

/** Makes a block; it is signed, and not appended. */
static inline enum err case_make(struct chain_case *c,
                                 const struct case_block *b,
                                 struct case_source *ret_source)
{
	static const uint8_t ones[4] = { 255, 255, 255, 255 };
	struct assemble_candidate tenure[2];
	struct assemble_result made;
	struct case_source source = { .n = b->n_txs };
	struct assemble_source offer = { .ctx = &source,
		                         .next = case_next,
		                         .judge = case_judge };
	struct chain_block parent = *chain_tip(c->chain);
	struct assemble_order order = {
		.burn = &c->view,
		.tenure = tenure,
		.treatment = { .bytes = ones, .n = 30 },
		.source = &offer,
		.share = b->share ? b->share : 100,
	};
	uint64_t nonce;
	enum err e;

	if (b->parent)
		CHECK(chain_find(c->chain, b->parent, &parent) == ERR_OK);
	order.parent = parent.id;
	order.time = b->time ? b->time : parent.time + 1;
	if (b->is_start) {
		case_view(c, b->tenure, b->view, &parent);
	} else {
		uint32_t at = case_find_burn(c, parent.tenure.consensus_hash);

		case_view(c, at,
		          b->extends ? b->view
		                     : case_find_burn(c, parent.burn_view),
		          &parent);
	}
	nonce = case_miner_nonce(c, &parent);
	if (b->is_start || b->extends)
		case_candidate(c, &tenure[order.n_tenure++],
		               case_tenure_tx(c, b, &parent, nonce++));
	if (b->is_start)
		case_candidate(c, &tenure[order.n_tenure++],
		               case_coinbase_tx(c, nonce++));
	source.list =
	    arena_array(&c->arena, b->n_txs + 1, sizeof(*source.list));
	source.fates =
	    arena_array(&c->arena, b->n_txs + 1, sizeof(*source.fates));
	source.whys =
	    arena_array(&c->arena, b->n_txs + 1, sizeof(*source.whys));
	CHECK(source.list && source.fates && source.whys);
	for (uint32_t i = 0; i < b->n_txs; i++)
		case_candidate(c, &source.list[i], b->txs[i]);
	e = assemble_block(c->chain, &c->arena, &order, &made);
	if (ret_source)
		*ret_source = source;
	c->result.verdict = made.verdict;
	if (e != ERR_OK)
		return e;
	c->newest = made.block;
	c->miner_nonce = nonce;
	case_seal_by(c, &c->newest, CASE_SIGNERS);
	return ERR_OK;
}

/** Brings the newest block into bytes and back, and appends it. */
static inline enum err case_append(struct chain_case *c)
{
	struct append_block in = { .burn = &c->view };
	struct block *b = arena_zalloc(&c->arena, sizeof(*b));
	struct cursor at;
	struct buf bytes;

	CHECK(b);
	buf_init(&bytes, BLOCK_MAX);
	CHECK(block_write(&bytes, &c->newest) == ERR_OK);
	c->bytes =
	    span_of(arena_copy(&c->arena, bytes.p, bytes.len), bytes.len);
	buf_fini(&bytes);
	at = cursor_of(c->bytes);
	CHECK(block_read(&c->arena, b, &at) == ERR_OK);
	in.bytes = c->bytes;
	in.block = b;
	return append_block(c->chain, &in, &c->result);
}

/** Makes and appends. */
static inline void case_mine(struct chain_case *c, const struct case_block *b)
{
	enum err e = case_make(c, b, NULL);

	if (e != ERR_OK)
		case_fail("made: %s, %s", err_name(e),
		          block_rule_name(c->result.verdict.rule));
	e = case_append(c);
	if (e != ERR_OK)
		case_fail("appended: %s, %s, tx %u: %s", err_name(e),
		          block_rule_name(c->result.verdict.rule),
		          c->result.verdict.tx_index,
		          err_name(c->result.verdict.tx_err));
}

/** A new tenure on the tip. */
static inline void case_tenure(struct chain_case *c, struct tx **txs,
                               uint32_t n)
{
	struct case_block b = { .is_start = true, .txs = txs, .n_txs = n };

	b.tenure = case_burn(c, chain_tip(c->chain), 0);
	b.view = b.tenure;
	case_mine(c, &b);
}

/** A block in the tip's tenure. */
static inline void case_more(struct chain_case *c, struct tx **txs, uint32_t n)
{
	struct case_block b = { .txs = txs, .n_txs = n };

	case_mine(c, &b);
}

/** A transaction more of one account, whose nonce is counted here. */
static inline struct stx_balance case_balance(struct chain_case *c, uint8_t who)
{
	struct principal_room room;
	struct stx_balance b = { 0 };
	struct store_key key = stx_balance_key(case_account(&room, who));
	struct span stored;
	struct vm *vm;
	bool found;
	struct cost free_of = { { 0 } };

	CHECK(chain_look(c->chain, &vm) == ERR_OK);
	vm_begin(vm, &free_of);
	CHECK(vm_read(vm, &key, &stored, &found) == ERR_OK);
	if (found)
		CHECK(stx_balance_parse(&b, stored));
	return b;
}

#endif /* TESTS_LIB_CHAIN_CASE_H */
