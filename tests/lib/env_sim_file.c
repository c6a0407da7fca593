/* tests/lib/env_sim_file.c - A disk that forgets; contract in env_sim.h. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "tests/lib/env_sim_state.h"

/* A crash keeps or loses this much of a file at once. */
#define BLOCK ((size_t)512)

#define FILE_MAX ((size_t)1 << 28)

/* Counts a file call, and lets it fail where a test wants it. */
static enum err file_call(struct env_sim *s)
{
	uint64_t n = s->file_calls++;
	uint64_t from = s->faults.fail_after;

	if (from == 0 || n < from)
		return ERR_OK;
	return n == from || s->faults.fail_all ? s->faults.fail_with : ERR_OK;
}

/* Absolute, without empty parts; a relative path begins at /. */
static enum err path_clean(const char *path, char ret[ENV_PATH_MAX])
{
	size_t n = 0;

	while (*path) {
		size_t len = strcspn(path, "/");

		if (len > 0 && !(len == 1 && path[0] == '.')) {
			if (n + len + 2 > ENV_PATH_MAX)
				return ERR_TOO_LARGE;
			ret[n++] = '/';
			memcpy(ret + n, path, len);
			n += len;
		}
		path += len + (path[len] == '/');
	}
	ret[n] = '\0';
	return ERR_OK;
}

static struct sim_name *name_find(struct sim_dir *d, const char *path)
{
	for (size_t i = 0; i < d->n; i++) {
		if (strcmp(d->names[i].path, path) == 0)
			return &d->names[i];
	}
	return NULL;
}

static struct sim_node *node_find(struct env_sim *s, const char *path)
{
	struct sim_name *n = name_find(&s->now, path);

	return n ? n->node : NULL;
}

static void name_set(struct sim_dir *d, const char *path, struct sim_node *node)
{
	struct sim_name *n = name_find(d, path);

	if (!n) {
		CHECK(d->n < SIM_NAMES);
		n = &d->names[d->n++];
		n->path = strdup(path);
		CHECK(n->path);
	}
	n->node = node;
}

static void name_del(struct sim_dir *d, const char *path)
{
	struct sim_name *n = name_find(d, path);

	if (!n)
		return;
	free(n->path);
	*n = d->names[--d->n];
}

/* Whether `path` lies directly in `dir`. */
static bool is_in(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	return strncmp(path, dir, len) == 0 && path[len] == '/' &&
	       !strchr(path + len + 1, '/');
}

static bool has_entries(const struct sim_dir *d, const char *dir)
{
	for (size_t i = 0; i < d->n; i++) {
		if (is_in(d->names[i].path, dir))
			return true;
	}
	return false;
}

/* The directory in which `path` lies must be there. */
static enum err parent_check(struct env_sim *s, const char *path)
{
	char dir[ENV_PATH_MAX];
	const char *slash = strrchr(path, '/');

	if (!slash)
		return ERR_EXISTS;
	memcpy(dir, path, (size_t)(slash - path));
	dir[slash - path] = '\0';

	const struct sim_node *n = node_find(s, dir);

	if (!n)
		return ERR_ABSENT;
	return n->is_dir ? ERR_OK : ERR_WRONG_KIND;
}

static struct sim_node *node_new(struct env_sim *s, bool is_dir)
{
	struct sim_node *n = env_sim_alloc(sizeof(*n));

	n->is_dir = is_dir;
	n->id = ++s->world->next_id;
	buf_init(&n->now, FILE_MAX);
	buf_init(&n->synced, FILE_MAX);
	n->next = s->nodes;
	s->nodes = n;
	return n;
}

static uint64_t disk_used(const struct env_sim *s)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < s->now.n; i++)
		sum += s->now.names[i].node->now.len;
	return sum;
}

/* Sets the size, with zeros behind the old end. */
static void node_resize(struct sim_node *n, size_t size)
{
	if (size > n->now.len) {
		size_t more = size - n->now.len;
		uint8_t *p = buf_room(&n->now, more);

		CHECK(p);
		memset(p, 0, more);
	}
	n->now.len = size;
}

