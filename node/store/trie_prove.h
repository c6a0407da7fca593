/*
 * node/store/trie_prove.h - Making the proofs that trie_proof.h judges.
 *
 * Layer:    node/store.
 * Memory:   scratch in the given arena; the proof goes to the caller's buf.
 * Threads:  any number at once, as far as the backend allows readers.
 * Spec:     SIP-004.
 */
#ifndef NODE_STORE_TRIE_PROVE_H
#define NODE_STORE_TRIE_PROVE_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "node/store/marf.h"

/**
 * Appends a proof of what `path` holds as of block `block`.
 *
 * @param a          scratch
 * @param ret_found  false: the path has no data, and nothing was appended
 * @return ERR_OK; ERR_TOO_LARGE or ERR_NO_MEMORY of `out`; a fault.
 */
MUST_USE enum err trie_prove(struct arena *a,
                             const struct marf_backend *backend, uint32_t block,
                             const uint8_t path[TRIE_PATH_LEN], struct buf *out,
                             bool *ret_found);

#endif /* NODE_STORE_TRIE_PROVE_H */
