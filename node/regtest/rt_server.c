/* node/regtest/rt_server.c - Connections; contract in rt_server.h. */
#include "config.h"

#include "node/regtest/rt_server.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/crypto/secret.h"
#include "node/regtest/rt_http.h"

#define READ_BYTES 65536u
#define IN_MAX ((size_t)RT_HTTP_HEAD_MAX + RT_HTTP_BODY_MAX)
#define OUT_MAX (RT_RPC_ANSWER_MAX + 4096u)

static const char json_type[] = "application/json";
static const char text_type[] = "text/html; charset=ISO-8859-1";

struct client {
	struct env_handle handle; /* ENV_NONE: the place is free */
	struct buf in;
	struct buf out;
	size_t sent; /* of `out` */
	bool does_close;
	bool has_continued;
	uint64_t seen_ms; /* when it last did something */
};

struct secret {
	uint8_t bytes[RT_SERVER_SECRET_MAX];
	size_t len;
};

struct rt_server {
	const struct env *env;
	struct rt_rpc *rpc;
	struct env_handle listener;
	struct secret secrets[RT_SERVER_SECRETS_MAX];
	unsigned n_secrets;
	struct client clients[RT_SERVER_CLIENTS_MAX];
};

static struct rt_server *server_new(void)
{
	return calloc(1, sizeof(struct rt_server));
}

enum err rt_server_open(struct rt_server **ret,
                        const struct rt_server_options *options)
{
	struct rt_server *s = server_new();
	enum err e;

	if (!s)
		return ERR_NO_MEMORY;
	s->env = options->env;
	s->rpc = options->rpc;
	s->listener = ENV_NONE;
	for (unsigned i = 0; i < RT_SERVER_CLIENTS_MAX; i++)
		s->clients[i].handle = ENV_NONE;
	for (unsigned i = 0; i < options->n_secrets; i++) {
		struct span from = options->secrets[i];

		if (from.len > RT_SERVER_SECRET_MAX) {
			rt_server_close(s);
			return ERR_TOO_LARGE;
		}
		memcpy(s->secrets[i].bytes, from.p, from.len);
		s->secrets[i].len = from.len;
	}
	s->n_secrets = options->n_secrets;
	e = env_listen(s->env, options->address, &s->listener);
	if (e != ERR_OK) {
		rt_server_close(s);
		return e;
	}
	*ret = s;
	return ERR_OK;
}

static void client_close(struct rt_server *s, struct client *c)
{
	env_close(s->env, &c->handle);
	buf_fini(&c->in);
	buf_fini(&c->out);
}

void rt_server_close(struct rt_server *s)
{
	if (!s)
		return;
	for (unsigned i = 0; i < RT_SERVER_CLIENTS_MAX; i++) {
		if (s->clients[i].handle.n >= 0)
			client_close(s, &s->clients[i]);
	}
	env_close(s->env, &s->listener);
	secret_wipe(s->secrets, sizeof(s->secrets));
	free(s);
}

enum err rt_server_address(const struct rt_server *s, char *ret, size_t size)
{
	return env_address(s->env, s->listener, false, ret, size);
}

/* --- requests --- */

static bool is_allowed(const struct rt_server *s, const struct rt_http *h)
{
	bool is = false;

	for (unsigned i = 0; i < s->n_secrets; i++)
		is |= rt_http_is_allowed(
		    h->authorization,
		    span_of(s->secrets[i].bytes, s->secrets[i].len));
	return is;
}

static bool is_served(struct span path)
{
	static const char wallet[] = "/wallet/";

	return span_eq(path, span_str("/")) ||
	       (path.len >= sizeof(wallet) - 1 &&
	        memcmp(path.p, wallet, sizeof(wallet) - 1) == 0);
}

static void say(struct client *c, unsigned status, const char *text)
{
	(void)rt_http_answer(&c->out, status, text_type, span_str(text),
	                     c->does_close);
}

/* @return ERR_OK, or the call's fault. */
static enum err serve(struct rt_server *s, struct client *c,
                      const struct rt_http *h)
{
	struct buf answer;
	unsigned status;

	c->does_close |= h->does_close;
	if (!is_served(h->path)) {
		say(c, 404, "");
		return ERR_OK;
	}
	if (!span_eq(h->method, span_str("POST"))) {
		say(c, 405, "JSONRPC server handles only POST requests");
		return ERR_OK;
	}
	if (!is_allowed(s, h)) {
		say(c, 401, "");
		return ERR_OK;
	}
	buf_init(&answer, RT_RPC_ANSWER_MAX);
	status = rt_rpc_handle(s->rpc, h->path, h->body, &answer);
	(void)rt_http_answer(&c->out, status, json_type, buf_span(&answer),
	                     c->does_close);
	buf_fini(&answer);
	return s->rpc->fault;
}

/* Drops what was read, so that the next request begins the buffer. */
static void shift(struct buf *b, size_t len)
{
	memmove(b->p, b->p + len, b->len - len);
	b->len -= len;
}

