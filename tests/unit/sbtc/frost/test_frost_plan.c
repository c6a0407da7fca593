/* tests/unit/sbtc/frost/test_frost_plan.c - Claims about signing: the published
 * vectors come out, any quorum signs, a wrong answer is found. */
#include "config.h"

#include "tests/lib/unit.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

#include "clarity/crypto/schnorr.h"
#include "tests/lib/hex.h"
#include "tests/lib/vectors.h"
#include "tests/unit/sbtc/frost/deal.h"

static cJSON *read_vectors(const char *name)
{
	FILE *f = vectors_open(name);
	static char text[1 << 16];
	size_t len = fread(text, 1, sizeof(text) - 1, f);
	cJSON *doc;

	(void)fclose(f);
	text[len] = '\0';
	doc = cJSON_Parse(text);
	assert_non_null(doc);
	return doc;
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

	assert_int_equal(hex_to(bytes, sizeof(bytes), at(o, key)->valuestring),
	                 FROST_SCALAR_LEN);
	assert_int_equal(frost_scalar_read(&s, bytes), ERR_OK);
	return s;
}

static struct frost_point point_at(const cJSON *o, const char *key)
{
	uint8_t bytes[FROST_POINT_LEN];
	struct frost_point p;

	hex_to(bytes, sizeof(bytes), at(o, key)->valuestring);
	assert_int_equal(frost_point_read(&p, bytes), ERR_OK);
	return p;
}

static void read_group(struct deal *d, const cJSON *inputs)
{
	const cJSON *item;
	uint32_t n = 0;

	d->group = (struct frost_group){ .threshold = 2 };
	d->group.key = point_at(inputs, "verifying_key_key");
	cJSON_ArrayForEach(item, at(inputs, "participant_shares"))
	{
		struct frost_scalar s = scalar_at(item, "participant_share");

		d->shares[n] = (struct frost_share){ .id = n + 1, .secret = s };
		d->group.shares[n++] = frost_point_base(&s);
	}
	d->group.n = n;
}

/* The nonce is what hashing the given randomness and the share yields. */
static void check_nonce(enum frost_suite suite, const cJSON *item,
                        const struct frost_share *share, const char *randomness,
                        const struct frost_scalar *nonce)
{
	uint8_t random[32];

	hex_to(random, sizeof(random), at(item, randomness)->valuestring);

	const struct span parts[] = { span_of(random, sizeof(random)),
		                      span_of(share->secret.bytes,
		                              FROST_SCALAR_LEN) };
	struct frost_scalar got =
	    frost_suite_scalar(suite, FROST_USE_NONCE, parts, 2);

	assert_true(frost_scalar_eq(&got, nonce));
}

static uint32_t read_round_one(enum frost_suite suite, const cJSON *doc,
                               const struct deal *d, struct frost_secrets *s,
                               struct frost_commitment *c)
{
	const cJSON *item;
	uint32_t n = 0;

	cJSON_ArrayForEach(item, at(at(doc, "round_one_outputs"), "outputs"))
	{
		uint32_t id = (uint32_t)at(item, "identifier")->valueint;

		s[n].hiding = scalar_at(item, "hiding_nonce");
		s[n].binding = scalar_at(item, "binding_nonce");
		check_nonce(suite, item, &d->shares[id - 1],
		            "hiding_nonce_randomness", &s[n].hiding);
		check_nonce(suite, item, &d->shares[id - 1],
		            "binding_nonce_randomness", &s[n].binding);
		c[n] = (struct frost_commitment){
			.id = id,
			.hiding = point_at(item, "hiding_nonce_commitment"),
			.binding = point_at(item, "binding_nonce_commitment"),
		};
		n++;
	}
	return n;
}

