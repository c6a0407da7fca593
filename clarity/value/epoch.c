/* clarity/value/epoch.c - The table of epochs; contract in epoch.h. */
#include "config.h"

#include "clarity/value/epoch.h"

#include <stddef.h>

#include "clarity/base/check.h"

struct epoch_row {
	enum epoch epoch;
	const char *text;
};

static const struct epoch_row epoch_table[] = {
#define X(name_, id_, text_, clarity_) { EPOCH_##name_, text_ },
#include "clarity/value/epoch.def"
#undef X
};

const char *epoch_text(enum epoch e)
{
	for (size_t i = 0; i < COUNT_OF(epoch_table); i++) {
		if (epoch_table[i].epoch == e)
			return epoch_table[i].text;
	}
	CHECK(!"an epoch of the table");
	return NULL;
}

bool epoch_parse(enum epoch *ret, struct span text)
{
	for (size_t i = 0; i < COUNT_OF(epoch_table); i++) {
		if (span_eq(text, span_str(epoch_table[i].text))) {
			*ret = epoch_table[i].epoch;
			return true;
		}
	}
	return false;
}

bool epoch_from_id(enum epoch *ret, uint32_t id)
{
	for (size_t i = 0; i < COUNT_OF(epoch_table); i++) {
		if ((uint32_t)epoch_table[i].epoch == id) {
			*ret = epoch_table[i].epoch;
			return true;
		}
	}
	return false;
}

enum epoch epoch_next(enum epoch e)
{
	for (size_t i = 0; i + 1 < COUNT_OF(epoch_table); i++) {
		if (epoch_table[i].epoch == e)
			return epoch_table[i + 1].epoch;
	}
	return e;
}
