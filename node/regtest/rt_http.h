/*
 * node/regtest/rt_http.h - As much of HTTP as calls need, as bytes.
 *
 * A request is read from what has come so far; an answer is bytes to send.
 * Nothing here knows of sockets, so that a simulated network can carry it:
 * that, and being driven step by step, is why no library does it.
 *
 * Layer:    node/regtest; pure.
 * Memory:   a request borrows the bytes that it was read from.
 * Threads:  pure functions.
 * Spec:     RFC 9112, without chunks.
 */
#ifndef NODE_REGTEST_RT_HTTP_H
#define NODE_REGTEST_RT_HTTP_H

#include <stdbool.h>

#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"

/** Bytes of a request's head and of its body at most. */
#define RT_HTTP_HEAD_MAX 8192u
#define RT_HTTP_BODY_MAX 0x02000000u

struct rt_http {
	struct span method;
	struct span path;          /* without what follows a ? */
	struct span authorization; /* the header's value; empty without */
	struct span body;
	bool does_close;     /* the client wants no more answers */
	bool wants_continue; /* it waits before it sends the body */
	size_t len;          /* bytes of the whole request */
};

/**
 * Reads a request.
 *
 * @return ERR_OK; ERR_TRUNCATED: more has to come (`wants_continue` is set
 *         once the head is there); ERR_TOO_LARGE; ERR_SYNTAX.
 */
MUST_USE enum err rt_http_read(struct rt_http *ret, struct span bytes);

/** Appends an answer; `type` is of its body. Errors as buf_add. */
enum err rt_http_answer(struct buf *b, unsigned status, const char *type,
                        struct span body, bool does_close);

/** @return whether the header's value is Basic with `user:password`; compared
 * in time that tells nothing about it. */
bool rt_http_is_allowed(struct span authorization, struct span secret);

#endif /* NODE_REGTEST_RT_HTTP_H */
