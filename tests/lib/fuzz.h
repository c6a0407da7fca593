/*
 * tests/lib/fuzz.h - What a fuzz target defines.
 *
 * A target is one file tests/fuzz/fuzz_<decoder>.c with this one function.
 * It checks a property with CHECK, so that a wrong result stops the program
 * as a crash would.  In a build with --enable-fuzz libFuzzer calls it; in all
 * others fuzz_replay.c does, and the target is a unit test.
 *
 * Layer:    tests.
 */
#ifndef TESTS_LIB_FUZZ_H
#define TESTS_LIB_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/**
 * Checks the target's property for one input.
 *
 * @param bytes  the input; may be NULL when `len` is 0
 * @param len    bytes
 * @return 0 always; a violated property aborts.
 */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#endif /* TESTS_LIB_FUZZ_H */
