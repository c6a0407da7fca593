/*
 * node/store/trie_node.h - The nodes of the state trie, in memory and stored.
 *
 * The trie (a Merklized adaptive radix forest) is 256-ary over 32-byte paths.
 * Inner nodes come in four sizes and keep their children in *slots*.  In the
 * three smaller sizes the order of the slots is the order in which children
 * were first attached; it is hashed, so it is consensus and survives copies.
 * In the largest size a child's slot is its character.
 *
 * A child either lives in the same block's trie, or in an ancestor's: then the
 * pointer names the block that owns it (a back-pointer), and what is hashed is
 * that block's id, not the child's hash.  This is why a block's root depends
 * only on the nodes that the block touched.
 *
 * Layer:    node/store.
 * Memory:   nodes live in the arena of the trie that is being built.
 * Threads:  a node belongs to one trie; stored records are immutable.
 * Spec:     SIP-004.
 * Format:   a stored record, our own (not consensus), integers big-endian:
 *             u8 version, u8 kind, u8 path_len, path, then
 *             leaf:  40 bytes of data
 *             inner: u16 n, then n times: u8 kind (0x80: back-pointer),
 *                    u8 chr, [u32 block if back-pointer], u32 index
 *           and at the end of both the node's 32-byte hash.
 */
#ifndef NODE_STORE_TRIE_NODE_H
#define NODE_STORE_TRIE_NODE_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"

/** Bytes of a path, of a leaf's data and of a hash. */
#define TRIE_PATH_LEN 32u
#define TRIE_DATA_LEN 40u
#define TRIE_HASH_LEN 32u

/** A record's upper bound: a full node256 of back-pointers. */
#define TRIE_RECORD_MAX (3u + 32u + 2u + 256u * 10u + TRIE_HASH_LEN)

/** The version of the record's form; a record of another one is damaged. */
#define TRIE_RECORD_VERSION 1u

/** Kinds with the numbers that are hashed. */
enum trie_kind {
	TRIE_EMPTY = 0,
	TRIE_LEAF = 1,
	TRIE_NODE4 = 2,
	TRIE_NODE16 = 3,
	TRIE_NODE48 = 4,
	TRIE_NODE256 = 5
};

/** Marks a back-pointer in hashed and stored kinds. */
#define TRIE_BACK 0x80u

/** A slot of an inner node. */
struct trie_ptr {
	uint8_t kind;   /* enum trie_kind; TRIE_EMPTY if nothing is attached */
	uint8_t chr;    /* the character that leads to the child */
	bool is_back;   /* the child is in the trie of `block` */
	uint32_t block; /* local number of the owner; 0 unless is_back */
	uint32_t index; /* the child's number within its trie */
};

/** A node of the trie that is being built. */
struct trie_node {
	uint8_t kind;     /* enum trie_kind, not TRIE_EMPTY */
	uint8_t path_len; /* bytes of `path` */
	uint16_t n;       /* slots in use; node256 counts children, too */
	uint8_t path[TRIE_PATH_LEN]; /* compressed path */
	uint8_t hash[TRIE_HASH_LEN]; /* valid once the trie is sealed */
	union {
		struct trie_ptr *slots;      /* inner: trie_node_slots() many */
		uint8_t data[TRIE_DATA_LEN]; /* leaf */
	};
};

/** @return how many slots a kind has: 0, 4, 16, 48 or 256. */
uint32_t trie_node_slots(enum trie_kind kind);

/**
 * Makes a node without children or data.
 *
 * @param path_len  at most TRIE_PATH_LEN
 * @return the node, or NULL when the arena refuses.
 */
struct trie_node *trie_node_new(struct arena *a, enum trie_kind kind,
                                const uint8_t *path, uint32_t path_len);

/** @return the slot that leads on by `chr`, or NULL. */
struct trie_ptr *trie_node_find(const struct trie_node *n, uint8_t chr);

/**
 * Attaches a child in the next free slot, taking the next larger kind when
 * there is none.  A child with the same character is replaced in place.
 *
 * @return ERR_OK; ERR_NO_MEMORY (`n` is unchanged).
 */
MUST_USE enum err trie_node_attach(struct arena *a, struct trie_node *n,
                                   const struct trie_ptr *child);

/** Shortens the compressed path by its first `count` bytes. */
void trie_node_cut_path(struct trie_node *n, uint32_t count);

/** Appends the node's record; `n->hash` must be set. */
void trie_node_write(const struct trie_node *n, struct buf *out);

/**
 * Reads a record of block `owner` as a copy for a later block's trie: children
 * that were inline become back-pointers to `owner`.
 *
 * @return ERR_OK; ERR_STORE_CORRUPT (a fault) if the record is malformed;
 *         ERR_NO_MEMORY.
 */
MUST_USE enum err trie_node_read(struct arena *a, struct trie_node **ret,
                                 struct span record, uint32_t owner);

#endif /* NODE_STORE_TRIE_NODE_H */
