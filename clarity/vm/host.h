/*
 * clarity/vm/host.h - The machine as the natives see it.
 *
 * A native is a C function that gets evaluated arguments and leaves a result.
 * The compiled code has already charged for looking the native up, for reading
 * its arguments and, for natives of kinds N and X, its price.  A native of
 * kind S charges its price itself, at the point where the network does; where
 * that point lies before an argument is evaluated, the compiled code does it,
 * and dispatch.c says so.
 *
 * Variables are passed in place.  When a native keeps or returns such an
 * argument the copy has a price (from epoch 3.4): host_clone charges it where
 * the network does.
 *
 * Layer:    clarity/vm.
 * Memory:   results live in host_arena, which lasts as long as the
 *           transaction.
 * Threads:  as the machine.
 */
#ifndef CLARITY_VM_HOST_H
#define CLARITY_VM_HOST_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/num.h"
#include "clarity/cost/price.h"
#include "clarity/lang/native.h"
#include "clarity/value/epoch.h"
#include "clarity/value/type.h"
#include "clarity/value/value.h"
#include "clarity/value/version.h"
#include "clarity/vm/vm_error.h"

struct vm;

/** One application of a native. */
struct native_call {
	const struct value *args;
	uint32_t n;        /* arguments */
	uint32_t in_place; /* bit i: argument i is a variable read in place,
	                      whose copy is not paid yet */
	uint32_t extra;    /* of natives that say what it is */
	const struct type *type; /* from-consensus-buff?: the wanted type */
	enum clarity_version version; /* of the contract that is running */
};

/**
 * Runs a native.
 *
 * @param ret  the result; never one of the arguments
 * @return ERR_OK; what a host function below returned; a fault.
 */
typedef enum err native_fn(struct vm *vm, const struct native_call *c,
                           struct value *ret);

/** As native_fn, for a native that can answer before all its arguments are
 * evaluated. `*done` is false at first; true skips the rest of them. */
typedef enum err native_step_fn(struct vm *vm, const struct native_call *c,
                                struct value *ret, bool *done);

/** @return the input size of a native of kind X, other than the sum of the
 * lengths of its arguments' consensus bytes. */
typedef uint64_t native_size_fn(const struct native_call *c);

/** @return the arena of the transaction. */
struct arena *host_arena(struct vm *vm);

/** @return the epoch that is running. */
enum epoch host_epoch(const struct vm *vm);

/** @return whether this is mainnet. */
bool host_is_mainnet(const struct vm *vm);

/** @return tx-sender. */
const struct principal *host_sender(const struct vm *vm);

/** @return the contract that is running. */
const struct principal *host_contract(const struct vm *vm);

/** @return whether writes are forbidden here. */
bool host_is_read_only(const struct vm *vm);

/** Charges the price of `id` for `n`. @return ERR_OK, or an error that the
 * native returns as it is. */
MUST_USE enum err host_charge(struct vm *vm, enum price_id id, uint64_t n);

/** Charges the copy of argument `i` unless it is paid; errors as host_charge.
 */
MUST_USE enum err host_clone(struct vm *vm, const struct native_call *c,
                             uint32_t i);

/** Counts memory that is held until the transaction ends; as host_charge. */
MUST_USE enum err host_keep(struct vm *vm, uint64_t bytes);

/** @return whether the checker's and stored types are believed: that of a list
 * then tells of all its items. */
bool host_believes_types(const struct vm *vm);

/**
 * As type_list, and host_type.  Loops make lists of one type again and again,
 * so the last type of a length is kept at hand.
 */
MUST_USE enum err host_list_type(struct vm *vm, const struct type **ret,
                                 const struct type *item, uint32_t len);

/**
 * Gives the items of a list room for one more.
 *
 * A fold that collects a list appends to what it appended last.  So the copy
 * gets room for as many again, and is noted: while its list is the longest in
 * it, the next item is put behind, where no older value looks.  Gain:
 * vm.list.append.1000 2700 to 60 ns.
 *
 * @return where the items are now, the place behind them being the caller's;
 *         NULL without memory.
 */
struct value *host_grow(struct vm *vm, const struct value *list);

/** Records why the program fails. @return ERR_RUN. */
__attribute__((format(printf, 3, 4))) MUST_USE enum err
host_fail(struct vm *vm, enum vm_error kind, const char *fmt, ...);

/** Records that `v` is not of type `expected`. @return ERR_RUN. */
MUST_USE enum err host_fail_value(struct vm *vm, const struct type *expected,
                                  const struct value *v);

/** Records that `v` is of none of the expected types. @return ERR_RUN. */
MUST_USE enum err host_fail_union(struct vm *vm, const struct value *v);

/**
 * Passes the result of a function of clarity/value on.
 *
 * @param e     what it returned
 * @param diag  what it filled
 * @return `e`, but ERR_RUN for ERR_TYPE, with the failure that the network
 *         reports for that kind.
 */
MUST_USE enum err host_type(struct vm *vm, enum err e,
                            const struct type_diag *diag);

#endif /* CLARITY_VM_HOST_H */
