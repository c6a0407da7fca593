/*
 * tests/unit/node/bitcoin/test_btc_verify.c - Claims about
 * node/bitcoin/btc_verify.c and the machine below it.
 *
 * Vectors: Bitcoin Core's script_tests.json, tx_valid.json, tx_invalid.json;
 * the taproot script assets.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "node/bitcoin/btc_txcheck.h"
#include "node/bitcoin/taptree.h"
#include "tests/unit/node/bitcoin/btc_case.h"
#include "tests/unit/node/bitcoin/script_text.h"

#define WITNESS_MAX 128u

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 26);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

/* --- script_tests.json --- */

struct row {
	struct span sig;
	struct span script;
	unsigned flags;
	struct span want;
	struct span witness[WITNESS_MAX];
	uint32_t n_witness;
	uint64_t value;
};

/* The key that nobody knows, and so nothing but scripts spend. */
static const uint8_t nobody[32] = {
	0x50, 0x92, 0x9b, 0x74, 0xc1, 0xa0, 0x49, 0x54, 0xb7, 0x8b, 0x4b,
	0x60, 0x35, 0xe9, 0x7a, 0x5e, 0x07, 0x8a, 0x5a, 0x0f, 0x28, 0xec,
	0x96, 0xd5, 0x47, 0xbf, 0xee, 0x9a, 0xce, 0x80, 0x3a, 0xc0,
};

static uint64_t amount_of(const struct json *v)
{
	int64_t n;

	assert_true(json_read_fixed(v, 8, &n));
	return (uint64_t)n;
}

static bool has_prefix(struct span text, const char *prefix)
{
	size_t len = strlen(prefix);

	return text.len >= len && memcmp(text.p, prefix, len) == 0;
}

/* Fills the placeholders of tapscript rows; the output's script names its key
 * by one as well. */
static void read_witness(struct row *r, const struct json *list,
                         struct span *ret_output)
{
	static uint8_t control[33];
	static uint8_t output[34] = { BTC_OP_1, 32 };
	uint8_t leaf[32];
	bool is_odd;

	for (const struct json *v = json_read_first(list); v;
	     v = json_read_next(v)) {
		struct span text;

		if (!json_read_text(v, &text)) {
			r->value = amount_of(v);
			continue;
		}
		assert_in_range(r->n_witness, 0, WITNESS_MAX - 1);
		struct span *item = &r->witness[r->n_witness++];

		if (has_prefix(text, "#SCRIPT# ")) {
			*item = script_text(&arena,
			                    span_of(text.p + 9, text.len - 9));
			taptree_leaf(leaf, TAPTREE_LEAF_VERSION, *item);
			assert_int_equal(
			    taptree_output(output + 2, &is_odd, nobody, leaf),
			    ERR_OK);
			control[0] = (uint8_t)(TAPTREE_LEAF_VERSION | is_odd);
			memcpy(control + 1, nobody, 32);
			*ret_output = span_of(output, sizeof(output));
		} else if (has_prefix(text, "#CONTROLBLOCK#")) {
			*item = span_of(control, sizeof(control));
		} else {
			*item = btc_case_hex(&arena, v);
		}
	}
}

/* @return false for a row that is a comment. */
static bool read_row(struct row *r, const struct json *row)
{
	const struct json *first = json_read_first(row);
	struct span output = { NULL, 0 };
	unsigned at = 0;

	memset(r, 0, sizeof(*r));
	if (!btc_case_at(row, 3))
		return false;
	if (json_read_is_array(first)) {
		read_witness(r, first, &output);
		at = 1;
	}
	r->sig = script_text(&arena, btc_case_text(btc_case_at(row, at)));
	struct span script = btc_case_text(btc_case_at(row, at + 1));

	r->script = output.len > 0 ? output : script_text(&arena, script);
	r->flags = script_text_flags(btc_case_text(btc_case_at(row, at + 2)));
	r->want = btc_case_text(btc_case_at(row, at + 3));
	return true;
}

