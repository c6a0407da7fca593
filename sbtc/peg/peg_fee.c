/* sbtc/peg/peg_fee.c - Fees of sweeps; see peg_fee.h. */
#include "config.h"

#include "sbtc/peg/peg_fee.h"

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "sbtc/peg/peg_output.h"

#define VSIZE_MAX 1000000u
#define SUPPLY_MAX 2100000000000000u
#define RATE_UNIT 1000u

/** A replacement's rate exceeds the old one by a thousandth. */
#define RATE_STEP 1001u

/** An input without its script, in bytes: what it spends, an empty script's
 * length, its sequence. */
#define INPUT_LEN (36u + 1u + 4u)

/** A witness: how many items, and a signature with its length and type. */
#define WITNESS_COUNT_LEN 1u
#define SIG_ITEM_LEN (1u + 65u)

/** Version and lock time; the marker of witnesses counts a quarter. */
#define FRAME_LEN (4u + 4u)
#define MARKER_LEN 2u

#define VALUE_LEN 8u

static uint64_t count_len(uint64_t n)
{
	return n < 0xfd ? 1 : n <= 0xffff ? 3 : 5;
}

static uint64_t item_len(uint64_t len)
{
	return count_len(len) + len;
}

/* ceil(a * b / by) */
static uint64_t scale(uint64_t a, uint64_t b, uint64_t by)
{
	u128 product = (u128)a * b;

	return (uint64_t)((product + by - 1) / by);
}

uint64_t peg_fee_total(uint64_t vsize, uint64_t rate, struct peg_fee_last last)
{
	CHECK(vsize <= VSIZE_MAX);
	CHECK(rate >= PEG_FEE_RATE_MIN && rate <= PEG_FEE_RATE_MAX);
	CHECK(last.total <= SUPPLY_MAX && last.rate <= SUPPLY_MAX);
	uint64_t fee = scale(vsize, rate, RATE_UNIT);

	if (last.total == 0)
		return fee;
	uint64_t above_rate =
	    scale(vsize, scale(last.rate, RATE_STEP, RATE_UNIT), RATE_UNIT);
	uint64_t above_total =
	    last.total + scale(vsize, PEG_FEE_RELAY_RATE, RATE_UNIT);

	if (fee < above_rate)
		fee = above_rate;
	return fee < above_total ? above_total : fee;
}

uint64_t peg_fee_part(uint64_t fee, uint64_t weight, uint64_t all)
{
	CHECK(weight > 0 && weight <= all);
	return scale(fee, weight, all);
}

uint64_t peg_fee_deposit_weight(size_t deposit_script_len)
{
	return (uint64_t)PEG_FEE_WEIGHT_PER_VBYTE * INPUT_LEN +
	       WITNESS_COUNT_LEN + SIG_ITEM_LEN + item_len(deposit_script_len) +
	       item_len(PEG_OUTPUT_CONTROL_LEN);
}

uint64_t peg_fee_output_weight(size_t script_len)
{
	return PEG_FEE_WEIGHT_PER_VBYTE * (VALUE_LEN + item_len(script_len));
}

uint64_t peg_fee_base_weight(uint32_t n_deposits, uint32_t n_withdrawals,
                             size_t memo_len)
{
	uint64_t bytes = FRAME_LEN + count_len((uint64_t)n_deposits + 1) +
	                 count_len((uint64_t)n_withdrawals + 2) + INPUT_LEN;

	return PEG_FEE_WEIGHT_PER_VBYTE * bytes + MARKER_LEN +
	       WITNESS_COUNT_LEN + SIG_ITEM_LEN +
	       peg_fee_output_weight(PEG_OUTPUT_SCRIPT_LEN) +
	       peg_fee_output_weight(memo_len);
}

uint64_t peg_fee_vsize(uint64_t weight)
{
	return (weight + PEG_FEE_WEIGHT_PER_VBYTE - 1) /
	       PEG_FEE_WEIGHT_PER_VBYTE;
}
