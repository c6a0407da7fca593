/*
 * tests/lib/unit.h - What every unit test includes first.
 *
 * cmocka wants four system headers before its own; here they are, once.  Its
 * assertions leave a test by a jump that gcc does not see, which is why gcc's
 * guesses about NULL are off in tests.
 *
 * Layer:    tests.
 */
#ifndef TESTS_LIB_UNIT_H
#define TESTS_LIB_UNIT_H

#pragma GCC diagnostic ignored "-Wnull-dereference"

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#endif /* TESTS_LIB_UNIT_H */
