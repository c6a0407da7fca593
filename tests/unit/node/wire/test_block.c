/*
 * tests/unit/node/wire/test_block.c - Claims about node/wire/block.c.
 *
 * Vectors: two recorded tenures (../shared/vectors/blocks): blocks from the one
 * that the file is named after down to the tenure's first.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/num.h"
#include "node/wire/block.h"
#include "node/wire/txtree.h"
#include "tests/lib/hex.h"
#include "tests/lib/vectors.h"
#include "tests/unit/node/wire/test_tx_vectors.h"

#define TENURE_0                                                               \
	"e5fdeb1a51ba6eb297797a1c473e715c27dc81a58ba82c698f6a32eeccee9a5b"
#define TENURE_1                                                               \
	"5addaf4477a60a9bab28608aa2ec9ea9eb7d68aa038274ecac7a41fdca58e650"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, BLOCK_ARENA_MAX);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

/* Decodes, checks and encodes each block. @return how many there were. */
static unsigned check_tenure(struct span bytes, const char *first_id)
{
	struct cursor c = cursor_of(bytes);
	uint8_t want[WIRE_HASH_LEN];
	struct buf out;
	unsigned n = 0;

	hex_to(want, sizeof(want), first_id);
	buf_init(&out, bytes.len);
	for (; cursor_left(&c) > 0; n++) {
		struct block block;
		uint8_t id[WIRE_HASH_LEN];
		uint8_t miner[ADDRESS_HASH_LEN];

		assert_int_equal(block_read(&arena, &block, &c), ERR_OK);
		block_id(id, &block.header);
		assert_memory_equal(id, want, sizeof(id));
		memcpy(want, block.header.parent_id, sizeof(want));
		assert_int_equal(block_miner(miner, &block.header), ERR_OK);
		for (uint32_t i = 0; i < block.n_txs; i++)
			assert_int_equal(tx_verify(&block.txs[i], AUTH_LOW_S),
			                 ERR_OK);
		assert_int_equal(block_write(&out, &block), ERR_OK);
	}
	assert_true(span_eq(buf_span(&out), bytes));
	buf_fini(&out);
	return n;
}

static unsigned check_file(const char *prefix, const char *id)
{
	static uint8_t bytes[1 << 16];
	char name[256];

	(void)snprintf(name, sizeof(name), "blocks/%s%s.bin", prefix, id);
	FILE *f = vectors_open(name);
	size_t len = fread(bytes, 1, sizeof(bytes), f);

	(void)fclose(f);
	assert_in_range(len, 1, sizeof(bytes) - 1);
	return check_tenure(span_of(bytes, len), id);
}

static void recorded_tenures_come_back_with_their_ids(void **state)
{
	(void)state;
	unsigned n = check_file("tenure-blocks-0-", TENURE_0);

	assert_true(n > 1);
	n = check_file("tenure-blocks-1-", TENURE_1);
	assert_true(n >= 1);
}

/* A block with the three transactions of test_tx_vectors.h. */
static struct block sample(uint8_t version)
{
	static struct tx txs[3];
	static uint8_t ids[3][WIRE_HASH_LEN];
	static uint8_t bytes[3][2048];
	static uint8_t sigs[2 * WIRE_SIG_LEN] = { 1 };
	static const uint8_t bits[2] = { 0xff, 0x01 };
	static const struct block_marker markers[] = { { 0, 1 }, { 2, 7 } };
	static const char *const hex[] = { TRANSFER, SPONSORED, MULTISIG };
	struct block b = { .txs = txs,
		           .ids = (const uint8_t(*)[WIRE_HASH_LEN])ids,
		           .n_txs = 3 };
	struct txtree tree;

	b.header = (struct block_header){
		.version = version,
		.chain_length = 100,
		.burn_spent = 12345,
		.timestamp = 1700000000,
		.signer_sigs = sigs,
		.n_signer_sigs = 2,
		.treatment = { .bytes = bits, .n = 9 },
		.markers = version & 0x7f ? markers : NULL,
		.n_markers = version & 0x7f ? 2 : 0,
	};
	txtree_init(&tree);
	for (size_t i = 0; i < 3; i++) {
		size_t len = hex_to(bytes[i], sizeof(bytes[i]), hex[i]);

		assert_int_equal(
		    tx_read_all(&arena, &txs[i], span_of(bytes[i], len)),
		    ERR_OK);
		assert_int_equal(tx_id(ids[i], &txs[i]), ERR_OK);
		txtree_add(&tree, ids[i]);
	}
	txtree_root(&tree, b.header.tx_root);
	return b;
}

static enum err reread(struct block *ret, const struct block *block,
                       struct buf *b)
{
	buf_init(b, 1 << 20);
	assert_int_equal(block_write(b, block), ERR_OK);
	struct cursor c = cursor_of(buf_span(b));

	TRY(block_read(&arena, ret, &c));
	return cursor_done(&c);
}

