/* tests/unit/sbtc/frost/test_frost_nonces.c - Claims about nonces: one answer
 * each, whatever a coordinator tries; and two answers would tell the share. */
#include "config.h"

#include "tests/lib/unit.h"

#include "sbtc/frost/frost_nonces.h"
#include "tests/unit/sbtc/frost/deal.h"

struct fixture {
	struct deal deal;
	struct frost_nonces *pool; /* of member 2 */
	struct frost_session session;
	struct frost_commitment c[3]; /* members 1, 2 and 3; ours is c[1] */
};

static void random_fill(uint8_t ret[FROST_RANDOM_LEN], uint8_t seed)
{
	memset(ret, seed, FROST_RANDOM_LEN);
	ret[32] ^= 1;
}

static enum err commit(struct fixture *f, uint8_t seed,
                       struct frost_commitment *ret)
{
	uint8_t random[FROST_RANDOM_LEN];

	random_fill(random, seed);
	return frost_nonces_commit(f->pool, &f->session, &f->deal.shares[1],
	                           random, ret);
}

static enum err answer(struct fixture *f, uint32_t n, struct frost_scalar *ret)
{
	return frost_nonces_answer(f->pool, &f->session, &f->deal.shares[1],
	                           f->c, n, ret);
}

static int set_up(void **state)
{
	static struct fixture f;
	struct frost_secrets others;

	memset(&f, 0, sizeof(f));
	deal_make(&f.deal, 4, 3, 9);
	f.pool = frost_nonces_new();
	assert_non_null(f.pool);
	f.session = (struct frost_session){ .suite = FROST_TAPROOT,
		                            .group = &f.deal.group,
		                            .message = span_str("message") };
	f.session.name[0] = 1;
	deal_commit(1, 5, &others, &f.c[0]);
	deal_commit(3, 5, &others, &f.c[2]);
	assert_int_equal(commit(&f, 1, &f.c[1]), ERR_OK);
	*state = &f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	frost_nonces_free(f->pool);
	return 0;
}

static void the_answer_fits_and_comes_once(void **state)
{
	struct fixture *f = *state;
	static struct frost_plan p;
	struct frost_scalar z, again = frost_scalar_of(0);

	assert_int_equal(frost_plan_make(&p, FROST_TAPROOT, &f->deal.group,
	                                 f->session.message, f->c, 3),
	                 ERR_OK);
	assert_int_equal(answer(f, 3, &z), ERR_OK);
	assert_true(frost_plan_check(&p, 1, &f->deal.group, &z));
	assert_int_equal(frost_nonces_count(f->pool), 0);
	assert_int_equal(answer(f, 3, &again), ERR_FROST_NONCE);
	assert_true(frost_scalar_is_zero(&again));
}

static void a_second_request_with_a_new_message_is_refused(void **state)
{
	struct fixture *f = *state;
	struct frost_scalar z;

	f->session.message = span_str("another message");
	assert_int_equal(answer(f, 3, &z), ERR_FROST_NONCE);
	f->session.message = span_str("message");
	assert_int_equal(answer(f, 3, &z), ERR_OK);
	f->session.message = span_str("another message");
	assert_int_equal(answer(f, 3, &z), ERR_FROST_NONCE);
}

static void another_set_of_signers_gets_no_second_answer(void **state)
{
	struct fixture *f = *state;
	struct frost_secrets secrets;
	struct frost_scalar z;

	assert_int_equal(answer(f, 3, &z), ERR_OK);
	deal_commit(4, 5, &secrets, &f->c[2]);
	assert_int_equal(answer(f, 3, &z), ERR_FROST_NONCE);
}

static void a_request_before_the_commitment_is_refused(void **state)
{
	struct fixture *f = *state;
	struct frost_scalar z;

	f->session.name[0] = 2;
	assert_int_equal(answer(f, 3, &z), ERR_FROST_NONCE);
}

