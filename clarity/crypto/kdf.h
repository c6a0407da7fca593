/*
 * clarity/crypto/kdf.h - Keys from keys, and keys from sentences.
 *
 * Layer:    clarity/crypto; over libcrypto.
 * Memory:   libcrypto allocates within a call; running out of memory stops the
 *           process, for there is no answer that is not a wrong key.
 * Threads:  pure functions.
 * Spec:     RFC 2104 (HMAC), RFC 8018 (PBKDF2).
 */
#ifndef CLARITY_CRYPTO_KDF_H
#define CLARITY_CRYPTO_KDF_H

#include <stdint.h>

#include "clarity/base/span.h"

#define KDF_LEN 64u

/** HMAC over SHA-512. */
void kdf_hmac_sha512(uint8_t ret[KDF_LEN], struct span key, struct span msg);

/** PBKDF2 over HMAC-SHA-512, one block of 64 bytes.
 * @param rounds  at least 1 (a CHECK) */
void kdf_pbkdf2_sha512(uint8_t ret[KDF_LEN], struct span secret,
                       struct span salt, uint32_t rounds);

#endif /* CLARITY_CRYPTO_KDF_H */
