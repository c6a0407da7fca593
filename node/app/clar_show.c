/* node/app/clar_show.c - What programs did; contract in clar_show.h. */
#include "config.h"

#include "node/app/clar_show.h"

#include <string.h>

#include "clarity/value/int128.h"
#include "clarity/value/repr.h"
#include "clarity/value/value_codec.h"

/* Bytes of one text inside a document. */
#define TEXT_MAX ((size_t)64 << 20)

void clar_show_value(struct buf *out, const struct value *v)
{
	(void)repr_source(out, v);
	(void)buf_add_u8(out, '\n');
}

static void show_name(struct buf *out, const char *before,
                      const struct principal *p)
{
	if (!p)
		return;
	(void)buf_add_str(out, before);
	(void)principal_format(out, p);
}

/* What moved: so many of a token, one of its ids, or microSTX. */
static void show_asset(struct buf *out, const struct event *e)
{
	bool is_nft = e->kind == EVENT_NFT_TRANSFER ||
	              e->kind == EVENT_NFT_MINT || e->kind == EVENT_NFT_BURN;
	char text[INT128_MAX_TEXT];

	if (!is_nft) {
		(void)buf_add(out, text,
		              int128_format_unsigned(text, e->amount));
		(void)buf_add_u8(out, ' ');
	}
	if (e->asset.len == 0) {
		(void)buf_add_str(out, "microSTX");
		return;
	}
	(void)principal_format(out, e->contract);
	(void)buf_add_str(out, "::");
	(void)buf_add_span(out, e->asset);
	if (is_nft) {
		(void)buf_add_u8(out, ' ');
		(void)repr_source(out, &e->value);
	}
}

static void show_movement(struct buf *out, const struct event *e)
{
	static const char *const what[] = {
		[EVENT_STX_TRANSFER] = "transfer: ",
		[EVENT_STX_MINT] = "mint: ",
		[EVENT_STX_BURN] = "burn: ",
		[EVENT_STX_LOCK] = "lock: ",
		[EVENT_FT_TRANSFER] = "transfer: ",
		[EVENT_FT_MINT] = "mint: ",
		[EVENT_FT_BURN] = "burn: ",
		[EVENT_NFT_TRANSFER] = "transfer: ",
		[EVENT_NFT_MINT] = "mint: ",
		[EVENT_NFT_BURN] = "burn: ",
	};

	(void)buf_add_str(out, what[e->kind]);
	show_asset(out, e);
	show_name(out, " from ", e->sender);
	show_name(out, " to ", e->recipient);
	(void)buf_add_u8(out, '\n');
}

void clar_show_events(struct buf *out, const struct vm_result *r)
{
	for (uint32_t i = 0; i < r->n_events; i++) {
		const struct event *e = &r->events[i];

		if (e->kind == EVENT_PRINT) {
			(void)buf_add_str(out, "print: ");
			clar_show_value(out, &e->value);
		} else {
			show_movement(out, e);
		}
	}
}

void clar_show_cost(struct buf *out, const struct cost *c)
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

/* --- failures --- */

/* A place as it lies in its text, if that is known. */
struct located {
	struct clar_source source;
	struct diag_span span;
	bool is_known;
};

static struct diag_span shifted(struct diag_span s,
                                const struct clar_source *in)
{
	struct diag_span none = { 0, 0 };
	size_t end = (size_t)in->shift + in->text.len;

	if (s.end == 0 || s.start < in->shift || s.start > end)
		return none;
	s.start -= in->shift;
	s.end -= in->shift;
	if (s.end > in->text.len)
		s.end = (uint32_t)in->text.len;
	return s;
}

bool clar_show_find(const struct clar_sources *s, const struct vm_place *p,
                    struct clar_source *source, struct diag_span *span)
{
	*source = (struct clar_source){ .is_line = false };
	*span = (struct diag_span){ 0, 0 };
	if (!s->find(s->ctx, p, source))
		return false;
	*span = shifted(p->span, source);
	return span->end > 0;
}

