/* node/io/env_os.c - Time, chance and the program; contract in env_os.h. */
#include "config.h"

#include "node/io/env_os.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "clarity/base/check.h"

static uint64_t clock_ns(clockid_t which)
{
	struct timespec t;

	CHECK(clock_gettime(which, &t) == 0);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static uint64_t os_now_ms(void *self)
{
	(void)self;
	return clock_ns(CLOCK_REALTIME) / 1000000u;
}

static uint64_t os_mono_ns(void *self)
{
	(void)self;
	return clock_ns(CLOCK_MONOTONIC);
}

static void os_sleep_ms(void *self, uint64_t ms)
{
	struct timespec t = { .tv_sec = (time_t)(ms / 1000),
		              .tv_nsec = (long)(ms % 1000) * 1000000 };

	(void)self;
	while (nanosleep(&t, &t) != 0 && errno == EINTR)
		;
}

static enum err os_random(void *self, void *ret, size_t len)
{
	uint8_t *p = ret;

	(void)self;
	while (len > 0) {
		ssize_t n = getrandom(p, len, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return ERR_IO;
		p += n;
		len -= (size_t)n;
	}
	return ERR_OK;
}

static struct env_handle os_stream(void *self, enum env_stream which)
{
	(void)self;
	switch (which) {
	case ENV_STDIN:
		return (struct env_handle){ STDIN_FILENO };
	case ENV_STDOUT:
		return (struct env_handle){ STDOUT_FILENO };
	case ENV_STDERR:
		return (struct env_handle){ STDERR_FILENO };
	}
	return ENV_NONE;
}

static unsigned os_terminal(void *self, struct env_handle h)
{
	struct winsize size;

	(void)self;
	if (!isatty(h.n))
		return 0;
	if (ioctl(h.n, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
		return 80;
	return size.ws_col;
}

static uint64_t os_peak_memory(void *self)
{
	struct rusage use;

	(void)self;
	if (getrusage(RUSAGE_SELF, &use) != 0)
		return 0;
	return (uint64_t)use.ru_maxrss * 1024;
}

/* The processors that this program may use, not those of the machine. */
static unsigned os_cpus(void *self)
{
	cpu_set_t set;

	(void)self;
	if (sched_getaffinity(0, sizeof(set), &set) != 0)
		return 1;

	int n = CPU_COUNT(&set);

	return n > 0 ? (unsigned)n : 1;
}

/* Linux closes a descriptor even when close fails, so it is never repeated. */
static void os_close(void *self, struct env_handle h)
{
	(void)self;
	env_os_proc_end(h.n);
	if (close(h.n) != 0)
		CHECK(errno != EBADF);
}

enum err env_os_error(int n)
{
	switch (n) {
	case 0:
		return ERR_OK;
	case ENOENT:
		return ERR_ABSENT;
	case EEXIST:
	case ENOTEMPTY:
		return ERR_EXISTS;
	case EISDIR:
	case ENOTDIR:
	case ELOOP:
	case ESPIPE:
		return ERR_WRONG_KIND;
	case EACCES:
	case EPERM:
	case EROFS:
		return ERR_DENIED;
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
		return ERR_NO_SPACE;
	case EMFILE:
	case ENFILE:
		return ERR_NO_HANDLES;
	case EADDRINUSE:
	case ETXTBSY:
	case EBUSY:
		return ERR_IN_USE;
	case EAGAIN:
	case EINPROGRESS:
	case EALREADY:
		return ERR_AGAIN;
	case ECONNREFUSED:
	case EHOSTUNREACH:
	case ENETUNREACH:
	case ETIMEDOUT:
		return ERR_REFUSED;
	case EPIPE:
	case ECONNRESET:
	case ECONNABORTED:
	case ENOTCONN:
		return ERR_CLOSED;
	case ENAMETOOLONG:
		return ERR_TOO_LARGE;
	case ENOMEM:
		return ERR_NO_MEMORY;
	default:
		return ERR_IO;
	}
}

void env_os_init(struct env *e)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	*e = (struct env){ .now_ms = os_now_ms,
		           .mono_ns = os_mono_ns,
		           .sleep_ms = os_sleep_ms,
		           .random = os_random,
		           .stream = os_stream,
		           .terminal = os_terminal,
		           .peak_memory = os_peak_memory,
		           .cpus = os_cpus,
		           .close = os_close };
	CHECK(sigaction(SIGPIPE, &ignore, NULL) == 0);
	env_os_file_fill(e);
	env_os_net_fill(e);
	env_os_proc_fill(e);
}
