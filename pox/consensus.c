/* pox/consensus.c - Names of burn views; contract in consensus.h. */
#include "config.h"

#include "pox/consensus.h"

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "clarity/crypto/hash.h"

/* Separates this fork set's hashes from any other's. */
static const uint8_t fork_set[4] = { 0x17, 0, 0, 0 };

void consensus_ops_hash(uint8_t ret[32], const uint8_t (*txids)[32], size_t n)
{
	struct hash_sha256 h;

	hash_sha256_init(&h);
	for (size_t i = 0; i < n; i++)
		hash_sha256_add(&h, txids[i], 32);
	hash_sha256_done(&h, ret);
}

void consensus_hash(uint8_t ret[CONSENSUS_HASH_LEN],
                    const struct consensus_input *in)
{
	struct hash_sha256 h;
	uint8_t total[8];
	uint8_t digest[32];

	be64_write(total, in->total_burn);
	hash_sha256_init(&h);
	hash_sha256_add(&h, fork_set, sizeof(fork_set));
	hash_sha256_add(&h, in->burn_hash, 32);
	hash_sha256_add(&h, in->ops_hash, 32);
	hash_sha256_add(&h, total, sizeof(total));
	hash_sha256_add(&h, in->pox_id.p, in->pox_id.len);
	for (size_t i = 0; i < in->n; i++)
		hash_sha256_add(&h, in->earlier[i], CONSENSUS_HASH_LEN);
	hash_sha256_done(&h, digest);
	hash_ripemd160(ret, digest, sizeof(digest));
}

size_t consensus_earlier(uint64_t ret[CONSENSUS_EARLIER_MAX], uint64_t parent,
                         uint64_t first)
{
	CHECK(parent >= first);

	uint64_t depth = parent - first;
	uint64_t back = 0;
	size_t n = 0;

	while (back <= depth && n < CONSENSUS_EARLIER_MAX) {
		ret[n++] = parent - back;
		back = 2 * back + 1;
	}
	return n;
}

void consensus_sortition_id(uint8_t ret[32], const uint8_t burn_hash[32],
                            struct span pox_id)
{
	struct hash_sha512 h;

	hash_sha512_256_init(&h);
	hash_sha512_add(&h, burn_hash, 32);
	hash_sha512_add(&h, pox_id.p, pox_id.len);
	hash_sha512_256_done(&h, ret);
}
