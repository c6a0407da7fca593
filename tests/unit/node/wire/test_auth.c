/* tests/unit/node/wire/test_auth.c - Claims about node/wire/auth.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/num.h"
#include "node/wire/auth.h"
#include "tests/lib/hex.h"

#define N_KEYS 5u

static struct arena arena;
static const uint8_t initial[WIRE_HASH_LEN] = { 1, 2, 3 };

static struct auth_key key_of(uint8_t n, bool is_compressed)
{
	struct auth_key key = { .is_compressed = is_compressed };

	key.key[ECDSA_KEY_LEN - 1] = n;
	return key;
}

static struct ecdsa_pub pub_of(uint8_t n)
{
	struct auth_key key = key_of(n, true);
	struct ecdsa_pub pub;

	assert_int_equal(ecdsa_pub_of(&pub, key.key), ERR_OK);
	return pub;
}

static struct auth_cond single(enum address_mode mode, bool is_compressed)
{
	struct auth_cond cond = { .mode = mode,
		                  .nonce = 7,
		                  .fee = 180,
		                  .is_compressed = is_compressed };
	struct ecdsa_pub pub = pub_of(1);

	address_of_key(cond.signer, mode, &pub, is_compressed);
	return cond;
}

/* `required` of the keys 1 to N_KEYS. */
static struct auth_cond several(enum address_mode mode, uint16_t required,
                                bool is_compressed)
{
	struct auth_cond cond = {
		.mode = mode, .nonce = 7, .fee = 180, .required = required
	};
	struct address_script s;

	address_script_begin(&s, required);
	for (uint8_t n = 1; n <= N_KEYS; n++) {
		struct ecdsa_pub pub = pub_of(n);

		address_script_add(&s, &pub, is_compressed);
	}
	address_script_end(&s, mode, cond.signer);
	return cond;
}

/* Keys with their bit in `who` sign, the others are only named. */
static void sign(struct auth_cond *cond, unsigned who, bool is_compressed,
                 enum auth_role role)
{
	uint8_t sighash[WIRE_HASH_LEN];

	memcpy(sighash, initial, sizeof(sighash));
	for (uint8_t n = 1; n <= N_KEYS; n++) {
		struct auth_key key = key_of(n, is_compressed);
		struct ecdsa_pub pub = pub_of(n);

		if (who >> (n - 1) & 1)
			assert_int_equal(
			    auth_cond_sign(&arena, cond, sighash, role, &key),
			    ERR_OK);
		else
			assert_int_equal(auth_cond_add_key(&arena, cond, &pub,
			                                   is_compressed),
			                 ERR_OK);
	}
}

static enum err verify(const struct auth_cond *cond, enum auth_rule rule)
{
	uint8_t sighash[WIRE_HASH_LEN];

	memcpy(sighash, initial, sizeof(sighash));
	return auth_cond_verify(sighash, cond, AUTH_ORIGIN, rule);
}

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 24);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

static void one_key_signs_in_three_ways(void **state)
{
	(void)state;
	struct {
		enum address_mode mode;
		bool is_compressed;
	} ways[] = { { ADDRESS_P2PKH, true },
		     { ADDRESS_P2PKH, false },
		     { ADDRESS_P2WPKH, true } };

	for (size_t i = 0; i < 3; i++) {
		struct auth_key key = key_of(1, ways[i].is_compressed);
		struct auth_cond cond =
		    single(ways[i].mode, ways[i].is_compressed);
		uint8_t sighash[WIRE_HASH_LEN];

		memcpy(sighash, initial, sizeof(sighash));
		assert_int_equal(
		    auth_cond_sign(&arena, &cond, sighash, AUTH_ORIGIN, &key),
		    ERR_OK);
		assert_int_equal(verify(&cond, AUTH_LOW_S), ERR_OK);
		cond.nonce++;
		assert_int_not_equal(verify(&cond, AUTH_LOW_S), ERR_OK);
		cond.nonce--;
		cond.fee++;
		assert_int_not_equal(verify(&cond, AUTH_LOW_S), ERR_OK);
		cond.fee--;
		cond.signer[0] ^= 1;
		assert_int_equal(verify(&cond, AUTH_LOW_S), ERR_AUTH_SIGNER);
	}
}

static void an_unsigned_condition_does_not_verify(void **state)
{
	(void)state;
	struct auth_cond cond = single(ADDRESS_P2PKH, true);

	assert_int_equal(verify(&cond, AUTH_ANY_S), ERR_BAD_SIGNATURE);
	cond = several(ADDRESS_P2SH, 2, true);
	sign(&cond, 0, true, AUTH_ORIGIN);
	assert_int_equal(verify(&cond, AUTH_ANY_S), ERR_AUTH_COUNT);
}

