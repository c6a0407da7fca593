/*
 * tests/unit/node/chain/test_block_run.c - Claims about whole blocks: begun,
 * run and ended as the network does it, so that every state root is its root.
 *
 * The vectors are scripts of a network's own history, from its genesis on;
 * tests/vectors/chain/README.md tells the form.  Blocks before epoch 3.0 are
 * taken over entry by entry, later ones are judged and executed.  With a file
 * as argument, that file is replayed instead.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/crypto/hash.h"
#include "clarity/vm/mem_store.h"
#include "clarity/vm/stx_balance.h"
#include "node/chain/append.h"
#include "node/chain/assemble.h"
#include "node/chain/chain.h"
#include "node/chain/genesis_print.h"
#include "node/chain/ledger.h"
#include "node/io/env_os.h"
#include "tests/lib/hex.h"
#include "tests/lib/temp_dir.h"

#define BYTES_MAX ((size_t)1 << 30)
#define LINE_LEN ((size_t)1 << 22)
#define FIELDS_MAX 24
#define SNAPS_MAX 1024
#define CONTRACTS_MAX 8
#define SIGNERS_MAX 16
#define HOOKS_MAX 64

struct net_signers {
	uint64_t cycle;
	struct burn_signer list[SIGNERS_MAX];
	uint32_t n;
};

struct entry {
	struct store_key key;
	struct span bytes;
	enum store_form form;
};

struct net {
	struct arena arena; /* of the replay */
	char path[TEMP_DIR_MAX];
	struct env env;
	struct genesis genesis;
	struct genesis_contract contracts[CONTRACTS_MAX];
	struct burn_snapshot snaps[SNAPS_MAX];
	struct burn_winner winners[SNAPS_MAX];
	bool is_won[SNAPS_MAX];
	uint32_t n_snaps;
	struct net_signers cycles[64];
	uint32_t n_cycles;
	/* While blocks are taken over: */
	struct chaindb *db;
	struct store_view view;
	struct mem_store plain; /* where contracts are made */
	struct vm *plain_vm;
	struct chain_block facts;
	/* While they are executed: */
	struct chain *chain;
	struct entry hooks[HOOKS_MAX];
	uint32_t n_hooks;
	bool is_native; /* signer sets are computed, not played */
	struct block_hooks hook_table;
	struct append_result result;
	uint32_t n_blocks, n_receipts, n_wrong;
	int line;
};

static void wrong(struct net *n, const char *what)
{
	n->n_wrong++;
	(void)fprintf(stderr, "line %d: %s\n", n->line, what);
}

static u128 number(const char *text)
{
	u128 v = 0;

	for (; *text; text++)
		v = v * 10 + (uint8_t)(*text - '0');
	return v;
}

static struct span unhex(struct net *n, const char *hex)
{
	size_t len = strlen(hex) / 2;
	uint8_t *p = arena_alloc(&n->arena, len + 1);

	assert_non_null(p);
	return span_of(p, hex_to(p, len + 1, hex));
}

static const char *keep(struct net *n, const char *text)
{
	const char *p = arena_str(&n->arena, text, strlen(text));

	assert_non_null(p);
	return p;
}

/* --- a key's text becomes what the store is asked with --- */

static struct store_key parse_key(struct net *n, const char *text)
{
	struct store_key key = { .text = span_str(keep(n, text)) };
	const char *last = NULL;
	size_t len = strlen(text);

	if (strncmp(text, "vm-account::", 12) == 0) {
		const struct principal *who;

		assert_int_equal(
		    principal_parse(&n->arena, &who,
		                    span_of(key.text.p + 12, len - 16)),
		    PRINCIPAL_OK);
		key.text.len = 12;
		key.tail = span_of(who, principal_len(who));
		key.form = text[len - 1] == '9' ? STORE_TAIL_BALANCE
		                                : STORE_TAIL_NONCE;
		return key;
	}
	for (const char *at = text;
	     strncmp(text, "vm::", 4) == 0 && (at = strstr(at, "::")) != NULL;
	     at += 2)
		last = at;
	if (last && (strstr(text, "::0::") || strstr(text, "::4::"))) {
		key.text.len = (size_t)(last + 2 - text);
		key.tail = unhex(n, last + 2);
	}
	return key;
}

