/* node/app/repl_session.c - Evaluating for the prompt; contract in
 * repl_session.h. */
#include "config.h"

#include "node/app/repl_session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/lang/ast.h"
#include "clarity/lang/native.h"
#include "clarity/value/int128.h"
#include "node/app/app_io.h"
#include "node/app/clar_sim.h"
#include "node/app/repl_state.h"
#include "node/app/repl_tool.h"

/* Who speaks at first: the deployer that Clarinet's projects have. */
#define FIRST_SENDER CLAR_SIM_DEPLOYER
#define FIRST_BALANCE CLAR_SIM_BALANCE
#define CHAIN_TESTNET 0x80000000u

/* An expression is made the body of a function; reports count from it. */
#define HEAD "(define-private (it) "
#define TAIL ")"

#define MEMORY_MAX ((size_t)1 << 30)

/* --- showing --- */

/* The text of a contract that the chain has. */
static bool stored_source(const struct repl_session *s,
                          const struct principal *id, struct span *ret)
{
	struct repl_session *w = (struct repl_session *)(uintptr_t)s;
	struct store *store = &w->chain.store.store;
	struct store_contract c;
	bool found;

	if (store->ops->contract_get(store->ctx, &w->work, id, &c, &found) ||
	    !found)
		return false;
	*ret = c.source;
	return true;
}

static bool find_source(const void *ctx, const struct vm_place *place,
                        struct clar_source *ret)
{
	const struct repl_session *s = ctx;

	if (s->now && principal_eq(place->contract, s->now)) {
		*ret = s->now_source;
		return true;
	}
	*ret = (struct clar_source){ .is_line = false };
	return stored_source(s, place->contract, &ret->text);
}

struct clar_sources repl_session_sources(const struct repl_session *s)
{
	return (struct clar_sources){ s, find_source, s->options.has_color };
}

static void failure_show(const struct repl_session *s, struct buf *out,
                         const struct vm_failure *f)
{
	struct clar_sources sources = repl_session_sources(s);

	clar_show_failure(out, f, &sources);
}

/* Shows what became of a deployment that did not succeed.
 * @return ERR_OK, or the fault that it was. */
static enum err refusal_show(const struct repl_session *s, struct buf *out,
                             enum err e, struct vm_result *r)
{
	if (err_class(e) == ERR_CLASS_FAULT)
		return e;
	if (e == ERR_RUN)
		failure_show(s, out, &r->failure);
	else if (r->diag.rule.stage != DIAG_NONE)
		clar_show_refusal(out, &r->diag, &s->now_source,
		                  s->options.has_color);
	else
		(void)buf_addf(out, "error: %s\n", err_text(e));
	return ERR_OK;
}

/* --- running --- */

static enum err contract_name(struct repl_session *s, const char *what,
                              const struct principal **ret)
{
	char name[NAME_CONTRACT_MAX_DEPLOY + 1];

	(void)snprintf(name, sizeof(name), "%s-%u", what, s->texts++);
	return principal_new_contract(&s->arena, ret, s->sender,
	                              span_str(name));
}

/* Reports from here on are about `contract`, whose text as it was typed is
 * `source`. */
static void turn_to(struct repl_session *s, const struct principal *contract,
                    struct clar_source source)
{
	s->now = contract;
	s->now_source = source;
}

static enum err deploy(struct repl_session *s, const struct principal *contract,
                       struct span text, struct vm_result *r)
{
	struct vm_source source = { .contract = contract,
		                    .text = text,
		                    .version = s->options.version };
	struct cost limit;

	memset(&limit, 0xff, sizeof(limit));
	vm_begin(s->vm, &limit);
	return vm_deploy(s->vm, &source, r);
}

/* Keeps the name of a contract for completion. */
static enum err name_keep(struct repl_session *s, const struct principal *p)
{
	struct span name = principal_name(p);
	char *text = arena_alloc(&s->arena, name.len + 1);

