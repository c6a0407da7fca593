/* clarity/crypto/secp_ctx.c - The signing context; contract in secp_ctx.h. */
#include "config.h"

#include "clarity/crypto/secp_ctx.h"

#include <threads.h>

#include "clarity/base/check.h"

static secp256k1_context *secp_ctx;
static once_flag secp_ctx_once = ONCE_FLAG_INIT;

static void secp_ctx_make(void)
{
	secp_ctx = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
	CHECK(secp_ctx);
}

const secp256k1_context *secp_ctx_signing(void)
{
	call_once(&secp_ctx_once, secp_ctx_make);
	return secp_ctx;
}

void secp_ctx_blind(const uint8_t seed[32])
{
	call_once(&secp_ctx_once, secp_ctx_make);
	CHECK(secp256k1_context_randomize(secp_ctx, seed));
}
