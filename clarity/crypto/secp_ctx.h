/*
 * clarity/crypto/secp_ctx.h - The one libsecp256k1 context that can sign.
 *
 * Verification works with the library's constant context; signing needs one
 * that was created.  ECDSA, Schnorr and threshold signing share it.
 *
 * Layer:    clarity/crypto.
 * Memory:   made on first use, lives until the process ends.
 * Threads:  secp_ctx_signing from any; secp_ctx_blind while nobody signs.
 */
#ifndef CLARITY_CRYPTO_SECP_CTX_H
#define CLARITY_CRYPTO_SECP_CTX_H

#include <stdint.h>

#include <secp256k1.h>

/** @return the context for operations with private keys. */
const secp256k1_context *secp_ctx_signing(void);

/** Blinds it with 32 random bytes; no other thread may be using it. */
void secp_ctx_blind(const uint8_t seed[32]);

#endif /* CLARITY_CRYPTO_SECP_CTX_H */
