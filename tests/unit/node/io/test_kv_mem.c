/* tests/unit/node/io/test_kv_mem.c - Claims about the database in memory: it
 * gives what the one on disk gives, and is whole when memory runs out. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/io/kv.h"
#include "node/io/kv_mem.h"
#include "tests/lib/temp_dir.h"

#define ROUNDS 60u
#define STEPS 40u

static uint64_t seed = 7;

static uint32_t chance(uint32_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 33) % below;
}

static struct span any_key(uint8_t room[4])
{
	size_t len = 1 + chance(3);

	for (size_t i = 0; i < len; i++)
		room[i] = (uint8_t)chance(6);
	return span_of(room, len);
}

/* Adds the same step to both batches. */
static void step(struct kv *const kv[2], struct kv_batch *const b[2])
{
	uint8_t key[4], other[4], value[3] = { (uint8_t)chance(255) };
	struct span k = any_key(key), to = any_key(other);
	struct span v = span_of(value, chance(4));
	uint32_t family = chance(2), what = chance(8);

	for (uint32_t i = 0; i < 2; i++) {
		if (what == 0 && span_cmp(k, to) < 0)
			kv_batch_del_range(b[i], kv[i], family, k, to);
		else if (what < 3)
			kv_batch_del(b[i], kv[i], family, k);
		else
			kv_batch_put(b[i], kv[i], family, k, v);
	}
}

static void expect_same(struct kv *const kv[2], uint32_t family)
{
	uint8_t room[4];
	struct span from = any_key(room), key[2], value[2];
	struct kv_iter *it[2];
	bool found[2];

	for (uint32_t i = 0; i < 2; i++)
		it[i] = kv_iter_open(kv[i], family, from);
	do {
		for (uint32_t i = 0; i < 2; i++)
			assert_int_equal(
			    kv_iter_next(it[i], &key[i], &value[i], &found[i]),
			    ERR_OK);
		assert_int_equal(found[0], found[1]);
		if (found[0]) {
			assert_true(span_eq(key[0], key[1]));
			assert_true(span_eq(value[0], value[1]));
		}
	} while (found[0]);
	kv_iter_close(it[0]);
	kv_iter_close(it[1]);
}

static void memory_and_disk_agree_over_random_batches(void **state)
{
	(void)state;
	static const char *const families[] = { "one", "two" };
	char path[TEMP_DIR_MAX], why[KV_WHY_MAX];
	struct kv_options o = { .path = path,
		                .families = families,
		                .n_families = 2,
		                .may_create = true };
	struct kv_batch *b[2] = { kv_batch_new(), kv_batch_new() };
	struct kv *kv[2];

	temp_dir_make(path);
	assert_int_equal(kv_open(&kv[0], &o, why), ERR_OK);
	assert_int_equal(kv_open_mem(&kv[1], 2, 1 << 20), ERR_OK);
	for (uint32_t r = 0; r < ROUNDS; r++) {
		for (uint32_t s = 0; s < STEPS; s++)
			step(kv, b);
		for (uint32_t i = 0; i < 2; i++) {
			assert_int_equal(kv_write(kv[i], b[i], false), ERR_OK);
			kv_batch_clear(b[i]);
		}
		expect_same(kv, r % 2);
	}
	for (uint32_t i = 0; i < 2; i++) {
		kv_batch_free(b[i]);
		kv_close(kv[i]);
	}
	temp_dir_remove(path);
}

static void a_batch_past_the_maximum_changes_nothing(void **state)
{
	(void)state;
	struct kv_mem *m = kv_mem_new(1, 30);
	struct buf batch;
	struct span got;

	buf_init(&batch, 1 << 10);
	kv_mem_step(&batch, KV_MEM_PUT, 0, span_str("a"), span_str("first"));
	assert_int_equal(kv_mem_write(m, buf_span(&batch)), ERR_OK);
	buf_reset(&batch);
	kv_mem_step(&batch, KV_MEM_PUT, 0, span_str("a"), span_str("second"));
	kv_mem_step(&batch, KV_MEM_PUT, 0, span_str("b"), span_str("third"));
	assert_int_equal(kv_mem_write(m, buf_span(&batch)), ERR_NO_MEMORY);
	assert_true(kv_mem_get(m, 0, span_str("a"), &got));
	assert_true(span_eq(got, span_str("first")));
	assert_false(kv_mem_get(m, 0, span_str("b"), &got));
	assert_int_equal(kv_mem_count(m, 0), 1);
	assert_int_equal(kv_mem_bytes(m, 0), 6);
	buf_fini(&batch);
	kv_mem_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_and_disk_agree_over_random_batches),
		cmocka_unit_test(a_batch_past_the_maximum_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
