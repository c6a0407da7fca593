/* tests/unit/sbtc/frost/test_frost_blame.c - Claims about sealed values: only
 * the receiver opens them, and a quarrel names the liar, never the honest. */
#include "config.h"

#include "tests/lib/unit.h"

#include "sbtc/frost/frost_blame.h"
#include "tests/unit/sbtc/frost/deal.h"

struct fixture {
	struct frost_scalar dealer_key, receiver_key;
	struct frost_polynomial polynomial;
	struct frost_offer offer;
	struct frost_seal seal;
	struct frost_scalar sealed;
};

static void seal(struct fixture *f, const struct frost_scalar *value)
{
	assert_int_equal(
	    frost_blame_seal(&f->sealed, &f->seal, &f->dealer_key, value),
	    ERR_OK);
}

static int set_up(void **state)
{
	static struct fixture f;
	struct frost_scalar nonce = deal_number(7, 7), value;

	f.dealer_key = deal_number(1, 1);
	f.receiver_key = deal_number(2, 2);
	f.polynomial = (struct frost_polynomial){ .id = 1, .threshold = 2 };
	f.polynomial.coefficients[0] = deal_number(3, 3);
	f.polynomial.coefficients[1] = deal_number(4, 4);
	frost_dkg_offer(&f.offer, &f.polynomial, &nonce);
	f.seal = (struct frost_seal){
		.dealer = 1,
		.receiver = 4,
		.dealer_key = frost_point_base(&f.dealer_key),
		.receiver_key = frost_point_base(&f.receiver_key),
	};
	value = frost_dkg_value(&f.polynomial, f.seal.receiver);
	seal(&f, &value);
	*state = &f;
	return 0;
}

static enum frost_guilt complain(struct fixture *f,
                                 const struct frost_scalar *key)
{
	struct frost_scalar nonce = deal_number(9, 9);
	struct frost_complaint c;

	assert_int_equal(frost_blame_complain(&c, &f->seal, key, &nonce),
	                 ERR_OK);
	return frost_blame_judge(&f->seal, &f->offer, &f->sealed, &c);
}

static void only_the_receiver_opens_a_sealed_value(void **state)
{
	struct fixture *f = *state;
	struct frost_scalar value =
	    frost_dkg_value(&f->polynomial, f->seal.receiver);
	struct frost_scalar got, stranger = deal_number(5, 5);

	assert_false(frost_scalar_eq(&f->sealed, &value));
	assert_int_equal(
	    frost_blame_open(&got, &f->seal, &f->receiver_key, &f->sealed),
	    ERR_OK);
	assert_true(frost_scalar_eq(&got, &value));
	assert_int_equal(
	    frost_blame_open(&got, &f->seal, &stranger, &f->sealed), ERR_OK);
	assert_false(frost_scalar_eq(&got, &value));
	f->seal.session[0] ^= 1;
	assert_int_equal(
	    frost_blame_open(&got, &f->seal, &f->receiver_key, &f->sealed),
	    ERR_OK);
	assert_false(frost_scalar_eq(&got, &value));
	f->seal.session[0] ^= 1;
}

static void a_wrong_value_is_the_dealers_guilt(void **state)
{
	struct fixture *f = *state;
	struct frost_scalar wrong = deal_number(6, 6);

	seal(f, &wrong);
	assert_int_equal(complain(f, &f->receiver_key), FROST_GUILT_DEALER);
}

static void a_false_complaint_is_the_receivers_guilt(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(complain(f, &f->receiver_key), FROST_GUILT_RECEIVER);
}

static void a_wrong_mask_cannot_frame_the_dealer(void **state)
{
	struct fixture *f = *state;
	struct frost_scalar other = deal_number(5, 5), one = frost_scalar_of(1);
	struct frost_scalar nonce = deal_number(9, 9);
	struct frost_complaint c, changed;

	assert_int_equal(complain(f, &other), FROST_GUILT_RECEIVER);
	assert_int_equal(
	    frost_blame_complain(&c, &f->seal, &f->receiver_key, &nonce),
	    ERR_OK);
	changed = c;
	changed.mask = frost_point_negate(&c.mask);
	assert_int_equal(
	    frost_blame_judge(&f->seal, &f->offer, &f->sealed, &changed),
	    FROST_GUILT_RECEIVER);
	changed = c;
	changed.mask = frost_point_zero();
	assert_int_equal(
	    frost_blame_judge(&f->seal, &f->offer, &f->sealed, &changed),
	    FROST_GUILT_RECEIVER);
	changed = c;
	changed.response = frost_scalar_add(&c.response, &one);
	assert_int_equal(
	    frost_blame_judge(&f->seal, &f->offer, &f->sealed, &changed),
	    FROST_GUILT_RECEIVER);
}

static void keys_that_are_none_are_refused(void **state)
{
	struct fixture *f = *state;
	struct frost_scalar zero = frost_scalar_of(0), got;
	struct frost_seal seal_to_nobody = f->seal;

	seal_to_nobody.receiver_key = frost_point_zero();
	assert_int_equal(frost_blame_seal(&got, &f->seal, &zero, &f->sealed),
	                 ERR_BAD_KEY);
	assert_int_equal(
	    frost_blame_seal(&got, &seal_to_nobody, &f->dealer_key, &f->sealed),
	    ERR_BAD_KEY);
}

#define CASE(name) cmocka_unit_test_setup(name, set_up)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(only_the_receiver_opens_a_sealed_value),
		CASE(a_wrong_value_is_the_dealers_guilt),
		CASE(a_false_complaint_is_the_receivers_guilt),
		CASE(a_wrong_mask_cannot_frame_the_dealer),
		CASE(keys_that_are_none_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
