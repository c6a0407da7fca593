/*
 * node/io/json_write.h - Writes JSON as it goes, without building a tree.
 *
 * Answers are written field by field into a buf that the caller may drain
 * whenever it likes, so that a long one needs no memory of its length.
 * Numbers above 2^53 do not survive most readers, so 128-bit integers are
 * decimal text.  What is written is always well formed: bytes that are not
 * UTF-8 become U+FFFD, and misuse (a value without its key, an object closed
 * as an array) is a bug that aborts.
 *
 * Layer:    node/io; uses clarity/base.
 * Memory:   the caller's buf, whose first failure json_write_end returns.
 * Threads:  a writer belongs to one thread.
 * Spec:     RFC 8259.
 */
#ifndef NODE_IO_JSON_WRITE_H
#define NODE_IO_JSON_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/num.h"
#include "clarity/base/span.h"

/** Objects and arrays inside one another at most (a CHECK). */
#define JSON_WRITE_DEPTH_MAX 512u

struct json_write {
	struct buf *out;
	unsigned indent; /* spaces a level; 0: everything on one line */
	unsigned depth;
	bool has_key;  /* a key waits for its value */
	bool has_root; /* the one top-level value was begun */
	struct {
		bool is_object;
		bool has_items;
	} level[JSON_WRITE_DEPTH_MAX];
};

/** Starts a document of one value in `out`. */
void json_write_init(struct json_write *w, struct buf *out, unsigned indent);

/** Each begins a value that json_write_close ends. */
void json_write_object(struct json_write *w);
void json_write_array(struct json_write *w);

/** Ends the innermost object or array. */
void json_write_close(struct json_write *w);

/** Names the next value; only, and always, in an object. */
void json_write_key(struct json_write *w, const char *key);
void json_write_key_span(struct json_write *w, struct span key);

/** Each writes one value. */
void json_write_null(struct json_write *w);
void json_write_bool(struct json_write *w, bool v);
void json_write_u64(struct json_write *w, uint64_t v);
void json_write_i64(struct json_write *w, int64_t v);

/** Each writes a 128-bit integer as decimal text, in quotes. */
void json_write_u128(struct json_write *w, u128 v);
void json_write_i128(struct json_write *w, i128 v);

/** Each writes text. */
void json_write_str(struct json_write *w, const char *text);
void json_write_text(struct json_write *w, struct span text);

/** Writes bytes as text: 0x and lower-case hex. */
void json_write_hex(struct json_write *w, struct span bytes);

/** Writes a value that is JSON already, as it stands. */
void json_write_raw(struct json_write *w, struct span json);

/** Writes thousandths as a decimal fraction: 1234 is 1.234. */
void json_write_milli(struct json_write *w, uint64_t v);

/** Writes units of 10^-digits as a decimal fraction with all its digits: with 8
 * digits 50000000 is 0.50000000. @param digits  1 to 18 (a CHECK) */
void json_write_fixed(struct json_write *w, int64_t v, unsigned digits);

/** @return whether the document is whole: its one value is there and closed. */
bool json_write_is_done(const struct json_write *w);

/** Ends the document (a CHECK that it is whole). @return buf_err. */
MUST_USE enum err json_write_end(struct json_write *w);

#endif /* NODE_IO_JSON_WRITE_H */