/* Answers every whole request that has come. */
static enum err serve_all(struct rt_server *s, struct client *c)
{
	while (c->in.len > 0 && !c->does_close) {
		struct rt_http h;
		enum err e = rt_http_read(&h, buf_span(&c->in));

		if (e == ERR_TRUNCATED) {
			if (h.wants_continue && !c->has_continued)
				(void)rt_http_answer(&c->out, 100, "",
				                     span_of(NULL, 0), false);
			c->has_continued = h.wants_continue;
			return ERR_OK;
		}
		c->has_continued = false;
		if (e != ERR_OK) {
			c->does_close = true;
			say(c, e == ERR_TOO_LARGE ? 413 : 400, "");
			return ERR_OK;
		}
		TRY(serve(s, c, &h));
		shift(&c->in, h.len);
	}
	return ERR_OK;
}

/* --- bytes --- */

/* Reads what is there. @return whether the connection is still good. */
static bool receive(struct rt_server *s, struct client *c)
{
	for (;;) {
		uint8_t *room = buf_room(&c->in, READ_BYTES);
		size_t n = 0;
		enum err e;

		if (!room)
			return false;
		e = env_read(s->env, c->handle, room, READ_BYTES, &n);
		if (e == ERR_AGAIN)
			return true;
		if (e != ERR_OK || n == 0)
			return false;
		c->in.len += n;
		if (n < READ_BYTES)
			return true;
	}
}

/* Sends what fits. @return whether the connection is still good. */
static bool transmit(struct rt_server *s, struct client *c)
{
	while (c->sent < c->out.len) {
		size_t n = 0;
		enum err e = env_write(s->env, c->handle, c->out.p + c->sent,
		                       c->out.len - c->sent, &n);

		if (e == ERR_AGAIN)
			return true;
		if (e != ERR_OK)
			return false;
		c->sent += n;
	}
	buf_fini(&c->out);
	buf_init(&c->out, OUT_MAX);
	c->sent = 0;
	return !c->does_close;
}

static enum err client_step(struct rt_server *s, struct client *c, uint8_t has,
                            uint64_t now)
{
	bool is_good = true;

	if (has == 0) {
		if (now - c->seen_ms > RT_SERVER_IDLE_MS)
			client_close(s, c);
		return ERR_OK;
	}
	c->seen_ms = now;
	if (has & (ENV_CAN_READ | ENV_HUNG_UP))
		is_good = receive(s, c);
	TRY(serve_all(s, c));
	/* A client may close its side and still wait for the answer. */
	if (!transmit(s, c) || !is_good || buf_err(&c->out) != ERR_OK)
		client_close(s, c);
	return ERR_OK;
}

static enum err take_clients(struct rt_server *s, uint64_t now)
{
	for (unsigned i = 0; i < RT_SERVER_CLIENTS_MAX; i++) {
		struct client *c = &s->clients[i];
		enum err e;

		if (c->handle.n >= 0)
			continue;
		e = env_accept(s->env, s->listener, &c->handle);
		if (e != ERR_OK) {
			c->handle = ENV_NONE;
			return e == ERR_AGAIN || e == ERR_NO_HANDLES ? ERR_OK
			                                             : e;
		}
		buf_init(&c->in, IN_MAX + READ_BYTES);
		buf_init(&c->out, OUT_MAX);
		c->sent = 0;
		c->does_close = false;
		c->has_continued = false;
		c->seen_ms = now;
	}
	return ERR_OK;
}

bool rt_server_has_answers(const struct rt_server *s)
{
	for (unsigned i = 0; i < RT_SERVER_CLIENTS_MAX; i++) {
		if (s->clients[i].handle.n >= 0 &&
		    s->clients[i].sent < s->clients[i].out.len)
			return true;
	}
	return false;
}

enum err rt_server_step(struct rt_server *s, uint64_t timeout_ms)
{
	struct env_poll polls[RT_SERVER_CLIENTS_MAX + 1];
	struct client *who[RT_SERVER_CLIENTS_MAX + 1];
	size_t n = 0;
	size_t n_ready;
	uint64_t now;

	for (unsigned i = 0; i < RT_SERVER_CLIENTS_MAX; i++) {
		struct client *c = &s->clients[i];

		if (c->handle.n < 0)
			continue;
		who[n] = c;
		polls[n].handle = c->handle;
		polls[n++].wants =
		    c->sent < c->out.len ? ENV_CAN_WRITE : ENV_CAN_READ;
	}
	bool has_room = n < RT_SERVER_CLIENTS_MAX;

	if (has_room)
		polls[n] = (struct env_poll){ .handle = s->listener,
			                      .wants = ENV_CAN_READ };
	TRY(env_wait(s->env, polls, n + has_room, timeout_ms, &n_ready));
	now = env_mono_ns(s->env) / 1000000;
	for (size_t i = 0; i < n; i++)
		TRY(client_step(s, who[i], polls[i].has, now));
	return has_room && polls[n].has ? take_clients(s, now) : ERR_OK;
}
