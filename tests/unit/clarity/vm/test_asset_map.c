/* tests/unit/clarity/vm/test_asset_map.c - Claims about
 * clarity/vm/asset_map.c: who parted with what, in nested calls. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/vm/asset_map.h"

struct book {
	struct arena arena;
	struct asset_map map;
	const struct principal *alice, *bob;
};

static void open_book(struct book *b)
{
	arena_init(&b->arena, 1 << 22);
	asset_map_init(&b->map, &b->arena);
	assert_int_equal(
	    principal_parse(&b->arena, &b->alice,
	                    span_str("SP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ"
	                             "7")),
	    PRINCIPAL_OK);
	assert_int_equal(principal_parse(&b->arena, &b->bob,
	                                 span_str("SP000000000000000000002Q6V"
	                                          "F78")),
	                 PRINCIPAL_OK);
}

static void close_book(struct book *b)
{
	arena_fini(&b->arena);
}

static enum err move(struct book *b, enum asset_kind kind,
                     const struct principal *who, u128 amount)
{
	struct asset_entry e = { .kind = kind, .owner = who, .amount = amount };

	return asset_map_add(&b->map, &e);
}

static void move_id(struct book *b, uint32_t id)
{
	struct asset_id *ids = arena_new(&b->arena, struct asset_id);
	struct asset_entry e = { .kind = ASSET_NFT,
		                 .owner = b->alice,
		                 .contract = b->bob,
		                 .name = span_str("art"),
		                 .ids = ids,
		                 .last_id = ids };

	*ids = (struct asset_id){ .id = value_uint(id) };
	assert_int_equal(asset_map_add(&b->map, &e), ERR_OK);
}

static void movements_of_one_asset_add_up(void **state)
{
	struct book b;

	(void)state;
	open_book(&b);
	assert_int_equal(move(&b, ASSET_STX, b.alice, 3), ERR_OK);
	assert_int_equal(move(&b, ASSET_STX, b.bob, 1), ERR_OK);
	assert_int_equal(move(&b, ASSET_STX_BURN, b.alice, 7), ERR_OK);
	assert_int_equal(move(&b, ASSET_STX, b.alice, 4), ERR_OK);
	assert_int_equal(b.map.n, 3);
	assert_true(b.map.items[0].amount == 7);
	assert_true(b.map.items[1].amount == 1);
	close_book(&b);
}

static void a_sum_that_does_not_fit_is_refused(void **state)
{
	struct book b;

	(void)state;
	open_book(&b);
	assert_int_equal(move(&b, ASSET_STX, b.alice, ~(u128)0), ERR_OK);
	assert_int_equal(move(&b, ASSET_STX, b.alice, 0), ERR_OK);
	assert_int_equal(move(&b, ASSET_STX, b.alice, 1), ERR_OVERFLOW);
	assert_true(b.map.items[0].amount == ~(u128)0);
	close_book(&b);
}

static void a_dropped_map_leaves_the_outer_one_as_it_was(void **state)
{
	struct book b;
	uint32_t outer;

	(void)state;
	open_book(&b);
	assert_int_equal(move(&b, ASSET_STX, b.alice, 3), ERR_OK);
	outer = asset_map_begin(&b.map);
	assert_int_equal(move(&b, ASSET_STX, b.alice, 4), ERR_OK);
	assert_int_equal(move(&b, ASSET_FT, b.alice, 4), ERR_OK);
	asset_map_drop(&b.map, outer);
	assert_int_equal(b.map.n, 1);
	assert_true(b.map.items[0].amount == 3);
	close_book(&b);
}

static void a_committed_map_is_added_to_the_outer_one(void **state)
{
	struct book b;
	uint32_t outer, middle;

	(void)state;
	open_book(&b);
	assert_int_equal(move(&b, ASSET_STX, b.alice, 3), ERR_OK);
	outer = asset_map_begin(&b.map);
	assert_int_equal(move(&b, ASSET_STX, b.alice, 4), ERR_OK);
	middle = asset_map_begin(&b.map);
	assert_int_equal(move(&b, ASSET_STX, b.bob, 5), ERR_OK);
	assert_int_equal(asset_map_commit(&b.map, middle, false), ERR_OK);
	assert_int_equal(asset_map_commit(&b.map, outer, false), ERR_OK);
	assert_int_equal(b.map.n, 2);
	assert_true(b.map.items[0].amount == 7);
	assert_true(b.map.items[1].amount == 5);
	assert_int_equal(b.map.start, 0);
	close_book(&b);
}

static void a_refused_commit_changes_nothing(void **state)
{
	struct book b;
	uint32_t outer;

	(void)state;
	open_book(&b);
	assert_int_equal(move(&b, ASSET_FT, b.alice, 1), ERR_OK);
	assert_int_equal(move(&b, ASSET_STX, b.alice, ~(u128)0), ERR_OK);
	outer = asset_map_begin(&b.map);
	assert_int_equal(move(&b, ASSET_FT, b.alice, 1), ERR_OK);
	assert_int_equal(move(&b, ASSET_STX, b.alice, 1), ERR_OK);
	assert_int_equal(asset_map_commit(&b.map, outer, false), ERR_OVERFLOW);
	assert_true(b.map.items[0].amount == 1);
	close_book(&b);
}

static void a_second_stacking_is_refused_before_epoch_4(void **state)
{
	struct book b;
	uint32_t outer;

	(void)state;
	open_book(&b);
	assert_int_equal(move(&b, ASSET_STACKING, b.alice, 1), ERR_OK);
	outer = asset_map_begin(&b.map);
	assert_int_equal(move(&b, ASSET_STACKING, b.alice, 2), ERR_OK);
	assert_int_equal(asset_map_commit(&b.map, outer, false), ERR_TOO_LARGE);
	assert_int_equal(asset_map_commit(&b.map, outer, true), ERR_OK);
	assert_true(b.map.items[0].amount == 3);
	close_book(&b);
}

static void ids_are_gathered_newest_first(void **state)
{
	struct book b;
	const struct asset_id *id;
	uint32_t outer;

	(void)state;
	open_book(&b);
	move_id(&b, 1);
	outer = asset_map_begin(&b.map);
	move_id(&b, 2);
	move_id(&b, 3);
	assert_int_equal(asset_map_commit(&b.map, outer, false), ERR_OK);
	assert_int_equal(b.map.n, 1);
	id = b.map.items[0].ids;
	for (uint32_t want = 3; want > 0; want--, id = id->next)
		assert_true(id->id.u == want);
	assert_null(id);
	assert_true(b.map.items[0].last_id->id.u == 1);
	close_book(&b);
}

static void many_owners_are_kept_apart(void **state)
{
	struct book b;

	(void)state;
	open_book(&b);
	for (uint32_t i = 0; i < 200; i++) {
		struct asset_entry e = { .kind = ASSET_FT,
			                 .owner = b.alice,
			                 .contract = b.bob,
			                 .amount = i };
		char name[8] = { (char)('a' + i % 26), (char)('a' + i / 26) };

		e.name = span_of(arena_copy(&b.arena, name, 2), 2);
		assert_int_equal(asset_map_add(&b.map, &e), ERR_OK);
	}
	assert_int_equal(b.map.n, 200);
	for (uint32_t i = 0; i < 200; i++)
		assert_true(b.map.items[i].amount == i);
	close_book(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(movements_of_one_asset_add_up),
		cmocka_unit_test(a_sum_that_does_not_fit_is_refused),
		cmocka_unit_test(a_dropped_map_leaves_the_outer_one_as_it_was),
		cmocka_unit_test(a_committed_map_is_added_to_the_outer_one),
		cmocka_unit_test(a_refused_commit_changes_nothing),
		cmocka_unit_test(a_second_stacking_is_refused_before_epoch_4),
		cmocka_unit_test(ids_are_gathered_newest_first),
		cmocka_unit_test(many_owners_are_kept_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
