/*
 * tests/lib/alloc_fault.h - Makes the n-th allocation of a test fail.
 *
 * A program that links with ALLOC_FAULT_LINK sends its malloc, calloc and
 * realloc here.  A test then runs the same code with n = 0, 1, 2, … until it
 * succeeds, and so shows that each failure leaves a clean state behind.
 *
 * Layer:    tests.
 * Threads:  one counter for the program; single-threaded tests only.
 */
#ifndef TESTS_LIB_ALLOC_FAULT_H
#define TESTS_LIB_ALLOC_FAULT_H

#include <stdbool.h>
#include <stddef.h>

/** Lets `n` allocations pass, then fails every one until alloc_fault_off. */
void alloc_fault_after(size_t n);

/** Lets `n` allocations pass, and fails the one behind them only. */
void alloc_fault_once(size_t n);

/** Allocations work, and do not count, until alloc_fault_resume. */
void alloc_fault_pause(void);

/** Goes on with what was said before alloc_fault_pause. */
void alloc_fault_resume(void);

/** Allocations work again. @return whether one was refused meanwhile. */
bool alloc_fault_off(void);

#endif /* TESTS_LIB_ALLOC_FAULT_H */
