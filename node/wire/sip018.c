/* node/wire/sip018.c - Signed structured data; contract in sip018.h. */
#include "config.h"

#include "node/wire/sip018.h"

#include <string.h>

#include "clarity/crypto/hash.h"
#include "clarity/value/value_codec.h"

#define PREFIX "SIP018"
#define PREFIX_LEN (sizeof(PREFIX) - 1)

static enum err domain_value(struct arena *a, struct value *ret,
                             const struct sip018_domain *domain)
{
	struct value_field fields[] = {
		{ span_str("name"), { 0 } },
		{ span_str("version"), { 0 } },
		{ span_str("chain-id"), value_uint(domain->chain_id) },
	};

	TRY(value_string_ascii(&fields[0].value, domain->name, NULL));
	TRY(value_string_ascii(&fields[1].value, domain->version, NULL));
	return value_tuple(a, ret, fields, 3, NULL);
}

enum err sip018_hash(struct arena *a, uint8_t ret[ECDSA_DIGEST_LEN],
                     const struct value *v)
{
	struct span bytes;

	TRY(value_codec_bytes(a, &bytes, v));
	hash_sha256(ret, bytes.p, bytes.len);
	return ERR_OK;
}

enum err sip018_digest(struct arena *a, uint8_t ret[ECDSA_DIGEST_LEN],
                       const struct sip018_domain *domain,
                       const struct value *message)
{
	uint8_t bytes[PREFIX_LEN + 2 * ECDSA_DIGEST_LEN] = PREFIX;
	struct value v;

	TRY(domain_value(a, &v, domain));
	TRY(sip018_hash(a, bytes + PREFIX_LEN, &v));
	TRY(sip018_hash(a, bytes + PREFIX_LEN + ECDSA_DIGEST_LEN, message));
	hash_sha256(ret, bytes, sizeof(bytes));
	return ERR_OK;
}