	if (!text)
		return ERR_NO_MEMORY;
	text[0] = '.';
	memcpy(text + 1, name.p, name.len);
	if (s->name_n < REPL_STATE_NAMES)
		s->names[s->name_n++] = span_of(text, name.len + 1);
	return ERR_OK;
}

static enum err definitions_eval(struct repl_session *s, struct span text,
                                 struct buf *out)
{
	const struct principal *contract;
	struct vm_result r;

	TRY(contract_name(s, "contract", &contract));
	turn_to(s, contract, (struct clar_source){ .text = text });
	vm_set_watch(s->vm, s->watch);

	enum err e = deploy(s, contract, text, &r);

	vm_set_watch(s->vm, NULL);
	if (e != ERR_OK)
		return refusal_show(s, out, e, &r);
	s->spent = r.cost;
	clar_show_events(out, &r);
	(void)buf_add_str(out, "deployed ");
	(void)principal_format(out, contract);
	(void)buf_add_u8(out, '\n');
	if (s->shows_costs)
		clar_show_cost(out, &r.cost);
	TRY(vm_commit(s->vm));
	return name_keep(s, contract);
}

/* Calls the function that an expression became, in its own transaction. */
static enum err body_call(struct repl_session *s,
                          const struct principal *contract, struct buf *out)
{
	struct vm_call call = { .sender = s->sender,
		                .contract = contract,
		                .function = span_str("it"),
		                .allows_private = true };
	struct vm_result r;
	struct cost limit;

	memset(&limit, 0xff, sizeof(limit));
	vm_begin(s->vm, &limit);
	vm_set_watch(s->vm, s->watch);

	uint64_t start = s->shows_times ? env_mono_ns(s->options.env) : 0;
	enum err e = vm_call(s->vm, &call, &r);

	vm_set_watch(s->vm, NULL);
	if (e != ERR_OK && e != ERR_RUN)
		return e;
	s->spent = r.cost;
	clar_show_events(out, &r);
	if (e == ERR_OK)
		clar_show_value(out, &r.value);
	else
		failure_show(s, out, &r.failure);
	if (s->shows_costs)
		clar_show_cost(out, &r.cost);
	if (s->shows_times)
		(void)buf_addf(
		    out, "time: %llu us\n",
		    (unsigned long long)((env_mono_ns(s->options.env) - start) /
		                         1000));
	if (e != ERR_OK)
		return ERR_OK;
	s->has_last = true;
	TRY(value_copy(&s->work, &s->last, &r.value));
	return vm_commit(s->vm);
}

/* @return ERR_OK also when it was refused; `*is_right` tells. */
static enum err expression_eval(struct repl_session *s, struct span text,
                                struct diag_span at, struct buf *out,
                                bool *is_right)
{
	const struct principal *contract;
	size_t head = sizeof(HEAD) - 1;
	size_t len = at.end - at.start;
	size_t room = len + sizeof(HEAD) + sizeof(TAIL);
	char *body = arena_alloc(&s->work, room);
	struct vm_result r;

	*is_right = false;
	if (!body)
		return ERR_NO_MEMORY;
	(void)snprintf(body, room, HEAD "%.*s" TAIL, (int)len,
	               (const char *)text.p + at.start);
	TRY(contract_name(s, "line", &contract));
	turn_to(s, contract,
	        (struct clar_source){ .text = span_of(text.p + at.start, len),
	                              .shift = (uint32_t)head,
	                              .is_line = true });

	enum err e = deploy(s, contract, span_str(body), &r);

	if (e != ERR_OK)
		return refusal_show(s, out, e, &r);
	*is_right = true;
	TRY(vm_commit(s->vm));
	return body_call(s, contract, out);
}

static bool has_definition(const struct ast *ast)
{
	for (uint32_t i = 0; i < ast->n; i++) {
		if (native_is_define(ast_head(&ast->items[i])))
			return true;
	}
	return false;
}

/* Without definitions the sorted order is the written one. */
static enum err expressions_eval(struct repl_session *s, const struct ast *ast,
                                 struct span text, struct buf *out)
{
	bool is_right = true;