static void sign_as_published(enum frost_suite suite, const char *name)
{
	cJSON *doc = read_vectors(name);
	const cJSON *inputs = at(doc, "inputs"), *item;
	static struct deal d;
	static struct frost_plan p;
	struct frost_secrets s[3];
	struct frost_commitment c[3] = { 0 };
	struct frost_scalar answers[3];
	uint8_t message[64], sig[FROST_SIG_MAX];
	size_t len = hex_to(message, sizeof(message),
	                    at(inputs, "message")->valuestring);
	uint32_t n, i = 0;

	read_group(&d, inputs);
	n = read_round_one(suite, doc, &d, s, c);
	assert_int_equal(
	    frost_plan_make(&p, suite, &d.group, span_of(message, len), c, n),
	    ERR_OK);
	cJSON_ArrayForEach(item, at(at(doc, "round_one_outputs"), "outputs"))
	    assert_hex(p.binding[i++].bytes, FROST_SCALAR_LEN,
	               at(item, "binding_factor")->valuestring);
	i = 0;
	cJSON_ArrayForEach(item, at(at(doc, "round_two_outputs"), "outputs"))
	{
		answers[i] =
		    frost_plan_answer(&p, i, &s[i], &d.shares[p.ids[i] - 1]);
		assert_hex(answers[i].bytes, FROST_SCALAR_LEN,
		           at(item, "sig_share")->valuestring);
		assert_true(frost_plan_check(&p, i, &d.group, &answers[i]));
		i++;
	}
	assert_int_equal(i, n);
	assert_hex(sig, frost_plan_sum(&p, answers, sig),
	           at(at(doc, "final_output"), "sig")->valuestring);
	cJSON_Delete(doc);
}

static void the_rfcs_vectors_come_out(void **state)
{
	(void)state;
	sign_as_published(FROST_PLAIN, "frost/frost-secp256k1_vectors.json");
}

static void the_taproot_vectors_come_out(void **state)
{
	(void)state;
	sign_as_published(FROST_TAPROOT,
	                  "frost/frost-secp256k1-tr_vectors.json");
}

/* Signs with the members whose bits are set; @return whether BIP-340 agrees. */
static bool sign(const struct deal *d, uint32_t members, uint32_t seed)
{
	static struct frost_plan p;
	struct frost_secrets s[16] = { 0 };
	struct frost_commitment c[16] = { 0 };
	struct frost_scalar answers[16];
	uint8_t message[32] = { (uint8_t)seed }, sig[FROST_SIG_MAX];
	uint8_t key[FROST_POINT_LEN];
	uint32_t n = 0;

	for (uint32_t id = 1; id <= d->group.n; id++) {
		if (members >> (id - 1) & 1) {
			deal_commit(id, seed, &s[n], &c[n]);
			n++;
		}
	}
	assert_int_equal(frost_plan_make(&p, FROST_TAPROOT, &d->group,
	                                 span_of(message, sizeof(message)), c,
	                                 n),
	                 ERR_OK);
	for (uint32_t i = 0; i < n; i++) {
		answers[i] =
		    frost_plan_answer(&p, i, &s[i], &d->shares[p.ids[i] - 1]);
		assert_true(frost_plan_check(&p, i, &d->group, &answers[i]));
	}
	assert_int_equal(frost_plan_sum(&p, answers, sig),
	                 FROST_SIG_TAPROOT_LEN);
	frost_point_write(key, &d->group.key);
	return schnorr_verify(sig, message, sizeof(message), key + 1);
}

static void every_quorum_of_four_of_seven_signs(void **state)
{
	(void)state;
	static struct deal d;

	deal_make(&d, 7, 4, 1);
	for (uint32_t members = 0; members < 1u << 7; members++) {
		if (__builtin_popcount(members) >= 4)
			assert_true(sign(&d, members, members));
	}
}

