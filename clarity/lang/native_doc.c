/* clarity/lang/native_doc.c - The table of texts; contract in native_doc.h. */
#include "config.h"

#include "clarity/lang/native_doc.h"

#include "clarity/base/check.h"

static const struct native_doc docs[NATIVE_COUNT] = {
#define X(id, usage, help, example, result)                                    \
	[id] = { usage, help, example, result },
#include "clarity/lang/native_doc.def"
#undef X
};

const struct native_doc *native_doc_of(enum native id)
{
	CHECK(id < NATIVE_COUNT);
	return &docs[id];
}
