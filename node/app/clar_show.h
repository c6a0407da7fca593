/*
 * node/app/clar_show.h - What programs did, for people and as JSON.
 *
 * Values, events, costs and failures look the same at the prompt and in every
 * verb.  A failure is shown with the line of source where it happened and with
 * whoever had called, outwards.
 *
 * Layer:    node/app.
 * Memory:   appends to the caller's buf or document; its first failure stays
 *           there.
 * Threads:  pure functions.
 * Format:   JSON: a value is {"text", "hex", "type"}; a cost {"runtime",
 *           "read_count", "read_length", "write_count", "write_length"}; a
 *           failure {"class", "kind", "message", "thrown", "stack":
 *           [{"contract", "function", "file", "line", "column",
 *           "source"}]}; a refusal {"class": "Parse" or "Check", "kind",
 *           "message", "suggestion", "file", "line", "column"}
 */
#ifndef NODE_APP_CLAR_SHOW_H
#define NODE_APP_CLAR_SHOW_H

#include <stdbool.h>

#include "clarity/vm/vm.h"
#include "node/io/json_write.h"

/** The text in which a place is. */
struct clar_source {
	const char *file; /* how to call it, or NULL */
	struct span text;
	uint32_t shift; /* places count from so many bytes before it */
	bool is_line;   /* typed just now: its function has no name */
	bool is_own;    /* the only text there is: its contract has none */
};

/** Where sources are found. */
struct clar_sources {
	const void *ctx;
	bool (*find)(const void *ctx, const struct vm_place *place,
	             struct clar_source *ret);
	bool has_color;
};

/** @return whether a place is known; then `*source` is its text and `*span`
 * where in it. */
bool clar_show_find(const struct clar_sources *s, const struct vm_place *p,
                    struct clar_source *source, struct diag_span *span);

/** Writes a value as source, and ends the line. */
void clar_show_value(struct buf *out, const struct value *v);

/** Writes events, one a line. */
void clar_show_events(struct buf *out, const struct vm_result *r);

/** Writes the five units in one line. */
void clar_show_cost(struct buf *out, const struct cost *c);

/** Writes why a program failed, where, and who had called it. */
void clar_show_failure(struct buf *out, const struct vm_failure *f,
                       const struct clar_sources *s);

/** Writes why a text was refused; `d` is moved into the text. */
void clar_show_refusal(struct buf *out, struct diag *d,
                       const struct clar_source *s, bool has_color);

/** Each writes one JSON value; see the format above. */
void clar_show_json_value(struct json_write *w, const struct value *v);
void clar_show_json_cost(struct json_write *w, const struct cost *c);
void clar_show_json_events(struct json_write *w, const struct vm_result *r);
void clar_show_json_failure(struct json_write *w, const struct vm_failure *f,
                            const struct clar_sources *s);
void clar_show_json_refusal(struct json_write *w, struct diag *d,
                            const struct clar_source *s);

/** Writes a principal as JSON text. */
void clar_show_json_principal(struct json_write *w, const struct principal *p);

#endif /* NODE_APP_CLAR_SHOW_H */
