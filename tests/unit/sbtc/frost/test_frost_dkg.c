/* tests/unit/sbtc/frost/test_frost_dkg.c - Claims about making a key together:
 * the published vectors come out, and who deals badly is named. */
#include "config.h"

#include "tests/lib/unit.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

#include "sbtc/frost/frost_dkg.h"
#include "tests/lib/hex.h"
#include "tests/lib/vectors.h"
#include "tests/unit/sbtc/frost/deal.h"

#define MEMBERS 5u

static const struct frost_dkg three_of_five = { .n = MEMBERS, .threshold = 3 };

static void make_polynomial(struct frost_polynomial *p, uint32_t id)
{
	*p = (struct frost_polynomial){ .id = id, .threshold = 3 };
	for (uint32_t k = 0; k < p->threshold; k++)
		p->coefficients[k] = deal_number(1000 + id, k);
}

static void make_offer(struct frost_offer *o, uint32_t id)
{
	static struct frost_polynomial p;
	struct frost_scalar nonce = deal_number(2000, id);

	make_polynomial(&p, id);
	frost_dkg_offer(o, &p, &nonce);
}

static void five_members_make_a_key_that_fits_every_share(void **state)
{
	(void)state;
	static struct frost_polynomial p[MEMBERS];
	static struct frost_offer offers[MEMBERS];
	static struct frost_group group;
	struct frost_scalar secret = frost_scalar_of(0);

	for (uint32_t i = 0; i < MEMBERS; i++) {
		make_polynomial(&p[i], i + 1);
		make_offer(&offers[i], i + 1);
		assert_int_equal(
		    frost_dkg_check_offer(&three_of_five, i + 1, &offers[i]),
		    ERR_OK);
		secret = frost_scalar_add(&secret, &p[i].coefficients[0]);
	}
	frost_dkg_group(&group, &three_of_five, offers);

	struct frost_point key = frost_point_base(&secret);

	assert_true(frost_point_eq(&group.key, &key));
	for (uint32_t id = 1; id <= MEMBERS; id++) {
		struct frost_scalar values[MEMBERS];
		struct frost_share share;

		for (uint32_t i = 0; i < MEMBERS; i++) {
			values[i] = frost_dkg_value(&p[i], id);
			assert_true(frost_dkg_fits(&offers[i], id, &values[i]));
		}
		frost_dkg_share(&share, id, values, MEMBERS);
		assert_true(frost_key_share_fits(&group, &share));
	}
}

static void a_value_of_another_member_does_not_fit(void **state)
{
	(void)state;
	static struct frost_polynomial p;
	static struct frost_offer offer;

	make_polynomial(&p, 2);
	make_offer(&offer, 2);

	struct frost_scalar value = frost_dkg_value(&p, 3);

	assert_true(frost_dkg_fits(&offer, 3, &value));
	assert_false(frost_dkg_fits(&offer, 4, &value));
}

static void expect_refused(const struct frost_offer *o, uint32_t id)
{
	assert_int_equal(frost_dkg_check_offer(&three_of_five, id, o),
	                 ERR_FROST_OFFER);
}

static void bad_offers_are_refused(void **state)
{
	(void)state;
	static struct frost_offer good, o;

	make_offer(&good, 2);
	expect_refused(&good, 3);
	o = good;
	o.threshold = 2;
	expect_refused(&o, 2);
	o.threshold = 4;
	expect_refused(&o, 2);
	o = good;
	o.id = 0;
	expect_refused(&o, 0);
	o.id = MEMBERS + 1;
	expect_refused(&o, MEMBERS + 1);
	o = good;
	o.commitments[2] = frost_point_zero();
	expect_refused(&o, 2);
	for (uint32_t i = 0; i < FROST_PROOF_LEN; i++) {
		o = good;
		o.proof[i] ^= 1;
		expect_refused(&o, 2);
	}
}

/* Taking another's commitment, and its proof, does not make one's own. */
static void a_copied_offer_is_refused(void **state)
{
	(void)state;
	static struct frost_offer o;

	make_offer(&o, 2);
	o.id = 3;
	expect_refused(&o, 3);
}

static const cJSON *at(const cJSON *o, const char *key)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(o, key);

	if (!item)
		fail_msg("no %s", key);
	return item;
}