static struct entry parse_entry(struct net *n, char **f)
{
	struct entry e = { .key = parse_key(n, f[2]) };

	if (strcmp(f[1], "text") == 0) {
		e.form = STORE_TEXT;
		e.bytes = span_str(keep(n, f[3]));
	} else {
		e.bytes = unhex(n, f[3]);
	}
	return e;
}

/* --- the description --- */

static void do_chain(struct net *n, char **f)
{
	struct chain_params *p = &n->genesis.params;

	chain_params_init(p, strcmp(f[2], "1") == 0);
	p->chain_id = (uint32_t)number(f[1]);
	p->cycles = (struct cycle_params){ (uint64_t)number(f[3]),
		                           (uint32_t)number(f[4]),
		                           (uint32_t)number(f[5]) };
	p->maturity = (uint32_t)number(f[6]);
	p->emission.n = 0; /* networks for tests have none */
}

static void do_unlocks(struct net *n, char **f)
{
	for (int i = 0; i < 4; i++)
		n->genesis.params.unlock_height[i] = (uint32_t)number(f[1 + i]);
}

static void do_epoch(struct net *n, char **f)
{
	struct chain_params *p = &n->genesis.params;
	enum epoch epoch;

	assert_true(epoch_parse(&epoch, span_str(f[1])));
	assert_true(chain_params_add_epoch(p, epoch, (uint32_t)number(f[2])));
	for (int u = 0; u < COST_UNITS; u++)
		p->epochs[p->n_epochs - 1].limit.of[u] =
		    (uint64_t)number(f[3 + u]);
}

/* contract NAME CLARITY EPOCH MINT SOURCE [CALL ARGS] */
static void do_contract(struct net *n, char **f)
{
	struct genesis_contract *c = &n->contracts[n->genesis.n_contracts++];
	struct span *args = arena_array(&n->arena, FIELDS_MAX, sizeof(*args));

	assert_non_null(args);
	c->name = span_str(keep(n, f[1]));
	c->version = (enum clarity_version)number(f[2]);
	assert_true(epoch_parse(&c->epoch, span_str(f[3])));
	c->mint = number(f[4]);
	c->source = unhex(n, f[5]);
	if (f[6]) {
		c->call = span_str(keep(n, f[6]));
		for (; f[7 + c->n_args]; c->n_args++)
			args[c->n_args] = span_str(keep(n, f[7 + c->n_args]));
		c->args = args;
	}
	n->genesis.contracts = n->contracts;
}

/* snap HASH BURN_HASH HEIGHT TIME TOTAL WON */
static void do_snap(struct net *n, char **f)
{
	struct burn_snapshot *s = &n->snaps[n->n_snaps++];

	assert_true(n->n_snaps < SNAPS_MAX);
	hex_to(s->consensus_hash, 20, f[1]);
	hex_to(s->hash, 32, f[2]);
	s->height = (uint32_t)number(f[3]);
	s->time = (uint64_t)number(f[4]);
	s->total_burn = (uint64_t)number(f[5]);
	s->has_winner = strcmp(f[6], "1") == 0;
}

static uint32_t find_snap(const struct net *n, const uint8_t *hash)
{
	for (uint32_t i = 0; i < n->n_snaps; i++) {
		if (memcmp(n->snaps[i].consensus_hash, hash, 20) == 0)
			return i;
	}
	return SNAPS_MAX;
}

/* winner HASH TXID MINER VRF SEED PARENT SORTITION EXTRA COMMIT ALL */
static void do_winner(struct net *n, char **f)
{
	uint8_t hash[20];
	uint32_t at;
	struct burn_winner *w;

	hex_to(hash, 20, f[1]);
	at = find_snap(n, hash);
	assert_true(at < SNAPS_MAX);
	n->is_won[at] = true;
	w = &n->winners[at];
	hex_to(w->txid, 32, f[2]);
	hex_to(w->miner, 20, f[3]);
	hex_to(w->vrf_pub, 32, f[4]);
	hex_to(w->new_seed, 32, f[5]);
	hex_to(w->parent_tenure, 32, f[6]);
	hex_to(w->sortition_hash, 32, f[7]);
	w->accumulated = number(f[8]);
	w->commit_burn = (uint64_t)number(f[9]);
	w->sortition_burn = (uint64_t)number(f[10]);
}

