/*
 * tests/fault/vm_fault.c - A machine that fails is never a verdict.
 *
 * A script deploys contracts and calls them: variables, maps, tokens, nested
 * and dynamic calls, guards, the past, failures of its own.  It is run once as
 * it is, and then again for every store call and every allocation, each of
 * which fails once.  The step that meets the failure must report that fault,
 * whatever the program was doing; the state must be as it was before the step;
 * and the same step, asked again of the same machine or of a new one over the
 * same state, must give what it gave undisturbed.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/value/value_codec.h"
#include "clarity/vm/vm.h"
#include "tests/fault/fault_store.h"
#include "tests/lib/alloc_fault.h"

#define ISSUER "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM"
#define OTHER "'ST000000000000000000002AMW42H"
#define PAST                                                                   \
	"0x00000000000000000000000000000000000000000000000000000000000000"     \
	"01"
#define SAID_MAX 65536

static const char lib[] =
    "(define-trait tr ((put (uint uint) (response uint uint))))\n"
    "(define-constant limit u100)\n(define-constant words (list \"a\" \"b\"))\n"
    "(define-map m uint {v: uint, w: (string-ascii 8)})\n"
    "(define-data-var n uint u0)\n"
    "(define-fungible-token f limit)\n(define-non-fungible-token x uint)\n"
    "(define-public (put (k uint) (v uint)) (begin (asserts! (< v limit) (err "
    "u7)) (map-set m k {v: v, w: \"w\"}) (var-set n (+ (var-get n) u1)) "
    "(print {k: k, v: v}) (ok (+ k v))))\n"
    "(define-read-only (get-or (k uint)) (default-to u0 (get v (map-get? m "
    "k))))\n"
    "(define-public (mint (n2 uint)) (begin (try! (ft-mint? f n2 tx-sender)) "
    "(try! (nft-mint? x n2 tx-sender)) (ok n2)))\n";

static const char user[] =
    "(use-trait tr .lib.tr)\n(define-data-var best (optional uint) none)\n"
    "(define-data-var log (list 20 uint) (list))\n"
    "(define-private (step (k uint) (acc (response uint uint))) (match acc s "
    "(match (contract-call? .lib put k s) v (ok (+ v u1)) e (err e)) e (err "
    "e)))\n"
    "(define-public (run (n uint)) (begin (var-set best (some n)) (var-set "
    "log (unwrap-panic (as-max-len? (append (var-get log) n) u20))) (fold "
    "step (list u1 u2 u3 n) (ok n))))\n"
    "(define-public (via (t <tr>) (n uint)) (begin (try! (contract-call? t "
    "put n n)) (ok (contract-call? .lib get-or n))))\n"
    "(define-public (guard (n uint)) (begin (try! (restrict-assets? "
    "tx-sender ((with-stx n) (with-ft .lib \"f\" u5)) (try! (stx-transfer? "
    "u3 tx-sender " OTHER ")) (try! (contract-call? .lib mint n)))) (ok "
    "(as-contract? () (stx-get-balance tx-sender)))))\n"
    "(define-public (swallow) (restrict-assets? tx-sender () (try! "
    "(stx-burn? u1 tx-sender)) (/ u1 u0)))\n"
    "(define-public (past (n uint)) (ok (+ (default-to u1 (var-get best)) "
    "(at-block " PAST
    " (+ n (contract-call? .lib get-or u1) (default-to u9 (var-get "
    "best)))))))\n"
    "(define-public (facts) (ok {h: burn-block-height, t: tenure-height, s: "
    "stacks-block-time, i: (get-stacks-block-info? time u4), a: (stx-account "
    "tx-sender), c: (contract-hash? .lib), b: (to-consensus-buff? (list n0 "
    "u2))}))\n(define-constant n0 u4)\n"
    "(define-public (fails) (begin (var-set best none) (ok (/ u1 u0))))\n"
    "(define-public (refuses) (begin (var-set best none) (err u4)))\n";

struct step {
	const char *contract;
	const char *function; /* NULL: deploy `text` */
	const char *text;
	bool takes_lib;
	int number; /* the argument, or -1 */
};

static const struct step script[] = {
	{ "lib", NULL, lib, false, -1 },
	{ "user", NULL, user, false, -1 },
	{ "bad", NULL, "(define-public (f) (+ 1 u2))", false, -1 },
	{ "user", "run", NULL, false, 5 },
	{ "user", "run", NULL, false, 96 },
	{ "user", "via", NULL, true, 9 },
	{ "user", "guard", NULL, false, 4 },
	{ "user", "guard", NULL, false, 2 },
	{ "user", "swallow", NULL, false, -1 },
	{ "user", "past", NULL, false, 3 },
	{ "user", "facts", NULL, false, -1 },
	{ "user", "fails", NULL, false, -1 },
	{ "user", "refuses", NULL, false, -1 },
	{ "lib", "mint", NULL, false, 7 },
};

