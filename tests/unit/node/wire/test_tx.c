/*
 * tests/unit/node/wire/test_tx.c - Claims about node/wire/tx.c.
 *
 * The transfer was made and signed with stacks.js 7.6.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/num.h"
#include "node/wire/tx.h"
#include "tests/lib/hex.h"
#include "tests/unit/node/wire/test_tx_vectors.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, TX_ARENA_MAX);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

static uint8_t room[4096];

static struct span bytes_of(const char *hex)
{
	return span_of(room, hex_to(room, sizeof(room), hex));
}

static enum err read(struct tx *ret, const char *hex)
{
	return tx_read_all(&arena, ret, bytes_of(hex));
}

static void a_client_s_transaction_is_read_as_it_meant_it(void **state)
{
	(void)state;
	struct tx tx;
	uint8_t id[WIRE_HASH_LEN];
	struct address origin;

	assert_int_equal(read(&tx, TRANSFER), ERR_OK);
	assert_true(tx.is_mainnet);
	assert_int_equal(tx.chain_id, 1);
	assert_false(tx.auth.is_sponsored);
	assert_int_equal(tx.auth.origin.mode, ADDRESS_P2PKH);
	assert_int_equal(tx.auth.origin.nonce, 3);
	assert_int_equal(tx.auth.origin.fee, 200);
	assert_int_equal(tx.anchor, TX_ANCHOR_ANY);
	assert_int_equal(tx.mode, TX_MODE_DENY);
	assert_int_equal(tx.n_postconds, 0);
	assert_int_equal(tx.payload.kind, PAYLOAD_TRANSFER);
	assert_int_equal(tx.payload.transfer.amount, 12345);
	assert_memory_equal(tx.payload.transfer.memo, "hello", 5);
	assert_int_equal(tx_id(id, &tx), ERR_OK);
	assert_hex(id, sizeof(id), TRANSFER_ID);
	origin = tx_origin(&tx);
	assert_int_equal(origin.version, 22);
	assert_hex(origin.hash, sizeof(origin.hash), TRANSFER_SIGNER);
	assert_int_equal(tx_verify(&tx, AUTH_LOW_S), ERR_OK);
}

static void bytes_come_back_as_they_were(void **state)
{
	(void)state;
	static const char *const all[] = { TRANSFER, SPONSORED, MULTISIG };

	for (size_t i = 0; i < 3; i++) {
		struct tx tx;
		struct buf b;

		buf_init(&b, 4096);
		assert_int_equal(read(&tx, all[i]), ERR_OK);
		assert_int_equal(tx_write(&b, &tx), ERR_OK);
		assert_hex(b.p, b.len, all[i]);
		assert_int_equal(tx_verify(&tx, AUTH_LOW_S), ERR_OK);
		buf_fini(&b);
	}
}

static void of_the_version_only_the_highest_bit_counts(void **state)
{
	(void)state;
	for (unsigned version = 0; version < 256; version++) {
		struct tx tx;
		uint8_t id[WIRE_HASH_LEN];
		struct span bytes = bytes_of(TRANSFER);

		room[0] = (uint8_t)version;
		assert_int_equal(tx_read_all(&arena, &tx, bytes), ERR_OK);
		assert_int_equal(tx.is_mainnet, version < 128);
		if (version >= 128)
			continue;
		assert_int_equal(tx_id(id, &tx), ERR_OK);
		assert_hex(id, sizeof(id), TRANSFER_ID);
		assert_int_equal(tx_verify(&tx, AUTH_LOW_S), ERR_OK);
		arena_reset(&arena);
	}
}

/* Every bit of a signed transaction but the version's lower seven. */
static void a_flipped_bit_is_another_transaction_or_none(void **state)
{
	(void)state;
	size_t bits = 8 * bytes_of(TRANSFER).len;

	for (size_t bit = 7; bit < bits; bit++) {
		struct tx tx;
		uint8_t id[WIRE_HASH_LEN];
		uint8_t want[WIRE_HASH_LEN];
		struct span bytes = bytes_of(TRANSFER);

		room[bit / 8] ^= (uint8_t)(1 << bit % 8);
		if (tx_read_all(&arena, &tx, bytes) != ERR_OK)
			continue;
		assert_int_not_equal(tx_verify(&tx, AUTH_ANY_S), ERR_OK);
		assert_int_equal(tx_id(id, &tx), ERR_OK);
		hex_to(want, sizeof(want), TRANSFER_ID);
		assert_memory_not_equal(id, want, sizeof(id));
		arena_reset(&arena);
	}
}

