/*
 * tests/fuzz/fuzz_peg.c - What the peg reads from strangers comes back as it
 * was.
 *
 * A deposit or reclaim script that is accepted is the only one of its meaning;
 * packed ids are packed and read again as the same.
 */
#include "config.h"

#include "tests/lib/fuzz.h"

#include <string.h>

#include "clarity/base/check.h"
#include "sbtc/peg/peg_deposit_script.h"
#include "sbtc/peg/peg_idpack.h"
#include "sbtc/peg/peg_reclaim_script.h"

static void check_deposit(struct span script)
{
	struct peg_deposit_script s;
	struct peg_deposit_room room;

	if (peg_deposit_script_read(&s, script) != ERR_OK)
		return;
	peg_deposit_script_write(&room, &s);
	CHECK(span_eq(script, span_of(room.bytes, room.len)));
}

static void check_reclaim(struct span script)
{
	struct peg_reclaim_script s;
	struct buf b;

	if (peg_reclaim_script_read(&s, script) != ERR_OK)
		return;
	buf_init(&b, PEG_RECLAIM_SCRIPT_MAX);
	CHECK(peg_reclaim_script_write(&b, &s) == ERR_OK);
	CHECK(span_eq(script, buf_span(&b)));
	buf_fini(&b);
}

static void check_ids(struct span packed)
{
	struct arena a;
	struct buf b;
	const uint64_t *ids;
	const uint64_t *same;
	uint32_t n;
	uint32_t n_same;

	arena_init(&a, 1 << 24);
	if (peg_idpack_read(&a, &ids, &n, packed) == ERR_OK) {
		buf_init(&b, 1 << 20);
		CHECK(peg_idpack_write(&b, ids, n) == ERR_OK);
		CHECK(peg_idpack_read(&a, &same, &n_same, buf_span(&b)) ==
		      ERR_OK);
		CHECK(n == n_same && memcmp(ids, same, n * sizeof(*ids)) == 0);
		buf_fini(&b);
	}
	arena_fini(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct span all = span_of(bytes, len);

	check_deposit(all);
	check_reclaim(all);
	check_ids(all);
	return 0;
}
