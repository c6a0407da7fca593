/*
 * tests/unit/node/regtest/test_rt_server.c - Claims about
 * node/regtest/rt_server.c, in a simulated world: no sockets, no clock.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <string.h>

#include "node/regtest/rt_server.h"
#include "tests/lib/env_sim.h"

#define ADDRESS "127.0.0.1:18443"
#define AUTH "Authorization: Basic dXNlcjp3b3Jk\r\n"

/* One machine with the node, one with a client. */
static struct env_sim_world *world;
static struct env_sim *sims[2];
static struct env node_env;
static struct env client_env;
static struct rt_rpc rpc;
static struct rt_server *server;
static struct rt_node *node;
static struct env_handle client;
static struct buf got;

static int setup(void **state)
{
	(void)state;
	struct rt_server_options o = {
		.env = &node_env,
		.rpc = &rpc,
		.address = ADDRESS,
		.secrets = { span_str("user:word") },
		.n_secrets = 1,
	};

	world = env_sim_world_new(7);
	sims[0] = env_sim_new(world, &node_env);
	sims[1] = env_sim_new(world, &client_env);
	rt_rpc_init(&rpc, &node_env);
	assert_int_equal(rt_server_open(&server, &o), ERR_OK);
	assert_int_equal(env_connect(&client_env, ADDRESS, &client), ERR_OK);
	buf_init(&got, 1 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	buf_fini(&got);
	env_close(&client_env, &client);
	rt_server_close(server);
	rt_node_close(node);
	node = NULL;
	env_sim_free(sims[0]);
	env_sim_free(sims[1]);
	env_sim_world_free(world);
	return 0;
}

static void ready_node(void)
{
	struct rt_node_options o = { .env = &node_env };
	char why[RT_LOG_WHY_MAX];

	assert_int_equal(rt_node_open(&node, &o, why), ERR_OK);
	rpc.node = node;
}

/* Lets time pass and everybody work; gathers what comes back. */
static void run(void)
{
	for (unsigned i = 0; i < 20; i++) {
		uint8_t bytes[4096];
		size_t n = 0;

		env_sim_advance(world, 1);
		assert_int_equal(rt_server_step(server, 0), ERR_OK);
		if (env_read(&client_env, client, bytes, sizeof(bytes), &n) ==
		    ERR_OK)
			(void)buf_add(&got, bytes, n);
	}
}

static void send_text(const char *text)
{
	size_t len = strlen(text);

	while (len > 0) {
		size_t n = 0;
		enum err e = env_write(&client_env, client, text, len, &n);

		assert_true(e == ERR_OK || e == ERR_AGAIN);
		text += n;
		len -= n;
		run();
	}
}

static void post(const char *head, const char *body)
{
	char text[1000];

	(void)snprintf(text, sizeof(text),
	               "POST / HTTP/1.1\r\n%sContent-Length: %zu\r\n\r\n%s",
	               head, strlen(body), body);
	send_text(text);
	run();
}

static void it_says_that_it_is_warming_up_until_it_is_ready(void **state)
{
	(void)state;
	run();
	post(AUTH, "{\"id\":1,\"method\":\"getblockcount\"}");
	assert_non_null(strstr(buf_str(&got), "HTTP/1.1 500 "));
	assert_non_null(strstr(buf_str(&got), "{\"code\":-28,\"message\":"
	                                      "\"Loading block index\xe2\x80"
	                                      "\xa6\"}"));
	buf_reset(&got);
	ready_node();
	post(AUTH, "{\"id\":1,\"method\":\"getblockcount\"}");
	assert_non_null(strstr(buf_str(&got), "HTTP/1.1 200 OK\r\n"));
	assert_non_null(
	    strstr(buf_str(&got), "{\"result\":0,\"error\":null,\"id\":1}\n"));
}

static void without_the_secret_nothing_is_answered(void **state)
{
	(void)state;
	ready_node();
	run();
	post("", "{\"id\":1,\"method\":\"stop\"}");
	assert_non_null(strstr(buf_str(&got), "HTTP/1.1 401 Unauthorized\r\n"));
	assert_false(rpc.wants_stop);
}

static void requests_may_come_in_pieces_and_together(void **state)
{
	(void)state;
	ready_node();
	run();
	send_text("POST / HTTP/1.1\r\n" AUTH "Content-Le");
	send_text("ngth: 30\r\n\r\n{\"id\":1,");
	send_text("\"method\":\"uptime\"}    POST / HTTP/1.1\r\n" AUTH
	          "Content-Length: 26\r\n\r\n{\"id\":2,\"method\":\"uptime\"}");
	run();
	assert_non_null(strstr(buf_str(&got), "\"id\":1}\n"));
	assert_non_null(strstr(buf_str(&got), "\"id\":2}\n"));
}

static void bytes_that_are_no_request_end_the_connection(void **state)
{
	(void)state;
	uint8_t byte;
	size_t n = 1;

	run();
	send_text("GARBAGE\r\n\r\n");
	run();
	assert_non_null(strstr(buf_str(&got), "HTTP/1.1 400 "));
	assert_int_equal(env_read(&client_env, client, &byte, 1, &n), ERR_OK);
	assert_int_equal(n, 0);
}

static void who_is_silent_is_forgotten(void **state)
{
	(void)state;
	enum err e;
	uint8_t byte;
	size_t n = 1;

	run();
	env_sim_advance(world, RT_SERVER_IDLE_MS - 100);
	run();
	e = env_read(&client_env, client, &byte, 1, &n);
	assert_int_equal(e, ERR_AGAIN);
	env_sim_advance(world, 200);
	run();
	e = env_read(&client_env, client, &byte, 1, &n);
	assert_true(e == ERR_CLOSED || (e == ERR_OK && n == 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    it_says_that_it_is_warming_up_until_it_is_ready, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    without_the_secret_nothing_is_answered, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    requests_may_come_in_pieces_and_together, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    bytes_that_are_no_request_end_the_connection, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(who_is_silent_is_forgotten,
		                                setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
