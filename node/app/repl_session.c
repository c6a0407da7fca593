/* node/app/repl_session.c - Evaluating for the prompt; contract in
 * repl_session.h. */
#include "config.h"

#include "node/app/repl_session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/lang/ast.h"
#include "clarity/lang/diag.h"
#include "clarity/lang/native.h"
#include "clarity/value/int128.h"
#include "clarity/value/repr.h"
#include "clarity/value/value_codec.h"
#include "clarity/vm/vm.h"
#include "node/app/app_io.h"
#include "node/app/repl_chain.h"

/* Who speaks at first: the deployer that Clarinet's projects have. */
#define FIRST_SENDER "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM"
#define FIRST_BALANCE ((u128)100000000000000u)
#define CHAIN_TESTNET 0x80000000u

/* An expression is made the body of a function; reports count from it. */
#define HEAD "(define-private (it) "
#define TAIL ")"

#define NAMES_MAX 4096u
#define MEMORY_MAX ((size_t)1 << 30)

struct repl_session {
	struct repl_session_options options;
	struct arena arena; /* lasts as long as the session */
	struct arena work;  /* of one text */
	struct repl_chain chain;
	struct vm *vm;
	const struct principal *sender;
	struct span names[NAMES_MAX]; /* of contracts, as ".contract-0" */
	size_t name_n;
	unsigned texts; /* evaluated so far: no two contracts share a name */
	bool shows_costs;
};

/* --- showing --- */

static void value_show(struct buf *out, const struct value *v)
{
	(void)repr_source(out, v);
	(void)buf_add_u8(out, '\n');
}

static void events_show(struct buf *out, const struct vm_result *r)
{
	for (uint32_t i = 0; i < r->n_events; i++) {
		const struct event *e = &r->events[i];

		if (e->kind == EVENT_PRINT) {
			(void)buf_add_str(out, "print: ");
			value_show(out, &e->value);
		} else {
			(void)buf_add_str(out, "event: ");
			(void)event_format(out, e, "0x", i, true);
			(void)buf_add_u8(out, '\n');
		}
	}
}

static void cost_show(struct buf *out, const struct cost *c)
{
	(void)buf_addf(out,
	               "cost: runtime %llu, reads %llu (%llu bytes), writes "
	               "%llu (%llu bytes)\n",
	               (unsigned long long)c->of[COST_RUNTIME],
	               (unsigned long long)c->of[COST_READ_COUNT],
	               (unsigned long long)c->of[COST_READ_LENGTH],
	               (unsigned long long)c->of[COST_WRITE_COUNT],
	               (unsigned long long)c->of[COST_WRITE_LENGTH]);
}

static void failure_show(struct buf *out, const struct vm_failure *f)
{
	const char *name = vm_error_name(f->kind);
	bool says_more = f->text[0] && strcmp(f->text, name) != 0;

	(void)buf_addf(out, "%s error: %s%s%s\n",
	               vm_error_class_name(vm_error_class(f->kind)), name,
	               says_more ? ": " : "", says_more ? f->text : "");
	if (vm_error_class(f->kind) == VM_ERROR_CLASS_EARLY) {
		(void)buf_add_str(out, "thrown: ");
		value_show(out, &f->value);
	}
}

/* Shows why `text` was refused.  The report's places are in a text in which
 * `shift` other bytes stand before it. */
static void diag_show(const struct repl_session *s, struct buf *out,
                      struct diag *d, struct span text, uint32_t shift)
{
	if (d->span.end && d->span.start >= shift &&
	    d->span.start <= shift + text.len) {
		d->span.start -= shift;
		d->span.end -= shift;
	} else {
		d->span = (struct diag_span){ 0, 0 };
	}
	if (d->span.end > text.len)
		d->span.end = (uint32_t)text.len;
	diag_render(out, d, NULL, text, s->options.has_color);
}

/* Shows what became of a deployment that did not succeed.
 * @return ERR_OK, or the fault that it was. */
static enum err refusal_show(const struct repl_session *s, struct buf *out,
                             enum err e, struct vm_result *r, struct span text,
                             uint32_t shift)
{
	if (err_class(e) == ERR_CLASS_FAULT)
		return e;
	if (e == ERR_RUN)
		failure_show(out, &r->failure);
	else if (r->diag.rule.stage != DIAG_NONE)
		diag_show(s, out, &r->diag, text, shift);
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
	if (s->name_n < NAMES_MAX)
		s->names[s->name_n++] = span_of(text, name.len + 1);
	return ERR_OK;
}

static enum err definitions_eval(struct repl_session *s, struct span text,
                                 struct buf *out)
{
	const struct principal *contract;
	struct vm_result r;

	TRY(contract_name(s, "contract", &contract));

	enum err e = deploy(s, contract, text, &r);

