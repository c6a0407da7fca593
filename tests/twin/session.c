/* tests/twin/session.c - One made session; contract in session.h. */
#include "config.h"

#include "tests/twin/session.h"

#include "clarity/base/check.h"
#include "tests/twin/pair.h"

#define MAX_CALLS 24u

static const enum epoch epochs[] = { EPOCH_3_0, EPOCH_3_1, EPOCH_3_2, EPOCH_3_3,
	                             EPOCH_3_4, EPOCH_4_0, EPOCH_4_1 };

static const char *const senders[] = {
	PAIR_ISSUER,
	"ST2CY5V39NHDPWSXMW9QDT3HC3GD6Q6XX4CFRK9AG",
	"ST000000000000000000002AMW42H",
	PAIR_ISSUER ".lib",
};

/* Now and then a limit in the middle of things. */
static void choose_limits(struct choice *c, struct pair_setting *s,
                          struct cost *limit)
{
	for (int u = 0; u < COST_UNITS; u++)
		limit->of[u] = UINT64_MAX;
	if (choice_below(c, 10) == 0) {
		limit->of[COST_RUNTIME] =
		    100000 + (uint64_t)choice_below(c, 250) * 2000;
		limit->of[COST_READ_COUNT] = 20 + choice_below(c, 100);
		s->limit = limit;
	}
	if (choice_below(c, 8) == 0)
		s->memory_limit = 4000 + (uint64_t)choice_below(c, 250) * 30;
}

static bool call_one(struct pair *p, struct choice *c,
                     const struct program_text *text)
{
	const struct program_fn *f = &text->fns[choice_below(c, text->n_fns)];
	struct value args[5];
	struct vm_call call = { .args = args, .function = span_str(f->name) };

	call.contract = pair_contract(p, "c0");
	call.sender =
	    pair_principal(p, senders[choice_below(c, COUNT_OF(senders))]);
	if (f->takes_trait)
		args[call.n_args++] = value_principal(
		    pair_contract(p, choice_below(c, 4) == 0 ? "c0" : "lib"));
	for (uint32_t i = 0; i < f->n_params; i++)
		args[call.n_args++] = program_value(&p->arena, c, f->params[i]);
	if (choice_below(c, 40) == 0 && call.n_args > 0)
		call.n_args--;
	return pair_call(p, &call);
}

static bool run(struct pair *p, struct choice *c, enum epoch epoch,
                struct program_text *text, struct session_sums *sums)
{
	enum clarity_version max = version_max(epoch);
	enum clarity_version v =
	    (enum clarity_version)(1 + choice_below(c, (uint32_t)max));
	struct buf *b = &text->source;

	program_library(b, v);
	if (!pair_deploy(p, "lib", v, buf_span(b)))
		return false;
	buf_reset(b);
	program_make(text, c, epoch, v);
	pair_end_block(p);
	if (!pair_deploy(p, "c0", v, buf_span(b)))
		return false;
	if (p->err != ERR_OK) {
		sums->refused++;
		return true;
	}
	sums->deployed++;
	for (uint32_t n = 1 + choice_below(c, MAX_CALLS); n > 0; n--) {
		if (choice_below(c, 4) == 0)
			pair_end_block(p);
		if (!call_one(p, c, text))
			return false;
		sums->calls++;
		sums->failed += p->err != ERR_OK;
	}
	return true;
}

bool session_run(struct choice *c, struct session_sums *sums,
                 struct buf *report)
{
	struct program_text text = { .n_fns = 0 };
	struct pair_setting s = {
		.epoch = epochs[choice_below(c, COUNT_OF(epochs))],
		.is_exact = choice_below(c, 4) == 0,
	};
	struct cost limit;
	struct pair p;
	bool same;

	choose_limits(c, &s, &limit);
	buf_init(&text.source, (size_t)1 << 20);
	pair_open(&p, &s);
	same = run(&p, c, s.epoch, &text, sums);
	sums->steps += twin_steps(p.twin);
	if (!same) {
		(void)buf_add_span(report, buf_span(&p.log));
		(void)buf_add_span(report, buf_span(&p.report));
	}
	pair_close(&p);
	buf_fini(&text.source);
	return same;
}
