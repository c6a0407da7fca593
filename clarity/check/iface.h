/*
 * clarity/check/iface.h - A contract's interface as JSON, for other programs.
 *
 * Wallets and libraries read this text to know which functions a contract has
 * and what they take.  It is equal, byte for byte, to what other nodes answer
 * for the same contract: same keys in the same order, tables by name, no
 * spaces.
 *
 * Layer:    clarity/check.
 * Memory:   writes to the caller's buf.
 * Threads:  pure functions.
 * Format:   {"functions":[{"name","access","args":[{"name","type"}],
 *            "outputs":{"type"}}],
 *            "variables":[{"name","type","access"}],
 *            "maps":[{"name","key","value"}],
 *            "fungible_tokens":[{"name"}],
 *            "non_fungible_tokens":[{"name","type"}],
 *            "epoch":"Epoch34","clarity_version":"Clarity5"}
 *           Functions are private, then public, then read_only; variables are
 *           constants, then data variables.
 */
#ifndef CLARITY_CHECK_IFACE_H
#define CLARITY_CHECK_IFACE_H

#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/check/analysis.h"
#include "clarity/value/type.h"

/**
 * Appends the interface.
 *
 * @return ERR_OK; ERR_TOO_LARGE past the buf's maximum; ERR_NO_MEMORY.
 */
MUST_USE enum err iface_write(struct buf *b, const struct contract_analysis *a);

/** Appends one type as it stands in an interface; errors as iface_write. */
MUST_USE enum err iface_write_type(struct buf *b, const struct type *t);

#endif /* CLARITY_CHECK_IFACE_H */
