/*
 * node/bitcoin/btc_sigcheck.h - Signatures and keys as scripts hold them.
 *
 * Bitcoin's first nodes took whatever their library took for DER, and old
 * blocks hold what no encoder should have written; that is read here as
 * leniently as consensus wants, and judged as strictly as the flags say.
 *
 * Layer:    node/bitcoin; pure.
 * Memory:   none but the hash's own.
 * Threads:  pure functions.
 * Spec:     Bitcoin Core, src/script/interpreter.cpp, src/pubkey.cpp; BIP-66,
 *           BIP-146, BIP-340.
 */
#ifndef NODE_BITCOIN_BTC_SIGCHECK_H
#define NODE_BITCOIN_BTC_SIGCHECK_H

#include <stdbool.h>

#include "clarity/base/span.h"
#include "node/bitcoin/btc_run.h"

/** Judges the form of a signature with its type byte; an empty one is fine.
 * @return BTC_FAIL_OK, SIG_DER, SIG_HIGH_S or SIG_HASHTYPE. */
enum btc_verify_err btc_sigcheck_form(struct span sig, unsigned flags);

/** Judges the form of a key. @return BTC_FAIL_OK, PUBKEYTYPE or
 * WITNESS_PUBKEYTYPE. */
enum btc_verify_err btc_sigcheck_key_form(struct span key, unsigned flags,
                                          enum btc_run_kind kind);

/** @return whether `sig`, with its type byte, is `key`'s over the input;
 * `code` is the script that is covered. */
bool btc_sigcheck_ecdsa(struct btc_run *r, struct span sig, struct span key,
                        struct span code);

/** Judges a taproot signature; `key` has 32 bytes. @return BTC_FAIL_OK,
 * SCHNORR_SIG_SIZE, SCHNORR_SIG_HASHTYPE or SCHNORR_SIG. */
enum btc_verify_err btc_sigcheck_schnorr(const struct btc_run *r,
                                         struct span sig, const uint8_t *key);

#endif /* NODE_BITCOIN_BTC_SIGCHECK_H */
