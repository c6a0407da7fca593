/*
 * clarity/lang/lexer.h - Text to tokens.
 *
 * The lexer reads a private copy of the source that ends in zero bytes, so
 * its loops need no bounds, and it asks one table what a byte may be part of.
 * It makes no values: a token is a place, and the parser reads what is there.
 *
 * The network's parser reads all tokens before it looks at the first, so an
 * error in the last token is reported rather than one in the first list.
 * Whoever refuses a program for another reason calls lexer_drain first.
 *
 * Layer:    clarity/lang; uses clarity/base.
 * Memory:   one copy of the source in the given arena.
 * Threads:  one lexer belongs to one thread.
 */
#ifndef CLARITY_LANG_LEXER_H
#define CLARITY_LANG_LEXER_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/lang/diag.h"

enum lexer_kind {
	LEXER_END,
	LEXER_LPAREN,
	LEXER_RPAREN,
	LEXER_LBRACE,
	LEXER_RBRACE,
	LEXER_COLON,
	LEXER_COMMA,
	LEXER_DOT,
	LEXER_INT,       /* digits, perhaps with a minus in front */
	LEXER_UINT,      /* u and digits */
	LEXER_ASCII,     /* with its quotes */
	LEXER_UTF8,      /* with u and quotes */
	LEXER_BUFFER,    /* 0x and pairs of digits */
	LEXER_PRINCIPAL, /* ' and characters of an address */
	LEXER_IDENT,
	LEXER_TRAIT,    /* with < and > */
	LEXER_OPERATOR, /* + - * / < <= > >= */
	LEXER_COMMENT   /* to the end of its line */
};

struct lexer_token {
	uint8_t kind;          /* enum lexer_kind */
	bool has_space;        /* there is white space before it */
	bool has_escape;       /* a string with at least one backslash */
	struct diag_span span; /* at the end of the source: len, len */
};

struct lexer {
	const uint8_t *text; /* the copy; zero bytes follow */
	uint32_t len;        /* bytes of source */
	uint32_t at;         /* next byte */
	bool is_plain;       /* no byte above 127 and no carriage return */
	struct lexer_token tok;
	struct diag *diag;
};

/**
 * Starts at the first byte; lexer_next reads the first token.
 *
 * @param lx      any memory
 * @param a       gets the copy; must live as long as `lx` is used
 * @param source  at most AST_SOURCE_MAX bytes
 * @param diag    where lexer_next reports; may be NULL
 * @return ERR_OK; ERR_NO_MEMORY.
 */
MUST_USE enum err lexer_init(struct lexer *lx, struct arena *a,
                             struct span source, struct diag *diag);

/**
 * Reads the next token into `lx->tok`; after the last one, LEXER_END for ever.
 *
 * @return ERR_OK; ERR_PARSE with `diag` filled.
 */
MUST_USE enum err lexer_next(struct lexer *lx);

/** Reads all tokens that are left. @return as lexer_next. */
MUST_USE enum err lexer_drain(struct lexer *lx);

/** @return the bytes of a piece of the source. */
static inline struct span lexer_text(const struct lexer *lx, struct diag_span s)
{
	return span_of(lx->text + s.start, s.end - s.start);
}

/** @return the value of a hexadecimal digit, or 16 for any other byte. */
unsigned lexer_hex(uint8_t c);

#endif /* CLARITY_LANG_LEXER_H */
