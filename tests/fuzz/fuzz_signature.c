/*
 * tests/fuzz/fuzz_signature.c - Signatures and proofs, in each of their forms.
 *
 * A DER signature that is accepted is written as it came; a recovered key
 * verifies the low twin; a VRF proof's form is stable.
 */
#include "config.h"

#include "tests/lib/fuzz.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/crypto/ecdsa.h"
#include "clarity/crypto/vrf.h"

static void check_der(const uint8_t *bytes, size_t len)
{
	uint8_t sig[ECDSA_SIG_LEN];
	uint8_t der[ECDSA_DER_MAX];
	static const uint8_t zero[ECDSA_SIG_LEN];

	if (ecdsa_der_parse(sig, bytes, len) != ERR_OK)
		return;
	/* A value out of range stands as zero, so its bytes are lost. */
	if (memcmp(sig, zero, 32) == 0 || memcmp(sig + 32, zero, 32) == 0)
		return;
	CHECK(ecdsa_der_write(der, sig) == len);
	CHECK(memcmp(der, bytes, len) == 0);
}

static void check_recover(const uint8_t *sig, const uint8_t *digest)
{
	uint8_t low[ECDSA_SIG_LEN];
	struct ecdsa_pub pub;

	if (ecdsa_recover(&pub, sig, digest) != ERR_OK)
		return;
	CHECK(ecdsa_rsig_is_formed(sig));
	memcpy(low, sig + 1, sizeof(low));
	CHECK(ecdsa_lower_s(low) == ERR_OK);
	CHECK(ecdsa_is_low_s(low));
	CHECK(ecdsa_verify(low, digest, &pub));
	CHECK(ecdsa_verify(sig + 1, digest, &pub) == ecdsa_is_low_s(sig + 1));
}

static void check_proof(const uint8_t *bytes)
{
	uint8_t proof[VRF_PROOF_LEN];
	uint8_t again[VRF_PROOF_LEN];

	if (vrf_proof_parse(proof, bytes) != ERR_OK)
		return;
	CHECK(vrf_proof_parse(again, proof) == ERR_OK);
	CHECK(memcmp(again, proof, sizeof(proof)) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	check_der(bytes, len);
	if (len >= ECDSA_RSIG_LEN + ECDSA_DIGEST_LEN)
		check_recover(bytes, bytes + ECDSA_RSIG_LEN);
	if (len >= VRF_PROOF_LEN)
		check_proof(bytes);
	return 0;
}
