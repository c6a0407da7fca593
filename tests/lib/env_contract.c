/* tests/lib/env_contract.c - Claims about any struct env; env_contract.h. */
#include "config.h"

#include "tests/lib/env_contract.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "clarity/base/buf.h"
#include "clarity/base/check.h"
#include "tests/lib/env_sim.h"

#define OK(call) assert_int_equal((call), ERR_OK)

/* As long as any wait of these tests may take. */
#define SOON_MS 10000u

static const struct env *env_of(void **state)
{
	const struct env_contract *c = *state;

	return &c->env;
}

/* DIR/NAME; valid until four more were made. */
static const char *in_dir(void **state, const char *name)
{
	static char paths[4][512];
	static unsigned next;
	const struct env_contract *c = *state;
	char *path = paths[next++ % 4];

	(void)snprintf(path, sizeof(paths[0]), "%s/%s", c->dir, name);
	return path;
}

static void put(void **state, const char *name, const char *text)
{
	const struct env *e = env_of(state);
	struct env_handle h;

	OK(env_open(e, in_dir(state, name),
	            ENV_WRITE | ENV_CREATE | ENV_TRUNCATE, &h));
	OK(env_write_all_at(e, h, 0, text, strlen(text)));
	env_close(e, &h);
}

static bool holds(void **state, const char *name, const char *text)
{
	struct arena a;
	struct span got;

	arena_init(&a, 1 << 20);

	enum err err = env_read_file(env_of(state), &a, in_dir(state, name),
	                             1 << 16, &got);
	bool same = err == ERR_OK && span_eq(got, span_str(text));

	arena_fini(&a);
	return same;
}

static void time_goes_forward(void **state)
{
	const struct env *e = env_of(state);
	uint64_t before = env_mono_ns(e);
	uint64_t day = env_now_ms(e);

	env_sleep_ms(e, 20);
	assert_true(env_mono_ns(e) - before >= 20000000);
	assert_true(env_now_ms(e) >= day);
	assert_true(day > 1600000000000);
}

static void chance_fills_every_byte(void **state)
{
	const struct env *e = env_of(state);
	uint8_t a[64], b[64];
	uint8_t seen[64] = { 0 };

	OK(env_random(e, NULL, 0));
	for (int i = 0; i < 20; i++) {
		OK(env_random(e, a, sizeof(a)));
		for (size_t k = 0; k < sizeof(a); k++)
			seen[k] |= a[k];
	}
	OK(env_random(e, b, sizeof(b)));
	assert_memory_not_equal(a, b, sizeof(a));
	for (size_t k = 0; k < sizeof(seen); k++)
		assert_true(seen[k] != 0);
}

static void files_are_read_and_written_at_places(void **state)
{
	const struct env *e = env_of(state);
	struct env_handle h;
	char got[16];
	size_t n = 9;
	uint64_t size;

	OK(env_open(e, in_dir(state, "places"),
	            ENV_READ | ENV_WRITE | ENV_CREATE, &h));
	OK(env_read_at(e, h, 0, got, sizeof(got), &n));
	assert_int_equal(n, 0);
	OK(env_write_all_at(e, h, 2, "cd", 2));
	OK(env_write_all_at(e, h, 0, "ab", 2));
	OK(env_size(e, h, &size));
	assert_true(size == 4);
	OK(env_read_at(e, h, 3, got, sizeof(got), &n));
	assert_int_equal(n, 1);
	assert_int_equal(got[0], 'd');
	OK(env_read_at(e, h, 5, got, sizeof(got), &n));
	assert_int_equal(n, 0);
	OK(env_cut(e, h, 1));
	OK(env_cut(e, h, 3));
	OK(env_sync(e, h));
	env_close(e, &h);
	assert_int_equal(h.n, -1);
	env_close(e, &h);

	OK(env_open(e, in_dir(state, "places"), ENV_READ, &h));
	OK(env_read_at(e, h, 1, got, sizeof(got), &n));
	assert_true(n >= 1 && got[0] == '\0');
	env_close(e, &h);
}

