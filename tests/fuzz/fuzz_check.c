/*
 * tests/fuzz/fuzz_check.c - Any bytes are judged, twice the same way.
 *
 * Properties: judging again gives the same verdict, price and interface.  A
 * refusal names a rule and a place in the source.  In an accepted program
 * every recorded type keeps to the limits, every reference leads somewhere,
 * and each name is found in its table.  A limit of exactly the price accepts;
 * one less does not.
 *
 * The first byte chooses epoch and version; the rest is the program.
 */
#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/lang/native.h"
#include "tests/lib/fuzz.h"
#include "tests/lib/judged.h"

/* Beyond this a program is long, not interesting. */
#define SOURCE_MAX 20000u

static const struct judged_other others[] = {
	{ "dep", "(define-trait t ((g (uint) (response uint uint))))"
	         "(define-public (g (x uint)) (if true (ok x) (err u1)))"
	         "(define-read-only (r (a int)) a)"
	         "(define-public (take (x <t>)) (contract-call? x g u1))" },
	{ NULL, NULL },
};

static const struct {
	enum epoch epoch;
	enum clarity_version version;
} rules[] = {
	{ EPOCH_3_0, CLARITY_1 }, { EPOCH_3_0, CLARITY_2 },
	{ EPOCH_3_2, CLARITY_3 }, { EPOCH_3_3, CLARITY_4 },
	{ EPOCH_3_4, CLARITY_5 }, { EPOCH_4_0, CLARITY_6 },
	{ EPOCH_4_1, CLARITY_6 }, { EPOCH_4_1, CLARITY_1 },
};

static void check_refusal(const struct judged *j)
{
	const struct diag *d = &j->diag;

	CHECK(d->rule.stage == DIAG_PARSE || d->rule.stage == DIAG_CHECK);
	CHECK(d->rule.name[0] && d->message[0]);
	for (const char *c = d->message; *c; c++)
		CHECK(*c >= ' ' && *c < 127);
	CHECK(d->span.start <= d->span.end);
	CHECK(d->span.end <= j->snippet.source.len);
}

/* The deepest that a rule makes: an optional around what is as deep as
 * allowed.  The largest: that, around the largest buffer. */
static void check_type(const struct type *t)
{
	CHECK(t->depth >= 1 && t->depth <= TYPE_MAX_DEPTH + 1);
	CHECK(t->size == TYPE_OVERSIZE || t->size <= TYPE_MAX_SIZE + 5);
}

static void check_ref(const struct judged *j, const struct checked_expr *e)
{
	const struct checked *c = &j->checked;

	switch ((enum checked_ref)e->kind) {
	case CHECKED_NONE:
		CHECK(e->ref == 0);
		break;
	case CHECKED_NATIVE:
		CHECK(e->ref < NATIVE_KEYWORDS);
		break;
	case CHECKED_KEYWORD:
		CHECK(e->ref >= NATIVE_KEYWORDS && e->ref < NATIVE_DEFINES);
		break;
	case CHECKED_LOCAL:
	case CHECKED_TRAIT:
		CHECK(e->ref >= 1 && e->ref <= c->ast->node_count);
		break;
	case CHECKED_FUNCTION:
		CHECK(e->ref < c->n_defs && c->defs[e->ref].fn);
		break;
	case CHECKED_CONSTANT:
	case CHECKED_VAR:
	case CHECKED_MAP:
	case CHECKED_NFT:
		CHECK(e->ref < c->n_defs && c->defs[e->ref].type);
		break;
	case CHECKED_FT:
		CHECK(e->ref < c->n_defs);
		CHECK(c->defs[e->ref].form == DEFINE_FT);
		break;
	case CHECKED_REF_COUNT:
		CHECK(!"a reference of no kind");
	}
}

static void check_accepted(const struct judged *j)
{
	const struct checked *c = &j->checked;

	for (uint32_t id = 1; id <= c->ast->node_count; id++) {
		if (c->exprs[id].type)
			check_type(c->exprs[id].type);
		check_ref(j, &c->exprs[id]);
	}
	/* Whatever is evaluated at the top level has a type. */
	for (uint32_t i = 0; i < c->ast->n; i++) {
		const struct ast_node *n = &c->ast->items[i];

		if (!native_is_define(ast_head(n)))
			CHECK(c->exprs[n->id].type);
	}
	for (uint32_t i = 0; i < c->n_defs; i++) {
		const struct checked_def *d = &c->defs[i];
		struct span name;

		if (d->sym == SYMTAB_NONE)
			continue;
		name = symtab_name(c->ast->syms, d->sym);
		if (d->form == DEFINE_PUBLIC)
			CHECK(analysis_public(c->analysis, name));
		if (d->form == DEFINE_MAP)
			CHECK(analysis_map(c->analysis, name));
	}
}

static void check_same(struct judged *a, struct judged *b)
{
	CHECK(a->err == b->err);
	CHECK(memcmp(&a->meter.spent, &b->meter.spent,
	             sizeof(a->meter.spent)) == 0);
	CHECK(a->memory.used == b->memory.used);
	if (a->err == ERR_OK)
		CHECK(strcmp(judged_interface(a), judged_interface(b)) == 0);
	else
		CHECK(strcmp(a->diag.message, b->diag.message) == 0);
}

static void check_limit(const struct judged *j, struct span source,
                        struct judged_setting s)
{
	uint64_t price = j->meter.spent.of[COST_RUNTIME];
	struct judged again;

	s.runtime_limit = price;
	judged_open_span(&again, source, &s);
	CHECK(again.err == ERR_OK);
	judged_close(&again);
	s.runtime_limit = price - 1;
	judged_open_span(&again, source, &s);
	CHECK(again.err != ERR_OK);
	judged_close(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct judged_setting s = { .others = others };
	struct judged j, again;
	struct span source;

	if (len == 0 || len > SOURCE_MAX)
		return 0;
	s.epoch = rules[bytes[0] % COUNT_OF(rules)].epoch;
	s.version = rules[bytes[0] % COUNT_OF(rules)].version;
	source = span_of(bytes + 1, len - 1);

	judged_open_span(&j, source, &s);
	judged_open_span(&again, source, &s);
	check_same(&j, &again);
	if (j.err == ERR_OK) {
		check_accepted(&j);
		check_limit(&j, source, s);
	} else {
		check_refusal(&j);
	}
	judged_close(&again);
	judged_close(&j);
	return 0;
}
