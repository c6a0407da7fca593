/*
 * clarity/base/err.h - All errors of the tree, in three kinds.
 *
 * A verdict says that the input is wrong; every node reaches the same one, so
 * it may be part of consensus.  A fault says that this machine failed; it must
 * never be turned into a verdict, or a full disk would reject a valid block.
 * A bug is neither: CHECK (check.h) aborts.  One table, err.def, holds all.
 *
 * Layer:    clarity/base; uses nothing.
 * Memory:   never allocates; all texts are static.
 * Threads:  pure functions.
 */
#ifndef CLARITY_BASE_ERR_H
#define CLARITY_BASE_ERR_H

/** Every fallible function carries this: dropping an error is a warning. */
#define MUST_USE __attribute__((warn_unused_result))

enum err {
#define X(name, class, text) ERR_##name,
#include "clarity/base/err.def"
#undef X
	ERR_COUNT
};

enum err_class {
	ERR_CLASS_NONE,    /* ERR_OK only */
	ERR_CLASS_VERDICT, /* the input is wrong */
	ERR_CLASS_FAULT,   /* this machine failed */
	ERR_CLASS_COUNT
};

/** @return the kind of `e`. */
enum err_class err_class(enum err e);

/** @return the constant's name without "ERR_", such as "NO_MEMORY". */
const char *err_name(enum err e);

/** @return one English sentence fragment, for people. */
const char *err_text(enum err e);

/**
 * Returns early from the calling function when `expr` is not ERR_OK.  Allowed
 * only where nothing but arena memory is held; anything else has one exit
 * label `out:`.
 */
#define TRY(expr)                                                              \
	do {                                                                   \
		enum err try_err_ = (expr);                                    \
		if (try_err_ != ERR_OK)                                        \
			return try_err_;                                       \
	} while (0)

#endif /* CLARITY_BASE_ERR_H */