static void opening_does_what_was_asked(void **state)
{
	const struct env *e = env_of(state);
	struct env_handle h;

	assert_int_equal(env_open(e, in_dir(state, "none"), ENV_READ, &h),
	                 ERR_ABSENT);
	assert_int_equal(
	    env_open(e, in_dir(state, "none/x"), ENV_WRITE | ENV_CREATE, &h),
	    ERR_ABSENT);
	assert_int_equal(env_open(e, in_dir(state, "."), ENV_READ, &h),
	                 ERR_WRONG_KIND);
	put(state, "once", "12345");
	assert_int_equal(env_open(e, in_dir(state, "once"),
	                          ENV_WRITE | ENV_CREATE | ENV_NEW, &h),
	                 ERR_EXISTS);
	assert_int_equal(
	    env_open(e, in_dir(state, "once/x"), ENV_WRITE | ENV_CREATE, &h),
	    ERR_WRONG_KIND);
	OK(env_open(e, in_dir(state, "once"), ENV_WRITE | ENV_CREATE, &h));
	env_close(e, &h);
	assert_true(holds(state, "once", "12345"));
	OK(env_open(e, in_dir(state, "once"), ENV_WRITE | ENV_TRUNCATE, &h));
	env_close(e, &h);
	assert_true(holds(state, "once", ""));
}

static void renaming_replaces(void **state)
{
	const struct env *e = env_of(state);
	struct env_stat st;

	put(state, "old", "old");
	put(state, "new", "new");
	OK(env_rename(e, in_dir(state, "new"), in_dir(state, "old")));
	assert_true(holds(state, "old", "new"));
	assert_int_equal(env_stat(e, in_dir(state, "new"), &st), ERR_ABSENT);
	assert_int_equal(
	    env_rename(e, in_dir(state, "new"), in_dir(state, "old")),
	    ERR_ABSENT);
	OK(env_remove(e, in_dir(state, "old")));
	assert_int_equal(env_remove(e, in_dir(state, "old")), ERR_ABSENT);
}

static void an_open_file_outlives_its_name(void **state)
{
	const struct env *e = env_of(state);
	struct env_handle h;
	char got[8];
	size_t n;

	put(state, "named", "alive");
	OK(env_open(e, in_dir(state, "named"), ENV_READ, &h));
	OK(env_remove(e, in_dir(state, "named")));
	OK(env_read_at(e, h, 0, got, sizeof(got), &n));
	assert_true(n >= 1 && got[0] == 'a');
	env_close(e, &h);
}

static void directories_are_made_listed_and_removed(void **state)
{
	const struct env *e = env_of(state);
	const char *const *names;
	struct env_stat st;
	struct arena a;
	size_t n = 9;

	arena_init(&a, 1 << 20);
	OK(env_make_dir(e, in_dir(state, "d")));
	assert_int_equal(env_make_dir(e, in_dir(state, "d")), ERR_EXISTS);
	assert_int_equal(env_make_dir(e, in_dir(state, "none/d")), ERR_ABSENT);
	OK(env_list(e, &a, in_dir(state, "d"), &names, &n));
	assert_int_equal(n, 0);
	put(state, "d/b", "");
	put(state, "d/a", "");
	put(state, "d/B", "");
	OK(env_make_dir(e, in_dir(state, "d/c")));
	put(state, "d/c/deeper", "");
	OK(env_list(e, &a, in_dir(state, "d"), &names, &n));
	assert_int_equal(n, 4);
	assert_string_equal(names[0], "B");
	assert_string_equal(names[1], "a");
	assert_string_equal(names[2], "b");
	assert_string_equal(names[3], "c");
	OK(env_sync_dir(e, in_dir(state, "d")));
	assert_int_equal(env_remove(e, in_dir(state, "d/c")), ERR_EXISTS);
	OK(env_remove(e, in_dir(state, "d/c/deeper")));
	OK(env_remove(e, in_dir(state, "d/c")));
	assert_int_equal(env_stat(e, in_dir(state, "d/c"), &st), ERR_ABSENT);
	assert_int_equal(env_list(e, &a, in_dir(state, "d/a"), &names, &n),
	                 ERR_WRONG_KIND);
	assert_int_equal(env_list(e, &a, in_dir(state, "d/x"), &names, &n),
	                 ERR_ABSENT);
	arena_fini(&a);
}

static void a_stat_tells_files_apart(void **state)
{
	const struct env *e = env_of(state);
	struct env_stat a, b, again;

	put(state, "sa", "123");
	put(state, "sb", "");
	OK(env_stat(e, in_dir(state, "sa"), &a));
	OK(env_stat(e, in_dir(state, "sb"), &b));
	OK(env_stat(e, in_dir(state, "./sa"), &again));
	assert_int_equal(a.kind, ENV_KIND_FILE);
	assert_true(a.size == 3 && b.size == 0);
	assert_memory_not_equal(a.id, b.id, sizeof(a.id));
	assert_memory_equal(a.id, again.id, sizeof(a.id));
	OK(env_stat(e, in_dir(state, "."), &a));
	assert_int_equal(a.kind, ENV_KIND_DIR);
}

