/* tests/lib/env_sim_net.c - A network in memory; contract in env_sim.h. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "tests/lib/env_sim_state.h"

struct sim_pipe *env_sim_net_pipe(void)
{
	return env_sim_alloc(sizeof(struct sim_pipe));
}

struct sim_conn *env_sim_net_conn(struct sim_pipe *in, struct sim_pipe *out)
{
	struct sim_conn *c = env_sim_alloc(sizeof(*c));

	c->in = in;
	c->out = out;
	return c;
}

static void pipe_empty(struct sim_pipe *p)
{
	while (p->first) {
		struct sim_chunk *c = p->first;

		p->first = c->next;
		free(c);
	}
	p->last = NULL;
	p->held = 0;
}

void env_sim_net_end(struct env_sim_world *w, struct sim_pipe *p,
                     bool is_writer)
{
	if (!p)
		return;
	if (is_writer) {
		p->writer_gone = true;
		p->end_ms = env_sim_ms(w) + w->latency_ms;
	} else {
		p->reader_gone = true;
		p->gone_ms = env_sim_ms(w) + w->latency_ms;
		pipe_empty(p);
	}
	if (p->writer_gone && p->reader_gone) {
		pipe_empty(p);
		free(p);
	}
}

size_t env_sim_net_put(struct env_sim_world *w, struct sim_pipe *p,
                       const void *bytes, size_t len)
{
	size_t room = ENV_SIM_PIPE_BYTES - p->held;

	if (len > room)
		len = room;
	if (len == 0)
		return 0;

	/* What is sent before the reader's end is known is lost. */
	if (p->reader_gone)
		return len;

	struct sim_chunk *c = env_sim_alloc(sizeof(*c) + len);

	c->when_ms = env_sim_ms(w) + w->latency_ms;
	c->len = len;
	memcpy(c->bytes, bytes, len);
	if (p->last)
		p->last->next = c;
	else
		p->first = c;
	p->last = c;
	p->held += len;
	return len;
}

/* Takes bytes that have arrived, at most `max`. */
static size_t pipe_take(const struct env_sim_world *w, struct sim_pipe *p,
                        uint8_t *ret, size_t max)
{
	size_t n = 0;

	while (p->first && p->first->when_ms <= env_sim_ms(w) && n < max) {
		struct sim_chunk *c = p->first;
		size_t len = c->len - c->from;

		if (len > max - n)
			len = max - n;
		memcpy(ret + n, c->bytes + c->from, len);
		c->from += len;
		n += len;
		p->held -= len;
		if (c->from == c->len) {
			p->first = c->next;
			p->last = p->first ? p->last : NULL;
			free(c);
		}
	}
	return n;
}

static bool pipe_has_bytes(const struct env_sim_world *w,
                           const struct sim_pipe *p)
{
	return p->first && p->first->when_ms <= env_sim_ms(w);
}

static bool pipe_is_at_end(const struct env_sim_world *w,
                           const struct sim_pipe *p)
{
	return !p->first && p->writer_gone && p->end_ms <= env_sim_ms(w);
}

static bool pipe_is_unread(const struct env_sim_world *w,
                           const struct sim_pipe *p)
{
	return p->reader_gone && p->gone_ms <= env_sim_ms(w);
}

/* When something new can be read from a pipe; UINT64_MAX: who knows. */
static uint64_t pipe_next_ms(const struct sim_pipe *p)
{
	if (p->first)
		return p->first->when_ms;
	return p->writer_gone ? p->end_ms : UINT64_MAX;
}

static struct sim_listener *listener_find(struct env_sim_world *w,
                                          const char *address)
{
	for (struct sim_listener *l = w->listeners; l; l = l->next) {
		if (strcmp(l->address, address) == 0)
			return l;
	}
	return NULL;
}

