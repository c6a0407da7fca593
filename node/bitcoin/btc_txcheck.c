/* node/bitcoin/btc_txcheck.c - A transaction by itself; see btc_txcheck.h. */
#include "config.h"

#include "node/bitcoin/btc_txcheck.h"

#include "clarity/base/check.h"
#include "clarity/base/hmap.h"
#include "node/bitcoin/btc_script.h"

#define COINBASE_MIN 2u
#define COINBASE_MAX 100u

_Static_assert(sizeof(struct btc_outpoint) == BTC_WIRE_HASH_LEN + 4,
               "an outpoint is a key as it is");

const char *btc_txcheck_reason(enum btc_tx_fail f)
{
	static const char *const reasons[] = {
#define X(name, reason) [BTC_TX_##name] = reason,
#include "node/bitcoin/btc_tx_fail.def"
#undef X
	};

	CHECK(f < BTC_TX_FAIL_COUNT);
	return reasons[f];
}

static enum btc_tx_fail check_values(const struct btc_tx *tx)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < tx->n_outs; i++) {
		uint64_t value = tx->outs[i].value;

		if (value > INT64_MAX)
			return BTC_TX_VALUE_NEGATIVE;
		if (value > BTC_MONEY_MAX)
			return BTC_TX_VALUE_TOO_LARGE;
		sum += value;
		if (sum > BTC_MONEY_MAX)
			return BTC_TX_TOTAL_TOO_LARGE;
	}
	return BTC_TX_OK;
}

static enum err check_twice(struct arena *a, const struct btc_tx *tx, bool *ret)
{
	struct hmap seen;

	*ret = false;
	if (tx->n_ins < 2)
		return ERR_OK;
	hmap_init(&seen, a, tx->n_ins, NULL);
	for (uint32_t i = 0; i < tx->n_ins && !*ret; i++) {
		struct span key =
		    span_of(&tx->ins[i].spends, sizeof(tx->ins[i].spends));

		*ret = hmap_has(&seen, key);
		TRY(hmap_put(&seen, key, NULL));
	}
	return ERR_OK;
}

static enum btc_tx_fail check_ins(const struct btc_tx *tx)
{
	static const uint8_t none[BTC_WIRE_HASH_LEN];
	size_t len = tx->ins[0].script.len;

	if (btc_tx_is_coinbase(tx))
		return len < COINBASE_MIN || len > COINBASE_MAX
		           ? BTC_TX_COINBASE_LENGTH
		           : BTC_TX_OK;
	for (uint32_t i = 0; i < tx->n_ins; i++) {
		const struct btc_outpoint *o = &tx->ins[i].spends;

		if (o->n == BTC_TX_NO_OUTPUT &&
		    span_eq(span_of(o->txid, sizeof(o->txid)),
		            span_of(none, sizeof(none))))
			return BTC_TX_SPENDS_NOTHING;
	}
	return BTC_TX_OK;
}

static enum btc_tx_fail check_sizes(const struct btc_tx *tx)
{
	if (tx->n_ins == 0)
		return BTC_TX_NO_INS;
	if (tx->n_outs == 0)
		return BTC_TX_NO_OUTS;
	if (btc_txcheck_size_old(tx) * BTC_WEIGHT_SCALE > BTC_WEIGHT_MAX)
		return BTC_TX_OVERSIZE;
	return BTC_TX_OK;
}

enum err btc_txcheck_alone(struct arena *a, const struct btc_tx *tx,
                           enum btc_tx_fail *ret)
{
	struct arena_mark mark = arena_mark(a);
	bool is_twice;

	*ret = check_sizes(tx);
	if (*ret == BTC_TX_OK)
		*ret = check_values(tx);
	if (*ret != BTC_TX_OK)
		return ERR_BTC_RULE;
	enum err e = check_twice(a, tx, &is_twice);

	arena_cut(a, mark);
	TRY(e);
	*ret = is_twice ? BTC_TX_INS_DUPLICATE : check_ins(tx);
	return *ret == BTC_TX_OK ? ERR_OK : ERR_BTC_RULE;
}

/* --- sizes --- */

static size_t count_size(size_t n)
{
	if (n < 0xfd)
		return 1;
	return n <= UINT16_MAX ? 3 : 5;
}

static size_t bytes_size(struct span bytes)
{
	return count_size(bytes.len) + bytes.len;
}

size_t btc_txcheck_size_old(const struct btc_tx *tx)
{
	size_t size = 8 + count_size(tx->n_ins) + count_size(tx->n_outs);

	for (uint32_t i = 0; i < tx->n_ins; i++)
		size += 40 + bytes_size(tx->ins[i].script);
	for (uint32_t i = 0; i < tx->n_outs; i++)
		size += 8 + bytes_size(tx->outs[i].script);
	return size;
}

size_t btc_txcheck_size(const struct btc_tx *tx)
{
	size_t size = btc_txcheck_size_old(tx);

	if (!tx->has_witness)
		return size;
	size += 2; /* the marker */
	for (uint32_t i = 0; i < tx->n_ins; i++) {
		const struct btc_in *in = &tx->ins[i];

		size += count_size(in->n_witness);
		for (uint32_t w = 0; w < in->n_witness; w++)
			size += bytes_size(in->witness[w]);
	}
	return size;
}

size_t btc_txcheck_weight(const struct btc_tx *tx)
{
	return btc_txcheck_size_old(tx) * (BTC_WEIGHT_SCALE - 1) +
	       btc_txcheck_size(tx);
}

uint32_t btc_txcheck_sigops(const struct btc_tx *tx)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < tx->n_ins; i++)
		n += btc_script_sigops(tx->ins[i].script, false);
	for (uint32_t i = 0; i < tx->n_outs; i++)
		n += btc_script_sigops(tx->outs[i].script, false);
	return n;
}

/* --- time --- */

bool btc_txcheck_is_final(const struct btc_tx *tx, uint32_t height,
                          uint32_t time)
{
	bool is_height = tx->lock_time < BTC_LOCKTIME_THRESHOLD;

	if (tx->lock_time == 0 || tx->lock_time < (is_height ? height : time))
		return true;
	for (uint32_t i = 0; i < tx->n_ins; i++) {
		if (tx->ins[i].sequence != BTC_SEQUENCE_FINAL)
			return false;
	}
	return true;
}

bool btc_txcheck_has_age_locks(const struct btc_tx *tx)
{
	return (uint32_t)tx->version >= 2;
}
