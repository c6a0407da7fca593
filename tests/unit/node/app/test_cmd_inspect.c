/* tests/unit/node/app/test_cmd_inspect.c - Claims about `tenure inspect`: it
 * tells what a store holds, checks it, and says what to do about damage. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "node/app/verbs.h"
#include "node/io/env_os.h"
#include "node/store/chaindb_core.h"
#include "tests/lib/temp_dir.h"

static struct {
	char path[TEMP_DIR_MAX];
	struct env env;
	struct buf said; /* what went to both streams */
	struct chaindb *db;
} f;

static enum err catch_write(void *self, struct env_handle h, const void *bytes,
                            size_t len, size_t *ret_n)
{
	(void)self;
	(void)h;
	*ret_n = len;
	return buf_add(&f.said, bytes, len);
}

static void open_store(void)
{
	struct chaindb_options o = {
		.env = &f.env, .path = f.path, .chain_id = 7, .may_create = true
	};
	char why[CHAINDB_WHY_MAX];

	assert_int_equal(chaindb_open(&f.db, &o, why), ERR_OK);
}

static int set_up(void **state)
{
	static const uint8_t id[TRIE_HASH_LEN] = { 9 };
	struct store_key key = { .text = span_str("vm::key") };
	struct chaindb_commit c = { .id = id, .is_tip = true };
	uint8_t root[TRIE_HASH_LEN];
	uint32_t number;

	(void)state;
	temp_dir_make(f.path);
	env_os_init(&f.env);
	f.env.write = catch_write;
	buf_init(&f.said, 1 << 20);
	open_store();
	assert_int_equal(chaindb_begin(f.db, CHAINDB_NONE, id), ERR_OK);
	assert_int_equal(
	    vmstore_put(chaindb_vmstore(f.db), &key, span_str("v"), STORE_HEX),
	    ERR_OK);
	assert_int_equal(chaindb_seal(f.db, root), ERR_OK);
	assert_int_equal(chaindb_commit(f.db, &c, &number), ERR_OK);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	buf_fini(&f.said);
	temp_dir_remove(f.path);
	return 0;
}

static int run(const char *option)
{
	char program[] = "tenure", verb[] = "inspect";
	char *argv[] = { program, verb, f.path, (char *)(uintptr_t)option,
		         NULL };
	struct cmd_args args;
	struct buf text;
	int code;

	buf_init(&text, 1 << 16);
	assert_int_equal(
	    cmd_parse(&verbs_program, option ? 4 : 3, argv, &args, &text),
	    CMD_RUN);
	buf_fini(&text);
	code = args.path[args.n_path - 1]->run(&args, &f.env);
	return code;
}

static void expect_said(const char *what)
{
	if (!strstr(buf_str(&f.said), what))
		fail_msg("no `%s` in: %s", what, buf_str(&f.said));
}

static void a_store_is_described(void **state)
{
	(void)state;
	chaindb_close(f.db);
	assert_int_equal(run(NULL), CMD_EXIT_OK);
	expect_said("chain_id: 0x00000007\n");
	expect_said("tip:\n  height: 0\n");
	expect_said("keys: 1\n");
	expect_said("  - name: trie\n");
}

static void json_is_one_object(void **state)
{
	(void)state;
	chaindb_close(f.db);
	assert_int_equal(run("--json"), CMD_EXIT_OK);
	expect_said("{\"chain_id\":\"0x00000007\",\"schema\":1,\"blocks\":1,");
	expect_said("\"settled\":null");
}

static void a_right_store_is_verified(void **state)
{
	(void)state;
	chaindb_close(f.db);
	assert_int_equal(run("--verify"), CMD_EXIT_OK);
	expect_said("ok: true\n");
	expect_said("keys_right: 1\n");
}

static void a_wrong_value_fails_the_check(void **state)
{
	(void)state;
	static const uint8_t wrong[] = { 1, 'w' };
	static const uint8_t key[] = {
		STORE_TAIL_HEX, 'v', 'm', ':', ':', 'k', 'e', 'y'
	};

	assert_int_equal(chaindb_settle(f.db, 0), ERR_OK);
	kv_batch_put(f.db->batch, f.db->kv, CHAINDB_FLAT,
	             span_of(key, sizeof(key)), span_of(wrong, 2));
	assert_int_equal(kv_write(f.db->kv, f.db->batch, true), ERR_OK);
	chaindb_close(f.db);
	assert_int_equal(run("--verify"), CMD_EXIT_REJECT);
	expect_said("ok: false\n");
	expect_said("keys_right: 0\n");
}

static void damage_is_rejected_with_advice(void **state)
{
	(void)state;
	char path[TEMP_DIR_MAX + 16];

	chaindb_close(f.db);
	(void)snprintf(path, sizeof(path), "%s/witness", f.path);
	assert_int_equal(truncate(path, 20), 0);
	assert_int_equal(run(NULL), CMD_EXIT_REJECT);
	expect_said("witness is damaged");
	expect_said("Restore a copy");
}

static void a_running_node_s_store_is_not_opened(void **state)
{
	(void)state;
	assert_int_equal(run(NULL), CMD_EXIT_USAGE);
	expect_said("in use by another process");
	chaindb_close(f.db);
}

#define CASE(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_store_is_described),
		CASE(json_is_one_object),
		CASE(a_right_store_is_verified),
		CASE(a_wrong_value_fails_the_check),
		CASE(damage_is_rejected_with_advice),
		CASE(a_running_node_s_store_is_not_opened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
