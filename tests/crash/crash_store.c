/*
 * tests/crash/crash_store.c - The chain's store loses nothing that it
 * acknowledged: killed at random moments, with a flipped bit in any of its
 * files, and with writes that fail.
 *
 * Called with arguments it is the child that is killed.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <dirent.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "node/io/env_os.h"
#include "node/store/chaindb_verify.h"
#include "node/store/chainlog.h"
#include "tests/crash/crash_chain.h"
#include "tests/lib/temp_dir.h"

/* Builds that look at every access do a part of it: they are for the code,
 * and the number of moments is for the database. */
#if defined(HARD_TESTS) || defined(__SANITIZE_ADDRESS__)
#define KILLS 20u
#define FLIPS 3u
#else
#define KILLS 200u
#define FLIPS 10u
#endif
#define FEW_FLIPS 2u
#define LIMITS 12u
#define FILES_MAX 64u
#define NO_BLOCK UINT32_MAX
#define ARENA_MAX ((size_t)256 << 20)
#define PATH_LEN (TEMP_DIR_MAX + 300)

static struct {
	char self[TEMP_DIR_MAX];
	char root[TEMP_DIR_MAX]; /* everything is below it */
	struct env env;
	struct chaindb *twin; /* the same chain in memory */
	struct arena arena;
	uint64_t chance;
	uint32_t acked; /* the last number that was acknowledged */
} f;

static uint32_t chance(uint32_t below)
{
	f.chance ^= f.chance << 13;
	f.chance ^= f.chance >> 7;
	f.chance ^= f.chance << 17;
	return (uint32_t)(f.chance >> 33) % below;
}

static int set_up(void **state)
{
	char why[CHAINDB_WHY_MAX];

	(void)state;
	/* What a killed process wrote is the system's, on a disk as in memory:
	 * memory is quicker. */
	if (access("/dev/shm", W_OK) == 0)
		(void)setenv("TMPDIR", "/dev/shm", 0);
	temp_dir_make(f.root);
	env_os_init(&f.env);
	arena_init(&f.arena, ARENA_MAX);
	f.chance = 0x2545f4914f6cdd1d;
	f.acked = NO_BLOCK;
	assert_int_equal(crash_chain_open(&f.twin, &f.env, NULL, 0, why),
	                 ERR_OK);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	chaindb_close(f.twin);
	arena_fini(&f.arena);
	temp_dir_remove(f.root);
	return 0;
}

static void below(char ret[PATH_LEN], const char *folder, const char *name)
{
	int n = snprintf(ret, PATH_LEN, "%s/%s", folder, name);

	assert_true(n > 0 && n < PATH_LEN);
}

/* --- the child --- */

static pid_t start_child(const char *folder, uint32_t blocks, uint64_t limit,
                         int *ret_acks)
{
	char count[16], bytes[24];
	char *argv[] = { f.self, (char *)(uintptr_t)folder, count, bytes,
		         NULL };
	posix_spawn_file_actions_t actions;
	int ends[2];
	pid_t pid;

	(void)snprintf(count, sizeof(count), "%u", blocks);
	(void)snprintf(bytes, sizeof(bytes), "%llu", (unsigned long long)limit);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(posix_spawn_file_actions_init(&actions), 0);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_addclose(&actions, ends[0]);
	assert_int_equal(
	    posix_spawn(&pid, f.self, &actions, NULL, argv, environ), 0);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	*ret_acks = ends[0];
	return pid;
}

/* Waits until the child has opened its store, or has ended. */
static void await_open(int acks)
{
	struct crash_ack ack;

	(void)!read(acks, &ack, sizeof(ack));
}