static struct net_signers *cycle_signers(struct net *n, uint64_t cycle)
{
	for (uint32_t i = 0; i < n->n_cycles; i++) {
		if (n->cycles[i].cycle == cycle)
			return &n->cycles[i];
	}
	return NULL;
}

/* signer CYCLE KEY WEIGHT */
static void do_signer(struct net *n, char **f)
{
	struct net_signers *s = cycle_signers(n, (uint64_t)number(f[1]));

	if (!s) {
		s = &n->cycles[n->n_cycles++];
		s->cycle = (uint64_t)number(f[1]);
	}
	assert_true(s->n < SIGNERS_MAX);
	hex_to(s->list[s->n].key, 33, f[2]);
	s->list[s->n++].weight = (uint32_t)number(f[3]);
}

/* --- taking blocks over --- */

static enum err taken_view(void *ctx, struct store_view *ret)
{
	*ret = ((const struct net *)ctx)->view;
	return ERR_OK;
}

static void open_db(struct net *n)
{
	char why[CHAINDB_WHY_MAX];
	struct chaindb_options o = { .env = &n->env,
		                     .path = n->path,
		                     .may_create = true,
		                     .chain_id = n->genesis.params.chain_id };
	struct vm_chain chain = { .epoch = EPOCH_3_0,
		                  .chain_id = n->genesis.params.chain_id };

	o.facts = (struct chain_facts){ .ctx = n, .view = taken_view };
	if (chaindb_open(&n->db, &o, why) != ERR_OK)
		fail_msg("%s", why);
	mem_store_init(&n->plain, BYTES_MAX);
	assert_int_equal(vm_new(&n->plain_vm, &chain, &n->plain.store), ERR_OK);
	vm_set_memory_limit(n->plain_vm, UINT64_MAX);
}

/* raw ID HASH HEIGHT CONSENSUS_HASH OPEN_ID */
static void do_raw(struct net *n, char **f)
{
	struct chain_block *b = &n->facts;
	uint8_t open_id[32], parent_id[32];
	uint32_t at, parent = CHAINDB_NONE;

	if (!n->db)
		open_db(n);
	memcpy(parent_id, b->id, 32);
	*b = (struct chain_block){ .height = (uint32_t)number(f[3]),
		                   .tenure_blocks = 1 };
	if (b->height > 0)
		parent = chaindb_tip(n->db);
	memcpy(b->parent_id, parent_id, 32);
	hex_to(b->id, 32, f[1]);
	hex_to(b->hash, 32, f[2]);
	hex_to(b->tenure.consensus_hash, 20, f[4]);
	hex_to(b->burn_view, 20, f[4]);
	hex_to(open_id, 32, f[5]);
	memcpy(b->tenure.start_id, b->id, 32);
	b->tenure.height = b->tenure.start_height = b->height;
	at = find_snap(n, b->burn_view);
	if (at < SNAPS_MAX) {
		b->burn_spent = n->snaps[at].total_burn;
		b->burn_view_height = n->snaps[at].height;
		b->tenure.burn_height = n->snaps[at].height;
		b->tenure.burn_time = n->snaps[at].time;
		memcpy(b->tenure.burn_hash, n->snaps[at].hash, 32);
	}
	b->epoch = chain_params_epoch(&n->genesis.params, b->tenure.burn_height)
	               ->epoch;
	b->tenure.coinbase = chain_params_coinbase(&n->genesis.params, b->epoch,
	                                           b->tenure.burn_height) +
	                     (at < SNAPS_MAX ? n->winners[at].accumulated : 0);
	assert_int_equal(chaindb_begin(n->db, parent, open_id), ERR_OK);
}

/* facts PROOF MINER: of a block before epoch 3.0 */
static void do_facts(struct net *n, char **f)
{
	struct chain_tenure *t = &n->facts.tenure;
	const struct principal *who;

	hex_to(t->proof, sizeof(t->proof), f[1]);
	vrf_seed(t->vrf_seed, t->proof);
	assert_int_equal(principal_parse(&n->arena, &who, span_str(f[2])),
	                 PRINCIPAL_OK);
	memcpy(&t->miner, who, principal_len(who));
	t->recipient = t->miner;
}

