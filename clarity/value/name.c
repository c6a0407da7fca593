/* clarity/value/name.c - Rules for names; contract in name.h. */
#include "config.h"

#include "clarity/value/name.h"

#include <string.h>

/* What a byte may do in names. */
enum {
	LETTER = 1,   /* may start any name */
	CONTRACT = 2, /* may follow in a contract's name */
	CLARITY = 4   /* may follow in a Clarity name */
};

#define ANY (LETTER | CONTRACT | CLARITY)
#define BOTH (CONTRACT | CLARITY)

/* Names are checked for every field that is read, so this is a table. */
static const uint8_t name_bytes[256] = {
	['a'] = ANY,     ['b'] = ANY,     ['c'] = ANY,     ['d'] = ANY,
	['e'] = ANY,     ['f'] = ANY,     ['g'] = ANY,     ['h'] = ANY,
	['i'] = ANY,     ['j'] = ANY,     ['k'] = ANY,     ['l'] = ANY,
	['m'] = ANY,     ['n'] = ANY,     ['o'] = ANY,     ['p'] = ANY,
	['q'] = ANY,     ['r'] = ANY,     ['s'] = ANY,     ['t'] = ANY,
	['u'] = ANY,     ['v'] = ANY,     ['w'] = ANY,     ['x'] = ANY,
	['y'] = ANY,     ['z'] = ANY,     ['A'] = ANY,     ['B'] = ANY,
	['C'] = ANY,     ['D'] = ANY,     ['E'] = ANY,     ['F'] = ANY,
	['G'] = ANY,     ['H'] = ANY,     ['I'] = ANY,     ['J'] = ANY,
	['K'] = ANY,     ['L'] = ANY,     ['M'] = ANY,     ['N'] = ANY,
	['O'] = ANY,     ['P'] = ANY,     ['Q'] = ANY,     ['R'] = ANY,
	['S'] = ANY,     ['T'] = ANY,     ['U'] = ANY,     ['V'] = ANY,
	['W'] = ANY,     ['X'] = ANY,     ['Y'] = ANY,     ['Z'] = ANY,
	['0'] = BOTH,    ['1'] = BOTH,    ['2'] = BOTH,    ['3'] = BOTH,
	['4'] = BOTH,    ['5'] = BOTH,    ['6'] = BOTH,    ['7'] = BOTH,
	['8'] = BOTH,    ['9'] = BOTH,    ['-'] = BOTH,    ['_'] = BOTH,
	['!'] = CLARITY, ['?'] = CLARITY, ['+'] = CLARITY, ['<'] = CLARITY,
	['>'] = CLARITY, ['='] = CLARITY, ['/'] = CLARITY, ['*'] = CLARITY,
};

bool name_has_char(uint8_t c)
{
	return name_bytes[c] & CLARITY;
}

/* Whether `s` is a letter and then bytes that may do `what`. */
static bool name_is(struct span s, uint8_t what)
{
	uint8_t all = what;

	if (!(name_bytes[s.p[0]] & LETTER))
		return false;
	for (size_t i = 1; i < s.len; i++)
		all &= name_bytes[s.p[i]];
	return all;
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
	return name_is(s, CLARITY) || name_is_operator(s);
}

bool name_is_contract(struct span s)
{
	if (s.len == 0 || s.len > NAME_MAX_LEN)
		return false;
	return name_is(s, CONTRACT) || span_eq(s, span_str("__transient"));
}