static void both_versions_come_back_as_they_were(void **state)
{
	(void)state;
	static const uint8_t versions[] = { 0x00, 0x01, 0x80, 0x81 };

	for (size_t i = 0; i < 4; i++) {
		struct block block = sample(versions[i]);
		struct block back;
		struct buf b;

		assert_int_equal(reread(&back, &block, &b), ERR_OK);
		assert_int_equal(back.header.version, versions[i]);
		assert_int_equal(back.n_txs, 3);
		assert_int_equal(back.header.n_signer_sigs, 2);
		assert_int_equal(back.header.n_markers, i % 2 ? 2 : 0);
		assert_memory_equal(back.ids, block.ids,
		                    3 * sizeof(*block.ids));
		assert_int_equal(block_is_shadow(&back.header), i >= 2);
		buf_fini(&b);
	}
}

static void a_marker_s_bytes_are_in_version_1_only(void **state)
{
	(void)state;
	struct block block = sample(1);
	struct block back;
	struct buf b;

	assert_int_equal(reread(&back, &block, &b), ERR_OK);
	assert_int_equal(back.header.markers[1].tx_index, 2);
	assert_int_equal(back.header.markers[1].category, 7);
	size_t with = b.len;

	buf_fini(&b);
	block = sample(0);
	assert_int_equal(reread(&back, &block, &b), ERR_OK);
	assert_int_equal(with - b.len, 4 + 2 * 5);
	buf_fini(&b);
}

static void the_id_does_not_depend_on_the_signers(void **state)
{
	(void)state;
	struct block block = sample(1);
	uint8_t id[WIRE_HASH_LEN];
	uint8_t other[WIRE_HASH_LEN];

	block_id(id, &block.header);
	block.header.n_signer_sigs = 0;
	block_id(other, &block.header);
	assert_memory_equal(id, other, sizeof(id));
	block.header.miner_sig[5] ^= 1;
	block_id(other, &block.header);
	assert_memory_not_equal(id, other, sizeof(id));
}

/* Each field that both hashes cover, and the miner's signature. */
static void every_field_is_signed(void **state)
{
	(void)state;
	struct block_header h = sample(1).header;
	uint8_t miner[WIRE_HASH_LEN];
	uint8_t signer[WIRE_HASH_LEN];
	static const uint8_t zeros[2] = { 0 };
	static const struct block_marker none[2] = { { 0, 1 }, { 2, 8 } };

	block_miner_hash(miner, &h);
	block_signer_hash(signer, &h);
	for (unsigned i = 0; i < 12; i++) {
		struct block_header x = h;
		uint8_t got[WIRE_HASH_LEN];

		switch (i) {
		case 0:
			x.version ^= 0x80;
			break;
		case 1:
			x.chain_length++;
			break;
		case 2:
			x.burn_spent++;
			break;
		case 3:
			x.consensus_hash[19] ^= 1;
			break;
		case 4:
			x.parent_id[31] ^= 1;
			break;
		case 5:
			x.tx_root[31] ^= 1;
			break;
		case 6:
			x.state_root[31] ^= 1;
			break;
		case 7:
			x.timestamp++;
			break;
		case 8:
			x.treatment.bytes = zeros;
			break;
		case 9:
			x.treatment.n--;
			break;
		case 10:
			x.n_markers--;
			break;
		default:
			x.markers = none;
			break;
		}
		block_miner_hash(got, &x);
		assert_memory_not_equal(got, miner, sizeof(got));
		block_signer_hash(got, &x);
		assert_memory_not_equal(got, signer, sizeof(got));
	}
}

static void the_miner_is_found_by_its_signature(void **state)
{
	(void)state;
	struct block_header h = sample(0).header;
	uint8_t key[ECDSA_KEY_LEN] = { 0x42 };
	uint8_t want[ADDRESS_HASH_LEN];
	uint8_t got[ADDRESS_HASH_LEN];
	struct ecdsa_pub pub;

	assert_int_equal(ecdsa_pub_of(&pub, key), ERR_OK);
	address_of_key(want, ADDRESS_P2PKH, &pub, true);
	assert_int_equal(block_sign_miner(&h, key), ERR_OK);
	assert_int_equal(block_miner(got, &h), ERR_OK);
	assert_memory_equal(got, want, sizeof(got));
	h.timestamp++;
	if (block_miner(got, &h) == ERR_OK)
		assert_memory_not_equal(got, want, sizeof(got));
	memset(h.miner_sig, 0, sizeof(h.miner_sig));
	assert_int_equal(block_miner(got, &h), ERR_BAD_SIGNATURE);
}

static void signers_are_found_by_their_signatures(void **state)
{
	(void)state;
	struct block_header h = sample(1).header;
	uint8_t message[WIRE_HASH_LEN];
	uint8_t sigs[2 * WIRE_SIG_LEN];

	block_signer_hash(message, &h);
	for (uint8_t i = 0; i < 2; i++) {
		uint8_t key[ECDSA_KEY_LEN] = { (uint8_t)(i + 1) };

		assert_int_equal(ecdsa_sign_recoverable(sigs + i * WIRE_SIG_LEN,
		                                        message, key),
		                 ERR_OK);
	}
	h.signer_sigs = sigs;
	for (uint8_t i = 0; i < 2; i++) {
		uint8_t key[ECDSA_KEY_LEN] = { (uint8_t)(i + 1) };
		struct ecdsa_pub want;
		struct ecdsa_pub got;

		assert_int_equal(ecdsa_pub_of(&want, key), ERR_OK);
		assert_int_equal(block_signer(&got, &h, i, message), ERR_OK);
		assert_memory_equal(&got, &want, sizeof(got));
	}
}