static void buf_set(struct buf *to, const struct buf *from)
{
	buf_reset(to);
	CHECK(buf_add(to, from->p, from->len) == ERR_OK);
}

static enum err sim_open(void *self, const char *path, unsigned how,
                         struct env_handle *ret)
{
	struct env_sim *s = self;
	char name[ENV_PATH_MAX];

	TRY(file_call(s));
	TRY(path_clean(path, name));

	struct sim_node *n = node_find(s, name);

	if (!n && !(how & ENV_CREATE))
		return ERR_ABSENT;
	if (n && (how & ENV_NEW))
		return ERR_EXISTS;
	if (n && n->is_dir)
		return ERR_WRONG_KIND;
	if (!n)
		TRY(parent_check(s, name));

	struct sim_handle *h = env_sim_handle_new(s, SIM_FILE, ret);

	if (!h)
		return ERR_NO_HANDLES;
	if (!n) {
		n = node_new(s, false);
		name_set(&s->now, name, n);
	}
	if (how & ENV_TRUNCATE)
		node_resize(n, 0);
	h->node = n;
	h->how = how;
	return ERR_OK;
}

static enum err sim_read_at(void *self, struct env_handle handle, uint64_t at,
                            void *ret, size_t max, size_t *ret_n)
{
	struct env_sim *s = self;
	struct sim_handle *h = env_sim_handle(s, handle, SIM_FILE);
	const struct buf *b = &h->node->now;

	CHECK(h->how & ENV_READ);
	TRY(file_call(s));
	*ret_n = 0;
	if (at >= b->len)
		return ERR_OK;
	if (max > b->len - at)
		max = b->len - (size_t)at;
	*ret_n = env_sim_part(s, max);
	if (*ret_n)
		memcpy(ret, b->p + at, *ret_n);
	return ERR_OK;
}

static enum err sim_write_at(void *self, struct env_handle handle, uint64_t at,
                             const void *bytes, size_t len, size_t *ret_n)
{
	struct env_sim *s = self;
	struct sim_handle *h = env_sim_handle(s, handle, SIM_FILE);
	struct buf *b = &h->node->now;
	uint64_t room = s->faults.disk_bytes;

	CHECK(h->how & ENV_WRITE);
	TRY(file_call(s));
	len = env_sim_part(s, len);
	if (room) {
		uint64_t used = disk_used(s);
		uint64_t end = b->len + (used < room ? room - used : 0);

		if (at >= end)
			return ERR_NO_SPACE;
		if (len > end - at)
			len = (size_t)(end - at);
	}
	if (at + len > FILE_MAX)
		return ERR_NO_SPACE;
	if (at + len > b->len)
		node_resize(h->node, (size_t)at + len);
	memcpy(b->p + at, bytes, len);
	*ret_n = len;
	return ERR_OK;
}

static enum err sim_size(void *self, struct env_handle handle, uint64_t *ret)
{
	struct env_sim *s = self;
	struct sim_handle *h = env_sim_handle(s, handle, SIM_FILE);

	TRY(file_call(s));
	*ret = h->node->now.len;
	return ERR_OK;
}

static enum err sim_cut(void *self, struct env_handle handle, uint64_t size)
{
	struct env_sim *s = self;
	struct sim_handle *h = env_sim_handle(s, handle, SIM_FILE);

	CHECK(h->how & ENV_WRITE);
	TRY(file_call(s));
	if (size > FILE_MAX)
		return ERR_NO_SPACE;
	node_resize(h->node, (size_t)size);
	return ERR_OK;
}

static enum err sim_sync(void *self, struct env_handle handle)
{
	struct env_sim *s = self;
	struct sim_handle *h = env_sim_handle(s, handle, SIM_FILE);

	TRY(file_call(s));
	buf_set(&h->node->synced, &h->node->now);
	return ERR_OK;
}

static enum err sim_lock(void *self, struct env_handle handle)
{
	struct env_sim *s = self;
	struct sim_handle *h = env_sim_handle(s, handle, SIM_FILE);

