/* clarity/value/version.c - Names of the versions; contract in version.h. */
#include "config.h"

#include "clarity/value/version.h"

#include <stddef.h>
#include <stdint.h>

#include "clarity/base/check.h"

const char *version_text(enum clarity_version v)
{
	static const char *const texts[] = {
		[CLARITY_1] = "Clarity 1", [CLARITY_2] = "Clarity 2",
		[CLARITY_3] = "Clarity 3", [CLARITY_4] = "Clarity 4",
		[CLARITY_5] = "Clarity 5", [CLARITY_6] = "Clarity 6",
	};

	CHECK(v >= CLARITY_FIRST && v <= CLARITY_LAST);
	return texts[v];
}

const char *version_name(enum clarity_version v)
{
	static const char *const names[] = {
		[CLARITY_1] = "Clarity1", [CLARITY_2] = "Clarity2",
		[CLARITY_3] = "Clarity3", [CLARITY_4] = "Clarity4",
		[CLARITY_5] = "Clarity5", [CLARITY_6] = "Clarity6",
	};

	CHECK(v >= CLARITY_FIRST && v <= CLARITY_LAST);
	return names[v];
}

/* Drops "clarity", in any case, and one blank behind it. */
static struct span version_digits(struct span text)
{
	static const char word[] = "clarity";
	size_t n = sizeof(word) - 1;

	if (text.len <= n)
		return text;
	for (size_t i = 0; i < n; i++) {
		if ((text.p[i] | 0x20) != word[i])
			return text;
	}
	if (text.p[n] == ' ')
		n++;
	return span_of(text.p + n, text.len - n);
}

bool version_parse(enum clarity_version *ret, struct span text)
{
	struct span digits = version_digits(text);

	if (digits.len != 1 || digits.p[0] < '0' + CLARITY_FIRST ||
	    digits.p[0] > '0' + CLARITY_LAST)
		return false;
	*ret = (enum clarity_version)(digits.p[0] - '0');
	return true;
}

enum clarity_version version_max(enum epoch e)
{
	switch (e) {
#define X(name_, id_, text_, clarity_)                                         \
	case EPOCH_##name_:                                                    \
		return CLARITY_##clarity_;
#include "clarity/value/epoch.def"
#undef X
	}
	CHECK(!"an epoch of the table");
	return CLARITY_LAST;
}
