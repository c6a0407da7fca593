/* tests/crash/crash_chain.c - A chain that follows from numbers; contract in
 * crash_chain.h. */
#include "config.h"

#include "tests/crash/crash_chain.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "clarity/base/num.h"
#include "node/io/env_os.h"

#define STATE_BYTES ((size_t)64 << 20)
#define LITTLE ((size_t)1 << 18)
#define MUCH ((size_t)64 << 20)
#define FORK_EVERY 7u
#define FORK_DEPTH 2u
#define SETTLE_EVERY 10u
#define SETTLE_DEPTH 8u
#define WRITES 24u

enum err crash_chain_open(struct chaindb **ret, const struct env *e,
                          const char *path, size_t write_bytes, char *why)
{
	struct chaindb_options o = { .env = e,
		                     .path = path,
		                     .chain_id = 0x80000000,
		                     .may_create = true,
		                     .max_bytes = STATE_BYTES,
		                     .cache_bytes = 1 << 20,
		                     .write_bytes =
		                         write_bytes ? write_bytes : LITTLE };

	return chaindb_open(ret, &o, why);
}

static uint32_t crash_chain_height(struct chaindb *db, uint32_t number)
{
	const struct marf_backend *f = chaindb_forest(db);
	struct marf_block b = { 0 };

	(void)f->block(f->source.ctx, number, &b);
	return b.height;
}

static uint32_t crash_chain_parent(struct chaindb *db, uint32_t n)
{
	uint32_t tip = chaindb_tip(db), parent = tip;

	if (n % FORK_EVERY == FORK_EVERY - 1)
		(void)!chaindb_ancestor(
		    db, tip, crash_chain_height(db, tip) - FORK_DEPTH, &parent);
	return parent;
}

static enum err crash_chain_fill(struct chaindb *db, uint32_t n)
{
	for (uint32_t i = 0; i < WRITES; i++) {
		struct store_key key = { .form = STORE_TAIL_HEX };
		char text[32];
		uint8_t value[40];

		(void)snprintf(text, sizeof(text), "vm::key-%u",
		               n * (2 * i + 7) * 2654435761u / 65536 %
		                   CRASH_CHAIN_KEYS);
		memset(value, (int)(n + i), sizeof(value));
		key.text = span_str(text);
		TRY(vmstore_put(chaindb_vmstore(db), &key,
		                span_of(value, sizeof(value)), STORE_HEX));
	}
	for (uint32_t i = 0; i < n % 5; i++) {
		struct receipt r = { .tx_index = i, .fee = n };

		be32_write(r.id, n);
		be32_write(r.id + 4, i);
		TRY(chaindb_add_receipt(db, &r));
	}
	return ERR_OK;
}

static enum err crash_chain_settle(struct chaindb *db, uint32_t n)
{
	uint32_t tip = chaindb_tip(db), deep;

	if (n % SETTLE_EVERY != SETTLE_EVERY - 1)
		return ERR_OK;
	TRY(chaindb_ancestor(
	    db, tip, crash_chain_height(db, tip) - SETTLE_DEPTH + 3, &deep));
	return chaindb_settle(db, deep);
}

enum err crash_chain_grow(struct chaindb *db)
{
	static const uint8_t open_id[TRIE_HASH_LEN] = { 0xee };
	uint8_t id[TRIE_HASH_LEN] = { 1 }, root[TRIE_HASH_LEN];
	uint32_t n = chaindb_count(db);
	struct chaindb_commit c = { .id = id,
		                    .header = span_str("a header"),
		                    .bytes = span_str("the whole block"),
		                    .facts = span_str("some facts"),
		                    .is_tip = true };
	enum err e;

	be32_write(id + 4, n);
	TRY(chaindb_begin(db, crash_chain_parent(db, n), open_id));
	e = crash_chain_fill(db, n);
	if (e == ERR_OK)
		e = chaindb_seal(db, root);
	if (e != ERR_OK) {
		chaindb_drop(db);
		return e;
	}
	TRY(chaindb_commit(db, &c, &n));
	return ERR_OK;
}

/* Writes no acknowledgement that the parent would not read. */
static bool crash_chain_acknowledge(uint32_t number, uint32_t tip)
{
	struct crash_ack ack = { .number = number, .tip = tip };

	return write(STDOUT_FILENO, &ack, sizeof(ack)) == (int)sizeof(ack);
}

static int crash_chain_run(struct chaindb *db, uint32_t blocks)
{
	for (uint32_t i = 0; i < blocks; i++) {
		uint32_t n = chaindb_count(db);

		if (crash_chain_grow(db) != ERR_OK)
			return 3;
		if (!crash_chain_acknowledge(n, chaindb_tip(db)))
			return 4;
		if (crash_chain_settle(db, n) != ERR_OK)
			return 3;
	}
	return 0;
}

int crash_chain_child(const char *path, uint32_t blocks, uint64_t limit)
{
	struct rlimit most = { .rlim_cur = limit, .rlim_max = limit };
	char why[CHAINDB_WHY_MAX];
	struct chaindb *db;
	struct env env;
	int code;

	env_os_init(&env);
	if (limit) {
		(void)signal(SIGXFSZ, SIG_IGN);
		if (setrlimit(RLIMIT_FSIZE, &most) != 0)
			return 5;
	}
	if (crash_chain_open(&db, &env, path, limit ? MUCH : 0, why) !=
	    ERR_OK) {
		(void)fprintf(stderr, "%s\n", why);
		return 2;
	}
	code = crash_chain_acknowledge(CRASH_CHAIN_OPEN, chaindb_tip(db))
	           ? crash_chain_run(db, blocks)
	           : 4;
	/* After a failed write the store must not take anything more. */
	if (code == 3 && crash_chain_grow(db) != ERR_STORE_WRITE)
		code = 6;
	/* No clean end: what was not written by now never will be. */
	_exit(code);
}