static void a_replayed_round_gets_neither_nonce_nor_answer(void **state)
{
	struct fixture *f = *state;
	struct frost_commitment c;
	struct frost_scalar z;

	assert_int_equal(answer(f, 3, &z), ERR_OK);
	assert_int_equal(commit(f, 7, &c), ERR_FROST_NONCE);
	assert_int_equal(answer(f, 3, &z), ERR_FROST_NONCE);
}

static void a_replaced_commitment_of_ours_is_refused(void **state)
{
	struct fixture *f = *state;
	struct frost_commitment own = f->c[1];
	struct frost_secrets secrets;
	struct frost_scalar z;

	deal_commit(2, 77, &secrets, &f->c[1]);
	assert_int_equal(answer(f, 3, &z), ERR_FROST_NONCE);
	f->c[1] = own;
	f->c[1].binding = own.hiding;
	assert_int_equal(answer(f, 3, &z), ERR_FROST_NONCE);
	/* The framed request did not cost us the round. */
	f->c[1] = own;
	assert_int_equal(answer(f, 3, &z), ERR_OK);
}

static void a_duplicated_or_missing_id_is_refused(void **state)
{
	struct fixture *f = *state;
	struct frost_commitment third = f->c[2];
	struct frost_scalar z;

	f->c[2] = f->c[1];
	assert_int_equal(answer(f, 3, &z), ERR_FROST_NONCE);
	f->c[2] = third;
	f->c[2].id = 1;
	assert_int_equal(answer(f, 3, &z), ERR_FROST_REQUEST);
	f->c[2] = third;
	f->c[1].id = 4;
	assert_int_equal(answer(f, 3, &z), ERR_FROST_NONCE);
}

static void at_most_64_sessions_run_at_once(void **state)
{
	struct fixture *f = *state;
	struct frost_commitment c;

	/* One runs already. */
	for (uint8_t i = 2; i <= FROST_NONCES_MAX; i++) {
		f->session.name[0] = i;
		assert_int_equal(commit(f, i, &c), ERR_OK);
	}
	f->session.name[0] = FROST_NONCES_MAX + 1;
	assert_int_equal(commit(f, 200, &c), ERR_FROST_NONCE);
	f->session.name[0] = 5;
	frost_nonces_drop(f->pool, f->session.name);
	assert_int_equal(commit(f, 201, &c), ERR_FROST_NONCE);
	f->session.name[0] = FROST_NONCES_MAX + 1;
	assert_int_equal(commit(f, 202, &c), ERR_OK);
	assert_int_equal(frost_nonces_count(f->pool), FROST_NONCES_MAX);
}

static void a_restart_forgets_every_nonce(void **state)
{
	struct fixture *f = *state;
	struct frost_scalar z;

	frost_nonces_free(f->pool);
	f->pool = frost_nonces_new();
	assert_int_equal(answer(f, 3, &z), ERR_FROST_NONCE);
}

static void anothers_share_makes_no_commitment(void **state)
{
	struct fixture *f = *state;
	uint8_t random[FROST_RANDOM_LEN];
	struct frost_share wrong = f->deal.shares[0];
	struct frost_commitment c;

	random_fill(random, 3);
	f->session.name[0] = 9;
	wrong.id = 2;
	assert_int_equal(
	    frost_nonces_commit(f->pool, &f->session, &wrong, random, &c),
	    ERR_BAD_KEY);
	wrong.id = 5;
	assert_int_equal(
	    frost_nonces_commit(f->pool, &f->session, &wrong, random, &c),
	    ERR_BAD_KEY);
}

static void randomness_is_wiped_when_used(void **state)
{
	struct fixture *f = *state;
	static const uint8_t zeros[FROST_RANDOM_LEN];
	uint8_t random[FROST_RANDOM_LEN];
	struct frost_commitment c;

	random_fill(random, 3);
	f->session.name[0] = 9;
	assert_int_equal(frost_nonces_commit(f->pool, &f->session,
	                                     &f->deal.shares[1], random, &c),
	                 ERR_OK);
	assert_memory_equal(random, zeros, sizeof(zeros));
}

