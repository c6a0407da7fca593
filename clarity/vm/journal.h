/*
 * clarity/vm/journal.h - The state as a running transaction sees it.
 *
 * Reads go to the store once for each key; writes stay here until the
 * transaction is accepted.  Nested rollback is an undo log: a mark is its
 * length, going back undoes from the end, and committing a nested level costs
 * nothing at all, which matters because nearly every call is one.
 *
 * Layer:    clarity/vm.
 * Memory:   all of it lives in the arena of the transaction.
 * Threads:  belongs to one machine.
 */
#ifndef CLARITY_VM_JOURNAL_H
#define CLARITY_VM_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/vm/store.h"

/** Entries that one transaction can touch: far above what its costs allow. */
#define JOURNAL_MAX_ENTRIES (1u << 24)

enum journal_state {
	JOURNAL_ABSENT, /* the store has no such entry */
	JOURNAL_CLEAN,  /* as the store has it */
	JOURNAL_DIRTY   /* written by this transaction */
};

struct journal_entry {
	struct store_key key;
	uint64_t hash;     /* of the key */
	struct span bytes; /* what is stored; of no meaning when ABSENT */
	uint8_t state;     /* enum journal_state */
	uint8_t form;      /* enum store_form; of DIRTY */
	bool is_flushed;   /* given to the store already */
	bool has_value;    /* `value` is `bytes`, read as its declared type */
	struct value value;
};

struct journal_undo;

struct journal {
	struct arena *arena; /* of the transaction */
	const struct store *store;
	struct journal_entry **slots; /* by hash; a power of two of them */
	uint32_t mask;                /* slots - 1 */
	struct journal_entry **order; /* entries as they came */
	uint32_t n;                   /* of them */
	uint32_t cap;                 /* that fit before growing */
	struct journal_undo *undo;    /* what writes replaced, in order */
	uint32_t n_undo;
	uint32_t cap_undo;
	bool is_away;      /* reads bypass what the store had (at-block) */
	bool sees_pending; /* while away: but not what was written */
};

/** Starts an empty journal over `store`. */
void journal_init(struct journal *j, struct arena *a,
                  const struct store *store);

/** Forgets everything; the transaction's arena may then be reset. */
void journal_reset(struct journal *j);

/** @return the hash of a key's text, which journal_hash_tail completes. */
uint64_t journal_hash_text(struct span text);

/** @return the hash of a key, from its text's hash and its tail. */
uint64_t journal_hash_tail(uint64_t text_hash, struct span tail);

/**
 * Finds what a key holds now.
 *
 * @param key   borrowed; copied when the key is new
 * @param hash  journal_hash_tail of its parts
 * @param ret   the entry; lasts as long as the transaction, and changes with
 *              later writes
 * @return ERR_OK; ERR_NO_MEMORY, or the store's fault.
 */
MUST_USE enum err journal_read(struct journal *j, const struct store_key *key,
                               uint64_t hash, struct journal_entry **ret);

/**
 * Writes a key.  `bytes` must live as long as the transaction.
 *
 * @return ERR_OK; ERR_NO_MEMORY.
 */
MUST_USE enum err journal_write(struct journal *j, const struct store_key *key,
                                uint64_t hash, struct span bytes,
                                enum store_form form);

/** @return the present place, for journal_rollback. */
static inline uint32_t journal_mark(const struct journal *j)
{
	return j->n_undo;
}

/** Undoes every write since `mark` was taken. */
void journal_rollback(struct journal *j, uint32_t mark);

/**
 * Hands every written entry to the store, each once with its last value, in
 * the order of the first write of each key that was not rolled back: the
 * order in which keys enter the trie is part of the state root.
 *
 * @return ERR_OK or the store's fault; some entries may then be written.
 */
MUST_USE enum err journal_flush(struct journal *j);

#endif /* CLARITY_VM_JOURNAL_H */
