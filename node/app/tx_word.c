/* node/app/tx_word.c - Words for parts of transactions; see tx_word.h. */
#include "config.h"

#include "node/app/tx_word.h"

#include <stddef.h>

#include "clarity/base/check.h"
#include "node/wire/tx.h"

const struct tx_word tx_word_modes[] = {
	{ "p2pkh", ADDRESS_P2PKH },
	{ "p2sh", ADDRESS_P2SH },
	{ "p2wpkh", ADDRESS_P2WPKH },
	{ "p2wsh", ADDRESS_P2WSH },
	{ "p2sh_any_order", ADDRESS_P2SH_ANY },
	{ "p2wsh_any_order", ADDRESS_P2WSH_ANY },
	{ NULL, 0 },
};

const struct tx_word tx_word_anchors[] = {
	{ "on_chain_only", TX_ANCHOR_ONCHAIN },
	{ "off_chain_only", TX_ANCHOR_OFFCHAIN },
	{ "any", TX_ANCHOR_ANY },
	{ NULL, 0 },
};

const struct tx_word tx_word_pc_modes[] = {
	{ "allow", TX_MODE_ALLOW },
	{ "deny", TX_MODE_DENY },
	{ "originator", TX_MODE_ORIGINATOR },
	{ NULL, 0 },
};

const struct tx_word tx_word_pc_kinds[] = {
	{ "stx", POSTCOND_STX }, { "ft", POSTCOND_FT },
	{ "nft", POSTCOND_NFT }, { "staking", POSTCOND_STAKING },
	{ "pox", POSTCOND_POX }, { NULL, 0 },
};

const struct tx_word tx_word_pc_codes[] = {
	{ "eq", POSTCOND_EQ },
	{ "gt", POSTCOND_GT },
	{ "gte", POSTCOND_GE },
	{ "lt", POSTCOND_LT },
	{ "lte", POSTCOND_LE },
	{ "sent", POSTCOND_SENT },
	{ "not_sent", POSTCOND_NOT_SENT },
	{ "maybe_sent", POSTCOND_MAYBE_SENT },
	{ "not_performed", POSTCOND_NOT_PERFORMED },
	{ "maybe_performed", POSTCOND_MAYBE_PERFORMED },
	{ "performed", POSTCOND_PERFORMED },
	{ NULL, 0 },
};

const struct tx_word tx_word_payloads[] = {
	{ "token_transfer", PAYLOAD_TRANSFER },
	{ "smart_contract", PAYLOAD_CONTRACT },
	{ "contract_call", PAYLOAD_CALL },
	{ "poison_microblock", PAYLOAD_POISON },
	{ "coinbase", PAYLOAD_COINBASE },
	{ "coinbase_to_alt_recipient", PAYLOAD_COINBASE_ALT },
	{ "versioned_smart_contract", PAYLOAD_CONTRACT_VERSIONED },
	{ "tenure_change", PAYLOAD_TENURE },
	{ "nakamoto_coinbase", PAYLOAD_COINBASE_VRF },
	{ NULL, 0 },
};

const struct tx_word tx_word_causes[] = {
	{ "block_found", PAYLOAD_BLOCK_FOUND },
	{ "extended", PAYLOAD_EXTENDED },
	{ "extended_runtime", PAYLOAD_EXTENDED_RUNTIME },
	{ "extended_read_count", PAYLOAD_EXTENDED_READ_COUNT },
	{ "extended_read_length", PAYLOAD_EXTENDED_READ_LENGTH },
	{ "extended_write_count", PAYLOAD_EXTENDED_WRITE_COUNT },
	{ "extended_write_length", PAYLOAD_EXTENDED_WRITE_LENGTH },
	{ NULL, 0 },
};

const struct tx_word tx_word_encodings[] = {
	{ "uncompressed", 0 },
	{ "compressed", 1 },
	{ NULL, 0 },
};

const struct tx_word tx_word_networks[] = {
	{ "testnet", 0 },
	{ "mainnet", 1 },
	{ NULL, 0 },
};

const char *tx_word_of(const struct tx_word *table, unsigned value)
{
	for (; table->word; table++) {
		if (table->value == value)
			return table->word;
	}
	CHECK(!"a value without a word");
	return NULL;
}

bool tx_word_find(const struct tx_word *table, struct span word, unsigned *ret)
{
	for (; table->word; table++) {
		if (span_eq(span_str(table->word), word)) {
			*ret = table->value;
			return true;
		}
	}
	return false;
}
