/* node/chain/block_check.c - A block, its parent and Bitcoin; contract in
 * block_check.h. */
#include "config.h"

#include "node/chain/block_check.h"

#include <string.h>

#include "clarity/base/check.h"

/* A bit for each signer. */
#define SEEN_LEN ((BLOCK_CHECK_SIGNERS_MAX + 7u) / 8u)

static bool hash_eq(const uint8_t a[WIRE_CONSENSUS_HASH_LEN],
                    const uint8_t b[WIRE_CONSENSUS_HASH_LEN])
{
	return memcmp(a, b, WIRE_CONSENSUS_HASH_LEN) == 0;
}

static enum err check_tenure_change(const struct payload_tenure *t,
                                    const struct chain_block *parent,
                                    struct block_verdict *v)
{
	if (!hash_eq(t->prev_tenure, parent->tenure.consensus_hash))
		return block_rule_refuse(v, BLOCK_RULE_PREV_TENURE);
	if (t->prev_blocks != parent->tenure_blocks)
		return block_rule_refuse(v, BLOCK_RULE_TENURE_BLOCKS);
	return ERR_OK;
}

enum err block_check_parent(const struct block_header *h,
                            const struct block_shape *shape,
                            const struct chain_block *parent,
                            struct block_verdict *v)
{
	bool continues =
	    parent->height > 0 &&
	    hash_eq(h->consensus_hash, parent->tenure.consensus_hash);

	if (memcmp(h->parent_id, parent->id, WIRE_HASH_LEN) != 0)
		return block_rule_refuse(v, BLOCK_RULE_PARENT);
	if (h->chain_length != (uint64_t)parent->height + 1 ||
	    h->chain_length > UINT32_MAX)
		return block_rule_refuse(v, BLOCK_RULE_HEIGHT);
	if (!block_shape_is_start(shape) && !continues)
		return block_rule_refuse(v, BLOCK_RULE_CONTINUITY);
	return shape->tenure ? check_tenure_change(shape->tenure, parent, v)
	                     : ERR_OK;
}

/* The view, and how it lies to the parent's. */
static enum err check_view(const struct block_shape *shape,
                           const struct chain_block *parent,
                           const struct burn_view *view,
                           struct block_verdict *v)
{
	const uint8_t *want =
	    shape->tenure ? shape->tenure->burn_view : parent->burn_view;

	if (!view->view || !hash_eq(view->view->consensus_hash, want))
		return block_rule_refuse(v, BLOCK_RULE_VIEW_UNKNOWN);
	if (!view->view_descends)
		return block_rule_refuse(v, BLOCK_RULE_VIEW_FORK);
	return ERR_OK;
}

static enum err check_tenure(const struct block_header *h,
                             const struct burn_view *view,
                             struct block_verdict *v)
{
	if (!view->tenure ||
	    !hash_eq(view->tenure->consensus_hash, h->consensus_hash))
		return block_rule_refuse(v, BLOCK_RULE_TENURE_UNKNOWN);
	if (!view->tenure->has_winner || !view->winner)
		return block_rule_refuse(v, BLOCK_RULE_TENURE_UNWON);
	if (view->tenure->height > view->view->height)
		return block_rule_refuse(v, BLOCK_RULE_VIEW_ORDER);
	return ERR_OK;
}

/* The tenure before, unless genesis is before. */
static enum err check_prev(const struct payload_tenure *t,
                           const struct burn_view *view,
                           struct block_verdict *v)
{
	static const uint8_t none[WIRE_CONSENSUS_HASH_LEN];
	const struct burn_snapshot *prev = view->prev_tenure;

	if (hash_eq(t->prev_tenure, none))
		return ERR_OK;
	if (!prev || !hash_eq(prev->consensus_hash, t->prev_tenure))
		return block_rule_refuse(v, BLOCK_RULE_PREV_UNKNOWN);
	if (t->cause == PAYLOAD_BLOCK_FOUND &&
	    prev->height >= view->tenure->height)
		return block_rule_refuse(v, BLOCK_RULE_PREV_ORDER);
	if (!prev->has_winner)
		return block_rule_refuse(v, BLOCK_RULE_PREV_UNWON);
	return ERR_OK;
}

static enum err check_miner(const struct block_header *h,
                            const struct block_shape *shape,
                            const struct burn_view *view,
                            struct block_verdict *v)
{
	uint8_t miner[ADDRESS_HASH_LEN];

	if (block_miner(miner, h) != ERR_OK ||
	    memcmp(miner, view->winner->miner, ADDRESS_HASH_LEN) != 0)
		return block_rule_refuse(v, BLOCK_RULE_MINER);
	if (shape->tenure &&
	    memcmp(shape->tenure->miner, miner, ADDRESS_HASH_LEN) != 0)
		return block_rule_refuse(v, BLOCK_RULE_TENURE_MINER);
	return ERR_OK;
}

