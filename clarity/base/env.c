/* clarity/base/env.c - Calls through the table; contract in env.h. */
#include "config.h"

#include "clarity/base/env.h"

#include <string.h>

#include "clarity/base/check.h"

/* What the file is called until it is whole. */
#define NEW_SUFFIX ".new"

uint64_t env_now_ms(const struct env *e)
{
	return e->now_ms(e->self);
}

uint64_t env_mono_ns(const struct env *e)
{
	return e->mono_ns(e->self);
}

void env_sleep_ms(const struct env *e, uint64_t ms)
{
	e->sleep_ms(e->self, ms);
}

enum err env_random(const struct env *e, void *ret, size_t len)
{
	return e->random(e->self, ret, len);
}

/* Fillings need not think about overlong paths. */
static bool path_fits(const char *path)
{
	return memchr(path, '\0', ENV_PATH_MAX) != NULL;
}

enum err env_open(const struct env *e, const char *path, unsigned how,
                  struct env_handle *ret)
{
	CHECK(how & (ENV_READ | ENV_WRITE));
	CHECK((how & ENV_CREATE) || !(how & ENV_NEW));
	if (!path_fits(path))
		return ERR_TOO_LARGE;
	return e->open(e->self, path, how, ret);
}

enum err env_read_at(const struct env *e, struct env_handle h, uint64_t at,
                     void *ret, size_t max, size_t *ret_n)
{
	return e->read_at(e->self, h, at, ret, max, ret_n);
}

enum err env_write_at(const struct env *e, struct env_handle h, uint64_t at,
                      const void *bytes, size_t len, size_t *ret_n)
{
	CHECK(len > 0);
	return e->write_at(e->self, h, at, bytes, len, ret_n);
}

enum err env_write_all_at(const struct env *e, struct env_handle h, uint64_t at,
                          const void *bytes, size_t len)
{
	const uint8_t *p = bytes;

	while (len > 0) {
		size_t n;

		TRY(env_write_at(e, h, at, p, len, &n));
		p += n;
		at += n;
		len -= n;
	}
	return ERR_OK;
}

enum err env_size(const struct env *e, struct env_handle h, uint64_t *ret)
{
	return e->size(e->self, h, ret);
}

enum err env_cut(const struct env *e, struct env_handle h, uint64_t size)
{
	return e->cut(e->self, h, size);
}

enum err env_sync(const struct env *e, struct env_handle h)
{
	return e->sync(e->self, h);
}

enum err env_lock(const struct env *e, struct env_handle h)
{
	return e->lock(e->self, h);
}

enum err env_stat(const struct env *e, const char *path, struct env_stat *ret)
{
	return path_fits(path) ? e->stat(e->self, path, ret) : ERR_TOO_LARGE;
}

enum err env_rename(const struct env *e, const char *from, const char *to)
{
	if (!path_fits(from) || !path_fits(to))
		return ERR_TOO_LARGE;
	return e->rename(e->self, from, to);
}

enum err env_remove(const struct env *e, const char *path)
{
	return path_fits(path) ? e->remove(e->self, path) : ERR_TOO_LARGE;
}

enum err env_make_dir(const struct env *e, const char *path)
{
	return path_fits(path) ? e->make_dir(e->self, path) : ERR_TOO_LARGE;
}

enum err env_sync_dir(const struct env *e, const char *path)
{
	return path_fits(path) ? e->sync_dir(e->self, path) : ERR_TOO_LARGE;
}

enum err env_list(const struct env *e, struct arena *a, const char *path,
                  const char *const **ret, size_t *ret_n)
{
	if (!path_fits(path))
		return ERR_TOO_LARGE;
	return e->list(e->self, a, path, ret, ret_n);
}

/* Reads until the end or until `max` is full. */
static enum err read_up_to(const struct env *e, struct env_handle h,
                           uint8_t *ret, size_t max, size_t *ret_n)
{
	size_t n = 0;
	size_t got = 1;

	while (n < max && got > 0) {
		TRY(env_read_at(e, h, n, ret + n, max - n, &got));
		n += got;
	}
	*ret_n = n;
	return ERR_OK;
}

/* A file may grow while it is read: one byte more than its size is asked
 * for, and finding it means that the size was wrong. */
static enum err read_open(const struct env *e, struct arena *a,
                          struct env_handle h, size_t max, struct span *ret)
{
	uint64_t size;
	size_t n;

	TRY(env_size(e, h, &size));
	if (size > max)
		return ERR_TOO_LARGE;

	uint8_t *p = arena_alloc(a, (size_t)size + 1);

	if (!p)
		return ERR_NO_MEMORY;
	TRY(read_up_to(e, h, p, (size_t)size + 1, &n));
	if (n > size)
		return ERR_IN_USE;
	p[n] = '\0';
	*ret = span_of(p, n);
	return ERR_OK;
}

