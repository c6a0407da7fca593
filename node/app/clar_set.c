/* node/app/clar_set.c - Contracts in files and folders; see clar_set.h. */
#include "config.h"

#include "node/app/clar_set.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "node/app/clar_project.h"

#define SUFFIX ".clar"
#define PROJECT_FILE "Clarinet.toml"
#define ARENA_MAX ((size_t)4 << 30)

/* A folder that is still to be searched. */
struct folder {
	struct folder *next;
	const char *path;
	unsigned depth;
};

static enum err set_wrong(struct clar_set *s, const char *path, enum err e)
{
	if (e != ERR_OK && !s->wrong_path)
		s->wrong_path = path;
	return e;
}

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text);
	size_t tail = strlen(end);

	return len > tail && strcmp(text + len - tail, end) == 0;
}

const char *clar_set_join(struct clar_set *s, const char *dir, const char *name)
{
	size_t len = strlen(dir);
	size_t tail = strlen(name);
	char *path = arena_alloc(&s->arena, len + tail + 2);

	if (!path)
		return NULL;
	while (len > 1 && dir[len - 1] == '/')
		len--;
	memcpy(path, dir, len);
	path[len] = '/';
	memcpy(path + len + 1, name, tail + 1);
	return path;
}

enum err clar_set_init(struct clar_set *s, const struct env *env,
                       const char *address)
{
	const char *text = address ? address : CLAR_SET_ADDRESS;

	*s = (struct clar_set){ .env = env };
	arena_init(&s->arena, ARENA_MAX);
	hmap_init(&s->by_contract, &s->arena, CLAR_SET_MAX, NULL);
	hmap_init(&s->folders, &s->arena, CLAR_SET_MAX, NULL);
	buf_init(&s->found, CLAR_SET_MAX * sizeof(struct clar_item));
	switch (
	    principal_parse_standard(&s->arena, &s->address, span_str(text))) {
	case PRINCIPAL_OK:
		return ERR_OK;
	case PRINCIPAL_NO_MEMORY:
		return ERR_NO_MEMORY;
	case PRINCIPAL_BAD_C32:
	case PRINCIPAL_BAD_LENGTH:
	case PRINCIPAL_BAD_NAME:
	case PRINCIPAL_MISSING_DOT:
	case PRINCIPAL_EMPTY_ISSUER:
		break;
	}
	return ERR_SYNTAX;
}

void clar_set_fini(struct clar_set *s)
{
	buf_fini(&s->found);
	arena_fini(&s->arena);
}

enum err clar_set_add_item(struct clar_set *s, const char *path,
                           const struct principal *contract,
                           enum clarity_version version, bool is_wanted)
{
	struct clar_item item = { .path = path,
		                  .contract = contract,
		                  .version = version,
		                  .is_wanted = is_wanted,
		                  .state = CLAR_NEW };

	return set_wrong(s, path, buf_add(&s->found, &item, sizeof(item)));
}

/* The part of a path behind its last slash, and the one before it. */
static struct span path_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return span_str(slash ? slash + 1 : path);
}

static struct span path_folder(const char *path)
{
	const char *end = strrchr(path, '/');
	const char *start = end;

	if (!end)
		return span_of(NULL, 0);
	while (start > path && start[-1] != '/')
		start--;
	return span_of(start, (size_t)(end - start));
}

/* Whose contract a file is, by the customs in the header. */
static enum err item_contract(struct clar_set *s, const char *path,
                              const struct principal **ret)
{
	struct span name = path_name(path);
	const struct principal *issuer = s->address;
	enum principal_fault fault;
	enum err e;

	if (ends_with(path, SUFFIX))
		name.len -= strlen(SUFFIX);
	fault = principal_parse(&s->arena, ret, name);
	if (fault == PRINCIPAL_OK && principal_is_contract(*ret))
		return ERR_OK;
	if (principal_parse_standard(&s->arena, &issuer, path_folder(path)) !=
	    PRINCIPAL_OK)
		issuer = s->address;
	e = principal_new_contract(&s->arena, ret, issuer, name);
	/* A file may be called anything; then nobody can refer to it. */
	if (e == ERR_SYNTAX)
		e = principal_new_contract(&s->arena, ret, issuer,
		                           span_str("contract"));
	return e;
}

static enum err set_add_file(struct clar_set *s, const char *path,
                             bool is_wanted)
{
	const struct principal *contract;

	TRY(item_contract(s, path, &contract));
	return clar_set_add_item(s, path, contract, 0, is_wanted);
}

/* Whether a folder is entered for the first time. */
static enum err folder_enter(struct clar_set *s, const struct env_stat *st,
                             bool *ret_is_new)
{
	void *id = arena_copy(&s->arena, st->id, sizeof(st->id));
	struct span key = span_of(id, sizeof(st->id));

	if (!id)
		return ERR_NO_MEMORY;
	*ret_is_new = !hmap_has(&s->folders, key);
	return *ret_is_new ? hmap_put(&s->folders, key, id) : ERR_OK;
}

static bool is_project(const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(names[i], PROJECT_FILE) == 0)
			return true;
	}
	return false;
}

