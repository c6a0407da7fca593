/*
 * tests/lib/judged.h - A Clarity program that has been checked, in one call.
 *
 * A test says what the program is, in which epoch and version it is judged and
 * which contracts exist already; it then looks at the verdict, at the price
 * or at the types.
 *
 * Layer:    tests.
 * Memory:   everything belongs to the struct; judged_close frees it.
 */
#ifndef TESTS_LIB_JUDGED_H
#define TESTS_LIB_JUDGED_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/check/analysis.h"
#include "clarity/check/check_error.h"
#include "clarity/cost/memory.h"
#include "clarity/cost/meter.h"
#include "tests/lib/snippet.h"

/** Contracts that can exist before the one under test. */
#define JUDGED_OTHERS_MAX 8u

/** A contract of SNIPPET_ISSUER that exists already. */
struct judged_other {
	const char *name;
	const char *source;
};

struct judged_setting {
	enum epoch epoch;
	enum clarity_version version;
	const struct judged_other *others; /* ends with a NULL name; or NULL */
	uint64_t runtime_limit;            /* 0: none */
	uint64_t memory_limit;             /* 0: MEMORY_LIMIT */
};

struct judged {
	struct snippet snippet; /* its `err` says whether it could be read */
	struct arena keep;
	struct meter meter; /* what checking alone costs */
	struct memory memory;
	struct checked checked; /* only when `err` is ERR_OK */
	struct diag diag;
	enum err err;
	struct buf text;
	uint32_t n_others;
	struct snippet other_snippets[JUDGED_OTHERS_MAX];
	const struct contract_analysis *others[JUDGED_OTHERS_MAX];
};

/** Checks `source`; the others must be accepted (a CHECK). */
void judged_open(struct judged *j, const char *source,
                 const struct judged_setting *s);

/** As judged_open for any bytes. */
void judged_open_span(struct judged *j, struct span source,
                      const struct judged_setting *s);

/** @return the name of the broken rule, or "ok". */
const char *judged_verdict(const struct judged *j);

/** @return the type of the last top-level expression as text, or "none". */
const char *judged_type(struct judged *j);

/** @return the contract's interface as JSON. */
const char *judged_interface(struct judged *j);

/** Frees what judged_open took. */
void judged_close(struct judged *j);

#endif /* TESTS_LIB_JUDGED_H */