static void a_wrong_root_and_a_double_are_refused(void **state)
{
	(void)state;
	struct block block = sample(0);
	struct block back;
	struct buf b;
	static struct tx four[4];
	static uint8_t ids[4][WIRE_HASH_LEN];

	block.header.tx_root[0] ^= 1;
	assert_int_equal(reread(&back, &block, &b), ERR_BLOCK_TX_ROOT);
	buf_fini(&b);
	/* The last one twice has the same root, so only its id can tell. */
	block.header.tx_root[0] ^= 1;
	memcpy(four, block.txs, 3 * sizeof(*four));
	memcpy(ids, block.ids, 3 * sizeof(*ids));
	four[3] = four[2];
	memcpy(ids[3], ids[2], sizeof(ids[3]));
	block.txs = four;
	block.ids = (const uint8_t(*)[WIRE_HASH_LEN])ids;
	block.n_txs = 4;
	assert_int_equal(reread(&back, &block, &b), ERR_BLOCK_TWICE);
	buf_fini(&b);
}

static void an_empty_block_has_a_zero_root(void **state)
{
	(void)state;
	struct block block = sample(0);
	struct block back;
	struct buf b;

	block.n_txs = 0;
	memset(block.header.tx_root, 0, WIRE_HASH_LEN);
	assert_int_equal(reread(&back, &block, &b), ERR_OK);
	assert_int_equal(back.n_txs, 0);
	buf_fini(&b);
}

static void every_shorter_input_is_refused(void **state)
{
	(void)state;
	struct block block = sample(1);
	struct block back;
	struct buf b;

	assert_int_equal(reread(&back, &block, &b), ERR_OK);
	for (size_t len = 0; len < b.len; len++) {
		struct cursor c = cursor_of(span_of(b.p, len));

		assert_int_not_equal(block_read(&arena, &back, &c), ERR_OK);
		arena_reset(&arena);
	}
	buf_fini(&b);
}

/* A header with `n` markers and nothing behind. */
static enum err read_markers(uint32_t n)
{
	static uint8_t bytes[BLOCK_MARKERS_MAX * 5 + 1024];
	struct block_header h;
	size_t at = 1 + 8 + 8 + 20 + 32 * 3 + 8 + 65;
	struct cursor c = cursor_of(span_of(bytes, sizeof(bytes)));

	bytes[0] = BLOCK_VERSION_1;
	be32_write(bytes + at, 0);
	be16_write(bytes + at + 4, 1);
	be32_write(bytes + at + 6, 1);
	be32_write(bytes + at + 11, n);
	arena_reset(&arena);
	return block_header_read(&arena, &h, &c);
}

static void markers_end_at_11650(void **state)
{
	(void)state;
	assert_int_equal(BLOCK_MARKERS_MAX, 11650);
	assert_int_equal(read_markers(BLOCK_MARKERS_MAX - 1), ERR_OK);
	assert_int_equal(read_markers(BLOCK_MARKERS_MAX), ERR_OK);
	assert_int_equal(read_markers(BLOCK_MARKERS_MAX + 1), ERR_WIRE_COUNT);
}

static void counts_beyond_their_lists_end_are_refused(void **state)
{
	(void)state;
	static uint8_t bytes[1024];
	struct block_header h;
	size_t at = 1 + 8 + 8 + 20 + 32 * 3 + 8 + 65;
	struct cursor c = cursor_of(span_of(bytes, sizeof(bytes)));

	be32_write(bytes + at, WIRE_SIGNATURES_MAX + 1);
	assert_int_equal(block_header_read(&arena, &h, &c), ERR_WIRE_COUNT);
	be32_write(bytes + at, WIRE_SIGNATURES_MAX);
	c = cursor_of(span_of(bytes, sizeof(bytes)));
	assert_int_equal(block_header_read(&arena, &h, &c), ERR_TRUNCATED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(recorded_tenures_come_back_with_their_ids),
		cmocka_unit_test(both_versions_come_back_as_they_were),
		cmocka_unit_test(a_marker_s_bytes_are_in_version_1_only),
		cmocka_unit_test(the_id_does_not_depend_on_the_signers),
		cmocka_unit_test(every_field_is_signed),
		cmocka_unit_test(the_miner_is_found_by_its_signature),
		cmocka_unit_test(signers_are_found_by_their_signatures),
		cmocka_unit_test(a_wrong_root_and_a_double_are_refused),
		cmocka_unit_test(an_empty_block_has_a_zero_root),
		cmocka_unit_test(every_shorter_input_is_refused),
		cmocka_unit_test(markers_end_at_11650),
		cmocka_unit_test(counts_beyond_their_lists_end_are_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