static enum btc_verify_err run_row(const struct row *r)
{
	static const uint8_t zeros[] = { 0, 0 };
	struct btc_in in = { .spends.n = BTC_TX_NO_OUTPUT,
		             .script = span_of(zeros, 2),
		             .sequence = 0xffffffff };
	struct btc_out out = { .value = r->value, .script = r->script };
	struct btc_tx credit = {
		.version = 1, .ins = &in, .n_ins = 1, .outs = &out, .n_outs = 1
	};
	struct btc_in spend_in = { .script = r->sig,
		                   .sequence = 0xffffffff,
		                   .witness = r->witness,
		                   .n_witness = r->n_witness };
	struct btc_out spend_out = { .value = r->value };
	struct btc_tx tx = { .version = 1,
		             .ins = &spend_in,
		             .n_ins = 1,
		             .outs = &spend_out,
		             .n_outs = 1,
		             .has_witness = r->n_witness > 0 };
	struct btc_spend spend = { .tx = &tx, .spent = &out };
	enum btc_verify_err why;

	assert_int_equal(btc_tx_id(spend_in.spends.txid, &credit), ERR_OK);
	enum err e = btc_verify_input(&arena, &spend, r->flags, &why);

	assert_int_equal(e, why == BTC_FAIL_OK ? ERR_OK : ERR_BTC_SCRIPT);
	return why;
}

static void core_s_scripts_end_as_they_do_there(void **state)
{
	(void)state;
	const struct json *doc = btc_case_load("script_tests.json");
	unsigned n_wrong = 0;
	unsigned n = 0;

	for (const struct json *v = json_read_first(doc); v;
	     v = json_read_next(v)) {
		struct row r;

		arena_reset(&arena);
		if (!read_row(&r, v))
			continue;
		if (r.flags & (BTC_VERIFY_CLEANSTACK | BTC_VERIFY_TAPROOT))
			r.flags |= BTC_VERIFY_P2SH | BTC_VERIFY_WITNESS;
		if (r.flags & BTC_VERIFY_WITNESS)
			r.flags |= BTC_VERIFY_P2SH;
		const char *got = btc_verify_name(run_row(&r));

		if (!span_eq(span_str(got), r.want)) {
			print_error("row %u: %s, wanted %.*s\n", n, got,
			            (int)r.want.len, (const char *)r.want.p);
			n_wrong++;
		}
		n++;
	}
	assert_int_equal(n_wrong, 0);
	assert_int_equal(n, 1233);
	json_read_free(doc);
}

/* --- tx_valid.json, tx_invalid.json --- */

#define INS_MAX 64u

struct tx_row {
	struct btc_tx tx;
	struct btc_out spent[INS_MAX];
	struct span flags;
};

static const struct json *find_spent(const struct json *list,
                                     const struct btc_outpoint *o)
{
	for (const struct json *v = json_read_first(list); v;
	     v = json_read_next(v)) {
		struct span id = btc_case_hex(&arena, btc_case_at(v, 0));
		int64_t n;
		bool is_same = true;

		assert_true(json_read_i64(btc_case_at(v, 1), &n));
		for (size_t i = 0; i < 32; i++)
			is_same &= id.p[i] == o->txid[31 - i];
		if (is_same && (uint32_t)n == o->n)
			return v;
	}
	return NULL;
}

