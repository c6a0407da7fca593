/* clarity/crypto/secret.c - Memory for keys; contract in secret.h. */
#include "config.h"

#include "clarity/crypto/secret.h"

#include <sodium.h>

#include "clarity/base/check.h"

void secret_wipe(void *p, size_t len)
{
	sodium_memzero(p, len);
}

void *secret_new(size_t len)
{
	/* Cheap after the first call, and safe from any thread. */
	CHECK(sodium_init() >= 0);
	return sodium_malloc(len);
}

void secret_free(void *p)
{
	sodium_free(p);
}

bool secret_eq(const void *a, const void *b, size_t len)
{
	return sodium_memcmp(a, b, len) == 0;
}
