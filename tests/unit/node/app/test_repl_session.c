/* tests/unit/node/app/test_repl_session.c - Claims about
 * node/app/repl_session.c: what is typed, and what is shown. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/app/repl_session.h"

#define DEPLOYER "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM"

struct desk {
	struct repl_session *session;
	struct repl_machine machine;
	struct buf out;
};

static void desk_open(struct desk *d, enum epoch e)
{
	const struct repl_session_options o = { .epoch = e,
		                                .version = version_max(e) };

	assert_int_equal(repl_session_new(&d->session, &o), ERR_OK);
	d->machine = repl_session_machine(d->session);
	buf_init(&d->out, 1 << 20);
}

static void desk_close(struct desk *d)
{
	repl_session_free(d->session);
	buf_fini(&d->out);
}

static const char *said(struct desk *d)
{
	(void)buf_add_u8(&d->out, '\0');
	assert_int_equal(buf_err(&d->out), ERR_OK);
	return (const char *)d->out.p;
}

/* Claims what is shown for a text, or for a verb when it begins with "::". */
static void says(struct desk *d, const char *text, const char *want)
{
	buf_reset(&d->out);
	if (strncmp(text, "::", 2) == 0) {
		size_t len = strcspn(text + 2, " ");
		const char *args = text + 2 + len;
		const struct repl_verb *v =
		    repl_verb_find(&d->machine.verbs, span_of(text + 2, len));

		assert_non_null(v);
		assert_int_equal(v->run(d->session,
		                        span_str(args + (*args == ' ')),
		                        &d->out),
		                 ERR_OK);
	} else {
		assert_int_equal(
		    d->machine.eval(d->session, span_str(text), &d->out),
		    ERR_OK);
	}
	assert_string_equal(said(d), want);
}

static void expressions_are_evaluated_one_by_one(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	says(&d, "(+ 1 2)", "3\n");
	says(&d, "1 u2 (ok true)", "1\nu2\n(ok true)\n");
	says(&d, "(/ 1 0)",
	     "Runtime error: DivisionByZero\n"
	     "  at 1:1\n"
	     "    (/ 1 0)\n"
	     "    ^~~~~~~\n");
	desk_close(&d);
}

static void definitions_become_a_contract_that_others_call(void **state)
{
	struct desk d;
	const struct span *names;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	says(&d,
	     "(define-data-var n uint u0) (define-public (inc) (begin (print "
	     "(var-get n)) (ok (var-set n (+ u1 (var-get n))))))",
	     "deployed " DEPLOYER ".contract-0\n");
	says(&d, "(contract-call? .contract-0 inc)", "print: u0\n(ok true)\n");
	says(&d, "(contract-call? .contract-0 inc)", "print: u1\n(ok true)\n");
	assert_int_equal(d.machine.names(d.session, &names), 1);
	assert_int_equal(names[0].len, strlen(".contract-0"));
	assert_memory_equal(names[0].p, ".contract-0", names[0].len);
	says(&d, "::get_contracts", ".contract-0\n");
	desk_close(&d);
}

static void reports_show_what_was_typed(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	says(&d, "(f(g))",
	     "1:3: error: there must be a space before this "
	     "[ExpectedWhitespace]\n"
	     "    (f(g))\n"
	     "      ^~~\n");
	says(&d, "1 (fo)",
	     "1\n1:2: error: there is no function fo [UnknownFunction]\n"
	     "    (fo)\n"
	     "     ^~\n");
	desk_close(&d);
}

static void a_refused_line_ends_its_text(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	buf_reset(&d.out);
	assert_int_equal(d.machine.eval(d.session, span_str("(fo) 7"), &d.out),
	                 ERR_OK);
	assert_null(strstr(said(&d), "7\n"));
	desk_close(&d);
}

static void epochs_and_versions_can_be_chosen(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_3);
	says(&d, "::get_epoch", "epoch 3.3, Clarity 4\n");
	says(&d, "::set_epoch 4.0", "epoch 4.0, Clarity 6\n");
	assert_int_equal(d.machine.version(d.session), CLARITY_6);
	says(&d, "(concat 0x01 0x02 0x03)", "0x010203\n");
	says(&d, "::set_clarity 2", "epoch 4.0, Clarity 2\n");
	says(&d, "::set_epoch 2.1", "epochs are 3.0 to 3.4, 4.0 and 4.1\n");
	says(&d, "::set_epoch 3.0", "epoch 3.0, Clarity 3\n");
	says(&d, "::set_clarity 4", "epoch 3.0 has Clarity 1 to 3\n");
	desk_close(&d);
}

