/*
 * clarity/crypto/secret.h - Memory for keys: locked, guarded, wiped.
 *
 * A private key that reaches a core file, the swap or a recycled page is no
 * longer private.  Long-lived secrets live in pages from here; short-lived
 * copies on the stack are wiped by the function that made them, in a way that
 * the compiler may not leave out.
 *
 * Layer:    clarity/crypto; the only owner of libsodium's secure memory.
 * Memory:   secret_new/secret_free; each object has one owner.
 * Threads:  any.
 */
#ifndef CLARITY_CRYPTO_SECRET_H
#define CLARITY_CRYPTO_SECRET_H

#include <stdbool.h>
#include <stddef.h>

/** Overwrites `len` bytes with zeros, also where they are not read again. */
void secret_wipe(void *p, size_t len);

/**
 * Allocates `len` bytes outside the ordinary heap, between guard pages, kept
 * out of swap and core files as far as the system allows; not zeroed.
 *
 * @return the memory, or NULL when there is none; secret_free gives it back.
 */
void *secret_new(size_t len);

/** Wipes and frees what secret_new returned; NULL is allowed. */
void secret_free(void *p);

/** @return whether both hold the same bytes, in time that depends on len only.
 */
bool secret_eq(const void *a, const void *b, size_t len);

#endif /* CLARITY_CRYPTO_SECRET_H */
