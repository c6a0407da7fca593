/*
 * tests/unit/node/regtest/test_rt_rpc.c - Claims about
 * node/regtest/rt_rpc.c, the calls, and wallets.
 *
 * tests/bitcoin compares answers with an independent node; here are the claims
 * that need none.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "node/regtest/rt_rpc.h"
#include "node/regtest/rt_wallet.h"
#include "tests/lib/temp_dir.h"
#include "tests/unit/node/regtest/rt_case.h"

static struct rt_rpc rpc;
static struct buf answer;
static char dir[TEMP_DIR_MAX];
static char folder[TEMP_DIR_MAX + 8];

static void open_rpc(void)
{
	rt_rpc_init(&rpc, &rt_case.env);
	rpc.node = rt_case.node;
	assert_int_equal(rt_wallets_open(&rpc.wallets, rt_case.node), ERR_OK);
}

static int setup(void **state)
{
	(void)state;
	temp_dir_make(dir);
	(void)snprintf(folder, sizeof(folder), "%s/chain", dir);
	rt_case_init(folder);
	open_rpc();
	buf_init(&answer, 1 << 24);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	buf_fini(&answer);
	rt_wallets_close(rpc.wallets);
	rt_case_fini();
	temp_dir_remove(dir);
	return 0;
}

/* Ends the process, so to speak, and begins again. */
static void restart(void)
{
	rt_wallets_close(rpc.wallets);
	rt_node_close(rt_case.node);
	rt_case_open(folder);
	open_rpc();
}

static const char *ask(const char *body)
{
	buf_reset(&answer);
	(void)rt_rpc_handle(&rpc, span_str("/"), span_str(body), &answer);
	assert_int_equal(rpc.fault, ERR_OK);
	return buf_str(&answer);
}

#define assert_says(body, text)                                                \
	do {                                                                   \
		if (!strstr(ask(body), text))                                  \
			fail_msg("%s, not %s", buf_str(&answer), text);        \
	} while (0)

static void a_wallet_comes_back_with_its_keys_and_labels(void **state)
{
	(void)state;
	static char first[200];
	static char last[200];

	assert_says("{\"method\":\"createwallet\",\"params\":[\"w\"]}",
	            "{\"name\":\"w\"}");
	(void)snprintf(first, sizeof(first), "%s",
	               ask("{\"method\":\"getnewaddress\",\"params\":[\"a "
	                   "label\",\"bech32m\"]}"));
	assert_says("{\"method\":\"importdescriptors\",\"params\":[[{\"desc\":"
	            "\"raw(51)#8lvh9jxk\",\"timestamp\":0,\"label\":\"x\"}]]}",
	            "[{\"success\":true}]");
	for (unsigned i = 0; i < 3; i++)
		(void)snprintf(last, sizeof(last), "%s",
		               ask("{\"method\":\"getnewaddress\"}"));
	assert_says("{\"method\":\"generatetodescriptor\",\"params\":[1,"
	            "\"raw(51)\"]}",
	            "\"error\":null");
	restart();
	assert_says("{\"method\":\"getnewaddress\"}", "\"code\":-18");
	assert_says("{\"method\":\"listwalletdir\"}", "{\"name\":\"w\"}");
	assert_says("{\"method\":\"loadwallet\",\"params\":[\"w\"]}",
	            "{\"name\":\"w\"}");
	assert_says("{\"method\":\"loadwallet\",\"params\":[\"w\"]}",
	            "\"code\":-35");
	assert_says("{\"method\":\"createwallet\",\"params\":[\"w\"]}",
	            "\"code\":-4");
	char *end = strstr(first + 11, "\"");
	char text[300];

	assert_non_null(end);
	*end = '\0';
	(void)snprintf(text, sizeof(text),
	               "{\"method\":\"getaddressinfo\",\"params\":[\"%s\"]}",
	               first + 11);
	assert_says(text, "\"ismine\":true");
	assert_says(text, "\"labels\":[\"a label\"]");
	assert_true(strcmp(ask("{\"method\":\"getnewaddress\"}"), last) != 0);
	assert_says("{\"method\":\"listtransactions\"}", "[]");
	assert_says("{\"method\":\"importaddress\",\"params\":[\"51\"]}",
	            "\"result\":null,\"error\":null");
}

static void wallets_are_named_by_the_path_when_there_are_several(void **state)
{
	(void)state;
	(void)ask("{\"method\":\"createwallet\",\"params\":[\"a\"]}");
	(void)ask("{\"method\":\"createwallet\",\"params\":[\"b c\",true]}");
	assert_says("{\"method\":\"getbalance\"}", "\"code\":-19");
	buf_reset(&answer);
	assert_int_equal(
	    rt_rpc_handle(&rpc, span_str("/wallet/b%20c"),
	                  span_str("{\"method\":\"getnewaddress\"}"), &answer),
	    500);
	assert_non_null(
	    strstr(buf_str(&answer), "This wallet has no available keys"));
	assert_says("{\"method\":\"unloadwallet\",\"params\":[\"b c\"]}",
	            "\"result\":{}");
	assert_says("{\"method\":\"getbalance\"}", "\"result\":0.00000000");
}

static void a_descriptor_is_shown_without_its_private_key(void **state)
{
	(void)state;
	assert_says(
	    "{\"method\":\"getdescriptorinfo\",\"params\":[\"wpkh("
	    "cMahea7zqjxrtgAbB7LSGbcQUr1uX1ojuat9jZodMN87JcbXMTcA)\"]}",
	    "\"descriptor\":\"wpkh(0279be667ef9dcbbac55a06295ce870b07029bfcdb2d"
	    "ce28d959f2815b16f81798)#");
	assert_says(
	    "{\"method\":\"getdescriptorinfo\",\"params\":[\"raw(deadbeef)\"]}",
	    "\"descriptor\":\"raw(deadbeef)#89f8spxm\",\"checksum\":"
	    "\"89f8spxm\",\"isrange\":false,\"issolvable\":false,"
	    "\"hasprivatekeys\":false}");
}

static void every_method_answers_help_and_survives_no_arguments(void **state)
{
	(void)state;
	static char methods[20000];
	size_t n = 0;
	char *at;

	(void)snprintf(methods, sizeof(methods), "%s",
	               ask("{\"method\":\"help\"}"));
	for (at = methods; (at = strstr(at, "\\n")) != NULL; n++) {
		char body[200];
		size_t len = strcspn(at + 2, " \\\"");

		at += 2;
		if (strncmp(at, "stop", 4) == 0 || *at == '=' || *at == '\\')
			continue;
		(void)snprintf(body, sizeof(body),
		               "{\"method\":\"%.*s\",\"params\":[]}", (int)len,
		               at);
		assert_null(strstr(ask(body), "-32601"));
		(void)snprintf(body, sizeof(body),
		               "{\"method\":\"help\",\"params\":[\"%.*s\"]}",
		               (int)len, at);
		assert_null(strstr(ask(body), "unknown command"));
	}
	assert_in_range(n, 60, 200);
	assert_says("{\"method\":\"help\",\"params\":[\"nothing\"]}",
	            "help: unknown command: nothing");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_wallet_comes_back_with_its_keys_and_labels, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    wallets_are_named_by_the_path_when_there_are_several, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    a_descriptor_is_shown_without_its_private_key, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    every_method_answers_help_and_survives_no_arguments, setup,
		    teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
