/* node/wire/address.c - Accounts and their keys; contract in address.h. */
#include "config.h"

#include "node/wire/address.h"

#include <string.h>

#include "clarity/base/check.h"

/* Bitcoin script. */
#define OP_0 0x00u
#define OP_1 0x51u
#define OP_CHECKMULTISIG 0xaeu
#define SMALL_INT_MAX 16u

bool address_mode_is_known(uint8_t mode)
{
	return mode <= ADDRESS_P2WSH || mode == ADDRESS_P2SH_ANY ||
	       mode == ADDRESS_P2WSH_ANY;
}

bool address_mode_is_multisig(enum address_mode mode)
{
	return mode != ADDRESS_P2PKH && mode != ADDRESS_P2WPKH;
}

bool address_mode_is_any_order(enum address_mode mode)
{
	return mode == ADDRESS_P2SH_ANY || mode == ADDRESS_P2WSH_ANY;
}

bool address_mode_is_segwit(enum address_mode mode)
{
	return mode == ADDRESS_P2WPKH || mode == ADDRESS_P2WSH ||
	       mode == ADDRESS_P2WSH_ANY;
}

uint8_t address_version(enum address_mode mode, bool is_mainnet)
{
	if (mode == ADDRESS_P2PKH)
		return is_mainnet ? PRINCIPAL_MAINNET_SINGLESIG
		                  : PRINCIPAL_TESTNET_SINGLESIG;
	return is_mainnet ? PRINCIPAL_MAINNET_MULTISIG
	                  : PRINCIPAL_TESTNET_MULTISIG;
}

bool address_version_is_of(uint8_t version, bool is_mainnet)
{
	return version == address_version(ADDRESS_P2PKH, is_mainnet) ||
	       version == address_version(ADDRESS_P2SH, is_mainnet);
}

/* Writes the key as its owner encodes it. @return its length. */
static size_t key_bytes(uint8_t ret[ECDSA_PUB_FULL_LEN],
                        const struct ecdsa_pub *pub, bool is_compressed)
{
	if (is_compressed) {
		ecdsa_pub_write(ret, pub);
		return ECDSA_PUB_LEN;
	}
	ecdsa_pub_write_full(ret, pub);
	return ECDSA_PUB_FULL_LEN;
}

void address_of_key(uint8_t ret[ADDRESS_HASH_LEN], enum address_mode mode,
                    const struct ecdsa_pub *pub, bool is_compressed)
{
	uint8_t key[ECDSA_PUB_FULL_LEN];
	uint8_t script[2 + ADDRESS_HASH_LEN] = { OP_0, ADDRESS_HASH_LEN };

	CHECK(!address_mode_is_multisig(mode));
	hash_hash160(script + 2, key, key_bytes(key, pub, is_compressed));
	if (mode == ADDRESS_P2PKH)
		memcpy(ret, script + 2, ADDRESS_HASH_LEN);
	else
		hash_hash160(ret, script, sizeof(script));
}

static void script_push(struct address_script *s, const uint8_t *bytes,
                        size_t len)
{
	uint8_t op = (uint8_t)len; /* a push of up to 75 bytes */

	hash_sha256_add(&s->hash, &op, 1);
	hash_sha256_add(&s->hash, bytes, len);
}

/* Bitcoin's script number: little-endian with a sign bit, short if small. */
static void script_push_number(struct address_script *s, uint32_t n)
{
	uint8_t bytes[5];
	size_t len = 0;

	if (n <= SMALL_INT_MAX) {
		uint8_t op = (uint8_t)(n == 0 ? OP_0 : OP_1 + n - 1);

		hash_sha256_add(&s->hash, &op, 1);
		return;
	}
	for (; n > 0; n >>= 8)
		bytes[len++] = (uint8_t)n;
	if (bytes[len - 1] & 0x80)
		bytes[len++] = 0;
	script_push(s, bytes, len);
}

void address_script_begin(struct address_script *s, uint32_t required)
{
	s->n_keys = 0;
	hash_sha256_init(&s->hash);
	script_push_number(s, required);
}

void address_script_add(struct address_script *s, const struct ecdsa_pub *pub,
                        bool is_compressed)
{
	uint8_t key[ECDSA_PUB_FULL_LEN];

	script_push(s, key, key_bytes(key, pub, is_compressed));
	s->n_keys++;
}

void address_script_end(struct address_script *s, enum address_mode mode,
                        uint8_t ret[ADDRESS_HASH_LEN])
{
	static const uint8_t op = OP_CHECKMULTISIG;
	uint8_t witness[2 + HASH_256_LEN] = { OP_0, HASH_256_LEN };

	CHECK(address_mode_is_multisig(mode));
	script_push_number(s, s->n_keys);
	hash_sha256_add(&s->hash, &op, 1);
	hash_sha256_done(&s->hash, witness + 2);
	if (address_mode_is_segwit(mode))
		hash_hash160(ret, witness, sizeof(witness));
	else
		hash_ripemd160(ret, witness + 2, HASH_256_LEN);
}

enum err address_parse(struct address *ret, struct span text)
{
	uint8_t payload[C32_MAX_PAYLOAD];
	size_t len;
	uint8_t version;

	TRY(c32_parse(payload, &len, &version, text));
	if (len != ADDRESS_HASH_LEN)
		return ERR_SYNTAX;
	memcpy(ret->hash, payload, ADDRESS_HASH_LEN);
	ret->version = version;
	return ERR_OK;
}

void address_format(char ret[C32_MAX_TEXT], const struct address *a)
{
	char text[C32_MAX_TEXT];
	size_t len =
	    c32_format(text, a->version, span_of(a->hash, sizeof(a->hash)));

	CHECK(len < C32_MAX_TEXT);
	memcpy(ret, text, len);
	ret[len] = '\0';
}

const struct principal *address_principal(struct principal_room *room,
                                          const struct address *a)
{
	return principal_init(room, a->version, a->hash);
}

struct address address_of_principal(const struct principal *p)
{
	struct address a = { .version = p->version };

	memcpy(a.hash, p->hash, sizeof(a.hash));
	return a;
}
