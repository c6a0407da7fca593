/* node/app/repl_tool.c - Verbs that look closer; contract in repl_tool.h. */
#include "config.h"

#include "node/app/repl_tool.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/value/int128.h"
#include "clarity/value/value_codec.h"
#include "clarity/vm/stx_balance.h"
#include "node/app/clar_cost.h"
#include "node/app/clar_trace.h"
#include "node/app/repl_state.h"
#include "node/chain/chain_params.h"

/* Lines of one trace. */
#define TRACE_LINES 2000u

static struct cost block_limit(const struct repl_session *s)
{
	struct chain_params params;

	chain_params_init(&params, false);
	CHECK(chain_params_add_epoch(&params, s->options.epoch, 0));
	return chain_params_find(&params, s->options.epoch)->limit;
}

/* Evaluates while `w` looks on. */
static enum err eval_watched(struct repl_session *s, struct span text,
                             const struct watch *w, struct buf *out)
{
	enum err e;

	s->watch = w;
	e = repl_session_eval(s, text, out);
	s->watch = NULL;
	return e;
}

static enum err needs_text(struct buf *out, const char *verb)
{
	return buf_addf(out, "::%s needs an expression\n", verb);
}

static enum err traced(struct repl_session *s, struct span text, bool has_steps,
                       struct buf *out)
{
	struct buf tree;
	struct clar_trace t = {
		.sources = repl_session_sources(s),
		.out = &tree,
		.has_steps = has_steps,
		.max_depth = WATCH_MAX_DEPTH,
		.max_lines = TRACE_LINES,
	};
	enum err e;

	buf_init(&tree, out->max);
	clar_trace_init(&t);
	e = eval_watched(s, text, &t.watch, out);
	clar_trace_end(&t);
	(void)buf_add(out, tree.p, tree.len);
	if (e == ERR_OK)
		e = buf_err(&tree);
	buf_fini(&tree);
	return e;
}

enum err repl_tool_trace(void *ctx, struct span args, struct buf *out)
{
	return args.len ? traced(ctx, args, false, out)
	                : needs_text(out, "trace");
}

enum err repl_tool_debug(void *ctx, struct span args, struct buf *out)
{
	return args.len ? traced(ctx, args, true, out)
	                : needs_text(out, "debug");
}

enum err repl_tool_perf(void *ctx, struct span args, struct buf *out)
{
	struct repl_session *s = ctx;
	struct cost limit = block_limit(s);
	struct clar_cost *c;
	struct arena a;
	enum err e = ERR_NO_MEMORY;

	if (args.len == 0)
		return needs_text(out, "perf");
	arena_init(&a, 1 << 24);
	c = arena_new(&a, struct clar_cost);
	if (c)
		e = clar_cost_init(c, &a);
	if (e == ERR_OK)
		e = eval_watched(s, args, &c->watch, out);
	if (e == ERR_OK)
		clar_cost_text(out, c, &s->spent, &limit);
	arena_fini(&a);
	return e;
}

enum err repl_tool_costs(void *ctx, struct span args, struct buf *out)
{
	struct repl_session *s = ctx;
	struct cost limit = block_limit(s);
	struct clar_cost none = { .n_rows = 0 };

	if (args.len == 0)
		return needs_text(out, "get_costs");
	TRY(repl_session_eval(s, args, out));
	clar_cost_text(out, &none, &s->spent, &limit);
	return buf_err(out);
}

enum err repl_tool_encode(void *ctx, struct span args, struct buf *out)
{
	struct repl_session *s = ctx;
	struct buf shown;
	enum err e;

	if (args.len == 0)
		return needs_text(out, "encode");
	buf_init(&shown, out->max);
	e = repl_session_eval(s, args, &shown);
	if (e == ERR_OK && !s->has_last) {
		(void)buf_add(out, shown.p, shown.len);
	} else if (e == ERR_OK) {
		struct span bytes;

		e = value_codec_bytes(&s->work, &bytes, &s->last);
		(void)buf_add_str(out, "0x");
		if (e == ERR_OK)
			(void)buf_add_hex(out, bytes.p, bytes.len);
		(void)buf_add_u8(out, '\n');
	}
	buf_fini(&shown);
	return e;
}

enum err repl_tool_decode(void *ctx, struct span args, struct buf *out)
{
	struct repl_session *s = ctx;
	struct value v;

