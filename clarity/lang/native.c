/* clarity/lang/native.c - The table of words; contract in native.h. */
#include "config.h"

#include "clarity/lang/native.h"

#include <string.h>

#define MANY NATIVE_MANY

/* clang-format off */
const struct native_info native_table[NATIVE_COUNT] = {
#define NATIVE(id, name, first, last, kind, min, max, price, family)           \
	[NATIVE_##id] = { name, sizeof(name) - 1, first, last,                 \
			  NATIVE_KIND_##kind, NATIVE_FAMILY_##family, min, max },
#define KEYWORD(id, name, first, last, price)                                  \
	[KEYWORD_##id] = { name, sizeof(name) - 1, first, last,                \
			   NATIVE_KIND_KEYWORD, NATIVE_FAMILY_KEYWORD, 0, 0 },
#define DEFINE(id, name, min, max, price)                                      \
	[DEFINE_##id] = { name, sizeof(name) - 1, 1, 6,                        \
			  NATIVE_KIND_DEFINE, NATIVE_FAMILY_DEFINE, min, max },
#include "clarity/lang/native.def"
};
/* clang-format on */

enum native native_find(struct span name)
{
	for (uint32_t i = 0; i < NATIVE_COUNT; i++) {
		const struct native_info *w = &native_table[i];

		if (w->len == name.len && memcmp(w->name, name.p, w->len) == 0)
			return (enum native)i;
	}
	return NATIVE_COUNT;
}
