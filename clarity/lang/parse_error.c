/* clarity/lang/parse_error.c - Broken rules; contract in parse_error.h. */
#include "config.h"

#include "clarity/lang/parse_error.h"

#include <string.h>

#include "clarity/base/check.h"

/* How much of a piece of source a message shows. */
#define TEXT_SHOWN 160u

static const char *const rules[PARSE_ERROR_COUNT] = {
#define X(id, rule, text) rule,
#include "clarity/lang/parse_error.def"
#undef X
};

static const char *const texts[PARSE_ERROR_COUNT] = {
#define X(id, rule, text) text,
#include "clarity/lang/parse_error.def"
#undef X
};

const char *parse_error_rule(enum parse_error e)
{
	CHECK(e < PARSE_ERROR_COUNT);
	return rules[e];
}

bool parse_error_is_rejectable(enum parse_error e, enum epoch epoch)
{
	bool is_depth =
	    e == PARSE_ERROR_TOO_DEEP || e == PARSE_ERROR_TOO_DEEP_MIXED;

	return is_depth && epoch_rejects_parse_depth(epoch);
}

/* Copies a piece of source so that a terminal cannot misread it. */
static size_t text_show(char *out, struct span text)
{
	static const char digits[] = "0123456789abcdef";
	size_t len = 0;

	for (size_t i = 0; i < text.len && len < TEXT_SHOWN; i++) {
		uint8_t c = text.p[i];

		if (c >= ' ' && c < 127) {
			out[len++] = (char)c;
			continue;
		}
		memcpy(out + len, "\\x", 2);
		out[len + 2] = digits[c >> 4];
		out[len + 3] = digits[c & 15];
		len += 4;
	}
	return len;
}

enum err parse_error_set(struct diag *d, enum parse_error e,
                         struct diag_span span, struct span text)
{
	struct diag_rule rule = { DIAG_PARSE, (int)e, rules[e] };
	const char *at = strchr(texts[e], '@');
	char shown[TEXT_SHOWN + 4];
	size_t len = at ? text_show(shown, text) : 0;

	if (at)
		diag_set(d, rule, span, "%.*s%.*s%s", (int)(at - texts[e]),
		         texts[e], (int)len, shown, at + 1);
	else
		diag_set(d, rule, span, "%s", texts[e]);
	return ERR_PARSE;
}

enum err parse_error_at(struct diag *d, enum parse_error e, struct span source,
                        struct diag_span span)
{
	return parse_error_set(
	    d, e, span, span_of(source.p + span.start, span.end - span.start));
}
