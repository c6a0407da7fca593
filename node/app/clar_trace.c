/* node/app/clar_trace.c - Calls as a tree; contract in clar_trace.h. */
#include "config.h"

#include "node/app/clar_trace.h"

#include "clarity/value/repr.h"

/* Bytes of a value, and of source, that a line shows. */
#define VALUE_SHOWN 100u
#define SOURCE_SHOWN 60u

/* Whether there is room for one more line. */
static bool has_room(struct clar_trace *t)
{
	if (t->n_lines < t->max_lines) {
		t->n_lines++;
		return true;
	}
	t->n_hidden++;
	return false;
}

static struct cost spent_since(const struct cost *now, const struct cost *then)
{
	struct cost c;

	for (int u = 0; u < COST_UNITS; u++)
		c.of[u] = now->of[u] - then->of[u];
	return c;
}

static bool is_free(const struct cost *c)
{
	for (int u = 0; u < COST_UNITS; u++) {
		if (c->of[u] > 0)
			return false;
	}
	return true;
}

/* The units that are not zero. */
static void write_cost(struct buf *out, const struct cost *c)
{
	static const char *const units[COST_UNITS] = {
		[COST_RUNTIME] = "runtime",
		[COST_READ_COUNT] = "reads",
		[COST_READ_LENGTH] = "read bytes",
		[COST_WRITE_COUNT] = "writes",
		[COST_WRITE_LENGTH] = "written bytes",
	};
	const char *between = "";

	for (int u = 0; u < COST_UNITS; u++) {
		if (c->of[u] == 0)
			continue;
		(void)buf_addf(out, "%s%s %llu", between, units[u],
		               (unsigned long long)c->of[u]);
		between = ", ";
	}
}

static void write_cut(struct buf *out, struct span text, size_t max)
{
	size_t n = 0;

	while (n < text.len && n < max && text.p[n] != '\n')
		n++;
	(void)buf_add(out, text.p, n);
	if (n < text.len)
		(void)buf_add_str(out, "...");
}

static void write_value(struct buf *out, const struct value *v)
{
	struct buf text;

	buf_init(&text, out->max);
	(void)repr_source(&text, v);
	write_cut(out, buf_span(&text), VALUE_SHOWN);
	buf_fini(&text);
}

/* --- steps --- */

/* A place that was found. */
struct found {
	struct clar_source source;
	struct diag_span span;
};

static struct span source_of(const struct found *f)
{
	return span_of(f->source.text.p + f->span.start,
	               f->span.end - f->span.start);
}

static void step_json(struct clar_trace *t, const struct found *f,
                      const struct cost *c)
{
	struct diag_place at = diag_place(f->source.text, f->span.start);

	json_write_object(t->json);
	json_write_key(t->json, "event");
	json_write_str(t->json, "step");
	json_write_key(t->json, "depth");
	json_write_u64(t->json, t->pending_depth);
	json_write_key(t->json, "file");
	json_write_str(t->json, f->source.file ? f->source.file : "");
	json_write_key(t->json, "line");
	json_write_u64(t->json, at.line);
	json_write_key(t->json, "column");
	json_write_u64(t->json, at.column);
	json_write_key(t->json, "source");
	json_write_text(t->json, source_of(f));
	json_write_key(t->json, "cost");
	clar_show_json_cost(t->json, c);
	json_write_close(t->json);
}

static void step_text(struct clar_trace *t, const struct found *f,
                      const struct cost *c)
{
	struct diag_place at = diag_place(f->source.text, f->span.start);

	(void)buf_addf(t->out, "%*s%u:%u ", 2 * (int)t->pending_depth + 2, "",
	               at.line, at.column);
	write_cut(t->out, source_of(f), SOURCE_SHOWN);
	(void)buf_add_str(t->out, "   ");
	write_cost(t->out, c);
	(void)buf_add_u8(t->out, '\n');
}

/* Shows the expression whose instructions have run, now that another comes,
 * if it has cost anything. */
static void end_step(struct clar_trace *t, const struct cost *spent)
{
	struct cost c = spent_since(spent, &t->since);
	struct found f;
	bool is_wanted = t->has_steps && t->pending.span.end > 0 &&
	                 t->pending_depth <= t->max_depth && !is_free(&c);

	t->since = *spent;
	if (is_wanted &&
	    clar_show_find(&t->sources, &t->pending, &f.source, &f.span) &&
	    has_room(t)) {
		if (t->json)
			step_json(t, &f, &c);
		else
			step_text(t, &f, &c);
	}
	t->pending.span.end = 0;
}

static void see_step(struct clar_trace *t, const struct watch_event *e)
{
	bool is_same = t->pending.span.end == e->span.end &&
	               t->pending.span.start == e->span.start &&
	               t->pending_depth == e->depth;

	if (is_same)
		return;
	end_step(t, &e->spent);
	t->pending = (struct vm_place){ e->contract, e->function, e->span };
	t->pending_depth = e->depth;
}

