/* node/io/json_read.c - JSON over cJSON; contract in json_read.h. */
#include "config.h"

#include "node/io/json_read.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"

/* What a struct json is, seen from here. */
static const cJSON *of(const struct json *v)
{
	return (const cJSON *)(const void *)v;
}

static const struct json *json_of(const cJSON *v)
{
	return (const struct json *)(const void *)v;
}

/* The walk over the text before cJSON sees it. */
struct scan {
	const uint8_t *at;
	const uint8_t *end;
	unsigned depth;
	bool is_object[JSON_READ_DEPTH_MAX];
};

/* Four hex digits of a \u escape. */
static enum err scan_hex4(struct scan *s, uint32_t *ret)
{
	uint32_t v = 0;

	for (int i = 0; i < 4; i++) {
		uint8_t c = s->at < s->end ? *s->at++ : 0;
		uint8_t low = c | 0x20;

		if (c >= '0' && c <= '9')
			v = v << 4 | (uint32_t)(c - '0');
		else if (low >= 'a' && low <= 'f')
			v = v << 4 | (uint32_t)(low - 'a' + 10);
		else
			return ERR_SYNTAX;
	}
	*ret = v;
	return ERR_OK;
}

static enum err scan_escape(struct scan *s)
{
	uint32_t c = 0;

	if (s->at == s->end)
		return ERR_SYNTAX;
	if (*s->at != 'u')
		return memchr("\"\\/bfnrt", *s->at++, 8) ? ERR_OK : ERR_SYNTAX;
	s->at++;
	TRY(scan_hex4(s, &c));
	if (c == 0 || (c >= 0xdc00 && c <= 0xdfff))
		return ERR_SYNTAX;
	if (c < 0xd800 || c > 0xdbff)
		return ERR_OK;
	if (s->end - s->at < 2 || s->at[0] != '\\' || s->at[1] != 'u')
		return ERR_SYNTAX;
	s->at += 2;
	TRY(scan_hex4(s, &c));
	return c >= 0xdc00 && c <= 0xdfff ? ERR_OK : ERR_SYNTAX;
}

/* One character above ASCII; its first byte is `s->at[0]`. */
static enum err scan_utf8(struct scan *s)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint8_t first = *s->at;
	unsigned len = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	uint32_t c = first & (0x7fu >> len);

	if (first < 0xc2 || first > 0xf4 || s->end - s->at < (long)len)
		return ERR_SYNTAX;
	for (unsigned i = 1; i < len; i++) {
		if ((s->at[i] & 0xc0) != 0x80)
			return ERR_SYNTAX;
		c = c << 6 | (s->at[i] & 0x3f);
	}
	s->at += len;
	if (c < least[len] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return ERR_SYNTAX;
	return ERR_OK;
}

/* The text behind an opening quote, up to its closing one. */
static enum err scan_text(struct scan *s)
{
	while (s->at < s->end) {
		uint8_t c = *s->at;

		if (c < 0x20)
			return ERR_SYNTAX;
		if (c >= 0x80) {
			TRY(scan_utf8(s));
			continue;
		}
		s->at++;
		if (c == '"')
			return ERR_OK;
		if (c == '\\')
			TRY(scan_escape(s));
	}
	return ERR_SYNTAX;
}

static size_t scan_digits(struct scan *s)
{
	const uint8_t *start = s->at;

	while (s->at < s->end && *s->at >= '0' && *s->at <= '9')
		s->at++;
	return (size_t)(s->at - start);
}

static bool scan_take(struct scan *s, const char *any)
{
	if (s->at == s->end || *s->at == 0 || !strchr(any, *s->at))
		return false;
	s->at++;
	return true;
}

static enum err scan_number(struct scan *s)
{
	(void)scan_take(s, "-");

	const char *digits = (const char *)s->at;
	size_t n = scan_digits(s);
	bool is_whole = true;
	uint64_t v = 0;

	if (n == 0 || (n > 1 && digits[0] == '0'))
		return ERR_SYNTAX;
	if (scan_take(s, ".")) {
		is_whole = false;
		if (scan_digits(s) == 0)
			return ERR_SYNTAX;
	}
	if (scan_take(s, "eE")) {
		is_whole = false;
		(void)scan_take(s, "+-");
		if (scan_digits(s) == 0)
			return ERR_SYNTAX;
	}
	if (is_whole && (!u64_parse(&v, digits, n) || v > JSON_READ_NUMBER_MAX))
		return ERR_OVERFLOW;
	return ERR_OK;
}

