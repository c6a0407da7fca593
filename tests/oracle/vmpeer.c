/*
 * tests/oracle/vmpeer.c - Our side of the differential tests of the machine.
 *
 * Reads one JSON object a line and answers one a line, in order:
 *
 *   {"op":"session","epoch":"3.4","mainnet":false,"chain_id":2147483648,
 *    "sender":"ST…","height":1,"burn_height":101,"store":[["key","text"],…],
 *    "exact":false,"limit":[…],"memory_limit":N,
 *    "blocks":[{"height":0,"id":"hex","header":"hex","burn":"hex",
 *    "vrf":"hex","time":N,"burn_time":N,"miner":"ST…","winner":N,"total":N,
 *    "reward":N},…],"tenures":[[tenure,height],…],
 *    "burns":[{"height":N,"hash":"hex"},…]}
 *   {"op":"deploy","name":"c","clarity":5,"source":"…"}
 *   {"op":"call","contract":"c","fn":"f","args":["hex",…],"sender":"ST…"}
 *   {"op":"block","ended":"hex","height":2,"burn_height":102,"store":[…]}
 *   {"op":"eval_in","expr":"…","clarity":5,"contract":"c"}
 *
 *   {"ok":true,"result":"hex","cost":[…],"memory":N,"events":[…],
 *    "assets":[…],"writes":[…]}
 *   {"ok":false,"class":"…","kind":"…","text":"…","cost":[…],…}
 *
 * What succeeds is committed.  The store is a table of the texts that the
 * network hashes; the session's `store` is where it begins.
 */
#include "config.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/check.h"
#include "clarity/cost/memory.h"
#include "clarity/crypto/hash.h"
#include "clarity/value/value_codec.h"
#include "clarity/vm/vm.h"
#include "node/chain/pox_lock.h"
#include "node/io/json_write.h"
#include "tests/lib/vm_case.h"

#define ARENA_MAX ((size_t)4 << 30)
#define ANSWER_MAX ((size_t)256 << 20)
#define ARGS_MAX 300

struct peer {
	struct arena arena;   /* all that one request needs */
	struct arena lasting; /* all that the session needs */
	struct buf answer;
	struct vm_case state;
	struct vm *vm;
	const struct principal *sender;
	struct cost limit;
	struct hook stacking[2];
};

static const char *text_of(const cJSON *o, const char *key)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(o, key));
}

static double number_of(const cJSON *o, const char *key, double otherwise)
{
	const cJSON *n = cJSON_GetObjectItemCaseSensitive(o, key);

	return cJSON_IsNumber(n) ? n->valuedouble : otherwise;
}

static bool is_true(const cJSON *o, const char *key)
{
	return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(o, key));
}

static const struct principal *principal_of(struct arena *a, const char *text)
{
	const struct principal *ret;

	if (!text || principal_parse(a, &ret, span_str(text)) != PRINCIPAL_OK)
		return NULL;
	return ret;
}

static const struct principal *contract_of(struct peer *p, const char *name)
{
	const struct principal *ret;

	if (!name)
		return NULL;
	if (strchr(name, '.'))
		return principal_of(&p->arena, name);
	if (principal_new_contract(&p->arena, &ret, p->sender,
	                           span_str(name)) != ERR_OK)
		return NULL;
	return ret;
}

static void session_end(struct peer *p)
{
	if (!p->vm)
		return;
	vm_free(p->vm);
	p->vm = NULL;
	vm_case_close(&p->state);
	arena_reset(&p->lasting);
}

static void read_hash(uint8_t ret[STORE_HASH_LEN], const cJSON *o,
                      const char *key)
{
	const char *hex = text_of(o, key);

	for (size_t i = 0; hex && i < STORE_HASH_LEN; i++) {
		const char pair[3] = { hex[2 * i], hex[2 * i + 1], '\0' };

		ret[i] = (uint8_t)strtoul(pair, NULL, 16);
	}
}

