/* node/regtest/rt_mine.c - Makes blocks; contract in rt_mine.h. */
#include "config.h"

#include "node/regtest/rt_mine.h"

#include <string.h>

#include "clarity/base/check.h"
#include "node/bitcoin/btc_script.h"
#include "node/regtest/rt_check.h"

#define BLOCK_VERSION 0x20000000

/* Kept free for the header and the coinbase. */
#define RESERVED_WEIGHT 4000u
#define RESERVED_SIGOPS 400u

static const uint8_t commitment_mark[] = { 0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed };

/* A block that is being put together. */
struct making {
	struct arena *a;
	struct rt_pool *pool;
	struct btc_tx *txs; /* the coinbase first */
	uint32_t n_txs;
	uint64_t fees;
	uint64_t weight;
	uint64_t sigops;
};

/* --- choosing --- */

/* An entry with what it needs. */
struct choice {
	struct rt_entry *e;
	uint64_t fee;
	uint64_t size;
};

/* Whether `x` pays more for its size; of equals, came first. */
static bool pays_more(const struct choice *x, const struct choice *y)
{
	u128 a = (u128)x->fee * y->size;
	u128 b = (u128)y->fee * x->size;

	return a != b ? a > b : x->e->seq < y->e->seq;
}

/* Sinks the choice at `at` in a heap whose top pays least. */
static void sink(struct choice *list, uint32_t at, uint32_t n)
{
	for (;;) {
		uint32_t least = at;
		uint32_t child = 2 * at + 1;
		struct choice swap;

		for (uint32_t k = child; k < n && k < child + 2; k++) {
			if (pays_more(&list[least], &list[k]))
				least = k;
		}
		if (least == at)
			return;
		swap = list[at];
		list[at] = list[least];
		list[least] = swap;
		at = least;
	}
}

static void sort_best_first(struct choice *list, uint32_t n)
{
	for (uint32_t i = n / 2; i > 0; i--)
		sink(list, i - 1, n);
	while (n > 1) {
		struct choice swap = list[0];

		list[0] = list[--n];
		list[n] = swap;
		sink(list, 0, n);
	}
}

static enum err list_choices(struct making *m, struct choice **ret,
                             uint32_t *ret_n)
{
	uint32_t n = rt_pool_count(m->pool);
	struct choice *list = arena_new_array(m->a, struct choice, n);
	struct rt_entry *e;
	uint32_t place = 0;

	if (!list)
		return ERR_NO_MEMORY;
	*ret_n = 0;
	while ((e = rt_pool_next(m->pool, &place)) != NULL) {
		struct choice *c = &list[(*ret_n)++];
		struct arena_mark mark = arena_mark(m->a);
		struct rt_entry **needs;
		uint32_t n_needs;

		*c = (struct choice){ .e = e, .fee = e->fee, .size = e->vsize };
		TRY(rt_pool_walk(m->pool, m->a, e, RT_POOL_ANCESTORS, &needs,
		                 &n_needs));
		for (uint32_t i = 0; i < n_needs; i++) {
			c->fee += needs[i]->fee;
			c->size += needs[i]->vsize;
		}
		arena_cut(m->a, mark);
	}
	sort_best_first(list, *ret_n);
	*ret = list;
	return ERR_OK;
}

/* Leaves those that are not in the block yet, parents first: they came
 * first. */
static uint32_t keep_new(struct rt_entry **list, uint32_t n,
                         const struct hmap *taken)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < n; i++) {
		struct rt_entry *e = list[i];
		uint32_t k = kept;

		if (hmap_has(taken, span_of(e->id, sizeof(e->id))))
			continue;
		for (; k > 0 && list[k - 1]->seq > e->seq; k--)
			list[k] = list[k - 1];
		list[k] = e;
		kept++;
	}
	return kept;
}

/* Takes an entry with what it needs, if all of it fits. */
static enum err take(struct making *m, struct rt_entry *e, struct hmap *taken)
{
	struct rt_entry **list;
	uint64_t weight = m->weight;
	uint64_t sigops = m->sigops;
	uint32_t n;

	if (hmap_has(taken, span_of(e->id, sizeof(e->id))))
		return ERR_OK;
	TRY(rt_pool_walk(m->pool, m->a, e, RT_POOL_ANCESTORS, &list, &n));
	n = keep_new(list, n, taken);
	for (uint32_t i = 0; i <= n; i++) {
		const struct rt_entry *one = i < n ? list[i] : e;

		weight += one->weight;
		sigops += one->sigop_cost;
	}
	if (weight > BTC_WEIGHT_MAX - RESERVED_WEIGHT ||
	    sigops > BTC_SIGOPS_MAX - RESERVED_SIGOPS)
		return ERR_OK;
	m->weight = weight;
	m->sigops = sigops;
	for (uint32_t i = 0; i <= n; i++) {
		struct rt_entry *one = i < n ? list[i] : e;

		m->txs[m->n_txs++] = one->tx;
		m->fees += one->fee;
		TRY(hmap_put(taken, span_of(one->id, sizeof(one->id)), one));
	}
	return ERR_OK;
}

static enum err choose(struct making *m)
{
	struct choice *list;
	struct hmap taken;
	enum err e = ERR_OK;
	uint32_t n;

