/*
 * node/store/marf_mem.h - The forest's backend in memory.
 *
 * What a chain without a disk (simnet, tests) keeps its tries in.  It stores
 * the same records as the database does, so both walk the same code.
 *
 * Layer:    node/store.
 * Memory:   owns everything committed to it until marf_mem_free.
 * Threads:  one at a time.
 */
#ifndef NODE_STORE_MARF_MEM_H
#define NODE_STORE_MARF_MEM_H

#include <stddef.h>
#include <stdint.h>

#include "node/store/marf.h"

struct marf_mem;

/**
 * Makes an empty forest.
 *
 * @param max_bytes  what all blocks together may take; a commit past it fails
 *                   with ERR_NO_MEMORY and changes nothing
 * @return the forest, or NULL without memory.
 */
struct marf_mem *marf_mem_new(size_t max_bytes);

/** Frees the forest; NULL is accepted. */
void marf_mem_free(struct marf_mem *mem);

/** @return the table to hand to marf_begin; valid until marf_mem_free. */
const struct marf_backend *marf_mem_backend(struct marf_mem *mem);

/**
 * Drops every block from number `n` on: how a fork is forgotten, and how a
 * test chain goes back.  No kept block may descend from a dropped one.
 */
void marf_mem_cut(struct marf_mem *mem, uint32_t n);

/** @return how many blocks there are; numbers run from 0. */
uint32_t marf_mem_count(const struct marf_mem *mem);

#endif /* NODE_STORE_MARF_MEM_H */