static void a_lock_is_held_by_one(void **state)
{
	const struct env *e = env_of(state);
	struct env_handle a, b;

	put(state, "lock", "");
	OK(env_open(e, in_dir(state, "lock"), ENV_READ | ENV_WRITE, &a));
	OK(env_open(e, in_dir(state, "lock"), ENV_READ | ENV_WRITE, &b));
	OK(env_lock(e, a));
	OK(env_lock(e, a));
	assert_int_equal(env_lock(e, b), ERR_IN_USE);
	env_close(e, &a);
	OK(env_lock(e, b));
	env_close(e, &b);
}

static void whole_files_are_read_up_to_a_maximum(void **state)
{
	const struct env *e = env_of(state);
	struct arena a;
	struct span got;

	arena_init(&a, 1 << 20);
	put(state, "whole", "12345");
	for (size_t max = 4; max <= 6; max++) {
		enum err err =
		    env_read_file(e, &a, in_dir(state, "whole"), max, &got);

		assert_int_equal(err, max < 5 ? ERR_TOO_LARGE : ERR_OK);
		if (err == ERR_OK)
			assert_string_equal((const char *)got.p, "12345");
	}
	assert_int_equal(env_read_file(e, &a, in_dir(state, "none"), 9, &got),
	                 ERR_ABSENT);
	assert_int_equal(env_read_file(e, &a, in_dir(state, "."), 9, &got),
	                 ERR_WRONG_KIND);
	arena_fini(&a);
}

static void replacing_leaves_only_the_new_file(void **state)
{
	const struct env *e = env_of(state);
	struct env_stat st;

	OK(env_replace_file(e, in_dir(state, "r"), span_str("one")));
	assert_true(holds(state, "r", "one"));
	OK(env_replace_file(e, in_dir(state, "r"), span_str("two")));
	assert_true(holds(state, "r", "two"));
	assert_int_equal(env_stat(e, in_dir(state, "r.new"), &st), ERR_ABSENT);
	assert_int_equal(
	    env_replace_file(e, in_dir(state, "none/r"), span_str("")),
	    ERR_ABSENT);
}

static void paths_have_a_maximum(void **state)
{
	const struct env *e = env_of(state);
	static char path[ENV_PATH_MAX + 1];
	struct env_stat st;
	struct env_handle h;

	memset(path, '/', ENV_PATH_MAX);
	path[ENV_PATH_MAX] = '\0';
	assert_int_equal(env_stat(e, path, &st), ERR_TOO_LARGE);
	assert_int_equal(env_open(e, path, ENV_READ, &h), ERR_TOO_LARGE);
	assert_int_equal(env_replace_file(e, path, span_str("")),
	                 ERR_TOO_LARGE);
	path[ENV_PATH_MAX - 1] = '\0';
	OK(env_stat(e, path, &st));
}

/* --- sockets --- */

/* Waits until one handle is ready. */
static uint8_t await(const struct env *e, struct env_handle h, uint8_t wants)
{
	struct env_poll p = { .handle = h, .wants = wants };
	uint64_t end = env_mono_ns(e) + SOON_MS * 1000000u;
	size_t n;

	do
		OK(env_wait(e, &p, 1, SOON_MS, &n));
	while (n == 0 && env_mono_ns(e) < end);
	assert_int_equal(n, 1);
	return p.has;
}

/* Two connected sockets over a listener that is closed again. */
static void connect_pair(const struct env *e, struct env_handle *a,
                         struct env_handle *b)
{
	struct env_handle l;
	char address[64];

	OK(env_listen(e, "127.0.0.1:0", &l));
	OK(env_address(e, l, false, address, sizeof(address)));
	assert_int_equal(env_accept(e, l, b), ERR_AGAIN);
	OK(env_connect(e, address, a));
	(void)await(e, *a, ENV_CAN_WRITE);
	OK(env_connected(e, *a));
	(void)await(e, l, ENV_CAN_READ);
	OK(env_accept(e, l, b));
	env_close(e, &l);
}

