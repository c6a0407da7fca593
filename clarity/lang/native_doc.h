/*
 * clarity/lang/native_doc.h - What each word of the language does, for people.
 *
 * Layer:    clarity/lang.
 * Memory:   never allocates; all texts are static.
 * Threads:  pure functions.
 */
#ifndef CLARITY_LANG_NATIVE_DOC_H
#define CLARITY_LANG_NATIVE_DOC_H

#include "clarity/lang/native.h"

struct native_doc {
	const char *usage;   /* how it is written, and what it yields */
	const char *help;    /* one sentence or a few */
	const char *example; /* a program; may be empty */
	const char *result; /* equals what its last form yields; may be empty */
};

/** @return the texts for `id`, which must be below NATIVE_COUNT. */
const struct native_doc *native_doc_of(enum native id);

#endif /* CLARITY_LANG_NATIVE_DOC_H */
