/*
 * clarity/lang/literal.h - Tokens to values.
 *
 * Layer:    clarity/lang; uses clarity/base and clarity/value.
 * Memory:   bytes of buffers and strings are in the given arena.
 * Threads:  no shared state.
 */
#ifndef CLARITY_LANG_LITERAL_H
#define CLARITY_LANG_LITERAL_H

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/lang/lexer.h"
#include "clarity/lang/parse_error.h"
#include "clarity/value/value.h"

/**
 * Reads the value of the present token: LEXER_INT, LEXER_UINT, LEXER_ASCII,
 * LEXER_UTF8 or LEXER_BUFFER.
 *
 * @param a        gets the bytes
 * @param lx       stands on the token
 * @param ret      the value; a UTF-8 string may be longer than its type can
 *                 be, which is the checker's to refuse
 * @param ret_why  on ERR_PARSE: the rule
 * @return ERR_OK; ERR_PARSE; ERR_NO_MEMORY.
 */
MUST_USE enum err literal_read(struct arena *a, const struct lexer *lx,
                               struct value *ret, enum parse_error *ret_why);

#endif /* CLARITY_LANG_LITERAL_H */
