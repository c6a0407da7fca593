/*
 * tests/unit/node/regtest/test_rt_http.c - Claims about
 * node/regtest/rt_http.c.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/regtest/rt_http.h"

static enum err read_text(struct rt_http *h, const char *text)
{
	return rt_http_read(h, span_str(text));
}

static void a_request_is_read_whole_or_not_at_all(void **state)
{
	(void)state;
	static const char text[] = "POST /wallet/a?x=1 HTTP/1.1\r\n"
				   "Host: a\r\n"
				   "AUTHORIZATION:  Basic YTpi \r\n"
				   "content-length: 3\r\n\r\nabcNEXT";
	size_t whole = strlen(text) - strlen("NEXT");
	struct rt_http h;

	for (size_t len = 0; len < whole; len++)
		assert_int_equal(rt_http_read(&h, span_of(text, len)),
		                 ERR_TRUNCATED);
	assert_int_equal(read_text(&h, text), ERR_OK);
	assert_int_equal(h.len, whole);
	assert_true(span_eq(h.method, span_str("POST")));
	assert_true(span_eq(h.path, span_str("/wallet/a")));
	assert_true(span_eq(h.authorization, span_str("Basic YTpi")));
	assert_true(span_eq(h.body, span_str("abc")));
	assert_false(h.does_close);
}

static void what_is_no_request_is_refused(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"\r\n\r\n",
		"POST\r\n\r\n",
		"POST / HTTP/2\r\n\r\n",
		"POST / HTTP/1.1\r\nno colon\r\n\r\n",
		"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
		"POST / HTTP/1.1\r\nContent-Length: 1x\r\n\r\n",
		"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
	};
	struct rt_http h;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_int_equal(read_text(&h, texts[i]), ERR_SYNTAX);
}

static void heads_and_bodies_have_a_maximum(void **state)
{
	(void)state;
	static char head[RT_HTTP_HEAD_MAX + 2];
	struct rt_http h;

	memset(head, 'a', sizeof(head));
	assert_int_equal(rt_http_read(&h, span_of(head, RT_HTTP_HEAD_MAX)),
	                 ERR_TRUNCATED);
	assert_int_equal(rt_http_read(&h, span_of(head, RT_HTTP_HEAD_MAX + 1)),
	                 ERR_TOO_LARGE);
	assert_int_equal(
	    read_text(&h,
	              "POST / HTTP/1.1\r\nContent-Length: 33554432\r\n\r\n"),
	    ERR_TRUNCATED);
	assert_int_equal(
	    read_text(&h,
	              "POST / HTTP/1.1\r\nContent-Length: 33554433\r\n\r\n"),
	    ERR_TOO_LARGE);
}

static void a_client_may_wait_and_may_leave(void **state)
{
	(void)state;
	struct rt_http h;

	assert_int_equal(read_text(&h,
	                           "POST / HTTP/1.1\r\nContent-Length: 1\r\n"
	                           "Expect: 100-Continue\r\n\r\n"),
	                 ERR_TRUNCATED);
	assert_true(h.wants_continue);
	assert_int_equal(
	    read_text(&h, "POST / HTTP/1.1\r\nConnection: Close\r\n\r\n"),
	    ERR_OK);
	assert_true(h.does_close);
	assert_int_equal(read_text(&h, "POST / HTTP/1.0\r\n\r\n"), ERR_OK);
	assert_true(h.does_close);
}

static void only_the_secret_opens(void **state)
{
	(void)state;
	struct span secret = span_str("user:word");

	assert_true(rt_http_is_allowed(span_str("Basic dXNlcjp3b3Jk"), secret));
	assert_true(rt_http_is_allowed(span_str("basic dXNlcjp3b3Jk"), secret));
	assert_false(
	    rt_http_is_allowed(span_str("Basic dXNlcjp3b3Jl"), secret));
	assert_false(
	    rt_http_is_allowed(span_str("Basic dXNlcjp3b3I="), secret));
	assert_false(rt_http_is_allowed(span_str("Basic "), secret));
	assert_false(rt_http_is_allowed(span_str(""), secret));
	assert_false(
	    rt_http_is_allowed(span_str("Bearer dXNlcjp3b3Jk"), secret));
	assert_false(rt_http_is_allowed(span_str("Basic ***"), secret));
	assert_false(rt_http_is_allowed(span_str("Basic "), span_str("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_request_is_read_whole_or_not_at_all),
		cmocka_unit_test(what_is_no_request_is_refused),
		cmocka_unit_test(heads_and_bodies_have_a_maximum),
		cmocka_unit_test(a_client_may_wait_and_may_leave),
		cmocka_unit_test(only_the_secret_opens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
