/* node/store/chaindb_open.c - Opening and closing; contract in chaindb.h. */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "node/store/chaindb_core.h"
#include "node/store/chaindb_past.h"

#define STATE_BYTES ((size_t)16 << 30)
#define CACHE_BYTES ((size_t)256 << 20)
#define BLOCK_BYTES ((size_t)8 << 30)
#define WORK_BYTES ((size_t)4 << 30)
#define HELD_BYTES ((size_t)1 << 24)
#define RECORD_BYTES ((size_t)1 << 31)

/* What is written is gathered up to this before it is sorted into files. */
#define WRITE_BYTES ((size_t)128 << 20)

#define REBUILD                                                                \
	"Restore a copy of the folder, or move it away and start again: the "  \
	"node then fetches the chain from its peers."

static const char *const chaindb_families[CHAINDB_FAMILIES] = {
	[CHAINDB_META] = "meta",
	[CHAINDB_HEAD] = "head",
	[CHAINDB_ID] = "id",
	[CHAINDB_BLOCK] = "block",
	[CHAINDB_TX] = "tx",
	[CHAINDB_RECEIPT] = "receipt",
	[CHAINDB_LOG] = "log",
	[CHAINDB_TRIE] = "trie",
	[CHAINDB_TRIE_BLOCK] = "trie_block",
	[CHAINDB_FLAT] = "flat",
	[CHAINDB_CHANGE] = "change",
	[CHAINDB_OWN] = "own",
};

/* An opening under way. */
struct opening {
	struct chaindb *db;
	const char *path;
	char *why;
	const char *what; /* is damaged; NULL: not known */
};

__attribute__((format(printf, 3, 4))) static enum err
chaindb_open_say(const struct opening *o, enum err e, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(o->why, CHAINDB_WHY_MAX, fmt, args);
	va_end(args);
	return e;
}

/* --- the files --- */

static enum err chaindb_open_path(const struct opening *o, const char *name,
                                  char ret[ENV_PATH_MAX])
{
	int n = snprintf(ret, ENV_PATH_MAX, "%s/%s", o->path, name);

	return n > 0 && n < (int)ENV_PATH_MAX ? ERR_OK : ERR_TOO_LARGE;
}

static enum err chaindb_open_folder(const struct opening *o)
{
	const struct chaindb_options *options = &o->db->options;
	enum err e = ERR_EXISTS;

	if (options->may_create)
		e = env_make_dir(options->env, o->path);
	return e == ERR_EXISTS ? ERR_OK : e;
}

/* Compares what the store is with what it should be. */
static enum err chaindb_open_identity(const struct opening *o, uint32_t schema,
                                      uint32_t chain_id)
{
	if (schema != CHAINDB_SCHEMA)
		return chaindb_open_say(
		    o, ERR_STORE_SCHEMA,
		    "%s was written with schema %u, and this program reads "
		    "schema %u. Use the program that wrote it, or give another "
		    "folder.",
		    o->path, schema, CHAINDB_SCHEMA);
	if (o->db->options.any_chain)
		o->db->options.chain_id = chain_id;
	if (chain_id != o->db->options.chain_id)
		return chaindb_open_say(
		    o, ERR_STORE_CHAIN,
		    "%s holds chain 0x%08x, not chain 0x%08x. Correct the "
		    "chain id, or give another folder.",
		    o->path, chain_id, o->db->options.chain_id);
	return ERR_OK;
}

static enum err chaindb_open_witness(const struct opening *o)
{
	struct chaindb *db = o->db;
	struct witness_mark first = { .schema = CHAINDB_SCHEMA,
		                      .chain_id = db->options.chain_id,
		                      .tip = CHAINDB_NONE };
	char path[ENV_PATH_MAX];
	enum err e;

	TRY(chaindb_open_path(o, "witness", path));
	e = witness_open(&db->witness, db->options.env, path,
	                 db->options.may_create ? &first : NULL);
	if (e == ERR_OK)
		return chaindb_open_identity(o, db->witness.last.schema,
		                             db->witness.last.chain_id);
	if (e == ERR_ABSENT)
		return chaindb_open_say(
		    o, ERR_STORE_OPEN,
		    "%s has no file `witness`: there is no chain in it, or the "
		    "file was lost. Give the folder of a chain. " REBUILD,
		    o->path);
	if (e == ERR_STORE_CORRUPT)
		return chaindb_open_say(
		    o, e,
		    "%s/witness is damaged: which blocks were acknowledged is "
		    "not known any more. " REBUILD,
		    o->path);
	if (e == ERR_IN_USE)
		return chaindb_open_say(
		    o, ERR_STORE_OPEN,
		    "%s is in use by another process. Stop it first.", o->path);
	return e;
}

