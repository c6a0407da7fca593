/*
 * tests/oracle/peer.c - Our side of the differential tests.
 *
 * Reads one JSON object a line and answers one a line, in order:
 *
 *   {"id":1,"op":"check","epoch":"3.4","clarity":5,"name":"c",
 *    "source":"…","deps":[{"name":"d","epoch":"3.4","clarity":2,
 *    "source":"…"}]}
 *   {"id":1,"ok":true,"abi":{…},"cost":{"parse":[…],"analysis":[…]}}
 *   {"id":1,"ok":false,"stage":"parse","kind":"…","message":"…","cost":{…}}
 *   {"id":1,"bad_request":"…"}
 *
 * `deps` are checked first and then there for the program.  A source that has
 * NUL bytes comes as "source_hex".  Costs are in the order of enum cost_unit,
 * without any limit.
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
#include "clarity/check/analysis.h"
#include "clarity/check/iface.h"
#include "clarity/cost/memory.h"
#include "clarity/cost/meter.h"
#include "clarity/cost/price.h"
#include "clarity/lang/ast.h"
#include "clarity/lang/diag.h"
#include "clarity/value/epoch.h"
#include "clarity/value/principal.h"
#include "clarity/value/version.h"
#include "node/io/json_write.h"

#define DEPLOYER "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM"
#define ARENA_MAX ((size_t)2 << 30)
#define ANSWER_MAX ((size_t)256 << 20)
#define DEPS_MAX 16

/* A program to judge. */
struct program {
	enum epoch epoch;
	enum clarity_version version;
	struct span source;
	const struct principal *contract;
};

struct peer {
	struct arena arena; /* all that one request needs */
	struct buf answer;
	const struct contract_analysis *deps[DEPS_MAX];
	size_t n_deps;
};

struct verdict {
	enum err err;
	struct cost parse;    /* spent in building the tree */
	struct cost analysis; /* spent after that */
	struct checked checked;
	struct diag diag;
};

/* What building a tree is charged to. */
struct bill {
	struct meter meter;
	const struct price *prices;
};

static enum err bill_charge(void *ctx, enum ast_price what, uint64_t n)
{
	struct bill *b = ctx;
	enum price_id id = what == AST_PRICE_PARSE ? PRICE_AST_PARSE
	                                           : PRICE_AST_CYCLE_DETECTION;

	return price_charge(&b->prices[id], n, &b->meter);
}

static enum err deps_load(void *ctx, const struct principal *contract,
                          const struct contract_analysis **ret)
{
	const struct peer *p = ctx;

	*ret = NULL;
	for (size_t i = 0; i < p->n_deps; i++) {
		if (principal_eq(p->deps[i]->contract, contract))
			*ret = p->deps[i];
	}
	return ERR_OK;
}

static struct cost cost_since(const struct cost *now, const struct cost *then)
{
	struct cost c;

	for (size_t u = 0; u < COST_UNITS; u++)
		c.of[u] = now->of[u] - then->of[u];
	return c;
}

static void judge(struct peer *p, const struct program *in, struct verdict *ret)
{
	const struct cost no_limit = { .of = { UINT64_MAX, UINT64_MAX,
		                               UINT64_MAX, UINT64_MAX,
		                               UINT64_MAX } };
	struct bill bill = { .prices = price_table(in->epoch) };
	struct ast_meter tree_meter = { .charge = bill_charge, .ctx = &bill };
	struct analysis_db db = { .load = deps_load, .ctx = p };
	struct ast_input text = { .source = in->source,
		                  .contract = in->contract,
		                  .epoch = in->epoch,
		                  .meter = &tree_meter };
	struct memory memory;
	struct ast tree;
	struct analysis_input checked = { .ast = &tree,
		                          .epoch = in->epoch,
		                          .version = in->version,
		                          .db = &db,
		                          .meter = &bill.meter,
		                          .memory = &memory };

	meter_init(&bill.meter, &no_limit);
	memory_init(&memory, UINT64_MAX);
	diag_reset(&ret->diag);
	ret->analysis = (struct cost){ { 0 } };
	ret->err = ast_build(&p->arena, &text, &tree, &ret->diag);
	ret->parse = bill.meter.spent;
	if (ret->err != ERR_OK)
		return;
	ret->err = analysis_run(&p->arena, &p->arena, &checked, &ret->checked,
	                        &ret->diag);
	ret->analysis = cost_since(&bill.meter.spent, &ret->parse);
}

static bool hex_read(struct arena *a, const char *hex, struct span *ret)
{
	size_t len = strlen(hex) / 2;
	uint8_t *bytes = arena_alloc(a, len);

	for (size_t i = 0; i < len; i++) {
		const char pair[3] = { hex[2 * i], hex[2 * i + 1], '\0' };
		char *end;
		unsigned long v = strtoul(pair, &end, 16);

		if (!bytes || end != pair + 2)
			return false;
		bytes[i] = (uint8_t)v;
	}
	*ret = span_of(bytes, len);
	return strlen(hex) % 2 == 0;
}

static const char *text_of(const cJSON *o, const char *key)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(o, key));
}

