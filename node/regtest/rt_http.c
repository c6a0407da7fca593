/* node/regtest/rt_http.c - Requests and answers; contract in rt_http.h. */
#include "config.h"

#include "node/regtest/rt_http.h"

#include <string.h>

#include "clarity/base/num.h"
#include "clarity/crypto/secret.h"

#define SECRET_MAX 512u

/* Takes what stands before the next blank or line end. */
static struct span take_word(struct cursor *c)
{
	const uint8_t *from = c->at;

	while (cursor_left(c) > 0 && *c->at != ' ' && *c->at != '\r')
		c->at++;
	struct span word = span_of(from, (size_t)(c->at - from));

	if (cursor_left(c) > 0 && *c->at == ' ')
		c->at++;
	return word;
}

/* Takes a line without its end. */
static struct span take_line(struct cursor *c)
{
	const uint8_t *from = c->at;
	size_t len;

	while (cursor_left(c) > 0 && *c->at != '\n')
		c->at++;
	len = (size_t)(c->at - from);
	if (len > 0 && from[len - 1] == '\r')
		len--;
	if (cursor_left(c) > 0)
		c->at++;
	return span_of(from, len);
}

/* Whether `text` is `word` but for the case of ASCII letters. */
static bool is_word(struct span text, const char *word)
{
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.p[i];

		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		if (!word[i] || c != (uint8_t)word[i])
			return false;
	}
	return word[text.len] == '\0';
}

static struct span trim(struct span s)
{
	for (; s.len > 0 && (*s.p == ' ' || *s.p == '\t'); s.len--)
		s.p++;
	while (s.len > 0 && (s.p[s.len - 1] == ' ' || s.p[s.len - 1] == '\t'))
		s.len--;
	return s;
}

static enum err read_header(struct rt_http *h, struct span line,
                            uint64_t *ret_body)
{
	const uint8_t *colon = memchr(line.p, ':', line.len);
	struct span name;
	struct span value;

	if (!colon)
		return ERR_SYNTAX;
	name = span_of(line.p, (size_t)(colon - line.p));
	value = trim(span_of(colon + 1, line.len - name.len - 1));
	if (is_word(name, "content-length")) {
		if (!u64_parse(ret_body, (const char *)value.p, value.len))
			return ERR_SYNTAX;
	} else if (is_word(name, "transfer-encoding")) {
		return ERR_SYNTAX;
	} else if (is_word(name, "authorization")) {
		h->authorization = value;
	} else if (is_word(name, "connection")) {
		if (is_word(value, "close"))
			h->does_close = true;
		else if (is_word(value, "keep-alive"))
			h->does_close = false;
	} else if (is_word(name, "expect")) {
		h->wants_continue = is_word(value, "100-continue");
	}
	return ERR_OK;
}

/* @return the length of the head with its empty line; 0: it is not whole. */
static size_t head_len(struct span bytes)
{
	for (size_t i = 3; i < bytes.len; i++) {
		if (bytes.p[i] == '\n' &&
		    memcmp(bytes.p + i - 3, "\r\n\r", 3) == 0)
			return i + 1;
	}
	return 0;
}

static enum err read_first_line(struct rt_http *ret, struct span line)
{
	struct cursor c = cursor_of(line);
	struct span version;
	const uint8_t *query;

	ret->method = take_word(&c);
	ret->path = take_word(&c);
	version = take_word(&c);
	query = memchr(ret->path.p, '?', ret->path.len);
	if (query)
		ret->path.len = (size_t)(query - ret->path.p);
	if (!is_word(version, "http/1.1") && !is_word(version, "http/1.0"))
		return ERR_SYNTAX;
	ret->does_close = is_word(version, "http/1.0");
	return ret->method.len > 0 && ret->path.len > 0 ? ERR_OK : ERR_SYNTAX;
}

enum err rt_http_read(struct rt_http *ret, struct span bytes)
{
	size_t head = head_len(bytes);
	uint64_t body = 0;
	struct cursor c;

	memset(ret, 0, sizeof(*ret));
	if (head == 0)
		return bytes.len > RT_HTTP_HEAD_MAX ? ERR_TOO_LARGE
		                                    : ERR_TRUNCATED;
	if (head > RT_HTTP_HEAD_MAX)
		return ERR_TOO_LARGE;
	c = cursor_of(span_of(bytes.p, head - 2));
	TRY(read_first_line(ret, take_line(&c)));
	while (cursor_left(&c) > 0)
		TRY(read_header(ret, take_line(&c), &body));
	if (body > RT_HTTP_BODY_MAX)
		return ERR_TOO_LARGE;
	if (bytes.len - head < body)
		return ERR_TRUNCATED;
	ret->body = span_of(bytes.p + head, (size_t)body);
	ret->len = head + (size_t)body;
	return ERR_OK;
}

static const char *phrase_of(unsigned status)
{
	switch (status) {
	case 100:
		return "Continue";
	case 200:
		return "OK";
	case 400:
		return "Bad Request";
	case 401:
		return "Unauthorized";
	case 404:
		return "Not Found";
	case 405:
		return "Method Not Allowed";
	case 413:
		return "Content Too Large";
	case 503:
		return "Service Unavailable";
	default:
		return "Internal Server Error";
	}
}

enum err rt_http_answer(struct buf *b, unsigned status, const char *type,
                        struct span body, bool does_close)
{
	(void)buf_addf(b, "HTTP/1.1 %u %s\r\n", status, phrase_of(status));
	if (status == 100)
		return buf_add_str(b, "\r\n");
	if (status == 401)
		(void)buf_add_str(
		    b, "WWW-Authenticate: Basic realm=\"jsonrpc\"\r\n");
	(void)buf_addf(b, "Content-Type: %s\r\nContent-Length: %zu\r\n", type,
	               body.len);
	if (does_close)
		(void)buf_add_str(b, "Connection: close\r\n");
	(void)buf_add_str(b, "\r\n");
	return buf_add_span(b, body);
}

/* --- who may ask --- */

static int base64_digit(uint8_t c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '+')
		return 62;
	return c == '/' ? 63 : -1;
}

/* @return the length; 0 for what is not base64 or too long. */
static size_t base64_read(uint8_t ret[SECRET_MAX], struct span text)
{
	uint32_t bits = 0;
	unsigned n_bits = 0;
	size_t len = 0;

	while (text.len > 0 && text.p[text.len - 1] == '=')
		text.len--;
	for (size_t i = 0; i < text.len; i++) {
		int digit = base64_digit(text.p[i]);

		if (digit < 0 || len == SECRET_MAX)
			return 0;
		bits = (bits << 6 | (uint32_t)digit) & 0xffff;
		n_bits += 6;
		if (n_bits >= 8) {
			n_bits -= 8;
			ret[len++] = (uint8_t)(bits >> n_bits);
		}
	}
	return len;
}

bool rt_http_is_allowed(struct span authorization, struct span secret)
{
	static const char head[] = "Basic ";
	uint8_t given[SECRET_MAX];
	size_t skip = sizeof(head) - 1;
	size_t len;

	if (authorization.len < skip ||
	    !is_word(span_of(authorization.p, skip), "basic "))
		return false;
	len = base64_read(
	    given, span_of(authorization.p + skip, authorization.len - skip));
	bool is_same =
	    len == secret.len && len > 0 && secret_eq(given, secret.p, len);

	secret_wipe(given, sizeof(given));
	return is_same;
}
