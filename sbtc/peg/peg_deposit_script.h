/*
 * sbtc/peg/peg_deposit_script.h - The leaf by which signers take a deposit.
 *
 * A depositor pays to two scripts.  This one lets the signers' key spend, and
 * carries in a push that it drops what to mint and to whom.  There is exactly
 * one script for each meaning: a script in another form is not a deposit, so
 * that what was signed and what was paid cannot differ.
 *
 * Layer:    sbtc/peg; pure.
 * Memory:   never allocates; a recipient that was read borrows the script.
 * Threads:  pure functions.
 * Spec:     sBTC, sbtc/src/deposits.rs.
 * Format:   push(max fee[8, big-endian] recipient) OP_DROP
 *           push(key[32]) OP_CHECKSIG
 */
#ifndef SBTC_PEG_PEG_DEPOSIT_SCRIPT_H
#define SBTC_PEG_PEG_DEPOSIT_SCRIPT_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/value/principal.h"

#define PEG_KEY_LEN 32u

/** What follows the first push: OP_DROP, the key's push, OP_CHECKSIG. */
#define PEG_DEPOSIT_SCRIPT_TAIL 35u

/** An account's script without OP_PUSHDATA1, and the longest contract's. */
#define PEG_DEPOSIT_SCRIPT_MIN                                                 \
	(1u + 8u + PRINCIPAL_STANDARD_LEN + PEG_DEPOSIT_SCRIPT_TAIL)
#define PEG_DEPOSIT_SCRIPT_MAX                                                 \
	(2u + 8u + PRINCIPAL_MAX_LEN + PEG_DEPOSIT_SCRIPT_TAIL)

struct peg_deposit_script {
	uint8_t key[PEG_KEY_LEN]; /* the signers', an x coordinate, untweaked */
	uint64_t max_fee;         /* satoshi; the most that minting may cost */
	const struct principal *recipient;
};

/** Room for the bytes of one. */
struct peg_deposit_room {
	uint8_t bytes[PEG_DEPOSIT_SCRIPT_MAX];
	size_t len;
};

/** Writes the script. */
void peg_deposit_script_write(struct peg_deposit_room *ret,
                              const struct peg_deposit_script *s);

/**
 * Reads a script.
 *
 * @return ERR_OK; verdicts: ERR_PEG_SCRIPT_LEN below the minimum,
 *         ERR_PEG_CHECKSIG if it does not end in the signers' check,
 *         ERR_PEG_PUSH for OP_PUSHDATA1 where a shorter push would do,
 *         ERR_PEG_SCRIPT for another first push, or bytes behind the
 *         recipient, ERR_PEG_RECIPIENT, ERR_PEG_KEY.
 */
MUST_USE enum err peg_deposit_script_read(struct peg_deposit_script *ret,
                                          struct span script);

#endif /* SBTC_PEG_PEG_DEPOSIT_SCRIPT_H */