	TRY(file_call(s));
	if (h->node->lock && h->node->lock != h)
		return ERR_IN_USE;
	h->node->lock = h;
	return ERR_OK;
}

static enum err sim_stat(void *self, const char *path, struct env_stat *ret)
{
	struct env_sim *s = self;
	char name[ENV_PATH_MAX];

	TRY(file_call(s));
	TRY(path_clean(path, name));

	const struct sim_node *n = node_find(s, name);

	if (!n)
		return ERR_ABSENT;
	*ret = (struct env_stat){
		.kind = n->is_dir ? ENV_KIND_DIR : ENV_KIND_FILE,
		.size = n->now.len,
		.id = { 1, n->id },
	};
	return ERR_OK;
}

/* Directories are not moved: nothing of ours does it. */
static enum err sim_rename(void *self, const char *from, const char *to)
{
	struct env_sim *s = self;
	char old[ENV_PATH_MAX], new[ENV_PATH_MAX];

	TRY(file_call(s));
	TRY(path_clean(from, old));
	TRY(path_clean(to, new));

	struct sim_node *n = node_find(s, old);
	const struct sim_node *there = node_find(s, new);

	if (!n)
		return ERR_ABSENT;
	CHECK(!n->is_dir);
	if (there && there->is_dir)
		return ERR_WRONG_KIND;
	TRY(parent_check(s, new));
	name_del(&s->now, old);
	name_set(&s->now, new, n);
	return ERR_OK;
}

static enum err sim_remove(void *self, const char *path)
{
	struct env_sim *s = self;
	char name[ENV_PATH_MAX];

	TRY(file_call(s));
	TRY(path_clean(path, name));
	if (!node_find(s, name))
		return ERR_ABSENT;
	if (has_entries(&s->now, name))
		return ERR_EXISTS;
	name_del(&s->now, name);
	return ERR_OK;
}

static enum err sim_make_dir(void *self, const char *path)
{
	struct env_sim *s = self;
	char name[ENV_PATH_MAX];

	TRY(file_call(s));
	TRY(path_clean(path, name));
	if (node_find(s, name))
		return ERR_EXISTS;
	TRY(parent_check(s, name));
	name_set(&s->now, name, node_new(s, true));
	return ERR_OK;
}

static enum err dir_find(struct env_sim *s, const char *path,
                         char ret[ENV_PATH_MAX])
{
	TRY(path_clean(path, ret));

	const struct sim_node *n = node_find(s, ret);

	if (!n)
		return ERR_ABSENT;
	return n->is_dir ? ERR_OK : ERR_WRONG_KIND;
}

/* Makes the names of one directory in `to` those that are in `from`. */
static void names_copy(struct sim_dir *to, const struct sim_dir *from,
                       const char *dir)
{
	for (size_t i = to->n; i-- > 0;) {
		if (is_in(to->names[i].path, dir))
			name_del(to, to->names[i].path);
	}
	for (size_t i = 0; i < from->n; i++) {
		if (is_in(from->names[i].path, dir))
			name_set(to, from->names[i].path, from->names[i].node);
	}
}

static enum err sim_sync_dir(void *self, const char *path)
{
	struct env_sim *s = self;
	char name[ENV_PATH_MAX];

	TRY(file_call(s));
	TRY(dir_find(s, path, name));
	names_copy(&s->synced, &s->now, name);
	return ERR_OK;
}

static int text_cmp(const void *a, const void *b)
{
	const char *const *left = a;
	const char *const *right = b;

	return strcmp(*left, *right);
}

static enum err sim_list(void *self, struct arena *a, const char *path,
                         const char *const **ret, size_t *ret_n)
{
	struct env_sim *s = self;
	char dir[ENV_PATH_MAX];
	size_t n = 0;

	TRY(file_call(s));
	TRY(dir_find(s, path, dir));

	const char **list = arena_new_array(a, const char *, s->now.n);

	if (!list)
		return ERR_NO_MEMORY;
	for (size_t i = 0; i < s->now.n; i++) {
		const char *name = s->now.names[i].path;

		if (!is_in(name, dir))
			continue;
		name += strlen(dir) + 1;
		list[n] = arena_str(a, name, strlen(name));
		if (!list[n++])
			return ERR_NO_MEMORY;
	}
	qsort(list, n, sizeof(list[0]), text_cmp);
	*ret = list;
	*ret_n = n;
	return ERR_OK;
}