	if (args.len > 2 && memcmp(args.p, "0x", 2) == 0)
		args = span_of(args.p + 2, args.len - 2);
	arena_reset(&s->work);
	if (value_codec_read_hex(&s->work, &v, args, NULL) != ERR_OK)
		return buf_add_str(out, "these are no bytes of a value\n");
	clar_show_value(out, &v);
	return buf_err(out);
}

/* --- assets --- */

/* What an entry of the state says about somebody's assets. */
struct holding {
	struct span contract; /* of a token, or empty: STX */
	struct span token;
	const struct principal *owner;
	struct span amount; /* text */
	bool is_id;         /* one token; `amount` is its id */
};

static bool read_stx(struct arena *a, const struct store_key *key,
                     struct span bytes, struct holding *ret)
{
	struct stx_balance b;
	char text[INT128_MAX_TEXT];
	u128 all;
	size_t len;

	if (key->form != STORE_TAIL_BALANCE || !stx_balance_parse(&b, bytes) ||
	    !u128_add(&all, b.unlocked, b.locked) || all == 0)
		return false;
	len = int128_format_unsigned(text, all);
	*ret = (struct holding){
		.owner = (const struct principal *)(const void *)key->tail.p,
		.amount = span_of(arena_copy(a, text, len), len),
	};
	return ret->amount.p != NULL;
}

/* Parts "vm::CONTRACT::TYPE::NAME::" if it is of the wanted type. */
static bool split_key(struct span text, char type, struct holding *ret)
{
	const char *at = (const char *)text.p;
	const char *end = at + text.len;
	const char *colon;

	if (text.len < 4 || memcmp(at, "vm::", 4) != 0)
		return false;
	at += 4;
	for (colon = at; colon < end && *colon != ':'; colon++)
		continue;
	if (end - colon < 8 || colon[2] != type || colon[3] != ':')
		return false;
	ret->contract = span_of(at, (size_t)(colon - at));
	ret->token = span_of(colon + 5, (size_t)(end - colon) - 7);
	return true;
}

static bool read_ft(const struct store_key *key, struct span bytes,
                    struct holding *ret)
{
	if (key->form != STORE_TAIL_OWNER || !split_key(key->text, '2', ret) ||
	    span_eq(bytes, span_str("0")))
		return false;
	ret->owner = (const struct principal *)(const void *)key->tail.p;
	ret->amount = bytes;
	return true;
}

/* The owner of an id is an optional; its text is shown as it is. */
static bool read_nft(struct arena *a, const struct store_key *key,
                     struct span bytes, struct holding *ret)
{
	struct value owner, id;
	struct buf text;

	if (key->form != STORE_TAIL_HEX || !split_key(key->text, '4', ret) ||
	    value_codec_read_all(a, &owner, bytes, NULL) ||
	    value_codec_read_all(a, &id, key->tail, NULL) ||
	    value_outer(&owner) != VALUE_SOME)
		return false;
	buf_init(&text, 1 << 20);
	clar_show_value(&text, &id);
	ret->owner = owner.principal;
	ret->is_id = true;
	ret->amount = span_of(arena_copy(a, text.p, text.len), text.len - 1);
	buf_fini(&text);
	return ret->amount.p != NULL;
}

static void show_holding(struct buf *out, const struct holding *h)
{
	(void)principal_format(out, h->owner);
	(void)buf_add_str(out, h->is_id ? " owns " : " has ");
	if (!h->is_id) {
		(void)buf_add_span(out, h->amount);
		(void)buf_add_str(out, " ");
	}
	if (h->contract.len == 0) {
		(void)buf_add_str(out, "microSTX");
	} else {
		(void)buf_add_span(out, h->contract);
		(void)buf_add_str(out, "::");
		(void)buf_add_span(out, h->token);
	}
	if (h->is_id) {
		(void)buf_add_str(out, " ");
		(void)buf_add_span(out, h->amount);
	}
	(void)buf_add_u8(out, '\n');
}

enum err repl_tool_assets(void *ctx, struct span args, struct buf *out)
{
	struct repl_session *s = ctx;
	struct store_key key;
	struct span bytes;
	uint32_t place = 0;

	(void)args;
	arena_reset(&s->work);
	while (mem_store_next(&s->chain.store, &place, &key, &bytes)) {
		struct holding h = { .is_id = false };

		if (read_stx(&s->work, &key, bytes, &h) ||
		    read_ft(&key, bytes, &h) ||
		    read_nft(&s->work, &key, bytes, &h))
			show_holding(out, &h);
	}
	return buf_err(out);
}
