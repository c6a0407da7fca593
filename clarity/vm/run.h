/*
 * clarity/vm/run.h - The dispatch loop.
 *
 * Layer:    clarity/vm.
 * Memory:   values live in the transaction's arena.
 * Threads:  as the machine.
 */
#ifndef CLARITY_VM_RUN_H
#define CLARITY_VM_RUN_H

#include "clarity/vm/frame.h"

/**
 * Runs the innermost frame, which the caller has just entered, until it is
 * left.  Its result is in register `ret` of that frame.
 *
 * @param floor  what there was before it was entered
 * @param e      what entering it gave: a failure is handled here too
 * @return ERR_OK; ERR_RUN; ERR_RUN_EXACTLY; a fault; in all cases nothing
 *         above `floor` is left
 */
MUST_USE enum err run_frames(struct vm *vm, const struct frame_floor *floor,
                             enum err e);

/** As run_frames, for watch.c: with a look before each instruction. */
MUST_USE enum err run_watched(struct vm *vm, const struct frame_floor *floor,
                              enum err e);

#endif /* CLARITY_VM_RUN_H */
