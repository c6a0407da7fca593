/*
 * tests/unit/clarity/crypto/test_hash.c - Claims about clarity/crypto/hash.c.
 *
 * Vectors: FIPS 180-4 examples ("abc", the 896-bit message, a million "a"), the
 * RIPEMD-160 designers' page, Keccak-256 of "" and "abc" as Ethereum states
 * them; Keccak around its block size from an independent bit-level program.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/crypto/hash.h"
#include "tests/lib/hex.h"

#define MILLION 1000000u

typedef void (*digest)(uint8_t *, const void *, size_t);

struct vector {
	digest run;
	size_t digest_len;
	const char *text;
	const char *want;
};

static const struct vector vectors[] = {
	{ hash_sha256, 32, "",
	  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
	{ hash_sha256, 32, "abc",
	  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
	{ hash_sha512, 64, "",
	  "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
	  "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e" },
	{ hash_sha512, 64, "abc",
	  "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
	  "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f" },
	{ hash_sha512_256, 32, "",
	  "c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a" },
	{ hash_sha512_256, 32, "abc",
	  "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23" },
	{ hash_sha512_256, 32,
	  "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
	  "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
	  "3928e184fb8690f840da3988121d31be65cb9d3ef83ee6146feac861e19b563a" },
	{ hash_sha1, 20, "", "da39a3ee5e6b4b0d3255bfef95601890afd80709" },
	{ hash_sha1, 20, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d" },
	{ hash_ripemd160, 20, "", "9c1185a5c5e9fc54612808977ee8f548b2258d31" },
	{ hash_ripemd160, 20, "abc",
	  "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc" },
	{ hash_keccak256, 32, "",
	  "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470" },
	{ hash_keccak256, 32, "abc",
	  "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45" },
	{ hash_hash160, 20, "hello",
	  "b6a9c8c230722b7c748331a8b450f05566dc7d0f" },
	{ hash_sha256d, 32, "hello",
	  "9595c9df90075148eb06860365df33584b75bff782a510c6cd4883a419833d50" },
};

static void published_digests_are_reproduced(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		const struct vector *v = &vectors[i];
		uint8_t got[HASH_512_LEN];

		v->run(got, v->text, strlen(v->text));
		assert_hex(got, v->digest_len, v->want);
	}
}

static void a_million_letters_give_the_published_digest(void **state)
{
	(void)state;
	static uint8_t text[MILLION];
	uint8_t got[HASH_512_LEN];

	memset(text, 'a', sizeof(text));
	hash_sha256(got, text, sizeof(text));
	assert_hex(got, 32,
	           "cdc76e5c9914fb9281a1c7e284d73e67"
	           "f1809a48a497200e046d39ccc7112cd0");
	hash_sha512(got, text, sizeof(text));
	assert_hex(
	    got, 64,
	    "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973eb"
	    "de0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b");
	hash_sha512_256(got, text, sizeof(text));
	assert_hex(got, 32,
	           "9a59a052930187a97038cae692f30708"
	           "aa6491923ef5194394dc68d56c74fb21");
	hash_ripemd160(got, text, sizeof(text));
	assert_hex(got, 20, "52783243c1697bdbe16d37f97f68f08325dc1528");
}

static void keccak_pads_right_around_its_block(void **state)
{
	(void)state;
	static const struct {
		size_t len;
		const char *want;
	} cases[] = {
		{ 135, "34367dc248bbd832f4e3e69dfaac2f92"
		       "638bd0bbd18f2912ba4ef454919cf446" },
		{ 136, "a6c4d403279fe3e0af03729caada8374"
		       "b5ca54d8065329a3ebcaeb4b60aa386e" },
		{ 137, "d869f639c7046b4929fc92a4d988a8b2"
		       "2c55fbadb802c0c66ebcd484f1915f39" },
		{ 272, "cf7fcd4f705ee749930d19ca84561a9b"
		       "f62516bd90a471545fa2f49fdc7e63c8" },
	};
	uint8_t text[272];
	uint8_t got[HASH_256_LEN];

	memset(text, 'a', sizeof(text));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		hash_keccak256(got, text, cases[i].len);
		assert_hex(got, sizeof(got), cases[i].want);
	}
}

/* Each cut of 300 bytes in two must not matter. */
static void pieces_hash_as_the_whole(void **state)
{
	(void)state;
	uint8_t text[300];
	uint8_t whole[3][HASH_512_LEN];
	uint8_t got[HASH_512_LEN];

	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (uint8_t)(i * 7);
	hash_sha256(whole[0], text, sizeof(text));
	hash_sha512(whole[1], text, sizeof(text));
	hash_sha512_256(whole[2], text, sizeof(text));
	for (size_t cut = 0; cut <= sizeof(text); cut++) {
		struct hash_sha256 h;
		struct hash_sha512 w;

		hash_sha256_init(&h);
		hash_sha256_add(&h, text, cut);
		hash_sha256_add(&h, text + cut, sizeof(text) - cut);
		hash_sha256_done(&h, got);
		assert_memory_equal(got, whole[0], 32);
		hash_sha512_init(&w);
		hash_sha512_add(&w, text, cut);
		hash_sha512_add(&w, text + cut, sizeof(text) - cut);
		hash_sha512_done(&w, got);
		assert_memory_equal(got, whole[1], 64);
		hash_sha512_256_init(&w);
		hash_sha512_add(&w, text, cut);
		hash_sha512_add(&w, text + cut, sizeof(text) - cut);
		hash_sha512_256_done(&w, got);
		assert_memory_equal(got, whole[2], 32);
	}
}

static void a_running_hash_can_end_in_a_double_one(void **state)
{
	(void)state;
	struct hash_sha256 h;
	uint8_t got[HASH_256_LEN];

	hash_sha256_init(&h);
	hash_sha256_add(&h, "hello", 5);
	hash_sha256_done_double(&h, got);
	assert_hex(got, sizeof(got),
	           "9595c9df90075148eb06860365df3358"
	           "4b75bff782a510c6cd4883a419833d50");
}

static void a_tag_is_hashed_in_twice(void **state)
{
	(void)state;
	struct hash_sha256 h;
	uint8_t got[HASH_256_LEN];

	hash_sha256_init_tagged(&h, "TapLeaf");
	hash_sha256_add(&h, "x", 1);
	hash_sha256_done(&h, got);
	assert_hex(got, sizeof(got),
	           "7ffda8b86d25a5d63fa5173798b335d8"
	           "0e11c57e78242d4c6d0aaaeaf3e5b43b");
}

static void the_result_may_lie_over_the_input(void **state)
{
	(void)state;
	static const digest all[] = { hash_sha256,     hash_sha512,
		                      hash_sha512_256, hash_ripemd160,
		                      hash_keccak256,  hash_hash160,
		                      hash_sha256d };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		uint8_t apart[HASH_512_LEN] = { 0 };
		uint8_t over[HASH_512_LEN] = { 1, 2, 3 };

		all[i](apart, over, 64);
		all[i](over, over, 64);
		assert_memory_equal(over, apart, 20);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_digests_are_reproduced),
		cmocka_unit_test(a_million_letters_give_the_published_digest),
		cmocka_unit_test(keccak_pads_right_around_its_block),
		cmocka_unit_test(pieces_hash_as_the_whole),
		cmocka_unit_test(a_running_hash_can_end_in_a_double_one),
		cmocka_unit_test(a_tag_is_hashed_in_twice),
		cmocka_unit_test(the_result_may_lie_over_the_input),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
