/*
 * clarity/embed_store.h - A store of keys and values as the machine wants one.
 *
 * Layer:    clarity; implements clarity/vm/store.h over clarity/clarity.h.
 * Memory:   embedded by its owner; what is read is copied to the reader's
 *           arena.
 * Threads:  as the machine.
 * Format:   "contract:" and an identifier: version 1, then epoch, version,
 *           height (4 bytes each), data size (8), hash (32), source (4 bytes of
 *           length before it), number of constants (4), and for each its
 *           size (4), name and bytes (4 bytes of length before each); all
 *           big-endian
 */
#ifndef CLARITY_EMBED_STORE_H
#define CLARITY_EMBED_STORE_H

#include "clarity/clarity.h"
#include "clarity/vm/store.h"

struct embed_store {
	struct store store; /* what a machine is given */
	struct clarity_store user;
	struct store_view view;
	int failure; /* what `user` answered last when it failed */
};

/** Starts a store over `user`, which is copied. */
void embed_store_init(struct embed_store *s, const struct clarity_store *user);

#endif /* CLARITY_EMBED_STORE_H */