static bool read_tx_row(struct tx_row *r, const struct json *row)
{
	const struct json *list = json_read_first(row);

	if (!json_read_is_array(list))
		return false;
	struct span bytes = btc_case_hex(&arena, btc_case_at(row, 1));
	struct cursor c = cursor_of(bytes);

	r->flags = btc_case_text(btc_case_at(row, 2));
	if (btc_tx_read(&arena, &r->tx, &c) != ERR_OK ||
	    cursor_done(&c) != ERR_OK) {
		c = cursor_of(bytes);
		assert_int_equal(btc_tx_read_old(&arena, &r->tx, &c), ERR_OK);
	}
	assert_in_range(r->tx.n_ins, 0, INS_MAX);
	for (uint32_t i = 0; i < r->tx.n_ins; i++) {
		const struct json *v = find_spent(list, &r->tx.ins[i].spends);

		memset(&r->spent[i], 0, sizeof(r->spent[i]));
		if (!v)
			continue;
		r->spent[i].script =
		    script_text(&arena, btc_case_text(btc_case_at(v, 2)));
		if (btc_case_at(v, 3))
			assert_true(json_read_u64(btc_case_at(v, 3),
			                          &r->spent[i].value));
	}
	return true;
}

static enum btc_verify_err run_tx_row(const struct tx_row *r, unsigned flags)
{
	for (uint32_t i = 0; i < r->tx.n_ins; i++) {
		struct btc_spend s = { .tx = &r->tx,
			               .at = i,
			               .spent = r->spent };
		enum btc_verify_err why;
		enum err e = btc_verify_input(&arena, &s, flags, &why);

		if (e != ERR_OK)
			return why;
	}
	return BTC_FAIL_OK;
}

/* Flags that ask for others bring them along, or go with them. */
static unsigned fill_flags(unsigned flags)
{
	if (flags & BTC_VERIFY_CLEANSTACK)
		flags |= BTC_VERIFY_WITNESS;
	if (flags & BTC_VERIFY_WITNESS)
		flags |= BTC_VERIFY_P2SH;
	return flags;
}

static unsigned trim_flags(unsigned flags)
{
	if (!(flags & BTC_VERIFY_P2SH))
		flags &= ~(unsigned)BTC_VERIFY_WITNESS;
	if (!(flags & BTC_VERIFY_WITNESS))
		flags &= ~(unsigned)BTC_VERIFY_CLEANSTACK;
	return flags;
}

#define ALL_FLAGS ((1u << 21) - 1)

/* Valid ones stay so with every single flag less. */
static void core_s_valid_transactions_are_valid(void **state)
{
	(void)state;
	const struct json *doc = btc_case_load("tx_valid.json");
	static struct tx_row r;
	enum btc_tx_fail fail;
	unsigned n = 0;

	for (const struct json *v = json_read_first(doc); v;
	     v = json_read_next(v)) {
		arena_reset(&arena);
		if (!read_tx_row(&r, v))
			continue;
		unsigned flags =
		    trim_flags(ALL_FLAGS & ~script_text_flags(r.flags));

		n++;
		assert_int_equal(btc_txcheck_alone(&arena, &r.tx, &fail),
		                 ERR_OK);
		if (run_tx_row(&r, flags) != BTC_FAIL_OK)
			fail_msg("row %u: %s", n,
			         btc_verify_name(run_tx_row(&r, flags)));
		for (unsigned f = 1; f < ALL_FLAGS; f <<= 1)
			assert_int_equal(run_tx_row(&r, trim_flags(flags & ~f)),
			                 BTC_FAIL_OK);
	}
	assert_int_equal(n, 121);
	json_read_free(doc);
}

/* Invalid ones stay so with every single flag more. */
static void core_s_invalid_transactions_are_refused(void **state)
{
	(void)state;
	const struct json *doc = btc_case_load("tx_invalid.json");
	static struct tx_row r;
	enum btc_tx_fail fail;
	unsigned n = 0;

	for (const struct json *v = json_read_first(doc); v;
	     v = json_read_next(v)) {
		arena_reset(&arena);
		if (!read_tx_row(&r, v))
			continue;
		n++;
		if (span_eq(r.flags, span_str("BADTX"))) {
			assert_int_equal(
			    btc_txcheck_alone(&arena, &r.tx, &fail),
			    ERR_BTC_RULE);
			continue;
		}
		unsigned flags = fill_flags(script_text_flags(r.flags));

		if (run_tx_row(&r, flags) == BTC_FAIL_OK)
			fail_msg("row %u is taken", n);
		for (unsigned f = 1; f < ALL_FLAGS; f <<= 1)
			assert_int_not_equal(
			    run_tx_row(&r, fill_flags(flags | f)), BTC_FAIL_OK);
	}
	assert_int_equal(n, 93);
	json_read_free(doc);
}

