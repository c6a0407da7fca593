/*
 * clarity/check/check_crypto.c - Typing of signatures, proofs and principals:
 * words that take expressions of fixed types.  Unlike those of simple.h they
 * cannot be handed to map, and their arguments are expected one by one.
 */
#include "config.h"

#include "clarity/check/expr.h"
#include "clarity/check/rule.h"

struct fixed {
	enum native id;
	uint32_t n;
	const struct type *args[5];
	const struct type *returns;
};

static const struct fixed signatures[] = {
	{ NATIVE_SECP256K1_RECOVER,
	  2,
	  { &known_buff_32, &known_buff_65 },
	  &known_response_buff_33 },
	{ NATIVE_SECP256K1_VERIFY,
	  3,
	  { &known_buff_32, &known_buff_65, &known_buff_33 },
	  KNOWN_BOOL },
	{ NATIVE_SECP256K1_DECOMPRESS,
	  1,
	  { &known_buff_33 },
	  &known_response_buff_65 },
	{ NATIVE_SECP256R1_VERIFY,
	  3,
	  { &known_buff_32, &known_buff_64, &known_buff_33 },
	  KNOWN_BOOL },
	{ NATIVE_ED25519_VERIFY,
	  3,
	  { &known_buff_max, &known_buff_64, &known_buff_32 },
	  KNOWN_BOOL },
	{ NATIVE_VERIFY_MERKLE_PROOF,
	  5,
	  { &known_buff_32, &known_buff_32, KNOWN_UINT, KNOWN_UINT,
	    &known_merkle_path },
	  KNOWN_BOOL },
	{ NATIVE_GET_BITCOIN_TX_OUTPUT,
	  2,
	  { &known_buff_max, KNOWN_UINT },
	  &known_bitcoin_output },
	{ NATIVE_PRINCIPAL_OF,
	  1,
	  { &known_buff_33 },
	  &known_response_principal },
};

enum err check_crypto_fixed(struct checker *c, const struct ast_node *call,
                            const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct fixed *f = signatures;

	while (f->id != (enum native)call->items[0].sym) {
		f++;
		CHECK(f < signatures + COUNT_OF(signatures));
	}
	TRY(checker_exactly(c, checker_n_args(call), f->n));
	for (uint32_t i = 0; i < f->n; i++)
		TRY(expr_expect(c, &args[i], f->args[i]));
	*ret = f->returns;
	return ERR_OK;
}

enum err check_crypto_construct(struct checker *c, const struct ast_node *call,
                                const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	uint32_t n = checker_n_args(call);

	TRY(checker_at_least(c, n, 2));
	TRY(checker_at_most(c, n, 3));
	TRY(expr_expect(c, &args[0], &known_buff_1));
	TRY(expr_expect(c, &args[1], &known_buff_20));
	if (n == 3)
		TRY(expr_expect(c, &args[2], &known_ascii_40));
	*ret = &known_construct;
	return ERR_OK;
}