static void the_sender_can_be_another(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	says(&d, "tx-sender", "'" DEPLOYER "\n");
	says(&d, "::set_tx_sender 'SP000000000000000000002Q6VF78",
	     "tx-sender is SP000000000000000000002Q6VF78\n");
	says(&d, "::get_tx_sender",
	     "tx-sender is SP000000000000000000002Q6VF78\n");
	says(&d, "tx-sender", "'SP000000000000000000002Q6VF78\n");
	says(&d, "::set_tx_sender me", "that is no address of an account\n");
	desk_close(&d);
}

static void the_chain_can_be_moved(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	says(&d, "stacks-block-height", "u1\n");
	says(&d, "::advance_chain_tip 9",
	     "block height 10, burn block height 110\n");
	says(&d, "::advance_chain_tip",
	     "block height 11, burn block height 111\n");
	says(&d, "::advance_chain_tip x", "that is no number up to 100000\n");
	says(&d,
	     "stacks-block-height tenure-height burn-block-height "
	     "stacks-block-time (get-stacks-block-info? time u3)",
	     "u11\nu11\nu111\nu1700006600\n(some u1700001800)\n");
	desk_close(&d);
}

static void stx_can_be_minted_and_moved(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	says(&d, "(stx-get-balance tx-sender)", "u100000000000000\n");
	says(&d, "::mint_stx SP000000000000000000002Q6VF78 25", "done\n");
	says(&d, "(stx-get-balance 'SP000000000000000000002Q6VF78)", "u25\n");
	says(&d, "stx-liquid-supply", "u100000000000025\n");
	says(&d, "::mint_stx 25",
	     "an address and an amount of microSTX are needed\n");
	desk_close(&d);
}

static void costs_are_shown_on_request(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	says(&d, "::toggle_costs", "costs are shown\n");
	buf_reset(&d.out);
	assert_int_equal(d.machine.eval(d.session, span_str("7"), &d.out),
	                 ERR_OK);
	assert_non_null(strstr(said(&d), "7\ncost: runtime "));
	says(&d, "::toggle_costs", "costs are not shown\n");
	says(&d, "7", "7\n");
	desk_close(&d);
}

static void failures_show_who_had_called(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	says(&d,
	     "(define-private (half (n uint)) (/ u9 n))\n"
	     "(define-public (go (n uint)) (if (> n u9) (err u1) (ok (half "
	     "n))))",
	     "deployed " DEPLOYER ".contract-0\n");
	says(&d, "(contract-call? .contract-0 go u0)",
	     "Runtime error: DivisionByZero\n"
	     "  at half of .contract-0, 1:33\n"
	     "    (define-private (half (n uint)) (/ u9 n))\n"
	     "                                    ^~~~~~~~\n"
	     "  called by go of .contract-0, 2:56\n"
	     "  called by 1:1\n");
	says(&d, "(define-constant a\n(/ 1 0))",
	     "Runtime error: DivisionByZero\n"
	     "  at 2:1\n"
	     "    (/ 1 0))\n"
	     "    ^~~~~~~\n");
	desk_close(&d);
}

/* Runs a verb, and claims that what it shows has these parts, in order. */
static void shows(struct desk *d, const char *name, const char *args,
                  const char *const *parts)
{
	const struct repl_verb *v =
	    repl_verb_find(&d->machine.verbs, span_str(name));
	const char *at;

	assert_non_null(v);
	buf_reset(&d->out);
	assert_int_equal(v->run(d->session, span_str(args), &d->out), ERR_OK);
	at = said(d);
	for (; *parts; parts++) {
		const char *next = strstr(at, *parts);

		if (!next)
			fail_msg("no \"%s\" in:\n%s", *parts, said(d));
		at = next + strlen(*parts);
	}
}

#define SHOWS(d, name, args, ...)                                              \
	shows(d, name, args, (const char *const[]){ __VA_ARGS__, NULL })

