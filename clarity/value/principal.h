/*
 * clarity/value/principal.h - Who can own things: accounts and contracts.
 *
 * A principal in memory is its consensus bytes.  Decoding one is then a check
 * and no copy, encoding and comparing are memcpy and memcmp, and one pointer
 * names it, whether it lies in an arena or in a block read from disk.
 *
 * Layer:    clarity/value.
 * Memory:   borrows; constructors allocate in the given arena.
 * Threads:  plain data.
 * Spec:     SIP-005, "Clarity Value Representation".
 * Format:   account:  05 version hash[20]
 *           contract: 06 version hash[20] name_len name[name_len]
 */
#ifndef CLARITY_VALUE_PRINCIPAL_H
#define CLARITY_VALUE_PRINCIPAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/value/name.h"

#define PRINCIPAL_HASH_LEN 20u

/** The bytes of an account, and the most that a contract may take. */
#define PRINCIPAL_STANDARD_LEN 22u
#define PRINCIPAL_MAX_LEN (PRINCIPAL_STANDARD_LEN + 1u + NAME_MAX_LEN)

/** The longest text: 41 characters, a dot and the name. */
#define PRINCIPAL_MAX_TEXT (41u + 1u + NAME_MAX_LEN)

/** Versions are five bits; these four are the networks' own. */
#define PRINCIPAL_VERSIONS 32u
#define PRINCIPAL_MAINNET_SINGLESIG 22u
#define PRINCIPAL_MAINNET_MULTISIG 20u
#define PRINCIPAL_TESTNET_SINGLESIG 26u
#define PRINCIPAL_TESTNET_MULTISIG 21u

enum principal_prefix {
	PRINCIPAL_STANDARD = 5,
	PRINCIPAL_CONTRACT = 6
};

/** An account or a contract, as it stands on the wire. */
struct principal {
	uint8_t prefix;                   /* enum principal_prefix */
	uint8_t version;                  /* below 32 */
	uint8_t hash[PRINCIPAL_HASH_LEN]; /* hash160 of the owner's key */
	uint8_t tail[];                   /* contracts only: length, name */
};

/** Room for any principal, where one must be owned without an arena. */
struct principal_room {
	uint8_t bytes[PRINCIPAL_MAX_LEN];
};

/** A trait: the contract that defines it and its name there. */
struct trait_id {
	const struct principal *contract;
	struct span name;
};

/** @return whether it is a contract and so has a name. */
static inline bool principal_is_contract(const struct principal *p)
{
	return p->prefix == PRINCIPAL_CONTRACT;
}

/** @return the contract's name, or an empty span for an account. */
static inline struct span principal_name(const struct principal *p)
{
	if (!principal_is_contract(p))
		return span_of(NULL, 0);
	return span_of(p->tail + 1, p->tail[0]);
}

/** @return how many bytes `p` takes, prefix included. */
static inline size_t principal_len(const struct principal *p)
{
	size_t len = PRINCIPAL_STANDARD_LEN;

	return principal_is_contract(p) ? len + 1 + p->tail[0] : len;
}

/** @return whether both name the same account or contract. */
static inline bool principal_eq(const struct principal *a,
                                const struct principal *b)
{
	size_t len = principal_len(a);

	return a == b || (len == principal_len(b) && memcmp(a, b, len) == 0);
}

/**
 * @return <0, 0, >0: accounts before contracts, then by version, by hash and
 *         by name as bytes compare.
 */
int principal_cmp(const struct principal *a, const struct principal *b);

/** @return whether the version is one of mainnet's two. */
bool principal_is_mainnet(const struct principal *p);

/** @return whether the version is one of testnet's two. */
bool principal_is_testnet(const struct principal *p);

/**
 * Writes an account into `room`.
 *
 * @param version  below 32 (a CHECK)
 * @return the principal, which lives as long as `room`
 */
const struct principal *principal_init(struct principal_room *room,
                                       uint8_t version,
                                       const uint8_t hash[PRINCIPAL_HASH_LEN]);

/**
 * Writes a contract of `issuer` (its account part, if it is a contract).
 *
 * @return ERR_OK; ERR_SYNTAX if `name` is not a contract name.
 */
MUST_USE enum err principal_init_contract(struct principal_room *room,
                                          const struct principal **ret,
                                          const struct principal *issuer,
                                          struct span name);

/** As principal_init, in an arena. @return NULL as arena_alloc. */
const struct principal *
principal_new_standard(struct arena *a, uint8_t version,
                       const uint8_t hash[PRINCIPAL_HASH_LEN]);

/** As principal_init_contract, in an arena; also ERR_NO_MEMORY. */
MUST_USE enum err principal_new_contract(struct arena *a,
                                         const struct principal **ret,
                                         const struct principal *issuer,
                                         struct span name);

/** @return a copy that lives as long as `a`, or NULL as arena_alloc. */
const struct principal *principal_copy(struct arena *a,
                                       const struct principal *p);

/** @return the account that issued contract `p`, or NULL as arena_alloc. */
const struct principal *principal_issuer(struct arena *a,
                                         const struct principal *p);

/** What can be wrong with the bytes or the text of a principal. */
enum principal_fault {
	PRINCIPAL_OK,
	PRINCIPAL_BAD_C32,      /* not c32, too short, or a wrong checksum */
	PRINCIPAL_BAD_LENGTH,   /* the hash has not 20 bytes */
	PRINCIPAL_BAD_NAME,     /* not a contract or trait name */
	PRINCIPAL_MISSING_DOT,  /* no dot where one is needed */
	PRINCIPAL_EMPTY_ISSUER, /* a trait without its contract's issuer */
	PRINCIPAL_NO_MEMORY     /* a fault: the arena is full */
};

/**
 * Reads "S…" or "S….name", with an optional quote in front.
 *
 * @param ret  set only when the result is PRINCIPAL_OK; lives in `a`
 */
MUST_USE enum principal_fault principal_parse(struct arena *a,
                                              const struct principal **ret,
                                              struct span text);

/** As principal_parse, without quote, and an account only. */
MUST_USE enum principal_fault
principal_parse_standard(struct arena *a, const struct principal **ret,
                         struct span text);

/** Reads "S….contract.trait". */
MUST_USE enum principal_fault principal_parse_trait(struct arena *a,
                                                    const struct trait_id **ret,
                                                    struct span text);

/** Appends "S…" or "S….name"; errors as buf_add. */
enum err principal_format(struct buf *b, const struct principal *p);

/** Appends "S….contract.trait"; errors as buf_add. */
enum err principal_format_trait(struct buf *b, const struct trait_id *t);

/** @return whether both name the same trait. */
bool principal_trait_eq(const struct trait_id *a, const struct trait_id *b);

/** @return <0, 0, >0: by trait name, then by contract. */
int principal_trait_cmp(const struct trait_id *a, const struct trait_id *b);

/** @return a copy that lives as long as `a`, or NULL as arena_alloc. */
const struct trait_id *principal_trait_copy(struct arena *a,
                                            const struct trait_id *t);

#endif /* CLARITY_VALUE_PRINCIPAL_H */