	for (uint32_t i = 0; i < ast->n && is_right; i++)
		TRY(expression_eval(s, text, ast->items[i].span, out,
		                    &is_right));
	return ERR_OK;
}

enum err repl_session_eval(void *ctx, struct span text, struct buf *out)
{
	struct repl_session *s = ctx;
	struct ast_input in = { .source = text,
		                .contract = s->sender,
		                .epoch = s->options.epoch };
	struct diag diag = { 0 };
	struct ast ast;

	struct clar_source typed = { .text = text };

	arena_reset(&s->work);
	s->has_last = false;
	s->spent = (struct cost){ { 0 } };

	enum err e = ast_build(&s->work, &in, &ast, &diag);

	if (e == ERR_PARSE) {
		clar_show_refusal(out, &diag, &typed, s->options.has_color);
		return ERR_OK;
	}
	TRY(e);
	return has_definition(&ast) ? definitions_eval(s, text, out)
	                            : expressions_eval(s, &ast, text, out);
}

/* --- verbs --- */

static enum err verb_get_epoch(void *ctx, struct span args, struct buf *out)
{
	const struct repl_session *s = ctx;

	(void)args;
	return buf_addf(out, "epoch %s, Clarity %d\n",
	                epoch_text(s->options.epoch), (int)s->options.version);
}

static enum err verb_set_epoch(void *ctx, struct span args, struct buf *out)
{
	struct repl_session *s = ctx;
	enum epoch e;

	if (!epoch_parse(&e, args) || e < EPOCH_FIRST || e > EPOCH_LAST)
		return buf_add_str(out, "epochs are 3.0 to 3.4, 4.0 and 4.1\n");
	s->options.epoch = e;
	s->options.version = version_max(e);
	vm_set_epoch(s->vm, e);
	return verb_get_epoch(ctx, args, out);
}

static enum err verb_set_clarity(void *ctx, struct span args, struct buf *out)
{
	struct repl_session *s = ctx;
	enum clarity_version v;

	if (!version_parse(&v, args) || v > version_max(s->options.epoch))
		return buf_addf(out, "epoch %s has Clarity 1 to %d\n",
		                epoch_text(s->options.epoch),
		                (int)version_max(s->options.epoch));
	s->options.version = v;
	return verb_get_epoch(ctx, args, out);
}

static enum err sender_show(const struct repl_session *s, struct buf *out)
{
	(void)buf_add_str(out, "tx-sender is ");
	(void)principal_format(out, s->sender);
	return buf_add_u8(out, '\n');
}

static enum err verb_get_tx_sender(void *ctx, struct span args, struct buf *out)
{
	(void)args;
	return sender_show(ctx, out);
}

/* An address as it is written, or what a name such as wallet_1 stands for. */
static struct span address_of(struct repl_session *s, struct span text)
{
	const char *copy;

	if (text.len && text.p[0] == '\'')
		text = span_of(text.p + 1, text.len - 1);
	copy = arena_str(&s->work, (const char *)text.p, text.len);
	return copy ? span_str(clar_sim_address(copy)) : text;
}

static enum err verb_set_tx_sender(void *ctx, struct span args, struct buf *out)
{
	struct repl_session *s = ctx;

	const struct principal *p;

	if (principal_parse_standard(&s->arena, &p, address_of(s, args)) !=
	    PRINCIPAL_OK)
		return buf_add_str(out, "that is no address of an account\n");
	s->sender = p;
	return sender_show(s, out);
}

static enum err verb_get_contracts(void *ctx, struct span args, struct buf *out)
{
	const struct repl_session *s = ctx;

	(void)args;
	for (size_t i = 0; i < s->name_n; i++)
		(void)buf_addf(out, "%.*s\n", (int)s->names[i].len,
		               (const char *)s->names[i].p);
	return buf_err(out);
}

static enum err verb_toggle_costs(void *ctx, struct span args, struct buf *out)
{
	struct repl_session *s = ctx;

	(void)args;
	s->shows_costs = !s->shows_costs;
	return buf_addf(out, "costs are %s\n",
	                s->shows_costs ? "shown" : "not shown");
}

