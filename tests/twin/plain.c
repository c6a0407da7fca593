/* tests/twin/plain.c - Natives whose arguments are values: prices, arity and
 * which part of the twin does the work. */
#include "config.h"

#include "clarity/value/value_codec.h"
#include "tests/twin/inside.h"

static const enum price_id prices[NATIVE_COUNT] = {
#define NATIVE(id, name, first, last, kind, min, max, price, family)           \
	[NATIVE_##id] = PRICE_##price,
#define KEYWORD(id, name, first, last, price)
#define DEFINE(id, name, min, max, price)
#include "clarity/lang/native.def"
};

/* The input size of the price: the number of arguments, or their bytes. */
enum err plain_input(const struct plain *p, uint64_t *ret)
{
	bool has_buff = p->n > 0 && value_is(&p->args[0], VALUE_BUFF);

	*ret = p->n;
	if (native_table[p->id].kind != NATIVE_KIND_X)
		return ERR_OK;
	*ret = 0;
	if (p->id == NATIVE_ED25519_VERIFY ||
	    p->id == NATIVE_GET_BITCOIN_TX_OUTPUT) {
		*ret = has_buff ? p->args[0].n : 0;
		return ERR_OK;
	}
	if (p->id == NATIVE_VERIFY_MERKLE_PROOF) {
		bool has_list = p->n > 4 && value_is(&p->args[4], VALUE_LIST);

		*ret = has_list ? p->args[4].n : 0;
		return ERR_OK;
	}
	for (uint32_t i = 0; i < p->n; i++)
		*ret += value_codec_len(&p->args[i]);
	return ERR_OK;
}

static plain_fn *function_of(enum native id)
{
	switch ((enum native_family)native_table[id].family) {
	case NATIVE_FAMILY_ARITH:
	case NATIVE_FAMILY_COMPARE:
	case NATIVE_FAMILY_CONTROL:
		return arith_run;
	case NATIVE_FAMILY_SEQ:
		return seq_plain;
	case NATIVE_FAMILY_TUPLE:
		return tuple_merge;
	case NATIVE_FAMILY_OPTION:
		return option_plain;
	case NATIVE_FAMILY_CRYPTO:
		return crypto_plain;
	case NATIVE_FAMILY_CONVERT:
		return id == NATIVE_TO_INT || id == NATIVE_TO_UINT
		           ? arith_run
		           : convert_plain;
	case NATIVE_FAMILY_BITCOIN:
		return bitcoin_run;
	case NATIVE_FAMILY_STORE:
	case NATIVE_FAMILY_TOKEN:
	case NATIVE_FAMILY_PRINCIPAL:
	case NATIVE_FAMILY_CONTRACT:
	case NATIVE_FAMILY_ALLOWANCE:
	case NATIVE_FAMILY_BLOCK:
	case NATIVE_FAMILY_KEYWORD:
	case NATIVE_FAMILY_DEFINE:
	case NATIVE_FAMILY_COUNT:
		break;
	}
	return NULL;
}

/* Natives of any number of arguments look at it themselves. */
static bool has_arity(const struct plain *p)
{
	uint32_t min = native_table[p->id].min;
	uint32_t max = native_table[p->id].max;

	return max == NATIVE_MANY || (min <= p->n && p->n <= max);
}

enum err plain_run(const struct plain *p, struct value *ret)
{
	plain_fn *run = function_of(p->id);
	uint64_t input;

	TRY(plain_input(p, &input));
	TRY(twin_charge(p->t, prices[p->id], input));
	if (!has_arity(p))
		return twin_fail(p->t, VM_ERROR_ARGUMENT_COUNT);
	return run(p, ret);
}
