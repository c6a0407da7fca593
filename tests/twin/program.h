/*
 * tests/twin/program.h - Clarity programs from a seed.
 *
 * A grammar of typed templates (program.def): each row makes an expression of
 * one type from expressions of others, so that nearly every program passes the
 * checker and most of the work goes into running it.  Choices come from given
 * bytes as long as they last, then from a generator with a seed; a fuzzer can
 * so steer, and the same seed makes the same program on every machine.
 *
 * Layer:    tests.
 * Memory:   appends to the caller's buffer.
 */
#ifndef TESTS_TWIN_PROGRAM_H
#define TESTS_TWIN_PROGRAM_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/value/epoch.h"
#include "clarity/value/value.h"
#include "clarity/value/version.h"

/** Where choices come from. */
struct choice {
	const uint8_t *bytes;
	size_t n;
	uint64_t state;
};

/** @return a number below `n`, which is not 0. */
uint32_t choice_below(struct choice *c, uint32_t n);

/** The types that programs are made of. */
enum program_type {
	PROGRAM_UINT,
	PROGRAM_INT,
	PROGRAM_BOOL,
	PROGRAM_PRINCIPAL,
	PROGRAM_BUFF,       /* (buff 32) */
	PROGRAM_ASCII,      /* (string-ascii 20) */
	PROGRAM_UTF8,       /* (string-utf8 20) */
	PROGRAM_LIST,       /* (list 4 uint) */
	PROGRAM_TUPLE,      /* {a: uint, b: bool} */
	PROGRAM_TUPLES,     /* (list 3 {a: uint, b: bool}) */
	PROGRAM_MAYBE,      /* (optional uint) */
	PROGRAM_MAYBE_BUFF, /* (optional (buff 32)) */
	PROGRAM_ANSWER,     /* (response uint uint) */
	PROGRAM_DONE,       /* (response bool uint) */
	PROGRAM_NEST, /* {m: (optional int), n: (list 4 uint), p: principal} */
	PROGRAM_TYPES
};

/** A function that can be called from outside. */
struct program_fn {
	char name[16];
	enum program_type params[4];
	uint32_t n_params;
	bool takes_trait; /* a first parameter before those */
};

#define PROGRAM_MAX_FNS 16u

struct program_text {
	struct buf source;
	struct program_fn fns[PROGRAM_MAX_FNS];
	uint32_t n_fns;
};

/**
 * Writes the contract `lib` that all programs call.
 *
 * @param b  where it goes
 */
void program_library(struct buf *b, enum clarity_version version);

/**
 * Writes a program that calls `lib`.
 *
 * @param p  its `source` must be empty
 */
void program_make(struct program_text *p, struct choice *c, enum epoch epoch,
                  enum clarity_version version);

/** @return a value of that type, in the arena. */
struct value program_value(struct arena *a, struct choice *c,
                           enum program_type type);

#endif /* TESTS_TWIN_PROGRAM_H */