/* Reads acknowledgements until the child is gone. @return its status. */
static int end_child(pid_t pid, int acks)
{
	struct crash_ack ack;
	int status;

	while (read(acks, &ack, sizeof(ack)) == (int)sizeof(ack)) {
		if (ack.number != CRASH_CHAIN_OPEN)
			f.acked = ack.number;
	}
	close(acks);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

/* --- what must hold of a store --- */

/* Builds the same chain in memory, and compares all roots from `from` on. */
static void expect_twin(struct chaindb *db, uint32_t from)
{
	uint32_t n = chaindb_count(db);

	while (chaindb_count(f.twin) < n)
		assert_int_equal(crash_chain_grow(f.twin), ERR_OK);
	for (uint32_t i = from; i < n; i++) {
		struct chaindb_block ours, theirs;

		arena_reset(&f.arena);
		assert_int_equal(chaindb_get(db, &f.arena, i, &ours), ERR_OK);
		assert_int_equal(chaindb_get(f.twin, &f.arena, i, &theirs),
		                 ERR_OK);
		assert_memory_equal(ours.root, theirs.root, TRIE_HASH_LEN);
		assert_memory_equal(ours.id, theirs.id, TRIE_HASH_LEN);
		assert_int_equal(ours.parent, theirs.parent);
		assert_int_equal(ours.n_receipts, theirs.n_receipts);
	}
}

/* @return the height from which on blocks are looked at once more. */
static uint32_t newest_heights(struct chaindb *db)
{
	struct chaindb_block tip;

	assert_int_equal(chaindb_get(db, &f.arena, chaindb_tip(db), &tip),
	                 ERR_OK);
	return tip.height < 20 ? 0 : tip.height - 20;
}

/* Opens the store after a crash: everything acknowledged is there. */
static void expect_recovered(const char *folder, uint32_t from)
{
	char why[CHAINDB_WHY_MAX];
	struct chaindb_report report;
	struct chaindb *db;
	uint32_t n;

	if (crash_chain_open(&db, &f.env, folder, 0, why) != ERR_OK)
		fail_msg("%s", why);
	n = chaindb_count(db);
	assert_true(f.acked == NO_BLOCK || n > f.acked);
	/* At most one block may have been written and not acknowledged. */
	assert_true(n <= f.acked + 2);
	if (n) {
		assert_int_equal(chaindb_tip(db), n - 1);
		assert_int_equal(chaindb_at(db), n - 1);
		expect_twin(db, from);
		assert_int_equal(
		    chaindb_verify(db, newest_heights(db), &report), ERR_OK);
		assert_true(report.n_keys > 0);
	}
	chaindb_close(db);
}

static void a_killed_store_recovers_all_that_it_acknowledged(void **state)
{
	(void)state;
	char folder[PATH_LEN];
	uint32_t grown = 0;

	below(folder, f.root, "killed");
	f.acked = NO_BLOCK;
	for (uint32_t i = 0; i < KILLS; i++) {
		struct timespec pause = { .tv_nsec = chance(25000000) };
		uint32_t before = f.acked;
		int acks;
		pid_t pid = start_child(folder, UINT32_MAX, 0, &acks);

		/* A quarter dies while it opens, the others at work. */
		if (i % 4)
			await_open(acks);
		(void)nanosleep(&pause, NULL);
		assert_int_equal(kill(pid, SIGKILL), 0);
		assert_true(WIFSIGNALED(end_child(pid, acks)));
		expect_recovered(folder, before == NO_BLOCK ? 0 : before);
		grown += f.acked != before;
	}
	assert_true(grown > KILLS / 4);
}

/* --- writes that fail --- */

static void a_failed_write_is_a_fault_and_leaves_nothing_half_done(void **state)
{
	(void)state;
	char folder[PATH_LEN], name[16];
	uint32_t failed = 0;

	for (uint32_t i = 0; i < LIMITS; i++) {
		int acks, status;
		pid_t pid;

		(void)snprintf(name, sizeof(name), "full%u", i);
		below(folder, f.root, name);
		f.acked = NO_BLOCK;
		pid = start_child(folder, 120, 150000 + chance(400000), &acks);
		status = end_child(pid, acks);
		assert_true(WIFEXITED(status));
		/* 2: not even opened; 3: a commit failed, and so did all after
		 * it; 0: all fitted. */
		assert_in_set((unsigned)WEXITSTATUS(status),
		              ((uintmax_t[]){ 0, 2, 3 }), 3);
		failed += WEXITSTATUS(status) == 3;
		expect_recovered(folder, 0);
		temp_dir_remove(folder);
	}
	assert_true(failed > LIMITS / 2);
}

/* --- flipped bits --- */

struct copy {
	char name[256];
	uint8_t *bytes;
	size_t len;
};

static struct copy copies[FILES_MAX];
static uint32_t n_copies;

static void read_copy(const char *path, const char *name)
{
	struct copy *c = &copies[n_copies];
	struct stat st;
	FILE *in = fopen(path, "rb");

	assert_non_null(in);
	assert_int_equal(fstat(fileno(in), &st), 0);
	assert_true(n_copies < FILES_MAX);
	(void)snprintf(c->name, sizeof(c->name), "%s", name);
	c->len = (size_t)st.st_size;
	c->bytes = malloc(c->len + 1);
	assert_non_null(c->bytes);
	assert_int_equal(fread(c->bytes, 1, c->len, in), c->len);
	(void)fclose(in);
	n_copies++;
}

static void read_store(const char *folder)
{
	char path[PATH_LEN], file[PATH_LEN], name[300];
	DIR *dir;
	const struct dirent *e;

	below(path, folder, "witness");
	read_copy(path, "witness");
	below(path, folder, "db");
	dir = opendir(path);
	assert_non_null(dir);
	while ((e = readdir(dir)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		(void)snprintf(name, sizeof(name), "db/%s", e->d_name);
		below(file, folder, name);
		read_copy(file, name);
	}
	closedir(dir);
}

static void forget_store(void)
{
	while (n_copies)
		free(copies[--n_copies].bytes);
}

static void write_store(const char *folder)
{
	char path[PATH_LEN];

	temp_dir_remove(folder);
	assert_int_equal(mkdir(folder, 0777), 0);
	below(path, folder, "db");
	assert_int_equal(mkdir(path, 0777), 0);
	for (uint32_t i = 0; i < n_copies; i++) {
		FILE *out;

		below(path, folder, copies[i].name);
		out = fopen(path, "wb");
		assert_non_null(out);
		assert_int_equal(fwrite(copies[i].bytes, 1, copies[i].len, out),
		                 copies[i].len);
		assert_int_equal(fclose(out), 0);
	}
}

/* All that can be read of a block is what it was, or a fault. */
static bool is_right_or_fault(struct chaindb *db, uint32_t n)
{
	struct chaindb_block ours, theirs;
	struct span bytes;
	struct receipt r;
	enum err e;

	arena_reset(&f.arena);
	e = chaindb_get(db, &f.arena, n, &ours);
	if (e != ERR_OK)
		return err_class(e) == ERR_CLASS_FAULT;
	if (chaindb_get(f.twin, &f.arena, n, &theirs) != ERR_OK ||
	    memcmp(ours.root, theirs.root, TRIE_HASH_LEN) != 0 ||
	    ours.n_receipts != theirs.n_receipts)
		return false;
	e = chaindb_bytes(db, &f.arena, n, &bytes);
	if (e != ERR_OK)
		return err_class(e) == ERR_CLASS_FAULT;
	for (uint32_t i = 0; i < ours.n_receipts; i++) {
		e = chaindb_receipt(db, &f.arena, n, i, &r);
		if (e != ERR_OK)
			return err_class(e) == ERR_CLASS_FAULT;
		if (r.fee != n || r.tx_index != i)
			return false;
	}
	return span_eq(bytes, span_str("the whole block"));
}

/* How a damaged store was found. */
enum judgement {
	RIGHT,   /* all there, but for what answers with a fault */
	REFUSED, /* with a sentence that says what to do */
	SILENT,  /* refused without advice */
	WRONG
};

static enum judgement judge_open(const char *folder)
{
	char why[CHAINDB_WHY_MAX];
	struct chaindb_report report;
	struct chaindb *db;
	enum err e = crash_chain_open(&db, &f.env, folder, 0, why);
	bool ok;

	if (e != ERR_OK)
		return strstr(why, "Restore") ? REFUSED : SILENT;
	ok = chaindb_count(db) == f.acked + 1 && chaindb_tip(db) == f.acked;
	for (uint32_t i = 0; ok && i <= f.acked; i++)
		ok = is_right_or_fault(db, i);
	if (ok) {
		e = chaindb_verify(db, 0, &report);
		ok = e == ERR_OK || err_class(e) == ERR_CLASS_FAULT;
	}
	chaindb_close(db);
	return ok ? RIGHT : WRONG;
}

/* Judges in a process of its own: the database library may abort.  What it
 * then says is the advice. */
static enum judgement judge_forked(const char *folder)
{
	char said[1000] = "";
	size_t len = 0;
	int ends[2], status;
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		(void)dup2(ends[1], STDERR_FILENO);
		_exit((int)judge_open(folder));
	}
	close(ends[1]);
	while ((n = read(ends[0], said + len, sizeof(said) - 1 - len)) > 0)
		len += (size_t)n;
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFEXITED(status))
		return (enum judgement)WEXITSTATUS(status);
	return strstr(said, "Restore") ? REFUSED : SILENT;
}