static enum err verb_get_heights(void *ctx, struct span args, struct buf *out)
{
	const struct repl_session *s = ctx;

	(void)args;
	return buf_addf(out, "block height %u, burn block height %u\n",
	                s->chain.store.view.height,
	                s->chain.store.view.burn_height);
}

static enum err verb_toggle_timings(void *ctx, struct span args,
                                    struct buf *out)
{
	struct repl_session *s = ctx;

	(void)args;
	s->shows_times = !s->shows_times && s->options.env;
	return buf_addf(out, "times are %s\n",
	                s->shows_times ? "shown" : "not shown");
}

static enum err advance(struct repl_session *s, struct span args,
                        struct buf *out, enum repl_chain_part part)
{
	u128 n = 1;

	if (args.len &&
	    (!int128_parse_unsigned(&n, args) || n > REPL_CHAIN_STEP_MAX))
		return buf_addf(out, "that is no number up to %u\n",
		                REPL_CHAIN_STEP_MAX);
	TRY(repl_chain_advance(&s->chain, (uint32_t)n, part));
	return verb_get_heights(s, args, out);
}

static enum err verb_advance(void *ctx, struct span args, struct buf *out)
{
	return advance(ctx, args, out, REPL_CHAIN_BOTH);
}

static enum err verb_advance_stacks(void *ctx, struct span args,
                                    struct buf *out)
{
	return advance(ctx, args, out, REPL_CHAIN_STACKS);
}

static enum err verb_mint(void *ctx, struct span args, struct buf *out)
{
	struct repl_session *s = ctx;
	const struct principal *who;
	const uint8_t *space = args.len ? memchr(args.p, ' ', args.len) : NULL;
	size_t len = space ? (size_t)(space - args.p) : args.len;
	struct span rest = app_io_trim(span_of(args.p + len, args.len - len));
	u128 amount;

	if (principal_parse(&s->work, &who,
	                    address_of(s, span_of(args.p, len))) !=
	        PRINCIPAL_OK ||
	    !int128_parse_unsigned(&amount, rest))
		return buf_add_str(out, "an address and an amount of microSTX "
		                        "are needed\n");
	TRY(repl_chain_mint(&s->chain, who, amount));
	return buf_add_str(out, "done\n");
}

static enum err file_eval(struct repl_session *s, const char *path,
                          struct buf *out)
{
	struct arena a;
	struct span text;
	enum err e;

	arena_init(&a, AST_ARENA_MAX);
	e = app_io_read(s->options.env, &a, path, AST_SOURCE_MAX, &text);
	if (e == ERR_OK)
		e = repl_session_eval(s, text, out);
	else
		e = buf_addf(out, "%s: %s\n", path, err_text(e));
	arena_fini(&a);
	return e;
}

static enum err verb_read(void *ctx, struct span args, struct buf *out)
{
	struct repl_session *s = ctx;
	const char *path = arena_str(&s->arena, (const char *)args.p, args.len);

	if (!path)
		return ERR_NO_MEMORY;
	if (s->file_n < REPL_STATE_FILES)
		s->files[s->file_n++] = path;
	return file_eval(s, path, out);
}

static enum err verb_reload(void *ctx, struct span args, struct buf *out)
{
	struct repl_session *s = ctx;

	(void)args;
	TRY(repl_session_restart(s));
	for (size_t i = 0; i < s->file_n; i++)
		TRY(file_eval(s, s->files[i], out));
	return buf_addf(out, "begun anew; %zu files are read again\n",
	                s->file_n);
}