/* "1.2.3.4:5" or "[::1]:5"; the host may be any text of its characters. */
static enum err address_check(const char *text, size_t *ret_host,
                              uint64_t *ret_port)
{
	const char *colon = strrchr(text, ':');
	size_t len = colon ? (size_t)(colon - text) : 0;
	bool is_v6 = len > 2 && text[0] == '[' && text[len - 1] == ']';

	if (len == 0 || strlen(text) >= SIM_ADDRESS ||
	    !u64_parse(ret_port, colon + 1, strlen(colon + 1)) ||
	    *ret_port > 65535)
		return ERR_SYNTAX;
	if (!is_v6 && strspn(text, "0123456789.") != len)
		return ERR_SYNTAX;
	*ret_host = len;
	return ERR_OK;
}

/* The address with a port of its own in place of port 0. */
static void address_fill(struct env_sim_world *w, const char *text, size_t host,
                         uint64_t port, char ret[SIM_ADDRESS])
{
	if (port == 0)
		port = w->next_port++;
	(void)snprintf(ret, SIM_ADDRESS, "%.*s:%u", (int)host, text,
	               (unsigned)port);
}

static enum err sim_listen(void *self, const char *text, struct env_handle *ret)
{
	struct env_sim *s = self;
	char address[SIM_ADDRESS];
	uint64_t port;
	size_t host;

	TRY(address_check(text, &host, &port));
	address_fill(s->world, text, host, port, address);
	if (listener_find(s->world, address))
		return ERR_IN_USE;

	struct sim_handle *h = env_sim_handle_new(s, SIM_LISTENER, ret);

	if (!h)
		return ERR_NO_HANDLES;
	h->listener = env_sim_alloc(sizeof(*h->listener));
	memcpy(h->listener->address, address, SIM_ADDRESS);
	h->listener->next = s->world->listeners;
	s->world->listeners = h->listener;
	return ERR_OK;
}

static bool listener_is_ready(const struct env_sim_world *w,
                              const struct sim_listener *l)
{
	return l->n && l->backlog[0]->ready_ms <= env_sim_ms(w);
}

static enum err sim_accept(void *self, struct env_handle handle,
                           struct env_handle *ret)
{
	struct env_sim *s = self;
	struct sim_listener *l =
	    env_sim_handle(s, handle, SIM_LISTENER)->listener;

	if (!listener_is_ready(s->world, l))
		return ERR_AGAIN;

	struct sim_handle *h = env_sim_handle_new(s, SIM_CONN, ret);

	if (!h)
		return ERR_NO_HANDLES;
	h->conn = l->backlog[0];
	l->n--;
	memmove(l->backlog, l->backlog + 1, l->n * sizeof(l->backlog[0]));
	return ERR_OK;
}

/* Both ends of a connection; the listener gets one. */
static struct sim_conn *conn_pair(struct env_sim_world *w,
                                  struct sim_listener *l)
{
	struct sim_pipe *there = env_sim_net_pipe();
	struct sim_pipe *back = env_sim_net_pipe();
	struct sim_conn *ours = env_sim_net_conn(back, there);
	struct sim_conn *theirs = env_sim_net_conn(there, back);

	address_fill(w, "127.0.0.1", strlen("127.0.0.1"), 0, ours->local);
	memcpy(ours->peer, l->address, SIM_ADDRESS);
	memcpy(theirs->local, l->address, SIM_ADDRESS);
	memcpy(theirs->peer, ours->local, SIM_ADDRESS);
	ours->ready_ms = env_sim_ms(w) + w->latency_ms;
	theirs->ready_ms = ours->ready_ms;
	l->backlog[l->n++] = theirs;
	return ours;
}

static enum err sim_connect(void *self, const char *text,
                            struct env_handle *ret)
{
	struct env_sim *s = self;
	uint64_t port;
	size_t host;

	TRY(address_check(text, &host, &port));

	struct sim_listener *l = listener_find(s->world, text);

	if (!l || l->n == ENV_SIM_BACKLOG)
		return ERR_REFUSED;

	struct sim_handle *h = env_sim_handle_new(s, SIM_CONN, ret);

	if (!h)
		return ERR_NO_HANDLES;
	h->conn = conn_pair(s->world, l);
	return ERR_OK;
}