static void do_put(struct net *n, char **f)
{
	struct entry e = parse_entry(n, f);

	assert_int_equal(
	    vmstore_put(chaindb_vmstore(n->db), &e.key, e.bytes, e.form),
	    ERR_OK);
}

/* source CONTRACT CLARITY HEIGHT TEXT: what the state keeps beside entries */
static void do_source(struct net *n, char **f)
{
	struct store *real = &chaindb_vmstore(n->db)->store;
	struct vm_source source = { .text = unhex(n, f[4]),
		                    .version =
		                        (enum clarity_version)number(f[2]) };
	struct store_contract made;
	struct vm_result r;
	bool found;

	assert_int_equal(
	    principal_parse(&n->arena, &source.contract, span_str(f[1])),
	    PRINCIPAL_OK);
	vm_begin(n->plain_vm, &ledger_free);
	if (vm_deploy(n->plain_vm, &source, &r) != ERR_OK)
		fail_msg("%s: %s", f[1], r.diag.message);
	assert_int_equal(vm_commit(n->plain_vm), ERR_OK);
	assert_int_equal(
	    n->plain.store.ops->contract_get(n->plain.store.ctx, &n->arena,
	                                     source.contract, &made, &found),
	    ERR_OK);
	assert_true(found);
	made.height = (uint32_t)number(f[3]);
	assert_int_equal(
	    real->ops->contract_put(real->ctx, source.contract, &made), ERR_OK);
}

static void put_tenure(struct net *n)
{
	uint8_t key[5] = { 'T' }, value[4];

	be32_write(key + 1, n->facts.tenure.height);
	be32_write(value, chaindb_count(n->db));
	assert_int_equal(
	    chaindb_put_own(n->db, span_of(key, 5), span_of(value, 4)), ERR_OK);
}

static void put_print(struct net *n)
{
	uint8_t print[GENESIS_PRINT_LEN];

	assert_int_equal(genesis_print(print, &n->genesis), ERR_OK);
	assert_int_equal(chaindb_put_own(n->db, span_str("genesis"),
	                                 span_of(print, sizeof(print))),
	                 ERR_OK);
}

/* keep ROOT: the block is as it was on the network */
static void do_keep(struct net *n, char **f)
{
	struct chaindb_commit c = { .id = n->facts.id, .is_tip = true };
	uint8_t root[32];
	uint32_t number_of;
	struct buf facts;

	assert_int_equal(chaindb_seal(n->db, n->facts.state_root), ERR_OK);
	if (strcmp(f[1], "-") != 0) {
		hex_to(root, 32, f[1]);
		if (memcmp(root, n->facts.state_root, 32) != 0)
			wrong(n, "another root of a block taken over");
	}
	buf_init(&facts, 4096);
	assert_int_equal(chain_block_write(&facts, &n->facts), ERR_OK);
	c.facts = buf_span(&facts);
	c.header = c.bytes = span_str("-");
	put_tenure(n);
	if (n->facts.height == 0)
		put_print(n);
	assert_int_equal(chaindb_commit(n->db, &c, &number_of), ERR_OK);
	buf_fini(&facts);
}

/* --- executing --- */

static enum err play_hook(void *ctx, struct vm *vm,
                          const struct chain_block *block)
{
	struct net *n = ctx;

	(void)block;
	if (!n->n_hooks)
		return ERR_OK;
	vm_begin(vm, &ledger_free);
	for (uint32_t i = 0; i < n->n_hooks; i++)
		TRY(vm_write(vm, &n->hooks[i].key, n->hooks[i].bytes,
		             n->hooks[i].form));
	return vm_commit(vm);
}

