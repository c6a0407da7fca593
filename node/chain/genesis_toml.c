/* node/chain/genesis_toml.c - A chain's description; contract in
 * genesis_toml.h. */
#include "config.h"

#include "node/chain/genesis_toml.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "clarity/value/int128.h"
#include "node/io/toml.h"

/* Characters of a Bitcoin hash. */
#define HASH_TEXT (2u * WIRE_HASH_LEN)

struct reading {
	struct arena *arena;
	struct genesis *ret;
	const struct genesis_files *files;
	char *why;
	const char *where; /* the table that is being read */
	uint32_t number;   /* in a list of tables, from 1; 0: no list */
};

__attribute__((format(printf, 2, 3))) static enum err
refuse(struct reading *r, const char *fmt, ...)
{
	va_list args;
	int n = r->number
	            ? snprintf(r->why, GENESIS_TOML_WHY_MAX,
	                       "%s %u: ", r->where, r->number)
	            : snprintf(r->why, GENESIS_TOML_WHY_MAX, "%s: ", r->where);

	va_start(args, fmt);
	(void)vsnprintf(r->why + n, GENESIS_TOML_WHY_MAX - (size_t)n, fmt,
	                args);
	va_end(args);
	return ERR_GENESIS;
}

/* --- values --- */

/* Refuses keys that are not among `known`, which are parted by spaces. */
static enum err only(struct reading *r, const struct toml *t, const char *known)
{
	for (const struct toml *at = t ? t->first : NULL; at; at = at->next) {
		const char *hit = known;
		size_t len = at->key.len;

		while (*hit &&
		       !(strncmp(hit, (const char *)at->key.p, len) == 0 &&
		         (hit[len] == ' ' || !hit[len]))) {
			while (*hit && *hit != ' ')
				hit++;
			hit += *hit == ' ';
		}
		if (!*hit)
			return refuse(r, "unknown key %.*s", (int)len,
			              (const char *)at->key.p);
	}
	return ERR_OK;
}

/* A number up to `max`; absent, `ret` stays. */
static enum err get_u64(struct reading *r, const struct toml *t,
                        const char *key, uint64_t max, uint64_t *ret)
{
	const struct toml *v = toml_get(t, key);
	int64_t n;

	if (!v)
		return ERR_OK;
	if (!toml_int(v, &n) || n < 0 || (uint64_t)n > max)
		return refuse(r, "%s is no number up to %llu", key,
		              (unsigned long long)max);
	*ret = (uint64_t)n;
	return ERR_OK;
}

static enum err get_u32(struct reading *r, const struct toml *t,
                        const char *key, uint32_t *ret)
{
	uint64_t n = *ret;

	TRY(get_u64(r, t, key, UINT32_MAX, &n));
	*ret = (uint32_t)n;
	return ERR_OK;
}

/* An amount: a number, or a text of digits where that is too small. */
static enum err get_ustx(struct reading *r, const struct toml *t,
                         const char *key, u128 *ret)
{
	const struct toml *v = toml_get(t, key);
	struct span text;
	int64_t n;

	if (!v)
		return ERR_OK;
	if (toml_int(v, &n) && n >= 0)
		*ret = (u128)n;
	else if (!toml_text(v, &text) || !int128_parse_unsigned(ret, text))
		return refuse(r, "%s is no amount", key);
	return ERR_OK;
}

static enum err get_text(struct reading *r, const struct toml *t,
                         const char *key, struct span *ret)
{
	const struct toml *v = toml_get(t, key);

	if (v && !toml_text(v, ret))
		return refuse(r, "%s is no text", key);
	return ERR_OK;
}

static enum err get_bool(struct reading *r, const struct toml *t,
                         const char *key, bool *ret)
{
	const struct toml *v = toml_get(t, key);

	if (v && !toml_bool(v, ret))
		return refuse(r, "%s is neither true nor false", key);
	return ERR_OK;
}

static enum err get_epoch(struct reading *r, const struct toml *t,
                          const char *key, enum epoch *ret)
{
	struct span text = span_of(NULL, 0);

	TRY(get_text(r, t, key, &text));
	if (text.len && !epoch_parse(ret, text))
		return refuse(r, "%s is no epoch", key);
	return ERR_OK;
}

static enum err get_who(struct reading *r, const struct toml *t,
                        const struct principal **ret)
{
	struct span text = span_of(NULL, 0);

	TRY(get_text(r, t, "address", &text));
	if (!text.len || principal_parse(r->arena, ret, text) != PRINCIPAL_OK)
		return refuse(r, "address is none");
	return arena_err(r->arena);
}

