/* node/app/clar_project.c - Clarinet projects; contract in clar_project.h. */
#include "config.h"

#include "node/app/clar_project.h"

#include <string.h>

#include "node/io/json_read.h"
#include "node/io/toml.h"

#define JSON_MAX ((size_t)4 << 20)

/* A project that is being added. */
struct project {
	struct clar_set *set;
	const char *dir;
	const struct principal *deployer;
	bool is_wanted;
};

static enum err project_wrong(struct clar_set *s, const char *what,
                              uint32_t line)
{
	struct buf text;

	buf_init(&text, 400);
	(void)buf_addf(&text, "line %u: %s", line, what);
	s->wrong_text = arena_str(&s->arena, buf_str(&text), text.len);
	buf_fini(&text);
	return ERR_SYNTAX;
}

/* DIR/PATH with PATH as a project file gives it. */
static const char *project_path(struct project *p, struct span path)
{
	const char *text =
	    arena_str(&p->set->arena, (const char *)path.p, path.len);

	if (!text || text[0] == '/')
		return text;
	return clar_set_join(p->set, p->dir, text);
}

static enum err contract_add(struct project *p, const struct toml *t)
{
	const struct principal *contract;
	struct span path;
	int64_t version = 0;

	if (!toml_text(toml_get(t, "path"), &path))
		return ERR_OK;
	if (toml_int(toml_get(t, "clarity_version"), &version) &&
	    (version < CLARITY_FIRST || version > CLARITY_LAST)) {
		p->set->wrong_text = "a clarity_version that there is not";
		return ERR_SYNTAX;
	}

	enum err e = principal_new_contract(&p->set->arena, &contract,
	                                    p->deployer, t->key);

	if (e == ERR_SYNTAX)
		p->set->wrong_text = "a contract's name is none";
	if (e != ERR_OK)
		return e;

	const char *file = project_path(p, path);

	if (!file)
		return ERR_NO_MEMORY;
	return clar_set_add_item(p->set, file, contract,
	                         (enum clarity_version)version, p->is_wanted);
}

/* "clarity_version": "Clarity2" in the note beside a cached requirement. */
static enum clarity_version note_version(struct span text)
{
	const struct json *note;
	struct span name;
	enum clarity_version version = 0;

	if (json_read_parse(&note, text, JSON_MAX) != ERR_OK)
		return 0;
	if (!json_read_text(json_read_get(note, "clarity_version"), &name) ||
	    !version_parse(&version, name))
		version = 0;
	json_read_free(note);
	return version;
}

/* CACHE/requirements/ID.clar, if it was fetched. */
static enum err requirement_add(struct project *p, const char *cache,
                                struct span id)
{
	struct clar_set *s = p->set;
	const struct principal *contract;
	enum clarity_version version = 0;
	struct env_stat st;
	struct span note;
	struct buf name;

	if (principal_parse(&s->arena, &contract, id) != PRINCIPAL_OK ||
	    !principal_is_contract(contract))
		return ERR_OK;
	buf_init(&name, ENV_PATH_MAX);
	(void)buf_addf(&name, "requirements/%.*s.clar", (int)id.len, id.p);

	const char *file = clar_set_join(s, cache, buf_str(&name));

	buf_reset(&name);
	(void)buf_addf(&name, "requirements/%.*s.json", (int)id.len, id.p);

	const char *json = clar_set_join(s, cache, buf_str(&name));

	buf_fini(&name);
	if (!file || !json)
		return ERR_NO_MEMORY;
	if (env_stat(s->env, file, &st) != ERR_OK)
		return ERR_OK;
	if (env_read_file(s->env, &s->arena, json, JSON_MAX, &note) == ERR_OK)
		version = note_version(note);
	return clar_set_add_item(s, file, contract, version, false);
}

static enum err requirements_add(struct project *p, const struct toml *root)
{
	const struct toml *project = toml_get(root, "project");
	const struct toml *list = toml_get(project, "requirements");
	struct span cache = span_str(".cache");
	struct span id;

	(void)toml_text(toml_get(project, "cache_dir"), &cache);

	const char *path = project_path(p, cache);

	if (!path)
		return ERR_NO_MEMORY;
	if (!list || list->kind != TOML_ARRAY)
		return ERR_OK;
	for (const struct toml *t = list->first; t; t = t->next) {
		if (toml_text(toml_get(t, "contract_id"), &id))
			TRY(requirement_add(p, path, id));
	}
	return ERR_OK;
}

enum err clar_project_add(struct clar_set *s, const char *dir, const char *file,
                          bool is_wanted)
{
	struct project p = { .set = s, .dir = dir, .is_wanted = is_wanted };
	struct toml_error why;
	const struct toml *root = NULL;
	struct span text;
	enum err e;

	if (principal_parse_standard(&s->arena, &p.deployer,
	                             span_str(CLAR_SET_PROJECT)) !=
	    PRINCIPAL_OK)
		return ERR_NO_MEMORY;
	TRY(env_read_file(s->env, &s->arena, file, TOML_SIZE_MAX, &text));
	e = toml_parse(&s->arena, text, &root, &why);
	if (e == ERR_SYNTAX || e == ERR_OVERFLOW || e == ERR_TOO_LARGE)
		return project_wrong(s, why.what, why.line);
	if (e != ERR_OK)
		return e;

	const struct toml *contracts = toml_get(root, "contracts");

	for (const struct toml *t = contracts ? contracts->first : NULL; t;
	     t = t->next)
		TRY(contract_add(&p, t));
	return requirements_add(&p, root);
}
