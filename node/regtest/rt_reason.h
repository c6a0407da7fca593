/*
 * node/regtest/rt_reason.h - Why something is refused, in Bitcoin's words.
 *
 * Programs that talk to a Bitcoin node compare these texts, so they are the
 * node's own: "bad-txnmrklroot", "missing-inputs", and so on.
 *
 * Layer:    node/regtest.
 * Memory:   plain data of the caller.
 * Threads:  plain data.
 */
#ifndef NODE_REGTEST_RT_REASON_H
#define NODE_REGTEST_RT_REASON_H

#include "clarity/base/err.h"
#include "node/bitcoin/btc_verify.h"

#define RT_REASON_MAX 200u

struct rt_reason {
	char text[RT_REASON_MAX];
	char detail[RT_REASON_MAX]; /* with numbers; empty without */
};

/** Sets the text. @return ERR_BTC_RULE, for the caller to return. */
enum err rt_reason_set(struct rt_reason *ret, const char *text);

/** As rt_reason_set, for a script that failed: "prefix (why)". */
enum err rt_reason_script(struct rt_reason *ret, const char *prefix,
                          enum btc_verify_err why);

/** As rt_reason_set, with a number as eight hex digits: "text(0x00000001)". */
enum err rt_reason_hex(struct rt_reason *ret, const char *text, uint32_t n);

/** As rt_reason_set, with the detail "is < wanted". */
enum err rt_reason_less(struct rt_reason *ret, const char *text, uint64_t is,
                        uint64_t wanted);

#endif /* NODE_REGTEST_RT_REASON_H */