static void every_shorter_input_is_refused(void **state)
{
	(void)state;
	struct span bytes = bytes_of(SPONSORED);

	for (size_t len = 0; len < bytes.len; len++) {
		struct cursor c = cursor_of(span_of(bytes.p, len));
		struct tx tx;

		assert_int_not_equal(tx_read(&arena, &tx, &c), ERR_OK);
		assert_ptr_equal(c.at, bytes.p);
		arena_reset(&arena);
	}
}

static void what_follows_is_left_or_refused(void **state)
{
	(void)state;
	struct span bytes = bytes_of(TRANSFER);
	struct cursor c = cursor_of(span_of(bytes.p, bytes.len + 3));
	struct tx tx;

	assert_int_equal(tx_read(&arena, &tx, &c), ERR_OK);
	assert_int_equal(cursor_left(&c), 3);
	assert_int_equal(
	    tx_read_all(&arena, &tx, span_of(bytes.p, bytes.len + 1)),
	    ERR_TRAILING);
}

/* A contract whose text makes the transaction `len` bytes long. */
static enum err read_of_len(size_t len)
{
	static uint8_t big[WIRE_TX_MAX + 16];
	uint8_t head[256];
	size_t n;
	struct tx tx;
	struct cursor c = cursor_of(span_of(big, sizeof(big)));

	n = hex_to(head, sizeof(head), TRANSFER_HEAD "010161");
	memcpy(big, head, n);
	be32_write(big + n, (uint32_t)(len - n - 4));
	memset(big + n + 4, ' ', sizeof(big) - n - 4);
	arena_reset(&arena);
	return tx_read(&arena, &tx, &c);
}

static void two_mebibytes_are_the_most(void **state)
{
	(void)state;
	assert_int_equal(read_of_len(WIRE_TX_MAX - 1), ERR_OK);
	assert_int_equal(read_of_len(WIRE_TX_MAX), ERR_OK);
	assert_int_equal(read_of_len(WIRE_TX_MAX + 1), ERR_TRUNCATED);
}

static void anchor_and_mode_have_three_values_each(void **state)
{
	(void)state;
	size_t at = sizeof(TRANSFER_HEAD) / 2 - 6;

	for (unsigned v = 0; v < 256; v++) {
		struct span bytes = bytes_of(TRANSFER);
		bool is_good = v >= 1 && v <= 3;
		struct tx tx;

		room[at] = (uint8_t)v;
		assert_int_equal(tx_read_all(&arena, &tx, bytes),
		                 is_good ? ERR_OK : ERR_TX_ANCHOR);
		bytes = bytes_of(TRANSFER);
		room[at + 1] = (uint8_t)v;
		assert_int_equal(tx_read_all(&arena, &tx, bytes),
		                 is_good ? ERR_OK : ERR_TX_MODE);
		arena_reset(&arena);
	}
}

static void a_coinbase_goes_on_chain_only(void **state)
{
	(void)state;
	size_t at = sizeof(TRANSFER_HEAD) / 2 - 6;

	for (uint8_t anchor = 1; anchor <= 3; anchor++) {
		struct span bytes =
		    bytes_of(TRANSFER_HEAD "04"
		                           "00000000000000000000000000000000"
		                           "00000000000000000000000000000000");
		struct tx tx;

		room[at] = anchor;
		assert_int_equal(tx_read_all(&arena, &tx, bytes),
		                 anchor == 1 ? ERR_OK : ERR_TX_ANCHOR);
	}
}

static void a_sponsor_can_be_exchanged_but_not_removed(void **state)
{
	(void)state;
	struct tx tx;
	uint8_t before[WIRE_HASH_LEN];
	uint8_t after[WIRE_HASH_LEN];

	assert_int_equal(read(&tx, SPONSORED), ERR_OK);
	assert_int_equal(tx_sighash(before, &tx), ERR_OK);
	tx.auth.sponsor.fee++;
	tx.auth.sponsor.signer[0] ^= 1;
	assert_int_equal(tx_sighash(after, &tx), ERR_OK);
	assert_memory_equal(before, after, sizeof(before));
	assert_int_equal(tx_verify_origin(after, &tx, AUTH_LOW_S), ERR_OK);
	assert_int_not_equal(tx_verify(&tx, AUTH_LOW_S), ERR_OK);
	tx.auth.is_sponsored = false;
	assert_int_not_equal(tx_verify(&tx, AUTH_LOW_S), ERR_OK);
}