	TRY(list_choices(m, &list, &n));
	hmap_init(&taken, NULL, n + 1, NULL);
	for (uint32_t i = 0; e == ERR_OK && i < n; i++)
		e = take(m, list[i].e, &taken);
	hmap_fini(&taken);
	return e;
}

/* --- the coinbase --- */

/* The root over ids with witnesses and the nonce, as outputs commit to it. */
static enum err commitment(struct making *m, uint8_t ret[38])
{
	uint8_t both[2 * BTC_WIRE_HASH_LEN] = { 0 };
	btc_hash *nodes = arena_new_array(m->a, btc_hash, m->n_txs);
	bool ignored;

	if (!nodes)
		return ERR_NO_MEMORY;
	memset(nodes[0], 0, sizeof(nodes[0]));
	for (uint32_t i = 1; i < m->n_txs; i++)
		TRY(btc_tx_wid(nodes[i], &m->txs[i]));
	btc_merkle_root(both, &ignored, nodes, m->n_txs);
	memcpy(ret, commitment_mark, sizeof(commitment_mark));
	hash_sha256d(ret + sizeof(commitment_mark), both, sizeof(both));
	return ERR_OK;
}

/* Height, then a number that no other coinbase has. */
static enum err coinbase_script(struct arena *a, uint32_t height,
                                uint64_t extra, struct span *ret)
{
	struct buf b;

	buf_init(&b, 64);
	(void)btc_script_add_number(&b, height);
	(void)btc_script_add_number(&b, (int64_t)extra);
	enum err e = buf_err(&b);

	if (e == ERR_OK) {
		*ret = span_of(arena_copy(a, b.p, b.len), b.len);
		e = ret->p ? ERR_OK : ERR_NO_MEMORY;
	}
	buf_fini(&b);
	return e;
}

static enum err make_coinbase(struct making *m, const struct rt_mine_job *job,
                              uint32_t height)
{
	static const uint8_t nonce[BTC_WIRE_HASH_LEN];
	static const struct span witness = { nonce, sizeof(nonce) };
	struct btc_in *in = arena_zalloc(m->a, sizeof(*in));
	struct btc_out *outs = arena_new_array(m->a, struct btc_out, 2);
	uint8_t *mark = arena_alloc(m->a, 38);

	if (!in || !outs || !mark)
		return ERR_NO_MEMORY;
	in->spends.n = BTC_TX_NO_OUTPUT;
	in->sequence = BTC_SEQUENCE_FINAL;
	in->witness = &witness;
	in->n_witness = 1;
	TRY(coinbase_script(m->a, height, job->extra, &in->script));
	TRY(commitment(m, mark));
	outs[0].value = rt_check_subsidy(height) + m->fees;
	outs[0].script = job->script;
	outs[1].value = 0;
	outs[1].script = span_of(mark, 38);
	m->txs[0] = (struct btc_tx){ .version = 2,
		                     .ins = in,
		                     .n_ins = 1,
		                     .outs = outs,
		                     .n_outs = 2,
		                     .has_witness = true };
	return ERR_OK;
}

/* --- the block --- */

static enum err set_root(struct making *m, struct btc_header *h)
{
	btc_hash *nodes = arena_new_array(m->a, btc_hash, m->n_txs);
	bool ignored;

	if (!nodes)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < m->n_txs; i++)
		TRY(btc_tx_id(nodes[i], &m->txs[i]));
	btc_merkle_root(h->root, &ignored, nodes, m->n_txs);
	return ERR_OK;
}

/* Half of all hashes will do. */
static void solve(struct btc_header *h)
{
	btc_hash hash;

	for (;; h->nonce++) {
		btc_header_hash(hash, h);
		if (rt_check_has_work(hash))
			return;
	}
}

static enum err make(struct buf *ret, struct making *m,
                     const struct rt_mine_job *job)
{
	const struct rt_block *tip = rt_chain_tip(m->pool->chain);
	struct btc_block block = {
		.header = { .version = BLOCK_VERSION,
		            .bits = RT_CHECK_BITS,
		            .time = job->now > tip->median ? job->now
		                                           : tip->median + 1 },
	};
	uint32_t room =
	    1 + (job->has_list ? job->n_list : rt_pool_count(m->pool));

	m->txs = arena_new_array(m->a, struct btc_tx, room);
	if (!m->txs)
		return ERR_NO_MEMORY;
	m->n_txs = 1;
	if (job->has_list) {
		for (uint32_t i = 0; i < job->n_list; i++)
			m->txs[m->n_txs++] = job->list[i];
		m->fees = job->list_fees;
	} else {
		TRY(choose(m));
	}
	TRY(make_coinbase(m, job, tip->height + 1));
	memcpy(block.header.prev, tip->hash, sizeof(btc_hash));
	TRY(set_root(m, &block.header));
	solve(&block.header);
	block.txs = m->txs;
	block.n_txs = m->n_txs;
	return btc_block_write(ret, &block);
}

enum err rt_mine_block(struct buf *ret, struct rt_pool *p,
                       const struct rt_mine_job *job)
{
	struct arena_mark mark = arena_mark(p->chain->work);
	struct making m = { .a = p->chain->work, .pool = p };
	enum err e = make(ret, &m, job);

	arena_cut(p->chain->work, mark);
	return e;
}