static void connections_carry_bytes_both_ways(void **state)
{
	const struct env *e = env_of(state);
	struct env_handle a, b;
	char got[16], one[64], two[64];
	size_t n;

	connect_pair(e, &a, &b);
	assert_int_equal(env_read(e, b, got, sizeof(got), &n), ERR_AGAIN);
	OK(env_write_all(e, a, "ping", 4));
	assert_int_equal(await(e, b, ENV_CAN_READ), ENV_CAN_READ);
	OK(env_read(e, b, got, sizeof(got), &n));
	assert_true(n >= 1 && n <= 4 && got[0] == 'p');
	OK(env_write_all(e, b, "pong", 4));
	(void)await(e, a, ENV_CAN_READ);
	OK(env_read(e, a, got, 1, &n));
	assert_int_equal(n, 1);
	assert_int_equal(got[0], 'p');
	OK(env_address(e, a, false, one, sizeof(one)));
	OK(env_address(e, b, true, two, sizeof(two)));
	assert_string_equal(one, two);
	assert_int_equal(env_address(e, a, true, one, 5), ERR_TOO_LARGE);
	env_close(e, &a);
	env_close(e, &b);
}

static void the_end_is_read_as_nothing(void **state)
{
	const struct env *e = env_of(state);
	struct env_handle a, b;
	char got[4];
	size_t n, sum = 0;

	connect_pair(e, &a, &b);
	OK(env_write_all(e, a, "last", 4));
	env_close(e, &a);
	do {
		(void)await(e, b, ENV_CAN_READ);
		OK(env_read(e, b, got, sizeof(got), &n));
		sum += n;
	} while (n > 0);
	assert_int_equal(sum, 4);
	env_close(e, &b);
}

static void writing_to_nobody_is_an_error_and_no_signal(void **state)
{
	const struct env *e = env_of(state);
	struct env_handle a, b;
	enum err err = ERR_OK;
	size_t n;

	connect_pair(e, &a, &b);
	env_close(e, &b);
	for (int i = 0; i < 100 && err == ERR_OK; i++) {
		err = env_write(e, a, "x", 1, &n);
		env_sleep_ms(e, 1);
	}
	assert_int_equal(err, ERR_CLOSED);
	env_close(e, &a);
}

static void a_full_connection_says_so_and_recovers(void **state)
{
	const struct env *e = env_of(state);
	struct env_handle a, b;
	static char block[65536];
	size_t n, sent = 0, got = 0;
	enum err err;

	connect_pair(e, &a, &b);
	while ((err = env_write(e, a, block, sizeof(block), &n)) == ERR_OK)
		sent += n;
	assert_int_equal(err, ERR_AGAIN);
	while (got < sent) {
		(void)await(e, b, ENV_CAN_READ);
		OK(env_read(e, b, block, sizeof(block), &n));
		got += n;
	}
	assert_int_equal(got, sent);
	assert_true(await(e, a, ENV_CAN_WRITE) & ENV_CAN_WRITE);
	OK(env_write(e, a, block, 1, &n));
	env_close(e, &a);
	env_close(e, &b);
}

static void connecting_to_nobody_is_refused(void **state)
{
	const struct env_contract *c = *state;
	const struct env *e = env_of(state);
	struct env_handle h;
	enum err err = env_connect(e, c->other, &h);

	if (err == ERR_OK) {
		(void)await(e, h, ENV_CAN_WRITE);
		err = env_connected(e, h);
		env_close(e, &h);
	}
	assert_int_equal(err, ERR_REFUSED);
}

static void wrong_addresses_are_refused(void **state)
{
	static const char *const wrong[] = {
		"",
		"127.0.0.1",
		":80",
		"127.0.0.1:",
		"127.0.0.1:x",
		"host:80",
		"127.0.0.1:65536",
		"[::1:80",
		"127.0.0.1:-1",
	};
	const struct env *e = env_of(state);
	struct env_handle h;

	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		assert_int_equal(env_listen(e, wrong[i], &h), ERR_SYNTAX);
		assert_int_equal(env_connect(e, wrong[i], &h), ERR_SYNTAX);
	}
}

static void an_address_is_listened_on_once(void **state)
{
	const struct env *e = env_of(state);
	struct env_handle a, b;
	char address[64];

	OK(env_listen(e, "127.0.0.1:0", &a));
	OK(env_address(e, a, false, address, sizeof(address)));
	assert_int_equal(env_listen(e, address, &b), ERR_IN_USE);
	env_close(e, &a);
	OK(env_listen(e, address, &b));
	env_close(e, &b);
}

