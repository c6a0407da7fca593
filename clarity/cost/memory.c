/* clarity/cost/memory.c - The memory meter; contract in memory.h. */
#include "config.h"

#include "clarity/cost/memory.h"

void memory_init(struct memory *m, uint64_t limit)
{
	*m = (struct memory){ .limit = limit };
}