/* Each block, and the size, is the old one or the new. */
static void node_crash(struct env_sim_world *w, struct sim_node *n)
{
	struct buf mixed;
	const struct buf *size = env_sim_chance(w) % 2 ? &n->now : &n->synced;

	buf_init(&mixed, FILE_MAX);
	for (size_t at = 0; at < size->len; at += BLOCK) {
		const struct buf *from =
		    env_sim_chance(w) % 2 ? &n->now : &n->synced;
		size_t len = size->len - at < BLOCK ? size->len - at : BLOCK;
		uint8_t *p = buf_room(&mixed, len);

		CHECK(p);
		memset(p, 0, len);
		if (at < from->len)
			memcpy(p, from->p + at,
			       from->len - at < len ? from->len - at : len);
		mixed.len += len;
	}
	buf_set(&n->now, &mixed);
	buf_set(&n->synced, &mixed);
	buf_fini(&mixed);
	n->lock = NULL;
}

/* A name that changed since the last sync is as before, or as now. */
static void names_crash(struct env_sim *s)
{
	struct sim_dir *now = &s->now;

	for (size_t i = now->n; i-- > 0;) {
		const char *path = now->names[i].path;
		const struct sim_name *old = name_find(&s->synced, path);

		if (old && old->node == now->names[i].node)
			continue;
		if (env_sim_chance(s->world) % 2)
			continue;
		if (old)
			now->names[i].node = old->node;
		else
			name_del(now, path);
	}
	for (size_t i = 0; i < s->synced.n; i++) {
		const struct sim_name *old = &s->synced.names[i];

		if (!name_find(now, old->path) && env_sim_chance(s->world) % 2)
			name_set(now, old->path, old->node);
	}
}

/* What lies in a directory that is gone is gone as well. */
static void names_prune(struct env_sim *s)
{
	bool changed = true;

	while (changed) {
		changed = false;
		for (size_t i = s->now.n; i-- > 0;) {
			const char *path = s->now.names[i].path;

			if (path[0] && parent_check(s, path) != ERR_OK) {
				name_del(&s->now, path);
				changed = true;
			}
		}
	}
}

static void names_free(struct sim_dir *d)
{
	for (size_t i = 0; i < d->n; i++)
		free(d->names[i].path);
	d->n = 0;
}

void env_sim_file_crash(struct env_sim *s)
{
	for (struct sim_node *n = s->nodes; n; n = n->next)
		node_crash(s->world, n);
	names_crash(s);
	names_prune(s);
	names_free(&s->synced);
	for (size_t i = 0; i < s->now.n; i++)
		name_set(&s->synced, s->now.names[i].path,
		         s->now.names[i].node);
}

void env_sim_file_close(struct env_sim *s, struct sim_handle *h)
{
	(void)s;
	if (h->node->lock == h)
		h->node->lock = NULL;
}

void env_sim_file_init(struct env_sim *s)
{
	struct sim_node *root = node_new(s, true);

	name_set(&s->now, "", root);
	name_set(&s->synced, "", root);
}

void env_sim_file_fini(struct env_sim *s)
{
	while (s->nodes) {
		struct sim_node *n = s->nodes;

		s->nodes = n->next;
		buf_fini(&n->now);
		buf_fini(&n->synced);
		free(n);
	}
	names_free(&s->now);
	names_free(&s->synced);
}

void env_sim_file_fill(struct env *e)
{
	e->open = sim_open;
	e->read_at = sim_read_at;
	e->write_at = sim_write_at;
	e->size = sim_size;
	e->cut = sim_cut;
	e->sync = sim_sync;
	e->lock = sim_lock;
	e->stat = sim_stat;
	e->rename = sim_rename;
	e->remove = sim_remove;
	e->make_dir = sim_make_dir;
	e->sync_dir = sim_sync_dir;
	e->list = sim_list;
}