#define STEPS (sizeof(script) / sizeof(script[0]))

/* What each step says when nothing is disturbed. */
static char undisturbed[STEPS][SAID_MAX];
static uint64_t undisturbed_digest;

struct world {
	struct fault_store store;
	struct vm *vm;
	struct arena arena; /* of principals; filled before anything fails */
	const struct principal *issuer, *contracts[3];
};

static const struct principal *contract_of(const struct world *w,
                                           const char *name)
{
	return w->contracts[name[0] == 'l' ? 0 : name[0] == 'u' ? 1 : 2];
}

static void seed(struct world *w)
{
	static const char *const names[] = { "lib", "user", "bad" };
	struct store_ops ops = w->store.ops;
	uint8_t balance[40] = { [14] = 1 };
	struct store_key key = { .text = span_str("vm-account::"),
		                 .form = STORE_TAIL_BALANCE };
	struct store_key texts[] = {
		{ .text = span_str("_stx-data::ustx_liquid_supply") },
		{ .text = span_str("_stx-data::tenure_height") },
		{ .text = span_str("_stx-data::clarity_storage::block_time") },
	};
	static const uint8_t supply[17] = { 1, [14] = 9 };
	struct store_block b = { .time = 44, .is_nakamoto = true };

	CHECK(principal_parse(&w->arena, &w->issuer, span_str(ISSUER)) ==
	      PRINCIPAL_OK);
	for (int i = 0; i < 3; i++)
		CHECK(principal_new_contract(&w->arena, &w->contracts[i],
		                             w->issuer,
		                             span_str(names[i])) == ERR_OK);
	key.tail = span_of(w->issuer, principal_len(w->issuer));
	CHECK(!ops.put(&w->store, &key, span_of(balance, 40), STORE_HEX));
	CHECK(!ops.put(&w->store, &texts[0], span_of(supply, 17), STORE_HEX));
	CHECK(
	    !ops.put(&w->store, &texts[1], span_of("\0\0\0\5", 4), STORE_HEX));
	CHECK(
	    !ops.put(&w->store, &texts[2], span_str("1700000000"), STORE_TEXT));
	fault_store_apply(&w->store);
	b.miner = w->issuer;
	CHECK(mem_store_set_block(&w->store.inner, 4, &b) == ERR_OK);
}

static void open_world(struct world *w, uint64_t fail_at)
{
	*w = (struct world){ .vm = NULL };
	arena_init(&w->arena, 1 << 20);
	fault_store_open(&w->store, FAULT_STORE_NEVER);
	seed(w);
	w->store.calls = 0;
	w->store.fail_at = fail_at;
}

static void close_world(struct world *w)
{
	vm_free(w->vm);
	fault_store_close(&w->store);
	arena_fini(&w->arena);
}

static enum err new_machine(struct world *w)
{
	struct vm_chain chain = { .epoch = EPOCH_3_3, .chain_id = 0x80000000u };

	return vm_new(&w->vm, &chain, &w->store.store);
}

static enum err do_step(struct world *w, const struct step *s,
                        struct vm_result *r)
{
	struct cost limit = { .of = { 1u << 30, 1u << 20, 1u << 20, 1u << 20,
		                      1u << 20 } };
	struct vm_source source = { .contract = contract_of(w, s->contract),
		                    .version = CLARITY_4 };
	struct value args[2];
	struct vm_call call = { .sender = w->issuer,
		                .contract = source.contract,
		                .args = args };

	if (s->takes_lib)
		args[call.n_args++] = value_principal(contract_of(w, "lib"));
	if (s->number >= 0)
		args[call.n_args++] = value_uint((u128)s->number);
	vm_begin(w->vm, &limit);
	if (s->function) {
		call.function = span_str(s->function);
		return vm_call(w->vm, &call, r);
	}
	source.text = span_str(s->text);
	return vm_deploy(w->vm, &source, r);
}

static void say(char *said, enum err e, const struct vm_result *r)
{
	struct buf b, bytes;

	buf_init(&b, SAID_MAX);
	buf_init(&bytes, SAID_MAX);
	(void)buf_addf(&b, "%s %s ", err_name(e),
	               e == ERR_RUN ? vm_error_name(r->failure.kind) : "");
	if (e == ERR_OK)
		CHECK(value_codec_write(&bytes, &r->value) == ERR_OK);
	(void)buf_add_hex(&b, bytes.p, bytes.len);
	buf_fini(&bytes);
	(void)buf_addf(&b, " %llu", (unsigned long long)r->memory);
	for (int u = 0; u < COST_UNITS; u++)
		(void)buf_addf(&b, " %llu", (unsigned long long)r->cost.of[u]);
	for (uint32_t i = 0; i < r->n_events; i++)
		CHECK(event_format(&b, &r->events[i], "0x", i, true) == ERR_OK);
	(void)buf_addf(&b, " assets %u", r->n_assets);
	CHECK(buf_err(&b) == ERR_OK && b.len < SAID_MAX);
	memcpy(said, b.p, b.len);
	memset(said + b.len, 0, SAID_MAX - b.len);
	buf_fini(&b);
}

