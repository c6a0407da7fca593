/*
 * node/bitcoin/btc_addr.h - Output scripts that have an address.
 *
 * Layer:    node/bitcoin; pure.
 * Memory:   never allocates.
 * Threads:  pure functions.
 * Spec:     BIP-13 (scripts), BIP-141 and BIP-350 (segwit).
 */
#ifndef NODE_BITCOIN_BTC_ADDR_H
#define NODE_BITCOIN_BTC_ADDR_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "node/bitcoin/base58.h"
#include "node/bitcoin/bech32.h"

enum btc_net {
	BTC_MAINNET,
	BTC_TESTNET, /* and signet, whose texts are the same */
	BTC_REGTEST
};

/** A witness program's script is the longest: version, push, program. */
#define BTC_ADDR_SCRIPT_MAX (2u + BECH32_PROGRAM_MAX)

/** Room for the text of an address and a NUL. */
#define BTC_ADDR_TEXT_MAX BASE58_TEXT_MAX

struct btc_script_room {
	uint8_t bytes[BTC_ADDR_SCRIPT_MAX];
	size_t len;
};

/**
 * Reads an address of a network into its output script.
 *
 * @return ERR_OK; ERR_SYNTAX if it is none, or of another network.
 */
MUST_USE enum err btc_addr_parse(struct btc_script_room *ret, enum btc_net net,
                                 struct span text);

/**
 * Writes the address of an output script and a NUL.
 *
 * @return ERR_OK; ERR_SYNTAX if the script has no address.
 */
MUST_USE enum err btc_addr_format(char ret[BTC_ADDR_TEXT_MAX], enum btc_net net,
                                  struct span script);

/** Writes the script that pays to a key's hash. */
void btc_addr_p2pkh(struct btc_script_room *ret, const uint8_t hash[20]);

/** Writes the script that pays to a script's hash. */
void btc_addr_p2sh(struct btc_script_room *ret, const uint8_t hash[20]);

/** Writes the script that pays to a witness program of 2 to 40 bytes (a
 * CHECK) and version 0 to 16. */
void btc_addr_witness(struct btc_script_room *ret, uint8_t version,
                      struct span program);

#endif /* NODE_BITCOIN_BTC_ADDR_H */