/* Proof, seed and parent of a new tenure's election. */
static enum err check_election(const struct block_shape *shape,
                               const struct chain_block *parent,
                               const struct burn_view *view,
                               struct block_verdict *v)
{
	const struct burn_winner *w = view->winner;

	if (!vrf_verify(shape->coinbase->proof, w->vrf_pub, w->sortition_hash,
	                WIRE_HASH_LEN))
		return block_rule_refuse(v, BLOCK_RULE_VRF_PROOF);
	if (memcmp(w->new_seed, parent->tenure.vrf_seed, VRF_SEED_LEN) != 0)
		return block_rule_refuse(v, BLOCK_RULE_VRF_SEED);
	/* What the first tenure of all commits to is not looked at. */
	if (parent->height > 0 && parent->epoch >= EPOCH_3_0 &&
	    memcmp(w->parent_tenure, parent->tenure.start_id, WIRE_HASH_LEN) !=
	        0)
		return block_rule_refuse(v, BLOCK_RULE_COMMIT_PARENT);
	return ERR_OK;
}

/* An address all of whose places say yes may not be punished, one all of
 * whose places say no may not be paid.  An address without places is both. */
static enum err check_treatment(const struct bitvec *bits,
                                const struct burn_treatment *t,
                                struct block_verdict *v)
{
	bool all = true, none = true;

	for (uint32_t i = 0; i < t->n_places; i++) {
		uint16_t at = t->places[i];
		bool bit = at >= bits->n || bitvec_get(bits, at);

		all = all && bit;
		none = none && !bit;
	}
	if (all ? t->is_punished : none && !t->is_punished)
		return block_rule_refuse(v, BLOCK_RULE_TREATMENT);
	return ERR_OK;
}

enum err block_check_burn(const struct block_header *h,
                          const struct block_shape *shape,
                          const struct chain_block *parent,
                          const struct burn_view *view, struct block_verdict *v)
{
	TRY(check_view(shape, parent, view, v));
	TRY(check_tenure(h, view, v));
	if (shape->tenure)
		TRY(check_prev(shape->tenure, view, v));
	if (h->burn_spent !=
	    (shape->tenure ? view->view->total_burn : parent->burn_spent))
		return block_rule_refuse(v, BLOCK_RULE_BURN_SPENT);
	TRY(check_miner(h, shape, view, v));
	if (block_shape_is_start(shape))
		TRY(check_election(shape, parent, view, v));
	for (uint32_t i = 0; i < view->n_treatments; i++)
		TRY(check_treatment(&h->treatment, &view->treatments[i], v));
	return ERR_OK;
}

uint64_t block_check_threshold(uint64_t total)
{
	return (total * BLOCK_CHECK_TENTHS + 9) / 10;
}

static uint32_t signer_place(const struct burn_signer *signers, uint32_t n,
                             const struct ecdsa_pub *pub)
{
	uint8_t key[ECDSA_PUB_LEN];

	ecdsa_pub_write(key, pub);
	for (uint32_t i = 0; i < n; i++) {
		if (memcmp(signers[i].key, key, ECDSA_PUB_LEN) == 0)
			return i;
	}
	return n;
}

enum err block_check_signers(const struct block_header *h,
                             const struct burn_signer *signers, uint32_t n,
                             bool is_strict, struct block_verdict *v)
{
	uint8_t seen[SEEN_LEN] = { 0 }, message[WIRE_HASH_LEN];
	uint64_t total = 0, signed_by = 0;
	uint32_t last = 0;

	CHECK(n <= BLOCK_CHECK_SIGNERS_MAX);
	for (uint32_t i = 0; i < n; i++)
		total += signers[i].weight;
	if (total == 0)
		return block_rule_refuse(v, BLOCK_RULE_SIGNERS_NONE);
	block_signer_hash(message, h);
	for (uint32_t i = 0; i < h->n_signer_sigs; i++) {
		struct ecdsa_pub pub;
		uint32_t at;

		if (block_signer(&pub, h, i, message) != ERR_OK)
			return block_rule_refuse(v, BLOCK_RULE_SIGNER_FORGED);
		at = signer_place(signers, n, &pub);
		if (at == n || (seen[at / 8] >> (at % 8) & 1))
			return block_rule_refuse(v, BLOCK_RULE_SIGNER_UNKNOWN);
		if (i > 0 && at <= last)
			return block_rule_refuse(v, BLOCK_RULE_SIGNER_ORDER);
		if (i == 0 || is_strict)
			last = at;
		seen[at / 8] |= (uint8_t)(1u << (at % 8));
		signed_by += signers[at].weight;
	}
	if (signed_by < block_check_threshold(total))
		return block_rule_refuse(v, BLOCK_RULE_SIGNER_WEIGHT);
	return ERR_OK;
}
