/*
 * tests/lib/vm_case.h - A state of texts for machines under test.
 *
 * The store keeps what the network hashes: the text of each key and of its
 * value, so that a test can compare what a transaction wrote, in its order.
 *
 * Layer:    tests.
 * Memory:   open/close.
 */
#ifndef TESTS_LIB_VM_CASE_H
#define TESTS_LIB_VM_CASE_H

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/hmap.h"
#include "clarity/vm/mem_store.h"
#include "clarity/vm/vm.h"

#define VM_CASE_PASTS 32

/** The state as it was at the end of a block. */
struct vm_case_past {
	uint8_t id[STORE_HASH_LEN];
	struct hmap texts;
	struct store_view view;
};

struct vm_case {
	struct store store;     /* what a machine is given */
	struct mem_store inner; /* contracts and facts; set its `view` */
	struct buf writes;      /* ["key","value"],… since its last reset */
	struct hmap texts;      /* a key's text: its value's */
	struct arena lasting;
	struct store_ops ops;
	struct vm_case_past pasts[VM_CASE_PASTS];
	size_t n_pasts;
	const struct vm_case_past *away; /* where reads are answered, or NULL */
};

/** Starts an empty state. */
void vm_case_open(struct vm_case *p);

/** Frees it. */
void vm_case_close(struct vm_case *p);

/** Sets the text that stands under a key. */
void vm_case_put(struct vm_case *p, struct span key, struct span value);

/** Ends the block that is being built, which gets an id to travel to. */
void vm_case_end_block(struct vm_case *p, const uint8_t id[STORE_HASH_LEN]);

/** Appends what a committed call did, as the fields "events", "assets" and
 * "writes" of a JSON object. */
void vm_case_effects(struct vm_case *p, struct buf *b,
                     const struct vm_result *r);

#endif /* TESTS_LIB_VM_CASE_H */
