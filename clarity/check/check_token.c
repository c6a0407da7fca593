/* clarity/check/check_token.c - Typing of tokens and STX transfers. */
#include "config.h"

#include "clarity/check/expr.h"
#include "clarity/check/rule.h"
#include "clarity/check/suggest.h"

/* Begins every token word: counts arguments, takes the token's name. */
static enum err token_name(struct checker *c, const struct ast_node *call,
                           uint32_t n_args)
{
	uint32_t unused;

	TRY(checker_exactly(c, checker_n_args(call), n_args));
	return expr_name(c, checker_args(call), CHECK_BAD_TOKEN_NAME, &unused);
}

static enum err find(struct checker *c, const struct ast_node *n,
                     enum native form, const struct checked_def **ret)
{
	bool is_ft = form == DEFINE_FT;

	*ret = names_find(&c->names, n->sym, form);
	if (!*ret) {
		enum err e = suggest_defined(
		    c, is_ft ? CHECK_NO_SUCH_FT : CHECK_NO_SUCH_NFT, n->sym,
		    form);

		checker_note(c, n);
		return e;
	}
	checker_refer(c, n, is_ft ? CHECKED_FT : CHECKED_NFT,
	              names_index(&c->names, *ret));
	return ERR_OK;
}

static enum err find_ft(struct checker *c, const struct ast_node *call)
{
	const struct checked_def *unused;

	return find(c, checker_args(call), DEFINE_FT, &unused);
}

/* Finds a non-fungible token, pays for that and checks the identifier. */
static enum err check_nft(struct checker *c, const struct ast_node *call,
                          uint32_t n_args)
{
	const struct ast_node *args = checker_args(call);
	const struct checked_def *nft;

	TRY(token_name(c, call, n_args));
	TRY(find(c, &args[0], DEFINE_NFT, &nft));
	TRY(checker_charge_type(c, PRICE_ANALYSIS_TYPE_LOOKUP, nft->type));
	return expr_expect(c, &args[1], nft->type);
}

enum err check_token_ft_balance(struct checker *c, const struct ast_node *call,
                                const struct type **ret)
{
	TRY(token_name(c, call, 2));
	TRY(find_ft(c, call));
	TRY(checker_charge(c, PRICE_ANALYSIS_TYPE_LOOKUP, 1));
	TRY(expr_expect(c, &checker_args(call)[1], KNOWN_PRINCIPAL));
	*ret = KNOWN_UINT;
	return ERR_OK;
}

enum err check_token_ft_supply(struct checker *c, const struct ast_node *call,
                               const struct type **ret)
{
	TRY(token_name(c, call, 1));
	TRY(find_ft(c, call));
	TRY(checker_charge(c, PRICE_ANALYSIS_TYPE_LOOKUP, 1));
	*ret = KNOWN_UINT;
	return ERR_OK;
}

/* ft-mint? and ft-burn?: whether the token exists is asked last. */
enum err check_token_ft_change(struct checker *c, const struct ast_node *call,
                               const struct type **ret)
{
	const struct ast_node *args = checker_args(call);

	TRY(token_name(c, call, 3));
	TRY(checker_charge(c, PRICE_ANALYSIS_TYPE_LOOKUP, 1));
	TRY(expr_expect(c, &args[1], KNOWN_UINT));
	TRY(expr_expect(c, &args[2], KNOWN_PRINCIPAL));
	TRY(find_ft(c, call));
	*ret = &known_response_bool;
	return ERR_OK;
}

enum err check_token_ft_transfer(struct checker *c, const struct ast_node *call,
                                 const struct type **ret)
{
	const struct ast_node *args = checker_args(call);

	TRY(token_name(c, call, 4));
	TRY(checker_charge(c, PRICE_ANALYSIS_TYPE_LOOKUP, 1));
	TRY(expr_expect(c, &args[1], KNOWN_UINT));
	TRY(expr_expect(c, &args[2], KNOWN_PRINCIPAL));
	TRY(expr_expect(c, &args[3], KNOWN_PRINCIPAL));
	TRY(find_ft(c, call));
	*ret = &known_response_bool;
	return ERR_OK;
}

enum err check_token_nft_owner(struct checker *c, const struct ast_node *call,
                               const struct type **ret)
{
	TRY(check_nft(c, call, 2));
	*ret = &known_optional_principal;
	return ERR_OK;
}

/* nft-mint? and nft-burn?. */
enum err check_token_nft_change(struct checker *c, const struct ast_node *call,
                                const struct type **ret)
{
	TRY(check_nft(c, call, 3));
	TRY(expr_expect(c, &checker_args(call)[2], KNOWN_PRINCIPAL));
	*ret = &known_response_bool;
	return ERR_OK;
}

enum err check_token_nft_transfer(struct checker *c,
                                  const struct ast_node *call,
                                  const struct type **ret)
{
	const struct ast_node *args = checker_args(call);

	TRY(check_nft(c, call, 4));
	TRY(expr_expect(c, &args[2], KNOWN_PRINCIPAL));
	TRY(expr_expect(c, &args[3], KNOWN_PRINCIPAL));
	*ret = &known_response_bool;
	return ERR_OK;
}

static enum err check_transfer(struct checker *c, const struct ast_node *call,
                               uint32_t n_args)
{
	const struct ast_node *args = checker_args(call);

	TRY(checker_exactly(c, checker_n_args(call), n_args));
	TRY(checker_charge(c, PRICE_ANALYSIS_TYPE_LOOKUP, 0));
	TRY(expr_expect(c, &args[0], KNOWN_UINT));
	TRY(expr_expect(c, &args[1], KNOWN_PRINCIPAL));
	return expr_expect(c, &args[2], KNOWN_PRINCIPAL);
}

enum err check_token_stx_transfer(struct checker *c,
                                  const struct ast_node *call,
                                  const struct type **ret)
{
	TRY(check_transfer(c, call, 3));
	*ret = &known_response_bool;
	return ERR_OK;
}

enum err check_token_stx_transfer_memo(struct checker *c,
                                       const struct ast_node *call,
                                       const struct type **ret)
{
	TRY(check_transfer(c, call, 4));
	TRY(expr_expect(c, &checker_args(call)[3], &known_buff_34));
	*ret = &known_response_bool;
	return ERR_OK;
}
