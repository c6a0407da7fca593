/* tests/unit/node/app/test_cmd_exec.c - Claims about `tenure clarity run`,
 * `cost` and `trace`: cmd_exec.c, clar_job.c, clar_sim.c, clar_cost.c,
 * clar_trace.c, clar_show.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdlib.h>

#include "tests/unit/node/app/verb_case.h"

static void a_call_shows_events_result_cost_and_balance(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(VERB("run", "/p/vault.clar", "deposit", "u10", "-w",
	                      "/p/token.clar"),
	                 CMD_EXIT_OK);
	verb_has(app_out(), "print: { n: u10 }\n");
	verb_has(app_out(),
	         "mint: 10 " VERB_ME ".token::coin to " VERB_ME "\n");
	verb_has(app_out(), "(ok u20)\ncost: runtime ");
	verb_has(app_out(), VERB_ME " has 100000000000000 microSTX\n");
	assert_string_equal(app_err(), "");
}

static void a_contract_can_be_given_another_name(void **state)
{
	(void)state;
	app_file("/p/vault.clar", VERB_VAULT);
	app_file("/q/my-token-2.clar", VERB_TOKEN);
	assert_int_equal(VERB("run", "/p/vault.clar", "deposit", "u10",
	                      "--with=token=/q/my-token-2.clar"),
	                 CMD_EXIT_OK);
	assert_int_equal(VERB("run", "/p/vault.clar", "deposit", "u10",
	                      "--with=" VERB_ME ".token=/q/my-token-2.clar"),
	                 CMD_EXIT_OK);
	assert_int_equal(VERB("run", "/p/vault.clar", "deposit", "u10",
	                      "--with=9token=/q/my-token-2.clar"),
	                 CMD_EXIT_USAGE);
}

static void a_project_is_deployed_as_a_whole(void **state)
{
	(void)state;
	verb_files();
	app_file("/p/Clarinet.toml", "[project]\nname = \"x\"\n"
	                             "[contracts.vault]\n"
	                             "path = \"vault.clar\"\n"
	                             "[contracts.token]\n"
	                             "path = \"token.clar\"\n");
	assert_int_equal(VERB("run", "/p", "vault.deposit", "u6"), CMD_EXIT_OK);
	verb_has(app_out(), "(ok u100)\n");
	assert_int_equal(VERB("run", "/p", "deposit", "u6"), CMD_EXIT_USAGE);
	verb_has(app_err(), "CONTRACT.FUNCTION");
	assert_int_equal(VERB("run", "/p", "nobody.deposit", "u6"),
	                 CMD_EXIT_USAGE);
}

static void a_failure_shows_its_line_and_its_callers(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(VERB("run", "/p/vault.clar", "deposit", "u5", "-w",
	                      "/p/token.clar"),
	                 CMD_EXIT_REJECT);
	assert_string_equal(app_out(), "");
	assert_string_equal(app_err(), "Runtime error: DivisionByZero\n"
	                               "  at half, /p/vault.clar:2:3\n"
	                               "      (/ u100 (- n u5)))\n"
	                               "      ^~~~~~~~~~~~~~~~~\n"
	                               "  called by deposit, "
	                               "/p/vault.clar:6:9\n");
}

static void json_shows_the_same(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(VERB("run", "--json", "/p/vault.clar", "deposit",
	                      "u10", "-w", "/p/token.clar", "-s", "wallet_1",
	                      "-b", "wallet_1=7", "-b", "deployer=1"),
	                 CMD_EXIT_OK);
	verb_is_json();
	verb_has(app_out(), "\"text\": \"(ok u20)\"");
	verb_has(app_out(), "\"committed\": true");
	verb_has(app_out(), "\"ST1SJ3DTE5DN7X54YDH5D64R3BCB6A2AG2ZQ8YPD5\": "
	                    "\"100000000000007\"");
	verb_has(app_out(), "\"" VERB_ME "\": \"100000000000001\"");
}

static void json_of_a_failure_has_its_stack(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(VERB("run", "--json", "/p/vault.clar", "deposit", "u5",
	                      "-w", "/p/token.clar"),
	                 CMD_EXIT_REJECT);
	verb_is_json();
	verb_has(app_out(), "\"kind\": \"DivisionByZero\"");
	verb_has(app_out(), "\"function\": \"half\"");
	verb_has(app_out(), "\"committed\": false");
}

static void an_err_is_a_result_that_changes_nothing(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(
	    VERB("run", "/p/token.clar", "mint", "u0", "tx-sender"),
	    CMD_EXIT_OK);
	verb_has(app_out(), "(err u400)\nnothing was changed\n");
}

static void what_is_refused_is_told_with_its_place(void **state)
{
	(void)state;
	app_file("/p/c.clar", "(define-public (f)\n  (ok (foo)))");
	assert_int_equal(VERB("run", "/p/c.clar", "f"), CMD_EXIT_REJECT);
	verb_has(app_err(), "/p/c.clar:2:8: error: there is no function foo");
	assert_int_equal(VERB("run", "/p/c.clar", "f", "--json"),
	                 CMD_EXIT_REJECT);
	verb_is_json();
	verb_has(app_out(), "\"file\": \"/p/c.clar\"");
}

static void a_deployment_can_fail_when_it_runs(void **state)
{
	(void)state;
	app_file("/p/c.clar", "(define-constant a\n  (/ u1 u0))");
	assert_int_equal(VERB("run", "/p/c.clar", "f"), CMD_EXIT_REJECT);
	verb_has(app_err(), "DivisionByZero\n  at /p/c.clar:2:3\n");
}

static void a_wrong_argument_is_shown_by_itself(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(
	    VERB("run", "/p/token.clar", "mint", "(/ u1 u0)", "tx-sender"),
	    CMD_EXIT_REJECT);
	verb_has(app_err(), "at 1:1\n    (/ u1 u0)\n    ^~~~~~~~~\n");
	assert_int_equal(
	    VERB("run", "/p/token.clar", "mint", "u1 u2", "tx-sender"),
	    CMD_EXIT_REJECT);
	verb_has(app_err(), "an argument is one expression, not 2");
	assert_int_equal(VERB("run", "/p/token.clar", "mint", "(", "tx-sender"),
	                 CMD_EXIT_REJECT);
	assert_int_equal(VERB("run", "/p/token.clar", "mint", "true", "u1"),
	                 CMD_EXIT_REJECT);
	verb_has(app_err(), "expected uint, got true");
}

static void usage_errors_name_what_is_wrong(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(VERB("run", "/p/no.clar", "f"), CMD_EXIT_USAGE);
	verb_has(app_err(), "/p/no.clar: there is no such file");
	assert_int_equal(VERB("run", "/p/token.clar", "supply", "-s", "nobody"),
	                 CMD_EXIT_USAGE);
	verb_has(app_err(), "nobody: is no account");
	assert_int_equal(
	    VERB("run", "/p/token.clar", "supply", "-b", "wallet_1"),
	    CMD_EXIT_USAGE);
	verb_has(app_err(), "wallet_1: is not ACCOUNT=MICROSTX");
}

static void a_trace_is_a_tree_of_calls(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(VERB("trace", "/p/vault.clar", "deposit", "u10", "-w",
	                      "/p/token.clar"),
	                 CMD_EXIT_OK);
	verb_has(app_out(), "vault.deposit(u10)   /p/vault.clar:4\n"
	                    "  token.mint(u10, '" VERB_ME ")   "
	                    "/p/token.clar:4\n"
	                    "  => (ok true)   runtime ");
	verb_has(app_out(), "\n  vault.half(u10)   /p/vault.clar:2\n"
	                    "  => u20   runtime ");
	verb_has(app_out(), "\n=> (ok u20)   runtime ");
}

static void steps_say_what_each_expression_costs(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(VERB("trace", "--steps", "/p/token.clar", "mint",
	                      "u10", "tx-sender"),
	                 CMD_EXIT_OK);
	verb_has(app_out(), "  5:15 (> n u0)   runtime ");
	verb_has(app_out(), "  7:5 (ft-mint? coin n to)   runtime ");
}

static void a_trace_is_bounded(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(VERB("trace", "--steps", "-n", "3", "/p/token.clar",
	                      "mint", "u10", "tx-sender"),
	                 CMD_EXIT_OK);
	verb_has(app_out(), "... and ");

	unsigned lines = 0;

	for (const char *p = app_out(); *p; p++)
		lines += *p == '\n';
	assert_int_equal(lines, 4);
}

static void deep_calls_can_be_hidden(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(VERB("trace", "-d", "0", "/p/vault.clar", "deposit",
	                      "u10", "-w", "/p/token.clar"),
	                 CMD_EXIT_OK);
	assert_null(strstr(app_out(), "token.mint"));
	verb_has(app_out(), "=> (ok u20)");
}

static void a_trace_of_a_failure_ends_where_it_failed(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(VERB("trace", "/p/vault.clar", "deposit", "u5", "-w",
	                      "/p/token.clar"),
	                 CMD_EXIT_REJECT);
	verb_has(app_out(), "  => failed   runtime ");
	verb_has(app_err(), "at half, ");
	assert_int_equal(VERB("trace", "--json", "--steps", "/p/vault.clar",
	                      "deposit", "u5", "-w", "/p/token.clar"),
	                 CMD_EXIT_REJECT);
}

static void json_of_a_trace_is_one_document(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(VERB("trace", "--json", "--steps", "/p/vault.clar",
	                      "deposit", "u10", "-w", "/p/token.clar"),
	                 CMD_EXIT_OK);
	verb_is_json();
	verb_has(app_out(), "\"event\": \"enter\"");
	verb_has(app_out(), "\"event\": \"step\"");
	verb_has(app_out(), "\"event\": \"leave\"");
	verb_has(app_out(), "\"hidden\": 0");
}

static void costs_are_told_by_function(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(VERB("cost", "/p/vault.clar", "deposit", "u10", "-w",
	                      "/p/token.clar"),
	                 CMD_EXIT_OK);
	verb_has(app_out(), "\nvault.deposit  ");
	verb_has(app_out(), "\n  token.mint  ");
	verb_has(app_out(), "\n  vault.half  ");
	verb_has(app_out(), "\ntotal  ");
	verb_has(app_out(), " of this fit into a block\n");
}

static void without_a_function_deployments_are_told(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(VERB("cost", "/p/token.clar"), CMD_EXIT_OK);
	verb_has(app_out(), "token.deploy  ");
	assert_int_equal(VERB("cost", "/p/missing.clar"), CMD_EXIT_USAGE);
}

static void json_of_costs_has_limit_total_and_functions(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(VERB("cost", "--json", "/p/vault.clar", "deposit",
	                      "u10", "-w", "/p/token.clar", "-e", "4.0"),
	                 CMD_EXIT_OK);
	verb_is_json();
	verb_has(app_out(), "\"read_count\": 30000");
	verb_has(app_out(), "\"function\": \"mint\"");
	verb_has(app_out(), "\"own\": {");
}

static void every_call_costs_as_much_as_all_its_steps(void **state)
{
	unsigned long long sum = 0, total = 0;

	(void)state;
	verb_files();
	assert_int_equal(VERB("trace", "--steps", "/p/token.clar", "mint",
	                      "u10", "tx-sender"),
	                 CMD_EXIT_OK);
	for (const char *p = app_out(); (p = strstr(p, "   runtime "));) {
		char *end;
		unsigned long long n = strtoull(p + 11, &end, 10);
		const char *line = p;

		while (line > app_out() && line[-1] != '\n')
			line--;
		if (strncmp(line, "=>", 2) == 0)
			total = n;
		else
			sum += n;
		p = end;
	}
	/* All but what finding the contract and its arguments has cost. */
	assert_true(total > sum && sum > 0);
	assert_int_equal(
	    VERB("cost", "/p/token.clar", "mint", "u10", "tx-sender"),
	    CMD_EXIT_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		APP_TEST(a_call_shows_events_result_cost_and_balance),
		APP_TEST(a_contract_can_be_given_another_name),
		APP_TEST(a_project_is_deployed_as_a_whole),
		APP_TEST(a_failure_shows_its_line_and_its_callers),
		APP_TEST(json_shows_the_same),
		APP_TEST(json_of_a_failure_has_its_stack),
		APP_TEST(an_err_is_a_result_that_changes_nothing),
		APP_TEST(what_is_refused_is_told_with_its_place),
		APP_TEST(a_deployment_can_fail_when_it_runs),
		APP_TEST(a_wrong_argument_is_shown_by_itself),
		APP_TEST(usage_errors_name_what_is_wrong),
		APP_TEST(a_trace_is_a_tree_of_calls),
		APP_TEST(steps_say_what_each_expression_costs),
		APP_TEST(a_trace_is_bounded),
		APP_TEST(deep_calls_can_be_hidden),
		APP_TEST(a_trace_of_a_failure_ends_where_it_failed),
		APP_TEST(json_of_a_trace_is_one_document),
		APP_TEST(costs_are_told_by_function),
		APP_TEST(without_a_function_deployments_are_told),
		APP_TEST(json_of_costs_has_limit_total_and_functions),
		APP_TEST(every_call_costs_as_much_as_all_its_steps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
