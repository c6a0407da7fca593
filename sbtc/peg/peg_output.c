/* sbtc/peg/peg_output.c - Outputs of the peg; see peg_output.h. */
#include "config.h"

#include "sbtc/peg/peg_output.h"

#include <string.h>

#include "sbtc/peg/peg_reclaim_script.h"

#define OP_1 0x51u

const uint8_t peg_output_nobody[PEG_KEY_LEN] = {
	0x50, 0x92, 0x9b, 0x74, 0xc1, 0xa0, 0x49, 0x54, 0xb7, 0x8b, 0x4b,
	0x60, 0x35, 0xe9, 0x7a, 0x5e, 0x07, 0x8a, 0x5a, 0x0f, 0x28, 0xec,
	0x96, 0xd5, 0x47, 0xbf, 0xee, 0x9a, 0xce, 0x80, 0x3a, 0xc0
};

static enum err pay_to(uint8_t ret[PEG_OUTPUT_SCRIPT_LEN], bool *ret_odd,
                       const uint8_t *key, const uint8_t *root)
{
	ret[0] = OP_1;
	ret[1] = PEG_KEY_LEN;
	return taptree_output(ret + 2, ret_odd, key, root);
}

enum err peg_output_signers(uint8_t ret[PEG_OUTPUT_SCRIPT_LEN],
                            const uint8_t key[PEG_KEY_LEN])
{
	bool is_odd;

	return pay_to(ret, &is_odd, key, NULL);
}

enum err peg_output_deposit(struct peg_output *ret, struct span deposit_script,
                            const uint8_t reclaim[TAPTREE_HASH_LEN])
{
	bool is_odd = false;

	taptree_leaf(ret->deposit_leaf, TAPTREE_LEAF_VERSION, deposit_script);
	taptree_branch(ret->root, ret->deposit_leaf, reclaim);
	TRY(pay_to(ret->script, &is_odd, peg_output_nobody, ret->root));
	ret->control[0] = (uint8_t)(TAPTREE_LEAF_VERSION | is_odd);
	memcpy(ret->control + 1, peg_output_nobody, PEG_KEY_LEN);
	memcpy(ret->control + 1 + PEG_KEY_LEN, reclaim, TAPTREE_HASH_LEN);
	return ERR_OK;
}

static enum err find_output(const struct btc_out **ret, const struct btc_tx *tx,
                            const struct btc_outpoint *at)
{
	uint8_t txid[BTC_WIRE_HASH_LEN];

	TRY(btc_tx_id(txid, tx));
	if (memcmp(txid, at->txid, sizeof(txid)) != 0)
		return ERR_PEG_TXID;
	if (at->n >= tx->n_outs)
		return ERR_PEG_OUTPOINT;
	*ret = &tx->outs[at->n];
	return ERR_OK;
}

enum err peg_output_check(struct peg_deposit *ret, const struct btc_tx *tx,
                          const struct peg_claim *claim, bool is_mainnet)
{
	struct peg_reclaim_script reclaim;
	const struct btc_out *out;

	TRY(find_output(&out, tx, &claim->at));
	TRY(peg_deposit_script_read(&ret->terms, claim->deposit_script));
	TRY(peg_reclaim_script_read(&reclaim, claim->reclaim_script));
	taptree_leaf(ret->reclaim_leaf, TAPTREE_LEAF_VERSION,
	             claim->reclaim_script);
	TRY(peg_output_deposit(&ret->output, claim->deposit_script,
	                       ret->reclaim_leaf));
	if (!span_eq(out->script,
	             span_of(ret->output.script, PEG_OUTPUT_SCRIPT_LEN)))
		return ERR_PEG_OUTPUT;
	if (!(is_mainnet ? principal_is_mainnet(ret->terms.recipient)
	                 : principal_is_testnet(ret->terms.recipient)))
		return ERR_PEG_NETWORK;
	ret->at = claim->at;
	ret->amount = out->value;
	ret->lock_time = reclaim.lock_time;
	return ERR_OK;
}
