/* clarity/base/progress.c - Bars and lines; contract in progress.h. */
#include "config.h"

#include "clarity/base/progress.h"

#include <stdio.h>

/* A terminal narrower than this gets no bar, only numbers. */
#define BAR_MIN 10u
#define BAR_MAX 40u

/* Back to the line's start, and clear it. */
#define LINE_CLEAR "\r\x1b[K"

static void progress_write(struct progress *p, const char *text)
{
	p->write(p->ctx, span_str(text));
}

/* How many a second, or 0 before there is an answer. */
static uint64_t progress_rate(const struct progress *p, uint64_t done,
                              uint64_t now_ms)
{
	uint64_t ms = now_ms - p->start_ms;

	if (ms == 0 || done > UINT64_MAX / 1000)
		return 0;
	return done * 1000 / ms;
}

/* "12,345 of 67,890 contracts, 1,234 a second", without the commas. */
static int progress_numbers(const struct progress *p, uint64_t done,
                            uint64_t now_ms, char *text, size_t size)
{
	uint64_t rate = progress_rate(p, done, now_ms);

	if (p->total == 0)
		return snprintf(text, size, "%llu %s, %llu a second",
		                (unsigned long long)done, p->what,
		                (unsigned long long)rate);
	return snprintf(text, size, "%llu of %llu %s, %llu a second",
	                (unsigned long long)done, (unsigned long long)p->total,
	                p->what, (unsigned long long)rate);
}

/* Columns that a bar gets beside `len` columns of numbers. */
static unsigned bar_columns(const struct progress *p, size_t len)
{
	unsigned taken = (unsigned)len + 4;

	if (p->total == 0 || p->width < taken + BAR_MIN)
		return 0;
	return p->width - taken < BAR_MAX ? p->width - taken : BAR_MAX;
}

static void progress_bar(struct progress *p, uint64_t done, uint64_t now_ms)
{
	char numbers[200];
	char bar[BAR_MAX + 1];
	char text[sizeof(numbers) + sizeof(bar) + 16];
	int len = progress_numbers(p, done, now_ms, numbers, sizeof(numbers));
	unsigned columns = bar_columns(p, len < 0 ? 0 : (size_t)len);
	unsigned full = 0;

	if (columns) {
		uint64_t part = done < p->total ? done : p->total;

		/* Divided first where the product might not fit. */
		full = part > UINT32_MAX
		           ? (unsigned)(part / (p->total / columns + 1))
		           : (unsigned)(part * columns / p->total);
	}
	for (unsigned i = 0; i < columns; i++)
		bar[i] = i < full ? '#' : '.';
	bar[columns] = '\0';
	(void)snprintf(text, sizeof(text), LINE_CLEAR "%s%s%s%s",
	               columns ? "[" : "", bar, columns ? "] " : "", numbers);
	progress_write(p, text);
	p->is_shown = true;
}

static void progress_line(struct progress *p, uint64_t done, uint64_t now_ms)
{
	char text[208];
	int len = progress_numbers(p, done, now_ms, text, sizeof(text) - 2);

	if (len < 0)
		return;
	if ((size_t)len > sizeof(text) - 3)
		len = (int)sizeof(text) - 3;
	text[len] = '\n';
	text[len + 1] = '\0';
	progress_write(p, text);
}

void progress_start(struct progress *p)
{
	p->is_shown = false;
	if (p->write)
		p->start_ms = p->now_ms(p->ctx);
	p->shown_ms = p->start_ms;
}

void progress_set(struct progress *p, uint64_t done)
{
	uint64_t pause = p->is_terminal ? PROGRESS_BAR_MS : PROGRESS_LINE_MS;

	if (!p->write)
		return;

	uint64_t now_ms = p->now_ms(p->ctx);

	if (now_ms - p->shown_ms < pause)
		return;
	p->shown_ms = now_ms;
	if (p->is_terminal)
		progress_bar(p, done, now_ms);
	else
		progress_line(p, done, now_ms);
}

void progress_hide(struct progress *p)
{
	if (p->is_shown)
		progress_write(p, LINE_CLEAR);
	p->is_shown = false;
}
