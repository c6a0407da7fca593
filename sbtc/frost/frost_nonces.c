/* sbtc/frost/frost_nonces.c - Nonces that live once; contract in
 * frost_nonces.h. */
#include "config.h"

#include "sbtc/frost/frost_nonces.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/crypto/hash.h"
#include "clarity/crypto/secret.h"

/* How many ended sessions are remembered, the oldest forgotten first.  A name
 * that comes back later still gets a fresh nonce, so nothing breaks. */
#define ENDED_MAX 1024u

struct nonce {
	bool is_live;
	uint8_t name[FROST_SESSION_LEN];
	uint8_t bound[HASH_256_LEN]; /* digest of suite, key and message */
	struct frost_commitment commitment;
	struct frost_secrets secrets;
};

struct frost_nonces {
	struct nonce all[FROST_NONCES_MAX];
	uint8_t ended[ENDED_MAX][FROST_SESSION_LEN];
	uint32_t n_ended; /* ever; the newest is at (n_ended - 1) % ENDED_MAX */
};

struct frost_nonces *frost_nonces_new(void)
{
	struct frost_nonces *pool = secret_new(sizeof(*pool));

	if (pool)
		memset(pool, 0, sizeof(*pool));
	return pool;
}

void frost_nonces_free(struct frost_nonces *pool)
{
	secret_free(pool);
}

uint32_t frost_nonces_count(const struct frost_nonces *pool)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < FROST_NONCES_MAX; i++)
		n += pool->all[i].is_live;
	return n;
}

static struct nonce *nonces_find(struct frost_nonces *pool, const uint8_t *name)
{
	for (uint32_t i = 0; i < FROST_NONCES_MAX; i++) {
		struct nonce *nonce = &pool->all[i];

		if (nonce->is_live &&
		    memcmp(nonce->name, name, FROST_SESSION_LEN) == 0)
			return nonce;
	}
	return NULL;
}

static struct nonce *nonces_empty(struct frost_nonces *pool)
{
	for (uint32_t i = 0; i < FROST_NONCES_MAX; i++) {
		if (!pool->all[i].is_live)
			return &pool->all[i];
	}
	return NULL;
}

static bool nonces_has_ended(const struct frost_nonces *pool,
                             const uint8_t *name)
{
	uint32_t n = pool->n_ended < ENDED_MAX ? pool->n_ended : ENDED_MAX;

	for (uint32_t i = 0; i < n; i++) {
		if (memcmp(pool->ended[i], name, FROST_SESSION_LEN) == 0)
			return true;
	}
	return false;
}

static void nonces_end(struct frost_nonces *pool, struct nonce *nonce)
{
	memcpy(pool->ended[pool->n_ended % ENDED_MAX], nonce->name,
	       FROST_SESSION_LEN);
	pool->n_ended++;
	secret_wipe(nonce, sizeof(*nonce));
}

static void nonces_bound(uint8_t ret[HASH_256_LEN],
                         const struct frost_session *session)
{
	uint8_t suite = (uint8_t)session->suite;
	uint8_t key[FROST_POINT_LEN];
	struct hash_sha256 h;

	frost_point_write(key, &session->group->key);
	hash_sha256_init(&h);
	hash_sha256_add(&h, &suite, 1);
	hash_sha256_add(&h, key, sizeof(key));
	hash_sha256_add(&h, session->message.p, session->message.len);
	hash_sha256_done(&h, ret);
}

/* The share goes in as well: a weak source of randomness alone is not fatal. */
static struct frost_scalar nonces_draw(enum frost_suite suite,
                                       const uint8_t random[32],
                                       const struct frost_share *share)
{
	const struct span parts[] = { span_of(random, 32),
		                      span_of(share->secret.bytes,
		                              FROST_SCALAR_LEN) };

	return frost_suite_scalar(suite, FROST_USE_NONCE, parts,
	                          COUNT_OF(parts));
}

enum err frost_nonces_commit(struct frost_nonces *pool,
                             const struct frost_session *session,
                             const struct frost_share *share,
                             uint8_t random[FROST_RANDOM_LEN],
                             struct frost_commitment *ret)
{
	struct nonce *nonce = nonces_empty(pool);

	if (!nonce || nonces_find(pool, session->name) ||
	    nonces_has_ended(pool, session->name))
		return ERR_FROST_NONCE;
	if (!frost_key_share_fits(session->group, share))
		return ERR_BAD_KEY;
	nonce->secrets.hiding = nonces_draw(session->suite, random, share);
	nonce->secrets.binding =
	    nonces_draw(session->suite, random + 32, share);
	secret_wipe(random, FROST_RANDOM_LEN);
	nonce->commitment = (struct frost_commitment){
		.id = share->id,
		.hiding = frost_point_base(&nonce->secrets.hiding),
		.binding = frost_point_base(&nonce->secrets.binding),
	};
	memcpy(nonce->name, session->name, FROST_SESSION_LEN);
	nonces_bound(nonce->bound, session);
	nonce->is_live = true;
	*ret = nonce->commitment;
	return ERR_OK;
}

/* Ours must be there once and unchanged: a request without it would have us
 * answer to another nonce's commitment, or be blamed for a wrong answer. */
static bool nonces_is_listed(const struct nonce *nonce,
                             const struct frost_commitment *c, uint32_t n)
{
	uint32_t seen = 0;

	for (uint32_t i = 0; i < n; i++) {
		if (c[i].id != nonce->commitment.id)
			continue;
		if (!frost_point_eq(&c[i].hiding, &nonce->commitment.hiding) ||
		    !frost_point_eq(&c[i].binding, &nonce->commitment.binding))
			return false;
		seen++;
	}
	return seen == 1;
}

enum err frost_nonces_answer(struct frost_nonces *pool,
                             const struct frost_session *session,
                             const struct frost_share *share,
                             const struct frost_commitment *commitments,
                             uint32_t n, struct frost_scalar *ret)
{
	struct nonce *nonce = nonces_find(pool, session->name);
	uint8_t bound[HASH_256_LEN];
	struct frost_plan plan;
	int at;

	nonces_bound(bound, session);
	if (!nonce || memcmp(bound, nonce->bound, sizeof(bound)) != 0 ||
	    share->id != nonce->commitment.id ||
	    !nonces_is_listed(nonce, commitments, n))
		return ERR_FROST_NONCE;
	if (!frost_key_share_fits(session->group, share))
		return ERR_BAD_KEY;
	TRY(frost_plan_make(&plan, session->suite, session->group,
	                    session->message, commitments, n));
	at = frost_plan_find(&plan, share->id);
	CHECK(at >= 0);

	struct frost_scalar answer =
	    frost_plan_answer(&plan, (uint32_t)at, &nonce->secrets, share);

	/* Spent first, told after. */
	nonces_end(pool, nonce);
	*ret = answer;
	return ERR_OK;
}

void frost_nonces_drop(struct frost_nonces *pool,
                       const uint8_t name[FROST_SESSION_LEN])
{
	struct nonce *nonce = nonces_find(pool, name);

	if (nonce)
		nonces_end(pool, nonce);
}
