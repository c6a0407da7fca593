/*
 * clarity/check/rule.h - Which function checks which word of the language.
 *
 * One table, indexed by the word, leads to the typing rules; the rules of a
 * family stand together in check_FAMILY.c.  Words with a plain signature have
 * none here, see simple.h.
 *
 * Layer:    clarity/check; private to it.
 * Memory:   static.
 * Threads:  constant.
 */
#ifndef CLARITY_CHECK_RULE_H
#define CLARITY_CHECK_RULE_H

#include "clarity/base/err.h"
#include "clarity/check/checker.h"
#include "clarity/lang/native.h"

/**
 * Checks the application `call` of a word and gives its type.
 *
 * @return ERR_OK; ERR_CHECK; a fault.
 */
typedef enum err rule_fn(struct checker *c, const struct ast_node *call,
                         const struct type **ret);

/** @return the rule of `id`, or NULL if it has a plain signature. */
rule_fn *rule_find(enum native id);

/* check_control.c */
rule_fn check_control_if, check_control_let, check_control_begin;
rule_fn check_control_asserts, check_control_same, check_control_is_eq;

/* check_option.c */
rule_fn check_option_some, check_option_ok, check_option_err;
rule_fn check_option_default_to, check_option_is_response;
rule_fn check_option_is_optional, check_option_unwrap;
rule_fn check_option_unwrap_err, check_option_unwrap_panic;
rule_fn check_option_unwrap_err_panic, check_option_try, check_option_match;

/* check_seq.c */
rule_fn check_seq_list, check_seq_append, check_seq_concat;
rule_fn check_seq_as_max_len, check_seq_len, check_seq_element_at;
rule_fn check_seq_index_of, check_seq_slice, check_seq_replace_at;

/* check_iter.c */
rule_fn check_iter_map, check_iter_filter, check_iter_fold;

/* check_tuple.c */
rule_fn check_tuple_cons, check_tuple_get, check_tuple_merge;

/* check_store.c */
rule_fn check_store_var_get, check_store_var_set, check_store_map_get;
rule_fn check_store_map_put, check_store_map_delete;

/* check_token.c */
rule_fn check_token_ft_balance, check_token_ft_supply, check_token_ft_change;
rule_fn check_token_ft_transfer, check_token_nft_owner, check_token_nft_change;
rule_fn check_token_nft_transfer, check_token_stx_transfer;
rule_fn check_token_stx_transfer_memo;

/* check_crypto.c */
rule_fn check_crypto_fixed, check_crypto_construct;

/* check_convert.c */
rule_fn check_convert_encode, check_convert_decode, check_convert_to_ascii;

/* check_contract.c */
rule_fn check_contract_call, check_contract_of;

/* check_allowance.c */
rule_fn check_allowance_restrict, check_allowance_as_contract;
rule_fn check_allowance_misplaced;

/* check_block.c */
rule_fn check_block_at, check_block_info, check_block_burn_info;
rule_fn check_block_stacks_info, check_block_tenure_info;

#endif /* CLARITY_CHECK_RULE_H */
