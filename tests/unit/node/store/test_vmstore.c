/* tests/unit/node/store/test_vmstore.c - Claims about the machine's store: the
 * state tells what was put, the trie commits to the network's text of it. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/store/marf_mem.h"
#include "node/store/vmstore.h"
#include "tests/lib/hex.h"

#define BYTES_MAX ((size_t)1 << 24)

struct fixture {
	struct state *state;
	struct vmstore v;
	struct arena arena;
	struct principal_room owner;
};

static const struct principal *owner(struct fixture *f)
{
	return (const void *)f->owner.bytes;
}

static int set_up(void **state)
{
	static struct fixture f;

	memset(&f, 0, sizeof(f));
	f.state = state_new(1000, BYTES_MAX, NULL);
	arena_init(&f.arena, BYTES_MAX);
	vmstore_init(&f.v, f.state, NULL);
	state_begin(f.state);
	f.owner.bytes[0] = PRINCIPAL_CONTRACT;
	f.owner.bytes[1] = PRINCIPAL_MAINNET_SINGLESIG;
	f.owner.bytes[22] = 1;
	f.owner.bytes[23] = 'n';
	*state = &f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	vmstore_fini(&f->v);
	state_free(f->state);
	arena_fini(&f->arena);
	return 0;
}

static struct store_key key_of(struct fixture *f, enum store_tail form)
{
	return (struct store_key){ .text = span_str("text::"),
		                   .tail = span_of(f->owner.bytes, 24),
		                   .form = form };
}

static void keys_of_different_forms_do_not_meet(void **state)
{
	struct fixture *f = *state;
	static const enum store_tail forms[] = { STORE_TAIL_HEX,
		                                 STORE_TAIL_OWNER,
		                                 STORE_TAIL_BALANCE,
		                                 STORE_TAIL_NONCE };
	struct span got;
	bool found;

	for (uint8_t i = 0; i < 4; i++) {
		struct store_key key = key_of(f, forms[i]);

		assert_int_equal(vmstore_get(&f->v, &key, &got, &found),
		                 ERR_OK);
		assert_false(found);
		assert_int_equal(
		    vmstore_put(&f->v, &key, span_of(&i, 1), STORE_TEXT),
		    ERR_OK);
	}
	for (uint8_t i = 0; i < 4; i++) {
		struct store_key key = key_of(f, forms[i]);

		assert_int_equal(vmstore_get(&f->v, &key, &got, &found),
		                 ERR_OK);
		assert_true(found);
		assert_int_equal(got.len, 1);
		assert_int_equal(got.p[0], i);
	}
}

static void expect_leaf(const struct marf *m, const char *key,
                        const char *value)
{
	uint8_t path[TRIE_PATH_LEN], want[TRIE_DATA_LEN], got[TRIE_DATA_LEN];
	bool found;

	marf_path(path, span_str(key));
	marf_data(want, span_str(value));
	assert_int_equal(trie_get(&m->trie, path, got, &found), ERR_OK);
	assert_true(found);
	assert_memory_equal(got, want, sizeof(want));
}

static void the_trie_holds_the_spelled_texts(void **state)
{
	struct fixture *f = *state;
	struct marf_mem *mem = marf_mem_new(BYTES_MAX);
	const uint8_t id[TRIE_HASH_LEN] = { 7 }, bytes[] = { 0xab, 0x01 };
	struct marf m;

	assert_int_equal(
	    marf_begin(&m, &f->arena, marf_mem_backend(mem), TRIE_NO_BLOCK, id),
	    ERR_OK);
	vmstore_use_trie(&f->v, &m);

	struct store_key hex = key_of(f, STORE_TAIL_HEX);
	struct store_key contract = key_of(f, STORE_TAIL_OWNER);
	struct store_key nonce = key_of(f, STORE_TAIL_NONCE);

	assert_int_equal(vmstore_put(&f->v, &hex, span_of(bytes, 2), STORE_HEX),
	                 ERR_OK);
	assert_int_equal(
	    vmstore_put(&f->v, &contract, span_str("12"), STORE_TEXT), ERR_OK);
	assert_int_equal(vmstore_put(&f->v, &nonce, span_str("3"), STORE_TEXT),
	                 ERR_OK);
	expect_leaf(&m,
	            "text::06160000000000000000000000000000000000000000016e",
	            "ab01");
	expect_leaf(&m,
	            "text::{\"Contract\":{\"issuer\":[22,[0,0,0,0,0,0,0,0,0,0,"
	            "0,0,0,0,0,0,0,0,0,0]],\"name\":\"n\"}}",
	            "12");
	expect_leaf(&m, "text::SP000000000000000000002Q6VF78.n::18", "3");
	vmstore_use_trie(&f->v, NULL);
	marf_mem_free(mem);
}

static void a_contract_comes_back_whole(void **state)
{
	struct fixture *f = *state;
	const struct store_constant constants[] = {
		{ .name = span_str("one"), .bytes = span_str("1"), .size = 16 },
		{ .name = span_str("none"), .bytes = span_str(""), .size = 1 },
	};
	struct store_contract put = { .source = span_str("(source)"),
		                      .hash = { 1, 2, 3 },
		                      .height = 77,
		                      .epoch = EPOCH_3_4,
		                      .version = CLARITY_4,
		                      .data_size = 17,
		                      .constants = constants,
		                      .n_constants = 2 };
	struct store_contract got;
	const struct store *s = &f->v.store;
	bool found;

	assert_int_equal(
	    s->ops->contract_get(s->ctx, &f->arena, owner(f), &got, &found),
	    ERR_OK);
	assert_false(found);
	assert_int_equal(s->ops->contract_put(s->ctx, owner(f), &put), ERR_OK);
	assert_int_equal(
	    s->ops->contract_get(s->ctx, &f->arena, owner(f), &got, &found),
	    ERR_OK);
	assert_true(found);
	assert_true(span_eq(got.source, put.source));
	assert_memory_equal(got.hash, put.hash, STORE_HASH_LEN);
	assert_int_equal(got.height, 77);
	assert_int_equal(got.epoch, EPOCH_3_4);
	assert_int_equal(got.version, CLARITY_4);
	assert_int_equal(got.data_size, 17);
	assert_int_equal(got.n_constants, 2);
	for (uint32_t i = 0; i < 2; i++) {
		assert_true(span_eq(got.constants[i].name, constants[i].name));
		assert_true(
		    span_eq(got.constants[i].bytes, constants[i].bytes));
		assert_int_equal(got.constants[i].size, constants[i].size);
	}
}

/* Cut or changed anywhere, a record is a fault or another contract, never a
 * crash; a wrong version or count is always a fault. */
