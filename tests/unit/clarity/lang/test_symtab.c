/* tests/unit/clarity/lang/test_symtab.c - Claims about clarity/lang/symtab.c.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <string.h>

#include "clarity/lang/symtab.h"

static void words_of_the_language_have_fixed_symbols(void **state)
{
	(void)state;
	struct arena a;
	struct symtab t;

	arena_init(&a, 1 << 20);
	assert_int_equal(symtab_init(&t, &a), ERR_OK);
	assert_int_equal(t.n, NATIVE_COUNT);
	for (uint32_t i = 0; i < NATIVE_COUNT; i++) {
		struct span name = span_str(native_table[i].name);
		uint32_t sym;

		assert_int_equal(symtab_find(&t, name), i);
		assert_int_equal(symtab_intern(&t, name, &sym), ERR_OK);
		assert_int_equal(sym, i);
	}
	assert_int_equal(t.n, NATIVE_COUNT);
	arena_fini(&a);
}

static void a_name_keeps_its_symbol_and_its_own_bytes(void **state)
{
	(void)state;
	struct arena a;
	struct symtab t;
	char name[] = "balance";
	uint32_t first, second;

	arena_init(&a, 1 << 20);
	assert_int_equal(symtab_init(&t, &a), ERR_OK);
	assert_int_equal(symtab_find(&t, span_str(name)), SYMTAB_NONE);
	assert_int_equal(symtab_intern(&t, span_str(name), &first), ERR_OK);
	assert_int_equal(first, NATIVE_COUNT);
	memset(name, 'x', sizeof(name) - 1);
	assert_int_equal(symtab_find(&t, span_str(name)), SYMTAB_NONE);
	assert_int_equal(symtab_intern(&t, span_str("balance"), &second),
	                 ERR_OK);
	assert_int_equal(first, second);
	assert_string_equal(symtab_text(&t, first), "balance");
	assert_int_equal(symtab_name(&t, first).len, 7);
	arena_fini(&a);
}

static void a_hundred_thousand_names_stay_apart(void **state)
{
	(void)state;
	struct arena a;
	struct symtab t;

	arena_init(&a, (size_t)64 << 20);
	assert_int_equal(symtab_init(&t, &a), ERR_OK);
	for (int round = 0; round < 2; round++) {
		for (uint32_t i = 0; i < 100000; i++) {
			char name[24];
			uint32_t sym;

			(void)snprintf(name, sizeof(name), "n%u-%u", i, i % 7);
			assert_int_equal(
			    symtab_intern(&t, span_str(name), &sym), ERR_OK);
			assert_int_equal(sym, NATIVE_COUNT + i);
		}
	}
	arena_fini(&a);
}

static void names_of_every_length_are_told_apart(void **state)
{
	(void)state;
	struct arena a;
	struct symtab t;
	char name[129];
	uint32_t sym;

	arena_init(&a, 1 << 20);
	assert_int_equal(symtab_init(&t, &a), ERR_OK);
	memset(name, 'a', sizeof(name));
	for (uint32_t len = 1; len <= 128; len++) {
		/* The last byte, then the first, is what differs. */
		for (uint32_t k = 0; k < 3; k++) {
			name[len - 1] = k == 1 ? 'b' : 'a';
			if (len > 1)
				name[0] = k == 2 ? 'b' : 'a';
			if (len == 1 && k == 2)
				name[0] = 'c';
			assert_int_equal(
			    symtab_intern(&t, span_of(name, len), &sym),
			    ERR_OK);
			assert_int_equal(sym, NATIVE_COUNT + 3 * (len - 1) + k);
		}
		name[0] = name[len - 1] = 'a';
	}
	arena_fini(&a);
}

static void a_full_arena_is_a_fault_and_keeps_the_table(void **state)
{
	(void)state;
	struct arena a;
	struct symtab t;
	enum err e = ERR_OK;
	uint32_t n = 0;

	arena_init(&a, 64 * 1024);
	assert_int_equal(symtab_init(&t, &a), ERR_OK);
	while (e == ERR_OK) {
		char name[24];
		uint32_t sym;

		(void)snprintf(name, sizeof(name), "name-%u", n);
		e = symtab_intern(&t, span_str(name), &sym);
		n += e == ERR_OK;
	}
	assert_int_equal(e, ERR_NO_MEMORY);
	assert_int_equal(t.n, NATIVE_COUNT + n);
	assert_int_equal(symtab_find(&t, span_str("name-0")), NATIVE_COUNT);
	arena_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_the_language_have_fixed_symbols),
		cmocka_unit_test(a_name_keeps_its_symbol_and_its_own_bytes),
		cmocka_unit_test(a_hundred_thousand_names_stay_apart),
		cmocka_unit_test(names_of_every_length_are_told_apart),
		cmocka_unit_test(a_full_arena_is_a_fault_and_keeps_the_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