static bool hex_digit(uint8_t c, uint8_t *ret)
{
	if (c >= '0' && c <= '9')
		*ret = (uint8_t)(c - '0');
	else if (c >= 'a' && c <= 'f')
		*ret = (uint8_t)(c - 'a' + 10);
	else
		return false;
	return true;
}

static enum err get_hash(struct reading *r, const struct toml *t,
                         const char *key, uint8_t ret[WIRE_HASH_LEN])
{
	struct span text = span_of(NULL, 0);
	uint8_t high, low;

	TRY(get_text(r, t, key, &text));
	if (!text.len)
		return ERR_OK;
	if (text.len != HASH_TEXT)
		return refuse(r, "%s has not 64 characters", key);
	for (size_t i = 0; i < WIRE_HASH_LEN; i++) {
		if (!hex_digit(text.p[2 * i], &high) ||
		    !hex_digit(text.p[2 * i + 1], &low))
			return refuse(r, "%s is no lower-case hex", key);
		ret[i] = (uint8_t)(high << 4 | low);
	}
	return ERR_OK;
}

/* --- tables --- */

static enum err read_limit(struct reading *r, const struct toml *t,
                           struct cost *ret)
{
	static const char *const units[COST_UNITS] = { "runtime", "read_count",
		                                       "read_length",
		                                       "write_count",
		                                       "write_length" };

	TRY(only(r, t,
	         "runtime read_count read_length write_count write_length"));
	for (uint32_t u = 0; u < COST_UNITS; u++)
		TRY(get_u64(r, t, units[u], INT64_MAX, &ret->of[u]));
	return ERR_OK;
}

static enum err read_epoch(struct reading *r, const struct toml *t)
{
	struct chain_params *p = &r->ret->params;
	enum epoch epoch = EPOCH_1_0;
	uint32_t height = 0;

	TRY(only(r, t, "name height limit"));
	TRY(get_epoch(r, t, "name", &epoch));
	TRY(get_u32(r, t, "height", &height));
	if (epoch < EPOCH_2_0)
		return refuse(r, "name is missing, or no epoch of a chain");
	if (!chain_params_add_epoch(p, epoch, height))
		return refuse(r, "not behind the epoch before");
	return read_limit(r, toml_get(t, "limit"),
	                  &p->epochs[p->n_epochs - 1].limit);
}

static enum err read_unlocks(struct reading *r, const struct toml *t)
{
	const struct toml *at = t ? t->first : NULL;
	int64_t n;

	if (t && t->kind != TOML_ARRAY)
		return refuse(r, "unlock is no list");
	for (uint32_t i = 0; at; i++, at = at->next) {
		if (i == 4 || !toml_int(at, &n) || n < 0 || n > UINT32_MAX)
			return refuse(r, "unlock is no list of four heights");
		r->ret->params.unlock_height[i] = (uint32_t)n;
	}
	return ERR_OK;
}

static enum err read_bitcoin(struct reading *r, const struct toml *t)
{
	struct cycle_params *c = &r->ret->params.cycles;

	r->where = "bitcoin";
	TRY(only(r, t,
	         "first_height first_hash first_time cycle prepare unlock"));
	TRY(get_u64(r, t, "first_height", UINT32_MAX, &c->first_height));
	TRY(get_hash(r, t, "first_hash", r->ret->burn_hash));
	TRY(get_u64(r, t, "first_time", INT64_MAX, &r->ret->burn_time));
	TRY(get_u32(r, t, "cycle", &c->len));
	TRY(get_u32(r, t, "prepare", &c->prepare));
	if (c->prepare == 0 || c->len <= c->prepare)
		return refuse(r, "a cycle must be longer than its prepare "
		                 "phase, and that has at least one block");
	return read_unlocks(r, toml_get(t, "unlock"));
}

static enum err read_names(struct reading *r, const struct toml *t)
{
	struct chain_params *p = &r->ret->params;

	r->where = "contracts";
	TRY(only(r, t, "grants emission stacking next_stacking"));
	TRY(get_text(r, t, "grants", &p->grants));
	TRY(get_text(r, t, "emission", &p->emission_to));
	TRY(get_text(r, t, "stacking", &p->stacking));
	return get_text(r, t, "next_stacking", &p->next_stacking);
}

static enum err read_args(struct reading *r, const struct toml *t,
                          struct genesis_contract *c)
{
	struct span *args;
	uint32_t n = 0;