static void scan_space(struct scan *s)
{
	while (s->at < s->end && *s->at && strchr(" \t\r\n", *s->at))
		s->at++;
}

static enum err scan_word(struct scan *s, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(s->end - s->at) < len || memcmp(s->at, word, len) != 0)
		return ERR_SYNTAX;
	s->at += len;
	return ERR_OK;
}

static enum err scan_scalar(struct scan *s)
{
	if (s->at == s->end)
		return ERR_SYNTAX;
	switch (*s->at) {
	case '"':
		s->at++;
		return scan_text(s);
	case 't':
		return scan_word(s, "true");
	case 'f':
		return scan_word(s, "false");
	case 'n':
		return scan_word(s, "null");
	default:
		return scan_number(s);
	}
}

static enum err scan_key(struct scan *s)
{
	scan_space(s);
	if (!scan_take(s, "\""))
		return ERR_SYNTAX;
	TRY(scan_text(s));
	scan_space(s);
	return scan_take(s, ":") ? ERR_OK : ERR_SYNTAX;
}

/* Opens an object or array; an empty one is closed at once. */
static enum err scan_open(struct scan *s, bool is_object, bool *ret_is_empty)
{
	if (s->depth == JSON_READ_DEPTH_MAX)
		return ERR_TOO_LARGE;
	scan_space(s);
	*ret_is_empty = scan_take(s, is_object ? "}" : "]");
	if (*ret_is_empty)
		return ERR_OK;
	s->is_object[s->depth++] = is_object;
	return is_object ? scan_key(s) : ERR_OK;
}

/* Behind a value: closes what ends here. Sets whether another value follows. */
static enum err scan_behind(struct scan *s, bool *ret_more)
{
	*ret_more = false;
	while (s->depth > 0) {
		bool is_object = s->is_object[s->depth - 1];

		scan_space(s);
		if (scan_take(s, ",")) {
			*ret_more = true;
			return is_object ? scan_key(s) : ERR_OK;
		}
		if (!scan_take(s, is_object ? "}" : "]"))
			return ERR_SYNTAX;
		s->depth--;
	}
	return ERR_OK;
}

static enum err scan_document(struct scan *s)
{
	bool has_more = true;

	while (has_more) {
		bool is_whole = true;

		scan_space(s);
		if (scan_take(s, "{"))
			TRY(scan_open(s, true, &is_whole));
		else if (scan_take(s, "["))
			TRY(scan_open(s, false, &is_whole));
		else
			TRY(scan_scalar(s));
		if (is_whole)
			TRY(scan_behind(s, &has_more));
	}
	scan_space(s);
	return s->at == s->end ? ERR_OK : ERR_SYNTAX;
}

enum err json_read_parse(const struct json **ret, struct span text, size_t max)
{
	if (text.len > max)
		return ERR_TOO_LARGE;
	if (text.len == 0)
		return ERR_SYNTAX;

	struct scan s = { .at = text.p, .end = text.p + text.len };

	TRY(scan_document(&s));

	cJSON *doc = cJSON_ParseWithLength((const char *)text.p, text.len);

	/* The text is known to be good: only memory can have failed. */
	if (!doc)
		return ERR_NO_MEMORY;
	*ret = json_of(doc);
	return ERR_OK;
}

void json_read_free(const struct json *doc)
{
	/* Readers get a constant tree; here it goes back to its owner. */
	cJSON_Delete((cJSON *)(uintptr_t)doc);
}

const struct json *json_read_get(const struct json *v, const char *key)
{
	if (!cJSON_IsObject(of(v)))
		return NULL;
	return json_of(cJSON_GetObjectItemCaseSensitive(of(v), key));
}

const struct json *json_read_first(const struct json *v)
{
	return cJSON_IsObject(of(v)) || cJSON_IsArray(of(v))
	           ? json_of(of(v)->child)
	           : NULL;
}

const struct json *json_read_next(const struct json *item)
{
	return item ? json_of(of(item)->next) : NULL;
}

struct span json_read_key(const struct json *item)
{
	return item && of(item)->string ? span_str(of(item)->string)
	                                : span_of(NULL, 0);
}

bool json_read_is_null(const struct json *v)
{
	return cJSON_IsNull(of(v));
}

bool json_read_is_object(const struct json *v)
{
	return cJSON_IsObject(of(v));
}

bool json_read_is_array(const struct json *v)
{
	return cJSON_IsArray(of(v));
}

