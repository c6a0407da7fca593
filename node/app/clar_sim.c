/* node/app/clar_sim.c - Contracts in memory; contract in clar_sim.h. */
#include "config.h"

#include "node/app/clar_sim.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/lang/ast.h"
#include "clarity/value/int128.h"
#include "clarity/vm/stx_balance.h"
#include "node/app/app_io.h"
#include "node/chain/chain_params.h"

#define MEMORY_MAX ((size_t)1 << 30)
#define TEXT_MAX ((size_t)1 << 20)
#define CHAIN_TESTNET 0x80000000u

/* The accounts that Clarinet gives each project. */
static const struct {
	const char *name;
	const char *address;
} accounts[] = {
	{ "deployer", CLAR_SIM_DEPLOYER },
	{ "wallet_1", "ST1SJ3DTE5DN7X54YDH5D64R3BCB6A2AG2ZQ8YPD5" },
	{ "wallet_2", "ST2CY5V39NHDPWSXMW9QDT3HC3GD6Q6XX4CFRK9AG" },
	{ "wallet_3", "ST2JHG361ZXG51QTKY2NQCVBPPRRE2KZB1HR05NNC" },
	{ "wallet_4", "ST2NEB84ASENDXKYGJPQW86YXQCEFEX2ZQPG87ND" },
	{ "wallet_5", "ST2REHHS5J3CERCRBEPMGH7921Q6PYKAADT7JP2VB" },
	{ "wallet_6", "ST3AM1A56AK2C1XAFJ4115ZSV26EB49BVQ10MGCS0" },
	{ "wallet_7", "ST3PF13W7Z0RRM42A8VZRVFQ75SV1K26RXEP8YGKJ" },
	{ "wallet_8", "ST3NBRSFKX28FQ2ZJ1MAKX58HKHSDGNV5N7R21XCP" },
};

static enum err unclear(struct clar_sim *s, const char *about, const char *why)
{
	s->unclear = about;
	s->why = why;
	return ERR_SYNTAX;
}

const char *clar_sim_address(const char *text)
{
	for (size_t i = 0; i < COUNT_OF(accounts); i++) {
		if (strcmp(text, accounts[i].name) == 0)
			return accounts[i].address;
	}
	return text;
}

const struct principal *clar_sim_account(struct clar_sim *s, const char *text)
{
	const struct principal *p;

	if (text[0] == '\'')
		text++;
	text = clar_sim_address(text);
	return principal_parse(&s->arena, &p, span_str(text)) == PRINCIPAL_OK
	           ? p
	           : NULL;
}

static enum err fund_accounts(struct clar_sim *s)
{
	for (size_t i = 0; i < COUNT_OF(accounts); i++) {
		const struct principal *p =
		    clar_sim_account(s, accounts[i].address);

		if (!p)
			return ERR_NO_MEMORY;
		TRY(repl_chain_mint(&s->chain, p, CLAR_SIM_BALANCE));
	}
	return ERR_OK;
}

static void find_limit(struct clar_sim *s)
{
	struct chain_params params;

	chain_params_init(&params, false);
	CHECK(chain_params_add_epoch(&params, s->options.epoch, 0));
	s->limit = chain_params_find(&params, s->options.epoch)->limit;
}

enum err clar_sim_init(struct clar_sim *s, const struct clar_sim_options *o)
{
	struct vm_chain chain = { .epoch = o->epoch,
		                  .chain_id = CHAIN_TESTNET };
	const struct principal *deployer;

	*s = (struct clar_sim){ .options = *o };
	arena_init(&s->arena, MEMORY_MAX);
	TRY(clar_set_init(&s->set, o->env, CLAR_SIM_DEPLOYER));
	if (o->version > version_max(o->epoch))
		return unclear(s, "--clarity",
		               "the epoch does not have this version");
	deployer = clar_sim_account(s, CLAR_SIM_DEPLOYER);
	if (!deployer)
		return ERR_NO_MEMORY;
	s->sender = o->sender ? clar_sim_account(s, o->sender) : deployer;
	if (!s->sender)
		return unclear(s, o->sender, "is no account");
	find_limit(s);
	TRY(repl_chain_init(&s->chain, deployer));
	TRY(fund_accounts(s));
	return vm_new(&s->vm, &chain, &s->chain.store.store);
}

void clar_sim_fini(struct clar_sim *s)
{
	vm_free(s->vm);
	if (s->chain.miner)
		repl_chain_fini(&s->chain);
	clar_set_fini(&s->set);
	arena_fini(&s->arena);
}

/* --- what is added --- */

enum err clar_sim_add(struct clar_sim *s, const char *what, bool is_wanted)
{
	const char *eq = strchr(what, '=');
	const struct principal *id;
	enum err e;

	if (!eq) {
		e = clar_set_add(&s->set, what, is_wanted);
		if (e != ERR_OK && e != ERR_NO_MEMORY)
			return unclear(s, s->set.wrong_path,
			               s->set.wrong_text ? s->set.wrong_text
			                                 : err_text(e));
		return e;
	}

	struct span name = span_of(what, (size_t)(eq - what));