/* @return whether it was refused, and not right. */
static bool is_refused_or_right(const char *folder, const char *name)
{
	enum judgement judged = judge_forked(folder);

	if (judged != RIGHT && judged != REFUSED)
		fail_msg("%s: %s", name,
		         judged == WRONG ? "wrong" : "refused without advice");
	return judged == REFUSED;
}

/* Files that the database writes for people, and does not read. */
static bool is_idle(const char *name)
{
	return strstr(name, "OPTIONS") || strstr(name, "LOG") ||
	       strstr(name, "IDENTITY");
}

/* Flips bits of one file, also near its end, where the newest things are. */
static void flip_file(struct copy *c, uint32_t *refused)
{
	char folder[PATH_LEN];
	uint32_t flips = is_idle(c->name) ? FEW_FLIPS : FLIPS;

	below(folder, f.root, "flipped");
	for (uint32_t i = 0; i < flips && c->len; i++) {
		size_t last = c->len < 200 ? c->len : 200;
		size_t at = i % 2 ? c->len - 1 - chance((uint32_t)last)
		                  : chance((uint32_t)c->len);
		uint8_t bit = (uint8_t)(1u << chance(8));

		c->bytes[at] ^= bit;
		write_store(folder);
		*refused += is_refused_or_right(folder, c->name);
		c->bytes[at] ^= bit;
	}
	temp_dir_remove(folder);
}

