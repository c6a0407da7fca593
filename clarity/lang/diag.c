/* clarity/lang/diag.c - Reports about programs; contract in diag.h. */
#include "config.h"

#include "clarity/lang/diag.h"

#include <stdio.h>
#include <string.h>

/* Names longer than this are not compared: nobody mistypes one. */
#define NEAR_MAX 40u

/* A line of source longer than this is shown around the place only. */
#define LINE_SHOWN 160u

void diag_reset(struct diag *d)
{
	memset(d, 0, sizeof(*d));
}

/* Prints into a fixed buffer; a cut text ends in dots. */
__attribute__((format(printf, 3, 0))) static void
text_vset(char *out, size_t size, const char *fmt, va_list ap)
{
	int len = vsnprintf(out, size, fmt, ap);

	if (len < 0)
		out[0] = '\0';
	else if ((size_t)len >= size)
		memcpy(out + size - 4, "...", 4);
}

void diag_vset(struct diag *d, struct diag_rule rule, struct diag_span span,
               const char *fmt, va_list ap)
{
	if (!d)
		return;
	d->rule = rule;
	d->span = span;
	d->suggestion[0] = '\0';
	text_vset(d->message, sizeof(d->message), fmt, ap);
}

void diag_set(struct diag *d, struct diag_rule rule, struct diag_span span,
              const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	diag_vset(d, rule, span, fmt, ap);
	va_end(ap);
}

void diag_suggest(struct diag *d, const char *fmt, ...)
{
	va_list ap;

	if (!d)
		return;
	va_start(ap, fmt);
	text_vset(d->suggestion, sizeof(d->suggestion), fmt, ap);
	va_end(ap);
}

struct diag_place diag_place(struct span source, uint32_t offset)
{
	struct diag_place place = { 1, 1 };
	uint32_t line_start = 0;
	uint32_t stop = offset < source.len ? offset : (uint32_t)source.len;

	for (uint32_t i = 0; i < stop; i++) {
		/* The end of the source belongs to its last line. */
		if (source.p[i] == '\n' && i + 1 < source.len) {
			line_start = i + 1;
			place.line++;
		}
	}
	place.column = stop - line_start + 1;
	return place;
}

/* The number of insertions, deletions, replacements and swaps of neighbours
 * that turn one name into the other. */
static uint32_t name_distance(struct span a, struct span b)
{
	uint8_t rows[3][NEAR_MAX + 1];
	uint8_t *before = rows[0], *last = rows[1], *now = rows[2];

	for (size_t j = 0; j <= b.len; j++)
		last[j] = (uint8_t)j;
	for (size_t i = 1; i <= a.len; i++) {
		now[0] = (uint8_t)i;
		for (size_t j = 1; j <= b.len; j++) {
			bool same = a.p[i - 1] == b.p[j - 1];
			unsigned best = last[j - 1] + (same ? 0u : 1u);

			if (last[j] + 1u < best)
				best = last[j] + 1u;
			if (now[j - 1] + 1u < best)
				best = now[j - 1] + 1u;
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
			    a.p[i - 2] == b.p[j - 1] &&
			    before[j - 2] + 1u < best)
				best = before[j - 2] + 1u;
			now[j] = (uint8_t)best;
		}

		uint8_t *spare = before;

		before = last;
		last = now;
		now = spare;
	}
	return last[b.len];
}

bool diag_nearest(struct span name, struct span *best, struct span near)
{
	if (name.len == 0 || name.len > NEAR_MAX || near.len > NEAR_MAX)
		return false;

	uint32_t d = name_distance(name, near);

	/* A third of the letters may differ; more is another word. */
	if (d > (name.len + 2) / 3 || d >= name.len)
		return false;
	if (best->len && name_distance(name, *best) <= d)
		return false;
	*best = near;
	return true;
}

/* The line that `offset` is in, without its end. */
static struct span line_at(struct span source, uint32_t offset)
{
	size_t start = offset < source.len ? offset : source.len;
	size_t end = start;

	if (start == source.len && start && source.p[start - 1] == '\n')
		end = --start;
	while (start && source.p[start - 1] != '\n')
		start--;
	while (end < source.len && source.p[end] != '\n')
		end++;
	return span_of(source.p + start, end - start);
}

/* Cuts a long line to what is around its column, which moves with it. */
static struct span line_cut(struct span line, size_t *column)
{
	size_t skip = *column > LINE_SHOWN / 2 ? *column - LINE_SHOWN / 2 : 0;

	if (line.len <= LINE_SHOWN)
		return line;
	if (skip > line.len - LINE_SHOWN)
		skip = line.len - LINE_SHOWN;
	*column -= skip;
	return span_of(line.p + skip, LINE_SHOWN);
}

/* Writes bytes of a program: what a terminal could misunderstand is '?'. */
static void source_write(struct buf *out, struct span s)
{
	for (size_t i = 0; i < s.len; i++) {
		uint8_t c = s.p[i];

		if (c == '\t')
			c = ' ';
		(void)buf_add_u8(out, c >= ' ' && c < 127 ? c : '?');
	}
}

void diag_mark(struct buf *out, struct diag_span at, struct span source,
               bool color)
{
	struct span line = line_at(source, at.start);
	size_t column = at.start - (size_t)(line.p - source.p);
	struct span shown = line_cut(line, &column);
	size_t width = at.end > at.start ? at.end - at.start : 1;

	if (width > shown.len - column)
		width = shown.len > column ? shown.len - column : 1;
	(void)buf_add_str(out, "    ");
	source_write(out, shown);
	(void)buf_addf(out, "\n    %*s%s", (int)column, "",
	               color ? "\033[32;1m" : "");
	for (size_t i = 0; i < width; i++)
		(void)buf_add_u8(out, i ? '~' : '^');
	(void)buf_add_str(out, color ? "\033[0m\n" : "\n");
}

void diag_render(struct buf *out, const struct diag *d, const char *file,
                 struct span source, bool color)
{
	bool has_place = d->span.end != 0 && d->span.start <= source.len;

	if (file)
		(void)buf_addf(out, "%s:", file);
	if (has_place) {
		struct diag_place p = diag_place(source, d->span.start);

		(void)buf_addf(out, "%u:%u:", p.line, p.column);
	}
	(void)buf_addf(out, "%s%serror:%s %s [%s]\n",
	               file || has_place ? " " : "", color ? "\033[31;1m" : "",
	               color ? "\033[0m" : "", d->message, d->rule.name);
	if (has_place)
		diag_mark(out, d->span, source, color);
	if (d->suggestion[0])
		(void)buf_addf(out, "    note: %s\n", d->suggestion);
}
