/* node/app/clar_cost.c - Costs by function; contract in clar_cost.h. */
#include "config.h"

#include "node/app/clar_cost.h"

#include <stdio.h>

/* Width of the column of names, and parts of a block: thousandths of 1 %. */
#define NAME_COLUMN 32
#define PARTS 100000u

static void add(struct cost *sum, const struct cost *c)
{
	for (int u = 0; u < COST_UNITS; u++)
		sum->of[u] += c->of[u];
}

static struct cost minus(const struct cost *a, const struct cost *b)
{
	struct cost c;

	for (int u = 0; u < COST_UNITS; u++)
		c.of[u] = a->of[u] - b->of[u];
	return c;
}

/* The row of a function, made if it must be. */
static uint32_t row_of(struct clar_cost *c, const struct watch_event *e)
{
	for (uint32_t i = 0; i < c->n_rows; i++) {
		if (span_eq(c->rows[i].function, e->function) &&
		    principal_eq(c->rows[i].contract, e->contract))
			return i;
	}
	if (c->n_rows == CLAR_COST_ROWS)
		return CLAR_COST_ROWS;

	struct clar_cost_row *r = &c->rows[c->n_rows];
	const uint8_t *name =
	    arena_copy(c->arena, e->function.p, e->function.len);

	*r = (struct clar_cost_row){ .depth = e->depth };
	r->contract = principal_copy(c->arena, e->contract);
	r->function = span_of(name, e->function.len);
	return r->contract && name ? c->n_rows++ : CLAR_COST_ROWS;
}

static void see_enter(struct clar_cost *c, const struct watch_event *e)
{
	struct clar_cost_open *o = &c->open[e->depth];

	*o =
	    (struct clar_cost_open){ .row = row_of(c, e), .entered = e->spent };
	/* Finding the contract is part of the outermost call. */
	if (e->depth == 0)
		o->entered = (struct cost){ { 0 } };
	if (o->row < CLAR_COST_ROWS)
		c->rows[o->row].calls++;
}

static void see_leave(struct clar_cost *c, const struct watch_event *e)
{
	struct clar_cost_open *o = &c->open[e->depth];
	struct cost all = minus(&e->spent, &o->entered);
	struct cost own = minus(&all, &o->inner);

	if (e->depth > 0)
		add(&c->open[e->depth - 1].inner, &all);
	if (o->row == CLAR_COST_ROWS)
		return;
	add(&c->rows[o->row].all, &all);
	add(&c->rows[o->row].own, &own);
}

static void see(void *ctx, const struct watch_event *e)
{
	struct clar_cost *c = ctx;

	switch (e->kind) {
	case WATCH_ENTER:
		see_enter(c, e);
		break;
	case WATCH_LEAVE:
		see_leave(c, e);
		break;
	case WATCH_STEP:
		break;
	}
}

enum err clar_cost_init(struct clar_cost *c, struct arena *a)
{
	*c = (struct clar_cost){ .watch = { c, see }, .arena = a };
	c->rows = arena_new_array(a, struct clar_cost_row, CLAR_COST_ROWS);
	return c->rows ? ERR_OK : ERR_NO_MEMORY;
}

uint64_t clar_cost_per_block(const struct cost *total, const struct cost *limit)
{
	uint64_t n = UINT64_MAX;

	for (int u = 0; u < COST_UNITS; u++) {
		if (total->of[u] > 0 && limit->of[u] / total->of[u] < n)
			n = limit->of[u] / total->of[u];
	}
	return n;
}

/* --- the table --- */

static void write_unit(struct buf *out, uint64_t spent, uint64_t limit)
{
	/* No sum of a block comes near 2^64 / 10^5. */
	uint64_t parts = limit ? spent * PARTS / limit : 0;

	(void)buf_addf(out, " %10llu %3llu.%03llu%%", (unsigned long long)spent,
	               (unsigned long long)(parts / 1000),
	               (unsigned long long)(parts % 1000));
}

static void write_row(struct buf *out, const char *name, uint64_t calls,
                      const struct cost *c, const struct cost *limit)
{
	char count[24] = "";

	if (calls > 0)
		(void)snprintf(count, sizeof(count), "%llu",
		               (unsigned long long)calls);
	(void)buf_addf(out, "%-*s %7s", NAME_COLUMN, name, count);
	for (int u = 0; u < COST_UNITS; u++)
		write_unit(out, c->of[u], limit->of[u]);
	(void)buf_add_u8(out, '\n');
}

static void write_head(struct buf *out)
{
	static const char *const units[COST_UNITS] = {
		[COST_RUNTIME] = "runtime",
		[COST_READ_COUNT] = "reads",
		[COST_READ_LENGTH] = "read bytes",
		[COST_WRITE_COUNT] = "writes",
		[COST_WRITE_LENGTH] = "bytes",
	};

	(void)buf_addf(out, "%-*s %7s", NAME_COLUMN, "function", "calls");
	for (int u = 0; u < COST_UNITS; u++)
		(void)buf_addf(out, " %10s %8s", units[u], "of block");
	(void)buf_add_u8(out, '\n');
}

void clar_cost_text(struct buf *out, const struct clar_cost *c,
                    const struct cost *total, const struct cost *limit)
{
	uint64_t n = clar_cost_per_block(total, limit);

	write_head(out);
	for (uint32_t i = 0; i < c->n_rows; i++) {
		const struct clar_cost_row *r = &c->rows[i];
		struct span contract = principal_name(r->contract);
		char name[320];

		(void)snprintf(name, sizeof(name), "%*s%.*s.%.*s",
		               2 * (int)r->depth, "", (int)contract.len,
		               (const char *)contract.p, (int)r->function.len,
		               (const char *)r->function.p);
		write_row(out, name, r->calls, &r->all, limit);
	}
	write_row(out, "total", 0, total, limit);
	if (n < UINT64_MAX)
		(void)buf_addf(out, "%llu of this fit into a block\n",
		               (unsigned long long)n);
}

static void row_json(struct json_write *w, const struct clar_cost_row *r)
{
	json_write_object(w);
	json_write_key(w, "contract");
	clar_show_json_principal(w, r->contract);
	json_write_key(w, "function");
	json_write_text(w, r->function);
	json_write_key(w, "calls");
	json_write_u64(w, r->calls);
	json_write_key(w, "cost");
	clar_show_json_cost(w, &r->all);
	json_write_key(w, "own");
	clar_show_json_cost(w, &r->own);
	json_write_close(w);
}

void clar_cost_json(struct json_write *w, const struct clar_cost *c,
                    const struct cost *total, const struct cost *limit)
{
	json_write_object(w);
	json_write_key(w, "limit");
	clar_show_json_cost(w, limit);
	json_write_key(w, "total");
	clar_show_json_cost(w, total);
	json_write_key(w, "per_block");
	json_write_u64(w, clar_cost_per_block(total, limit));
	json_write_key(w, "functions");
	json_write_array(w);
	for (uint32_t i = 0; i < c->n_rows; i++)
		row_json(w, &c->rows[i]);
	json_write_close(w);
	json_write_close(w);
}