static void a_wait_ends_with_its_time(void **state)
{
	const struct env *e = env_of(state);
	struct env_handle a, b;
	struct env_poll p = { .wants = ENV_CAN_READ };
	uint64_t before;
	size_t n = 9;

	connect_pair(e, &a, &b);
	p.handle = a;
	OK(env_wait(e, &p, 1, 0, &n));
	assert_int_equal(n, 0);
	before = env_mono_ns(e);
	do
		OK(env_wait(e, &p, 1, 20, &n));
	while (env_mono_ns(e) - before < 20000000);
	assert_int_equal(n, 0);
	assert_int_equal(p.has, 0);
	env_close(e, &a);
	env_close(e, &b);
}

static void a_wait_serves_many_handles(void **state)
{
	enum {
		PAIRS = 70
	};
	const struct env *e = env_of(state);
	struct env_handle a[PAIRS], b[PAIRS];
	struct env_poll p[PAIRS];
	uint64_t end = env_mono_ns(e) + SOON_MS * 1000000u;
	size_t n = 0;

	for (int i = 0; i < PAIRS; i++) {
		connect_pair(e, &a[i], &b[i]);
		p[i] =
		    (struct env_poll){ .handle = b[i], .wants = ENV_CAN_READ };
	}
	OK(env_write_all(e, a[3], "x", 1));
	OK(env_write_all(e, a[67], "x", 1));
	while (n < 2 && env_mono_ns(e) < end)
		OK(env_wait(e, p, PAIRS, 100, &n));
	assert_int_equal(n, 2);
	for (int i = 0; i < PAIRS; i++) {
		assert_int_equal(p[i].has != 0, i == 3 || i == 67);
		env_close(e, &a[i]);
		env_close(e, &b[i]);
	}
}

/* --- processes --- */

static const char *const cat_argv[] = { "cat", NULL };
static const char *const fail_argv[] = { "/bin/sh", "-c",
	                                 "printf out; printf err >&2; exit 3",
	                                 NULL };
static const char *const sleep_argv[] = { "sleep", "1000", NULL };
static const char *const none_argv[] = { "/no/such/program", NULL };

enum err env_contract_program(void *ctx, const struct env_spawn *what,
                              struct env_sim_child *ret)
{
	(void)ctx;
	if (strcmp(what->argv[0], cat_argv[0]) == 0)
		*ret = (struct env_sim_child){ .echoes = true };
	else if (strcmp(what->argv[0], fail_argv[0]) == 0)
		*ret = (struct env_sim_child){
			.out = "out", .err = "err", .runs_ms = 5, .code = 3
		};
	else if (strcmp(what->argv[0], sleep_argv[0]) == 0)
		*ret = (struct env_sim_child){ .runs_ms = 1000000 };
	else
		return ERR_ABSENT;
	return ERR_OK;
}

/* Reads to the end. */
static void read_all(const struct env *e, struct env_handle h, struct buf *b)
{
	char some[7];
	size_t n;

	buf_init(b, 1 << 20);
	do {
		(void)await(e, h, ENV_CAN_READ);
		OK(env_read(e, h, some, sizeof(some), &n));
		OK(buf_add(b, some, n));
	} while (n > 0);
}

static struct env_exit await_exit(const struct env *e, struct env_handle h)
{
	struct env_exit how = { .code = -1 };

	(void)await(e, h, ENV_CAN_READ);
	OK(env_exited(e, h, &how));
	OK(env_exited(e, h, &how));
	return how;
}

static void close_child(const struct env *e, struct env_child *c)
{
	env_close(e, &c->process);
	env_close(e, &c->in);
	env_close(e, &c->out);
	env_close(e, &c->err);
}

static void a_child_reads_and_writes_pipes(void **state)
{
	const struct env *e = env_of(state);
	struct env_spawn what = { .argv = cat_argv,
		                  .pipes_in = true,
		                  .pipes_out = true };
	struct env_child c;
	struct env_exit how;
	struct buf got;

	OK(env_spawn(e, &what, &c));
	assert_int_equal(c.err.n, -1);
	assert_int_equal(env_exited(e, c.process, &how), ERR_AGAIN);
	OK(env_write_all(e, c.in, "through the cat", 15));
	env_close(e, &c.in);
	read_all(e, c.out, &got);
	assert_string_equal(buf_str(&got), "through the cat");
	buf_fini(&got);
	how = await_exit(e, c.process);
	assert_false(how.is_killed);
	assert_int_equal(how.code, 0);
	close_child(e, &c);
}

