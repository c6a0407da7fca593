/* node/app/cmd_genesis.c - The verbs of `tenure genesis`. */
#include "config.h"

#include "node/app/cmd_genesis.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/env.h"
#include "node/app/app_io.h"
#include "node/app/json_text.h"
#include "node/chain/chain.h"
#include "node/chain/genesis_print.h"
#include "node/chain/genesis_toml.h"
#include "node/io/json_read.h"
#include "node/io/json_write.h"
#include "node/io/toml.h"

/* What the description, its contracts and the chain may take. */
#define ARENA_MAX ((size_t)1 << 30)
#define OUT_MAX ((size_t)1 << 20)
#define CONTRACT_MAX ((size_t)2 << 20)
#define PATH_MAX_LEN 4096u

enum {
	CHECK_JSON,
	CHECK_OPTS
};

static const struct cmd_opt check_opts[CHECK_OPTS] = {
	[CHECK_JSON] = { .name = "json",
	                 .help = "write one JSON object instead of text" },
};

/* --- files --- */

/* Contracts lie where the description lies. */
struct folder {
	const struct env *env;
	struct span path; /* with its slash; empty: here */
};

static enum err folder_read(void *ctx, struct arena *a, struct span name,
                            struct span *ret)
{
	const struct folder *f = ctx;
	char path[PATH_MAX_LEN];

	if (f->path.len + name.len >= sizeof(path))
		return ERR_TOO_LARGE;
	if (f->path.len)
		memcpy(path, f->path.p, f->path.len);
	memcpy(path + f->path.len, name.p, name.len);
	path[f->path.len + name.len] = '\0';
	return app_io_read(f->env, a, path, CONTRACT_MAX, ret);
}

static struct span folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return span_of(path, slash ? (size_t)(slash - path) + 1 : 0);
}

/* --- what is shown --- */

static void put_epochs(struct json_write *w, const struct chain_params *p)
{
	json_write_key(w, "epochs");
	json_write_array(w);
	for (uint32_t i = 0; i < p->n_epochs; i++) {
		json_write_object(w);
		json_write_key(w, "name");
		json_write_str(w, epoch_text(p->epochs[i].epoch));
		json_write_key(w, "burn_height");
		json_write_u64(w, p->epochs[i].burn_height);
		json_write_close(w);
	}
	json_write_close(w);
}

static void put_contracts(struct json_write *w, const struct genesis *g)
{
	json_write_key(w, "contracts");
	json_write_array(w);
	for (uint32_t i = 0; i < g->n_contracts; i++) {
		json_write_object(w);
		json_write_key(w, "name");
		json_write_text(w, g->contracts[i].name);
		json_write_key(w, "epoch");
		json_write_str(w, epoch_text(g->contracts[i].epoch));
		json_write_key(w, "clarity");
		json_write_u64(w, (uint64_t)g->contracts[i].version);
		json_write_close(w);
	}
	json_write_close(w);
}

static void put_hash(struct json_write *w, const char *key,
                     const uint8_t hash[WIRE_HASH_LEN])
{
	json_write_key(w, key);
	json_write_hex(w, span_of(hash, WIRE_HASH_LEN));
}

static enum err put_genesis(struct json_write *w, const struct genesis *g,
                            const struct chain_block *block)
{
	uint8_t print[GENESIS_PRINT_LEN];

	TRY(genesis_print(print, g));
	json_write_object(w);
	json_write_key(w, "chain_id");
	json_write_u64(w, g->params.chain_id);
	json_write_key(w, "mainnet");
	json_write_bool(w, g->params.is_mainnet);
	put_hash(w, "block_id", block->id);
	put_hash(w, "state_root", block->state_root);
	put_hash(w, "fingerprint", print);
	put_epochs(w, &g->params);
	put_contracts(w, g);
	json_write_key(w, "balances");
	json_write_u64(w, g->n_balances);
	json_write_key(w, "grants");
	json_write_u64(w, g->n_grants);
	json_write_close(w);
	return json_write_end(w);
}

/* Writes the document as it is, or as lines for people. */
static int genesis_write_out(const struct env *env, struct buf *doc,
                             bool as_json)
{
	const struct json *json;
	struct buf out;
	int code;

	if (as_json) {
		(void)buf_add_str(doc, "\n");
		return app_io_write(env, doc, CMD_EXIT_OK);
	}
	buf_init(&out, OUT_MAX);
	CHECK(json_read_parse(&json, buf_span(doc), OUT_MAX) == ERR_OK);
	(void)json_text_write(&out, json);
	code = app_io_write(env, &out, CMD_EXIT_OK);
	json_read_free(json);
	buf_fini(&out);
	return code;
}

/* --- tenure genesis check --- */

static int check_chain(const struct env *env, const struct genesis *g,
                       const char *path, bool as_json)
{
	struct chain_options options = { .genesis = g };
	char why[CHAINDB_WHY_MAX];
	struct json_write w;
	struct chain *chain;
	struct buf doc;
	int code;

	options.db.may_create = true;
	if (chain_open(&chain, &options, why) != ERR_OK)
		return app_io_reject(env, path, why);
	buf_init(&doc, OUT_MAX);
	json_write_init(&w, &doc, 0);
	if (put_genesis(&w, g, chain_tip(chain)) == ERR_OK)
		code = genesis_write_out(env, &doc, as_json);
	else
		code = app_io_wrong(env, path, err_text(ERR_NO_MEMORY));
	buf_fini(&doc);
	chain_close(chain);
	return code;
}

static int check_file(const struct env *env, struct arena *a, const char *path,
                      bool as_json)
{
	struct folder folder = { .env = env, .path = folder_of(path) };
	struct genesis_files files = { .ctx = &folder, .read = folder_read };
	char why[GENESIS_TOML_WHY_MAX];
	struct genesis g;
	struct span text;
	enum err e = app_io_read(env, a, path, TOML_SIZE_MAX, &text);

	if (e != ERR_OK)
		return app_io_wrong(env, path, err_text(e));
	e = genesis_toml_read(a, &g, text, &files, why);
	if (e == ERR_GENESIS)
		return app_io_reject(env, path, why);
	if (e != ERR_OK)
		return app_io_wrong(env, path, why[0] ? why : err_text(e));
	return check_chain(env, &g, path, as_json);
}

static int verb_check(const struct cmd_args *args, void *ctx)
{
	struct arena a;
	int code;

	arena_init(&a, ARENA_MAX);
	code = check_file(ctx, &a, args->operands[0],
	                  args->opt[CHECK_JSON].is_set);
	arena_fini(&a);
	return code;
}

const struct cmd cmd_genesis_verbs[] = {
	{ .name = "check",
	  .summary = "make a chain's first block and show its state root",
	  .operands = "FILE",
	  .min_operands = 1,
	  .max_operands = 1,
	  .about = "Reads the description of a chain, installs its contracts "
	           "and balances in memory, and shows what follows: two nodes "
	           "are on one chain only if their roots and fingerprints are "
	           "equal. The contracts' files lie beside FILE.",
	  .exits = "0 the chain can be made, 1 the description is wrong",
	  .opts = check_opts,
	  .n_opts = CHECK_OPTS,
	  .run = verb_check },
};
const unsigned cmd_genesis_count = COUNT_OF(cmd_genesis_verbs);