/* What is known of blocks, of tenures and of Bitcoin's blocks. */
static void read_facts(struct peer *p, const cJSON *o)
{
	const cJSON *one;

	cJSON_ArrayForEach(one, cJSON_GetObjectItemCaseSensitive(o, "blocks"))
	{
		struct store_block b = {
			.time = (uint64_t)number_of(one, "time", 0),
			.burn_time = (uint64_t)number_of(one, "burn_time", 0),
			.is_nakamoto = true,
			.miner =
			    principal_of(&p->lasting, text_of(one, "miner")),
			.spend_winner = (u128)number_of(one, "winner", 0),
			.spend_total = (u128)number_of(one, "total", 0),
			.has_reward = true,
			.reward = (u128)number_of(one, "reward", 0),
		};

		read_hash(b.id, one, "id");
		read_hash(b.header_hash, one, "header");
		read_hash(b.burn_hash, one, "burn");
		read_hash(b.vrf_seed, one, "vrf");
		CHECK(mem_store_set_block(&p->state.inner,
		                          (uint32_t)number_of(one, "height", 0),
		                          &b) == ERR_OK);
	}
	cJSON_ArrayForEach(one, cJSON_GetObjectItemCaseSensitive(o, "tenures"))
	{
		CHECK(mem_store_set_tenure(
			  &p->state.inner,
			  (uint32_t)cJSON_GetArrayItem(one, 0)->valuedouble,
			  (uint32_t)cJSON_GetArrayItem(one, 1)->valuedouble) ==
		      ERR_OK);
	}
	cJSON_ArrayForEach(one, cJSON_GetObjectItemCaseSensitive(o, "burns"))
	{
		struct store_burn b = { .has_payout = true };

		read_hash(b.hash, one, "hash");
		CHECK(mem_store_set_burn(&p->state.inner,
		                         (uint32_t)number_of(one, "height", 0),
		                         &b) == ERR_OK);
	}
}

/* The stacking contracts of the network, should somebody deploy them. */
static void know_stacking(struct peer *p, bool is_mainnet)
{
	static const char *const ids[][2] = {
		{ "ST000000000000000000002AMW42H.pox-4",
		  "ST000000000000000000002AMW42H.pox-5" },
		{ "SP000000000000000000002Q6VF78.pox-4",
		  "SP000000000000000000002Q6VF78.pox-5" },
	};
	const char *const *id = ids[is_mainnet];

	p->stacking[0] = pox_lock_hook(principal_of(&p->lasting, id[0]));
	p->stacking[1] = pox_lock_hook5(principal_of(&p->lasting, id[1]));
	hook_install(p->vm, p->stacking, 2);
}

static const char *session_op(struct peer *p, const cJSON *o)
{
	struct vm_chain chain = { .is_mainnet = is_true(o, "mainnet") };
	const cJSON *pair;
	const cJSON *limit = cJSON_GetObjectItemCaseSensitive(o, "limit");
	const char *epoch = text_of(o, "epoch");

	session_end(p);
	if (!epoch || !epoch_parse(&chain.epoch, span_str(epoch)))
		return "no such epoch";
	chain.chain_id = (uint32_t)number_of(o, "chain_id", 0x80000000u);
	p->sender = principal_of(&p->lasting, text_of(o, "sender"));
	if (!p->sender)
		return "no sender";
	vm_case_open(&p->state);
	p->state.inner.view.height = (uint32_t)number_of(o, "height", 1);
	p->state.inner.view.burn_height =
	    (uint32_t)number_of(o, "burn_height", 101);
	cJSON_ArrayForEach(pair, cJSON_GetObjectItemCaseSensitive(o, "store"))
	{
		vm_case_put(&p->state,
		            span_str(cJSON_GetArrayItem(pair, 0)->valuestring),
		            span_str(cJSON_GetArrayItem(pair, 1)->valuestring));
	}
	read_facts(p, o);
	if (vm_new(&p->vm, &chain, &p->state.store) != ERR_OK)
		return "no machine";
	know_stacking(p, chain.is_mainnet);
	for (int u = 0; u < COST_UNITS; u++) {
		const cJSON *item = cJSON_GetArrayItem(limit, u);

		p->limit.of[u] =
		    item ? (uint64_t)item->valuedouble : UINT64_MAX;
	}
	vm_set_memory_limit(p->vm, (uint64_t)number_of(o, "memory_limit",
	                                               (double)MEMORY_LIMIT));
	vm_set_exact(p->vm, is_true(o, "exact"));
	buf_add_str(&p->answer, "\"ok\":true");
	return NULL;
}

