/* node/chain/block_shape.c - What a block shows by itself; contract in
 * block_shape.h. */
#include "config.h"

#include "node/chain/block_shape.h"

#include <string.h>

/* Places of the first tenure change and coinbase; n_txs: there is none. */
struct shape_places {
	uint32_t tenure, coinbase;
	uint32_t n_tenures, n_coinbases;
};

static struct shape_places shape_find(const struct block *b)
{
	struct shape_places p = { .tenure = b->n_txs, .coinbase = b->n_txs };

	for (uint32_t i = b->n_txs; i-- > 0;) {
		const struct payload *at = &b->txs[i].payload;

		if (at->kind == PAYLOAD_TENURE) {
			p.tenure = i;
			p.n_tenures++;
		} else if (payload_is_coinbase(at)) {
			p.coinbase = i;
			p.n_coinbases++;
		}
	}
	return p;
}

static bool shape_hash_is(const uint8_t *hash, const struct block *b)
{
	return memcmp(hash, b->header.consensus_hash,
	              WIRE_CONSENSUS_HASH_LEN) == 0;
}

/* A tenure change without a coinbase. */
static enum err shape_extension(const struct block *b,
                                const struct payload_tenure *t,
                                struct block_verdict *v)
{
	if (t->cause == PAYLOAD_BLOCK_FOUND)
		return block_rule_refuse(v, BLOCK_RULE_TENURE_ALONE);
	if (!shape_hash_is(t->tenure, b) || !shape_hash_is(t->prev_tenure, b))
		return block_rule_refuse(v, BLOCK_RULE_TENURE_HASHES);
	return ERR_OK;
}

static enum err shape_start(const struct block *b,
                            const struct payload_tenure *t,
                            struct block_verdict *v)
{
	if (t->cause != PAYLOAD_BLOCK_FOUND)
		return block_rule_refuse(v, BLOCK_RULE_TENURE_CAUSE);
	if (b->txs[1].payload.kind != PAYLOAD_COINBASE_VRF)
		return block_rule_refuse(v, BLOCK_RULE_TENURE_ALONE);
	if (!shape_hash_is(t->tenure, b))
		return block_rule_refuse(v, BLOCK_RULE_TENURE_HASHES);
	return ERR_OK;
}

enum err block_shape_tenure(const struct block *b, struct block_shape *ret,
                            struct block_verdict *v)
{
	struct shape_places p = shape_find(b);
	struct block_shape s = { 0 };

	if (p.n_tenures > 1 || p.n_coinbases > 1)
		return block_rule_refuse(v, BLOCK_RULE_TENURE_TWICE);
	if (p.n_coinbases && !p.n_tenures)
		return block_rule_refuse(v, BLOCK_RULE_TENURE_ALONE);
	if (!p.n_tenures) {
		*ret = s;
		return ERR_OK;
	}
	if (p.tenure != 0 || (p.n_coinbases && p.coinbase != 1))
		return block_rule_refuse(v, BLOCK_RULE_TENURE_PLACE);
	s.tenure = &b->txs[0].payload.tenure;
	if (p.n_coinbases) {
		TRY(shape_start(b, s.tenure, v));
		s.coinbase = &b->txs[1].payload.coinbase;
	} else {
		TRY(shape_extension(b, s.tenure, v));
	}
	if (memcmp(s.tenure->prev_end, b->header.parent_id, WIRE_HASH_LEN) != 0)
		return block_rule_refuse(v, BLOCK_RULE_TENURE_END);
	*ret = s;
	return ERR_OK;
}

uint8_t block_shape_version(enum epoch epoch)
{
	return epoch >= EPOCH_4_0 ? BLOCK_VERSION_1 : BLOCK_VERSION_0;
}

static enum err shape_txs(const struct block *b,
                          const struct chain_params *params, enum epoch epoch,
                          struct block_verdict *v)
{
	for (uint32_t i = 0; i < b->n_txs; i++) {
		const struct tx *tx = &b->txs[i];

		v->tx_index = i;
		if (tx->is_mainnet != params->is_mainnet ||
		    tx->chain_id != params->chain_id)
			return block_rule_refuse(v, BLOCK_RULE_TX_FOREIGN);
		if (tx_check_epoch(tx, epoch) != ERR_OK)
			return block_rule_refuse(v, BLOCK_RULE_TX_EPOCH);
	}
	v->tx_index = 0;
	return ERR_OK;
}

static enum err shape_marker(const struct block *b, uint32_t i,
                             struct block_verdict *v)
{
	const struct block_marker *at = &b->header.markers[i];
	const struct payload *p;

	if (i > 0 && at->tx_index <= at[-1].tx_index)
		return block_rule_refuse(v, BLOCK_RULE_MARKER_ORDER);
	if (at->tx_index >= b->n_txs)
		return block_rule_refuse(v, BLOCK_RULE_MARKER_RANGE);
	p = &b->txs[at->tx_index].payload;
	if (p->kind == PAYLOAD_TENURE || payload_is_coinbase(p))
		return block_rule_refuse(v, BLOCK_RULE_MARKER_KIND);
	return ERR_OK;
}

static enum err shape_markers(const struct block *b, enum epoch epoch,
                              struct block_verdict *v)
{
	if (b->header.n_markers && epoch < EPOCH_4_0)
		return block_rule_refuse(v, BLOCK_RULE_MARKER_EARLY);
	if (b->header.n_markers > BLOCK_MARKERS_MAX)
		return block_rule_refuse(v, BLOCK_RULE_MARKER_COUNT);
	for (uint32_t i = 0; i < b->header.n_markers; i++)
		TRY(shape_marker(b, i, v));
	return ERR_OK;
}

enum err block_shape_check(const struct block *b,
                           const struct chain_params *params, enum epoch epoch,
                           struct block_shape *ret, struct block_verdict *v)
{
	if (!b->n_txs)
		return block_rule_refuse(v, BLOCK_RULE_EMPTY);
	if (block_is_shadow(&b->header))
		return block_rule_refuse(v, BLOCK_RULE_SHADOW);
	/* Before 3.0 there were no such blocks. */
	if (epoch < EPOCH_FIRST ||
	    b->header.version != block_shape_version(epoch))
		return block_rule_refuse(v, BLOCK_RULE_VERSION);
	TRY(shape_txs(b, params, epoch, v));
	TRY(block_shape_tenure(b, ret, v));
	if (ret->tenure && ret->tenure->cause > PAYLOAD_EXTENDED &&
	    epoch < EPOCH_3_3)
		return block_rule_refuse(v, BLOCK_RULE_EXTEND_EPOCH);
	return shape_markers(b, epoch, v);
}
