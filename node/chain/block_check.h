/*
 * node/chain/block_check.h - Does a block fit its parent, Bitcoin, its signers?
 *
 * What can be judged before anything is executed, and costs little beside the
 * signatures.  Together with block_shape.h this is everything but the state
 * root.
 *
 * Signers sign in the order of their set.  Before epoch 4.0 each signature's
 * place was compared with that of the first one only; old blocks depend on
 * it.
 *
 * Layer:    node/chain; pure.
 * Memory:   borrows everything.
 * Threads:  pure.
 * Spec:     SIP-021, "Tenure change", "Signer signatures".
 */
#ifndef NODE_CHAIN_BLOCK_CHECK_H
#define NODE_CHAIN_BLOCK_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "node/chain/block_rule.h"
#include "node/chain/block_shape.h"
#include "node/chain/burn_view.h"
#include "node/chain/chain_block.h"
#include "node/wire/block.h"

/** Signers at most: places are 16 bits on the wire. */
#define BLOCK_CHECK_SIGNERS_MAX 65535u

/** Seven tenths of all weight must sign. */
#define BLOCK_CHECK_TENTHS 7u

/** Compares a block with its parent. @return ERR_OK; ERR_BLOCK_REFUSED by
 * PARENT, HEIGHT, CONTINUITY, PREV_TENURE, TENURE_BLOCKS. */
MUST_USE enum err block_check_parent(const struct block_header *h,
                                     const struct block_shape *shape,
                                     const struct chain_block *parent,
                                     struct block_verdict *v);

/**
 * Compares a block with Bitcoin: its tenure's election, its view, the tenure
 * before, burns, the miner, proof and seed, the treatment of addresses.
 *
 * @return ERR_OK; ERR_BLOCK_REFUSED by the rules from TENURE_UNKNOWN to
 *         TREATMENT.
 */
MUST_USE enum err block_check_burn(const struct block_header *h,
                                   const struct block_shape *shape,
                                   const struct chain_block *parent,
                                   const struct burn_view *view,
                                   struct block_verdict *v);

/** @return the weight that must sign, of `total`. */
uint64_t block_check_threshold(uint64_t total);

/**
 * Verifies the signers' signatures.
 *
 * @param is_strict  each signer must stand behind the one before: since 4.0
 * @return ERR_OK; ERR_BLOCK_REFUSED by SIGNERS_NONE, SIGNER_FORGED,
 *         SIGNER_UNKNOWN, SIGNER_ORDER, SIGNER_WEIGHT.
 */
MUST_USE enum err block_check_signers(const struct block_header *h,
                                      const struct burn_signer *signers,
                                      uint32_t n, bool is_strict,
                                      struct block_verdict *v);

#endif /* NODE_CHAIN_BLOCK_CHECK_H */
