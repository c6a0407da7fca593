/* tests/unit/node/wire/test_wire.c - Claims about node/wire/wire.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/base/num.h"
#include "node/wire/wire.h"

static uint8_t room[1024];

static struct cursor first(size_t len)
{
	return cursor_of(span_of(room, len));
}

/* A length byte and as many letters. */
static struct cursor name_of(size_t len)
{
	room[0] = (uint8_t)len;
	memset(room + 1, 'a', len);
	return first(1 + len);
}

static void a_count_is_bounded_by_its_list_and_by_the_input(void **state)
{
	(void)state;
	struct cursor c;
	uint32_t n;

	memset(room, 0, sizeof(room));
	be32_write(room, 10);
	c = first(4 + 30);
	assert_int_equal(wire_count(&c, 10, 3, &n), ERR_OK);
	assert_int_equal(n, 10);
	c = first(4 + 29);
	assert_int_equal(wire_count(&c, 10, 3, &n), ERR_TRUNCATED);
	c = first(4 + 30);
	assert_int_equal(wire_count(&c, 9, 3, &n), ERR_WIRE_COUNT);
	be32_write(room, UINT32_MAX);
	c = first(sizeof(room));
	assert_int_equal(wire_count(&c, UINT32_MAX, 1, &n), ERR_TRUNCATED);
}

static void lists_end_where_the_network_s_memory_would(void **state)
{
	(void)state;
	assert_int_equal(WIRE_MESSAGE_MAX, 16778054);
	assert_int_equal(WIRE_TXS_MAX, 30395);
	assert_int_equal(WIRE_POSTCONDS_MAX, 87385);
	assert_int_equal(WIRE_AUTH_FIELDS_MAX, 254212);
	assert_int_equal(WIRE_ARGS_MAX, 262157);
	assert_int_equal(WIRE_SIGNATURES_MAX, 258123);
}

static void versions_of_addresses_end_at_31(void **state)
{
	(void)state;
	struct address a;
	struct cursor c;

	memset(room, 7, sizeof(room));
	room[0] = 31;
	c = first(21);
	assert_int_equal(wire_address(&c, &a), ERR_OK);
	assert_int_equal(a.version, 31);
	room[0] = 32;
	c = first(21);
	assert_int_equal(wire_address(&c, &a), ERR_WIRE_ADDRESS);
	room[0] = 31;
	c = first(20);
	assert_int_equal(wire_address(&c, &a), ERR_TRUNCATED);
}

static void contract_names_have_1_to_40_bytes(void **state)
{
	(void)state;
	struct span name;
	struct cursor c;

	c = name_of(0);
	assert_int_equal(wire_contract_name(&c, &name), ERR_WIRE_NAME);
	c = name_of(1);
	assert_int_equal(wire_contract_name(&c, &name), ERR_OK);
	c = name_of(39);
	assert_int_equal(wire_contract_name(&c, &name), ERR_OK);
	c = name_of(40);
	assert_int_equal(wire_contract_name(&c, &name), ERR_OK);
	assert_int_equal(name.len, 40);
	c = name_of(41);
	assert_int_equal(wire_contract_name(&c, &name), ERR_WIRE_NAME);
	c = name_of(3);
	room[1] = '1';
	assert_int_equal(wire_contract_name(&c, &name), ERR_WIRE_NAME);
}

static void clarity_names_have_1_to_128_bytes(void **state)
{
	(void)state;
	struct span name;
	struct cursor c;

	c = name_of(0);
	assert_int_equal(wire_clarity_name(&c, &name), ERR_WIRE_NAME);
	c = name_of(127);
	assert_int_equal(wire_clarity_name(&c, &name), ERR_OK);
	c = name_of(128);
	assert_int_equal(wire_clarity_name(&c, &name), ERR_OK);
	c = name_of(129);
	assert_int_equal(wire_clarity_name(&c, &name), ERR_WIRE_NAME);
	c = name_of(1);
	room[1] = '+';
	assert_int_equal(wire_clarity_name(&c, &name), ERR_OK);
}

static void texts_are_printable_ascii_tabs_and_newlines(void **state)
{
	(void)state;
	for (unsigned byte = 0; byte < 256; byte++) {
		struct span text;
		struct cursor c = first(5);
		bool is_good = byte == '\t' || byte == '\n' ||
		               (byte >= 0x20 && byte <= 0x7e);

		be32_write(room, 1);
		room[4] = (uint8_t)byte;
		assert_int_equal(wire_text(&c, &text),
		                 is_good ? ERR_OK : ERR_WIRE_TEXT);
	}
}

static void an_empty_text_is_a_text(void **state)
{
	(void)state;
	struct span text;
	struct cursor c = first(4);

	be32_write(room, 0);
	assert_int_equal(wire_text(&c, &text), ERR_OK);
	assert_int_equal(text.len, 0);
	be32_write(room, 1);
	c = first(4);
	assert_int_equal(wire_text(&c, &text), ERR_TRUNCATED);
}

/* Inside values and as recipients, names may have up to 128 bytes. */
static void principals_take_long_contract_names(void **state)
{
	(void)state;
	for (size_t len = 126; len <= 129; len++) {
		const struct principal *p;
		struct cursor c = first(23 + len);

		memset(room, 1, 22);
		room[0] = PRINCIPAL_CONTRACT;
		room[22] = (uint8_t)len;
		memset(room + 23, 'x', len);
		assert_int_equal(wire_principal(&c, &p),
		                 len <= 128 ? ERR_OK : ERR_WIRE_NAME);
	}
}

static void principals_come_back_as_they_were(void **state)
{
	(void)state;
	const struct principal *p;
	struct buf b;
	struct cursor c = first(22);

	buf_init(&b, 256);
	memset(room, 3, sizeof(room));
	room[0] = PRINCIPAL_STANDARD;
	assert_int_equal(wire_principal(&c, &p), ERR_OK);
	assert_int_equal(cursor_left(&c), 0);
	assert_int_equal(wire_add_principal(&b, p), ERR_OK);
	assert_int_equal(b.len, 22);
	assert_memory_equal(b.p, room, 22);
	buf_fini(&b);
	room[0] = 7;
	c = first(22);
	assert_int_equal(wire_principal(&c, &p), ERR_WIRE_PRINCIPAL);
	room[0] = PRINCIPAL_STANDARD;
	room[1] = 32;
	c = first(22);
	assert_int_equal(wire_principal(&c, &p), ERR_WIRE_ADDRESS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_count_is_bounded_by_its_list_and_by_the_input),
		cmocka_unit_test(lists_end_where_the_network_s_memory_would),
		cmocka_unit_test(versions_of_addresses_end_at_31),
		cmocka_unit_test(contract_names_have_1_to_40_bytes),
		cmocka_unit_test(clarity_names_have_1_to_128_bytes),
		cmocka_unit_test(texts_are_printable_ascii_tabs_and_newlines),
		cmocka_unit_test(an_empty_text_is_a_text),
		cmocka_unit_test(principals_take_long_contract_names),
		cmocka_unit_test(principals_come_back_as_they_were),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
