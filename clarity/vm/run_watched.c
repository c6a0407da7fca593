/* clarity/vm/run_watched.c - The dispatch loop once more, looked at before
 * each instruction; so the loop that nobody looks at pays nothing for it. */
#include "config.h"

#include "clarity/vm/run.h"

#define RUN_WATCHED 1
#define run_frames run_watched

#include "clarity/vm/run.c"