static struct located locate(const struct vm_place *p,
                             const struct clar_sources *s)
{
	struct located l = { .is_known = false };

	l.is_known = clar_show_find(s, p, &l.source, &l.span);
	return l;
}

/* "FUNCTION, FILE:LINE:COLUMN", as far as each is known. */
static void show_place(struct buf *out, const struct vm_place *p,
                       const struct located *l)
{
	bool is_named = p->function.len > 0 && !l->source.is_line;

	if (is_named)
		(void)buf_add_span(out, p->function);
	if (is_named && l->is_known && !l->source.file && !l->source.is_own) {
		(void)buf_add_str(out, " of .");
		(void)buf_add_span(out, principal_name(p->contract));
	}
	if (l->is_known && l->source.file)
		(void)buf_addf(out, "%s%s", is_named ? ", " : "",
		               l->source.file);
	else if (!l->is_known) {
		(void)buf_add_str(out, is_named ? " of " : "");
		(void)principal_format(out, p->contract);
	}
	if (l->is_known) {
		struct diag_place at =
		    diag_place(l->source.text, l->span.start);
		const char *sep = l->source.file ? ":" : is_named ? ", " : "";

		(void)buf_addf(out, "%s%u:%u", sep, at.line, at.column);
	}
	(void)buf_add_u8(out, '\n');
}

void clar_show_failure(struct buf *out, const struct vm_failure *f,
                       const struct clar_sources *s)
{
	const char *name = vm_error_name(f->kind);
	bool says_more = f->text[0] && strcmp(f->text, name) != 0;

	(void)buf_addf(out, "%s error: %s%s%s\n",
	               vm_error_class_name(vm_error_class(f->kind)), name,
	               says_more ? ": " : "", says_more ? f->text : "");
	if (vm_error_class(f->kind) == VM_ERROR_CLASS_EARLY) {
		(void)buf_add_str(out, "thrown: ");
		clar_show_value(out, &f->value);
	}
	for (uint32_t i = 0; i < f->n_places; i++) {
		struct located l = locate(&f->places[i], s);

		(void)buf_add_str(out, i > 0 ? "  called by " : "  at ");
		show_place(out, &f->places[i], &l);
		if (i == 0 && l.is_known)
			diag_mark(out, l.span, l.source.text, s->has_color);
	}
}

void clar_show_refusal(struct buf *out, struct diag *d,
                       const struct clar_source *s, bool has_color)
{
	d->span = shifted(d->span, s);
	diag_render(out, d, s->file, s->text, has_color);
}

/* --- JSON --- */

/* Writes what `format` makes of `what`. */
static void json_made(struct json_write *w,
                      void (*format)(struct buf *b, const void *what),
                      const void *what)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	format(&b, what);
	/* A document that lacks a part must not look whole. */
	if (buf_err(&b) != ERR_OK && w->out->err == ERR_OK)
		w->out->err = buf_err(&b);
	json_write_text(w, buf_span(&b));
	buf_fini(&b);
}

static void make_principal(struct buf *b, const void *what)
{
	(void)principal_format(b, what);
}

void clar_show_json_principal(struct json_write *w, const struct principal *p)
{
	json_made(w, make_principal, p);
}

static void make_text(struct buf *b, const void *what)
{
	(void)repr_source(b, what);
}

static void make_hex(struct buf *b, const void *what)
{
	struct buf bytes;

	buf_init(&bytes, TEXT_MAX);
	(void)value_codec_write(&bytes, what);
	(void)buf_add_str(b, "0x");
	(void)buf_add_hex(b, bytes.p, bytes.len);
	if (buf_err(&bytes) != ERR_OK)
		b->err = buf_err(&bytes);
	buf_fini(&bytes);
}

static void make_type(struct buf *b, const void *what)
{
	const struct type *t;
	struct type_diag diag;
	struct arena a;

	arena_init(&a, TEXT_MAX);
	if (value_type(&a, &t, what, &diag) == ERR_OK)
		(void)repr_type(b, t);
	arena_fini(&a);
}