static struct frost_scalar scalar_at(const cJSON *o, const char *key)
{
	uint8_t bytes[FROST_SCALAR_LEN];
	struct frost_scalar s;

	hex_to(bytes, sizeof(bytes), at(o, key)->valuestring);
	assert_int_equal(frost_scalar_read(&s, bytes), ERR_OK);
	return s;
}

static void assert_point(const struct frost_point *p, const char *hex)
{
	uint8_t bytes[FROST_POINT_LEN];

	frost_point_write(bytes, p);
	assert_hex(bytes, sizeof(bytes), hex);
}

static void read_member(const cJSON *m, struct frost_polynomial *p,
                        struct frost_offer *o)
{
	*p = (struct frost_polynomial){
		.id = (uint32_t)at(m, "identifier")->valueint,
		.threshold = 2,
	};
	p->coefficients[0] = scalar_at(m, "signing_key");
	p->coefficients[1] = scalar_at(m, "coefficient");

	struct frost_scalar any = frost_scalar_of(1);

	frost_dkg_offer(o, p, &any);
	hex_to(o->proof, sizeof(o->proof),
	       at(m, "proof_of_knowledge")->valuestring);
	for (int k = 0; k < 2; k++)
		assert_point(&o->commitments[k],
		             cJSON_GetArrayItem(at(m, "vss_commitments"), k)
		                 ->valuestring);
}

/* What the vectors call the key is tweaked without a script path. */
static struct frost_scalar tweak_of(const struct frost_group *g)
{
	uint8_t key[FROST_POINT_LEN], digest[HASH_256_LEN];
	struct hash_sha256 h;

	frost_point_write(key, &g->key);
	hash_sha256_init_tagged(&h, "TapTweak");
	hash_sha256_add(&h, key + 1, sizeof(key) - 1);
	hash_sha256_done(&h, digest);
	return frost_scalar_reduce(digest);
}

static void the_published_vectors_come_out(void **state)
{
	(void)state;
	FILE *f = vectors_open("frost/frost-secp256k1-tr_vectors_dkg.json");
	static char text[1 << 14];
	static struct frost_polynomial p[3];
	static struct frost_offer offers[3];
	static struct frost_group group, tweaked;
	const struct frost_dkg dkg = { .n = 3, .threshold = 2 };

	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	(void)fclose(f);

	cJSON *doc = cJSON_Parse(text);
	const cJSON *inputs = at(doc, "inputs");
	static const char *const names[] = { "1", "2", "3" };

	for (uint32_t i = 0; i < 3; i++) {
		read_member(at(inputs, names[i]), &p[i], &offers[i]);
		assert_int_equal(frost_dkg_check_offer(&dkg, i + 1, &offers[i]),
		                 ERR_OK);
	}
	frost_dkg_group(&group, &dkg, offers);
	tweaked = group;

	struct frost_scalar tweak = tweak_of(&group);

	assert_int_equal(frost_key_tweak_group(&tweaked, &tweak), ERR_OK);
	assert_point(&tweaked.key, at(inputs, "verifying_key")->valuestring);
	for (uint32_t id = 1; id <= 3; id++) {
		const cJSON *m = at(inputs, names[id - 1]);
		struct frost_scalar values[3];
		struct frost_share share;

		for (uint32_t i = 0; i < 3; i++) {
			values[i] = frost_dkg_value(&p[i], id);
			/* Listed by receiver, then by dealer. */
			if (i + 1 != id)
				assert_hex(values[i].bytes, FROST_SCALAR_LEN,
				           at(at(m, "signing_shares"), names[i])
				               ->valuestring);
		}
		frost_dkg_share(&share, id, values, 3);
		frost_key_tweak_share(&share, &group, &tweak);
		assert_hex(share.secret.bytes, FROST_SCALAR_LEN,
		           at(m, "signing_share")->valuestring);
		assert_point(&tweaked.shares[id - 1],
		             at(m, "verifying_share")->valuestring);
	}
	cJSON_Delete(doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(five_members_make_a_key_that_fits_every_share),
		cmocka_unit_test(a_value_of_another_member_does_not_fit),
		cmocka_unit_test(bad_offers_are_refused),
		cmocka_unit_test(a_copied_offer_is_refused),
		cmocka_unit_test(the_published_vectors_come_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
