/* clarity/vm/dispatch.c - The table of C natives; contract in dispatch.h. */
#include "config.h"

#include "clarity/vm/dispatch.h"

#include "clarity/base/check.h"
#include "clarity/vm/allowance.h"
#include "clarity/vm/native_arith.h"
#include "clarity/vm/native_bitcoin.h"
#include "clarity/vm/native_block.h"
#include "clarity/vm/native_codec.h"
#include "clarity/vm/native_contract.h"
#include "clarity/vm/native_convert.h"
#include "clarity/vm/native_hash.h"
#include "clarity/vm/native_principal.h"
#include "clarity/vm/native_seq.h"
#include "clarity/vm/native_stx.h"
#include "clarity/vm/native_token.h"

static const struct dispatch table[NATIVE_KEYWORDS] = {
	[NATIVE_ADD] = { native_arith_add, NULL },
	[NATIVE_SUB] = { native_arith_sub, NULL },
	[NATIVE_MUL] = { native_arith_mul, NULL },
	[NATIVE_DIV] = { native_arith_div, NULL },
	[NATIVE_POW] = { native_arith_pow, NULL },
	[NATIVE_SQRTI] = { native_arith_sqrti, NULL },
	[NATIVE_LOG2] = { native_arith_log2, NULL },
	[NATIVE_XOR] = { native_arith_xor, NULL },
	[NATIVE_BIT_XOR] = { native_arith_bit_xor, NULL },
	[NATIVE_BIT_AND] = { native_arith_bit_and, NULL },
	[NATIVE_BIT_OR] = { native_arith_bit_or, NULL },
	[NATIVE_BIT_NOT] = { native_arith_bit_not, NULL },
	[NATIVE_BIT_SHL] = { native_arith_shift_left, NULL },
	[NATIVE_BIT_SHR] = { native_arith_shift_right, NULL },
	[NATIVE_IS_EQ] = { native_arith_is_eq, NULL },
	[NATIVE_MERGE] = { native_arith_merge, NULL },

	[NATIVE_LIST] = { native_seq_list, NULL },
	[NATIVE_APPEND] = { native_seq_append, NULL },
	[NATIVE_CONCAT] = { native_seq_concat, NULL },
	[NATIVE_AS_MAX_LEN] = { native_seq_as_max_len, NULL },
	[NATIVE_LEN] = { native_seq_len, NULL },
	[NATIVE_ELEMENT_AT] = { native_seq_element_at, NULL },
	[NATIVE_ELEMENT_AT_OPT] = { native_seq_element_at, NULL },
	[NATIVE_INDEX_OF] = { native_seq_index_of, NULL },
	[NATIVE_INDEX_OF_OPT] = { native_seq_index_of, NULL },
	[NATIVE_SLICE] = { native_seq_slice, NULL },
	[NATIVE_REPLACE_AT] = { native_seq_replace_at, NULL },

	[NATIVE_FT_GET_BALANCE] = { native_token_balance, NULL },
	[NATIVE_FT_GET_SUPPLY] = { native_token_supply, NULL },
	[NATIVE_FT_MINT] = { native_token_mint, NULL },
	[NATIVE_FT_TRANSFER] = { native_token_transfer, NULL },
	[NATIVE_FT_BURN] = { native_token_burn, NULL },
	[NATIVE_NFT_GET_OWNER] = { native_token_owner, NULL },
	[NATIVE_NFT_MINT] = { native_token_nft_mint, NULL },
	[NATIVE_NFT_TRANSFER] = { native_token_nft_transfer, NULL },
	[NATIVE_NFT_BURN] = { native_token_nft_burn, NULL },
	[NATIVE_STX_GET_BALANCE] = { native_stx_balance, NULL },
	[NATIVE_STX_ACCOUNT] = { native_stx_account, NULL },
	[NATIVE_STX_TRANSFER] = { native_stx_transfer, NULL },
	[NATIVE_STX_TRANSFER_MEMO] = { native_stx_transfer_memo, NULL },
	[NATIVE_STX_BURN] = { native_stx_burn, NULL },

	[NATIVE_HASH160] = { native_hash_hash160, NULL },
	[NATIVE_SHA256] = { native_hash_sha256, NULL },
	[NATIVE_SHA512] = { native_hash_sha512, NULL },
	[NATIVE_SHA512T256] = { native_hash_sha512_256, NULL },
	[NATIVE_KECCAK256] = { native_hash_keccak256, NULL },
	[NATIVE_SECP256K1_RECOVER] = { native_hash_k1_recover, NULL },
	[NATIVE_SECP256K1_VERIFY] = { native_hash_k1_verify, NULL },
	[NATIVE_SECP256K1_DECOMPRESS] = { native_hash_k1_decompress, NULL },
	[NATIVE_SECP256R1_VERIFY] = { native_hash_r1_verify, NULL },
	[NATIVE_ED25519_VERIFY] = { native_hash_ed25519_verify,
	                            native_hash_ed25519_size },
	[NATIVE_VERIFY_MERKLE_PROOF] = { native_bitcoin_verify_proof,
	                                 native_bitcoin_proof_size },
	[NATIVE_GET_BITCOIN_TX_OUTPUT] = { native_bitcoin_tx_output,
	                                   native_bitcoin_tx_size },

	[NATIVE_PRINCIPAL_OF] = { native_principal_of_key, NULL },
	[NATIVE_IS_STANDARD] = { native_principal_is_standard, NULL },
	[NATIVE_PRINCIPAL_DESTRUCT] = { native_principal_destruct, NULL },
	[NATIVE_PRINCIPAL_CONSTRUCT] = { native_principal_construct, NULL },
	[NATIVE_BUFF_TO_INT_LE] = { native_convert_buff_to_int_le, NULL },
	[NATIVE_BUFF_TO_UINT_LE] = { native_convert_buff_to_uint_le, NULL },
	[NATIVE_BUFF_TO_INT_BE] = { native_convert_buff_to_int_be, NULL },
	[NATIVE_BUFF_TO_UINT_BE] = { native_convert_buff_to_uint_be, NULL },
	[NATIVE_STRING_TO_INT] = { native_convert_string_to_int, NULL },
	[NATIVE_STRING_TO_UINT] = { native_convert_string_to_uint, NULL },
	[NATIVE_INT_TO_ASCII] = { native_convert_int_to_ascii, NULL },
	[NATIVE_INT_TO_UTF8] = { native_convert_int_to_utf8, NULL },
	[NATIVE_TO_CONSENSUS_BUFF] = { native_codec_to_buff, NULL },
	[NATIVE_FROM_CONSENSUS_BUFF] = { native_codec_from_buff, NULL },
	[NATIVE_TO_ASCII] = { native_convert_to_ascii, NULL },

	[NATIVE_CONTRACT_HASH] = { native_contract_hash, NULL },
	[NATIVE_GET_BLOCK_INFO] = { native_block_info, NULL },
	[NATIVE_GET_BURN_BLOCK_INFO] = { native_block_burn_info, NULL },
	[NATIVE_GET_STACKS_BLOCK_INFO] = { native_block_stacks_info, NULL },
	[NATIVE_GET_TENURE_INFO] = { native_block_tenure_info, NULL },
};

static native_step_fn *const steps[DISPATCH_STEP_COUNT] = {
	[DISPATCH_DIGEST] = native_hash_k1_digest,
	[DISPATCH_K1_RECOVERABLE] = native_hash_k1_recover_signature,
	[DISPATCH_K1_SIGNATURE] = native_hash_k1_signature,
	[DISPATCH_R1_SIGNATURE] = native_hash_r1_signature,
	[DISPATCH_ALLOW_CONTRACT] = allowance_contract,
	[DISPATCH_ALLOW_NAME] = allowance_name,
	[DISPATCH_LIST] = native_seq_append_to,
	[DISPATCH_SEQUENCE] = native_seq_replace_in,
};

const struct dispatch *dispatch_native(enum native id)
{
	CHECK(id < NATIVE_KEYWORDS);
	return &table[id];
}

native_step_fn *dispatch_step(enum dispatch_step step)
{
	CHECK(step < DISPATCH_STEP_COUNT);
	return steps[step];
}