/* All choices of signers out of five, in each multisig mode. */
static void exactly_the_right_numbers_of_signers_pass(void **state)
{
	(void)state;
	static const enum address_mode modes[] = { ADDRESS_P2SH, ADDRESS_P2WSH,
		                                   ADDRESS_P2SH_ANY,
		                                   ADDRESS_P2WSH_ANY };

	for (size_t m = 0; m < 4; m++) {
		for (unsigned who = 0; who < 1u << N_KEYS; who++) {
			struct auth_cond cond = several(modes[m], 3, true);
			int n = __builtin_popcount(who);
			bool is_any = address_mode_is_any_order(modes[m]);
			bool is_right = n == 3 || (is_any && n > 3);

			arena_reset(&arena);
			sign(&cond, who, true, AUTH_ORIGIN);
			assert_int_equal(verify(&cond, AUTH_LOW_S),
			                 is_right ? ERR_OK : ERR_AUTH_COUNT);
		}
	}
}

static void segwit_takes_no_uncompressed_keys(void **state)
{
	(void)state;
	struct auth_cond cond = several(ADDRESS_P2SH, 2, false);

	sign(&cond, 3, false, AUTH_ORIGIN);
	assert_int_equal(verify(&cond, AUTH_LOW_S), ERR_OK);
	cond.mode = ADDRESS_P2WSH;
	assert_int_equal(verify(&cond, AUTH_LOW_S), ERR_AUTH_ENCODING);
	cond.mode = ADDRESS_P2WSH_ANY;
	assert_int_equal(verify(&cond, AUTH_LOW_S), ERR_AUTH_ENCODING);
	struct auth_cond one = single(ADDRESS_P2PKH, false);
	struct auth_key key = key_of(1, false);
	uint8_t sighash[WIRE_HASH_LEN];

	memcpy(sighash, initial, sizeof(sighash));
	assert_int_equal(
	    auth_cond_sign(&arena, &one, sighash, AUTH_ORIGIN, &key), ERR_OK);
	one.mode = ADDRESS_P2WPKH;
	assert_int_equal(verify(&one, AUTH_LOW_S), ERR_AUTH_ENCODING);
}

static void order_matters_only_in_the_ordered_modes(void **state)
{
	(void)state;
	for (unsigned m = 0; m < 2; m++) {
		enum address_mode mode = m ? ADDRESS_P2SH_ANY : ADDRESS_P2SH;
		struct auth_cond cond = several(mode, 2, true);
		struct auth_field *fields;
		uint8_t last[WIRE_HASH_LEN];

		/* Key 2 signs before key 1, then the fields are sorted. */
		struct auth_key first = key_of(2, true);
		struct auth_key second = key_of(1, true);

		memcpy(last, initial, sizeof(last));
		assert_int_equal(
		    auth_cond_sign(&arena, &cond, last, AUTH_ORIGIN, &first),
		    ERR_OK);
		assert_int_equal(
		    auth_cond_sign(&arena, &cond, last, AUTH_ORIGIN, &second),
		    ERR_OK);
		for (uint8_t n = 3; n <= N_KEYS; n++) {
			struct ecdsa_pub pub = pub_of(n);

			assert_int_equal(
			    auth_cond_add_key(&arena, &cond, &pub, true),
			    ERR_OK);
		}
		fields = arena_copy(&arena, cond.fields,
		                    cond.n_fields * sizeof(*fields));
		struct auth_field swap = fields[0];

		fields[0] = fields[1];
		fields[1] = swap;
		cond.fields = fields;
		assert_int_equal(verify(&cond, AUTH_LOW_S),
		                 m ? ERR_OK : ERR_AUTH_SIGNER);
	}
}

static void the_role_is_signed(void **state)
{
	(void)state;
	struct auth_cond cond = several(ADDRESS_P2WSH, 2, true);

	sign(&cond, 3, true, AUTH_SPONSOR);
	assert_int_not_equal(verify(&cond, AUTH_LOW_S), ERR_OK);
	uint8_t sighash[WIRE_HASH_LEN];

	memcpy(sighash, initial, sizeof(sighash));
	assert_int_equal(
	    auth_cond_verify(sighash, &cond, AUTH_SPONSOR, AUTH_LOW_S), ERR_OK);
}

/* Ordered signatures lead on to another hash, any-order ones do not. */
static void the_next_condition_goes_on_from_the_last_signature(void **state)
{
	(void)state;
	static const enum address_mode modes[] = { ADDRESS_P2SH,
		                                   ADDRESS_P2SH_ANY };

	for (size_t m = 0; m < 2; m++) {
		struct auth_cond cond = several(modes[m], 1, true);
		uint8_t sighash[WIRE_HASH_LEN];

		memcpy(sighash, initial, sizeof(sighash));
		sign(&cond, 1, true, AUTH_ORIGIN);
		assert_int_equal(
		    auth_cond_verify(sighash, &cond, AUTH_ORIGIN, AUTH_LOW_S),
		    ERR_OK);
		assert_int_equal(memcmp(sighash, initial, sizeof(sighash)) == 0,
		                 m == 1);
	}
}