static const struct repl_verb verb_rows[] = {
	{ "get_epoch", "", "the epoch and the version of Clarity",
	  verb_get_epoch },
	{ "set_epoch", "EPOCH", "go on by the rules of another epoch",
	  verb_set_epoch },
	{ "set_clarity", "N", "go on in another version of Clarity",
	  verb_set_clarity },
	{ "get_tx_sender", "", "who speaks", verb_get_tx_sender },
	{ "set_tx_sender", "ADDRESS", "speak as another account",
	  verb_set_tx_sender },
	{ "get_contracts", "", "the contracts of this session",
	  verb_get_contracts },
	{ "toggle_costs", "", "show what evaluating costs, or stop it",
	  verb_toggle_costs },
	{ "get_block_height", "", "where the chain stands", verb_get_heights },
	{ "get_burn_block_height", "", "where the chain stands",
	  verb_get_heights },
	{ "advance_chain_tip", "[N]", "add empty blocks", verb_advance },
	{ "advance_burn_chain_tip", "[N]",
	  "add Bitcoin blocks, each with a Stacks block", verb_advance },
	{ "advance_stacks_chain_tip", "[N]",
	  "add Stacks blocks that see the same Bitcoin block",
	  verb_advance_stacks },
	{ "mint_stx", "ADDRESS AMOUNT", "give an account microSTX", verb_mint },
	{ "get_assets_maps", "", "who has how much of what", repl_tool_assets },
	{ "get_costs", "EXPR",
	  "evaluate, and show the cost in parts of a block", repl_tool_costs },
	{ "perf", "EXPR", "evaluate, and show what each function costs",
	  repl_tool_perf },
	{ "trace", "EXPR", "evaluate, and show the tree of calls",
	  repl_tool_trace },
	{ "debug", "EXPR", "as trace, with what each expression costs",
	  repl_tool_debug },
	{ "toggle_timings", "", "show how long evaluating takes, or stop it",
	  verb_toggle_timings },
	{ "encode", "EXPR", "the bytes of a value", repl_tool_encode },
	{ "decode", "HEX", "the value that these bytes are", repl_tool_decode },
	{ "read", "FILE", "evaluate a file as if it were typed", verb_read },
	{ "reload", "", "begin anew, and read all files again", verb_reload },
};

/* --- the whole --- */

static size_t session_names(void *ctx, const struct span **ret)
{
	const struct repl_session *s = ctx;

	*ret = s->names;
	return s->name_n;
}

static enum clarity_version session_version(void *ctx)
{
	const struct repl_session *s = ctx;

	return s->options.version;
}

static enum err session_start(struct repl_session *s)
{
	struct vm_chain chain = { .epoch = s->options.epoch,
		                  .chain_id = CHAIN_TESTNET };

	if (principal_parse_standard(&s->arena, &s->sender,
	                             span_str(FIRST_SENDER)) != PRINCIPAL_OK)
		return ERR_NO_MEMORY;
	TRY(repl_chain_init(&s->chain, s->sender));
	TRY(repl_chain_mint(&s->chain, s->sender, FIRST_BALANCE));
	return vm_new(&s->vm, &chain, &s->chain.store.store);
}

static void session_stop(struct repl_session *s)
{
	vm_free(s->vm);
	s->vm = NULL;
	if (s->chain.miner)
		repl_chain_fini(&s->chain);
	s->chain.miner = NULL;
}

enum err repl_session_restart(struct repl_session *s)
{
	session_stop(s);
	s->name_n = 0;
	s->texts = 0;
	s->now = NULL;
	return session_start(s);
}

enum err repl_session_new(struct repl_session **ret,
                          const struct repl_session_options *options)
{
	struct repl_session *s = calloc(1, sizeof(*s));
	enum err e;

	if (!s)
		return ERR_NO_MEMORY;
	s->options = *options;
	arena_init(&s->arena, MEMORY_MAX);
	arena_init(&s->work, MEMORY_MAX);
	e = session_start(s);
	if (e == ERR_OK)
		*ret = s;
	else
		repl_session_free(s);
	return e;
}

void repl_session_free(struct repl_session *s)
{
	if (!s)
		return;
	session_stop(s);
	arena_fini(&s->work);
	arena_fini(&s->arena);
	free(s);
}

struct repl_machine repl_session_machine(struct repl_session *s)
{
	return (
	    struct repl_machine){ .ctx = s,
		                  .eval = repl_session_eval,
		                  .names = session_names,
		                  .version = session_version,
		                  .verbs = { verb_rows, COUNT_OF(verb_rows) } };
}
