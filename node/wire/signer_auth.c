/* node/wire/signer_auth.c - Signers' consents; contract in signer_auth.h. */
#include "config.h"

#include "node/wire/signer_auth.h"

#include <stddef.h>

#include "node/wire/sip018.h"

#define VERSION_MAX 6
#define VERSION_MAX_SHORT 4 /* the last whose hash has 20 bytes */

static const char *const topic_names[SIGNER_AUTH_TOPICS] = {
	[SIGNER_AUTH_STACK_STX] = "stack-stx",
	[SIGNER_AUTH_STACK_EXTEND] = "stack-extend",
	[SIGNER_AUTH_STACK_INCREASE] = "stack-increase",
	[SIGNER_AUTH_AGG_COMMIT] = "agg-commit",
	[SIGNER_AUTH_AGG_INCREASE] = "agg-increase",
};

static bool has_address(const struct signer_auth *auth)
{
	size_t len = auth->addr_version <= VERSION_MAX_SHORT ? 20 : 32;

	return auth->addr_version <= VERSION_MAX && auth->addr_hash.len == len;
}

static enum err address_value(struct arena *a, struct value *ret,
                              const struct signer_auth *auth)
{
	struct value_field fields[] = {
		{ span_str("version"),
		  value_buff(span_of(&auth->addr_version, 1)) },
		{ span_str("hashbytes"), value_buff(auth->addr_hash) },
	};

	return value_tuple(a, ret, fields, 2, NULL);
}

static enum err message_value(struct arena *a, struct value *ret,
                              const struct signer_auth *auth)
{
	struct span topic = span_str(signer_auth_topic_name(auth->topic));
	struct value_field fields[] = {
		{ span_str("pox-addr"), { 0 } },
		{ span_str("reward-cycle"), value_uint(auth->reward_cycle) },
		{ span_str("topic"), value_ascii(topic) },
		{ span_str("period"), value_uint(auth->period) },
		{ span_str("auth-id"), value_uint(auth->auth_id) },
		{ span_str("max-amount"), value_uint(auth->max_amount) },
	};

	TRY(address_value(a, &fields[0].value, auth));
	return value_tuple(a, ret, fields, 6, NULL);
}

const char *signer_auth_topic_name(enum signer_auth_topic topic)
{
	return topic_names[topic];
}

bool signer_auth_topic_parse(enum signer_auth_topic *ret, struct span text)
{
	for (int t = 0; t < SIGNER_AUTH_TOPICS; t++) {
		if (span_eq(text, span_str(topic_names[t]))) {
			*ret = (enum signer_auth_topic)t;
			return true;
		}
	}
	return false;
}

enum err signer_auth_digest(struct arena *a, uint8_t ret[ECDSA_DIGEST_LEN],
                            const struct signer_auth *auth, uint32_t chain_id)
{
	const struct sip018_domain domain = { .name = span_str("pox-4-signer"),
		                              .version = span_str("1.0.0"),
		                              .chain_id = chain_id };
	struct value message;

	if (!has_address(auth))
		return ERR_TYPE;
	TRY(message_value(a, &message, auth));
	return sip018_digest(a, ret, &domain, &message);
}

enum err signer_auth_sign(struct arena *a, uint8_t ret[ECDSA_RSIG_LEN],
                          const struct signer_auth *auth, uint32_t chain_id,
                          const uint8_t key[ECDSA_KEY_LEN])
{
	uint8_t digest[ECDSA_DIGEST_LEN];
	uint8_t vrs[ECDSA_RSIG_LEN];

	TRY(signer_auth_digest(a, digest, auth, chain_id));
	TRY(ecdsa_sign_recoverable(vrs, digest, key));
	ecdsa_rsv_of_vrs(ret, vrs);
	return ERR_OK;
}

enum err signer_auth_signer(struct arena *a, uint8_t ret[ECDSA_PUB_LEN],
                            const struct signer_auth *auth, uint32_t chain_id,
                            const uint8_t sig[ECDSA_RSIG_LEN])
{
	uint8_t digest[ECDSA_DIGEST_LEN];
	uint8_t vrs[ECDSA_RSIG_LEN];
	struct ecdsa_pub pub;

	TRY(signer_auth_digest(a, digest, auth, chain_id));
	ecdsa_vrs_of_rsv(vrs, sig);
	TRY(ecdsa_recover(&pub, vrs, digest));
	ecdsa_pub_write(ret, &pub);
	return ERR_OK;
}