static void open_chain(struct net *n)
{
	char why[CHAINDB_WHY_MAX];
	struct chain_options o = { .genesis = &n->genesis,
		                   .hooks = &n->hook_table };

	vm_free(n->plain_vm);
	mem_store_fini(&n->plain);
	chaindb_close(n->db);
	n->db = NULL;
	n->hook_table = (struct block_hooks){ .ctx = n };
	if (!n->is_native)
		n->hook_table.signers = play_hook;
	o.db.env = &n->env;
	o.db.path = n->path;
	if (chain_open(&n->chain, &o, why) != ERR_OK)
		fail_msg("%s", why);
}

/* native: the signers' and the stacking contract are there */
static void do_native(struct net *n, char **f)
{
	(void)f;
	n->is_native = true;
}

static void do_hook(struct net *n, char **f)
{
	assert_true(n->n_hooks < HOOKS_MAX);
	n->hooks[n->n_hooks++] = parse_entry(n, f);
}

/* What Bitcoin says to the block. */
static void make_view(struct net *n, const struct block *b,
                      struct burn_view *ret)
{
	const struct payload_tenure *t =
	    b->txs[0].payload.kind == PAYLOAD_TENURE ? &b->txs[0].payload.tenure
						     : NULL;
	struct chain_block parent = { 0 };
	uint32_t tenure = find_snap(n, b->header.consensus_hash), view;
	uint64_t cycle = 0;
	struct net_signers *s;

	*ret = (struct burn_view){ .view_descends = true };
	assert_int_equal(chain_find(n->chain, b->header.parent_id, &parent),
	                 ERR_OK);
	view = find_snap(n, t ? t->burn_view : parent.burn_view);
	assert_true(tenure < SNAPS_MAX && view < SNAPS_MAX);
	ret->tenure = &n->snaps[tenure];
	ret->view = &n->snaps[view];
	ret->winner = n->is_won[tenure] ? &n->winners[tenure] : NULL;
	if (t && find_snap(n, t->prev_tenure) < SNAPS_MAX)
		ret->prev_tenure = &n->snaps[find_snap(n, t->prev_tenure)];
	assert_true(
	    cycle_of(&n->genesis.params.cycles, ret->tenure->height, &cycle));
	s = cycle_signers(n, cycle);
	if (s) {
		ret->signers = s->list;
		ret->n_signers = s->n;
	}
}

/* block HEX: the network accepted it. refused HEX RULE: it did not. */
static void do_block(struct net *n, char **f)
{
	struct span bytes = unhex(n, f[1]);
	struct cursor at = cursor_of(bytes);
	struct block *b = arena_zalloc(&n->arena, sizeof(*b));
	struct burn_view burn;
	struct append_block in = { .bytes = bytes, .block = b, .burn = &burn };
	enum err e;

	assert_non_null(b);
	if (!n->chain)
		open_chain(n);
	assert_int_equal(block_read(&n->arena, b, &at), ERR_OK);
	make_view(n, b, &burn);
	e = append_block(n->chain, &in, &n->result);
	n->n_blocks++;
	n->n_hooks = 0;
	if (strcmp(f[0], "refused") == 0) {
		if (e != ERR_BLOCK_REFUSED ||
		    strcmp(block_rule_name(n->result.verdict.rule), f[2]) != 0)
			wrong(n, block_rule_name(n->result.verdict.rule));
		return;
	}
	if (e != ERR_OK) {
		wrong(n, err_name(e));
		wrong(n, block_rule_name(n->result.verdict.rule));
		(void)fprintf(stderr, "  tx %u: %s\n",
		              n->result.verdict.tx_index,
		              err_name(n->result.verdict.tx_err));
		fail_msg("the rest cannot follow");
	}
}

/* Candidates out of an array; all must be taken. */
struct offer {
	struct net *n;
	struct assemble_candidate *list;
	uint32_t count, at;
};

static bool offer_next(void *ctx, struct assemble_candidate *ret)
{
	struct offer *o = ctx;

	if (o->at == o->count)
		return false;
	*ret = o->list[o->at++];
	return true;
}

static void offer_judge(void *ctx, const struct assemble_candidate *tx,
                        enum assemble_fate fate, enum err why)
{
	struct offer *o = ctx;

	(void)tx;
	if (fate != ASSEMBLE_TAKEN)
		wrong(o->n, err_name(why));
}

