/*
 * tests/bench/bench_chain.c - Transfers from end to end.
 *
 * A chain of a million accounts on the disk that TMPDIR lies on.  Blocks full
 * of transfers are made beforehand; what is timed is what a node does with a
 * block that arrives: it decodes it, recovers all signatures on two threads,
 * executes, seals, compares the root, and commits one synced batch.  A second
 * run has all signatures known, as after the mempool checked them.  Execution
 * alone is what remains without sealing and committing.
 *
 * BENCH_KEYS=n makes another number of accounts.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "clarity/base/check.h"
#include "node/chain/account.h"
#include "node/io/env_os.h"
#include "node/store/chaindb_core.h"
#include "tests/lib/chain_case.h"
#include "tests/lib/temp_dir.h"

#define ACCOUNTS 1000000u
#define SENDERS 5000u
#define ROUNDS 5u
#define STX_TXS 10000u
#define TOKEN_TXS 5000u

static const char token[] =
    "(define-fungible-token coin)\n"
    "(define-public (transfer (amount uint) (from principal)"
    " (to principal) (memo (optional (buff 34))))\n"
    "  (begin (asserts! (is-eq tx-sender from) (err u4))\n"
    "    (try! (ft-transfer? coin amount from to))\n"
    "    (match memo text (print text) 0x)\n"
    "    (ok true)))\n"
    "(define-public (take) (ft-mint? coin u1000000 tx-sender))\n";

static struct {
	char path[TEMP_DIR_MAX];
	struct env env;
	struct chain_case c;
	uint32_t accounts;
	struct principal_room *rooms;
	struct auth_key *keys; /* of the first SENDERS accounts */
	uint64_t *nonces;
	uint64_t chance;
	bool all_known;
	uint64_t disk; /* bytes of the tables before a run */
} b;

/* Where the time of a run goes, ms. */
static struct {
	double decode, append, seal, commit, cpu;
} spent;

