/* node/app/cmd_inspect.c - `tenure inspect`; contract in cmd_inspect.h. */
#include "config.h"

#include "node/app/cmd_inspect.h"

#include <stdio.h>

#include "clarity/base/env.h"
#include "node/app/app_io.h"
#include "node/app/json_text.h"
#include "node/io/json_read.h"
#include "node/io/json_write.h"
#include "node/store/chaindb_verify.h"

#define OUT_MAX ((size_t)1 << 20)
#define ARENA_MAX ((size_t)64 << 20)

enum {
	INSPECT_VERIFY,
	INSPECT_FROM,
	INSPECT_JSON
};

const struct cmd_opt cmd_inspect_opts[CMD_INSPECT_OPTS] = {
	[INSPECT_VERIFY] = { .name = "verify",
	                     .help = "compute all roots again" },
	[INSPECT_FROM] = { .name = "from",
	                   .letter = 'f',
	                   .kind = CMD_NUMBER,
	                   .value = "HEIGHT",
	                   .help = "with --verify, the first block to look at, "
	                           "0 if not given",
	                   .max = UINT32_MAX },
	[INSPECT_JSON] = { .name = "json",
	                   .help = "write one JSON object instead of text" },
};

static void put_num(struct json_write *w, const char *key, uint64_t n)
{
	json_write_key(w, key);
	json_write_u64(w, n);
}

static void put_hash(struct json_write *w, const char *key, const uint8_t *hash)
{
	json_write_key(w, key);
	json_write_hex(w, span_of(hash, TRIE_HASH_LEN));
}

/* A block of the canonical branch, or null. */
static enum err put_block(struct json_write *w, struct chaindb *db,
                          struct arena *a, const char *key, uint32_t number)
{
	struct chaindb_block b;

	json_write_key(w, key);
	if (number == CHAINDB_NONE) {
		json_write_null(w);
		return ERR_OK;
	}
	TRY(chaindb_get(db, a, number, &b));
	json_write_object(w);
	put_num(w, "height", b.height);
	put_hash(w, "id", b.id);
	put_hash(w, "root", b.root);
	put_num(w, "number", b.number);
	put_num(w, "receipts", b.n_receipts);
	json_write_close(w);
	return ERR_OK;
}

static void put_parts(struct json_write *w, const struct chaindb_stats *stats)
{
	uint64_t bytes = 0;

	json_write_key(w, "parts");
	json_write_array(w);
	for (uint32_t i = 0; i < stats->n_parts; i++) {
		const struct chaindb_part *p = &stats->parts[i];

		json_write_object(w);
		json_write_key(w, "name");
		json_write_str(w, p->name);
		put_num(w, "keys", p->keys);
		put_num(w, "bytes", p->bytes);
		json_write_close(w);
		bytes += p->bytes;
	}
	json_write_close(w);
	put_num(w, "bytes", bytes);
}

static enum err put_store(struct json_write *w, struct chaindb *db,
                          struct arena *a)
{
	struct chaindb_stats stats;
	char chain[16];

	chaindb_stats(db, &stats);
	(void)snprintf(chain, sizeof(chain), "0x%08x", stats.chain_id);
	json_write_key(w, "chain_id");
	json_write_str(w, chain);
	put_num(w, "schema", stats.schema);
	put_num(w, "blocks", chaindb_count(db));
	TRY(put_block(w, db, a, "tip", chaindb_tip(db)));
	TRY(put_block(w, db, a, "settled", chaindb_settled(db)));
	put_num(w, "keys", stats.n_keys);
	put_num(w, "log_entries", stats.n_log);
	put_parts(w, &stats);
	return ERR_OK;
}

/* What was checked; @return the check's own verdict. */
static enum err put_check(struct json_write *w, struct chaindb *db,
                          uint32_t from)
{
	struct chaindb_report report;
	enum err e = chaindb_verify(db, from, &report);

	json_write_key(w, "verify");
	json_write_object(w);
	json_write_key(w, "ok");
	json_write_bool(w, e == ERR_OK);
	json_write_key(w, "result");
	json_write_str(w, err_text(e));
	put_num(w, "blocks", report.n_blocks);
	put_num(w, "receipts", report.n_receipts);
	put_num(w, "keys", report.n_keys);
	put_num(w, "keys_right", report.n_keys_right);
	if (report.bad_block != CHAINDB_NONE)
		put_num(w, "bad_block", report.bad_block);
	json_write_close(w);
	return e;
}

static enum err as_text(struct buf *doc)
{
	const struct json *json;
	struct buf text;
	enum err e;

	TRY(json_read_parse(&json, buf_span(doc), OUT_MAX));
	buf_init(&text, OUT_MAX);
	e = json_text_write(&text, json);
	json_read_free(json);
	buf_reset(doc);
	if (e == ERR_OK)
		e = buf_add_span(doc, buf_span(&text));
	buf_fini(&text);
	return e;
}

/* Writes the document about an open store. @return its exit code. */
static int inspect(const struct env *env, const struct cmd_args *args,
                   struct chaindb *db, struct buf *doc)
{
	enum err checked = ERR_OK, e;
	struct json_write w;
	struct arena a;

	arena_init(&a, ARENA_MAX);
	json_write_init(&w, doc, 0);
	json_write_object(&w);
	e = put_store(&w, db, &a);
	arena_fini(&a);
	if (e != ERR_OK)
		return app_io_reject(env, args->operands[0], err_text(e));
	if (args->opt[INSPECT_VERIFY].is_set)
		checked =
		    put_check(&w, db, (uint32_t)args->opt[INSPECT_FROM].num);
	json_write_close(&w);
	e = json_write_end(&w);
	if (e == ERR_OK && args->opt[INSPECT_JSON].is_set)
		e = buf_add_u8(doc, '\n');
	else if (e == ERR_OK)
		e = as_text(doc);
	if (e != ERR_OK)
		return app_io_wrong(env, "inspect", err_text(e));
	return app_io_write(env, doc,
	                    checked == ERR_OK ? CMD_EXIT_OK : CMD_EXIT_REJECT);
}

int cmd_inspect_run(const struct cmd_args *args, void *ctx)
{
	const struct env *env = ctx;
	struct chaindb_options options = { .env = env,
		                           .path = args->operands[0],
		                           .any_chain = true };
	char why[CHAINDB_WHY_MAX];
	struct chaindb *db;
	struct buf doc;
	int code;
	enum err e = chaindb_open(&db, &options, why);

	if (e == ERR_STORE_SCHEMA || e == ERR_STORE_BEHIND ||
	    e == ERR_STORE_CORRUPT || e == ERR_STORE_READ)
		return app_io_reject(env, "inspect", why);
	if (e != ERR_OK)
		return app_io_wrong(env, "inspect", why);
	buf_init(&doc, OUT_MAX);
	code = inspect(env, args, db, &doc);
	buf_fini(&doc);
	chaindb_close(db);
	return code;
}