static void read_candidate(struct net *n, struct assemble_candidate *ret,
                           const char *hex)
{
	bool is_marked = hex[0] == '!';
	struct span bytes = unhex(n, hex + is_marked);
	struct tx *tx = arena_zalloc(&n->arena, sizeof(*tx));
	uint8_t *id = arena_alloc(&n->arena, 32);

	assert_true(tx && id);
	assert_int_equal(tx_read_all(&n->arena, tx, bytes), ERR_OK);
	assert_int_equal(tx_id(id, tx), ERR_OK);
	*ret = (struct assemble_candidate){ .tx = tx,
		                            .id = id,
		                            .len = (uint32_t)bytes.len,
		                            .is_marked = is_marked,
		                            .category = 7 };
}

static void print_made(const struct block *b)
{
	struct buf bytes;

	buf_init(&bytes, BLOCK_MAX);
	assert_int_equal(block_write(&bytes, b), ERR_OK);
	(void)printf("made ");
	for (size_t i = 0; i < bytes.len; i++)
		(void)printf("%02x", bytes.p[i]);
	(void)printf("\n");
	buf_fini(&bytes);
}

/* make PARENT CONSENSUS_HASH VIEW TIME ROOT TX...: the same block can be
 * assembled here, with a marker for each transaction behind a `!`.  With `-`
 * as root it is printed instead. */
static void do_make(struct net *n, char **f)
{
	static const uint8_t yes[1] = { 1 };
	struct assemble_candidate list[FIELDS_MAX];
	struct offer offer = { .n = n, .list = list };
	struct assemble_source source = { &offer, offer_next, offer_judge,
		                          NULL };
	struct assemble_order order = {
		.time = (uint64_t)number(f[4]),
		.treatment = { .bytes = yes, .n = 1 },
		.tenure = list,
		.source = &source,
		.share = 100,
	};
	struct assemble_result made;
	struct block head = { 0 };
	struct burn_view burn;
	uint8_t root[32];
	uint32_t all = 0;
	enum err e;

	if (!n->chain)
		open_chain(n);
	hex_to(head.header.parent_id, 32, f[1]);
	hex_to(head.header.consensus_hash, 20, f[2]);
	for (; f[6 + all]; all++)
		read_candidate(n, &list[all], f[6 + all]);
	while (order.n_tenure < all &&
	       (list[order.n_tenure].tx->payload.kind == PAYLOAD_TENURE ||
	        payload_is_coinbase(&list[order.n_tenure].tx->payload)))
		order.n_tenure++;
	offer.list = list + order.n_tenure;
	offer.count = all - order.n_tenure;
	head.txs = list[0].tx;
	make_view(n, &head, &burn);
	order.burn = &burn;
	order.parent = head.header.parent_id;
	e = assemble_block(n->chain, &n->arena, &order, &made);
	if (e != ERR_OK) {
		wrong(n, err_name(e));
		wrong(n, block_rule_name(made.verdict.rule));
		return;
	}
	n->n_blocks++;
	if (strcmp(f[5], "-") == 0) {
		print_made(&made.block);
		return;
	}
	hex_to(root, 32, f[5]);
	if (memcmp(root, made.block.header.state_root, 32) != 0)
		wrong(n, "assembled with another root");
}

static void check_events(struct net *n, const struct receipt *r,
                         const char *want)
{
	struct buf text;
	uint8_t hash[32], wanted[32];

	hex_to(wanted, 32, want);
	buf_init(&text, BYTES_MAX);
	for (uint32_t i = 0; i < r->n_events; i++) {
		event_format(&text, &r->events[i], "", i,
		             r->end != RECEIPT_ABORTED);
		buf_add_u8(&text, '\n');
	}
	assert_int_equal(buf_err(&text), ERR_OK);
	hash_sha512_256(hash, text.p, text.len);
	if (memcmp(hash, wanted, 32) != 0) {
		wrong(n, "other events");
		(void)fprintf(stderr, "%.*s", (int)text.len,
		              (const char *)text.p);
	}
	buf_fini(&text);
}