static void a_high_s_passes_under_the_old_rule_only(void **state)
{
	(void)state;
	struct auth_cond cond = several(ADDRESS_P2SH, 1, true);
	struct auth_field *fields;
	uint8_t sig[WIRE_SIG_LEN];
	uint8_t order[32];
	unsigned borrow = 0;

	sign(&cond, 1, true, AUTH_ORIGIN);
	memcpy(sig, cond.fields[0].bytes, sizeof(sig));
	hex_to(
	    order, sizeof(order),
	    "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
	for (size_t i = 32; i-- > 0;) {
		unsigned d = 256u + order[i] - sig[33 + i] - borrow;

		sig[33 + i] = (uint8_t)d;
		borrow = d < 256;
	}
	sig[0] ^= 1;
	fields =
	    arena_copy(&arena, cond.fields, cond.n_fields * sizeof(*fields));
	fields[0].bytes = sig;
	cond.fields = fields;
	assert_int_equal(verify(&cond, AUTH_ANY_S), ERR_OK);
	assert_int_equal(verify(&cond, AUTH_LOW_S), ERR_AUTH_HIGH_S);
}

static enum err read_bytes(struct auth *ret, const uint8_t *bytes, size_t len)
{
	struct cursor c = cursor_of(span_of(bytes, len));

	TRY(auth_read(&arena, ret, &c));
	return cursor_done(&c);
}

/* 04, the mode, 20 + 8 + 8 bytes, then `tail`. */
static enum err read_cond(unsigned mode, const char *tail)
{
	uint8_t bytes[512] = { AUTH_ORIGIN, (uint8_t)mode };
	struct auth auth;
	size_t len = hex_to(bytes + 38, sizeof(bytes) - 38, tail);

	return read_bytes(&auth, bytes, 38 + len);
}

#define SIG_HEX                                                                \
	"0011111111111111111111111111111111111111111111111111111111111111"     \
	"1122222222222222222222222222222222222222222222222222222222222222"     \
	"22"
#define KEY_HEX                                                                \
	"0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"

static void what_cannot_be_decoded_is_refused_by_name(void **state)
{
	(void)state;
	struct auth auth;
	static const uint8_t kind[] = { 3 };

	assert_int_equal(read_bytes(&auth, kind, 1), ERR_AUTH_KIND);
	assert_int_equal(read_cond(4, "00" SIG_HEX), ERR_AUTH_MODE);
	assert_int_equal(read_cond(6, "00" SIG_HEX), ERR_AUTH_MODE);
	assert_int_equal(read_cond(0, "00" SIG_HEX), ERR_OK);
	assert_int_equal(read_cond(0, "01" SIG_HEX), ERR_OK);
	assert_int_equal(read_cond(0, "02" SIG_HEX), ERR_AUTH_ENCODING);
	assert_int_equal(read_cond(2, "01" SIG_HEX), ERR_AUTH_ENCODING);
	assert_int_equal(read_cond(1, "0000000102" SIG_HEX "0001"), ERR_OK);
	assert_int_equal(read_cond(1, "0000000104" SIG_HEX "0001"),
	                 ERR_AUTH_FIELD);
	assert_int_equal(read_cond(1, "0000000100" KEY_HEX "0000"), ERR_OK);
	/* 05 is no prefix of a key. */
	assert_int_equal(
	    read_cond(1, "000000010005be667ef9dcbbac55a06295ce870b07029bfcdb"
	                 "2dce28d959f2815b16f817980000"),
	    ERR_BAD_KEY);
	assert_int_equal(read_cond(3, "0000000103" SIG_HEX "0001"),
	                 ERR_AUTH_ENCODING);
	assert_int_equal(read_cond(3, "0000000101" KEY_HEX "0000"),
	                 ERR_AUTH_ENCODING);
	assert_int_equal(read_cond(1, "ffffffff"), ERR_WIRE_COUNT);
	assert_int_equal(read_cond(1, "00001000"), ERR_TRUNCATED);
}

static void the_required_number_is_judged_when_decoding(void **state)
{
	(void)state;
	assert_int_equal(read_cond(1, "0000000102" SIG_HEX "0000"),
	                 ERR_AUTH_COUNT);
	assert_int_equal(read_cond(1, "0000000102" SIG_HEX "0002"),
	                 ERR_AUTH_COUNT);
	assert_int_equal(read_cond(5, "0000000102" SIG_HEX "0000"), ERR_OK);
	assert_int_equal(read_cond(5, "0000000102" SIG_HEX "0001"), ERR_OK);
	assert_int_equal(read_cond(5, "0000000102" SIG_HEX "0002"),
	                 ERR_AUTH_COUNT);
}

static void a_draft_leaves_the_number_open(void **state)
{
	(void)state;
	struct auth auth = { .origin = several(ADDRESS_P2SH, 3, true) };
	struct auth back;
	struct buf b;

	buf_init(&b, 4096);
	assert_int_equal(auth_write(&b, &auth), ERR_OK);
	assert_int_equal(read_bytes(&back, b.p, b.len), ERR_AUTH_COUNT);
	struct cursor c = cursor_of(buf_span(&b));

	assert_int_equal(auth_read_draft(&arena, &back, &c), ERR_OK);
	assert_int_equal(back.origin.required, 3);
	buf_fini(&b);
}

/* Signers that pass a transaction on need not have seen the ones before. */
static void signing_can_be_resumed_at_any_point(void **state)
{
	(void)state;
	static const enum address_mode modes[] = { ADDRESS_P2SH,
		                                   ADDRESS_P2WSH_ANY };

	for (size_t m = 0; m < 2; m++) {
		struct auth_cond cond = several(modes[m], 5, true);

		for (uint8_t n = 1; n <= N_KEYS; n++) {
			struct auth_key key = key_of(n, true);
			uint8_t sighash[WIRE_HASH_LEN];

			memcpy(sighash, initial, sizeof(sighash));
			auth_cond_resume(sighash, &cond, AUTH_SPONSOR);
			assert_int_equal(auth_cond_sign(&arena, &cond, sighash,
			                                AUTH_SPONSOR, &key),
			                 ERR_OK);
		}
		uint8_t sighash[WIRE_HASH_LEN];

		memcpy(sighash, initial, sizeof(sighash));
		assert_int_equal(
		    auth_cond_verify(sighash, &cond, AUTH_SPONSOR, AUTH_LOW_S),
		    ERR_OK);
	}
}

static void clearing_keeps_who_but_not_what(void **state)
{
	(void)state;
	struct auth a = { .is_sponsored = true,
		          .origin = single(ADDRESS_P2PKH, true),
		          .sponsor = several(ADDRESS_P2SH, 2, true) };
	struct auth b = a;
	struct buf x;
	struct buf y;

	b.origin.nonce = 99;
	b.origin.fee = 99;
	memset(b.origin.sig, 5, sizeof(b.origin.sig));
	b.sponsor = single(ADDRESS_P2WPKH, true);
	buf_init(&x, 4096);
	buf_init(&y, 4096);
	assert_int_equal(auth_write_cleared(&x, &a), ERR_OK);
	assert_int_equal(auth_write_cleared(&y, &b), ERR_OK);
	assert_true(span_eq(buf_span(&x), buf_span(&y)));
	buf_reset(&y);
	b.origin.signer[0] ^= 1;
	assert_int_equal(auth_write_cleared(&y, &b), ERR_OK);
	assert_false(span_eq(buf_span(&x), buf_span(&y)));
	buf_fini(&x);
	buf_fini(&y);
}

static void the_sponsor_pays(void **state)
{
	(void)state;
	struct auth a = { .origin = single(ADDRESS_P2PKH, true),
		          .sponsor = single(ADDRESS_P2WPKH, true) };

	assert_ptr_equal(auth_payer(&a), &a.origin);
	a.is_sponsored = true;
	assert_ptr_equal(auth_payer(&a), &a.sponsor);
	assert_int_equal(auth_address(&a.sponsor, true).version, 20);
	assert_int_equal(auth_address(&a.origin, false).version, 26);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_key_signs_in_three_ways),
		cmocka_unit_test(an_unsigned_condition_does_not_verify),
		cmocka_unit_test(exactly_the_right_numbers_of_signers_pass),
		cmocka_unit_test(segwit_takes_no_uncompressed_keys),
		cmocka_unit_test(order_matters_only_in_the_ordered_modes),
		cmocka_unit_test(the_role_is_signed),
		cmocka_unit_test(
		    the_next_condition_goes_on_from_the_last_signature),
		cmocka_unit_test(a_high_s_passes_under_the_old_rule_only),
		cmocka_unit_test(what_cannot_be_decoded_is_refused_by_name),
		cmocka_unit_test(the_required_number_is_judged_when_decoding),
		cmocka_unit_test(a_draft_leaves_the_number_open),
		cmocka_unit_test(signing_can_be_resumed_at_any_point),
		cmocka_unit_test(clearing_keeps_who_but_not_what),
		cmocka_unit_test(the_sponsor_pays),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