static enum err folder_push(struct clar_set *s, struct folder **stack,
                            const char *path, unsigned depth)
{
	struct folder *f = arena_new(&s->arena, struct folder);

	if (!f)
		return ERR_NO_MEMORY;
	if (depth > CLAR_SET_DEPTH_MAX)
		return set_wrong(s, path, ERR_TOO_LARGE);
	*f = (struct folder){ .next = *stack, .path = path, .depth = depth };
	*stack = f;
	return ERR_OK;
}

/* What lies in a folder: contracts are added, folders pushed. */
static enum err folder_entry(struct clar_set *s, struct folder **stack,
                             const struct folder *in, const char *name,
                             bool is_wanted)
{
	const char *path = clar_set_join(s, in->path, name);
	struct env_stat st;
	bool is_new;

	if (!path)
		return ERR_NO_MEMORY;
	bool is_contract = ends_with(name, SUFFIX);
	enum err e = env_stat(s->env, path, &st);

	/* A link to nowhere, or one that runs in a circle. */
	if (!is_contract && (e == ERR_ABSENT || e == ERR_WRONG_KIND))
		return ERR_OK;
	if (e != ERR_OK)
		return set_wrong(s, path, e);
	if (is_contract && st.kind != ENV_KIND_DIR)
		return set_add_file(s, path, is_wanted);
	if (st.kind != ENV_KIND_DIR || name[0] == '.')
		return ERR_OK;
	TRY(folder_enter(s, &st, &is_new));
	return is_new ? folder_push(s, stack, path, in->depth + 1) : ERR_OK;
}

static enum err folder_search(struct clar_set *s, struct folder **stack,
                              const struct folder *in, bool is_wanted)
{
	const char *const *names = NULL;
	size_t n = 0;

	TRY(set_wrong(s, in->path,
	              env_list(s->env, &s->arena, in->path, &names, &n)));
	if (is_project(names, n)) {
		const char *file = clar_set_join(s, in->path, PROJECT_FILE);

		if (!file)
			return ERR_NO_MEMORY;
		return set_wrong(
		    s, file, clar_project_add(s, in->path, file, is_wanted));
	}
	for (size_t i = 0; i < n; i++)
		TRY(folder_entry(s, stack, in, names[i], is_wanted));
	return ERR_OK;
}

enum err clar_set_add(struct clar_set *s, const char *path, bool is_wanted)
{
	struct folder *stack = NULL;
	struct env_stat st;
	bool is_new;

	TRY(set_wrong(s, path, env_stat(s->env, path, &st)));
	if (st.kind != ENV_KIND_DIR)
		return set_add_file(s, path, is_wanted);
	TRY(folder_enter(s, &st, &is_new));
	if (is_new)
		TRY(folder_push(s, &stack, path, 0));
	while (stack) {
		struct folder *f = stack;

		stack = f->next;
		TRY(folder_search(s, &stack, f, is_wanted));
	}
	return ERR_OK;
}

static int item_cmp(const void *a, const void *b)
{
	const struct clar_item *left = a;
	const struct clar_item *right = b;

	if (left->is_wanted != right->is_wanted)
		return left->is_wanted ? -1 : 1;
	return strcmp(left->path, right->path);
}

/* A file that a person named twice is one; two files of one contract are a
 * mistake, which is told at the second. */
static enum err item_twice(struct clar_set *s, struct clar_item *item,
                           const struct clar_item *first)
{
	struct clar_reason *why = arena_new(&s->arena, struct clar_reason);
	const char *text =
	    arena_str(&s->arena, first->path, strlen(first->path));

	if (!why || !text)
		return ERR_NO_MEMORY;
	*why = (struct clar_reason){ .rule = "ContractAlreadyExists",
		                     .message = "another file is this "
		                                "contract already",
		                     .suggestion = text,
		                     .rendered = "" };
	item->reason = why;
	item->state = CLAR_REJECTED;
	return ERR_OK;
}

/* Files that were given twice are dropped. */
static uint32_t drop_same_paths(struct clar_item *items, uint32_t n)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < n; i++) {
		if (kept && strcmp(items[kept - 1].path, items[i].path) == 0)
			continue;
		memcpy(&items[kept++], &items[i], sizeof(items[i]));
	}
	return kept;
}

enum err clar_set_finish(struct clar_set *s)
{
	s->items = (struct clar_item *)(void *)s->found.p;
	s->n = (uint32_t)(s->found.len / sizeof(struct clar_item));
	if (s->n)
		qsort(s->items, s->n, sizeof(s->items[0]), item_cmp);
	s->n = drop_same_paths(s->items, s->n);
	for (uint32_t i = 0; i < s->n; i++) {
		struct clar_item *item = &s->items[i];
		struct clar_item *first = clar_set_find(s, item->contract);

		s->n_wanted += item->is_wanted;
		if (first && first->is_wanted == item->is_wanted)
			TRY(item_twice(s, item, first));
		if (first)
			continue;
		TRY(hmap_put(
		    &s->by_contract,
		    span_of(item->contract, principal_len(item->contract)),
		    item));
	}
	return ERR_OK;
}

struct clar_item *clar_set_find(const struct clar_set *s,
                                const struct principal *contract)
{
	return hmap_get(&s->by_contract,
	                span_of(contract, principal_len(contract)));
}