enum err env_read_file(const struct env *e, struct arena *a, const char *path,
                       size_t max, struct span *ret)
{
	struct env_handle h;

	CHECK(max < SIZE_MAX);
	TRY(env_open(e, path, ENV_READ, &h));

	enum err err = read_open(e, a, h, max, ret);

	env_close(e, &h);
	return err;
}

static enum err write_synced(const struct env *e, const char *path,
                             struct span bytes)
{
	struct env_handle h;

	TRY(env_open(e, path, ENV_WRITE | ENV_CREATE | ENV_TRUNCATE, &h));

	enum err err = env_write_all_at(e, h, 0, bytes.p, bytes.len);

	if (err == ERR_OK)
		err = env_sync(e, h);
	env_close(e, &h);
	return err;
}

enum err env_replace_file(const struct env *e, const char *path,
                          struct span bytes)
{
	char name[ENV_PATH_MAX];
	size_t len = strlen(path);

	if (len + sizeof(NEW_SUFFIX) > sizeof(name))
		return ERR_TOO_LARGE;
	memcpy(name, path, len);
	memcpy(name + len, NEW_SUFFIX, sizeof(NEW_SUFFIX));
	TRY(write_synced(e, name, bytes));
	TRY(env_rename(e, name, path));

	/* The directory: what stands before the last slash. */
	while (len > 0 && path[len - 1] != '/')
		len--;
	if (len == 0)
		return env_sync_dir(e, ".");
	name[len == 1 ? 1 : len - 1] = '\0';
	return env_sync_dir(e, name);
}

enum err env_listen(const struct env *e, const char *address,
                    struct env_handle *ret)
{
	return e->listen(e->self, address, ret);
}

enum err env_accept(const struct env *e, struct env_handle h,
                    struct env_handle *ret)
{
	return e->accept(e->self, h, ret);
}

enum err env_connect(const struct env *e, const char *address,
                     struct env_handle *ret)
{
	return e->connect(e->self, address, ret);
}

enum err env_connected(const struct env *e, struct env_handle h)
{
	return e->connected(e->self, h);
}

enum err env_address(const struct env *e, struct env_handle h, bool of_peer,
                     char *ret, size_t size)
{
	return e->address(e->self, h, of_peer, ret, size);
}

enum err env_read(const struct env *e, struct env_handle h, void *ret,
                  size_t max, size_t *ret_n)
{
	CHECK(max > 0);
	return e->read(e->self, h, ret, max, ret_n);
}

enum err env_write(const struct env *e, struct env_handle h, const void *bytes,
                   size_t len, size_t *ret_n)
{
	CHECK(len > 0);
	return e->write(e->self, h, bytes, len, ret_n);
}

enum err env_write_all(const struct env *e, struct env_handle h,
                       const void *bytes, size_t len)
{
	const uint8_t *p = bytes;

	while (len > 0) {
		struct env_poll poll = { .handle = h, .wants = ENV_CAN_WRITE };
		size_t n = 0;
		enum err err = env_write(e, h, p, len, &n);

		if (err == ERR_AGAIN)
			TRY(env_wait(e, &poll, 1, ENV_FOREVER, &n));
		else if (err != ERR_OK)
			return err;
		else
			p += n;
		len -= err == ERR_OK ? n : 0;
	}
	return ERR_OK;
}

enum err env_wait(const struct env *e, struct env_poll *polls, size_t n,
                  uint64_t timeout_ms, size_t *ret_ready)
{
	return e->wait(e->self, polls, n, timeout_ms, ret_ready);
}

enum err env_spawn(const struct env *e, const struct env_spawn *what,
                   struct env_child *ret)
{
	CHECK(what->argv && what->argv[0]);
	return e->spawn(e->self, what, ret);
}

enum err env_exited(const struct env *e, struct env_handle process,
                    struct env_exit *ret)
{
	return e->exited(e->self, process, ret);
}

enum err env_signal(const struct env *e, struct env_handle process,
                    enum env_signal what)
{
	return e->signal(e->self, process, what);
}

struct env_handle env_stream(const struct env *e, enum env_stream which)
{
	return e->stream(e->self, which);
}

unsigned env_terminal(const struct env *e, struct env_handle h)
{
	return e->terminal(e->self, h);
}

uint64_t env_peak_memory(const struct env *e)
{
	return e->peak_memory(e->self);
}

unsigned env_cpus(const struct env *e)
{
	return e->cpus(e->self);
}

void env_close(const struct env *e, struct env_handle *h)
{
	if (h->n >= 0)
		e->close(e->self, *h);
	*h = ENV_NONE;
}
