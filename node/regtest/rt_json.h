/*
 * node/regtest/rt_json.h - Blocks, transactions and scripts as the calls'
 * answers show them.
 *
 * Layer:    node/regtest.
 * Memory:   writes to the given writer; texts take memory for the time of a
 *           call.
 * Threads:  one.
 * Spec:     Bitcoin Core 27, src/core_write.cpp, src/rpc/blockchain.cpp.
 */
#ifndef NODE_REGTEST_RT_JSON_H
#define NODE_REGTEST_RT_JSON_H

#include "node/io/json_write.h"
#include "node/regtest/rt_pool.h"

/** The difficulty of every block here, as Bitcoin's node writes it. */
#define RT_JSON_DIFFICULTY "4.656542373906925e-10"

/** Each writes a key with its value. */
void rt_json_hash(struct json_write *w, const char *key,
                  const uint8_t hash[BTC_WIRE_HASH_LEN]);
void rt_json_hex(struct json_write *w, const char *key, struct span bytes);
void rt_json_coins(struct json_write *w, const char *key, uint64_t sats);
void rt_json_u64(struct json_write *w, const char *key, uint64_t v);
void rt_json_i64(struct json_write *w, const char *key, int64_t v);
void rt_json_str(struct json_write *w, const char *key, const char *text);
void rt_json_bool(struct json_write *w, const char *key, bool v);
void rt_json_raw(struct json_write *w, const char *key, const char *json);

/** Writes a hash, backwards as people read it. */
void rt_json_hash_value(struct json_write *w,
                        const uint8_t hash[BTC_WIRE_HASH_LEN]);

/** Writes bytes in hex, without 0x. */
void rt_json_hex_value(struct json_write *w, struct span bytes);

/** Writes an object of what an output's script is.
 * @param has_hex  with its bytes */
void rt_json_script(struct json_write *w, struct span script, bool has_hex);

/** Writes the key "asm" with a script as people read it.
 * @param has_types  signatures show what they cover */
void rt_json_asm(struct json_write *w, struct span script, bool has_types);

/** What else is known of a transaction. */
struct rt_json_tx {
	const struct btc_tx *tx;
	struct rt_coin *const *spent; /* NULL: not known; one for each input */
	bool has_prevout;             /* show what is spent */
	bool has_fee;
	bool has_hex;
};

/** Writes the fields of a transaction into an open object. */
void rt_json_tx_fields(struct json_write *w, const struct rt_json_tx *t);

/** @return how many blocks have it below or at them: -1 off the chain. */
int64_t rt_json_confirmations(const struct rt_chain *c,
                              const struct rt_block *b);

/** Writes chain work as 64 hex digits and a NUL. */
void rt_json_work(char ret[65], u128 work);

/** Writes the fields of a header into an open object. */
void rt_json_header_fields(struct json_write *w, const struct rt_chain *c,
                           const struct rt_block *b);

/** Writes a block with its transactions, as `verbosity` 1 to 3 asks. */
void rt_json_block(struct json_write *w, const struct rt_chain *c,
                   const struct rt_block *b, int64_t verbosity);

/** Writes an entry of the pool. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err rt_json_entry(struct json_write *w, struct rt_pool *p,
                                struct arena *a, struct rt_entry *e);

#endif /* NODE_REGTEST_RT_JSON_H */