	if (e != ERR_OK)
		return refusal_show(s, out, e, &r, text, 0);
	events_show(out, &r);
	(void)buf_add_str(out, "deployed ");
	(void)principal_format(out, contract);
	(void)buf_add_u8(out, '\n');
	if (s->shows_costs)
		cost_show(out, &r.cost);
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

	enum err e = vm_call(s->vm, &call, &r);

	if (e != ERR_OK && e != ERR_RUN)
		return e;
	events_show(out, &r);
	if (e == ERR_OK)
		value_show(out, &r.value);
	else
		failure_show(out, &r.failure);
	if (s->shows_costs)
		cost_show(out, &r.cost);
	return e == ERR_OK ? vm_commit(s->vm) : ERR_OK;
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

	enum err e = deploy(s, contract, span_str(body), &r);

	if (e != ERR_OK)
		return refusal_show(s, out, e, &r,
		                    span_of(text.p + at.start, len),
		                    (uint32_t)head);
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

static enum err text_eval(void *ctx, struct span text, struct buf *out)
{
	struct repl_session *s = ctx;
	struct ast_input in = { .source = text,
		                .contract = s->sender,
		                .epoch = s->options.epoch };
	struct diag diag = { 0 };
	struct ast ast;

	arena_reset(&s->work);

	enum err e = ast_build(&s->work, &in, &ast, &diag);

	if (e == ERR_PARSE) {
		diag_show(s, out, &diag, text, 0);
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

static enum err verb_set_tx_sender(void *ctx, struct span args, struct buf *out)
{
	struct repl_session *s = ctx;

	if (args.len && args.p[0] == '\'')
		args = span_of(args.p + 1, args.len - 1);

	const struct principal *p;

	if (principal_parse_standard(&s->arena, &p, args) != PRINCIPAL_OK)
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

static enum err verb_advance(void *ctx, struct span args, struct buf *out)
{
	struct repl_session *s = ctx;
	u128 n = 1;

	if (args.len &&
	    (!int128_parse_unsigned(&n, args) || n > REPL_CHAIN_STEP_MAX))
		return buf_addf(out, "that is no number up to %u\n",
		                REPL_CHAIN_STEP_MAX);
	TRY(repl_chain_advance(&s->chain, (uint32_t)n));
	return verb_get_heights(ctx, args, out);
}

static enum err verb_mint(void *ctx, struct span args, struct buf *out)
{
	struct repl_session *s = ctx;
	const struct principal *who;
	const uint8_t *space = args.len ? memchr(args.p, ' ', args.len) : NULL;
	size_t len = space ? (size_t)(space - args.p) : args.len;
	struct span rest = app_io_trim(span_of(args.p + len, args.len - len));
	u128 amount;

	if (principal_parse(&s->work, &who, span_of(args.p, len)) !=
	        PRINCIPAL_OK ||
	    !int128_parse_unsigned(&amount, rest))
		return buf_add_str(out, "an address and an amount of microSTX "
		                        "are needed\n");
	TRY(repl_chain_mint(&s->chain, who, amount));
	return buf_add_str(out, "done\n");
}

static enum err verb_decode(void *ctx, struct span args, struct buf *out)
{
	struct repl_session *s = ctx;
	struct value v;

	if (args.len > 2 && memcmp(args.p, "0x", 2) == 0)
		args = span_of(args.p + 2, args.len - 2);
	arena_reset(&s->work);
	if (value_codec_read_hex(&s->work, &v, args, NULL) != ERR_OK)
		return buf_add_str(out, "these are no bytes of a value\n");
	value_show(out, &v);
	return buf_err(out);
}

static enum err verb_read(void *ctx, struct span args, struct buf *out)
{
	struct repl_session *s = ctx;
	char path[ENV_PATH_MAX];
	struct arena a;
	struct span text;

	(void)snprintf(path, sizeof(path), "%.*s", (int)args.len,
	               (const char *)args.p);
	arena_init(&a, AST_ARENA_MAX);

	enum err e =
	    app_io_read(s->options.env, &a, path, AST_SOURCE_MAX, &text);

	if (e == ERR_OK)
		e = text_eval(s, text, out);
	else
		e = buf_addf(out, "%s: %s\n", path, err_text(e));
	arena_fini(&a);
	return e;
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
	{ "mint_stx", "ADDRESS AMOUNT", "give an account microSTX", verb_mint },
	{ "decode", "HEX", "the value that these bytes are", verb_decode },
	{ "read", "FILE", "evaluate a file as if it were typed", verb_read },
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
	vm_free(s->vm);
	if (s->chain.miner)
		repl_chain_fini(&s->chain);
	arena_fini(&s->work);
	arena_fini(&s->arena);
	free(s);
}

struct repl_machine repl_session_machine(struct repl_session *s)
{
	return (
	    struct repl_machine){ .ctx = s,
		                  .eval = text_eval,
		                  .names = session_names,
		                  .version = session_version,
		                  .verbs = { verb_rows, COUNT_OF(verb_rows) } };
}