static enum err sim_connected(void *self, struct env_handle handle)
{
	struct env_sim *s = self;
	struct sim_conn *c = env_sim_handle(s, handle, SIM_CONN)->conn;

	return c->ready_ms <= env_sim_ms(s->world) ? ERR_OK : ERR_AGAIN;
}

static enum err sim_address(void *self, struct env_handle handle, bool of_peer,
                            char *ret, size_t size)
{
	struct env_sim *s = self;
	const struct sim_handle *h = &s->handles[handle.n];
	const char *text = NULL;

	if (h->kind == SIM_LISTENER)
		text = of_peer ? NULL : h->listener->address;
	else if (h->kind == SIM_CONN)
		text = of_peer ? h->conn->peer : h->conn->local;
	if (!text)
		return ERR_CLOSED;
	if (strlen(text) >= size)
		return ERR_TOO_LARGE;
	memcpy(ret, text, strlen(text) + 1);
	return ERR_OK;
}

/* Programs run whenever somebody looks. */
static void programs_step(struct env_sim *s)
{
	for (int i = SIM_STREAMS; i < SIM_HANDLES; i++) {
		if (s->handles[i].kind == SIM_PROC)
			env_sim_proc_step(s, s->handles[i].proc);
	}
}

static enum err input_read(struct env_sim *s, void *ret, size_t max,
                           size_t *ret_n)
{
	struct buf *in = &s->streams[ENV_STDIN];
	size_t left = in->len - s->input_at;

	*ret_n = left < max ? left : max;
	if (*ret_n)
		memcpy(ret, in->p + s->input_at, *ret_n);
	s->input_at += *ret_n;
	return ERR_OK;
}

static enum err sim_read(void *self, struct env_handle handle, void *ret,
                         size_t max, size_t *ret_n)
{
	struct env_sim *s = self;

	if (handle.n == ENV_STDIN)
		return input_read(s, ret, max, ret_n);

	struct sim_pipe *p = env_sim_handle(s, handle, SIM_CONN)->conn->in;

	CHECK(p);
	programs_step(s);
	if (pipe_has_bytes(s->world, p)) {
		*ret_n = pipe_take(s->world, p, ret, env_sim_part(s, max));
		return ERR_OK;
	}
	if (!pipe_is_at_end(s->world, p))
		return ERR_AGAIN;
	*ret_n = 0;
	return ERR_OK;
}

static enum err sim_write(void *self, struct env_handle handle,
                          const void *bytes, size_t len, size_t *ret_n)
{
	struct env_sim *s = self;

	if (handle.n == ENV_STDOUT || handle.n == ENV_STDERR) {
		*ret_n = env_sim_part(s, len);
		return buf_add(&s->streams[handle.n], bytes, *ret_n);
	}

	struct sim_conn *c = env_sim_handle(s, handle, SIM_CONN)->conn;

	CHECK(c->out);
	programs_step(s);
	if (pipe_is_unread(s->world, c->out))
		return ERR_CLOSED;
	if (c->ready_ms > env_sim_ms(s->world))
		return ERR_AGAIN;
	*ret_n = env_sim_net_put(s->world, c->out, bytes, env_sim_part(s, len));
	return *ret_n ? ERR_OK : ERR_AGAIN;
}

static unsigned conn_ready(const struct env_sim_world *w,
                           const struct sim_conn *c, uint8_t wants)
{
	unsigned has = 0;

	if (c->ready_ms > env_sim_ms(w))
		return 0;
	if (c->in && (pipe_has_bytes(w, c->in) || pipe_is_at_end(w, c->in)))
		has |= ENV_CAN_READ;
	if (c->out && c->out->held < ENV_SIM_PIPE_BYTES)
		has |= ENV_CAN_WRITE;
	if ((c->out && pipe_is_unread(w, c->out)) ||
	    (c->in && pipe_is_at_end(w, c->in) && !c->out))
		has |= ENV_HUNG_UP | wants;
	return has & (wants | ENV_HUNG_UP);
}

