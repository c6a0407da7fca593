/*
 * tests/unit/node/chain/test_genesis_toml.c - Claims about descriptions of
 * chains: what is read, what is refused and how it is told.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/vm/stx_balance.h"
#include "node/chain/chain.h"
#include "node/chain/genesis_print.h"
#include "node/chain/genesis_toml.h"
#include "node/chain/ledger.h"

#define HEAD                                                                   \
	"[bitcoin]\ncycle = 20\nprepare = 5\nfirst_height = 7\n"               \
	"[[epoch]]\nname = \"3.4\"\n"
#define A "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM"
#define B "ST1AW6EKPGT61SQ9FNVDS17RKNWT8ZP582VF9HSCP"

static struct arena arena;
static struct genesis genesis;
static char why[GENESIS_TOML_WHY_MAX];

static enum err read_file(void *ctx, struct arena *a, struct span name,
                          struct span *ret)
{
	(void)a;
	if (span_eq(name, span_str("bad.clar"))) {
		*ret = span_str("(define-public (f) (+ 1 u1))");
		return ERR_OK;
	}
	if (!span_eq(name, span_str("c.clar")))
		return ERR_ABSENT;
	*ret = span_str(ctx);
	return ERR_OK;
}

static enum err read_text(const char *text)
{
	static char source[] =
	    "(define-data-var v uint u1) (define-public (set (n uint) (m "
	    "uint)) "
	    "(ok (var-set v (+ n m)))) (define-public (no) (err u1)) "
	    "(define-read-only (now) (var-get v))";
	struct genesis_files files = { .ctx = source, .read = read_file };

	arena_fini(&arena);
	arena_init(&arena, (size_t)1 << 26);
	return genesis_toml_read(&arena, &genesis, span_str(text), &files, why);
}

static struct chain *open_it(enum err want)
{
	static char reason[CHAINDB_WHY_MAX];
	struct chain_options o = { .genesis = &genesis };
	struct chain *c = NULL;
	enum err e;

	o.db.may_create = true;
	e = chain_open(&c, &o, reason);
	if (e != want)
		fail_msg("%s: %s", err_name(e), reason);
	return c;
}

static void everything_that_is_described_is_read(void **state)
{
	(void)state;
	enum err e = read_text(
	    "chain_id = 99\nmaturity = 4\n" HEAD
	    "height = 9\nlimit = { read_count = 5, runtime = 6 }\n"
	    "[[epoch]]\nname = \"4.0\"\nheight = 50\n"
	    "[contracts]\nstacking = \"p\"\n"
	    "[[contract]]\nname = \"c\"\nclarity = 2\ncall = \"set\"\n"
	    "args = [\"u1\", \"(+ u1 u1)\"]\nmint = \"7\"\n"
	    "[[contract]]\nname = \"d\"\nfile = \"c.clar\"\nepoch = \"4.0\"\n"
	    "[[balance]]\naddress = \"" A "\"\nustx = 10\n"
	    "[[balance]]\naddress = \"" B
	    "\"\nustx = \"340282366920938463463374607431768211000\"\n"
	    "[[grant]]\naddress = \"" B "\"\nustx = 3\nheight = 9\n"
	    "[[grant]]\naddress = \"" A "\"\nustx = 2\nheight = 5\n"
	    "[[grant]]\naddress = \"" A "\"\nustx = 4\nheight = 9\n"
	    "[[coinbase]]\nfrom = 0\nustx = 8\n"
	    "[[coinbase]]\nfrom = 3\nustx = 9\n");
	const struct chain_params *p = &genesis.params;

	if (e != ERR_OK)
		fail_msg("%s", why);
	assert_int_equal(p->chain_id, 99);
	assert_int_equal(p->maturity, 4);
	assert_int_equal(p->cycles.first_height, 7);
	assert_int_equal(p->n_epochs, 2);
	assert_int_equal(p->epochs[0].epoch, EPOCH_3_4);
	assert_int_equal(p->epochs[0].limit.of[COST_READ_COUNT], 5);
	assert_int_equal(p->epochs[0].limit.of[COST_RUNTIME], 6);
	assert_int_equal(p->epochs[0].limit.of[COST_WRITE_COUNT], 15000);
	assert_int_equal(p->epochs[1].limit.of[COST_READ_COUNT], 30000);
	assert_true(span_eq(p->stacking, span_str("p")));
	assert_int_equal(genesis.n_contracts, 2);
	assert_int_equal(genesis.contracts[0].version, CLARITY_2);
	assert_int_equal(genesis.contracts[0].n_args, 2);
	assert_true(genesis.contracts[0].mint == 7);
	assert_int_equal(genesis.contracts[1].version, CLARITY_6);
	assert_int_equal(genesis.contracts[1].epoch, EPOCH_4_0);
	assert_int_equal(genesis.n_balances, 2);
	assert_int_equal(genesis.n_grants, 3);
	assert_int_equal(genesis.grants[0].height, 5);
	assert_true(genesis.grants[1].ustx == 3);
	assert_true(genesis.grants[2].ustx == 4);
	assert_true(chain_params_coinbase(p, EPOCH_3_4, 9) == 8);
	assert_true(chain_params_coinbase(p, EPOCH_3_4, 10) == 9);
}

static void what_is_wrong_is_named(void **state)
{
	(void)state;
	static const struct {
		const char *text, *why;
	} cases[] = {
		{ "x = 1\n" HEAD, "genesis: unknown key x" },
		{ "mainnet = 1\n" HEAD, "neither true nor false" },
		{ "chain_id = -1\n" HEAD, "chain_id is no number" },
		{ "chain_id = 4294967296\n" HEAD, "chain_id is no number" },
		{ "[bitcoin]\ncycle = 5\nprepare = 5\n", "longer than" },
		{ "[bitcoin]\ncycle = 5\nprepare = 2\nfirst_hash = \"0\"\n",
		  "64 characters" },
		{ "[bitcoin]\ncycle = 5\nprepare = 2\nunlock = [1,2,3,4,5]\n",
		  "four heights" },
		{ "[bitcoin]\ncycle = 5\nprepare = 2\n", "epoch: there is" },
		{ "[bitcoin]\ncycle = 5\nprepare = 2\n[[epoch]]\nname = "
		  "\"9.9\"\n",
		  "epoch 1: name is no epoch" },
		{ HEAD "[[epoch]]\nname = \"3.3\"\n", "epoch 2: not behind" },
		{ HEAD "limit = { reads = 1 }\n", "unknown key reads" },
		{ HEAD "[[contract]]\nfile = \"c.clar\"\n", "name is missing" },
		{ HEAD "[[contract]]\nname = \"c\"\nepoch = \"4.0\"\n",
		  "does not have its epoch" },
		{ HEAD "[[contract]]\nname = \"c\"\nclarity = 6\n",
		  "clarity is no number up to 5" },
		{ HEAD "[[contract]]\nname = \"c\"\nclarity = 0\n",
		  "begins with 1" },
		{ HEAD "[[contract]]\nname = \"c\"\nargs = [1]\n",
		  "args is no list" },
		{ HEAD "[[balance]]\naddress = \"X\"\n", "address is none" },
		{ HEAD "[[balance]]\naddress = \"" A "\"\nustx = \"x\"\n",
		  "balance 1: ustx is no amount" },
		{ HEAD "[[grant]]\naddress = \"" A "\"\n", "begins with 1" },
		{ HEAD "[[coinbase]]\nfrom = 3\n[[coinbase]]\nfrom = 3\n",
		  "coinbase 2: not behind" },
		{ HEAD "[contract]\nname = \"c\"\n", "write [[contract]]" },
		{ "[bitcoin\n", "line 1" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(read_text(cases[i].text), ERR_GENESIS);
		if (!strstr(why, cases[i].why))
			fail_msg("%zu: %s", i, why);
	}
}

static void a_missing_file_is_no_verdict(void **state)
{
	(void)state;

	assert_int_equal(read_text(HEAD "[[contract]]\nname = \"z\"\n"),
	                 ERR_ABSENT);
	assert_non_null(strstr(why, "contract 1: z.clar"));
}

static u128 balance_of(struct vm *vm, const char *who)
{
	const struct principal *p;
	struct stx_balance b = { 0 };
	struct store_key key;
	struct span stored;
	bool found;

	assert_int_equal(principal_parse(&arena, &p, span_str(who)),
	                 PRINCIPAL_OK);
	key = stx_balance_key(p);
	assert_int_equal(vm_read(vm, &key, &stored, &found), ERR_OK);
	if (found)
		assert_true(stx_balance_parse(&b, stored));
	return b.unlocked;
}

static void genesis_installs_calls_and_mints(void **state)
{
	(void)state;
	struct chain *c;
	struct vm *vm;
	struct vm_result r;
	struct vm_expr e = { .version = CLARITY_3,
		             .text = span_str(
				 "(list (contract-call? "
				 "'ST000000000000000000002AMW42H.c now) "
				 "stx-liquid-supply)") };

	assert_int_equal(
	    read_text(HEAD "[[contract]]\nname = \"c\"\ncall = \"set\"\n"
	                   "args = [\"u1\", \"(+ u1 u1)\"]\nmint = 7\n"
	                   "[[balance]]\naddress = \"" A "\"\nustx = 10\n"
	                   "[[balance]]\naddress = \"" A "\"\nustx = 5\n"),
	    ERR_OK);
	c = open_it(ERR_OK);
	assert_int_equal(chain_look(c, &vm), ERR_OK);
	vm_begin(vm, &ledger_free);
	assert_true(balance_of(vm, A) == 15);
	assert_true(balance_of(vm, "ST000000000000000000002AMW42H.c") == 7);
	assert_int_equal(principal_parse(&arena, &e.sender, span_str(A)),
	                 PRINCIPAL_OK);
	assert_int_equal(vm_eval(vm, &e, &r), ERR_OK);
	assert_true(r.value.items[0].u == 3);
	assert_true(r.value.items[1].u == 22);
	chain_close(c);
}

static void a_contract_that_fails_makes_no_chain(void **state)
{
	(void)state;

	assert_int_equal(read_text(HEAD "[[contract]]\nname = \"bad\"\n"),
	                 ERR_OK);
	assert_null(open_it(ERR_GENESIS));
	assert_int_equal(
	    read_text(HEAD "[[contract]]\nname = \"c\"\ncall = \"no\"\n"),
	    ERR_OK);
	assert_null(open_it(ERR_GENESIS));
	assert_int_equal(
	    read_text(HEAD "[[contract]]\nname = \"c\"\ncall = \"none\"\n"),
	    ERR_OK);
	assert_null(open_it(ERR_GENESIS));
}

static void each_part_is_in_the_fingerprint(void **state)
{
	(void)state;
	static const char *const texts[] = {
		HEAD,
		"chain_id = 5\n" HEAD,
		"maturity = 5\n" HEAD,
		HEAD "height = 1\n",
		HEAD "limit = { read_count = 1 }\n",
		HEAD "[[epoch]]\nname = \"4.0\"\nheight = 5\n",
		HEAD "[contracts]\nstacking = \"x\"\n",
		HEAD "[[contract]]\nname = \"c\"\n",
		HEAD "[[contract]]\nname = \"c\"\nmint = 1\n",
		HEAD "[[contract]]\nname = \"c\"\ncall = \"f\"\n",
		HEAD "[[balance]]\naddress = \"" A "\"\nustx = 1\n",
		HEAD "[[balance]]\naddress = \"" B "\"\nustx = 1\n",
		HEAD "[[grant]]\naddress = \"" A "\"\nustx = 1\nheight = 1\n",
		HEAD "[[coinbase]]\nfrom = 1\nustx = 1\n",
		HEAD "[[emission]]\nfrom = 1\nustx = 1\n",
	};
	static uint8_t prints[16][GENESIS_PRINT_LEN];
	size_t n = sizeof(texts) / sizeof(texts[0]);

	for (size_t i = 0; i < n; i++) {
		assert_int_equal(read_text(texts[i]), ERR_OK);
		assert_int_equal(genesis_print(prints[i], &genesis), ERR_OK);
		for (size_t k = 0; k < i; k++)
			assert_memory_not_equal(prints[i], prints[k],
			                        GENESIS_PRINT_LEN);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_that_is_described_is_read),
		cmocka_unit_test(what_is_wrong_is_named),
		cmocka_unit_test(a_missing_file_is_no_verdict),
		cmocka_unit_test(genesis_installs_calls_and_mints),
		cmocka_unit_test(a_contract_that_fails_makes_no_chain),
		cmocka_unit_test(each_part_is_in_the_fingerprint),
	};
	int code;

	arena_init(&arena, (size_t)1 << 26);
	code = cmocka_run_group_tests(tests, NULL, NULL);
	arena_fini(&arena);
	return code;
}