/* Three unknowns (two nonces and the share) and three answers z = d + e b +
 * s w: eliminates d, then e.  @return what the share would be. */
static struct frost_scalar solve(const struct frost_plan *p,
                                 const struct frost_scalar *z)
{
	struct frost_scalar b[2], w[2], y[2], t, u;

	for (uint32_t i = 0; i < 2; i++) {
		struct frost_scalar minus_b =
		    frost_scalar_negate(&p[0].binding[1]);
		struct frost_scalar minus_z = frost_scalar_negate(&z[0]);
		struct frost_scalar first =
		    frost_scalar_mul(&p[0].weight[1], &p[0].challenge);

		first = frost_scalar_negate(&first);
		b[i] = frost_scalar_add(&p[i + 1].binding[1], &minus_b);
		y[i] = frost_scalar_add(&z[i + 1], &minus_z);
		w[i] =
		    frost_scalar_mul(&p[i + 1].weight[1], &p[i + 1].challenge);
		w[i] = frost_scalar_add(&w[i], &first);
	}
	/* s = (y0 b1 - y1 b0) / (w0 b1 - w1 b0) */
	t = frost_scalar_mul(&y[1], &b[0]);
	t = frost_scalar_negate(&t);
	u = frost_scalar_mul(&y[0], &b[1]);
	y[0] = frost_scalar_add(&u, &t);
	t = frost_scalar_mul(&w[1], &b[0]);
	t = frost_scalar_negate(&t);
	u = frost_scalar_mul(&w[0], &b[1]);
	w[0] = frost_scalar_add(&u, &t);
	if (frost_scalar_is_zero(&w[0]))
		return frost_scalar_of(0);
	w[0] = frost_scalar_invert(&w[0]);
	return frost_scalar_mul(&y[0], &w[0]);
}

/* Answers to three messages, with one pair of secrets or with three. */
static struct frost_scalar attack(struct fixture *f, bool reuses)
{
	static struct frost_plan p[3];
	static const char *const messages[3] = { "one", "two", "three" };
	struct frost_scalar z[3];

	for (uint32_t i = 0; i < 3; i++) {
		struct frost_secrets secrets;

		deal_commit(2, reuses ? 50 : 50 + i, &secrets, &f->c[1]);
		/* Plain, so that no sign flips between the messages. */
		assert_int_equal(
		    frost_plan_make(&p[i], FROST_PLAIN, &f->deal.group,
		                    span_str(messages[i]), f->c, 3),
		    ERR_OK);
		z[i] =
		    frost_plan_answer(&p[i], 1, &secrets, &f->deal.shares[1]);
	}
	return solve(p, z);
}

static void the_detector_solves_for_a_share_only_after_reuse(void **state)
{
	struct fixture *f = *state;
	struct frost_scalar found = attack(f, true);

	assert_true(frost_scalar_eq(&found, &f->deal.shares[1].secret));
	found = attack(f, false);
	assert_false(frost_scalar_eq(&found, &f->deal.shares[1].secret));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(the_answer_fits_and_comes_once),
		CASE(a_second_request_with_a_new_message_is_refused),
		CASE(another_set_of_signers_gets_no_second_answer),
		CASE(a_request_before_the_commitment_is_refused),
		CASE(a_replayed_round_gets_neither_nonce_nor_answer),
		CASE(a_replaced_commitment_of_ours_is_refused),
		CASE(a_duplicated_or_missing_id_is_refused),
		CASE(at_most_64_sessions_run_at_once),
		CASE(a_restart_forgets_every_nonce),
		CASE(anothers_share_makes_no_commitment),
		CASE(randomness_is_wiped_when_used),
		CASE(the_detector_solves_for_a_share_only_after_reuse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
