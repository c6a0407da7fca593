/*
 * clarity/check/order.h - Tables in the order of their names.
 *
 * What a contract defines is listed by name, so that every node lists it in
 * the same way and a name is found by halving.  Sorting takes n log n steps
 * whatever the names are.
 *
 * Layer:    clarity/check; uses clarity/base.
 * Memory:   the result and as much again live in the given arena.
 * Threads:  pure functions.
 */
#ifndef CLARITY_CHECK_ORDER_H
#define CLARITY_CHECK_ORDER_H

#include <stddef.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"

/** @return <0, 0, >0: how two objects compare. */
typedef int order_cmp(const void *a, const void *b);

/**
 * Sorts pointers; equal ones keep their order.
 *
 * @param items  `n` pointers, sorted in place
 * @return ERR_OK; ERR_NO_MEMORY.
 */
MUST_USE enum err order_sort(struct arena *a, const void **items, uint32_t n,
                             order_cmp *cmp);

/**
 * Finds an entry in a sorted table.
 *
 * @param table  `n` entries of `size` bytes, each beginning with its name as a
 *               struct span
 * @return the entry, or NULL
 */
const void *order_find(const void *table, uint32_t n, size_t size,
                       struct span name);

#endif /* CLARITY_CHECK_ORDER_H */
