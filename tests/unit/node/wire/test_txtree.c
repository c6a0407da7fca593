/*
 * tests/unit/node/wire/test_txtree.c - Claims about node/wire/txtree.c.
 *
 * The roots were computed by a program that builds whole rows.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/wire/txtree.h"
#include "tests/lib/hex.h"

struct row {
	unsigned n;
	const char *root;
};

static void roots_are_those_of_whole_rows(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ 0, "00000000000000000000000000000000"
		     "00000000000000000000000000000000" },
		{ 1, "c6f2a89890689c3e19851ab35fbc8ee8"
		     "6c0fdc22e0f1fa70be12f34e1345a02e" },
		{ 2, "30cfc661f4670dc57bd82a91c8b2668b"
		     "6e0ecc1d9bde095bd1554d16c528af6b" },
		{ 3, "3bc63c7eafc7e0c75adee6fdd707e167"
		     "f80da981d28fcf011d97e461d9990cff" },
		{ 4, "e931f4fac1cfbe25e844327243766958"
		     "0564e1b7ecb6cd41f0cd845642da9ac0" },
		{ 5, "588081a8da33578151f956ab792e71ec"
		     "1ff45d97dfe563b7690c3c3f744dd498" },
		{ 6, "7a7848037e47e9b195bbbb4f2c29bf9f"
		     "596d3ee25524357b722eb73922bff207" },
		{ 7, "517147a647be39f0afc1c78eddc87461"
		     "d3a0db4e966612fbfdf2a853ce51a6c4" },
		{ 8, "562f4ad18c738683b1017f52c7343150"
		     "750e2b236ae67b530046e1173f8e1ec0" },
		{ 9, "2a6db2e55179906b9b37e6688a069570"
		     "3fbdd75dff8170b154df7080428a79cc" },
		{ 100, "119bfd6fd8d762c29eb2a5faa0aa845e"
		       "b9dbcee751563a54d9cc07464e9ec976" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct txtree t;
		uint8_t root[TXTREE_LEN];

		txtree_init(&t);
		for (unsigned n = 0; n < rows[i].n; n++) {
			uint8_t id[TXTREE_LEN];

			memset(id, (int)n, sizeof(id));
			txtree_add(&t, id);
		}
		txtree_root(&t, root);
		assert_hex(root, sizeof(root), rows[i].root);
	}
}

static void asking_for_a_root_changes_nothing(void **state)
{
	(void)state;
	struct txtree asked;
	struct txtree plain;
	uint8_t a[TXTREE_LEN];
	uint8_t b[TXTREE_LEN];

	txtree_init(&asked);
	txtree_init(&plain);
	for (unsigned n = 0; n < 40; n++) {
		uint8_t id[TXTREE_LEN] = { (uint8_t)n };

		txtree_add(&asked, id);
		txtree_add(&plain, id);
		txtree_root(&asked, a);
	}
	txtree_root(&plain, b);
	assert_memory_equal(a, b, sizeof(a));
}

/* The last leaf twice has the root of the odd row: the trap that a check for
 * double ids closes. */
static void a_repeated_last_leaf_is_not_seen(void **state)
{
	(void)state;
	struct txtree odd;
	struct txtree even;
	uint8_t a[TXTREE_LEN];
	uint8_t b[TXTREE_LEN];
	uint8_t id[TXTREE_LEN] = { 0 };

	txtree_init(&odd);
	txtree_init(&even);
	for (uint8_t n = 1; n <= 3; n++) {
		id[0] = n;
		txtree_add(&odd, id);
		txtree_add(&even, id);
	}
	txtree_add(&even, id);
	txtree_root(&odd, a);
	txtree_root(&even, b);
	assert_memory_equal(a, b, sizeof(a));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roots_are_those_of_whole_rows),
		cmocka_unit_test(asking_for_a_root_changes_nothing),
		cmocka_unit_test(a_repeated_last_leaf_is_not_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
