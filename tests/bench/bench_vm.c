/*
 * tests/bench/bench_vm.c - How fast the machine runs contracts.
 *
 * State is in memory, costs and memory are metered, and what a call did is
 * committed only where the name says so.  Items are what the row's name counts:
 * elements of the loop, calls, or operations.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "clarity/base/check.h"
#include "clarity/vm/mem_store.h"
#include "clarity/vm/vm.h"
#include "tests/bench/bench.h"

#define HUNDRED                                                                \
	"(list u1 u2 u3 u4 u5 u6 u7 u8 u9 u10 u11 u12 u13 u14 u15 u16 u17 "    \
	"u18 "                                                                 \
	"u19 u20 u21 u22 u23 u24 u25 u26 u27 u28 u29 u30 u31 u32 u33 u34 u35 " \
	"u36 u37 u38 u39 u40 u41 u42 u43 u44 u45 u46 u47 u48 u49 u50 u51 u52 " \
	"u53 u54 u55 u56 u57 u58 u59 u60 u61 u62 u63 u64 u65 u66 u67 u68 u69 " \
	"u70 u71 u72 u73 u74 u75 u76 u77 u78 u79 u80 u81 u82 u83 u84 u85 u86 " \
	"u87 u88 u89 u90 u91 u92 u93 u94 u95 u96 u97 u98 u99 u100)"

static const char token[] =
    "(define-fungible-token coin)\n"
    "(define-map seen uint uint)\n"
    "(define-data-var n uint u0)\n"
    "(define-constant all " HUNDRED ")\n"
    "(define-public (transfer (amount uint) (from principal) (to principal))\n"
    "  (begin (asserts! (is-eq tx-sender from) (err u4))\n"
    "    (try! (ft-transfer? coin amount from to)) (print amount) (ok true)))\n"
    "(define-public (noop) (ok true))\n"
    "(define-private (square (x uint) (acc uint)) (+ acc (* x x)))\n"
    "(define-public (fold-squares) (ok (fold square all u0)))\n"
    "(define-private (again (x uint) (acc uint)) (fold square all acc))\n"
    "(define-public (fold-deep) (ok (fold again all u0)))\n"
    "(define-public (fold-native) (ok (fold + all u0)))\n"
    "(define-private (put (x uint)) (map-set seen x x))\n"
    "(define-public (sets) (ok (len (map put all))))\n"
    "(define-private (got (x uint) (acc uint))"
    "  (+ acc (default-to u1 (map-get? seen x))))\n"
    "(define-public (gets) (ok (fold got all u0)))\n"
    "(define-private (odd (x uint)) (is-eq u1 (mod x u2)))\n"
    "(define-public (odds) (ok (len (filter odd all))))\n"
    "(define-public (count) (begin (var-set n (+ (var-get n) u1))"
    "  (ok (var-get n))))\n"
    "(define-private (hash (x uint) (acc (buff 32))) (sha256 acc))\n"
    "(define-public (hashes) (ok (fold hash all 0x00)))\n"
    "(ft-mint? coin u1000000000000 tx-sender)\n";

static const char caller[] =
    "(define-private (one (x uint) (acc (response bool uint)))"
    "  (contract-call? .token noop))\n"
    "(define-constant all " HUNDRED ")\n"
    "(define-public (calls) (fold one all (ok true)))\n";

struct bench {
	struct mem_store store;
	struct vm *vm;
	struct arena arena;
	const struct principal *sender, *to, *token, *caller;
	struct vm_call call;
	bool commits;
};

static struct bench b;
static const struct cost no_limit = {
	.of = { UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX }
};

static void run_call(void *arg)
{
	struct vm_result r;

	(void)arg;
	vm_begin(b.vm, &no_limit);
	if (vm_call(b.vm, &b.call, &r) != ERR_OK) {
		(void)fprintf(stderr, "failed: %s\n", r.failure.text);
		abort();
	}
	if (b.commits)
		CHECK(vm_commit(b.vm) == ERR_OK);
}

static void row(const char *name, size_t items, const struct principal *in,
                const char *function)
{
	b.call = (struct vm_call){
		.sender = b.sender,
		.contract = in,
		.function = span_str(function),
	};
	bench_run(name, (struct bench_work){ .items = items }, run_call, NULL);
}

static void transfers(void)
{
	struct value args[] = { value_uint(1), value_principal(b.sender),
		                value_principal(b.to) };

	b.call = (struct vm_call){
		.sender = b.sender,
		.contract = b.token,
		.function = span_str("transfer"),
		.args = args,
		.n_args = 3,
	};
	bench_run("vm transfer", (struct bench_work){ .items = 1 }, run_call,
	          NULL);
}

static void deploy(const struct principal *id, const char *text)
{
	struct vm_source s = { .contract = id,
		               .text = span_str(text),
		               .version = CLARITY_3 };
	struct vm_result r;

	vm_begin(b.vm, &no_limit);
	CHECK(vm_deploy(b.vm, &s, &r) == ERR_OK);
	CHECK(vm_commit(b.vm) == ERR_OK);
}

static const struct principal *named(const char *name)
{
	const struct principal *p;

	CHECK(principal_new_contract(&b.arena, &p, b.sender, span_str(name)) ==
	      ERR_OK);
	return p;
}

int main(void)
{
	static const uint8_t one[PRINCIPAL_HASH_LEN] = { 1 };
	static const uint8_t two[PRINCIPAL_HASH_LEN] = { 2 };
	struct vm_chain chain = { .epoch = EPOCH_3_4, .chain_id = 0x80000000u };

	arena_init(&b.arena, 1 << 20);
	mem_store_init(&b.store, (size_t)1 << 32);
	CHECK(vm_new(&b.vm, &chain, &b.store.store) == ERR_OK);
	b.sender = principal_new_standard(&b.arena, 26, one);
	b.to = principal_new_standard(&b.arena, 26, two);
	b.token = named("token");
	b.caller = named("caller");
	deploy(b.token, token);
	deploy(b.caller, caller);
	row("vm noop call", 1, b.token, "noop");
	transfers();
	row("vm counter", 1, b.token, "count");
	row("vm fold squares", 100, b.token, "fold-squares");
	row("vm fold deep", 10000, b.token, "fold-deep");
	row("vm fold native", 100, b.token, "fold-native");
	row("vm filter", 100, b.token, "odds");
	row("vm sha256", 100, b.token, "hashes");
	row("vm map-set", 100, b.token, "sets");
	row("vm map-get", 100, b.token, "gets");
	row("vm contract-call", 100, b.caller, "calls");
	vm_free(b.vm);
	mem_store_fini(&b.store);
	arena_fini(&b.arena);
	return 0;
}