bool json_read_bool(const struct json *v, bool *ret)
{
	if (!cJSON_IsBool(of(v)))
		return false;
	*ret = cJSON_IsTrue(of(v));
	return true;
}

bool json_read_text(const struct json *v, struct span *ret)
{
	if (!cJSON_IsString(of(v)))
		return false;
	*ret = span_str(of(v)->valuestring);
	return true;
}

/* The double of an integer up to 2^53 is that integer; others are none. */
static bool number_magnitude(double d, uint64_t *ret)
{
	if (!(d >= 0) || d > (double)JSON_READ_NUMBER_MAX)
		return false;

	uint64_t v = (uint64_t)d;

	if ((double)v < d)
		return false;
	*ret = v;
	return true;
}

bool json_read_u128(const struct json *v, u128 *ret)
{
	uint64_t small;
	u128 sum = 0;
	const char *s;

	if (cJSON_IsNumber(of(v))) {
		if (!number_magnitude(of(v)->valuedouble, &small))
			return false;
		*ret = small;
		return true;
	}
	if (!cJSON_IsString(of(v)) || !of(v)->valuestring[0])
		return false;
	for (s = of(v)->valuestring; *s >= '0' && *s <= '9'; s++) {
		if (!u128_mul(&sum, sum, 10) ||
		    !u128_add(&sum, sum, (u128)(*s - '0')))
			return false;
	}
	if (*s)
		return false;
	*ret = sum;
	return true;
}

bool json_read_u64(const struct json *v, uint64_t *ret)
{
	u128 wide;

	if (!json_read_u128(v, &wide) || wide > UINT64_MAX)
		return false;
	*ret = (uint64_t)wide;
	return true;
}

bool json_read_i64(const struct json *v, int64_t *ret)
{
	uint64_t size = 0;
	bool is_negative = false;
	bool is_number = cJSON_IsNumber(of(v));

	if (is_number) {
		double d = of(v)->valuedouble;

		is_negative = d < 0;
		if (!number_magnitude(is_negative ? -d : d, &size))
			return false;
	} else if (cJSON_IsString(of(v))) {
		const char *s = of(v)->valuestring;

		is_negative = *s == '-';
		s += is_negative;
		if (!u64_parse(&size, s, strlen(s)))
			return false;
	} else {
		return false;
	}
	if (size > (uint64_t)INT64_MAX + is_negative)
		return false;
	*ret = is_negative ? (int64_t)(0 - size) : (int64_t)size;
	return true;
}

/* Digits, perhaps a point and at most `digits` more. */
static bool fixed_of_text(const char *s, unsigned digits, int64_t *ret)
{
	bool is_negative = *s == '-';
	bool has_point = false;
	uint64_t v = 0;

	s += is_negative;
	if (!*s || *s == '.')
		return false;
	for (; *s; s++) {
		if (*s == '.' && !has_point && s[1]) {
			has_point = true;
			continue;
		}
		if (*s < '0' || *s > '9' || (has_point && digits-- == 0) ||
		    !u64_mul(&v, v, 10) ||
		    !u64_add(&v, v, (uint64_t)(*s - '0')))
			return false;
	}
	for (; digits > 0; digits--) {
		if (!u64_mul(&v, v, 10))
			return false;
	}
	if (v > (uint64_t)INT64_MAX)
		return false;
	*ret = is_negative ? -(int64_t)v : (int64_t)v;
	return true;
}

/* A double has 53 bits: up to 2^53 units its nearest one is what was meant,
 * and how far off it may be shows whether more digits were written. */
static bool fixed_of_double(double d, unsigned digits, int64_t *ret)
{
	bool is_negative = d < 0;
	double scaled = is_negative ? -d : d;
	double off;

	for (; digits > 0; digits--)
		scaled *= 10;
	if (!(scaled <= (double)JSON_READ_NUMBER_MAX))
		return false;

	uint64_t v = (uint64_t)(scaled + 0.5);

	off = scaled - (double)v;
	if (off < 0)
		off = -off;
	if (off > 1e-6 + scaled / (double)((uint64_t)1 << 50))
		return false;
	*ret = is_negative ? -(int64_t)v : (int64_t)v;
	return true;
}

bool json_read_fixed(const struct json *v, unsigned digits, int64_t *ret)
{
	CHECK(digits <= 8);
	if (cJSON_IsNumber(of(v)))
		return fixed_of_double(of(v)->valuedouble, digits, ret);
	return cJSON_IsString(of(v)) &&
	       fixed_of_text(of(v)->valuestring, digits, ret);
}