/* Reads a program; on false the request is not of the form above. */
static bool program_read(struct peer *p, const cJSON *o, struct program *ret)
{
	const char *epoch = text_of(o, "epoch");
	const char *name = text_of(o, "name");
	const char *source = text_of(o, "source");
	const char *hex = text_of(o, "source_hex");
	double version = cJSON_GetNumberValue(
	    cJSON_GetObjectItemCaseSensitive(o, "clarity"));
	const struct principal *deployer;

	if (!epoch || !name || !(source || hex) ||
	    !(version >= CLARITY_FIRST) || !(version <= CLARITY_LAST) ||
	    !epoch_parse(&ret->epoch, span_str(epoch)))
		return false;
	ret->version = (enum clarity_version)version;
	ret->source = source ? span_str(source) : span_of(NULL, 0);
	if (hex && !hex_read(&p->arena, hex, &ret->source))
		return false;
	return principal_parse_standard(&p->arena, &deployer,
	                                span_str(DEPLOYER)) == PRINCIPAL_OK &&
	       principal_new_contract(&p->arena, &ret->contract, deployer,
	                              span_str(name)) == ERR_OK;
}

static void add_string(struct buf *b, const char *s)
{
	struct json_write w;

	json_write_init(&w, b, 0);
	json_write_str(&w, s);
	CHECK(json_write_end(&w) == ERR_OK);
}

static void add_cost(struct buf *b, const char *key, const struct cost *c)
{
	buf_addf(b, "\"%s\":[", key);
	for (size_t u = 0; u < COST_UNITS; u++)
		buf_addf(b, "%s%llu", u ? "," : "",
		         (unsigned long long)c->of[u]);
	buf_add_str(b, "]");
}

static void add_verdict(struct buf *b, const struct verdict *v)
{
	if (v->err == ERR_OK) {
		buf_add_str(b, "\"ok\":true,\"abi\":");
		CHECK(iface_write(b, v->checked.analysis) == ERR_OK);
	} else {
		const char *kind = v->diag.rule.name;

		buf_addf(b, "\"ok\":false,\"stage\":\"%s\",\"kind\":",
		         v->diag.rule.stage == DIAG_PARSE ? "parse"
		                                          : "analysis");
		add_string(b, kind ? kind : err_name(v->err));
		buf_add_str(b, ",\"message\":");
		add_string(b, kind ? v->diag.message : err_text(v->err));
	}
	buf_add_str(b, ",\"cost\":{");
	add_cost(b, "parse", &v->parse);
	buf_add_str(b, ",");
	add_cost(b, "analysis", &v->analysis);
	buf_add_str(b, "}");
}

static const char *deps_check(struct peer *p, const cJSON *deps)
{
	const cJSON *dep;

	cJSON_ArrayForEach(dep, deps)
	{
		struct program in;
		struct verdict v;

		if (p->n_deps == DEPS_MAX || !program_read(p, dep, &in))
			return "deps are not of the expected form";
		judge(p, &in, &v);
		if (v.err != ERR_OK)
			return "a dependency is refused";
		p->deps[p->n_deps++] = v.checked.analysis;
	}
	return NULL;
}

/* @return what is wrong with the request, or NULL and an answer in the buf. */
static const char *request_answer(struct peer *p, const cJSON *o)
{
	const char *op = text_of(o, "op");
	struct program in;
	struct verdict v;

	if (!op || strcmp(op, "check") != 0)
		return "the only op is check";
	const char *wrong =
	    deps_check(p, cJSON_GetObjectItemCaseSensitive(o, "deps"));

	if (wrong)
		return wrong;
	if (!program_read(p, o, &in))
		return "epoch, clarity, name and source are needed";
	judge(p, &in, &v);
	if (err_class(v.err) == ERR_CLASS_FAULT)
		return err_text(v.err);
	add_verdict(&p->answer, &v);
	return NULL;
}

static void line_answer(struct peer *p, const char *line)
{
	cJSON *o = cJSON_Parse(line);
	double id =
	    cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(o, "id"));

	buf_reset(&p->answer);
	arena_reset(&p->arena);
	p->n_deps = 0;
	buf_addf(&p->answer, "{\"id\":%.0f,", id >= 0 ? id : 0);
	size_t start = p->answer.len;
	const char *wrong = o ? request_answer(p, o) : "this is not JSON";

	if (wrong) {
		p->answer.len = start;
		buf_add_str(&p->answer, "\"bad_request\":");
		add_string(&p->answer, wrong);
	}
	buf_add_str(&p->answer, "}\n");
	CHECK(buf_err(&p->answer) == ERR_OK);
	(void)fwrite(p->answer.p, 1, p->answer.len, stdout);
	(void)fflush(stdout);
	cJSON_Delete(o);
}

int main(void)
{
	struct peer p = { .n_deps = 0 };
	char *line = NULL;
	size_t held = 0;

	arena_init(&p.arena, ARENA_MAX);
	buf_init(&p.answer, ANSWER_MAX);
	while (getline(&line, &held, stdin) >= 0)
		line_answer(&p, line);
	free(line);
	buf_fini(&p.answer);
	arena_fini(&p.arena);
	return 0;
}
