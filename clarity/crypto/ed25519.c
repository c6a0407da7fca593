/* clarity/crypto/ed25519.c - Strict Ed25519 verification; see ed25519.h. */
#include "config.h"

#include "clarity/crypto/ed25519.h"

#include <sodium.h>

bool ed25519_verify(const uint8_t sig[ED25519_SIG_LEN], const uint8_t *msg,
                    size_t len, const uint8_t pub[ED25519_PUB_LEN])
{
	/*
	 * libsodium also refuses a key whose y is written as p or more, which
	 * the reference would reduce.  No signature can tell: there are 19 such
	 * y, the small ones are of small order, and nobody knows the discrete
	 * logarithm of the others.
	 */
	return crypto_sign_verify_detached(sig, msg, len, pub) == 0;
}