static double clock_ms(clockid_t which)
{
	struct timespec t;

	CHECK(clock_gettime(which, &t) == 0);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double now_ms(void)
{
	return clock_ms(CLOCK_MONOTONIC);
}

/* Of all threads, the database's included. */
static double cpu_ms(void)
{
	return clock_ms(CLOCK_PROCESS_CPUTIME_ID);
}

enum err __real_chaindb_seal(struct chaindb *db, uint8_t ret[TRIE_HASH_LEN]);
enum err __wrap_chaindb_seal(struct chaindb *db, uint8_t ret[TRIE_HASH_LEN]);
enum err __real_chaindb_commit(struct chaindb *db,
                               const struct chaindb_commit *c, uint32_t *ret);
enum err __wrap_chaindb_commit(struct chaindb *db,
                               const struct chaindb_commit *c, uint32_t *ret);

enum err __wrap_chaindb_seal(struct chaindb *db, uint8_t ret[TRIE_HASH_LEN])
{
	double start = now_ms();
	enum err e = __real_chaindb_seal(db, ret);

	spent.seal += now_ms() - start;
	return e;
}

enum err __wrap_chaindb_commit(struct chaindb *db,
                               const struct chaindb_commit *c, uint32_t *ret)
{
	double start = now_ms();
	enum err e = __real_chaindb_commit(db, c, ret);

	spent.commit += now_ms() - start;
	return e;
}

static uint32_t chance(uint32_t below)
{
	b.chance ^= b.chance << 13;
	b.chance ^= b.chance >> 7;
	b.chance ^= b.chance << 17;
	return (uint32_t)(b.chance >> 33) % below;
}

/* --- two threads --- */

struct half {
	uint32_t from, to;
	void (*job)(void *arg, uint32_t i);
	void *arg;
};

static void *run_half(void *arg)
{
	const struct half *h = arg;

	for (uint32_t i = h->from; i < h->to; i++)
		h->job(h->arg, i);
	return NULL;
}

static void run_both(void *ctx, uint32_t n, void (*job)(void *, uint32_t),
                     void *arg)
{
	struct half first = { 0, n / 2, job, arg };
	struct half second = { n / 2, n, job, arg };
	pthread_t other;

	(void)ctx;
	CHECK(pthread_create(&other, NULL, run_half, &second) == 0);
	run_half(&first);
	CHECK(pthread_join(other, NULL) == 0);
}

static bool is_known(void *ctx, const uint8_t id[WIRE_HASH_LEN])
{
	(void)ctx;
	(void)id;
	return b.all_known;
}

/* --- accounts --- */

static const struct principal *account(uint32_t i)
{
	return (const void *)b.rooms[i].bytes;
}

static void make_account(uint32_t i)
{
	struct address a = { .version = PRINCIPAL_TESTNET_SINGLESIG };
	uint8_t seed[5] = { 7 }, hash[32];
	struct ecdsa_pub pub;

	be32_write(seed + 1, i);
	hash_sha256(hash, seed, sizeof(seed));
	memcpy(a.hash, hash, sizeof(a.hash));
	if (i < SENDERS) {
		memcpy(b.keys[i].key, hash, 32);
		b.keys[i].is_compressed = true;
		CHECK(ecdsa_pub_of(&pub, hash) == ERR_OK);
		address_of_key(a.hash, ADDRESS_P2PKH, &pub, true);
	}
	(void)address_principal(&b.rooms[i], &a);
}

static void open_chain(void)
{
	static const struct txcheck_pool pool = { .run = run_both };
	struct chain_options o = { .genesis = &b.c.genesis, .pool = &pool };

	o.db.env = &b.env;
	o.db.path = b.path;
	o.db.may_create = true;
	o.db.drops_history = true;
	if (chain_open(&b.c.chain, &o, b.c.why) == ERR_OK)
		return;
	(void)fprintf(stderr, "%s\n", b.c.why);
	abort();
}

static void make_chain(void)
{
	struct genesis_balance *balances =
	    calloc(b.accounts + 5, sizeof(*balances));
	double start = now_ms();

	CHECK(balances);
	case_init(&b.c);
	for (uint32_t i = 0; i < b.accounts; i++) {
		make_account(i);
		balances[i].who = account(i);
		balances[i].ustx = 1000000000;
	}
	memcpy(balances + b.accounts, b.c.balances, 5 * sizeof(*balances));
	b.c.genesis.balances = balances;
	b.c.genesis.n_balances = b.accounts + 5;
	for (uint32_t u = 0; u < COST_UNITS; u++)
		b.c.genesis.params.epochs[0].limit.of[u] = UINT64_MAX / 4;
	(void)printf("chain keys of %u accounts: %.1f s\n", b.accounts,
	             (now_ms() - start) / 1e3);
	start = now_ms();
	open_chain();
	(void)printf("chain genesis: %.1f s\n", (now_ms() - start) / 1e3);
	case_tenure(&b.c, NULL, 0);
}

/* --- transactions --- */

static void sign(struct tx *tx, uint32_t sender)
{
	uint8_t hash[32];

	tx->chain_id = b.c.genesis.params.chain_id;
	tx->anchor = TX_ANCHOR_ANY;
	tx->mode = TX_MODE_ALLOW;
	tx->auth.origin = (struct auth_cond){ .mode = ADDRESS_P2PKH,
		                              .nonce = b.nonces[sender]++,
		                              .fee = 200,
		                              .is_compressed = true };
	memcpy(tx->auth.origin.signer, account(sender)->hash, 20);
	CHECK(tx_sighash(hash, tx) == ERR_OK);
	CHECK(tx_sign_origin(&b.c.arena, tx, hash, &b.keys[sender]) == ERR_OK);
}

static struct tx *transfer(uint32_t i)
{
	struct tx *tx = case_tx(&b.c, PAYLOAD_TRANSFER);
	uint32_t to = SENDERS + chance(b.accounts - SENDERS);

	tx->payload.transfer.to = account(to);
	tx->payload.transfer.amount = 1;
	sign(tx, i % SENDERS);
	return tx;
}

static struct tx *call(uint32_t i, const char *function, uint32_t n_args)
{
	struct tx *tx = case_tx(&b.c, PAYLOAD_CALL);
	struct principal_room room;
	struct value *args = arena_new_array(&b.c.arena, struct value, 4);

	CHECK(args);
	args[0] = value_uint(1);
	args[1] = value_principal(account(i % SENDERS));
	args[2] =
	    value_principal(account(SENDERS + chance(b.accounts - SENDERS)));
	args[3] = value_none();
	tx->payload.call.address =
	    address_of_principal(case_account(&room, CASE_USER));
	tx->payload.call.contract = span_str("coin");
	tx->payload.call.function = span_str(function);
	tx->payload.call.args = args;
	tx->payload.call.n_args = n_args;
	sign(tx, i % SENDERS);
	return tx;
}

static struct tx *token_transfer(uint32_t i)
{
	return call(i, "transfer", 4);
}

static struct tx *token_take(uint32_t i)
{
	return call(i, "take", 0);
}

/* --- blocks --- */

static void make_block(struct tx *(*make)(uint32_t), uint32_t n)
{
	struct tx **txs = arena_new_array(&b.c.arena, struct tx *, n);
	struct case_block order = { .txs = txs, .n_txs = n };

	CHECK(txs);
	for (uint32_t i = 0; i < n; i++)
		txs[i] = make(i);
	if (case_make(&b.c, &order, NULL) == ERR_OK && b.c.newest.n_txs == n)
		return;
	(void)fprintf(stderr, "no block: %s, %u of %u transactions\n",
	              block_rule_name(b.c.result.verdict.rule),
	              b.c.newest.n_txs, n);
	abort();
}

static void append(struct span bytes)
{
	static const struct txcheck_known known = { .is_known = is_known };
	struct append_block in = { .bytes = bytes,
		                   .burn = &b.c.view,
		                   .known = &known };
	struct cursor at = cursor_of(bytes);
	struct block block;
	double start = now_ms(), cpu = cpu_ms();
	enum err e;

	arena_reset(&b.c.block);
	CHECK(block_read(&b.c.block, &block, &at) == ERR_OK);
	spent.decode += now_ms() - start;
	start = now_ms();
	in.block = &block;
	e = append_block(b.c.chain, &in, &b.c.result);
	spent.append += now_ms() - start;
	spent.cpu += cpu_ms() - cpu;
	if (e == ERR_OK)
		return;
	(void)fprintf(stderr, "refused: %s %s\n", err_name(e),
	              block_rule_name(b.c.result.verdict.rule));
	abort();
}

static void round_of(struct tx *(*make)(uint32_t), uint32_t n)
{
	double seal = spent.seal, commit = spent.commit;
	struct buf bytes;

	make_block(make, n);
	/* Making it sealed it, too. */
	spent.seal = seal;
	spent.commit = commit;
	buf_init(&bytes, BLOCK_MAX);
	CHECK(block_write(&bytes, &b.c.newest) == ERR_OK);
	append(buf_span(&bytes));
	buf_fini(&bytes);
}

static void run(const char *name, struct tx *(*make)(uint32_t), uint32_t n,
                bool all_known)
{
	double total, run_ms;

	b.all_known = all_known;
	memset(&spent, 0, sizeof(spent));
	for (uint32_t r = 0; r < ROUNDS; r++)
		round_of(make, n);
	total = spent.decode + spent.append;
	run_ms = spent.append - spent.seal - spent.commit;
	(void)printf(
	    "chain %-28s %8.0f tx/s; us a tx: decode %5.2f, %s %6.2f, "
	    "seal %5.2f, commit %5.2f; cpu %6.2f\n",
	    name, n * ROUNDS * 1e3 / total, spent.decode * 1e3 / (n * ROUNDS),
	    all_known ? "execute" : "recover and execute",
	    run_ms * 1e3 / (n * ROUNDS), spent.seal * 1e3 / (n * ROUNDS),
	    spent.commit * 1e3 / (n * ROUNDS), spent.cpu * 1e3 / (n * ROUNDS));
	if (getenv("BENCH_JSON"))
		(void)printf("{\"name\":\"chain.%s\",\"tx_s\":%.0f}\n", name,
		             n * ROUNDS * 1e3 / total);
	(void)fflush(stdout);
}

/* Bytes of all tables, merged. */
static uint64_t weigh(void)
{
	struct chaindb *db = chain_db(b.c.chain);
	uint64_t bytes = 0;

	CHECK(chaindb_settle(db, chaindb_tip(db)) == ERR_OK);
	CHECK(kv_flush(db->kv) == ERR_OK);
	for (uint32_t i = 0; i < CHAINDB_FAMILIES; i++) {
		kv_compact(db->kv, i);
		bytes += kv_size(db->kv, i).bytes;
	}
	return bytes;
}

static void weigh_run(const char *name, uint32_t txs)
{
	uint64_t bytes = weigh();

	(void)printf("chain %s: %.0f bytes on disk a transaction\n", name,
	             ((double)bytes - (double)b.disk) / txs);
	b.disk = bytes;
}

static void reopen(void)
{
	struct rusage usage;
	double start;

	chain_close(b.c.chain);
	start = now_ms();
	open_chain();
	(void)printf("chain open: %.0f ms\n", now_ms() - start);
	CHECK(getrusage(RUSAGE_SELF, &usage) == 0);
	(void)printf("chain memory at most: %ld MB\n", usage.ru_maxrss / 1024);
}

static void publish(void)
{
	struct tx *tx = case_publish(&b.c, CASE_USER, 0, "coin", token);

	case_more(&b.c, &tx, 1);
	b.all_known = true;
	round_of(token_take, SENDERS);
}

int main(void)
{
	const char *keys = getenv("BENCH_KEYS");

	b.accounts = keys ? (uint32_t)strtoul(keys, NULL, 10) : ACCOUNTS;
	b.chance = 88172645463325252;
	b.rooms = calloc(b.accounts, sizeof(*b.rooms));
	b.keys = calloc(SENDERS, sizeof(*b.keys));
	b.nonces = calloc(SENDERS, sizeof(*b.nonces));
	CHECK(b.rooms && b.keys && b.nonces && b.accounts > SENDERS);
	env_os_init(&b.env);
	temp_dir_make(b.path);
	make_chain();
	b.disk = weigh();
	(void)printf("chain genesis: %.0f bytes on disk an account\n",
	             (double)b.disk / b.accounts);
	run("stx", transfer, STX_TXS, false);
	run("stx, signatures known", transfer, STX_TXS, true);
	weigh_run("stx", 2 * ROUNDS * STX_TXS);
	publish();
	b.disk = weigh();
	run("sip-010", token_transfer, TOKEN_TXS, false);
	run("sip-010, signatures known", token_transfer, TOKEN_TXS, true);
	weigh_run("sip-010", 2 * ROUNDS * TOKEN_TXS);
	reopen();
	case_fini(&b.c);
	temp_dir_remove(b.path);
	return 0;
}
