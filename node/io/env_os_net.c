/* node/io/env_os_net.c - Sockets, pipes, waiting; contract in env_os.h. */
#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clarity/base/buf.h"
#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "node/io/env_os.h"

/* Connections that may wait to be accepted. */
#define BACKLOG 128

/* Handles of one wait that need no allocation. */
#define POLLS_ON_STACK 64u

/* A call that a signal interrupts before it did anything is repeated. */
#define RETRY(ret, call)                                                       \
	do                                                                     \
		(ret) = (call);                                                \
	while ((ret) < 0 && errno == EINTR)

struct address {
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
		struct sockaddr_storage room;
	};
	socklen_t len;
};

/* "1.2.3.4:5" or "[::1]:5". */
static enum err address_parse(const char *text, struct address *ret)
{
	char host[INET6_ADDRSTRLEN + 2];
	const char *colon = strrchr(text, ':');
	size_t len = colon ? (size_t)(colon - text) : sizeof(host);
	uint64_t port = 0;

	if (len >= sizeof(host) ||
	    !u64_parse(&port, colon + 1, strlen(colon + 1)) || port > 65535)
		return ERR_SYNTAX;
	memset(ret, 0, sizeof(*ret));
	memcpy(host, text, len);
	host[len] = '\0';
	if (len > 2 && host[0] == '[' && host[len - 1] == ']') {
		host[len - 1] = '\0';
		ret->v6.sin6_family = AF_INET6;
		ret->v6.sin6_port = htons((uint16_t)port);
		ret->len = sizeof(ret->v6);
		return inet_pton(AF_INET6, host + 1, &ret->v6.sin6_addr) == 1
		           ? ERR_OK
		           : ERR_SYNTAX;
	}
	ret->v4.sin_family = AF_INET;
	ret->v4.sin_port = htons((uint16_t)port);
	ret->len = sizeof(ret->v4);
	return inet_pton(AF_INET, host, &ret->v4.sin_addr) == 1 ? ERR_OK
	                                                        : ERR_SYNTAX;
}

static enum err address_format(const struct address *a, char *ret, size_t size)
{
	char host[INET6_ADDRSTRLEN];
	bool is_v6 = a->any.sa_family == AF_INET6;
	const void *ip = is_v6 ? (const void *)&a->v6.sin6_addr
	                       : (const void *)&a->v4.sin_addr;
	unsigned port = ntohs(is_v6 ? a->v6.sin6_port : a->v4.sin_port);

	if (!inet_ntop(a->any.sa_family, ip, host, sizeof(host)))
		return ERR_IO;

	int n = snprintf(ret, size, is_v6 ? "[%s]:%u" : "%s:%u", host, port);

	return n < 0 || (size_t)n >= size ? ERR_TOO_LARGE : ERR_OK;
}

static enum err socket_new(const struct address *a, int *ret)
{
	int one = 1;
	int fd = socket(a->any.sa_family,
	                SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return env_os_error(errno);
	/* Messages are whole when they are written: no waiting for more. */
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	*ret = fd;
	return ERR_OK;
}

static enum err net_listen(void *self, const char *text, struct env_handle *ret)
{
	struct address a;
	int one = 1;
	int fd;

	(void)self;
	TRY(address_parse(text, &a));
	TRY(socket_new(&a, &fd));
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(fd, &a.any, a.len) != 0 || listen(fd, BACKLOG) != 0) {
		enum err e = env_os_error(errno);

		(void)close(fd);
		return e;
	}
	*ret = (struct env_handle){ fd };
	return ERR_OK;
}

static enum err net_accept(void *self, struct env_handle h,
                           struct env_handle *ret)
{
	int one = 1;
	int fd;

	(void)self;
	RETRY(fd, accept4(h.n, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC));
	/* One that gave up while it waited is as good as none. */
	if (fd < 0 && errno == ECONNABORTED)
		return ERR_AGAIN;
	if (fd < 0)
		return env_os_error(errno);
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	*ret = (struct env_handle){ fd };
	return ERR_OK;
}

static enum err net_connect(void *self, const char *text,
                            struct env_handle *ret)
{
	struct address a;
	int fd;

	(void)self;
	TRY(address_parse(text, &a));
	TRY(socket_new(&a, &fd));
	/* An interrupted connect goes on by itself, as one in progress. */
	if (connect(fd, &a.any, a.len) != 0 && errno != EINPROGRESS &&
	    errno != EINTR) {
		enum err e = env_os_error(errno);

		(void)close(fd);
		return e;
	}
	*ret = (struct env_handle){ fd };
	return ERR_OK;
}

