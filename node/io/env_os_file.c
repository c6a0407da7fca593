/* node/io/env_os_file.c - Files of the system; contract in env_os.h. */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clarity/base/buf.h"
#include "clarity/base/check.h"
#include "node/io/env_os.h"

/* Names of one directory at most, in bytes. */
#define LIST_BYTES_MAX ((size_t)1 << 30)

/* A call that a signal interrupts before it did anything is repeated. */
#define RETRY(ret, call)                                                       \
	do                                                                     \
		(ret) = (call);                                                \
	while ((ret) < 0 && errno == EINTR)

static enum err done(int ret)
{
	return ret < 0 ? env_os_error(errno) : ERR_OK;
}

/* A directory can be opened for reading, but it is no file. */
static enum err refuse_dir(int fd)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return ERR_IO;
	return S_ISDIR(st.st_mode) ? ERR_WRONG_KIND : ERR_OK;
}

static enum err file_open(void *self, const char *path, unsigned how,
                          struct env_handle *ret)
{
	int flags = O_CLOEXEC | O_NOCTTY;
	int fd;

	(void)self;
	if ((how & ENV_READ) && (how & ENV_WRITE))
		flags |= O_RDWR;
	else
		flags |= how & ENV_WRITE ? O_WRONLY : O_RDONLY;
	flags |= how & ENV_CREATE ? O_CREAT : 0;
	flags |= how & ENV_NEW ? O_EXCL : 0;
	flags |= how & ENV_TRUNCATE ? O_TRUNC : 0;
	/* A pipe without a writer must not hold the program up. */
	flags |= how & ENV_WRITE ? 0 : O_NONBLOCK;
	RETRY(fd, open(path, flags, 0644));
	if (fd < 0)
		return env_os_error(errno);

	enum err e = refuse_dir(fd);

	if (e != ERR_OK)
		(void)close(fd);
	else
		*ret = (struct env_handle){ fd };
	return e;
}

static enum err file_read_at(void *self, struct env_handle h, uint64_t at,
                             void *ret, size_t max, size_t *ret_n)
{
	ssize_t n;

	(void)self;
	RETRY(n, pread(h.n, ret, max, (off_t)at));
	if (n < 0)
		return env_os_error(errno);
	*ret_n = (size_t)n;
	return ERR_OK;
}

static enum err file_write_at(void *self, struct env_handle h, uint64_t at,
                              const void *bytes, size_t len, size_t *ret_n)
{
	ssize_t n;

	(void)self;
	RETRY(n, pwrite(h.n, bytes, len, (off_t)at));
	if (n < 0)
		return env_os_error(errno);
	/* POSIX lets a write of nothing succeed; to us it is a full disk. */
	if (n == 0)
		return ERR_NO_SPACE;
	*ret_n = (size_t)n;
	return ERR_OK;
}

static enum err file_size(void *self, struct env_handle h, uint64_t *ret)
{
	struct stat st;

	(void)self;
	if (fstat(h.n, &st) != 0)
		return env_os_error(errno);
	*ret = S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
	return ERR_OK;
}

static enum err file_cut(void *self, struct env_handle h, uint64_t size)
{
	int ret;

	(void)self;
	RETRY(ret, ftruncate(h.n, (off_t)size));
	return done(ret);
}

/* Not repeated after a failure: the system may have dropped the bytes, and a
 * second sync would then report success. */
static enum err file_sync(void *self, struct env_handle h)
{
	(void)self;
	return fsync(h.n) == 0 ? ERR_OK : ERR_IO;
}

static enum err file_lock(void *self, struct env_handle h)
{
	int ret;

	(void)self;
	RETRY(ret, flock(h.n, LOCK_EX | LOCK_NB));
	if (ret < 0 && errno == EWOULDBLOCK)
		return ERR_IN_USE;
	return done(ret);
}

static enum err file_stat(void *self, const char *path, struct env_stat *ret)
{
	struct stat st;

	(void)self;
	if (stat(path, &st) != 0)
		return env_os_error(errno);
	*ret =
	    (struct env_stat){ .kind = S_ISREG(st.st_mode)   ? ENV_KIND_FILE
		                       : S_ISDIR(st.st_mode) ? ENV_KIND_DIR
		                                             : ENV_KIND_OTHER,
		               .id = { st.st_dev, st.st_ino } };
	if (ret->kind == ENV_KIND_FILE)
		ret->size = (uint64_t)st.st_size;
	return ERR_OK;
}

static enum err file_rename(void *self, const char *from, const char *to)
{
	(void)self;
	return done(rename(from, to));
}

static enum err file_remove(void *self, const char *path)
{
	(void)self;
	return done(remove(path));
}

static enum err file_make_dir(void *self, const char *path)
{
	(void)self;
	return done(mkdir(path, 0755));
}

static enum err file_sync_dir(void *self, const char *path)
{
	int fd;

	(void)self;
	RETRY(fd, open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	if (fd < 0)
		return env_os_error(errno);

	enum err e = fsync(fd) == 0 ? ERR_OK : ERR_IO;

	(void)close(fd);
	return e;
}

static int name_cmp(const void *a, const void *b)
{
	const char *const *left = a;
	const char *const *right = b;

	return strcmp(*left, *right);
}

static bool is_dot(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* All names into `names`, each with its NUL; counts them. */
static enum err list_read(DIR *dir, struct buf *names, size_t *ret_n)
{
	size_t n = 0;

	for (;;) {
		errno = 0;

		const struct dirent *entry = readdir(dir);

		if (!entry)
			break;
		if (is_dot(entry->d_name))
			continue;
		TRY(buf_add(names, entry->d_name, strlen(entry->d_name) + 1));
		n++;
	}
	*ret_n = n;
	return env_os_error(errno);
}

/* Moves the names to the arena, sorted. */
static enum err list_sort(struct arena *a, struct span names, size_t n,
                          const char *const **ret)
{
	const char **list = arena_new_array(a, const char *, n);
	char *text = arena_copy(a, names.p, names.len);

	if (!list || !text)
		return ERR_NO_MEMORY;
	for (size_t i = 0; i < n; i++) {
		list[i] = text;
		text += strlen(text) + 1;
	}
	if (n > 0)
		qsort(list, n, sizeof(list[0]), name_cmp);
	*ret = list;
	return ERR_OK;
}

static enum err file_list(void *self, struct arena *a, const char *path,
                          const char *const **ret, size_t *ret_n)
{
	DIR *dir = opendir(path);
	struct buf names;
	enum err e;

	(void)self;
	if (!dir)
		return env_os_error(errno);
	buf_init(&names, LIST_BYTES_MAX);
	e = list_read(dir, &names, ret_n);
	if (e == ERR_OK)
		e = list_sort(a, buf_span(&names), *ret_n, ret);
	buf_fini(&names);
	(void)closedir(dir);
	return e;
}

void env_os_file_fill(struct env *e)
{
	e->open = file_open;
	e->read_at = file_read_at;
	e->write_at = file_write_at;
	e->size = file_size;
	e->cut = file_cut;
	e->sync = file_sync;
	e->lock = file_lock;
	e->stat = file_stat;
	e->rename = file_rename;
	e->remove = file_remove;
	e->make_dir = file_make_dir;
	e->sync_dir = file_sync_dir;
	e->list = file_list;
}
