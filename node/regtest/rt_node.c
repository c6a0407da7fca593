/* node/regtest/rt_node.c - The embedded Bitcoin; contract in rt_node.h. */
#include "config.h"

#include "node/regtest/rt_node.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "node/bitcoin/btc_txcheck.h"
#include "node/regtest/rt_mine.h"

/* A chain in memory: as much as a large machine has. */
#define ARENA_MAX ((size_t)256 << 30)
#define WORK_MAX ((size_t)8 << 30)

/* Blocks between two words about progress. */
#define PROGRESS_BLOCKS 256u

uint32_t rt_node_now(const struct rt_node *n)
{
	if (n->mock_time)
		return n->mock_time;
	return (uint32_t)(env_now_ms(n->env) / 1000);
}

/* The pool follows what the chain did. */
static enum err follow(struct rt_node *n)
{
	enum err e = rt_pool_follow(&n->pool, rt_node_now(n));

	rt_chain_moves_clear(&n->chain);
	return e;
}

/* --- the log --- */

struct replay {
	struct rt_node *n;
	const struct rt_node_options *options;
};

static enum err replay_block(struct rt_node *n, struct span bytes,
                             bool is_checked)
{
	struct rt_reason why;
	struct rt_block *b;
	bool is_new;
	enum err e =
	    rt_chain_add(&n->chain, &why, bytes, UINT32_MAX, &b, &is_new);

	if (e == ERR_BTC_RULE || e == ERR_SYNTAX)
		return ERR_STORE_CORRUPT;
	TRY(e);
	b->is_checked |= is_checked;
	return rt_chain_activate(&n->chain, &why, b);
}

static enum err replay_word(struct rt_node *n, enum rt_log_kind kind,
                            struct span hash)
{
	struct rt_reason why;
	struct rt_block *b = hash.len == sizeof(btc_hash)
	                         ? rt_chain_find(&n->chain, hash.p)
	                         : NULL;

	if (!b)
		return ERR_STORE_CORRUPT;
	if (kind == RT_LOG_INVALIDATE)
		rt_chain_invalidate(&n->chain, b);
	else if (kind == RT_LOG_RECONSIDER)
		rt_chain_reconsider(&n->chain, b);
	else
		rt_chain_precious(&n->chain, b);
	return rt_chain_activate(&n->chain, &why, NULL);
}

static enum err replay_record(void *ctx, enum rt_log_kind kind,
                              struct span payload)
{
	struct replay *r = ctx;
	struct rt_node *n = r->n;
	uint32_t height = rt_chain_tip(&n->chain)->height;
	enum err e;

	if (kind == RT_LOG_BLOCK || kind == RT_LOG_CHECKED)
		e = replay_block(n, payload, kind == RT_LOG_CHECKED);
	else
		e = replay_word(n, kind, payload);
	rt_chain_moves_clear(&n->chain);
	if (r->options->progress && height % PROGRESS_BLOCKS == 0)
		r->options->progress(r->options->progress_ctx, height);
	return e;
}

/* --- beginning and end --- */

static struct rt_node *node_new(void)
{
	return calloc(1, sizeof(struct rt_node));
}

static enum err open_log(struct rt_node *n,
                         const struct rt_node_options *options, char *ret_why)
{
	struct replay r = { .n = n, .options = options };

	if (!options->folder)
		return ERR_OK;
	TRY(rt_log_open(&n->log, options->folder, ret_why));
	enum err e = rt_log_replay(n->log, replay_record, &r);

	if (e != ERR_OK)
		(void)snprintf(ret_why, RT_LOG_WHY_MAX, "%s", err_text(e));
	return e;
}