	if (!t)
		return ERR_OK;
	if (t->kind != TOML_ARRAY)
		return refuse(r, "args is no list");
	args = arena_array(r->arena, GENESIS_ARGS_MAX, sizeof(*args));
	if (!args)
		return ERR_NO_MEMORY;
	for (const struct toml *at = t->first; at; at = at->next, n++) {
		if (n == GENESIS_ARGS_MAX || !toml_text(at, &args[n]))
			return refuse(r, "args is no list of at most %u texts",
			              GENESIS_ARGS_MAX);
	}
	c->args = args;
	c->n_args = n;
	return ERR_OK;
}

static enum err read_source(struct reading *r, const struct toml *t,
                            struct genesis_contract *c)
{
	struct span file = span_of(NULL, 0);
	enum err e;

	TRY(get_text(r, t, "file", &file));
	if (!file.len) {
		char *name = arena_alloc(r->arena, c->name.len + 5);

		if (!name)
			return ERR_NO_MEMORY;
		memcpy(name, c->name.p, c->name.len);
		memcpy(name + c->name.len, ".clar", 5);
		file = span_of(name, c->name.len + 5);
	}
	e = r->files->read(r->files->ctx, r->arena, file, &c->source);
	if (e != ERR_OK)
		(void)refuse(r, "%.*s: %s", (int)file.len, (const char *)file.p,
		             err_text(e));
	return e;
}

static enum err read_contract(struct reading *r, const struct toml *t,
                              struct genesis_contract *c)
{
	uint64_t version;

	TRY(only(r, t, "name file clarity epoch mint call args"));
	TRY(get_text(r, t, "name", &c->name));
	if (!c->name.len)
		return refuse(r, "name is missing");
	c->epoch = r->ret->params.epochs[0].epoch;
	TRY(get_epoch(r, t, "epoch", &c->epoch));
	if (!chain_params_find(&r->ret->params, c->epoch))
		return refuse(r, "the chain does not have its epoch");
	version = (uint64_t)version_max(chain_params_rules(c->epoch));
	TRY(get_u64(r, t, "clarity", version, &version));
	if (version == 0)
		return refuse(r, "clarity begins with 1");
	c->version = (enum clarity_version)version;
	TRY(get_ustx(r, t, "mint", &c->mint));
	TRY(get_text(r, t, "call", &c->call));
	TRY(read_args(r, toml_get(t, "args"), c));
	return read_source(r, t, c);
}

static enum err read_balance(struct reading *r, const struct toml *t,
                             struct genesis_balance *b)
{
	TRY(only(r, t, "address ustx"));
	TRY(get_who(r, t, &b->who));
	return get_ustx(r, t, "ustx", &b->ustx);
}

static enum err read_grant(struct reading *r, const struct toml *t,
                           struct genesis_grant *g)
{
	TRY(only(r, t, "address ustx height"));
	TRY(get_who(r, t, &g->who));
	TRY(get_ustx(r, t, "ustx", &g->ustx));
	TRY(get_u32(r, t, "height", &g->height));
	return g->height ? ERR_OK : refuse(r, "height begins with 1");
}

/* --- lists of tables --- */

static uint32_t list_count(const struct toml *list)
{
	uint32_t n = 0;

	for (const struct toml *at = list ? list->first : NULL; at;
	     at = at->next)
		n++;
	return n;
}

/* Begins a list: `*ret` zeroed items. */
static enum err list_begin(struct reading *r, const struct toml *top,
                           const char *name, size_t size, void **ret)
{
	const struct toml *list = toml_get(top, name);

	r->where = name;
	if (list && list->kind != TOML_ARRAY)
		return refuse(r, "write [[%s]]", name);
	*ret = arena_zalloc(r->arena, (list_count(list) + 1) * size);
	return *ret ? ERR_OK : ERR_NO_MEMORY;
}

static enum err read_epochs(struct reading *r, const struct toml *top)
{
	const struct toml *list = toml_get(top, "epoch");

	r->where = "epoch";
	for (const struct toml *at = list ? list->first : NULL; at;
	     at = at->next) {
		r->number++;
		TRY(read_epoch(r, at));
	}
	r->number = 0;
	return r->ret->params.n_epochs ? ERR_OK : refuse(r, "there is none");
}

static enum err read_contracts(struct reading *r, const struct toml *top)
{
	struct genesis_contract *all;
	void *room;

