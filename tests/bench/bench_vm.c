/*
 * tests/bench/bench_vm.c - How fast the machine runs contracts.
 *
 * State is in memory, costs and memory are metered, and nothing is committed.
 * vm/rows.txt names the functions; vm.mjs runs the same rows on the
 * reference's machine and sets the numbers side by side.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/vm/mem_store.h"
#include "clarity/vm/stx_balance.h"
#include "clarity/vm/vm.h"
#include "tests/bench/bench.h"

#define WORD_LEN 63
#define FILE_MAX ((size_t)1 << 20)
#define SCATTERED 1000000u /* keys of the scattered reads */
#define STEP 100u          /* that one call of `fill` or `wander` takes */

struct bench {
	struct mem_store store;
	struct vm *vm;
	struct arena arena;
	const struct principal *sender;
	struct vm_call call;
};

struct row {
	char name[WORD_LEN + 1];
	char contract[WORD_LEN + 1];
	char function[WORD_LEN + 1];
	size_t items;
};

static const char *const contracts[] = { "loops", "lists",  "bytes", "state",
	                                 "token", "callee", "caller" };

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
}

static const struct principal *named(const char *name)
{
	const struct principal *p;

	CHECK(principal_new_contract(&b.arena, &p, b.sender, span_str(name)) ==
	      ERR_OK);
	return p;
}

static void aim(const char *contract, const char *function)
{
	b.call = (struct vm_call){
		.sender = b.sender,
		.contract = named(contract),
		.function = span_str(function),
	};
}

static FILE *open_file(const char *name, const char *ending)
{
	char path[4096];

	(void)snprintf(path, sizeof(path), "%s/%s%s", BENCH_VM, name, ending);

	FILE *f = fopen(path, "rb");

	if (!f) {
		perror(path);
		exit(1);
	}
	return f;
}

static void deploy(const char *name)
{
	char *text = arena_alloc(&b.arena, FILE_MAX);
	FILE *f = open_file(name, ".clar");

	CHECK(text);

	size_t len = fread(text, 1, FILE_MAX, f);
	struct vm_source s = { .contract = named(name),
		               .text = span_of(text, len),
		               .version = CLARITY_3 };
	struct vm_result r;

	(void)fclose(f);
	vm_begin(b.vm, &no_limit);
	if (vm_deploy(b.vm, &s, &r) != ERR_OK) {
		(void)fprintf(stderr, "%s: at byte %u: %s%s\n", name,
		              r.diag.span.start, r.diag.message,
		              r.failure.text ? r.failure.text : "");
		exit(1);
	}
	CHECK(vm_commit(b.vm) == ERR_OK);
}

static void give_stx(void)
{
	struct stx_balance balance = { .unlocked = (u128)1 << 64 };
	uint8_t bytes[STX_BALANCE_MAX_LEN];
	struct store_key key = stx_balance_key(b.sender);
	uint32_t len = stx_balance_format(bytes, &balance);

	vm_begin(b.vm, &no_limit);
	CHECK(vm_write(b.vm, &key, span_of(bytes, len), STORE_HEX) == ERR_OK);
	CHECK(vm_commit(b.vm) == ERR_OK);
}

static void begin(void)
{
	static const uint8_t one[PRINCIPAL_HASH_LEN] = { 1 };
	struct vm_chain chain = { .epoch = EPOCH_3_4, .chain_id = 0x80000000u };

	arena_init(&b.arena, (size_t)1 << 24);
	mem_store_init(&b.store, (size_t)1 << 34);
	CHECK(vm_new(&b.vm, &chain, &b.store.store) == ERR_OK);
	b.sender = principal_new_standard(&b.arena, 26, one);
	give_stx();
	for (size_t i = 0; i < COUNT_OF(contracts); i++)
		deploy(contracts[i]);
}

static void run_rows(void)
{
	char line[256];
	struct row r;
	FILE *f = open_file("rows", ".txt");

	while (fgets(line, sizeof(line), f)) {
		if (line[0] == '#' ||
		    sscanf(line, "%63s %63s %63s %zu", r.name, r.contract,
		           r.function, &r.items) != 4)
			continue;
		aim(r.contract, r.function);
		bench_run(r.name, (struct bench_work){ .items = r.items },
		          run_call, NULL);
	}
	(void)fclose(f);
}

/* Each call begins elsewhere, so that its keys are in no cache. */
static void run_wander(void *arg)
{
	struct value *at = arg;

	at->u = (at->u * 69621 + 7) % SCATTERED;
	run_call(NULL);
}

/* Reads among a million keys that are spread over memory. */
static void run_scattered(void)
{
	struct value at = value_uint(0);

	aim("state", "fill");
	b.call.args = &at;
	b.call.n_args = 1;
	for (; at.u < SCATTERED; at.u += STEP) {
		run_call(NULL);
		CHECK(vm_commit(b.vm) == ERR_OK);
	}
	aim("state", "wander");
	b.call.args = &at;
	b.call.n_args = 1;
	bench_run("vm.map.get.million", (struct bench_work){ .items = STEP },
	          run_wander, &at);
}

int main(void)
{
	begin();
	run_rows();
	if (!getenv("BENCH_ONLY"))
		run_scattered();
	vm_free(b.vm);
	mem_store_fini(&b.store);
	arena_fini(&b.arena);
	return 0;
}