static enum err chaindb_open_kv(const struct opening *o)
{
	struct chaindb *db = o->db;
	char path[ENV_PATH_MAX], why[KV_WHY_MAX];
	struct kv_options k = {
		.path = path,
		.families = chaindb_families,
		.n_families = CHAINDB_FAMILIES,
		/* Once something was acknowledged, an empty database is a
		 * loss, not a beginning. */
		.may_create =
		    db->options.may_create && db->witness.last.stamp == 0,
		.cache_bytes = db->options.cache_bytes / 2,
		.write_bytes = db->options.write_bytes,
	};

	if (!db->options.path)
		return kv_open_mem(&db->kv, CHAINDB_FAMILIES,
		                   db->options.max_bytes);
	TRY(chaindb_open_path(o, "db", path));
	if (kv_open(&db->kv, &k, why) == ERR_OK)
		return ERR_OK;
	return chaindb_open_say(o, ERR_STORE_OPEN,
	                        "%s/db cannot be opened: %s. If it is in use, "
	                        "stop the other process. Otherwise it is "
	                        "damaged. " REBUILD,
	                        o->path, why);
}

/* --- what is in them --- */

static enum err chaindb_open_stamp(struct chaindb *db,
                                   enum chaindb_family family, uint64_t *ret)
{
	static const uint8_t key[1] = { CHAINDB_STAMP_KEY };
	struct span record;
	bool found;

	*ret = 0;
	TRY(chaindb_read(db, &db->work, family, span_of(key, sizeof(key)),
	                 &record, &found));
	if (!found)
		return ERR_OK;
	if (record.len != 8)
		return ERR_STORE_CORRUPT;
	*ret = be64_read(record.p);
	return ERR_OK;
}

/* All families must be as old as one another, and as the witness. */
static enum err chaindb_open_stamps(struct opening *o)
{
	struct chaindb *db = o->db;
	uint64_t seen = db->witness.last.stamp;

	TRY(chaindb_open_stamp(db, CHAINDB_META, &db->stamp));
	for (uint32_t f = 0; f < CHAINDB_FAMILIES; f++) {
		uint64_t stamp;

		o->what = chaindb_families[f];
		TRY(chaindb_open_stamp(db, (enum chaindb_family)f, &stamp));
		if (stamp == db->stamp)
			continue;
		return chaindb_open_say(
		    o, ERR_STORE_BEHIND,
		    "%s/db is damaged: its part `%s` ends at batch %llu, and "
		    "others at batch %llu. " REBUILD,
		    o->path, o->what, (unsigned long long)stamp,
		    (unsigned long long)db->stamp);
	}
	o->what = NULL;
	/* A store of more than its first batch had a witness. */
	if (db->options.path && seen == 0 && db->stamp > 1)
		return chaindb_open_say(
		    o, ERR_STORE_BEHIND,
		    "%s lost its file `witness`: which blocks were "
		    "acknowledged is not known any more. " REBUILD,
		    o->path);
	if (db->stamp >= seen)
		return ERR_OK;
	return chaindb_open_say(
	    o, ERR_STORE_BEHIND,
	    "%s/db is damaged: it ends at batch %llu, but batch %llu was "
	    "acknowledged (tip at height %u). " REBUILD,
	    o->path, (unsigned long long)db->stamp, (unsigned long long)seen,
	    db->witness.last.height);
}

/* Writes the records of a new store. */
static enum err chaindb_open_new(const struct opening *o)
{
	struct chaindb *db = o->db;
	uint8_t bytes[8];

	be32_write(bytes, CHAINDB_SCHEMA);
	be32_write(bytes + 4, db->options.chain_id);
	db->now = (struct chaindb_now){ .tip = CHAINDB_NONE,
		                        .settled = CHAINDB_NONE };
	TRY(chaindb_put(db, CHAINDB_META, span_str("store"),
	                span_of(bytes, sizeof(bytes))));
	return chaindb_write(db, true);
}