/* Both parities of the key before and after the tweak occur among the seeds. */
static void tweaked_groups_sign_for_the_tweaked_key(void **state)
{
	(void)state;
	static struct deal d, before;

	for (uint32_t seed = 0; seed < 8; seed++) {
		struct frost_scalar tweak = deal_number(seed, 99);

		deal_make(&d, 3, 2, seed);
		before = d;
		assert_int_equal(frost_key_tweak_group(&d.group, &tweak),
		                 ERR_OK);
		for (uint32_t i = 0; i < 3; i++) {
			frost_key_tweak_share(&d.shares[i], &before.group,
			                      &tweak);
			assert_true(
			    frost_key_share_fits(&d.group, &d.shares[i]));
		}
		assert_true(sign(&d, 5, seed));
	}
}

static void a_wrong_answer_is_traced_to_its_signer(void **state)
{
	(void)state;
	static struct deal d;
	static struct frost_plan p;
	struct frost_secrets s[3];
	struct frost_commitment c[3] = { 0 };
	struct frost_scalar answer, one = frost_scalar_of(1);

	deal_make(&d, 5, 3, 4);
	for (uint32_t i = 0; i < 3; i++)
		deal_commit(i + 2, 4, &s[i], &c[i]);
	assert_int_equal(frost_plan_make(&p, FROST_TAPROOT, &d.group,
	                                 span_str("message"), c, 3),
	                 ERR_OK);
	for (uint32_t i = 0; i < 3; i++) {
		answer =
		    frost_plan_answer(&p, i, &s[i], &d.shares[p.ids[i] - 1]);
		assert_true(frost_plan_check(&p, i, &d.group, &answer));
		answer = frost_scalar_add(&answer, &one);
		assert_false(frost_plan_check(&p, i, &d.group, &answer));
		/* Another member's share is not ours. */
		answer = frost_plan_answer(&p, i, &s[i], &d.shares[0]);
		assert_false(frost_plan_check(&p, i, &d.group, &answer));
	}
}

static enum err plan_of(const struct frost_group *g,
                        const struct frost_commitment *c, uint32_t n)
{
	static struct frost_plan p;

	return frost_plan_make(&p, FROST_TAPROOT, g, span_str("message"), c, n);
}

static void odd_requests_are_refused(void **state)
{
	(void)state;
	static struct deal d;
	struct frost_secrets s[6];
	struct frost_commitment c[6], swapped[6];

	deal_make(&d, 5, 3, 4);
	for (uint32_t i = 0; i < 6; i++)
		deal_commit(i + 1, 4, &s[i], &c[i]);
	assert_int_equal(plan_of(&d.group, c, 2), ERR_FROST_REQUEST);
	assert_int_equal(plan_of(&d.group, c, 3), ERR_OK);
	assert_int_equal(plan_of(&d.group, c, 5), ERR_OK);
	assert_int_equal(plan_of(&d.group, c, 6), ERR_FROST_REQUEST);
	assert_int_equal(plan_of(&d.group, c + 3, 3), ERR_FROST_REQUEST);
	memcpy(swapped, c, sizeof(c));
	swapped[0] = c[1];
	swapped[1] = c[0];
	assert_int_equal(plan_of(&d.group, swapped, 3), ERR_FROST_REQUEST);
	swapped[0] = c[1];
	swapped[1] = c[1];
	assert_int_equal(plan_of(&d.group, swapped, 3), ERR_FROST_REQUEST);
	swapped[0] = c[0];
	swapped[1] = c[1];
	swapped[1].binding = frost_point_zero();
	assert_int_equal(plan_of(&d.group, swapped, 3), ERR_FROST_REQUEST);
	swapped[0].id = 0;
	assert_int_equal(plan_of(&d.group, swapped, 3), ERR_FROST_REQUEST);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rfcs_vectors_come_out),
		cmocka_unit_test(the_taproot_vectors_come_out),
		cmocka_unit_test(every_quorum_of_four_of_seven_signs),
		cmocka_unit_test(tweaked_groups_sign_for_the_tweaked_key),
		cmocka_unit_test(a_wrong_answer_is_traced_to_its_signer),
		cmocka_unit_test(odd_requests_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