void clar_show_json_value(struct json_write *w, const struct value *v)
{
	json_write_object(w);
	json_write_key(w, "text");
	json_made(w, make_text, v);
	json_write_key(w, "hex");
	json_made(w, make_hex, v);
	json_write_key(w, "type");
	json_made(w, make_type, v);
	json_write_close(w);
}

void clar_show_json_cost(struct json_write *w, const struct cost *c)
{
	static const char *const units[COST_UNITS] = {
		[COST_RUNTIME] = "runtime",
		[COST_READ_COUNT] = "read_count",
		[COST_READ_LENGTH] = "read_length",
		[COST_WRITE_COUNT] = "write_count",
		[COST_WRITE_LENGTH] = "write_length",
	};

	json_write_object(w);
	for (int u = 0; u < COST_UNITS; u++) {
		json_write_key(w, units[u]);
		json_write_u64(w, c->of[u]);
	}
	json_write_close(w);
}

void clar_show_json_events(struct json_write *w, const struct vm_result *r)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	json_write_array(w);
	for (uint32_t i = 0; i < r->n_events; i++) {
		buf_reset(&b);
		(void)event_format(&b, &r->events[i], "0x", i, true);
		if (buf_err(&b) != ERR_OK && w->out->err == ERR_OK)
			w->out->err = buf_err(&b);
		json_write_raw(w, buf_span(&b));
	}
	json_write_close(w);
	buf_fini(&b);
}

static void json_place(struct json_write *w, const struct clar_source *s,
                       struct diag_span span)
{
	struct diag_place at = diag_place(s->text, span.start);

	if (s->file) {
		json_write_key(w, "file");
		json_write_str(w, s->file);
	}
	json_write_key(w, "line");
	json_write_u64(w, at.line);
	json_write_key(w, "column");
	json_write_u64(w, at.column);
}

static void json_frame(struct json_write *w, const struct vm_place *p,
                       const struct clar_sources *s)
{
	struct located l = locate(p, s);

	json_write_object(w);
	json_write_key(w, "contract");
	clar_show_json_principal(w, p->contract);
	json_write_key(w, "function");
	if (p->function.len > 0 && !l.source.is_line)
		json_write_text(w, p->function);
	else
		json_write_null(w);
	if (l.is_known) {
		json_place(w, &l.source, l.span);
		json_write_key(w, "source");
		json_write_text(w, span_of(l.source.text.p + l.span.start,
		                           l.span.end - l.span.start));
	}
	json_write_close(w);
}

void clar_show_json_failure(struct json_write *w, const struct vm_failure *f,
                            const struct clar_sources *s)
{
	enum vm_error_class class = vm_error_class(f->kind);

	json_write_object(w);
	json_write_key(w, "class");
	json_write_str(w, vm_error_class_name(class));
	json_write_key(w, "kind");
	json_write_str(w, vm_error_name(f->kind));
	json_write_key(w, "message");
	json_write_str(w, f->text);
	if (class == VM_ERROR_CLASS_EARLY) {
		json_write_key(w, "thrown");
		clar_show_json_value(w, &f->value);
	}
	json_write_key(w, "stack");
	json_write_array(w);
	for (uint32_t i = 0; i < f->n_places; i++)
		json_frame(w, &f->places[i], s);
	json_write_close(w);
	json_write_close(w);
}

void clar_show_json_refusal(struct json_write *w, struct diag *d,
                            const struct clar_source *s)
{
	d->span = shifted(d->span, s);
	json_write_object(w);
	json_write_key(w, "class");
	json_write_str(w, d->rule.stage == DIAG_PARSE ? "Parse" : "Check");
	json_write_key(w, "kind");
	json_write_str(w, d->rule.name ? d->rule.name : "");
	json_write_key(w, "message");
	json_write_str(w, d->message);
	json_write_key(w, "suggestion");
	json_write_str(w, d->suggestion);
	if (d->span.end > 0)
		json_place(w, s, d->span);
	json_write_close(w);
}
