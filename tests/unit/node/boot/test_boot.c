/* tests/unit/node/boot/test_boot.c - Claims about the first contracts. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/boot/boot.h"
#include "tests/lib/vm_case.h"

#define TEST_ADDRESS "ST000000000000000000002AMW42H"
#define MAIN_ADDRESS "SP000000000000000000002Q6VF78"

/* A chain to whose beginning contracts are deployed. */
struct boot_case {
	struct arena arena;
	struct vm_case state;
	struct vm *vm;
	const struct principal *address;
};

static const struct cost no_limit = {
	.of = { UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX }
};

static void case_open(struct boot_case *c, enum epoch epoch, bool is_mainnet)
{
	const struct vm_chain chain = { .epoch = epoch,
		                        .is_mainnet = is_mainnet,
		                        .chain_id = 1 };

	arena_init(&c->arena, (size_t)1 << 30);
	vm_case_open(&c->state);
	c->state.inner.view.height = 1;
	c->state.inner.view.burn_height = 1000;
	vm_case_put(&c->state,
	            span_str("_stx-data::clarity_storage::block_time"),
	            span_str("1700000000"));
	vm_case_put(&c->state, span_str("_stx-data::tenure_height"),
	            span_str("00000001"));
	vm_case_put(&c->state, span_str("_stx-data::ustx_liquid_supply"),
	            span_str("010000000000000000000000e8d4a51000"));
	assert_int_equal(vm_new(&c->vm, &chain, &c->state.store), ERR_OK);
	assert_int_equal(
	    principal_parse(&c->arena, &c->address,
	                    span_str(is_mainnet ? MAIN_ADDRESS : TEST_ADDRESS)),
	    PRINCIPAL_OK);
}

static void case_close(struct boot_case *c)
{
	vm_free(c->vm);
	vm_case_close(&c->state);
	arena_fini(&c->arena);
}

static const struct principal *case_id(struct boot_case *c, const char *name)
{
	const struct principal *ret;

	assert_int_equal(
	    principal_new_contract(&c->arena, &ret, c->address, span_str(name)),
	    ERR_OK);
	return ret;
}

/* Calls a function whose arguments are numbers; returns what it says. */
static struct value case_call(struct boot_case *c, const char *contract,
                              const char *function, const uint64_t *numbers,
                              uint32_t n)
{
	struct value args[4];
	struct vm_result r;
	const struct vm_call call = { .sender = c->address,
		                      .contract = case_id(c, contract),
		                      .function = span_str(function),
		                      .args = args,
		                      .n_args = n };

	for (uint32_t i = 0; i < n; i++) {
		args[i] = (struct value){ .kind = VALUE_UINT, .u = numbers[i] };
	}
	vm_begin(c->vm, &no_limit);
	assert_int_equal(vm_call(c->vm, &call, &r), ERR_OK);
	assert_int_equal(vm_commit(c->vm), ERR_OK);
	return r.value;
}

static void case_deploy(struct boot_case *c, const struct boot_contract *row)
{
	const struct vm_source source = { .contract = case_id(c, row->name),
		                          .text = row->text,
		                          .version = row->version };
	struct vm_result r;

	vm_begin(c->vm, &no_limit);
	if (vm_deploy(c->vm, &source, &r) != ERR_OK)
		fail_msg("%s: %s", row->name, r.diag.message);
	assert_int_equal(vm_commit(c->vm), ERR_OK);
}

/* As genesis does it: 20 blocks a cycle, 5 of them to prepare. */
static void case_begin(struct boot_case *c)
{
	static const uint64_t parameters[] = { 100, 5, 20, 3 };
	size_t n;
	const struct boot_contract *rows = boot_contracts(&n);

	for (size_t i = 0; i < n; i++) {
		case_deploy(c, &rows[i]);
		if (strcmp(rows[i].name, "pox-4") == 0)
			case_call(c, "pox-4", "set-burnchain-parameters",
			          parameters, 4);
	}
}

static void all_deploy_in_their_order_in_every_epoch(void **state)
{
	(void)state;
	static const enum epoch epochs[] = { EPOCH_3_0, EPOCH_3_4, EPOCH_4_1 };

	for (size_t i = 0; i < 6; i++) {
		struct boot_case c;

		case_open(&c, epochs[i / 2], i % 2);
		case_begin(&c);
		case_close(&c);
	}
}

static void parameters_reach_the_contract_that_copies_them(void **state)
{
	(void)state;
	struct boot_case c;
	const uint64_t cycle = 7;
	struct value v;

	case_open(&c, EPOCH_3_4, false);
	case_begin(&c);
	v = case_call(&c, "pox-4", "reward-cycle-to-burn-height", &cycle, 1);
	assert_true(v.kind == VALUE_UINT && v.u == 240);
	v = case_call(&c, "signers-voting", "reward-cycle-to-burn-height",
	              &cycle, 1);
	assert_true(v.kind == VALUE_UINT && v.u == 240);
	case_close(&c);
}

static void a_contract_is_found_by_its_name(void **state)
{
	(void)state;
	size_t n;
	const struct boot_contract *rows = boot_contracts(&n);

	for (size_t i = 0; i < n; i++)
		assert_ptr_equal(boot_find(rows[i].name), &rows[i]);
	assert_null(boot_find("pox-3"));
}

static void both_parities_have_thirteen_databases(void **state)
{
	(void)state;
	size_t n;
	const struct boot_contract *rows = boot_contracts(&n);
	size_t of[2] = { 0, 0 };

	for (size_t i = 0; i < n; i++) {
		if (strncmp(rows[i].name, "signers-0-", 10) == 0)
			of[0]++;
		else if (strncmp(rows[i].name, "signers-1-", 10) == 0)
			of[1]++;
	}
	assert_int_equal(of[0], 13);
	assert_int_equal(of[1], 13);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_deploy_in_their_order_in_every_epoch),
		cmocka_unit_test(
		    parameters_reach_the_contract_that_copies_them),
		cmocka_unit_test(a_contract_is_found_by_its_name),
		cmocka_unit_test(both_parities_have_thirteen_databases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
