/* clarity/check/rule.c - The table of typing rules; contract in rule.h. */
#include "config.h"

#include "clarity/check/rule.h"

#include "clarity/base/check.h"

static rule_fn *const rules[NATIVE_KEYWORDS] = {
	[NATIVE_IF] = check_control_if,
	[NATIVE_LET] = check_control_let,
	[NATIVE_BEGIN] = check_control_begin,
	[NATIVE_ASSERTS] = check_control_asserts,
	[NATIVE_PRINT] = check_control_same,
	[NATIVE_AS_CONTRACT] = check_control_same,
	[NATIVE_IS_EQ] = check_control_is_eq,

	[NATIVE_SOME] = check_option_some,
	[NATIVE_OK] = check_option_ok,
	[NATIVE_ERR] = check_option_err,
	[NATIVE_DEFAULT_TO] = check_option_default_to,
	[NATIVE_IS_OK] = check_option_is_response,
	[NATIVE_IS_ERR] = check_option_is_response,
	[NATIVE_IS_SOME] = check_option_is_optional,
	[NATIVE_IS_NONE] = check_option_is_optional,
	[NATIVE_UNWRAP] = check_option_unwrap,
	[NATIVE_UNWRAP_ERR] = check_option_unwrap_err,
	[NATIVE_UNWRAP_PANIC] = check_option_unwrap_panic,
	[NATIVE_UNWRAP_ERR_PANIC] = check_option_unwrap_err_panic,
	[NATIVE_TRY] = check_option_try,
	[NATIVE_MATCH] = check_option_match,

	[NATIVE_LIST] = check_seq_list,
	[NATIVE_APPEND] = check_seq_append,
	[NATIVE_CONCAT] = check_seq_concat,
	[NATIVE_AS_MAX_LEN] = check_seq_as_max_len,
	[NATIVE_LEN] = check_seq_len,
	[NATIVE_ELEMENT_AT] = check_seq_element_at,
	[NATIVE_ELEMENT_AT_OPT] = check_seq_element_at,
	[NATIVE_INDEX_OF] = check_seq_index_of,
	[NATIVE_INDEX_OF_OPT] = check_seq_index_of,
	[NATIVE_SLICE] = check_seq_slice,
	[NATIVE_REPLACE_AT] = check_seq_replace_at,

	[NATIVE_MAP] = check_iter_map,
	[NATIVE_FILTER] = check_iter_filter,
	[NATIVE_FOLD] = check_iter_fold,

	[NATIVE_TUPLE] = check_tuple_cons,
	[NATIVE_GET] = check_tuple_get,
	[NATIVE_MERGE] = check_tuple_merge,

	[NATIVE_VAR_GET] = check_store_var_get,
	[NATIVE_VAR_SET] = check_store_var_set,
	[NATIVE_MAP_GET] = check_store_map_get,
	[NATIVE_MAP_SET] = check_store_map_put,
	[NATIVE_MAP_INSERT] = check_store_map_put,
	[NATIVE_MAP_DELETE] = check_store_map_delete,

	[NATIVE_FT_GET_BALANCE] = check_token_ft_balance,
	[NATIVE_FT_GET_SUPPLY] = check_token_ft_supply,
	[NATIVE_FT_MINT] = check_token_ft_change,
	[NATIVE_FT_BURN] = check_token_ft_change,
	[NATIVE_FT_TRANSFER] = check_token_ft_transfer,
	[NATIVE_NFT_GET_OWNER] = check_token_nft_owner,
	[NATIVE_NFT_MINT] = check_token_nft_change,
	[NATIVE_NFT_BURN] = check_token_nft_change,
	[NATIVE_NFT_TRANSFER] = check_token_nft_transfer,
	[NATIVE_STX_TRANSFER] = check_token_stx_transfer,
	[NATIVE_STX_TRANSFER_MEMO] = check_token_stx_transfer_memo,

	[NATIVE_SECP256K1_RECOVER] = check_crypto_fixed,
	[NATIVE_SECP256K1_VERIFY] = check_crypto_fixed,
	[NATIVE_SECP256K1_DECOMPRESS] = check_crypto_fixed,
	[NATIVE_SECP256R1_VERIFY] = check_crypto_fixed,
	[NATIVE_ED25519_VERIFY] = check_crypto_fixed,
	[NATIVE_VERIFY_MERKLE_PROOF] = check_crypto_fixed,
	[NATIVE_GET_BITCOIN_TX_OUTPUT] = check_crypto_fixed,
	[NATIVE_PRINCIPAL_OF] = check_crypto_fixed,
	[NATIVE_PRINCIPAL_CONSTRUCT] = check_crypto_construct,

	[NATIVE_TO_CONSENSUS_BUFF] = check_convert_encode,
	[NATIVE_FROM_CONSENSUS_BUFF] = check_convert_decode,
	[NATIVE_TO_ASCII] = check_convert_to_ascii,

	[NATIVE_CONTRACT_CALL] = check_contract_call,
	[NATIVE_CONTRACT_OF] = check_contract_of,

	[NATIVE_RESTRICT_ASSETS] = check_allowance_restrict,
	[NATIVE_AS_CONTRACT_SAFE] = check_allowance_as_contract,
	[NATIVE_WITH_STX] = check_allowance_misplaced,
	[NATIVE_WITH_FT] = check_allowance_misplaced,
	[NATIVE_WITH_NFT] = check_allowance_misplaced,
	[NATIVE_WITH_STACKING] = check_allowance_misplaced,
	[NATIVE_WITH_STAKING] = check_allowance_misplaced,
	[NATIVE_WITH_POX] = check_allowance_misplaced,
	[NATIVE_WITH_ALL] = check_allowance_misplaced,

	[NATIVE_AT_BLOCK] = check_block_at,
	[NATIVE_GET_BLOCK_INFO] = check_block_info,
	[NATIVE_GET_BURN_BLOCK_INFO] = check_block_burn_info,
	[NATIVE_GET_STACKS_BLOCK_INFO] = check_block_stacks_info,
	[NATIVE_GET_TENURE_INFO] = check_block_tenure_info,
};

rule_fn *rule_find(enum native id)
{
	CHECK(id < NATIVE_KEYWORDS);
	return rules[id];
}