static void calls_and_costs_can_be_looked_at(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	says(&d, "(define-public (go (n uint)) (ok (* n u2)))",
	     "deployed " DEPLOYER ".contract-0\n");
	SHOWS(&d, "trace", "(contract-call? .contract-0 go u4)", "(ok u8)\n",
	      "(contract-call? .contract-0 go u4)\n", "  contract-0.go(u4)\n",
	      "  => (ok u8)   runtime ", "=> (ok u8)   runtime ");
	SHOWS(&d, "debug", "(+ 1 (* 2 3))", "7\n", "(+ 1 (* 2 3))\n",
	      "  1:6 (* 2 3)   runtime ", "=> 7");
	SHOWS(&d, "perf", "(contract-call? .contract-0 go u4)",
	      "contract-0.go  ", "total  ", "of this fit into a block\n");
	SHOWS(&d, "get_costs", "(+ 1 2)", "3\n", "runtime", "total  ");
	says(&d, "::trace", "::trace needs an expression\n");
	says(&d, "::debug", "::debug needs an expression\n");
	says(&d, "::perf", "::perf needs an expression\n");
	says(&d, "::get_costs", "::get_costs needs an expression\n");
	/* Nobody looks on any more. */
	says(&d, "(+ 1 2)", "3\n");
	desk_close(&d);
}

static void values_are_encoded(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	says(&d, "::encode (ok true)", "0x0703\n");
	says(&d, "::encode u5", "0x0100000000000000000000000000000005\n");
	says(&d, "::encode", "::encode needs an expression\n");
	says(&d, "::encode (foo)",
	     "1:2: error: there is no function foo [UnknownFunction]\n"
	     "    (foo)\n"
	     "     ^~~\n");
	desk_close(&d);
}

static void assets_are_listed_with_their_owners(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	says(&d,
	     "(define-fungible-token coin) (define-non-fungible-token art "
	     "(string-ascii 3)) (define-public (go) (begin (try! (ft-mint? "
	     "coin u4 tx-sender)) (nft-mint? art \"abc\" tx-sender)))",
	     "deployed " DEPLOYER ".contract-0\n");
	SHOWS(&d, "trace", "(contract-call? .contract-0 go)", "(ok true)");
	says(&d, "::mint_stx wallet_1 25", "done\n");
	says(&d, "::get_assets_maps",
	     DEPLOYER " has 100000000000000 microSTX\n" DEPLOYER
	              " has 4 " DEPLOYER ".contract-0::coin\n" DEPLOYER
	              " owns " DEPLOYER ".contract-0::art \"abc\"\n"
	              "ST1SJ3DTE5DN7X54YDH5D64R3BCB6A2AG2ZQ8YPD5 has 25 "
	              "microSTX\n");
	desk_close(&d);
}

static void each_chain_can_be_moved(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	says(&d, "::advance_stacks_chain_tip 3",
	     "block height 4, burn block height 101\n");
	says(&d, "::advance_burn_chain_tip 2",
	     "block height 6, burn block height 103\n");
	desk_close(&d);
}

static void a_session_can_begin_anew(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	says(&d, "(define-constant a 1)", "deployed " DEPLOYER ".contract-0\n");
	says(&d, "::reload", "begun anew; 0 files are read again\n");
	says(&d, "::get_contracts", "");
	says(&d, "(define-constant a 1)", "deployed " DEPLOYER ".contract-0\n");
	says(&d, "::toggle_timings", "times are not shown\n");
	desk_close(&d);
}

static void bytes_are_decoded(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	says(&d, "::decode 0x0703", "(ok true)\n");
	says(&d, "::decode 03", "true\n");
	says(&d, "::decode zz", "these are no bytes of a value\n");
	desk_close(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(expressions_are_evaluated_one_by_one),
		cmocka_unit_test(
		    definitions_become_a_contract_that_others_call),
		cmocka_unit_test(reports_show_what_was_typed),
		cmocka_unit_test(a_refused_line_ends_its_text),
		cmocka_unit_test(epochs_and_versions_can_be_chosen),
		cmocka_unit_test(the_sender_can_be_another),
		cmocka_unit_test(the_chain_can_be_moved),
		cmocka_unit_test(stx_can_be_minted_and_moved),
		cmocka_unit_test(costs_are_shown_on_request),
		cmocka_unit_test(bytes_are_decoded),
		cmocka_unit_test(failures_show_who_had_called),
		cmocka_unit_test(calls_and_costs_can_be_looked_at),
		cmocka_unit_test(values_are_encoded),
		cmocka_unit_test(assets_are_listed_with_their_owners),
		cmocka_unit_test(each_chain_can_be_moved),
		cmocka_unit_test(a_session_can_begin_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
