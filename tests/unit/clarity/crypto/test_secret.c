/* tests/unit/clarity/crypto/test_secret.c - Claims about secret.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/crypto/secret.h"

static void wiped_memory_is_zero(void **state)
{
	(void)state;
	unsigned char key[32];
	static const unsigned char zero[32];

	memset(key, 0xa5, sizeof(key));
	secret_wipe(key, sizeof(key));
	assert_memory_equal(key, zero, sizeof(key));
}

static void secret_memory_can_be_written_and_freed(void **state)
{
	(void)state;
	unsigned char *p = secret_new(100);

	assert_non_null(p);
	memset(p, 1, 100);
	assert_int_equal(p[99], 1);
	secret_free(p);
	secret_free(NULL);
}

static void secrets_compare_by_content(void **state)
{
	(void)state;
	assert_true(secret_eq("abc", "abc", 3));
	assert_false(secret_eq("abc", "abd", 3));
	assert_true(secret_eq("abc", "abd", 2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wiped_memory_is_zero),
		cmocka_unit_test(secret_memory_can_be_written_and_freed),
		cmocka_unit_test(secrets_compare_by_content),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