static void flip_all(uint32_t *refused)
{
	for (uint32_t i = 0; i < n_copies; i++)
		flip_file(&copies[i], refused);
}

static void a_flipped_bit_is_refused_with_advice_or_harmless(void **state)
{
	(void)state;
	char folder[PATH_LEN], why[CHAINDB_WHY_MAX];
	struct chaindb *db;
	uint32_t refused = 0;
	int acks;
	pid_t pid;

	below(folder, f.root, "whole");
	f.acked = NO_BLOCK;
	pid = start_child(folder, 25, 0, &acks);
	assert_true(WIFEXITED(end_child(pid, acks)));
	assert_int_equal(f.acked, 24);
	while (chaindb_count(f.twin) < 25)
		assert_int_equal(crash_chain_grow(f.twin), ERR_OK);
	/* As a crash left it: all in the log. */
	read_store(folder);
	flip_all(&refused);
	forget_store();
	assert_true(refused >= FLIPS);
	/* And closed in order: all in tables. */
	assert_int_equal(crash_chain_open(&db, &f.env, folder, 0, why), ERR_OK);
	chaindb_close(db);
	read_store(folder);
	refused = 0;
	flip_all(&refused);
	forget_store();
	assert_true(refused >= FLIPS);
}

/* Cuts files short: at any place, but never by nothing. */
static void a_file_that_lost_its_end_is_refused_or_harmless(void **state)
{
	(void)state;
	char folder[PATH_LEN], cut[PATH_LEN];
	uint32_t refused = 0;
	int acks;
	pid_t pid;

	below(folder, f.root, "long");
	below(cut, f.root, "cut");
	f.acked = NO_BLOCK;
	pid = start_child(folder, 12, 0, &acks);
	assert_true(WIFEXITED(end_child(pid, acks)));
	read_store(folder);
	for (uint32_t i = 0; i < n_copies; i++) {
		size_t len = copies[i].len;

		for (uint32_t k = 0; k < 3 && len; k++) {
			copies[i].len = k ? chance((uint32_t)len) : 0;
			write_store(cut);
			refused += is_refused_or_right(cut, copies[i].name);
		}
		copies[i].len = len;
	}
	forget_store();
	assert_true(refused > 6);
}

static void a_lost_file_is_refused_or_harmless(void **state)
{
	(void)state;
	char folder[PATH_LEN], cut[PATH_LEN], path[PATH_LEN];
	uint32_t refused = 0;
	int acks;
	pid_t pid;

	below(folder, f.root, "complete");
	below(cut, f.root, "less");
	f.acked = NO_BLOCK;
	pid = start_child(folder, 12, 0, &acks);
	assert_true(WIFEXITED(end_child(pid, acks)));
	read_store(folder);
	for (uint32_t i = 0; i < n_copies; i++) {
		write_store(cut);
		below(path, cut, copies[i].name);
		assert_int_equal(unlink(path), 0);
		/* Without its witness a chain is not believed, nor made. */
		refused += is_refused_or_right(cut, copies[i].name);
	}
	forget_store();
	assert_true(refused >= 3);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_killed_store_recovers_all_that_it_acknowledged),
		cmocka_unit_test(
		    a_failed_write_is_a_fault_and_leaves_nothing_half_done),
		cmocka_unit_test(
		    a_flipped_bit_is_refused_with_advice_or_harmless),
		cmocka_unit_test(
		    a_file_that_lost_its_end_is_refused_or_harmless),
		cmocka_unit_test(a_lost_file_is_refused_or_harmless),
	};

	if (argc == 4)
		return crash_chain_child(argv[1],
		                         (uint32_t)strtoul(argv[2], NULL, 10),
		                         strtoull(argv[3], NULL, 10));
	(void)snprintf(f.self, sizeof(f.self), "%s", argv[0]);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
