/*
 * tests/lib/temp_dir.h - A folder for one test, gone when the test is.
 *
 * Layer:    tests.
 */
#ifndef TESTS_LIB_TEMP_DIR_H
#define TESTS_LIB_TEMP_DIR_H

#define TEMP_DIR_MAX 4096

/** Makes an empty folder below TMPDIR (or /tmp); aborts when it cannot. */
void temp_dir_make(char ret[TEMP_DIR_MAX]);

/** Removes the folder and everything in it. */
void temp_dir_remove(const char *path);

#endif /* TESTS_LIB_TEMP_DIR_H */