static enum err net_connected(void *self, struct env_handle h)
{
	struct pollfd p = { .fd = h.n, .events = POLLOUT };
	int error = 0;
	socklen_t len = sizeof(error);
	int n;

	(void)self;
	RETRY(n, poll(&p, 1, 0));
	if (n < 0)
		return ERR_IO;
	if (n == 0)
		return ERR_AGAIN;
	if (getsockopt(h.n, SOL_SOCKET, SO_ERROR, &error, &len) != 0)
		return ERR_IO;
	return env_os_error(error);
}

static enum err net_address(void *self, struct env_handle h, bool of_peer,
                            char *ret, size_t size)
{
	struct address a = { .len = sizeof(a.room) };
	int failed = of_peer ? getpeername(h.n, &a.any, &a.len)
	                     : getsockname(h.n, &a.any, &a.len);

	(void)self;
	if (failed)
		return env_os_error(errno);
	return address_format(&a, ret, size);
}

static enum err net_read(void *self, struct env_handle h, void *ret, size_t max,
                         size_t *ret_n)
{
	ssize_t n;

	(void)self;
	RETRY(n, read(h.n, ret, max));
	if (n < 0)
		return env_os_error(errno);
	*ret_n = (size_t)n;
	return ERR_OK;
}

static enum err net_write(void *self, struct env_handle h, const void *bytes,
                          size_t len, size_t *ret_n)
{
	ssize_t n;

	(void)self;
	RETRY(n, write(h.n, bytes, len));
	if (n < 0)
		return env_os_error(errno);
	if (n == 0)
		return ERR_AGAIN;
	*ret_n = (size_t)n;
	return ERR_OK;
}

static int timeout_of(uint64_t ms)
{
	if (ms == ENV_FOREVER)
		return -1;
	/* Waking early is allowed. */
	return ms > 3600000 ? 3600000 : (int)ms;
}

static short events_of(uint8_t wants)
{
	return (short)((wants & ENV_CAN_READ ? POLLIN : 0) |
	               (wants & ENV_CAN_WRITE ? POLLOUT : 0));
}

/* A hang-up is reported to readers and writers as readiness, so that their
 * next call finds out why. */
static uint8_t ready_of(short got, uint8_t wants)
{
	unsigned has = 0;

	CHECK(!(got & POLLNVAL));
	if (got & POLLIN)
		has |= ENV_CAN_READ;
	if (got & POLLOUT)
		has |= ENV_CAN_WRITE;
	if (got & (POLLERR | POLLHUP))
		has |= ENV_HUNG_UP | wants;
	return (uint8_t)has;
}

static enum err wait_on(struct pollfd *fds, struct env_poll *polls, size_t n,
                        uint64_t timeout_ms, size_t *ret_ready)
{
	for (size_t i = 0; i < n; i++)
		fds[i] = (struct pollfd){ .fd = polls[i].handle.n,
			                  .events = events_of(polls[i].wants) };

	int ready = poll(fds, n, timeout_of(timeout_ms));

	if (ready < 0 && errno != EINTR)
		return ERR_IO;
	*ret_ready = 0;
	for (size_t i = 0; i < n; i++) {
		polls[i].has =
		    ready > 0 ? ready_of(fds[i].revents, polls[i].wants) : 0;
		*ret_ready += polls[i].has != 0;
	}
	return ERR_OK;
}

static enum err net_wait(void *self, struct env_poll *polls, size_t n,
                         uint64_t timeout_ms, size_t *ret_ready)
{
	struct pollfd some[POLLS_ON_STACK];
	struct pollfd *fds = some;
	struct buf many;
	enum err e = ERR_NO_MEMORY;

	(void)self;
	buf_init(&many, n * sizeof(struct pollfd));
	if (n > POLLS_ON_STACK)
		fds = (struct pollfd *)(void *)buf_room(
		    &many, n * sizeof(struct pollfd));
	if (fds)
		e = wait_on(fds, polls, n, timeout_ms, ret_ready);
	buf_fini(&many);
	return e;
}

void env_os_net_fill(struct env *e)
{
	e->listen = net_listen;
	e->accept = net_accept;
	e->connect = net_connect;
	e->connected = net_connected;
	e->address = net_address;
	e->read = net_read;
	e->write = net_write;
	e->wait = net_wait;
}