static void add_string(struct buf *b, const char *s, size_t len)
{
	struct json_write w;

	json_write_init(&w, b, 0);
	json_write_text(&w, span_of(s, len));
	CHECK(json_write_end(&w) == ERR_OK);
}

static void add_result(struct peer *p, enum err e, const struct vm_result *r,
                       bool is_deploy)
{
	struct buf *b = &p->answer;
	uint8_t digest[HASH_256_LEN];
	size_t start;

	if (e == ERR_OK) {
		buf_add_str(b, "\"ok\":true,\"result\":\"");
		if (!is_deploy) {
			struct buf v;

			buf_init(&v, 64 << 20);
			CHECK(value_codec_write(&v, &r->value) == ERR_OK);
			(void)buf_add_hex(b, v.p, v.len);
			buf_fini(&v);
		}
		buf_add_str(b, "\"");
	} else if (e == ERR_RUN) {
		buf_addf(b, "\"ok\":false,\"class\":\"%s\",\"kind\":\"%s\",",
		         vm_error_class_name(vm_error_class(r->failure.kind)),
		         vm_error_name(r->failure.kind));
		buf_add_str(b, "\"text\":");
		add_string(b, r->failure.text, strlen(r->failure.text));
	} else {
		buf_addf(b, "\"ok\":false,\"class\":\"%s\",\"kind\":\"%s\"",
		         r->stage != VM_STAGE_RUN ? "Static" : "Err",
		         r->diag.rule.name && r->stage != VM_STAGE_RUN
		             ? r->diag.rule.name
		             : err_name(e));
	}
	/* The limit is the block's, so what is spent is gone. */
	for (int u = 0; u < COST_UNITS; u++)
		p->limit.of[u] -= r->cost.of[u] < p->limit.of[u]
		                      ? r->cost.of[u]
		                      : p->limit.of[u];
	buf_add_str(b, ",\"cost\":[");
	for (int u = 0; u < COST_UNITS; u++)
		buf_addf(b, "%s%llu", u ? "," : "",
		         (unsigned long long)r->cost.of[u]);
	buf_addf(b, "],\"memory\":%llu,\"rejected\":%s",
	         (unsigned long long)r->memory,
	         r->is_rejected ? "true" : "false");
	buf_reset(&p->state.writes);
	if (e == ERR_OK)
		CHECK(vm_commit(p->vm) == ERR_OK);
	buf_add_str(b, ",");
	start = b->len;
	vm_case_effects(&p->state, b, r);
	hash_sha256(digest, b->p + start, b->len - start);
	buf_add_str(b, ",\"digest\":\"");
	(void)buf_add_hex(b, digest, 8);
	buf_add_str(b, "\"");
}

static const char *deploy_op(struct peer *p, const cJSON *o)
{
	struct vm_source s = { .contract = contract_of(p, text_of(o, "name")) };
	const char *source = text_of(o, "source");
	struct vm_result r;
	enum err e;

	if (!s.contract || !source)
		return "name and source are needed";
	s.text = span_str(source);
	s.version = (enum clarity_version)number_of(o, "clarity", 3);
	vm_begin(p->vm, &p->limit);
	e = vm_deploy(p->vm, &s, &r);
	add_result(p, e, &r, true);
	return NULL;
}