/* Does a step and commits it; says what came of it unless it is a fault. */
static enum err play(struct world *w, size_t i, char *said)
{
	struct vm_result r;
	enum err e = do_step(w, &script[i], &r), committed;

	assert_int_equal(w->store.n_staged, 0);
	if (e != ERR_OK && err_class(e) == ERR_CLASS_FAULT)
		return e;
	assert_false(w->store.is_away);
	alloc_fault_pause();
	say(said, e, &r);
	alloc_fault_resume();
	committed = e == ERR_OK ? vm_commit(w->vm) : ERR_OK;
	if (committed != ERR_OK) {
		fault_store_drop(&w->store);
		return committed;
	}
	alloc_fault_pause();
	fault_store_apply(&w->store);
	alloc_fault_resume();
	return ERR_OK;
}

static void learn(void)
{
	struct world w;

	open_world(&w, FAULT_STORE_NEVER);
	assert_int_equal(new_machine(&w), ERR_OK);
	for (size_t i = 0; i < STEPS; i++)
		assert_int_equal(play(&w, i, undisturbed[i]), ERR_OK);
	undisturbed_digest = fault_store_digest(&w.store);
	close_world(&w);
	assert_non_null(strstr(undisturbed[2], "CHECK"));
	assert_non_null(strstr(undisturbed[11], "DivisionByZero"));
}

/* How a failure is made, and whether the machine is made anew after it. */
struct trial {
	bool of_store;
	bool from_then_on; /* allocations: all later ones fail, too */
	bool restarts;
};

static void recover(struct world *w, const struct trial *t)
{
	(void)alloc_fault_off();
	w->store.fail_at = FAULT_STORE_NEVER;
	if (!t->restarts && w->vm)
		return;
	/* A new process opens the store in the present. */
	w->store.is_away = false;
	vm_free(w->vm);
	w->vm = NULL;
	assert_int_equal(new_machine(w), ERR_OK);
}

/* Plays the script with failure number `k`. @return whether there was one. */
static bool disturb(const struct trial *t, uint64_t k)
{
	static char said[SAID_MAX];
	enum err fault = t->of_store ? ERR_IO : ERR_NO_MEMORY;
	bool hit = false;
	struct world w;
	enum err e;

	open_world(&w, t->of_store ? k : FAULT_STORE_NEVER);
	if (!t->of_store && t->from_then_on)
		alloc_fault_after((size_t)k);
	else if (!t->of_store)
		alloc_fault_once((size_t)k);
	e = new_machine(&w);
	for (size_t i = 0; i < STEPS; i++) {
		if (e == ERR_OK)
			e = play(&w, i, said);
		if (e != ERR_OK) {
			assert_false(hit);
			hit = true;
			assert_int_equal(e, fault);
			recover(&w, t);
			assert_int_equal(play(&w, i, said), ERR_OK);
			e = ERR_OK;
		}
		assert_string_equal(said, undisturbed[i]);
	}
	/* A refused allocation that nobody noticed did no harm. */
	hit = alloc_fault_off() || hit;
	assert_true(fault_store_digest(&w.store) == undisturbed_digest);
	close_world(&w);
	return hit;
}

static void run_trials(const struct trial *t)
{
	uint64_t k = 0;

	learn();
	while (disturb(t, k))
		k++;
	print_message("# %llu failures\n", (unsigned long long)k);
	assert_true(k > 20);
}

static void every_store_call_that_fails_is_a_fault(void **state)
{
	struct trial t = { .of_store = true };

	(void)state;
	run_trials(&t);
}

static void a_new_machine_goes_on_after_a_store_call_failed(void **state)
{
	struct trial t = { .of_store = true, .restarts = true };

	(void)state;
	run_trials(&t);
}

static void every_allocation_that_fails_is_a_fault(void **state)
{
	struct trial t = { .of_store = false };

	(void)state;
	run_trials(&t);
}

static void no_memory_from_then_on_is_a_fault(void **state)
{
	struct trial t = { .from_then_on = true };

	(void)state;
	run_trials(&t);
}

static void a_new_machine_goes_on_after_an_allocation_failed(void **state)
{
	struct trial t = { .restarts = true };

	(void)state;
	run_trials(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_store_call_that_fails_is_a_fault),
		cmocka_unit_test(
		    a_new_machine_goes_on_after_a_store_call_failed),
		cmocka_unit_test(every_allocation_that_fails_is_a_fault),
		cmocka_unit_test(no_memory_from_then_on_is_a_fault),
		cmocka_unit_test(
		    a_new_machine_goes_on_after_an_allocation_failed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