/* receipt INDEX ABORTED RESULT BURNED COSTS EVENTS */
static void do_receipt(struct net *n, char **f)
{
	struct chaindb *db = chain_db(n->chain);
	struct receipt r;
	struct span want = unhex(n, f[3]);
	uint32_t at;

	n->n_receipts++;
	assert_int_equal(chaindb_find(db, n->result.facts.id, &at), ERR_OK);
	assert_int_equal(
	    chaindb_receipt(db, &n->arena, at, (uint32_t)number(f[1]), &r),
	    ERR_OK);
	if ((r.end == RECEIPT_ABORTED) != (strcmp(f[2], "1") == 0))
		wrong(n, "ended otherwise");
	if (!span_eq(r.result, want))
		wrong(n, "another result");
	if (r.stx_burned != number(f[4]))
		wrong(n, "another amount burned");
	for (int u = 0; u < COST_UNITS; u++) {
		if (r.cost[u] != (uint64_t)number(f[5 + u])) {
			wrong(n, "another cost");
			(void)fprintf(stderr, "  unit %d: %llu, not %s\n", u,
			              (unsigned long long)r.cost[u], f[5 + u]);
		}
	}
	check_events(n, &r, f[10]);
}

static void net_clear(struct net *n)
{
	if (n->db) {
		vm_free(n->plain_vm);
		mem_store_fini(&n->plain);
	}
	chaindb_close(n->db);
	chain_close(n->chain);
	temp_dir_remove(n->path);
	arena_fini(&n->arena);
}

static void net_start(struct net *n)
{
	uint32_t kept[3] = { n->n_blocks, n->n_receipts, n->n_wrong };
	int line = n->line;

	memset(n, 0, sizeof(*n));
	n->n_blocks = kept[0];
	n->n_receipts = kept[1];
	n->n_wrong = kept[2];
	n->line = line;
	arena_init(&n->arena, BYTES_MAX);
	temp_dir_make(n->path);
	env_os_init(&n->env);
}

struct verb {
	const char *name;
	void (*run)(struct net *n, char **f);
};

static void do_end(struct net *n, char **f)
{
	(void)f;
	net_clear(n);
	net_start(n);
}

static const struct verb verbs[] = {
	{ "chain", do_chain },   { "unlocks", do_unlocks },
	{ "epoch", do_epoch },   { "contract", do_contract },
	{ "snap", do_snap },     { "winner", do_winner },
	{ "signer", do_signer }, { "raw", do_raw },
	{ "facts", do_facts },   { "put", do_put },
	{ "source", do_source }, { "keep", do_keep },
	{ "native", do_native }, { "hook", do_hook },
	{ "block", do_block },   { "refused", do_block },
	{ "make", do_make },     { "receipt", do_receipt },
	{ "end", do_end },
};

static void do_line(struct net *n, char *text)
{
	char *f[FIELDS_MAX + 1] = { NULL };
	char *save = NULL;
	size_t k = 0;

	for (char *at = strtok_r(text, " \n", &save); at && k < FIELDS_MAX;
	     at = strtok_r(NULL, " \n", &save))
		f[k++] = at;
	if (k == 0 || f[0][0] == '#')
		return;
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (strcmp(verbs[i].name, f[0]) == 0) {
			verbs[i].run(n, f);
			return;
		}
	}
	fail_msg("line %d: verb %s", n->line, f[0]);
}

static void replay_file(struct net *n, const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = malloc(LINE_LEN);

	assert_non_null(file);
	assert_non_null(text);
	net_start(n);
	for (n->line = 1; fgets(text, (int)LINE_LEN, file); n->line++)
		do_line(n, text);
	(void)fclose(file);
	free(text);
	net_clear(n);
}

static void blocks_of_a_network_have_its_roots_and_receipts(void **state)
{
	(void)state;
	static struct net n;

	replay_file(&n, SOURCE_DIR "/tests/vectors/chain/tenures.txt");
	assert_true(n.n_blocks >= 40);
	assert_true(n.n_receipts >= 40);
	assert_int_equal(n.n_wrong, 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    blocks_of_a_network_have_its_roots_and_receipts),
	};

	if (argc > 1) {
		static struct net n;

		replay_file(&n, argv[1]);
		printf("%u blocks, %u receipts, %u wrong\n", n.n_blocks,
		       n.n_receipts, n.n_wrong);
		return n.n_wrong != 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