static const char *call_op(struct peer *p, const cJSON *o)
{
	struct value args[ARGS_MAX];
	struct vm_call c = { .args = args, .sender = p->sender };
	const cJSON *arg;
	struct vm_result r;
	enum err e;

	c.contract = contract_of(p, text_of(o, "contract"));
	if (!c.contract || !text_of(o, "fn"))
		return "contract and fn are needed";
	c.function = span_str(text_of(o, "fn"));
	if (text_of(o, "sender"))
		c.sender = principal_of(&p->arena, text_of(o, "sender"));
	cJSON_ArrayForEach(arg, cJSON_GetObjectItemCaseSensitive(o, "args"))
	{
		CHECK(c.n_args < ARGS_MAX);
		if (value_codec_read_hex(&p->arena, &args[c.n_args++],
		                         span_str(arg->valuestring), NULL))
			return "bad argument";
	}
	vm_begin(p->vm, &p->limit);
	e = vm_call(p->vm, &c, &r);
	add_result(p, e, &r, false);
	return NULL;
}

/* Ends a block, if its id is given, and begins the next. */
static const char *block_op(struct peer *p, const cJSON *o)
{
	uint8_t id[STORE_HASH_LEN];
	const cJSON *pair;

	if (text_of(o, "ended")) {
		read_hash(id, o, "ended");
		vm_case_end_block(&p->state, id);
	}
	p->state.inner.view.height = (uint32_t)number_of(o, "height", 1);
	p->state.inner.view.burn_height =
	    (uint32_t)number_of(o, "burn_height", 101);
	cJSON_ArrayForEach(pair, cJSON_GetObjectItemCaseSensitive(o, "store"))
	{
		vm_case_put(&p->state,
		            span_str(cJSON_GetArrayItem(pair, 0)->valuestring),
		            span_str(cJSON_GetArrayItem(pair, 1)->valuestring));
	}
	buf_add_str(&p->answer, "\"ok\":true");
	return NULL;
}

static const char *eval_op(struct peer *p, const cJSON *o)
{
	const char *name = text_of(o, "contract");
	struct vm_expr x = {
		.contract = name ? contract_of(p, name) : NULL,
		.sender = p->sender,
		.version = (enum clarity_version)number_of(o, "clarity", 3),
	};
	struct vm_result r;
	enum err e;

	if (!text_of(o, "expr"))
		return "expr is needed";
	x.text = span_str(text_of(o, "expr"));
	vm_begin(p->vm, &p->limit);
	e = vm_eval(p->vm, &x, &r);
	add_result(p, e, &r, false);
	return NULL;
}

static const char *request_answer(struct peer *p, const cJSON *o)
{
	const char *op = text_of(o, "op");

	if (!op)
		return "no op";
	if (strcmp(op, "session") == 0)
		return session_op(p, o);
	if (!p->vm)
		return "no session";
	if (strcmp(op, "deploy") == 0)
		return deploy_op(p, o);
	if (strcmp(op, "call") == 0)
		return call_op(p, o);
	if (strcmp(op, "block") == 0)
		return block_op(p, o);
	if (strcmp(op, "eval_in") == 0)
		return eval_op(p, o);
	return "unknown op";
}

static void line_answer(struct peer *p, const char *line)
{
	cJSON *o = cJSON_Parse(line);
	const char *wrong;

	buf_reset(&p->answer);
	arena_reset(&p->arena);
	buf_add_str(&p->answer, "{");
	wrong = o ? request_answer(p, o) : "this is not JSON";
	if (wrong) {
		p->answer.len = 1;
		buf_add_str(&p->answer, "\"bad_request\":");
		add_string(&p->answer, wrong, strlen(wrong));
	}
	buf_add_str(&p->answer, "}\n");
	CHECK(buf_err(&p->answer) == ERR_OK);
	(void)fwrite(p->answer.p, 1, p->answer.len, stdout);
	(void)fflush(stdout);
	cJSON_Delete(o);
}

int main(void)
{
	struct peer p = { .vm = NULL };
	char *line = NULL;
	size_t held = 0;

	arena_init(&p.arena, ARENA_MAX);
	arena_init(&p.lasting, ARENA_MAX);
	buf_init(&p.answer, ANSWER_MAX);
	while (getline(&line, &held, stdin) >= 0)
		line_answer(&p, line);
	session_end(&p);
	free(line);
	buf_fini(&p.answer);
	arena_fini(&p.arena);
	arena_fini(&p.lasting);
	return 0;
}