static void a_damaged_contract_is_a_fault(void **state)
{
	struct fixture *f = *state;
	struct store_contract put = { .source = span_str("s") }, got;
	const struct store *s = &f->v.store;
	struct span key, record;
	uint8_t copy[256], key_bytes[64];
	bool found;

	assert_int_equal(s->ops->contract_put(s->ctx, owner(f), &put), ERR_OK);
	memcpy(key_bytes, f->v.key.p, f->v.key.len);
	key = span_of(key_bytes, f->v.key.len);
	assert_true(state_get(f->state, key, &record));
	memcpy(copy, record.p, record.len);

	size_t len = record.len;

	for (size_t cut = 0; cut + 1 < len; cut++) {
		assert_int_equal(state_put(f->state, key, span_of(copy, cut)),
		                 ERR_OK);
		assert_int_equal(s->ops->contract_get(s->ctx, &f->arena,
		                                      owner(f), &got, &found),
		                 ERR_STORE_CORRUPT);
	}
	copy[0]++;
	assert_int_equal(state_put(f->state, key, span_of(copy, len)), ERR_OK);
	assert_int_equal(
	    s->ops->contract_get(s->ctx, &f->arena, owner(f), &got, &found),
	    ERR_STORE_CORRUPT);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(keys_of_different_forms_do_not_meet),
		CASE(the_trie_holds_the_spelled_texts),
		CASE(a_contract_comes_back_whole),
		CASE(a_damaged_contract_is_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