	if (principal_parse(&s->arena, &id, name) != PRINCIPAL_OK)
		e = principal_new_contract(&s->arena, &id, s->set.address,
		                           name);
	else
		e = principal_is_contract(id) ? ERR_OK : ERR_SYNTAX;
	if (e == ERR_SYNTAX)
		return unclear(s, what, "is not NAME=FILE");
	TRY(e);
	return clar_set_add_item(&s->set, eq + 1, id, 0, is_wanted);
}

const struct principal *clar_sim_given(struct clar_sim *s, const char *what)
{
	size_t len = strcspn(what, "=");
	const char *name = arena_str(&s->arena, what, len);

	return name && what[len] ? clar_sim_account(s, name) : NULL;
}

enum err clar_sim_give(struct clar_sim *s, const char *what)
{
	const struct principal *who = clar_sim_given(s, what);
	const char *eq = strchr(what, '=');
	u128 amount;
	enum err e;

	if (!who || !int128_parse_unsigned(&amount, span_str(eq + 1)))
		return unclear(s, what, "is not ACCOUNT=MICROSTX");
	e = repl_chain_mint(&s->chain, who, amount);
	return e == ERR_OVERFLOW ? unclear(s, what, "is too much") : e;
}

/* --- deploying --- */

static enum clarity_version version_of(const struct clar_sim *s,
                                       const struct clar_item *item)
{
	if (s->options.version)
		return s->options.version;
	return item->version ? item->version : version_max(s->options.epoch);
}

static void begin(struct clar_sim *s, bool is_limited)
{
	struct cost limit = s->limit;

	if (!is_limited)
		memset(&limit, 0xff, sizeof(limit));
	vm_begin(s->vm, &limit);
}

/* Whether a place is in what was typed just now. */
static bool is_line(const struct clar_sim *s, const struct vm_place *place)
{
	if (s->line.len == 0)
		return false;
	return place->function.len == 0 ||
	       (s->line_contract &&
	        principal_eq(place->contract, s->line_contract));
}

static bool find_source(const void *ctx, const struct vm_place *place,
                        struct clar_source *ret)
{
	const struct clar_sim *s = ctx;
	const struct clar_item *item = clar_set_find(&s->set, place->contract);

	*ret = (struct clar_source){ .is_line = false };
	if (is_line(s, place)) {
		ret->text = s->line;
		ret->is_line = place->function.len == 0;
		ret->is_own = true;
		return true;
	}
	if (!item || !s->contracts)
		return false;
	ret->file = item->path;
	ret->text = s->contracts[item - s->set.items].text;
	return true;
}

struct clar_sources clar_sim_sources(const struct clar_sim *s)
{
	return (struct clar_sources){ s, find_source, s->options.has_color };
}

/* Keeps why a deployment did not succeed. */
static enum err keep_refusal(struct clar_sim *s, struct clar_sim_contract *c,
                             enum err e, struct vm_result *r)
{
	struct clar_sources sources = clar_sim_sources(s);
	struct clar_source source = { .file = c->item->path, .text = c->text };
	struct buf b;

	buf_init(&b, TEXT_MAX);
	if (e == ERR_RUN)
		clar_show_failure(&b, &r->failure, &sources);
	else if (r->diag.rule.stage != DIAG_NONE)
		clar_show_refusal(&b, &r->diag, &source, s->options.has_color);
	else
		(void)buf_addf(&b, "%s: error: %s\n", c->item->path,
		               err_text(e));
	c->verdict = e;
	c->refusal = arena_str(&s->arena, buf_str(&b), b.len);
	buf_fini(&b);
	return c->refusal ? ERR_OK : ERR_NO_MEMORY;
}

static enum err deploy_one(struct clar_sim *s, struct clar_sim_contract *c)
{
	struct vm_source source = { .contract = c->item->contract,
		                    .text = c->text,
		                    .version = version_of(s, c->item) };
	struct vm_result r;
	enum err e;

	if (source.version > version_max(s->options.epoch))
		return unclear(s, c->item->path,
		               "its version is not in this epoch");
	begin(s, true);
	e = vm_deploy(s->vm, &source, &r);
	if (err_class(e) == ERR_CLASS_FAULT)
		return e;
	if (e != ERR_OK)
		return keep_refusal(s, c, e, &r);
	c->cost = r.cost;
	c->verdict = ERR_OK;
	c->refusal = NULL;
	c->is_deployed = true;
	return vm_commit(s->vm);
}

static enum err read_texts(struct clar_sim *s)
{
	s->contracts =
	    arena_zalloc(&s->arena, (s->set.n + 1) * sizeof(s->contracts[0]));
	if (!s->contracts)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < s->set.n; i++) {
		struct clar_sim_contract *c = &s->contracts[i];
		enum err e;

		c->item = &s->set.items[i];
		e = env_read_file(s->options.env, &s->arena, c->item->path,
		                  AST_SOURCE_MAX, &c->text);
		if (e != ERR_OK)
			return e == ERR_NO_MEMORY
			           ? e
			           : unclear(s, c->item->path, err_text(e));
	}
	return ERR_OK;
}

