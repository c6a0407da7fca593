/* clarity/value/name.c - Rules for names; contract in name.h. */
#include "config.h"

#include "clarity/value/name.h"

#include <string.h>

static bool name_is_letter(uint8_t c)
{
	return (uint8_t)((c | 0x20) - 'a') < 26;
}

static bool name_is_digit(uint8_t c)
{
	return (uint8_t)(c - '0') < 10;
}

bool name_has_char(uint8_t c)
{
	return name_is_letter(c) || name_is_digit(c) ||
	       (c && strchr("-_!?+<>=/*", c));
}

/* The operators that may be names although they start with no letter. */
static bool name_is_operator(struct span s)
{
	if (s.len == 1)
		return s.p[0] && strchr("-+=/*<>", s.p[0]);
	return s.len == 2 && (s.p[0] == '<' || s.p[0] == '>') && s.p[1] == '=';
}

bool name_is_clarity(struct span s)
{
	if (s.len == 0 || s.len > NAME_MAX_LEN)
		return false;
	if (!name_is_letter(s.p[0]))
		return name_is_operator(s);
	for (size_t i = 1; i < s.len; i++) {
		if (!name_has_char(s.p[i]))
			return false;
	}
	return true;
}

bool name_is_contract(struct span s)
{
	if (s.len == 0 || s.len > NAME_MAX_LEN)
		return false;
	if (!name_is_letter(s.p[0]))
		return span_eq(s, span_str("__transient"));
	for (size_t i = 1; i < s.len; i++) {
		uint8_t c = s.p[i];

		if (!name_is_letter(c) && !name_is_digit(c) && c != '-' &&
		    c != '_')
			return false;
	}
	return true;
}
