/* tests/lib/alloc_fault.c - Failing allocations; contract in alloc_fault.h. */
#include "config.h"

#include "tests/lib/alloc_fault.h"

#include <stdlib.h>

static bool is_armed;
static bool is_paused;
static bool is_single;
static bool has_refused;
static size_t passes_left;

/* The linker's --wrap=NAME sends callers of NAME to __wrap_NAME. */
void *__real_malloc(size_t bytes);
void *__real_calloc(size_t n, size_t bytes);
void *__real_realloc(void *p, size_t bytes);
void *__wrap_malloc(size_t bytes);
void *__wrap_calloc(size_t n, size_t bytes);
void *__wrap_realloc(void *p, size_t bytes);

static bool alloc_refuses(void)
{
	if (!is_armed || is_paused)
		return false;
	if (passes_left > 0) {
		passes_left--;
		return false;
	}
	if (is_single && has_refused)
		return false;
	has_refused = true;
	return true;
}

void *__wrap_malloc(size_t bytes)
{
	return alloc_refuses() ? NULL : __real_malloc(bytes);
}

void *__wrap_calloc(size_t n, size_t bytes)
{
	return alloc_refuses() ? NULL : __real_calloc(n, bytes);
}

void *__wrap_realloc(void *p, size_t bytes)
{
	return alloc_refuses() ? NULL : __real_realloc(p, bytes);
}

void alloc_fault_after(size_t n)
{
	is_armed = true;
	is_single = false;
	is_paused = false;
	has_refused = false;
	passes_left = n;
}

void alloc_fault_once(size_t n)
{
	alloc_fault_after(n);
	is_single = true;
}

void alloc_fault_pause(void)
{
	is_paused = true;
}

void alloc_fault_resume(void)
{
	is_paused = false;
}

bool alloc_fault_off(void)
{
	is_armed = false;
	return has_refused;
}
