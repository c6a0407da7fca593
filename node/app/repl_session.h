/*
 * node/app/repl_session.h - What the prompt evaluates with.
 *
 * A text of definitions becomes a contract of its own, contract-0 and so on,
 * which later texts call.  Everything else is evaluated form by form, each as
 * the body of a function of a contract made for it: so checked, priced and run
 * exactly as on a chain, and what it changes stays.
 *
 * Layer:    node/app; uses clarity/vm.
 * Memory:   repl_session_new's object; repl_session_free frees it.
 * Threads:  one thread.
 */
#ifndef NODE_APP_REPL_SESSION_H
#define NODE_APP_REPL_SESSION_H

#include <stdbool.h>

#include "clarity/base/env.h"
#include "clarity/base/err.h"
#include "clarity/value/version.h"
#include "node/app/repl.h"

struct repl_session;

/** How a session begins. */
struct repl_session_options {
	const struct env *env;        /* for ::read */
	enum epoch epoch;             /* EPOCH_FIRST to EPOCH_LAST */
	enum clarity_version version; /* at most version_max(epoch) */
	bool has_color;               /* reports may use terminal colours */
};

/** @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err repl_session_new(struct repl_session **ret,
                                   const struct repl_session_options *options);

/** Frees everything; NULL is allowed. */
void repl_session_free(struct repl_session *s);

/** @return the session as the prompt wants it. */
struct repl_machine repl_session_machine(struct repl_session *s);

#endif /* NODE_APP_REPL_SESSION_H */
