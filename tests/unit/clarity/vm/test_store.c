/* tests/unit/clarity/vm/test_store.c - Claims about clarity/vm/store.c: how
 * the network spells keys. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/vm/store.h"

static void is_spelt(struct store_key key, const char *want)
{
	struct buf b;

	buf_init(&b, 1 << 16);
	assert_int_equal(store_spell(&b, &key), ERR_OK);
	assert_string_equal(buf_str(&b), want);
	buf_fini(&b);
}

static struct store_key key_of(struct arena *a, const char *text,
                               const char *who, enum store_tail form)
{
	const struct principal *p;

	assert_int_equal(principal_parse(a, &p, span_str(who)), PRINCIPAL_OK);
	return (struct store_key){ .text = span_str(text),
		                   .tail = span_of(p, principal_len(p)),
		                   .form = form };
}

static void bytes_are_spelt_in_lower_case_hex(void **state)
{
	struct store_key key = { .text = span_str("vm::c::0::m::"),
		                 .tail = span_of("\x01\xaf", 2),
		                 .form = STORE_TAIL_HEX };

	(void)state;
	is_spelt(key, "vm::c::0::m::01af");
	key.tail = span_of(NULL, 0);
	is_spelt(key, "vm::c::0::m::");
}

static void owners_are_spelt_as_arrays_of_numbers(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	is_spelt(key_of(&a, "k::", "SP000000000000000000002Q6VF78",
	                STORE_TAIL_OWNER),
	         "k::{\"Standard\":[22,[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,"
	         "0]]}");
	is_spelt(
	    key_of(&a, "k::", "SP000000000000000000002Q6VF78.pox",
	           STORE_TAIL_OWNER),
	    "k::{\"Contract\":{\"issuer\":[22,[0,0,0,0,0,0,0,0,0,0,0,0,0,0,"
	    "0,0,0,0,0,0]],\"name\":\"pox\"}}");
	arena_fini(&a);
}

static void accounts_are_spelt_with_their_addresses(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	is_spelt(key_of(&a, "vm-account::", "SP000000000000000000002Q6VF78.pox",
	                STORE_TAIL_BALANCE),
	         "vm-account::SP000000000000000000002Q6VF78.pox::19");
	is_spelt(key_of(&a, "vm-account::", "SP000000000000000000002Q6VF78",
	                STORE_TAIL_NONCE),
	         "vm-account::SP000000000000000000002Q6VF78::18");
	arena_fini(&a);
}

static void a_full_buffer_is_told(void **state)
{
	struct store_key key = { .text = span_str("0123456789") };
	struct buf b;

	(void)state;
	buf_init(&b, 9);
	assert_int_not_equal(store_spell(&b, &key), ERR_OK);
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_are_spelt_in_lower_case_hex),
		cmocka_unit_test(owners_are_spelt_as_arrays_of_numbers),
		cmocka_unit_test(accounts_are_spelt_with_their_addresses),
		cmocka_unit_test(a_full_buffer_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