static enum err chaindb_open_meta(struct opening *o)
{
	struct chaindb *db = o->db;
	struct span record;
	bool found;

	o->what = "meta";
	TRY(chaindb_read(db, &db->work, CHAINDB_META, span_str("store"),
	                 &record, &found));
	if (!found || record.len != 8)
		return ERR_STORE_CORRUPT;
	TRY(chaindb_open_identity(o, be32_read(record.p),
	                          be32_read(record.p + 4)));
	TRY(chaindb_read(db, &db->work, CHAINDB_META, span_str("state"),
	                 &record, &found));
	if (!found || record.len != 16)
		return ERR_STORE_CORRUPT;
	db->now = (struct chaindb_now){ .tip = be32_read(record.p),
		                        .settled = be32_read(record.p + 4),
		                        .n_log = be64_read(record.p + 8) };
	return ERR_OK;
}

static bool chaindb_open_is_known(const struct chaindb *db, uint32_t number)
{
	return number == CHAINDB_NONE || number < chaindb_count(db);
}

static enum err chaindb_open_forest(struct opening *o)
{
	struct chaindb *db = o->db;
	struct marf_kv_options m = {
		.family_nodes = CHAINDB_TRIE,
		.family_blocks = CHAINDB_TRIE_BLOCK,
		.cache_bytes = db->options.cache_bytes / 2,
	};

	o->what = "trie_block";
	TRY(marf_kv_open(&db->forest, db->kv, &m));
	marf_kv_use_batch(db->forest, db->batch);
	if (!chaindb_open_is_known(db, db->now.tip) ||
	    !chaindb_open_is_known(db, db->now.settled) ||
	    !chaindb_is_above(db, db->now.settled, db->now.tip))
		return ERR_STORE_CORRUPT;
	return ERR_OK;
}

static enum err chaindb_open_flat(struct chaindb *db, struct kv_iter *it)
{
	for (;;) {
		struct span key, value;
		bool found;

		TRY(kv_iter_next(it, &key, &value, &found));
		if (!found)
			return ERR_OK;
		if (key.len == 1)
			continue;
		if (value.len == 0 || value.p[0] != CHAINDB_RECORD_VERSION)
			return ERR_STORE_CORRUPT;
		TRY(state_load(db->state, key,
		               span_of(value.p + 1, value.len - 1)));
	}
}

static enum err chaindb_open_state(struct opening *o)
{
	struct chaindb *db = o->db;
	const struct chaindb_options *options = &db->options;
	struct kv_iter *it;
	struct hmap_seed seed;
	enum err e;

	if (options->env)
		TRY(env_random(options->env, &seed, sizeof(seed)));
	db->state = state_new(options->max_keys, options->max_bytes,
	                      options->env ? &seed : NULL);
	it = kv_iter_open(db->kv, CHAINDB_FLAT, span_of(NULL, 0));
	if (!db->state || !it) {
		kv_iter_close(it);
		return ERR_NO_MEMORY;
	}
	o->what = "flat";
	e = chaindb_open_flat(db, it);
	kv_iter_close(it);
	if (e != ERR_OK)
		return e;
	o->what = "change";
	return chaindb_move(db, db->now.tip);
}

static enum err chaindb_open_steps(struct opening *o)
{
	struct chaindb *db = o->db;

	if (db->options.path) {
		TRY(chaindb_open_folder(o));
		TRY(chaindb_open_witness(o));
	}
	TRY(chaindb_open_kv(o));
	TRY(chaindb_open_stamps(o));
	if (db->stamp == 0)
		TRY(chaindb_open_new(o));
	TRY(chaindb_open_meta(o));
	TRY(chaindb_open_forest(o));
	TRY(chaindb_open_state(o));
	o->what = NULL;
	vmstore_init(&db->vm, db->state, &db->options.facts);
	chaindb_past_init(&db->past, db);
	vmstore_use_past(&db->vm, &db->past);
	return ERR_OK;
}