static uint8_t poll_ready(struct env_sim *s, const struct env_poll *p)
{
	if (p->handle.n < SIM_STREAMS)
		return p->wants;

	const struct sim_handle *h = &s->handles[p->handle.n];
	unsigned has = 0;

	switch (h->kind) {
	case SIM_FREE:
	case SIM_FILE:
		CHECK(h->kind != SIM_FREE && h->kind != SIM_FILE);
		break;
	case SIM_LISTENER:
		has =
		    listener_is_ready(s->world, h->listener) ? ENV_CAN_READ : 0;
		break;
	case SIM_CONN:
		return (uint8_t)conn_ready(s->world, h->conn, p->wants);
	case SIM_PROC:
		has = h->proc->has_ended ? ENV_CAN_READ : 0;
		break;
	}
	return (uint8_t)(has & p->wants);
}

static size_t polls_look(struct env_sim *s, struct env_poll *polls, size_t n)
{
	size_t ready = 0;

	programs_step(s);
	for (size_t i = 0; i < n; i++) {
		polls[i].has = poll_ready(s, &polls[i]);
		ready += polls[i].has != 0;
	}
	return ready;
}

static uint64_t min_u64(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* The next moment at which anything can change on this machine. */
static uint64_t next_ms(const struct env_sim *s)
{
	uint64_t now = env_sim_ms(s->world);
	uint64_t next = UINT64_MAX;

	for (int i = SIM_STREAMS; i < SIM_HANDLES; i++) {
		const struct sim_handle *h = &s->handles[i];
		uint64_t t = UINT64_MAX;

		if (h->kind == SIM_LISTENER && h->listener->n)
			t = h->listener->backlog[0]->ready_ms;
		if (h->kind == SIM_CONN && h->conn->ready_ms > now)
			t = h->conn->ready_ms;
		else if (h->kind == SIM_CONN && h->conn->in)
			t = pipe_next_ms(h->conn->in);
		if (h->kind == SIM_PROC && !h->proc->has_ended)
			t = min_u64(h->proc->end_ms,
			            h->proc->in ? pipe_next_ms(h->proc->in)
			                        : UINT64_MAX);
		if (t > now)
			next = min_u64(next, t);
	}
	return next;
}

static enum err sim_wait(void *self, struct env_poll *polls, size_t n,
                         uint64_t timeout_ms, size_t *ret_ready)
{
	struct env_sim *s = self;
	uint64_t until = timeout_ms == ENV_FOREVER
	                     ? UINT64_MAX
	                     : env_sim_ms(s->world) + timeout_ms;

	*ret_ready = 0;
	if (s->faults.early_wait && env_sim_chance(s->world) % 2) {
		for (size_t i = 0; i < n; i++)
			polls[i].has = 0;
		return ERR_OK;
	}
	for (;;) {
		*ret_ready = polls_look(s, polls, n);
		if (*ret_ready || env_sim_ms(s->world) >= until)
			return ERR_OK;

		uint64_t to = min_u64(next_ms(s), until);

		/* Nothing will ever happen: the test has a deadlock. */
		CHECK(to != UINT64_MAX);
		env_sim_advance(s->world, to - env_sim_ms(s->world));
	}
}

static void conn_close(struct env_sim_world *w, struct sim_conn *c)
{
	env_sim_net_end(w, c->in, false);
	env_sim_net_end(w, c->out, true);
	free(c);
}

void env_sim_net_close(struct env_sim *s, struct sim_handle *h)
{
	struct sim_listener **link = &s->world->listeners;

	if (h->kind == SIM_CONN) {
		conn_close(s->world, h->conn);
		return;
	}
	while (*link != h->listener)
		link = &(*link)->next;
	*link = h->listener->next;
	for (size_t i = 0; i < h->listener->n; i++)
		conn_close(s->world, h->listener->backlog[i]);
	free(h->listener);
}

void env_sim_net_fill(struct env *e)
{
	e->listen = sim_listen;
	e->accept = sim_accept;
	e->connect = sim_connect;
	e->connected = sim_connected;
	e->address = sim_address;
	e->read = sim_read;
	e->write = sim_write;
	e->wait = sim_wait;
}
