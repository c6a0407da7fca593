/*
 * node/store/chaindb_keys.h - The families of the chain's store, and their
 * keys.
 *
 * Every record begins with the version of its form.  A record of a version
 * that this program does not know is refused, not guessed at; a change that
 * older programs could not read raises CHAINDB_SCHEMA, and then they refuse
 * the whole store.
 *
 * Each batch stamps every family with its number.  The database keeps its
 * families in separate files, so damage to its list of files could bring one
 * of them back to an earlier state and leave the others: then stamps differ.
 *
 * Layer:    node/store; for chaindb*.c, chainlog.c and changes.c.
 * Memory:   none.
 * Threads:  plain data.
 * Format:   integers big-endian; a number is a block's local number, u32.
 *           any    ff -> u8 version 1, u64 stamp
 *           meta   "store" -> u8 version 1, u32 schema, u32 chain id
 *           meta   "state" -> u8 version 1, u32 tip, u32 settled, u64 log
 *                  entries
 *           head   number -> u8 version 1, u32 parent, u32 height, u32
 *                  receipts, u32 changes, 32 id, 32 root, u32 length of the
 *                  header, header, facts
 *           id     32 id -> u8 version 1, u32 number
 *           block  number -> u8 version 1, the block's bytes
 *           tx     16 bytes of the id, number, u32 receipt -> u8 version 1
 *           receipt  number, u32 receipt -> receipt.h
 *           log    u64 entry -> chainlog.h
 *           trie, trie_block  marf_kv.h
 *           flat   key of the state (vmstore.h) -> u8 version 1, value
 *           change number, u32 bucket -> changes.h
 *           own    the chain's key -> u8 version 1, the chain's bytes
 */
#ifndef NODE_STORE_CHAINDB_KEYS_H
#define NODE_STORE_CHAINDB_KEYS_H

#include <stdint.h>

/** Raised when older programs could not read what we write. */
#define CHAINDB_SCHEMA 1u

/** The version of each record above. */
#define CHAINDB_RECORD_VERSION 1u

/** The one key of a single byte in each family. */
#define CHAINDB_STAMP_KEY 0xffu

/** Bytes of a transaction's id in keys: enough that none meet by chance; who
 * finds one compares the whole id. */
#define CHAINDB_TX_PREFIX 16u

/** Families, in the order in which the database is opened. */
enum chaindb_family {
	CHAINDB_META,
	CHAINDB_HEAD,
	CHAINDB_ID,
	CHAINDB_BLOCK,
	CHAINDB_TX,
	CHAINDB_RECEIPT,
	CHAINDB_LOG,
	CHAINDB_TRIE,
	CHAINDB_TRIE_BLOCK,
	CHAINDB_FLAT,
	CHAINDB_CHANGE,
	CHAINDB_OWN,
	CHAINDB_FAMILIES
};

#endif /* NODE_STORE_CHAINDB_KEYS_H */
