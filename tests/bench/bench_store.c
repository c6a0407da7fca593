/*
 * tests/bench/bench_store.c - What a block costs the chain's store.
 *
 * A state of a million keys is made, then blocks of random updates are put,
 * sealed and committed, each one synced batch on the disk that TMPDIR lies on.
 * Beside the times stands the floor: the hashing alone of the nodes that such
 * a block must touch, on one core, by one stream.  At the end the store is
 * settled, closed, opened again, and weighed.
 *
 * BENCH_KEYS=n makes another number of keys.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "clarity/crypto/hash.h"
#include "node/io/env_os.h"
#include "node/store/chaindb.h"
#include "node/store/chaindb_core.h"
#include "tests/lib/temp_dir.h"

#define KEYS 1000000u
#define OWNER_LEN 22u
#define FILL 50000u
#define ROUNDS 5u

static struct {
	char path[TEMP_DIR_MAX];
	struct env env;
	struct chaindb *db;
	uint32_t keys;
	uint8_t *owners; /* OWNER_LEN bytes each */
	uint64_t chance;
	uint32_t blocks;
} b;

/* Where the time of a block goes, ms. */
struct times {
	double put, seal, commit;
};

static double now_ms(void)
{
	struct timespec t;

	CHECK(clock_gettime(CLOCK_MONOTONIC, &t) == 0);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static uint32_t chance(uint32_t below)
{
	b.chance ^= b.chance << 13;
	b.chance ^= b.chance >> 7;
	b.chance ^= b.chance << 17;
	return (uint32_t)(b.chance >> 33) % below;
}

static void open_store(void)
{
	struct chaindb_options o = { .env = &b.env,
		                     .path = b.path,
		                     .chain_id = 1,
		                     .may_create = true,
		                     .drops_history = true };
	char why[CHAINDB_WHY_MAX];

	if (chaindb_open(&b.db, &o, why) == ERR_OK)
		return;
	(void)fprintf(stderr, "%s\n", why);
	abort();
}

/* A balance: 22 bytes of an account, 40 of a value. */
static void put(uint32_t k)
{
	uint8_t *owner = b.owners + (size_t)k * OWNER_LEN;
	uint8_t value[40] = { 0 };
	struct store_key key = { .text = span_str("vm-account::"),
		                 .tail = span_of(owner, OWNER_LEN),
		                 .form = STORE_TAIL_BALANCE };

	be32_write(value + 12, b.blocks);
	CHECK(vmstore_put(chaindb_vmstore(b.db), &key,
	                  span_of(value, sizeof(value)), STORE_HEX) == ERR_OK);
}

static void make_owners(void)
{
	b.owners = calloc(b.keys, OWNER_LEN);
	CHECK(b.owners);
	for (uint32_t k = 0; k < b.keys; k++) {
		uint8_t *owner = b.owners + (size_t)k * OWNER_LEN;
		uint8_t hash[HASH_256_LEN];

		hash_sha256(hash, &k, sizeof(k));
		owner[0] = PRINCIPAL_STANDARD;
		owner[1] = PRINCIPAL_MAINNET_SINGLESIG;
		memcpy(owner + 2, hash, OWNER_LEN - 2);
	}
}

static void begin(void)
{
	static const uint8_t open_id[TRIE_HASH_LEN] = { 1 };

	CHECK(chaindb_begin(b.db, chaindb_tip(b.db), open_id) == ERR_OK);
}

static void finish(struct times *t)
{
	uint8_t id[TRIE_HASH_LEN] = { 2 }, root[TRIE_HASH_LEN];
	struct chaindb_commit c = { .id = id, .is_tip = true };
	double start = now_ms();
	uint32_t number;

	be32_write(id + 4, b.blocks++);
	CHECK(chaindb_seal(b.db, root) == ERR_OK);
	t->seal += now_ms() - start;
	start = now_ms();
	CHECK(chaindb_commit(b.db, &c, &number) == ERR_OK);
	t->commit += now_ms() - start;
}

static void fill(void)
{
	struct times t;
	double start = now_ms();

	for (uint32_t k = 0; k < b.keys; k += FILL) {
		begin();
		for (uint32_t i = k; i < k + FILL && i < b.keys; i++)
			put(i);
		finish(&t);
		CHECK(chaindb_settle(b.db, chaindb_tip(b.db)) == ERR_OK);
	}
	(void)printf("store fill %u keys: %.1f s\n", b.keys,
	             (now_ms() - start) / 1e3);
}

static void row(uint32_t updates, double floor_ms)
{
	struct times t = { 0 };

	for (uint32_t r = 0; r < ROUNDS; r++) {
		double start;

		begin();
		start = now_ms();
		for (uint32_t i = 0; i < updates; i++)
			put(chance(b.keys));
		t.put += now_ms() - start;
		finish(&t);
	}
	(void)printf("store block of %6u updates: put %7.2f, seal %7.2f, "
	             "commit %7.2f ms; hashing floor %6.1f ms\n",
	             updates, t.put / ROUNDS, t.seal / ROUNDS,
	             t.commit / ROUNDS, floor_ms);
	if (getenv("BENCH_JSON"))
		(void)printf("{\"name\":\"store.block.%u\",\"keys\":%u,"
		             "\"put_ms\":%.3f,\"seal_ms\":%.3f,"
		             "\"commit_ms\":%.3f}\n",
		             updates, b.keys, t.put / ROUNDS, t.seal / ROUNDS,
		             t.commit / ROUNDS);
	(void)fflush(stdout);
}

static void cold_start(void)
{
	double start = now_ms();

	chaindb_close(b.db);
	(void)printf("store close: %.1f ms\n", now_ms() - start);
	start = now_ms();
	open_store();
	(void)printf("store open with %u keys: %.1f ms\n", b.keys,
	             now_ms() - start);
}

static void weigh(void)
{
	struct rusage usage;
	double start = now_ms();
	uint64_t trie, flat;

	CHECK(chaindb_settle(b.db, chaindb_tip(b.db)) == ERR_OK);
	(void)printf("store settle: %.1f ms\n", now_ms() - start);
	for (uint32_t i = 0; i < CHAINDB_FAMILIES; i++)
		kv_compact(b.db->kv, i);
	flat = kv_size(b.db->kv, CHAINDB_FLAT).bytes;
	trie = kv_size(b.db->kv, CHAINDB_TRIE).bytes;
	(void)printf("store flat state: %.1f bytes a key; tries of %u blocks: "
	             "%.1f MB\n",
	             (double)flat / b.keys, b.blocks, (double)trie / 1e6);
	CHECK(getrusage(RUSAGE_SELF, &usage) == 0);
	(void)printf("store memory at most: %ld MB\n", usage.ru_maxrss / 1024);
}

int main(void)
{
	const char *keys = getenv("BENCH_KEYS");

	b.keys = keys ? (uint32_t)strtoul(keys, NULL, 10) : KEYS;
	b.chance = 88172645463325252;
	env_os_init(&b.env);
	temp_dir_make(b.path);
	make_owners();
	open_store();
	fill();
	row(1000, 10.1);
	row(5000, 22.2);
	row(15000, 50);
	row(60000, 141);
	cold_start();
	weigh();
	cold_start();
	chaindb_close(b.db);
	free(b.owners);
	temp_dir_remove(b.path);
	return 0;
}