/* A second file of one contract is never deployed. */
static bool is_due(const struct clar_sim_contract *c)
{
	return !c->is_deployed && c->item->state == CLAR_NEW;
}

enum err clar_sim_deploy(struct clar_sim *s)
{
	bool has_moved = true;
	uint32_t left = 0;

	TRY(clar_set_finish(&s->set));
	TRY(read_texts(s));
	while (has_moved) {
		has_moved = false;
		left = 0;
		for (uint32_t i = 0; i < s->set.n; i++) {
			struct clar_sim_contract *c = &s->contracts[i];

			if (!is_due(c))
				continue;
			TRY(deploy_one(s, c));
			has_moved |= c->is_deployed;
			left += !c->is_deployed;
		}
	}
	return left > 0 ? ERR_CHECK : ERR_OK;
}

/* --- calling --- */

/* The one contract that was asked for, or the one with this name. */
static const struct principal *target_contract(const struct clar_sim *s,
                                               struct span name)
{
	if (name.len == 0)
		return s->set.n_wanted == 1 ? s->set.items[0].contract : NULL;
	if (name.p[0] == '.')
		name = span_of(name.p + 1, name.len - 1);
	for (uint32_t i = 0; i < s->set.n; i++) {
		const struct principal *id = s->set.items[i].contract;

		if (span_eq(principal_name(id), name))
			return id;
	}
	return NULL;
}

enum err clar_sim_find(struct clar_sim *s, const char *name,
                       struct clar_sim_target *ret)
{
	const char *dot = strrchr(name, '.');
	struct span contract = span_of(name, dot ? (size_t)(dot - name) : 0);

	*ret = (struct clar_sim_target){ .function =
		                             span_str(dot ? dot + 1 : name) };
	ret->contract = target_contract(s, contract);
	if (ret->contract)
		return ERR_OK;
	return unclear(s, name,
	               dot ? "there is no such contract"
	                   : "there are several contracts: say "
	                     "CONTRACT.FUNCTION");
}

/* An argument is one expression: of two, one would be lost without a word. */
static enum err parse_arg(struct clar_sim *s, const struct clar_sim_target *t,
                          struct span text, struct diag *diag)
{
	struct ast_input in = { .source = text,
		                .contract = t->contract,
		                .epoch = s->options.epoch };
	struct diag_rule rule = { DIAG_PARSE, 0, "Argument" };
	struct ast ast;

	TRY(ast_build(&s->arena, &in, &ast, diag));
	if (ast.n == 1)
		return ERR_OK;
	diag_set(diag, rule, (struct diag_span){ 0, (uint32_t)text.len },
	         "an argument is one expression, not %u", ast.n);
	return ERR_PARSE;
}

/* Evaluates a text in a contract. */
static enum err eval_arg(struct clar_sim *s, const struct clar_sim_target *t,
                         struct span text, struct value *ret, struct buf *out)
{
	struct vm_expr expr = { .contract = t->contract,
		                .sender = s->sender,
		                .text = text };
	struct clar_source source = { .text = text, .is_line = true };
	struct clar_sources sources = clar_sim_sources(s);
	struct vm_result r;
	enum err e;

	begin(s, false);
	s->line = text;
	e = parse_arg(s, t, text, &r.diag);
	if (e == ERR_OK)
		e = vm_eval(s->vm, &expr, &r);
	if (e == ERR_RUN)
		clar_show_failure(out, &r.failure, &sources);
	else if (e == ERR_PARSE)
		clar_show_refusal(out, &r.diag, &source, s->options.has_color);
	s->line = span_of(NULL, 0);
	if (e == ERR_RUN || e == ERR_PARSE)
		return ERR_SYNTAX;
	TRY(e);
	return value_copy(&s->arena, ret, &r.value);
}

enum err clar_sim_args(struct clar_sim *s, struct clar_sim_target *t,
                       char *const *texts, uint32_t n, struct buf *out)
{
	struct value *args = arena_new_array(&s->arena, struct value, n + 1);

	if (!args)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < n; i++)
		TRY(eval_arg(s, t, span_str(texts[i]), &args[i], out));
	t->args = args;
	t->n_args = n;
	return ERR_OK;
}

enum err clar_sim_call(struct clar_sim *s, const struct clar_sim_target *t,
                       struct vm_result *ret)
{
	struct vm_call call = { .sender = s->sender,
		                .contract = t->contract,
		                .function = t->function,
		                .args = t->args,
		                .n_args = t->n_args };
	enum err e;

	begin(s, true);
	e = vm_call(s->vm, &call, ret);
	return e == ERR_OK ? vm_commit(s->vm) : e;
}

enum err clar_sim_balance(struct clar_sim *s, const struct principal *who,
                          u128 *ret)
{
	struct store_key key = stx_balance_key(who);
	struct stx_balance b = { 0 };
	struct span bytes;
	bool found;

	TRY(vm_read(s->vm, &key, &bytes, &found));
	if (found && !stx_balance_parse(&b, bytes))
		return ERR_STORE_CORRUPT;
	*ret = b.unlocked;
	return ERR_OK;
}
