/*
 * clarity/lang/diag.h - What is wrong with a program, and where.
 *
 * An `enum err` says that a program was refused; people also want to know by
 * which rule, at which place and what to try instead.  The caller lends a
 * struct diag, and whichever stage refuses the program fills it.  The rule is
 * named as the reference names it, so that the two can be compared.  Nothing
 * here is part of consensus.
 *
 * Places are byte offsets while we work, because a program is ASCII and a
 * column can be counted later; lines and columns exist in messages only.
 *
 * Layer:    clarity/lang; uses clarity/base only.
 * Memory:   fixed buffers inside the struct; `rule` is a static text.
 * Threads:  plain data.
 */
#ifndef CLARITY_LANG_DIAG_H
#define CLARITY_LANG_DIAG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/buf.h"
#include "clarity/base/span.h"

/** A piece of the source text. */
struct diag_span {
	uint32_t start; /* first byte */
	uint32_t end;   /* one past the last; 0 if there is no place */
};

/** A place as editors count it: both from 1, columns in bytes. */
struct diag_place {
	uint32_t line;
	uint32_t column;
};

enum diag_stage {
	DIAG_NONE,  /* nothing was reported */
	DIAG_PARSE, /* code is an enum parse_error */
	DIAG_CHECK, /* code is the checker's */
	DIAG_RUN    /* code is the machine's */
};

/** The rule that is broken. */
struct diag_rule {
	enum diag_stage stage;
	int code;         /* of the stage's own table */
	const char *name; /* the reference's name for the rule; static */
};

#define DIAG_MESSAGE_MAX 240u
#define DIAG_SUGGESTION_MAX 160u

struct diag {
	struct diag_rule rule; /* DIAG_NONE: nothing was reported */
	struct diag_span span; /* in the source; end 0: no place */
	char message[DIAG_MESSAGE_MAX];
	char suggestion[DIAG_SUGGESTION_MAX]; /* may be empty */
};

/** Empties `d`. */
void diag_reset(struct diag *d);

/**
 * Fills `d`; a message that is too long is cut and ends in "...".
 *
 * @param d     the caller's report, or NULL: then nothing happens
 * @param rule  what is broken
 * @param span  where
 * @param fmt   printf-style text without a full stop; then its arguments
 */
__attribute__((format(printf, 4, 5))) void diag_set(struct diag *d,
                                                    struct diag_rule rule,
                                                    struct diag_span span,
                                                    const char *fmt, ...);

/** As diag_set with the arguments in a list. */
__attribute__((format(printf, 4, 0))) void
diag_vset(struct diag *d, struct diag_rule rule, struct diag_span span,
          const char *fmt, va_list ap);

/** Adds what to try instead, as one sentence; `d` may be NULL. */
__attribute__((format(printf, 2, 3))) void diag_suggest(struct diag *d,
                                                        const char *fmt, ...);

/**
 * Counts lines and columns.  The place behind the last byte is one column
 * behind it, also when that byte ends a line.
 *
 * @param source  the text that the offset is in
 * @param offset  0 to source.len
 * @return the place; counting takes time proportional to `offset`.
 */
struct diag_place diag_place(struct span source, uint32_t offset);

/**
 * Of several names, finds the one that looks most like another.
 *
 * @param name   what was written
 * @param best   the nearest name so far, or an empty span; updated when `near`
 *               is nearer, and left alone when it is not near at all
 * @param near   a name that would have been right
 * @return whether `best` changed
 */
bool diag_nearest(struct span name, struct span *best, struct span near);

/** Writes the source line at `at`, with a caret below it; the end of a report
 * and of a line in a call stack. */
void diag_mark(struct buf *out, struct diag_span at, struct span source,
               bool color);

/**
 * Writes a report for people: "FILE:LINE:COLUMN: error: MESSAGE [RULE]", the
 * source line with a caret below it, and the suggestion.
 *
 * @param out     where the text goes
 * @param d       the report; its span is in `source`
 * @param file    how to call the source; NULL leaves it out
 * @param source  the program
 * @param color   whether to use terminal colours
 */
void diag_render(struct buf *out, const struct diag *d, const char *file,
                 struct span source, bool color);

#endif /* CLARITY_LANG_DIAG_H */
