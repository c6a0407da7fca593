/*
 * node/wire/postcond.h - What a sender insists on about a transaction's effect.
 *
 * A post-condition names a principal, an asset and a bound on how much of it
 * may leave that principal.  The machine checks them after execution and undoes
 * everything if one does not hold.  Here they are only bytes and structs.
 *
 * Layer:    node/wire; pure.
 * Memory:   an NFT's value lies in the given arena; names borrow the input.
 * Threads:  plain data.
 * Spec:     SIP-005, "Transaction Post-Conditions"; SIP-040 (maybe sent),
 *           SIP-044 (staking and PoX).
 * Format:   00 principal code amount[8]              STX
 *           01 principal asset code amount[8]        fungible token
 *           02 principal asset value code            non-fungible token
 *           03 principal code amount[8]              staked STX
 *           04 principal code                        PoX action
 *           principal = 01 | 02 address | 03 address name
 *           asset = address, contract name, asset name
 */
#ifndef NODE_WIRE_POSTCOND_H
#define NODE_WIRE_POSTCOND_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/value/epoch.h"
#include "clarity/value/value.h"
#include "node/wire/address.h"

/** Each enum's values are the wire's. */
enum postcond_kind {
	POSTCOND_STX = 0,
	POSTCOND_FT = 1,
	POSTCOND_NFT = 2,
	POSTCOND_STAKING = 3, /* from epoch 4.0 */
	POSTCOND_POX = 4      /* from epoch 4.0 */
};

enum postcond_who {
	POSTCOND_ORIGIN = 1, /* the transaction's origin, whoever it is */
	POSTCOND_ACCOUNT = 2,
	POSTCOND_CONTRACT = 3
};

/** What must hold; which codes go with which kind: see postcond_read. */
enum postcond_code {
	POSTCOND_EQ = 0x01,
	POSTCOND_GT = 0x02,
	POSTCOND_GE = 0x03,
	POSTCOND_LT = 0x04,
	POSTCOND_LE = 0x05,
	POSTCOND_SENT = 0x10,
	POSTCOND_NOT_SENT = 0x11,
	POSTCOND_MAYBE_SENT = 0x12, /* from epoch 3.4 */
	POSTCOND_NOT_PERFORMED = 0x30,
	POSTCOND_MAYBE_PERFORMED = 0x31,
	POSTCOND_PERFORMED = 0x32
};

struct postcond_principal {
	enum postcond_who who;
	struct address address; /* unless POSTCOND_ORIGIN */
	struct span contract;   /* POSTCOND_CONTRACT only */
};

struct postcond_asset {
	struct address address;
	struct span contract;
	struct span name;
};

struct postcond {
	enum postcond_kind kind;
	enum postcond_code code;
	struct postcond_principal principal;
	struct postcond_asset asset; /* FT and NFT */
	uint64_t amount;             /* STX, FT and staking */
	struct value value;          /* NFT */
};

/**
 * Reads one post-condition.  STX, FT and staking take the codes EQ to LE, NFT
 * SENT to MAYBE_SENT, PoX NOT_PERFORMED to PERFORMED.
 *
 * @return ERR_OK; ERR_POSTCOND_KIND, ERR_POSTCOND_PRINCIPAL, ERR_POSTCOND_CODE,
 *         ERR_VALUE_BYTES, and those of wire.h (verdicts); ERR_NO_MEMORY.
 */
MUST_USE enum err postcond_read(struct arena *a, struct postcond *ret,
                                struct cursor *c);

/** Appends the bytes of `p`; errors as buf_add. */
enum err postcond_write(struct buf *b, const struct postcond *p);

/** @return whether the kind and the code exist in `epoch`. */
bool postcond_is_of_epoch(const struct postcond *p, enum epoch epoch);

#endif /* NODE_WIRE_POSTCOND_H */
