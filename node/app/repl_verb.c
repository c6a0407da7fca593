/* node/app/repl_verb.c - Finding a verb; contract in repl_verb.h. */
#include "config.h"

#include "node/app/repl_verb.h"

const struct repl_verb *repl_verb_find(const struct repl_verbs *v,
                                       struct span name)
{
	for (size_t i = 0; i < v->n; i++) {
		if (span_eq(span_str(v->rows[i].name), name))
			return &v->rows[i];
	}
	return NULL;
}
