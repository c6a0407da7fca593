/*
 * tests/bench/bench_wire.c - Transactions and their Merkle root.
 *
 * What admission does with each transaction: decode it, compute its id and the
 * hash that was signed, and recover the signer.
 */
#include "config.h"

#include <string.h>

#include "clarity/base/check.h"
#include "node/wire/block.h"
#include "node/wire/txtree.h"
#include "tests/bench/bench.h"

#define ROUNDS 100u
#define LEAVES 10000u

struct sample {
	struct arena a;
	struct buf bytes;
	struct tx tx;
};

static void make_transfer(struct sample *s)
{
	static const struct {
		uint8_t bytes[PRINCIPAL_STANDARD_LEN];
	} to = { { PRINCIPAL_STANDARD, PRINCIPAL_MAINNET_SINGLESIG, 1 } };
	struct auth_key key = { .key = { 7 }, .is_compressed = true };
	uint8_t sighash[WIRE_HASH_LEN];
	struct ecdsa_pub pub;

	s->tx = (struct tx){ .is_mainnet = true,
		             .chain_id = 1,
		             .anchor = TX_ANCHOR_ANY,
		             .mode = TX_MODE_DENY };
	s->tx.payload.kind = PAYLOAD_TRANSFER;
	s->tx.payload.transfer.to =
	    (const struct principal *)(const void *)to.bytes;
	s->tx.payload.transfer.amount = 1000;
	s->tx.auth.origin.is_compressed = true;
	CHECK(ecdsa_pub_of(&pub, key.key) == ERR_OK);
	address_of_key(s->tx.auth.origin.signer, ADDRESS_P2PKH, &pub, true);
	CHECK(tx_sighash(sighash, &s->tx) == ERR_OK);
	CHECK(tx_sign_origin(&s->a, &s->tx, sighash, &key) == ERR_OK);
	CHECK(tx_write(&s->bytes, &s->tx) == ERR_OK);
}

static void run_read(void *arg)
{
	struct sample *s = arg;
	struct tx tx;

	for (unsigned i = 0; i < ROUNDS; i++) {
		arena_reset(&s->a);
		CHECK(tx_read_all(&s->a, &tx, buf_span(&s->bytes)) == ERR_OK);
	}
}

static void run_id(void *arg)
{
	const struct sample *s = arg;
	uint8_t id[WIRE_HASH_LEN];

	for (unsigned i = 0; i < ROUNDS; i++)
		CHECK(tx_id(id, &s->tx) == ERR_OK);
}

static void run_sighash(void *arg)
{
	const struct sample *s = arg;
	uint8_t hash[WIRE_HASH_LEN];

	for (unsigned i = 0; i < ROUNDS; i++)
		CHECK(tx_sighash(hash, &s->tx) == ERR_OK);
}

static void run_verify(void *arg)
{
	const struct sample *s = arg;

	CHECK(tx_verify(&s->tx, AUTH_LOW_S) == ERR_OK);
}

static void run_root(void *arg)
{
	struct txtree t;
	uint8_t id[TXTREE_LEN] = { 0 };

	txtree_init(&t);
	for (uint32_t i = 0; i < LEAVES; i++) {
		memcpy(id, &i, sizeof(i));
		txtree_add(&t, id);
	}
	txtree_root(&t, arg);
}

int main(void)
{
	struct sample s;
	uint8_t root[TXTREE_LEN];

	arena_init(&s.a, 1 << 20);
	buf_init(&s.bytes, WIRE_TX_MAX);
	make_transfer(&s);
	struct bench_work many = { .bytes = ROUNDS * s.bytes.len,
		                   .items = ROUNDS };
	struct bench_work one = { .items = 1 };
	struct bench_work leaves = { .items = LEAVES };

	bench_run("tx decode", many, run_read, &s);
	bench_run("tx id", many, run_id, &s);
	bench_run("tx sighash", many, run_sighash, &s);
	bench_run("tx verify", one, run_verify, &s);
	bench_run("tx root of 10,000", leaves, run_root, root);
	buf_fini(&s.bytes);
	arena_fini(&s.a);
	return 0;
}
