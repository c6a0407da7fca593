/*
 * tests/twin/session.h - A made program, deployed and called on both machines.
 *
 * Layer:    tests.
 * Memory:   everything belongs to the call.
 */
#ifndef TESTS_TWIN_SESSION_H
#define TESTS_TWIN_SESSION_H

#include "clarity/base/buf.h"
#include "tests/twin/program.h"

/** What came of it. */
struct session_sums {
	uint64_t steps;    /* evaluated expressions */
	uint64_t deployed; /* programs that were accepted */
	uint64_t refused;
	uint64_t calls;
	uint64_t failed; /* calls that did not end with a value */
};

/**
 * Makes a program, deploys it after the library, and calls its functions.
 *
 * @param c       the choices
 * @param sums    grows
 * @param report  gets both accounts and what led to them on a difference
 * @return whether both machines agreed on everything.
 */
bool session_run(struct choice *c, struct session_sums *sums,
                 struct buf *report);

#endif /* TESTS_TWIN_SESSION_H */