static void what_is_signed_here_verifies(void **state)
{
	(void)state;
	struct auth_key origin = { .key = { 1 }, .is_compressed = true };
	struct auth_key sponsor = { .key = { 2 }, .is_compressed = true };
	struct ecdsa_pub pub;
	uint8_t sighash[WIRE_HASH_LEN];
	struct tx tx;

	assert_int_equal(read(&tx, SPONSORED), ERR_OK);
	tx.auth.origin.mode = ADDRESS_P2PKH;
	assert_int_equal(ecdsa_pub_of(&pub, origin.key), ERR_OK);
	address_of_key(tx.auth.origin.signer, ADDRESS_P2PKH, &pub, true);
	tx.auth.sponsor = (struct auth_cond){ .mode = ADDRESS_P2WPKH,
		                              .is_compressed = true,
		                              .fee = 500 };
	assert_int_equal(ecdsa_pub_of(&pub, sponsor.key), ERR_OK);
	address_of_key(tx.auth.sponsor.signer, ADDRESS_P2WPKH, &pub, true);
	assert_int_equal(tx_sighash(sighash, &tx), ERR_OK);
	assert_int_equal(tx_sign_origin(&arena, &tx, sighash, &origin), ERR_OK);
	assert_int_equal(tx_sign_sponsor(&arena, &tx, sighash, &sponsor),
	                 ERR_OK);
	assert_int_equal(tx_verify(&tx, AUTH_LOW_S), ERR_OK);
	assert_int_equal(tx_payer(&tx).version, 21);
}

static void epochs_gate_modes_and_payloads(void **state)
{
	(void)state;
	struct tx tx;

	assert_int_equal(read(&tx, TRANSFER), ERR_OK);
	assert_int_equal(tx_check_epoch(&tx, EPOCH_3_0), ERR_OK);
	tx.mode = TX_MODE_ORIGINATOR;
	assert_int_equal(tx_check_epoch(&tx, EPOCH_3_3), ERR_TX_EPOCH);
	assert_int_equal(tx_check_epoch(&tx, EPOCH_3_4), ERR_OK);
	tx.mode = TX_MODE_DENY;
	tx.payload.kind = PAYLOAD_COINBASE;
	assert_int_equal(tx_check_epoch(&tx, EPOCH_3_0), ERR_TX_EPOCH);
	tx.payload.kind = PAYLOAD_COINBASE_ALT;
	assert_int_equal(tx_check_epoch(&tx, EPOCH_4_0), ERR_TX_EPOCH);
	tx.payload.kind = PAYLOAD_COINBASE_VRF;
	assert_int_equal(tx_check_epoch(&tx, EPOCH_3_0), ERR_OK);
}

static void epochs_gate_versions_of_the_language(void **state)
{
	(void)state;
	static const struct {
		enum epoch epoch;
		uint8_t newest;
	} rows[] = { { EPOCH_3_0, 3 }, { EPOCH_3_1, 3 }, { EPOCH_3_2, 3 },
		     { EPOCH_3_3, 4 }, { EPOCH_3_4, 5 }, { EPOCH_4_0, 6 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tx tx;

		assert_int_equal(read(&tx, TRANSFER), ERR_OK);
		tx.payload.kind = PAYLOAD_CONTRACT_VERSIONED;
		for (uint8_t v = 1; v <= 6; v++) {
			tx.payload.contract.version = v;
			assert_int_equal(tx_check_epoch(&tx, rows[i].epoch),
			                 v <= rows[i].newest ? ERR_OK
			                                     : ERR_TX_EPOCH);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_client_s_transaction_is_read_as_it_meant_it),
		cmocka_unit_test(bytes_come_back_as_they_were),
		cmocka_unit_test(of_the_version_only_the_highest_bit_counts),
		cmocka_unit_test(a_flipped_bit_is_another_transaction_or_none),
		cmocka_unit_test(every_shorter_input_is_refused),
		cmocka_unit_test(what_follows_is_left_or_refused),
		cmocka_unit_test(two_mebibytes_are_the_most),
		cmocka_unit_test(anchor_and_mode_have_three_values_each),
		cmocka_unit_test(a_coinbase_goes_on_chain_only),
		cmocka_unit_test(a_sponsor_can_be_exchanged_but_not_removed),
		cmocka_unit_test(what_is_signed_here_verifies),
		cmocka_unit_test(epochs_gate_modes_and_payloads),
		cmocka_unit_test(epochs_gate_versions_of_the_language),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