/* Says something about failures that nobody has explained yet. */
static void chaindb_open_explain(const struct opening *o, enum err e)
{
	if (o->why[0])
		return;
	if (e == ERR_NO_MEMORY)
		(void)chaindb_open_say(
		    o, e,
		    "%s does not fit into memory: the state may have %u keys "
		    "and %zu bytes. Raise the maximum, or add memory.",
		    o->path, o->db->options.max_keys, o->db->options.max_bytes);
	else if (e == ERR_STORE_CORRUPT || e == ERR_STORE_READ)
		(void)chaindb_open_say(
		    o, e, "%s/db is damaged%s%s%s: %s. " REBUILD, o->path,
		    o->what ? " in its part `" : "", o->what ? o->what : "",
		    o->what ? "`" : "", err_text(e));
	else
		(void)chaindb_open_say(o, e, "%s cannot be opened: %s.",
		                       o->path, err_text(e));
}

static struct chaindb *chaindb_new(void)
{
	return calloc(1, sizeof(struct chaindb));
}

static void chaindb_open_defaults(struct chaindb_options *o)
{
	if (!o->max_keys)
		o->max_keys = STATE_KEYS_MAX;
	if (!o->max_bytes)
		o->max_bytes = STATE_BYTES;
	if (!o->cache_bytes)
		o->cache_bytes = CACHE_BYTES;
	if (!o->write_bytes)
		o->write_bytes = WRITE_BYTES;
}

static enum err chaindb_open_rooms(struct chaindb *db)
{
	buf_init(&db->held, HELD_BYTES);
	buf_init(&db->scratch, RECORD_BYTES);
	arena_init(&db->arena, BLOCK_BYTES);
	arena_init(&db->work, WORK_BYTES);
	db->witness.file = ENV_NONE;
	db->batch = kv_batch_new();
	return db->batch ? ERR_OK : ERR_NO_MEMORY;
}

enum err chaindb_open(struct chaindb **ret,
                      const struct chaindb_options *options, char *ret_why)
{
	struct opening o = {
		.db = chaindb_new(),
		.path = options->path ? options->path : "the chain in memory",
		.why = ret_why,
	};
	enum err e;

	ret_why[0] = '\0';
	CHECK(options->env || !options->path);
	CHECK(!options->any_chain || !options->may_create);
	if (!o.db)
		return chaindb_open_say(&o, ERR_NO_MEMORY, "out of memory");
	o.db->options = *options;
	chaindb_open_defaults(&o.db->options);
	e = chaindb_open_rooms(o.db);
	if (e == ERR_OK)
		e = chaindb_open_steps(&o);
	if (e == ERR_OK) {
		*ret = o.db;
		return ERR_OK;
	}
	chaindb_open_explain(&o, e);
	chaindb_close(o.db);
	return e;
}

void chaindb_stats(struct chaindb *db, struct chaindb_stats *ret)
{
	_Static_assert((unsigned)CHAINDB_FAMILIES <= CHAINDB_PARTS_MAX,
	               "every family is a part");
	*ret = (struct chaindb_stats){ .schema = CHAINDB_SCHEMA,
		                       .chain_id = db->options.chain_id,
		                       .n_keys = state_count(db->state),
		                       .n_log = db->now.n_log,
		                       .n_parts = CHAINDB_FAMILIES };
	for (uint32_t i = 0; i < CHAINDB_FAMILIES; i++) {
		struct kv_size size = kv_size(db->kv, i);

		ret->parts[i] = (struct chaindb_part){ chaindb_families[i],
			                               size.keys, size.bytes };
	}
}

void chaindb_close(struct chaindb *db)
{
	uint32_t n;
	struct chaindb_held *held;

	if (!db)
		return;
	if (db->is_open)
		chaindb_drop(db);
	held = chaindb_held(db, &n);
	for (uint32_t i = 0; i < n; i++)
		state_diff_free(db->state, held[i].diff);
	vmstore_fini(&db->vm);
	state_free(db->state);
	marf_kv_close(db->forest);
	kv_batch_free(db->batch);
	/* The next opening then has no log to go through; if it fails, the
	 * log is still there. */
	if (db->kv && !db->is_broken)
		(void)kv_flush(db->kv);
	kv_close(db->kv);
	witness_close(&db->witness);
	buf_fini(&db->held);
	buf_fini(&db->scratch);
	arena_fini(&db->arena);
	arena_fini(&db->work);
	free(db);
}