static void a_child_tells_how_it_ended(void **state)
{
	const struct env *e = env_of(state);
	struct env_spawn what = { .argv = fail_argv,
		                  .pipes_out = true,
		                  .pipes_err = true };
	struct env_child c;
	struct env_exit how;
	struct buf out, err;

	OK(env_spawn(e, &what, &c));
	assert_int_equal(c.in.n, -1);
	how = await_exit(e, c.process);
	assert_false(how.is_killed);
	assert_int_equal(how.code, 3);
	read_all(e, c.out, &out);
	read_all(e, c.err, &err);
	assert_string_equal(buf_str(&out), "out");
	assert_string_equal(buf_str(&err), "err");
	buf_fini(&out);
	buf_fini(&err);
	OK(env_signal(e, c.process, ENV_SIGNAL_KILL));
	close_child(e, &c);
}

static void a_child_can_be_ended(void **state)
{
	static const enum env_signal signals[] = { ENV_SIGNAL_END,
		                                   ENV_SIGNAL_KILL };
	static const int numbers[] = { SIGTERM, SIGKILL };
	const struct env *e = env_of(state);
	struct env_spawn what = { .argv = sleep_argv };
	struct env_child c;

	for (size_t i = 0; i < COUNT_OF(signals); i++) {
		OK(env_spawn(e, &what, &c));
		OK(env_signal(e, c.process, signals[i]));

		struct env_exit how = await_exit(e, c.process);

		assert_true(how.is_killed);
		assert_int_equal(how.code, numbers[i]);
		close_child(e, &c);
	}
}

static void a_child_ends_with_its_handle(void **state)
{
	const struct env *e = env_of(state);
	struct env_spawn what = { .argv = cat_argv,
		                  .pipes_in = true,
		                  .pipes_out = true };
	struct env_child c;
	char got[4];
	size_t n = 9;

	OK(env_spawn(e, &what, &c));
	env_close(e, &c.process);
	(void)await(e, c.out, ENV_CAN_READ);
	OK(env_read(e, c.out, got, sizeof(got), &n));
	assert_int_equal(n, 0);
	close_child(e, &c);
}

static void a_program_that_is_not_there_does_not_start(void **state)
{
	const struct env *e = env_of(state);
	struct env_spawn what = { .argv = none_argv, .pipes_in = true };
	struct env_child c;

	assert_int_equal(env_spawn(e, &what, &c), ERR_ABSENT);
}

static void the_program_knows_itself(void **state)
{
	const struct env *e = env_of(state);

	assert_true(env_cpus(e) >= 1);
	assert_int_equal(env_stream(e, ENV_STDERR).n, 2);
	(void)env_peak_memory(e);
}

const struct CMUnitTest env_contract_tests[] = {
	cmocka_unit_test(time_goes_forward),
	cmocka_unit_test(chance_fills_every_byte),
	cmocka_unit_test(files_are_read_and_written_at_places),
	cmocka_unit_test(opening_does_what_was_asked),
	cmocka_unit_test(renaming_replaces),
	cmocka_unit_test(an_open_file_outlives_its_name),
	cmocka_unit_test(directories_are_made_listed_and_removed),
	cmocka_unit_test(a_stat_tells_files_apart),
	cmocka_unit_test(a_lock_is_held_by_one),
	cmocka_unit_test(whole_files_are_read_up_to_a_maximum),
	cmocka_unit_test(replacing_leaves_only_the_new_file),
	cmocka_unit_test(paths_have_a_maximum),
	cmocka_unit_test(connections_carry_bytes_both_ways),
	cmocka_unit_test(the_end_is_read_as_nothing),
	cmocka_unit_test(writing_to_nobody_is_an_error_and_no_signal),
	cmocka_unit_test(a_full_connection_says_so_and_recovers),
	cmocka_unit_test(connecting_to_nobody_is_refused),
	cmocka_unit_test(wrong_addresses_are_refused),
	cmocka_unit_test(an_address_is_listened_on_once),
	cmocka_unit_test(a_wait_ends_with_its_time),
	cmocka_unit_test(a_wait_serves_many_handles),
	cmocka_unit_test(a_child_reads_and_writes_pipes),
	cmocka_unit_test(a_child_tells_how_it_ended),
	cmocka_unit_test(a_child_can_be_ended),
	cmocka_unit_test(a_child_ends_with_its_handle),
	cmocka_unit_test(a_program_that_is_not_there_does_not_start),
	cmocka_unit_test(the_program_knows_itself),
};

const size_t env_contract_count = COUNT_OF(env_contract_tests);