enum err rt_node_open(struct rt_node **ret,
                      const struct rt_node_options *options, char *ret_why)
{
	struct rt_node *n = node_new();
	enum err e;

	ret_why[0] = '\0';
	if (!n)
		return ERR_NO_MEMORY;
	n->env = options->env;
	n->start_ms = env_now_ms(n->env);
	arena_init(&n->arena, ARENA_MAX);
	arena_init(&n->work, WORK_MAX);
	/* Ids are chosen by strangers. */
	e = env_random(n->env, &n->seed, sizeof(n->seed));
	if (e == ERR_OK)
		e = rt_chain_init(&n->chain, &n->arena, &n->work, &n->seed);
	rt_pool_init(&n->pool, &n->chain, &n->seed);
	n->pool.has_full_rbf = options->has_full_rbf;
	if (e == ERR_OK)
		e = open_log(n, options, ret_why);
	if (e != ERR_OK) {
		rt_node_close(n);
		return e;
	}
	n->mined = n->chain.blocks.n;
	*ret = n;
	return ERR_OK;
}

void rt_node_close(struct rt_node *n)
{
	if (!n)
		return;
	rt_log_close(n->log);
	rt_pool_fini(&n->pool);
	rt_chain_fini(&n->chain);
	arena_fini(&n->arena);
	arena_fini(&n->work);
	free(n);
}

/* --- what comes from outside --- */

static enum err note(struct rt_node *n, enum rt_log_kind kind,
                     struct span payload)
{
	return n->log ? rt_log_add(n->log, kind, payload) : ERR_OK;
}

enum err rt_node_submit(struct rt_node *n, struct span bytes,
                        struct rt_submitted *ret)
{
	memset(ret, 0, sizeof(*ret));
	TRY(rt_chain_add(&n->chain, &ret->why, bytes, rt_node_now(n),
	                 &ret->block, &ret->is_new));
	if (!ret->is_new)
		return ERR_OK;
	TRY(rt_chain_activate(&n->chain, &ret->why, ret->block));
	if (!ret->block->is_failed)
		TRY(note(n,
		         ret->block->is_checked ? RT_LOG_CHECKED : RT_LOG_BLOCK,
		         bytes));
	TRY(follow(n));
	return ret->block->is_failed ? ERR_BTC_RULE : ERR_OK;
}

static void note_mined(struct rt_node *n, const struct rt_block *b)
{
	n->last_weight = 4 * (BTC_HEADER_LEN + 1);
	for (uint32_t i = 0; i < b->block.n_txs; i++)
		n->last_weight += btc_txcheck_weight(&b->block.txs[i]);
	n->last_txs = b->block.n_txs - 1;
}

enum err rt_node_mine(struct rt_node *n, struct span script,
                      struct rt_submitted *ret)
{
	struct rt_mine_job job = { .script = script,
		                   .now = rt_node_now(n),
		                   .extra = ++n->mined };
	struct buf bytes;
	enum err e;

	buf_init(&bytes, BTC_WIRE_MAX);
	e = rt_mine_block(&bytes, &n->pool, &job);
	if (e == ERR_OK)
		e = rt_node_submit(n, buf_span(&bytes), ret);
	buf_fini(&bytes);
	if (e == ERR_OK)
		note_mined(n, ret->block);
	return e;
}

enum err rt_node_say(struct rt_node *n, enum rt_node_word word,
                     struct rt_block *b)
{
	enum rt_log_kind kind = RT_LOG_PRECIOUS;
	struct rt_reason ignored;

	switch (word) {
	case RT_NODE_INVALIDATE:
		rt_chain_invalidate(&n->chain, b);
		kind = RT_LOG_INVALIDATE;
		break;
	case RT_NODE_RECONSIDER:
		rt_chain_reconsider(&n->chain, b);
		kind = RT_LOG_RECONSIDER;
		break;
	case RT_NODE_PRECIOUS:
		rt_chain_precious(&n->chain, b);
		break;
	}
	TRY(rt_chain_activate(&n->chain, &ignored, NULL));
	TRY(note(n, kind, span_of(b->hash, sizeof(b->hash))));
	return follow(n);
}

enum err rt_node_offer(struct rt_node *n, struct rt_offer *offer,
                       struct rt_reason *why, struct rt_accepted *ret)
{
	offer->now = rt_node_now(n);
	return rt_pool_accept(&n->pool, why, offer, ret);
}