	TRY(list_begin(r, top, "contract", sizeof(*all), &room));
	all = room;
	for (const struct toml *at = list_count(toml_get(top, "contract"))
	                                 ? toml_get(top, "contract")->first
	                                 : NULL;
	     at; at = at->next)
		TRY(read_contract(r, at, &all[r->number++]));
	r->ret->contracts = all;
	r->ret->n_contracts = r->number;
	r->number = 0;
	return ERR_OK;
}

static enum err read_balances(struct reading *r, const struct toml *top)
{
	struct genesis_balance *all;
	void *room;

	TRY(list_begin(r, top, "balance", sizeof(*all), &room));
	all = room;
	for (const struct toml *at = list_count(toml_get(top, "balance"))
	                                 ? toml_get(top, "balance")->first
	                                 : NULL;
	     at; at = at->next)
		TRY(read_balance(r, at, &all[r->number++]));
	r->ret->balances = all;
	r->ret->n_balances = r->number;
	r->number = 0;
	return ERR_OK;
}

/* Those of one height stay in the file's order. */
static void sort_grants(struct genesis_grant *all, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++) {
		struct genesis_grant g = all[i];
		uint32_t k = i;

		for (; k > 0 && all[k - 1].height > g.height; k--)
			all[k] = all[k - 1];
		all[k] = g;
	}
}

static enum err read_grants(struct reading *r, const struct toml *top)
{
	struct genesis_grant *all;
	void *room;

	TRY(list_begin(r, top, "grant", sizeof(*all), &room));
	all = room;
	for (const struct toml *at = list_count(toml_get(top, "grant"))
	                                 ? toml_get(top, "grant")->first
	                                 : NULL;
	     at; at = at->next)
		TRY(read_grant(r, at, &all[r->number++]));
	sort_grants(all, r->number);
	r->ret->grants = all;
	r->ret->n_grants = r->number;
	r->number = 0;
	return ERR_OK;
}

/* A schedule replaces the network's; an empty list ends it. */
static enum err read_steps(struct reading *r, const struct toml *top,
                           const char *name, struct chain_steps *ret)
{
	const struct toml *list = toml_get(top, name);

	r->where = name;
	if (!list)
		return ERR_OK;
	*ret = (struct chain_steps){ 0 };
	for (const struct toml *at = list->first; at; at = at->next) {
		struct chain_step *s = &ret->at[ret->n];

		r->number++;
		if (ret->n == CHAIN_PARAMS_STEPS_MAX)
			return refuse(r, "there are too many");
		TRY(only(r, at, "from ustx"));
		TRY(get_u64(r, at, "from", UINT32_MAX, &s->from));
		TRY(get_ustx(r, at, "ustx", &s->ustx));
		if (ret->n && s->from <= s[-1].from)
			return refuse(r, "not behind the one before");
		ret->n++;
	}
	r->number = 0;
	return ERR_OK;
}

static enum err read_top(struct reading *r, const struct toml *top)
{
	struct chain_params *p = &r->ret->params;
	bool is_mainnet = false;

	r->where = "genesis";
	TRY(only(r, top,
	         "chain_id mainnet maturity bitcoin epoch contracts contract "
	         "balance grant coinbase emission"));
	TRY(get_bool(r, top, "mainnet", &is_mainnet));
	chain_params_init(p, is_mainnet);
	TRY(get_u32(r, top, "chain_id", &p->chain_id));
	TRY(get_u32(r, top, "maturity", &p->maturity));
	TRY(read_bitcoin(r, toml_get(top, "bitcoin")));
	TRY(read_names(r, toml_get(top, "contracts")));
	TRY(read_epochs(r, top));
	TRY(read_steps(r, top, "coinbase", &p->coinbase));
	TRY(read_steps(r, top, "emission", &p->emission));
	TRY(read_contracts(r, top));
	TRY(read_balances(r, top));
	return read_grants(r, top);
}

enum err genesis_toml_read(struct arena *a, struct genesis *ret,
                           struct span text, const struct genesis_files *files,
                           char *ret_why)
{
	struct reading r = {
		.arena = a, .ret = ret, .files = files, .why = ret_why
	};
	struct toml_error error;
	const struct toml *top;
	enum err e = toml_parse(a, text, &top, &error);

	*ret = (struct genesis){ 0 };
	ret_why[0] = '\0';
	if (e == ERR_NO_MEMORY)
		return e;
	if (e != ERR_OK) {
		(void)snprintf(ret_why, GENESIS_TOML_WHY_MAX, "line %u: %s",
		               error.line, error.what);
		return ERR_GENESIS;
	}
	return read_top(&r, top);
}