/* --- calls --- */

/* What both ends of a call say in JSON; the object stays open. */
static void call_json(struct clar_trace *t, const struct watch_event *e,
                      const char *event)
{
	json_write_object(t->json);
	json_write_key(t->json, "event");
	json_write_str(t->json, event);
	json_write_key(t->json, "depth");
	json_write_u64(t->json, e->depth);
	json_write_key(t->json, "contract");
	clar_show_json_principal(t->json, e->contract);
	json_write_key(t->json, "function");
	json_write_text(t->json, e->function);
}

static void enter_json(struct clar_trace *t, const struct watch_event *e,
                       const struct found *f)
{
	call_json(t, e, "enter");
	json_write_key(t->json, "args");
	json_write_array(t->json);
	for (uint32_t i = 0; i < e->n_values; i++)
		clar_show_json_value(t->json, &e->values[i]);
	json_write_close(t->json);
	if (f) {
		json_write_key(t->json, "file");
		json_write_str(t->json, f->source.file ? f->source.file : "");
		json_write_key(t->json, "line");
		json_write_u64(t->json,
		               diag_place(f->source.text, f->span.start).line);
	}
	json_write_close(t->json);
}

static void enter_text(struct clar_trace *t, const struct watch_event *e,
                       const struct found *f)
{
	(void)buf_addf(t->out, "%*s", 2 * (int)e->depth, "");
	if (f && f->source.is_line) {
		write_cut(t->out, f->source.text, SOURCE_SHOWN);
		(void)buf_add_u8(t->out, '\n');
		return;
	}
	(void)buf_add_span(t->out, principal_name(e->contract));
	(void)buf_add_str(t->out, ".");
	(void)buf_add_span(t->out, e->function);
	(void)buf_add_str(t->out, "(");
	for (uint32_t i = 0; i < e->n_values; i++) {
		(void)buf_add_str(t->out, i > 0 ? ", " : "");
		write_value(t->out, &e->values[i]);
	}
	(void)buf_add_str(t->out, ")");
	if (f && f->source.file)
		(void)buf_addf(t->out, "   %s:%u", f->source.file,
		               diag_place(f->source.text, f->span.start).line);
	(void)buf_add_u8(t->out, '\n');
}

static void see_enter(struct clar_trace *t, const struct watch_event *e)
{
	struct vm_place here = { e->contract, e->function, e->span };
	struct found f;
	bool is_found;

	end_step(t, &e->spent);
	t->entered[e->depth] = e->spent;
	/* What is spent before the first instruction (finding the contract)
	 * belongs to the call. */
	if (e->depth == 0)
		t->entered[0] = (struct cost){ { 0 } };
	if (e->depth > t->max_depth || !has_room(t))
		return;
	is_found = clar_show_find(&t->sources, &here, &f.source, &f.span);
	if (t->json)
		enter_json(t, e, is_found ? &f : NULL);
	else
		enter_text(t, e, is_found ? &f : NULL);
}

static void see_leave(struct clar_trace *t, const struct watch_event *e)
{
	struct cost c = spent_since(&e->spent, &t->entered[e->depth]);

	end_step(t, &e->spent);
	if (e->depth > t->max_depth || !has_room(t))
		return;
	if (t->json) {
		call_json(t, e, "leave");
		json_write_key(t->json, "result");
		if (e->n_values > 0)
			clar_show_json_value(t->json, &e->values[0]);
		else
			json_write_null(t->json);
		json_write_key(t->json, "cost");
		clar_show_json_cost(t->json, &c);
		json_write_close(t->json);
		return;
	}
	(void)buf_addf(t->out, "%*s=> ", 2 * (int)e->depth, "");
	if (e->n_values > 0)
		write_value(t->out, &e->values[0]);
	else
		(void)buf_add_str(t->out, "failed");
	(void)buf_add_str(t->out, "   ");
	write_cost(t->out, &c);
	(void)buf_add_u8(t->out, '\n');
}

static void see(void *ctx, const struct watch_event *e)
{
	struct clar_trace *t = ctx;

	switch (e->kind) {
	case WATCH_ENTER:
		see_enter(t, e);
		break;
	case WATCH_STEP:
		see_step(t, e);
		break;
	case WATCH_LEAVE:
		see_leave(t, e);
		break;
	}
}

void clar_trace_init(struct clar_trace *t)
{
	t->watch = (struct watch){ t, see };
	t->n_lines = 0;
	t->n_hidden = 0;
	t->since = (struct cost){ { 0 } };
	t->pending.span.end = 0;
}

void clar_trace_end(struct clar_trace *t)
{
	if (!t->json && t->n_hidden > 0)
		(void)buf_addf(t->out, "... and %u more lines\n", t->n_hidden);
}