/* --- script_assets_taproot.json --- */

/* Puts a way to spend into the input. */
static void put_way(struct btc_in *in, const struct json *way)
{
	const struct json *list = json_read_get(way, "witness");
	struct span *items = arena_new_array(&arena, struct span, 2000);

	in->script = btc_case_hex(&arena, json_read_get(way, "scriptSig"));
	in->n_witness = 0;
	for (const struct json *v = json_read_first(list); v;
	     v = json_read_next(v)) {
		assert_in_range(in->n_witness, 0, 1999);
		items[in->n_witness++] = btc_case_hex(&arena, v);
	}
	in->witness = items;
}

static enum btc_verify_err run_asset(const struct json *v,
                                     const struct json *way, unsigned flags)
{
	struct cursor c =
	    cursor_of(btc_case_hex(&arena, json_read_get(v, "tx")));
	const struct json *list = json_read_get(v, "prevouts");
	static struct btc_out spent[INS_MAX];
	static struct btc_in ins[INS_MAX];
	enum btc_verify_err why;
	struct btc_tx tx;
	uint32_t n = 0;
	uint64_t at;

	assert_int_equal(btc_tx_read_old(&arena, &tx, &c), ERR_OK);
	assert_in_range(tx.n_ins, 1, INS_MAX);
	memcpy(ins, tx.ins, tx.n_ins * sizeof(*ins));
	tx.ins = ins;
	for (const struct json *o = json_read_first(list); o;
	     o = json_read_next(o)) {
		struct cursor out = cursor_of(btc_case_hex(&arena, o));

		assert_in_range(n, 0, tx.n_ins - 1);
		assert_int_equal(cursor_le64(&out, &spent[n].value), ERR_OK);
		assert_int_equal(btc_wire_bytes(&out, &spent[n].script),
		                 ERR_OK);
		n++;
	}
	assert_true(json_read_u64(json_read_get(v, "index"), &at));
	put_way(&ins[at], way);
	tx.has_witness = ins[at].n_witness > 0;
	struct btc_spend s = { .tx = &tx, .at = (uint32_t)at, .spent = spent };

	(void)!btc_verify_input(&arena, &s, flags, &why);
	return why;
}

static void core_s_taproot_assets_end_as_they_do_there(void **state)
{
	(void)state;
	const struct json *doc = btc_case_load("script_assets_taproot.json");
	unsigned n_good = 0;
	unsigned n_bad = 0;

	for (const struct json *v = json_read_first(doc); v;
	     v = json_read_next(v)) {
		const struct json *good = json_read_get(v, "success");
		const struct json *bad = json_read_get(v, "failure");
		struct span names = btc_case_text(json_read_get(v, "flags"));
		unsigned flags = script_text_flags(names);

		arena_reset(&arena);
		if (good && run_asset(v, good, flags) != BTC_FAIL_OK) {
			struct span c =
			    btc_case_text(json_read_get(v, "comment"));
			fail_msg("%.*s: %s", (int)c.len, (const char *)c.p,
			         btc_verify_name(run_asset(v, good, flags)));
		}
		n_good += good != NULL;
		if (bad)
			assert_int_not_equal(run_asset(v, bad, flags),
			                     BTC_FAIL_OK);
		n_bad += bad != NULL;
	}
	assert_int_equal(n_good, 2760);
	assert_int_equal(n_bad, 2483);
	json_read_free(doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(core_s_scripts_end_as_they_do_there),
		cmocka_unit_test(core_s_valid_transactions_are_valid),
		cmocka_unit_test(core_s_invalid_transactions_are_refused),
		cmocka_unit_test(core_s_taproot_assets_end_as_they_do_there),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
