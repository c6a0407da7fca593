/* tests/unit/clarity/test_embed_store.c - Claims about clarity/embed_store.c:
 * a machine over a store of the embedder's. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/base/arena.h"
#include "clarity/base/hmap.h"
#include "clarity/clarity.h"

#define ALICE "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM"
#define BOX ALICE ".box"

static const char box[] =
    "(define-constant blob 0x0102)\n"
    "(define-fungible-token coin u50)\n"
    "(define-map seen uint (string-ascii 5))\n"
    "(define-public (put (k uint))\n"
    "  (begin (map-set seen k \"hello\") (ft-mint? coin k tx-sender)))\n"
    "(define-read-only (peek (k uint)) (map-get? seen k))\n"
    "(define-read-only (constant) { b: blob, n: (ft-get-supply coin) })\n";

/* A store that can be told to fail at its n-th call. */
struct shelf {
	struct arena arena;
	struct hmap entries;
	unsigned calls;
	unsigned fails_at; /* 0: never */
};

static int shelf_get(void *ctx, struct clarity_bytes key,
                     struct clarity_bytes *ret, bool *found)
{
	struct shelf *s = ctx;
	const struct span *value;

	if (++s->calls == s->fails_at)
		return 77;
	value = hmap_get(&s->entries, span_of(key.p, key.len));
	*found = value != NULL;
	if (value)
		*ret = (struct clarity_bytes){ value->p, value->len };
	return 0;
}

static int shelf_put(void *ctx, struct clarity_bytes key,
                     struct clarity_bytes value)
{
	struct shelf *s = ctx;
	struct span *copy = arena_new(&s->arena, struct span);
	const void *name = arena_copy(&s->arena, key.p, key.len);

	if (++s->calls == s->fails_at)
		return 78;
	*copy = span_of(arena_copy(&s->arena, value.p, value.len), value.len);
	assert_int_equal(hmap_put(&s->entries, span_of(name, key.len), copy),
	                 ERR_OK);
	return 0;
}

static void shelf_open(struct shelf *s)
{
	*s = (struct shelf){ .calls = 0 };
	arena_init(&s->arena, 1 << 26);
	hmap_init(&s->entries, NULL, 1 << 20, NULL);
}

static void shelf_close(struct shelf *s)
{
	hmap_fini(&s->entries);
	arena_fini(&s->arena);
}

static struct clarity *machine(struct shelf *s)
{
	struct clarity_store store = { s, shelf_get, shelf_put };
	struct clarity_options o = { .epoch = "3.4", .store = &store };
	struct clarity *c;

	assert_int_equal(clarity_new(&c, &o), CLARITY_OK);
	clarity_begin(c, NULL);
	return c;
}

static enum clarity_status call(struct clarity *c, const char *function,
                                bool has_arg)
{
	uint8_t bytes[17] = {
		1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3
	};
	struct clarity_bytes arg = { bytes, sizeof(bytes) };
	struct clarity_call k = { .contract = BOX,
		                  .function = function,
		                  .sender = ALICE,
		                  .args = &arg,
		                  .n_args = has_arg };

	return clarity_call(c, &k);
}

/* Deploys and writes; the first status that is not good. */
static enum clarity_status fill(struct clarity *c)
{
	enum clarity_status s = clarity_deploy(c, BOX, box, strlen(box), 0);

	if (s == CLARITY_OK)
		s = clarity_commit(c);
	if (s != CLARITY_OK)
		return s;
	clarity_begin(c, NULL);
	s = call(c, "put", true);
	return s == CLARITY_OK ? clarity_commit(c) : s;
}

static void another_machine_finds_all_of_it(void **state)
{
	struct shelf s;
	struct clarity *c;

	(void)state;
	shelf_open(&s);
	c = machine(&s);
	assert_int_equal(fill(c), CLARITY_OK);
	clarity_free(c);
	c = machine(&s);
	assert_int_equal(call(c, "peek", true), CLARITY_OK);
	assert_string_equal(clarity_value_text(c), "(some \"hello\")");
	assert_int_equal(call(c, "constant", false), CLARITY_OK);
	assert_string_equal(clarity_value_text(c), "{ b: 0x0102, n: u3 }");
	clarity_free(c);
	shelf_close(&s);
}

static void keys_are_those_of_the_network(void **state)
{
	struct shelf s;
	struct clarity *c;

	(void)state;
	shelf_open(&s);
	c = machine(&s);
	assert_int_equal(fill(c), CLARITY_OK);
	assert_true(hmap_has(&s.entries, span_str("vm::" BOX "::3::coin")));
	assert_true(hmap_has(&s.entries,
	                     span_str("vm::" BOX "::0::seen::01000000000000000"
	                              "00000000000000003")));
	assert_true(hmap_has(&s.entries, span_str("clarity-contract::" BOX)));
	assert_true(hmap_has(&s.entries, span_str("contract:" BOX)));
	clarity_free(c);
	shelf_close(&s);
}

static void a_failure_of_the_store_is_never_a_verdict(void **state)
{
	struct shelf s;
	struct clarity *c;
	unsigned n = 1;

	(void)state;
	for (;; n++) {
		enum clarity_status status;

		shelf_open(&s);
		c = machine(&s);
		s.fails_at = n;
		status = fill(c);
		if (s.calls < n) {
			assert_int_equal(status, CLARITY_OK);
			break;
		}
		assert_int_equal(status, CLARITY_STORE_FAILED);
		assert_true(clarity_store_error(c) == 77 ||
		            clarity_store_error(c) == 78);
		clarity_free(c);
		shelf_close(&s);
	}
	clarity_free(c);
	shelf_close(&s);
	assert_true(n > 10);
}

static void a_damaged_record_is_a_failure_too(void **state)
{
	struct shelf s;
	struct clarity *c;
	struct span *record;

	(void)state;
	shelf_open(&s);
	c = machine(&s);
	assert_int_equal(fill(c), CLARITY_OK);
	clarity_free(c);
	record = hmap_get(&s.entries, span_str("contract:" BOX));
	for (size_t len = 0; len < record->len; len += 1 + len / 8) {
		struct span whole = *record;

		record->len = len;
		c = machine(&s);
		assert_int_equal(call(c, "peek", true), CLARITY_STORE_FAILED);
		clarity_free(c);
		*record = whole;
	}
	shelf_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(another_machine_finds_all_of_it),
		cmocka_unit_test(keys_are_those_of_the_network),
		cmocka_unit_test(a_failure_of_the_store_is_never_a_verdict),
		cmocka_unit_test(a_damaged_record_is_a_failure_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
