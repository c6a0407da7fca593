/* sbtc/frost/frost_key.c - Group keys and shares; contract in frost_key.h. */
#include "config.h"

#include "sbtc/frost/frost_key.h"

#include "clarity/base/check.h"

struct frost_scalar frost_key_weight(const uint32_t *ids, uint32_t n,
                                     uint32_t at)
{
	struct frost_scalar above = frost_scalar_of(1);
	struct frost_scalar below = frost_scalar_of(1);
	struct frost_scalar own = frost_scalar_of(ids[at]);
	struct frost_scalar minus_own = frost_scalar_negate(&own);

	for (uint32_t i = 0; i < n; i++) {
		if (i == at)
			continue;

		struct frost_scalar other = frost_scalar_of(ids[i]);
		struct frost_scalar apart =
		    frost_scalar_add(&other, &minus_own);

		above = frost_scalar_mul(&above, &other);
		below = frost_scalar_mul(&below, &apart);
	}
	below = frost_scalar_invert(&below);
	return frost_scalar_mul(&above, &below);
}

bool frost_key_share_fits(const struct frost_group *g,
                          const struct frost_share *s)
{
	struct frost_point p = frost_point_base(&s->secret);

	return s->id >= 1 && s->id <= g->n &&
	       frost_point_eq(&p, &g->shares[s->id - 1]);
}

/* The even twin of `p` if the key was odd, plus the tweak's point. */
static struct frost_point key_tweak_point(const struct frost_point *p,
                                          bool was_even,
                                          const struct frost_point *tweak)
{
	struct frost_point even = was_even ? *p : frost_point_negate(p);

	return frost_point_add(&even, tweak);
}

enum err frost_key_tweak_group(struct frost_group *g,
                               const struct frost_scalar *tweak)
{
	bool was_even = frost_point_is_even(&g->key);
	struct frost_point t = frost_point_base(tweak);
	struct frost_point key = key_tweak_point(&g->key, was_even, &t);

	if (key.is_infinity)
		return ERR_BAD_KEY;
	g->key = key;
	for (uint32_t i = 0; i < g->n; i++)
		g->shares[i] = key_tweak_point(&g->shares[i], was_even, &t);
	return ERR_OK;
}

void frost_key_tweak_share(struct frost_share *s, const struct frost_group *g,
                           const struct frost_scalar *tweak)
{
	struct frost_scalar even = s->secret;

	if (!frost_point_is_even(&g->key))
		even = frost_scalar_negate(&s->secret);
	s->secret = frost_scalar_add(&even, tweak);
	frost_scalar_wipe(&even);
}
